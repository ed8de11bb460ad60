package dates

// This file reads everything that a calendar alone does not place: weekdays, "last week",
// "two months ago", months and seasons alone, and the modifiers in front of them.

// calendarDay reads a date with its day of the month.
func (p *parser) calendarDay(i int) (r reading, next int) {
	switch p.cls(i) {
	case cMonth:
		if s, n := p.monthFirst(i); n > 0 && s.day > 0 {
			return reading{stamp: s, rule: "date.month-day"}, n
		}
	case cNum:
		if s, swapped, n := p.numeric(i); n > 0 {
			return reading{stamp: s, swapped: swapped, rule: "date.numeric"}, n
		}
		if s, n := p.dayFirst(i); n > 0 {
			return reading{stamp: s, rule: "date.day-month"}, n
		}
	case cThe, cOrd, cTens:
		if s, n := p.dayFirst(i); n > 0 {
			return reading{stamp: s, rule: "date.day-month"}, n
		}
	}
	return r, 0
}

// weekday reads "Friday, 7 March 2025", "last Friday", "Monday of next week", "Tuesday".
func (p *parser) weekday(i int) (r reading, next int) {
	rel, j := noRelation, i
	if a := p.at(i); a.class == cRel || a.class == cThe && p.cls(i+1) == cRel {
		if a.class == cThe {
			a = p.at(i + 1)
			j++
			if relation(a.num) == relThis {
				return r, 0
			}
		}
		rel = relation(a.num)
		j++
		if b := p.at(j); rel == relThis && b.class == cRel { // "this past Friday", "this coming Thursday"
			switch relation(b.num) {
			case relPast, relLast:
				rel = relLast
			case relComing, relNext:
				rel = relComing
			default:
				return r, 0
			}
			j++
		} else if rel == relPast {
			rel = relLast
		}
		if rel == relSame {
			return r, 0
		}
	}
	a := p.at(j)
	if a.class != cWeekday || a.is(plural) {
		return r, 0
	}
	k := j + 1
	if p.cls(k) == cDot && p.tight(k) && a.is(short) {
		k++
	}
	// A date behind it.
	m := k
	if p.cls(m) == cComma {
		m++
	}
	if p.cls(m) == cOn {
		m++
	}
	if d, n := p.calendarDay(m); n > 0 && d.weekday == 0 {
		d.weekday = int(a.num)
		d.rule = "date.weekday-date"
		return d, n
	}
	if p.cls(k) == cDayPart { // "Friday morning, May 3"
		m = k + 1
		if p.cls(m) == cComma {
			m++
		}
		if d, n := p.calendarDay(m); n > 0 {
			d.weekday, d.rule = int(a.num), "date.weekday-date"
			return d, n
		}
	}
	if a.is(short) && (p.cls(j-1) != cOn || p.cls(j+1) == cOther) || p.namedDay(j, i) {
		return r, 0
	}
	r.weekday, r.rel, r.rule = int(a.num), rel, "date.weekday"
	// "Friday the 13th", "Friday 13th"
	m = k
	if p.cls(m) == cThe {
		m++
	}
	if b := p.at(m); b.class == cNum && b.is(ordinal) && b.num >= 1 && b.num <= 31 && p.cls(m+1) != cMonth && p.cls(m+1) != cOf {
		r.day = int(b.num)
		r.rule = "date.weekday-day"
		return r, m + 1
	}
	// "Monday next week", "Friday of last week"
	m = k
	if p.cls(m) == cOf {
		m++
	}
	if b, c := p.at(m), p.at(m+1); rel == noRelation && b.class == cRel && c.class == cUnit && unit(c.num) == week && !c.is(plural) {
		switch relation(b.num) {
		case relLast, relNext, relThis:
			r.rel = relation(b.num)
			r.unit = week // the weekday of that week
			return r, m + 2
		}
	}
	return r, k
}

// namedDay reports whether the weekday at j is part of a name: "Black Friday", "the Sunday
// Times". i is where the expression starts.
func (p *parser) namedDay(j, i int) bool {
	if i == j {
		if p.cls(j-1) == cA { // "on a Monday": any
			return true
		}
		b := p.at(j - 1)
		if b.class == cOther && b.is(capital) {
			switch p.of(j - 1) {
			case "Black", "Good", "Ash", "Super", "Cyber", "Bloody", "Giving", "Easter", "Palm", "Holy", "Maundy", "Shrove", "Whit", "Fat", "Boxing", "Red", "Freaky", "Casual":
				return true
			}
		}
		if p.cls(j-1) == cDash && p.tight(j) {
			return p.tight(j - 1)
		}
	}
	n := p.at(j + 1)
	if n.class == cOther && n.is(capital) && !n.is(upper) && p.cls(i-1) != cOn && p.cls(i-1) != cBy && i == j {
		return !announced(p.of(j - 1)) // "announced Friday Google had"; "Sunday Mass" is a name
	}
	return p.cls(j+1) == cDash && p.tight(j+1) && p.tight(j+2) && p.cls(j+2) == cOther
}

// announced reports whether w ends like a verb of the past.
func announced(w string) bool {
	return len(w) > 4 && w[len(w)-2:] == "ed" || w == "said" || w == "met" || w == "held"
}

// point reads one expression with its modifier.
func (p *parser) point(i int) (r reading, next int) {
	j, mod := p.modifier(i)
	if j > i {
		if r, next = p.core(j, i); next > 0 && r.fixed == "" {
			if r.clock != 0 || r.day != 0 && mod != ModApprox && r.month != 0 && r.weekday == 0 {
				// "the start of 5 May" is read without its modifier by the next attempt
				if mod != ModApprox {
					return reading{}, 0
				}
			}
			if r.mod == "" && p.cls(j) != cDayPart {
				r.mod = mod
			}
			return r, next
		}
		r = reading{}
	}
	return p.core(i, i)
}

// modifier reads the words of vagueness in front of a point: "early", "mid-", "the end of",
// "late in", "about". It returns the index behind them, or i.
func (p *parser) modifier(i int) (next int, mod string) {
	j := i
	if p.cls(j) == cThe {
		j++
		if p.of(j) == "very" {
			j++
		}
	}
	switch a := p.at(j); a.class {
	case cEdge:
		mod = modNames[a.num]
		j++
		switch {
		case p.cls(j) == cOf:
			j++
		case p.cls(j) == cDash && p.tight(j):
			j++
		case p.cls(j) == cNum && p.yearAt(j) > 0 && p.cls(i) != cThe, p.cls(j) == cMonth && p.cls(i) != cThe && a.num != 2:
		default:
			return i, ""
		}
		if p.cls(j) == cThe && p.cls(j+1) == cEarly {
			return i, ""
		}
		return j, mod
	case cEarly:
		mod = modNames[a.num]
		j++
		if p.cls(j) == cDash {
			j++
		}
		if c := p.cls(j); c == cTo || c == cOr { // "early to mid-May", "mid- to late 2024"
			k := j + 1
			if p.cls(k) == cEarly {
				j = k + 1
				if p.cls(j) == cDash {
					j++
				}
			}
		}
		if p.cls(j) == cIn && a.num != 2 { // "late in 2024", "early in the new year"
			j++
		} else if p.cls(j) == cOn && a.num != 2 {
			j++
		}
		return j, mod
	case cApprox:
		if p.cls(i) == cThe {
			return i, ""
		}
		j++
		if p.cls(j) == cDot && p.tight(j) {
			j++
		}
		return j, ModApprox
	}
	return i, ""
}

// core reads one expression without modifier. start is where the whole begins.
func (p *parser) core(i, start int) (r reading, next int) {
	switch p.cls(i) {
	case cWeekday:
		if p.at(i).is(plural) {
			return p.weekdays(i)
		}
		if r, next = p.weekdayRun(i); next > 0 {
			return r, next
		}
		if r, next = p.weekday(i); next > 0 {
			return p.withTime(r, next)
		}
	case cMonth:
		if r, next = p.calendarDay(i); next > 0 {
			return p.withTime(r, next)
		}
		return p.monthAlone(i, start)
	case cNum:
		if r, next = p.calendarDay(i); next > 0 {
			return p.withTime(r, next)
		}
		if r, next = p.timeBefore(i); next > 0 {
			return r, next
		}
		if r, next = p.amount(i); next > 0 {
			return r, next
		}
		if r, next = p.quarterOrdinal(i); next > 0 {
			return r, next
		}
		if r, next = p.numberedPart(i); next > 0 {
			return r, next
		}
		return p.bareYear(i)
	case cNoon:
		return p.timeBefore(i)
	case cThe:
		return p.theCore(i, start)
	case cOrd, cTens, cCard, cA, cHalfWord:
		if r, next = p.calendarDay(i); next > 0 {
			return p.withTime(r, next)
		}
		if r, next = p.quarterOrdinal(i); next > 0 {
			return r, next
		}
		if r, next = p.amount(i); next > 0 {
			return r, next
		}
		if p.cls(i) != cCard && p.cls(i) != cA {
			return p.bareYear(i)
		}
	case cMoreLess:
		if p.cls(i+1) == cThan {
			i++
		}
		if r, next = p.amount(i + 1); next > 0 {
			if r.fixed == "" {
				r.mod = ModBefore
				if p.at(i).num > 0 && p.cls(i) == cMoreLess || p.cls(i) == cThan && p.at(i-1).num > 0 {
					r.mod = ModAfter
				}
			}
			return r, next
		}
		return r, 0
	case cQuarter, cHalf:
		return p.quarterToken(i)
	case cFiscal:
		return p.fiscal(i)
	case cUnit:
		return p.weekNumber(i)
	case cSeason:
		return p.seasonAlone(i, start)
	case cDeictic:
		return p.deictic(i)
	case cTonight:
		r.rule, r.unit = "date.deictic", day
		return p.withTime(r, i+1)
	case cLaterNow:
		return p.laterNow(i)
	case cRel:
		return p.related(i)
	case cThat:
		return p.thatUnit(i)
	case cSet, cFreq:
		return p.recurring(i)
	case cDayPart:
		return p.dayPart(i)
	}
	return r, 0
}

// withTime adds the time of day and what else belongs behind a date.
func (p *parser) withTime(r reading, j int) (reading, int) {
	if p.cls(j) == cDayPart && !p.at(j).is(plural) {
		j++
	} else if p.cls(j) == cOpen && p.cls(j+1) == cWeekday && p.cls(j+2) == cClose {
		r.end, j = j, j+3
	} else if p.cls(j) == cComma && p.cls(j+1) == cWeekday && r.weekday == 0 && r.day != 0 && r.month != 0 && p.weekdayOnly(j+1) {
		r.end, j = j, j+2
	}
	if p.noTime {
		return r, j
	}
	if k := p.timeBehind(&r, j); k > 0 {
		r.end = 0
		if r.rule != "" {
			r.rule = "time" + r.rule[len("date"):]
		}
		return r, k
	}
	return r, j
}

// weekdayOnly reports whether the weekday at i stands alone, with no date of its own.
func (p *parser) weekdayOnly(i int) bool {
	switch p.cls(i + 1) {
	case cMonth, cNum:
		return false
	case cComma:
		return p.cls(i+2) != cMonth && p.cls(i+2) != cNum
	}
	return !p.at(i).is(plural)
}

// theCore reads what begins with "the".
func (p *parser) theCore(i, start int) (r reading, next int) {
	j := i + 1
	if d, n := p.calendarDay(i); n > 0 {
		return p.withTime(d, n)
	}
	if r, next = p.quarterOrdinal(j); next > 0 {
		return r, next
	}
	switch a := p.at(j); a.class {
	case cRel:
		switch relation(a.num) {
		case relLast, relPast, relNext, relComing:
			// "over the last year" is a duration, "the last Friday" a day.
			if r, next = p.span2(j); next > 0 {
				return r, next
			}
			if r, next = p.weekday(i); next > 0 {
				return p.withTime(r, next)
			}
			if relation(a.num) == relComing || relation(a.num) == relPast {
				return r, 0
			}
		}
		return p.related(j)
	case cFiscal:
		if r, next = p.fiscal(j); next > 0 {
			return r, next
		}
	case cSeason:
		return p.seasonAlone(j, start)
	case cNum:
		if r, next = p.bareOrdinal(j); next > 0 {
			return r, next
		}
		if r, shape, n := p.yearish(j); n > 0 && (shape == "decade" || shape == "decade2" || shape == "century") {
			if shape == "century" && p.cls(n) == cDash && p.tight(n) {
				return reading{}, 0
			}
			return r, n
		}
		if r, shape, n := p.yearish(j); n > 0 && shape == "years" {
			return p.academic(r, n)
		}
		return p.fromThe(p.bareYear(j))
	case cTensPl:
		switch p.cls(i - 1) {
		case cIn, cPrep, cFrom, cOf, cAnd, cTo, cEarly, cBy:
			return reading{stamp: stamp{year: 1900 + int(a.num), mask: 1}, rule: "date.decade"}, j + 1
		}
	case cOrd, cTens:
		if r, shape, n := p.yearish(j); n > 0 && shape == "century" && !(p.cls(n) == cDash && p.tight(n)) {
			return r, n
		}
	case cUnit:
		u := unit(a.num)
		if a.is(plural) {
			return r, 0
		}
		if u == year && p.yearAt(j+1) > 0 { // "the year 2024"
			return reading{stamp: stamp{year: p.yearAt(j + 1)}, rule: "date.year"}, j + 2
		}
		if w := p.of(j + 1); u == day && p.cls(j+2) == cDeictic && (w == "after" && p.at(j+2).num == 1 || w == "before" && p.at(j+2).num == -1) {
			return reading{stamp: stamp{unit: day, n: 2 * int(p.at(j+2).num)}, rule: "date.deictic"}, j + 3
		}
		if u == week && p.cls(j+1) == cOf {
			if d, n := p.calendarDay(j + 2); n > 0 {
				d.rule = "date.week-of"
				d.unit = week
				return d, n
			}
		}
		// "the end of the year", "later in the week": only behind a modifier
		if start < i && u != day && u != hour && u != minute && u != second && u != season && u != century && u != decadeUnit && p.cls(j+1) != cDash {
			r.rule, r.unit, r.rel = "date.relative-unit", u, relThis
			return r, j + 1
		}
	case cDayPart:
		if p.cls(j+1) == cOf {
			if d, n := p.dated(j + 2); n > 0 {
				return d, n
			}
		}
	case cDeictic:
	case cWeekday:
		if p.cls(j+1) != cOther {
			return r, 0
		}
	}
	return r, 0
}

// fromThe keeps a reading that began behind "the"; the article is no part of the extent, and
// match starts at the article, so the reading is left for the next atom.
func (p *parser) fromThe(reading, int) (reading2 reading, next int) { return reading2, 0 }

// bareOrdinal reads "the 24th" when it can be nothing but a day: behind a preposition and
// before something that it does not count. j is the number.
func (p *parser) bareOrdinal(j int) (r reading, next int) {
	a := p.at(j)
	if a.class != cNum || !a.is(ordinal) || a.num < 1 || a.num > 31 {
		return r, 0
	}
	switch p.cls(j - 2) {
	case cOn, cFrom, cTo, cBy, cBetween, cAnd:
	case cPrep:
		if w := p.of(j - 2); w != "since" && w != "before" && w != "after" && w != "till" {
			return r, 0
		}
	default:
		return r, 0
	}
	behind := p.at(j + 1)
	switch behind.class {
	case cOther:
		return r, 0
	case cOf:
		if b := p.at(j + 2); b.class == cRel && p.cls(j+3) == cUnit && unit(p.at(j+3).num) == month {
			r.rule, r.day, r.rel, r.unit = "date.day-of-month", int(a.num), relation(b.num), month
			return r, j + 4
		}
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
	if start < i { // "early August"
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
	if a.is(short) && start == i && (p.cls(i+1) == cDash || p.cls(i+1) == cTo) {
		return r, i + 1 // "Jan–Mar 2024"; rangeTail decides
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
		if p.at(j).class == cOther || p.cls(j) == cDash || p.cls(j) == cOf {
			return reading{}, 0
		}
		r.rule = "date.season"
		return r, j
	}
	if start < i && p.cls(i-1) == cEarly && !a.is(capital) && p.cls(j) != cOther {
		r.rule = "date.season"
		return r, j
	}
	return reading{}, 0
}

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
		s.year = f.year
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
	case a.class == cOrd && a.num <= 12, a.class == cNum && a.is(ordinal) && a.num <= 4:
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
	case u == week && n == -1 && count == 1 && !b.is(plural) && p.cls(j+1) == cOf && p.yearAt(j+2) > 0:
		y := p.yearAt(j + 2)
		_, w := civil(y, 12, 28).ISOWeek() // December 28 is always in the last week
		return reading{stamp: stamp{year: y, week: w}, rule: "date.week"}, j + 3
	case u == week && n >= 1 && count == 1 && !b.is(plural) && p.cls(j+1) == cOf && p.yearAt(j+2) > 0:
		return reading{stamp: stamp{year: p.yearAt(j + 2), week: n}, rule: "date.week"}, j + 3
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
	return r, 0
}

// deictic reads "today", "yesterday morning", "tomorrow at 10 a.m.".
func (p *parser) deictic(i int) (r reading, next int) {
	n := int(p.at(i).num)
	if n == 0 && p.vagueToday(i) {
		return r, 0
	}
	r.rule, r.unit, r.n = "date.deictic", day, n
	return p.withTime(r, i+1)
}

// vagueToday tells the "today" that means our time ("today's world", "Today, the university
// has …") from the day of the announcement.
func (p *parser) vagueToday(i int) bool {
	if p.cls(i-1) == cOf {
		return true
	}
	if p.tight(i) && p.cls(i-1) == cDash || p.tight(i+1) && p.cls(i+1) == cDash {
		return true
	}
	if p.cls(i+1) == cClitic {
		return vagueNoun[p.of(i+2)] || vagueNoun[p.of(i+3)]
	}
	if presentVerb[p.of(i-1)] {
		return true
	}
	if p.of(i) != "Today" || i > 1 {
		return false
	}
	// At the start of a sentence: by the first verb.
	for k := i + 1; k < min(len(p.atoms), i+14); k++ {
		switch w := p.of(k); {
		case w == "is" || w == "are" || w == "has" || w == "have" || w == "can" || w == "remains":
			for m := k + 1; m < min(len(p.atoms), k+4); m++ {
				if w := p.of(m); len(w) > 5 && w[len(w)-3:] == "ing" || todayVerb[w] || m == k+1 && (w == "a" || w == "the" || w == "our") && k == i+1 {
					return false
				}
			}
			return true
		case todayVerb[w] || announced(w):
			return false
		}
	}
	return true
}

// presentVerb are words right before a "today" that means our time.
var presentVerb = set("exist exists is are be own working living alive available face faces facing still remains remain use uses live know known even until")

var todayVerb = set("announced announces signed launched released opened welcomed marks marked reported issued unveiled met held celebrate celebrates launches publishes published begins began saw pleased proud delighted")
var vagueNoun = set("world society youth challenges market markets economy environment generation children students workers technology digital global standards young consumers women modern reality realities fast-paced competitive complex interconnected rapidly increasingly changing most")

// laterNow reads "earlier this month", "later that year", "later in the day".
func (p *parser) laterNow(i int) (r reading, next int) {
	j := i + 1
	if p.cls(j) == cOn {
		j++
	}
	if p.cls(j) == cDeictic && p.at(j).num == 0 {
		r.rule, r.unit = "date.deictic", day
		return r, j + 1
	}
	if p.cls(j) == cIn && p.cls(j+1) == cThe && p.cls(j+2) == cUnit && !p.at(j+2).is(plural) {
		switch u := unit(p.at(j + 2).num); u {
		case day:
			r.rule, r.unit, r.rel, r.toText = "date.relative-unit", day, relSame, true
			return r, j + 3
		case week, month, year:
			r.rule, r.unit, r.rel = "date.relative-unit", u, relThis
			return r, j + 3
		}
		return r, 0
	}
	if p.cls(j) == cIn {
		j++
		if y, shape, n := p.yearish(j); n > 0 && shape == "year" {
			return y, n
		}
	}
	if p.cls(j) == cThat {
		return p.thatUnit(j)
	}
	if p.cls(j) == cRel {
		if r, next = p.related(j); next > 0 && r.fixed == "" {
			return r, next
		}
	}
	return reading{}, 0
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

// related reads what begins with a relation: "last week", "next May", "this spring", "the
// following day", "last Friday", "last quarter", "next weekend".
func (p *parser) related(i int) (r reading, next int) {
	if d, n := p.weekday(i); n > 0 {
		return p.withTime(d, n)
	}
	rel := relation(p.at(i).num)
	j := i + 1
	if b := p.at(j); rel == relThis && b.class == cRel && (relation(b.num) == relPast || relation(b.num) == relComing || relation(b.num) == relLast || relation(b.num) == relNext) {
		rel = relation(b.num)
		if rel == relPast {
			rel = relLast
		}
		j++
	} else if rel == relPast || rel == relComing {
		if p.cls(j) != cUnit {
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
		if j == i+1 && (rel == relPast || rel == relComing) {
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
			r.toText = true
		case relNext:
			r.toText = u == day || p.cls(i-1) == cThe // "the next month" of a story
		}
		// "last year's May"? no; "this year's Q3" is read by the quarter. "this week's" is fine.
		if u == week {
			if d := p.at(j + 1); d.class == cWeekday && !d.is(plural) { // "next week Tuesday"
				r.weekday, r.unit = int(d.num), week
				r.rule = "date.weekday"
				return r, j + 2
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

// dayPart reads "the morning of May 5", "evening of 3 June" from the day part.
func (p *parser) dayPart(i int) (r reading, next int) {
	j := i + 1
	if p.cls(j) == cOf || p.cls(j) == cOn {
		if d, n := p.dated(j + 1); n > 0 {
			r = d
			return p.withTime(r, n)
		}
	}
	return r, 0
}
