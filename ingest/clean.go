package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Clean gives text the form in which documents are kept: valid UTF-8 in normal form C, lines
// ended by "\n" and without blanks around them, at most one blank line in a row, no line at the
// start or end that is blank. Unicode spaces and tabs become spaces, runs of them one space.
// Control characters, byte order marks, soft hyphens, zero-width and bidirectional marks go;
// joiners stay inside scripts that need them. Clean(Clean(s)) == Clean(s).
func Clean(text string) string {
	// Normal form comes first, because a few spaces and marks only appear by it, and last, because
	// removing an invisible mark can bring a letter and its accent together.
	text = norm.NFC.String(strings.ToValidUTF8(text, "\uFFFD"))
	var b strings.Builder
	b.Grow(len(text))
	var last rune  // the last rune written, 0 at the start
	newlines := 0  // line ends seen since then
	space := false // a blank seen since then
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		switch kindOfRune(r) {
		case runeNewline:
			if r == '\r' && i < len(text) && text[i] == '\n' {
				continue
			}
			newlines++
			space = false
			continue
		case runeSpace:
			space = true
			continue
		case runeInvisible:
			continue
		case runeJoiner:
			// Meaningful between letters of Persian, Indic scripts and inside emoji; a leftover of web
			// pages anywhere else.
			if last < 0x590 || space || newlines > 0 {
				continue
			}
		}
		switch {
		case last == 0:
		case newlines > 1:
			b.WriteString("\n\n")
		case newlines == 1:
			b.WriteByte('\n')
		case space:
			b.WriteByte(' ')
		}
		newlines, space = 0, false
		b.WriteRune(r)
		last = r
	}
	return norm.NFC.String(b.String())
}

// The kinds of rune that cleaning tells apart.
const (
	runePlain = iota
	runeSpace
	runeNewline
	runeInvisible
	runeJoiner
)

// kindOfRune tells what cleaning does with a rune.
func kindOfRune(r rune) int {
	switch {
	case r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == 0x85 || r == 0x2028 || r == 0x2029:
		return runeNewline
	case r == ' ' || r == '\t':
		return runeSpace
	case r < 0x20 || r >= 0x7f && r <= 0x9f:
		return runeInvisible // C0 and C1 controls, NUL among them
	case r < 0xad:
		if r == 0xa0 {
			return runeSpace
		}
		return runePlain
	case r == 0x200c || r == 0x200d:
		return runeJoiner
	case r == 0xad, // soft hyphen
		r == 0x061c || r == 0x180e,                               // Arabic letter mark, Mongolian vowel separator
		r == 0x200b || r == 0x200e || r == 0x200f,                // zero-width space, direction marks
		r >= 0x202a && r <= 0x202e,                               // bidirectional embeddings and overrides
		r >= 0x2060 && r <= 0x206f,                               // word joiner, isolates, deprecated format characters
		r == 0xfeff || r == 0xfffc,                               // byte order mark, object replacement
		r == 0xfffe || r == 0xffff,                               // noncharacters
		r >= 0xfff9 && r <= 0xfffb, r >= 0xe0000 && r <= 0xe007f: // annotation anchors, tags
		return runeInvisible
	case r == 0x1680 || r >= 0x2000 && r <= 0x200a || r == 0x202f || r == 0x205f || r == 0x3000:
		return runeSpace
	}
	return runePlain
}

// isWordRune reports whether a rune is a letter or a digit.
func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
