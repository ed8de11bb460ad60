package main

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/extract/tagger/features"
)

// restyle rewrites the last line of the draft, which begins at byte line, as a headline: in
// capitals, or with a capital on every word but the small ones, and without a full stop.
func (d *draft) restyle(line int, upper bool) {
	old := d.b.String()
	var b strings.Builder
	b.WriteString(old[:line])
	text := strings.TrimRight(old[line:], "\n")
	text = strings.TrimSuffix(text, ".")
	moved := make([]int, len(text)+1) // new place of each old byte
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		moved[i] = b.Len()
		switch {
		case upper:
			r = unicode.ToUpper(r)
		case unicode.IsLetter(r) && (i == 0 || text[i-1] == ' ' || text[i-1] == '"'):
			end := i + strings.IndexByte(text[i:]+" ", ' ')
			if i == 0 || features.ClassOf(text[i:end])&(features.Joint|features.Particle|features.Near) == 0 {
				r = unicode.ToUpper(r)
			}
		}
		b.WriteRune(r)
		for k := i + 1; k < i+size; k++ {
			moved[k] = b.Len()
		}
		i += size
	}
	moved[len(text)] = b.Len()
	b.WriteByte('\n')
	for i := range d.names {
		n := &d.names[i]
		if n.first >= line {
			n.first, n.last = moved[min(n.first-line, len(text))], moved[min(n.last-line, len(text))]
		}
	}
	d.b.Reset()
	d.b.WriteString(b.String())
}
