package extract

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"dateline/extract/token"
)

// findAcronyms claims the places where an acronym that the document defines, or a widely
// known one, is used.
func (p *page) findAcronyms() {
	defined := map[string]mentionType{}
	for _, m := range p.mentions {
		if m.Acronym != "" {
			if _, ok := defined[m.Acronym]; !ok || m.Type == institutionName {
				defined[m.Acronym] = m.Type
			}
		}
	}
	spelled := p.spelledByInitials()
	for i := range p.sentences {
		s := &p.sentences[i]
		if s.silent {
			continue
		}
		for j := s.First; j < s.Last; j++ {
			if p.owner[j] != 0 || p.tokens[j].Kind != token.Word || !p.tokens[j].Is(token.Capital) {
				continue
			}
			word := p.word(j)
			if _, ok := defined[word]; !ok && p.tokens[j].Is(token.AllUpper) && !p.is(j, notAcronym|placeToken) {
				if full, ok := spelled[sortedLetters(word)]; ok && full >= 0 {
					p.mentions[full].Acronym = word
					defined[word] = institutionName
				}
			}
			if full := p.apposedName(j, s); full >= 0 && defined[word] == otherName {
				p.mentions[full].Acronym = word
				defined[word] = institutionName
			}
			if t, ok := defined[word]; ok {
				p.add(mention{First: j, Last: j + 1, Type: t, Head: j, Rule: "institution.acronym", Score: 0.95, Acronym: word})
				continue
			}
			if p.is(j, brandWord) && !(s.titleCase && p.tokens[j].Is(token.AllUpper) && len(word) <= 3) && !p.brandInName(j, s) {
				p.add(mention{First: j, Last: j + 1, Type: institutionName, Head: j, Rule: "institution.known", Score: 0.85})
			}
		}
	}
}

// spelledByInitials lists the institutions by the sorted initials of their words, three
// letters at least; -1 where two names have the same ones. Nobody who writes of the Tashkent
// State University of Economics explains "TSUE", and translations put the letters in another
// order ("TSEU").
func (p *page) spelledByInitials() map[string]int {
	byLetters := map[string]int{}
	names := map[string]string{}
	for m := range p.mentions {
		one := &p.mentions[m]
		if one.Type == institutionName && one.Acronym == "" && one.Rule == "institution.known" && one.Last-one.First == 2 {
			if letters := sortedLetters(initials(p.mentionText(m))); len(letters) == 2 {
				if _, ok := names[letters]; !ok {
					names[letters], byLetters[letters] = foldKey(p.mentionText(m)), m // "UN" beside "United Nations"
				}
				continue
			}
		}
		if one.Type != institutionName || one.Acronym != "" || one.Last-one.First < 3 || p.sentences[p.sentenceAt(one.First)].titleCase {
			continue
		}
		name := p.writtenName(m)
		letters := sortedLetters(initials(name))
		if len(letters) < 3 {
			continue
		}
		if before, ok := names[letters]; ok && before != foldKey(name) {
			byLetters[letters] = -1
			continue
		}
		if _, ok := names[letters]; !ok {
			names[letters], byLetters[letters] = foldKey(name), m
		}
	}
	return byLetters
}

// sortedLetters gives the letters of an acronym in alphabetical order, in lower case.
func sortedLetters(word string) string {
	letters := []rune(strings.ToLower(word))
	slices.Sort(letters)
	return string(letters)
}

// apposedName returns the institution in apposition behind an acronym whose letters fit:
// "ILDRC, the Inter-Lake Drought Research Centre", or -1.
func (p *page) apposedName(j int, s *sentence) int {
	if !acronym(p.word(j)) || j+2 >= s.Last || p.word(j+1) != "," {
		return -1
	}
	k := j + 2
	if p.determiner(k) {
		k++
	}
	m := p.at(k)
	if m < 0 || p.mentions[m].Type != institutionName || p.mentions[m].First != k || p.mentions[m].Acronym != "" || initials(p.mentionText(m)) != strings.ToLower(p.word(j)) {
		return -1
	}
	return m
}

// brandInName reports whether the known name is part of a longer run of capitals, so that
// the longer name decides ("Visa Waiver Act", "Shell Beach").
func (p *page) brandInName(j int, s *sentence) bool {
	if j+1 < s.Last && p.capital(j+1) && p.owner[j+1] == 0 && p.is(j+1, notHead) {
		return true
	}
	return !p.tokens[j].Is(token.AllUpper) && (j+1 < s.Last && p.capital(j+1) && p.owner[j+1] == 0 && !p.is(j+1, anyPost) || j > s.First && p.capital(j-1) && p.is(j-1, forename))
}

// nameVotes collects what all places of one name say.
type nameVotes struct {
	key        string
	words      int
	best       float64
	strong     bool
	places     int // places of it in the text
	org        int // places where the tagger sees an organisation
	per        int
	loc        int
	margin     float64 // how sure the tagger was of an organisation, at its surest place
	dateline   bool    // stands before the dash of a dateline
	located    int     // places behind "in", "city of"
	gazetteer  bool    // a place of the gazetteer
	acronym    bool
	postBehind bool // a post follows directly: "ERG project head"
	initials   bool // nothing but initials
	company    int  // signs of a company around its places (companyEvidence)
	accepted   mentionType
	decided    bool
	why        string // the reason of the decision, for people
}

// decideNames weighs the candidates of the whole document and turns them into people,
// institutions and places: a name has one type everywhere, and the strongest place decides.
func (p *page) decideNames() {
	posts := p.posts
	var all []candidate
	for i := range p.sentences {
		if s := &p.sentences[i]; !s.silent {
			all = append(all, p.findCandidates(i, s, posts[i])...)
		}
	}
	votes := map[string]*nameVotes{}
	var order []*nameVotes
	for n := range all {
		c := &all[n]
		key := p.nameKey(c.first, c.last)
		v := votes[key]
		if v == nil {
			v = &nameVotes{key: key, words: c.last - c.first, best: -9}
			votes[key] = v
			order = append(order, v)
		}
		v.places++
		v.best = max(v.best, c.score)
		v.strong = v.strong || c.strong
		v.gazetteer = v.gazetteer || c.place
		v.acronym = v.acronym || v.words == 1 && p.tokens[c.first].Is(token.AllUpper)
		v.initials = p.tokens[c.last-1].Is(token.Initial) && p.tokens[c.first].Is(token.Initial)
		if c.isTagged {
			switch c.tagged {
			case institutionName:
				v.org++
				v.margin = max(v.margin, c.margin)
			case personName:
				v.per++
			case placeName:
				v.loc++
			}
		}
		s := &p.sentences[c.sentence]
		v.company += p.companyEvidence(c.first, c.last, s)
		if p.behindLocation(c.first, s) {
			v.located++
		}
		if p.opensDateline(c, s) {
			v.located += 3
			v.dateline = true
		}
		if n := postBeginning(posts[c.sentence], c.last); n >= 0 {
			one := posts[c.sentence][n]
			if p.placePost(one.head) && !p.is(c.first, demonym) && c.score < needSeveral && !v.acronym {
				v.located += 2 // "Cebu Governor"
			}
			if one.last < s.Last {
				v.postBehind = true
			}
		}
	}
	for _, v := range order {
		p.decide(v)
	}
	p.trace.names(all, votes)
	p.placeNames(all, votes)
}

// decide fixes the type of one name.
func (p *page) decide(v *nameVotes) {
	need := needSeveral
	if v.words == 1 {
		need = needSingle
	}
	if v.initials {
		v.why = "nothing but initials"
		return // "M.A.": a degree, or what is left of a name
	}
	switch {
	case v.dateline && !v.strong:
		v.accepted, v.decided, v.why = placeName, true, "it opens a dateline"
	case v.acronym && (v.org > 0 || v.postBehind):
		v.accepted, v.decided, v.why = institutionName, true, "an acronym that the tagger sees as an organisation, or with a post behind it"
	case v.company >= 2 && !v.strong && !v.gazetteer && v.words <= 3 && v.per <= v.company/2 && v.located == 0:
		v.accepted, v.decided, v.why = institutionName, true, "what stands around its places is said of companies"
	case v.acronym && !v.strong:
		v.decided, v.why = false, "an acronym, and nothing says whose"
	case v.strong && v.best >= 1.5 && !v.acronym:
		v.accepted, v.decided, v.why = personName, true, "the text itself says that it is a person"
	case v.best >= need && (v.words > 1 || v.strong || v.per > 0 && v.best >= need+0.5):
		v.accepted, v.decided, v.why = personName, true, "the evidence reaches what a person needs"
	case v.gazetteer || v.located > 0 && v.words <= 2 && v.per == 0 && !v.acronym && v.org <= v.located:
		v.accepted, v.decided, v.why = placeName, true, "the gazetteer or a word of place before it"
	case v.org > 0 && v.org >= v.loc && v.org >= v.per:
		v.accepted, v.decided, v.why = institutionName, true, "the tagger sees an organisation, at least as often as anything else"
	case v.loc > 0:
		v.accepted, v.decided, v.why = placeName, true, "the tagger sees a place"
	default:
		v.why = "too little speaks for a person, a place or an organisation"
	}
}

// opensDateline reports whether an upper-case name begins a line and a comma, bracket or dash
// follows: "MAFETENG, Lesotho", "PUNE –".
func (p *page) opensDateline(c *candidate, s *sentence) bool {
	if c.first != s.First || !p.tokens[c.first].Is(token.LineStart) || c.last >= s.Last {
		return false
	}
	for i := c.first; i < c.last; i++ {
		if !p.tokens[i].Is(token.AllUpper) && !p.tokens[i].Is(token.Abbrev) {
			return false
		}
	}
	switch p.word(c.last) {
	case "–", "—", "-":
		return true
	case ",", "(":
		return p.behindDateline(s) > s.First
	}
	return false
}

// behindLocation reports whether a name stands behind "in" or "the city of".
func (p *page) behindLocation(first int, s *sentence) bool {
	if first == s.First {
		return false
	}
	switch strings.ToLower(p.word(first - 1)) {
	case "in":
		return true
	case "of":
		if first-2 >= s.First {
			switch strings.ToLower(p.word(first - 2)) {
			case "city", "cities", "town", "province", "state", "region", "district", "village", "island", "republic", "municipality", "county":
				return true
			}
		}
	}
	return false
}

// placeNames adds the mentions of the decided names: full names first, then single words
// that are part of a person's name.
func (p *page) placeNames(all []candidate, votes map[string]*nameVotes) {
	surnames := map[string]bool{}
	for _, c := range all {
		v := votes[p.nameKey(c.first, c.last)]
		if v.decided && v.accepted == personName && v.words > 1 {
			for i := c.first; i < c.last; i++ {
				if !p.tokens[i].Is(token.Initial) && p.capital(i) {
					surnames[foldName(p.word(i))] = true
				}
			}
		}
	}
	buckets := map[string][]string{}
	for name := range surnames {
		buckets[stem3(name)] = append(buckets[stem3(name)], name)
	}
	for stem, names := range buckets {
		sort.Strings(names)
		buckets[stem] = names[:min(len(names), sameWordNames)]
	}
	companies := p.companyStarts()
	for _, c := range all {
		v := votes[p.nameKey(c.first, c.last)]
		m := mention{First: c.first, Last: c.last, Head: -1, Rule: c.rule, Score: scoreOf(c.score)}
		single := v.words == 1
		key := foldName(p.word(c.first))
		switch {
		case single && surnames[key] && !(c.place && c.score < -1.5):
			m.Type, m.Rule = personName, "person.part-of-name"
			if m.Score < 0.8 {
				m.Score = 0.8
			}
		case companies[v.key] && !(v.strong && v.decided && v.accepted == personName):
			m.Type, m.Rule, m.Score = institutionName, "institution.short-form", 0.85
		case v.decided && v.accepted == personName:
			m.Type = personName
		case v.decided && v.accepted == institutionName:
			if !p.institutionCandidate(c, v) {
				continue
			}
			m.Type, m.Rule, m.Score, m.Head = institutionName, "institution.tagger", v.margin, c.last-1
			if v.company >= 2 && v.margin < 0.7 {
				m.Rule, m.Score = "institution.company-context", 0.7
			}
		case v.decided && v.accepted == placeName:
			m.Type, m.Rule = placeName, "place.name"
		case single && c.strong && misspelt(key, buckets):
			m.Type, m.Rule = personName, "person.misspelt"
		case single && !c.strong && c.score > 0 && misspelt(key, buckets):
			m.Type, m.Rule, m.Score = personName, "person.misspelt", 0.6
		default:
			continue
		}
		p.add(m)
	}
	p.markHeadlines(votes)
}

// institutionCandidate applies what rules know against a tagger's organisation.
func (p *page) institutionCandidate(c candidate, v *nameVotes) bool {
	for i := c.first; i < c.last; i++ {
		if p.is(i, notHead) && i == c.last-1 {
			return false
		}
	}
	// On the cases of testdata/releases/look most organisations that the tagger is less sure
	// of are places and people.
	if v.acronym && v.postBehind && v.org+v.per+v.loc == 0 {
		return !p.is(c.first, notAcronym) // "YÖDAK President Jane Doe"
	}
	if v.company >= 2 && (p.properRun(c.first, c.last) || v.acronym) && !p.is(c.first, demonym) && !p.is(c.last-1, demonym) {
		return !p.insideQuotes(&c, &p.sentences[c.sentence])
	}
	if v.margin < 0.6 || v.words == 1 && v.margin < 0.75 && !v.postBehind {
		return false
	}
	if !v.acronym && !p.properRun(c.first, c.last) && !p.allAre(c.first, c.last, placeToken) {
		return false // only English words: "State", "Corporate Affairs"
	}
	if p.is(c.first, demonym) && v.words == 1 || p.is(c.last-1, demonym) {
		return false
	}
	for i, s := c.last, &p.sentences[c.sentence]; i < s.Last && i < c.last+4 && p.tokens[i].Kind == token.Word && !p.capital(i) && !p.is(i, functionWord|speech); i++ {
		if p.is(i, notHead) {
			return false // "Sandbank Nord offshore wind project"
		}
	}
	return !p.insideQuotes(&c, &p.sentences[c.sentence])
}

// companyStarts lists the keys of the first one and two words of company names of the
// document, by which it may call them later ("Acme" for "Acme Holdings Ltd.").
func (p *page) companyStarts() map[string]bool {
	starts := map[string]bool{}
	for _, m := range p.mentions {
		if m.shortOf > 0 || m.Rule == "institution.about" || m.Rule == "institution.of-post" {
			starts[p.nameKey(m.First, m.Last)] = true
		}
		if m.Type != institutionName || m.Head < 0 || m.Head <= m.First || !p.is(m.Head, headCompany|legalForm) {
			continue
		}
		for n := 1; n <= 3 && m.First+n <= m.Head; n++ {
			if p.proper(m.First) && !p.is(m.First, demonym|placeToken) || n > 1 {
				starts[p.nameKey(m.First, m.First+n)] = true
			}
		}
	}
	return starts
}

// markHeadlines finds the decided full names in title-case lines, where capitals say
// nothing about where a name begins.
func (p *page) markHeadlines(votes map[string]*nameVotes) {
	for i := range p.sentences {
		s := &p.sentences[i]
		if s.silent || !s.titleCase {
			continue
		}
		for j := s.First; j < s.Last; j++ {
			for n := min(5, s.Last-j); n > 1; n-- {
				if !p.free(j, j+n) {
					continue
				}
				if v := votes[p.nameKey(j, j+n)]; v != nil && v.decided && v.accepted == personName {
					p.add(mention{First: j, Last: j + n, Type: personName, Head: -1, Rule: "person.headline", Score: 0.8})
					j += n - 1
					break
				}
			}
		}
	}
}

func (p *page) free(first, last int) bool {
	for i := first; i < last; i++ {
		if p.owner[i] != 0 {
			return false
		}
	}
	return true
}

// misspelt reports whether the word is at most two edits from a surname of at least six
// letters that the document has, with the same first letter.
func misspelt(key string, buckets map[string][]string) bool {
	return nearestSurname(key, buckets) != ""
}

// nearestSurname looks among the surnames with the same first three letters.
func nearestSurname(key string, buckets map[string][]string) string {
	if len(key) < 6 || len(key) > 24 {
		return ""
	}
	best := ""
	for _, s := range buckets[stem3(key)] {
		if len(s) >= 6 && s[0] == key[0] && editDistance(s, key) <= min(2, len(key)/5+1) && (best == "" || s < best) {
			best = s
		}
	}
	return best
}

// nameKey is the comparison form of the words of a name.
func (p *page) nameKey(first, last int) string {
	if last == first+1 {
		return foldName(p.word(first))
	}
	var b strings.Builder
	for i := first; i < last; i++ {
		if i > first {
			b.WriteByte(' ')
		}
		b.WriteString(foldName(p.word(i)))
	}
	return b.String()
}

// foldName lowers a word and drops everything that is no letter or digit.
func foldName(w string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return foldRune(r)
		}
		return -1
	}, w)
}

// foldRune lowers a letter and takes its accents off: "É" and "e" compare equal.
func foldRune(r rune) rune {
	if r < utf8.RuneSelf {
		return unicode.ToLower(r)
	}
	if d := norm.NFD.PropertiesString(string(r)).Decomposition(); len(d) > 0 {
		r, _ = utf8.DecodeRune(d)
	}
	return unicode.ToLower(r)
}

// editDistance is the optimal string alignment distance of two short words, in runes.
func editDistance(a, b string) int {
	x, y := []rune(a), []rune(b)
	if d := len(x) - len(y); d > 2 || d < -2 {
		return 3
	}
	before, prev, cur := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(x); i++ {
		cur[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				cur[j] = min(cur[j], before[j-2]+1)
			}
		}
		before, prev, cur = prev, cur, before
	}
	return prev[len(y)]
}

// scoreOf maps summed evidence to a confidence between 0.5 and 0.99.
func scoreOf(evidence float64) float64 {
	switch {
	case evidence >= 5:
		return 0.98
	case evidence <= 1:
		return 0.55
	}
	return 0.6 + (evidence-1)*0.095
}
