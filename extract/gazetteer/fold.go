package gazetteer

import (
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The hash is 64-bit FNV-1a over the folded bytes.
const (
	hashStart = 14695981039346656037
	hashPrime = 1099511628211
)

// maxWord is the longest word, in bytes, that is looked up. The longest name of the lists is
// shorter; a run of a million letters must not be read once for every list.
const maxWord = 64

// latin maps U+00C0 to U+024F and U+1E00 to U+1EFF to the ASCII letters they are written with
// when there is no such key: "é" to "e", "ß" to "ss".
type latin struct {
	low  [0x250 - 0xC0][2]byte
	high [0x1F00 - 0x1E00][2]byte
}

var latinTable = sync.OnceValue(func() *latin {
	t := new(latin)
	put := func(r rune) {
		var letters [2]byte
		switch r {
		case 'ß', 'ẞ':
			letters = [2]byte{'s', 's'}
		case 'æ', 'Æ':
			letters = [2]byte{'a', 'e'}
		case 'œ', 'Œ':
			letters = [2]byte{'o', 'e'}
		case 'þ', 'Þ':
			letters = [2]byte{'t', 'h'}
		case 'ø', 'Ø':
			letters[0] = 'o'
		case 'ł', 'Ł':
			letters[0] = 'l'
		case 'đ', 'Đ', 'ð', 'Ð':
			letters[0] = 'd'
		case 'ħ', 'Ħ':
			letters[0] = 'h'
		case 'ı', 'İ':
			letters[0] = 'i'
		case 'ŋ', 'Ŋ':
			letters[0] = 'n'
		case 'ŧ', 'Ŧ':
			letters[0] = 't'
		case 'Ə':
			letters[0] = 'a'
		default:
			d := norm.NFD.String(string(r))
			if d[0] < utf8.RuneSelf {
				letters[0] = byte(unicode.ToLower(rune(d[0])))
			}
		}
		if r < 0x250 {
			t.low[r-0xC0] = letters
		} else {
			t.high[r-0x1E00] = letters
		}
	}
	for r := rune(0xC0); r < 0x250; r++ {
		put(r)
	}
	for r := rune(0x1E00); r < 0x1F00; r++ {
		put(r)
	}
	return t
})

// hashWord continues the hash h with the word, folded: lower case, Latin letters without
// diacritics, no apostrophes and no full stops, so that "Xi'an" is "Xian" and "U.S." is "US".
func hashWord(t *latin, h uint64, word string) uint64 {
	for i := 0; i < len(word); {
		c := word[i]
		if c < utf8.RuneSelf {
			i++
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			if c == '\'' || c == '.' || c == '`' {
				continue
			}
			h = (h ^ uint64(c)) * hashPrime
			continue
		}
		r, size := utf8.DecodeRuneInString(word[i:])
		i += size
		var letters [2]byte
		switch {
		case 0xC0 <= r && r < 0x250:
			letters = t.low[r-0xC0]
		case 0x1E00 <= r && r < 0x1F00:
			letters = t.high[r-0x1E00]
		case r == 'ə':
			letters[0] = 'a'
		case r == '\u2010' || r == '\u2011':
			letters[0] = '-'
		case skipped(r):
			continue
		}
		if letters[0] == 0 {
			r = unicode.ToLower(r)
			for ; r > 0; r >>= 8 {
				h = (h ^ uint64(r&0xff)) * hashPrime
			}
			continue
		}
		h = (h ^ uint64(letters[0])) * hashPrime
		if letters[1] != 0 {
			h = (h ^ uint64(letters[1])) * hashPrime
		}
	}
	return h
}

// skipped reports whether a rune is left out of the folded form: combining marks and the
// many apostrophes and glottal stops of transliterations.
func skipped(r rune) bool {
	switch {
	case 0x300 <= r && r <= 0x36F:
		return true
	case 0x2B0 <= r && r <= 0x2CF:
		return true
	case r == 0x2018 || r == 0x2019 || r == 0xB4 || r == 0x2032:
		return true
	}
	return false
}
