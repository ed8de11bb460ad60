package dates

import (
	"strconv"
	"strings"
)

// This file reads amounts of time: durations, recurring sets, and the dates that are an
// amount away ("two weeks ago", "three days later").

// amountAt reads a number and a unit: "3 years", "two-day", "a week", "twenty-five years",
// "one and a half years". half adds a half.
func (p *parser) amountAt(i int) (n int, u unit, half bool, next int) {
	j := i
	switch a := p.at(i); a.class {
	case cNum:
		if a.flags&(ordinal|decade) != 0 || a.digits > 4 || p.glueLeft(i) {
			return 0, 0, false, 0
		}
		n = int(a.num)
		j++
		if p.cls(j) == cDot && p.tight(j) && p.tight(j+1) && p.cls(j+1) == cNum { // "2.5 years"
			half = p.at(j+1).num == 5
			j += 2
		}
		if p.cls(j) == cDash && p.cls(j+1) == cNum && p.at(j+1).flags&(ordinal|decade) == 0 { // "3-5 years": the longer
			n = int(p.at(j + 1).num)
			j += 2
		} else if p.cls(j) == cTo && p.cls(j+1) == cNum && p.cls(j+2) == cUnit {
			n = int(p.at(j + 1).num)
			j += 2
		}
	case cCard:
		n = int(a.num)
		j++
		if p.of(i) == "couple" {
			if p.cls(j) == cOf {
				j++
			}
		}
		if p.cls(j) == cAnd && p.cls(j+1) == cA && p.cls(j+2) == cHalfWord {
			half = true
			j += 3
		}
	case cTens:
		n = int(a.num)
		j++
		k := j
		if p.cls(k) == cDash {
			k++
		}
		if c := p.at(k); c.class == cCard && c.num < 10 {
			n += int(c.num)
			j = k + 1
		}
	case cA:
		n = 1
		j++
		switch w := p.at(j); {
		case w.class == cCard && (p.of(j) == "couple" || w.num == 100):
			n = int(w.num)
			j++
			if p.cls(j) == cOf {
				j++
			}
		case p.of(j) == "full" || p.of(j) == "whole":
			j++
		}
	case cHalfWord:
		half = true
		j++
		if p.cls(j) == cA {
			j++
		}
	default:
		return 0, 0, false, 0
	}
	if p.cls(i) == cNum && p.tight(j) && p.cls(j) == cOther { // "3h"
		return 0, 0, false, 0
	}
	if n > 9999 {
		return 0, 0, false, 0
	}
	if p.cls(j) == cOpen && p.cls(j+1) == cNum && p.cls(j+2) == cClose { // "three (3) years"
		j += 3
	}
	if p.cls(j) == cDash && p.tight(j) {
		j++
	}
	switch w := p.of(j); w {
	case "next", "upcoming", "coming", "past", "previous", "last":
		if p.cls(j+1) == cUnit && p.at(j+1).is(plural) && p.cls(i) != cA { // "the 5 past years"
			j++
		}
	case "full", "whole", "consecutive", "calendar", "working", "business", "straight", "more", "additional", "further":
		j++
	}
	b := p.at(j)
	if b.class != cUnit || unit(b.num) == quarter && b.is(plural) == (n == 1) || unit(b.num) == weekend && n == 1 {
		return 0, 0, false, 0
	}
	return n, unit(b.num), half, j + 1
}

// amount reads an amount and what it stands for.
func (p *parser) amount(i int) (r reading, next int) {
	n, u, half, j := p.amountAt(i)
	if j == 0 || p.cls(i-1) == cHalfWord { // "half a century ago"
		return r, 0
	}
	if r, next = p.compound(i, n, u, half, j); next > 0 {
		return r, next
	}
	if r, next = p.away(n, u, half, j); next > 0 {
		return r, next
	}
	k := j
	switch p.cls(k) {
	case cAgo:
		if !half && n > 0 {
			r.rule, r.unit, r.n = "date.ago", u, -n
			if u == minute || u == hour || u == second {
				return reading{}, 0
			}
			if d := p.at(k + 1); d.class == cDeictic && d.num == 0 && u >= day && u != weekend { // "a year ago today"
				return reading{stamp: stamp{unit: day, offUnit: u, off: -n}, rule: "date.offset"}, k + 2
			}
			return r, k + 1
		}
		return reading{}, 0
	case cLaterNow:
		if p.of(i-1) == "not" { // "and not a day earlier"
			return reading{}, 0
		}
		if u != minute && u != hour && u != second { // "30 minutes later this week" is a length
			if half || n == 0 {
				return reading{}, 0
			}
			r.rule, r.unit, r.n, r.toText = "date.shift", u, n*int(p.at(k).num), true
			return r, k + 1
		}
		if p.cls(k+1) != cRel && p.cls(k+1) != cIn {
			return reading{}, 0
		}
	case cFrom:
		if w := p.of(k + 1); (w == "now" || w == "today") && !half && u != hour && u != minute && u != second {
			r.rule, r.unit, r.n = "date.ago", u, n
			return r, k + 2
		}
	}
	if p.cls(i) == cA && (n == 1 && !half) {
		// "a day", "a year" is mostly no amount at all ("twice a year").
		switch p.cls(i - 1) {
		case cPrep, cIn, cThan:
		default:
			if p.of(i-1) != "for" {
				return reading{}, 0
			}
		}
	}
	if p.cls(j-1) == cUnit && p.cls(j) == cDash && p.tight(j) && p.of(j+1) == "old" || p.of(j) == "old" {
		return reading{}, 0
	}
	r.rule, r.typ, r.fixed = "duration", TypeDuration, period(n, u, half)
	if r.fixed == "" {
		return reading{}, 0
	}
	return r, j
}

// compound reads amounts of several units: "2 years and 6 months", "1 month 21 days ago", "an
// hour and a half". The first amount stands at i to j.
func (p *parser) compound(i, n int, u unit, half bool, j int) (r reading, next int) {
	if half || n == 0 {
		return r, 0
	}
	if p.cls(j) == cAnd && (p.cls(j+1) == cHalfWord || p.cls(j+1) == cA && p.cls(j+2) == cHalfWord) && u != weekend && u != fortnight {
		k := j + 2
		if p.cls(j+1) == cA {
			k++
		}
		if p.cls(k) == cUnit || p.cls(k) == cOther && p.cls(j+1) != cA || p.cls(k) == cA { // "a year and half a day"
			return r, 0
		}
		return reading{rule: "duration", typ: TypeDuration, fixed: period(n, u, true)}.orNone(k)
	}
	parts := [...]struct {
		n int
		u unit
	}{{n, u}, {}, {}, {}, {}}
	count := 1
	for count < len(parts) {
		k := j
		if p.cls(k) == cComma {
			k++
		}
		if p.cls(k) == cAnd {
			k++
		}
		if c := p.cls(k); c != cNum && c != cCard && c != cTens {
			break
		}
		m, v, h, e := p.amountAt(k)
		if e == 0 || h || v == weekend || v == fortnight || v == noUnit {
			break
		}
		known := false
		for _, part := range parts[:count] {
			known = known || part.u == v
		}
		if known || k != j && p.cls(k-1) == cComma && v >= parts[count-1].u { // "3 days, 2 weeks" is a list
			break
		}
		parts[count].n, parts[count].u = m, v
		count++
		j = e
	}
	if count == 1 || u == weekend || u == fortnight {
		return r, 0
	}
	smallest := u
	for _, part := range parts[:count] {
		if part.u == second || smallest != second && part.u < smallest {
			smallest = part.u
		}
	}
	sign := 0
	switch p.cls(j) {
	case cAgo:
		sign = -1
	case cLaterNow:
		sign = int(p.at(j).num)
	}
	if sign != 0 && smallest >= day {
		r.rule, r.unit, r.toText = "date.ago", smallest, p.cls(j) == cLaterNow
		for _, part := range parts[:count] {
			switch part.u {
			case smallest:
				r.n += sign * part.n
			case year:
				r.months += sign * 12 * part.n
			case month:
				r.months += sign * part.n
			case week:
				r.days += sign * 7 * part.n
			default:
				return reading{}, 0
			}
		}
		return r, j + 1
	}
	// The order of ISO 8601, whatever the text's.
	date, clock := "", ""
	for _, v := range [...]unit{century, decadeUnit, year, quarter, month, week, day, hour, minute, second} {
		for _, part := range parts[:count] {
			if part.u != v {
				continue
			}
			one := period(part.n, v, false)
			if strings.HasPrefix(one, "PT") {
				clock += one[2:]
			} else {
				date += one[1:]
			}
		}
	}
	if clock != "" {
		clock = "T" + clock
	}
	return reading{rule: "duration", typ: TypeDuration, fixed: "P" + date + clock}, j
}

// away reads what an amount lies before or behind: "two days from tomorrow", "3 days after
// January 12", "two weeks before Christmas". j is behind the amount.
func (p *parser) away(n int, u unit, half bool, j int) (r reading, next int) {
	if half || n == 0 || u < day || u == weekend || u == season || u == second {
		return r, 0
	}
	sign := 1
	switch w := p.of(j); {
	case w == "after":
	case w == "before":
		sign = -1
	case p.cls(j) == cFrom && p.of(j+1) != "today": // "three years from 1 May" is a length
		if c := p.cls(j + 1); c != cDeictic && c != cRel {
			return r, 0
		}
	default:
		return r, 0
	}
	k := j + 1
	if r, next = p.namedHoliday(k); next == 0 {
		if r, next = p.dated(k); next == 0 {
			if p.cls(k) != cMonth {
				return r, 0
			}
			r.stamp, next = p.monthFirst(k)
			if next == 0 {
				return reading{}, 0
			}
		}
	}
	if r.refused != "" || r.ranged || r.fixed != "" {
		return reading{}, 0
	}
	r.rule, r.offUnit, r.off = "date.offset", u, sign*n
	return r, next
}

// period writes a duration: "P4W", "PT2H", "P1.5Y".
func period(n int, u unit, half bool) string {
	letter, prefix := "", "P"
	switch u {
	case second:
		prefix, letter = "PT", "S"
	case minute:
		prefix, letter = "PT", "M"
	case hour:
		prefix, letter = "PT", "H"
	case day:
		letter = "D"
	case week:
		letter = "W"
	case weekend:
		letter = "WE"
	case fortnight:
		n, letter = 2*n, "W"
	case month:
		letter = "M"
	case quarter:
		n, letter = 3*n, "M"
	case year:
		letter = "Y"
	case decadeUnit:
		letter = "DE"
	case century:
		letter = "CE"
	default:
		return ""
	}
	v := prefix + strconv.Itoa(n)
	if half {
		v += ".5"
	}
	return v + letter
}

// span2 reads the span up to or from now: "the past three years", "the next 24 hours", "the
// last year" behind "over". i is the relation.
func (p *parser) span2(i int) (r reading, next int) {
	rel := relation(p.at(i).num)
	switch rel {
	case relLast, relPast, relNext, relComing, relFollowing, relPrevious:
	default:
		return r, 0
	}
	j := i + 1
	if p.cls(j) == cFew {
		if p.cls(j+1) == cUnit {
			return reading{rule: "duration", typ: TypeDuration, fixed: vaguePeriod(unit(p.at(j + 1).num))}.orNone(j + 2)
		}
		return r, 0
	}
	if n, u, half, k := p.amountAt(j); k > 0 && p.cls(j) != cA {
		if c, e := p.compound(j, n, u, half, k); e > 0 && c.fixed != "" {
			return c, e
		}
		return reading{rule: "duration", typ: TypeDuration, fixed: period(n, u, half)}.orNone(k)
	}
	b := p.at(j)
	if b.class != cUnit {
		return r, 0
	}
	u := unit(b.num)
	if b.is(plural) {
		return reading{rule: "duration", typ: TypeDuration, fixed: vaguePeriod(u)}.orNone(j + 1)
	}
	if rel == relNext && p.cls(i-1) == cThe && p.spanning(i-2) && u != day && u != quarter {
		return reading{rule: "duration", typ: TypeDuration, fixed: period(1, u, false)}.orNone(j + 1)
	}
	if rel == relPast && u != quarter || rel == relComing && u != week && u != month && u != quarter || p.cls(i-1) == cThe && rel == relLast && (u == year || u == month || u == decadeUnit || u == week) {
		if rel != relLast || p.spanning(i-2) {
			return reading{rule: "duration", typ: TypeDuration, fixed: period(1, u, false)}.orNone(j + 1)
		}
	}
	return r, 0
}

// orNone gives nothing where the value is empty.
func (r reading) orNone(j int) (reading, int) {
	if r.fixed == "" {
		return reading{}, 0
	}
	return r, j
}

// spanning reports whether the word at i makes "the last year" a length of time.
func (p *parser) spanning(i int) bool {
	switch p.of(i) {
	case "over", "during", "for", "within", "in", "throughout", "Over", "During", "For", "Within", "In":
		return true
	}
	return false
}

// vaguePeriod is a duration of unknown length.
func vaguePeriod(u unit) string {
	v := period(1, u, false)
	if v == "" {
		return ""
	}
	for i := 0; i < len(v); i++ {
		if v[i] == '1' {
			return v[:i] + "X" + v[i+1:]
		}
	}
	return v
}

// recurring reads sets: "every Monday", "each year", "annually", "every two weeks".
func (p *parser) recurring(i int) (r reading, next int) {
	r.typ, r.rule = TypeSet, "set"
	a := p.at(i)
	if a.class == cFreq {
		r.fixed = [...]string{"", "P1D", "P1W", "P1M", "P3M", "P1Y", "P2W", "P2Y", "PT1H", "P1D", "P6M", "P2M"}[a.num]
		if a.is(capital) && i > 0 {
			return reading{}, 0 // "Annual Report", "the Daily Star"
		}
		return r, i + 1
	}
	j := i + 1
	other := p.of(j) == "other" // "every other week"
	if other {
		j++
	}
	switch b := p.at(j); b.class {
	case cWeekday:
		r.fixed = weekdayValue(int(b.num))
		return p.timed(r, j+1)
	case cMonth:
		r.fixed = "XXXX-" + two(int(b.num))
		if s, n := p.monthFirst(j); s.day != 0 && s.year == 0 && s.yearRel == 0 { // "every May 9"
			r.fixed += "-" + two(s.day)
			return r, n
		}
		return r, j + 1
	case cSeason:
		r.fixed = "XXXX-" + seasonCodes[b.num]
		return r, j + 1
	case cDayPart:
		r.fixed = "P1D"
		return p.timed(r, j+1)
	case cUnit:
		if u := unit(b.num); !b.is(plural) && u != second {
			n := 1
			if other {
				n = 2
			}
			r.fixed = period(n, u, false)
			if u == weekend && !other {
				r.fixed = "XXXX-WXX-WE"
			}
			if u == day && !other {
				return p.timed(r, j+1)
			}
			return r, j + 1
		}
	case cOther:
		if p.of(j) == "weekday" && !other {
			r.fixed = "XXXX-WXX-1/XXXX-WXX-5"
			return p.timed(r, j+1)
		}
	case cNum:
		if s, n := p.dayFirst(j); n > 0 && s.year == 0 && s.yearRel == 0 { // "every 9 May"
			r.fixed = "XXXX-" + two(s.month) + "-" + two(s.day)
			return r, n
		}
	}
	if n, u, half, k := p.amountAt(j); k > 0 && !other {
		r.fixed = period(n, u, half)
		return r, k
	}
	return reading{}, 0
}

func weekdayValue(n int) string { return "XXXX-WXX-" + strconv.Itoa(n) }

// timed adds the time of day to a set: "every Monday at 4 p.m.", "every day at 7:13".
func (p *parser) timed(r reading, j int) (reading, int) {
	if strings.Contains(r.fixed, "/") {
		return r, j
	}
	var t reading
	t.day = 1
	k := p.timeBehind(&t, j)
	if k == 0 || t.ranged || t.clock == 0 {
		return r, j
	}
	clock := "T" + two((t.clock-1)/60) + ":" + two((t.clock-1)%60)
	if r.fixed == "P1D" {
		r.fixed = clock
	} else {
		r.fixed += clock
	}
	return r, k
}

// timedBefore reads a set with its time in front: "9 a.m. every Sunday", "3 p.m. on Mondays".
// The time is read; j is behind it.
func (p *parser) timedBefore(clock, j int) (r reading, next int) {
	if p.cls(j) == cOn {
		j++
	}
	switch a := p.at(j); {
	case a.class == cSet:
		r, next = p.recurring(j)
	case a.class == cWeekday && a.is(plural):
		r, next = p.weekdays(j)
	}
	if next == 0 || strings.ContainsAny(r.fixed, "/T") || r.fixed != "P1D" && !strings.HasPrefix(r.fixed, "XXXX-W") {
		return reading{}, 0
	}
	t := "T" + two((clock-1)/60) + ":" + two((clock-1)%60)
	if r.fixed == "P1D" {
		r.fixed = ""
	}
	r.fixed += t
	return r, next
}

// times reads "once a week", "twice a year", "semi-annually".
func (p *parser) times(i int) (r reading, next int) {
	j := i + 1
	if w := p.of(i); w == "semi" || w == "bi" || w == "Semi" || w == "Bi" {
		if a := p.at(j + 1); p.cls(j) == cDash && p.tight(j) && p.tight(j+1) && a.class == cFreq {
			switch v := int(a.num); {
			case (w == "semi" || w == "Semi") && v == 5:
				return reading{typ: TypeSet, rule: "set", fixed: "P6M"}, j + 2
			case v == 2 || v == 3 || v == 5:
				return reading{typ: TypeSet, rule: "set", fixed: [...]string{2: "P2W", 3: "P2M", 5: "P2Y"}[v]}, j + 2
			}
		}
		return r, 0
	}
	if p.of(i) != "once" && p.of(i) != "twice" {
		return r, 0
	}
	if p.cls(j) != cA && p.cls(j) != cSet && p.of(j) != "per" {
		return r, 0
	}
	u := p.at(j + 1)
	if u.class != cUnit || u.is(plural) {
		return r, 0
	}
	return reading{typ: TypeSet, rule: "set", fixed: period(1, unit(u.num), false)}.orNone(j + 2)
}

func two(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// weekdays reads "Mondays", "Mondays and Fridays" as a set.
func (p *parser) weekdays(i int) (r reading, next int) {
	r = reading{typ: TypeSet, rule: "set", fixed: weekdayValue(int(p.at(i).num))}
	if p.cls(i+1) == cDayPart {
		return r, i + 2
	}
	return p.timed(r, i+1)
}

// weekdayRun reads "Monday to Friday": opening hours, a set.
func (p *parser) weekdayRun(i int) (r reading, next int) {
	j := i + 1
	if c := p.cls(j); c != cTo && c != cDash {
		return r, 0
	}
	a, b := p.at(i), p.at(j+1)
	if b.class != cWeekday || b.is(plural) {
		return r, 0
	}
	if c := p.cls(j + 2); c == cNum && !p.hourAt(j+2) || c == cMonth || c == cComma && (p.cls(j+3) == cMonth || p.cls(j+3) == cNum && !p.hourAt(j+3)) {
		return r, 0
	}
	v := "XXXX-WXX-" + strconv.Itoa(int(a.num)) + "/XXXX-WXX-" + strconv.Itoa(int(b.num))
	return reading{typ: TypeSet, rule: "set", fixed: v}, j + 2
}
