package dates

// This file reads several days that share a month.

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
	consecutive := true
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
		if e == 0 || p.cls(j) != cNum && monthAt >= 0 && n > 0 && (p.cls(e) == cUnit || p.cls(e) == cHalfWord) {
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
		if en == 0 || p.cls(probe) != cNum && (p.cls(groups[0].i) == cNum && !p.at(groups[0].i).is(ordinal) || p.cls(en) == cUnit || p.cls(en) == cHalfWord) || dn <= d || monthAt >= 0 && (!p.dayEnds(en-1) || p.belongsElsewhere(en)) {
			joined = false
			break
		}
		if p.cls(k-1) != cComma {
			closed = true
		}
		consecutive = consecutive && dn == d+1
		j = k
	}
	if n == 0 || joined || n == 1 && groups[0].from == 0 || !closed && (!consecutive || n < 2 || monthAt >= 0) {
		return out, 0
	}
	end := j
	if monthAt < 0 {
		k := j
		if p.cls(k) == cOf || p.cls(k) == cIn && p.cls(k+1) == cRel {
			k++
		}
		m := p.at(k)
		switch {
		case m.class == cMonth:
			s.month = int(m.num)
			end = k + 1
		case m.class == cRel && (start < i || k > j) && p.cls(k+1) == cUnit && unit(p.at(k+1).num) == month && !p.at(k+1).is(plural): // "from 4 to 22 this month"
			s.rel, s.unit = relation(m.num), month
			end = k + 2
		default:
			return out, 0
		}
	}
	if y := p.yearBehind(end, &s); y > 0 && s.month != 0 {
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
