package extract

import (
	"strings"

	"dateline/extract/token"
)

// complementLinks are the words that tie a complement to the head of an institution, with
// whether the complement's own institution is the parent ("of the Ministry …").
func complementLink(word string) bool {
	switch word {
	case "of", "for", "on", "de", "del", "della", "des", "do", "da", "di", "du", "für", "der", "against":
		return true
	}
	return false
}

// complement reads "of Education and Science" behind a head; i is the link word. It returns
// the token after the complement, or i when what follows is another institution or no name.
func (p *page) complement(i, h, first int, s *sentence) int {
	link := p.word(i)
	if link == "named" || link == "at" {
		return p.namedAfter(i, h, s)
	}
	if !complementLink(link) {
		return i
	}
	if (link == "on" || link == "against") && (!p.is(h, headStrong|headUnit) || strings.HasSuffix(strings.ToLower(p.word(h)), "university") || strings.EqualFold(p.word(h), "college") || strings.EqualFold(p.word(h), "school")) {
		return i
	}
	j := i + 1
	for j < s.Last && (p.word(j) == "the" || p.word(j) == "la" || p.word(j) == "las" || p.word(j) == "los" || p.word(j) == "le") {
		j++
	}
	if j >= s.Last || p.owner[j] != 0 || !p.capital(j) && !opensQuote(p.word(j)) {
		return i
	}
	if p.is(j, monthName) || p.is(j, honorific) && !p.is(j, anyPost) && p.placeLen[j] < 2 || link == "on" && p.is(j, demonym) {
		return i
	}
	if link == "for" && (s.titleCase || p.is(h, namedBody)) {
		return i
	}
	end := p.capitalRun(j, s)
	if end == j {
		return i
	}
	if p.acronymAlone(j, end) {
		return i
	}
	if p.otherInstitution(j, end) {
		if i > h+1 || p.properHeaded(j, end) {
			return i // a second complement, or one with a name of its own, is the parent
		}
		if p.is(h, headUnit|headWeak) || p.word(j-1) == "the" || p.namedBefore(h, first) || p.is(j, headStrong) && !p.fieldLike(j) {
			return i
		}
	}
	if p.word(i+1) == "the" && stateForm(p.word(j)) && (first < h || i > h+1) {
		return i // "X University of the Republic of Korea"
	}
	if p.allAre(j, end, placeToken) && p.properRun(first, h) {
		return i // "Kinta Valley Polytechnic of Malaysia"
	}
	return p.coordinated(end, h, s)
}

// properHeaded reports whether the run ends in a head and has a word that is no English word
// or place before it: "Kinta Valley Polytechnic".
func (p *page) properHeaded(j, end int) bool {
	return p.is(end-1, headStrong|headCompany|legalForm) && p.properRun(j, end-1)
}

// acronymAlone reports whether the run is one upper-case word that may be the acronym of an
// institution: "Committee of MAZ" is a committee and its parent.
func (p *page) acronymAlone(j, end int) bool {
	return end == j+1 && p.tokens[j].Is(token.AllUpper) && acronym(p.word(j)) && !p.is(j, notAcronym|placeToken)
}

// foreignTail reads on behind a foreign head over small words of its language: only where
// one of them is no English word, and to the last word before English goes on.
func (p *page) foreignTail(i, h int, s *sentence) int {
	if !p.is(h, foreignHead) || i != h+1 && !p.capital(i-1) {
		return i
	}
	foreign, end := false, i
	for j := i; j < s.Last && j < i+9 && p.owner[j] == 0 && p.tokens[j].Kind == token.Word; j++ {
		w := p.word(j)
		if w[0] >= '0' && w[0] <= '9' {
			return pick(foreign, end, i) // "Hospital 24-hour access"
		}
		switch {
		case p.tokens[j].Is(token.Capital):
			if p.is(j, postNoun|honorific|monthName) {
				return pick(foreign, end, i)
			}
			end = j + 1
		case p.is(j, particle) || strings.HasPrefix(w, "d’") || strings.HasPrefix(w, "d'") || strings.HasPrefix(w, "l’") || strings.HasPrefix(w, "l'") || w == "für" || w == "et" || w == "und":
			foreign = true
			if strings.ContainsAny(w, "’'") {
				end = j + 1
			}
		case p.is(j, functionWord|commonWord|speech) || w == "of" || w == "for":
			return pick(foreign, end, i)
		default:
			foreign = true
			end = j + 1
		}
	}
	return pick(foreign, end, i)
}

func pick(ok bool, yes, no int) int {
	if ok {
		return yes
	}
	return no
}

// namedBefore reports whether the name has words left of its head or a complement already.
func (p *page) namedBefore(h, first int) bool { return first < h }

// capitalRun returns the token after the capitalised words from j, with inner initials,
// hyphens and particles ("Rio de Janeiro").
func (p *page) capitalRun(j int, s *sentence) int {
	start := j
	for j < s.Last && j < start+longestName && p.owner[j] == 0 {
		t := p.tokens[j]
		switch {
		case opensQuote(p.word(j)):
			if end := p.quotedName(j, s); end > 0 {
				j = end
				continue
			}
			return j
		case t.Kind == token.Word && t.Is(token.Capital):
			if p.is(j, monthName) && !p.is(j, forename) || t.Is(token.Initial) && j > start || j > start && (p.holderFollows(j, s) || p.is(j, postNoun) && !p.is(j, fieldWord) && j+1 < s.Last && p.capital(j+1) && (p.proper(j+1) || p.is(j+1, honorific))) {
				return j
			}
			j++
			continue
		case p.is(j, particle) && j+1 < s.Last && p.capital(j+1) && p.word(j) != "e" && p.word(j) != "y" && p.is(j-1, placeToken):
			j++
			continue
		case t.Kind == token.Clitic && p.is(j-1, ownPossessive) && j+1 < s.Last && p.capital(j+1):
			j++
			continue
		case (p.word(j) == "–" || p.word(j) == "-") && !t.Is(token.SpaceBefore) && j+1 < s.Last && p.capital(j+1) && !p.tokens[j+1].Is(token.SpaceBefore):
			j++
			continue
		case p.word(j) == "to" && j+1 < s.Last && p.capital(j+1) && strings.EqualFold(p.word(j-1), p.word(j+1)):
			j++
			continue
		}
		return j
	}
	return j
}

// holderFollows reports whether a person's name begins at token i right behind a name or
// field, as in "Director of the Department of Science Aigul Omarova": a forename that is no
// English word or place, or what the tagger takes for a person, then a capitalised word that
// names no field.
func (p *page) holderFollows(i int, s *sentence) bool {
	if i+1 >= s.Last || p.is(i, commonWord|fieldWord|anyHead|demonym|monthName) || !p.capital(i+1) || p.is(i+1, anyHead|fieldWord|legalForm|notHead|commonWord) {
		return false
	}
	if !p.is(i, forename) || p.is(i, forenameAmbiguous|placeToken) {
		// An unknown forename counts when the tagger sees a person from here on, or when two or
		// three words that are no English words and no places end the run.
		if t, ok := p.taggerSpans[i]; !ok || t.kind != personName || t.last < i+2 {
			if k, tagged := p.taggedOver(i-1, i+2); tagged && k == institutionName || !p.nameShaped(i, s) {
				return false
			}
		}
	}
	return p.is(i-1, fieldWord|commonWord|anyHead|legalForm|placeToken) || fieldEnding(p.word(i-1))
}

// nameShaped reports whether exactly two or three capitalised words from i end a run of
// capitals, none of them an English word, field, head or place.
func (p *page) nameShaped(i int, s *sentence) bool {
	end := i
	for end < s.Last && p.capital(end) && p.owner[end] == 0 {
		if !p.proper(end) || p.is(end, placeToken) && !p.is(end, forename|surname) || p.is(end, demonym|legalForm) || fieldEnding(p.word(end)) || p.tokens[end].Is(token.AllUpper) {
			return false
		}
		end++
	}
	return end-i == 2 || end-i == 3
}

// otherInstitution reports whether the run of capitalised words names an institution of its
// own: it has a head, and a proper name or nothing before it.
func (p *page) otherInstitution(j, end int) bool {
	for i := j; i < end; i++ {
		if !p.is(i, headStrong|headUnit|headCompany|legalForm) || !p.capital(i) {
			continue
		}
		if i+1 < end && p.word(i+1) == "Affairs" {
			continue // "Ministry of Cabinet Affairs"
		}
		if i == j {
			return p.is(i, headStrong) && !p.is(i, fieldWord) // "of the Ministry", "of Université …"
		}
		if p.is(i, headCompany) && i+1 < end && !p.is(i+1, legalForm) {
			continue
		}
		for k := j; k < i; k++ {
			if !p.fieldLike(k) || p.is(k, placeToken|demonym) {
				return true
			}
		}
	}
	return false
}

// coordinated extends a complement over "and B", ", B and C" while they name fields.
func (p *page) coordinated(end, h int, s *sentence) int {
	if p.is(h, headCompany) && !p.is(h, headStrong) {
		return end
	}
	for end < s.Last {
		next := end
		word := p.word(end)
		switch {
		case (word == "and" || word == "&" || word == "y" || word == "et" || word == "und" || word == "e") && p.fieldRun(end+1, end-1, s):
			next = p.capitalRun(end+1, s)
		case word == "and" && end+2 < s.Last && p.word(end+1) == "the" && p.is(h, headStrong) && p.fieldLike(end-1) && p.capital(end+2) && !p.is(end+2, anyHead) && p.is(end+2, commonWord|fieldWord) && p.fieldRun(end+2, end-1, s):
			next = p.capitalRun(end+2, s) // "Ministry of Industry and the Environment"
		case word == "," && end+1 < s.Last && p.listCloses(end, s):
			next = end + 1
			if p.word(next) == "and" {
				next++
			}
			next = p.capitalRun(next, s)
		default:
			return end
		}
		if next <= end {
			return end
		}
		end = next
	}
	return end
}

// fieldRun reports whether the capitalised run at j names another field of the same head
// and not a new institution, person or place.
func (p *page) fieldRun(j, before int, s *sentence) bool {
	if j >= s.Last || !p.capital(j) || p.owner[j] != 0 {
		return false
	}
	if p.is(j, honorific|monthName|headPlural) || p.is(j, placeToken|demonym) && !p.fieldLike(j) {
		return false
	}
	end := p.capitalRun(j, s)
	for i := j; i < end; i++ {
		if p.is(i, headStrong|headUnit) && p.capital(i) && !p.is(i, fieldWord) {
			return false
		}
		if p.is(i, postNoun|legalForm) {
			return false
		}
	}
	if p.is(end-1, headCompany) && end > j+1 && p.word(end-1) != "Enterprises" {
		return false // "Union of Dockers and Harbour Holdings"; but "Small and Medium Enterprises"
	}
	if p.fieldLike(j) || end > j+1 && p.fieldLike(end-1) && adjective(p.word(j)) && !p.is(j, forename|surname) {
		return true // "Immigration and Multicultural Affairs"
	}
	// "Geology and Mining", "Bosnia and Herzegovina": an unknown word joins where both are alone.
	return end == j+1 && p.fieldLike(before) && !p.is(j, forename|surname)
}

// adjective reports whether a word has the ending of an English adjective of a field.
func adjective(w string) bool {
	for _, e := range []string{"ural", "onal", "ental", "ical", "ial", "ary", "ive", "ous", "able", "istic"} {
		if strings.HasSuffix(w, e) && len(w) > len(e)+3 {
			return true
		}
	}
	return false
}

// listCloses reports whether the comma at i continues a list of fields that an "and" closes
// within four items: "Trade, Industry and Energy".
func (p *page) listCloses(i int, s *sentence) bool {
	if !p.fieldLike(i - 1) {
		return false
	}
	for items := 0; items < 4 && i < s.Last; items++ {
		j := i + 1
		if j < s.Last && p.word(j) == "and" {
			return p.fieldRun(j+1, i-1, s)
		}
		if !p.fieldRun(j, i-1, s) {
			return false
		}
		i = p.capitalRun(j, s)
		if i >= s.Last {
			return false
		}
		if p.word(i) == "and" {
			return p.fieldRun(i+1, i-1, s)
		}
		if p.word(i) != "," {
			return false
		}
	}
	return false
}

// namedAfter reads "named after X Y" and, for universities, "at Austin" behind a name.
func (p *page) namedAfter(i, h int, s *sentence) int {
	j := i + 1
	if p.word(i) == "at" {
		if strings.EqualFold(p.word(h), "University") && h+1 < i && j < s.Last && p.capital(j) && p.is(j, placeToken) && p.word(h+1) == "of" && !p.is(j, anyHead) {
			end := p.capitalRun(j, s)
			for k := j; k < end; k++ {
				if p.is(k, anyHead) {
					return i
				}
			}
			return end
		}
		return i
	}
	if j < s.Last && (p.word(j) == "after" || p.word(j) == "for" || p.word(j) == "in") {
		j++
		if j < s.Last && p.word(j) == "honour" || j < s.Last && p.word(j) == "honor" {
			j += 2
		}
	} else {
		return i
	}
	for j < s.Last && (p.word(j) == "the" || !p.capital(j) && p.is(j, postModifier|anyPost)) {
		j++
	}
	if j >= s.Last || !p.capital(j) {
		return i
	}
	return p.capitalRun(j, s)
}
