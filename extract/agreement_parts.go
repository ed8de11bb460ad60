package extract

import (
	"strings"

	"dateline/extract/token"
)

// clauseStart returns the first token of the clause of the verb at v: behind a semicolon or
// a word that opens a clause of its own.
func (p *page) clauseStart(v int, s *sentence) int {
	for i := v - 1; i > s.First; i-- {
		if p.at(i) >= 0 && p.mentions[p.at(i)].Type != dateName {
			continue
		}
		switch p.word(i) {
		case ";", ":":
			return i + 1
		case "“":
			if p.quotedName(i, s) == 0 {
				return i + 1 // speech; a quoted name does not end a clause
			}
		case "that", "where", "when", "while", "whereas", "because", "after", "before", "during", "which", "following", "but":
			return i + 1
		}
	}
	return p.behindDateline(s)
}

// behindDateline returns the first token behind "CITY, May 3 (AGENCY) –" at the start of a
// sentence, or the first token where there is none.
func (p *page) behindDateline(s *sentence) int {
	for i := s.First + 1; i < s.Last && i < s.First+18; i++ {
		w := p.word(i)
		if w == "—" || w == "–" || w == "-" && p.tokens[i].Is(token.SpaceBefore) || w == ":" {
			if t, ok := p.typeAt(s.First); ok && t == placeName || p.tokens[s.First].Is(token.AllUpper) || p.is(s.First, placeToken) {
				return i + 1
			}
			return s.First
		}
	}
	return s.First
}

// clauseEnd returns the token at which the clause that goes on at i ends.
func (p *page) clauseEnd(i int, s *sentence) int {
	for ; i < s.Last; i++ {
		switch p.word(i) {
		case ";":
			return i
		case ",":
			if i+1 < s.Last {
				switch strings.ToLower(p.word(i + 1)) {
				case "which", "while", "whereas", "but", "said", "according", "who", "where", "when", "marking", "expected":
					return i
				}
			}
		}
	}
	return s.Last
}

// subjectParties reads the parties and signatories before the verb at v: the mentions of
// its clause that no preposition of place or purpose governs.
func (r *dealReader) subjectParties(v int, s *sentence) (parties, signatories []int) {
	first := r.clauseStart(v, s)
	if u := r.sharedSubject(first, v, s); u > first {
		v = u // "A signed X with B and renewed Y with C": A is the subject of both
	}
	parties, signatories = r.collect(first, v, s, false)
	if len(parties) == 0 && len(signatories) == 0 {
		parties = r.referredParties(v, s)
	}
	return parties, signatories
}

// sharedSubject returns the earlier agreement verb whose subject the verb at v shares,
// because "and" joins the two; or -1.
func (r *dealReader) sharedSubject(first, v int, s *sentence) int {
	i := v - 1
	for i > first && (strings.HasSuffix(r.word(i), "ly") || r.word(i) == "also" || r.word(i) == "has" || r.word(i) == "have") {
		i--
	}
	if i <= first || r.word(i) != "and" && r.word(i) != "," {
		return -1
	}
	for u := i - 1; u > first; u-- {
		if r.at(u) >= 0 {
			continue
		}
		if verb, ok := agreementVerbs[strings.ToLower(r.word(u))]; ok && !verb.gerund && !verb.base {
			return u
		}
	}
	return -1
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
			return r.lastParties(i, 2)
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
			if i+1 < end && r.word(i) == "with" && !r.partyAhead(i+1, end) {
				continue
			}
			ps, ss := r.collect(i+1, r.listEnd(i+1, end, s), s, true)
			parties, signatories = appendNew(parties, ps...), appendNew(signatories, ss...)
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
		switch w {
		case ",", "and", "the", "of", "&", "(", ")", ":", "three", "two", "four", "five", "several", "“", "”", "\"", "its", "as", "well", "by", "a", "for", "both", "a/k/a", "namely", "at", "’s":
			continue
		case "on", "to", "in", "under", "during", "aimed", "covering", "which", "that", "who", "regarding", "concerning", "about", "following", "after", "with", "worth", "valued", "including", "through", "until", "over", "while", "from", "will", "said", "was", "were", "is", "are", "has", "have", ".", ";", "—", "–", "at a":
			if (w == "in" || w == "to" || w == "on" || w == "from") && j+1 < end && r.insidePost(j, s) {
				continue
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
			if before >= i && (r.word(before) == "and" || r.word(before) == "&") && governed {
				continue
			}
			governed = r.excluded(one.First, i, s)
			if governed && r.affiliation(one.First, i, s) {
				governed = false // "Jane Doe of X and John Roe of Y signed"
			}
			if governed {
				continue
			}
			if one.Parent > 0 && one.Unit && false {
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
	for j := one.Last; j < s.Last && j < one.Last+3 && r.tokens[j].Kind == token.Word && !r.is(j, functionWord|speech); j++ {
		if m := r.at(j); m >= 0 {
			if j > one.Last && r.mentions[m].Type == institutionName {
				return false // "the Labrador carrier X"
			}
			break
		}
	}
	before := r.beforeMention(one.First, s)
	if list && before > low && r.word(before) == "," && one.Last < s.Last && (r.word(one.Last) == "," || r.word(one.Last) == ".") {
		if o := r.at(before - 1); o >= 0 && r.mentions[o].Type == placeName {
			return false // "Calais, Maine, and …": where the place lies
		}
	}
	if before >= low && r.tokens[before].Kind == token.Word && r.capital(before) {
		return false
	}
	// "X University, Almaty,": a place in apposition to an institution.
	if before >= low && r.word(before) == "," && before > low {
		if o := r.at(before - 1); o >= 0 && (r.mentions[o].Type == institutionName || r.mentions[o].Type == placeName && !list) {
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
	for i >= low && p.owner[i] == 0 && (p.is(i, anyPost|postModifier|fieldWord) || p.determiner(i)) {
		i--
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
	for k := 0; i > s.First && k < 14; k++ {
		switch w := strings.ToLower(p.word(i)); {
		case w == "and" || w == "," || w == "the" || w == "of" || w == "from" || p.at(i) >= 0 && p.mentions[p.at(i)].Type != personName:
			i--
			continue
		case w == "representatives" || w == "representative" || w == "delegates" || w == "leaders" || w == "officials" || w == "heads" || w == "rectors" || w == "presidents" || w == "ministers" || w == "directors" || w == "chairmen" || w == "governments" || w == "government" || w == "mayors" || w == "cities" || w == "city" || w == "states" || w == "provinces" || w == "republics" || w == "behalf" || w == "delegations" || w == "side" || w == "executives" || w == "managers" || w == "ceos":
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
	if i >= s.First && p.is(i, anyPost|fieldWord|postModifier) {
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
	if j+1 < s.Last && (r.is(j+1, anyPost) || r.tokens[j+1].Kind == token.Clitic) {
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

// subject reads what the agreement is about: behind "on", "to", "for" and the like. It
// returns the tokens [first, last), empty when it is not told.
func (r *dealReader) subject(i, v int, f form, s *sentence) (first, last int) {
	end := s.Last
	if f == formPassive && i <= v {
		if a, b := r.subjectIn(i, min(v, end), s); b > a {
			// Auxiliaries at the end belong to the verb.
			for b > a && (r.is(b-1, functionWord) || strings.HasSuffix(r.word(b-1), "ly")) {
				b--
			}
			return a, b
		}
		i = v + 1
	}
	if f == formReduced {
		i = v + 1
	}
	return r.subjectIn(i, end, s)
}

// subjectIn looks for the opener of a subject in the tokens [i, end).
func (r *dealReader) subjectIn(i, end int, s *sentence) (first, last int) {
	for j := i; j < end; j++ {
		if m := r.at(j); m >= 0 {
			j = r.mentions[m].Last - 1
			continue
		}
		w := strings.ToLower(r.word(j))
		start := 0
		switch w {
		case "on", "concerning", "regarding", "covering", "governing", "establishing", "about":
			if j+1 < end && (r.at(j+1) >= 0 && r.mentions[r.at(j+1)].Type == dateName || r.is(j+1, monthName)) {
				continue
			}
			if w == "on" && j+1 < end && (r.word(j+1) == "behalf" || r.word(j+1) == "the" && j+2 < end && (r.word(j+2) == "sidelines" || r.word(j+2) == "occasion" || r.word(j+2) == "margins")) {
				continue
			}
			start = j + 1
			if w == "establishing" {
				start = j
			}
		case "to":
			if j+1 < end && r.tokens[j+1].Kind == token.Word && !r.capital(j+1) && r.at(j+1) < 0 && !r.is(j+1, functionWord) {
				start = j + 1
			}
		case "for":
			k := j + 1
			if k < end && r.determiner(k) {
				k++
			}
			if k < end && j == i && r.at(k) >= 0 && (r.mentions[r.at(k)].Type == institutionName || r.mentions[r.at(k)].Type == personName) {
				continue // "signed for X by Jane Doe"
			}
			if j+1 < end && !(r.at(j+1) >= 0 && r.mentions[r.at(j+1)].Type == dateName) {
				start = j + 1
			}
		case "aimed", "aiming", "designed", "intended":
			if j+1 < end && (r.word(j+1) == "at" || r.word(j+1) == "to") {
				start = j + 2
			}
		case "in":
			if j+3 < end && (r.word(j+1) == "the" && (r.word(j+2) == "field" || r.word(j+2) == "fields" || r.word(j+2) == "area" || r.word(j+2) == "areas" || r.word(j+2) == "sphere")) {
				start = j + 1
				if r.word(j+3) == "of" {
					start = j + 4
				}
			} else if j == i && j+1 < end && r.at(j+1) < 0 && !r.capital(j+1) && !r.determiner(j+1) && r.tokens[j+1].Kind == token.Word {
				start = j + 1
			}
		case ".", ";", "—":
			return 0, 0
		case "which", "who", "said":
			return 0, 0
		}
		if start > 0 && start < end {
			last := r.subjectEnd(start, end, s)
			if last > start {
				return start, last
			}
		}
	}
	return 0, 0
}

// subjectEnd returns the token after the subject that starts at i: at the end of the
// sentence, before a date, a party behind "with", or a clause of its own.
func (r *dealReader) subjectEnd(i, end int, s *sentence) int {
	for j := i; j < end; j++ {
		w := strings.ToLower(r.word(j))
		next := ""
		if j+1 < end {
			next = strings.ToLower(r.word(j + 1))
		}
		switch w {
		case ".", ";", "—", ":", "(", "”", "!":
			if w == "”" && j+1 < end && r.tokens[j+1].Kind == token.Word {
				continue
			}
			return j
		case "–":
			if r.tokens[j].Is(token.SpaceBefore) {
				return j
			}
		case ",":
			switch next {
			case "and":
				if j+2 < end {
					if _, ok := agreementVerbs[strings.ToLower(r.word(j+2))]; ok {
						return j
					}
				}
			case "which", "who", "where", "while", "said", "with", "on", "in", "as", "during", "following", "marking", "according", "after", "under", "at", "the", "a", "but", "he", "she", "it", "they", "both", "paving", "making", "replacing", "subject", "running", "when", "to", "effective":
				return j
			}
			if m := r.at(j + 1); m >= 0 && r.mentions[m].Type != placeName {
				return j
			}
		case "on", "in", "at", "by", "until", "from", "since", "this", "last", "next", "over":
			if m := r.at(j + 1); m >= 0 && j+1 < end && r.mentions[m].Type == dateName && j > i {
				return j
			}
			if w == "at" && j > i && (next == "the" || next == "its") && j+2 < end && r.capital(j+2) {
				return j
			}
			if w == "in" && j > i && r.at(j+1) >= 0 && r.mentions[r.at(j+1)].Type == placeName {
				k := r.mentions[r.at(j+1)].Last
				if k < end && (r.at(k) >= 0 && r.mentions[r.at(k)].Type == dateName || r.word(k) == "on" && r.at(k+1) >= 0 && r.mentions[r.at(k+1)].Type == dateName) {
					return j
				}
			}
			if w == "at" && j > i && next == "a" {
				return j
			}
			if w == "on" && (next == "behalf" || next == "the") && j+2 < end && (r.word(j+2) == "sidelines" || r.word(j+2) == "of" || r.word(j+2) == "margins" || r.word(j+2) == "occasion") {
				return j
			}
			if w == "in" && next == "the" && j+2 < end && r.word(j+2) == "presence" {
				return j
			}
		case "with", "between":
			if j > i && r.partyAhead(j+1, end) {
				return j
			}
		case "during", "was", "were", "which", "who", "said", "signed", "after", "under", "has", "is", "will", "while", "when", "following":
			if j > i {
				return j
			}
		case "and":
			if j+1 < end && (next == "said" || next == "was" || next == "is" || next == "will") {
				return j
			}
		}
		if m := r.at(j); m >= 0 && r.mentions[m].Type == dateName && j > i {
			return j
		}
		if j > i && r.is(j, monthName) && r.capital(j) && r.at(j) < 0 {
			// A weekday that no publication date resolves.
			for j > i && (r.word(j-1) == "last" || r.word(j-1) == "on" || r.word(j-1) == "next" || r.word(j-1) == "this") {
				j--
			}
			return j
		}
	}
	return end
}

// when returns the value of the date of the agreement: the date of the clause that stands
// outside the subject, a day before anything coarser.
func (r *dealReader) when(v, noun, subjectFirst, subjectLast int, s *sentence) string {
	best, bestRank, bestAway := "", 0, 0
	for i := r.behindDateline(s); i < s.Last; i++ {
		m := r.at(i)
		if m < 0 || r.mentions[m].First != i || r.mentions[m].Type != dateName {
			continue
		}
		if i >= subjectFirst && i < subjectLast {
			continue
		}
		d, ok := r.dateAt[r.tokens[i].Start()]
		if !ok || d.Type != "date" && d.Type != "time" || strings.Contains(d.Value, "/") {
			continue
		}
		end := r.mentions[m].Last
		if end < s.Last {
			if _, _, ok := r.agreementNoun(end, s); ok {
				continue // "the 2014 agreement"
			}
		}
		rank := 1
		if len(d.Value) >= 10 {
			rank = 3
		} else if len(d.Value) >= 7 {
			rank = 2
		}
		if distance(i, v) > 25 && i != s.First && i != s.First+1 {
			rank--
		}
		if i > s.First {
			switch strings.ToLower(r.word(i - 1)) {
			case "since", "until", "till", "by", "from", "through", "before", "after":
				rank = 0
			}
		}
		if away := distance(i, v); rank > bestRank || rank == bestRank && rank > 0 && away < bestAway {
			best, bestRank, bestAway = d.Value, rank, away
		}
	}
	if i := strings.IndexByte(best, 'T'); i > 0 {
		best = best[:i]
	}
	return best
}

// where returns the city or venue of the signing: a place behind "in" in the verb's clause,
// outside the subject, or a hall behind "at".
func (r *dealReader) where(v, noun, subjectFirst, subjectLast int, s *sentence) string {
	if venue := r.venue(subjectFirst, subjectLast, s); venue != "" {
		return venue
	}
	for i := s.First + 1; i < s.Last; i++ {
		m := r.at(i)
		if m < 0 || r.mentions[m].First != i || r.mentions[m].Type != placeName || i >= subjectFirst && i < subjectLast {
			continue
		}
		before := i - 1
		if w := strings.ToLower(r.word(before)); w != "in" && w != "at" {
			continue
		}
		if r.mentions[m].Last < s.Last && r.tokens[r.mentions[m].Last].Kind == token.Clitic {
			continue
		}
		if before == s.First || i > min(v, max(noun, s.First)) || r.word(before-1) == "," {
			return r.mentionText(m)
		}
	}
	return ""
}

// venueNouns end the name of a building where documents are signed.
var venueNouns = map[string]bool{"Hall": true, "Palace": true, "Pavilion": true, "Auditorium": true, "Hotel": true, "House": true, "Building": true, "Headquarters": true, "Residence": true, "Tower": true, "Theatre": true, "Theater": true, "Castle": true, "Campus": true, "Villa": true, "Centre": true, "Center": true, "Stadium": true, "Arena": true, "Room": true, "Complex": true}

// venue returns "the Grand Hall in Baku" without its article, behind "at" or "in" outside the
// subject.
func (r *dealReader) venue(subjectFirst, subjectLast int, s *sentence) string {
	for i := s.First; i+2 < s.Last; i++ {
		if w := strings.ToLower(r.word(i)); w != "at" && w != "in" || i >= subjectFirst && i < subjectLast {
			continue
		}
		j := i + 1
		if r.determiner(j) {
			j++
		}
		if j+2 < s.Last && r.tokens[j+1].Kind == token.Clitic {
			j += 2 // "in the hospital's Great Hall"
		}
		end := j
		for end < s.Last && r.capital(end) {
			end++
		}
		if end-j < 2 || !venueNouns[r.word(end-1)] && r.word(j) != "Hotel" && r.word(j) != "Palace" && r.word(j) != "Villa" {
			if end+1 >= s.Last || end == j || r.word(end) != "of" || r.word(j) != "Palace" {
				continue
			}
			end = r.capitalRun(end+1, s) // "the Palace of Miners"
		}
		if m := r.at(end - 1); m >= 0 && r.mentions[m].Type == institutionName && r.word(end-1) != "Headquarters" {
			continue
		}
		if end+1 < s.Last && r.word(end) == "in" && r.at(end+1) >= 0 && r.mentions[r.at(end+1)].Type == placeName {
			end = r.mentions[r.at(end+1)].Last
		}
		return r.span(j, end).Of(r.text)
	}
	return ""
}
