package corpus

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// searched is a small library to search.
func searched(t *testing.T) *Store {
	t.Helper()
	s := openTest(t)
	put(t, s, sample(t)...)
	put(t, s,
		titled(newRelease(t, "z/title.txt", "2022-01-01", "Nothing of it stands here."), "The seed drills of Naryn"),
		titled(newRelease(t, "z/text.txt", "2023-01-01", "Zoë Ångström bought seed drills for the co-operative farm. "+strings.Repeat("More words follow here. ", 40)+"At last the drills came, and the seed was sown."), "Farming"),
		titled(newRelease(t, "z/apart.txt", "", "The seed came first. The drills came later."), "Apart"),
		titled(newRelease(t, "z/北京.txt", "2024-02-02", "北京大学与兰州大学签署协议。北京大学。"), "大学合作"),
		titled(newRelease(t, "z/marks.txt", "2021-01-01", "A \x02 drill > \"quoted\" <b>drill</b> 100% of_it * here NEAR(a b) AND"), "title:\x02drill"))
	if err := s.Remove(context.Background(), "b/two.txt", "", ""); err != nil {
		t.Fatal(err)
	}
	return s
}

func titled(r *release, title string) Item {
	r.item.Doc.Title = title
	return r.item
}

func found1(t *testing.T, s *Store, q SearchQuery) (sources []string, result SearchResult) {
	t.Helper()
	result, err := s.Search(context.Background(), q)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	for _, h := range result.Hits {
		sources = append(sources, h.Source)
		checkHit(t, s, h)
	}
	return sources, result
}

// checkHit: a snippet is the text at its place, in code points.
func checkHit(t *testing.T, s *Store, h SearchHit) {
	t.Helper()
	d, err := s.Document(context.Background(), fmt.Sprint(h.Document))
	if err != nil {
		t.Fatal(err)
	}
	if joined(h.Title) != d.Title {
		t.Errorf("%s: the title is %q, not %q", h.Source, joined(h.Title), d.Title)
	}
	text := []rune(d.Doc.Text)
	if part := string(text[h.Snippet.Start:h.Snippet.End]); part != joined(h.Snippet.Parts) {
		t.Errorf("%s: the snippet %q is not the text at %d–%d, %q", h.Source, joined(h.Snippet.Parts), h.Snippet.Start, h.Snippet.End, part)
	}
	if h.Snippet.Before != (h.Snippet.Start > 0) || h.Snippet.After != (h.Snippet.End < len(text)) {
		t.Errorf("%s: the snippet does not say whether the text goes on: %+v", h.Source, h.Snippet)
	}
	if len(joined(h.Snippet.Parts)) > 2*snippetBytes+8 {
		t.Errorf("%s: a snippet of %d bytes", h.Source, len(joined(h.Snippet.Parts)))
	}
}

func joined(parts []TextPart) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.Text)
	}
	return b.String()
}

func hitsOf(parts []TextPart) (out []string) {
	for _, p := range parts {
		if p.Hit {
			out = append(out, p.Text)
		}
	}
	return out
}

func TestSearch(t *testing.T) {
	s := searched(t)
	for _, x := range []struct {
		query SearchQuery
		want  string
	}{
		{SearchQuery{Words: "seed drills"}, "z/title.txt z/apart.txt z/text.txt"}, // the title weighs more; then the shorter text
		{SearchQuery{Words: `"seed drills"`}, "z/title.txt z/text.txt"},
		{SearchQuery{Words: `“seed drills”`}, "z/title.txt z/text.txt"},
		{SearchQuery{Words: "seed -later"}, "z/title.txt z/text.txt"},
		{SearchQuery{Words: `seed -"drills came"`}, "z/title.txt"},
		{SearchQuery{Words: "dril*"}, "z/title.txt z/marks.txt z/apart.txt z/text.txt"},
		{SearchQuery{Words: "dril"}, ""},
		{SearchQuery{Words: "ZOE angstrom"}, "z/text.txt"},
		{SearchQuery{Words: "cooperative"}, ""},
		{SearchQuery{Words: "co-operative"}, "z/text.txt"},
		{SearchQuery{Words: "北京大学"}, "z/北京.txt"},
		{SearchQuery{Words: "大学 -兰州"}, ""},
		{SearchQuery{Words: "-seed -ministry -BTU -大学 -drill"}, ""},
		{SearchQuery{Words: "-seed -ministry -BTU -大学"}, "z/marks.txt"},
		{SearchQuery{Words: "seed", Since: "2022", Until: "2022"}, "z/title.txt z/apart.txt"}, // of an unknown date
		{SearchQuery{Words: "seed", Source: "TITLE"}, "z/title.txt"},
		{SearchQuery{Words: "BTU", Kind: "agreement"}, "a/one.txt"},
		{SearchQuery{Words: "BTU", Person: "tamm"}, "a/one.txt d/four.txt c/three.txt"},
		{SearchQuery{Kind: "agreement"}, "a/one.txt"},
		{SearchQuery{Institution: "karaganda mining"}, "a/one.txt"},
		{SearchQuery{Words: "seed", Limit: 1, Offset: 1}, "z/title.txt"},
		{SearchQuery{Words: "nowhere"}, ""},
		{SearchQuery{Words: "!!! — ... \" * -"}, ""},
		{SearchQuery{Words: "of_it 100% NEAR(a b) AND"}, "z/marks.txt"},
	} {
		got, _ := found1(t, s, x.query)
		if x.query.Words == "seed" && x.query.Limit > 0 {
			continue // see TestSearchPages
		}
		if strings.Join(got, " ") != x.want {
			t.Errorf("%+v finds %v, want %s", x.query, got, x.want)
		}
	}
	_, r := found1(t, s, SearchQuery{Words: "seed drills", Source: "z/text"})
	if h := r.Hits[0]; h.Hits != 4 || !slices.Equal(hitsOf(h.Snippet.Parts), []string{"seed", "drills"}) {
		t.Errorf("%+v", h)
	}
	_, r = found1(t, s, SearchQuery{Words: "大学"})
	if h := r.Hits[0]; h.Hits != 3 || !slices.Equal(hitsOf(h.Title), []string{"大学"}) || len(hitsOf(h.Snippet.Parts)) != 3 {
		t.Errorf("%+v", h)
	}
	_, r = found1(t, s, SearchQuery{Words: "drill", Source: "marks"}) // marks of its own do not confuse it
	if h := r.Hits[0]; !slices.Equal(hitsOf(h.Snippet.Parts), []string{"drill", "drill"}) || !slices.Equal(hitsOf(h.Title), []string{"drill"}) {
		t.Errorf("%+v", h)
	}
	for _, q := range []SearchQuery{{Kind: "rumour"}, {Since: "tomorrow"}, {Since: "2024", Until: "2023"}, {Person: "…"}} {
		if _, err := s.Search(context.Background(), q); err == nil || IsDatabase(err) {
			t.Errorf("%+v: %v", q, err)
		}
	}
}

// TestSearchPages: pages neither repeat nor miss a document.
func TestSearchPages(t *testing.T) {
	s := openTest(t)
	put(t, s, generate(t, 50)...)
	all, r := found1(t, s, SearchQuery{Words: "cooperation"})
	if r.Total != 50 || len(all) != 50 {
		t.Fatalf("%d of %d", len(all), r.Total)
	}
	var pages []string
	for offset := 0; offset < 60; offset += 7 {
		got, r := found1(t, s, SearchQuery{Words: "cooperation", Limit: 7, Offset: offset})
		if r.Total != 50 {
			t.Errorf("page from %d: of %d", offset, r.Total)
		}
		pages = append(pages, got...)
	}
	if !slices.Equal(all, pages) {
		t.Errorf("the pages hold %v", pages)
	}
}

// TestEveryStringIsAQuery throws at both searches what means something to FTS5, to SQL or to
// nobody.
func TestEveryStringIsAQuery(t *testing.T) {
	s := searched(t)
	pieces := []string{`"`, `"`, "*", "-", " ", " ", "(", ")", "AND", "OR", "NOT", "NEAR", "{", "}", ":", "^", "+", "'", "''", ";", "--", "/*", "\x00", "\xff", "\n", "\\", "%", "_", "title:", "text :", "seed", "drills", "大学", "é", "e\u0301", "\u202e", "🎉", "\ue000", "𞤀", "ﬁ", "İ", "1", "?", "?1", "$a", "@x", "“", "rank", "rowid"}
	rng := rand.New(rand.NewPCG(1, 2))
	queries := append(slices.Clone(pieces), strings.Repeat("a ", 5000), strings.Repeat(`"`, 999), strings.Repeat("(", 3000), strings.Repeat("-a ", 70), strings.Repeat("大", 4000), strings.Repeat("x", 100_000))
	for range 1500 {
		var b strings.Builder
		for range 1 + rng.IntN(8) {
			b.WriteString(pieces[rng.IntN(len(pieces))])
		}
		queries = append(queries, b.String())
	}
	hits := 0
	for _, q := range queries {
		got, _ := found1(t, s, SearchQuery{Words: q})
		hits += len(got)
		facts, err := s.SearchFacts(context.Background(), SearchQuery{Words: q})
		if err != nil {
			t.Fatalf("facts of %q: %v", q, err)
		}
		hits += len(facts.Hits)
	}
	if hits < 100 {
		t.Errorf("%d queries found only %d things", len(queries), hits)
	}
}

func TestSearchFacts(t *testing.T) {
	s := searched(t)
	for _, x := range []struct {
		query SearchQuery
		want  string // the lines of the first facts
	}{
		{SearchQuery{Words: "tamm"}, "Tamm | Anna-Liisa Tamm | Anna-Liisa Tamm, Rector, J. Orav Baltic Technical University"},
		{SearchQuery{Words: "anna-liisa rector"}, "Anna-Liisa Tamm, Rector, J. Orav Baltic Technical University"},
		{SearchQuery{Words: "btu", Kind: "institution"}, "J. Orav Baltic Technical University"}, // by an alias
		{SearchQuery{Words: "memorandum signed"}, "memorandum signed: J. Orav Baltic Technical University; Karaganda Mining College, 2024-03-01"},
		{SearchQuery{Words: "2024-03-01", Kind: "date"}, "2024-03-01"},
		{SearchQuery{Words: "march", Kind: "date"}, "2024-03-01"}, // by its quote
		{SearchQuery{Words: "karag*", Kind: "institution"}, "Karaganda Mining College"},
		{SearchQuery{Words: "ministry -latvia", Kind: "institution"}, "Ministry of Health | Ministry of Health of the Republic of Estonia"},
		{SearchQuery{Words: `"ministry of health" latvia`}, "Ministry of Health of Latvia"},
		{SearchQuery{Words: "tamm", Since: "2024", Until: "2024", Kind: "person"}, "Anna-Liisa Tamm"},
		{SearchQuery{Words: "tamm", Until: "1999", Source: "one.txt"}, "Anna-Liisa Tamm"},
		{SearchQuery{Words: "seed"}, ""}, // no fact says so
	} {
		r, err := s.SearchFacts(context.Background(), x.query)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, h := range r.Hits {
			lines = append(lines, h.Statement)
			d, err := s.Document(context.Background(), h.Source)
			if err != nil {
				t.Fatal(err)
			}
			if part := string([]rune(d.Doc.Text)[h.Start:h.End]); part != joined(h.Quote) {
				t.Errorf("%+v: the quote %q is not at its place, where %q is", x.query, joined(h.Quote), part)
			}
		}
		got := strings.Join(lines, " | ")
		if x.want == "" && got != "" || !strings.HasPrefix(got, x.want) {
			t.Errorf("%+v finds %s, want %s first", x.query, got, x.want)
		}
		if r.Total != len(r.Hits) {
			t.Errorf("%+v: %d of %d", x.query, len(r.Hits), r.Total)
		}
	}
	r, err := s.SearchFacts(context.Background(), SearchQuery{Words: "march 2024", Kind: "date"})
	if err != nil || len(r.Hits) != 1 || !slices.Equal(hitsOf(r.Hits[0].Quote), []string{"March", "2024"}) {
		t.Errorf("%+v, %v", r, err)
	}
	if _, err := s.Decide(context.Background(), Verdict{Action: Reject, Fact: r.Hits[0].ID, Who: "ann"}); err != nil {
		t.Fatal(err)
	}
	if r, err = s.SearchFacts(context.Background(), SearchQuery{Words: "march 2024", Kind: "date"}); err != nil || len(r.Hits) != 0 {
		t.Errorf("a rejected fact is found: %+v, %v", r, err)
	}
}

// TestSearchTakesLinearTime: a text that is nothing but hits.
func TestSearchTakesLinearTime(t *testing.T) {
	measure := func(n int) time.Duration {
		s := openTest(t)
		put(t, s, newRelease(t, "long.txt", "2024-01-01", strings.Repeat("drill seed 大学 ", n)).item)
		best := time.Hour
		for range 3 {
			begun := time.Now()
			for _, words := range []string{"drill", `"drill seed"`, "大学", "dr* -nothing"} {
				if got, r := found1(t, s, SearchQuery{Words: words}); len(got) != 1 || r.Hits[0].Hits < n/2 {
					t.Fatalf("%s: %v", words, got)
				}
			}
			best = min(best, time.Since(begun))
		}
		return best
	}
	small, large := measure(10_000), measure(40_000)
	t.Logf("10,000: %v, 40,000: %v", small, large)
	if large > 6*small && large > time.Second {
		t.Errorf("10,000 hits take %v, 40,000 take %v", small, large)
	}
}

// TestMarksAreThoseOfTheIndex compares the marks with what FTS5 itself would mark.
func TestMarksAreThoseOfTheIndex(t *testing.T) {
	words := []string{"Zoë", "ZOE", "zoe\u0308", "Łódź", "lodz", "co-operative", "co", "operative", "İstanbul", "straße", "STRASSE", "ﬁne", "x²", "Ⅻ", "ΑΒΓ", "αβγ", "Ёлка", "елка", "한국", "é", "e", "a", "a", "a", "b", "don't", "AT&T", "3.5", "--", "\u00a0", "naïve", "ǅ", "ς", "Σ", "ộ"}
	rng := rand.New(rand.NewPCG(5, 6))
	s := openTest(t)
	pick := func(n int) string {
		var list []string
		for range n {
			list = append(list, words[rng.IntN(len(words))])
		}
		return strings.Join(list, " ")
	}
	marked := 0
	for i := range 60 {
		text := pick(60)
		out := put(t, s, newRelease(t, fmt.Sprintf("%d.txt", i), "", text).item)
		for range 8 {
			query := pick(1 + rng.IntN(2))
			switch rng.IntN(3) {
			case 0:
				query = `"` + pick(1+rng.IntN(3)) + `"`
			case 1:
				query = strings.TrimSuffix(query, "&T") + "*"
			}
			terms, _ := readTerms(query)
			match := ftsQuery(terms)
			if match == "" {
				continue
			}
			var want string
			err := s.db.QueryRow("SELECT highlight(document_text, 1, '[', ']') FROM document_text WHERE document_text MATCH ? AND rowid = ?", match, out[0].Document).Scan(&want)
			if err == sql.ErrNoRows {
				continue
			} else if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			for _, p := range parts(text, 0, len(text), markTerms(text, terms)) {
				if p.Hit {
					marked++
					got.WriteString("[" + p.Text + "]")
				} else {
					got.WriteString(p.Text)
				}
			}
			if got.String() != want {
				t.Errorf("%q:\n%s\nwant\n%s", query, got.String(), want)
			}
		}
	}
	if marked < 300 {
		t.Errorf("only %d marks were compared", marked)
	}
}
