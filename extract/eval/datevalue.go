package eval

import "strings"

// validDateValue reports whether value follows the grammar of date values: a point or
// point "/" point, where a point is a year with unknown digits as X, then nothing, a month
// and day, a quarter, a season or a week, then at most a time of day.
func validDateValue(value string) bool {
	from, to, interval := strings.Cut(value, "/")
	return validDatePoint(from) && (!interval || validDatePoint(to))
}

func validDatePoint(point string) bool {
	day, clock, timed := strings.Cut(point, "T")
	if timed && !shape(clock, "00:00") {
		return false
	}
	year, rest, more := strings.Cut(day, "-")
	if !shape(year, "####") {
		return false
	}
	if !more {
		return true
	}
	switch {
	case shape(rest, "##"), shape(rest, "##-##"), shape(rest, "W##"):
		return true
	case rest == "SP", rest == "SU", rest == "FA", rest == "WI":
		return true
	}
	return len(rest) == 2 && rest[0] == 'Q' && '1' <= rest[1] && rest[1] <= '4'
}

// shape compares text with a pattern in which 0 is a digit and # a digit or X; anything
// else is itself.
func shape(text, pattern string) bool {
	if len(text) != len(pattern) {
		return false
	}
	for i := range len(pattern) {
		digit := '0' <= text[i] && text[i] <= '9'
		switch pattern[i] {
		case '0':
			if !digit {
				return false
			}
		case '#':
			if !digit && text[i] != 'X' {
				return false
			}
		default:
			if text[i] != pattern[i] {
				return false
			}
		}
	}
	return true
}
