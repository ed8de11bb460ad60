package token

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind says what a token is made of.
type Kind uint8

// The kinds of token.
const (
	Word   Kind = iota // letters, with inner hyphens, apostrophes and digits: "Vice-Rector", "O'Brien", "15-member"
	Number             // starts with a digit and holds no letter but an ordinal or unit suffix: "18", "2,000", "24th", "3D"
	Punct              // one rune of punctuation or symbol
	Clitic             // "'s", "’s" or a bare possessive apostrophe after a word
	Link               // URL or e-mail address
)

// Flags are yes-or-no properties of a token.
type Flags uint8

// The flags.
const (
	SpaceBefore Flags = 1 << iota // white space or the start of the text stands before it
	LineStart                     // first token of a line
	Capital                       // first letter is upper case or title case
	AllUpper                      // at least two letters, every one upper case
	Abbrev                        // ends with a full stop that belongs to it: "Co.", "E.", "U.S."
	Initial                       // one or more capital letters each with a full stop: "E.", "A.S."
)

// Token is a word, number or mark. Offsets are bytes of the text, half-open. It is kept to
// twelve bytes because a 50 MB text has about ten million of them.
type Token struct {
	start, end uint32
	Kind       Kind
	Flags      Flags
}

// Span is the place of the token.
func (t Token) Span() Span { return Span{int(t.start), int(t.end)} }

// Start is the first byte.
func (t Token) Start() int { return int(t.start) }

// End is the byte after the last.
func (t Token) End() int { return int(t.end) }

// Of returns the token's words.
func (t Token) Of(text string) string { return text[t.start:t.end] }

// Is reports whether every one of the flags is set.
func (t Token) Is(f Flags) bool { return t.Flags&f == f }

// Tokenize splits text, which must be valid UTF-8 of less than 4 GiB, into tokens in order.
// White space yields no token. Time is linear in len(text).
func Tokenize(text string) []Token {
	tokens := make([]Token, 0, len(text)/5+8)
	var pending = SpaceBefore | LineStart
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == '\n' {
			pending |= LineStart | SpaceBefore
			i += size
			continue
		}
		if unicode.IsSpace(r) {
			pending |= SpaceBefore
			i += size
			continue
		}
		t := scan(text, i, r, size)
		t.Flags |= pending
		pending = 0
		tokens = append(tokens, t)
		i = int(t.end)
	}
	return tokens
}

func scan(text string, i int, r rune, size int) Token {
	if isApostrophe(r) && i > 0 {
		if end, ok := clitic(text, i, size); ok {
			return Token{start: uint32(i), end: uint32(end), Kind: Clitic}
		}
	}
	if !wordRune(r) {
		return Token{start: uint32(i), end: uint32(i + size), Kind: Punct}
	}
	if end := linkEnd(text, i); end > 0 {
		return Token{start: uint32(i), end: uint32(end), Kind: Link}
	}
	if strings.HasPrefix(text[i:], "H.E ") || strings.HasPrefix(text[i:], "H.H ") {
		return Token{start: uint32(i), end: uint32(i + 3), Kind: Word, Flags: Capital | AllUpper | Abbrev} // the last full stop is often left out
	}
	if end := initialsEnd(text, i); end > 0 {
		return Token{start: uint32(i), end: uint32(end), Kind: Word, Flags: Capital | Abbrev | Initial}
	}
	if end := dottedEnd(text, i); end > 0 {
		return Token{start: uint32(i), end: uint32(end), Kind: Word, Flags: caseFlags(text[i:end])&Capital | Abbrev}
	}
	end := wordEnd(text, i)
	t := Token{start: uint32(i), end: uint32(end), Kind: Word}
	word := text[i:end]
	if unicode.IsDigit(r) && !hasLongTail(word) {
		t.Kind = Number
		return t
	}
	t.Flags |= caseFlags(word)
	if next, _ := utf8.DecodeRuneInString(text[min(end+1, len(text)):]); len(word) == 2 && t.Flags&(Capital|AllUpper) == Capital && end < len(text) && text[end] == '.' && unicode.IsUpper(next) && abbreviationOf(word) == 0 {
		t.end++
		t.Flags |= Abbrev | Initial // "Sh.Odonbaatar": an initial of two letters
		return t
	}
	if end < len(text) && text[end] == '.' && takesStop(text, word, end) {
		t.end++
		t.Flags |= Abbrev
	}
	return t
}

// clitic finds "'s" and a bare possessive apostrophe behind a letter.
func clitic(text string, i, size int) (end int, ok bool) {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	if !unicode.IsLetter(before) && !unicode.IsDigit(before) && before != '.' {
		return 0, false
	}
	after := i + size
	if after < len(text) && (text[after] == 's' || text[after] == 'S') {
		if next, _ := utf8.DecodeRuneInString(text[after+1:]); !wordRune(next) {
			return after + 1, true
		}
	}
	if before != 's' && before != 'S' {
		return 0, false
	}
	if next, _ := utf8.DecodeRuneInString(text[after:]); next == ' ' {
		return after, true
	}
	return 0, false
}

// wordEnd runs over letters, marks and digits; over hyphens, apostrophes and ampersands
// between two of them; and over the separators inside a number.
func wordEnd(text string, i int) int {
	letters := false
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if wordRune(r) {
			letters = letters || unicode.IsLetter(r)
			i += size
			continue
		}
		next, nextSize := utf8.DecodeRuneInString(text[i+size:])
		switch {
		case (r == '-' || r == '\u2010' || r == '\u2011') && (unicode.IsLetter(next) || letters && unicode.IsDigit(next)):
			if !letters && monthBehindDay(text, i+size) {
				return i // "Aug. 5-Sept. 3"
			}
		case isApostrophe(r) && letters && unicode.IsLetter(next) && !cliticFollows(text, i+size, next, nextSize):
		case r == '&' && letters && unicode.IsUpper(next):
		case (r == '.' || r == ',') && !letters && unicode.IsDigit(next):
		default:
			return i
		}
		i += size
	}
	return i
}

// monthBehindDay reports whether a month is the whole word at i, without a year glued to it:
// "5-Sept. 3" is three tokens and a number, "12-May-2024" one token.
func monthBehindDay(text string, i int) bool {
	n := monthAt(text, i)
	return n > 0 && (i+n == len(text) || text[i+n] != '-')
}

func cliticFollows(text string, at int, next rune, size int) bool {
	if next != 's' && next != 'S' {
		return false
	}
	after, _ := utf8.DecodeRuneInString(text[at+size:])
	return !wordRune(after)
}

// initialsEnd recognises "E.", "A.S.", "U.S.", "Ph.D."-like runs of single capital letters
// with full stops. It returns 0 when there is none at i.
func initialsEnd(text string, i int) int {
	end := 0
	for j := i; j < len(text); {
		r, size := utf8.DecodeRuneInString(text[j:])
		if !unicode.IsUpper(r) || j+size >= len(text) || text[j+size] != '.' {
			break
		}
		j += size + 1
		end = j
	}
	return end
}

// dottedEnd recognises "a.m.", "Ph.D.", "e.g.", "S.p.A.": two to five groups of one or two
// letters, each with a full stop. It returns 0 when there is none at i.
func dottedEnd(text string, i int) int {
	groups, letters, j := 0, 0, i
	for j < len(text) && groups < 5 {
		r, size := utf8.DecodeRuneInString(text[j:])
		switch {
		case unicode.IsLetter(r) && letters < 2:
			letters++
		case r == '.' && letters > 0:
			groups, letters = groups+1, 0
		case groups >= 2 && letters == 0:
			return j
		default:
			return 0
		}
		j += size
	}
	if groups >= 2 && letters == 0 {
		return j
	}
	return 0
}

// linkEnd recognises URLs and e-mail addresses by looking at most 256 bytes ahead, so that
// a long run of word characters costs linear time.
func linkEnd(text string, i int) int {
	window := text[i:min(len(text), i+256)]
	if strings.IndexByte(window, '@') < 0 && !strings.HasPrefix(window, "http") && !strings.HasPrefix(window, "www.") {
		return 0 // nearly every word
	}
	space := strings.IndexFunc(window, func(r rune) bool {
		return unicode.IsSpace(r) || r == '<' || r == '>' || r == '"' || r == ')' || r == ']'
	})
	if space >= 0 {
		window = window[:space]
	}
	at := strings.IndexByte(window, '@')
	isLink := strings.HasPrefix(window, "http://") || strings.HasPrefix(window, "https://") || strings.HasPrefix(window, "www.") ||
		at > 0 && strings.IndexByte(window[at:], '.') > 0
	if !isLink {
		return 0
	}
	return i + len(strings.TrimRight(window, ".,;:!?'’”"))
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r))
}

func isApostrophe(r rune) bool {
	switch r {
	case '\'', '\u2019', '\u2018', '\u02bc', '\u02bb', '\u00b4', '`':
		return true
	}
	return false
}

// hasLongTail reports whether a token that starts with a digit is a word all the same
// ("15-member", "5th-year"): a suffix of more than two letters, or a hyphen.
func hasLongTail(word string) bool {
	letters := 0
	for _, r := range word {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters > 2
}

func caseFlags(word string) Flags {
	var f Flags
	first, letters, upper := true, 0, 0
	for _, r := range word {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		up := unicode.IsUpper(r) || unicode.IsTitle(r)
		if up {
			upper++
			if first {
				f |= Capital
			}
		}
		first = false
	}
	if f&Capital == 0 && particlePrefix(word) {
		f |= Capital
	}
	if letters > 1 && upper == letters {
		f |= AllUpper
	}
	return f
}

// particlePrefix reports whether a word begins with the particle of an Arabic or Romance
// name that is written small and joined to a capital: "al-Abadi", "el-Sisi", "d’Ivoire".
func particlePrefix(word string) bool {
	i := strings.IndexAny(word, "-'\u2019")
	if i < 1 || i > 3 {
		return false
	}
	switch word[:i] {
	case "al", "el", "ul", "ur", "as", "ar", "an", "ash", "at", "ad", "az", "bin", "ibn", "d", "l":
	default:
		return false
	}
	_, skip := utf8.DecodeRuneInString(word[i:])
	next, _ := utf8.DecodeRuneInString(word[i+skip:])
	return unicode.IsUpper(next)
}
