package extract

import "dateline/extract/token"

// Units that are written small, as translations do: "deputy director of the department of
// international relations". They are institutions only where a post is held there.

// smallUnitNoun reports whether the word names a unit.
func smallUnitNoun(w string) bool {
	switch w {
	case "department", "faculty", "division", "directorate", "school", "laboratory", "section", "institute":
		return true
	}
	return false
}

// Bounds of the name of such a unit in tokens, and of units within units.
const (
	longestSmallUnit = 9
	deepestSmallUnit = 3
)

// namedUnit reports whether the unit at token j goes on to a named institution ("the
// department of law of X University"), whose post it then is read as.
func (p *page) namedUnit(j int, s *sentence) bool {
	_, m := p.lowerUnit(j, s)
	return m > 0
}

// smallUnit claims the unit whose name begins at token j and returns its mention, -1 when
// there is none, and the token behind it and the units that it belongs to.
func (p *page) smallUnit(j int, s *sentence, depth int) (m, end int) {
	head, end := p.smallUnitAt(j, s)
	if head < 0 || depth == deepestSmallUnit {
		return -1, 0
	}
	m = p.add(mention{First: j, Last: end, Type: institutionName, Head: head, Unit: true, Rule: "institution.small-unit", Score: 0.6})
	if m < 0 {
		return -1, 0
	}
	if k := end; k+1 < s.Last && p.word(k) == "of" {
		k++
		if p.word(k) == "the" && k+1 < s.Last {
			k++
		}
		if o := p.at(k); o >= 0 && p.mentions[o].Type == institutionName && p.mentions[o].First == k {
			p.mentions[m].Parent = o + 1
			return m, p.mentions[o].Last
		}
		if parent, last := p.smallUnit(k, s, depth+1); parent >= 0 {
			p.mentions[m].Parent = parent + 1
			return m, last
		}
	}
	return m, end
}

// smallUnitAt reads "department of FIELD" or "FIELD department" at token j and returns the
// token of the noun, -1 when neither stands there, and the token behind the name.
func (p *page) smallUnitAt(j int, s *sentence) (head, end int) {
	if smallUnitNoun(p.word(j)) {
		if j+2 >= s.Last || p.word(j+1) != "of" && p.word(j+1) != "for" {
			return -1, 0
		}
		end = j + 2
		for end < s.Last && end < j+longestSmallUnit && p.fieldOfUnit(end, s) && !(p.word(end) == "of" && end+1 < s.Last && p.word(end+1) == "the") {
			end++
		}
		for end > j+2 && (p.word(end-1) == "and" || p.word(end-1) == "of") {
			end--
		}
		if end == j+2 {
			return -1, 0
		}
		return j, end
	}
	for k := j; k < s.Last && k < j+longestSmallUnit; k++ {
		if k > j && smallUnitNoun(p.word(k)) && p.word(k) != "school" && p.word(k) != "institute" {
			return k, k + 1
		}
		if !p.fieldOfUnit(k, s) || p.word(k) == "of" {
			break
		}
	}
	return -1, 0
}

// fieldOfUnit reports whether token i can be a word of the field of a unit written small.
func (p *page) fieldOfUnit(i int, s *sentence) bool {
	if p.owner[i] != 0 || p.tokens[i].Kind != token.Word {
		return false
	}
	if p.word(i) == "and" || p.word(i) == "of" {
		return i+1 < s.Last && p.tokens[i+1].Kind == token.Word && (!p.capital(i+1) || p.is(i+1, demonym))
	}
	if p.capital(i) {
		return p.is(i, demonym) && i+1 < s.Last && !p.capital(i+1) // "Russian language"
	}
	return !p.is(i, functionWord|speech|anyPost|particle)
}
