package extract

import (
	"fmt"
	"slices"
	"strings"

	"dateline/ingest/document"
)

// CheckRules reads the examples and near misses of the rules and says what is wrong with them: an
// example that does not give exactly its facts, or that another rule reads differently; and a near
// miss in which the rule reads something. own restricts it to the rules of a user's folder.
func (ex *Extractor) CheckRules(own bool) []*RuleError {
	var wrong []*RuleError
	for _, r := range ex.book.rules {
		if own && !r.Own {
			continue
		}
		fail := func(line int, format string, args ...any) {
			wrong = append(wrong, &RuleError{File: r.File, Line: line, Rule: r.Name, Problem: fmt.Sprintf(format, args...)})
		}
		for _, e := range r.Examples {
			found := ex.findings(e.Text)
			got := found[r.Name]
			for _, f := range e.Facts {
				want := ruleFact(f)
				if i := slices.Index(got, want); i >= 0 {
					got = slices.Delete(slices.Clone(got), i, i+1)
					continue
				}
				fail(e.Line, "its example %q does not give %s; %s", clipped(e.Text), want, ex.explain(r, e.Text, found[r.Name]))
			}
			for _, extra := range got {
				fail(e.Line, "its example %q gives %s too; add it to the facts, or make the pattern narrower", clipped(e.Text), extra)
			}
			for _, other := range ex.book.rules {
				if other.Kind != r.Kind || other.Name == r.Name {
					continue
				}
				for _, f := range found[other.Name] {
					if !slices.ContainsFunc(e.Facts, func(one Fact) bool { return ruleFact(one) == f }) {
						fail(e.Line, "its example %q is read differently by %s: %s; one of the two is too wide", clipped(e.Text), other.Name, f)
					}
				}
			}
		}
		for _, e := range r.Never {
			for _, f := range ex.findings(e.Text)[r.Name] {
				fail(e.Line, "its near miss %q gives %s; make the pattern narrower", clipped(e.Text), f)
			}
		}
	}
	return wrong
}

// findings are the facts that each rule reads in a text, as text, each once.
func (ex *Extractor) findings(text string) map[string][]string {
	p := newPage(ex, document.Document{Language: "en", Text: text})
	for _, one := range steps {
		one.run(p)
	}
	found := map[string][]string{}
	for _, f := range p.ruled.found {
		if one := ruleFact(f.fact); !slices.Contains(found[f.rule.Name], one) {
			found[f.rule.Name] = append(found[f.rule.Name], one)
		}
	}
	return found
}

// explain says what a rule made of an example that it does not read as it should.
func (ex *Extractor) explain(r *Rule, text string, got []string) string {
	if len(got) > 0 {
		return "it gives " + strings.Join(got, " and ")
	}
	p := newPage(ex, document.Document{Language: "en", Text: text})
	for _, one := range steps {
		one.run(p)
	}
	var names []string
	for _, m := range p.inTextOrder() {
		if name := map[mentionType]string{personName: "person", institutionName: "institution", placeName: "place", dateName: "date"}[p.mentions[m].Type]; name != "" && len(names) < 12 {
			names = append(names, fmt.Sprintf("<%s> %q", name, clipped(p.mentionText(m))))
		}
	}
	for _, one := range p.ruled.posts {
		if len(names) < 16 {
			names = append(names, fmt.Sprintf("<title> %q", clipped(p.span(one.first, one.last).Of(p.text))))
		}
	}
	if len(names) == 0 {
		return "the pattern does not match, and the program finds no names in it"
	}
	return "the pattern does not match; the program finds " + strings.Join(names, ", ")
}

// ruleFact writes what a rule can say of a fact on one line.
func ruleFact(f Fact) string {
	var parts []string
	add := func(name, value string) {
		if value != "" {
			parts = append(parts, name+": "+value)
		}
	}
	switch {
	case f.Person != nil:
		add("name", f.Person.Name)
	case f.Institution != nil:
		add("name", f.Institution.Name)
	case f.Title != nil:
		add("person", f.Title.Person)
		add("title", f.Title.Title)
		add("institution", f.Title.Institution)
		add("when", f.Title.When)
	case f.Agreement != nil:
		a := f.Agreement
		add("type", a.Type)
		add("status", a.Status)
		add("parties", strings.Join(a.Parties, " + "))
		add("signatories", strings.Join(a.Signatories, " + "))
		add("date", a.Date)
		add("place", a.Place)
		add("subject", a.Subject)
	case f.Own != nil:
		for _, s := range f.Own.Slots {
			add(s.Name, s.Value)
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}
