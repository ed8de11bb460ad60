package ingest

import (
	"strings"

	"dateline/ingest/document"
)

// line is one line of a document before it is frozen: its cleaned text and what its format
// knew about it. A blank line separates blocks and has no text.
type line struct {
	text string
	hint document.ZoneKind // what the markup said, "" when it said nothing
	// headline is set on the line that the page itself marks as its headline.
	headline bool
	// parts are zones inside the line, in bytes of text, in order; the markup knew them.
	parts []document.Zone
}

// assemble joins lines to a document and gives each its zone.
func assemble(lines []line) document.Document {
	lines = trimBlank(lines)
	title := classify(lines)
	var doc document.Document
	var b strings.Builder
	size := 0
	for _, l := range lines {
		size += len(l.text) + 1
	}
	b.Grow(size)
	for i, l := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		start := b.Len()
		b.WriteString(l.text)
		doc.Zones = append(doc.Zones, lineZones(l, start)...)
	}
	doc.Text = b.String()
	doc.Title = title
	return doc
}

// trimBlank leaves at most one blank line in a row and none at the ends. It reuses the slice.
func trimBlank(lines []line) []line {
	kept := lines[:0]
	for _, l := range lines {
		if l.text == "" && (len(kept) == 0 || kept[len(kept)-1].text == "") {
			continue
		}
		kept = append(kept, l)
	}
	for len(kept) > 0 && kept[len(kept)-1].text == "" {
		kept = kept[:len(kept)-1]
	}
	return kept
}

// lineZones gives the zones of one line that begins at start: the zones inside it, and the zone
// of the whole line for what lies between them.
func lineZones(l line, start int) []document.Zone {
	if l.text == "" {
		return nil
	}
	var parts []document.Zone // a silent line is silent as a whole
	if l.hint == "" || !l.hint.Silent() {
		parts = withCredits(l)
	}
	var zones []document.Zone
	at := 0
	fill := func(end int) {
		from, to := trimSpan(l.text, at, end)
		if l.hint != "" && from < to {
			zones = append(zones, document.Zone{Start: start + from, End: start + to, Kind: l.hint})
		}
	}
	for _, part := range parts {
		if part.Start < at || part.End <= part.Start {
			continue
		}
		fill(part.Start)
		zones = append(zones, document.Zone{Start: start + part.Start, End: start + part.End, Kind: part.Kind})
		at = part.End
	}
	fill(len(l.text))
	return zones
}

// trimSpan takes the blanks off the ends of a span of text.
func trimSpan(text string, from, to int) (int, int) {
	for from < to && text[from] == ' ' {
		from++
	}
	for to > from && text[to-1] == ' ' {
		to--
	}
	return from, to
}

// textLines splits cleaned plain text into lines. Text that was wrapped at a fixed width is
// unwrapped, since a line end is the end of a sentence to everything behind this package.
func textLines(text string) []line {
	rows := strings.Split(text, "\n")
	rows = unwrap(rows)
	lines := make([]line, 0, len(rows))
	for _, row := range rows {
		lines = append(lines, line{text: row})
	}
	return lines
}
