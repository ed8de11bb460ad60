package main

import (
	"strings"
	"testing"
	"time"
)

func TestWanted(t *testing.T) {
	const page = "https://harbour.example/news/2024/crane.html?lang=en"
	for _, x := range []struct {
		include, exclude string // patterns, separated by blanks
		url              string
		want             bool
	}{
		{"", "", page, true},
		{"/news/*", "", page, true},
		{"/news/*", "", "https://harbour.example/newsletter", false},
		{"/news", "", page, false},
		{"/press/* /news/*", "", page, true},
		{"*.html", "", page, true},
		{"*.html", "", "https://harbour.example/a.pdf", false},
		{"", "*.html", page, false},
		{"/news/*", "*/2023/*", page, true},
		{"/news/*", "*/2024/*", page, false},
		{"*?lang=en", "", page, true},
		{"*?lang=de", "", page, false},
		{"*lang*", "", page, false}, // without a ? the query is not looked at
		{"https://harbour.example/*", "", page, true},
		{"http://harbour.example/*", "", page, false},
		{"https://*.example/*/crane*", "", page, true},
		{"/a*b*a", "", "https://harbour.example/aba", true},
		{"/ab*ba", "", "https://harbour.example/aba", false}, // the b can't be used twice
		{"/новости/*", "", "https://harbour.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/1", true},
		{"/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/*", "", "https://harbour.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/1", true},
		{"/News/*", "", page, false},
	} {
		if got := wanted(x.url, strings.Fields(x.include), strings.Fields(x.exclude)); got != x.want {
			t.Errorf("%s with include %q and exclude %q: %v, want %v", x.url, x.include, x.exclude, got, x.want)
		}
	}
	for pattern, ok := range map[string]bool{"/news/*": true, "*.pdf": true, "https://a.example/*": true, "news/*": false, "": false, "/" + strings.Repeat("*", longestPattern): false} {
		if err := checkPattern("include", pattern); (err == nil) != ok {
			t.Errorf("pattern %.20q: %v", pattern, err)
		}
	}
	// A hostile pair takes linear time: a backtracking matcher would not end.
	begun := time.Now()
	if matchStars(strings.Repeat("a*", 400)+"b", strings.Repeat("a", 4000)) {
		t.Error("there is no b")
	}
	if took := time.Since(begun); took > time.Second {
		t.Errorf("a hostile pattern took %v", took)
	}
}

func TestParseAge(t *testing.T) {
	for text, want := range map[string]time.Duration{"7d": 7 * 24 * time.Hour, "0d": 0, "12h": 12 * time.Hour, "0s": 0, "90m": 90 * time.Minute} {
		if got, err := parseAge(text); err != nil || got != want {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "d", "-1d", "-2h", "soon", "7 days", "99999999d"} {
		if _, err := parseAge(text); err == nil {
			t.Errorf("%q must be refused", text)
		}
	}
}
