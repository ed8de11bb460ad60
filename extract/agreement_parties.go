package extract

import (
	"strings"

	"dateline/extract/gazetteer"
	"dateline/extract/token"
)

// subjectParties reads the parties and signatories before the verb at v: the mentions of
// its clause that no preposition of place or purpose governs.
func (r *dealReader) subjectParties(v int, s *sentence) (parties, signatories []int) {
	first := r.clauseStart(v, s)
	if u := r.sharedSubject(first, v, s); u > first {
		v = u // "A signed X with B and renewed Y with C": A is the subject of both
	}
	parties, signatories = r.collect(first, v, s, false)
	if first >= s.First+2 && first > v-6 && (r.word(first-1) == "which" || r.word(first-1) == "who") {
		// "X, which signed a memorandum with Y": X stands before the clause.
		k := first - 2
		if r.word(k) == "," && k > s.First {
			k--
		}
		if m := r.at(k); m >= 0 {
			more, _ := r.collect(r.mentions[m].First, r.mentions[m].Last, s, false)
			parties = appendNew(parties, more...)
		}
	}
	if len(parties) == 0 && len(signatories) == 0 {
		if x := r.pronoun(v, s); x >= 0 {
			signatories = []int{x}
			if h, ok := r.held[x]; ok {
				parties = []int{r.root(h)}
			}
			return parties, signatories
		}
		parties = r.referredParties(v, s)
	}
	return parties, signatories
}

// pronoun resolves "he" and "she" right before the verb to the person named last, or -1.
func (r *dealReader) pronoun(v int, s *sentence) int {
	for i := v - 1; i >= s.First && i >= v-3; i-- {
		if r.at(i) >= 0 {
			return -1
		}
		switch strings.ToLower(r.word(i)) {
		case "he", "she":
			for j := i - 1; j >= 0 && j > i-60; j-- {
				if m := r.at(j); m >= 0 && r.mentions[m].Type == personName && r.mentions[m].Entity >= 0 {
					return r.mentions[m].Entity
				}
			}
			return -1
		}
	}
	return -1
}

// betweenAhead reports whether the list of sides behind token i opens with "between".
func (r *dealReader) betweenAhead(i, end int) bool {
	for ; i < end; i++ {
		if r.at(i) < 0 && (r.word(i) == "between" || r.word(i) == "with") {
			return r.word(i) == "between"
		}
	}
	return false
}

// referredParties resolves "the two sides", "both universities", "they" and "it" before the
// verb: to the two institutions named last, or the one.
func (r *dealReader) referredParties(v int, s *sentence) []int {
	for i := v - 1; i >= s.First && i >= v-7; i-- {
		if r.at(i) >= 0 && r.mentions[r.at(i)].Type != dateName {
			return nil
		}
		switch strings.ToLower(r.word(i)) {
		case "sides", "parties", "universities", "companies", "institutions", "ministries", "organisations", "organizations", "banks", "schools", "colleges", "both", "they", "partners", "agencies", "institutes", "firms", "hospitals":
			if told := r.toldParties(); told != nil {
				return told
			}
			if met := r.sceneParties(i); met != nil {
				return met
			}
			if last := r.lastParties(i, 2); last != nil {
				return last
			}
			return r.lastCountries(i)
		case "countries", "states", "governments", "nations", "republics":
			return r.lastCountries(i)
		case "it":
			return r.lastParties(i, 1)
		}
	}
	return nil
}

// lastParties returns the last count institutions named before token i that are no units,
// when there are so many within 120 tokens; in text order.
func (r *dealReader) lastParties(i, count int) []int {
	var out []int
	for j := i - 1; j >= 0 && j > i-120 && len(out) < count; j-- {
		m := r.at(j)
		if m < 0 || r.mentions[m].First != j || r.mentions[m].Type != institutionName || r.mentions[m].Entity < 0 || r.mentions[m].Unit {
			continue
		}
		out = appendNew(out, r.root(r.mentions[m].Entity))
	}
	if len(out) < count {
		return nil
	}
	for a, b := 0, len(out)-1; a < b; a, b = a+1, b-1 {
		out[a], out[b] = out[b], out[a]
	}
	return out
}

// partiesBehind reads the parties and signatories that "with", "between", "by", "and" name in
// the tokens [i, end).
func (r *dealReader) partiesBehind(i, end, v int, s *sentence) (parties, signatories []int) {
	for ; i < end; i++ {
		if r.at(i) >= 0 {
			continue
		}
		switch strings.ToLower(r.word(i)) {
		case "with", "between", "by", "among":
			if i+1 < end && r.word(i) == "with" && (!r.partyAhead(i+1, end) || i > s.First && notWithParty[strings.ToLower(r.word(i-1))]) {
				continue
			}
			last := r.listEnd(i+1, end, s)
			if r.word(i) == "with" && r.lookOn(last, s) {
				i = last
				continue
			}
			if r.word(i) == "between" && len(parties) > 1 {
				continue // "with X for cooperation between the ministries of both": X is told
			}
			ps, ss := r.collect(i+1, last, s, true)
			parties, signatories = appendNew(parties, ps...), appendNew(signatories, ss...)
		case "to":
			// "the licence granted to A by B"
			if i > s.First && (r.word(i-1) == "granted" || r.word(i-1) == "awarded" || r.word(i-1) == "issued") && r.partyAhead(i+1, end) {
				ps, _ := r.collect(i+1, r.listEnd(i+1, end, s), s, true)
				parties = appendNew(parties, ps...)
			}
		case "acquire", "buy", "purchase", "sell":
			// "an agreement to acquire B"
			if i > s.First && r.word(i-1) == "to" && i+1 < end {
				if m := r.at(i + 1); m >= 0 && r.mentions[m].Type == institutionName && r.mentions[m].Entity >= 0 {
					parties = appendNew(parties, r.root(r.mentions[m].Entity))
				}
			}
		case "for":
			// "signed for A", "by Jane Doe for A and John Roe for B"
			if i > s.First && (r.at(i-1) >= 0 && r.mentions[r.at(i-1)].Type == personName || strings.HasPrefix(strings.ToLower(r.word(i-1)), "sign")) && r.partyAhead(i+1, end) {
				ps, ss := r.collect(i+1, r.listEnd(i+1, end, s), s, true)
				parties, signatories = appendNew(parties, ps...), appendNew(signatories, ss...)
			}
		case "behalf":
			if i+2 < end && r.word(i+1) == "of" {
				ps, _ := r.collect(i+2, r.listEnd(i+2, end, s), s, true)
				parties = appendNew(parties, ps...)
			}
		}
	}
	return parties, signatories
}

// notWithParty are words whose "with" brings no party: "in connection with", "ended with".
var notWithParty = wordSet("connection accordance line compliance consultation conjunction dealing starting beginning begins began concluded ended culminated along together met coincide coincided familiar")

// partyAhead reports whether a party stands within six tokens.
func (r *dealReader) partyAhead(i, end int) bool {
	for j := i; j < end && j < i+7; j++ {
		if m := r.at(j); m >= 0 {
			t := r.mentions[m].Type
			return t == institutionName || t == personName || t == placeName || t == referenceName
		}
		if r.is(j, reference) && j > i && r.determiner(j-1) {
			return true
		}
		if r.is(j, placeToken) && r.capital(j) {
			return true
		}
		if r.tokens[j].Kind == token.Punct && r.word(j) != "“" && r.word(j) != "\"" && r.word(j) != "(" && r.word(j) != ":" {
			return false
		}
	}
	return false
}

// listEnd returns the token at which a list of parties from i ends: at a preposition or verb
// that begins something else.
func (r *dealReader) listEnd(i, end int, s *sentence) int {
	for j := i; j < end; j++ {
		if r.at(j) >= 0 || r.capital(j) {
			continue
		}
		if r.tokens[j].Kind == token.Clitic || r.tokens[j].Kind == token.Number {
			continue
		}
		w := strings.ToLower(r.word(j))
		if w == "on" {
			if k := r.behindHand(j, end); k > j {
				j = k
				continue
			}
		}
		if _, _, ok := r.agreementNoun(j, s); ok && j > i && w != "concession" && w != "partnership" {
			return j // "between X and Y and the contracts between …"
		}
		switch w {
		case ",", "and", "the", "of", "&", "(", ")", ":", "three", "two", "four", "five", "several", "“", "”", "\"", "its", "as", "well", "by", "a", "for", "both", "a/k/a", "namely", "at", "’s":
			continue
		case "on", "to", "in", "under", "during", "aimed", "covering", "which", "that", "who", "regarding", "concerning", "about", "following", "after", "with", "worth", "valued", "including", "through", "until", "over", "while", "from", "will", "said", "was", "were", "is", "are", "has", "have", ".", ";", "—", "–", "at a":
			if (w == "in" || w == "to" || w == "on" || w == "from") && j+1 < end && r.insidePost(j, s) {
				continue
			}
			if w == "under" && j+2 < end && r.at(j-1) >= 0 && r.determiner(j+1) && r.at(j+2) >= 0 && r.mentions[r.at(j+2)].Type == institutionName {
				continue // "the Committee for Sports under the Government of X"
			}
			return j
		}
		if r.is(j, anyPost|postModifier|reference|honorific|fieldWord) {
			continue
		}
		if j > i+1 && r.is(j, commonWord) && r.word(j-1) == "," {
			return j
		}
	}
	return end
}

// behindHand returns the last token of "on the one hand", "on the other side" at j, or j.
func (r *dealReader) behindHand(j, end int) int {
	k := j + 1
	if k < end && r.word(k) == "the" {
		k++
	}
	if k >= end || r.word(k) != "one" && r.word(k) != "other" {
		return j
	}
	if k+1 < end {
		switch r.word(k + 1) {
		case "hand", "side", "part":
			return k + 1
		}
	}
	return k
}

// giver reads who gives in "won a contract from B", "a grant of $2 million from B".
func (r *dealReader) giver(v, noun, end int, s *sentence) (parties []int) {
	for i := noun + 1; i < end; i++ {
		if r.at(i) < 0 && r.word(i) == "from" && r.partyAhead(i+1, end) {
			all, _ := r.collect(i+1, r.listEnd(i+1, end, s), s, true)
			return all
		}
	}
	return nil
}

// announcer reads who stands before "signing" in "A announced the signing of a contract with B".
// Whoever witnessed one is no party.
func (r *dealReader) announcer(v int, s *sentence) (parties, signatories []int) {
	first := r.clauseStart(v, s)
	for i := first; i < v; i++ {
		if r.at(i) >= 0 {
			continue
		}
		switch strings.ToLower(r.word(i)) {
		case "witnessed", "attended", "oversaw", "presided", "hosted", "welcomed", "noted", "said", "stressed", "praised", "hailed", "after", "following", "emphasised", "emphasized", "expressed", "called", "thanked", "spoke":
			return nil, nil
		}
	}
	parties, _ = r.collect(first, v, s, false)
	return parties, nil
}

// insidePost reports whether the preposition at j belongs to the words of a post
// ("ambassador to China").
func (r *dealReader) insidePost(j int, s *sentence) bool {
	return j > s.First && r.is(j-1, anyPost)
}

// possessor returns the party that "its agreement with B" belongs to.
func (r *dealReader) possessor(noun int, s *sentence) []int {
	for i := noun; i >= s.First && i > noun-6; i-- {
		if m := r.at(i); m >= 0 {
			if k := r.mentions[m].Last; k <= noun && r.tokens[k].Kind == token.Clitic && r.mentions[m].Type == institutionName && r.mentions[m].Entity >= 0 {
				return []int{r.root(r.mentions[m].Entity)} // "DISA's licence agreement"
			}
			break
		}
		if w := strings.ToLower(r.word(i)); w == "its" || w == "their" {
			if e := r.lastInstitution(i); e >= 0 {
				return []int{e}
			}
		}
	}
	return nil
}

// behalf returns the parties that "on behalf of X" names anywhere in the sentence.
func (r *dealReader) behalf(s *sentence) []int {
	var out []int
	for i := s.First; i+2 < s.Last; i++ {
		if strings.EqualFold(r.word(i), "behalf") && r.word(i+1) == "of" {
			ps, _ := r.collect(i+2, r.listEnd(i+2, s.Last, s), s, true)
			out = appendNew(out, ps...)
		}
	}
	return out
}

// collect reads the parties and signatories among the tokens [i, end). After a list opener
// ("with", "between") a country or city counts as a party.
func (r *dealReader) collect(i, end int, s *sentence, list bool) (parties, signatories []int) {
	governed := false // the last mention was governed by a preposition that excludes it
	seenPerson := false
	for j := i; j < end; j++ {
		m := r.at(j)
		if m < 0 {
			if k := r.behindWitnesses(j, end); k > j {
				j = k
				continue
			}
			if r.is(j, reference) && j > s.First && r.owner[j] == 0 && !r.capital(j) && r.tokens[j].Kind == token.Word && r.definite(j, i, s) {
				if e := r.antecedent(j); e >= 0 && !r.excluded(r.determinerOf(j, s), i, s) {
					parties = appendNew(parties, e)
				}
			}
			continue
		}
		one := r.mentions[m]
		if one.First != j {
			continue
		}
		j = one.Last - 1
		switch one.Type {
		case personName:
			if one.Entity < 0 || r.excludedPerson(one.First, i, s) {
				continue
			}
			seenPerson = true
			signatories = appendNew(signatories, one.Entity)
			if h, ok := r.held[one.Entity]; ok {
				parties = appendNew(parties, r.root(h))
			} else if m, ok := r.heldPlace[one.Entity]; ok {
				parties = appendNew(parties, r.placeEntity(m))
			}
			governed = false
		case institutionName, referenceName:
			e := -1
			if one.Type == institutionName && one.Entity >= 0 {
				e = r.root(one.Entity)
			} else if one.Type == referenceName {
				e = r.antecedent(one.First)
			}
			if e < 0 {
				continue
			}
			before := r.beforeMention(one.First, s)
			if before >= i && (r.word(before) == "and" || r.word(before) == "&") && governed &&
				!(list && len(parties) == 1 && !r.institutionIn(one.Last, end)) {
				continue
			}
			governed = r.excluded(one.First, i, s)
			if governed && r.affiliation(one.First, i, s) {
				governed = false // "Jane Doe of X and John Roe of Y signed"
			}
			if governed {
				continue
			}
			// The institution of a post counts through its holder.
			if seenPerson && r.ofPost(one.First, s) {
				if len(signatories) > 0 {
					if _, ok := r.held[signatories[len(signatories)-1]]; ok {
						continue
					}
				}
			}
			if r.parentOfPrevious(m, parties) {
				continue
			}
			parties = appendNew(parties, e)
		case placeName:
			if (r.excluded(one.First, i, s) || r.ofPost(one.First, s)) && !r.representative(one.First, s) {
				continue
			}
			if r.placeParty(m, i, end, s, list) {
				parties = appendNew(parties, r.placeEntity(m))
			}
		}
	}
	return parties, signatories
}

// institutionIn reports whether an institution is named in the tokens [i, end), which are at most
// 20.
func (r *dealReader) institutionIn(i, end int) bool {
	for end = min(end, i+20); i < end; i++ {
		if m := r.at(i); m >= 0 && r.mentions[m].Type == institutionName {
			return true
		}
	}
	return false
}

// placeEntity is a stable number for a country or city as a party: of its first mention.
func (r *dealReader) placeEntity(m int) int {
	if k, ok := r.filed.places[foldKey(r.mentionText(m))]; ok {
		return -1 - k
	}
	return -1 - m
}

// placeParty reports whether a place is bound itself: it stands in a list opened by "with"
// or "between", or is the subject with nothing but "and" beside it.
func (r *dealReader) placeParty(m, low, end int, s *sentence, list bool) bool {
	one := r.mentions[m]
	if one.Last < s.Last && r.tokens[one.Last].Kind == token.Clitic || r.is(one.First, demonym) && !r.is(one.First, placeToken) {
		return false
	}
	if one.Last < s.Last && r.tokens[one.Last].Kind == token.Word && !r.capital(one.Last) && r.is(one.Last, reference) {
		return false // "Lao company X"
	}
	for j := one.Last; j < s.Last && j < one.Last+4 && r.at(j) < 0 && r.tokens[j].Kind == token.Word && !r.capital(j) && !r.is(j, functionWord); j++ {
		if partnerNouns[r.word(j)] {
			return false // "eight U.S. research universities"
		}
	}
	for j := one.Last; j < s.Last && j < one.Last+3 && r.tokens[j].Kind == token.Word && !r.is(j, functionWord|speech); j++ {
		if m := r.at(j); m >= 0 {
			if j > one.Last && r.mentions[m].Type == institutionName {
				return false // "the Labrador carrier X"
			}
			break
		}
	}
	before := r.beforeMention(one.First, s)
	if list && before > low && r.word(before) == "," {
		if o := r.at(before - 1); o >= 0 && r.mentions[o].Type == placeName && gazetteer.Country(r.mentionText(m)) && !gazetteer.Country(r.mentionText(o)) {
			return false // "Lucknow, India"
		}
	}
	if list && before > low && r.word(before) == "," && one.Last < s.Last && (r.word(one.Last) == "," || r.word(one.Last) == ".") {
		if o := r.at(before - 1); o >= 0 && r.mentions[o].Type == placeName {
			return false // "Calais, Maine, and …": where the place lies
		}
	}
	if before >= low && r.tokens[before].Kind == token.Word && r.capital(before) {
		return false
	}
	// "Federal Polytechnic, Oko, Anambra State,": where it lies, behind a part of the name.
	if before > low && r.word(before) == "," && before == one.First-1 {
		if k := before - 1; r.at(k) < 0 && (r.capital(k) || r.word(k) == ")") {
			return false
		}
	}
	// "the Centre for Peace (CP) Pakistan": where the institution is.
	if k := before; k >= low && k == one.First-1 {
		if r.word(k) == ")" && k-2 >= low {
			k -= 3
		}
		if o := r.at(k); o >= 0 && r.mentions[o].Type == institutionName {
			return false
		}
	}
	// "X University, Almaty,": a place in apposition to an institution.
	if before >= low && r.word(before) == "," && before > low {
		if o := r.at(before - 1); o >= 0 && (r.mentions[o].Type == institutionName || r.mentions[o].Type == placeName && !list) {
			// A headline says "Turkey, Japan sign".
			if r.mentions[o].Type == placeName && r.mentions[o].First == low && one.Last == end && gazetteer.Country(r.mentionText(m)) && gazetteer.Country(r.mentionText(o)) {
				return true
			}
			return false
		}
	}
	if list {
		return true
	}
	return before < low || r.word(before) == "and" || r.word(before) == "," || r.word(before) == "of" && r.representative(one.First, s)
}

// affiliation reports whether "of X" or "from X" stands right behind a person's name.
func (p *page) affiliation(first, low int, s *sentence) bool {
	i := p.beforeMention(first, s)
	if i <= low || p.word(i) != "of" && p.word(i) != "from" && p.word(i) != "for" {
		return false
	}
	m := p.at(i - 1)
	return m >= 0 && p.mentions[m].Type == personName
}

// beforeMention returns the token before a mention, articles skipped.
func (p *page) beforeMention(first int, s *sentence) int {
	i := first - 1
	for i >= s.First && p.owner[i] == 0 && (p.determiner(i) || p.word(i) == "a" || p.word(i) == "an" || opensQuote(p.word(i)) || p.is(i, demonym)) {
		i--
	}
	return i
}

// excluded reports whether a preposition before the mention takes it out of the subject.
func (p *page) excluded(first, low int, s *sentence) bool {
	i := p.beforeMention(first, s)
	if i < low {
		return false
	}
	if p.tokens[i].Kind == token.Clitic {
		return false
	}
	switch strings.ToLower(p.word(i)) {
	case "of":
		return !p.representative(first, s)
	case "from":
		return !p.representative(first, s)
	case "for":
		// "signed by Jane Doe for X": whoever signs for an institution binds it.
		if i > s.First && (p.at(i-1) >= 0 && p.mentions[p.at(i-1)].Type == personName || strings.HasPrefix(strings.ToLower(p.word(i-1)), "sign")) {
			return false
		}
		if i > s.First && p.word(i-1) == "and" {
			return false // "signed for A by B and for C by D"
		}
		return !p.ofPost(first, s)
	case "at", "in", "to", "under", "during", "near", "within", "following", "after", "about", "through", "via", "on", "into", "against", "like", "as", "outside", "across", "including":
		return !p.ofPost(first, s)
	}
	return false
}

// excludedPerson reports whether a person before the verb is no signatory: named as the
// object of a preposition or as a witness.
func (p *page) excludedPerson(first, low int, s *sentence) bool {
	i := p.skipHonorifics(first, s) - 1
	for i >= low && (p.owner[i] == 0 && (p.is(i, anyPost|postModifier|fieldWord) || p.determiner(i) || p.capital(i)) ||
		i-1 >= low && (p.word(i) == "of" || p.word(i) == "for" || p.word(i) == "and") && (p.is(i-1, anyPost) || p.capital(i-1) && p.at(i-1) < 0)) {
		i-- // "by Minister of Trade and Industry Jane Doe": the words of the post
	}
	if i < low {
		return false
	}
	switch strings.ToLower(p.word(i)) {
	case "of", "to", "for", "under", "presence", "attended", "witnessed", "alongside", "near", "after":
		return true
	}
	return false
}

// representative reports whether "of X" or "from X" depends on people who act for X:
// "representatives of X", "the rectors of X and Y".
func (p *page) representative(first int, s *sentence) bool {
	i := p.beforeMention(first, s)
	for k := 0; i >= s.First && k < 14; k++ {
		switch w := strings.ToLower(p.word(i)); {
		case w == "and" || w == "," || w == "the" || w == "of" || w == "from" || p.at(i) >= 0 && p.mentions[p.at(i)].Type != personName:
			i--
			continue
		case w == "representatives" || w == "representative" || w == "delegates" || w == "leaders" || w == "officials" || w == "heads" || w == "rectors" || w == "presidents" || w == "ministers" || w == "directors" || w == "chairmen" || w == "governments" || w == "government" || w == "management" || w == "leadership" || w == "ministries" || w == "authorities" || w == "universities" || w == "mayors" || w == "cities" || w == "city" || w == "states" || w == "provinces" || w == "republics" || w == "behalf" || w == "delegations" || w == "side" || w == "executives" || w == "managers" || w == "ceos":
			return true
		}
		return false
	}
	return false
}

// ofPost reports whether the mention is the institution of a post right before it.
func (p *page) ofPost(first int, s *sentence) bool {
	i := first - 1
	for i > s.First && (p.word(i) == "the" || p.word(i) == "of" || p.word(i) == "at" || p.word(i) == "for") {
		i--
	}
	if i >= s.First && p.at(i) < 0 && p.is(i, anyPost|fieldWord|postModifier) {
		return true
	}
	return i > s.First && p.is(i-1, anyPost)
}

// parentOfPrevious reports whether the mention is the parent of the party before it.
func (r *dealReader) parentOfPrevious(m int, parties []int) bool {
	if len(parties) == 0 {
		return false
	}
	last := parties[len(parties)-1]
	if last < 0 || r.mentions[m].Entity < 0 {
		return false
	}
	return r.entities[last].parent > 0 && r.root(r.entities[last].parent-1) == r.root(r.mentions[m].Entity) && r.mentions[m].First > 0 && r.word(r.beforeMentionStart(r.mentions[m].First)) != "and"
}

func (p *page) beforeMentionStart(first int) int {
	i := first - 1
	for i > 0 && p.word(i) == "the" {
		i--
	}
	return i
}

// definite reports whether the lower-case reference at j has "the", "its" or "our" before it
// within three tokens, and no post behind ("the university rector").
func (r *dealReader) definite(j, low int, s *sentence) bool {
	if j+1 < s.Last && r.tokens[j+1].Kind == token.Clitic {
		// "the ministry's Director General Jane Doe" signs for it; "the ministry's house" does not.
		if j+2 >= s.Last || r.at(j+2) >= 0 || !r.is(j+2, anyPost|postModifier) {
			return false
		}
	} else if j+1 < s.Last && r.is(j+1, anyPost) {
		return false
	}
	if j > low && r.determiner(j-1) {
		return true
	}
	return j-1 > low && r.determiner(j-2) && r.tokens[j-1].Kind == token.Word && r.owner[j-1] == 0 && !r.is(j-1, functionWord)
}

func (r *dealReader) determinerOf(j int, s *sentence) int {
	for i := j - 1; i >= s.First && i >= j-2; i-- {
		if r.determiner(i) {
			return i
		}
	}
	return j
}

// lookOn reports whether a list of people behind "with" that ends at i goes on with "in attendance"
// or "present": they did not sign.
func (r *dealReader) lookOn(i int, s *sentence) bool {
	for ; i < s.Last && i > s.First; i++ {
		switch strings.ToLower(r.word(i)) {
		case "in", "also", "both", "as":
			continue
		case "attendance", "present", "attending", "witnesses", "witness", "watching", "witnessing":
			return true
		}
		return false
	}
	return false
}

// behindWitnesses returns the last token of "in the presence of A and B," or "witnessed by A and
// B," where such words begin at j, or j: whoever stands there looks on. Without a comma the whole
// rest stands there.
func (r *dealReader) behindWitnesses(j, end int) int {
	if j+1 >= end {
		return j
	}
	switch strings.ToLower(r.word(j)) {
	case "presence", "witness", "auspices", "patronage", "supervision", "participation":
		if r.word(j+1) != "of" {
			return j
		}
	case "witnessed", "attended", "overseen", "watched", "accompanied", "facilitated", "moderated":
		if r.word(j+1) != "by" {
			return j
		}
	default:
		return j
	}
	for k := j + 2; k < end; k++ {
		if r.at(k) >= 0 || r.word(k) != "," {
			continue
		}
		if k+1 >= end {
			return k
		}
		// "…, Minister of Trade," and ", and B" go on with the witnesses.
		if next := r.word(k + 1); next == "and" || next == "as" || next == "the" || r.is(k+1, anyPost|postModifier) && r.at(k+1) < 0 && !r.capital(k+1) {
			continue
		}
		return k
	}
	return end - 1
}
