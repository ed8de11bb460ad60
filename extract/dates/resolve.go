package dates

import (
	"strconv"
	"strings"

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
	body      int  // where the article begins
	monthDay  bool // all-number dates with slashes put the month first

	at       int       // current item
	now      anchor    // what "yesterday" starts from in the current item
	told     []telling // what was told in this item, latest last, at most eight
	wire     int       // the weekday of a dateline without a year, once the text tells it
	fiscal   int       // the fiscal year told last in this item, or 0
	explicit []int     // explicit full dates of the text, as indexes of exprs
	passed   int       // how many of explicit lie before the current expression
}

// telling is a resolved point or interval; end is where its words end.
type telling struct {
	from, to stamp // the same for a point
	end      int
}

func newResolver(text string, tokens []token.Token, sentences []token.Sentence, ctx Context, exprs []expression) *resolver {
	r := &resolver{text: text, exprs: exprs, items: items(text, exprs), body: proseStart(text)}
	var decided bool
	r.monthDay, decided = monthFirstText(text, exprs)
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
		if e.swapped {
			r.orderDay(e, decided)
		}
		if e.refused == "" && e.fullDate && !historical(text, e.sentence, e.span) {
			r.explicit = append(r.explicit, i)
		}
	}
	return r
}

// orderDay settles which of the two readings of an all-number date is meant: the one that is
// the day of publication, else what the other dates of the text say. Where the text leaves no
// doubt there is no other reading.
func (r *resolver) orderDay(e *expression, decided bool) {
	p := r.published
	is := func(s stamp) bool { return p.day != 0 && s.day == p.day && s.month == p.month && s.year == p.year }
	switch swap := e.to.exchanged(); {
	case !e.ranged && is(e.to):
		e.swapped = false
	case !e.ranged && is(swap):
		e.to, e.swapped = swap, false
	default:
		if r.monthDay {
			e.to = swap
			if e.ranged {
				e.from = e.from.exchanged()
			}
		}
		e.swapped = !decided
	}
}

// exchanged is the stamp with day and month exchanged.
func (s stamp) exchanged() stamp {
	s.day, s.month = s.month, s.day
	return s
}

// monthFirstText tells from the other dates of the text whether 03/04 is March 4. decided says
// that one of them is written in numbers too and reads in one way only.
func monthFirstText(text string, exprs []expression) (monthFirst, decided bool) {
	month, day, monthWords, dayWords := 0, 0, 0, 0
	for _, e := range exprs {
		if e.refused != "" {
			continue
		}
		switch e.rule {
		case "date.numeric", "time.numeric", "date.range":
			f := strings.FieldsFunc(e.span.Of(text), func(r rune) bool { return r == '/' || r == '-' })
			if len(f) < 3 || len(f[0]) > 2 || len(f[1]) > 2 {
				continue
			}
			x, err1 := strconv.Atoi(f[0])
			y, err2 := strconv.Atoi(f[1])
			if err1 == nil && err2 == nil && y > 12 {
				month++
			}
			if err1 == nil && err2 == nil && x > 12 {
				day++
			}
		case "date.month-day", "time.month-day":
			monthWords++
		case "date.day-month", "time.day-month":
			dayWords++
		}
	}
	if month != day {
		return month > day, month == 0 || day == 0
	}
	return monthWords > dayWords, false
}

// mentions resolves all expressions.
func (r *resolver) mentions() (out []Mention, refused []Refusal) {
	out = make([]Mention, 0, len(r.exprs))
	r.enter(0)
	for i := range r.exprs {
		e := r.exprs[i]
		for r.at+1 < len(r.items) && r.items[r.at+1].start <= e.span.Start {
			r.enter(r.at + 1)
		}
		for r.passed < len(r.explicit) && r.explicit[r.passed] < i {
			r.passed++
		}
		reason := e.refused
		if reason == "" {
			var m Mention
			if m, reason = r.mention(i, e); reason == "" {
				out = append(out, m)
			}
		}
		if reason != "" && reason != unsaid {
			refused = append(refused, Refusal{Span: e.span, Reason: reason, Rule: e.rule})
		}
	}
	return out, refused
}

// unsaid is the reason of what is no expression after all, once the text around it is known.
const unsaid = "unsaid"

// enter starts an item: what was told before it governs no longer.
func (r *resolver) enter(k int) {
	r.at, r.told, r.fiscal, r.wire = k, r.told[:0], 0, 0
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
	case r.published.day == 0 && s.year != 0, r.published.year == 0 && (s.year != 0 || r.published.month == 0):
		r.now = anchor{s, from}
	case r.published.from == "text" && s.year != 0 && (it.dateline >= 0 && r.exprs[d].fullDate || r.exprs[d].span.Start < r.body):
		// The publication was guessed from a date line of the page, which may be that of a
		// table or of the visit.
		r.now = anchor{s, from}
	case r.published.day != 0 && s.year != 0 && it.dateline >= 0:
		// The writer's day is the dateline's; a site may publish a little later.
		if days := int(r.published.civil().Sub(s.civil()).Hours() / 24); days > 0 && days <= 3 {
			r.now = anchor{s, from}
		}
	}
}

// mention gives an expression its value, or the reason why it has none.
func (r *resolver) mention(i int, e expression) (Mention, string) {
	m := Mention{Span: e.span, Type: e.typ, Mod: e.mod, Rule: e.rule}
	if e.fixed != "" {
		m.Value = e.fixed
		return m, ""
	}
	if e.to.same {
		return r.samePeriod(m, e)
	}
	last := e.to
	if last.rel == relAfterStart {
		last = e.from
	}
	to, a, ok := r.resolve(i, e, last)
	if ok && e.to.rel == relAfterStart {
		if to.year == 0 || to.day == 0 {
			return m, NoAnchor
		}
		to = fromCivil(to.civil().AddDate(0, 0, (e.to.weekday-isoWeekday(to.civil())+7)%7))
	}
	if !ok {
		return m, NoAnchor
	}
	if reason := r.unsure(e, to); reason != "" {
		return m, reason
	}
	values := []stamp{to}
	if e.ranged {
		var from stamp
		var a2 anchor
		whole := e
		whole.span.End = e.span.Start
		from, a2, ok = r.resolve(i, whole, e.from)
		if !ok {
			return m, NoAnchor
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
		if e.to.rel == relFollowing && e.to.month != 0 && from.year != 0 && from.month != 0 { // "from October until the following March"
			to.year = from.year
			if to.month <= from.month {
				to.year++
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
		if !s.hasContent() {
			return m, NoAnchor
		}
		if !s.possible() {
			return m, NoSuchDay
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
	if len(values) == 2 && values[0].year != 0 && values[0].mask == 0 && values[1].mask == 0 && before(values[1], values[0]) {
		return m, Backwards
	}
	m.Value = strings.Join(parts, "/")
	if len(parts) == 2 && parts[0] == parts[1] {
		m.Value = parts[0]
	}
	if e.to.nthWeek != 0 && to.week != 0 {
		m.Mod = "" // the week says it
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
	} else if e.swapped && len(values) == 2 {
		a, b := values[0], values[1]
		a.day, a.month, b.day, b.month = a.month, a.day, b.month, b.day
		if a.possible() && b.possible() && !before(b, a) {
			m.Alternatives = []string{a.format() + "/" + b.format()}
		}
	}
	if !e.fullDate || !historical(r.text, e.sentence, e.span) {
		r.tell(values[0], values[len(values)-1], e.span.End)
		if e.to.fiscal && to.year != 0 {
			r.fiscal = to.year
		}
	}
	return m, ""
}

// tell records a resolved point or interval for those that come after it.
func (r *resolver) tell(from, to stamp, end int) {
	if to.mask != 0 {
		return
	}
	if len(r.told) == 8 {
		copy(r.told, r.told[1:])
		r.told = r.told[:7]
	}
	r.told = append(r.told, telling{from, to, end})
}

// lastTold finds the latest resolved point that has what is asked for.
func (r *resolver) lastTold(has func(stamp) bool) (stamp, int, bool) {
	for k := len(r.told) - 1; k >= 0; k-- {
		if has(r.told[k].to) {
			return r.told[k].to, r.told[k].end, true
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
	case s.offUnit != 0:
		return r.away(i, e, s)
	case s.holiday != 0:
		return r.holidayDate(i, e, s)
	case s.nthWeek != 0:
		return r.weekOfMonth(i, e, s)
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
	case s.unit == week && s.day != 0: // "the week of the 18th"
		t, a, ok := r.dayOnly(e, stamp{day: s.day})
		if !ok || t.year == 0 || !t.possible() {
			return t, a, ok && t.possible()
		}
		y, w := t.civil().ISOWeek()
		return stamp{year: y, week: w}, a, true
	case s.unit == month && s.day != 0: // "the 24th of this month"
		b := r.yearAnchor()
		if b.month == 0 {
			return stamp{day: s.day}, anchor{}, true
		}
		y, m := shiftMonth(b.year, b.month, offset(s.rel))
		return stamp{year: y, month: m, day: s.day}, b, true
	case s.unit == weekend && s.byTense:
		s.rel = relThis
		if v := tenseOf(r.text, e.sentence, e.span); v != futureTense && v != scheduleTense && r.now.year != 0 && r.now.day != 0 && isoWeekday(r.now.civil()) < 6 {
			s.rel = relLast
		}
		return r.shift(s)
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
	case s.year == 0 && s.quarter != 0 && r.fiscal != 0:
		s.year = r.fiscal
		return s, anchor{stamp{year: r.fiscal}, "text"}, true
	case s.year == 0:
		t, a := r.withYear(s, i, e)
		t.weekday = 0
		return t, a, true
	}
	s.weekday = 0
	return s, anchor{}, true
}
