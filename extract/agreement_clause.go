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
		case ")":
			i = max(p.bracketAt(i, s.First), s.First+1) // "X Inc. (NYSE: X) signed": no clause ends in it
		case ";", ":":
			return i + 1
		case "“":
			if p.quotedName(i, s) == 0 {
				return i + 1 // speech; a quoted name does not end a clause
			}
		case "said", "says", "stated", "announced", "confirmed", "reported", "revealed", "disclosed", "added", "noted":
			// "Jane Doe said X signed": who says it signs nothing. "X announced a deal" and "the said
			// memorandum" have no clause behind.
			if r := p.behindSaying(i, v, s); r > 0 {
				return r
			}
		case "that", "where", "when", "while", "whereas", "because", "after", "before", "during", "which", "following", "but":
			return i + 1
		}
	}
	return p.behindDateline(s)
}

// bracketAt returns the opening bracket of the closing one at token i, at most 16 tokens before
// it and not before low; or i where there is none.
func (p *page) bracketAt(i, low int) int {
	for j := i - 1; j >= low && j > i-16; j-- {
		if p.word(j) == "(" {
			return j
		}
		if p.word(j) == ")" {
			break
		}
	}
	return i
}

// behindDateline returns the first token behind "CITY, May 3 (AGENCY) –" at the start of a
// sentence, or the first token where there is none.
func (p *page) behindDateline(s *sentence) int {
	bracket := false
	for i := s.First + 1; i < s.Last && i < s.First+18; i++ {
		w := p.word(i)
		if bracket = w == "(" || bracket && w != ")"; bracket {
			continue // "IBM (NYSE: IBM) signed"
		}
		if w == "—" || w == "–" || w == "--" || w == "-" && p.tokens[i].Is(token.SpaceBefore) || w == ":" {
			if t, ok := p.typeAt(s.First); ok && t == placeName || p.tokens[s.First].Is(token.AllUpper) || p.is(s.First, placeToken) {
				for i+2 < s.Last && p.word(i+1) == "-" {
					i++ // "--"
				}
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

// underDeal reads the parties and the subject of "Under the deal signed today, A will supply
// B with wood" from the main clause.
func (r *dealReader) underDeal(v int, s *sentence) (parties []int, subject string) {
	switch r.word(s.First) {
	case "Under", "Through", "By":
	default:
		return nil, ""
	}
	comma := v
	for comma < s.Last && r.word(comma) != "," {
		comma++
	}
	for i := comma + 1; i < s.Last && len(parties) < 2; i++ {
		m := r.at(i)
		if m < 0 || r.mentions[m].First != i {
			if strings.EqualFold(r.word(i), "will") && i+1 < s.Last && subject == "" {
				subject = r.span(i+1, max(i+2, r.subjectEnd(i+1, s.Last, s))).Of(r.text)
			}
			continue
		}
		if r.mentions[m].Type == institutionName && r.mentions[m].Entity >= 0 && !r.excluded(i, comma+1, s) {
			parties = appendNew(parties, r.root(r.mentions[m].Entity))
		}
		i = r.mentions[m].Last - 1
	}
	return parties, subject
}

// sidesOfClause gives a deal told aside, "under an agreement signed on Monday", what the main clause
// says: its sides where fewer than two are told, and what "will" be done.
func (r *dealReader) sidesOfClause(d *deal, v, noun int, s *sentence) {
	if r.word(s.First) == "Under" || r.word(s.First) == "Through" || r.word(s.First) == "By" {
		parties, subject := r.underDeal(v, s)
		if len(d.parties) == 0 {
			d.parties = parties
		} else if len(d.parties) == 1 && len(parties) > 0 {
			d.parties = appendNew(d.parties, parties...)
		}
		if d.subject == "" {
			d.subject = subject
		}
		return
	}
	if len(d.parties) > 1 {
		return
	}
	for i := noun - 1; i > s.First && i > noun-6; i-- {
		if r.at(i) >= 0 {
			return
		}
		switch r.word(i) {
		case "under", "through", "via":
			first := r.clauseStart(i, s)
			all, _ := r.collect(first, i, s, false)
			more, _ := r.partiesBehind(first, i, i, s)
			all = appendNew(all, more...)
			for k := first + 1; k < i; k++ { // "will deliver trucks to B"
				m := r.at(k)
				if m < 0 || r.mentions[m].First != k || r.mentions[m].Type != institutionName || r.mentions[m].Entity < 0 {
					continue
				}
				if b := r.beforeMention(k, s); b > first && r.at(b) < 0 && (r.word(b) == "to" || r.word(b) == "for") {
					all = appendNew(all, r.root(r.mentions[m].Entity))
				}
			}
			if len(all) > 1 && subset(d.parties, all) {
				d.parties = all
			}
			return
		}
	}
}

// pastPerfect reports whether "had been" stands before the participle at v: what happened before
// the matter of the text.
func (p *page) pastPerfect(v int, s *sentence) bool {
	for i := v - 1; i > s.First && i > v-4; i-- {
		if p.word(i) == "been" && p.word(i-1) == "had" {
			return true
		}
	}
	return false
}

// finiteVerb returns the first token from i on that is the verb of "The signing of X will …", or
// the end of the sentence.
func (p *page) finiteVerb(i int, s *sentence) int {
	for ; i < s.Last; i++ {
		if p.at(i) >= 0 {
			continue
		}
		switch p.word(i) {
		case "will", "would", "marks", "marked", "took", "takes", "is", "was", "has", "opens", "opened":
			return i
		}
	}
	return s.Last
}

// behindSaying returns the token behind a verb of saying at i when a clause of its own with a
// subject follows it, before the verb at v; or 0.
func (p *page) behindSaying(i, v int, s *sentence) int {
	if i == s.First || p.word(i-1) == "the" {
		return 0
	}
	for j := i + 1; j < v; j++ {
		if m := p.at(j); m >= 0 {
			if t := p.mentions[m].Type; t == institutionName || t == personName || t == placeName || t == referenceName {
				return i + 1
			}
			continue
		}
		if _, ok := agreementVerbs[strings.ToLower(p.word(j))]; ok || p.tokens[j].Kind == token.Punct {
			return 0
		}
		if w := p.word(j); w == "it" || w == "they" {
			return 0 // "X said it has signed": X is the subject
		}
	}
	return 0
}
