package extract

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"dateline/ingest/document"
)

// explained reads a text with its trace.
func explained(text string) Reading {
	return Default().Explain(document.Document{Source: "case.txt", Language: "en", Text: text})
}

// TestExplainChangesNothing: the facts with and without a trace are the same, and so are the refusals.
func TestExplainChangesNothing(t *testing.T) {
	texts := lookTexts(t)
	for _, h := range hostileTexts() {
		texts["hostile: "+h.name] = h.make(3000)
	}
	seeds, _ := filepath.Glob(filepath.Join(os.Getenv("DATELINE_SHARED"), "seeds", "*.txt"))
	for _, name := range seeds {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(data)
	}
	for name, text := range texts {
		doc := document.Document{Source: name, Language: "en", Text: text}
		plain, refused, traced := Default().Read(doc), Default().Refuse(doc), Default().Explain(doc)
		if !reflect.DeepEqual(plain.Facts, traced.Facts) || !reflect.DeepEqual(plain.Facts, refused.Facts) {
			t.Errorf("%s: the facts differ when somebody asks why", name)
		}
		if !reflect.DeepEqual(refused.Refusals, traced.Refusals) {
			t.Errorf("%s: the refusals differ", name)
		}
		if plain.Refusals != nil || plain.Trace != nil || refused.Trace != nil || traced.Trace == nil {
			t.Errorf("%s: what was not asked for is there, or what was is not", name)
		}
		if again := Default().Explain(doc); !reflect.DeepEqual(traced, again) {
			t.Errorf("%s: a second time it is explained otherwise", name)
		}
		checkTrace(t, name, text, traced)
	}
}

// checkTrace holds a trace against the text and the facts that it explains.
func checkTrace(t *testing.T, name, text string, r Reading) {
	t.Helper()
	cited := map[int]bool{}
	for i, s := range r.Trace.Sentences {
		if s.Number != i+1 || s.Start >= s.End || r.Trace.Sentence(s.Start) != s.Number || r.Trace.Sentence(s.End-1) != s.Number {
			t.Errorf("%s: sentence %d is numbered %d, at %v", name, i+1, s.Number, s.Span)
		}
		for _, m := range s.Mentions {
			if !s.Contains(m.Span) || m.Type == "" || m.Rule == "" || m.Step == "" || m.Entity >= len(r.Trace.Entities) {
				t.Errorf("%s: sentence %d has the mention %+v", name, s.Number, m)
			}
		}
		for _, w := range s.Weighed {
			sum := 0.0
			for _, e := range w.Evidence {
				sum += e.Weight
				if e.What == "" {
					t.Errorf("%s: evidence without words for %q", name, w.Of(text))
				}
			}
			if math.Abs(sum-w.Score) > 1e-9 {
				t.Errorf("%s: the evidence for %q is %.3f in sum, and its score %.3f", name, w.Of(text), sum, w.Score)
			}
			if w.Votes.Places < 1 || w.Votes.Why == "" {
				t.Errorf("%s: nothing says what was decided of %q: %+v", name, w.Of(text), w.Votes)
			}
		}
		for _, p := range s.Posts {
			if !s.Contains(p.Span) || (p.Holder == "") != (p.Rule == "") {
				t.Errorf("%s: sentence %d has the post %+v", name, s.Number, p)
			}
		}
		for _, f := range s.Facts {
			cited[f] = true
		}
		for _, x := range s.Refusals {
			if x.Sentence != s.Number || x.Around != s.Span || !s.Contains(x.Span) && x.End <= x.Start {
				t.Errorf("%s: sentence %d has the refusal %+v", name, s.Number, x)
			}
		}
	}
	for i := range r.Facts {
		if !cited[i] {
			t.Errorf("%s: no sentence has the fact %+v", name, r.Facts[i])
		}
	}
	for _, e := range r.Trace.Entities {
		places := 0
		for _, f := range e.Forms {
			places += f.Places
		}
		if e.Name == "" || places == 0 {
			t.Errorf("%s: the entity %+v has no name or place", name, e)
		}
	}
}

// TestExplainSaysWhy looks at one short text in full.
func TestExplainSaysWhy(t *testing.T) {
	text := "Dr. Anna Keller, director of the Lund Institute of Physics, met Brynn. The Institute of Physics signed a memorandum with Oslo University on 18 May 2024."
	r := explained(text)
	first := r.Trace.Sentences[0]
	var lines []string
	for _, w := range first.Weighed {
		for _, e := range w.Evidence {
			lines = append(lines, fmt.Sprintf("%s %+.1f %s %s", w.Of(text), e.Weight, e.What, e.Detail))
		}
		lines = append(lines, fmt.Sprintf("%s = %.1f: %s, %s; %s", w.Of(text), w.Score, w.Votes.Type, w.Votes.Why, w.Outcome))
	}
	all := strings.Join(lines, "\n")
	for _, want := range []string{
		"Anna Keller +3.0 an honorific or rank before it", "Anna Keller +2.5 its post behind it", "words of names Anna: forename; Keller: surname",
		"Anna Keller +2.0 what the tagger sees person", "person, the text itself says that it is a person; person", "Brynn -0.3 one word",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is missing in\n%s", want, all)
		}
	}
	if len(first.Posts) != 1 || first.Posts[0].Of(text) != "director" || first.Posts[0].Holder != "Anna Keller" || first.Posts[0].Rule != "title.apposition" || first.Posts[0].Where != "Lund Institute of Physics" {
		t.Errorf("the posts are %+v", first.Posts)
	}
	second := r.Trace.Sentences[1]
	if len(second.Agreements) != 1 || second.Agreements[0].Of(text) != "signed" || len(second.Agreements[0].Parties) != 2 || second.Agreements[0].Alone {
		t.Errorf("the agreements are %+v", second.Agreements)
	}
	if len(second.Dates) != 1 || second.Dates[0].Value != "2024-05-18" {
		t.Errorf("the dates are %+v", second.Dates)
	}
	for _, e := range r.Trace.Entities {
		if e.Name == "Lund Institute of Physics" && (len(e.Forms) != 2 || e.Forms[1].Text != "Institute of Physics" || e.Forms[1].First != 2 || len(e.Merged) != 1) {
			t.Errorf("the forms of the institute are %+v, merged %q", e.Forms, e.Merged)
		}
	}
	if classes := strings.Join(first.Tokens[1].Classes(), ", "); !strings.Contains(classes, "forename") {
		t.Errorf("the lists have %q as %s", first.Tokens[1].Of(text), classes)
	}
}

// TestEveryClassHasAName: a new list of words gets a name for people.
func TestEveryClassHasAName(t *testing.T) {
	named := class(0)
	for _, one := range classWords {
		if one.class&named != 0 {
			t.Errorf("%s is named twice", one.name)
		}
		named |= one.class
	}
	if named != numberWord<<1-1 {
		t.Errorf("classes without a name: %b", named^(numberWord<<1-1))
	}
}
