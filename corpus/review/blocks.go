package review

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/ingest/document"
)

// block is a line of a document, or list items that follow each other.
type block struct {
	Kind   string // "heading", "list", "table", "paragraph", or another kind of zone
	Pieces []piece
	Items  []item // of a list
}

// item is an item of a list.
type item struct {
	Pieces []piece
	Own    bool // the text begins with a bullet or number of its own
}

// blocksOf takes a text apart at its line ends and gives each line its marks. The marks are in
// bytes of the text and sorted by sortMarks; zones are in text order. Its time is linear in the
// text and in the lines that marks reach over, at most deepest of which count for each line.
func blocksOf(text string, zones []document.Zone, marks []mark) []block {
	var out []block
	var running []mark // begun before this line and not at their end
	zone := 0
	for from := 0; from < len(text); {
		to := len(text)
		next := to
		if i := strings.IndexByte(text[from:], '\n'); i >= 0 {
			to = from + i
			next = to + 1
		}
		n := 0
		for n < len(marks) && marks[n].start < to {
			n++
		}
		here := append(running, marks[:n]...)
		marks = marks[n:]
		shown := strings.TrimSpace(text[from:to]) != ""
		if shown {
			kind := "paragraph"
			first := from + len(text[from:to]) - len(strings.TrimLeft(text[from:to], " \t"))
			for zone < len(zones) && zones[zone].End <= first {
				zone++
			}
			if zone < len(zones) && zones[zone].Start <= first {
				kind = string(zones[zone].Kind)
			}
			out = addLine(out, kind, markLine(text, from, to, here), ownMark(text[first:to]))
		}
		running = slices.DeleteFunc(slices.Clone(here), func(m mark) bool { return m.end <= next })
		running = running[:min(len(running), deepest)]
		if shown {
			for i := range running {
				running[i].anchor = "" // an id stands once on a page
			}
		}
		from = next
	}
	return out
}

// addLine adds a line; an item joins the list before it.
func addLine(blocks []block, kind string, pieces []piece, own bool) []block {
	if kind != string(document.ListItem) {
		return append(blocks, block{Kind: kind, Pieces: pieces})
	}
	if n := len(blocks); n > 0 && blocks[n-1].Kind == "list" {
		blocks[n-1].Items = append(blocks[n-1].Items, item{pieces, own})
		return blocks
	}
	return append(blocks, block{Kind: "list", Items: []item{{pieces, own}}})
}

// ownMark reports whether a line begins as a list item that brings its own mark: "• x", "1. x", "a) x".
func ownMark(line string) bool {
	mark, _, more := strings.Cut(line, " ")
	r, _ := utf8.DecodeRuneInString(line)
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("\"“‘'([", r) || more && len(mark) <= 4 && strings.ContainsAny(mark[len(mark)-1:], ".)")
}
