package extract

import (
	"fmt"
	"sort"
	"strings"

	"dateline/extract/token"
)

// explain makes the trace of a page that was read. It is linear in the page.
func (p *page) explain() *Trace {
	t := &Trace{Sentences: make([]SentenceTrace, len(p.sentences))}
	for i, s := range p.sentences {
		one := &t.Sentences[i]
		one.Number, one.Span, one.Zone, one.Silent, one.TitleCase = i+1, s.Span, s.zone, s.silent, s.titleCase
		one.Tokens = make([]TokenTrace, 0, s.Last-s.First)
		for k := s.First; k < s.Last; k++ {
			one.Tokens = append(one.Tokens, TokenTrace{p.tokens[k].Span(), p.class[k]})
		}
	}
	at := p.explainEntities(t)
	p.explainMentions(t, at)
	p.explainNames(t)
	p.explainPosts(t)
	p.explainAgreements(t)
	for _, m := range p.dates {
		s := t.sentence(m.Span)
		s.Dates = append(s.Dates, m)
	}
	for i, f := range p.facts {
		for _, c := range f.Citations {
			t.cited(i, c.Span)
		}
	}
	for _, r := range p.refused {
		s := &t.Sentences[r.Sentence-1]
		s.Refusals = append(s.Refusals, r)
	}
	return t
}

// sentence returns the sentence that a span begins in, or the one before where it begins between two.
func (t *Trace) sentence(span token.Span) *SentenceTrace {
	return &t.Sentences[t.number(span.Start)-1]
}

// number is the number of the sentence that a byte lies in, or of the last one before it.
func (t *Trace) number(at int) int {
	return max(1, sort.Search(len(t.Sentences), func(k int) bool { return t.Sentences[k].Start > at }))
}

// Sentence returns the number of the sentence that byte at of the text stands in, or of the last one
// before it; 0 for a text without sentences.
func (t *Trace) Sentence(at int) int {
	if len(t.Sentences) == 0 {
		return 0
	}
	return t.number(at)
}

// mostSentences bounds over how many sentences a citation is noted: a line that runs on, a signature.
const mostSentences = 6

// cited notes a fact with the sentences of a citation.
func (t *Trace) cited(fact int, span token.Span) {
	first := t.number(span.Start)
	for n := first; n <= len(t.Sentences) && n < first+mostSentences && t.Sentences[n-1].Start < span.End; n++ {
		s := &t.Sentences[n-1]
		if k := len(s.Facts); k == 0 || s.Facts[k-1] != fact {
			s.Facts = append(s.Facts, fact)
		}
	}
}

// explainEntities lists the entities that have mentions, and returns their indexes by their number
// on the page.
func (p *page) explainEntities(t *Trace) []int {
	at := make([]int, len(p.entities))
	var order []int
	for e := range p.entities {
		at[e] = -1
		if len(p.entities[e].mentions) > 0 {
			order = append(order, e)
		}
	}
	first := func(e int) int { return p.mentions[p.entities[e].mentions[0]].First } // entityFacts sorts them
	sort.SliceStable(order, func(a, b int) bool { return first(order[a]) < first(order[b]) })
	for _, e := range order {
		one := &p.entities[e]
		at[e] = len(t.Entities)
		x := EntityTrace{Kind: KindPerson, Name: one.name, Rule: one.rule, Score: one.score}
		if one.kind == institutionName {
			x.Kind = KindInstitution
		}
		if one.parent > 0 {
			x.Parent = p.entities[p.root(one.parent-1)].name
		}
		forms := map[string]int{}
		for _, m := range one.mentions {
			text := p.mentionText(m)
			k, ok := forms[text]
			if !ok {
				k = len(x.Forms)
				forms[text] = k
				x.Forms = append(x.Forms, FormTrace{Text: text, Rule: p.mentions[m].Rule, First: p.sentenceAt(p.mentions[m].First) + 1})
			}
			x.Forms[k].Places++
		}
		t.Entities = append(t.Entities, x)
	}
	for e := range p.entities {
		if p.entities[e].merged > 0 {
			if into := at[p.root(e)]; into >= 0 {
				t.Entities[into].Merged = append(t.Entities[into].Merged, p.entities[e].name)
			}
		}
	}
	return at
}

// explainMentions files the mentions by sentence.
func (p *page) explainMentions(t *Trace, at []int) {
	for _, m := range p.inTextOrder() {
		one := &p.mentions[m]
		x := MentionTrace{Span: p.mentionSpan(m), Type: mentionNames[one.Type], Rule: one.Rule, Score: one.Score, Entity: -1}
		if p.trace != nil && m < len(p.trace.found) {
			x.Step = p.trace.found[m]
		}
		if one.Entity >= 0 {
			x.Entity = at[p.root(one.Entity)]
		}
		s := t.sentence(x.Span)
		s.Mentions = append(s.Mentions, x)
	}
}

// explainNames files the candidates by sentence, with their evidence.
func (p *page) explainNames(t *Trace) {
	if p.trace == nil {
		return
	}
	for i := range p.trace.weighed {
		c := &p.trace.weighed[i]
		x := WeighedTrace{Span: p.span(c.first, c.last), Score: c.score, Needed: needSeveral}
		if c.last == c.first+1 {
			x.Needed = needSingle
		}
		for _, e := range *c.why {
			switch e.What {
			case evidenceNames:
				if e.Weight == 0 {
					continue
				}
				e.Detail = p.nameWords(c)
			case evidenceTagger:
				e.Detail = mentionNames[c.tagged]
				if c.margin > 0 {
					e.Detail += fmt.Sprintf(", sure by %.2f", c.margin)
				}
			}
			x.Evidence = append(x.Evidence, e)
		}
		if v := p.trace.votes[p.nameKey(c.first, c.last)]; v != nil {
			x.Votes = Votes{Places: v.places, Best: v.best, Person: v.per, Organisation: v.org, Location: v.loc, Located: v.located, Why: v.why}
			if v.decided {
				x.Votes.Type = mentionNames[v.accepted]
			}
		}
		if m := p.at(c.first); m >= 0 && p.mentions[m].First == c.first && p.mentions[m].Last == c.last {
			x.Outcome, x.Rule = mentionNames[p.mentions[m].Type], p.mentions[m].Rule
		}
		s := &t.Sentences[c.sentence]
		s.Weighed = append(s.Weighed, x)
	}
}

// nameWords says which words of a candidate the lists of names have.
func (p *page) nameWords(c *candidate) string {
	var out []string
	for i := c.first; i < c.last; i++ {
		kind := ""
		switch {
		case p.tokens[i].Is(token.Initial):
			kind = "initial"
		case patronymic(p.word(i)) && c.last-c.first > 1:
			kind = "patronymic"
		case p.is(i, forenameAmbiguous):
			kind = "forename, also a word"
		case p.is(i, forename):
			kind = "forename"
		case p.is(i, surnameAmbiguous):
			kind = "surname, also a word"
		case p.is(i, surname):
			kind = "surname"
		default:
			continue
		}
		out = append(out, p.word(i)+": "+kind)
	}
	return strings.Join(out, "; ")
}

// explainPosts files the posts by sentence, with their holders.
func (p *page) explainPosts(t *Trace) {
	held := map[int]*binding{}
	for i := range p.titles {
		if b := &p.titles[i]; b.post > 0 && held[b.post-1] == nil {
			held[b.post-1] = b
		}
	}
	for i := range p.posts {
		for n := range p.posts[i] {
			one := &p.posts[i][n]
			if p.at(one.head) >= 0 {
				continue // a name has these words
			}
			x := PostTrace{Span: p.span(one.first, one.last), When: one.when}
			if one.institution > 0 {
				if e := p.mentions[one.institution-1].Entity; e >= 0 {
					x.Where = p.entities[p.root(e)].name
				}
			}
			if b := held[one.first]; b != nil {
				x.Holder, x.When, x.Rule, x.Score = p.entities[b.person].name, b.when, b.rule, b.score
				if b.institution > 0 {
					x.Where = p.entities[p.root(b.institution-1)].name
				}
			}
			t.Sentences[i].Posts = append(t.Sentences[i].Posts, x)
		}
	}
}

// explainAgreements files the places that tell of agreements by sentence.
func (p *page) explainAgreements(t *Trace) {
	r := &dealReader{page: p}
	alone := p.aloneAt()
	for _, d := range p.deals {
		x := AgreementTrace{Span: p.triggerSpan(&d), Rule: d.rule, Type: d.kind, Status: d.status, Date: d.date, Place: d.place, Subject: d.subject, Alone: alone[dealKey(&d)]}
		for _, e := range d.parties {
			x.Parties = append(x.Parties, r.partyName(e))
		}
		for _, e := range d.signatories {
			x.Signatories = append(x.Signatories, p.entities[e].name)
		}
		s := t.sentence(x.Span)
		s.Agreements = append(s.Agreements, x)
	}
}

// triggerSpan is the verb of a deal, or where its citation begins.
func (p *page) triggerSpan(d *deal) token.Span {
	if d.at > 0 {
		return p.tokens[d.at].Span()
	}
	return token.Span{Start: d.cites[0].Start, End: d.cites[0].Start}
}

// dealKey tells deals apart by the token of their verb; a list of signatories has none.
func dealKey(d *deal) int {
	if d.at == 0 && d.rule == "agreement.signatories" {
		return -1
	}
	return d.at
}

// aloneAt tells by their keys which deals are no fact and completed none.
func (p *page) aloneAt() map[int]bool {
	out := map[int]bool{}
	for i := range p.alone {
		out[dealKey(&p.alone[i])] = true
	}
	for i := range p.whole {
		delete(out, dealKey(&p.whole[i])) // the scene has named its sides
	}
	return out
}
