package extract

import (
	"math"
	"strings"
	"unicode/utf8"

	"dateline/extract/gazetteer"
	"dateline/extract/token"
)

// candidate is a run of capitalised words that may name a person, with its evidence.
type candidate struct {
	first, last int
	sentence    int
	score       float64 // sum of the evidence for a person
	strong      bool    // the text itself says that it is a person: honorific, post, apposition
	tagged      mentionType
	isTagged    bool
	margin      float64 // the tagger's, where it tags the run
	place       bool    // the whole run is a place of the gazetteer
	rule        string
	why         *[]Evidence // nil while nobody asks
}

// add puts one piece of evidence on the scale.
func (c *candidate) add(weight float64, what string) {
	c.score += weight
	if c.why != nil {
		*c.why = append(*c.why, Evidence{What: what, Weight: weight})
	}
}

// Weights of the evidence, fixed on the cases of testdata/releases/look. A run of two or
// more words is a person from 1.5 on, a single word from 2.0 on.
const (
	weighHonorific  = 3.0
	weighPostBefore = 2.5
	weighPostBehind = 2.5
	weighForename   = 1.4
	weighAmbiguous  = 0.5
	weighSurname    = 0.6
	weighPatronymic = 2.0
	weighInitial    = 1.6
	weighTagger     = 2.0
	weighSpeech     = 0.8
	needSeveral     = 1.5
	needSingle      = 2.0
)

// findCandidates finds the runs of a sentence that may be people. Institutions, dates and
// posts are known; postAt has 1 + the index of the post that covers a token.
func (p *page) findCandidates(index int, s *sentence, posts []post) []candidate {
	if s.titleCase {
		return nil
	}
	postAt := make([]int, s.Last-s.First+1)
	for n, one := range posts {
		for i := one.first; i < one.last; i++ {
			postAt[i-s.First] = n + 1
		}
	}
	var out []candidate
	for i := s.First; i < s.Last; {
		if !p.nameWord(i, s, postAt) {
			i++
			continue
		}
		end := p.nameRun(i, s, postAt)
		name := end
		for name-i > 1 && postnominal(p.word(name-1)) && !p.tokens[i].Is(token.AllUpper) {
			name--
		}
		for _, c := range p.split(i, name, s) {
			c.sentence = index
			c.why = p.trace.scale()
			p.weigh(&c, s, posts, postAt)
			out = append(out, c)
		}
		i = end
	}
	return out
}

// nameWord reports whether token i can be part of a person's name.
func (p *page) nameWord(i int, s *sentence, postAt []int) bool {
	t := p.tokens[i]
	if t.Kind != token.Word || !t.Is(token.Capital) || p.owner[i] != 0 || postAt[i-s.First] != 0 {
		return false
	}
	if p.is(i, rank) && (i == s.First || !p.capital(i-1) || p.owner[i-1] != 0 || p.is(i-1, rank|honorific|anyPost)) && i+1 < s.Last && p.capital(i+1) {
		return false // "General Jane Doe"
	}
	if p.is(i, honorific) && t.Is(token.Abbrev) && len(p.word(i)) == 2 && i > s.First && p.capital(i-1) && p.owner[i-1] == 0 && !p.is(i-1, honorific|anyPost|rank) && i+1 < s.Last && p.capital(i+1) {
		return true // "Jyoti M. Sharma": an initial, no Monsieur
	}
	if p.is(i, honorific) && (t.Is(token.Abbrev) || !p.nameInside(i, s)) || p.is(i, legalForm|headPlural) && !p.is(i, surname|forename) {
		return false
	}
	if t.Is(token.Initial) {
		return true
	}
	if t.Is(token.Abbrev) && len(p.word(i)) > 3 && p.word(i) != "Jr." && p.word(i) != "Sr." {
		return false // "Ph.D.", "Dept."
	}
	if p.is(i, monthName) && (!p.is(i, forename) || (i+1 >= s.Last || !p.capital(i+1)) && (i == s.First || !p.is(i-1, honorific))) {
		return false
	}
	if p.bareInitial(i, s) {
		return true // "A S M Karim"
	}
	if p.word(i) == "He" && i+1 < s.Last && !s.titleCase && p.capital(i+1) && p.owner[i+1] == 0 && p.proper(i+1) && !p.tokens[i+1].Is(token.AllUpper) {
		return true // "He Lifeng": no pronoun stands before a name
	}
	if p.is(i, functionWord) && (i == s.First || !p.capital(i-1) || !p.is(i, forename|surname)) {
		return false // "In Syria"; but "Nguyen Van An"
	}
	if i == s.First && p.is(i, commonWord) && !p.is(i, forename|surname) {
		return false
	}
	if t.Is(token.AllUpper) && (p.is(i, notAcronym|brandWord) || utf8.RuneCountInString(p.word(i)) < 3) {
		return p.joinedInitials(i, s)
	}
	return true
}

// postnominal reports whether a word behind a name is an honour or a degree.
func postnominal(w string) bool {
	switch strings.ReplaceAll(w, ".", "") {
	case "CBE", "OBE", "MBE", "KBE", "DBE", "GBE", "CMG", "KCMG", "GCMG", "CB", "KCB", "DL", "KC", "QC", "SC", "SAN", "MP", "MLA", "MLC", "MNA", "MPP", "PhD", "MD", "MBBS", "DPhil", "FRS", "FRSE", "AO", "AM", "OAM", "AC", "ONZM", "CNZM", "MNZM", "OON", "MON", "OFR", "CON", "GCON", "CFR", "EGH", "EBS", "MBS", "OGW", "HSC", "RN", "RNR", "PC", "JP", "TD", "CA", "CPA", "ACA", "FCA", "IAS", "IPS", "IFS", "IRS", "USN", "USMC", "USAF":
		return true
	}
	return false
}

// bareInitial reports whether token i is a capital letter without a full stop that stands
// before another one or before a surname: "A S M Karim", "G D Sharma".
func (p *page) bareInitial(i int, s *sentence) bool {
	if len(p.word(i)) != 1 || !p.capital(i) {
		return false
	}
	for j := i + 1; j < s.Last && j < i+4; j++ {
		if !p.capital(j) || p.owner[j] != 0 {
			return false
		}
		if len(p.word(j)) > 1 {
			return !p.tokens[j].Is(token.AllUpper) && p.proper(j) && (j > i+1 || p.word(i) != "A" && p.word(i) != "I")
		}
	}
	return false
}

// joinedInitials reports whether two or three capitals are the initials of a person, as
// they are written in South Asia ("RK Singh"): a surname follows, and an honorific, a post or a
// comma stands before.
func (p *page) joinedInitials(i int, s *sentence) bool {
	if n := len(p.word(i)); n > 3 || i+1 >= s.Last || !p.capital(i+1) || p.tokens[i+1].Is(token.AllUpper) || p.owner[i+1] != 0 || i == s.First {
		return false
	}
	if !p.is(i+1, surname) && !p.proper(i+1) || p.is(i+1, placeToken|anyHead|anyPost) {
		return false
	}
	return p.is(i-1, honorific) || p.is(i-1, anyPost|postModifier) && p.is(i+1, surname) && !p.is(i, notAcronym) || p.is(i-1, anyPost) && p.is(i+1, surname)
}

// nameInside reports whether an honorific that is a name too ("Haji", "Don", "Sri") stands
// inside a name, where it is one.
func (p *page) nameInside(i int, s *sentence) bool {
	return i > s.First && p.is(i, forename|surname) && p.capital(i-1) && p.tokens[i].Is(token.SpaceBefore) && p.owner[i-1] == 0 && !p.is(i-1, honorific|anyPost|functionWord)
}

// nameRun returns the token after the run that starts at i; particles stand inside it.
func (p *page) nameRun(i int, s *sentence, postAt []int) int {
	end := i + 1
	for end < s.Last && end-i < 8 {
		if romanNumeral(p.word(end)) && p.owner[end] == 0 {
			end++
			break // "Jose Villaflor III"
		}
		if opensQuote(p.word(end)) && end+3 < s.Last && p.capital(end+1) && closesQuote(p.word(end+2)) && p.nameWord(end+3, s, postAt) {
			end += 4 // Jose "Pepe" Reyes
			continue
		}
		if p.nameWord(end, s, postAt) {
			if p.tokens[end].Is(token.SpaceBefore) || p.tokens[end-1].Is(token.Abbrev) {
				end++
				continue
			}
			break
		}
		// "van der", "bin", "al": particles before a further capital; quoted nicknames are left out.
		k := end
		for k < s.Last && k < end+3 && p.is(k, particle) && p.tokens[k].Kind == token.Word && !p.capital(k) && p.owner[k] == 0 {
			k++
		}
		if k > end && p.word(end) != "e" && p.word(end) != "y" && p.word(end) != "le" && p.word(end) != "do" && k < s.Last && p.nameWord(k, s, postAt) {
			end = k + 1
			continue
		}
		break
	}
	return end
}

// romanNumeral reports whether a word is a numeral that follows a name or an office.
func romanNumeral(w string) bool {
	switch w {
	case "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII":
		return true
	}
	return false
}

// split cuts a run at the words that cannot be inside a name: demonyms and places before a
// forename, acronyms in front.
func (p *page) split(first, last int, s *sentence) []candidate {
	for first < last && last-first > 1 {
		switch {
		case p.is(first, demonym) && !p.is(first, forename):
		case last-first > 2 && p.is(first, commonWord|fieldWord|anyHead) && !p.is(first, forename|surname) && p.proper(first+1):
		case p.tokens[first].Is(token.AllUpper) && !p.tokens[first].Is(token.Initial) && acronym(p.word(first)) && !p.is(first+1, notHead) && len(p.word(first)) <= 5 && !p.tokens[first+1].Is(token.AllUpper) && !p.is(first, surname|forename) && !p.joinedInitials(first, s):
		default:
			return []candidate{{first: first, last: last}}
		}
		first++
	}
	return []candidate{{first: first, last: last}}
}

// weigh sums the evidence for a candidate.
func (p *page) weigh(c *candidate, s *sentence, posts []post, postAt []int) {
	n := c.last - c.first
	c.rule = "person.name"
	c.place = p.allAre(c.first, c.last, placeToken)
	// What stands before.
	if c.first > s.First {
		before := c.first - 1
		if p.word(before) == ")" && before-2 >= s.First && p.is(before-1, honorific) {
			before = before - 1 // "Engr. (Mrs.) Jane Doe"
		} else if p.word(before) == ")" && before-3 >= s.First && retired(p.word(before-1)) && p.is(before-3, honorific|rank) {
			before -= 3 // "Col (Rtd.) John Doe"
		}
		switch {
		case p.is(before, honorific|rank) && p.capital(before) && p.owner[before] == 0 && p.placeLen[before] < 2 && !(p.is(before, commonWord) && !p.namelike(c)):
			c.add(weighHonorific, "an honorific or rank before it")
			c.strong, c.rule = true, "person.honorific"
		case postAt[before-s.First] != 0 && p.prenominal(&posts[postAt[before-s.First]-1], c, s):
			c.add(weighPostBefore, "a post before it")
			c.strong, c.rule = true, "person.post-before"
		case p.word(before) == ",":
			if n := postWithEnd(posts, before); n >= 0 && p.introduces(posts[n], s) && p.closesApposition(c.last, s) {
				c.add(weighPostBefore, "a post of an institution before it")
				c.strong, c.rule = true, "person.post-of-institution-before"
			}
		default:
			if n := postWithEnd(posts, c.first); n >= 0 && posts[n].institution > 0 && posts[n].capital {
				c.add(weighPostBefore, "a post of an institution before it")
				c.strong, c.rule = true, "person.post-of-institution-before"
			}
		}
		if p.determiner(before) && !c.strong || before > s.First && p.determiner(before-1) && !c.strong && !p.capital(before) && p.tokens[before].Kind == token.Word && !p.is(before, anyPost|honorific) && p.word(before-1) != "that" {
			c.add(-1.8, "an article before it") // "the middle Lena": a river
		}
		switch strings.ToLower(p.word(before)) {
		case "in", "at", "from", "near", "into", "across":
			c.add(-0.6, "a preposition of place before it")
		}
	}
	// What stands behind.
	if p.postBehind(c, s, posts) {
		c.add(weighPostBehind, "its post behind it")
		c.strong, c.rule = true, "person.post-behind"
	}
	if c.last < s.Last {
		switch {
		case p.is(c.last, speech) && !p.capital(c.last):
			c.add(weighSpeech, "a verb of speech behind it")
		case p.tokens[c.last].Kind == token.Punct && p.word(c.last) == "," && c.last+2 < s.Last && p.tokens[c.last+1].Kind == token.Number && len(p.word(c.last+1)) == 2 && p.word(c.last+2) == ",":
			c.add(1.5, "an age behind it")
		case p.word(c.last) == "who":
			c.add(0.8, "“who” behind it")
		case p.word(c.last) == "," && c.last+1 < s.Last && p.word(c.last+1) == "who":
			c.add(1.2, "“who” behind it")
		}
	}
	// What it is made of.
	names := 0.0
	for i := c.first; i < c.last; i++ {
		switch {
		case p.tokens[i].Is(token.Initial):
			if n > 1 && i < c.last-1 {
				names += weighInitial
			}
		case patronymic(p.word(i)) && n > 1:
			names += weighPatronymic
		case p.is(i, forename):
			if p.is(i, forenameAmbiguous) {
				names += weighAmbiguous
			} else {
				names += weighForename
			}
		case p.is(i, surname):
			if p.is(i, surnameAmbiguous) {
				names += weighAmbiguous / 2
			} else {
				names += weighSurname
			}
		}
		switch {
		case p.is(i, notHead|anyHead) && !p.is(i, forename|surname):
			c.add(-2.5, "a noun of institutions or things in it")
		case p.is(i, commonWord) && !p.is(i, forename|surname):
			c.add(-1.2, "an English word in it")
		case p.is(i, demonym) && !p.is(i, forename):
			c.add(-1.5, "a demonym in it")
		}
	}
	c.add(math.Min(names, 3), evidenceNames)
	if c.place && n > 1 && int(p.placeLen[c.first]) == n || n == 1 && c.rule != "person.honorific" && gazetteer.Country(p.word(c.first)) {
		c.add(-4, "the name of a country, or of a city in several words")
		c.strong = false
	}
	if c.place && (!c.strong || n == 1 && !p.is(c.first, forename|surname) && c.rule != "person.honorific") {
		c.add(-2.5, "the gazetteer has it as a place")
	}
	switch {
	case n == 1 && (p.is(c.first, anyHead|notHead) || c.first == s.First && p.is(c.first, commonWord)):
		c.add(-3, "one word, and that is a common one")
	case n == 1:
		c.add(-0.3, "one word")
	case n > 4:
		c.add(-1.5, "more than four words")
	default:
		c.add(0.3, "two to four words")
	}
	if t, ok := p.taggedOver(c.first, c.last); ok {
		c.tagged, c.isTagged = t, true
		c.margin = p.taggerSpans[c.first].margin
		if t == personName {
			c.add(weighTagger, evidenceTagger)
		} else if !c.strong {
			c.add(-weighTagger, evidenceTagger)
		} else {
			c.add(-0.3, evidenceTagger)
		}
	} else if !c.strong {
		c.add(-0.4, "the tagger sees no name")
	}
	if c.last < s.Last && p.word(c.last) == "(" {
		if _, at := p.bracketed(c.last, s); at > 0 {
			c.add(-1, "an acronym in brackets behind it")
		}
	}
	if c.last < s.Last && p.capital(c.last) && p.is(c.last, postOf) && c.first > s.First && p.word(c.first-1) == "," {
		c.add(-4, "a named chair") // "Jane Doe Professor of Law": a named chair
	}
	if p.insideQuotes(c, s) {
		c.add(-2, "alone between quotation marks")
	}
}

// namelike reports whether a word of the run is in the lists of names, or the tagger sees a
// person: "Sister", "Chief" and "Captain" stand before other words too.
func (p *page) namelike(c *candidate) bool {
	for i := c.first; i < c.last; i++ {
		if p.is(i, forename|surname) || p.tokens[i].Is(token.Initial) {
			return true
		}
	}
	t, ok := p.taggedOver(c.first, c.last)
	return ok && t == personName
}

// insideQuotes reports whether the run is all that stands between quotation marks: a work.
func (p *page) insideQuotes(c *candidate, s *sentence) bool {
	return c.first > s.First && c.last < s.Last && opensQuote(p.word(c.first-1)) && closesQuote(p.word(c.last))
}

func (p *page) allAre(first, last int, c class) bool {
	for i := first; i < last; i++ {
		if !p.is(i, c) {
			return false
		}
	}
	return true
}

// prenominal reports whether the post right before the candidate is the person's own:
// "Vice President Wu", "project head Ruslan", not "the president of Kazakhstan" + name.
func (p *page) prenominal(one *post, c *candidate, s *sentence) bool {
	if one.last != c.first {
		return false
	}
	if one.last > one.head+1 && one.capital {
		// "Minister of Health Jane Doe": the run after the complement may have been read as part of it.
		return true
	}
	return p.tokens[c.first].Is(token.SpaceBefore)
}

// postBehind reports whether the candidate is followed by its post: ", rector of X", ", the
// Minister of Y", "(director)", "– head of Z".
func (p *page) postBehind(c *candidate, s *sentence, posts []post) bool {
	one := p.apposition(c.last, s, posts)
	return one >= 0
}

// apposition returns the index of the post that stands in apposition behind token i, or -1.
func (p *page) apposition(i int, s *sentence, posts []post) int {
	if i >= s.Last {
		return -1
	}
	switch p.word(i) {
	case ",", "(", "–", "—", "-", "|":
	default:
		return -1
	}
	j := i + 1
	for n := 0; j < s.Last && n < 5; n++ {
		w := strings.ToLower(p.word(j))
		if m := p.at(j); m >= 0 && p.mentions[m].First == j && p.mentions[m].Type != personName && p.mentions[m].Last < s.Last && p.tokens[p.mentions[m].Last].Kind == token.Clitic {
			j = p.mentions[m].Last + 1 // ", the Authority's Director"
			continue
		}
		if j+2 < s.Last && p.tokens[j+1].Kind == token.Clitic && p.tokens[j].Kind == token.Word {
			j += 2 // ", the state's Secretary"
			continue
		}
		if w == "at" && j+1 < s.Last && p.word(j+1) == "present" {
			j += 2
			continue
		}
		switch {
		case w == "the" || w == "a" || w == "an" || w == "our" || w == "its" || w == "their" || w == "who" || w == "is" || w == "currently" || w == "now" || w == "also" || w == "as" || w == "his" || w == "her" || w == "had" || w == "been" || w == "formerly" || w == "previously" || w == "once" || w == "was" || w == "has" || w == "served" || w == "serves" || w == "then" || w == "newly" || w == "outgoing" || w == "appointed" || w == "and" && n > 0 || p.is(j, honorific) && n > 0 && p.owner[j] == 0,
			p.is(j, postFormer|postIncoming), p.is(j, demonym) && p.owner[j] == 0, p.tokens[j].Kind == token.Clitic,
			p.tokens[j].Is(token.AllUpper) && p.is(j, notAcronym) && p.is(j, placeToken): // ", the UK Special Representative"
			j++
			continue
		}
		break
	}
	if n := postBeginning(posts, j); n >= 0 || j >= s.Last {
		return n
	}
	// ", ABC's project head", ", ABC vice president"
	if m := p.at(j); m >= 0 && (p.mentions[m].Type == institutionName || p.mentions[m].Type == placeName) && p.mentions[m].First == j {
		k := p.mentions[m].Last
		if k < s.Last && p.tokens[k].Kind == token.Clitic {
			k++
		}
		return postBeginning(posts, k)
	}
	return -1
}

// patronymic reports whether a word has the ending of an East Slavic or Turkic patronymic.
func patronymic(w string) bool {
	for _, e := range []string{"ovich", "evich", "ovna", "evna", "ichna", "uly", "kyzy", "qyzy", "oglu", "ogly", "oğlu", "zade", "zadeh"} {
		if strings.HasSuffix(w, e) && len(w) > len(e)+2 {
			return true
		}
	}
	return false
}
