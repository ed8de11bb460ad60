package review

import (
	"net/url"
	"strings"
	"testing"

	"dateline/corpus"
)

func TestDateWords(t *testing.T) {
	for value, want := range map[string]string{
		"2025-06-18": "18 June 2025", "2025-06": "June 2025", "2025": "2025", "XXXX-05-18": "18 May, year unknown", "199X": "", "XXXX": "", "199X-05": "May 199–", "2024-SU": "summer 2024",
		"2024-Q3": "quarter 3 2024", "2025-W14": "week 14 2025", "2024-05-01T14:00": "1 May 2024, 14:00", "2025-06-17/2025-06-18": "17 June 2025 to 18 June 2025",
		"XXXX-XX-24": "day 24 of an unknown month, year unknown", "P3Y": "", "": "", "2025-13": "", "2025-06-18/": "", "x": "", "2025-": "2025", "XXXX-WXX-1": "",
	} {
		if got := dateWords(value); got != want {
			t.Errorf("%q is %q, want %q", value, got, want)
		}
	}
}

func TestValidValue(t *testing.T) {
	good := map[string][]string{
		"date": {"2025-06-18", "2025-06", "2025", "199X", "XXXX-05-18", "XXXX-XX-24", "2024-02-29", "XXXX-02-29", "2024-Q3", "2024-SU", "2025-W14", "2025-06-17/2025-06-18", "2025-06-XX", "2024/2025", "2025-12/2026-01"},
		"time": {"2025-06-18T15:00", "XXXX-06-18T09:30"}, "duration": {"P3Y", "P2W", "PT36H", "P1Y6M", "PXD", "P0.5Y"}, "set": {"P1Y", "XXXX-WXX-1", "XXXX-05-18"},
	}
	bad := map[string][]string{
		"date": {"", "18 June", "2025-6-18", "2025-13-01", "2025-02-30", "2025-02-29", "25-06-18", "20X5", "XXXX", "2025-Q5", "2025-W54", "2025-SX", "2025-06-18/", "/2025", "2025-06-18/2025-06-17",
			"2025-06-18/2025-06-19/2025-06-20", "2025-XX-XX-XX", "2025-06-32", "2025-06T10:00", "+025", "2025-+6", "2025--6"},
		"time": {"2025-06-18T25:00", "2025-06-18T9:00", "T15:00", "2025-06-18T15:60"}, "duration": {"3 years", "P", "PT", "P3", "P3X", "PY", "P3D2Y", "P1.2.3Y"}, "set": {"every Monday", "XXXX", "XXXX<b>"},
	}
	for kind, values := range good {
		for _, v := range values {
			if !corpus.ValidDate(kind, v) {
				t.Errorf("%s %q is refused", kind, v)
			}
		}
	}
	for kind, values := range bad {
		for _, v := range values {
			if corpus.ValidDate(kind, v) {
				t.Errorf("%s %q is taken", kind, v)
			}
		}
	}
}

func TestOriginals(t *testing.T) {
	for _, test := range []struct{ source, canonical, quote, want string }{
		{"https://example.org/a", "", "Anna Keller", "https://example.org/a#:~:text=Anna%20Keller"},
		{"https://example.org/a#part", "", "Anna Keller", "https://example.org/a#part:~:text=Anna%20Keller"},
		{"https://example.org/a?b=1&c=%20", "", "well-known, of course & so on", "https://example.org/a?b=1&c=%20#:~:text=well%2Dknown%2C%20of%20course%20%26%20so%20on"},
		{"https://example.org/a", "", "one two three four five six seven eight nine ten", "https://example.org/a#:~:text=one%20two%20three%20four,seven%20eight%20nine%20ten"},
		{"https://example.org/a", "", "one\ntwo", "https://example.org/a#:~:text=one,two"},
		{"https://example.org/a", "", "Łódź", "https://example.org/a#:~:text=%C5%81%C3%B3d%C5%BA"},
		{"https://example.org/a", "", "", "https://example.org/a"},
		{"https://example.org/a", "", strings.Repeat("x", 10_000), "https://example.org/a"},
		{"folder/a.html", "https://example.org/b", "x", "https://example.org/b#:~:text=x"},
		{"folder/a.html", "javascript:alert(1)", "x", ""}, {"javascript:alert(1)", "", "x", ""}, {"data:text/html,x", "", "x", ""}, {"file:///etc/passwd", "", "x", ""}, {"ftp://example.org/", "", "x", ""},
		{"//example.org/", "", "x", ""}, {"https://", "", "x", ""}, {"https://user@example.org/", "", "x", ""}, {"https:example.org", "", "x", ""}, {"", "", "x", ""}, {"http://[::1", "", "x", ""},
	} {
		got := withQuote(originalAddress(test.source, test.canonical), test.quote)
		if got != test.want {
			t.Errorf("%s and %s with %.40q give %q, want %q", test.source, test.canonical, test.quote, got, test.want)
		}
		if _, err := url.Parse(got); err != nil {
			t.Error(err)
		}
	}
}

func TestInSentence(t *testing.T) {
	for _, test := range []struct {
		x    corpus.Excerpt
		want string
	}{
		{corpus.Excerpt{Text: "One. Two three four. Five.", Start: 9, End: 14}, "Two [three] four."},
		{corpus.Excerpt{Text: "One. Two three four. Five.", Start: 0, End: 9}, "[One. Two ]three four."},
		{corpus.Excerpt{Text: "ne two three four fi", Start: 7, End: 12, Before: true, After: true}, "…two [three] four…"},
		{corpus.Excerpt{Text: "three", Start: 0, End: 5, Before: true, After: true}, "…[three]…"},
		{corpus.Excerpt{Text: "A line\nanother line", Start: 7, End: 14, Before: true}, "[another] line"},
	} {
		q := inSentence(test.x)
		got := q.Before + "[" + q.Quote + "]" + q.After
		if q.CutBefore {
			got = "…" + got
		}
		if q.CutAfter {
			got += "…"
		}
		if got != test.want {
			t.Errorf("%+v gives %q, want %q", test.x, got, test.want)
		}
	}
}

func TestOwnMark(t *testing.T) {
	for line, want := range map[string]bool{"• x": true, "- x": true, "* x": true, "1. x": true, "a) x": true, "x": false, "10 people": false, "“Quoted”": false, "A. Keller": true, "": true, "2025": false} {
		if got := ownMark(line); got != want {
			t.Errorf("%q: %v", line, got)
		}
	}
}
