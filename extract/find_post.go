package extract

import (
	"strings"

	"dateline/extract/token"
)

// post is the words of a title at one place ("Vice-Rector for Academic Affairs") with what
// stands behind them. Offsets are token indexes.
type post struct {
	first, last int // the words of the post, complement included
	head        int // the noun
	when        string
	institution int  // 1 + mention of the institution in the complement ("of X University")
	acronym     int  // 1 + token of an upper-case word that may turn out an institution
	place       int  // 1 + token of the country or city that the post is for
	reference   int  // 1 + token of a lower-case reference ("of the institute")
	end         int  // token after the institution, or last
	capital     bool // the noun is capitalised
}

// findPosts finds the words of posts in a sentence, in text order. Institutions are known.
func (p *page) findPosts(s *sentence) []post {
	var posts []post
	low := s.First
	for i := s.First; i < s.Last; i++ {
		if !p.is(i, anyPost) || p.tokens[i].Kind != token.Word {
			continue
		}
		if m := p.at(i); m >= 0 || p.surnameHere(i, s) {
			continue
		}
		one, ok := p.growPost(i, low, s)
		if !ok {
			continue
		}
		posts = append(posts, one)
		low = one.last
		i = max(i, one.end-1)
	}
	return posts
}

// surnameHere reports whether the capitalised noun of a post is a surname here: "Julie
// Bishop", "James Dean said".
func (p *page) surnameHere(i int, s *sentence) bool {
	if i-2 >= s.First && p.capital(i) && p.is(i-2, honorific) && p.proper(i-1) && p.owner[i-1] == 0 && !p.is(i-1, anyPost|placeToken) && (i+1 >= s.Last || p.word(i+1) != "of" && !p.capital(i+1)) && p.is(i, surname) {
		return true // "the Hon Teina Bishop"
	}
	if !p.capital(i) || !p.is(i, surname) || i == s.First || !p.capital(i-1) || !p.is(i-1, forename) || p.is(i-1, anyPost|postModifier|fieldWord) || p.owner[i-1] != 0 {
		return false
	}
	return i+1 >= s.Last || p.word(i+1) != "of" && !p.capital(i+1)
}

// growPost grows the words of a post around the noun h.
func (p *page) growPost(h, low int, s *sentence) (post, bool) {
	one := post{first: h, last: h + 1, head: h, when: "current", capital: p.tokens[h].Is(token.Capital)}
	// "Director General", "Secretary-General", "Attorney General", "president-elect"
	for one.last < s.Last && p.owner[one.last] == 0 && p.capital(one.last) == one.capital {
		w := strings.ToLower(p.word(one.last))
		if (w == "magnificus" || w == "general" || w == "emeritus" || w == "designate" || w == "elect" || w == "plenipotentiary") && !(w == "general" && one.last+1 < s.Last && p.is(one.last+1, anyPost)) {
			one.last++
			continue
		}
		// "Executive Vice President": handled left; "Chief Executive Officer", "deputy head": the last noun is the head.
		if p.is(one.last, anyPost) && !p.is(one.last, particle) && (p.is(h, postModifier) || p.is(h, postWeak)) {
			one.head = one.last
			one.last++
			continue
		}
		break
	}
	p.absorbPost(&one, s)
	if one.last+2 < s.Last && strings.EqualFold(p.word(one.last), "Extraordinary") && strings.EqualFold(p.word(one.last+2), "Plenipotentiary") {
		one.last += 3
	}
	one.first = p.growPostLeft(one.first, low, s, &one)
	p.postComplement(&one, s)
	p.ownerOfPost(&one, s)
	p.employerBefore(&one, s)
	if !p.postHolds(&one, s) {
		return one, false
	}
	return one, true
}

// absorbPost reads on from a noun that is a modifier too to the noun of the post: "Chief
// Technology Officer", "deputy general manager".
func (p *page) absorbPost(one *post, s *sentence) {
	if !p.is(one.last-1, postModifier) {
		return
	}
	for j := one.last; j < s.Last && j < one.last+4 && p.owner[j] == 0 && p.capital(j) == one.capital && p.tokens[j].Kind == token.Word; j++ {
		if p.is(j, anyPost) && !p.is(j, particle) {
			one.head, one.last = j, j+1
			return
		}
		if !p.is(j, postModifier|fieldWord) && !(one.capital && p.fieldLike(j)) {
			return
		}
	}
}

// growPostLeft extends a post over its modifiers: "First Deputy", "project", "Trade".
func (p *page) growPostLeft(first, low int, s *sentence, one *post) int {
	for j := first - 1; j >= low && p.owner[j] == 0; j-- {
		t := p.tokens[j]
		if t.Kind == token.Punct && (p.word(j) == "-" || p.word(j) == "–") && !t.Is(token.SpaceBefore) && j-1 >= low && p.is(j-1, postModifier) {
			continue
		}
		if t.Kind != token.Word {
			break
		}
		if p.is(j, postFormer) || p.is(j, postIncoming) {
			if p.is(j, postFormer) {
				one.when = "former"
			} else {
				one.when = "incoming"
			}
			break
		}
		w := strings.ToLower(p.word(j))
		if p.capital(j) && (w == "university" || w == "college" || w == "institute" || w == "academy") && p.is(j, reference) && (j == low || !p.capital(j-1)) && j > s.First {
			one.reference = j + 1 // "the University Chancellor"
			break
		}
		if t.Is(token.AllUpper) && len(w) > 1 && !p.is(j, notAcronym) && !p.tokens[one.head].Is(token.AllUpper) {
			break // "DU Vice-Chancellor"
		}
		if w == "and" && one.capital && j == first-1 && j-1 >= low && p.capital(first) && p.capital(j-1) && p.owner[j-1] == 0 && p.fieldLike(j-1) && p.fieldLike(first) && !p.is(j-1, anyPost|honorific|placeToken) && !p.is(first, anyPost|postModifier) && (j-2 < low || !p.capital(j-2) || p.fieldLike(j-2)) {
			continue // "Science and Technology Minister"
		}
		if w == "under" && p.capital(j) && p.is(one.head, postNoun) && j == one.first-1 {
			first = j // "Under Secretary"
			break
		}
		if w == "outgoing" || w == "current" || w == "newly" || w == "then" || w == "long-time" || w == "longtime" {
			break
		}
		isModifier := p.is(j, postModifier|anyPost) && !p.is(j, particle)
		if p.capital(j) {
			// "Foreign Trade Minister": capitalised fields belong to a capitalised post.
			if !(isModifier || one.capital && p.fieldLike(j)) || p.is(j, demonym|placeToken|monthName|honorific) && !isModifier || p.is(j, functionWord) && !isModifier {
				break
			}
			if j == s.First && p.is(j, functionWord) && !p.is(j, postModifier) {
				break
			}
		} else if !isModifier && !one.capital && !p.is(j, functionWord|speech|particle) && len(w) > 3 && p.nearName(one, s) && p.nounModifier(j, s) {
			// An unknown lower-case word: prose tells a noun ("volunteer coordinator") from a verb.
		} else if !isModifier || one.capital && !strings.Contains(p.word(j), "-") && w != "acting" && w != "vice" && w != "deputy" && w != "first" && w != "senior" && w != "interim" {
			break
		}
		first = j
	}
	// A modifier such as "first" at the start of a sentence is an adverb: "First, president …" has a comma and never gets here.
	return first
}

// nearName reports whether a capitalised word follows the post directly or an article or
// comma precedes it, so that it may be somebody's: only there is it worth a closer look.
func (p *page) nearName(one *post, s *sentence) bool {
	return one.last < s.Last && p.capital(one.last) && !p.is(one.last, functionWord|monthName)
}

// postComplement reads what follows the noun: words of the post ("for Academic Affairs") or
// the institution where it is held ("of X University").
func (p *page) postComplement(one *post, s *sentence) {
	one.end = one.last
	for rounds := 0; rounds < 4; rounds++ {
		i := one.end
		if i >= s.Last {
			return
		}
		link := p.word(i)
		if end := p.bracketField(one, i, s); end > 0 {
			one.last, one.end = end, end
			continue
		}
		switch link {
		case "of", "for", "at", "to", "with", "in", "on", "from":
		case ",", "|":
			// "Head of International Cooperation, X University": the institution follows a comma.
			if m := p.at(i + 1); m >= 0 && i+1 < s.Last && p.mentions[m].Type == institutionName && one.institution == 0 && p.mentions[m].First == i+1 && (one.last > one.head+1 || one.first > s.First && (p.word(one.first-1) == "," || p.word(one.first-1) == "|" || p.word(one.first-1) == "&") || (one.first == s.First || p.determiner(one.first-1)) && (p.mentions[m].Last >= s.Last || p.word(p.mentions[m].Last) == "," || p.word(p.mentions[m].Last) == ".")) && !(p.mentions[m].Last < s.Last && p.tokens[p.mentions[m].Last].Kind == token.Clitic) {
				one.institution, one.end = m+1, p.mentions[m].Last
				return
			}
			if end := p.listedEmployer(one, i+1, s); end > 0 {
				if m := p.add(mention{First: i + 1, Last: end, Type: institutionName, Head: end - 1, Rule: "institution.of-post", Score: 0.7}); m >= 0 {
					one.institution, one.end = m+1, end
				}
				return
			}
			if one.last == one.head+1 && i+1 < s.Last && !p.capital(i+1) {
				if m, end := p.smallUnit(i+1, s, 0); m >= 0 && p.mentions[m].Head == end-1 {
					one.institution, one.end = m+1, end // "head, electrical engineering department"
					return
				}
			}
			// "Senior Vice President, Global Sales at X"
			if end := p.commaField(one, i+1, s); end > 0 {
				one.last, one.end = end, end
				continue
			}
			return
		default:
			return
		}
		j := i + 1
		the := false
		for j < s.Last && (p.word(j) == "the" || p.word(j) == "The" && link == "at" || p.word(j) == "its" || p.word(j) == "our" || p.word(j) == "both" || p.word(j) == "a" || p.word(j) == "an" || p.word(j) == "this" || p.word(j) == "that" || p.word(j) == "their") {
			the = p.word(j) != "a" && p.word(j) != "an"
			j++
		}
		if j >= s.Last {
			return
		}
		if m := p.at(j); m >= 0 {
			switch {
			case link == "of" && p.boardOf(one, m, s):
				continue
			case p.mentions[m].Type == institutionName && (link == "in" && p.mentions[m].Unit || link != "to" && link != "in" && (link != "with" || p.is(one.head, postOf|postWeak) || p.word(one.first-min(1, one.first)) == "a" || p.word(one.first-min(1, one.first)) == "an") || link == "to" && p.adviserTo(one.head)):
				if k := p.mentions[m].Last; k+1 < s.Last && p.tokens[k].Kind == token.Clitic {
					if unit := p.at(k + 1); unit >= 0 && p.mentions[unit].Type == institutionName && p.mentions[unit].First == k+1 {
						m = unit // "dean of X University's Law College"
					}
				}
				one.institution = m + 1
				one.end = p.mentions[m].Last
				if p.mentions[m].acronymAt > 0 {
					one.end = min(p.mentions[m].acronymAt+1, s.Last)
				}
				if one.end < s.Last && regionNoun(p.word(one.end)) {
					one.end++ // "of the Department of Health of Navoi region Jane Doe"
				}
				// "Chairman of the Board of X JSC Jane Doe": the name stands behind the parent.
				for parent := p.mentions[m].Parent; parent > 0 && p.mentions[parent-1].First > one.end && p.mentions[parent-1].First <= one.end+2; parent = p.mentions[parent-1].Parent {
					one.end = p.mentions[parent-1].Last
				}
				return
			case p.mentions[m].Type == placeName && link != "with":
				if one.place == 0 {
					one.place = j + 1
				}
				one.end = p.mentions[m].Last // "Minister of Health of the Republic of X"
				continue
			case p.mentions[m].Type == referenceName && the:
				one.reference, one.end = j+1, p.mentions[m].Last
				return
			}
			return
		}
		if link == "of" && !p.capital(j) && !p.namedUnit(j, s) {
			if m, end := p.smallUnit(j, s, 0); m >= 0 {
				one.institution, one.end = m+1, end
				return
			}
		}
		if the && p.tokens[j].Kind == token.Word && !p.capital(j) && !p.is(j, reference) {
			if end, m := p.lowerUnit(j, s); m > 0 { // "of the press service of X"
				if k := p.mentions[m-1].First; k-2 > j-1 {
					for b := j; b < k; b++ {
						if p.word(b) == "board" || p.word(b) == "committee" || p.word(b) == "council" {
							one.last = b + 1 // "chairman of the management board of X"
						}
					}
				}
				one.institution, one.end = m, end
				return
			}
		}
		if the && j+2 < s.Last && p.tokens[j].Kind == token.Word && !p.capital(j) && p.tokens[j+1].Kind == token.Clitic {
			if m := p.at(j + 2); m >= 0 && p.mentions[m].Type == institutionName { // "of the city's Environment Agency"
				one.institution, one.end = m+1, p.mentions[m].Last
			} else if p.is(j, reference) {
				one.reference, one.end = j+1, j+1
			}
			return
		}
		if the && p.is(j, postNoun) && !p.capital(j) && p.tokens[j].Kind == token.Word && p.adviserTo(one.head) {
			one.last, one.end = j+1, j+1 // "adviser to the rector"
			return
		}
		if the && p.is(j, reference) && p.tokens[j].Kind == token.Word && !p.capital(j) && !(j+1 < s.Last && p.tokens[j+1].Kind == token.Word && !p.tokens[j+1].Is(token.Capital) && p.is(j+1, anyPost)) {
			one.reference, one.end = j+1, j+1
			// "of the department of international cooperation of X University"
			if end, m := p.lowerUnit(j, s); m > 0 {
				one.institution, one.reference, one.end = m, 0, end
			}
			return
		}
		if link == "with" || link == "from" || link == "on" && !p.capital(j) {
			return
		}
		if p.capital(j) {
			if link == "at" && !p.properRun(j, p.capitalRun(j, s)) {
				return
			}
			if link == "in" && p.is(j, placeToken) {
				if k := p.placeRun(j, s); k > j {
					p.add(mention{First: j, Last: k, Type: placeName, Rule: "place.of-post", Score: 0.9})
					one.end = k // "Consul-General in Makassar"
				}
				return
			}
			if link == "in" && !p.is(one.head, postWeak) {
				return
			}
			if end := p.companyAt(j, s); end > j {
				if m := p.add(mention{First: j, Last: end, Type: institutionName, Head: end - 1, Rule: "institution.short-form", Score: 0.85}); m >= 0 {
					one.institution, one.end = m+1, end
					return
				}
			}
			if k := p.placeRun(j, s); k > j && !(p.corporatePost(one.head) && k < p.capitalRun(j, s)) {
				if one.place == 0 {
					one.place = j + 1
				}
				p.add(mention{First: j, Last: k, Type: placeName, Rule: "place.of-post", Score: 0.9})
				one.end = k // "Ambassador of Japan to Peru Jane Doe"
				if link == "for" {
					// "regional director for Europe, Middle East and Africa"
					for k+1 < s.Last && (p.word(k) == "," || p.word(k) == "and") {
						next := k + 1
						if p.placeLen[next] == 0 || p.owner[next] != 0 {
							break
						}
						k = min(s.Last, next+int(p.placeLen[next]))
					}
					one.last, one.end = k, k
				}
				continue
			}
			if link == "to" && p.is(j, postNoun) {
				return // "adviser to President Jane Doe": the post of somebody else
			}
			end := p.postField(j, s)
			if p.acronymAlone(j, end) {
				one.end = j + 1
				one.acronym = j + 1
				return
			}
			if end == j {
				return
			}
			if p.allAre(j, end, placeToken) || p.is(j, placeToken) && strings.HasPrefix(p.word(j), "Republic") {
				// "Ambassador of Türkiye to Oman", "Mayor of Makassar": the place is where, no word of the post.
				one.end = end
				continue
			}
			if (link == "of" || link == "at") && !p.placePost(one.head) && p.namesEmployer(one, link, j, end) {
				// "CEO of Lac Hong Cables": the post tells that the name is an institution's.
				if m := p.add(mention{First: j, Last: end, Type: institutionName, Head: end - 1, Rule: "institution.of-post", Score: 0.75}); m >= 0 {
					one.institution, one.end = m+1, end
					return
				}
			}
			if link == "of" || link == "for" || link == "to" {
				one.last, one.end = end, end
				continue
			}
			return
		}
		// A complement in lower case: "head of marketing", "director of research and development".
		if link != "of" && link != "for" || the {
			return
		}
		end := p.lowerField(j, s)
		if end == j {
			return
		}
		one.last, one.end = end, end
	}
}

// boardOf reads "of the Board" and "of the Management Board" behind the noun of a post as words
// of the post: whose board it is stands behind or before. The post then goes on behind it.
// A named body ("Board of Trustees", "Harbour Board") is an institution of its own.
func (p *page) boardOf(one *post, m int, s *sentence) bool {
	board := &p.mentions[m]
	switch board.Type {
	case referenceName:
		if !strings.EqualFold(p.word(board.First), "board") {
			return false
		}
	case institutionName:
		for i := board.First; i < board.Last; i++ {
			switch strings.ToLower(p.word(i)) {
			case "board", "management", "supervisory", "executive":
			default:
				return false
			}
		}
	default:
		return false
	}
	one.last, one.end = board.Last, board.Last
	if board.Type == institutionName {
		// It is no institution beside the one whose board it is.
		for i := board.First; i < board.Last; i++ {
			p.owner[i] = 0
		}
		board.Type = otherName
	}
	return true
}

// companyAt returns the token after a short name of a company that the document names in
// full elsewhere ("manager of Acme" beside "Acme Holdings Ltd."), or j.
func (p *page) companyAt(j int, s *sentence) int {
	for n := 3; n > 0; n-- {
		if j+n <= s.Last && p.free(j, j+n) && p.capital(j) && p.companies[p.nameKey(j, j+n)] && !(j+n < s.Last && p.capital(j+n) && p.tokens[j+n].Is(token.SpaceBefore)) {
			return j + n
		}
	}
	return j
}

// corporatePost reports whether only organisations have the post, not places.
func (p *page) corporatePost(h int) bool {
	switch strings.ToLower(p.word(h)) {
	case "ceo", "cfo", "coo", "cto", "cio", "manager", "executive", "founder", "co-founder", "owner", "partner", "rector", "vice-rector", "dean", "chancellor", "provost", "chairman", "chairwoman", "chairperson", "director", "officer":
		return true
	}
	return false
}

// namesEmployer reports whether the capitalised run behind "of" or "at" names where the post
// is held: a proper name, or any name behind "at" or behind a post that only whole
// organisations have ("chief executive of Nordic Rail").
func (p *page) namesEmployer(one *post, link string, first, last int) bool {
	if p.properRun(first, last) {
		return true
	}
	if last-first < 2 || p.allAre(first, last, placeToken) {
		return false
	}
	if link == "at" || p.word(first-1) == "the" && p.is(last-1, anyHead) && p.capital(last-1) && !p.is(last-1, anyPost) {
		return true
	}
	switch strings.ToLower(p.word(one.head)) {
	case "ceo", "cfo", "coo", "cto", "cio", "founder", "co-founder", "owner", "rector", "chancellor", "vice-chancellor", "chairman", "chairwoman", "chairperson":
		return true
	case "executive":
		return one.first < one.head && strings.EqualFold(p.word(one.head-1), "chief")
	}
	return false
}

// listedEmployer returns the token after the name in "(Deputy CEO, Nordic Rail)" or in a line
// of a list of people, or 0.
func (p *page) listedEmployer(one *post, j int, s *sentence) int {
	if one.first == s.First || j >= s.Last {
		return 0
	}
	if b := p.word(one.first - 1); b != "(" && b != "," {
		return 0
	}
	end := p.capitalRun(j, s)
	if end-j < 2 || !p.properRun(j, end) && p.fieldLike(end-1) {
		return 0
	}
	listed := p.tokens[s.First].Is(token.LineStart) && p.word(s.Last-1) != "."
	if end < s.Last && p.word(end) != ")" && !(listed && p.word(end) == ",") || end == s.Last && !listed {
		return 0
	}
	return end
}

// regionNoun reports whether a lower-case noun goes with the name of a region: "Navoi region".
func regionNoun(w string) bool {
	switch w {
	case "region", "oblast", "district", "province":
		return true
	}
	return false
}

// stateNoun reports whether the word opens the full name of a state: "Republic of X".
func stateNoun(w string) bool {
	switch w {
	case "Republic", "Kingdom", "State", "Federation", "Sultanate", "Commonwealth", "Emirate", "Principality", "Province", "City", "Region", "Union", "Islamic", "Democratic", "Socialist", "Federative", "Federal", "Arab", "Bolivarian", "Hellenic", "Plurinational", "Cooperative", "Co-operative", "Hashemite", "United", "Grand", "Independent":
		return true
	}
	return false
}

// commaField returns the token after a field that belongs to a post behind a comma, or 0:
// only capitalised field words that "at", "of", "for" or a comma closes.
func (p *page) commaField(one *post, j int, s *sentence) int {
	if !one.capital || one.last > one.head+1 || one.first == s.First || p.word(one.first-1) != "," && p.tokens[one.first-1].Kind != token.Clitic && !p.determiner(one.first-1) {
		return 0
	}
	end := j
	for end < s.Last && end < j+6 && (p.fieldLike(end) && !p.is(end, anyPost) && p.owner[end] == 0 || end > j && (p.word(end) == "and" || p.word(end) == "&")) {
		end++
	}
	if end == j || end >= s.Last || p.is(end-1, functionWord) || end == s.Last {
		return 0
	}
	switch p.word(end) {
	case "at", "of", "for", ",":
		return end
	}
	return 0
}

// bracketField returns the token after "(Operations)" behind a capitalised post, or 0.
func (p *page) bracketField(one *post, i int, s *sentence) int {
	if p.word(i) != "(" || !one.capital || one.last != i {
		return 0
	}
	for j := i + 1; j < s.Last && j < i+6; j++ {
		if p.word(j) == ")" && j > i+1 {
			if j == i+2 && p.tokens[i+1].Is(token.AllUpper) {
				return 0 // "Chief Executive Officer (CEO)"
			}
			return j + 1
		}
		if p.tokens[j].Is(token.AllUpper) && len(p.word(j)) <= 5 || p.is(j, placeToken) && p.capital(j) {
			continue // "Joint Secretary (ADB & Japan)"
		}
		if p.owner[j] != 0 || !p.fieldLike(j) && !p.is(j, anyHead) && p.word(j) != "&" && p.word(j) != "and" && p.word(j) != "," {
			break
		}
	}
	return 0
}

// placeRun returns the token after the place name at j, when it is all of the run or a
// person's name follows it; else j.
func (p *page) placeRun(j int, s *sentence) int {
	end := j
	form := j
	for form < j+2 && form+3 < s.Last && stateNoun(p.word(form)) && stateNoun(p.word(form+1)) {
		form++ // "the Socialist Republic of Vietnam"
	}
	if stateNoun(p.word(form)) && form+2 < s.Last && p.word(form+1) == "of" {
		end = form + 2
		if p.word(end) == "the" {
			end++
		}
	}
	start := end
	if end < s.Last {
		end = min(s.Last, end+int(p.placeLen[end]))
	}
	if end == start {
		end = j
	} else if end < s.Last && (stateNoun(p.word(end)) || p.word(end) == "Oblast" || p.word(end) == "County" || p.word(end) == "District") {
		end++ // "Kano State"
	} else if end < s.Last && (regionNoun(p.word(end)) || p.word(end) == "state") {
		return end + 1
	}
	if end == j || end < s.Last && p.capital(end) && !p.is(end, forename|surname|honorific) && !p.nameShaped(end, s) && !p.tokens[end].Is(token.Initial) {
		return j
	}
	if end < s.Last && (p.word(end) == "and" || p.word(end) == "&") && end+1 < s.Last && p.capital(end+1) && !p.is(end+1, placeToken) {
		return j
	}
	return end
}

// properRun reports whether the run has a word that is no English word, field or place: a
// name of its own.
func (p *page) properRun(first, last int) bool {
	for i := first; i < last; i++ {
		if p.proper(i) && !p.is(i, placeToken|demonym) && !fieldEnding(p.word(i)) {
			return true
		}
	}
	return false
}

// placePost reports whether "of X" behind the noun tells a place or people, not an
// institution: "Governor of Kano", "King of Bhutan".
func (p *page) placePost(h int) bool {
	switch strings.ToLower(p.word(h)) {
	case "governor", "mayor", "akim", "hokim", "king", "queen", "prince", "princess", "emir", "sultan", "bishop", "archbishop", "ambassador", "premier", "prefect", "minister", "secretary", "professor", "consul", "prime", "senator", "mp":
		return true
	}
	return false
}

func (p *page) adviserTo(h int) bool {
	switch strings.ToLower(p.word(h)) {
	case "adviser", "advisor", "aide", "ambassador", "envoy", "representative", "counsellor", "counsel", "assistant", "delegate", "coordinator", "rapporteur":
		return true
	}
	return false
}

// fieldEnd returns the token after the field at token j, which ends where the holder's name
// begins: "Labour and Industry Jane Doe".
func (p *page) fieldEnd(j int, s *sentence) int {
	end := p.capitalRun(j, s)
	for k := j + 1; k < end; k++ {
		if p.holderFollows(k, s) || p.is(k, honorific) || k == end-1 && p.surnameBehind(k) || p.is(k, forename) && !p.is(k, commonWord|fieldWord|forenameAmbiguous|placeToken) && k+1 < end && p.fieldLike(k-1) {
			return k
		}
	}
	return end
}

// postField reads the capitalised complement of a post, with "and" between fields.
func (p *page) postField(j int, s *sentence) int {
	end := p.capitalRun(j, s)
	for k := j + 1; k < end; k++ {
		// "for Academic Affairs Jane Doe": the holder's name follows without a comma.
		if p.holderFollows(k, s) {
			return k
		}
		if k == end-1 && p.surnameBehind(k) {
			return k // "Minister of Defence Petrov"
		}
		if p.is(k, honorific) || p.is(k, forename) && !p.is(k, commonWord|fieldWord|forenameAmbiguous) && k+1 < end && p.is(k-1, fieldWord|commonWord) {
			return k
		}
	}
	for end < s.Last {
		word := p.word(end)
		if (word == "and" || word == "&") && p.fieldRun(end+1, end-1, s) && !p.is(end+1, anyPost) {
			end = p.fieldEnd(end+1, s)
			continue
		}
		if word == "and" && end+2 < s.Last && p.word(end+1) == "the" && p.fieldLike(end-1) && p.fieldLike(end+2) && !p.is(end+2, anyHead|anyPost) {
			end = p.fieldEnd(end+2, s) // "Minister for Sustainability and the Environment"
			continue
		}
		if word == "," && p.listCloses(end, s) {
			k := end + 1
			if p.word(k) == "and" {
				k++
			}
			end = p.capitalRun(k, s)
			continue
		}
		break
	}
	return end
}

// surnameBehind reports whether token k, the last of a run, is a surname alone behind a field.
func (p *page) surnameBehind(k int) bool {
	if p.is(k, commonWord|fieldWord|anyHead|placeToken|demonym|surnameAmbiguous) || !p.capital(k-1) || !p.is(k-1, fieldWord|commonWord) && !fieldEnding(p.word(k-1)) {
		return false
	}
	if t, ok := p.taggerSpans[k]; ok && t.kind == personName {
		return true
	}
	return p.is(k, surname) && !fieldEnding(p.word(k))
}

// lowerField reads at most six lower-case words of a complement.
func (p *page) lowerField(j int, s *sentence) int {
	end := j
	for end < s.Last && end < j+7 && p.owner[end] == 0 {
		t := p.tokens[end]
		if t.Kind != token.Word || t.Is(token.Capital) && !p.tokens[end].Is(token.AllUpper) {
			break
		}
		w := p.word(end)
		if w == "and" || w == "&" {
			if end == j || end+1 >= s.Last || p.capital(end+1) || p.is(end+1, functionWord|anyPost|speech) {
				break
			}
			end++
			continue
		}
		if p.is(end, functionWord|speech) {
			break
		}
		end++
	}
	if end > j && (p.word(end-1) == "and" || p.word(end-1) == "&") {
		end--
	}
	return end
}

// lowerUnit reads "department of international cooperation of X University" written small,
// and returns the token after the institution and 1 + its mention.
func (p *page) lowerUnit(j int, s *sentence) (end, institution int) {
	for k := j + 1; k < s.Last && k < j+10; k++ {
		if m := p.at(k); m >= 0 {
			if p.mentions[m].Type == institutionName && p.mentions[m].First == k && (p.word(k-1) == "of" || p.word(k-1) == "the" || p.word(k-1) == "at") {
				return p.mentions[m].Last, m + 1
			}
			return 0, 0
		}
		if p.tokens[k].Kind != token.Word || p.capital(k) {
			return 0, 0
		}
	}
	return 0, 0
}

// postHolds says whether the words are a post at all.
func (p *page) postHolds(one *post, s *sentence) bool {
	if p.is(one.head, postNoun) {
		if w := p.word(one.head); w == "premier" && one.head+1 < s.Last && p.tokens[one.head+1].Kind == token.Word && !p.capital(one.head+1) && p.word(one.head+1) != "of" && !p.is(one.head+1, functionWord) {
			return false // "a premier provider"
		}
		if one.capital && one.first == one.head && one.last == one.head+1 && p.is(one.head, honorific|rank) && one.institution == 0 && one.reference == 0 && one.last < s.Last && p.capital(one.last) {
			return false // "Chief Jane Doe", "Commander Doe": a form of address
		}
		return !p.verbUse(one, s)
	}
	if p.is(one.head, postOf) {
		return one.institution > 0 || one.reference > 0 || one.last > one.head+1
	}
	if p.coordinatedPost(one.last, s) {
		return true // "founder and chief executive"
	}
	// A weak noun needs a modifier of its own, a complement or an institution.
	return one.first < one.head || one.institution > 0 || one.reference > 0 && p.is(one.head, postWeak) || one.last > one.head+1 && one.capital
}

// coordinatedPost reports whether "and", "&" or a comma and then another post follow at token i.
func (p *page) coordinatedPost(i int, s *sentence) bool {
	if i+1 >= s.Last || p.word(i) != "and" && p.word(i) != "&" && p.word(i) != "," {
		return false
	}
	for j := i + 1; j < s.Last && j < i+4; j++ {
		if p.is(j, postNoun) {
			return p.capital(j) == p.capital(i-1) || p.tokens[j].Is(token.AllUpper)
		}
		if !p.is(j, postModifier|postWeak) && !(p.capital(j) && p.fieldLike(j)) {
			return false
		}
	}
	return false
}

// employerBefore claims the capitalised word in "Quadrise CEO Jane Doe" as an institution: only
// companies have such posts, and the holder's name follows.
func (p *page) employerBefore(one *post, s *sentence) {
	i := one.first - 1
	if one.institution > 0 || one.reference > 0 || i < s.First || s.titleCase || one.last >= s.Last || !p.capital(one.last) || !p.companyPost(one.head) {
		return
	}
	if p.owner[i] != 0 || !p.proper(i) || p.is(i, placeToken|demonym|forename|honorific|rank|functionWord|monthName|surname|notAcronym) || p.tokens[i].Is(token.Initial) || !p.tokens[i].Is(token.SpaceBefore) && i > s.First {
		return
	}
	first := i
	for first-1 >= s.First && i-first < 3 && p.capital(first-1) && p.owner[first-1] == 0 && !p.is(first-1, functionWord|honorific|rank|monthName|anyPost|demonym|forename) && p.tokens[first-1].Kind == token.Word {
		first--
	}
	if t, ok := p.taggedOver(first, i+1); ok && t != institutionName {
		return
	}
	if m := p.add(mention{First: first, Last: i + 1, Type: institutionName, Head: -1, Rule: "institution.of-post", Score: 0.65}); m >= 0 {
		one.institution = m + 1
	}
}

// companyPost reports whether the noun is a post of a company or its speaker.
func (p *page) companyPost(h int) bool {
	switch strings.ToLower(p.word(h)) {
	case "ceo", "cfo", "coo", "cto", "cio", "cmo", "spokesperson", "spokesman", "spokeswoman", "co-founder", "founder":
		return true
	case "officer", "executive":
		return h > 0 && (strings.EqualFold(p.word(h-1), "executive") || strings.EqualFold(p.word(h-1), "chief") || strings.EqualFold(p.word(h-1), "operating") || strings.EqualFold(p.word(h-1), "financial"))
	}
	return false
}

// ownerOfPost claims the name in "SAT Harbour's representative" as an institution where
// nothing else names it: two words or more that are no person's, or an acronym.
func (p *page) ownerOfPost(one *post, s *sentence) {
	last := one.first - 1
	if one.institution > 0 || last-1 < s.First || p.tokens[last].Kind != token.Clitic || p.owner[last-1] != 0 || s.titleCase {
		return
	}
	first := last
	for first-1 >= s.First && last-first < 5 && p.capital(first-1) && p.owner[first-1] == 0 && !p.is(first-1, functionWord|honorific|rank|monthName|anyPost|demonym) {
		first--
	}
	upper := last-first == 1 && p.tokens[first].Is(token.AllUpper) && acronym(p.word(first)) && !p.is(first, notAcronym|placeToken)
	if !upper && (last-first < 2 || !p.properRun(first, last) || p.is(first, forename) || p.is(last-1, surname) && !p.is(last-1, surnameAmbiguous) || p.allAre(first, last, placeToken) || p.tokens[first].Is(token.Initial)) {
		return
	}
	if t, ok := p.taggedOver(first, last); ok && t != institutionName {
		return
	}
	if m := p.add(mention{First: first, Last: last, Type: institutionName, Head: -1, Rule: "institution.of-post", Score: 0.65}); m >= 0 {
		one.institution = m + 1
	}
}

// verbUse reports whether the noun is a verb here: "to head", "will chair", "lead".
func (p *page) verbUse(one *post, s *sentence) bool {
	if one.capital || one.first < one.head || one.head == s.First {
		return false
	}
	switch strings.ToLower(p.word(one.head)) {
	case "head", "chair", "lead", "coach", "officer", "chief", "secretary":
	default:
		return false
	}
	switch strings.ToLower(p.word(one.head - 1)) {
	case "to", "will", "would", "can", "could", "should", "must", "may", "who", "they":
		return true
	}
	return false
}
