package dates

import "time"

// This file finds the year of a date that is told without one.

// nearYear is how near a year must stand before a month to govern it, in bytes: a comma and a
// preposition fit, a clause does not.
const nearYear = 8

// withYear gives a month, day, season or quarter its year.
func (r *resolver) withYear(s stamp, i int, e expression) (stamp, anchor) {
	verb := tenseOf(r.text, e.sentence, e.span)
	// "A year later, on May 22", "in 2019, on 3 June".
	if n := len(r.told); n > 0 && s.month != 0 {
		if t, end := r.told[n-1].to, r.told[n-1].end; t.year != 0 && t.month == 0 && t.quarter == 0 && t.week == 0 && t.season == 0 && end >= e.sentence.Start && end <= e.span.Start && e.span.Start-end <= nearYear {
			s.year = t.year
			return s, anchor{stamp{year: t.year}, "text"}
		}
	}
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
		// A text tells forward: the date follows the governing one, or precedes it closely.
		for _, y := range []int{g.year, g.year + 1, g.year - 1} {
			c := s
			c.year = y
			if days := middle(c).Sub(middle(g.stamp)).Hours() / 24; c.possible() && days >= -90 && days < 276 {
				return c, g
			}
		}
		b, verb = g, noTense
	}
	if b.month == 0 { // only the year of the publication is known
		s.year = b.year
		return s, b
	}
	a := anchor{stamp{year: b.year, month: b.month, day: b.day}, b.from}
	if s.season != 0 && s.month == 0 || s.quarter != 0 || s.half != 0 || s.week != 0 {
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
	case s.week != 0:
		return civil(s.year, 1, 4).AddDate(0, 0, 7*(s.week-1))
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
		if cost := yearCost(c, now, verb); cost < bestDays {
			best, bestDays = y, cost
		}
	}
	return best
}

// yearCost is how far a point lies from now, in days. The wrong side costs a year, but for a
// few days around the publication.
func yearCost(c, now stamp, verb tense) int {
	days := int(middle(c).Sub(middle(now)).Hours() / 24)
	cost := max(days, -days)
	if verb == pastTense && days > 2 || verb == futureTense && days < -2 {
		cost += 330
	}
	return cost
}
