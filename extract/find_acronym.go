package extract

import (
	"strings"
	"unicode"

	"dateline/extract/token"
)

// readAcronym reads "(XYZ)" right behind a name and keeps it as the name's acronym.
func (p *page) readAcronym(m *mention, s *sentence) {
	word, at := p.bracketed(m.Last, s)
	if at == 0 {
		word, at = p.lastInBrackets(m.Last, s)
	}
	if at > 0 {
		if shortFor(word, p.span(m.First, m.Last).Of(p.text)) || m.Type == institutionName && p.tokens[at].Is(token.AllUpper) && len(word) > 2 && !p.is(at, notAcronym|placeToken) || p.word(at-1) != "(" && !opensQuote(p.word(at-1)) {
			m.Acronym, m.acronymAt = word, at+1
			if m.Type == institutionName && m.Score < 0.95 {
				m.Score = 0.95
			}
		}
	}
}

// lastInBrackets returns the acronym that ends the brackets at token i, behind the name in
// another language: "(Autoridade Portuária de Vila Nova, APVN)".
func (p *page) lastInBrackets(i int, s *sentence) (word string, at int) {
	if i >= s.Last || p.word(i) != "(" {
		return "", 0
	}
	for j := i + 2; j < s.Last && j < i+16; j++ {
		if p.word(j) != ")" {
			continue
		}
		if w := p.word(j - 1); p.owner[j-1] == 0 && p.tokens[j-1].Kind == token.Word && acronym(w) && (p.word(j-2) == "," || p.word(j-2) == "or" || p.word(j-2) == "–" || p.word(j-2) == ";") {
			if shortFor(w, p.span(i+1, j-1).Of(p.text)) {
				return w, j - 1
			}
		}
		return "", 0
	}
	return "", 0
}

// bracketed returns the single word, possibly quoted or behind "or", in the brackets that
// open at token i, and its token; at is 0 when there is none.
func (p *page) bracketed(i int, s *sentence) (word string, at int) {
	if i+2 >= s.Last || p.word(i) != "(" {
		return "", 0
	}
	j := i + 1
	for j < s.Last && j < i+4 && (opensQuote(p.word(j)) || p.word(j) == "or" || p.word(j) == "the" || p.word(j) == "hereinafter" || p.word(j) == ",") {
		j++
	}
	if j+1 >= s.Last || p.tokens[j].Kind != token.Word || p.owner[j] != 0 {
		return "", 0
	}
	end := j + 1
	if closesQuote(p.word(end)) {
		end++
	}
	if end >= s.Last || p.word(end) != ")" && p.word(end) != "," && p.word(end) != ";" {
		return "", 0
	}
	if w := p.word(j); acronym(w) && !p.is(j, monthName) {
		return w, j
	}
	return "", 0
}

// shortFor reports whether the acronym can stand for the name: its letters occur in the
// name in order, the first one at the start of a word, and at least half of them start a
// word ("RIPOI" for "Riverside Polytechnic Institute").
func shortFor(acr, name string) bool {
	var letters []rune
	for _, r := range acr {
		if unicode.IsLetter(r) {
			letters = append(letters, foldRune(r))
		}
	}
	if len(letters) < 2 {
		return false
	}
	starts, k, fresh := 0, 0, true
	for _, r := range name {
		if !unicode.IsLetter(r) {
			fresh = true
			continue
		}
		if k < len(letters) && foldRune(r) == letters[k] && (k > 0 || fresh) {
			if fresh {
				starts++
			}
			k++
		}
		fresh = false
	}
	if k == len(letters) && starts*2 >= len(letters) {
		return true
	}
	return initials(name) == strings.ToLower(string(letters))
}

// initials returns the first letters of the capitalised words of a name in lower case.
func initials(name string) string {
	var b strings.Builder
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == '-' || r == '–' }) {
		for _, r := range w {
			if unicode.IsLetter(r) {
				if unicode.IsUpper(r) {
					b.WriteRune(unicode.ToLower(r))
				}
				break
			}
		}
	}
	return b.String()
}

// findDefinedAcronyms finds "ABC (Full Name)" and, behind names that have no institution
// head, "Full Name (ABC)" where the letters fit.
func (p *page) findDefinedAcronyms(s *sentence) {
	for i := s.First; i < s.Last; i++ {
		if p.word(i) != "(" || i == s.First {
			continue
		}
		word, at := p.bracketed(i, s)
		if at == 0 || p.owner[i-1] != 0 || !p.capital(i-1) || i-2 >= s.First && p.is(i-2, anyPost) && p.is(i-1, anyPost) {
			continue // "Attorney General (AG)" is a post
		}
		first := i - 1
		for first-1 >= s.First && p.owner[first-1] == 0 && i-first < 10 && (p.capital(first-1) && !p.is(first-1, honorific|postNoun) || p.smallLink(first-1) && first-2 >= s.First && p.capital(first-2)) {
			first--
		}
		// The longest run whose capitals spell the acronym.
		for ; first < i; first++ {
			if !p.capital(first) {
				continue
			}
			if shortFor(word, p.span(first, i).Of(p.text)) && firstLetterAgrees(word, p.word(first)) {
				break
			}
		}
		if first >= i || i-first < 2 {
			continue
		}
		m := mention{First: first, Last: i, Head: i - 1, Type: institutionName, Rule: "institution.acronym-definition", Score: 0.7, Acronym: word, acronymAt: at + 1}
		if p.is(i-1, notHead) && !p.is(i-1, anyHead) || p.is(at, notAcronym) {
			m.Type, m.Rule = otherName, "other.acronym-definition"
		} else if t, ok := p.taggedOver(first, i); ok && t != institutionName && !p.is(i-1, anyHead) {
			m.Type = otherName
		}
		p.add(m)
	}
}

// smallLink reports whether token i is a lower-case link word inside a name.
func (p *page) smallLink(i int) bool {
	switch p.word(i) {
	case "of", "and", "for", "the", "de", "del", "la", "&", "in", "on":
		return true
	}
	return false
}

func firstLetterAgrees(acr, word string) bool {
	return unicode.ToLower(firstRune(acr)) == unicode.ToLower(firstRune(word))
}
