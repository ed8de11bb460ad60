package dates

import (
	"strings"
	"time"
)

// This file reads days that go by a name: Christmas Day, Easter Monday, Thanksgiving, Nauryz.
// Only holidays whose day can be computed from the year are dates; those that are set anew
// each year, by the moon or by decree, are refused. Holidays that are kept on different days
// in different countries (Mother's Day, Independence Day) are none.

// holiday is a day with a name.
type holiday struct {
	month, day int
	last       int // last day of a holiday of several days, or 0
	easter     int // 1 + 100 + days from Easter Sunday, or 0: 101 is Easter Sunday
	nth        int // "the fourth Thursday of November": 4, with weekday; -1 is the last
	weekday    int
	bare       bool // the name alone is a day: "at Christmas"
	unknown    bool // the day is not computed
}

// holidays are in the order of their names in holidayNames. Index 0 is none.
var holidays = []holiday{
	{},
	{month: 1, day: 1},               // 1
	{month: 12, day: 31},             // 2
	{month: 12, day: 25, bare: true}, // 3
	{month: 12, day: 24},             // 4
	{month: 12, day: 26},             // 5
	{easter: 101, bare: true},        // 6
	{easter: 102},                    // 7
	{easter: 99},                     // 8
	{month: 11, nth: 4, weekday: 4, bare: true}, // 9
	{month: 3, day: 21, last: 23, bare: true},   // 10
	{month: 3, day: 21, bare: true},             // 11
	{month: 10, day: 31, bare: true},            // 12
	{month: 2, day: 14},                         // 13
	{month: 3, day: 17},                         // 14
	{month: 3, day: 8},                          // 15
	{month: 4, day: 22},                         // 16
	{month: 6, day: 19, bare: true},             // 17
	{month: 9, nth: 1, weekday: 1},              // 18
	{month: 5, nth: -1, weekday: 1},             // 19
	{month: 1, nth: 3, weekday: 1},              // 20
	{month: 2, nth: 3, weekday: 1},              // 21
	{month: 7, day: 14},                         // 22
	{month: 5, day: 1},                          // 23
	{month: 11, day: 1},                         // 24
	{month: 1, day: 6, bare: true},              // 25
	{easter: 55},                                // 26
	{easter: 98},                                // 27
	{easter: 94},                                // 28
	{easter: 140},                               // 29
	{easter: 150, bare: true},                   // 30
	{unknown: true, bare: true},                 // 31
	{month: 11, day: 11},                        // 32
	{month: 4, day: 25},                         // 33
	{month: 1, day: 26},                         // 34
	{month: 7, day: 1},                          // 35
}

// holidayNames are the names in lower case, words parted by one space, without apostrophes.
var holidayNames = map[string]int{
	"new years day": 1, "new year day": 1, "new years eve": 2, "new year eve": 2,
	"christmas": 3, "christmas day": 3, "christmas eve": 4, "boxing day": 5,
	"easter": 6, "easter sunday": 6, "easter day": 6, "easter monday": 7, "good friday": 8,
	"thanksgiving": 9, "thanksgiving day": 9,
	"nauryz": 10, "nauryz meiramy": 10, "nowruz": 11, "navruz": 11, "novruz": 11, "norouz": 11,
	"halloween": 12, "valentines day": 13, "st valentines day": 13, "st patricks day": 14, "saint patricks day": 14,
	"international womens day": 15, "earth day": 16, "juneteenth": 17, "labor day": 18, "memorial day": 19,
	"martin luther king day": 20, "martin luther king jr day": 20, "mlk day": 20, "presidents day": 21, "bastille day": 22,
	"may day": 23, "international workers day": 23, "intl workers day": 23, "all saints day": 24, "epiphany": 25,
	"ash wednesday": 26, "maundy thursday": 27, "palm sunday": 28, "ascension day": 29, "pentecost": 30, "whit sunday": 30,
	"eid al-fitr": 31, "eid al fitr": 31, "eid ul-fitr": 31, "eid al-adha": 31, "eid ul-adha": 31, "eid al adha": 31, "kurban ait": 31, "oraza ait": 31, "eid": 31,
	"veterans day": 32, "armistice day": 32, "remembrance day": 32, "anzac day": 33, "australia day": 34, "canada day": 35,
}

// holidayStarts are the first words of the names, with the most words that a name with it has.
var holidayStarts = func() map[string]int {
	m := map[string]int{}
	for name := range holidayNames {
		w := strings.Fields(name)
		m[w[0]] = max(m[w[0]], len(w))
	}
	return m
}()

// triggerHolidays are words that are hardly anything else, so that a sentence with one is read.
var triggerHolidays = set("christmas easter thanksgiving nauryz nowruz navruz novruz norouz halloween juneteenth epiphany pentecost eid kurban oraza")

// nameWord reads the word of a name at atom i in lower case, with the possessive behind it:
// "Year's" is "years". next is the index behind it.
func (p *parser) nameWord(i int) (word string, next int) {
	a := p.at(i)
	if a.class == cPunct || a.class >= cClitic || a.class == cNum {
		return "", i
	}
	word = strings.ToLower(strings.TrimSuffix(p.of(i), "."))
	j := i + 1
	if p.cls(j) == cClitic && p.tight(j) {
		if s := p.of(j); s[len(s)-1] == 's' {
			word += "s"
		}
		j++
	}
	for p.cls(j) == cDash && p.tight(j) && p.tight(j+1) && (p.cls(j+1) == cOther || p.cls(j+1) == cPoss) {
		word += "-" + strings.ToLower(p.of(j+1))
		j += 2
	}
	word = strings.Map(func(r rune) rune {
		if r == '\'' || r == '’' {
			return -1
		}
		return r
	}, word)
	return word, j
}

// holidayAt finds the longest name of a holiday at atom i; next is 0 for none.
func (p *parser) holidayAt(i int) (id, next int) {
	name, j := p.nameWord(i)
	most := holidayStarts[name]
	if most == 0 {
		return 0, 0
	}
	if p.cls(j) == cComma && (name == "martin" || name == "mlk") {
		return 0, 0
	}
	for n := 1; ; n++ {
		if k := holidayNames[name]; k > 0 {
			id, next = k, j
		}
		if n == most || p.at(j).is(capital) != p.at(i).is(capital) && p.cls(j) != cUnit && p.of(j) != "al" && p.of(j) != "ul" {
			return id, next
		}
		word, e := p.nameWord(j)
		if word == "" {
			return id, next
		}
		name += " " + word
		j = e
	}
}

// namedHoliday reads a holiday with the year behind it: "Christmas Day", "Easter 2024", "last
// Thanksgiving".
func (p *parser) namedHoliday(i int) (r reading, next int) {
	rel := noRelation
	j := i
	if a := p.at(i); a.class == cRel {
		switch relation(a.num) {
		case relLast, relThis, relNext, relComing, relPast, relPrevious, relFollowing:
			rel = relation(a.num)
		default:
			return r, 0
		}
		j++
	}
	id, n := p.holidayAt(j)
	if first, _ := p.nameWord(j); id != 0 && !p.at(j).is(capital) && !triggerHolidays[first] && first != "new" && p.yearAt(n) == 0 {
		return r, 0 // "a memorial day", "good friday"
	}
	if id == 0 || p.cls(j) == cMonth && !p.at(j+1).is(capital) {
		return r, 0
	}
	h := holidays[id]
	r.rule, r.holiday, r.rel = "date.holiday", id, rel
	r.month, r.day = h.month, h.day
	if r.month == 0 {
		r.month = 4 // near enough to choose the year by
		if h.easter > 101 {
			r.month = 5
		}
	}
	if h.last != 0 {
		r.ranged, r.to = true, r.stamp
		r.to.day = h.last
	}
	k := n
	if p.cls(k) == cComma || p.cls(k) == cOf || p.cls(k) == cIn {
		k++
	}
	year := false
	if y := p.yearAt(k); y > 0 && !p.countable(k+1) {
		r.year, r.to.year, r.rel = y, y, 0
		n, year = k+1, true
	} else if e := p.relativeYear(k, &r.stamp); e > 0 && rel == noRelation {
		r.to.yearRel = r.yearRel
		n, year = e, true
	}
	if h.unknown {
		r.refused = NotComputed
	}
	// "Christmas markets", "Easter Island", "the Thanksgiving Day Parade" are no days.
	if c := p.at(n); !year && (c.class == cOther && (c.is(capital) || h.bare && !p.verbal(n)) || c.class == cDash && p.tight(n) && p.tight(n+1) || c.class == cUnit && !p.verbal(n) || c.class == cSeason) {
		return reading{}, 0
	}
	if !year && rel == noRelation && h.bare && n == j+1 {
		switch p.cls(i - 1) {
		case cAt, cOn, cBy, cPrep, cIn, cTo, cFrom, cBetween, cAnd, cEarly:
		case cThan:
		case cOther:
			if w := p.of(i - 1); w != "celebrate" && w != "celebrated" && w != "celebrates" && w != "celebrating" && w != "over" {
				return reading{}, 0
			}
		case cMoreLess: // "over Christmas"
		default:
			return reading{}, 0
		}
	}
	if c := p.at(i - 1); c.class == cOther && c.is(capital) && i > 1 {
		return reading{}, 0 // "Merry Christmas", "Operation Christmas Eve"
	}
	return r, n
}

// verbal reports whether the word at i is no noun that the name before it belongs to: a verb,
// or a word of grammar.
func (p *parser) verbal(i int) bool {
	w := p.of(i)
	return yearVerb[w] || announced(w) || presentWords[w] || pastWords[w] || futureWords[w]
}

// holidayDate resolves a named day.
func (r *resolver) holidayDate(i int, e expression, s stamp) (stamp, anchor, bool) {
	h := holidays[s.holiday]
	s.holiday = 0
	moving := h.easter != 0 || h.nth != 0
	if b := r.now; s.rel != 0 && b.year != 0 && b.month != 0 && b.day != 0 {
		rel := s.rel
		s.rel, s.year = 0, b.year
		t := h.dayOf(s)
		switch late := before(b.stamp, t); {
		case (rel == relLast || rel == relPast || rel == relPrevious) && !before(t, b.stamp):
			s.year--
		case (rel == relNext || rel == relComing || rel == relFollowing) && !late:
			s.year++
		}
		b.clock = 0
		return h.dayOf(s), b, true
	}
	if b := r.now; moving && s.year == 0 && s.yearRel == 0 && b.year != 0 && b.month != 0 && b.day != 0 {
		verb := tenseOf(r.text, e.sentence, e.span)
		best, least := stamp{}, 1<<30
		for _, y := range []int{b.year, b.year - 1, b.year + 1} {
			s.year = y
			t := h.dayOf(s)
			if c := yearCost(t, b.stamp, verb); c < least {
				best, least = t, c
			}
		}
		b.clock = 0
		return best, b, true
	}
	t, a, ok := r.resolve(i, e, s)
	if !ok || t.year == 0 && moving {
		return t, a, false
	}
	if moving {
		t = h.dayOf(t)
	}
	return t, a, true
}

// dayOf gives a holiday its day in a year.
func (h holiday) dayOf(s stamp) stamp {
	switch {
	case h.easter != 0:
		t := easter(s.year).AddDate(0, 0, h.easter-101)
		s.month, s.day = int(t.Month()), t.Day()
	case h.nth > 0:
		t := civil(s.year, h.month, 1)
		s.month, s.day = h.month, 1+(h.weekday-isoWeekday(t)+7)%7+7*(h.nth-1)
	case h.nth < 0:
		t := civil(s.year, h.month, daysIn(s.year, h.month))
		s.month, s.day = h.month, t.Day()-(isoWeekday(t)-h.weekday+7)%7
	}
	return s
}

// easter is Easter Sunday of the western churches, by the Gregorian calendar (the algorithm of
// Meeus, Jones and Butcher).
func easter(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	month := (h + l - 7*m + 90) / 25
	day := (h + l - 7*m + 33*month + 19) % 32
	return civil(year, month, day)
}
