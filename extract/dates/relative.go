package dates

// This file reads units in relation to now or to what was told: "last week", "the following
// day", "that year", "next May".

// bareOrdinal reads "the 24th" when it can be nothing but a day: behind a preposition and
// before something that it does not count. j is the number.
func (p *parser) bareOrdinal(j int) (r reading, next int) {
	a := p.at(j)
	if a.class != cNum || !a.is(ordinal) || a.num < 1 || a.num > 31 {
		return r, 0
	}
	if r, next = p.dayOfMonth(j); next > 0 {
		return r, next
	}
	switch p.cls(j - 2) {
	case cOn, cFrom, cTo, cBy, cBetween, cAnd, cApprox:
	case cPrep:
		if w := p.of(j - 2); w != "since" && w != "before" && w != "after" && w != "for" {
			return r, 0
		}
	default:
		return r, 0
	}
	for k := j + 1; k <= j+4; k++ { // "from the 17th or 18th century"
		if u := p.at(k); u.class == cUnit && unit(u.num) == century {
			return r, 0
		}
	}
	behind := p.at(j + 1)
	switch behind.class {
	case cOther:
		return r, 0
	case cOf:
		if p.cls(j+2) == cThe && p.cls(j+3) == cUnit && unit(p.at(j+3).num) == month {
			r.rule, r.day = "date.day", int(a.num)
			return r, j + 4
		}
		return r, 0
	case cUnit, cMonth, cDash, cNum, cSeason, cCard, cOrd, cUnitSign, cFiscal, cFreq:
		return r, 0
	}
	if p.cls(j-2) == cAnd && p.listEnd != j-2 || p.cls(j-2) == cBy && behind.class == cClitic {
		return r, 0
	}
	r.rule, r.day = "date.day", int(a.num)
	return r, j + 1
}

// dayOfMonth reads "20th of next month", "15th day of this month", "twenty-sixth of last
// month". j is the number.
func (p *parser) dayOfMonth(j int) (r reading, next int) {
	d, k := p.dayAt(j)
	if k == 0 || p.cls(j) == cNum && !p.at(j).is(ordinal) {
		return r, 0
	}
	if p.cls(k) == cUnit && unit(p.at(k).num) == day && !p.at(k).is(plural) {
		k++
	}
	if p.cls(k) == cOf && p.cls(k+1) == cSet && p.cls(k+2) == cUnit && unit(p.at(k+2).num) == month { // "19th of every month"
		return reading{typ: TypeSet, rule: "set", fixed: "XXXX-XX-" + two(d)}, k + 3
	}
	if p.cls(k) == cOf && p.cls(k+1) == cThe && p.cls(k+2) == cUnit && unit(p.at(k+2).num) == month && !p.at(k+2).is(plural) && k > j+1 { // "the 15th day of the month"
		r.rule, r.day = "date.day", d
		return r, k + 3
	}
	if b := p.at(k + 1); p.cls(k) == cOf && b.class == cRel && p.cls(k+2) == cUnit && unit(p.at(k+2).num) == month && !p.at(k+2).is(plural) {
		r.rule, r.day, r.rel, r.unit = "date.day-of-month", d, relation(b.num), month
		return r, k + 3
	}
	return r, 0
}

// thatUnit reads "that day", "that same year": what the text told last.
func (p *parser) thatUnit(i int) (r reading, next int) {
	j := i + 1
	if a := p.at(j); a.class == cRel && relation(a.num) == relSame {
		j++
	}
	a := p.at(j)
	if a.class != cUnit || a.is(plural) || p.cls(j+1) == cDash && p.tight(j+1) || p.cls(j+1) == cOther && j == i+1 && !p.at(j+1).is(capital) {
		return r, 0
	}
	switch u := unit(a.num); u {
	case day, week, month, year:
		r.rule, r.unit, r.rel, r.toText = "date.relative-unit", u, relSame, true
		return r, j + 1
	}
	return r, 0
}

// lastsBefore are words before the verb "last".
var lastsBefore = set("will would shall should can could may might must to not shouldn won didn n't doesn cannot")

// related reads what begins with a relation: "last week", "next May", "this spring", "the
// following day", "last Friday", "last quarter", "next weekend".
func (p *parser) related(i int) (r reading, next int) {
	if relation(p.at(i).num) == relLast && lastsBefore[p.of(i-1)] { // "will last three weeks"
		return r, 0
	}
	if d, n := p.weekday(i); n > 0 {
		return p.withTime(d, n)
	}
	rel := relation(p.at(i).num)
	j := i + 1
	if p.at(j).is(opens) {
		return p.namedHoliday(i)
	}
	if rel == relSame {
		if r, next = p.samePeriod(j); next > 0 {
			return r, next
		}
	}
	if p.cls(i-1) == cThe {
		if r, next = p.yearAgo(i); next > 0 {
			return r, next
		}
	}
	if b := p.at(j); rel == relThis && b.class == cRel && (relation(b.num) == relPast || relation(b.num) == relComing || relation(b.num) == relLast || relation(b.num) == relNext) {
		rel = relation(b.num)
		if rel == relPast {
			rel = relLast
		}
		j++
	} else if rel == relPast || rel == relComing {
		if c := p.cls(j); c == cNum || c == cCard || c == cTens {
			return p.span2(i)
		}
		if p.cls(j) != cUnit && p.cls(j) != cSeason {
			if s, n := p.monthFirst(j); n > 0 && s.day == 0 && rel == relComing {
				return reading{}, 0
			}
			return reading{}, 0
		}
	}
	if p.cls(j) == cEarly || p.of(j) == "very" {
		return reading{}, 0
	}
	b := p.at(j)
	switch b.class {
	case cUnit:
		if b.is(plural) {
			return p.span2(i)
		}
		u := unit(b.num)
		if p.cls(j+1) == cDash && p.tight(j+1) {
			return r, 0
		}
		if rel == relLast {
			if q, n := p.quarterOrdinal(i); n > j+1 { // "last week of 2015"
				return q, n
			}
		}
		if j == i+1 && (rel == relPast && u != quarter || rel == relComing && u != week && u != month && u != quarter) {
			return p.span2(i)
		}
		switch u {
		case week, weekend, month, year, quarter, decadeUnit, century, fortnight:
		case day:
			if rel != relFollowing && rel != relNext && rel != relPrevious && rel != relSame || rel == relNext && p.cls(i-1) != cThe {
				return r, 0
			}
		default:
			return r, 0
		}
		if u == fortnight {
			return r, 0
		}
		r.rule, r.unit, r.rel = "date.relative-unit", u, rel
		switch rel {
		case relPrevious, relFollowing, relSame:
			if rel == relSame && (p.cls(i-1) != cThe || p.cls(j+1) == cThat || p.of(j+1) == "as") {
				return reading{}, 0 // "same day processing", "on the same day that they vote"
			}
			r.toText = true
		case relNext:
			r.toText = u == day || p.cls(i-1) == cThe // "the next month" of a story
		}
		if u == year && p.cls(j+1) == cClitic && p.tight(j+1) { // "next year's first quarter"
			q, n := p.quarterOrdinal(j + 2)
			if p.cls(j+2) == cQuarter || p.cls(j+2) == cHalf {
				q, n = p.quarterToken(j + 2)
			}
			if n > 0 && (q.quarter != 0 || q.half != 0) && q.year == 0 && q.yearRel == 0 {
				q.yearRel = rel
				return q, n
			}
		}
		// "last year's May"? no; "this year's Q3" is read by the quarter. "this week's" is fine.
		if u == week {
			k := j + 1
			if p.cls(k) == cOn {
				k++
			}
			if d := p.at(k); d.class == cWeekday && !d.is(plural) && p.cls(k+1) != cMonth && (p.cls(k+1) != cNum || p.hourAt(k+1)) && (p.cls(k+1) != cComma || p.cls(k+2) != cMonth && p.cls(k+2) != cNum) { // "next week Tuesday", "next week on Friday"
				r.weekday, r.unit = int(d.num), week
				r.rule = "date.weekday"
				return p.withTime(r, k+1)
			}
		}
		return r, j + 1
	case cMonth:
		s, n := p.monthFirst(j)
		if n == 0 || b.is(short) && p.cls(n) == cOther && s.day == 0 {
			return r, 0
		}
		if s.day == 0 && p.cls(j+1) == cOther && p.at(j+1).is(capital) {
			return r, 0
		}
		r.stamp, r.rule = s, "date.relative-month"
		if s.year == 0 {
			r.rel = rel
		}
		if s.day != 0 {
			r.rule = "date.month-day"
			return p.withTime(r, n)
		}
		return r, n
	case cSeason:
		if p.cls(j+1) == cOther && p.at(j+1).is(capital) {
			return r, 0
		}
		r.season, r.rel, r.rule = int(b.num), rel, "date.relative-season"
		if y, shape, n := p.yearish(j + 1); n > 0 && shape == "year" {
			r.year, r.rel = y.year, 0
			return r, n
		}
		return r, j + 1
	case cOrd, cQuarter:
		if rel == relLast || rel == relThis || rel == relNext {
			q, n := p.quarterOrdinal(j)
			if b.class == cQuarter {
				q, n = p.quarterToken(j)
			}
			if n > 0 && q.quarter != 0 && q.year == 0 && q.yearRel == 0 {
				q.rel = rel
				return q, n
			}
		}
	case cDayPart:
		switch {
		case rel == relThis && p.cls(i-1) != cThe:
			r.rule, r.unit = "date.deictic", day
			return p.withTime(r, j+1)
		case rel == relLast && p.of(j) == "night":
			r.rule, r.unit, r.n = "date.deictic", day, -1
			return r, j + 1
		case rel == relFollowing || rel == relNext && p.cls(i-1) == cThe:
			r.rule, r.unit, r.rel, r.toText = "date.relative-unit", day, relFollowing, true
			return r, j + 1
		}
	case cFiscal:
		if u := p.at(j + 1); u.class == cUnit && unit(u.num) == year && !u.is(plural) {
			r.rule, r.unit, r.rel = "date.relative-unit", year, rel
			return r, j + 2
		}
	case cNum, cCard:
		return p.span2(i)
	}
	return reading{}, 0
}
