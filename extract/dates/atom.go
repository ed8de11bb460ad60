package dates

import (
	"dateline/extract/token"
	"unicode/utf8"
)

// atom is a token, or a part of one, as the grammar sees it. "18-May-2024" is one token and
// five atoms. Offsets are bytes of the text.
type atom struct {
	start, end int32
	num        int32 // value of cNum; else the value that goes with the class
	class      class
	digits     uint8 // of cNum: how many digits
	flags      uint16
}

const (
	space   uint16 = 1 << iota // white space stands before the atom
	capital                    // starts with a capital
	ordinal                    // "24th"
	decade                     // "1990s"
	plural                     // "weeks", "Mondays"
	short                      // an abbreviation: "Sept.", "Fri"
	upper                      // "MAY"
	hazard                     // a word that is more often something else: "may", "march", "fall", "sat"
	faint                      // a month in lower case: one only beside a day or year
	opens                      // a word of no class that may begin an expression: "Christmas", "once"
	trigger                    // the sentence is read because of it
	spelled                    // a year written in words
)

func (a atom) is(f uint16) bool { return a.flags&f == f }

// lex turns the tokens of one sentence into atoms, appended to buf. found reports whether
// any of them can be the core of an expression: most sentences have none and are done here.
func lex(text string, tokens []token.Token, buf []atom) (atoms []atom, found bool) {
	words, faints := false, false
	for _, t := range tokens {
		var flags uint16
		if t.Is(token.SpaceBefore) {
			flags = space
		}
		switch t.Kind {
		case token.Link:
			buf = append(buf, atom{start: int32(t.Start()), end: int32(t.End()), flags: flags})
		case token.Clitic:
			buf = append(buf, atom{start: int32(t.Start()), end: int32(t.End()), class: cClitic, flags: flags})
		case token.Punct:
			buf = append(buf, punct(text, t.Start(), t.End(), flags))
		default:
			from := len(buf)
			buf = split(text, t, flags, buf)
			for _, a := range buf[from:] {
				found = found || a.class.triggers() && !a.is(faint) || a.is(trigger)
				words = words || a.class == cCard || a.class == cTens
				faints = faints || a.is(faint)
			}
		}
	}
	if words {
		var folded bool
		buf, folded = fold(text, buf)
		found = found || folded
	}
	if faints {
		found = sharpen(text, buf) || found
	}
	return buf, found
}

// split cuts a word or number token where digits, letters and separators meet.
func split(text string, t token.Token, flags uint16, buf []atom) []atom {
	start, end := t.Start(), t.End()
	if t.Kind == token.Word && t.Is(token.Abbrev) && !isDigit(text[start]) { // "5-Sept." of "Aug. 5-Sept. 3" is cut
		return append(buf, word(text, start, end, flags))
	}
	for i := start; i < end; {
		c := text[i]
		j := i
		switch {
		case '0' <= c && c <= '9':
			n, digits := int32(0), uint8(0)
			for j < end && '0' <= text[j] && text[j] <= '9' {
				if digits < 9 {
					n = n*10 + int32(text[j]-'0')
				}
				if digits < 255 {
					digits++
				}
				j++
			}
			a := atom{start: int32(i), class: cNum, num: n, digits: digits, flags: flags}
			switch tail := letters(text[j:end]); {
			case tail == 2 && isOrdinalTail(text[j:j+2]):
				a.flags |= ordinal
				j += 2
			case tail == 1 && text[j] == 's' && digits >= 2:
				a.flags |= decade
				j++
			}
			a.end = int32(j)
			buf = append(buf, a)
		case c < utf8.RuneSelf && !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'):
			buf = append(buf, punct(text, i, i+1, flags))
			j = i + 1
		default:
			// Letters of any script, with apostrophes inside; ends at a digit or separator.
			for j < end && (text[j] >= utf8.RuneSelf && !isWideHyphen(text[j:]) || 'a' <= text[j] && text[j] <= 'z' || 'A' <= text[j] && text[j] <= 'Z' || text[j] == '\'') {
				j++
			}
			if j == i { // U+2010, U+2011
				j = i + 3
				buf = append(buf, atom{start: int32(i), end: int32(j), class: cDash, flags: flags})
				break
			}
			a := word(text, i, j, flags)
			if j < end && a.class == cOther && (text[j] >= '0' && text[j] <= '9') {
				// "FY2024", "Q3", "H1": letters and digits read together.
				if b, ok := coded(text, i, end, flags); ok {
					a, j = b, int(b.end)
				}
			}
			buf = append(buf, a)
		}
		i = j
		flags = 0
	}
	return buf
}

func isWideHyphen(s string) bool {
	return len(s) >= 3 && s[0] == 0xE2 && s[1] == 0x80 && (s[2] == 0x90 || s[2] == 0x91)
}

// letters counts the ASCII letters at the start of s, at most three.
func letters(s string) int {
	n := 0
	for n < len(s) && n < 3 && ('a' <= s[n]|0x20 && s[n]|0x20 <= 'z') {
		n++
	}
	return n
}

func isOrdinalTail(s string) bool {
	switch s {
	case "st", "nd", "rd", "th", "ST", "ND", "RD", "TH":
		return true
	}
	return false
}

// coded reads "Q3", "H1", "FY2024", "FY24" and "CY2024".
func coded(text string, start, end int, flags uint16) (atom, bool) {
	w := text[start:end]
	a := atom{start: int32(start), flags: flags}
	if w[0] <= 'Z' {
		a.flags |= capital
	}
	switch {
	case len(w) >= 2 && w[0]|0x20 == 'q' && '1' <= w[1] && w[1] <= '4' && (len(w) == 2 || !isDigit(w[2])):
		a.class, a.num, a.end = cQuarter, int32(w[1]-'0'), int32(start+2)
	case len(w) >= 2 && w[0]|0x20 == 'h' && '1' <= w[1] && w[1] <= '2' && (len(w) == 2 || !isDigit(w[2])):
		a.class, a.num, a.end = cHalf, int32(w[1]-'0'), int32(start+2)
	case len(w) >= 4 && (w[:2] == "FY" || w[:2] == "CY") && isDigit(w[2]):
		a.class, a.end = cFiscal, int32(start+2)
	default:
		return a, false
	}
	return a, true
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// word looks a word up, without its final full stop and in lower case.
func word(text string, start, end int, flags uint16) atom {
	a := atom{start: int32(start), end: int32(end), flags: flags}
	w := text[start:end]
	if c := w[0]; 'A' <= c && c <= 'Z' {
		a.flags |= capital
	} else if c >= utf8.RuneSelf {
		a.flags |= capital & capitalFlag(w)
		return a
	}
	n := len(w)
	if w[n-1] == '.' {
		n--
	}
	if n > longestWord || n < 1 {
		return a
	}
	var low [longestWord]byte
	up := 0
	for i := 0; i < n; i++ {
		c := w[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
			up++
		}
		low[i] = c
	}
	if up == n && n > 1 {
		a.flags |= upper
	}
	e, ok := vocabulary[string(low[:n])]
	if !ok {
		return a
	}
	if e.flags&hazard != 0 && !a.is(capital) && e.class != cSeason && e.class != cOrd {
		if e.class != cMonth {
			return a
		}
		a.flags |= faint
	}
	a.class, a.num = e.class, int32(e.num)
	a.flags |= e.flags
	return a
}

func capitalFlag(w string) uint16 {
	r, _ := utf8.DecodeRuneInString(w)
	if isUpperRune(r) {
		return capital
	}
	return 0
}

// punct classifies one rune of punctuation.
func punct(text string, start, end int, flags uint16) atom {
	a := atom{start: int32(start), end: int32(end), class: cPunct, flags: flags}
	switch text[start:end] {
	case "-", "–", "—", "‒", "‐", "‑", "−", "~":
		a.class = cDash
	case ",":
		a.class = cComma
	case ".":
		a.class = cDot
	case "/":
		a.class = cSlash
	case ":":
		a.class = cColon
	case "(", "[":
		a.class = cOpen
	case ")", "]":
		a.class = cClose
	case "&":
		a.class = cAnd
	case "$", "€", "£", "¥", "₹", "₽", "₸", "₩", "#", "№", "§", "@", "©", "+", "=", "<", ">":
		a.class = cSign
	case "%", "°", "‰":
		a.class = cUnitSign
	}
	return a
}
