package token

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func words(text string) string {
	var out []string
	for _, t := range Tokenize(text) {
		out = append(out, t.Of(text))
	}
	return strings.Join(out, "|")
}

func TestTokenize(t *testing.T) {
	for text, want := range map[string]string{
		"Mr. E. Tulegen’s visit":                      "Mr.|E.|Tulegen|’s|visit",
		"Foo Co., Ltd. (FCL) signed":                  "Foo|Co.|,|Ltd.|(|FCL|)|signed",
		"the students' Xi'an trip":                    "the|students|'|Xi'an|trip",
		"A 15-member group, 2,000 people, the 24th":   "A|15-member|group|,|2,000|people|,|the|24th",
		"2024-05-01 at 10:30 a.m. in the U.S. market": "2024|-|05|-|01|at|10|:|30|a.m.|in|the|U.S.|market",
		"A.S.Popov of AT&T":                           "A.S.|Popov|of|AT&T",
		"Mail to info@example.org, or www.a.org.":     "Mail|to|info@example.org|,|or|www.a.org|.",
		"Aug. 5-Sept. 3, 5-May 3, 12-May-2024":        "Aug.|5|-|Sept.|3|,|5|-|May|3|,|12-May-2024",
		"no. No. 5 p. 5 p. Sat. 5 She sat.":           "no|.|No.|5|p.|5|p|.|Sat.|5|She|sat|.",
		"China–Chile Vice-Rector":                     "China|–|Chile|Vice-Rector",
		"Éva D’Souza’s":                               "Éva|D’Souza|’s",
	} {
		if got := words(text); got != want {
			t.Errorf("Tokenize(%q)\n got %s\nwant %s", text, got, want)
		}
	}
}

// Tokens lie in order, do not overlap, and leave only white space between them; every token
// is in one sentence.
func TestCover(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		text = strings.ToValidUTF8(text, "?")
		tokens, at := Tokenize(text), 0
		for _, tok := range tokens {
			if tok.Start() < at || tok.End() <= tok.Start() || strings.TrimSpace(text[at:tok.Start()]) != "" {
				t.Fatalf("gap or overlap before %d", tok.Start())
			}
			at = tok.End()
		}
		next := 0
		for _, s := range Sentences(text, tokens) {
			if s.First != next || s.Last <= s.First {
				t.Fatalf("sentence %v starts at %d, want %d", s, s.First, next)
			}
			next = s.Last
		}
		if next != len(tokens) {
			t.Fatalf("%d of %d tokens in sentences", next, len(tokens))
		}
	})
}
