package eval

import "strings"

// normalizer normalizes names once each. It belongs to one document of one Score call: a
// table for the life of the program would grow with every run.
type normalizer map[string]string

func (n normalizer) norm(text string) string {
	if text == "" {
		return ""
	}
	s, ok := n[text]
	if !ok {
		s = normalize(text)
		n[text] = s
	}
	return s
}

func (n normalizer) set(texts ...[]string) map[string]bool {
	out := make(map[string]bool)
	for _, list := range texts {
		for _, t := range list {
			out[n.norm(t)] = true
		}
	}
	return out
}

// named is a gold person or institution by its names, normalized.
type named struct {
	name   string
	own    map[string]bool // name and also
	all    map[string]bool // own and the aliases
	alias  map[string]bool // aliases that are no own name
	parent string
}

// roster is the gold's people or institutions, by name.
type roster struct {
	items    []named
	optional []bool
	byOwn    map[string][]int
	byAny    map[string][]int
}

func newRoster() *roster {
	return &roster{byOwn: map[string][]int{}, byAny: map[string][]int{}}
}

func (r *roster) add(n normalizer, name string, also, aliases []string, parent string, optional bool) {
	item := named{name: n.norm(name), own: n.set([]string{name}, also), alias: map[string]bool{}}
	item.all = n.set([]string{name}, also, aliases)
	for a := range n.set(aliases) {
		if !item.own[a] {
			item.alias[a] = true
		}
	}
	if parent != "" {
		item.parent = n.norm(parent)
	}
	i := len(r.items)
	for name := range item.own {
		r.byOwn[name] = append(r.byOwn[name], i)
	}
	for name := range item.all {
		r.byAny[name] = append(r.byAny[name], i)
	}
	r.items = append(r.items, item)
	r.optional = append(r.optional, optional)
}

// same reports whether name refers to what wanted names: the items that have wanted as
// their own name, or failing that as an alias. One step only: an acronym that two items
// share does not make them one. Both names are normalized.
func (r *roster) same(name, wanted string) bool {
	if name == "" {
		return false
	}
	if name == wanted {
		return true
	}
	owners := r.byOwn[wanted]
	if len(owners) == 0 {
		owners = r.byAny[wanted]
	}
	for _, i := range owners {
		if r.items[i].all[name] {
			return true
		}
	}
	return false
}

// akin reports whether two normalized names are a unit and its parent by the gold, or one
// is a run of words of the other ("Tonga", "Government of Tonga").
func (r *roster) akin(a, b string) bool {
	return within(a, b) || within(b, a) || r.unitOf(a, b) || r.unitOf(b, a)
}

func (r *roster) unitOf(unit, parent string) bool {
	for _, i := range r.items {
		if i.parent != "" && r.same(i.name, unit) && r.same(parent, i.parent) {
			return true
		}
	}
	return false
}

// aliasCount counts one person's aliases; a form that holds one of the person's forms
// ("Mr. Zheng") is neither right nor wrong.
func aliasCount(n normalizer, g named, s Fact) Count {
	var c Count
	got := n.set(s.Aliases)
	for a := range got {
		switch {
		case g.own[a]:
		case g.alias[a]:
			c.TP++
		case !holdsAny(a, g.all):
			c.FP++
		}
	}
	c.FN = len(g.alias) - c.TP
	return c
}

func holdsAny(text string, names map[string]bool) bool {
	for n := range names {
		if within(n, text) {
			return true
		}
	}
	return false
}

// wordSet is the set of words of a normalized text.
func wordSet(text string) map[string]bool {
	out := make(map[string]bool)
	for w := range strings.FieldsSeq(text) {
		out[w] = true
	}
	return out
}
