package extract

import (
	"sort"
	"strings"

	"dateline/extract/token"
)

// entity is one person or institution of a document with all its mentions.
type entity struct {
	kind     mentionType
	name     string
	words    []string // folded words of the name
	mentions []int
	aliases  map[string]bool
	parent   int // 1 + index of the parent entity
	unit     bool
	score    float64
	rule     string
	merged   int // 1 + index of the entity that this one was merged into
}

// resolve groups the mentions of people and institutions into entities.
func (p *page) resolve() {
	p.resolveInstitutions()
	p.resolvePeople()
}

// writtenName is the name of an institution mention as the guidelines write it.
func (p *page) writtenName(m int) string {
	one := p.mentions[m]
	name := one.Name
	if name == "" {
		name = p.mentionText(m)
	}
	for _, the := range []string{"The ", "the ", "THE "} {
		name = strings.TrimPrefix(name, the)
	}
	return name
}

func foldWords(name string) []string {
	var out []string
	for _, f := range strings.Fields(name) {
		if w := foldName(f); w != "" {
			out = append(out, w)
		}
	}
	return out
}

func (p *page) resolveInstitutions() {
	byKey := map[string]int{}
	acronyms := map[string]int{}
	defined := map[string]bool{}
	for _, one := range p.mentions {
		if one.Type == institutionName && one.acronymAt > 0 {
			defined[one.Acronym] = true
		}
	}
	for _, m := range p.headlinesLast() {
		one := &p.mentions[m]
		if one.Type != institutionName || one.Rule == "institution.acronym" {
			continue
		}
		if p.sentences[p.sentenceAt(one.First)].titleCase && len(byKey) > 0 {
			// In a headline nobody can tell where a name ends ("University of X Renews Pact"): it
			// counts where the text below uses the very name.
			if _, ok := byKey[strings.Join(foldWords(p.writtenName(m)), " ")]; !ok {
				one.Type = otherName
				continue
			}
		}
		if one.Last == one.First+1 && defined[p.word(one.First)] {
			one.Acronym = p.word(one.First) // "About XYZ", "the Board of XYZ": found by another rule
			continue
		}
		if one.shortOf > 0 {
			if e := p.mentions[one.shortOf-1].Entity; e >= 0 {
				p.entities[e].aliases[p.mentionText(m)] = true
				byKey[foldKey(p.mentionText(m))] = e
				p.link(m, e)
				continue
			}
		}
		name := p.writtenName(m)
		words := foldWords(name)
		key := strings.Join(words, " ")
		e, ok := byKey[key]
		if !ok {
			e = len(p.entities)
			p.entities = append(p.entities, entity{kind: institutionName, name: name, words: words, aliases: map[string]bool{}, unit: one.Unit, rule: one.Rule})
			byKey[key] = e
		}
		p.link(m, e)
		if one.Acronym != "" {
			p.entities[e].aliases[one.Acronym] = true
			if _, ok := acronyms[one.Acronym]; !ok {
				acronyms[one.Acronym] = e
			}
			if one.acronymAt > 0 && p.owner[one.acronymAt-1] != 0 {
				p.link(p.at(one.acronymAt-1), e)
			}
		}
	}
	p.mergeShortForms()
	for _, m := range p.inTextOrder() {
		one := &p.mentions[m]
		if one.Type != institutionName || one.Entity >= 0 {
			continue
		}
		if e, ok := acronyms[one.Acronym]; ok {
			p.link(m, p.root(e))
			continue
		}
		name := p.mentionText(m)
		key := strings.Join(foldWords(name), " ")
		e, ok := byKey[key]
		if !ok {
			e = len(p.entities)
			p.entities = append(p.entities, entity{kind: institutionName, name: name, words: foldWords(name), aliases: map[string]bool{}, rule: one.Rule})
			byKey[key] = e
		}
		p.link(m, p.root(e))
	}
	for e := range p.entities {
		// "the BFB Executive Board": the acronym in front is the parent.
		if one := &p.entities[e]; len(one.words) > 1 && one.parent == 0 && len(one.mentions) > 0 {
			if owner, ok := acronyms[p.word(p.mentions[one.mentions[0]].First)]; ok && p.root(owner) != p.root(e) {
				one.parent = p.root(owner) + 1
			}
		}
	}
	for m := range p.mentions {
		one := &p.mentions[m]
		if one.Type == institutionName && one.Parent == 0 && one.First >= 2 && p.tokens[one.First-1].Kind == token.Clitic {
			if owner := p.at(one.First - 2); owner >= 0 && p.mentions[owner].Type == institutionName {
				one.Parent = owner + 1 // "UXY's Law College": the acronym was found after the names
			}
		}
		if one.Type == institutionName && one.Parent > 0 && one.Entity >= 0 {
			child, parent := p.root(one.Entity), p.mentions[one.Parent-1].Entity
			if parent >= 0 && p.root(parent) != child && p.entities[child].parent == 0 {
				p.entities[child].parent = p.root(parent) + 1
			}
		}
	}
}

// headlinesLast returns the mentions in text order, those of title-case lines at the end.
func (p *page) headlinesLast() []int {
	var body, headlines []int
	for _, m := range p.inTextOrder() {
		if p.sentences[p.sentenceAt(p.mentions[m].First)].titleCase {
			headlines = append(headlines, m)
		} else {
			body = append(body, m)
		}
	}
	return append(body, headlines...)
}

// link makes mention m one of entity e.
func (p *page) link(m, e int) {
	p.mentions[m].Entity = e
	one := &p.entities[e]
	one.mentions = append(one.mentions, m)
	if p.mentions[m].Score > one.score {
		one.score, one.rule = p.mentions[m].Score, p.mentions[m].Rule
	}
}

// root follows merges.
func (p *page) root(e int) int {
	for p.entities[e].merged > 0 {
		e = p.entities[e].merged - 1
	}
	return e
}

// mergeShortForms makes a shorter name an alias of the one longer name that has all its
// words in order and the same head: "Temirov University" in a document that has
// "D. Temirov North Steppe Technical University". Two candidates: none.
func (p *page) mergeShortForms() {
	index := wordIndex{}
	for e := range p.entities {
		index.add(e, p.entities[e].words)
	}
	for a := range p.entities {
		short := &p.entities[a]
		if short.kind != institutionName || len(short.words) == 0 {
			continue
		}
		target := -1
		for _, b := range index.rarest(short.words) {
			long := &p.entities[b]
			if a == b || long.kind != institutionName || long.merged > 0 || len(long.words) <= len(short.words) || !p.shortForm(short, long) {
				continue
			}
			if target >= 0 && len(p.entities[target].words) == len(long.words) {
				target = -2
				break
			}
			if target < 0 || len(long.words) < len(p.entities[target].words) {
				target = b
			}
		}
		if target >= 0 {
			p.merge(a, target)
		}
	}
}

// shortForm reports whether the short name can stand for the long one.
func (p *page) shortForm(short, long *entity) bool {
	if !subsequence(short.words, long.words) || len(short.mentions) == 0 || len(long.mentions) == 0 {
		return false
	}
	s, l := &p.mentions[short.mentions[0]], &p.mentions[long.mentions[0]]
	if s.Head < 0 || l.Head < 0 {
		// "Acme" for "Acme Holdings Ltd."
		return short.words[0] == long.words[0] && l.Head >= 0 && p.is(l.Head, headCompany|legalForm)
	}
	if p.is(l.Head, legalForm|headCompany) && short.words[0] == long.words[0] {
		return true
	}
	if s.Unit != l.Unit || foldName(p.word(s.Head)) != foldName(p.word(l.Head)) {
		return false
	}
	// The kept words must hold more than the head and its link words.
	return len(short.words) >= 2 && (prefixWords(short.words, long.words) || suffixWords(short.words, long.words) || short.words[len(short.words)-1] == long.words[len(long.words)-1])
}

func subsequence(short, long []string) bool {
	i := 0
	for _, w := range long {
		if i < len(short) && short[i] == w {
			i++
		}
	}
	return i == len(short)
}

func prefixWords(short, long []string) bool {
	for i := range short {
		if short[i] != long[i] {
			return false
		}
	}
	return true
}

func suffixWords(short, long []string) bool {
	return prefixWords(short, long[len(long)-len(short):])
}

// merge makes entity a a part of entity b; a's name becomes an alias.
func (p *page) merge(a, b int) {
	from, to := &p.entities[a], &p.entities[b]
	from.merged = b + 1
	to.aliases[from.name] = true
	for alias := range from.aliases {
		to.aliases[alias] = true
	}
	for _, m := range from.mentions {
		p.mentions[m].Entity = b
	}
	to.mentions = append(to.mentions, from.mentions...)
	from.mentions = nil
	if to.parent == 0 {
		to.parent = from.parent
	}
	to.score = max(to.score, from.score)
}

// resolvePeople groups the mentions of people: same words in any order, then single words
// that are part of one full name, then misspellings.
func (p *page) resolvePeople() {
	byKey := map[string]int{}
	index := wordIndex{}
	order := p.inTextOrder()
	for _, m := range order {
		one := &p.mentions[m]
		if one.Type != personName || one.Last-one.First == 1 {
			continue
		}
		words := foldWords(p.mentionText(m))
		sorted := append([]string(nil), words...)
		sort.Strings(sorted)
		key := strings.Join(sorted, " ")
		e, ok := byKey[key]
		if !ok {
			e = p.byPatronymic(words, index)
		}
		if !ok && e < 0 {
			e = p.compatiblePerson(words, index)
			if e < 0 {
				e = len(p.entities)
				p.entities = append(p.entities, entity{kind: personName, name: p.mentionText(m), words: words, aliases: map[string]bool{}, rule: one.Rule})
			}
			byKey[key] = e
		}
		if patronymic(words[len(words)-1]) && len(words) == 2 && foldKey(p.entities[e].name) != key {
			p.entities[e].aliases[p.mentionText(m)] = true // a form of address, never the fuller name
		} else if len(words) > len(p.entities[e].words) || len(words) == len(p.entities[e].words) && len(p.mentionText(m)) > len(p.entities[e].name)+2 && hasInitial(p.entities[e].name) {
			p.entities[e].aliases[p.entities[e].name] = true
			p.entities[e].name, p.entities[e].words = p.mentionText(m), words
		}
		if t := p.mentionText(m); foldKey(t) != foldKey(p.entities[e].name) {
			p.entities[e].aliases[t] = true
		}
		index.add(e, words)
		p.link(m, e)
	}
	stems := map[string][]string{}
	for w := range index {
		if len(w) >= 6 {
			stems[stem3(w)] = append(stems[stem3(w)], w)
		}
	}
	for stem, words := range stems {
		sort.Strings(words)
		stems[stem] = words[:min(len(words), sameWordNames)]
	}
	singles := map[string]int{}
	for _, m := range order {
		one := &p.mentions[m]
		if one.Type != personName || one.Entity >= 0 {
			continue
		}
		word := foldName(p.word(one.First))
		e := p.personWith(word, m, index)
		if e < 0 && len(word) >= 6 {
			// A misspelling of a long surname counts when nothing else does.
			for _, w := range stems[stem3(word)] {
				if editDistance(w, word) <= 2 {
					if e = p.personWith(w, m, index); e >= 0 {
						break
					}
				}
			}
		}
		if e < 0 {
			var ok bool
			if e, ok = singles[word]; !ok {
				e = len(p.entities)
				p.entities = append(p.entities, entity{kind: personName, name: p.mentionText(m), words: []string{word}, aliases: map[string]bool{}, rule: one.Rule})
				singles[word] = e
			}
		} else if t := p.mentionText(m); t != p.entities[e].name {
			p.entities[e].aliases[t] = true
		}
		p.link(m, e)
	}
}

// hasInitial reports whether a name has an initial.
func hasInitial(name string) bool {
	for _, f := range strings.Fields(name) {
		if len(f) <= 3 && strings.HasSuffix(f, ".") {
			return true
		}
	}
	return false
}

func foldKey(name string) string { return strings.Join(foldWords(name), " ") }

// compatiblePerson returns the one person of the document whose name agrees with the words:
// one name is the other with words left out or with initials, and the surname is the same.
func (p *page) compatiblePerson(words []string, index wordIndex) int {
	found := -1
	for _, e := range index.sharing(words) {
		one := &p.entities[e]
		if one.kind != personName || len(one.words) < 2 {
			continue
		}
		if compatibleNames(words, one.words) {
			if found >= 0 {
				return -1
			}
			found = e
		}
	}
	return found
}

// byPatronymic returns the one person of the document who has the forename of "Anna Petrovna",
// -1 when the words are no forename with a patronymic: that is how people are addressed who
// have been named with their surname before.
func (p *page) byPatronymic(words []string, index wordIndex) int {
	if len(words) != 2 || !patronymic(words[1]) {
		return -1
	}
	found := -1
	for _, e := range index.sharing(words[:1]) {
		if one := &p.entities[e]; one.kind == personName && len(one.words) >= 2 && (one.words[0] == words[0] || one.words[len(one.words)-1] == words[0]) {
			if found >= 0 {
				return -1
			}
			found = e
		}
	}
	return found
}

// compatibleNames compares two names of two or more words: the same last (or first) word,
// the others equal, initials of each other, or left out.
func compatibleNames(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if a[len(a)-1] == b[len(b)-1] {
		return namesAgree(a[:len(a)-1], b[:len(b)-1])
	}
	if a[0] == b[0] && len(a[0]) > 1 {
		return namesAgree(a[1:], b[1:])
	}
	// One letter or two apart in one long word, all else equal: a misspelling.
	if len(a) == len(b) {
		apart := 0
		for i := range a {
			if a[i] != b[i] {
				if len(a[i]) < 5 || a[i][0] != b[i][0] || editDistance(a[i], b[i]) > 2 {
					return false
				}
				apart++
			}
		}
		return apart == 1
	}
	return false
}

// namesAgree reports whether every word of a occurs in b in order, as itself or its initial.
func namesAgree(a, b []string) bool {
	i := 0
	for _, w := range b {
		if i < len(a) && (a[i] == w || len(a[i]) == 1 && strings.HasPrefix(w, a[i]) || len(w) == 1 && strings.HasPrefix(a[i], w)) {
			i++
		}
	}
	return i == len(a)
}

// personWith returns the person whose name has the word; of several the one named last
// before the mention.
func (p *page) personWith(word string, m int, index wordIndex) int {
	best, bestAt := -1, -1
	for _, e := range index[word] {
		one := &p.entities[e]
		at := -1
		n := sort.Search(len(one.mentions), func(k int) bool { return p.mentions[one.mentions[k]].First >= p.mentions[m].First })
		if n > 0 {
			at = p.mentions[one.mentions[n-1]].First
		}
		if at > bestAt || best < 0 {
			best, bestAt = e, at
		}
	}
	return best
}

// entityFacts turns the entities into facts.
func (p *page) entityFacts() {
	for e := range p.entities {
		one := &p.entities[e]
		if len(one.mentions) == 0 {
			continue
		}
		fact := Fact{Rule: one.rule, Confidence: one.score}
		sort.Slice(one.mentions, func(a, b int) bool { return p.mentions[one.mentions[a]].First < p.mentions[one.mentions[b]].First })
		for _, m := range one.mentions {
			span := p.mentionSpan(m)
			if at := p.mentions[m].citeFirst; at > 0 {
				span.Start = p.tokens[at-1].Start()
			}
			fact.Citations = append(fact.Citations, p.cite(span, p.mentions[m].Rule))
		}
		fact.Citations = uniqueCitations(fact.Citations)
		aliases := sortedAliases(one)
		switch one.kind {
		case personName:
			fact.Kind, fact.Person = KindPerson, &Person{Name: one.name, Aliases: aliases}
		case institutionName:
			parent := ""
			if one.parent > 0 {
				parent = p.entities[p.root(one.parent-1)].name
			}
			fact.Kind, fact.Institution = KindInstitution, &Institution{Name: one.name, Aliases: aliases, Parent: parent}
		}
		p.facts = append(p.facts, fact)
	}
}

func sortedAliases(one *entity) []string {
	aliases := make([]string, 0, len(one.aliases))
	seen := map[string]bool{foldKey(one.name): true}
	all := make([]string, 0, len(one.aliases))
	for a := range one.aliases {
		all = append(all, a)
	}
	sort.Strings(all)
	for _, a := range all {
		if k := foldKey(a); !seen[k] {
			seen[k] = true
			aliases = append(aliases, a)
		}
	}
	return aliases
}

func (p *page) cite(span token.Span, rule string) Citation {
	return Citation{Span: span, Quote: span.Of(p.text), Rule: rule}
}

func uniqueCitations(in []Citation) []Citation {
	sort.SliceStable(in, func(a, b int) bool {
		if in[a].Start != in[b].Start {
			return in[a].Start < in[b].Start
		}
		return in[a].End < in[b].End
	})
	out := in[:0]
	for _, c := range in {
		if len(out) == 0 || out[len(out)-1].Span != c.Span {
			out = append(out, c)
		}
	}
	return out
}
