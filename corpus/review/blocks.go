package review

import (
	"slices"
	"strings"

	"dateline/ingest/document"
)

// block is a line of a document, or list items that follow each other.
type block struct {
	Kind   string // "heading", "list", "table", "paragraph", or another kind of zone
	Pieces []piece
	Rows   [][]piece // of a list: its items
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
		if strings.TrimSpace(text[from:to]) != "" {
			kind := "paragraph"
			first := from + len(text[from:to]) - len(strings.TrimLeft(text[from:to], " \t"))
			for zone < len(zones) && zones[zone].End <= first {
				zone++
			}
			if zone < len(zones) && zones[zone].Start <= first {
				kind = string(zones[zone].Kind)
			}
			out = addLine(out, kind, markLine(text, from, to, here))
		}
		running = slices.DeleteFunc(slices.Clone(here), func(m mark) bool { return m.end <= next })
		running = running[:min(len(running), deepest)]
		from = next
	}
	return out
}

// addLine adds a line; an item joins the list before it.
func addLine(blocks []block, kind string, pieces []piece) []block {
	if kind != string(document.ListItem) {
		return append(blocks, block{Kind: kind, Pieces: pieces})
	}
	if n := len(blocks); n > 0 && blocks[n-1].Kind == "list" {
		blocks[n-1].Rows = append(blocks[n-1].Rows, pieces)
		return blocks
	}
	return append(blocks, block{Kind: "list", Rows: [][]piece{pieces}})
}
