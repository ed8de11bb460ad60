package dates

// This file reads intervals: "from … to …", "between … and …", and two points with a dash.

// interval reads what "from" or "between" at i opens.
func (p *parser) interval(i int, out []expression) (_ []expression, next int) {
	between := p.cls(i) == cBetween
	j := i + 1
	if out, next = p.dayGroups(i, j, between, out); next > 0 {
		return out, next
	}
	if r, k := p.bareStart(j, between); k > 0 {
		return p.emit(out, r, i, k), k
	}
	if r, k := p.weekdaySpan(j, between); k > 0 {
		return p.emit(out, r, i, k), k
	}
	if y, shape, k := p.yearish(j); k > 0 && shape == "years" && p.at(k-1).digits == 4 && y.year >= 1300 && !p.countable(k) && !measure[p.of(k)] { // "from 2014–2018"
		return p.emit(out, y, i, k), k
	}
	r, k := p.endpoint(j)
	if k == 0 {
		return out, 0
	}
	if e := p.rangeTail(&r, j, k, between); e > 0 {
		return p.emit(out, r, i, e), e
	}
	if r.ranged && len(r.rule) > 4 && r.rule[:4] == "time" && p.cls(j) == cNum || r.ranged && !between && r.typ == "" && r.end == 0 && p.cls(k-1) == cNum && r.rule == "date.years" {
		return p.emit(out, r, i, k), k
	}
	return out, 0
}

// bareStart reads "4 to January 22, 1995" behind "from": the first day has its month from the
// last.
func (p *parser) bareStart(j int, between bool) (r reading, next int) {
	d, k := p.dayAt(j)
	if k == 0 || p.cls(j) != cNum || p.glueRight(k-1) {
		return r, 0
	}
	switch {
	case between && p.cls(k) == cAnd, !between && (p.cls(k) == cTo || p.cls(k) == cDash):
	default:
		return r, 0
	}
	if p.cls(k+1) != cMonth {
		return r, 0
	}
	s, n := p.monthFirst(k + 1)
	if n == 0 || s.day <= d {
		return r, 0
	}
	r.rule, r.stamp, r.to, r.ranged = "date.range", s, s, true
	r.day = d
	return r, n
}

// weekdaySpan reads "Thursday to Sunday", "Wednesday and Friday next week" behind "from" or
// "between": days of one week. From Monday to Friday, or to the weekend, things are open, every
// week: that is a set.
func (p *parser) weekdaySpan(j int, between bool) (r reading, next int) {
	a, k := p.weekday(j)
	if k == 0 || a.day != 0 || a.month != 0 || a.unit != 0 {
		return a, 0
	}
	if c := p.cls(k); between != (c == cAnd) || !between && c != cTo && c != cDash {
		return a, 0
	}
	b := p.at(k + 1)
	if b.class != cWeekday || b.is(plural) || a.rel == noRelation && a.weekday == 1 && b.num >= 5 {
		return r, 0
	}
	q, n := p.weekday(k + 1)
	if n == 0 || q.day != 0 || q.month != 0 || q.rel != noRelation && q.unit == 0 {
		return r, 0
	}
	if q.unit != 0 {
		a.rel, a.unit = q.rel, q.unit
	} else if a.rel == noRelation && p.cls(n) == cDayPart {
		return r, 0
	}
	r = a
	r.rule, r.ranged, r.onward = "date.range", true, false
	r.to = r.stamp
	r.to.weekday, r.to.rel, r.to.unit = q.weekday, relAfterStart, noUnit
	return r, n
}

// endpoint reads a point at an end of an interval, where less is needed than alone: "the
// 24th", "2019", "Monday 3", "3 May".
func (p *parser) endpoint(j int) (r reading, next int) {
	if p.cls(j) == cThe {
		if q, k := p.bareOrdinal(j + 1); k > 0 {
			return q, k
		}
	}
	if r, next = p.point(j); next > 0 && r.fixed == "" && !(r.ranged && r.rule == "date.years") {
		return r, next
	}
	if y, shape, k := p.yearish(j); k > 0 && shape == "year" && y.year >= 1300 && !measure[p.of(k)] && !p.countable(k) {
		return y, k
	}
	if a := p.at(j); a.class == cNum && a.is(ordinal) && a.num >= 1 && a.num <= 31 && p.cls(j-1) != cThe && p.at(j-2).is(ordinal) && p.cls(j+1) != cOther {
		return reading{stamp: stamp{day: int(a.num)}, rule: "date.day"}, j + 1 // "between the 21st and 23rd"
	}
	if a := p.at(j); a.class == cMonth && (!a.is(short) || p.monthPair(j)) {
		if s, k := p.monthFirst(j); k > 0 {
			return reading{stamp: s, rule: "date.month"}, k
		}
	}
	return reading{}, 0
}

// monthPair reports whether the month at j stands at either end of "Sep to Nov".
func (p *parser) monthPair(j int) bool {
	link := func(k int) bool { c := p.cls(k); return c == cTo || c == cAnd || c == cDash }
	return link(j+1) && p.cls(j+2) == cMonth || link(j-1) && p.cls(j-2) == cMonth
}

// rangeTail reads the connector and end of an interval whose start r stands at i to j, and
// makes r the whole. It returns the index behind, or 0.
func (p *parser) rangeTail(r *reading, i, j int, between bool) int {
	if r.fixed != "" || r.ranged || r.mod == ModApprox || r.end > 0 {
		return 0
	}
	k := j
	spaced := false
	switch {
	case between && p.cls(k) == cAnd, p.cls(k) == cTo, !between && p.cls(k) == cComma && p.cls(k+1) == cTo && r.day != 0:
		if p.cls(k) == cComma {
			k++
		}
		k++
	case p.cls(k) == cDash:
		spaced = p.at(k).is(space)
		k++
		if p.cls(k) == cDash && p.tight(k) {
			k++
		}
	default:
		return 0
	}
	if p.cls(k) == cThe && p.cls(k+1) == cMonth {
		k++
	}
	// "September 28 to 3 October", "Monday 3 to Friday 7 March": the number alone was read by
	// dayGroups; here both ends are whole points.
	p.noTime = r.clock == 0
	q, n := p.endpoint(k)
	p.noTime = false
	if n == 0 || q.fixed != "" || q.ranged {
		return 0
	}
	if !p.pairs(r, &q) || spaced && kindOf(r.stamp) != kindOf(q.stamp) {
		return 0
	}
	from, to := r.stamp, q.stamp
	fill(&from, &to)
	if from.year != 0 && to.year != 0 && from.mask == 0 && to.mask == 0 && before(to, from) {
		if c := p.cls(i - 1); (c == cFrom || c == cBetween) && !spaced && r.day != 0 && q.day != 0 {
			r.refused = Backwards
			return n
		}
		return 0
	}
	if from.weekday != 0 && from.day == 0 && from.rel == 0 {
		return 0
	}
	r.stamp, r.to, r.ranged = from, to, true
	if r.mod == "" || r.mod != q.mod {
		r.mod = ""
	}
	r.rule = "date.range"
	r.swapped = r.swapped || q.swapped
	if q.end > 0 {
		r.end = q.end
	}
	return p.dailyHours(r, n)
}

// dailyHours steps over the times behind an interval of days and leaves them out of it.
func (p *parser) dailyHours(r *reading, n int) int {
	if r.to.day == 0 || r.to.clock != 0 || r.end > 0 {
		return n
	}
	probe := *r
	if k := p.timeBehind(&probe, n); k > 0 {
		r.end = n
		return k
	}
	return n
}

// granularity of a point, for pairing the ends of an interval.
func kindOf(s stamp) int {
	switch {
	case s.day != 0 || s.weekday != 0 || s.unit == day:
		return 1
	case s.month != 0:
		return 2
	case s.season != 0 || s.quarter != 0 || s.half != 0:
		return 3
	case s.year != 0:
		return 4
	}
	return 5
}

// pairs reports whether the two points can be the ends of one interval.
func (p *parser) pairs(a, b *reading) bool {
	x, y := kindOf(a.stamp), kindOf(b.stamp)
	if x == 5 && a.unit == 0 && (b.clock == 0 || y != 5) {
		return false // a time of day and a date
	}
	if a.toText || b.toText || a.unit != 0 && b.unit == 0 && b.day != 0 && a.unit != day {
		return false
	}
	if x == y {
		return true
	}
	// "March 2020 to 15 May 2021", "2019 to May 2024" occur; "2019 to 15" does not.
	if x == 5 || y == 5 {
		return a.unit != 0 && b.year != 0 || a.year != 0 && b.unit != 0
	}
	return (a.year != 0 || b.year != 0) && (x == 2 || y == 2 || x == 4 || y == 4)
}

// fill gives each end what only the other says: "September 28 to October 3, 2025".
func fill(from, to *stamp) {
	if from.month == 0 && from.day != 0 && from.weekday == 0 && to.month != 0 {
		from.month = to.month
	}
	if to.month == 0 && to.day != 0 && from.month != 0 {
		to.month = from.month
	}
	sub := func(s *stamp) bool { return s.month != 0 || s.season != 0 || s.quarter != 0 || s.half != 0 }
	if from.year == 0 && to.year != 0 && sub(from) && sub(to) && from.yearRel == 0 && from.rel == 0 {
		from.year = to.year
		if from.month > to.month && to.month != 0 || from.quarter > to.quarter && to.quarter != 0 {
			from.year--
		}
	}
	if to.year == 0 && from.year != 0 && sub(from) && sub(to) && to.yearRel == 0 && to.rel == 0 {
		to.year = from.year
		if to.month != 0 && to.month < from.month {
			to.year++
		}
	}
	if from.year == 0 && from.yearRel == 0 && to.yearRel != 0 && sub(from) {
		from.yearRel = to.yearRel
	}
	if to.year == 0 && to.yearRel == 0 && from.yearRel != 0 && sub(to) {
		to.yearRel = from.yearRel
	}
	if from.clock == 0 && to.clock != 0 {
		to.clock = 0
	}
}

// before reports whether a lies before b, both with years.
func before(a, b stamp) bool {
	if a.year != b.year {
		return a.year < b.year
	}
	if a.month != 0 && b.month != 0 && a.month != b.month {
		return a.month < b.month
	}
	if a.month != 0 && a.month == b.month && a.day != 0 && b.day != 0 {
		return a.day < b.day
	}
	return false
}
