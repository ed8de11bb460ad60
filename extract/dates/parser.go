package dates

import (
	"slices"

	"dateline/extract/token"
)

// parser reads the atoms of one sentence. Its methods take the index of an atom and return
// the index behind what they read, 0 when they read nothing (no reading ends at 0).
type parser struct {
	text  string
	atoms []atom
	// listEnd is the index behind the last expression, and listFrom the first expression of
	// the list that it may belong to ("in May and June 2024", "2019, 2020 and 2021").
	listEnd  int
	listFrom int
	// noTime keeps the hours behind the end of an interval of days out of it: "7 to 12 May,
	// 10:00–18:00" tells when it is open each day.
	noTime bool
}

var nothing = atom{class: cPunct}

func (p *parser) at(i int) atom {
	if i < 0 || i >= len(p.atoms) {
		return nothing
	}
	return p.atoms[i]
}

// cls is the class of an atom; cPunct beyond either end.
func (p *parser) cls(i int) class {
	if i < 0 || i >= len(p.atoms) {
		return cPunct
	}
	return p.atoms[i].class
}

// tight reports whether the atom stands without a space behind its predecessor.
func (p *parser) tight(i int) bool { return i > 0 && i < len(p.atoms) && !p.atoms[i].is(space) }

func (p *parser) of(i int) string {
	if i < 0 || i >= len(p.atoms) {
		return ""
	}
	return p.text[p.atoms[i].start:p.atoms[i].end]
}

func (p *parser) span(i, j int) token.Span {
	return token.Span{Start: int(p.atoms[i].start), End: int(p.atoms[j-1].end)}
}

// reading is a point with what stands around it.
type reading struct {
	stamp
	mod     string
	rule    string
	swapped bool
	typ     string
	fixed   string
	to      stamp // end of an interval that is one phrase ("the first nine months of 2024")
	ranged  bool
	end     int    // index behind the last atom of the extent, when less was meant than was read
	refused string // reason why what was read is no date
}

// match reads an expression that starts at atom i, appends it to out and returns the index
// behind it; next is i when there is none.
func (p *parser) match(i int, out []expression) (_ []expression, next int) {
	base := len(out)
	switch p.cls(i) {
	case cFrom, cBetween:
		if out, next = p.interval(i, out); next > 0 {
			return p.listed(base, i, next, out), next
		}
		return out, i + 1
	case cNum, cThe, cOrd, cTens, cMonth, cWeekday:
		if out, next = p.dayGroups(i, i, false, out); next > 0 {
			return p.listed(base, i, next, out), next
		}
	}
	if p.cls(i) == cThe && p.cls(i+1) == cUnit && unit(p.at(i+1).num) == weekend && p.cls(i+2) == cOf { // "the weekend of 9 and 10 August"
		if out, next = p.dayGroups(i, i+3, true, out); next > 0 {
			return p.listed(base, i, next, out), next
		}
	}
	r, j := p.point(i)
	if j == 0 {
		return out, i
	}
	if k := p.rangeTail(&r, i, j, false); k > 0 {
		j = k
	}
	out = p.emit(out, r, i, j)
	return p.listed(base, i, j, out), j
}

// emit appends the expression of atoms i to j.
func (p *parser) emit(out []expression, r reading, i, j int) []expression {
	if r.end > 0 {
		j = r.end
	}
	e := expression{span: p.span(i, j), typ: r.typ, mod: r.mod, rule: r.rule, fixed: r.fixed, swapped: r.swapped}
	if e.typ == "" {
		e.typ = TypeDate
		if r.clock != 0 || r.to.clock != 0 {
			e.typ = TypeTime
		}
	}
	e.ranged = r.ranged
	if r.ranged {
		e.from, e.to = r.stamp, r.to
	} else {
		e.to = r.stamp
	}
	e.refused = r.refused
	if e.refused == "" && e.fixed == "" && (!e.to.possible() || e.ranged && !e.from.possible()) {
		e.refused = NoSuchDay
	}
	e.fullDate = e.refused == "" && e.to.year != 0 && e.to.month != 0 && e.to.day != 0
	if len(out) == cap(out) {
		// append grows long slices by a quarter, which copies these large values too often.
		out = slices.Grow(out, len(out)+16)
	}
	return append(out, e)
}

// listed gives the year of the last item of a list to the items before it that have none:
// "on May 5 and June 3, 2024". Items are neighbours when only commas and conjunctions stand
// between them.
func (p *parser) listed(base, i, j int, out []expression) []expression {
	linked := p.listEnd > 0 && i > p.listEnd && i-p.listEnd <= 2
	for k := p.listEnd; linked && k < i; k++ {
		c := p.cls(k)
		linked = c == cComma || c == cAnd || c == cOr
	}
	if !linked || p.listFrom > base {
		p.listFrom = base
	}
	p.listEnd = j
	if len(out) == base || base == 0 {
		return out
	}
	year := out[base].from.year
	if !out[base].ranged {
		year = out[base].to.year
	}
	month := max(out[base].from.month, out[base].to.month)
	if year == 0 || month == 0 {
		return out
	}
	// The bound keeps a list of a thousand items linear.
	for k := max(p.listFrom, base-8); k < base; k++ {
		e := &out[k]
		if e.refused != "" || e.typ != TypeDate && e.typ != TypeTime || e.to.month == 0 || e.to.year != 0 || e.to.rel != 0 || e.to.yearRel != 0 {
			continue
		}
		e.to.year = year
		if e.ranged && e.from.year == 0 {
			e.from.year = year
		}
		e.fullDate = e.to.day != 0
	}
	return out
}
