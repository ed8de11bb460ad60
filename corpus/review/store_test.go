package review

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dateline/corpus"
	"dateline/extract"
	"dateline/extract/token"
	"dateline/ingest/document"
)

// steadyClock never moves: tests do not see the clock.
func steadyClock() time.Time { return time.Unix(1700000000, 0) }

// openStore is a new database in a folder of the test.
func openStore(t testing.TB) *corpus.Store {
	t.Helper()
	s, err := corpus.Open(context.Background(), filepath.Join(t.TempDir(), "review.db"), corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// put stores documents; every one must be taken.
func put(t testing.TB, s *corpus.Store, items ...corpus.Item) {
	t.Helper()
	outcomes, err := s.Put(context.Background(), items, corpus.PutOptions{When: "2026-01-01T00:00:00Z"})
	if err != nil {
		t.Fatal(err)
	}
	for i, o := range outcomes {
		if o.Err != nil {
			t.Fatalf("%s: %v", items[i].Doc.Source, o.Err)
		}
	}
}

// release is a document with the facts that a test reads from it.
type release struct {
	t    testing.TB
	item corpus.Item
}

func newRelease(t testing.TB, source, text string) *release {
	return &release{t, corpus.Item{
		Doc: document.Document{Source: source, Title: "Title of " + source, Language: "en", Text: text, RawHash: corpus.HashBytes([]byte(source + text)),
			Published: document.Published{Value: "2025-06-19", From: "meta"}},
		Raw: []byte(source + text),
	}}
}

// fact adds a fact that is cited at the first place of a quote.
func (r *release) fact(f extract.Fact, rule string, confidence float64, quote string) *release {
	r.t.Helper()
	at := strings.Index(r.item.Doc.Text, quote)
	if at < 0 {
		r.t.Fatalf("%q is not in %q", quote, r.item.Doc.Text)
	}
	f.Rule, f.Confidence = rule, confidence
	f.Citations = []extract.Citation{{Span: token.Span{Start: at, End: at + len(quote)}, Quote: quote, Rule: rule}}
	r.item.Facts = append(r.item.Facts, f)
	return r
}

func (r *release) person(name string, confidence float64) *release {
	return r.fact(extract.Fact{Kind: extract.KindPerson, Person: &extract.Person{Name: name}}, "person.name", confidence, name)
}

func (r *release) institution(name string, confidence float64) *release {
	return r.fact(extract.Fact{Kind: extract.KindInstitution, Institution: &extract.Institution{Name: name}}, "institution.head", confidence, name)
}

func (r *release) date(value, quote string, confidence float64) *release {
	return r.fact(extract.Fact{Kind: extract.KindDate, Date: &extract.Date{Type: "date", Value: value, Anchor: "2025-06-19", AnchorFrom: "published"}}, "date.day", confidence, quote)
}

func (r *release) title(person, title, institution, quote string, confidence float64) *release {
	return r.fact(extract.Fact{Kind: extract.KindTitle, Title: &extract.Title{Person: person, Title: title, Institution: institution, When: "current"}}, "title.apposition", confidence, quote)
}

func (r *release) agreement(a extract.Agreement, quote string, confidence float64) *release {
	return r.fact(extract.Fact{Kind: extract.KindAgreement, Agreement: &a}, "agreement.active", confidence, quote)
}

// sample is a release with a fact of every kind.
func sample(t testing.TB, source string) corpus.Item {
	const sentence = "Anna Keller, director of the Lund Institute, signed a memorandum with Zeta College on 18 June in Lund."
	text := "Institute and college work together\n\n" + sentence + "\nThe deans of both looked on.\n\n• training of teachers\n• exchange of students\n"
	r := newRelease(t, source, text)
	r.item.Doc.Zones = []document.Zone{
		{Start: 0, End: strings.Index(text, "\n"), Kind: document.Heading},
		{Start: strings.Index(text, "• training"), End: strings.Index(text, "• exchange") - 1, Kind: document.ListItem},
		{Start: strings.Index(text, "• exchange"), End: len(text) - 1, Kind: document.ListItem},
	}
	r.item.Doc.Publisher = document.Publisher{Name: "Lund Institute", From: "meta"}
	r.person("Anna Keller", 0.9).institution("Lund Institute", 0.8).institution("Zeta College", 0.85).date("2025-06-18", "18 June", 0.95)
	r.title("Anna Keller", "director", "Lund Institute", "Anna Keller, director of the Lund Institute", 0.7)
	r.agreement(extract.Agreement{Type: "memorandum", Status: "signed", Parties: []string{"Lund Institute", "Zeta College"}, Signatories: []string{"Anna Keller"}, Date: "2025-06-18", Place: "Lund"}, sentence, 0.6)
	return r.item
}

// many are releases with names that no two share, six facts each.
func many(t testing.TB, from, n int) []corpus.Item {
	items := make([]corpus.Item, n)
	for i := range items {
		k := from + i
		person, institution := "Person"+letters(k)+" Surname"+letters(k), "Institute"+letters(k)+" College"
		text := fmt.Sprintf("On %d May 2024, %s, director of the %s, spoke about the new building.\n", k%28+1, person, institution)
		r := newRelease(t, fmt.Sprintf("https://example.org/news/%06d", k), text)
		c := float64(k%50)/100 + 0.4
		r.person(person, c).institution(institution, c+0.05).date(fmt.Sprintf("2024-05-%02d", k%28+1), text[3:strings.Index(text, ",")], 0.95)
		r.title(person, "director", institution, text[strings.Index(text, "Person"):strings.Index(text, ", spoke")], c+0.02)
		items[i] = r.item
	}
	return items
}

// letters writes a number in letters.
func letters(n int) string {
	s := ""
	for {
		s += string(rune('a' + n%26))
		n /= 26
		if n == 0 {
			return s
		}
	}
}
