package dates

// This file resolves what is told as a distance or relation: "last week", "the 24th".

// offset is the number of units that a relation moves by.
func offset(rel relation) int {
	switch rel {
	case relLast, relPast, relPrevious:
		return -1
	case relNext, relComing, relFollowing:
		return 1
	}
	return 0
}

// shiftMonth moves a month; the year may be unknown.
func shiftMonth(year, month, n int) (int, int) {
	if year == 0 {
		_, m := addMonths(2000, month, n)
		return 0, m
	}
	return addMonths(year, month, n)
}

// shift resolves "yesterday", "last week", "two months ago", "the following day".
func (r *resolver) shift(s stamp) (stamp, anchor, bool) {
	b := r.now
	n := s.n
	if s.rel != 0 {
		n = offset(s.rel)
	}
	if s.toText {
		var t stamp
		var ok bool
		switch s.unit {
		case day, week, weekend, fortnight:
			t, _, ok = r.lastTold(func(t stamp) bool { return t.day != 0 && t.month != 0 })
		case month:
			t, _, ok = r.lastTold(func(t stamp) bool { return t.month != 0 })
		default:
			t, _, ok = r.lastTold(stamp.explicit)
		}
		if ok {
			b = anchor{stamp{year: t.year, month: t.month, day: t.day}, "text"}
		} else if s.rel == relSame || s.unit == day || s.rel == 0 {
			return s, anchor{}, false
		}
	} else if s.unit >= month && b.year == 0 {
		if s.rel == 0 { // "thirty years ago" counts from today, not from another date of the text
			return s, anchor{}, false
		}
		b = r.yearAnchor()
	}
	b.clock = 0
	if (s.months != 0 || s.days != 0) && b.year != 0 && b.month != 0 && b.day != 0 {
		// "1 month 21 days ago": the larger units first, as people count.
		y, m := addMonths(b.year, b.month, s.months)
		t := civil(y, m, min(b.day, daysIn(y, m))).AddDate(0, 0, s.days)
		from := b
		b.stamp = fromCivil(t)
		s.months, s.days, s.toText = 0, 0, false
		moved := *r
		moved.now = b
		out, _, ok := moved.shift(s)
		return out, from, ok
	} else if s.months != 0 || s.days != 0 {
		return s, anchor{}, false
	}
	out := stamp{}
	switch s.unit {
	case day, fortnight, week, weekend:
		if b.month == 0 || b.day == 0 {
			return s, anchor{}, false
		}
		if b.year == 0 {
			if s.unit != day {
				return s, anchor{}, false
			}
			t := civil(2023, b.month, b.day).AddDate(0, 0, n)
			if (b.month <= 2) != (t.Month() <= 2) { // over the end of February the day is unknown
				return s, anchor{}, false
			}
			return stamp{month: int(t.Month()), day: t.Day()}, b, true
		}
		t := b.civil()
		switch s.unit {
		case day:
			return fromCivil(t.AddDate(0, 0, n)), b, true
		case fortnight:
			n *= 2
			fallthrough
		case week:
			out.year, out.week = t.AddDate(0, 0, 7*n).ISOWeek()
			return out, b, true
		}
		out = fromCivil(t.AddDate(0, 0, 6-isoWeekday(t)+7*n))
		out.unit = weekend
		return out, b, true
	case month:
		if b.month == 0 {
			return s, anchor{}, false
		}
		out.year, out.month = shiftMonth(b.year, b.month, n)
		return out, b, true
	case quarter:
		if b.month == 0 || b.year == 0 {
			return s, anchor{}, false
		}
		y, m := addMonths(b.year, b.month, 3*n)
		return stamp{year: y, quarter: (m + 2) / 3}, b, true
	}
	if b.year == 0 {
		return s, anchor{}, false
	}
	switch s.unit {
	case year:
		out.year = b.year + n
	case decadeUnit:
		out.year, out.mask = b.year/10*10+10*n, 1
	case century:
		out.year, out.mask = b.year/100*100+100*n, 2
	default:
		return s, anchor{}, false
	}
	return out, b, out.year > 0
}

// relative resolves "last March", "next May", "this spring", "last quarter's Q3".
func (r *resolver) relative(s stamp) (stamp, anchor, bool) {
	b := r.yearAnchor()
	b.clock = 0
	rel := s.rel
	s.rel = 0
	if rel == relPrevious || rel == relFollowing {
		if t, _, ok := r.lastTold(func(t stamp) bool { return t.year != 0 && t.month != 0 }); ok {
			b = anchor{stamp{year: t.year, month: t.month, day: t.day}, "text"}
		}
	}
	if b.year == 0 || b.month == 0 {
		return s, anchor{}, true
	}
	at, now := 0, 0 // positions in the year
	year := b.year
	switch {
	case s.month != 0:
		at, now = s.month, b.month
		if s.day != 0 {
			at, now = s.month*100+s.day, b.month*100+b.day
		}
	case s.season != 0:
		at, now = s.season, b.month/3
		if b.month < 3 { // January belongs to the winter that began the year before
			year, now = year-1, 4
		}
	case s.quarter != 0:
		at, now = s.quarter, (b.month+2)/3
	}
	s.year = year
	switch rel {
	case relLast, relPast, relPrevious:
		if at >= now {
			s.year--
		}
	case relNext, relComing, relFollowing:
		if at <= now {
			s.year++
		}
	default:
		if s.season != 0 && b.month < 3 && s.season != 4 {
			s.year++
		}
	}
	return s, b, true
}

// dayOnly resolves "the 24th": the month is that of the date told last, or of now.
func (r *resolver) dayOnly(e expression, s stamp) (stamp, anchor, bool) {
	b, ok := r.now, r.now.month != 0
	if t, _, told := r.lastTold(func(t stamp) bool { return t.month != 0 }); told {
		b, ok = anchor{stamp{year: t.year, month: t.month, day: t.day}, "text"}, true
		if r.now.from == "dateline" && t.month == r.now.month && t.day == r.now.day && t.year == r.now.year {
			b.from = "dateline"
		}
	}
	if !ok {
		return s, anchor{}, true
	}
	b.clock = 0
	verb := tenseOf(r.text, e.sentence, e.span)
	s.year, s.month = b.year, b.month
	if b.from != "text" && b.day != 0 {
		switch {
		case s.day > b.day && verb == pastTense:
			s.year, s.month = shiftMonth(b.year, b.month, -1)
		case s.day < b.day && verb == futureTense:
			s.year, s.month = shiftMonth(b.year, b.month, 1)
		}
	}
	return s, b, true
}

// weekdayDate resolves "on Tuesday", "last Friday", "Monday of next week", "Friday the 13th".
func (r *resolver) weekdayDate(e expression, s stamp) (stamp, anchor, bool) {
	b := r.now
	if s.rel == relPrevious || s.rel == relFollowing {
		if t, _, ok := r.lastTold(func(t stamp) bool { return t.year != 0 && t.month != 0 && t.day != 0 }); ok {
			b = anchor{stamp{year: t.year, month: t.month, day: t.day}, "text"}
		}
	}
	b.clock = 0
	if b.year == 0 && b.day != 0 && b.month != 0 && s.day == 0 && s.rel == noRelation && s.unit == noUnit {
		return r.wireWeekday(e, s, b)
	}
	if b.day == 0 && s.day == 0 && s.rel == noRelation && s.unit == noUnit {
		b = r.pinned(s.weekday, b)
	}
	if b.year == 0 || b.day == 0 {
		if s.day != 0 {
			return stamp{day: s.day, clock: s.clock}, anchor{}, true
		}
		return s, anchor{}, false
	}
	t := b.civil()
	today := isoWeekday(t)
	if s.day != 0 {
		for _, n := range []int{0, -1, 1, -2, 2} {
			y, m := addMonths(b.year, b.month, n)
			c := stamp{year: y, month: m, day: s.day, clock: s.clock}
			if c.possible() && isoWeekday(c.civil()) == s.weekday {
				return c, b, true
			}
		}
		return stamp{day: s.day, clock: s.clock}, anchor{}, true
	}
	days := s.weekday - today
	switch {
	case s.unit == week:
		days += 7 * offset(s.rel)
	case s.rel == relLast || s.rel == relPrevious || s.rel == relPast:
		if days >= 0 {
			days -= 7
		}
	case s.rel == relNext:
		days += 7
	case s.rel == relComing || s.rel == relFollowing:
		if days <= 0 {
			days += 7
		}
	case s.rel == relThis:
	default:
		// Without a relation: the day on or before, or after when the verb looks ahead.
		v := tenseOf(r.text, e.sentence, e.span)
		if s.onward && (v == noTense || e.span.Start-e.sentence.Start < 8) { // "From Monday, books lent can be …"
			v = futureTense
		}
		if v == futureTense || v == scheduleTense {
			if days < 0 {
				days += 7
			}
		} else if days > 0 {
			days -= 7
		}
	}
	c := fromCivil(t.AddDate(0, 0, days))
	c.clock = s.clock
	return c, b, true
}

// wireWeekday resolves a weekday of an item whose dateline has no year, so that the calendar
// does not tell its weekday: "KATHMANDU, April 25 (Agency) - The office said on Tuesday …". The
// first weekday of the dateline's own line is its day.
func (r *resolver) wireWeekday(e expression, s stamp, b anchor) (stamp, anchor, bool) {
	it := r.items[r.at]
	if r.wire == 0 {
		if it.dateline < 0 || r.exprs[it.dateline].to.day != b.day || !r.sameLine(r.exprs[it.dateline].span.End, e.span.Start) || tenseOf(r.text, e.sentence, e.span) == futureTense {
			return s, anchor{}, false
		}
		r.wire = s.weekday
	}
	days := s.weekday - r.wire
	if v := tenseOf(r.text, e.sentence, e.span); v == futureTense || v == scheduleTense {
		if days < 0 {
			days += 7
		}
	} else if days > 0 {
		days -= 7
	}
	t := civil(2023, b.month, b.day).AddDate(0, 0, days)
	if (b.month <= 2) != (t.Month() <= 2) { // over the end of February the day is unknown
		return s, anchor{}, false
	}
	return stamp{month: int(t.Month()), day: t.Day(), clock: s.clock}, b, true
}

// pinned is the writer's day where no date line tells it: a full date near the top that falls
// on the weekday which the text names ("… in Rome, March 23, 2019. Italy endorsed on Saturday
// …").
func (r *resolver) pinned(weekday int, b anchor) anchor {
	for k := r.passed - 1; k >= 0 && k >= r.passed-3; k-- {
		e := r.exprs[r.explicit[k]]
		if e.ranged || e.span.Start > topOfPage || e.span.Start < r.items[r.at].start || b.year != 0 && b.year != e.to.year {
			continue
		}
		if isoWeekday(e.to.civil()) == weekday {
			r.now = anchor{stamp{year: e.to.year, month: e.to.month, day: e.to.day}, "text"}
			return r.now
		}
	}
	return b
}

// nthWeekday resolves "the second Monday of May 2024".
func (r *resolver) nthWeekday(i int, e expression, s stamp) (stamp, anchor, bool) {
	var a anchor
	m := stamp{year: s.year, month: s.month, yearRel: s.yearRel, rel: s.rel, unit: s.unit}
	if m.year == 0 {
		m, a, _ = r.resolve(i, e, m)
	}
	if m.year == 0 {
		return stamp{month: m.month}, a, true
	}
	if s.nth < 0 {
		t := civil(m.year, m.month, daysIn(m.year, m.month))
		return fromCivil(t.AddDate(0, 0, -((isoWeekday(t) - s.weekday + 7) % 7))), a, true
	}
	t := civil(m.year, m.month, 1)
	m.day = 1 + (s.weekday-isoWeekday(t)+7)%7 + 7*(s.nth-1)
	return m, a, m.possible()
}

// weekOfMonth resolves "the second week of June" to a week of the year. A week belongs to the
// month of its Thursday, as weeks belong to years.
func (r *resolver) weekOfMonth(i int, e expression, s stamp) (stamp, anchor, bool) {
	n := s.nthWeek
	s.nthWeek = 0
	var a anchor
	if s.year == 0 {
		var ok bool
		if s, a, ok = r.resolve(i, e, s); !ok {
			return s, a, false
		}
	}
	if s.year == 0 || s.month == 0 {
		return s, a, true
	}
	t := civil(s.year, s.month, 1)
	t = t.AddDate(0, 0, (4-isoWeekday(t)+7)%7+7*(n-1))
	if n < 0 {
		t = civil(s.year, s.month, daysIn(s.year, s.month))
		t = t.AddDate(0, 0, -((isoWeekday(t) - 4 + 7) % 7))
	}
	if int(t.Month()) != s.month {
		return s, a, true // there is no fifth week: the month is what is known
	}
	y, w := t.ISOWeek()
	return stamp{year: y, week: w}, a, true
}

// away resolves "3 days after January 12" and "two weeks before Christmas".
func (r *resolver) away(i int, e expression, s stamp) (stamp, anchor, bool) {
	u, n := s.offUnit, s.off
	s.offUnit, s.off = 0, 0
	t, a, ok := r.resolve(i, e, s)
	if !ok || t.year == 0 || t.mask != 0 || t.unit != 0 {
		return t, a, false
	}
	if a.from == "" {
		a = anchor{stamp{year: t.year, month: t.month, day: t.day}, "text"}
	}
	switch {
	case t.month == 0 && u == year && t.season == 0 && t.quarter == 0 && t.week == 0:
		t.year += n
	case t.month != 0 && (u == month || u == year || u == quarter):
		switch u {
		case year:
			n *= 12
		case quarter:
			n *= 3
		}
		t.year, t.month = addMonths(t.year, t.month, n)
		if t.day != 0 {
			t.day = min(t.day, daysIn(t.year, t.month))
		}
	case t.day != 0 && (u == day || u == week || u == fortnight):
		switch u {
		case week:
			n *= 7
		case fortnight:
			n *= 14
		}
		t = fromCivil(t.civil().AddDate(0, 0, n))
	default:
		return t, a, false
	}
	return t, a, t.year > 0 && t.year < 10000
}
