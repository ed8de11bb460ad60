package corpus

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"dateline/extract"
	"dateline/ingest/document"
)

// codePoints converts byte offsets of a text to code points. Offsets are asked for in any
// order; each answer costs a binary search and at most one block of the text.
type codePoints struct {
	text  string
	marks []int // code points before byte i*block
}

const codePointBlock = 256 // bytes

func newCodePoints(text string) *codePoints {
	c := &codePoints{text: text, marks: make([]int, 0, len(text)/codePointBlock+1)}
	n := 0
	for i := 0; i < len(text); i++ {
		if i%codePointBlock == 0 {
			c.marks = append(c.marks, n)
		}
		if utf8.RuneStart(text[i]) {
			n++
		}
	}
	return c
}

// at is the number of code points before byte offset i.
func (c *codePoints) at(i int) int {
	if len(c.marks) == 0 {
		return 0
	}
	block := min(i/codePointBlock, len(c.marks)-1)
	n := c.marks[block]
	for k := block * codePointBlock; k < i; k++ {
		if utf8.RuneStart(c.text[k]) {
			n++
		}
	}
	return n
}

// byteOffsets converts ascending code point offsets back to bytes, in one pass.
func byteOffsets(text string, offsets []int) map[int]int {
	sorted := slices.Clone(offsets)
	slices.Sort(sorted)
	out := make(map[int]int, len(sorted))
	n, k := 0, 0
	for i := range text {
		for k < len(sorted) && sorted[k] == n {
			out[n] = i
			k++
		}
		n++
	}
	for ; k < len(sorted); k++ {
		out[sorted[k]] = len(text)
	}
	return out
}

// place is a citation as it is stored.
type place struct {
	start, end  int // code points
	quote, rule string
}

// places checks the citations of a fact and converts them. A fact without a true citation is
// no fact.
func places(source string, c *codePoints, f extract.Fact) ([]place, error) {
	bad := func(detail string, args ...any) error {
		return &Error{Path: source, Problem: BadFact, Detail: fmt.Sprintf("%s fact of rule %q: ", f.Kind, f.Rule) + fmt.Sprintf(detail, args...),
			Advice: "the document was not stored; this is a fault of the rule, not of the document"}
	}
	if len(f.Citations) == 0 {
		return nil, bad("it has no citation")
	}
	out := make([]place, 0, len(f.Citations))
	for _, x := range f.Citations {
		if x.Start < 0 || x.End <= x.Start || x.End > len(c.text) {
			return nil, bad("its citation [%d, %d) lies outside the text of %d bytes", x.Start, x.End, len(c.text))
		}
		if c.text[x.Start:x.End] != x.Quote {
			return nil, bad("its quote %q is not the text at [%d, %d)", x.Quote, x.Start, x.End)
		}
		if !utf8.RuneStart(c.text[x.Start]) || x.End < len(c.text) && !utf8.RuneStart(c.text[x.End]) {
			return nil, bad("its citation [%d, %d) cuts a letter in two", x.Start, x.End)
		}
		out = append(out, place{c.at(x.Start), c.at(x.End), x.Quote, x.Rule})
	}
	return out, nil
}

// packZones writes zones as [start, end, kind] in code points.
func packZones(c *codePoints, zones []document.Zone) string {
	rows := make([][3]any, 0, len(zones))
	for _, z := range zones {
		rows = append(rows, [3]any{c.at(max(z.Start, 0)), c.at(min(z.End, len(c.text))), z.Kind})
	}
	return toJSON(rows)
}
