package main

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"dateline/corpus"
	"dateline/extract"
	"dateline/extract/token"
	"dateline/ingest/document"
)

// TestExplainNoticesOtherFacts: what is stored was read by other rules.
func TestExplainNoticesOtherFacts(t *testing.T) {
	ctx := context.Background()
	for name, c := range map[string]struct {
		person string
		want   bool
	}{"the same": {"Anna Keller", false}, "others": {"Keller spoke", true}} {
		db := filepath.Join(t.TempDir(), "x.db")
		store, err := corpus.Open(ctx, db, corpus.Options{})
		if err != nil {
			t.Fatal(err)
		}
		const text = "Dr. Anna Keller spoke."
		at := strings.Index(text, c.person)
		fact := extract.Fact{Kind: extract.KindPerson, Person: &extract.Person{Name: c.person}, Rule: "person.x", Confidence: 0.5,
			Citations: []extract.Citation{{Span: token.Span{Start: at, End: at + len(c.person)}, Quote: c.person, Rule: "person.x"}}}
		out, err := store.Put(ctx, []corpus.Item{{Raw: []byte(text), Facts: []extract.Fact{fact},
			Doc: document.Document{Source: "a.txt", RawHash: corpus.HashBytes([]byte(text)), Language: "en", Text: text}}}, corpus.PutOptions{})
		if err != nil || out[0].Err != nil {
			t.Fatal(err, out)
		}
		store.Close()
		code, shown, messages := inProcess(withCancel(ctx), nil, "", "explain", "a.txt", "--db", db)
		if code != exitOK || !strings.Contains(shown, "Anna Keller: person by person.honorific") {
			t.Errorf("%s: exit code %d, output\n%s", name, code, shown)
		}
		if got := strings.Contains(messages, "reextract"); got != c.want {
			t.Errorf("%s: noticed is %v: %s", name, got, messages)
		}
	}
}

// TestExplanationsAreBounded: a hostile text of one sentence gives an output of a size in proportion,
// for people and for programs, of explanations and of refusals.
func TestExplanationsAreBounded(t *testing.T) {
	size := func(n int, args ...string) int {
		unit := "director Anna signed an agreement on May é, "
		code, shown, messages := inProcess(withCancel(context.Background()), nil, strings.Repeat(unit, n), args...)
		if code != exitOK || len(shown) < n {
			t.Fatalf("%v: exit code %d, %d bytes: %s", args, code, len(shown), messages)
		}
		if !utf8.ValidString(shown) {
			t.Errorf("%v: a character was cut", args)
		}
		return len(shown)
	}
	for _, args := range [][]string{
		{"explain", "--file", "-"}, {"explain", "--file", "-", "--format", "json", "--tokens"},
		{"refusals", "-"}, {"refusals", "-", "--format", "jsonl"}, {"refusals", "-", "--format", "csv"},
	} {
		a, b := size(100, args...), size(400, args...)
		if b > 6*a {
			t.Errorf("%v: four times the text gives %d bytes after %d", args, b, a)
		}
	}
}

// TestExcerptCutsAtWords: what is shown of a long sentence begins and ends with whole words, and
// with whole characters where there are no blanks.
func TestExcerptCutsAtWords(t *testing.T) {
	for _, filler := range []string{"word ", "éé ", "é", "語", "x"} {
		text := strings.Repeat(filler, 200) + "[here]" + strings.Repeat(filler, 200)
		at := strings.Index(text, "[here]")
		before, inside, after := excerpt(text, token.Span{Start: at, End: at + 6}, token.Span{Start: 0, End: len(text)})
		if inside != "[here]" || !utf8.ValidString(before+after) || !strings.HasPrefix(before, "… ") || !strings.HasSuffix(after, " …") || len(before) > 2*aroundWords || len(after) > 2*aroundWords {
			t.Errorf("%q: %q, %q, %q", filler, before, inside, after)
		}
		whole := strings.TrimSpace(filler)
		if strings.Contains(filler, " ") {
			for _, w := range append(strings.Fields(before)[1:], strings.Fields(after)[:len(strings.Fields(after))-1]...) {
				if w != whole {
					t.Errorf("%q was cut to %q", whole, w)
				}
			}
		}
	}
}

// TestExplainFitsATerminal: no line is wider than the terminal, and none loses its words.
func TestExplainFitsATerminal(t *testing.T) {
	const text = "Dr. Anna Keller, director of the International Research Institute of Water Conservancy and Forestry of Lund, signed a memorandum of understanding on 3 May in the great hall."
	got := extract.Default().Explain(document.Document{Source: "a.txt", Language: "en", Text: text})
	wide, narrow := explained(text, got, 0), explained(text, got, 80)
	for _, line := range strings.Split(narrow, "\n") {
		if n := utf8.RuneCountInString(line); n > 80 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	// Cells may be cut; the sentence and what stands last in a row go on in further lines.
	joined := strings.Join(strings.Fields(narrow), "")
	for _, want := range []string{text, "an honorific or rank before it", "title.apposition", "agreement.one-party", "the text itself says that it is a person"} {
		if !strings.Contains(joined, strings.ReplaceAll(want, " ", "")) || !strings.Contains(wide, want) {
			t.Errorf("%q is lost", want)
		}
	}
	if _, err := json.Marshal(explainedObject(document.Document{Text: text}, got, explainFlags{tokens: true})); err != nil {
		t.Error(err)
	}
}

// explained is an explanation for people.
func explained(text string, got extract.Reading, width int) string {
	var b bytes.Buffer
	explainText{b: &b, text: text, got: got, width: width}.write(explainFlags{tokens: true})
	return b.String()
}
