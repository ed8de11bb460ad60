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
	if e.to.month == 0 || e.to.day == 0 || e.ranged || e.typ != TypeDate || e.rule == "date.numeric" {
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

// aloneOnLine reports whether the expression fills its line: a date under a headline.
func aloneOnLine(text string, e expression) bool {
	start := lineStart(text, e.span.Start)
	if start < 0 {
		return false
	}
	switch strings.Trim(strings.ToLower(text[start:e.span.Start]), " :|-–—*\u00a0") {
	case "", "published", "date", "posted", "updated", "on", "posted on", "published on", "release date", "press release", "news", "for immediate release":
	default:
		return false
	}
	rest := text[e.span.End:min(len(text), e.span.End+12)]
	if i := strings.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	} else if e.span.End+12 < len(text) {
		return false
	}
	return strings.Trim(rest, " .,:|-–—*\u00a0") == ""
}

// item is one news item of the text: a page may hold several, each with its dateline.
type item struct {
	start    int
	dateline int // index of its expression, or -1
	alone    int // index of a full date on a line of its own near the top, or -1
}

// items splits the text at datelines. The head of the text, with headlines, belongs to the
// first one.
func items(text string, exprs []expression) []item {
	out := []item{{dateline: -1, alone: -1}}
	for i, e := range exprs {
		cur := &out[len(out)-1]
		if start, ok := datelineAt(text, e); ok {
			if cur.dateline >= 0 {
				out = append(out, item{start: start, dateline: i, alone: -1})
			} else if len(out) == 1 {
				cur.dateline = i
			}
		} else if cur.alone < 0 && cur.dateline < 0 && e.fullDate && !e.ranged && e.span.Start < topOfPage && aloneOnLine(text, e) {
			cur.alone = i
		}
	}
	return out
}

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
