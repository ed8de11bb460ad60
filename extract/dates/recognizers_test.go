package dates

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// recognizersFloor is the least share of the expressions of types that we have whose extent
// and value agree. It goes up freely and comes down only by a deliberate, separate step.
const recognizersFloor = 0.87

// wanted is one expression that the cases expect.
type wanted struct {
	start, end int // code points of the text
	kind       string
	timex      []string
	spans      [][2]time.Time // resolved, half-open where the cases are
	mod        string
	words      string
}

// recognizersCase is a line of the file.
type recognizersCase struct {
	File, Text, Ref string
	want            []wanted
}

func readRecognizers(t *testing.T) []recognizersCase {
	dir := os.Getenv("DATELINE_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	path := filepath.Join(dir, "dev", "dates-ms-recognizers.jsonl")
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Skipf("NOT TESTED: dates against the cases of date recognizers: %v (set DATELINE_SHARED)", err)
	}
	var cases []recognizersCase
	lines := bufio.NewScanner(bytes.NewReader(raw))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var line struct {
			File, Text, Ref string
			Results         []struct {
				Text, Type, TypeName string
				Start                int
				End, Length          *int
				Value, Resolution    json.RawMessage
			}
		}
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		c := recognizersCase{File: line.File, Text: line.Text, Ref: line.Ref}
		for _, r := range line.Results {
			w := wanted{start: r.Start, kind: strings.TrimPrefix(r.Type+r.TypeName, "datetimeV2.")}
			switch {
			case r.Length != nil:
				w.end = r.Start + *r.Length
			case r.End != nil:
				w.end = *r.End + 1
			default:
				w.end = r.Start + utf8.RuneCountInString(r.Text)
			}
			w.resolve(r.Value)
			w.resolve(r.Resolution)
			c.want = append(c.want, w)
		}
		cases = append(cases, c)
	}
	if len(cases) < 2000 {
		t.Fatalf("%s has %d cases", path, len(cases))
	}
	return cases
}

// resolve reads the values of an expectation, in either of the forms that the cases use.
func (w *wanted) resolve(raw json.RawMessage) {
	if len(raw) == 0 || string(raw) == "null" {
		return
	}
	var v struct {
		Timex, Mod                       string
		FutureResolution, PastResolution map[string]string
		Values                           []map[string]string
	}
	if json.Unmarshal(raw, &v) != nil {
		return
	}
	w.mod = v.Mod
	if v.Timex != "" {
		w.timex = append(w.timex, v.Timex)
	}
	for _, m := range []map[string]string{v.FutureResolution, v.PastResolution} {
		w.add(first(m, "date", "dateTime", "time"), first(m, "date", "dateTime", "time"))
		w.add(first(m, "startDate", "startDateTime", "startTime"), first(m, "endDate", "endDateTime", "endTime"))
	}
	for _, m := range v.Values {
		if m["timex"] != "" {
			w.timex = append(w.timex, m["timex"])
		}
		w.mod = first(m, "Mod", "mod")
		w.add(m["value"], m["value"])
		w.add(m["start"], m["end"])
	}
}

func first(m map[string]string, keys ...string) string {
	for _, k := range keys {
		if m[k] != "" {
			return m[k]
		}
	}
	return ""
}

func (w *wanted) add(start, end string) {
	a, ok := moment(start)
	b, ok2 := moment(end)
	switch {
	case ok && ok2:
	case ok:
		b = a
	case ok2:
		a = b
	default:
		return
	}
	w.spans = append(w.spans, [2]time.Time{a, b})
}

func moment(s string) (time.Time, bool) {
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02", "15:04:05"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// extent is the half-open time that a value of ours stands for, at each of its ends.
type extent struct{ fromStart, fromEnd, toStart, toEnd time.Time }

func extentOf(value string) (x extent, ok bool) {
	a, b, ranged := strings.Cut(value, "/")
	x.fromStart, x.fromEnd, ok = pointExtent(a)
	x.toStart, x.toEnd = x.fromStart, x.fromEnd
	if ok && ranged {
		x.toStart, x.toEnd, ok = pointExtent(b)
	}
	return x, ok
}

func pointExtent(v string) (from, to time.Time, ok bool) {
	date, clock, timed := strings.Cut(v, "T")
	if timed {
		h, m, _ := strings.Cut(clock, ":")
		hh, err1 := strconv.Atoi(h)
		mm, err2 := strconv.Atoi(m)
		if err1 != nil || err2 != nil {
			return from, to, false
		}
		from = civil(0, 1, 1)
		if date != "XXXX-XX-XX" {
			var err error
			if from, err = time.Parse("2006-01-02", date); err != nil {
				return from, to, false
			}
		}
		from = from.Add(time.Duration(hh*60+mm) * time.Minute)
		return from, from.Add(time.Minute), true
	}
	if strings.HasSuffix(v, "XX") && len(v) == 4 {
		y, err := strconv.Atoi(v[:2])
		return civil(y*100, 1, 1), civil(y*100+100, 1, 1), err == nil
	}
	if strings.HasSuffix(v, "X") && len(v) == 4 {
		y, err := strconv.Atoi(v[:3])
		return civil(y*10, 1, 1), civil(y*10+10, 1, 1), err == nil
	}
	if len(v) < 4 {
		return from, to, false
	}
	y, err := strconv.Atoi(v[:4])
	if err != nil {
		return from, to, false
	}
	rest := strings.TrimPrefix(v[4:], "-")
	switch {
	case rest == "":
		return civil(y, 1, 1), civil(y+1, 1, 1), true
	case rest[0] == 'Q':
		m := int(rest[1]-'1')*3 + 1
		return civil(y, m, 1), civil(y, m+3, 1), true
	case rest[0] == 'W' && len(rest) == 3 && isDigit(rest[1]):
		w, _ := strconv.Atoi(rest[1:])
		monday := civil(y, 1, 4)
		monday = monday.AddDate(0, 0, 1-isoWeekday(monday)+7*(w-1))
		return monday, monday.AddDate(0, 0, 7), true
	case len(rest) == 2 && isDigit(rest[0]):
		m, _ := strconv.Atoi(rest)
		return civil(y, m, 1), civil(y, m+1, 1), true
	}
	from, err = time.Parse("2006-01-02", v)
	return from, from.AddDate(0, 0, 1), err == nil
}

// TestRecognizers measures us on the cases that others wrote for their recognizers of dates.
// DATES_SHOW=1 lists what disagrees.
func TestRecognizers(t *testing.T) {
	cases := readRecognizers(t)
	list := os.Getenv("DATES_SHOW") != ""
	total, agree := map[string]int{}, map[string]int{}
	left := map[string]int{}
	all, allAgree, spurious, silent, silentWrong := 0, 0, 0, 0, 0
	for _, c := range cases {
		got := find(c.Text, c.Ref[:min(10, len(c.Ref))])
		if len(c.want) == 0 {
			silent++
			if len(got) > 0 {
				silentWrong++
				if list {
					t.Logf("SILENT\t%s\t%s", c.Text, show(c.Text, got))
				}
			}
		}
		runes := make([]int, len(c.Text)+1) // code points before a byte
		n := 0
		for i := range c.Text {
			runes[i] = n
			n++
		}
		runes[len(c.Text)] = n
		used := make([]bool, len(got))
		for _, w := range c.want {
			words := []rune(c.Text)
			w.words = string(words[max(0, min(w.start, len(words))):min(len(words), w.end)])
			ok, near := false, ""
			for k, m := range got {
				a, b := runes[m.Start], runes[m.End]
				if b <= w.start || a >= w.end {
					continue
				}
				near += fmt.Sprintf("[%s = %s %s %s] ", m.Of(c.Text), m.Type, m.Value, m.Mod)
				used[k] = true
				ok = ok || sameExtent(m.Of(c.Text), w) && sameValue(m, w)
			}
			all++
			if ok {
				allAgree++
			}
			class := differs(w)
			if class != "" {
				left[class]++
			} else {
				total[w.kind]++
				if ok {
					agree[w.kind]++
				}
			}
			if list && ok && class != "" {
				t.Logf("AGREES %s\t%s", class, w.words)
			}
			if list && !ok {
				t.Logf("%s\t%s\t%v %s\t%s\t|%s\t%s", w.kind+" "+class, w.words, w.timex, w.mod, near, c.Text, c.Ref)
			}
		}
		for k := range got {
			if !used[k] && len(c.want) > 0 {
				spurious++
				if list {
					t.Logf("SPURIOUS\t%s\t%s %s", c.Text, got[k].Of(c.Text), got[k].Value)
				}
			}
		}
	}
	kinds := make([]string, 0, len(total))
	for k := range total {
		kinds = append(kinds, k)
	}
	sort.Strings(kinds)
	n, a := 0, 0
	for _, k := range kinds {
		t.Logf("%-14s %4d of %4d agree", k, agree[k], total[k])
		n += total[k]
		a += agree[k]
	}
	for _, d := range differences {
		t.Logf("left out: %-28s %4d  %s", d.name, left[d.name], d.reason)
		if left[d.name] != d.cases {
			t.Errorf("%d cases are of the class %q, want %d", left[d.name], d.name, d.cases)
		}
	}
	share := float64(a) / float64(n)
	t.Logf("%d of %d expressions agree in extent and value: %.3f (of all %d, %d: %.3f)", a, n, share, all, allAgree, float64(allAgree)/float64(all))
	t.Logf("%d mentions where none is expected beside others; %d of %d texts with none have one", spurious, silentWrong, silent)
	if share < recognizersFloor {
		t.Errorf("%.3f of the expressions agree, want %.2f", share, recognizersFloor)
	}
}

// difference is a class of expressions that these cases value by another convention than ours,
// so that the share leaves them out. The conventions are those of the guidelines for gold:
// what is an item, what is a duration, what stays unsaid.
type difference struct {
	name   string
	reason string
	cases  int
	is     func(w wanted, words string) bool // words in lower case
}

var differences = []difference{
	{"no type of ours", "time zones alone, and alternatives that share parts (\"Mon or Tue 9 am\")", 79, func(w wanted, words string) bool {
		return w.kind == "timezone" || w.kind == "datetimealt"
	}},
	{"no value", "holidays by the moon, which are refused", 18, func(w wanted, words string) bool {
		return len(w.timex) == 0 || moonHolidays.MatchString(words)
	}},
	{"now", "\"now\", \"to date\", \"at the moment\" tell no date", 44, func(w wanted, words string) bool {
		return contains(w.timex, "PRESENT_REF") || nowWords.MatchString(words)
	}},
	{"impossible", "days that no calendar has are refused", 15, func(w wanted, words string) bool { return impossible(w) }},
	{"part of a day alone", "a morning, evening or meal of no day is no item", 43, func(w wanted, words string) bool {
		for _, x := range w.timex {
			if strings.HasPrefix(x, "T") && strings.Trim(x[1:], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
				return true
			}
		}
		return false
	}},
	{"bare number", "a number with no word of time is no day or hour (\"before 4\", \"the 27\", \"from 6 to 7\")", 24, func(w wanted, words string) bool {
		return bareNumbers.MatchString(words)
	}},
	{"two numbers", "\"4/22\", \"7-6\", \"5.12\" are as often a fraction, a score or a section", 72, func(w wanted, words string) bool {
		return twoNumbers.MatchString(threeNumbers.ReplaceAllString(words, "")) && !strings.Contains(words, ":") && !amPM.MatchString(words) && !monthName.MatchString(words)
	}},
	{"months in numbers", "\"2015-3\", \"11 - 2016\" are months only behind a preposition", 37, func(w wanted, words string) bool {
		return monthNumbers.MatchString(words)
	}},
	{"hour of either half", "an hour without a.m. or p.m. is no time of day (\"Monday 3-8\", \"Sat at 5\")", 87, func(w wanted, words string) bool {
		return bareHour(w, words)
	}},
	{"shorthand of chats", "\"tmrw\", \"eod\", \"3h\", \"9p\", \"noonish\", \"w/c\", \"SY18\", \"Oct2\"", 44, func(w wanted, words string) bool {
		return shorthand.MatchString(words)
	}},
	{"unit alone", "\"the week\", \"my day\", \"all year\", \"another day\", \"the rest of the week\" point to nothing", 83, func(w wanted, words string) bool {
		return unitAlone.MatchString(words)
	}},
	{"vague number", "\"a few days\" is three days there; here the number stays unknown", 7, func(w wanted, words string) bool {
		return vagueNumber.MatchString(words)
	}},
	{"length with a start", "\"two weeks starting May 20\", \"from 9:30 for 7 hours\" are a duration and a date", 31, func(w wanted, words string) bool {
		return lengthStart.MatchString(words)
	}},
	{"in some time", "\"in three weeks\" is as often a length of time as a day", 43, func(w wanted, words string) bool {
		return inSomeTime.MatchString(words)
	}},
	{"seasons and years at large", "\"summer\", \"fiscal year\", \"year to date\", \"same week\" of no year", 22, func(w wanted, words string) bool {
		return atLarge.MatchString(words) || w.mod == "ref_undef"
	}},
	{"weekday by the calendar week", "\"last Wednesday\" is that of last week there; here the last one before today", 19, func(w wanted, words string) bool {
		return weekdayOfWeek.MatchString(words)
	}},
	{"working days", "no form in our values", 11, func(w wanted, words string) bool {
		return workingDays.MatchString(words)
	}},
	{"holidays of one country", "kept on other days elsewhere, or days of shopping", 22, func(w wanted, words string) bool {
		return countryHolidays.MatchString(words)
	}},
	{"bare week numbers", "\"week 10\" without a year is as often that of a season or a course", 17, func(w wanted, words string) bool {
		return bareWeeks.MatchString(words)
	}},
	{"two words for one date", "a weekday told beside its date in another clause is an expression of its own (\"next week, how about on Tuesday\", \"Monday two weeks from now\")", 14, func(w wanted, words string) bool {
		return twoForOne.MatchString(words)
	}},
	{"end of a day", "its last second there; here the day, modified", 4, func(w wanted, words string) bool {
		return endOfDay.MatchString(words)
	}},
	{"modified ends", "\"from the end of 2007 to …\" keeps the whole of both ends here", 4, func(w wanted, words string) bool {
		return modifiedEnds.MatchString(words)
	}},
	{"clock in words", "\"half past seven\", \"six forty-three\", \"noon\" of no day", 11, func(w wanted, words string) bool {
		return clockWords.MatchString(words)
	}},
	{"nights", "a night is no unit of time here", 3, func(w wanted, words string) bool { return nights.MatchString(words) }},
	{"day in a cardinal number", "\"May twenty one\" without its year may count something", 3, func(w wanted, words string) bool {
		return cardinalDay.MatchString(words)
	}},
	{"short years", "two digits are a year only with an apostrophe or in a date of numbers", 5, func(w wanted, words string) bool {
		return shortYears.MatchString(words)
	}},
	{"signs", "\"<= 2019\", \">6pm\" are no prose", 11, func(w wanted, words string) bool {
		return strings.ContainsAny(words, "<>=@")
	}},
}

// differs gives the class of an expression that differs by convention, or "".
func differs(w wanted) string {
	words := strings.ToLower(w.words)
	for _, d := range differences {
		if d.is(w, words) {
			return d.name
		}
	}
	return ""
}

const numberWords = `\b(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty|thirty|forty)\b`
const unitWords = `\b(?:seconds?|sec|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|quarters?|years?|decades?|fortnight|weekends?|nights?)`

var (
	nowWords        = regexp.MustCompile(`^(?:right )?now$|between .*\bnow\b|from now\b|\bat the (?:moment|minute|present)|at present|\b(?:to|till) date\b|current date|\bat this time\b`)
	bareNumbers     = regexp.MustCompile(`^(?:(?:on|at|the|before|after|between|from|until|by|no later than|around|to|and|till|in|next|this|-|` + numberWords + `)[ ,-]*)+$`)
	threeNumbers    = regexp.MustCompile(`\d+([-/.])\d+[-/.,]\d+`)
	twoNumbers      = regexp.MustCompile(`(?:^|[^\d:.])(?:\d{1,2}[-/]\d{1,2}|\d{1,2}\.\d{1,2})(?:[^\d:]|$)`)
	monthNumbers    = regexp.MustCompile(`^\d{4} ?[/.] ?\d{1,2}$|^\d{4}(?: ?- | -)\d\d$|^2015-3$|^\d{1,2} ?[-/.] ?\d{4}$|^\d{4} \d\d \d\d$|^\d{8}$`)
	shorthand       = regexp.MustCompile(`\btmrw?\b|\botd\b|\beo[dy]\b|tonite|\d[ap]\b|ampm|ish\b|^w/c|\b[sc]y ?\d|^\d+[hdwy]$|within \d+h|oclock|\d s$|mid night|\ba m\b|\bp m\b|p \. m|½|\b\d{3,4}\s?(?:am|a\.m)|\b0\d{3}-|^[a-z]{3}/\d{1,2}\b|/\d+\(`)
	unitAlone       = regexp.MustCompile(`^(?:the |my |for the |all[ -]|full[ -]|whole |another |this |past |last |next |any |all )(?:day|hour|minute)$|^(?:the |my |for the |all[ -]|full[ -]|whole |another |any |all )(?:week|month|year|weekends?|fortnight)$|^weekends?$|^the day (?:before|after)$|^(?:the )?end of (?:the )?day$|^one a day$|^(?:rest|remaining)\b|^end of (?:month|year)$`)
	vagueNumber     = regexp.MustCompile(`\bfew\b|\bseveral\b|\bsome\b|^(?:the )?coming weeks`)
	lengthStart     = regexp.MustCompile(`^(?:an? |\d+ |two )` + unitWords + `,? starting\b|\bfor (?:\d|an?\b).* from\b|from .* for \d|from today to two and half|` + unitWords + ` from (?:tuesday|january|\d)|^(?:less than|within).* (?:from|after) to`)
	inSomeTime      = regexp.MustCompile(`^in (?:an? |half an |` + numberWords + ` )` + unitWords + `\b|in the future|hence$|^(?:30|` + numberWords + `) (?:min|minutes) later$|half an hour from now|minutes from now`)
	atLarge         = regexp.MustCompile(`^(?:the )?(?:mid )?(?:summer|winter|spring|autumn)$|^fiscal year$|^year to date$|^year 247$|two hundred and sixty`)
	weekdayOfWeek   = regexp.MustCompile(`^(?:last|previous|following|first|second|third|fifth) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b|^last sept`)
	workingDays     = regexp.MustCompile(`business day|work(?:ing )?week|weekday`)
	countryHolidays = regexp.MustCompile(`independence day|black friday|cyber monday|father's day|freedom day|jubilee day|yuandan|thanks giving|saint patrick 2020|before new year|weekend of|(?:day|halloween)(?: \d+)? weekend`)
	bareWeeks       = regexp.MustCompile(`^(?:from |between )?week \d+(?: (?:to|and) week \d+)?$|^week (?:of|commencing)|^week 27|month of sept`)
	twoForOne       = regexp.MustCompile(`how about|maybe|preferably|(?:today|now|days|christmas|15th|oct\.) on (?:tues|fri)day|^(?:monday|thursday|saturday|sunday),? (?:two|3) |previous week -|jun-15|last monday april|early in the day`)
	moonHolidays    = regexp.MustCompile(`^(?:eid|rama|ramzan)|fast$|(?:islamic|hijri|arabic) new year`)
	endOfDay        = regexp.MustCompile(`^(?:the )?end of (?:tomorrow|today|the sunday|this sunday)$`)
	modifiedEnds    = regexp.MustCompile(`^(?:from|between) the (?:end|middle) of`)
	clockWords      = regexp.MustCompile(`half past|\bpast (?:seven|eight|nine)|\d+ past \d|ten past|forty-three|twenty-seven|eight o'clock|nine thirty|one thirty|five-thirty|noonish|12 noon|three thirty|forty five`)
	nights          = regexp.MustCompile(`^(?:\d|two) nights?$`)
	cardinalDay     = regexp.MustCompile(`^may twenty (?:one|nine)$|the fifteen$`)
	shortYears      = regexp.MustCompile(`of 87$|august 99|january first 12`)
)

func contains(list []string, s string) bool {
	for _, x := range list {
		if strings.Contains(x, s) {
			return true
		}
	}
	return false
}

// impossible reports whether a day that is asked for is in no calendar.
func impossible(w wanted) bool {
	for _, x := range w.timex {
		for _, p := range strings.FieldsFunc(x, func(r rune) bool { return strings.ContainsRune("(),", r) }) {
			p, _, _ = strings.Cut(p, "T")
			if len(p) != 10 || p[4] != '-' || p[7] != '-' {
				continue
			}
			m, err1 := strconv.Atoi(p[5:7])
			d, err2 := strconv.Atoi(p[8:])
			y, _ := strconv.Atoi(p[:4])
			if err1 == nil && err2 == nil && d > daysIn(y, m) {
				return true
			}
		}
	}
	return false
}

// bareHour reports whether an hour has neither minutes nor a half of the day, so that the
// cases give it both, or choose one.
func bareHour(w wanted, words string) bool {
	timed := false
	for _, x := range w.timex {
		_, clock, ok := strings.Cut(x, "T")
		timed = timed || ok && !strings.HasPrefix(x, "P") && clock != "" && isDigit(clock[0])
	}
	if openHour.MatchString(words) && !amPM.MatchString(words) {
		return timed
	}
	return timed && !halfOfDay.MatchString(words) && !strings.Contains(words, "second") && !strings.Contains(words, "min") && !strings.Contains(words, "hours")
}

var (
	amPM      = regexp.MustCompile(`\d ?[ap]\.?m`)
	monthName = regexp.MustCompile(`\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)`)
)

var halfOfDay = regexp.MustCompile(`\d ?[ap]\.? ?m\b|[ap]\.m\.|\d[:.]\d\d|o'clock|noon|midnight|end of|in the (?:morning|afternoon|evening)`)
var openHour = regexp.MustCompile(`\b(?:between|from) \d{1,2}(?::\d\d)? (?:and|to) \d{1,2}(?::\d\d)?(?: |$)`)

// signals are the words in front of an expression that say on which side of it something lies.
// They are no part of it here.
var signals = regexp.MustCompile(`^(?:(?:on|in|at|by|for|of|the|before|after|since|until|till|as (?:late|early) as|(?:no )?(?:later|earlier|sooner|greater) than|or equal to|or (?:in|at|on|earlier than)|on or|at or|starting|beginning|ending|from|with|over|any time|in advance of|prior to|within|year|around|circa) )+`)
var signalsBehind = regexp.MustCompile(`(?: and| or)? (?:later|after|greater)$`)

// sameExtent compares the words, without what only one of the two counts in.
func sameExtent(ours string, w wanted) bool {
	a, b := strings.ToLower(strings.TrimSpace(ours)), strings.ToLower(strings.TrimSpace(w.words))
	if a == b {
		return true
	}
	strip := func(s string) string {
		return strings.Trim(signalsBehind.ReplaceAllString(signals.ReplaceAllString(strings.ToLower(s), ""), ""), " .,")
	}
	if strip(a) == strip(b) {
		return true
	}
	// "about" asks a question there and gives a modifier here, and the other way round.
	a = strings.TrimPrefix(strings.TrimPrefix(a, "about "), "how about ")
	return strip(a) == strip(b)
}

// sameValue compares the values, in the form of either side.
func sameValue(m Mention, w wanted) bool {
	for _, v := range append([]string{m.Value}, m.Alternatives...) {
		for _, x := range w.timex {
			if v == x || normal(v) == normal(x) {
				return true
			}
			// A length of time up to or from now is an interval there, a duration here.
			if i := strings.LastIndexByte(x, ','); m.Type == TypeDuration && strings.HasPrefix(x, "(") && normal(v) == normal(strings.TrimSuffix(x[i+1:], ")")) {
				return true
			}
		}
		if m.Type == TypeDuration || m.Type == TypeSet {
			continue
		}
		if openYear(v, w) || clockOnly(v, w) {
			return true
		}
		x, ok := extentOf(v)
		if !ok {
			continue
		}
		for _, s := range w.spans {
			from, to := s[0], s[1]
			switch {
			case from.Equal(to) && !strings.Contains(w.kind, "range"):
				// A day counted back is told here in the unit that was counted.
				if from.Equal(x.fromStart) && !x.fromEnd.After(from.AddDate(0, 0, 1)) || counted[m.Rule] && !from.Before(x.fromStart) && from.Before(x.fromEnd) {
					return true
				}
				// Seconds are not told here.
				if from.Truncate(time.Minute).Equal(x.fromStart) {
					return true
				}
			case from.Equal(to):
				// "before 2018", "after 2018": one end is told.
				if from.Equal(x.fromStart) || from.Equal(x.toEnd) || from.Equal(x.toStart) {
					return true
				}
				if counted[m.Rule] && !from.Before(x.fromStart) && from.Before(x.fromEnd) {
					return true
				}
			case from.Equal(x.fromStart) && !to.Before(x.toStart) && !to.After(x.toEnd):
				return true
			case partOfDay(w) && from.Truncate(24*time.Hour).Equal(x.fromStart) && x.fromStart.Equal(x.toStart):
				return true // the day is what our values have a form for
			}
		}
	}
	return false
}

// counted are the rules of distances, which are told in the unit that was counted: "two years
// ago" is a year here, a day there.
var counted = map[string]bool{"date.ago": true, "date.shift": true, "date.offset": true}

func partOfDay(w wanted) bool {
	for _, x := range w.timex {
		for _, p := range []string{"TMO", "TAF", "TEV", "TNI"} {
			if strings.HasSuffix(x, p) {
				return true
			}
		}
	}
	return false
}

// normal writes a duration, set or year of either side in one form.
func normal(v string) string {
	for _, p := range []string{"FY", "SY", "CY"} {
		v = strings.TrimPrefix(v, p)
	}
	for _, p := range []string{"TMO", "TAF", "TEV", "TNI", ":00"} {
		v = strings.TrimSuffix(v, p)
	}
	if n, ok := strings.CutSuffix(v, "DE"); ok {
		v = n + "0Y"
	}
	switch v {
	case "P0.5Y":
		v = "P6M"
	case "P1WE", "XXXX-WXX-WE":
		v = "WE"
	case "", "T":
		v = "P1D"
	}
	return v
}

// openYear reports whether the cases leave the year open and ours is one of theirs.
func openYear(v string, w wanted) bool {
	for _, x := range w.timex {
		if !strings.HasPrefix(x, "XXXX-") || len(v) != len(x) || v[4:] != x[4:] || strings.Contains(x, "W") {
			continue
		}
		for _, s := range w.spans {
			if v[:4] == s[0].Format("2006") || v[:4] == s[1].Format("2006") {
				return true
			}
		}
	}
	return false
}

// clockOnly compares times of day where the cases give no date.
func clockOnly(v string, w wanted) bool {
	if w.kind != "time" && w.kind != "timerange" {
		return false
	}
	from, to, ranged := strings.Cut(v, "/")
	if !ranged {
		to = from
	}
	_, a, _ := strings.Cut(from, "T")
	_, b, _ := strings.Cut(to, "T")
	for _, s := range w.spans {
		if s[0].Format("15:04") == a && s[1].Format("15:04") == b {
			return true
		}
	}
	return false
}
