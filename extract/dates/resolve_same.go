package dates

import "strings"

// This file resolves "the same period of 2024", and finds what is no date after all once the
// rest of the text is known.

// samePeriod gives "the same quarter a year ago" and "the same period of 2024" the months of
// the period told last.
func (r *resolver) samePeriod(m Mention, e expression) (Mention, string) {
	s := e.to
	base := -1
	for k := len(r.told) - 1; k >= 0 && base < 0; k-- {
		t := r.told[k]
		switch {
		case t.to.year == 0 || t.from.year == 0:
		case s.unit == quarter && t.from == t.to && t.to.quarter != 0,
			s.unit == month && t.from == t.to && t.to.month != 0 && t.to.day == 0,
			s.unit == week && t.from == t.to && t.to.week != 0,
			s.unit == noUnit && (t.from != t.to || t.to.quarter != 0 || t.to.season != 0 || t.to.month != 0 && t.to.day == 0):
			base = k
		}
	}
	a := r.yearAnchor()
	a.clock = 0
	from, to := stamp{}, stamp{} // without a period told before, the year is all that is known
	if base >= 0 {
		from, to = r.told[base].from, r.told[base].to
		a = anchor{stamp{year: to.year, month: to.month, day: to.day}, "text"}
	}
	switch {
	case s.year != 0:
		from.year, to.year = s.year-(to.year-from.year), s.year
	case a.year != 0:
		n := s.n
		if s.yearRel != 0 {
			n = offset(s.yearRel)
		}
		from.year, to.year = a.year-(to.year-from.year)+n, a.year+n
	default:
		return m, NoAnchor
	}
	if base < 0 {
		from.year = to.year
	}
	if !from.possible() || !to.possible() { // February 29
		return m, NoSuchDay
	}
	m.Value = to.format()
	if from != to {
		m.Value = from.format() + "/" + m.Value
	}
	if a.year != 0 && (base >= 0 || s.year == 0) {
		m.Anchor, m.AnchorFrom = a.format(), a.from
	}
	// It is not told: the next "same quarter a year ago" compares with the period of now too.
	return m, ""
}

// unsure gives the reason why a resolved expression is no mention, or "".
func (r *resolver) unsure(e expression, s stamp) string {
	switch {
	case e.rule == "date.season":
		// "Snow begins to thaw in the early spring": of any year.
		v := tenseOf(r.text, e.sentence, e.span)
		if s.year == 0 && v != pastTense && v != futureTense || e.to.byTense && v != pastTense && v != futureTense {
			return unsaid
		}
	case e.rule == "date.ago" && aloneOnLine(r.text, e.span):
		return unsaid // "Posted:\n3 years ago"
	case e.rule == "date.relative-season" && s.year == 0:
		return NoAnchor
	case e.rule == "time.noon" && s.day == 0:
		return unsaid // "you agree at noon"
	case e.rule == "time.clock" && s.day != 0 && len(r.told) > 0:
		// "January 31, 2018 | 02:06 AM" is the time stamp of a site.
		if end := r.told[len(r.told)-1].end; r.sameLine(end, e.span.Start) && e.span.Start-end < 8 && strings.ContainsAny(r.text[end:e.span.Start], "|·•") {
			return unsaid
		}
	}
	return ""
}
