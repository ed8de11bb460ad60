package corpus

import (
	"strconv"
	"strings"
	"time"
)

// seasonNames are the seasons of a date value.
var seasonNames = map[string]bool{"SP": true, "SU": true, "FA": true, "WI": true}

// ValidDate reports whether a value is one that a date of a type can have.
func ValidDate(dateType, value string) bool {
	switch dateType {
	case "duration":
		return validPeriod(value)
	case "set":
		return validPeriod(value) || validRecurring(value)
	}
	from, to, interval := strings.Cut(value, "/")
	if !interval {
		return validPoint(from)
	}
	// Days of known years have an order; text of equal form is compared as text.
	return validPoint(from) && validPoint(to) && (len(from) != len(to) || strings.Contains(value, "X") || from <= to)
}

// validPoint checks year, month and day, quarter, season or week, and a time of day. Unknown
// digits of a year are X, an unknown month or day is XX.
func validPoint(point string) bool {
	day, clock, timed := strings.Cut(point, "T")
	if timed {
		if _, err := time.Parse("15:04", clock); err != nil || len(clock) != 5 {
			return false
		}
	}
	year, rest, more := strings.Cut(day, "-")
	known := strings.TrimRight(year, "X")
	if len(year) != 4 || strings.Trim(known, "0123456789") != "" {
		return false
	}
	if !more {
		return known != "" && !timed
	}
	switch {
	case seasonNames[rest]:
		return !timed
	case len(rest) == 2 && rest[0] == 'Q':
		return '1' <= rest[1] && rest[1] <= '4' && !timed
	case len(rest) == 3 && rest[0] == 'W':
		return within(rest[1:], 1, 53) && !timed
	}
	month, dayOfMonth, hasDay := strings.Cut(rest, "-")
	switch {
	case !hasDay:
		return within(month, 1, 12) && !timed
	case month == "XX":
		return within(dayOfMonth, 1, 31)
	case !within(month, 1, 12):
		return false
	case dayOfMonth == "XX":
		return !timed
	case len(known) == 4:
		_, err := time.Parse(time.DateOnly, year+"-"+rest)
		return err == nil
	}
	// Without a year 29 February may exist.
	_, err := time.Parse(time.DateOnly, "2000-"+rest)
	return err == nil
}

// within reports whether two digits are a number from low to high.
func within(digits string, low, high int) bool {
	n, err := strconv.Atoi(digits)
	return err == nil && len(digits) == 2 && digits[0] != '+' && digits[0] != '-' && low <= n && n <= high
}

// validPeriod checks a length of time as ISO 8601 writes it: "P3Y", "P1Y6M", "PT2H", "PXD".
func validPeriod(value string) bool {
	rest, ok := strings.CutPrefix(value, "P")
	if !ok || len(value) > 40 {
		return false
	}
	date, clock, timed := strings.Cut(rest, "T")
	if timed && clock == "" || !timed && date == "" {
		return false
	}
	return periodParts(date, "YMWD") && periodParts(clock, "HMS")
}

// periodParts checks numbers with their units, in the order of the units.
func periodParts(text, units string) bool {
	for text != "" {
		i := strings.IndexAny(text, units)
		if i < 1 {
			return false
		}
		if number := text[:i]; number != "X" {
			if _, err := strconv.ParseFloat(number, 64); err != nil || strings.Trim(number, "0123456789.") != "" {
				return false
			}
		}
		units = units[strings.IndexByte(units, text[i])+1:]
		text = text[i+1:]
	}
	return true
}

// validRecurring checks a set in the manner of TIMEX3: "XXXX-WXX-1" is every Monday,
// "XXXX-05-18" every 18 May.
func validRecurring(value string) bool {
	if len(value) > 24 || !strings.HasPrefix(value, "XXXX") {
		return false
	}
	return strings.Trim(value, "0123456789X-:TWQSPUFAI") == "" && len(value) > 4
}
