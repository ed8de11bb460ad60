package dates

// This file reads weekdays, with a date, with a relation, or alone.

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
	if a.is(short) && (p.cls(j-1) != cOn || p.cls(j+1) == cOther) && !p.at(k).is(ordinal) || p.namedDay(j, i) {
		return r, 0
	}
	switch p.of(k) {
	case "nights", "mornings", "evenings", "afternoons": // "on Tuesday nights": every one
		if rel == noRelation {
			return reading{typ: TypeSet, rule: "set", fixed: weekdayValue(int(a.num))}, k + 1
		}
		return r, 0
	}
	r.weekday, r.rel, r.rule = int(a.num), rel, "date.weekday"
	r.onward = p.cls(i-1) == cFrom || p.of(i-1) == "starting"
	// "Friday the 13th", "Friday 13th", "Friday the twenty-second", "Friday 13 at noon"
	m = k
	if p.cls(m) == cThe {
		m++
	}
	if d, n := p.dayAt(m); n > 0 && (p.at(m).is(ordinal) || p.cls(m) == cNum && p.dayAlone(n) || p.cls(m) != cNum && m > k && p.cls(n) != cUnit && p.cls(n) != cOther) && p.cls(n) != cMonth && p.cls(n) != cOf && !p.glueRight(n-1) {
		r.day = d
		r.rule = "date.weekday-day"
		return r, n
	}
	// "Monday next week", "Friday of last week", "Tuesday evening next week"
	m = k
	if p.cls(m) == cDayPart {
		m++
	}
	if p.cls(m) == cOf {
		m++
	}
	if p.cls(m) == cThe && p.cls(m-1) == cOf {
		m++
	}
	if b, c := p.at(m), p.at(m+1); rel == noRelation && b.class == cRel && c.class == cUnit && unit(c.num) == week && !c.is(plural) {
		switch relation(b.num) {
		case relLast, relNext, relThis, relFollowing, relPrevious:
			r.rel = relation(b.num)
			r.unit = week // the weekday of that week
			return r, m + 2
		}
	}
	return r, k
}

// dayAlone reports whether what stands at i leaves the number before it a day: the end of the
// sentence, or a word of time.
func (p *parser) dayAlone(i int) bool {
	switch p.cls(i) {
	case cAt, cBetween, cFrom:
		return true
	case cPunct, cDot, cClose:
		return !p.tight(i+1) || p.cls(i) != cDot
	}
	return i >= len(p.atoms)
}

// namedDay reports whether the weekday at j is part of a name: "Black Friday", "the Sunday
// Times". i is where the expression starts.
func (p *parser) namedDay(j, i int) bool {
	if i == j {
		if p.cls(j-1) == cA { // "on a Monday": any
			return true
		}
		if p.cls(j+1) == cOf && p.cls(j+2) == cSet { // "the third Sunday of every month"
			return true
		}
		if d := p.at(j + 1); d.class == cDayPart && d.is(capital) && p.cls(j+2) == cOther && p.at(j+2).is(capital) {
			return true // the title of a show
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
