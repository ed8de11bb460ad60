package dates

// This file reads parts of a year: quarters, halves, numbered weeks, runs of months.

// numberedPart reads "3Q24", "2H 2024" and "2024-Q1", "2024 H2".
func (p *parser) numberedPart(i int) (r reading, next int) {
	a, b := p.at(i), p.at(i+1)
	if a.class != cNum || a.flags&(ordinal|decade) != 0 || p.glueLeft(i) {
		return r, 0
	}
	if w := p.of(i + 1); a.digits == 1 && p.tight(i+1) && (w == "Q" && a.num >= 1 && a.num <= 4 || w == "H" && a.num >= 1 && a.num <= 2) {
		r.rule, r.quarter = "date.quarter", int(a.num)
		if w == "H" {
			r.rule, r.quarter, r.half = "date.half", 0, int(a.num)
		}
		if c := p.at(i + 2); c.class == cNum && c.digits == 2 && p.tight(i+2) {
			r.year = 2000 + int(c.num)
			return r, i + 3
		}
		if n := p.periodYear(i+2, &r.stamp); n > 0 {
			return r, n
		}
		return reading{}, 0
	}
	j := i + 1
	if b.class == cDash || b.class == cSlash {
		j++
	}
	if y := a.num; a.digits == 4 && y >= 1900 && y <= 2100 && (p.cls(j) == cQuarter || p.cls(j) == cHalf) && (j == i+1 || p.tight(j)) {
		r.year, r.rule, r.quarter = int(y), "date.quarter", int(p.at(j).num)
		if p.cls(j) == cHalf {
			r.rule, r.quarter, r.half = "date.half", 0, int(p.at(j).num)
		}
		return r, j + 1
	}
	return r, 0
}

// quarterToken reads "Q3 2024", "Q3", "H1 2024".
func (p *parser) quarterToken(i int) (r reading, next int) {
	a := p.at(i)
	if p.tight(i) && p.cls(i-1) != cOpen && p.cls(i-1) != cDash && p.cls(i-1) != cPunct {
		return r, 0
	}
	if a.class == cQuarter {
		r.quarter, r.rule = int(a.num), "date.quarter"
	} else {
		r.half, r.rule = int(a.num), "date.half"
	}
	j := p.periodYear(i+1, &r.stamp)
	if j == 0 {
		if !a.is(capital) {
			return reading{}, 0
		}
		j = i + 1
	}
	return r, j
}

// periodYear reads the year behind a quarter or half: "2024", "of 2024", "of fiscal 2024",
// "of this year", "of the year", "FY2024".
func (p *parser) periodYear(j int, s *stamp) (next int) {
	k := j
	switch p.cls(k) {
	case cOf, cComma, cIn, cSlash, cDash:
		k++
	}
	if p.cls(k) == cThe && p.cls(k+1) == cFiscal {
		k++
	}
	if f, n := p.fiscal(k); n > 0 && !f.ranged {
		s.year, s.fiscal = f.year, true
		return n
	}
	if y, shape, n := p.yearish(k); n > 0 && shape == "year" {
		s.year = y.year
		return n
	}
	if p.cls(j) == cSlash || p.cls(j) == cDash {
		return 0
	}
	return p.relativeYear(k, s)
}

// quarterOrdinal reads "third quarter of 2024", "first half of next year", "first nine months
// of 2024", "last week of May", "second Monday of May 2024". i is the ordinal.
func (p *parser) quarterOrdinal(i int) (r reading, next int) {
	a := p.at(i)
	n := 0
	switch {
	case a.class == cOrd && a.num <= 12, a.class == cNum && a.is(ordinal) && a.num <= 12:
		n = int(a.num)
	case a.class == cRel && relation(a.num) == relLast, p.of(i) == "final", p.of(i) == "closing":
		n = -1
	case p.of(i) == "opening":
		n = 1
	default:
		return r, 0
	}
	j := i + 1
	if p.cls(j) == cDash && p.tight(j) {
		j++
	}
	count := 1
	if c := p.at(j); c.class == cCard && c.num < 100 || c.class == cNum && c.digits <= 2 && c.num > 0 && !c.is(ordinal) {
		count = int(c.num)
		j++
	}
	b := p.at(j)
	if b.class == cWeekday && !b.is(plural) && count == 1 && (p.cls(j+1) == cOf || p.cls(j+1) == cIn) {
		s, e := p.monthFirst(j + 2)
		if b := p.at(j + 2); b.class == cRel && p.cls(j+3) == cUnit && unit(p.at(j+3).num) == month && !p.at(j+3).is(plural) {
			s, e = stamp{rel: relation(b.num), unit: month}, j+4
		}
		if e > 0 && s.day == 0 && n <= 5 {
			r.stamp = s
			r.nth, r.weekday, r.rule = n, int(b.num), "date.nth-weekday"
			return r, e
		}
		return r, 0
	}
	if b.class == cHalfWord && count == 1 && (n == 1 || n == 2 || n == -1) {
		r.half, r.rule = n, "date.half"
		if n == -1 {
			r.half = 2
		}
		e := p.periodYear(j+1, &r.stamp)
		if e == 0 {
			// "the first half of May", "the second half of the 1990s"
			if p.cls(j+1) == cOf {
				k := j + 2
				if p.cls(k) == cThe {
					k++
				}
				if s, m := p.monthFirst(k); m > 0 && s.day == 0 {
					r = reading{stamp: s, rule: "date.month-part", mod: ModStart}
					if n != 1 {
						r.mod = ModEnd
					}
					return r, m
				}
				if y, shape, m := p.yearish(k); m > 0 && (shape == "decade" || shape == "century") {
					y.mod = ModStart
					if n != 1 {
						y.mod = ModEnd
					}
					return y, m
				}
			}
			return reading{}, 0
		}
		return r, e
	}
	if b.class != cUnit {
		return r, 0
	}
	u := unit(b.num)
	switch {
	case u == quarter && count == 1 && !b.is(plural):
		if n < 0 {
			if e := p.periodYear(j+1, &r.stamp); e > 0 {
				r.quarter, r.rule = 4, "date.quarter"
				return r, e
			}
			return r, 0
		}
		if n > 4 {
			return r, 0
		}
		r.quarter, r.rule = n, "date.quarter"
		if e := p.periodYear(j+1, &r.stamp); e > 0 {
			return r, e
		}
		return r, j + 1
	case (u == month || u == quarter) && (count > 1 || u == month && b.is(plural) == (count > 1)) && (n == 1 || n == -1) && count <= 12 && (p.cls(j+1) == cOf || p.cls(j+1) == cIn):
		if u == quarter {
			count *= 3
		}
		if count > 12 {
			return r, 0
		}
		e := p.periodYear(j+1, &r.stamp)
		if e == 0 {
			return r, 0
		}
		r.rule = "date.months-of-year"
		if n == 1 {
			r.month = 1
			r.to = r.stamp
			r.to.month = count
		} else {
			r.month = 13 - count
			r.to = r.stamp
			r.to.month = 12
		}
		r.ranged = count > 1
		return r, e
	case (u == week || u == day) && count > 1 && count <= 31 && (n == 1 || n == -1) && (p.cls(j+1) == cOf || p.cls(j+1) == cIn) && p.cls(j+2) != cMonth && !(p.cls(j+2) == cThe && p.cls(j+3) == cMonth):
		// "the first two weeks of 2021"
		e := p.periodYear(j+1, &r.stamp)
		if e == 0 || u == day && n < 0 || r.year == 0 && n < 0 {
			return reading{}, 0
		}
		r.rule, r.ranged = "date.weeks-of-year", true
		r.to = r.stamp
		switch {
		case u == day:
			r.month, r.day, r.to.month, r.to.day = 1, 1, 1, count
		case n == 1:
			r.week, r.to.week = 1, count
		default:
			_, r.to.week = civil(r.year, 12, 28).ISOWeek()
			r.week = r.to.week - count + 1
		}
		return r, e
	case u == week && count == 1 && !b.is(plural):
		if r, next = p.weekOf(j+1, n); next > 0 {
			return r, next
		}
		return reading{}, 0
	case u == month && count == 1 && !b.is(plural) && n >= 1 && (p.cls(j+1) == cOf || p.cls(j+1) == cIn): // "the third month of 2021"
		if e := p.periodYear(j+1, &r.stamp); e > 0 && !r.fiscal {
			r.month, r.rule = n, "date.month-year"
			return r, e
		}
		return reading{}, 0
	case (u == week || u == day || u == weekend) && (p.cls(j+1) == cOf || p.cls(j+1) == cIn) && (n == 1 || n == -1):
		k := j + 2
		if s, e := p.monthFirst(k); e > 0 && s.day == 0 {
			r.stamp, r.rule = s, "date.month-part"
			r.mod = ModStart
			if n < 0 {
				r.mod = ModEnd
			}
			if u == day && count == 1 && !b.is(plural) {
				r.mod = ""
				r.day = 1
				if n < 0 {
					r.day = 0
					r.mod = ModEnd
				}
			}
			return r, e
		}
	}
	return reading{}, 0
}

// weekOf reads what the nth week belongs to: "of 2024", "of May", "of next month", "next year".
// n is -1 for the last one.
func (p *parser) weekOf(j, n int) (r reading, next int) {
	k := j
	of := p.cls(k) == cOf || p.cls(k) == cIn
	if of {
		k++
	}
	r.rule = "date.week"
	if y := p.yearAt(k); y > 0 && of {
		r.year, r.week = y, n
		if n < 0 {
			_, r.week = civil(y, 12, 28).ISOWeek() // December 28 is always in the last week
		}
		return r, k + 1
	}
	if n > 0 {
		if e := p.relativeYear(k, &r.stamp); e > 0 {
			r.week = n
			return r, e
		}
	}
	if !of || n > 5 {
		return reading{}, 0
	}
	if p.cls(k) == cThe && p.cls(k+1) == cUnit { // "the first week of the month"
		return reading{}, 0
	}
	s, e := p.monthFirst(k)
	if a := p.at(k); a.class == cRel && p.cls(k+1) == cUnit && unit(p.at(k+1).num) == month && !p.at(k+1).is(plural) {
		s, e = stamp{rel: relation(a.num), unit: month}, k+2
	}
	if e == 0 || s.day != 0 {
		return reading{}, 0
	}
	// Where the year stays unknown the value is the month, with its beginning or end.
	r.stamp, r.nthWeek = s, n
	switch n {
	case 1:
		r.mod = ModStart
	case -1:
		r.mod = ModEnd
	}
	return r, e
}

// weekNumber reads "week 31 of 2024" and "Week 12, 2025".
func (p *parser) weekNumber(i int) (r reading, next int) {
	a, b := p.at(i), p.at(i+1)
	if unit(a.num) != week || a.is(plural) || b.class != cNum || b.digits > 2 || b.num < 1 || b.num > 53 || b.flags&(ordinal|decade) != 0 {
		return r, 0
	}
	k := i + 2
	if p.cls(k) == cOf || p.cls(k) == cComma {
		k++
	}
	if y := p.yearAt(k); y > 0 {
		return reading{stamp: stamp{year: y, week: int(b.num)}, rule: "date.week"}, k + 1
	}
	if p.of(i-1) == "calendar" || p.of(i-1) == "Calendar" {
		return reading{stamp: stamp{week: int(b.num)}, rule: "date.week"}, i + 2
	}
	return r, 0
}

// samePeriod reads what stands behind "the same": "quarter a year ago", "period of 2024",
// "month last year". j is the noun.
func (p *parser) samePeriod(j int) (r reading, next int) {
	a := p.at(j)
	switch {
	case p.of(j) == "period":
	case a.class == cUnit && !a.is(plural) && (unit(a.num) == quarter || unit(a.num) == month || unit(a.num) == week):
		r.unit = unit(a.num)
	default:
		return r, 0
	}
	r.rule, r.same = "date.same-period", true
	k := j + 1
	switch p.cls(k) {
	case cOf, cIn, cComma:
		k++
	}
	if y := p.yearAt(k); y > 0 {
		r.year = y
		return r, k + 1
	}
	if n := p.relativeYear(k, &r.stamp); n > 0 && r.yearRel != relThis && r.yearRel != relSame {
		return r, n
	}
	r.yearRel = 0
	if n, u, half, m := p.amountAt(k); m > 0 && u == year && !half && (p.cls(m) == cAgo || p.cls(m) == cLaterNow && p.at(m).num < 0) {
		r.n = -n
		return r, m + 1
	}
	if p.cls(k) == cThe && p.cls(k+1) == cUnit && unit(p.at(k+1).num) == year && p.of(k+2) == "before" {
		r.n = -1
		return r, k + 3
	}
	return reading{}, 0
}

// yearAgo reads "year-ago quarter" and "prior-year period" from the first word.
func (p *parser) yearAgo(i int) (r reading, next int) {
	if p.cls(i+1) != cDash || !p.tight(i+1) || !p.tight(i+2) {
		return r, 0
	}
	a, b := p.at(i), p.at(i+2)
	if !(a.class == cUnit && unit(a.num) == year && b.class == cAgo) && !(a.class == cRel && relation(a.num) == relPrevious && b.class == cUnit && unit(b.num) == year && !b.is(plural)) {
		return r, 0
	}
	switch c := p.at(i + 3); {
	case p.of(i+3) == "period":
	case c.class == cUnit && unit(c.num) == quarter && !c.is(plural):
		r.unit = quarter
	default:
		return r, 0
	}
	r.rule, r.same, r.n = "date.same-period", true, -1
	return r, i + 4
}
