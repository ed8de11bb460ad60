package extract

import (
	"strings"

	"dateline/extract/token"
)

// pluralPost reports whether the noun is a plural of a post.
func pluralPost(w string) bool {
	switch strings.ToLower(w) {
	case "presidents", "rectors", "directors", "ministers", "deans", "chairmen", "chairs", "heads", "secretaries", "governors", "mayors", "managers", "speakers", "vice-chancellors", "chancellors", "provosts", "registrars", "ambassadors":
		return true
	}
	return false
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
	if k := comma - 1; k > s.First && (p.word(k) == ":" || p.dash(k)) {
		// "Lakeside School (Director – Jane Doe)"
		if n := postWithEnd(posts, k); n >= 0 && !bound[n] && posts[n].first-2 >= s.First && p.word(posts[n].first-1) == "(" {
			if o := p.at(posts[n].first - 2); o >= 0 && p.mentions[o].Type == institutionName && posts[n].institution == 0 {
				posts[n].institution = o + 1
			}
			bind(n, m, "title.bracketed")
			return
		}
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
		if p.tokens[j].Is(token.AllUpper) && len(p.word(j)) <= 5 && !p.is(j, anyPost|placeToken) && p.at(j) < 0 && j+1 < s.Last && p.word(j+1) == "," {
			return j + 1 // "Jane Doe, IAS, Secretary"
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
		case p.word(i-1) == "General" && i-2 >= s.First && p.is(i-2, postNoun) && p.capital(i-2):
			// "Secretary General Jane Doe": a word of the post, no rank.
		case i-2 >= s.First && p.word(i-2) == "of":
			// "Minister of Justice Jane Doe": a word of the post.
		case p.is(i-1, honorific|rank) && p.capital(i-1) && (!p.is(i-1, postNoun) || p.is(i-1, honorific)):
			i--
			continue
		case p.word(i-1) == ")" && i-3 >= s.First && (p.is(i-2, honorific) || retired(p.word(i-2))) && p.word(i-3) == "(":
			i -= 3 // "Engr. (Mrs.) Jane Doe", "Col (Rtd.) John Doe"
			continue
		}
		break
	}
	if i-2 >= s.First && p.is(i, honorific) && (p.word(i-1) == "Her" || p.word(i-1) == "His" || p.word(i-1) == "Their") {
		i-- // "Her Excellency Jane Doe"
	}
	if i-2 > s.First && p.word(i-1) == "the" && p.word(i-2) == "," && p.is(i, honorific) {
		i-- // ", the Hon. Jane Doe"
	}
	return i
}

// retired reports whether a word in brackets behind a rank says that its holder is retired.
func retired(w string) bool {
	switch strings.ToLower(strings.TrimSuffix(w, ".")) {
	case "rtd", "retd", "ret", "retired":
		return true
	}
	return false
}

// introduces reports whether a post can introduce the name behind the comma that follows
// it: "The President of X,", "X's former director,", "the Australian Consul-General in Y,".
func (p *page) introduces(one post, s *sentence) bool {
	i := one.first - 1
	for i >= s.First && (p.owner[i] == 0 || p.nameOfPlace(i)) && (p.is(i, demonym|postFormer|postIncoming|honorific) || p.nameOfPlace(i) || p.word(i) == "new" || p.word(i) == "outgoing" || p.word(i) == "then" || p.word(i) == "current") {
		i--
	}
	if m := p.at(i); m >= 0 && p.mentions[m].Type == referenceName && p.mentions[m].First > s.First && p.determiner(p.mentions[m].First-1) {
		return true // "the University Vice-Chancellor, Jane Doe"
	}
	if one.reference > 0 && i == one.reference-1 {
		return true // "signed by University Chancellor, Jane Doe"
	}
	if one.capital && (one.last > one.head+1 || one.first < one.head || one.place > 0) && i >= s.First && p.word(i) == "," {
		return true // "Speaking there, Minister for Lands, Jane Doe, said"
	}
	return i < s.First || p.determiner(i) || p.word(i) == "his" || p.word(i) == "her" || p.tokens[i].Kind == token.Clitic || p.institutionBefore(one) > 0 || p.word(i) == "by" || p.word(i) == "to" || p.word(i) == "with" || p.word(i) == "and" || p.word(i) == "As" && i == s.First
}

// nameOfPlace reports whether token i belongs to the name of a place.
func (p *page) nameOfPlace(i int) bool {
	m := p.at(i)
	return m >= 0 && p.mentions[m].Type == placeName || m < 0 && p.is(i, placeToken) && p.capital(i)
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
func (p *page) beforeOther(one post, m int, s *sentence) bool {
	return p.namedAt(one.last, m, s) || p.namedAt(one.end, m, s)
}

// namedAt reports whether the name of somebody else than m stands at token i, honorifics
// skipped.
func (p *page) namedAt(at, m int, s *sentence) bool {
	i := at
	for i < s.Last && p.owner[i] == 0 && (p.is(i, honorific|rank) && p.capital(i) || p.word(i) == "(" || p.word(i) == ")") {
		i++
	}
	if i >= s.Last {
		return false
	}
	other := p.at(i)
	return other >= 0 && other != m && p.mentions[other].Type == personName && p.mentions[other].First == i && p.skipHonorifics(i, s) == at
}

// mostPosts bounds how many posts one person is given by coordination.
const mostPosts = 8

// inheritBefore gives post n the institution that stands before the first of the posts
// coordinated with it: "X Chairman and CEO Jane Doe".
func (p *page) inheritBefore(n int, posts []post) {
	k := n
	for k > 0 && k > n-mostPosts && posts[k].first == posts[k-1].end+1 && p.word(posts[k-1].end) == "and" {
		k--
	}
	if k < n && posts[n].institution == 0 && posts[n].reference == 0 {
		posts[n].institution = p.institutionBefore(posts[k])
	}
}

// bindBackwards binds posts coordinated before post n: "President and CEO".
func (p *page) bindBackwards(n, m int, posts []post, bind func(int, int, string)) {
	for k := n - 1; k >= 0 && k >= n-mostPosts; k-- {
		gap := posts[k].end
		if gap >= posts[k+1].first {
			return
		}
		for gap < posts[k+1].first && (p.word(gap) == "and" || p.word(gap) == "," || p.word(gap) == "&" || p.dash(gap)) {
			gap++ // "Chairman of the Board - Rector of X"
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

// dash reports whether token i is a dash between two words.
func (p *page) dash(i int) bool {
	w := p.word(i)
	return w == "-" || w == "–" || w == "—"
}

// bindForwards binds post n and those coordinated behind it: "president, chairman and CEO
// of X". The institution that closes the list is that of all that have none.
func (p *page) bindForwards(n, m int, posts []post, bind func(int, int, string), s *sentence, rule string) {
	chain := []int{n}
	for k := n + 1; k < len(posts) && k <= n+mostPosts; k++ {
		gap := posts[k-1].end
		start := gap
		for gap < posts[k].first && (p.word(gap) == "and" || p.word(gap) == "," || p.dash(gap) || p.word(gap) == "&" || p.determiner(gap) || p.word(gap) == "as" || p.word(gap) == "also" || p.is(gap, postFormer|postIncoming)) {
			gap++
		}
		if p.word(start) == "," && start+1 < s.Last && p.determiner(start+1) {
			break // ", the Dean of Y, the Director of Z": a list of other people
		}
		if gap != posts[k].first || gap == start || p.beforeOther(posts[k], m, s) {
			break
		}
		if p.nameFollows(posts[k].end, s) || p.determiner(posts[k].first-1) && p.nameBehindComma(posts[k].end, s) {
			break
		}
		chain = append(chain, k)
	}
	for i := len(chain) - 2; i >= 0; i-- {
		one, next := &posts[chain[i]], posts[chain[i+1]]
		if one.institution == 0 && one.reference == 0 && one.acronym == 0 && one.place == 0 && !p.placePost(one.head) && p.institutionBefore(*one) == 0 {
			one.institution, one.reference, one.acronym = next.institution, next.reference, next.acronym
			if m := one.institution; m > 0 && p.wholePost(one.head) && p.mentions[m-1].Parent > 0 {
				one.institution = p.mentions[m-1].Parent // "Vice-Rector, Director of the Research Centre of X University"
			}
		}
	}
	for _, k := range chain {
		bind(k, m, rule)
	}
}

// wholePost reports whether only whole institutions have the post, not their units.
func (p *page) wholePost(h int) bool {
	switch strings.ToLower(p.word(h)) {
	case "rector", "vice-rector", "prorector", "pro-rector", "provost", "chancellor", "vice-chancellor", "president", "vice-president":
		return true
	}
	return false
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
