package extract

import (
	"strings"
	"unicode"

	"dateline/extract/token"
)

// findSpelledAcronyms claims names whose capitals spell exactly the acronym in the brackets
// behind them, before any name grows from its head: "Riverside Mission Hospital and
// Research Centre (RMHRC)" is one institution although "and" could join two.
func (p *page) findSpelledAcronyms(s *sentence) {
	for i := s.First + 2; i < s.Last; i++ {
		if p.word(i) != "(" {
			continue
		}
		word, at := p.bracketed(i, s)
		if at == 0 || p.is(at, notAcronym) {
			continue
		}
		first := p.spelled(word, i, s)
		if first < 0 {
			continue
		}
		head := -1
		for j := first; j < i; j++ {
			if p.is(j, anyHead) && p.capital(j) && !(head >= 0 && p.precededByLink(j, first)) {
				head = j
			}
		}
		if head < 0 || p.is(i-1, notHead) && !p.is(i-1, anyHead) || p.is(first, anyPost) && p.is(i-1, anyPost) && i-first == 2 {
			continue // "Attorney General (AG)" is a post
		}
		p.add(mention{First: first, Last: i, Type: institutionName, Head: head, Unit: p.is(head, headUnit) && !p.is(head, headStrong), Rule: "institution.spelled-acronym", Score: 0.97, Acronym: word, acronymAt: at + 1})
	}
}

// findReversedAcronyms reads "RMHRC (Riverside Mission Hospital and Research Centre)".
func (p *page) findReversedAcronyms(s *sentence) {
	for i := s.First + 1; i+3 < s.Last; i++ {
		if p.word(i) != "(" || p.tokens[i-1].Kind != token.Word || p.owner[i-1] != 0 || !acronym(p.word(i-1)) || p.is(i-1, notAcronym) {
			continue
		}
		first := i + 1
		if p.word(first) == "the" {
			first++
		}
		end := first
		for end < s.Last && end < first+14 && p.word(end) != ")" && p.owner[end] == 0 {
			end++
		}
		if end >= s.Last || p.word(end) != ")" || end-first < 2 || !p.capital(first) {
			continue
		}
		if n := p.spelled(p.word(i-1), end, s); n != first {
			continue
		}
		head := end - 1
		for j := first; j < end; j++ {
			if p.is(j, anyHead) && p.capital(j) {
				head = j
				break
			}
		}
		kind := institutionName
		if p.is(end-1, notHead) && !p.is(head, headStrong|headCompany) {
			kind = otherName
		}
		p.add(mention{First: first, Last: end, Type: kind, Head: head, Rule: "institution.reversed-acronym", Score: 0.95, Acronym: p.word(i - 1), acronymAt: i})
	}
}

// spelled returns the first token of the words before i whose capital letters are the
// letters of the acronym, one a word, link words skipped; -1 when they do not spell it.
func (p *page) spelled(acr string, i int, s *sentence) int {
	letters := []rune(strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, acr)))
	k := len(letters) - 1
	for j := i - 1; j >= s.First && i-j < 16; j-- {
		if p.owner[j] != 0 {
			return -1
		}
		switch {
		case p.capital(j):
			if unicode.ToLower(firstRune(p.word(j))) != letters[k] {
				return -1
			}
			k--
			if k < 0 {
				return j
			}
		case p.smallLink(j) && j > s.First, p.word(j) == ",", p.tokens[j].Kind == token.Clitic && j < i-1:
		default:
			return -1
		}
	}
	return -1
}

// findShortNames reads `("Lakeside Cables")` and `(the “Company”)` behind an institution as
// its short name.
func (p *page) findShortNames(s *sentence) {
	for i := s.First + 1; i+3 < s.Last; i++ {
		if p.word(i) != "(" {
			continue
		}
		m := p.at(i - 1)
		if m < 0 || p.mentions[m].Type != institutionName || p.mentions[m].Last != i {
			continue
		}
		j := i + 1
		for j < s.Last && j < i+4 && (p.word(j) == "or" || p.word(j) == "the" || p.word(j) == "hereinafter" || p.word(j) == "formerly" || p.word(j) == ":") {
			j++
		}
		if j < s.Last && !opensQuote(p.word(j)) {
			p.otherLanguage(m, j, s)
			continue
		}
		if j >= s.Last {
			continue
		}
		end := p.quotedName(j, s)
		if end == 0 || end >= s.Last || p.word(end) != ")" && p.word(end) != "or" && p.word(end) != "and" && p.word(end) != "," || !p.free(j+1, end-1) {
			continue
		}
		if end-1 == j+2 && p.is(j+1, anyHead|reference) && !p.proper(j+1) {
			continue // (the "Company"): a reference, no name
		}
		p.add(mention{First: j + 1, Last: end - 1, Type: institutionName, Head: -1, Rule: "institution.short-name", Score: 0.9, shortOf: m + 1})
	}
}

// otherLanguage reads the name in another language that stands in brackets behind an
// institution, as its short name.
func (p *page) otherLanguage(m, j int, s *sentence) {
	end := j
	for end < s.Last && end < j+12 && p.owner[end] == 0 && (p.capital(end) || p.is(end, particle) || p.smallLink(end)) {
		end++
	}
	if end-j < 2 || end >= s.Last || p.word(end) != ")" && p.word(end) != "," || !p.capital(j) || !p.capital(end-1) || p.allAre(j, end, placeToken) {
		return
	}
	head := false
	for i := j; i < end; i++ {
		head = head || p.is(i, anyHead|foreignHead)
	}
	if head || p.word(end) == "," && end+2 < s.Last && acronym(p.word(end+1)) && p.word(end+2) == ")" {
		p.add(mention{First: j, Last: end, Type: institutionName, Head: -1, Rule: "institution.other-language", Score: 0.85, shortOf: m + 1})
	}
}

// findAbout reads the heading "About X" of a boilerplate paragraph as the name of its
// institution.
func (p *page) findAbout(s *sentence) {
	if s.Last-s.First < 2 || s.Last-s.First > 10 || p.word(s.First) != "About" || !p.tokens[s.First].Is(token.LineStart) || s.Last < len(p.tokens) && !p.tokens[s.Last].Is(token.LineStart) {
		return
	}
	first := s.First + 1
	if strings.EqualFold(p.word(first), "the") {
		first++
	}
	last := s.Last
	for last > first && p.tokens[last-1].Kind == token.Punct && p.word(last-1) != ")" {
		last--
	}
	end := first
	for end < last && p.owner[end] == 0 && (p.capital(end) || p.smallLink(end) || p.tokens[end].Kind == token.Number) {
		end++
	}
	if end <= first || end < last && p.word(end) != "(" || !p.properRun(first, end) && !(p.tokens[first].Is(token.AllUpper) && !p.is(first, notAcronym)) {
		return
	}
	p.add(mention{First: first, Last: end, Type: institutionName, Head: end - 1, Rule: "institution.about", Score: 0.9})
}
