package dates

import (
	"time"

	"dateline/extract/token"
)

// stamp is what an expression says about one point in time. Zero means unsaid throughout;
// nothing in it is inferred until the resolver fills it.
type stamp struct {
	year    int
	mask    uint8 // how many last digits of year are unknown: 1 in "the 1990s", 2 in "the 19th century"
	month   int
	day     int
	weekday int // 1 Monday
	nth     int // "the second Monday of May": 2; -1 is the last one
	season  int
	quarter int
	half    int
	week    int // ISO week
	nthWeek int // "the second week of May": 2; -1 is the last one
	clock   int // minutes since midnight plus one
	holiday int // index of holidays; month and day are near it until the year is known

	yearRel relation // "June this year": the year in relation to the anchor
	rel     relation // "last Friday", "next May": relation of the named thing to the anchor
	unit    unit     // "last week", "two months ago": a shift by n units
	n       int
	months  int // of a shift by several units: months and days beside those n units
	days    int
	offUnit unit // "two weeks before Christmas": a distance of off units from what the rest says
	off     int
	toText  bool // the shift starts at the date told before, not at the publication
	same    bool // "the same period of 2024": what was told last, in the year that the rest gives
	byTense bool // "over the weekend": before or after now, as the verb says
	onward  bool // "from Monday": the coming one, unless the verb tells of the past
	fiscal  bool // the year is a fiscal one, which later quarters share
}

// expression is one expression of the text before resolution.
type expression struct {
	span, sentence token.Span
	typ            string
	mod            string
	rule           string
	fixed          string // value of a duration or set
	from, to       stamp  // to alone for a point
	ranged         bool
	swapped        bool   // an all-number date that also reads with day and month exchanged
	fullDate       bool   // dates of the same text may take their year from this one
	refused        string // reason why it is no mention, or ""
}

// explicit reports whether the words alone give the year.
func (s stamp) explicit() bool { return s.year != 0 }

// hasContent reports whether anything is known of the point.
func (s stamp) hasContent() bool {
	return s.year != 0 || s.month != 0 || s.day != 0 || s.season != 0 || s.quarter != 0 || s.half != 0 || s.week != 0 || s.clock != 0
}

// format writes a point as a date value. A half year is an interval; the resolver writes it.
func (s stamp) format() string {
	var buf [16]byte
	return string(s.append(buf[:0]))
}

func (s stamp) append(b []byte) []byte {
	if s.year == 0 {
		b = append(b, "XXXX"...)
	} else {
		b = digits2(digits2(b, s.year/100), s.year%100)
		for k := 0; k < int(s.mask); k++ {
			b[len(b)-1-k] = 'X'
		}
	}
	switch {
	case s.day != 0 && s.month == 0:
		b = digits2(append(b, "-XX-"...), s.day)
	case s.day != 0:
		b = digits2(append(digits2(append(b, '-'), s.month), '-'), s.day)
	case s.month != 0 && s.clock != 0:
		b = append(digits2(append(b, '-'), s.month), "-XX"...)
	case s.month != 0:
		b = digits2(append(b, '-'), s.month)
	case s.quarter != 0:
		b = append(b, '-', 'Q', byte('0'+s.quarter))
	case s.season != 0:
		b = append(append(b, '-'), seasonCodes[s.season]...)
	case s.week != 0:
		b = digits2(append(b, "-W"...), s.week)
	case s.clock != 0:
		b = append(b, "-XX-XX"...)
	}
	if s.clock != 0 {
		b = digits2(append(digits2(append(b, 'T'), (s.clock-1)/60), ':'), (s.clock-1)%60)
	}
	return b
}

var seasonCodes = [...]string{"", "SP", "SU", "FA", "WI"}

func digits2(b []byte, n int) []byte { return append(b, byte('0'+n/10%10), byte('0'+n%10)) }

// daysIn is the number of days of a month; of February of an unknown year, 29.
func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year != 0 && (year%4 != 0 || year%100 == 0 && year%400 != 0) {
			return 28
		}
		return 29
	}
	return 31
}

// possible reports whether the calendar has such a date.
func (s stamp) possible() bool {
	return s.month >= 0 && s.month <= 12 && s.day >= 0 && (s.day == 0 || s.month == 0 && s.day <= 31 || s.month != 0 && s.day <= daysIn(s.year, s.month)) && s.clock <= 24*60
}

// civil is the day as a count, for distances and weekdays; only for full dates.
func civil(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

func fromCivil(t time.Time) stamp {
	return stamp{year: t.Year(), month: int(t.Month()), day: t.Day()}
}

func (s stamp) civil() time.Time { return civil(s.year, max(s.month, 1), max(s.day, 1)) }

// isoWeekday is 1 for Monday to 7 for Sunday.
func isoWeekday(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }

// addMonths moves a year and month; the day is dropped.
func addMonths(year, month, n int) (int, int) {
	k := year*12 + month - 1 + n
	return k / 12, k%12 + 1
}
