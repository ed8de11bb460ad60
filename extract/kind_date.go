package extract

import (
	"fmt"
	"sort"
	"strings"

	"dateline/extract/dates"
)

// dateFacts groups date mentions by type, value and modifier: one fact a value, each
// citation one expression with it.
func (p *page) dateFacts() {
	type key struct{ kind, value, mod string }
	at := map[key]int{}
	var facts []Fact
	for _, m := range p.dates {
		k := key{m.Type, m.Value, m.Mod}
		i, ok := at[k]
		if !ok {
			i = len(facts)
			at[k] = i
			facts = append(facts, Fact{Kind: KindDate, Rule: m.Rule, Confidence: dateConfidence(m), Date: &Date{
				Type: m.Type, Value: m.Value, Mod: m.Mod, Anchor: m.Anchor, AnchorFrom: m.AnchorFrom, Alternatives: m.Alternatives,
			}})
		}
		facts[i].Citations = append(facts[i].Citations, p.cite(m.Span, m.Rule))
	}
	p.facts = append(p.facts, facts...)
}

// dateConfidence is lower where the value was resolved or stays ambiguous.
func dateConfidence(m dates.Mention) float64 {
	switch {
	case len(m.Alternatives) > 0:
		return 0.6
	case m.AnchorFrom == "":
		return 0.97
	case m.AnchorFrom == "text":
		return 0.85
	}
	return 0.92
}

// sortFacts puts facts into the order of the exchange format: kind, first citation, content.
func sortFacts(facts []Fact) {
	rank := map[Kind]int{}
	for i, k := range Kinds {
		rank[k] = i
	}
	sort.SliceStable(facts, func(a, b int) bool {
		x, y := facts[a], facts[b]
		if of := func(f Fact) int {
			if n, known := rank[f.Kind]; known {
				return n
			}
			return len(rank)
		}; of(x) != of(y) {
			return of(x) < of(y)
		}
		if x.Kind != y.Kind {
			return x.Kind < y.Kind
		}
		if x.Citations[0].Span != y.Citations[0].Span {
			if x.Citations[0].Start != y.Citations[0].Start {
				return x.Citations[0].Start < y.Citations[0].Start
			}
			return x.Citations[0].End < y.Citations[0].End
		}
		return content(x) < content(y)
	})
}

// content is a text of all slots of a fact, for ordering.
func content(f Fact) string {
	switch {
	case f.Date != nil:
		return f.Date.Value + "\x00" + f.Date.Mod + "\x00" + f.Date.Type
	case f.Person != nil:
		return f.Person.Name
	case f.Institution != nil:
		return f.Institution.Name
	case f.Title != nil:
		return f.Title.Person + "\x00" + f.Title.Title + "\x00" + f.Title.Institution
	case f.Agreement != nil:
		return strings.Join(f.Agreement.Parties, "\x00") + "\x00" + f.Agreement.Type + "\x00" + f.Agreement.Subject
	case f.Own != nil:
		return fmt.Sprint(f.Own.Slots)
	}
	return ""
}
