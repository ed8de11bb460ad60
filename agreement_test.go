package dateline_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dateline/extract/eval"
	"dateline/ingest"
)

const (
	samplePage   = "testdata/README.md"
	releases     = "testdata/releases"
	secondFolder = "testdata/second"
	refresh      = "go test -tags sqlite_fts5 . -run TestSample -update"
)

// TestSampleOfTwoAnnotators measures the second annotation against the first, as a run is measured
// against gold, and holds the table of testdata/README.md against the figures.
//
// A floor of agreement would ask an annotator to agree; the figures are only reported.
func TestSampleOfTwoAnnotators(t *testing.T) {
	second := slices.Concat(loadGold(t, filepath.Join(secondFolder, "look")), loadGold(t, filepath.Join(secondFolder, "keep")))
	folder := map[string]string{} // where the first annotation of a case is, "look" or "keep"
	var first []eval.Case
	for _, part := range []string{"look", "keep"} {
		for _, c := range loadGold(t, filepath.Join(releases, part)) {
			if slices.ContainsFunc(second, func(s eval.Case) bool { return s.Name == c.Name }) {
				first = append(first, c)
				folder[c.Name] = part
			}
		}
	}
	if len(first) != len(second) {
		t.Fatalf("%s has %d cases, of which %s has %d; give each the name of its release", secondFolder, len(second), releases, len(first))
	}
	for _, c := range second {
		text := cleaned(t, filepath.Join(releases, folder[c.Name], c.Document))
		for _, fault := range c.Validate(text) {
			t.Errorf("%s: %s", secondFolder, fault)
		}
		for _, d := range c.Dates {
			if !strings.Contains(text, d.Text) {
				t.Errorf("%s: %s: the date %q does not stand in the text as it is written", secondFolder, c.Name, d.Text)
			}
		}
	}
	for _, cases := range [][]eval.Case{first, second} {
		for _, m := range eval.Score(cases, stated(cases)).Metrics {
			if m.FP+m.FN > 0 {
				t.Errorf("an annotation measured against itself has %d differences of %s: stated says something else than the gold", m.FP+m.FN, m.Name)
			}
		}
	}

	of := func(cases []eval.Case, part string) []eval.Case {
		return slices.DeleteFunc(slices.Clone(cases), func(c eval.Case) bool { return folder[c.Name] != part })
	}
	there := eval.Score(first, stated(second))
	back := eval.Score(second, stated(first))
	bare := eval.Score(plain(first), stated(second))
	look := eval.Score(of(first, "look"), stated(second))
	keep := eval.Score(of(first, "keep"), stated(second))
	var rows []string
	for _, kind := range []struct{ name, metric string }{
		{"dates", "date.value"}, {"people", "person"}, {"their other names", "person.alias"},
		{"institutions", "institution"}, {"their parents", "institution.parent"}, {"titles", "title"},
		{"agreements", "agreement.found"}, {"their slots", "agreement"},
	} {
		get := func(r eval.Result) eval.Metric {
			m, ok := r.Metric(kind.metric)
			if !ok {
				t.Fatalf("no metric %s", kind.metric)
			}
			return m
		}
		a, b := get(there), get(back)
		rows = append(rows, fmt.Sprintf("| %s | %d | %d | %s | %s | %.3f | %.3f | %.3f |", kind.name,
			a.TP+a.FN, b.TP+b.FN, counts(get(look)), counts(get(keep)), a.F1(), b.F1(), get(bare).F1()))
	}
	rows = append(rows, fmt.Sprintf("| overall | | | %.3f | %.3f | %.3f | %.3f | %.3f |", look.Overall, keep.Overall, there.Overall, back.Overall, bare.Overall))
	checkTable(t, "| kind | items, first | items, second |", rows)

	// The differences of look may be read with -v; those of keep stay closed.
	for _, e := range slices.Concat(look.Errors(), eval.Score(of(second, "look"), stated(first)).Errors(),
		eval.Score(plain(of(first, "look")), stated(second)).Errors()) {
		if e.Kind != "uncited" { // an annotation cites nothing
			t.Logf("%s\t%s\t%s\t%s", e.Document, e.Metric, e.Kind, e.What)
		}
	}
}

// TestSampleIsCounted holds the counts of the sample in testdata/README.md against the folders.
func TestSampleIsCounted(t *testing.T) {
	var rows []string
	for _, part := range []string{"look", "keep"} {
		cases := loadGold(t, filepath.Join(releases, part))
		pages, without := 0, 0
		for _, c := range cases {
			if strings.HasSuffix(c.Document, ".html") {
				pages++
			}
			if len(c.Agreements) == 0 {
				without++
			}
		}
		rows = append(rows, fmt.Sprintf("| `%s` | %d | %d | %d | %d |", part, len(cases), len(cases)-pages, pages, without))
	}
	checkTable(t, "| folder | releases |", rows)
}

// counts are what both annotators have, what only the first and what only the second.
func counts(m eval.Metric) string { return fmt.Sprintf("%d / %d / %d", m.TP, m.FN, m.FP) }

func loadGold(t *testing.T, dir string) []eval.Case {
	t.Helper()
	cases, err := eval.LoadGold(dir)
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

// cleaned is the text of a release as the program reads it.
func cleaned(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	documents, err := ingest.Read(ingest.Raw{Source: file, Bytes: data}, ingest.Options{})
	if err != nil || len(documents) != 1 {
		t.Fatalf("%s: %d documents, %v", file, len(documents), err)
	}
	return documents[0].Text
}

// stated is an annotation as a run: every item that it asks for, in its preferred wording.
// Optional items are left out, because their annotator would not miss them; so one that the other
// asks for counts as missed. A run needs citations; an annotation has none but the words of dates.
func stated(cases []eval.Case) map[string]eval.Line {
	lines := map[string]eval.Line{}
	for _, c := range cases {
		line := eval.Line{Source: c.Document}
		for _, d := range c.Dates {
			if !d.Optional {
				line.Facts = append(line.Facts, eval.Fact{Kind: "date", Type: "date", Value: d.Value, Mod: d.Mod,
					Citations: []eval.Citation{{Object: true, Quote: d.Text, HasQuote: true}}})
			}
		}
		for _, p := range c.People {
			if !p.Optional {
				line.Facts = append(line.Facts, eval.Fact{Kind: "person", Name: p.Name, Aliases: p.Aliases})
			}
		}
		for _, i := range c.Institutions {
			if !i.Optional {
				line.Facts = append(line.Facts, eval.Fact{Kind: "institution", Name: i.Name, Aliases: i.Aliases, Parent: i.Parent})
			}
		}
		for _, p := range c.Titles {
			if p.Optional {
				continue
			}
			fact := eval.Fact{Kind: "title", Person: p.Person, Title: p.Title}
			if p.Institution != nil {
				fact.Institution = *p.Institution
			}
			line.Facts = append(line.Facts, fact)
		}
		for _, a := range c.Agreements {
			if !a.Optional {
				line.Facts = append(line.Facts, eval.Fact{Kind: "agreement", Type: a.Type, Status: a.Status, Parties: a.Parties,
					Signatories: a.Signatories, Date: a.Date, Place: a.Place, Subject: a.Subject})
			}
		}
		lines[c.Name] = line
	}
	return lines
}

// plain is gold with one answer to each item: without optional items and other acceptable fills.
func plain(cases []eval.Case) []eval.Case {
	var all []eval.Case
	for _, c := range cases {
		c.Dates = slices.DeleteFunc(slices.Clone(c.Dates), func(d eval.GoldDate) bool { return d.Optional })
		for i := range c.Dates {
			c.Dates[i].Also, c.Dates[i].ModAlso = nil, nil
		}
		c.People = slices.DeleteFunc(slices.Clone(c.People), func(p eval.GoldPerson) bool { return p.Optional })
		for i := range c.People {
			c.People[i].Also = nil
		}
		c.Institutions = slices.DeleteFunc(slices.Clone(c.Institutions), func(n eval.GoldInstitution) bool { return n.Optional })
		for i := range c.Institutions {
			c.Institutions[i].Also = nil
		}
		c.Titles = slices.DeleteFunc(slices.Clone(c.Titles), func(p eval.GoldTitle) bool { return p.Optional })
		for i := range c.Titles {
			c.Titles[i].Also, c.Titles[i].InstitutionAlso = nil, nil
		}
		c.Agreements = slices.DeleteFunc(slices.Clone(c.Agreements), func(a eval.GoldAgreement) bool { return a.Optional })
		for i := range c.Agreements {
			a := &c.Agreements[i]
			a.TypeAlso, a.StatusAlso, a.PartiesAlso, a.SignatoriesAlso = nil, nil, nil, nil
			a.DateAlso, a.PlaceAlso, a.SubjectAlso = nil, nil, nil
		}
		all = append(all, c)
	}
	return all
}

// checkTable compares the rows below a table's head in testdata/README.md, or rewrites them.
func checkTable(t *testing.T, head string, want []string) {
	t.Helper()
	lines := readLines(t, samplePage)
	at := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, head) })
	if at < 0 || at+2 > len(lines) {
		t.Fatalf("%s has no table that begins with %q", samplePage, head)
	}
	from := at + 2
	to := from
	for to < len(lines) && strings.HasPrefix(lines[to], "|") {
		to++
	}
	if *update {
		page := slices.Concat(lines[:from], want, lines[to:])
		if err := os.WriteFile(samplePage, []byte(strings.Join(page, "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got := lines[from:to]; !slices.Equal(got, want) {
		t.Errorf("%s:%d: the table says\n%s\nmeasured:\n%s\nIf the new figures are right: %s", samplePage, from+1,
			strings.Join(got, "\n"), strings.Join(want, "\n"), refresh)
	}
}
