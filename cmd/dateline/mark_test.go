package main

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestMarkText(t *testing.T) {
	text := "Ada Brown, rector, left"
	for _, c := range []struct {
		want  string
		marks []mark
	}{
		{"Ada Brown, rector, left", nil},
		{"[Ada Brown]{person}, rector, left", []mark{{0, 9, "person"}}},
		{"[[Ada Brown]{person}, rector]{title}, left", []mark{{0, 17, "title"}, {0, 9, "person"}}},
		{"[Ada [Brown]{x}]{person}[, rector]{x}, left", []mark{{0, 9, "person"}, {4, 17, "x"}}},
		{"[Ada]{a}[ Brown]{b}, rector, left", []mark{{3, 9, "b"}, {0, 3, "a"}}},
		{"[Ada Brown, rector, left]{a}", []mark{{0, 23, "a"}, {0, 23, "a"}}},
		{"Ada Brown, rector, left", []mark{{5, 5, "a"}}},
	} {
		if got := markText(text, c.marks, false); got != c.want {
			t.Errorf("marks %v give %q, want %q", c.marks, got, c.want)
		}
	}
	if got := markText("a\x1bb", []mark{{0, 2, "person"}}, true); !strings.HasPrefix(got, "\x1b[0m\x1b[33ma\\x1b") {
		t.Errorf("in colour: %q", got)
	}
}

// TestMarkTextKeepsTheText takes the marks out again, and counts that brackets match.
func TestMarkTextKeepsTheText(t *testing.T) {
	closing := regexp.MustCompile(`\]\{[a-z]+\}`)
	escapes := regexp.MustCompile("\x1b\\[[0-9;]*m")
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-z ]{1,30}`).Draw(t, "text")
		var marks []mark
		for range rapid.IntRange(0, 6).Draw(t, "marks") {
			start := rapid.IntRange(0, len(text)-1).Draw(t, "start")
			marks = append(marks, mark{start, rapid.IntRange(start, len(text)).Draw(t, "end"), rapid.SampledFrom([]string{"date", "person"}).Draw(t, "kind")})
		}
		before := slices.Clone(marks)
		plain := markText(text, marks, false)
		if !slices.Equal(before, marks) {
			t.Fatal("the marks of the caller were changed")
		}
		if got := strings.ReplaceAll(closing.ReplaceAllString(plain, ""), "[", ""); got != text {
			t.Fatalf("%q became %q with %v", text, plain, marks)
		}
		if got := escapes.ReplaceAllString(markText(text, marks, true), ""); got != text {
			t.Fatalf("%q became %q in colour", text, got)
		}
		depth := 0
		for _, r := range plain {
			switch r {
			case '[':
				depth++
			case ']':
				depth--
			}
			if depth < 0 {
				t.Fatalf("a bracket closes nothing in %q", plain)
			}
		}
		if depth != 0 {
			t.Fatalf("brackets stay open in %q", plain)
		}
	})
}

func TestByteOffsets(t *testing.T) {
	at := byteOffsets("aéz")
	for codePoint, want := range []int{0, 1, 3, 4, 4} {
		if got := at(codePoint); got != want {
			t.Errorf("code point %d is at byte %d, want %d", codePoint, got, want)
		}
	}
}
