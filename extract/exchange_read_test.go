package extract

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dateline/extract/token"
	"dateline/ingest/document"
)

// randomFacts draws facts of every kind with true citations of a text.
func randomFacts(t *rapid.T, text string) []Fact {
	runes := []rune(text)
	words := func(label string) string { return rapid.StringN(0, 12, -1).Draw(t, label) }
	list := func(label string) []string {
		if l := rapid.SliceOfN(rapid.StringN(1, 8, -1), 0, 3).Draw(t, label); len(l) > 0 {
			return l
		}
		return nil
	}
	facts := make([]Fact, rapid.IntRange(0, 8).Draw(t, "facts"))
	for i := range facts {
		f := Fact{Kind: rapid.SampledFrom(Kinds).Draw(t, "kind"), Rule: words("rule"), Confidence: rapid.Float64Range(0, 1).Draw(t, "confidence")}
		for range rapid.IntRange(1, 3).Draw(t, "citations") {
			start := rapid.IntRange(0, len(runes)-1).Draw(t, "start")
			end := rapid.IntRange(start+1, len(runes)).Draw(t, "end")
			from, quote := len(string(runes[:start])), string(runes[start:end])
			f.Citations = append(f.Citations, Citation{Span: token.Span{Start: from, End: from + len(quote)}, Quote: quote, Rule: words("cited by")})
		}
		switch f.Kind {
		case KindDate:
			f.Date = &Date{words("type"), words("value"), words("mod"), words("anchor"), words("anchor from"), list("alternatives")}
		case KindPerson:
			f.Person = &Person{words("name"), list("aliases")}
		case KindInstitution:
			f.Institution = &Institution{words("name"), list("aliases"), words("parent")}
		case KindTitle:
			f.Title = &Title{words("person"), words("title"), words("institution"), words("when")}
		case KindAgreement:
			f.Agreement = &Agreement{words("type"), words("status"), list("parties"), list("signatories"), words("date"), words("place"), words("subject")}
		}
		facts[i] = f
	}
	return facts
}

// TestReadLineReversesWriteLine writes what it has read and compares the bytes.
func TestReadLineReversesWriteLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.ReplaceAll(rapid.StringN(1, 200, -1).Draw(t, "text"), "\x00", "·")
		doc := document.Document{Source: rapid.StringN(1, 20, -1).Draw(t, "source"), RawHash: "sha256:00", Title: rapid.String().Draw(t, "title"), Text: text,
			Published: document.Published{Value: "2024-05-18", From: "meta"}, Zones: []document.Zone{{Start: 0, End: len(text), Kind: document.Heading}}}
		var first, second bytes.Buffer
		if err := WriteLine(&first, doc, randomFacts(t, text)); err != nil {
			t.Fatal(err)
		}
		read, facts, err := ReadLine(first.Bytes())
		if err != nil {
			t.Fatalf("%v\n%s", err, first.String())
		}
		if err := WriteLine(&second, read, facts); err != nil {
			t.Fatal(err)
		}
		if first.String() != second.String() {
			t.Fatalf("written again, it differs\n%s%s", first.String(), second.String())
		}
	})
}

func TestReadLineRefuses(t *testing.T) {
	for line, want := range map[string]string{
		``:                                      "unexpected end",
		`[]`:                                    "holds a array",
		`{}`:                                    `"document" must be`,
		`{"facts":[]}`:                          `"document" must be`,
		`{"document":{"source":""},"facts":[]}`: `"source"`,
		`{"document":{"source":"a","text":"x\u0000"},"facts":[]}`:                                                                                "NUL",
		`{"document":{"source":"a","text":"é x"},"facts":[{"kind":"person","name":"x"}]}`:                                                        "has no citation",
		`{"document":{"source":"a","text":"é x"},"facts":[{"kind":"person","name":"x","citations":[{"start":3,"end":4,"quote":"x"}]}]}`:          "is not the text from 3 to 4",
		`{"document":{"source":"a","text":"é x"},"facts":[{"kind":"person","name":"x","citations":[{"start":-1,"end":4,"quote":"x"}]}]}`:         "is not the text",
		`{"document":{"source":"a","text":"é x"},"facts":[{"kind":"person","name":"x","citations":[{"start":2,"end":1000000000,"quote":"x"}]}]}`: "is not the text",
		`{"document":{"source":"a","text":"é x"},"facts":[{"kind":"person","name":["x"],"citations":[{"start":2,"end":3,"quote":"x"}]}]}`:        `"facts.name" holds a array`,
		`{"document":{"source":"a","text":"é x","zones":[{"start":2,"end":9,"kind":"table"}]},"facts":[]}`:                                       "zone",
		`{"document":{"source":"a","text":"é x"},"facts":[{"kind":"person","name":"x","citations":[{"start":2.5,"end":3,"quote":"x"}]}]}`:        "holds a number 2.5",
		`{"document":{"source":"a","text":"é x"},"facts":[{"kind":"agreement","citations":[{"start":2,"end":3,"quote":"x"}]}]} and more`:         "after top-level value",
	} {
		if _, _, err := ReadLine([]byte(line)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\n gives %v, want an error with %q", line, err, want)
		}
	}
	doc, facts, err := ReadLine([]byte(`{"document":{"source":"a","text":"é x"},"more":1,"facts":[{"kind":"weather"},{"kind":"person","name":"x","parent":null,"citations":[{"start":2,"end":3,"quote":"x"}]}]}`))
	if err != nil || doc.Source != "a" || len(facts) != 1 || facts[0].Person.Name != "x" || facts[0].Citations[0].Start != 3 {
		t.Errorf("a line of another program gives %+v, %+v, %v", doc, facts, err)
	}
}

// TestOwnKindsRoundTrip: facts of a user's own kinds come back as they were written; kinds whose
// content is not known are left out.
func TestOwnKindsRoundTrip(t *testing.T) {
	const text = "Harbour Bank raised $5 million."
	doc := document.Document{Source: "a.txt", Language: "en", Text: text}
	one := Fact{Kind: "funding", Rule: "funding.raised", Confidence: 0.9, Own: NewOwn(map[string]string{"who": "Harbour Bank", "amount": "$5 million", "date": ""}),
		Citations: []Citation{{Span: token.Span{Start: 0, End: 12}, Quote: "Harbour Bank", Rule: "funding.raised"}}}
	var b bytes.Buffer
	if err := WriteLine(&b, doc, []Fact{one}); err != nil {
		t.Fatal(err)
	}
	if want := `"kind":"funding","slots":{"amount":"$5 million","who":"Harbour Bank"},"rule":"funding.raised"`; !strings.Contains(b.String(), want) {
		t.Errorf("the line is %s, without %s", b.String(), want)
	}
	_, back, err := ReadLine(b.Bytes())
	if err != nil || !reflect.DeepEqual(back, []Fact{one}) {
		t.Errorf("back came %+v, %v", back, err)
	}
	for _, other := range []string{`["x"]`, `{"who": 1}`, `{}`, `null`, `"x"`} {
		line := strings.Replace(b.String(), `{"amount":"$5 million","who":"Harbour Bank"}`, other, 1)
		if _, back, err := ReadLine([]byte(line)); err != nil || len(back) != 0 {
			t.Errorf("slots %s: %+v, %v", other, back, err)
		}
	}
	if FactID(one) == FactID(Fact{Kind: "funding", Own: NewOwn(map[string]string{"who": "Harbour Bank", "amount": "€5 million"})}) {
		t.Error("two currencies have one id")
	}
	one.Kind = "Funding!"
	if err := WriteLine(&b, doc, []Fact{one}); err == nil {
		t.Error("a malformed kind was written")
	}
}
