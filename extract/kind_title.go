package extract

import (
	"slices"
	"sort"
	"strings"

	"dateline/extract/token"
)

// binding ties a post to the person who holds it. Entities are indexes into page.entities.
type binding struct {
	person      int
	post        int // 1 + first token of the post
	title       string
	institution int // 1 + entity
	when        string
	rule        string
	span        token.Span
	elsewhere   token.Span // the person's name where it stands in another sentence; empty otherwise
	sentence    int
	mention     int // the person's mention
	place       int // 1 + mention of the country or city that the post is for
	score       float64
	noun        int // 1 + token of the noun of the post
}

// bindTitles binds the posts of every sentence to people.
func (p *page) bindTitles() {
	posts := p.posts
	for i := range p.sentences {
		s := &p.sentences[i]
		if s.silent {
			continue
		}
		// The end of the document's posts list for this sentence changes when people have
		// claimed tokens, so posts that a person's name swallowed are dropped.
		list := posts[i][:0:0]
		for _, one := range posts[i] {
			if p.at(one.head) < 0 {
				list = append(list, one)
			}
		}
		p.titles = append(p.titles, p.bindSentence(i, s, list)...)
		if len(list) == 0 && i+1 < len(p.sentences) {
			p.titles = append(p.titles, p.bindSignature(i, posts[i+1])...)
		}
	}
}

// people returns the mentions of people of a sentence, in order.
func (p *page) people(s *sentence) []int {
	var out []int
	for i := s.First; i < s.Last; i++ {
		if m := p.at(i); m >= 0 && p.mentions[m].First == i && p.mentions[m].Type == personName && p.mentions[m].Entity >= 0 {
			out = append(out, m)
		}
	}
	return out
}

func (p *page) bindSentence(index int, s *sentence, posts []post) []binding {
	if len(posts) == 0 {
		return nil
	}
	people := p.people(s)
	bound := make([]bool, len(posts))
	var out []binding
	bind := func(n, person int, rule string) {
		if bound[n] {
			return
		}
		bound[n] = true
		out = append(out, p.makeBinding(index, s, posts[n], person, rule))
	}
	for n := range posts {
		// "A and B, presidents of X and Y": the text has no post of one person to cite.
		bound[n] = pluralPost(p.word(posts[n].head))
	}
	for _, m := range people {
		one := p.mentions[m]
		// Before the name: "Vice President Wu", "X's rector Y", "President and CEO Z",
		// "the President of X, Z,".
		before := p.skipHonorifics(one.First, s)
		p.bindBefore(before, m, posts, bound, people, s, bind)
		// Behind the name: ", rector of X", "(director)", "– head of Z".
		if n := p.apposition(p.behindName(one.Last, s), s, posts); n >= 0 && !bound[n] && !p.introducesNext(posts[n], s, posts) && !p.beforeOther(posts[n], m, s) {
			p.bindForwards(n, m, posts, bind, s, "title.apposition")
		}
	}
	for n := range posts {
		if bound[n] {
			continue
		}
		if m := p.inverted(posts[n], s); m >= 0 {
			bind(n, m, "title.inverted-copula")
			continue
		}
		if m, when := p.byPronoun(posts[n], s); m >= 0 {
			if when != "" && posts[n].when == "current" {
				posts[n].when = when
			}
			p.bindForwards(n, m, posts, bind, s, "title.by-pronoun")
			continue
		}
		if m, rule, when := p.byVerb(posts[n], people, s); m >= 0 {
			if when != "" && posts[n].when == "current" {
				posts[n].when = when
			}
			p.bindForwards(n, m, posts, bind, s, rule)
		}
	}
	p.shareEmployer(out)
	return out
}

// shareEmployer gives a post without an institution that of the post coordinated before it:
// "Harbour Corp CEO Jane Doe and Vice President of Sales John Roe".
func (p *page) shareEmployer(out []binding) {
	order := make([]int, len(out))
	for i := range out {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return out[i].span.Start - out[j].span.Start })
	for k := range order {
		b := &out[order[k]]
		if b.institution > 0 || b.place > 0 || b.rule != "title.before-name" {
			continue
		}
		// The post before it in the text is one of the few bindings that begin before it.
		for back := 1; back <= 4 && back <= k; back++ {
			a := &out[order[k-back]]
			if a.institution == 0 || a.rule != "title.before-name" || a.span.End >= b.span.Start || b.span.Start-a.span.End > 8 {
				continue
			}
			between := strings.Trim(p.text[a.span.End:b.span.Start], " ,")
			if words := strings.Fields(b.title); between == "and" && len(words) > 0 && !placeTitle(words) {
				b.institution, b.score = a.institution, 0.6
				break
			}
		}
	}
}

// placeTitle reports whether a title is one that countries and cities give.
func placeTitle(words []string) bool {
	for _, w := range words {
		switch strings.ToLower(w) {
		case "minister", "ambassador", "governor", "mayor", "premier", "akim", "senator", "king", "queen", "prince", "prefect", "consul", "professor":
			return true
		}
	}
	return false
}

// makeBinding fixes title words, institution and citation of a bound post.
func (p *page) makeBinding(index int, s *sentence, one post, m int, rule string) binding {
	b := binding{person: p.mentions[m].Entity, title: p.span(one.first, one.last).Of(p.text), when: one.when, rule: rule, sentence: index, mention: m, score: 0.85, post: one.first + 1, noun: one.head + 1}
	first, last := min(one.first, p.mentions[m].First), max(one.last, p.mentions[m].Last)
	if p.mentions[m].First < s.First {
		// The person is named in an earlier sentence: that place is a citation of its own.
		first, last = one.first, one.last
		b.elsewhere = p.mentionSpan(m)
	}
	institution := one.institution
	if institution == 0 && one.reference == 0 && one.last <= p.mentions[m].First {
		institution = p.institutionBehindName(p.mentions[m].Last, s)
	}
	if k := p.skipHonorifics(p.mentions[m].First, s) - 1; institution == 0 && one.reference == 0 && k > s.First && p.tokens[k].Kind == token.Clitic {
		if o := p.at(k - 1); o >= 0 && p.mentions[o].Type == institutionName {
			institution = o + 1 // "Acme's Jane Doe, chair and CEO"
		}
	}
	if institution == 0 && one.reference == 0 {
		institution = p.actingFor(one, s)
	}
	if institution == 0 && one.reference == 0 {
		institution = p.settingOf(one, s)
	}
	if institution == 0 && one.acronym > 0 {
		if k := p.at(one.acronym - 1); k >= 0 && p.mentions[k].Type == institutionName {
			institution = k + 1
		}
	}
	if institution == 0 && one.reference == 0 {
		institution = p.institutionBefore(one)
	}
	if institution > 0 {
		if e := p.mentions[institution-1].Entity; e >= 0 {
			b.institution = p.root(e) + 1
			first, last = min(first, p.mentions[institution-1].First), max(last, p.mentions[institution-1].Last)
			b.score = 0.92
		}
	} else {
		ref := one.reference
		if ref == 0 {
			ref = p.referenceBefore(one)
		}
		if ref > 0 {
			if e := p.antecedent(ref - 1); e >= 0 {
				b.institution = e + 1
				b.score = 0.8
			}
		}
	}
	b.place = p.placeOfPost(one)
	if b.when == "current" && p.mentions[m].Last < one.first && p.over(p.behindApposition(p.mentions[m].Last, one.first), one.first) {
		b.when = "former"
	}
	if b.when == "current" && p.beginsLater(one.end, s) {
		b.when = "incoming"
	}
	if b.institution == 0 && b.place == 0 && one.reference == 0 && !p.placePost(one.head) && p.definitePost(one, rule, s) {
		if e := p.filed.main; e >= 0 {
			b.institution, b.score = e+1, 0.6
		} else if near := p.before(p.filed.institutions, one.first); p.wholePost(one.head) && len(near) > 0 && p.mentions[near[len(near)-1]].First >= s.First {
			if e := p.lastInstitution(one.first); e >= 0 {
				b.institution, b.score = e+1, 0.55 // "A, chairman of X, along with the Vice Chancellor, B"
			}
		}
	}
	if first < s.First {
		first = s.First
	}
	if last > s.Last && p.mentions[m].First >= s.First {
		last = s.Last
	}
	b.span = p.span(first, last)
	return b
}

// bindSignature binds a line that is only a name to the post that begins the next line.
func (p *page) bindSignature(i int, next []post) []binding {
	s, n := &p.sentences[i], &p.sentences[i+1]
	people := p.people(s)
	if len(people) != 1 || len(next) == 0 || n.silent || !p.tokens[n.First].Is(token.LineStart) || n.Last-n.First > 16 {
		return nil
	}
	m := people[0]
	if p.skipHonorifics(p.mentions[m].First, s) != s.First || s.Last-p.mentions[m].Last > 1 || !p.tokens[s.First].Is(token.LineStart) {
		return nil
	}
	one := next[0]
	if one.first != n.First && p.institutionBefore(one) == 0 || p.at(one.head) >= 0 {
		return nil
	}
	b := p.makeBinding(i+1, n, one, m, "title.signature")
	if b.institution == 0 && i > 0 {
		b.institution = p.signedFor(i - 1)
	}
	b.span = token.Span{Start: p.mentionSpan(m).Start, End: max(b.span.End, p.tokens[one.last-1].End())}
	return []binding{b}
}

// titleFacts makes one fact of each person, title and institution. A post told without its
// institution, or with fewer words, is the one told in full.
func (p *page) titleFacts() {
	type group struct {
		binding
		spans []binding
	}
	var groups []*group
	held := map[int][]*group{} // by person
	for _, b := range p.titles {
		var into *group
		own := held[b.person]
		for _, g := range own[max(0, len(own)-16):] {
			if sameTitle(g.title, b.title) && (g.institution == b.institution || g.institution == 0 || b.institution == 0) {
				into = g
				break
			}
		}
		if into == nil {
			into = &group{binding: b}
			groups = append(groups, into)
			held[b.person] = append(own, into)
		} else {
			if len(foldWords(b.title)) > len(foldWords(into.title)) {
				into.title = b.title
			}
			if into.institution == 0 {
				into.institution = b.institution
			}
			into.score = max(into.score, b.score)
		}
		into.spans = append(into.spans, b)
	}
	var facts []Fact
	for _, g := range groups {
		f := Fact{Kind: KindTitle, Rule: g.rule, Confidence: g.score, Title: &Title{Person: p.entities[g.person].name, Title: g.title, When: g.when}}
		if g.institution > 0 {
			f.Title.Institution = p.entities[p.root(g.institution-1)].name
		}
		for _, b := range g.spans {
			f.Citations = append(f.Citations, p.cite(b.span, b.rule))
			if b.elsewhere.End > 0 {
				f.Citations = append(f.Citations, p.cite(b.elsewhere, b.rule))
			}
		}
		f.Citations = uniqueCitations(f.Citations)
		facts = append(facts, f)
	}
	sort.SliceStable(facts, func(a, b int) bool { return facts[a].Citations[0].Start < facts[b].Citations[0].Start })
	p.facts = append(p.facts, facts...)
}

// sameTitle reports whether two titles of one person are the same post: equal, or one is
// the other cut short ("Vice-Rector" of "Vice-Rector for Academic Affairs").
func sameTitle(a, b string) bool {
	x, y := foldWords(a), foldWords(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) == 0 {
		return false
	}
	if len(x) == len(y) {
		return prefixWords(x, y)
	}
	return prefixWords(x, y) && len(y) > len(x) && (y[len(x)] == "for" || y[len(x)] == "of" || y[len(x)] == "to") || len(x) > 0 && suffixWords(x, y) && !differentRank(y[:len(y)-len(x)])
}

// differentRank reports whether the extra words make another post ("deputy", "vice").
func differentRank(extra []string) bool {
	for _, w := range extra {
		switch w {
		case "vice", "deputy", "assistant", "associate", "first", "second", "acting", "former", "prime", "co", "under":
			return true
		}
	}
	return false
}
