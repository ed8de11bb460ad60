package dates

// This file reads calendar dates: month and day in either order, all-number dates, months.

// glueRight reports whether the number at i goes on behind itself: "2,000", "5.30", "10%".
func (p *parser) glueRight(i int) bool {
	if !p.tight(i + 1) {
		return p.cls(i+1) == cUnitSign
	}
	switch p.cls(i + 1) {
	case cNum, cOther, cUnitSign, cUnit:
		return true
	case cDot, cComma, cColon, cSlash:
		return p.tight(i+2) && p.cls(i+2) == cNum
	}
	return false
}

// glueLeft reports whether the number at i continues something before it: "$18", "2.5", "A5".
func (p *parser) glueLeft(i int) bool {
	switch p.cls(i - 1) {
	case cSign:
		return true
	case cNum, cOther, cColon, cSlash, cUnitSign:
		return p.tight(i)
	case cDot, cComma:
		return p.tight(i) && (p.cls(i-2) == cNum || p.cls(i-2) == cOther) && p.tight(i-1)
	}
	return false
}

// yearAt reads a four-digit year inside a date, where its place already vouches for it.
func (p *parser) yearAt(i int) int {
	a := p.at(i)
	if a.class != cNum || a.digits != 4 || a.flags&(ordinal|decade) != 0 || a.num < 1000 || a.num > 2199 || p.glueRight(i) {
		return 0
	}
	return int(a.num)
}

// dayAt reads the number of a day: digits, "24th" or an ordinal word. next is 0 for none.
func (p *parser) dayAt(i int) (day, next int) {
	a := p.at(i)
	switch a.class {
	case cNum:
		if a.digits <= 2 && !a.is(decade) && a.num >= 1 && a.num <= 31 {
			return int(a.num), i + 1
		}
	case cOrd:
		return int(a.num), i + 1
	case cTens:
		if a.num <= 30 {
			j := i + 1
			if p.cls(j) == cDash {
				j++
			}
			if b := p.at(j); b.class == cOrd && b.num < 10 {
				return int(a.num + b.num), j + 1
			}
		}
	}
	return 0, 0
}

// yearBehind reads a year behind a month or day: ", 2024", "of 2024", "2024", "this year",
// "of last year". next is 0 for none.
func (p *parser) yearBehind(j int, s *stamp) (next int) {
	k := j
	switch p.cls(k) {
	case cComma, cOf, cIn:
		k++
	case cDash, cSlash, cDot:
		if !p.tight(k) || !p.tight(k+1) {
			return 0
		}
		k++
	}
	if y := p.yearAt(k); y > 0 {
		if p.cls(j) == cDash && s.day == 0 && p.cls(j-1) == cNum {
			return 0
		}
		if k == j && s.day == 0 && y < 1300 { // "in May 1200 people": no year
			return 0
		}
		if p.countable(k+1) && y%50 == 0 {
			return 0
		}
		s.year = y
		return k + 1
	}
	if p.cls(j) == cDash || p.cls(j) == cSlash || p.cls(j) == cIn {
		return 0
	}
	return p.relativeYear(k, s)
}

// relativeYear reads "this year", "last year", "the following year", "next year".
func (p *parser) relativeYear(k int, s *stamp) (next int) {
	if p.cls(k) == cThe {
		k++
		if a := p.at(k); a.class == cUnit && unit(a.num) == year && !a.is(plural) {
			s.yearRel = relThis
			return k + 1
		}
	}
	a, b := p.at(k), p.at(k+1)
	if a.class == cRel && b.class == cUnit && unit(b.num) == year && !b.is(plural) {
		switch r := relation(a.num); r {
		case relLast, relThis, relNext, relPrevious, relFollowing, relSame, relComing:
			s.yearRel = r
			return k + 2
		}
	}
	return 0
}

// monthFirst reads "May", "May 2024", "May 18", "May 18, 2024", "May the 3rd", "Sept. 3".
func (p *parser) monthFirst(i int) (s stamp, next int) {
	a := p.at(i)
	if a.class != cMonth {
		return s, 0
	}
	s.month = int(a.num)
	j := i + 1
	if p.cls(j) == cDot && p.tight(j) && a.is(short) {
		j++
	}
	k := j
	if p.cls(k) == cThe {
		k++
	}
	if p.cls(k) == cDash && p.tight(k) && p.tight(k+1) {
		k++
	}
	if d, n := p.dayAt(k); n > 0 && (k == j || p.cls(j) == cDash && p.yearAt(j+1) == 0 || p.at(n-1).is(ordinal) || p.cls(n-1) == cOrd) && p.dayEnds(n-1) {
		if p.cls(k) == cOrd || p.cls(k) == cTens {
			// "May third" is a date; "March first quarter results" is not.
			if p.cls(n) == cUnit || p.cls(n) == cHalfWord {
				n = 0
			}
		}
		if n > 0 {
			s.day = d
			if y := p.yearBehind(n, &s); y > 0 {
				n = y
			}
			return s, n
		}
	}
	if y := p.yearBehind(j, &s); y > 0 {
		return s, y
	}
	return s, i + 1
}

// dayEnds reports whether the number at i can be the day behind a month: it does not go on
// as an amount, a time or a percentage.
func (p *parser) dayEnds(i int) bool {
	if !p.glueRight(i) {
		return true
	}
	// "May 5,2024" without a space.
	return p.cls(i+1) == cComma && p.yearAt(i+2) > 0
}

// dayFirst reads "18 May 2024", "the 3rd of May", "18-May-2024".
func (p *parser) dayFirst(i int) (s stamp, next int) {
	j := i
	if p.cls(j) == cThe {
		j++
	}
	if p.glueLeft(j) {
		return s, 0
	}
	d, n := p.dayAt(j)
	if n == 0 {
		return s, 0
	}
	word := p.cls(j) != cNum
	if p.cls(n) == cUnit && unit(p.at(n).num) == day && p.cls(n+1) == cOf && (word || p.at(j).is(ordinal)) {
		n++ // "the third day of May"
	}
	switch p.cls(n) {
	case cOf:
		n++
	case cDash, cSlash:
		if !p.tight(n) || !p.tight(n+1) {
			return s, 0
		}
		n++
	default:
		if word { // "second May meeting"
			return s, 0
		}
	}
	m := p.at(n)
	if m.class != cMonth {
		return s, 0
	}
	s.day, s.month = d, int(m.num)
	n++
	if p.cls(n) == cDot && p.tight(n) && m.is(short) {
		n++
	}
	if y := p.yearBehind(n, &s); y > 0 {
		return s, y
	}
	if b := p.at(n); p.cls(n-2) == cNum && b.class == cNum && b.digits == 2 && p.tight(n-1) {
		return s, 0
	}
	return s, n
}

// numeric reads "2024-05-18", "18.05.2024", "05/18/2024", "2024-05-18T10:30".
// swapped says that day and month could be exchanged.
func (p *parser) numeric(i int) (s stamp, swapped bool, next int) {
	a, s1, b, s2, c := p.at(i), p.at(i+1), p.at(i+2), p.at(i+3), p.at(i+4)
	if a.class != cNum || b.class != cNum || c.class != cNum || s1.class != s2.class || !p.tight(i+1) || !p.tight(i+2) || !p.tight(i+3) || !p.tight(i+4) {
		return s, false, 0
	}
	if a.flags&(ordinal|decade) != 0 || b.flags&(ordinal|decade) != 0 || c.flags&(ordinal|decade) != 0 {
		return s, false, 0
	}
	switch s1.class {
	case cDash, cDot, cSlash:
	default:
		return s, false, 0
	}
	if p.glueLeft(i) || p.tight(i) && p.cls(i-1) == cDash && s1.class == cDash {
		return s, false, 0
	}
	end := i + 5
	if p.tight(end) && p.cls(end) == s1.class && p.tight(end+1) && p.cls(end+1) == cNum || p.cls(end) == cSlash && p.tight(end) && p.tight(end+1) {
		return s, false, 0
	}
	switch {
	case a.digits == 4 && b.digits <= 2 && c.digits <= 2:
		s.year, s.month, s.day = int(a.num), int(b.num), int(c.num)
	case a.digits <= 2 && b.digits <= 2 && (c.digits == 4 || c.digits == 2 && (s1.class == cSlash || s1.class == cDot && a.digits == 2 && b.digits == 2)):
		s.day, s.month, s.year = int(a.num), int(b.num), int(c.num)
		if c.digits == 2 {
			s.year += 2000
			if c.num > 60 {
				s.year -= 100
			}
		}
		if s.month > 12 && s.day <= 12 {
			s.day, s.month = s.month, s.day
		} else {
			swapped = s.day <= 12 && s.month != s.day
		}
	default:
		return s, false, 0
	}
	if s.year < 1000 || s.year > 2199 || s.month < 1 || s.month > 12 || s.day < 1 || !s.possible() {
		return s, false, 0
	}
	// "2024-05-18T10:30": the T is a word glued to both numbers.
	if p.tight(end) && p.of(end) == "T" && p.tight(end+1) {
		if c, n, _ := p.clockAt(end + 1); n > 0 {
			s.clock = c
			for k := 0; k < 4 && p.tight(n) && (p.cls(n) == cColon || p.cls(n) == cNum || p.of(n) == "Z"); k++ {
				n++
			}
			return s, swapped, n
		}
	}
	if p.tight(end) && (p.cls(end) == cOther || p.cls(end) == cNum) {
		return s, false, 0
	}
	return s, swapped, end
}

// dayGroup is one day, or a run of days, of a list that shares a month.
type dayGroup struct {
	i, j     int // atoms
	from, to int // days; from is 0 for a single one
}

// dayGroups reads several days of one month: "3–5 May 2025", "3, 5 and 7 May", "May 3-5,
// 2025", "October 8 and 9". between makes "3 and 5 May" an interval. The expression starts at
// atom start, which is i or a "from" before it. One single day is left to others.
func (p *parser) dayGroups(start, i int, between bool, out []expression) (_ []expression, next int) {
	j := i
	if p.cls(j) == cWeekday { // "Monday and Tuesday, 3 and 4 May" is rare; one weekday is common
		j++
		if p.cls(j) == cComma {
			j++
		}
	}
	if p.cls(j) == cThe {
		j++
	}
	var s stamp
	monthAt := -1
	if m := p.at(j); m.class == cMonth {
		s.month, monthAt = int(m.num), j
		j++
		if p.cls(j) == cDot && p.tight(j) && m.is(short) {
			j++
		}
		if p.cls(j) == cThe {
			j++
		}
	} else if p.glueLeft(j) {
		return out, 0
	}
	var groups [16]dayGroup
	n := 0
	closed := false // the list has its "and" or a dash: commas alone may be something else
	ordinals := true
	joined := false // the separator before the day makes an interval
	for n < len(groups) {
		first := j
		if n > 0 && p.cls(j) == cThe {
			j++
		}
		if n > 0 && p.cls(j) == cWeekday && p.cls(j+1) != cMonth && p.cls(j+1) == cNum {
			j++
		}
		d, e := p.dayAt(j)
		if e == 0 || p.cls(j) != cNum && monthAt >= 0 && n > 0 {
			j = first
			break
		}
		if monthAt >= 0 && !p.dayEnds(e-1) || monthAt < 0 && p.glueRight(e-1) {
			j = first
			break
		}
		if monthAt >= 0 && n > 0 && p.belongsElsewhere(e) {
			j = first
			break
		}
		ordinals = ordinals && (p.at(j).is(ordinal) || p.cls(j) != cNum)
		if joined && groups[n-1].from == 0 && groups[n-1].to < d {
			groups[n-1].from, groups[n-1].to, groups[n-1].j = groups[n-1].to, d, e
		} else if joined {
			return out, 0
		} else {
			groups[n] = dayGroup{i: j, j: e, to: d}
			n++
		}
		j, joined = e, false
		// The separator to the next day, if there is one.
		k := j
		if p.cls(k) == cComma {
			k++
		}
		switch p.cls(k) {
		case cAnd, cOr:
			k++
			joined = between && n == 1
		case cDash:
			joined = true
			k++
			if p.cls(k) == cDash { // "--"
				k++
			}
		case cTo:
			joined = k == j
			k++
		}
		if k == j {
			break
		}
		probe := k
		if p.cls(probe) == cThe {
			probe++
		}
		if p.cls(probe) == cWeekday {
			probe++
		}
		dn, en := p.dayAt(probe)
		if en == 0 || p.cls(probe) != cNum || dn <= d || monthAt >= 0 && (!p.dayEnds(en-1) || p.belongsElsewhere(en)) {
			joined = false
			break
		}
		if p.cls(k-1) != cComma {
			closed = true
		}
		j = k
	}
	if n == 0 || joined || n == 1 && groups[0].from == 0 || !closed {
		return out, 0
	}
	end := j
	if monthAt < 0 {
		k := j
		if p.cls(k) == cOf {
			k++
		}
		m := p.at(k)
		if m.class != cMonth {
			return out, 0
		}
		s.month = int(m.num)
		end = k + 1
	}
	if y := p.yearBehind(end, &s); y > 0 {
		end = y
	}
	for g := 0; g < n; g++ {
		r := reading{stamp: s, rule: "date.day-list"}
		r.day = groups[g].to
		if groups[g].from > 0 {
			r.rule, r.ranged, r.to = "date.day-range", true, r.stamp
			r.day = groups[g].from
		}
		a, b := groups[g].i, groups[g].j
		if g == 0 {
			a = i
			if start < i && r.ranged {
				a = start
			}
		}
		if g == n-1 {
			b = end
		}
		if g == n-1 || g == 0 && n == 1 {
			if r.ranged {
				end = p.dailyHours(&r, b)
				r.end = 0
			} else if k := p.timeBehind(&r, b); k > 0 {
				b, end = k, k
			}
		}
		out = p.emit(out, r, a, b)
	}
	return out, end
}

// belongsElsewhere reports whether the number that ends before e counts what follows it
// ("May 3, 5 people", "May 3 and 5 June") and is no further day.
func (p *parser) belongsElsewhere(e int) bool {
	switch a := p.at(e); a.class {
	case cMonth, cUnit, cUnitSign, cAMPM, cOClock, cColon:
		return a.class != cColon || p.tight(e+1)
	case cOther:
		return !a.is(capital)
	case cOf:
		return p.cls(e+1) == cMonth || p.cls(e+1) == cThe
	}
	return false
}
