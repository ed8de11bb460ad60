package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/ingest/document"
)

// headLines is how many lines from the top a time stamp or byline is looked for in.
const headLines = 12

// classify gives each line that its format left open the zone that its words and its place show,
// and returns the headline. It looks at a line, its neighbours and a few states, so it
// is linear in the text.
//
// When in doubt a line stays prose: a fact lost to a wrong zone is lost for good, a line of
// furniture read as prose gives at worst a fact with its citation.
func classify(lines []line) (title string) {
	titleAt := findTitle(lines)
	if titleAt >= 0 {
		lines[titleAt].hint = document.Heading
		title = lines[titleAt].text
	}
	sawProse, seen := false, 0
	inContact := false
	for i := range lines {
		l := &lines[i]
		if l.text == "" {
			continue
		}
		seen++
		if inContact {
			if contactGoesOn(lines, i) {
				if l.hint == "" || l.hint == document.ListItem || l.hint == document.Heading || l.hint == document.Table {
					l.hint = document.Contact
				}
				if isFurniture(l.text) {
					l.hint = document.Furniture
				}
				continue
			}
			inContact = false
		}
		if l.hint.Silent() {
			continue
		}
		prose := looksLikeProse(l.text)
		switch {
		case i == titleAt:
		case isFurniture(l.text), isReleaseLabel(l.text):
			l.hint = document.Furniture
		case opensContact(l.text):
			l.hint = document.Contact
			inContact = true
		case isContactLine(l.text):
			l.hint = document.Contact
		case l.hint != "":
		case isWholeCredit(l.text):
			l.hint = document.Credit
		case seen <= headLines && isStamp(l.text), isLabelledStamp(l.text):
			l.hint = document.TimeStamp
		case !sawProse && seen <= headLines && isByline(l.text), isSignature(l.text):
			l.hint = document.Byline
		case isCaption(l.text):
			l.hint = document.Caption
		case listMark(l.text) > 0:
			l.hint = document.ListItem
		case isTableRow(l.text):
			l.hint = document.Table
		case isHeading(lines, i):
			l.hint = document.Heading
		}
		if prose && l.hint == "" {
			sawProse = true
		}
	}
	return title
}

// findTitle gives the index of the headline, or -1. A headline that the page marks wins. In
// plain text it is the first line that is neither a time stamp nor furniture, when it is shaped like
// one and something longer, or a blank line, comes after it.
func findTitle(lines []line) int {
	for i, l := range lines {
		if l.headline {
			return i
		}
	}
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		if l.text == "" || isFurniture(l.text) || isReleaseLabel(l.text) || isStamp(l.text) || l.hint == document.TimeStamp || l.hint.Silent() || isByline(l.text) {
			if i > headLines {
				return -1
			}
			continue
		}
		if l.hint == document.Heading {
			return i
		}
		if i <= headLines && (opensContact(l.text) || isContactLine(l.text)) {
			// The contact block of releases that put it first, up to its blank line.
			for i+1 < len(lines) && lines[i+1].text != "" {
				i++
			}
			continue
		}
		if l.hint != "" || !titleShape(l.text) || listMark(l.text) > 0 || opensContact(l.text) || isContactLine(l.text) || isWholeCredit(l.text) {
			return -1
		}
		if end := letterhead(lines, i); end > i {
			i = end - 1
			continue
		}
		if i+1 < len(lines) && lines[i+1].text == "" && moreWords(lines, i) {
			return i
		}
		if i+1 < len(lines) && utf8.RuneCountInString(lines[i+1].text) > utf8.RuneCountInString(l.text) && looksLikeProse(lines[i+1].text) {
			return i
		}
		if i+1 < len(lines) && lines[i+1].text != "" && (isStamp(lines[i+1].text) || isByline(lines[i+1].text)) {
			return i
		}
		return -1
	}
	return -1
}

// isReleaseLabel reports whether a line says no more than that this is a press release.
func isReleaseLabel(text string) bool {
	if len(strings.Fields(clipBytes(text, 200))) > 7 || utf8.RuneCountInString(text) > 80 {
		return false
	}
	lower := strings.ToLower(strings.TrimLeft(text, "*#- "))
	for _, label := range []string{"press release", "news release", "media release", "press statement", "media statement", "press communique", "press communiqué", "joint press", "joint statement", "media advisory", "press note", "for immediate release", "for release", "communiqué", "communique", "press information", "press briefing"} {
		if rest, ok := strings.CutPrefix(lower, label); ok {
			rest = strings.Trim(rest, " .:-–—#")
			return rest == "" || strings.HasPrefix(rest, "no") || strings.ContainsAny(rest, "0123456789") || isStamp(rest)
		}
	}
	return false
}

// letterhead gives the end of a block of short lines from i on that ends in the label of a press release:
// the sender's name stands over it, and the headline comes after. It gives i where there is none.
func letterhead(lines []line, i int) int {
	end, label := i, false
	for end < len(lines) && end < i+6 && lines[end].text != "" {
		if looksLikeProse(lines[end].text) {
			return i
		}
		label = label || isReleaseLabel(lines[end].text)
		end++
	}
	if !label || end-i < 2 || isReleaseLabel(lines[i].text) {
		return i
	}
	// The headline may stand in the same block, below the label.
	for at := i; at < end; at++ {
		if isReleaseLabel(lines[at].text) {
			return at + 1
		}
	}
	return end
}

// moreWords reports whether anything but blank lines follows.
func moreWords(lines []line, i int) bool {
	for _, l := range lines[i+1:] {
		if l.text != "" {
			return true
		}
	}
	return false
}

// titleShape reports whether a line can be a headline: not long, not closed by a full stop, not
// the start of a dateline.
func titleShape(text string) bool {
	if utf8.RuneCountInString(text) > 250 || endsSentence(text) || strings.HasSuffix(text, ":") || strings.HasSuffix(text, ",") {
		return false
	}
	if _, end, value := dateline(clipBytes(text, 240)); value != "" && end > 0 {
		return false
	}
	return strings.ContainsFunc(text, unicode.IsLetter)
}

// endsSentence reports whether the line ends with a full stop that closes a sentence. The stop of an
// abbreviation at the end of a headline ("… Co., Ltd.", "… in the U.S.") does not.
func endsSentence(text string) bool {
	t := strings.TrimRight(text, "\"'”’»)] ")
	if t == "" {
		return false
	}
	if strings.HasSuffix(t, "。") || strings.HasSuffix(t, "…") {
		return true
	}
	if !strings.HasSuffix(t, ".") {
		return false
	}
	word := t[strings.LastIndexByte(t, ' ')+1:]
	switch strings.ToLower(strings.TrimSuffix(word, ".")) {
	case "ltd", "inc", "co", "corp", "llc", "plc", "jr", "sr", "st", "no", "a.s", "s.a", "l.p":
		return false
	}
	// U.S., D.C., A.B.
	return !(len(word) >= 4 && len(word) <= 6 && word[1] == '.' && word[0] >= 'A' && word[0] <= 'Z')
}

// looksLikeProse reports whether a line is a paragraph of sentences.
func looksLikeProse(text string) bool {
	words := len(strings.Fields(clipBytes(text, 600)))
	return words >= 25 || words >= 7 && (endsSentence(text) || strings.HasSuffix(text, "”") || strings.HasSuffix(text, "\"") || strings.HasSuffix(text, ":") || strings.HasSuffix(text, "?") || strings.HasSuffix(text, "!"))
}

// isHeading reports whether a line of plain text is a heading: short, open at its end, on its
// own, and prose or a list comes next.
func isHeading(lines []line, i int) bool {
	text := lines[i].text
	words := len(strings.Fields(clipBytes(text, 200)))
	if words > 14 || utf8.RuneCountInString(text) > 120 || strings.HasSuffix(text, ",") || strings.HasSuffix(text, ";") || endsSentence(text) || !titleShape(strings.TrimSuffix(text, ":")) {
		return false
	}
	if strings.HasSuffix(text, "”") || strings.HasSuffix(text, "\"") || strings.HasSuffix(text, "?") && words > 10 {
		return false
	}
	if strings.HasSuffix(text, ":") && !headsList(lines, i) && (words > 4 || words > 1 && leadsIn(text)) {
		return false // "The Minister said:" belongs to what comes after it
	}
	r, _ := utf8.DecodeRuneInString(text)
	if !unicode.IsUpper(r) && !unicode.IsDigit(r) && unicode.IsLetter(r) && unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Greek) {
		return false
	}
	if i > 0 && lines[i-1].text != "" && lines[i-1].hint == "" && !looksLikeProse(lines[i-1].text) {
		return false // one of a row of short lines
	}
	for j := i + 1; j < len(lines) && j <= i+2; j++ {
		if lines[j].text == "" {
			continue
		}
		return looksLikeProse(lines[j].text) || listMark(lines[j].text) > 0 || lines[j].hint == document.ListItem
	}
	return false
}

// headsList reports whether a list item comes next.
func headsList(lines []line, i int) bool {
	for j := i + 1; j < len(lines) && j <= i+2; j++ {
		if lines[j].text != "" {
			return lines[j].hint == document.ListItem || listMark(lines[j].text) > 0
		}
	}
	return false
}

// leadsIn reports whether a line with a colon introduces speech.
func leadsIn(text string) bool {
	lower := strings.ToLower(text)
	for _, verb := range []string{"said", "says", "added", "stated", "explained", "commented", "wrote", "noted", "statement", "following", "continued", "remarked", "replied", "asked", "told", "tweeted", "today", "concluded"} {
		if strings.Contains(lower, verb) {
			return true
		}
	}
	return false
}

// listMark gives the length in bytes of the mark that begins a list item, with its blank, or 0.
func listMark(text string) int {
	for _, mark := range []string{"- ", "* ", "• ", "· ", "‣ ", "▪ ", "● ", "○ ", "■ ", "– ", "— ", "+ ", "→ ", "► ", "➢ ", "✓ ", "o "} {
		if strings.HasPrefix(text, mark) && len(text) > len(mark) {
			return len(mark)
		}
	}
	for _, mark := range []string{"•", "‣", "▪", "●", "■", "►", "➢"} {
		if strings.HasPrefix(text, mark) && len(text) > len(mark) {
			return len(mark)
		}
	}
	// 1. 1) (1) a) (a) (iv)
	t := strings.TrimPrefix(text, "(")
	opened := len(t) < len(text)
	n := 0
	for n < len(t) && n < 3 && t[n] >= '0' && t[n] <= '9' {
		n++
	}
	letters := false
	if n == 0 {
		for n < len(t) && n < 4 && strings.IndexByte("ivxabcdefgh", t[n]) >= 0 {
			n++
		}
		letters = n > 0
		if letters && n > 1 && strings.Trim(t[:n], "ivx") != "" {
			return 0
		}
	}
	if n == 0 || n+1 >= len(t) || t[n+1] != ' ' {
		return 0
	}
	if t[n] == ')' || t[n] == '.' && !opened && !letters {
		return len(text) - len(t) + n + 2
	}
	return 0
}

// isTableRow reports whether a line is a row of cells drawn with bars.
func isTableRow(text string) bool {
	return strings.Count(text, " | ") >= 2 || strings.HasPrefix(text, "| ") && strings.HasSuffix(text, " |")
}

// isStamp reports whether a line is a date and nothing else but words of time stamps.
func isStamp(text string) bool {
	_, ok := stampDate(text)
	return ok
}

// isLabelledStamp reports whether a line says that it is the site's time stamp, so that it is one
// at the foot of the page too.
func isLabelledStamp(text string) bool {
	if len(text) > 160 {
		return false
	}
	lower := strings.ToLower(text)
	for _, label := range []string{"published", "posted", "updated", "last updated", "last modified", "date:", "release date", "publication date", "date published", "created"} {
		if strings.HasPrefix(lower, label) {
			return isStamp(text)
		}
	}
	return false
}

// isByline reports whether a line at the top names the author.
func isByline(text string) bool {
	if utf8.RuneCountInString(text) > 90 || endsSentence(text) && !strings.HasPrefix(text, "By ") {
		return false
	}
	words := strings.Fields(text)
	lower := strings.ToLower(text)
	for _, label := range []string{"author:", "authors:", "author ", "written by ", "posted by ", "published by ", "reported by ", "editor:", "edited by ", "reporter:", "text:", "text by ", "story by ", "submitted by "} {
		if strings.HasPrefix(lower, label) && len(words) <= 10 {
			return true
		}
	}
	if (words[0] == "By" || words[0] == "BY" || words[0] == "by") && len(words) >= 2 && len(words) <= 12 {
		return nameLike(words[1])
	}
	return false
}

// nameLike reports whether a word begins like a name.
func nameLike(word string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(word, "(\"“"))
	return unicode.IsUpper(r) || unicode.IsTitle(r)
}

// isSignature reports whether a line is a newsroom's note of who wrote or edited, at the end.
func isSignature(text string) bool {
	if utf8.RuneCountInString(text) > 90 {
		return false
	}
	lower := strings.ToLower(strings.Trim(text, "()[] "))
	for _, label := range []string{"editor:", "editors:", "editing by ", "reporting by ", "edited by ", "responsible editor:", "web editor:", "reporter:", "press service of ", "press office of ", "press centre of "} {
		if strings.HasPrefix(lower, label) {
			return true
		}
	}
	return false
}
