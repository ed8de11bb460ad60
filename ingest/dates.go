package ingest

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// monthNumbers gives the month of a lower-case English name or abbreviation.
var monthNumbers = map[string]int{
	"january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5, "june": 6, "jun": 6,
	"july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9, "october": 10, "oct": 10,
	"november": 11, "nov": 11, "december": 12, "dec": 12,
}

// dateToken is a word, a number or a single sign, with its place.
type dateToken struct {
	text       string // lower case
	start, end int    // bytes
	number     int    // value of a number, -1 otherwise
}

// dateTokens splits a short text. Letters with a full stop ("a.m.", "Feb.") lose the stop as a
// sign of its own.
func dateTokens(text string) []dateToken {
	var tokens []dateToken
	runes := func(from int, in func(rune) bool) int {
		for i, r := range text[from:] {
			if !in(r) {
				return from + i
			}
		}
		return len(text)
	}
	for i := 0; i < len(text); {
		c := rune(text[i])
		if c >= 0x80 {
			for _, r := range text[i:] {
				c = r
				break
			}
		}
		end := i + len(string(c))
		number := -1
		switch {
		case c == ' ' || c == '\n' || c == '\t':
			i = end
			continue
		case c >= '0' && c <= '9':
			end = runes(i, func(r rune) bool { return r >= '0' && r <= '9' })
			if end-i <= 8 {
				number, _ = strconv.Atoi(text[i:end])
			}
		case unicode.IsLetter(c):
			end = runes(i, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) })
		}
		if end <= i {
			end = i + 1
		}
		tokens = append(tokens, dateToken{strings.ToLower(text[i:end]), i, end, number})
		i = end
	}
	return tokens
}

// foundDate is a date in a text: its value and its place in tokens, half-open.
type foundDate struct {
	value       string
	first, last int
	hasYear     bool
}

// dateAt reads a calendar date that begins at tokens[i]: "2024-05-18", "18 May 2024",
// "May 18, 2024", "May 18", "18.05.2024". Dates of digits whose day and month could be
// exchanged are left out, except with full stops, which only day-first countries write.
func dateAt(tokens []dateToken, i int) (foundDate, bool) {
	is := func(j int, text string) bool { return j < len(tokens) && tokens[j].text == text }
	num := func(j, least, most int) (int, bool) {
		if j >= len(tokens) || tokens[j].number < least || tokens[j].number > most {
			return 0, false
		}
		return tokens[j].number, true
	}
	digits := func(j int) int { return tokens[j].end - tokens[j].start }
	year := func(j int) (int, bool) {
		y, ok := num(j, 1800, 2199)
		return y, ok && digits(j) == 4
	}
	month := func(j int) (m, next int) {
		if j >= len(tokens) {
			return 0, j
		}
		m = monthNumbers[tokens[j].text]
		next = j + 1
		// The full stop of "Feb." belongs to it; that of "3 March." ends the sentence.
		if name := tokens[j].text; m > 0 && is(next, ".") && (len(name) == 3 && name != "may" || name == "sept") {
			next++
		}
		return m, next
	}
	day := func(j int) (d, next int) {
		d, ok := num(j, 1, 31)
		if !ok {
			return 0, j
		}
		next = j + 1
		if next < len(tokens) && tokens[next].start == tokens[j].end {
			switch tokens[next].text {
			case "st", "nd", "rd", "th":
				next++
			}
		}
		return d, next
	}
	full := func(y, m, d, last int) (foundDate, bool) {
		if !validDay(y, m, d) {
			return foundDate{}, false
		}
		return foundDate{fmt.Sprintf("%04d-%02d-%02d", y, m, d), i, last, true}, true
	}
	partial := func(m, d, last int) (foundDate, bool) {
		if !validDay(2024, m, d) {
			return foundDate{}, false
		}
		return foundDate{fmt.Sprintf("XXXX-%02d-%02d", m, d), i, last, false}, true
	}
	if i >= len(tokens) {
		return foundDate{}, false
	}
	// 2024-05-18, 2024/05/18, 2024.05.18, 20240518
	if y, ok := year(i); ok && i+4 < len(tokens) && (is(i+1, "-") || is(i+1, "/") || is(i+1, ".")) && tokens[i+3].text == tokens[i+1].text {
		m, okM := num(i+2, 1, 12)
		d, okD := num(i+4, 1, 31)
		if okM && okD {
			return full(y, m, d, i+5)
		}
	}
	if n := tokens[i].number; n >= 18000101 && n <= 21991231 && digits(i) == 8 {
		return full(n/10000, n/100%100, n%100, i+1)
	}
	// 18.05.2024, 18/05/2024, 05-18-2024
	if a, ok := num(i, 1, 31); ok && i+4 < len(tokens) && (is(i+1, ".") || is(i+1, "/") || is(i+1, "-")) && tokens[i+3].text == tokens[i+1].text {
		b, okB := num(i+2, 1, 31)
		y, okY := year(i + 4)
		if okB && okY {
			switch {
			case is(i+1, ".") || a > 12 || a == b:
				return full(y, b, a, i+5)
			case b > 12:
				return full(y, a, b, i+5)
			}
			return foundDate{}, false
		}
	}
	// 18 May 2024, 18th of May, 2024
	if d, next := day(i); d > 0 {
		if is(next, "of") || is(next, "-") {
			next++
		}
		if m, next := month(next); m > 0 {
			at := next
			if is(at, ",") || is(at, "-") {
				at++
			}
			if y, ok := year(at); ok {
				return full(y, m, d, at+1)
			}
			return partial(m, d, next)
		}
	}
	// May 18, 2024
	if m, next := month(i); m > 0 {
		if d, next := day(next); d > 0 {
			if next-1 < len(tokens) && digits(next-1) > 2 && tokens[next-1].number >= 0 {
				return foundDate{}, false
			}
			at := next
			if is(at, ",") || is(at, ".") {
				at++
			}
			if y, ok := year(at); ok {
				return full(y, m, d, at+1)
			}
			return partial(m, d, next)
		}
	}
	return foundDate{}, false
}

// validDay reports whether the day exists.
func validDay(y, m, d int) bool {
	if m < 1 || m > 12 || d < 1 {
		return false
	}
	days := [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[m-1]
	if m == 2 && (y%4 == 0 && y%100 != 0 || y%400 == 0) {
		days = 29
	}
	return d <= days
}

// clockEnd gives the token behind a time of day that begins at tokens[i] ("11:06 am", "10:30:00",
// "9 p.m."), or i when none does.
func clockEnd(tokens []dateToken, i int) int {
	is := func(j int, text string) bool { return j < len(tokens) && tokens[j].text == text }
	below := func(j, most int) bool { return j < len(tokens) && tokens[j].number >= 0 && tokens[j].number < most }
	if !below(i, 24) {
		return i
	}
	last, minutes := i+1, false
	if (is(last, ":") || is(last, ".")) && below(last+1, 60) && tokens[last+1].end-tokens[last+1].start == 2 {
		minutes = is(last, ":")
		last += 2
		if is(last, ":") && below(last+1, 61) {
			last += 2
		}
	}
	switch {
	case is(last, "am") || is(last, "pm"):
		return last + 1
	case (is(last, "a") || is(last, "p")) && is(last+1, ".") && is(last+2, "m"):
		return last + 3
	case !minutes:
		return i
	}
	return last
}

// ParseDate reads a publication date that stands alone, as a flag, a JSON field or a meta tag
// gives it: ISO 8601 with or without a time, RFC 822, "6 July 2005, 11:06 am", and values
// that are in the form of document.Published already ("XXXX-05-18", "2024-05"). The day stays as
// written, in its own time zone: moved to another zone, it would change. The time of day is dropped;
// nothing is resolved against it, and without its zone it would not compare.
func ParseDate(text string) (string, bool) {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > 120 {
		return "", false
	}
	if partialValue(text) {
		return text, true
	}
	tokens := dateTokens(text)
	for i := range tokens {
		if i > 0 && tokens[i-1].number >= 0 && tokens[i-1].end == tokens[i].start {
			continue // the rest of a longer run of digits
		}
		if d, ok := dateAt(tokens, i); ok && d.hasYear {
			return d.value, true
		}
	}
	return "", false
}

// partialValue reports whether the text is a date value with unknown or missing parts.
func partialValue(text string) bool {
	parts := strings.Split(text, "-")
	if len(parts) > 3 || len(parts[0]) != 4 {
		return false
	}
	if len(parts) == 3 && !strings.Contains(text, "X") {
		return false // a whole date: it is checked with the calendar
	}
	for i, part := range parts {
		if i > 0 && len(part) != 2 || strings.Trim(part, "0123456789X") != "" {
			return false
		}
		if n, err := strconv.Atoi(part); err == nil && (i == 0 && (n < 1000 || n > 2999) || i == 1 && (n < 1 || n > 12) || i == 2 && (n < 1 || n > 31)) {
			return false
		}
	}
	return true
}

// stampWords may stand beside the date in a time stamp of a site.
var stampWords = map[string]bool{
	"published": true, "publish": true, "publication": true, "posted": true, "updated": true, "update": true, "modified": true, "last": true, "date": true, "dated": true,
	"released": true, "release": true, "issued": true, "created": true, "added": true, "first": true, "time": true, "on": true, "at": true, "from": true,
	"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true,
	"mon": true, "tue": true, "tues": true, "wed": true, "thu": true, "thur": true, "thurs": true, "fri": true, "sat": true, "sun": true,
	"gmt": true, "utc": true, "est": true, "edt": true, "cst": true, "cdt": true, "mst": true, "mdt": true, "pst": true, "pdt": true, "et": true, "ct": true, "pt": true, "cet": true, "cest": true, "bst": true, "ist": true, "eet": true, "msk": true,
	"am": true, "pm": true, "a": true, "p": true, "m": true, "t": true, "z": true, "hrs": true, "h": true, "th": true, "st": true, "nd": true, "rd": true,
	"eastern": true, "standard": true, "daylight": true, "news": true, "press": true, "the": true, "of": true, "and": true, "beijing": true, "local": true,
}

// stampDate reads a line that is a time stamp and nothing else: a date, a time of day, words like "Published".
func stampDate(text string) (string, bool) {
	if len(text) > 160 {
		return "", false
	}
	tokens := dateTokens(text)
	value := ""
	for i := 0; i < len(tokens); {
		if d, ok := dateAt(tokens, i); ok {
			if value == "" || value[0] == 'X' && d.hasYear {
				value = d.value
			}
			i = d.last
			continue
		}
		t := tokens[i]
		switch {
		case t.number >= 0:
			last := clockEnd(tokens, i)
			if last == i {
				if t.number > 2400 || value == "" {
					return "", false
				}
				last = i + 1
			}
			i = last
		case stampWords[t.text]:
			i++
		case len(t.text) <= 3 && !isWordRune([]rune(t.text)[0]):
			i++ // a sign
		default:
			return "", false
		}
	}
	return value, value != ""
}

// datelineDate reads the date of a dateline at the beginning of a paragraph: "ASTANA, February 26,
// 2024 (Xinhua) – …", "TORONTO, May 18, 2025 /PRNewswire/ -- …". It is one only when a dash or a wire's name
// follows the date, and the words before it look like a place; otherwise it is prose.
func datelineDate(opening string) string {
	_, _, value := dateline(opening)
	return value
}

// dateline gives the bytes of the dateline, up to and with its dash, and its date.
func dateline(opening string) (start, end int, value string) {
	tokens := dateTokens(opening)
	for i := 0; i < len(tokens) && i < 14; i++ {
		if d, ok := dateAt(tokens, i); ok {
			if !placeBefore(tokens[:i], opening) {
				return 0, 0, ""
			}
			last, ok := datelineEnd(tokens, d.last, opening)
			if !ok && i > 1 && i < 8 && tokens[i-1].text == "," && d.last+1 < len(tokens) && tokens[d.last].text == "." && nameLike(opening[tokens[d.last+1].start:]) {
				last, ok = d.last+1, true // "Tarn, 3 March. The school …"
			}
			if !ok {
				return 0, 0, ""
			}
			return 0, tokens[last-1].end, d.value
		}
	}
	return 0, 0, ""
}

// placeBefore reports whether the tokens before the date can be the place of a dateline: nothing
// in small letters but particles of place names, no end of a sentence.
func placeBefore(tokens []dateToken, text string) bool {
	if len(tokens) > 0 {
		switch tokens[0].text {
		case "on", "in", "by", "from", "since", "after", "before", "until", "at", "last", "this", "next", "early", "late":
			return false
		}
	}
	for i, t := range tokens {
		r := []rune(text[t.start:t.end])[0]
		switch {
		case unicode.IsUpper(r) || unicode.IsTitle(r):
		case t.number >= 0:
			return false
		case unicode.IsLetter(r):
			switch t.text {
			case "de", "la", "el", "al", "da", "do", "del", "of", "the", "and", "on", "upon", "am", "an", "der", "di", "en", "sur", "le", "s":
			default:
				return false
			}
		case t.text == "." && i > 0 && tokens[i-1].end-tokens[i-1].start > 5 && !allCapitals(text[tokens[i-1].start:tokens[i-1].end]):
			return false
		case strings.ContainsAny(t.text, "?!;"):
			return false
		}
	}
	return true
}

// allCapitals reports whether a word is written in capitals.
func allCapitals(word string) bool { return strings.ToUpper(word) == word }

// datelineEnd looks behind the date for the dash, within a few tokens: an agency in brackets or
// between slashes may stand before it.
func datelineEnd(tokens []dateToken, from int, text string) (last int, ok bool) {
	depth, wire := 0, false
	for i := from; i < len(tokens) && i < from+12; i++ {
		switch tokens[i].text {
		case "(", "[":
			depth++
		case ")", "]":
			depth--
			if depth < 0 {
				return 0, false
			}
			wire = true
		case "/":
			if wire || i > from && i+1 < len(tokens) {
				wire = true
			}
		case "–", "—", "―", "‒", "−":
			if depth == 0 {
				return i + 1, true
			}
		case "-":
			// A hyphen inside a word is none; one after a blank, or a pair, is a dash.
			if depth == 0 && (i == 0 || tokens[i].start > tokens[i-1].end || i+1 < len(tokens) && tokens[i+1].text == "-" || tokens[i-1].text == "/" || tokens[i-1].text == ")") {
				return i + 1, true
			}
		case ":":
			if depth == 0 {
				return i + 1, i == from || wire
			}
		case ".", ",":
		default:
			if depth == 0 && !wire && !allCapitals(text[tokens[i].start:tokens[i].end]) && i-from > 3 {
				return 0, false
			}
		}
	}
	return 0, false
}
