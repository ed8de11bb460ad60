package extract

import (
	"strings"

	"dateline/extract/token"
)

// institutionBefore returns 1 + the mention of the institution right before the post:
// "ABC Vice President", "ABC's project head".
func (p *page) institutionBefore(one post) int {
	i := one.first - 1
	for i >= 0 && (p.is(i, postFormer|postIncoming) && p.owner[i] == 0 || p.word(i) == "then" || p.word(i) == "outgoing" || p.word(i) == "new") {
		i--
	}
	if i >= 0 && p.tokens[i].Kind == token.Clitic {
		i--
	}
	if m := p.at(i); m >= 0 && p.mentions[m].Type == institutionName && p.mentions[m].Last == i+1 && !p.tokens[i+1].Is(token.LineStart) {
		return m + 1
	}
	// "of X University (XU) rector"
	if i >= 3 && p.word(i) == ")" {
		// An acronym behind its name; "(XYZ) Minister Jane Doe" alone is a news agency's dateline.
		full := i - 3
		if p.tokens[full].Kind == token.Clitic && full > 0 {
			full-- // "X University's (XU) rector"
		}
		if m := p.at(i - 1); m >= 0 && p.mentions[m].Type == institutionName && p.word(i-2) == "(" && p.at(full) >= 0 && p.mentions[p.at(full)].Type == institutionName {
			return m + 1
		}
	}
	return 0
}

// referenceBefore returns 1 + the token of "the university's rector".
func (p *page) referenceBefore(one post) int {
	i := one.first - 1
	if i >= 1 && p.tokens[i].Kind == token.Clitic && p.is(i-1, reference) && p.owner[i-1] == 0 {
		return i
	}
	if i >= 1 && p.is(i, reference) && p.owner[i] == 0 && p.determiner(i-1) {
		return i + 1
	}
	if m := p.at(i); m >= 0 && i >= 1 && p.mentions[m].Type == referenceName && p.mentions[m].First == i {
		return i + 1 // "the University Vice-Chancellor"
	}
	for i >= 1 && p.owner[i] == 0 && (p.word(i) == "next" || p.word(i) == "new" || p.word(i) == "first" || p.word(i) == "outgoing" || p.is(i, postFormer|postIncoming)) {
		i--
	}
	if i >= 1 && p.tokens[i].Kind == token.Clitic {
		if m := p.at(i - 1); m >= 0 && p.mentions[m].Type == referenceName {
			return i
		}
		if p.is(i-1, reference) && p.owner[i-1] == 0 {
			return i
		}
	}
	if i >= 0 && (p.word(i) == "its" || p.word(i) == "Its" || p.word(i) == "their") {
		return i + 1
	}
	return 0
}

// actingFor returns 1 + the institution in "Jane Doe, Managing Director, for X" and "Jane
// Doe, general manager, signed for X".
func (p *page) actingFor(one post, s *sentence) int {
	i := one.end
	if i < s.Last && p.word(i) == "," {
		i++
	}
	if i < s.Last && strings.HasPrefix(p.word(i), "sign") {
		i++
	}
	if i+2 < s.Last && p.word(i) == "on" && p.word(i+1) == "behalf" && p.word(i+2) == "of" {
		i += 2
	} else if i >= s.Last || p.word(i) != "for" {
		return 0
	}
	j := i + 1
	if j < s.Last && p.determiner(j) {
		j++
	}
	if j >= s.Last {
		return 0
	}
	if m := p.at(j); m >= 0 && p.mentions[m].Type == institutionName && p.mentions[m].First == j {
		return m + 1
	}
	return 0
}

// settingOf returns 1 + the institution in "At the X Bank, chief economist Jane Doe becomes …"
// and "joined X as director".
func (p *page) settingOf(one post, s *sentence) int {
	i := one.first - 1
	if i > s.First && p.word(i) == "as" {
		for j := i - 1; j > s.First && j > i-6; j-- {
			m := p.at(j)
			if m < 0 {
				continue
			}
			if p.mentions[m].Type == placeName {
				continue
			}
			if p.mentions[m].Type == institutionName {
				k := p.mentions[m].First - 1
				if k >= s.First && p.determiner(k) {
					k--
				}
				if k >= s.First && strings.HasPrefix(p.word(k), "join") {
					return m + 1
				}
			}
			break
		}
	}
	if m := p.appointer(one, i, s); m >= 0 {
		return m + 1
	}
	for j := i; j > s.First && j > i-3; j-- {
		if p.word(j) == "by" && (p.word(j-1) == "represented" || p.word(j-1) == "headed" || p.word(j-1) == "led") {
			near := p.before(p.filed.institutions, j)
			for k := len(near) - 1; k >= 0 && p.mentions[near[k]].First >= s.First; k-- {
				if p.mentions[near[k]].Type == institutionName {
					return near[k] + 1 // "X Institute, represented by acting Rector Jane Doe"
				}
			}
		}
	}
	if p.word(s.First) != "At" || s.First+2 >= s.Last {
		return 0
	}
	j := s.First + 1
	if p.determiner(j) {
		j++
	}
	if m := p.at(j); m >= 0 && p.mentions[m].Type == institutionName && p.mentions[m].Last < s.Last && p.word(p.mentions[m].Last) == "," {
		return m + 1
	}
	return 0
}

// appointer returns the institution that appoints in "X has named Jane Doe as president", or
// -1: the first of the sentence, before a verb of appointing and the post.
func (p *page) appointer(one post, i int, s *sentence) int {
	first := -1
	for j := max(s.First, i-widestClause); j < i; j++ {
		if m := p.at(j); m >= 0 {
			if first < 0 && p.mentions[m].Type == institutionName {
				first = m
			}
			j = p.mentions[m].Last - 1
			continue
		}
		switch strings.ToLower(p.word(j)) {
		case "appointed", "appoints", "named", "names", "elected", "elects", "appointment", "hired", "promoted", "hires", "chosen", "picked", "selected":
			if first >= 0 && j > s.First && p.passiveAuxiliary(j, s) < 0 {
				if one := p.mentions[first]; one.Parent > 0 && strings.EqualFold(p.word(one.First), "board") {
					return one.Parent - 1 // "The Board of Directors of X has appointed": to a post of X
				}
				return first
			}
			return -1
		}
	}
	return -1
}

// institutionBehindName returns 1 + the institution in "CEO Jane Doe of Nordic Rail".
func (p *page) institutionBehindName(i int, s *sentence) int {
	if i+1 >= s.Last || p.word(i) != "of" && p.word(i) != "from" && p.word(i) != "at" && p.word(i) != "(" {
		return 0
	}
	j := i + 1
	if p.determiner(j) && j+1 < s.Last {
		j++
	}
	if k := p.at(j); k >= 0 && p.mentions[k].Type == institutionName && p.mentions[k].First == j {
		return k + 1
	}
	return 0
}

// definitePost reports whether the text speaks of the post as the one of the institution it
// is about: "the acting Governor", "as Chief Financial Officer".
func (p *page) definitePost(one post, rule string, s *sentence) bool {
	i := one.first - 1
	for i >= s.First && p.owner[i] == 0 && (p.is(i, postFormer|postIncoming) || p.word(i) == "new" || p.word(i) == "and") {
		i--
	}
	if i < s.First {
		return false
	}
	switch strings.ToLower(p.word(i)) {
	case "the", "as":
		return true
	}
	return false
}

// findMainTopic returns the institution that a document is about: named at least three times
// and twice as often as any other; or -1.
func (p *page) findMainTopic() int {
	e := p.filed.topic
	if e < 0 || len(p.entities[e].mentions) < 3 {
		return -1
	}
	for k := range p.entities {
		one := &p.entities[k]
		if k != e && one.kind == institutionName && !one.unit && one.merged == 0 && 2*len(one.mentions) > len(p.entities[e].mentions) {
			return -1
		}
	}
	return e
}

// placeOfPost returns 1 + the mention of the country or city in "Minister of Energy of
// Ghana", "Ghana's Minister", "Rotterdam Mayor".
func (p *page) placeOfPost(one post) int {
	at := one.place - 1
	if at < 0 && one.first > 0 {
		at = one.first - 1
		if p.tokens[at].Kind == token.Clitic {
			at--
		}
	}
	if m := p.at(at); m >= 0 && p.mentions[m].Type == placeName {
		return m + 1
	}
	return 0
}

// antecedent resolves "the institute" at token i to the entity last named before it whose
// head or kind agrees.
func (p *page) antecedent(i int) int {
	word := strings.ToLower(p.word(i))
	if word == "its" || word == "their" || word == "our" {
		if e := p.speaker(i); e >= 0 && word == "its" {
			return e
		}
		return p.lastInstitution(i)
	}
	near := p.before(p.filed.institutions, i)
	for k := len(near) - 1; k >= 0; k-- {
		one := &p.mentions[near[k]]
		if one.Type != institutionName || one.Entity < 0 {
			continue
		}
		e := p.root(one.Entity)
		head := p.entities[e].head(p)
		agrees := head == word || word == "centre" && head == "center" || word == "company" && p.headIs(e, headCompany|legalForm) || (word == "group" || word == "firm") && p.headIs(e, headCompany|legalForm) ||
			(word == "university" || word == "institution") && (head == "institute" && word == "institution" || head == "college" && word == "institution" || head == "academy" && word == "institution" || head == "university") ||
			word == "college" && (head == "institute" || head == "polytechnic") || word == "organisation" && p.headIs(e, headStrong) || word == "organization" && p.headIs(e, headStrong)
		if agrees && !(one.Unit && !isUnitWord(word)) {
			return e
		}
	}
	return -1
}

// speaker returns the entity of the institution that a sentence with "its" at token i has say
// something, where that institution is its first name: "X Corp. said that Jane Doe, until
// now of Y, will become its chair". It returns -1 where there is none.
func (p *page) speaker(i int) int {
	n := p.sentenceAt(i)
	if n >= len(p.sentences) {
		return -1
	}
	s := &p.sentences[n]
	j := p.behindDateline(s)
	if j < i && p.determiner(j) {
		j++
	}
	m := p.at(j)
	if j >= i || m < 0 || p.mentions[m].Type != institutionName || p.mentions[m].Entity < 0 || p.mentions[m].Unit {
		return -1
	}
	for j = p.mentions[m].Last; j < min(i, p.mentions[m].Last+14); j++ {
		if p.word(j) == "(" {
			for j < i && p.word(j) != ")" {
				j++
			}
			continue
		}
		if p.is(j, speech) {
			return p.root(p.mentions[m].Entity)
		}
		if o := p.at(j); o >= 0 && p.mentions[o].Type != dateName || p.tokens[j].Kind == token.Punct {
			return -1
		}
	}
	return -1
}

// lastInstitution returns the entity of the institution last named or referred to before
// token i that is no unit, or -1.
func (p *page) lastInstitution(i int) int {
	near := p.before(p.filed.institutions, i)
	for k := len(near) - 1; k >= max(0, len(near)-24); k-- {
		switch one := &p.mentions[near[k]]; {
		case one.Unit:
		case one.Type == institutionName && one.Entity >= 0:
			return p.root(one.Entity)
		case one.Type == referenceName:
			if e := p.antecedent(one.First); e >= 0 {
				return e
			}
		}
	}
	return -1
}

func isUnitWord(w string) bool {
	switch w {
	case "department", "faculty", "office", "centre", "center", "school", "laboratory", "bureau", "board":
		return true
	}
	return false
}

// head returns the folded head noun of an institution's longest name.
func (e *entity) head(p *page) string {
	for _, m := range e.mentions[:min(8, len(e.mentions))] {
		if h := p.mentions[m].Head; h >= 0 && !p.is(h, legalForm) {
			return strings.ToLower(p.word(h))
		}
	}
	return ""
}

func (p *page) headIs(e int, c class) bool {
	for _, m := range p.entities[e].mentions[:min(8, len(p.entities[e].mentions))] {
		if h := p.mentions[m].Head; h >= 0 && p.is(h, c) {
			return true
		}
	}
	return false
}

// signedFor returns 1 + the entity of the institution in a line "For X" or "On behalf of X"
// above a signature.
func (p *page) signedFor(i int) int {
	s := &p.sentences[i]
	if w := p.word(s.First); w != "For" && w != "On" && w != "FOR" || s.Last-s.First > 14 {
		return 0
	}
	for j := s.First; j < s.Last; j++ {
		if m := p.at(j); m >= 0 && p.mentions[m].Type == institutionName && p.mentions[m].Entity >= 0 {
			return p.root(p.mentions[m].Entity) + 1
		}
	}
	return 0
}
