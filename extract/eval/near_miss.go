package eval

import (
	"fmt"
	"slices"
	"strings"
)

// NearMiss is what a text almost states: a fact that somebody who reviewed the text
// rejected. The fields are those of the exchange format. Near misses enter no metric, and
// other scorers do not know them: where the gold is right, one that comes back is a
// spurious item already. They are counted on their own, because a mistake that a person has
// put right once should not be made again.
type NearMiss struct {
	Kind        string   `json:"kind"`
	Quote       string   `json:"quote"` // words of the text that it was read from
	Type        string   `json:"type"`
	Value       string   `json:"value"`
	Mod         string   `json:"mod"`
	Name        string   `json:"name"`
	Parent      string   `json:"parent"`
	Person      string   `json:"person"`
	Title       string   `json:"title"`
	Institution string   `json:"institution"`
	When        string   `json:"when"`
	Status      string   `json:"status"`
	Parties     []string `json:"parties"`
	Signatories []string `json:"signatories"`
	Date        string   `json:"date"`
	Place       string   `json:"place"`
	Subject     string   `json:"subject"`
}

// nearMisses reports near misses that a run states all the same, and counts them.
func (d *scorer) nearMisses(misses []NearMiss, facts []Fact) (back int) {
	if len(misses) == 0 {
		return 0
	}
	stated := make(map[string]*Fact)
	for i := range facts {
		for _, key := range d.factKeys(&facts[i]) {
			if stated[key] == nil {
				stated[key] = &facts[i]
			}
		}
	}
	for i := range misses {
		if f := stated[d.nearMissKey(&misses[i])]; f != nil {
			back++
			d.fail(Error{Metric: misses[i].Kind, Kind: "near miss", What: showFact(f), Cited: f.Citations})
		}
	}
	return back
}

// nearMissKey is what a fact must state to be the near miss again. A date is rejected with
// its words: "May" as a month of a list does not speak against another "May" with its value.
func (d *scorer) nearMissKey(m *NearMiss) string {
	switch m.Kind {
	case "date":
		return d.key(m.Kind, m.Quote, normalizeDate(m.Value), m.Mod)
	case "title":
		return d.key(m.Kind, m.Person, m.Title, m.Institution)
	case "agreement":
		return d.key(m.Kind, m.Type, m.Status, m.Date, m.Subject, d.list(m.Parties))
	}
	return d.key(m.Kind, m.Name, m.Parent)
}

// factKeys are the keys of a fact: one, or of a date one for each of its citations.
func (d *scorer) factKeys(f *Fact) []string {
	switch f.Kind {
	case "date":
		var out []string
		for _, c := range f.Citations {
			out = append(out, d.key(f.Kind, c.Quote, normalizeDate(f.Value), f.Mod))
		}
		return out
	case "title":
		return []string{d.key(f.Kind, f.Person, f.Title, f.Institution)}
	case "agreement":
		return []string{d.key(f.Kind, f.Type, f.Status, f.Date, f.Subject, d.list(f.Parties))}
	}
	return []string{d.key(f.Kind, f.Name, f.Parent)}
}

func (d *scorer) key(parts ...string) string {
	for i, p := range parts {
		parts[i] = d.norm(p)
	}
	return strings.Join(parts, "\x1f")
}

// list is one text for a list of names in any order.
func (d *scorer) list(names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = d.norm(n)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// nearMisses checks that each near miss has a known kind and words that the text holds.
func (v *validator) nearMisses() {
	for i, m := range v.gold.NearMisses {
		where := fmt.Sprintf("near_misses[%d] %q", i, m.Quote)
		if !slices.Contains(kindOrder, m.Kind) {
			v.fail(where, "has the kind %q; use one of %s", m.Kind, strings.Join(kindOrder, ", "))
		}
		if !v.holds(m.Quote) {
			v.fail(where, "is not in the text; copy the words as written")
		}
		if len(m.Name)+len(m.Title)+len(m.Value)+len(m.Parties)+len(m.Signatories)+len(m.Subject) == 0 {
			v.fail(where, "says nothing; give the values of its kind as the exchange format names them")
		}
	}
}
