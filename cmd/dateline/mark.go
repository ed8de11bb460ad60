package main

import (
	"cmp"
	"slices"
	"strings"

	"dateline/extract"
)

// mark is a place in a text, in bytes, that a fact of a kind cites.
type mark struct {
	start, end int
	kind       string
}

// kindColors are the ANSI colours of the kinds on a terminal.
var kindColors = map[string]string{
	string(extract.KindDate):        "36", // cyan
	string(extract.KindPerson):      "33", // yellow
	string(extract.KindInstitution): "34", // blue
	string(extract.KindTitle):       "35", // magenta
	string(extract.KindAgreement):   "32", // green
}

// markText shows a text with its marks: in colour, or as [brackets]{kind}. Marks may nest and
// cross; one that crosses another is closed and opened again, so that brackets always match.
// The text goes through the printer piece by piece.
func markText(text string, marks []mark, color bool) string {
	marks = slices.Clone(marks)
	slices.SortFunc(marks, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), cmp.Compare(a.kind, b.kind))
	})
	marks = slices.DeleteFunc(slices.Compact(marks), func(m mark) bool { return m.start >= m.end })
	ends := make([]int, len(marks))
	for i, m := range marks {
		ends[i] = m.end
	}
	slices.Sort(ends)

	var b strings.Builder
	var open []mark // outermost first
	paint := func() {
		if !color {
			return
		}
		b.WriteString("\x1b[0m")
		if len(open) > 0 {
			inner := open[len(open)-1]
			b.WriteString("\x1b[" + kindColors[inner.kind])
			if len(open) > 1 {
				b.WriteString(";4") // underlined: a fact within a fact
			}
			b.WriteString("m")
		}
	}
	closeMark := func(m mark) {
		if !color {
			b.WriteString("]{" + oneLine(m.kind) + "}")
		}
	}
	openMark := func(m mark) {
		if !color {
			b.WriteByte('[')
		}
	}
	at, nextMark, nextEnd := 0, 0, 0
	for nextEnd < len(ends) {
		next := ends[nextEnd]
		if nextMark < len(marks) {
			next = min(next, marks[nextMark].start)
		}
		b.WriteString(lines(text[at:next]))
		at = next
		changed := false
		// Ends come first, so that a mark which begins where another ends does not lie in it.
		if nextEnd < len(ends) && ends[nextEnd] == at {
			for nextEnd < len(ends) && ends[nextEnd] == at {
				nextEnd++
			}
			outermost := slices.IndexFunc(open, func(m mark) bool { return m.end == at })
			var again []mark
			for i := len(open) - 1; outermost >= 0 && i >= outermost; i-- {
				closeMark(open[i])
				if open[i].end != at {
					again = append(again, open[i])
				}
			}
			if outermost >= 0 {
				open = open[:outermost]
				slices.Reverse(again)
				for _, m := range again {
					openMark(m)
					open = append(open, m)
				}
			}
			changed = true
		}
		for nextMark < len(marks) && marks[nextMark].start == at {
			openMark(marks[nextMark])
			open = append(open, marks[nextMark])
			nextMark++
			changed = true
		}
		if changed {
			paint()
		}
	}
	b.WriteString(lines(text[at:]))
	return b.String()
}

// byteOffsets turns code points, in which the store counts, back into bytes of the text. Offsets
// outside the text become its end.
func byteOffsets(text string) func(codePoint int) int {
	starts := make([]int, 0, len(text)+1)
	for i := range text {
		starts = append(starts, i)
	}
	starts = append(starts, len(text))
	return func(codePoint int) int {
		return starts[max(0, min(codePoint, len(starts)-1))]
	}
}
