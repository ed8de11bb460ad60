package dates

// This file reads one point in time with its modifier, and hands each kind to its file.

// calendarDay reads a date with its day of the month.
func (p *parser) calendarDay(i int) (r reading, next int) {
	r, next = p.plainDay(i)
	if w := p.of(next); next > 0 && r.month == 9 && r.day == 11 && r.year == 0 && (w == "attacks" || w == "terrorist" || w == "terror" || w == "Commission") {
		r.refused = InName
	}
	if next > 0 && r.year == 0 && r.yearRel == 0 && p.at(next).is(capital) && !p.tight(next) && namedAfter[p.of(next)] {
		r.refused = InName
	}
	return r, next
}

// namedAfter are words that a day gives a name to: "16 December Square".
var namedAfter = set("Square Street Avenue Road Boulevard Bridge Stadium Park Hospital School University Movement Fund Revolution Brigade Plaza Prospekt Museum Club Airport Station Palace Barracks Uprising Foundation Institute Award Coup Massacre District Agreement")

// plainDay is calendarDay without regard to what stands behind.
func (p *parser) plainDay(i int) (r reading, next int) {
	switch p.cls(i) {
	case cMonth:
		if s, n := p.monthFirst(i); n > 0 && s.day > 0 {
			return reading{stamp: s, rule: "date.month-day"}, n
		}
	case cNum:
		if s := p.compact(i); s.year > 0 {
			return reading{stamp: s, rule: "date.numeric"}, i + 1
		}
		if y := p.yearMonthDay(i); y.year > 0 {
			return reading{stamp: y, rule: "date.numeric"}, i + 5
		}
		if s, swapped, n := p.numeric(i); n > 0 {
			if !s.possible() {
				return reading{refused: NoSuchDay, rule: "date.numeric"}, n
			}
			return reading{stamp: s, swapped: swapped, rule: "date.numeric"}, n
		}
		if s, n := p.dayFirst(i); n > 0 {
			return reading{stamp: s, rule: "date.day-month"}, n
		}
		if p.at(i).is(ordinal) && p.cls(i+1) != cUnit {
			return p.dayOfMonth(i)
		}
	case cThe, cOrd, cTens, cCard:
		if s, n := p.dayFirst(i); n > 0 {
			return reading{stamp: s, rule: "date.day-month"}, n
		}
		if p.cls(i) == cThe {
			return p.dayOfMonth(i + 1)
		}
	}
	return r, 0
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
		if c := p.cls(j); c == cTo || c == cOr { // "early to mid-May", "mid- to late 2024", "mid-to-late May"
			k := j + 1
			if p.cls(k) == cDash && p.tight(k) {
				k++
			}
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
	case cOther:
		if r, next = p.times(i); next > 0 {
			return r, next
		}
		return p.namedHoliday(i)
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
		if r, next = p.namedHoliday(i); next > 0 {
			return r, next
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
		if r, next = p.monthSlashYear(i); next > 0 {
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
		if w := p.of(i + 1); unit(p.at(i).num) == day && p.cls(i+2) == cDeictic && p.cls(i-1) != cThe && (w == "after" && p.at(i+2).num == 1 || w == "before" && p.at(i+2).num == -1) {
			return p.withTime(reading{stamp: stamp{unit: day, n: 2 * int(p.at(i+2).num)}, rule: "date.deictic"}, i+3)
		}
		if p.cls(i-1) != cThe && unit(p.at(i).num) == week && !p.at(i).is(plural) {
			if r, next = p.weekWith(i); next > 0 {
				return r, next
			}
		}
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
	} else if p.cls(j) == cIn && p.cls(j+1) == cThe && p.cls(j+2) == cDayPart && !p.at(j+2).is(plural) && (r.weekday != 0 || r.unit == day) {
		j += 3
	} else if p.cls(j) == cOpen && p.cls(j+1) == cWeekday && p.cls(j+2) == cClose {
		r.end, j = j, j+3
	} else if p.cls(j) == cComma && p.cls(j+1) == cWeekday && r.weekday == 0 && r.day != 0 && r.month != 0 && p.weekdayOnly(j+1) {
		r.end, j = j, j+2
	}
	if p.noTime {
		return r, j
	}
	if k := p.timeBehind(&r, j); k > 0 {
		if y := p.yearAt(k); r.year == 0 && !r.ranged && r.month != 0 && r.day != 0 && y >= 1900 && p.at(k).is(space) && p.cls(k+1) != cOther { // "Wed Oct 26 15:50:06 2016"
			r.year = y
			k++
		}
		r.end = 0
		if r.rule != "" {
			r.rule = "time" + r.rule[len("date"):]
		}
		return r, k
	}
	return r, j
}

// weekWith reads "week of May 6", "week beginning on 6 May" and "week of the 18th".
func (p *parser) weekWith(j int) (r reading, next int) {
	k := j + 1
	switch p.of(k) {
	case "of":
		k++
	case "beginning", "starting", "commencing":
		k++
		if p.cls(k) == cOn {
			k++
		}
	default:
		return r, 0
	}
	if d, n := p.calendarDay(k); n > 0 && d.refused == "" && d.fixed == "" && d.unit == 0 {
		d.rule, d.unit, d.weekday = "date.week-of", week, 0
		return d, n
	}
	if a := p.at(k + 1); p.cls(k) == cThe && a.class == cNum && a.is(ordinal) && a.num <= 31 && p.cls(k+2) != cOther && p.cls(k+2) != cOf && p.cls(k+2) != cUnit {
		return reading{stamp: stamp{day: int(a.num), unit: week}, rule: "date.week-of"}, k + 2
	}
	return r, 0
}

// weekendPrep reports whether the word at i makes "the weekend" one weekend.
func (p *parser) weekendPrep(i int) bool {
	switch p.of(i) {
	case "over", "Over", "during", "During", "at", "At", "through", "throughout":
		return true
	}
	return false
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
			if (relation(a.num) == relComing || relation(a.num) == relPast) && p.cls(j+1) != cUnit && p.cls(j+1) != cSeason {
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
		if r, next = p.centuries(j); next > 0 {
			return r, next
		}
		if r, shape, n := p.yearish(j); n > 0 && (shape == "decade" || shape == "decade2" || shape == "century") {
			if shape == "century" && p.cls(n) == cDash && p.tight(n) {
				return reading{}, 0
			}
			return r, n
		}
		if r, shape, n := p.yearish(j); n > 0 && shape == "years" {
			// Without "academic year" or "season" the article is no part of the extent, and
			// the next atom begins the expression.
			if r, k := p.academic(r, n); k > n {
				return r, k
			}
		}
		return reading{}, 0
	case cPunct: // "the '40s"
		if w := p.of(j); (w == "'" || w == "’" || w == "‘") && p.tight(j+1) && p.at(j+1).is(decade) {
			if r, shape, n := p.yearish(j + 1); shape == "decade2" {
				return r, n
			}
		}
		return reading{}, 0
	case cTensPl:
		switch p.cls(i - 1) {
		case cIn, cPrep, cFrom, cOf, cAnd, cTo, cEarly, cBy:
			return reading{stamp: stamp{year: 1900 + int(a.num), mask: 1}, rule: "date.decade"}, j + 1
		}
	case cOrd, cTens:
		if r, next = p.centuries(j); next > 0 {
			return r, next
		}
		if r, shape, n := p.yearish(j); n > 0 && shape == "century" && !(p.cls(n) == cDash && p.tight(n)) {
			return r, n
		}
	case cUnit:
		u := unit(a.num)
		if a.is(plural) {
			return r, 0
		}
		if r, next = p.yearAgo(j); next > 0 {
			return r, next
		}
		if u == weekend && start == i && p.weekendPrep(i-1) {
			if c := p.cls(j + 1); c != cOther && c != cOf && c != cDash {
				return reading{stamp: stamp{unit: weekend, byTense: true}, rule: "date.relative-unit"}, j + 1
			}
		}
		if u == year && p.yearAt(j+1) > 0 { // "the year 2024"
			return reading{stamp: stamp{year: p.yearAt(j + 1)}, rule: "date.year"}, j + 2
		}
		if w := p.of(j + 1); u == day && p.cls(j+2) == cDeictic && (w == "after" && p.at(j+2).num == 1 || w == "before" && p.at(j+2).num == -1) {
			return reading{stamp: stamp{unit: day, n: 2 * int(p.at(j+2).num)}, rule: "date.deictic"}, j + 3
		}
		if w := p.of(j + 1); w == "after" || w == "before" { // "the week after next"
			k := j + 2
			if p.cls(k) == cThe {
				k++
			}
			if b := p.at(k); b.class == cRel && u >= day && u != season && p.cls(k+1) != cUnit && p.cls(k+1) != cWeekday && p.cls(k+1) != cMonth {
				switch rel := relation(b.num); {
				case rel == relNext && w == "after":
					return reading{stamp: stamp{unit: u, n: 2}, rule: "date.relative-unit"}, k + 1
				case rel == relLast && w == "before":
					return reading{stamp: stamp{unit: u, n: -2}, rule: "date.relative-unit"}, k + 1
				}
			}
		}
		if u == week {
			if r, next = p.weekWith(j); next > 0 {
				return r, next
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
