package dates

// This file reads months and seasons that stand without a day.

// monthAlone reads a month with or without a year, but with no day.
func (p *parser) monthAlone(i, start int) (r reading, next int) {
	s, j := p.monthFirst(i)
	if j == 0 || s.day != 0 {
		return r, 0
	}
	r.stamp = s
	if s.year != 0 || s.yearRel != 0 {
		r.rule = "date.month-year"
		if p.cls(i-1) == cOther && p.at(i).is(hazard) && p.at(i-1).is(capital) && i > 1 && s.year == 0 {
			return reading{}, 0
		}
		return r, j
	}
	a, before, behind := p.at(i), p.at(start-1), p.at(i+1)
	if a.is(short) {
		// "Jan" and "Mar" alone are rather names; "Sept." behind a preposition is a month.
		switch before.class {
		case cIn, cPrep, cFrom, cTo, cBy, cAnd, cOf, cBetween:
			if c := p.cls(i + 1); start == i && p.text[a.end-1] != '.' && p.of(i) != "Sept" && c != cDash && c != cTo && c != cAnd {
				return reading{}, 0 // "in Mar del Plata", "by Jan"
			}
		case cDash:
		default:
			if c := p.cls(i + 1); start == i && !((c == cDash || c == cTo) && p.cls(i+2) == cMonth) {
				return reading{}, 0
			}
		}
		if behind.class == cOther && behind.is(capital) {
			return reading{}, 0
		}
	}
	r.rule = "date.month"
	if a.is(short) && start == i && (p.cls(i+1) == cDash || p.cls(i+1) == cTo) && p.cls(i+2) == cMonth {
		return r, i + 1 // "Jan–Mar 2024"; rangeTail decides
	}
	if start < i { // "early July"
		return r, i + 1
	}
	if p.cls(i+1) == cDash && p.tight(i+1) && p.tight(i+2) && p.cls(i+2) == cOther || p.cls(i-1) == cDash && p.tight(i) && p.tight(i-1) && p.cls(i-2) == cOther {
		return reading{}, 0
	}
	switch before.class {
	case cIn, cPrep, cFrom, cTo, cBetween, cBy:
		if behind.class == cOther && behind.is(capital) && a.is(hazard) && before.class != cIn {
			return reading{}, 0 // "by April Smith"
		}
		if before.class == cBy && (a.num == 5 || a.num == 4 || a.num == 6) && behind.class == cOther {
			return reading{}, 0
		}
		if a.is(upper) && a.is(hazard) && before.class != cIn {
			return reading{}, 0
		}
		return r, i + 1
	case cOf:
		if behind.class == cOther && behind.is(capital) {
			return reading{}, 0
		}
		return r, i + 1
	case cAnd, cOr, cComma, cDash:
		if p.listEnd > 0 && i-p.listEnd <= 2 && p.listEnd < i {
			return r, i + 1
		}
	}
	if behind.class == cOther && behind.is(capital) || before.class == cOther && before.is(capital) && start > 1 {
		return reading{}, 0
	}
	if a.is(hazard) {
		// "May", "March", "August" bare: only where a determiner or a list makes it a month.
		switch before.class {
		case cThe, cPoss, cClitic:
			if (behind.class == cOther || behind.class == cClitic) && a.num != 5 || behind.class == cOther && monthNoun[p.of(i+1)] {
				return r, i + 1
			}
		}
		if p.listOpens(i) {
			return r, i + 1
		}
		return reading{}, 0
	}
	return r, i + 1
}

var monthNoun = set("election elections vote meeting summit session event deadline report conference issue edition attack attacks ceremony visit talks referendum release update figures data")

// listOpens reports whether another month follows behind a conjunction: "March and May".
func (p *parser) listOpens(i int) bool {
	c := p.cls(i + 1)
	return (c == cAnd || c == cOr || c == cTo || c == cDash || c == cComma) && p.cls(i+2) == cMonth && !p.at(i+2).is(short)
}

// seasonAlone reads "the summer of 2024", "spring 2024", "this summer", "in the spring".
func (p *parser) seasonAlone(i, start int) (r reading, next int) {
	a := p.at(i)
	r.season = int(a.num)
	j := i + 1
	k := j
	switch p.of(k) {
	case "semester", "term", "season", "session":
		k++
	}
	if p.cls(k) == cOf || p.cls(k) == cComma || p.cls(k) == cIn {
		k++
	}
	if y, shape, n := p.yearish(k); n > 0 && (shape == "year" || shape == "years" && a.num == 4) && (p.cls(j) != cComma || a.is(capital)) {
		if shape == "year" && p.countable(n) && (a.is(hazard) || y.year%100 == 0) {
			return reading{}, 0
		}
		r.year, r.rule = y.year, "date.season-year"
		return r, n
	}
	if n := p.relativeYear(k, &r.stamp); n > 0 && p.cls(j) != cComma {
		r.rule = "date.season-year"
		return r, n
	}
	// Alone: "in the spring", "early summer"; a heading's "Fall" or "Spring Festival" is none.
	if p.cls(i-1) == cThe {
		switch p.cls(i - 2) {
		case cIn, cPrep, cBy, cOf:
		default:
			return reading{}, 0
		}
		if c := p.cls(j); c == cOther || c == cDash || c == cOf || c == cUnit {
			return reading{}, 0
		}
		r.rule = "date.season"
		return r, j
	}
	if start < i && p.cls(i-1) == cEarly && !a.is(capital) && p.cls(j) != cOther {
		r.rule = "date.season"
		return r, j
	}
	// "He came in autumn": one autumn, where the verb tells of one time.
	if start == i && p.cls(i-1) == cIn && !a.is(capital) {
		switch p.cls(j) {
		case cOther, cDash, cOf, cUnit, cAnd, cOr, cNum, cSeason:
		default:
			r.rule, r.byTense = "date.season", true
			return r, j
		}
	}
	return reading{}, 0
}
