package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of hard-wrapped text, in characters. Mail and text editors wrap between 50 and 100.
const (
	wrapLeast = 50
	wrapMost  = 110
)

// unwrap joins lines that a program broke at a fixed width. Such text gives itself away: the next
// word would not have fitted on the line before it. Lists, addresses and verses do not do
// that line after line, so it needs no guess about what the words mean.
func unwrap(rows []string) []string {
	width, long, short := 0, 0, 0
	for _, row := range rows {
		n := utf8.RuneCountInString(row)
		switch {
		case n > wrapMost && strings.Contains(row, " "):
			long++
		case n > 0:
			short++
			width = max(width, n)
		}
	}
	if width < wrapLeast || long*20 > short {
		return rows
	}
	full, breaks := 0, 0
	for i := 0; i+1 < len(rows); i++ {
		if rows[i] == "" || rows[i+1] == "" {
			continue
		}
		breaks++
		if fillsLine(rows[i], rows[i+1], width) {
			full++
		}
	}
	if full < 3 || full*10 < breaks*6 {
		return rows
	}
	out := rows[:0:0]
	for i := 0; i < len(rows); i++ {
		var b strings.Builder
		b.WriteString(rows[i])
		for i+1 < len(rows) && rows[i] != "" && rows[i+1] != "" && fillsLine(rows[i], rows[i+1], width) && !startsItem(rows[i+1]) {
			// "co-" at a line end keeps its hyphen: whether it belongs to the word is not known.
			if !strings.HasSuffix(rows[i], "-") || !startsLower(rows[i+1]) {
				b.WriteByte(' ')
			}
			b.WriteString(rows[i+1])
			i++
		}
		out = append(out, b.String())
	}
	return out
}

// fillsLine reports whether the first word of next would not have fitted on row. A little play is
// left for writers that count the line end or break early before punctuation.
func fillsLine(row, next string, width int) bool {
	word := next
	if i := strings.IndexByte(next, ' '); i >= 0 {
		word = next[:i]
	}
	return utf8.RuneCountInString(row)+1+utf8.RuneCountInString(word) > width-2
}

// startsItem reports whether a row begins a list item.
func startsItem(row string) bool { return listMark(row) > 0 }

func startsLower(row string) bool {
	r, _ := utf8.DecodeRuneInString(row)
	return unicode.IsLower(r)
}
