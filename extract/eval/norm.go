package eval

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// isQuote reports quotes, apostrophes and the modifier letters that stand for them
// (okina, prime). They go before anything else: "Xi'an" and "Xi’an" are one word, and so
// are "Hawaiʻi" and "Hawaii", although the okina is a letter (Lm) by category.
func isQuote(r rune) bool {
	switch r {
	case '"', '\'', '`', 0x00b4, 0x2032, 0x2033, 0x00ab, 0x00bb, 0x2039, 0x203a:
		return true
	}
	return 0x2018 <= r && r <= 0x201f || 0x02b9 <= r && r <= 0x02bf
}

// normalize gives the one spelling under which names are compared: quotes and apostrophes
// go; then NFKD, full case folding, NFKD; combining characters (class not 0) and format
// characters (Cf) go; "&" becomes " and "; all but letters and numbers (L*, N*) becomes a
// space; runs of spaces become one; one leading "the " goes.
//
// The decomposition is done rune by rune. That is exact here, although NFKD reorders
// combining characters across runes: every character that can be reordered has a class
// other than 0 and is dropped, but for U+0345, which folds to a letter and moves only past
// dropped ones. It also keeps out the joiners (U+034F) that golang.org/x/text/unicode/norm
// inserts after 30 combining characters.
func normalize(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	space := false // a space is due before the next letter or number
	word := func(s string) {
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteString(s)
	}
	for _, r := range text {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			word(asciiString(r))
		case 'A' <= r && r <= 'Z':
			word(asciiString(r + 'a' - 'A'))
		case r == '&':
			space = true
			word("and")
			space = true
		case isQuote(r):
		case r < 0x80:
			space = true
		default:
			for _, c := range foldRune(r) {
				switch {
				case norm.NFD.PropertiesString(string(c)).CCC() != 0 || unicode.Is(unicode.Cf, c):
				case c == '&':
					space = true
					word("and")
					space = true
				case unicode.IsLetter(c) || unicode.Is(unicode.N, c):
					word(string(c))
				default:
					space = true
				}
			}
		}
	}
	return strings.TrimPrefix(b.String(), "the ")
}

const asciiTable = "0123456789abcdefghijklmnopqrstuvwxyz"

// asciiString returns a digit or small letter as a string without allocating.
func asciiString(r rune) string {
	i := int(r - '0')
	if r >= 'a' {
		i = int(r-'a') + 10
	}
	return asciiTable[i : i+1]
}

// foldRune is NFKD, full case folding, NFKD of one rune. The folder is made on each call
// because a cases.Caser must not be shared between goroutines.
func foldRune(r rune) string {
	switch { // Cherokee folds to capitals, which it had first; package cases folds it to small letters
	case 0x13a0 <= r && r <= 0x13f5:
		return string(r)
	case 0x13f8 <= r && r <= 0x13fd:
		return string(r - 8)
	case 0xab70 <= r && r <= 0xabbf:
		return string(r - 0xab70 + 0x13a0)
	}
	return norm.NFKD.String(cases.Fold().String(norm.NFKD.String(string(r))))
}

// SameName reports whether the score takes two names, or two expressions, for one.
func SameName(a, b string) bool { return normalize(a) == normalize(b) }

// isSpace reports the characters at which Python's str.split splits: the white space of
// unicode.IsSpace and the four separators 0x1c to 0x1f.
func isSpace(r rune) bool { return unicode.IsSpace(r) || 0x1c <= r && r <= 0x1f }

// isBlank reports whether text is empty or white space only.
func isBlank(text string) bool { return strings.TrimFunc(text, isSpace) == "" }

// normalizeDate is a date value without white space, in capitals.
func normalizeDate(value string) string {
	ascii := true
	for i := 0; i < len(value); i++ {
		if value[i] >= 0x80 {
			ascii = false
			break
		}
	}
	value = strings.Join(strings.FieldsFunc(value, isSpace), "")
	if ascii {
		return strings.ToUpper(value)
	}
	var b strings.Builder
	for _, r := range value { // rune by rune: no rule of context (final sigma, Greek accents) applies
		b.WriteString(upperRune(r))
	}
	return b.String()
}

// upperRune is the full upper case of one rune ("ß" to "SS").
func upperRune(r rune) string { return cases.Upper(language.Und).String(string(r)) }

// within reports whether a, not empty, is a run of whole words of b. Both are normalized.
func within(a, b string) bool {
	if a == "" {
		return false
	}
	for from := 0; ; {
		i := strings.Index(b[from:], a)
		if i < 0 {
			return false
		}
		start, end := from+i, from+i+len(a)
		if (start == 0 || b[start-1] == ' ') && (end == len(b) || b[end] == ' ') {
			return true
		}
		from = start + 1
	}
}

// tokenF1 is twice the words that two normalized texts share (with repeats) over the words
// of both; 0 when they share none.
func tokenF1(a, b string) float64 {
	words := strings.Fields(a)
	count := make(map[string]int, len(words))
	for _, w := range words {
		count[w]++
	}
	common, other := 0, strings.Fields(b)
	for _, w := range other {
		if count[w] > 0 {
			count[w]--
			common++
		}
	}
	if common == 0 {
		return 0
	}
	return float64(2*common) / float64(len(words)+len(other))
}

// sameExtent reports whether one normalized text is a run of whole words of the other and
// their token F1 is at least 0.5 (the longer has at most three times the words).
func sameExtent(a, b string) bool {
	return (within(a, b) || within(b, a)) && tokenF1(a, b) >= 0.5
}
