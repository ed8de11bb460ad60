package extract

import (
	"strings"

	"dateline/extract/token"
)

// longestName bounds a name to either side of its head, in tokens: no institution is called
// by more, and a line of nothing but heads must not be read again from each of them.
const longestName = 32

// findInstitutions finds the institutions of a sentence by their heads ("University",
// "Ministry", "Ltd."): the name grows from the head to both sides.
func (p *page) findInstitutions(s *sentence) {
	low := s.First
	for i := s.First; i < s.Last; i++ {
		if !p.isHead(i, s) || p.owner[i] != 0 {
			continue
		}
		if p.is(i, headPlural) && !p.is(i, anyHead) {
			if end := p.coordinatedUnits(i, low, s); end > i {
				low, i = end, end-1
			}
			continue
		}
		m, ok := p.growInstitution(i, low, s)
		if !ok {
			continue
		}
		p.readAcronym(&m, s)
		if p.add(m) >= 0 {
			low = m.Last
			i = max(i, m.Last-1)
		}
	}
	p.linkParents(s)
}

// isHead reports whether token i can be the head of an institution's name.
func (p *page) isHead(i int, s *sentence) bool {
	if p.tokens[i].Kind != token.Word {
		return false
	}
	if !p.tokens[i].Is(token.Capital) {
		return p.is(i, legalForm) && i > s.First && p.capital(i-1) // "Foo Bar plc"
	}
	if i+1 < s.Last && (p.word(i+1) == "Affairs" && p.is(i, namedBody|headStrong) || p.word(i+1) == "Relations" && p.word(i) == "Government") {
		return false // "Minister of Cabinet Affairs", "Head of Government Relations"
	}
	if p.is(i, legalForm) {
		return i > s.First || i+1 < s.Last
	}
	return p.is(i, anyHead|headPlural)
}

// growInstitution grows the name around the head h, not to the left of low.
func (p *page) growInstitution(h, low int, s *sentence) (mention, bool) {
	first := p.growLeft(h, low, s)
	last := p.growRight(h, first, s)
	head := h
	// The last head of a run decides: "University Hospital" is a hospital.
	for i := h + 1; i < last; i++ {
		if p.is(i, anyHead) && p.capital(i) && !p.precededByLink(i, first) {
			head = i
		} else if !p.capital(i) {
			break
		}
	}
	m := mention{First: first, Last: last, Type: institutionName, Head: head, Rule: "institution.head", Score: 0.9}
	m.Unit = p.is(head, headUnit) && !p.is(head, headStrong)
	if p.is(h, legalForm) && !p.is(h, anyHead) {
		m.Rule = "institution.legal-form"
	}
	if last < s.Last && p.capital(last) && p.is(last, notHead) && !s.titleCase && !p.is(last, anyHead) && p.owner[last] == 0 {
		// "World University Games", "College Street": a name of something else.
		m.Type, m.Rule = otherName, "other.head"
		m.Last = last + 1
		return m, true
	}
	return m, p.acceptable(&m, h, s)
}

// precededByLink reports whether token i stands behind a link word inside the name.
func (p *page) precededByLink(i, first int) bool {
	return i-1 > first && p.tokens[i-1].Kind == token.Word && !p.capital(i-1)
}

// acceptable says whether the grown name is an institution and no generic word.
func (p *page) acceptable(m *mention, h int, s *sentence) bool {
	if m.Last-m.First == 1 {
		if p.is(h, legalForm) && !p.is(h, headStrong|headCompany) {
			return false
		}
		if p.is(h, namedBody) && h > s.First && p.determiner(h-1) && !s.titleCase {
			return true // "the Senate"
		}
		// A head alone: "the Institute" refers to an institution named elsewhere.
		if (p.is(h, headStrong|headUnit|headCompany) || p.word(h) == "Port" || p.word(h) == "Airport") && !s.titleCase && !p.tokens[h].Is(token.AllUpper) {
			if h > s.First && p.determiner(h-1) {
				m.Type, m.Rule = referenceName, "reference.head"
				return true
			}
		}
		return false
	}
	named := false // has a word besides heads, legal forms and link words
	proper := false
	for i := m.First; i < m.Last; i++ {
		if i == h || p.tokens[i].Kind == token.Punct || p.is(i, legalForm) {
			continue
		}
		if p.capital(i) || p.tokens[i].Kind == token.Number {
			named = true
			if p.proper(i) || p.is(i, demonym|placeToken) || p.tokens[i].Is(token.AllUpper) {
				proper = true
			}
		}
	}
	if p.is(h, headWeak) && !p.is(h, headStrong|headUnit|headCompany|legalForm) {
		if m.First == h && p.word(h) == "Port" && m.Last > h+2 && p.word(h+1) == "of" {
			return true // "Port of Bergen"
		}
		if !proper || s.titleCase || p.is(h, anyPost) || m.First == h {
			return false
		}
		m.Score = 0.6
		m.Rule = "institution.weak-head"
		return p.weakHeadHolds(m)
	}
	if p.is(h, headCompany) && !p.is(h, headStrong|headUnit|legalForm) && !proper {
		return false
	}
	if s.titleCase && !proper && m.Last-m.First < 3 {
		return false
	}
	if !proper && p.ofDegree(m.First, s) {
		return false // "a degree in Business Administration"
	}
	if !proper && p.tokens[h].Is(token.AllUpper) && p.tokens[m.First].Is(token.AllUpper) && m.First == s.First && m.Last >= s.Last-1 {
		return false // "FINANCIAL RESULTS": a heading
	}
	return named
}

// ofDegree reports whether the words from token i are what a degree is in.
func (p *page) ofDegree(i int, s *sentence) bool {
	if i == s.First || p.word(i-1) != "in" && p.word(i-1) != "of" {
		return false
	}
	for j := i - 2; j >= s.First && j > i-8; j-- {
		switch strings.ToLower(strings.TrimSuffix(p.word(j), ".")) {
		case "degree", "degrees", "bachelor", "bachelor's", "bachelors", "master", "master's", "masters", "mba", "diploma", "doctorate", "phd", "ph.d", "major", "majored", "minor", "b.a", "b.s", "m.a", "m.s", "ba", "bs", "bsc", "msc", "certificate", "studied":
			return true
		}
	}
	return false
}

// weakHeadHolds asks the tagger whether a name with a weak head is an organisation.
func (p *page) weakHeadHolds(m *mention) bool {
	t, ok := p.taggedOver(m.First, m.Last)
	return ok && t == institutionName
}

// determiner reports whether token i is "the", "this", "our", "its" or "their".
func (p *page) determiner(i int) bool {
	switch strings.ToLower(p.word(i)) {
	case "the", "this", "our", "its", "their", "said", "that", "both":
		return true
	}
	return false
}

// growLeft returns the first token of the name whose head is h.
func (p *page) growLeft(h, low int, s *sentence) int {
	first := h
	low = max(low, h-longestName)
	for j := h - 1; j >= low && p.owner[j] == 0; j-- {
		t := p.tokens[j]
		word := p.word(j)
		switch {
		case t.Is(token.Initial):
			first = j
			continue
		case t.Kind == token.Word && t.Is(token.Capital):
			if !p.leftWord(j, first, s) {
				return p.trimLeft(first, h, s)
			}
			first = j
			continue
		case t.Kind == token.Number && j+1 == first && ordinal(word) && p.capital(first):
			first = j
			continue
		case word == "&" && j-1 >= low && p.capital(j-1):
			continue
		case (word == "–" || word == "-" || word == "/") && j-1 >= low && !t.Is(token.SpaceBefore) && !p.tokens[j+1].Is(token.SpaceBefore) && p.capital(j-1):
			continue
		case word == "and" && j+1 < h && j+1 == first && p.joinsLeft(j, low):
			continue
		case word == "to" && j-1 >= low && j+1 == first && p.capital(j-1) && strings.EqualFold(p.word(j-1), p.word(j+1)):
			continue
		case t.Kind == token.Clitic && len(strings.Trim(word, "'’")) == 0 && j-1 >= low && p.capital(j-1) && j+1 == first && !p.is(j-1, placeToken|demonym) && (p.is(j-1, commonWord) || p.fieldLike(j-1) || peopleWord(p.word(j-1))):
			continue // "Growers' Cooperative"
		case word == ")" && j-2 >= low && p.word(j-2) == "(" && p.is(j-1, legalForm):
			j -= 2 // "Foo (Pty) Ltd": the loop goes on before the bracket
			continue
		case t.Kind == token.Clitic && j-1 >= low && p.ownPossessive(j-1, h):
			if p.is(j-1, anyPost) {
				// "Prime Minister's Office"
				first = j - 1
				for first-1 >= low && p.owner[first-1] == 0 && p.capital(first-1) && (p.is(first-1, postModifier|anyPost) || strings.HasSuffix(p.word(h), "ourt") && p.is(first-1, placeToken)) {
					first-- // "Durban Magistrate's Court"
				}
				return first
			}
			continue
		case p.is(j, particle) && j-1 >= low && j+1 == first && p.capital(j-1) && p.proper(j-1) && p.proper(j+1) && word != "y" && word != "e":
			continue
		case closesQuote(word) && j+1 == first && !p.tokens[j].Is(token.SpaceBefore):
			if open := p.openingQuote(j, low); open >= 0 {
				first = open
				j = open
				continue
			}
		case word == "," && first == h && p.is(h, legalForm) && j-1 >= low && p.capital(j-1):
			continue // "Foo Co., Ltd.", "Foo, Inc."
		}
		break
	}
	return p.trimLeft(first, h, s)
}

// leftWord reports whether the capitalised word j can stand left of first in a name.
func (p *page) leftWord(j, first int, s *sentence) bool {
	if p.is(j, monthName) || p.is(j, notAcronym) && p.tokens[j].Is(token.AllUpper) && !s.titleCase && !p.is(j, placeToken) && p.word(j) != "IT" {
		return false
	}
	if p.is(j, postNoun) && !p.is(j, fieldWord) && !(p.is(j, postModifier) && !p.is(j, postNoun)) && !(royal(p.word(j)) && (p.proper(first) || p.is(first, forename|surname))) {
		return false // but "King Saud University"
	}
	for _, e := range []string{"-based", "-led", "-backed", "-owned", "-run", "-born"} {
		if strings.HasSuffix(p.word(j), e) {
			return false // "Seoul-based Hanbit Life"
		}
	}
	if p.is(j, honorific) {
		switch strings.TrimSuffix(p.word(j), ".") {
		case "Dr", "Sir", "Sheikh", "King", "Imam", "Father", "Sister", "Lady", "Lord", "Don", "Dom", "Chief", "Sri", "Shri", "Academician", "Justice":
			return true
		}
		return false
	}
	if p.is(j, functionWord) {
		// "New York University", "First Bank": a function word only as the first of a sentence, or
		// in the middle of it when it is always written small.
		switch strings.ToLower(p.word(j)) {
		case "new", "first", "second", "third", "one", "home", "news", "image", "source", "students", "members", "experts":
			return j > s.First || p.proper(first) || p.is(first, fieldWord|commonWord)
		case "near":
			return p.word(j+1) == "East" // a region, where it begins a sentence too
		}
		return false
	}
	return true
}

// royal reports whether the word is a title under which places of learning are named.
func royal(w string) bool {
	switch w {
	case "King", "Queen", "Prince", "Princess", "Emir", "Sultan", "Imam", "Cardinal", "Bishop", "Archbishop", "General", "Marshal", "President", "Pope":
		return true
	}
	return false
}

// trimLeft drops words from the left end that do not belong to a name.
func (p *page) trimLeft(first, h int, s *sentence) int {
	for first < h {
		t := p.tokens[first]
		switch {
		case t.Kind == token.Punct && !opensQuote(p.word(first)), t.Kind == token.Clitic, !p.capital(first) && t.Kind == token.Word:
			first++
			continue
		case first == s.First && p.is(first, commonWord) && p.verbLike(first):
			first++
			continue
		case p.is(first, postModifier) && p.is(first, postWeak|postNoun) && first+1 == h && p.is(h, anyPost):
			return h
		}
		break
	}
	return first
}

// verbLike reports whether the first word of a sentence is a verb form or adverb.
func (p *page) verbLike(i int) bool {
	w := strings.ToLower(p.word(i))
	return strings.HasSuffix(w, "ing") && !p.is(i, fieldWord) && w != "nursing" && w != "engineering" || strings.HasSuffix(w, "ly") || strings.HasSuffix(w, "ed") && w != "united" && w != "limited" && w != "applied"
}

// joinsLeft reports whether "and" at j stands inside a name ("Automobile and Highway
// College") rather than between two: the word before it must name a field.
func (p *page) joinsLeft(j, low int) bool {
	if j-1 < low || !p.capital(j-1) || p.owner[j-1] != 0 {
		return false
	}
	if !p.fieldLike(j-1) || p.is(j-1, anyPost) {
		return false
	}
	return p.fieldLike(j+1) || p.is(j+1, headCompany|headWeak)
}

// ownPossessive reports whether the possessive behind token j stands inside a name.
func (p *page) ownPossessive(j, h int) bool {
	if !p.capital(j) {
		return false
	}
	if p.is(j, ownPossessive) || j > 0 && (p.word(j-1) == "St" || p.word(j-1) == "St." || p.word(j-1) == "Saint") {
		return true
	}
	// "Mayor's Office", "Rector's Office"
	return p.is(j, anyPost) && p.is(h, headUnit) && j+2 == h
}

// growRight returns the token after the last of the name whose head is h.
func (p *page) growRight(h, first int, s *sentence) int {
	last := h + 1
	for last < s.Last && last < h+longestName && p.owner[last] == 0 {
		t := p.tokens[last]
		word := p.word(last)
		switch {
		case p.capital(last) && p.rightWord(last, h, first, s):
			last++
			continue
		case word == "," && last+1 < s.Last && p.is(last+1, legalForm) && p.capital(last+1):
			last += 2
			continue
		case (word == "No." || word == "No" || word == "№" || word == "Nº" || word == "#") && last+1 < s.Last && p.tokens[last+1].Kind == token.Number:
			last += 2
			continue
		case t.Kind == token.Number && p.is(last-1, headStrong) && len(word) <= 3 && first == h && !t.Is(token.LineStart):
			return last
		case opensQuote(word) && (first == h || p.is(last-1, legalForm|headCompany)) && p.is(h, legalForm|headCompany|headStrong):
			if end := p.quotedName(last, s); end > 0 {
				last = end
				continue
			}
		case t.Kind == token.Word && !t.Is(token.Capital):
			if p.is(last-1, legalForm) {
				return last // "Foo Pte. Ltd. of Singapore"
			}
			if end := p.foreignTail(last, h, s); end > last {
				last = end
				continue
			}
			if end := p.complement(last, h, first, s); end > last {
				last = end
				continue
			}
		}
		break
	}
	return last
}

// rightWord reports whether the capitalised word i continues the name behind its head.
func (p *page) rightWord(i, h, first int, s *sentence) bool {
	if p.is(i, legalForm) || romanNumeral(p.word(i)) && p.is(i-1, anyHead) {
		return true
	}
	if p.tokens[i].Is(token.AllUpper) && len(p.word(i)) <= 4 && !s.titleCase && i+1 < s.Last && p.owner[i+1] == 0 && p.capital(i+1) {
		for j := i + 1; j < s.Last && j < i+3 && p.capital(j) && p.owner[j] == 0; j++ {
			if p.is(j, headStrong) {
				return true // "Lake District Hospitals NHS Foundation Trust"
			}
		}
	}
	if p.is(h, headCompany) && p.legalAhead(i, s) {
		return true // "Nam Lik Logistics Sole Co., Ltd."
	}
	if p.is(i, postNoun|honorific|monthName|functionWord) || s.titleCase && !p.is(i, anyHead) {
		return false
	}
	if p.is(i, postModifier) && i+1 < s.Last && p.capital(i+1) && p.is(i+1, postNoun) {
		return false // "Pentagon Press Secretary"
	}
	if p.is(i, headStrong|headUnit|headCompany) || p.is(i, headWeak) && !p.is(i, anyPost) {
		return true
	}
	if p.is(i, notHead) || p.is(i, anyPost) {
		return false
	}
	if !p.is(h, foreignHead) && !p.is(i, anyHead) && p.holderFollows(i, s) {
		return false
	}
	if i == h+1 && first == h && p.is(h, headStrong|headCompany) {
		return true // "Bank Mandiri", "Universidad Nacional": the name stands behind the head
	}
	if first == h && i > h+1 && p.capital(i-1) && p.capital(h+1) && p.allCapital(h, i) {
		return !p.is(i, forename) || !p.is(i-1, placeToken)
	}
	return p.is(i, placeToken) && !p.is(i, forename) && i == h+1 && p.is(h, headStrong)
}

func (p *page) allCapital(first, last int) bool {
	for i := first; i < last; i++ {
		if !p.capital(i) {
			return false
		}
	}
	return true
}

// legalAhead reports whether a legal form follows within two capitalised words from i.
func (p *page) legalAhead(i int, s *sentence) bool {
	for j := i; j < s.Last && j < i+3 && p.capital(j) && p.owner[j] == 0; j++ {
		if p.is(j, legalForm) {
			return true
		}
		if p.is(j, honorific|anyPost) {
			return false
		}
	}
	return false
}

// quotedName returns the token after a quoted name of at most eight tokens that opens at i.
func (p *page) quotedName(i int, s *sentence) int {
	for j := i + 1; j < s.Last && j <= i+9; j++ {
		if closesQuote(p.word(j)) {
			if j > i+1 && (p.capital(i+1) || p.tokens[i+1].Kind == token.Number) {
				return j + 1
			}
			return 0
		}
	}
	return 0
}

// openingQuote returns the token that opens the quotation closed at j, at most six back.
func (p *page) openingQuote(j, low int) int {
	for i := j - 1; i >= low && i >= j-7; i-- {
		if p.owner[i] != 0 {
			return -1
		}
		if opensQuote(p.word(i)) {
			if i+1 < j && p.capital(i+1) {
				return i
			}
			return -1
		}
	}
	return -1
}

func opensQuote(w string) bool {
	return w == "“" || w == "\"" || w == "«" || w == "„" || w == "‘"
}

func closesQuote(w string) bool {
	return w == "”" || w == "\"" || w == "»" || w == "“" || w == "’"
}

// peopleWord reports whether a plural names people by what they do: "Growers", "Chemists".
func peopleWord(w string) bool {
	for _, e := range []string{"ers", "ors", "ists", "ants", "ents", "ians", "ees"} {
		if strings.HasSuffix(w, e) && len(w) > len(e)+2 {
			return true
		}
	}
	return false
}

func ordinal(w string) bool {
	if len(w) < 3 {
		return false
	}
	switch w[len(w)-2:] {
	case "st", "nd", "rd", "th":
		return w[0] >= '0' && w[0] <= '9'
	}
	return false
}
