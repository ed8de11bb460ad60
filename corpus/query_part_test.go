package corpus

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dateline/ingest/document"
)

// TestParts reads a document in pieces of several lengths: together they are the document.
func TestParts(t *testing.T) {
	ctx := context.Background()
	s, err := Open(ctx, filepath.Join(t.TempDir(), "parts.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	text := strings.Repeat("Zoë Öztürk spoke in Łódź. 😀 It rained.\n", 40) + "Anna Berg left on 3 May 2024.\n"
	r := newRelease(t, "long.txt", "2024-05-05", text)
	r.person("Zoë Öztürk").person("Anna Berg").date("2024-05-03", "3 May 2024")
	heading := strings.Index(text, "Anna Berg")
	r.item.Doc.Zones = []document.Zone{{Start: 0, End: strings.IndexByte(text, '\n'), Kind: document.Heading}, {Start: heading, End: len(text) - 1, Kind: document.ListItem}}
	put(t, s, r.item)
	whole, err := s.Document(ctx, "1")
	if err != nil {
		t.Fatal(err)
	}
	for _, length := range []int{7, 50, 1000, 1 << 20} {
		var joined strings.Builder
		stated := map[string]bool{}
		zones := 0
		for from := 0; ; from += length {
			p, err := s.Part(ctx, 1, from, length)
			if err != nil {
				t.Fatal(err)
			}
			if p.Text == "" {
				break
			}
			joined.WriteString(p.Text)
			runes := []rune(whole.Doc.Text)
			if want := string(runes[p.From:p.To]); p.Text != want {
				t.Fatalf("the piece from %d is %q, want %q", p.From, p.Text, want)
			}
			for _, x := range p.Statements {
				stated[x.ID] = true
				touches := slices.ContainsFunc(x.Citations, func(c Citation) bool { return c.Start < p.To && c.End > p.From })
				if !touches {
					t.Errorf("the piece from %d does not state %s", p.From, x.ID)
				}
				if row, err := s.Fact(ctx, x.Fact); err != nil || p.FactVersions[x.Fact] != row.Version {
					t.Errorf("the version of %s is %q, want %q (%v)", x.Fact, p.FactVersions[x.Fact], row.Version, err)
				}
			}
			for _, z := range p.Zones {
				zones++
				if z.Start < 0 || z.End > len(p.Text) || z.Start >= z.End {
					t.Errorf("the zone %+v lies outside its piece of %d bytes", z, len(p.Text))
				}
				if z.Kind == document.ListItem && !strings.Contains("Anna Berg left on 3 May 2024.", p.Text[z.Start:z.End]) {
					t.Errorf("the list item is %q", p.Text[z.Start:z.End])
				}
			}
		}
		if joined.String() != whole.Doc.Text {
			t.Errorf("pieces of %d are not the text", length)
		}
		if len(stated) != len(whole.Statements) || zones < 2 {
			t.Errorf("pieces of %d state %d facts and have %d zones", length, len(stated), zones)
		}
	}
	if _, err := s.Part(ctx, 9, 0, 10); !IsNotFound(err) {
		t.Errorf("a document that is not there gives %v", err)
	}
	if p, err := s.Part(ctx, 1, -5, -5); err != nil || p.Text != "" {
		t.Errorf("a piece of nothing is %q (%v)", p.Text, err)
	}

	var citations []Citation
	for _, x := range whole.Statements {
		citations = append(citations, x.Citations...)
	}
	for _, around := range []int{0, 1, 10, 5000} {
		excerpts, err := s.Excerpts(ctx, citations, around, 8)
		if err != nil {
			t.Fatal(err)
		}
		for i, x := range excerpts {
			c := citations[i]
			runes := []rune(whole.Doc.Text)
			end := min(c.End, c.Start+8)
			from, to := max(c.Start-around, 0), min(end+around, len(runes))
			if want := string(runes[from:to]); x.Text != want || x.Text[x.Start:x.End] != string(runes[c.Start:end]) {
				t.Errorf("%q with %d around is %q, want %q", c.Quote, around, x.Text, want)
			}
			if x.Before != (from > 0) || x.After != (to < len(runes)) || x.Cut != (c.End > end) {
				t.Errorf("%q with %d around: before %v, after %v, cut %v", c.Quote, around, x.Before, x.After, x.Cut)
			}
		}
	}
	if _, err := s.Excerpts(ctx, []Citation{{Document: 9}}, 5, 5); !IsNotFound(err) {
		t.Errorf("an excerpt of a document that is not there gives %v", err)
	}
}

// TestFactParts reads the statements of a fact in pieces: together they are Fact's, in its order.
func TestFactParts(t *testing.T) {
	ctx := context.Background()
	s, err := Open(ctx, filepath.Join(t.TempDir(), "parts.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for i, published := range []string{"2024-05-01", "", "XXXX-02-03", "2023-01-01", "2024-05-01", "2024", "", "2022-03"} {
		put(t, s, newRelease(t, string(rune('h'-i))+".txt", published, "It opened in 2020 and again in 2020, says 2021.").date("2020", "2020").item)
	}
	rows, err := s.Facts(ctx, Filter{})
	if err != nil || len(rows) != 1 {
		t.Fatalf("%d facts (%v)", len(rows), err)
	}
	whole, err := s.Fact(ctx, rows[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for from := 0; ; from += 3 {
		part, all, err := s.FactPart(ctx, rows[0].ID[:6], from, 3)
		if err != nil || all != 8 || part.Version != whole.Version {
			t.Fatalf("part from %d: %d in all, version %s (%v)", from, all, part.Version, err)
		}
		if len(part.Statements) == 0 {
			break
		}
		for _, x := range part.Statements {
			got = append(got, x.Source)
		}
	}
	var want []string
	for _, x := range whole.Statements {
		want = append(want, x.Source)
	}
	if !slices.Equal(got, want) {
		t.Errorf("the parts have %v, Fact has %v", got, want)
	}
	if _, _, err := s.FactPart(ctx, "ffff", 0, 1); !IsNotFound(err) {
		t.Errorf("a fact that is not there gives %v", err)
	}
	if err := s.Writable(ctx); err != nil {
		t.Errorf("a database that was just written is not writable: %v", err)
	}
	readOnly, err := Open(ctx, s.Path(), Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer readOnly.Close()
	if err := readOnly.Writable(ctx); err == nil {
		t.Error("a database that is open for reading is writable")
	}
}
