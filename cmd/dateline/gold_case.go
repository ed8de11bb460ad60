package main

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"dateline/corpus"
	"dateline/extract"
	"dateline/extract/eval"
	"dateline/ingest"
	"dateline/ingest/document"
)

// goldRelease is the file of a gold case that holds its text.
type goldRelease struct {
	name    string
	bytes   []byte
	doc     document.Document // as eval will read it
	cleaned bool              // the bytes are not those that came
}

// releaseFile finds the form in which a stored document reads the same from a file of its own:
// its bytes, else its cleaned text.
func releaseFile(stored corpus.Stored, name string) (goldRelease, error) {
	reads := func(r goldRelease) (goldRelease, bool) {
		docs, err := ingest.Read(ingest.Raw{Source: r.name, Bytes: r.bytes}, ingest.Options{})
		if err != nil || len(docs) != 1 || docs[0].Text != stored.Doc.Text {
			return r, false
		}
		r.doc = docs[0]
		return r, true
	}
	if stored.ReadAs.Container == "" {
		extensions := []string{".html", ".txt"}
		switch strings.ToLower(path.Ext(stored.Source)) {
		case ".txt", ".text", ".md":
			extensions = []string{".txt", ".html"}
		}
		for _, extension := range extensions {
			if r, ok := reads(goldRelease{name: name + extension, bytes: stored.Raw}); ok {
				return r, nil
			}
		}
	}
	if r, ok := reads(goldRelease{name: name + ".txt", bytes: []byte(stored.Doc.Text), cleaned: true}); ok {
		return r, nil
	}
	return goldRelease{}, fmt.Errorf("%s: %w", stored.Source, errNoRelease)
}

var errNoRelease = errors.New("neither its bytes nor its cleaned text read the same from a file; write the case by hand")

// goldCase makes gold of what was decided about a document. What is not rejected counts as
// accepted: whether that may be, the caller has asked.
func goldCase(doc corpus.DocumentDetail, name, file string) eval.Case {
	c := eval.Case{Name: name, Document: file}
	if value := doc.Doc.Published.Value; value != "" {
		c.Published = &value
	}
	for _, s := range doc.Statements {
		if s.Value.Own != nil {
			continue // gold has no place for the kinds of a user's rules; those bring examples of their own
		}
		if s.State == corpus.ReviewRejected {
			c.NearMisses = append(c.NearMisses, nearMisses(s)...)
			continue
		}
		switch v := s.Value; {
		case v.Date != nil:
			if v.Date.Type != "date" && v.Date.Type != "time" {
				continue // durations and sets are no items of gold
			}
			first := len(c.Dates)
			for _, cite := range s.Citations {
				again := func(d eval.GoldDate) bool { return eval.SameName(d.Text, cite.Quote) } // "Today", "today"
				if !slices.ContainsFunc(c.Dates[first:], again) {
					c.Dates = append(c.Dates, eval.GoldDate{Text: cite.Quote, Value: v.Date.Value, Mod: v.Date.Mod})
				}
			}
		case v.Person != nil:
			c.People = append(c.People, eval.GoldPerson{Name: v.Person.Name, Aliases: v.Person.Aliases})
		case v.Institution != nil:
			c.Institutions = append(c.Institutions, eval.GoldInstitution{Name: v.Institution.Name, Aliases: v.Institution.Aliases, Parent: v.Institution.Parent})
		case v.Title != nil:
			t := eval.GoldTitle{Person: v.Title.Person, Title: v.Title.Title, When: unlessIs(v.Title.When, "current")}
			if v.Title.Institution != "" {
				t.Institution = &v.Title.Institution
			}
			c.Titles = append(c.Titles, t)
		case v.Agreement != nil:
			g := v.Agreement
			c.Agreements = append(c.Agreements, eval.GoldAgreement{Type: g.Type, Status: g.Status, Parties: g.Parties, Signatories: g.Signatories,
				Date: g.Date, Place: g.Place, Subject: g.Subject,
				Optional: len(g.Parties) < 2}) // its other side is not named (annotation guidelines)
		}
	}
	return c
}

// nearMisses are what a rejected statement claims; of a date, once for each of its
// expressions.
func nearMisses(s corpus.Statement) []eval.NearMiss {
	m := eval.NearMiss{Kind: string(s.Kind)}
	if len(s.Citations) > 0 {
		m.Quote = s.Citations[0].Quote
	}
	switch v := s.Value; {
	case v.Date != nil:
		m.Type, m.Value, m.Mod = unlessIs(v.Date.Type, "date"), v.Date.Value, v.Date.Mod
		var out []eval.NearMiss
		seen := map[string]bool{}
		for _, c := range s.Citations {
			if !seen[c.Quote] {
				seen[c.Quote] = true
				m.Quote = c.Quote
				out = append(out, m)
			}
		}
		return out
	case v.Person != nil:
		m.Name = v.Person.Name
	case v.Institution != nil:
		m.Name, m.Parent = v.Institution.Name, v.Institution.Parent
	case v.Title != nil:
		m.Person, m.Title, m.Institution, m.When = v.Title.Person, v.Title.Title, v.Title.Institution, unlessIs(v.Title.When, "current")
	case v.Agreement != nil:
		g := v.Agreement
		m.Type, m.Status, m.Parties, m.Signatories, m.Date, m.Place, m.Subject = g.Type, g.Status, g.Parties, g.Signatories, g.Date, g.Place, g.Subject
	}
	return []eval.NearMiss{m}
}

// goldPlurals are the kinds of fact as they are counted.
var goldPlurals = map[extract.Kind]string{
	extract.KindDate: "dates", extract.KindPerson: "people", extract.KindInstitution: "institutions",
	extract.KindTitle: "titles", extract.KindAgreement: "agreements",
}

// goldCounts says what a gold file holds.
func goldCounts(c eval.Case) string {
	var parts []string
	for _, x := range []struct {
		n    int
		kind extract.Kind
	}{{len(c.Dates), extract.KindDate}, {len(c.People), extract.KindPerson}, {len(c.Institutions), extract.KindInstitution},
		{len(c.Titles), extract.KindTitle}, {len(c.Agreements), extract.KindAgreement}} {
		parts = append(parts, plural(x.n, string(x.kind), goldPlurals[x.kind]))
	}
	return strings.Join(parts, ", ") + "; " + plural(len(c.NearMisses), "near miss", "near misses")
}
