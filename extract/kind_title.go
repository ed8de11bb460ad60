package extract

import (
	"sort"
	"strings"

	"dateline/extract/token"
)

// binding ties a post to the person who holds it. Entities are indexes into page.entities.
type binding struct {
	person      int
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

// pluralPost reports whether the noun is a plural of a post.
func pluralPost(w string) bool {
	switch strings.ToLower(w) {
	case "presidents", "rectors", "directors", "ministers", "deans", "chairmen", "chairs", "heads", "secretaries", "governors", "mayors", "managers":
		return true
	}
	return false
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
		if n := p.apposition(p.behindName(one.Last, s), s, posts); n >= 0 && !bound[n] && !p.introducesNext(posts[n], s, posts) && !p.beforeOther(posts[n], m, people, s) {
			p.bindForwards(n, m, posts, bind, s, people, "title.apposition")
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
			p.bindForwards(n, m, posts, bind, s, people, "title.by-pronoun")
			continue
		}
		if m, rule, when := p.byVerb(posts[n], people, s); m >= 0 {
			if when != "" && posts[n].when == "current" {
				posts[n].when = when
			}
			p.bindForwards(n, m, posts, bind, s, people, rule)
		}
	}
	return out
}

// bindBefore binds the post that stands before the name whose honorifics begin at token
// before: directly, or with a comma between.
func (p *page) bindBefore(before, m int, posts []post, bound []bool, people []int, s *sentence, bind func(int, int, string)) {
	comma := before
	if n := postWithLast(posts, before); n >= 0 {
		if !bound[n] {
			p.inheritBefore(n, posts)
			bind(n, m, "title.before-name")
			p.bindBackwards(n, m, posts, bind)
		}
		if posts[n].institution > 0 {
			return
		}
		comma = posts[n].first // "the Chair of the Board, Judge Jane Doe"
	} else if n := postWithEnd(posts, before); n >= 0 && !bound[n] {
		// "the President of X Jane Doe"
		bind(n, m, "title.before-name")
		p.bindBackwards(n, m, posts, bind)
		return
	}
	if n := postWithEnd(posts, comma-1); comma-1 > s.First && n >= 0 && !bound[n] && (p.word(comma-1) == ":" || p.word(comma-1) == "|") && p.tokens[posts[n].first].Is(token.LineStart) {
		bind(n, m, "title.label") // "Rector: Jane Doe"
		return
	}
	if comma-1 < s.First || p.word(comma-1) != "," {
		return
	}
	n := postWithEnd(posts, comma-1)
	if n < 0 || bound[n] || !p.introduces(posts[n], s) || p.ownedByEarlier(posts[n], people, s) {
		return
	}
	if comma == before && !p.closesApposition(p.mentions[m].Last, s) {
		return
	}
	bind(n, m, "title.post-comma-name")
	p.bindBackwards(n, m, posts, bind)
}

// behindName skips what may stand between a name and its apposition: a bracket with an
// acronym or age, a degree.
func (p *page) behindName(i int, s *sentence) int {
	if i+2 < s.Last && p.word(i) == "(" {
		// "Jane Doe (left), rector of X": where somebody stands in a picture.
		for j := i + 1; j < s.Last && j < i+5; j++ {
			if p.word(j) == ")" && j > i+1 {
				return j + 1
			}
			if p.tokens[j].Kind != token.Word || p.capital(j) || p.is(j, anyPost) {
				break
			}
		}
	}
	if i+1 < s.Last && p.word(i) == "," {
		j := i + 1
		if w := strings.TrimSuffix(p.word(j), "."); (w == "PhD" || w == "Ph.D" || w == "MD" || w == "M.D" || w == "Jr" || w == "Sr" || w == "MBA" || w == "CBE" || w == "OBE" || w == "MBE" || w == "FRS" || w == "QC" || w == "KC") && j+1 < s.Last {
			return j + 1
		}
		if p.tokens[j].Kind == token.Number && len(p.word(j)) == 2 && j+1 < s.Last && p.word(j+1) == "," {
			return j + 1
		}
	}
	return i
}

// skipHonorifics returns the first token of the honorifics in front of a name.
func (p *page) skipHonorifics(i int, s *sentence) int {
	for i > s.First && p.owner[i-1] == 0 {
		switch {
		case p.is(i-1, honorific|rank) && p.capital(i-1) && (!p.is(i-1, postNoun) || p.is(i-1, honorific)):
			i--
			continue
		case p.word(i-1) == ")" && i-3 >= s.First && p.is(i-2, honorific) && p.word(i-3) == "(":
			i -= 3 // "Engr. (Mrs.) Jane Doe"
			continue
		}
		break
	}
	if i-2 > s.First && p.word(i-1) == "the" && p.word(i-2) == "," && p.is(i, honorific) {
		i-- // ", the Hon. Jane Doe"
	}
	return i
}

// introduces reports whether a post can introduce the name behind the comma that follows
// it: "The President of X,", "X's former director,", "the Australian Consul-General in Y,".
func (p *page) introduces(one post, s *sentence) bool {
	i := one.first - 1
	for i >= s.First && p.owner[i] == 0 && (p.is(i, demonym|postFormer|postIncoming) || p.word(i) == "new" || p.word(i) == "outgoing" || p.word(i) == "then" || p.word(i) == "current") {
		i--
	}
	return i < s.First || p.determiner(i) || p.word(i) == "his" || p.word(i) == "her" || p.tokens[i].Kind == token.Clitic || p.institutionBefore(one) > 0 || p.word(i) == "by" || p.word(i) == "to" || p.word(i) == "with" || p.word(i) == "and"
}

// closesApposition reports whether a comma, verb or the sentence's end follows the name, as
// it must in "The President of X, Name, said".
func (p *page) closesApposition(i int, s *sentence) bool {
	if i >= s.Last {
		return true
	}
	w := p.word(i)
	return w == "," || w == "." || p.tokens[i].Kind == token.Word && !p.capital(i) && w != "of"
}

// ownedByEarlier reports whether the post stands in apposition to a person before it.
func (p *page) ownedByEarlier(one post, people []int, s *sentence) bool {
	near := p.before(people, one.first)
	if len(near) == 0 {
		return false
	}
	for i := p.mentions[near[len(near)-1]].Last; i < one.first; i++ {
		if w := p.word(i); w != "," && w != "(" && !p.determiner(i) && w != "a" && w != "an" && w != "–" && !p.is(i, postFormer|postIncoming|demonym) {
			return false
		}
	}
	return true
}

// beforeOther reports whether the post directly precedes another person's name, whose it
// then is: "A, B's rector C".
func (p *page) beforeOther(one post, m int, people []int, s *sentence) bool {
	i := one.last
	for i < s.Last && p.owner[i] == 0 && (p.is(i, honorific|rank) && p.capital(i) || p.word(i) == "(" || p.word(i) == ")") {
		i++
	}
	if i >= s.Last {
		return false
	}
	other := p.at(i)
	return other >= 0 && other != m && p.mentions[other].Type == personName && p.mentions[other].First == i && p.skipHonorifics(i, s) == one.last
}

// inheritBefore gives post n the institution that stands before the first of the posts
// coordinated with it: "X Chairman and CEO Jane Doe".
func (p *page) inheritBefore(n int, posts []post) {
	k := n
	for k > 0 && posts[k].first == posts[k-1].end+1 && p.word(posts[k-1].end) == "and" {
		k--
	}
	if k < n && posts[n].institution == 0 && posts[n].reference == 0 {
		posts[n].institution = p.institutionBefore(posts[k])
	}
}

// bindBackwards binds posts coordinated before post n: "President and CEO".
func (p *page) bindBackwards(n, m int, posts []post, bind func(int, int, string)) {
	for k := n - 1; k >= 0; k-- {
		gap := posts[k].end
		if gap >= posts[k+1].first {
			return
		}
		for gap < posts[k+1].first && (p.word(gap) == "and" || p.word(gap) == "," || p.word(gap) == "&") {
			gap++
		}
		if gap != posts[k+1].first || p.word(posts[k].end) == "," && k+1 == n && posts[k].end+1 == posts[n].first {
			return
		}
		if posts[k].institution == 0 {
			posts[k].institution, posts[k].reference = posts[k+1].institution, posts[k+1].reference
			if posts[k].institution == 0 {
				posts[k+1].institution = p.institutionBefore(posts[k])
			}
		}
		bind(k, m, "title.before-name")
	}
}

// bindForwards binds post n and those coordinated behind it: "president, chairman and CEO
// of X". The institution that closes the list is that of all that have none.
func (p *page) bindForwards(n, m int, posts []post, bind func(int, int, string), s *sentence, people []int, rule string) {
	chain := []int{n}
	for k := n + 1; k < len(posts); k++ {
		gap := posts[k-1].end
		start := gap
		for gap < posts[k].first && (p.word(gap) == "and" || p.word(gap) == "," || p.word(gap) == "&" || p.determiner(gap) || p.word(gap) == "as" || p.word(gap) == "also" || p.is(gap, postFormer|postIncoming)) {
			gap++
		}
		if p.word(start) == "," && start+1 < s.Last && p.determiner(start+1) {
			break // ", the Dean of Y, the Director of Z": a list of other people
		}
		if gap != posts[k].first || gap == start || p.beforeOther(posts[k], m, people, s) {
			break
		}
		if p.nameFollows(posts[k].end, s) || p.determiner(posts[k].first-1) && p.nameBehindComma(posts[k].end, s) {
			break
		}
		chain = append(chain, k)
	}
	for i := len(chain) - 2; i >= 0; i-- {
		one, next := &posts[chain[i]], posts[chain[i+1]]
		if one.institution == 0 && one.reference == 0 && one.acronym == 0 && p.institutionBefore(*one) == 0 {
			one.institution, one.reference, one.acronym = next.institution, next.reference, next.acronym
		}
	}
	for _, k := range chain {
		bind(k, m, rule)
	}
}

// nameFollows reports whether ", Name" follows, so that the post belongs to the next person.
func (p *page) nameFollows(i int, s *sentence) bool {
	if i+1 >= s.Last || p.word(i) != "," {
		return false
	}
	m := p.at(i + 1)
	return m >= 0 && p.mentions[m].Type == personName && p.mentions[m].First == i+1 && p.closesApposition(p.mentions[m].Last, s) && p.mentions[m].Last < s.Last && p.word(p.mentions[m].Last) == ","
}

// introducesNext reports whether the post stands before the name of another person rather
// than behind this one: "…, the institute's director, V. N. Petrov, reported".
func (p *page) introducesNext(one post, s *sentence, posts []post) bool {
	if !p.nameFollows(one.end, s) || !p.introduces(one, s) {
		return false
	}
	return p.apposition(p.mentions[p.at(one.end+1)].Last, s, posts) < 0
}

// nameBehindComma reports whether a person's name stands behind the comma at token i.
func (p *page) nameBehindComma(i int, s *sentence) bool {
	if i+1 >= s.Last || p.word(i) != "," {
		return false
	}
	m := p.at(i + 1)
	return m >= 0 && p.mentions[m].Type == personName && p.mentions[m].First == i+1
}

// institutionBefore returns 1 + the mention of the institution right before the post:
// "XYPI Vice President", "ERG's project head".
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
	if i >= 2 && p.word(i) == ")" {
		if m := p.at(i - 1); m >= 0 && p.mentions[m].Type == institutionName {
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

// makeBinding fixes title words, institution and citation of a bound post.
func (p *page) makeBinding(index int, s *sentence, one post, m int, rule string) binding {
	b := binding{person: p.mentions[m].Entity, title: p.span(one.first, one.last).Of(p.text), when: one.when, rule: rule, sentence: index, mention: m, score: 0.85}
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
	if b.institution == 0 && b.place == 0 && one.reference == 0 && !p.placePost(one.head) && p.definitePost(one, rule, s) {
		if e := p.filed.main; e >= 0 {
			b.institution, b.score = e+1, 0.6
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
	for j := s.First; j < i; j++ {
		if m := p.at(j); m >= 0 {
			if first < 0 && p.mentions[m].Type == institutionName {
				first = m
			}
			j = p.mentions[m].Last - 1
			continue
		}
		switch strings.ToLower(p.word(j)) {
		case "appointed", "appoints", "named", "names", "elected", "elects", "appointment", "hired", "promoted", "hires", "chosen", "picked", "selected":
			if first >= 0 && j > s.First && !p.passive(j, s) {
				return first
			}
			return -1
		}
	}
	return -1
}

// passive reports whether the participle at i has "was", "been" or "is" before it.
func (p *page) passive(i int, s *sentence) bool {
	return p.passiveAuxiliary(i, s) >= 0
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

// inverted returns the person in "The hospital's new Director of Nursing is Jane Doe", or -1.
func (p *page) inverted(one post, s *sentence) int {
	i := one.end
	for i < s.Last && i < one.end+3 && (p.word(i) == "will" || p.word(i) == "be" || p.word(i) == "now" || p.word(i) == "is" || p.word(i) == "was" || p.word(i) == "remains") {
		i++
	}
	if i == one.end || i >= s.Last || !p.introduces(one, s) {
		return -1
	}
	for i < s.Last && p.is(i, honorific) && p.owner[i] == 0 {
		i++
	}
	if m := p.at(i); m >= 0 && p.mentions[m].Type == personName && p.mentions[m].First == i && p.mentions[m].Entity >= 0 {
		return m
	}
	return -1
}

// byPronoun returns the person that "he" or "she" stands for in "where she was Deputy
// Director": the one named last before it, or -1.
func (p *page) byPronoun(one post, s *sentence) (m int, when string) {
	at := -1
	for i := one.first - 1; i >= s.First && i >= one.first-9; i-- {
		if o := p.at(i); o >= 0 && p.mentions[o].Type != dateName && p.mentions[o].Type != referenceName {
			return -1, ""
		}
		w := strings.ToLower(p.word(i))
		if w == "he" || w == "she" {
			at = i
			break
		}
	}
	if at < 0 || at+1 >= one.first {
		return -1, ""
	}
	switch strings.ToLower(p.word(at + 1)) {
	case "is", "serves", "has", "remains":
	case "was", "served", "became", "had", "previously":
		when = "former"
	case "will", "becomes":
		when = "incoming"
	default:
		return -1, ""
	}
	for i := at + 2; i < one.first; i++ {
		switch w := strings.ToLower(p.word(i)); w {
		case "the", "a", "an", "as", "been", "also", "most", "recently", "previously", "then", "its", "now", "currently", "serving", "served", "be", "become", "appointed", "named", "elected", "first", "their":
		default:
			if !p.is(i, postFormer|postIncoming|demonym) {
				return -1, ""
			}
		}
	}
	near := p.before(p.filed.people, at)
	if len(near) == 0 || at-p.mentions[near[len(near)-1]].First > 120 {
		return -1, ""
	}
	return near[len(near)-1], when
}

// byVerb binds a post to a person by a verb between them: "X was appointed rector", "X is
// the director", "X, who serves as dean", "appointed X as head", "X as rector".
func (p *page) byVerb(one post, people []int, s *sentence) (m int, rule, when string) {
	near := p.before(people, one.first)
	if len(near) == 0 {
		return -1, "", ""
	}
	best := near[len(near)-1]
	from, to := p.mentions[best].Last, one.first
	if to-from > 12 {
		return -1, "", ""
	}
	said, verb, joined := false, "", false
	for i := from; i < to; i++ {
		if o := p.at(i); o >= 0 && p.mentions[o].Type != dateName {
			if k := p.mentions[o].Last; k < to && p.tokens[k].Kind == token.Clitic && p.mentions[o].Type != personName && verb != "" {
				continue // "as the Authority's next Governor"
			}
			if p.mentions[o].Type == placeName || p.mentions[o].Type == institutionName && joined {
				continue
			}
			if p.mentions[o].Type == institutionName && verb != "" && p.mentions[o].Last >= to-1 {
				continue
			}
			return -1, "", ""
		}
		switch w := strings.ToLower(p.word(i)); w {
		case "is", "was", "as", "became", "becomes", "named", "appointed", "elected", "re-elected", "reappointed", "serves", "served", "remains", "assumed", "assumes", "takes", "took", "become", "confirmed", "promoted", "replaces", "succeeds", "chosen", "designated", "nominated", "installed", "inaugurated", "joined", "joins":
			if w == "is" || w == "was" || w == "as" || w == "became" || w == "becomes" || w == "become" || w == "named" || w == "appointed" || w == "elected" || w == "re-elected" || w == "reappointed" || w == "remains" || w == "confirmed" || w == "promoted" || w == "chosen" || w == "designated" || w == "installed" || w == "inaugurated" {
				verb = w
			}
			if w == "served" {
				when = "former"
			}
			joined = joined || w == "joined" || w == "joins"
		case "will", "would":
			when = "incoming"
		case "previously", "formerly", "once":
			when = "former"
		case "not", "never", "said", "told", "if", "that", "whether", "met", "with":
			said = true
		case ".", ";", "“", "”", "\"":
			said = true
		}
	}
	if said || verb == "" {
		return -1, "", ""
	}
	if last := strings.ToLower(p.word(to - 1)); verb == "is" || verb == "was" {
		// A copula ties only when the post follows it with at most an article.
		if last != verb && !p.determiner(to-1) && last != "a" && last != "an" && last != "also" && last != "present" && last != "recently" && last != "previously" && last != "formerly" && last != "then" && last != "still" && last != "now" && last != "currently" && last != "appointed" && last != "named" && last != "as" && !p.is(to-1, postFormer|postIncoming|demonym) && p.tokens[to-1].Kind != token.Clitic {
			return -1, "", ""
		}
	}
	return best, "title.by-verb", when
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
