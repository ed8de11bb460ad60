package dates

import (
	"strconv"
	"strings"
	"time"

	"dateline/extract/token"
)

// anchor is a date that others are resolved against. Its year may be unknown.
type anchor struct {
	stamp
	from string
}

// resolver completes the expressions of one text in text order.
type resolver struct {
	text      string
	exprs     []expression
	items     []item
	published anchor
	monthDay  bool // all-number dates with slashes put the month first

	at       int     // current item
	now      anchor  // what "yesterday" starts from in the current item
	told     []stamp // resolved points of this item, latest last, at most eight
	toldEnd  []int
	explicit []int // explicit full dates of the text, as indexes of exprs
	passed   int   // how many of explicit lie before the current expression
}

func newResolver(text string, tokens []token.Token, sentences []token.Sentence, ctx Context, exprs []expression) *resolver {
	r := &resolver{text: text, exprs: exprs, items: items(text, exprs), monthDay: monthFirstText(text, exprs)}
	if s, ok := parseValue(ctx.Published); ok {
		from := "published"
		switch ctx.PublishedFrom {
		case "dateline", "text":
			from = ctx.PublishedFrom
		}
		r.published = anchor{s, from}
	}
	for i := range exprs {
		e := &exprs[i]
		if e.swapped && r.monthDay && strings.Contains(e.span.Of(text), "/") {
			e.to.day, e.to.month = e.to.month, e.to.day
			if e.ranged {
				e.from.day, e.from.month = e.from.month, e.from.day
			}
		}
		if e.fullDate && !historical(text, e.sentence, e.span) {
			r.explicit = append(r.explicit, i)
		}
	}
	return r
}

// monthFirstText tells from the other dates of the text whether 03/04 is March 4.
func monthFirstText(text string, exprs []expression) bool {
	month, day := 0, 0
	for _, e := range exprs {
		switch e.rule {
		case "date.numeric", "time.numeric":
			a, rest, ok := strings.Cut(e.span.Of(text), "/")
			b, _, ok2 := strings.Cut(rest, "/")
			if !ok || !ok2 || len(a) > 2 {
				continue
			}
			x, _ := strconv.Atoi(a)
			y, _ := strconv.Atoi(b)
			if y > 12 {
				month += 100
			}
			if x > 12 {
				day += 100
			}
		case "date.month-day", "time.month-day":
			month++
		case "date.day-month", "time.day-month":
			day++
		}
	}
	return month > day
}

// mentions resolves all expressions.
func (r *resolver) mentions() []Mention {
	out := make([]Mention, 0, len(r.exprs))
	r.enter(0)
	for i := range r.exprs {
		e := r.exprs[i]
		for r.at+1 < len(r.items) && r.items[r.at+1].start <= e.span.Start {
			r.enter(r.at + 1)
		}
		for r.passed < len(r.explicit) && r.explicit[r.passed] < i {
			r.passed++
		}
		if m, ok := r.mention(i, e); ok {
			out = append(out, m)
		}
	}
	return out
}

// enter starts an item: what was told before it governs no longer.
func (r *resolver) enter(k int) {
	r.at, r.told, r.toldEnd = k, r.told[:0], r.toldEnd[:0]
	r.now = r.published
	it := r.items[k]
	d := -1
	from := "dateline"
	if it.dateline >= 0 {
		d = it.dateline
	} else if it.alone >= 0 {
		d, from = it.alone, "text"
	}
	if d < 0 {
		return
	}
	for r.passed < len(r.explicit) && r.explicit[r.passed] < d {
		r.passed++
	}
	s := r.exprs[d].to
	s.clock, s.weekday = 0, r.exprs[d].to.weekday
	if s.year == 0 {
		s, _ = r.withYear(s, d, r.exprs[d])
	}
	s.weekday = 0
	switch {
	case r.published.year == 0 && (s.year != 0 || r.published.month == 0):
		r.now = anchor{s, from}
	case r.published.day != 0 && s.year != 0 && it.dateline >= 0:
		// The writer's day is the dateline's; a site may publish a little later.
		if days := int(r.published.civil().Sub(s.civil()).Hours() / 24); days > 0 && days <= 3 {
			r.now = anchor{s, from}
		}
	}
}

func (r *resolver) mention(i int, e expression) (Mention, bool) {
	m := Mention{Span: e.span, Type: e.typ, Mod: e.mod, Rule: e.rule}
	if e.fixed != "" {
		m.Value = e.fixed
		return m, true
	}
	to, a, ok := r.resolve(i, e, e.to)
	if !ok {
		return m, false
	}
	values := []stamp{to}
	if e.ranged {
		var from stamp
		var a2 anchor
		whole := e
		whole.span.End = e.span.Start
		from, a2, ok = r.resolve(i, whole, e.from)
		if !ok {
			return m, false
		}
		if a.from == "" {
			a = a2
		}
		// Each end is resolved alone; "December 30 to January 2" must not run backwards.
		if e.from.year == 0 && e.to.year == 0 && to.year != 0 && from.year != 0 && from.month != 0 && to.month != 0 && e.from.rel == 0 && e.to.rel == 0 && e.from.unit == 0 && e.to.unit == 0 {
			from.year = to.year
			if from.month > to.month {
				from.year--
			}
		}
		values = []stamp{from, to}
	} else if to.half != 0 {
		from := to
		from.half, from.month = 0, to.half*6-5
		to.half, to.month = 0, to.half*6
		values = []stamp{from, to}
	} else if to.unit == weekend {
		to.unit = 0
		sunday := fromCivil(to.civil().AddDate(0, 0, 1))
		values = []stamp{to, sunday}
		to = sunday
	}
	parts := make([]string, len(values))
	for k, s := range values {
		if !s.hasContent() || !s.possible() {
			return m, false
		}
		if s.half != 0 {
			s.month = s.half * 6
			if k == 0 {
				s.month -= 5
			}
			s.half = 0
		}
		parts[k] = s.format()
	}
	m.Value = strings.Join(parts, "/")
	if len(parts) == 2 && parts[0] == parts[1] {
		m.Value = parts[0]
	}
	if a.from != "" {
		m.Anchor, m.AnchorFrom = a.format(), a.from
	}
	if e.swapped && !e.ranged {
		other := to
		other.day, other.month = to.month, to.day
		if other.possible() {
			m.Alternatives = []string{other.format()}
		}
	}
	if !e.fullDate || !historical(r.text, e.sentence, e.span) {
		r.tell(to, e.span.End)
	}
	return m, true
}

// tell records a resolved point for those that come after it.
func (r *resolver) tell(s stamp, end int) {
	if s.mask != 0 {
		return
	}
	if len(r.told) == 8 {
		copy(r.told, r.told[1:])
		copy(r.toldEnd, r.toldEnd[1:])
		r.told, r.toldEnd = r.told[:7], r.toldEnd[:7]
	}
	r.told, r.toldEnd = append(r.told, s), append(r.toldEnd, end)
}

// lastTold finds the latest resolved point that has what is asked for.
func (r *resolver) lastTold(has func(stamp) bool) (stamp, int, bool) {
	for k := len(r.told) - 1; k >= 0; k-- {
		if has(r.told[k]) {
			return r.told[k], r.toldEnd[k], true
		}
	}
	return stamp{}, 0, false
}

// sameLine reports whether no line break lies between the places, looking at 2,000 bytes at
// most.
func (r *resolver) sameLine(a, b int) bool {
	return a <= b && b-a <= 2000 && strings.IndexByte(r.text[a:b], '\n') < 0
}

// yearAnchor is the anchor for year and month arithmetic: now, or the nearest full date.
func (r *resolver) yearAnchor() anchor {
	if r.now.year != 0 || len(r.explicit) == 0 {
		return r.now
	}
	if a, ok := r.governing(); ok {
		if r.now.month != 0 {
			b := r.now
			b.year = a.year
			return b
		}
		return a
	}
	return r.now
}

// governing is the nearest explicit full date: the one before the expression, else the next.
func (r *resolver) governing() (anchor, bool) {
	it := r.items[r.at]
	end := len(r.text)
	if r.at+1 < len(r.items) {
		end = r.items[r.at+1].start
	}
	for _, k := range []int{r.passed - 1, r.passed, r.passed + 1} {
		if k < 0 || k >= len(r.explicit) {
			continue
		}
		e := r.exprs[r.explicit[k]]
		if e.span.Start >= it.start && e.span.Start < end {
			s := e.to
			s.clock = 0
			return anchor{stamp{year: s.year, month: s.month, day: s.day}, "text"}, true
		}
	}
	return anchor{}, false
}

// resolve completes one point. ok is false when nothing would be known of it.
func (r *resolver) resolve(i int, e expression, s stamp) (stamp, anchor, bool) {
	switch {
	case s.nth != 0:
		return r.nthWeekday(i, e, s)
	case s.weekday != 0 && s.month == 0:
		return r.weekdayDate(e, s)
	case s.unit == week && s.day != 0 && s.month != 0: // "the week of May 6"
		var a anchor
		if s.year == 0 {
			s, a = r.withYear(s, i, e)
		}
		if s.year != 0 && s.possible() {
			y, w := s.civil().ISOWeek()
			return stamp{year: y, week: w}, a, true
		}
		s.unit = 0
		return s, a, true
	case s.unit == month && s.day != 0: // "the 24th of this month"
		b := r.yearAnchor()
		if b.month == 0 {
			return stamp{day: s.day}, anchor{}, true
		}
		y, m := shiftMonth(b.year, b.month, offset(s.rel))
		return stamp{year: y, month: m, day: s.day}, b, true
	case s.unit != 0:
		t, a, ok := r.shift(s)
		t.clock = s.clock
		return t, a, ok
	case s.rel != 0:
		return r.relative(s)
	case s.day != 0 && s.month == 0:
		return r.dayOnly(e, s)
	case s.clock != 0 && s.day == 0 && s.month == 0:
		if d, end, ok := r.lastTold(func(s stamp) bool { return s.day != 0 && s.month != 0 }); ok && r.sameLine(end, e.span.Start) {
			d.clock = s.clock
			return d, anchor{stamp{year: d.year, month: d.month, day: d.day}, "text"}, true
		}
		return s, anchor{}, true
	case s.year == 0 && s.yearRel != 0:
		b := r.yearAnchor()
		if s.yearRel == relSame || s.yearRel == relFollowing || s.yearRel == relPrevious {
			if t, _, ok := r.lastTold(stamp.explicit); ok {
				b = anchor{t, "text"}
			}
		}
		if b.year != 0 {
			s.year = b.year + offset(s.yearRel)
			b.clock = 0
		} else {
			b = anchor{}
		}
		s.yearRel = 0
		return s, b, true
	case s.year == 0:
		t, a := r.withYear(s, i, e)
		t.weekday = 0
		return t, a, true
	}
	s.weekday = 0
	return s, anchor{}, true
}

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

// withYear gives a month, day, season or quarter its year.
func (r *resolver) withYear(s stamp, i int, e expression) (stamp, anchor) {
	verb := tenseOf(r.text, e.sentence, e.span)
	// A chain of dates in one paragraph: "On March 3, 2011 … On March 5 …".
	if s.month != 0 {
		t, end, ok := r.lastTold(func(t stamp) bool { return t.year != 0 && t.month != 0 })
		if ok && r.sameLine(end, e.span.Start) && (r.now.year == 0 || t.year != r.now.year) && !(verb == futureTense && r.now.year != 0) {
			for _, y := range []int{t.year, t.year + 1, t.year - 1} {
				c := s
				c.year = y
				if !c.possible() {
					continue
				}
				days := middle(c).Sub(middle(t)).Hours() / 24
				if days >= -60 && days <= 150 {
					return c, anchor{stamp{year: t.year, month: t.month, day: t.day}, "text"}
				}
			}
		}
	}
	b := r.now
	if b.year == 0 {
		g, ok := r.governing()
		if !ok {
			return s, anchor{}
		}
		b, verb = g, noTense
	}
	if b.month == 0 { // only the year of the publication is known
		s.year = b.year
		return s, b
	}
	a := anchor{stamp{year: b.year, month: b.month, day: b.day}, b.from}
	if s.season != 0 && s.month == 0 || s.quarter != 0 || s.half != 0 {
		s.year = nearestYear(s, b.stamp, verb)
		return s, a
	}
	if s.weekday != 0 && s.day != 0 {
		best, found := 0, false
		for _, y := range []int{b.year, b.year - 1, b.year + 1} {
			c := s
			c.year = y
			if c.possible() && isoWeekday(c.civil()) == s.weekday {
				if d := abs(c, b.stamp); !found || d < best {
					best, found = d, true
					s.year = y
				}
			}
		}
		if found {
			return s, a
		}
	}
	s.year = nearestYear(s, b.stamp, verb)
	return s, a
}

func abs(x, y stamp) int {
	d := int(middle(x).Sub(middle(y)).Hours() / 24)
	if d < 0 {
		return -d
	}
	return d
}

// middle is a day in the middle of the point, for distances.
func middle(s stamp) time.Time {
	switch {
	case s.day != 0 && s.month != 0:
		return s.civil()
	case s.month != 0:
		return civil(s.year, s.month, 15)
	case s.quarter != 0:
		return civil(s.year, s.quarter*3-1, 15)
	case s.half != 0:
		return civil(s.year, s.half*6-3, 30)
	case s.season != 0:
		return civil(s.year, 3*s.season+1, 15)
	}
	return civil(s.year, 7, 1)
}

// nearestYear chooses the year of a month, day, season or quarter by the tense of its verb:
// the past one, the coming one, or without a verb the nearer one.
func nearestYear(s, now stamp, verb tense) int {
	if s.month != 0 && s.month == now.month && (s.day == 0 || now.day == 0) {
		return now.year
	}
	best, bestDays := now.year, 1<<30
	for _, y := range []int{now.year, now.year - 1, now.year + 1} {
		c := s
		c.year = y
		if !c.possible() {
			continue
		}
		days := int(middle(c).Sub(middle(now)).Hours() / 24)
		cost := days
		if days < 0 {
			cost = -days
		}
		// The wrong side costs a year, but for a few days around the publication.
		if verb == pastTense && days > 2 || verb == futureTense && days < -2 {
			cost += 330
		}
		if cost < bestDays {
			best, bestDays = y, cost
		}
	}
	return best
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
		b = r.yearAnchor()
	}
	b.clock = 0
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
	b.clock = 0
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
		if tenseOf(r.text, e.sentence, e.span) == futureTense {
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
