package dates

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// recognizersFloor is the least share of the expressions of types that we have whose extent
// and value agree. It goes up freely and comes down only by a deliberate, separate step.
const recognizersFloor = 0.50

// wanted is one expression that the cases expect.
type wanted struct {
	start, end int // code points of the text
	kind       string
	timex      []string
	spans      [][2]time.Time // resolved, half-open where the cases are
	mod        string
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

func TestRecognizers(t *testing.T) {
	cases := readRecognizers(t)
	verbose := os.Getenv("DATES_SHOW")
	total, agree := map[string]int{}, map[string]int{}
	spurious, silent, silentWrong := 0, 0, 0
	for _, c := range cases {
		got := find(c.Text, c.Ref[:min(10, len(c.Ref))])
		if len(c.want) == 0 {
			silent++
			if len(got) > 0 {
				silentWrong++
				if verbose != "" {
					fmt.Printf("SILENT\t%s\t%s\n", c.Text, show(c.Text, got))
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
			total[w.kind]++
			ok := false
			near := ""
			for k, m := range got {
				a, b := runes[m.Start], runes[m.End]
				if b <= w.start || a >= w.end {
					continue
				}
				near += fmt.Sprintf("[%s = %s %s %s] ", m.Of(c.Text), m.Type, m.Value, m.Mod)
				used[k] = true
				if sameExtent(c.Text, runes, m, w) && sameValue(m, w) {
					ok = true
				}
			}
			if ok {
				agree[w.kind]++
			} else if verbose != "" {
				words := []rune(c.Text)
				fmt.Printf("%s\t%s\t%v %s\t%s\t|%s\t%s\n", w.kind, string(words[max(0, w.start):min(len(words), w.end)]), w.timex, w.mod, near, c.Text, c.Ref)
			}
		}
		for k := range got {
			if !used[k] && len(c.want) > 0 {
				spurious++
				if verbose != "" {
					fmt.Printf("SPURIOUS\t%s\t%s %s\n", c.Text, got[k].Of(c.Text), got[k].Value)
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
		t.Logf("%-16s %4d of %4d agree", k, agree[k], total[k])
		n += total[k]
		a += agree[k]
	}
	t.Logf("%d of %d agree (%.3f); %d spurious; %d of %d empty cases give something", a, n, float64(a)/float64(n), spurious, silentWrong, silent)
}

// leading are the words that stand outside our extents, or inside them, against the cases.
var leading = set("the on in at by for of")

func sameExtent(text string, runes []int, m Mention, w wanted) bool {
	words := []rune(text)
	strip := func(a, b int) (int, int) {
		for {
			s := strings.TrimLeft(string(words[a:b]), " ")
			word, rest, ok := strings.Cut(s, " ")
			if !ok || !leading[strings.ToLower(word)] {
				return b - utf8.RuneCountInString(s), b
			}
			a = b - utf8.RuneCountInString(strings.TrimLeft(rest, " "))
		}
	}
	a, b := strip(runes[m.Start], runes[m.End])
	c, d := strip(max(0, w.start), min(len(words), w.end))
	for d > c && words[d-1] == ' ' {
		d--
	}
	return a == c && b == d
}

func sameValue(m Mention, w wanted) bool {
	values := append([]string{m.Value}, m.Alternatives...)
	for _, v := range values {
		for _, x := range w.timex {
			if v == x {
				return true
			}
		}
		if m.Type == TypeDuration || m.Type == TypeSet {
			continue
		}
		x, ok := extentOf(v)
		if !ok {
			continue
		}
		for _, s := range w.spans {
			if s[0].Equal(s[1]) && !strings.Contains(w.kind, "range") {
				if s[0].Equal(x.fromStart) && !x.fromEnd.After(s[0].AddDate(0, 0, 1)) {
					return true
				}
				continue
			}
			if s[0].Equal(x.fromStart) && !s[1].Before(x.toStart) && !s[1].After(x.toEnd) {
				return true
			}
		}
	}
	return false
}
