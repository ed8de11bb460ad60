package corpus

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// bounds are the first and the last day that a date value covers. With an unknown year the
// days are those of a year "0000" ("0000-05-18"), and unknown is true; values that say
// nothing of day and month either are unknown with empty days.
type bounds struct {
	earliest, latest string
	unknown          bool
	ok               bool // the value is a date value with days at all
}

// readBounds reads the bounds of a date value of annotation.md.
func readBounds(value string) bounds {
	from, to, isRange := strings.Cut(value, "/")
	a, ok := pointBounds(from)
	if !ok {
		return bounds{}
	}
	if isRange {
		b, ok := pointBounds(to)
		if !ok {
			return bounds{}
		}
		if a.unknown != b.unknown {
			return bounds{unknown: true, ok: true}
		}
		a.latest = b.latest
	}
	return a
}

func pointBounds(p string) (bounds, bool) {
	p, _, _ = strings.Cut(p, "T")
	parts := strings.Split(p, "-")
	if len(parts[0]) != 4 {
		return bounds{}, false
	}
	year := parts[0]
	lowYear, highYear := strings.ReplaceAll(year, "X", "0"), strings.ReplaceAll(year, "X", "9")
	if _, err := strconv.Atoi(lowYear); err != nil {
		return bounds{}, false
	}
	b := bounds{ok: true, unknown: strings.HasPrefix(year, "XXX")}
	if b.unknown {
		lowYear, highYear = "0000", "0000"
	}
	if len(parts) == 1 {
		if b.unknown {
			return b, true
		}
		b.earliest, b.latest = lowYear+"-01-01", highYear+"-12-31"
		return b, true
	}
	first, last := parts[1], parts[1]
	switch {
	case parts[1] == "XX":
		if b.unknown {
			return b, true // a day of an unknown month says nothing about a range
		}
		first, last = "01", "12"
	case len(parts[1]) == 2 && parts[1][0] == 'Q' && parts[1][1] >= '1' && parts[1][1] <= '4':
		q := int(parts[1][1] - '1')
		first, last = fmt.Sprintf("%02d", q*3+1), fmt.Sprintf("%02d", q*3+3)
	case parts[1] == "SP":
		first, last = "03", "05"
	case parts[1] == "SU":
		first, last = "06", "08"
	case parts[1] == "FA":
		first, last = "09", "11"
	case parts[1] == "WI": // the winter of a year begins in its December and ends in the next year's February
		if b.unknown {
			return b, true
		}
		y, _ := strconv.Atoi(highYear)
		b.earliest, b.latest = lowYear+"-12-01", fmt.Sprintf("%04d-02-29", y+1)
		return b, true
	case len(parts[1]) == 3 && parts[1][0] == 'W':
		week, err := strconv.Atoi(parts[1][1:])
		y, err2 := strconv.Atoi(lowYear)
		if err != nil || err2 != nil || b.unknown || strings.Contains(year, "X") || week < 1 || week > 53 {
			return b, true
		}
		// ISO 8601: week 1 holds 4 January.
		fourth := time.Date(y, 1, 4, 0, 0, 0, 0, time.UTC)
		monday := fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7+7*(week-1))
		b.earliest, b.latest = monday.Format("2006-01-02"), monday.AddDate(0, 0, 6).Format("2006-01-02")
		return b, true
	default:
		if m, err := strconv.Atoi(parts[1]); err != nil || m < 1 || m > 12 || len(parts[1]) != 2 {
			return bounds{}, false
		}
	}
	firstDay, lastDay := "01", "31" // bounds are compared as text: 31 ends every month
	if len(parts) > 2 && parts[2] != "XX" {
		if d, err := strconv.Atoi(parts[2]); err != nil || d < 1 || d > 31 || len(parts[2]) != 2 {
			return bounds{}, false
		}
		firstDay, lastDay = parts[2], parts[2]
	}
	b.earliest, b.latest = lowYear+"-"+first+"-"+firstDay, highYear+"-"+last+"-"+lastDay
	return b, true
}

// dayRange is a range of days asked for; an empty end is open.
type dayRange struct{ since, until string }

// readRange reads --since and --until.
func readRange(since, until string) (dayRange, error) {
	var r dayRange
	for _, x := range []struct {
		name, value string
		to          *string
		last        bool
	}{{"--since", since, &r.since, false}, {"--until", until, &r.until, true}} {
		if x.value == "" {
			continue
		}
		b := readBounds(x.value)
		if !b.ok || b.unknown || b.earliest == "" {
			return r, badRequest(x.name+" "+x.value, "is not a date with a year", "write it as 2024, 2024-05 or 2024-05-18")
		}
		if *x.to = b.earliest; x.last {
			*x.to = b.latest
		}
	}
	if r.since != "" && r.until != "" && r.since > r.until {
		return r, badRequest("--since "+since+" --until "+until, "ends before it begins", "exchange the two")
	}
	return r, nil
}

func (r dayRange) empty() bool { return r.since == "" && r.until == "" }

// admits reports whether days lie in the range, or may lie there since their year is unknown.
func (r dayRange) admits(b bounds) (yes, maybe bool) {
	if !b.ok || b.earliest == "" {
		return false, true
	}
	if !b.unknown {
		return (r.since == "" || b.latest >= r.since) && (r.until == "" || b.earliest <= r.until), false
	}
	if r.since == "" || r.until == "" {
		return false, true
	}
	// Some year must put the days into the range; a range of more than a year holds every day.
	from, err1 := strconv.Atoi(r.since[:4])
	to, err2 := strconv.Atoi(r.until[:4])
	if err1 != nil || err2 != nil || to-from > 2 {
		return false, true
	}
	for y := from - 1; y <= to; y++ {
		first, last := fmt.Sprintf("%04d%s", y, b.earliest[4:]), fmt.Sprintf("%04d%s", y, b.latest[4:])
		if last < first { // from December into January
			last = fmt.Sprintf("%04d%s", y+1, b.latest[4:])
		}
		if last >= r.since && first <= r.until {
			return false, true
		}
	}
	return false, false
}
