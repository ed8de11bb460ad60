package extract

import (
	"bytes"
	"encoding/json"
	"math/rand"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"dateline/extract/token"
	"dateline/ingest/document"
)

// citeText is a citation of the first place of a quote in text.
func citeText(t *testing.T, text, quote string) Citation {
	t.Helper()
	i := strings.Index(text, quote)
	if i < 0 {
		t.Fatalf("the quote %q is not in %q", quote, text)
	}
	return Citation{Span: token.Span{Start: i, End: i + len(quote)}, Quote: quote, Rule: "test"}
}

func TestWriteLine(t *testing.T) {
	text := "Łódź, 3 May — José Núñez, rector of Kraków Tech, signed “a pact” with Sól & Co.\n"
	doc := document.Document{Source: "a/łódź.txt", RawHash: "sha256:00", Language: "en", Text: text,
		Zones: []document.Zone{{Start: 0, End: len("Łódź"), Kind: document.Heading}}}
	facts := []Fact{
		{Kind: KindAgreement, Rule: "r5", Confidence: 0.5, Citations: []Citation{citeText(t, text, "signed “a pact”")},
			Agreement: &Agreement{Type: "agreement", Status: "signed", Parties: []string{"Kraków Tech", "Sól & Co."}}},
		{Kind: KindTitle, Rule: "r4", Confidence: 1, Citations: []Citation{citeText(t, text, "José Núñez, rector")},
			Title: &Title{Person: "José Núñez", Title: "rector", When: "current"}},
		{Kind: KindInstitution, Rule: "r3", Confidence: 1, Citations: []Citation{citeText(t, text, "Kraków Tech")},
			Institution: &Institution{Name: "Kraków Tech"}},
		{Kind: KindPerson, Rule: "r2", Confidence: 1, Citations: []Citation{citeText(t, text, "José Núñez")},
			Person: &Person{Name: "José Núñez"}},
		{Kind: KindDate, Rule: "r1", Confidence: 0.98, Citations: []Citation{citeText(t, text, "3 May")},
			Date: &Date{Type: "date", Value: "XXXX-05-03"}},
	}
	var b bytes.Buffer
	if err := WriteLine(&b, doc, facts); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	want := `{"document":{"id":"sha256:00","source":"a/łódź.txt","title":null,"published":null,"published_from":null,"language":"en",` +
		`"text":"Łódź, 3 May — José Núñez, rector of Kraków Tech, signed “a pact” with Sól & Co.\n",` +
		`"zones":[{"start":0,"end":4,"kind":"heading"}]},"facts":[` +
		`{"id":"` + FactID(facts[4]) + `","kind":"date","type":"date","value":"XXXX-05-03","mod":"",` +
		`"derivation":{"anchor":null,"anchor_from":null,"alternatives":[]},"rule":"r1","confidence":0.98,` +
		`"citations":[{"start":6,"end":11,"quote":"3 May","rule":"test"}]},` +
		`{"id":"` + FactID(facts[3]) + `","kind":"person","name":"José Núñez","aliases":[],"rule":"r2","confidence":1,` +
		`"citations":[{"start":14,"end":24,"quote":"José Núñez","rule":"test"}]},` +
		`{"id":"` + FactID(facts[2]) + `","kind":"institution","name":"Kraków Tech","aliases":[],"parent":null,"rule":"r3","confidence":1,` +
		`"citations":[{"start":36,"end":47,"quote":"Kraków Tech","rule":"test"}]},` +
		`{"id":"` + FactID(facts[1]) + `","kind":"title","person":"José Núñez","title":"rector","institution":null,"when":"current","rule":"r4","confidence":1,` +
		`"citations":[{"start":14,"end":32,"quote":"José Núñez, rector","rule":"test"}]},` +
		`{"id":"` + FactID(facts[0]) + `","kind":"agreement","type":"agreement","status":"signed","parties":["Kraków Tech","Sól & Co."],"signatories":[],` +
		`"date":null,"place":null,"subject":null,"rule":"r5","confidence":0.5,` +
		`"citations":[{"start":49,"end":64,"quote":"signed “a pact”","rule":"test"}]}]}` + "\n"
	if got != want {
		t.Errorf("the line differs\n got %s\nwant %s", got, want)
	}
	// The order in which facts were found is no part of the output.
	for seed := int64(0); seed < 20; seed++ {
		rand.New(rand.NewSource(seed)).Shuffle(len(facts), func(i, j int) { facts[i], facts[j] = facts[j], facts[i] })
		b.Reset()
		if err := WriteLine(&b, doc, facts); err != nil {
			t.Fatal(err)
		}
		if b.String() != want {
			t.Fatalf("shuffle %d changes the line:\n%s", seed, b.String())
		}
	}
}

func TestWriteLineWithoutFacts(t *testing.T) {
	var b bytes.Buffer
	if err := WriteLine(&b, document.Document{Source: "x", Text: "Текст."}, nil); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"facts":[]`, `"zones":[]`, `"language":null`} {
		if !strings.Contains(b.String(), part) {
			t.Errorf("%s is not in %s", part, b.String())
		}
	}
}

func TestWriteLineRefusesBrokenCitations(t *testing.T) {
	text := "On 3 May, Zoë spoke."
	zoe := strings.Index(text, "ë")
	cases := map[string]struct {
		text string
		c    []Citation
	}{
		"no citation":        {text, nil},
		"other words":        {text, []Citation{{Span: token.Span{Start: 3, End: 8}, Quote: "4 May"}}},
		"outside":            {text, []Citation{{Span: token.Span{Start: 3, End: 80}, Quote: "3 May"}}},
		"negative":           {text, []Citation{{Span: token.Span{Start: -1, End: 2}, Quote: "On"}}},
		"empty":              {text, []Citation{{Span: token.Span{Start: 3, End: 3}}}},
		"inside a character": {text, []Citation{{Span: token.Span{Start: zoe + 1, End: zoe + 2}, Quote: text[zoe+1 : zoe+2]}}},
		"NUL in the text":    {"On 3 May\x00", []Citation{{Span: token.Span{Start: 3, End: 8}, Quote: "3 May"}}},
		"broken UTF-8":       {"On 3 May\xff", []Citation{{Span: token.Span{Start: 3, End: 8}, Quote: "3 May"}}},
	}
	for name, c := range cases {
		var b bytes.Buffer
		err := WriteLine(&b, document.Document{Source: "the-source", Text: c.text},
			[]Fact{{Kind: KindDate, Date: &Date{Type: "date", Value: "XXXX-05-03"}, Citations: c.c}})
		if err == nil || !strings.Contains(err.Error(), "the-source") {
			t.Errorf("%s: the error is %v, want one that names the document", name, err)
		}
		if b.Len() > 0 {
			t.Errorf("%s: something was written: %s", name, b.String())
		}
	}
	err := WriteLine(&bytes.Buffer{}, document.Document{Source: "s", Text: text},
		[]Fact{{Kind: KindDate, Citations: []Citation{citeText(t, text, "3 May")}}})
	if err == nil {
		t.Error("a fact without content was written")
	}
}

func TestFactID(t *testing.T) {
	agreement := func(parties ...string) Fact {
		return Fact{Kind: KindAgreement, Agreement: &Agreement{Type: "contract", Status: "signed", Parties: parties}}
	}
	person := func(name string) Fact { return Fact{Kind: KindPerson, Person: &Person{Name: name}} }
	same := [][2]Fact{
		{agreement("A Corp", "B Corp"), agreement("b corp", "A Corp.")},
		{person("Jean-Luc NÚÑEZ"), person("Jean Luc Nu\u0301n\u0303ez")},
		{person("Ada"), {Kind: KindPerson, Rule: "other", Confidence: 0.1, Person: &Person{Name: "Ada", Aliases: []string{"A."}}}},
	}
	for i, p := range same {
		if FactID(p[0]) != FactID(p[1]) {
			t.Errorf("pair %d has two ids", i)
		}
	}
	institution := func(name, parent string) Fact {
		return Fact{Kind: KindInstitution, Institution: &Institution{Name: name, Parent: parent}}
	}
	different := []Fact{
		person("Ada"), person("Ada B"), institution("Ada", ""), institution("Office", "X"), institution("Office", "Y"),
		agreement("A", "B"), agreement("A B"), agreement(),
		{Kind: KindAgreement, Agreement: &Agreement{Type: "contract", Status: "signed", Signatories: []string{"A", "B"}}},
		{Kind: KindDate, Date: &Date{Type: "date", Value: "2024-05-01/2024-06-01"}},
		{Kind: KindDate, Date: &Date{Type: "date", Value: "2024-05-01"}},
		{Kind: KindDate, Date: &Date{Type: "date", Value: "2024-05-01", Mod: "BEFORE"}},
	}
	seen := map[string]int{}
	for i, f := range different {
		if j, twice := seen[FactID(f)]; twice {
			t.Errorf("facts %d and %d share an id", j, i)
		}
		seen[FactID(f)] = i
	}
}

func TestRuneIndex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		index := NewRuneIndex(text)
		for i := 0; i <= len(text); i++ {
			if onRuneBorder(text, i) && index.At(i) != utf8.RuneCountInString(text[:i]) {
				t.Fatalf("byte %d of %q is code point %d, got %d", i, text, utf8.RuneCountInString(text[:i]), index.At(i))
			}
		}
	})
}

// TestExchangeCitationsHold reads lines back the way another program does: by code points.
func TestExchangeCitationsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.ReplaceAll(rapid.StringN(1, 300, -1).Draw(t, "text"), "\x00", "·")
		runes := []rune(text)
		var facts []Fact
		for range rapid.IntRange(1, 5).Draw(t, "facts") {
			start := rapid.IntRange(0, len(runes)-1).Draw(t, "start")
			end := rapid.IntRange(start+1, len(runes)).Draw(t, "end")
			from := len(string(runes[:start]))
			quote := string(runes[start:end])
			facts = append(facts, Fact{Kind: KindPerson, Person: &Person{Name: quote},
				Citations: []Citation{{Span: token.Span{Start: from, End: from + len(quote)}, Quote: quote}}})
		}
		var b bytes.Buffer
		if err := WriteLine(&b, document.Document{Source: "s", Text: text}, facts); err != nil {
			t.Fatal(err)
		}
		var line struct {
			Document struct{ Text string }
			Facts    []struct {
				Citations []struct {
					Start, End int
					Quote      string
				}
			}
		}
		if err := json.Unmarshal(b.Bytes(), &line); err != nil {
			t.Fatal(err)
		}
		back := []rune(line.Document.Text)
		if len(line.Facts) != len(facts) {
			t.Fatalf("%d facts came back of %d", len(line.Facts), len(facts))
		}
		for _, f := range line.Facts {
			for _, c := range f.Citations {
				if string(back[c.Start:c.End]) != c.Quote {
					t.Fatalf("code points %d to %d are %q, not the quote %q", c.Start, c.End, string(back[c.Start:c.End]), c.Quote)
				}
			}
		}
	})
}
