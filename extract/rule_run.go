package extract

import (
	"slices"
	"sort"
	"strings"

	"dateline/extract/pattern"
)

// ruled is what the rules that are data have read on a page.
type ruled struct {
	posts []*post // by the Ref of their mentions
	bound map[int]int
	deals []deal
	own   []Fact // one for each place
	found []ruleFinding
}

// ruleFinding is one fact that one rule read, before it is joined with what others read.
type ruleFinding struct {
	rule *Rule
	fact Fact
}

// filling is what a rule's match holds for a slot.
type filling struct {
	first, last int // tokens
	ref         int // mention of the page, or post of ruled.posts; -1 for plain words
	typ         pattern.Type
}

// institutionRules claims the institutions that rules find, before posts and other names look for
// theirs.
func (p *page) institutionRules() {
	p.runRules(p.ex.book.institutions, p.ex.book.institutionRules, false, p.nameByRule)
}

// personRules claims the people that rules find among the words that nobody has taken for a name: the
// finders, which see the whole document, come first.
func (p *page) personRules() {
	p.runRules(p.ex.book.people, p.ex.book.personRules, false, p.nameByRule)
}

// factRules reads what rules say of names.
func (p *page) factRules() {
	p.ruled.bound = map[int]int{}
	for _, b := range p.titles {
		p.ruled.bound[b.noun-1] = b.person
	}
	p.runRules(p.ex.book.facts, p.ex.book.factRules, true, func(r *Rule, i int, m pattern.Match, fill map[string][]filling) {
		switch r.Kind {
		case KindTitle:
			p.titleByRule(r, i, m, fill)
		case KindAgreement:
			p.dealByRule(r, i, m, fill)
		default:
			p.ownByRule(r, m, fill)
		}
	})
}

// runRules tries the rules of a set on every sentence that facts are read from.
func (p *page) runRules(set *pattern.Set, rules []*Rule, people bool, read func(r *Rule, sentence int, m pattern.Match, fill map[string][]filling)) {
	if len(rules) == 0 {
		return
	}
	text := set.Text(p.text, p.tokens, p.patternMentions(people))
	for i := range p.sentences {
		s := &p.sentences[i]
		if s.silent {
			continue
		}
		skip := func(n int) bool {
			zones := rules[n].Zones
			return len(zones) == 0 && s.titleCase || len(zones) > 0 && !slices.Contains(zones, s.zone)
		}
		text.Sentence(s.First, s.Last, skip, func(m pattern.Match) {
			r, one := rules[m.Pattern], set.Pattern(m.Pattern)
			fill := map[string][]filling{}
			for _, slot := range r.Slots {
				for _, label := range slot.Labels {
					if c := m.Captures[slices.Index(one.Labels, label)]; c.Set() {
						fill[slot.Name] = append(fill[slot.Name], filling{c.First, c.Last, c.Ref, c.Type})
					}
				}
			}
			read(r, i, m, fill)
		})
	}
}

// patternMentions lists what patterns can name: the mentions of the page, with and without what
// belongs to them (honorifics, articles, acronyms in brackets), and the posts.
func (p *page) patternMentions(people bool) []pattern.Mention {
	var out []pattern.Mention
	add := func(typ pattern.Type, ref int, firsts, lasts [2]int) {
		for i, first := range firsts {
			for k, last := range lasts {
				if (i == 0 || first != firsts[0]) && (k == 0 || last != lasts[0]) && first < last {
					out = append(out, pattern.Mention{First: first, Last: last, Type: typ, Ref: ref})
				}
			}
		}
	}
	for i := range p.sentences {
		s := &p.sentences[i]
		if s.silent {
			continue
		}
		for t := s.First; t < s.Last; t++ {
			m := p.at(t)
			if m < 0 || p.mentions[m].First != t {
				if n := int(p.placeLen[t]); !people && m < 0 && n > 0 && p.free(t, min(t+n, s.Last)) {
					add(pattern.Place, -1, [2]int{t, t}, [2]int{min(t+n, s.Last), min(t+n, s.Last)})
				}
				continue
			}
			one := &p.mentions[m]
			firsts, lasts := [2]int{one.First, one.First}, [2]int{one.Last, one.Last}
			switch one.Type {
			case personName:
				if one.Entity < 0 {
					continue
				}
				// With each of its honorifics: the last word of "Minister of Justice" is one too.
				lasts[1] = p.behindName(one.Last, s)
				for first := max(p.skipHonorifics(one.First, s), one.First-mostHonorifics); first <= one.First; first++ {
					add(pattern.Person, m, [2]int{first, first}, lasts)
				}
			case institutionName:
				if people && one.Entity < 0 {
					continue
				}
				if one.First > s.First && p.determiner(one.First-1) {
					firsts[1]--
				}
				if one.acronymAt > 0 && one.acronymAt+1 > one.Last && one.acronymAt+1 <= s.Last {
					lasts[1] = one.acronymAt + 1
				}
				add(pattern.Institution, m, firsts, lasts)
			case placeName:
				add(pattern.Place, m, firsts, lasts)
			case dateName:
				add(pattern.Date, m, firsts, lasts)
			}
		}
		for k := 0; people && k < len(p.posts[i]); k++ {
			one := &p.posts[i][k]
			if p.at(one.head) >= 0 || pluralPost(p.word(one.head)) {
				continue
			}
			ref := len(p.ruled.posts)
			p.ruled.posts = append(p.ruled.posts, one)
			add(pattern.Title, ref, [2]int{one.first, one.first}, [2]int{one.last, one.last})
			add(pattern.Post, ref, [2]int{one.first, one.first}, [2]int{one.end, one.end})
		}
	}
	return out
}

// mostHonorifics is the largest number of tokens before a name that belong to it.
const mostHonorifics = 6

// words of a filling, blanks as one.
func (p *page) wordsOf(f filling) string {
	return strings.Join(strings.Fields(p.span(f.first, f.last).Of(p.text)), " ")
}

// valueOf is what a filling says: the full name of a person or institution, the value of a date, or
// the words.
func (p *page) valueOf(f filling) string {
	if f.ref < 0 {
		return p.wordsOf(f)
	}
	switch f.typ {
	case pattern.Person, pattern.Institution:
		return p.entities[p.root(p.mentions[f.ref].Entity)].name
	case pattern.Place:
		return p.mentionText(f.ref)
	case pattern.Date:
		if value := p.dateAtMention(f.ref); value != "" {
			return value
		}
	case pattern.Title:
		one := p.ruled.posts[f.ref]
		return p.span(one.first, one.last).Of(p.text)
	}
	return p.wordsOf(f)
}

// dateAtMention is the value of a date expression, or "".
func (p *page) dateAtMention(m int) string {
	span := p.mentionSpan(m)
	i := sort.Search(len(p.dates), func(k int) bool { return p.dates[k].End > span.Start })
	if i < len(p.dates) && p.dates[i].Start < span.End {
		return p.dates[i].Value
	}
	return ""
}

// find notes what a rule read.
func (p *page) find(r *Rule, f Fact) { p.ruled.found = append(p.ruled.found, ruleFinding{r, f}) }

// nameByRule claims the words of a name for a rule of a person or institution.
func (p *page) nameByRule(r *Rule, i int, _ pattern.Match, fill map[string][]filling) {
	for _, f := range fill["name"] {
		m := mention{First: f.first, Last: f.last, Type: personName, Head: -1, Rule: r.Name, Score: r.Confidence}
		if r.Kind == KindInstitution {
			m.Type, m.Head = institutionName, f.last-1
		}
		if n := p.add(m); n < 0 {
			// Names that others have found stay as they are.
			if o := p.at(f.first); o < 0 || p.mentions[o].First != f.first || p.mentions[o].Last != f.last || p.mentions[o].Type != m.Type {
				continue
			}
		} else {
			p.endPosts(i, f.first)
		}
		fact := Fact{Kind: r.Kind, Citations: []Citation{p.cite(p.span(f.first, f.last), r.Name)}}
		if r.Kind == KindPerson {
			fact.Person = &Person{Name: p.wordsOf(f)}
		} else {
			fact.Institution = &Institution{Name: p.wordsOf(f)}
		}
		p.find(r, fact)
	}
}

// endPosts lets the posts of a sentence that ran over a name end before it and its honorifics.
func (p *page) endPosts(sentence, at int) {
	if p.posts == nil {
		return // they are looked for later
	}
	for k := range p.posts[sentence] {
		one := &p.posts[sentence][k]
		if at <= one.head || at >= max(one.last, one.end) {
			continue
		}
		last := at
		// The last word of "Minister of Justice" is an honorific too.
		for last-1 > one.head+2 && p.is(last-1, honorific) {
			last--
		}
		one.last, one.end = min(one.last, last), last
	}
}

// titleByRule binds a post to a person for a rule. A post that the finders have given to somebody
// stays with them.
func (p *page) titleByRule(r *Rule, i int, _ pattern.Match, fill map[string][]filling) {
	if len(fill["person"]) == 0 || len(fill["title"]) == 0 {
		return
	}
	m, t := fill["person"][0].ref, fill["title"][0]
	one := post{first: t.first, last: t.last, head: t.last - 1, end: t.last, when: "current"}
	if t.ref >= 0 {
		one = *p.ruled.posts[t.ref]
		if person, ok := p.ruled.bound[one.head]; ok && person != p.mentions[m].Entity {
			return
		}
	}
	known := false // the finders tell of this very post, and of its extent they know more
	for i := t.first; i < t.last && t.ref < 0; i++ {
		if person, ok := p.ruled.bound[i]; ok && person != p.mentions[m].Entity {
			return
		} else if ok {
			known = true
		}
	}
	if in := fill["institution"]; len(in) > 0 {
		one.institution, one.reference = in[0].ref+1, 0
	}
	b := p.makeBinding(i, &p.sentences[i], one, m, r.Name)
	b.score = r.Confidence
	if slices.ContainsFunc(r.Set, func(s Slot) bool { return s.Name == "when" }) {
		b.when = r.setTo("when")
	}
	if !known {
		p.titles = append(p.titles, b)
	}
	title := &Title{Person: p.entities[b.person].name, Title: b.title, When: b.when}
	if b.institution > 0 {
		title.Institution = p.entities[p.root(b.institution-1)].name
	}
	p.find(r, Fact{Kind: KindTitle, Title: title, Citations: []Citation{p.cite(b.span, r.Name)}})
}

// dealByRule hands an agreement to those that the finders have read; places that tell of the same
// one are joined later.
func (p *page) dealByRule(r *Rule, i int, m pattern.Match, fill map[string][]filling) {
	reader := &dealReader{page: p}
	d := deal{kind: r.setTo("type"), status: r.setTo("status"), rule: r.Name, score: r.Confidence, sentence: i, at: m.First}
	for _, f := range fill["parties"] {
		e := -1
		if f.typ == pattern.Place {
			e = reader.placeEntity(f.ref)
		} else {
			e = p.root(p.mentions[f.ref].Entity)
		}
		d.parties = appendNew(d.parties, e)
	}
	for _, f := range fill["signatories"] {
		d.signatories = appendNew(d.signatories, p.mentions[f.ref].Entity)
	}
	if len(d.parties) == 0 {
		return
	}
	first := func(slot string) string {
		if len(fill[slot]) == 0 {
			return ""
		}
		return p.valueOf(fill[slot][0])
	}
	d.date, d.place, d.subject = first("date"), first("place"), first("subject")
	d.cites = []Citation{p.cite(p.span(m.First, m.Last), r.Name)}
	p.ruled.deals = append(p.ruled.deals, d)
	p.find(r, reader.fact(d))
}

// ownByRule reads a fact of a kind that a user's rules have made up.
func (p *page) ownByRule(r *Rule, m pattern.Match, fill map[string][]filling) {
	values := map[string]string{}
	for _, s := range r.Set {
		values[s.Name] = s.Value
	}
	for slot, f := range fill {
		values[slot] = p.valueOf(f[0])
	}
	f := Fact{Kind: r.Kind, Rule: r.Name, Confidence: r.Confidence, Own: NewOwn(values), Citations: []Citation{p.cite(p.span(m.First, m.Last), r.Name)}}
	if len(f.Own.Slots) == 0 {
		return
	}
	p.ruled.own = append(p.ruled.own, f)
	p.find(r, f)
}

// ownFacts makes one fact of the places that say the same.
func (p *page) ownFacts() {
	at := map[string]int{}
	first := len(p.facts)
	for _, f := range p.ruled.own {
		key := strings.Join(idForm(f), "\x00")
		i, ok := at[key]
		if !ok {
			at[key] = len(p.facts)
			p.facts = append(p.facts, f)
			continue
		}
		p.facts[i].Citations = append(p.facts[i].Citations, f.Citations...)
		p.facts[i].Confidence = max(p.facts[i].Confidence, f.Confidence)
	}
	for i := first; i < len(p.facts); i++ {
		p.facts[i].Citations = uniqueCitations(p.facts[i].Citations)
	}
}
