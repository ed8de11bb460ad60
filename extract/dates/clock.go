package dates

// This file reads times of day and joins them with the date they stand at.

// clockAt reads "2 p.m.", "10:30", "14.30 pm", "9 o'clock", "noon". strong says that it can
// be nothing but a time even with no date beside it.
func (p *parser) clockAt(i int) (clock, next int, strong bool) {
	a := p.at(i)
	if a.class == cNum && a.num == 12 && p.cls(i+1) == cNoon {
		return int(p.at(i+1).num)*60 + 1, i + 2, true
	}
	if a.class == cNoon {
		return int(a.num)*60 + 1, i + 1, true
	}
	if a.class != cNum || a.digits > 2 || a.flags&(ordinal|decade) != 0 || a.num > 24 {
		return 0, 0, false
	}
	h, m, j := int(a.num), 0, i+1
	colon := false
	if sep := p.cls(j); (sep == cColon || sep == cDot) && p.tight(j) && p.tight(j+1) {
		if b := p.at(j + 1); b.class == cNum && b.digits == 2 && b.num < 60 && b.flags&(ordinal|decade) == 0 {
			m, colon = int(b.num), sep == cColon
			j += 2
			if !colon && p.cls(j) != cAMPM {
				// "at 18.30", with a full stop, beside a date: dated checks that it is there
				if p.cls(i-1) == cAt && a.num < 24 && !p.glueRight(i+2) && p.cls(j) != cOther && p.cls(j) != cUnit && p.cls(j) != cUnitSign {
					return h*60 + m + 1, p.zone(j), false
				}
				return 0, 0, false
			}
			if p.cls(j) == cColon && p.tight(j) && p.cls(j+1) == cNum && p.at(j+1).digits == 2 && p.tight(j+1) { // seconds
				j += 2
			}
		}
	}
	if h >= 1 && h <= 12 && p.cls(j) == cIn && p.cls(j+1) == cThe && p.cls(j+2) == cDayPart && !p.at(j+2).is(plural) { // "at 3 in the afternoon"
		switch p.cls(i - 1) {
		case cAt, cApprox, cFrom, cTo, cBetween, cAnd, cBy:
			pm := p.at(j+2).num == 1 || p.at(j+2).num == 2 && (h >= 5 && h < 12 || p.of(j+2) == "evening")
			if h == 12 {
				h = 0
			}
			if pm {
				h += 12
			}
			return h*60 + m + 1, j + 3, true
		}
	}
	if b := p.at(j); b.class == cAMPM && h >= 1 && h <= 12 && (p.tight(j) || len(p.of(j)) > 2 || b.is(upper) || true) {
		if p.of(j) == "am" && !p.tight(j) && !colon && p.cls(j+1) == cOther {
			return 0, 0, false // "I at 5 am glad"
		}
		h = h%12 + int(b.num)
		return h*60 + m + 1, p.zone(j + 1), true
	}
	if p.cls(j) == cOClock {
		return h*60 + m + 1, j + 1, true
	}
	if colon && h < 24 {
		if k := p.zone(j); k > j {
			return h*60 + m + 1, k, true
		}
		return h*60 + m + 1, j, false
	}
	return 0, 0, false
}

// hourAt reports whether a time of day stands at i.
func (p *parser) hourAt(i int) bool {
	_, n, strong := p.clockAt(i)
	return n > 0 && strong
}

// zone steps over the name of a time zone behind a time.
func (p *parser) zone(j int) int {
	a := p.at(j)
	if a.class == cZone && a.is(upper) {
		return j + 1
	}
	if a.class == cOpen && p.cls(j+1) == cZone && p.at(j+1).is(upper) && p.cls(j+2) == cClose {
		return j + 3
	}
	if a.class == cOpen && p.cls(j+1) == cZone && p.at(j+1).is(upper) { // "(UTC+8)", "(GMT +05:00)"
		for k := j + 2; k < j+8; k++ {
			switch p.cls(k) {
			case cSign, cDash, cNum, cColon:
				continue
			case cClose:
				return k + 1
			}
			break
		}
	}
	if a.is(capital) && a.class == cOther {
		k := j + 1
		switch w := p.of(k); w { // "Eastern Standard Time"
		case "Standard", "Daylight", "Summer":
			k++
		}
		if p.of(k) == "Time" || p.of(k) == "time" {
			return k + 1
		}
		switch p.of(j) {
		case "Eastern", "Central", "Pacific", "Mountain", "Beijing", "Moscow", "Astana", "London":
			return j + 1
		}
	}
	if p.of(j) == "local" && p.of(j+1) == "time" {
		return j + 2
	}
	return j
}

// timeBehind reads the time or times that follow a date: ", at 10 a.m.", "from 9 a.m. to
// 5 p.m.", "10:30–12:00". It fills r and returns the index behind, or 0.
func (p *parser) timeBehind(r *reading, j int) int {
	k, led := j, false
	if p.cls(k) == cDash && p.at(k).is(space) {
		k++
	} else if p.cls(k) == cComma {
		k++
	}
	open := false
	if p.cls(k) == cOpen {
		k++
		open = true
	}
	side := ""
	switch p.cls(k) {
	case cAt, cFrom, cApprox, cBetween, cBy:
		k++
		led = true
	case cPrep: // "Thursday before 5 p.m."
		if _, _, strong := p.clockAt(k + 1); strong && !open {
			switch p.of(k) {
			case "before":
				side = ModBefore
			case "after":
				side = ModAfter
			}
		}
		if side == "" {
			return 0
		}
		k++
	}
	if p.cls(k) == cApprox {
		k++
	}
	c, n, strong := p.clockAt(k)
	if n == 0 {
		// "from 9 to 11 a.m.", "2-4 p.m.": the first hour borrows the half of the day.
		c, n = p.bareHour(k)
		if n == 0 {
			return 0
		}
	} else if !strong && !led && p.cls(j) != cComma && p.tight(k) {
		return 0
	}
	if p.cls(n) == cTo || p.cls(n) == cDash || p.cls(n) == cAnd && p.cls(k-1) == cBetween {
		if c2, n2, _ := p.clockAt(n + 1); n2 > 0 {
			c = sameHalf(c, c2, strong)
			if r.ranged {
				r.clock, r.to.clock = c, c2
			} else {
				r.to, r.ranged = r.stamp, true
				r.clock, r.to.clock = c, c2
			}
			if open && p.cls(n2) == cClose {
				n2++
			}
			return n2
		}
	}
	if r.ranged { // one time behind several days says nothing of either end
		return n
	}
	r.clock = c
	if side != "" && r.mod == "" {
		r.mod = side
	}
	if open {
		if p.cls(n) != cClose {
			r.clock = 0
			return 0
		}
		n++
	}
	return n
}

// sameHalf moves the start of "2:00–2:30 p.m.", which has no half of the day of its own, to
// the half of the end.
func sameHalf(from, to int, stated bool) int {
	if !stated && from <= 12*60 && to > 12*60+1 && from+12*60 < to {
		return from + 12*60
	}
	return from
}

// bareHour reads the "9" of "9 to 11 a.m." and "2" of "2-4 p.m.".
func (p *parser) bareHour(i int) (clock, next int) {
	a := p.at(i)
	if a.class != cNum || a.digits > 2 || a.num < 1 || a.num > 12 || a.flags&(ordinal|decade) != 0 {
		return 0, 0
	}
	j, m := i+1, 0
	if p.cls(j) == cColon && p.tight(j) && p.cls(j+1) == cNum && p.at(j+1).num < 60 {
		m = int(p.at(j + 1).num)
		j += 2
	}
	if p.cls(j) != cDash && p.cls(j) != cTo && (p.cls(j) != cAnd || p.cls(i-1) != cBetween) {
		return 0, 0
	}
	c2, n2, strong := p.clockAt(j + 1)
	if n2 == 0 || !strong {
		return 0, 0
	}
	h := int(a.num) % 12
	if c2 > 12*60 && h*60+m+720 < c2 {
		h += 12
	}
	return h*60 + m + 1, j
}

// timeBefore reads a time that stands before its date: "2 p.m. on May 1", "10:30 GMT,
// Friday". It gives the reading of the whole, or 0.
func (p *parser) timeBefore(i int) (r reading, next int) {
	if p.tight(i) && p.cls(i-1) != cOpen && p.cls(i-1) != cPunct {
		return r, 0
	}
	c, n, strong := p.clockAt(i)
	c2 := 0
	if n == 0 {
		if c, n = p.bareHour(i); n == 0 {
			return r, 0
		}
		strong = true
	}
	if p.cls(n) == cDash || p.cls(n) == cTo || p.cls(n) == cAnd && p.cls(i-1) == cBetween {
		if e, n2, s2 := p.clockAt(n + 1); n2 > 0 {
			c = sameHalf(c, e, strong)
			c2, n, strong = e, n2, strong || s2
		}
	}
	if c2 == 0 && strong {
		if r, next = p.timedBefore(c, n); next > 0 {
			return r, next
		}
	}
	k := n
	if p.cls(k) == cComma {
		k++
	}
	if p.cls(k) == cOn || p.cls(k) == cOf {
		k++
	}
	if d, e := p.dated(k); e > 0 && d.clock == 0 {
		if p.cls(e) == cDayPart && !p.at(e).is(plural) {
			e++
		}
		r = d
		r.rule = "time.date"
		r.clock = c
		if c2 > 0 {
			r.to, r.ranged = r.stamp, true
			r.to.clock = c2
		}
		return r, e
	}
	if !strong && p.cls(i-1) != cAt {
		return r, 0
	}
	r.rule = "time.clock"
	if p.cls(i) == cNoon && c2 == 0 {
		r.rule = "time.noon"
	}
	r.clock = c
	if c2 > 0 {
		r.to, r.ranged = r.stamp, true
		r.to.clock = c2
	}
	if !strong {
		return r, 0
	}
	return r, n
}

// dated reads a date that a time may belong to: a calendar day, a weekday, "tomorrow".
func (p *parser) dated(i int) (r reading, next int) {
	if r, next = p.weekday(i); next > 0 {
		return r, next
	}
	if r, next = p.calendarDay(i); next > 0 {
		return r, next
	}
	switch p.cls(i) {
	case cDeictic:
		r.rule, r.unit, r.n = "date.deictic", day, int(p.at(i).num)
		if p.cls(i+1) == cDayPart {
			i++
		}
		return r, i + 1
	case cTonight:
		r.rule, r.unit = "date.deictic", day
		return r, i + 1
	case cRel:
		if relation(p.at(i).num) == relThis && p.cls(i+1) == cDayPart {
			r.rule, r.unit = "date.deictic", day
			return r, i + 2
		}
	}
	return r, 0
}
