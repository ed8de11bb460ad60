package dates

import (
	"strconv"
	"strings"

	"dateline/extract/token"
)

// parseValue reads a date value of one point back; parts that are unknown stay zero.
func parseValue(v string) (s stamp, ok bool) {
	v, _, _ = strings.Cut(v, "T")
	if strings.Contains(v, "/") {
		return s, false
	}
	parts := strings.Split(v, "-")
	if len(parts) > 3 || len(parts[0]) != 4 {
		return s, false
	}
	if y, err := strconv.Atoi(parts[0]); err == nil {
		s.year = y
	} else if parts[0] != "XXXX" {
		return s, false
	}
	if len(parts) > 1 {
		m, err := strconv.Atoi(parts[1])
		if err != nil || m < 1 || m > 12 {
			return s, s.year != 0
		}
		s.month = m
	}
	if len(parts) > 2 {
		if d, err := strconv.Atoi(parts[2]); err == nil && d > 0 {
			s.day = d
		}
	}
	return s, s.possible() && (s.year != 0 || s.month != 0)
}

// topOfPage is how far down a date line under the headline may stand, in bytes.
const topOfPage = 1500

// lineReach is how far a dateline's date may stand from the start of its line, in bytes.
const lineReach = 90

// datelineAt reports whether the expression is the date of a dateline: "LIMA, Feb. 20
// (Agency) –", "LONDON, March 5, 2024 /Wire/ --", "Paris – 5 March 2024 – The …". start is
// where its line begins.
func datelineAt(text string, e expression) (start int, ok bool) {
	if e.refused != "" || e.to.month == 0 || e.to.day == 0 || e.ranged || e.typ != TypeDate || e.rule == "date.numeric" {
		return 0, false
	}
	start = lineStart(text, e.span.Start)
	if start < 0 {
		return 0, false
	}
	head := text[start:e.span.Start]
	if strings.TrimSpace(head) == "" || !placeLike(head) {
		return 0, false
	}
	rest := text[e.span.End:min(len(text), e.span.End+70)]
	if i := strings.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	rest = strings.TrimLeft(rest, " ,.\u00a0")
	if rest == "" && e.fullDate && start < topOfPage { // "Lima, 5 May 2024" on a line of its own
		return start, true
	}
	if strings.HasPrefix(rest, "(") || strings.HasPrefix(rest, "[") || strings.HasPrefix(rest, "/") {
		close := strings.IndexAny(rest[1:], ")]/")
		return start, close >= 0 && close < 50
	}
	for _, dash := range []string{"–", "—", "-", "−", ")", ": "} {
		if strings.HasPrefix(rest, dash) {
			return start, true
		}
	}
	return start, false
}

// lineStart finds the start of the line that holds at, or -1 when it is farther than
// lineReach.
func lineStart(text string, at int) int {
	low := max(0, at-lineReach)
	if i := strings.LastIndexByte(text[low:at], '\n'); i >= 0 {
		return low + i + 1
	}
	if low == 0 {
		return 0
	}
	return -1
}

// placeLike reports whether every word of a dateline's head is capitalised, as in "LIMA,
// Kazakhstan, " or "(Rio de Janeiro – ".
func placeLike(head string) bool {
	words := 0
	for _, w := range strings.FieldsFunc(head, func(r rune) bool { return strings.ContainsRune(" ,()[]/–—-|:\u00a0", r) }) {
		words++
		r := []rune(w)[0]
		switch {
		case isUpperRune(r):
		case w == "de" || w == "of" || w == "la" || w == "el" || w == "al" || w == "am" || w == "and" || w == "the":
		default:
			return false
		}
	}
	switch strings.Trim(strings.ToLower(head), " :,") {
	case "on", "in", "by", "date", "updated", "published", "posted":
		return false
	}
	first, _, _ := strings.Cut(head, " ")
	switch strings.ToLower(first) {
	case "on", "in", "from", "by", "since", "until", "at", "during", "the", "last", "next", "this", "after", "before":
		return false
	}
	return words > 0 && words <= 8
}

// aloneOnLine reports whether nothing else stands on the line of s.
func aloneOnLine(text string, s token.Span) bool {
	before, behind := text[max(0, s.Start-80):s.Start], text[s.End:min(len(text), s.End+80)]
	if i := strings.LastIndexByte(before, '\n'); i >= 0 {
		before = before[i+1:]
	} else if s.Start > 80 {
		return false
	}
	if i := strings.IndexByte(behind, '\n'); i >= 0 {
		behind = behind[:i]
	} else if s.End+80 < len(text) {
		return false
	}
	return strings.Trim(before, " :|-–—*\u00a0") == "" && strings.Trim(behind, " .:|-–—*\u00a0") == ""
}

// stampRest is how many bytes of menu words may stand behind the date of a time stamp.
const stampRest = 48

// stampLine reports whether the expression is the date line of a page: it fills its line, or
// only labels stand before it ("Published:") and a few words of the site behind it
// ("Download Print Comment"). changed says that it is the date of a later change.
func stampLine(text string, e expression) (ok, changed bool) {
	start := lineStart(text, e.span.Start)
	if start < 0 {
		return false, false
	}
	switch label := strings.Trim(strings.ToLower(text[start:e.span.Start]), " :|-–—*\u00a0"); label {
	case "updated", "last updated", "modified", "last modified":
		changed = true
	case "", "published", "date", "posted", "on", "posted on", "published on", "release date", "press release", "news", "for immediate release":
	default:
		return false, false
	}
	rest := text[e.span.End:min(len(text), e.span.End+stampRest)]
	if i := strings.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	} else if e.span.End+stampRest < len(text) {
		return false, false
	}
	rest = strings.Trim(rest, " .,:|-–—*\u00a0")
	return rest == "" || titled(rest), changed
}

// titled reports whether every word begins with a capital or a digit: the words of a menu, not
// of a sentence.
func titled(s string) bool {
	for _, w := range strings.Fields(s) {
		if c := w[0]; c >= 'a' && c <= 'z' || c == '(' || c == '.' {
			return false
		}
	}
	return !strings.ContainsAny(s, ".,;")
}

// prose is from how many bytes on a line that ends like a sentence is one of the article.
const prose = 100

// proseStart is where the first line of the article begins, or the end of the text.
func proseStart(text string) int {
	for at := 0; at < len(text) && at < 2*topOfPage; {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			end = len(text) - at
		}
		line := strings.TrimRight(text[at:at+end], " \u00a0")
		if len(line) >= prose && strings.ContainsAny(line[len(line)-1:], ".!?\")") || strings.HasSuffix(line, "”") && len(line) >= prose {
			return at
		}
		at += end + 1
	}
	return len(text)
}

// item is one news item of the text: a page may hold several, each with its dateline.
type item struct {
	start    int
	dateline int // index of its expression, or -1
	alone    int // index of the full date on a date line near the top, or on the last line; or -1
}

// items splits the text at datelines. The head of the text, with headlines, belongs to the
// first one. Of several date lines above the article the one nearest to it counts: one at the
// very top of a page is often that of the visit.
func items(text string, exprs []expression) []item {
	out := []item{{dateline: -1, alone: -1}}
	body := -1
	changed := false
	for i, e := range exprs {
		cur := &out[len(out)-1]
		if start, ok := datelineAt(text, e); ok {
			if cur.dateline >= 0 {
				out = append(out, item{start: start, dateline: i, alone: -1})
			} else if len(out) == 1 {
				cur.dateline = i
			}
			continue
		}
		if len(out) > 1 || cur.dateline >= 0 || !e.fullDate || e.ranged || e.span.Start >= topOfPage {
			continue
		}
		ok, late := stampLine(text, e)
		if !ok {
			continue
		}
		if body < 0 {
			body = proseStart(text)
		}
		if e.span.Start < body && (cur.alone < 0 || changed || !late) {
			cur.alone, changed = i, late
		}
	}
	// Some ministries put the date on the last line.
	if n := len(exprs); n > 0 && len(out) == 1 && out[0].dateline < 0 && out[0].alone < 0 {
		if e := exprs[n-1]; e.fullDate && !e.ranged && len(text)-e.span.End < lastLine {
			if ok, changed := stampLine(text, e); ok && !changed {
				out[0].alone = n - 1
			}
		}
	}
	return out
}

// lastLine is how far from the end of the text the date of a last line may stand, in bytes: a
// line for a contact may follow.
const lastLine = 200

// historical reports whether the sentence of a date is about the past of an institution or
// a person, so that its year governs nothing else.
func historical(text string, s, e token.Span) bool {
	w := wordsOf{text: text, at: e.Start, low: max(s.Start, e.Start-80)}
	for cur, ok := w.back(); ok; cur, ok = w.back() {
		switch cur {
		case "born", "founded", "established", "since", "created", "incorporated", "died", "Born", "Founded", "Established", "Since":
			return true
		}
	}
	return false
}
