package extract

import (
	"strings"

	"dateline/extract/token"
)

// coordinatedUnits reads "Faculties of A and B", "the Deans of the Faculties of A, B and C"
// and "A and B Universities": each is an institution of its own, spelled out. It returns the
// token after them, or 0.
func (p *page) coordinatedUnits(h, low int, s *sentence) int {
	singular := p.ex.words.plural[strings.ToLower(p.word(h))]
	if h+2 < s.Last && (p.word(h+1) == "of" || p.word(h+1) == "for") {
		j := h + 2
		if p.word(j) == "the" {
			j++
		}
		return p.spellOut(h, j, singular, p.word(h+1), s)
	}
	return 0
}

// spellOut adds one mention for each item of the list from j.
func (p *page) spellOut(h, j int, singular, link string, s *sentence) int {
	var items [][2]int
	for j < s.Last && p.capital(j) && p.owner[j] == 0 {
		end := p.capitalRun(j, s)
		if p.otherInstitution(j, end) {
			return 0
		}
		items = append(items, [2]int{j, end})
		j = end
		if j >= s.Last {
			break
		}
		switch p.word(j) {
		case ",":
			j++
			if j < s.Last && p.word(j) == "and" {
				j++
			}
			continue
		case "and", "&":
			j++
			continue
		}
		break
	}
	if len(items) == 0 || items[0][1] == items[0][0] {
		return 0
	}
	if len(items) > 12 {
		items = items[:12]
	}
	items = p.pairs(items)
	end := items[len(items)-1][1]
	if len(items) == 1 {
		if last := p.distribute(h, items[0], singular, link, s); last > 0 {
			return last
		}
	}
	for n, item := range items {
		first := item[0]
		if n == 0 {
			first = h
		}
		name := singular + " " + link + " " + p.span(item[0], item[1]).Of(p.text)
		p.add(mention{First: first, Last: item[1], Type: institutionName, Head: h, Unit: p.is(h, headUnit) || unitSingular(singular), Name: name, citeFirst: h + 1, Rule: "institution.coordinated", Score: 0.8})
	}
	return end
}

// distribute reads "Ministries of Education of Kenya, Uganda and Tanzania": one institution a
// place. It returns the token after the list, or 0 when there is none.
func (p *page) distribute(h int, item [2]int, singular, link string, s *sentence) int {
	j := item[1]
	if j+1 >= s.Last || p.word(j) != "of" {
		return 0
	}
	j++
	var places [][2]int
	for j < s.Last && len(places) < longestList {
		if p.word(j) == "the" && j+1 < s.Last {
			j++
		}
		n := int(p.placeLen[j])
		if n == 0 || p.owner[j] != 0 {
			break
		}
		places = append(places, [2]int{j, min(j+n, s.Last)})
		j = min(j+n, s.Last)
		if j+1 >= s.Last {
			break
		}
		k := j
		if p.word(k) == "," {
			k++
		}
		if p.word(k) == "and" {
			k++
		}
		if k == j || k >= s.Last {
			break
		}
		j = k
	}
	if len(places) < 2 {
		return 0
	}
	field := p.span(item[0], item[1]).Of(p.text)
	for n, place := range places {
		first := place[0]
		if n == 0 {
			first = h
		}
		name := singular + " " + link + " " + field + " of " + p.span(place[0], place[1]).Of(p.text)
		p.add(mention{First: first, Last: place[1], Type: institutionName, Head: h, Name: name, citeFirst: h + 1, Rule: "institution.coordinated", Score: 0.8})
	}
	return places[len(places)-1][1]
}

func unitSingular(w string) bool {
	switch w {
	case "Faculty", "Department", "Office", "Division", "Directorate", "Centre", "Center", "School":
		return true
	}
	return false
}

// pairs joins "A and B, C and D" into "A and B" and "C and D": where a list has both commas
// and inner "and", the commas separate the items.
func (p *page) pairs(items [][2]int) [][2]int {
	if len(items) < 3 {
		return items
	}
	var out [][2]int
	commas := false
	for n, item := range items {
		if n > 0 {
			if p.word(items[n-1][1]) == "," {
				commas = true
				out = append(out, item)
				continue
			}
			// An "and" that is not the last separator joins two words of one item.
			last := n == len(items)-1
			if !last || last && innerAnd(p, items) {
				out[len(out)-1][1] = item[1]
				continue
			}
		}
		out = append(out, item)
	}
	if !commas {
		return items
	}
	return out
}

// innerAnd reports whether an earlier separator of the list was "and".
func innerAnd(p *page, items [][2]int) bool {
	for n := 1; n < len(items)-1; n++ {
		if p.word(items[n-1][1]) == "and" {
			return true
		}
	}
	return false
}

// linkParents sets the parent of a unit from what stands behind or before it in the
// sentence: "Faculty of Law of X University", "Faculty of Law, X University", "X
// University's Faculty of Law", "the Faculty of Law at X University".
func (p *page) linkParents(s *sentence) {
	for i := s.First; i < s.Last; i++ {
		m := p.at(i)
		if m < 0 || p.mentions[m].First != i || p.mentions[m].Type != institutionName {
			continue
		}
		unit := &p.mentions[m]
		if j, link := p.linkBehind(unit.Last, s); j >= 0 {
			if other := p.at(j); other >= 0 && other != m && p.mentions[other].Type == institutionName && p.mentions[other].First == j {
				if link == "of" || unit.Unit || link == "," && p.is(unit.Head, headUnit) {
					if link != "," || !p.mentions[other].Unit && unit.Unit {
						unit.Parent = other + 1
						p.shareParent(m, s)
					}
				}
			}
		}
		if unit.Parent == 0 && unit.First-2 >= s.First && p.tokens[unit.First-1].Kind == token.Clitic {
			if other := p.at(unit.First - 2); other >= 0 && p.mentions[other].Type == institutionName {
				unit.Parent = other + 1
			}
		}
	}
}

// linkBehind returns the token after "of the", "at", "," behind token i and the link word.
func (p *page) linkBehind(i int, s *sentence) (int, string) {
	if i < s.Last && p.word(i) == "(" { // skip an acronym in brackets
		for j := i; j < s.Last && j < i+5; j++ {
			if p.word(j) == ")" {
				i = j + 1
				break
			}
		}
	}
	if i >= s.Last {
		return -1, ""
	}
	link := p.word(i)
	switch link {
	case "of", "at", ",", "under", "within", "in", "from":
	default:
		return -1, ""
	}
	j := i + 1
	for j < s.Last && p.word(j) == "the" {
		j++
	}
	if j >= s.Last {
		return -1, ""
	}
	return j, link
}

// shareParent gives the parent to units coordinated with m before it: "the Institute of A
// and the Department of B of X University".
func (p *page) shareParent(m int, s *sentence) {
	parent := p.mentions[m].Parent
	at := p.mentions[m].First
	for {
		j := at - 1
		for j >= s.First && (p.word(j) == "the" || p.word(j) == "and" || p.word(j) == ",") {
			j--
		}
		if j == at-1 || j < s.First {
			return
		}
		other := p.at(j)
		if other < 0 || other == m || p.mentions[other].Type != institutionName || p.mentions[other].Parent != 0 || p.mentions[other].Last != j+1 {
			return
		}
		o := &p.mentions[other]
		if !(o.Unit || p.is(o.Head, headStrong) && strings.EqualFold(p.word(o.Head), "Institute")) {
			return
		}
		o.Parent = parent
		at = o.First
	}
}
