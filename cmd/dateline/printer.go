package main

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Texts, titles, file names and error messages come from outside. A terminal obeys what is in
// them: an escape sequence in a headline can rewrite the screen, fill the clipboard or hide a
// line; a bidirectional override can turn a name around. So everything untrusted goes through
// oneLine or lines before it is printed, to a pipe as well (somebody may cat the file later).

// oneLine makes text safe for one line: controls appear as \x1b, bidirectional and other
// invisible marks as <U+202E>, bytes that are no UTF-8 as \xff; line ends and tabs are spaces.
func oneLine(text string) string { return escape(text, false) }

// lines is oneLine for a text of several lines: line feeds and tabs stay.
func lines(text string) string { return escape(text, true) }

func escape(text string, multiline bool) string {
	if isPlain(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text) + 16)
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, text[i])
		case r == '\n' || r == '\t':
			if multiline {
				b.WriteRune(r)
			} else {
				b.WriteByte(' ')
			}
		case r < 0x20 || r == 0x7f:
			fmt.Fprintf(&b, `\x%02x`, r)
		case isHostile(r):
			fmt.Fprintf(&b, "<U+%04X>", r)
		default:
			b.WriteString(text[i : i+size])
		}
		i += size
	}
	return b.String()
}

// isPlain is the fast path: ASCII without controls.
func isPlain(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] < 0x20 || text[i] >= 0x7f {
			return false
		}
	}
	return true
}

// isHostile reports C1 controls and the characters that change how their surroundings are
// shown without being seen.
func isHostile(r rune) bool {
	switch {
	case r >= 0x80 && r <= 0x9f, // C1: 0x9b alone begins an escape sequence
		r == 0x061c, r == 0x200e, r == 0x200f, // direction marks
		r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, // embeddings, overrides, isolates
		r == 0x2028, r == 0x2029, // line and paragraph separator
		r == 0xfeff, r >= 0xfff9 && r <= 0xfffb, // byte order mark, annotation anchors
		r >= 0xe0000 && r <= 0xe007f: // tags: invisible ASCII
		return true
	}
	return false
}
