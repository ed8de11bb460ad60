package diff

import (
	"maps"
	"slices"
	"strings"

	"dateline/corpus"
	"dateline/extract"
)

// Document is what one side states of one document.
type Document struct {
	Source string
	Text   string // citations are bytes of it
	Facts  []Fact
}

// Fact is one fact as the program read it, with what was decided about it.
type Fact struct {
	extract.Fact
	State  corpus.ReviewState // of a stored fact; "" in a run
	Edited *extract.Fact      // what a person made of it, or nil
}

// What happened to a fact.
type What string

// The kinds of change.
const (
	Lost    What = "lost"
	Gained  What = "gained"
	Changed What = "changed"
)

// Change is one fact that the sides do not agree on.
type Change struct {
	What     What
	Kind     extract.Kind
	Old, New *Fact  // nil where the side does not state it
	Slots    []Slot // Changed: the slots that differ
	// Decided is what a person decided about the fact: of a lost or changed one about the
	// old values, of a gained one about the new ones. "" when nobody did.
	Decided corpus.ReviewState
	// Adopted says of a changed fact that its new values are those of a person's edit.
	Adopted bool
	// Revived says of a gained or changed fact that its new values were rejected.
	Revived bool
}

// Slot is one slot of a changed fact. Lists are joined with "; ".
type Slot struct{ Name, Old, New string }

// Result is the comparison of one document. Old or New is nil when that side does not have it.
type Result struct {
	Old, New *Document
	Changes  []Change             // by kind and place
	Same     map[extract.Kind]int // facts that agree
}

// Count is how many facts of a kind are what.
type Count struct{ Lost, Gained, Changed, Same int }

// Summary counts over all documents.
type Summary struct {
	Kinds     map[extract.Kind]Count
	Documents int // that both sides have
	Differ    int // of these, those that differ
	OnlyOld   int
	OnlyNew   int

	LostAccepted    int // accepted facts that are lost
	ChangedAccepted int // accepted facts whose values changed, but not to those of an edit
	LostRejected    int // rejected facts that are lost
	Revived         int // rejected facts that are stated anew
	Adopted         int // facts that now are as a person had edited them
}

// All is the sum over kinds.
func (s Summary) All() Count {
	var all Count
	for _, c := range s.Kinds {
		all.Lost += c.Lost
		all.Gained += c.Gained
		all.Changed += c.Changed
		all.Same += c.Same
	}
	return all
}

// add counts a document.
func (s *Summary) add(r Result) {
	switch {
	case r.New == nil:
		s.OnlyOld++
	case r.Old == nil:
		s.OnlyNew++
	default:
		s.Documents++
		if len(r.Changes) > 0 {
			s.Differ++
		}
	}
	for kind, n := range r.Same {
		c := s.Kinds[kind]
		c.Same += n
		s.Kinds[kind] = c
	}
	for _, change := range r.Changes {
		c := s.Kinds[change.Kind]
		switch change.What {
		case Lost:
			c.Lost++
		case Gained:
			c.Gained++
		case Changed:
			c.Changed++
		}
		s.Kinds[change.Kind] = c
		accepted := change.Decided == corpus.ReviewAccepted
		switch {
		case change.Adopted:
			s.Adopted++
		case accepted && change.What == Lost:
			s.LostAccepted++
		case accepted && change.What == Changed && change.claims():
			s.ChangedAccepted++
		}
		if change.What == Lost && change.Decided == corpus.ReviewRejected {
			s.LostRejected++
		}
		if change.Revived {
			s.Revived++
		}
	}
}

// claims reports whether more than aliases changed: they are no claim of their own, and no
// decision depends on them.
func (c Change) claims() bool {
	return slices.ContainsFunc(c.Slots, func(s Slot) bool { return s.Name != "aliases" })
}

// slot is one value of a fact, or several.
type slot struct {
	name   string
	values []string
}

// slotsOf are the slots of a fact that are compared, in their usual order. How a date was
// worked out is none of them, nor rule and confidence.
func slotsOf(f *extract.Fact) []slot {
	one := func(name, value string) slot { return slot{name, []string{value}} }
	switch {
	case f.Date != nil:
		return []slot{one("type", f.Date.Type), one("value", f.Date.Value), one("mod", f.Date.Mod)}
	case f.Person != nil:
		return []slot{one("name", f.Person.Name), {"aliases", f.Person.Aliases}}
	case f.Institution != nil:
		return []slot{one("name", f.Institution.Name), {"aliases", f.Institution.Aliases}, one("parent", f.Institution.Parent)}
	case f.Title != nil:
		return []slot{one("person", f.Title.Person), one("title", f.Title.Title), one("institution", f.Title.Institution), one("when", f.Title.When)}
	case f.Agreement != nil:
		a := f.Agreement
		return []slot{one("type", a.Type), one("status", a.Status), {"parties", a.Parties}, {"signatories", a.Signatories},
			one("date", a.Date), one("place", a.Place), one("subject", a.Subject)}
	case f.Own != nil:
		var out []slot
		for _, s := range f.Own.Slots {
			out = append(out, one(s.Name, s.Value))
		}
		return out
	}
	return nil
}

// key is a slot's values in one text; the order of a list does not count.
func (s slot) key() string {
	values := slices.Clone(s.values)
	slices.Sort(values)
	return strings.Join(slices.Compact(values), "\x1e")
}

// stated is everything that a fact states, in one text.
func stated(f *extract.Fact) string { return states(f, true) }

// claimed is everything but the aliases.
func claimed(f *extract.Fact) string { return states(f, false) }

func states(f *extract.Fact, aliases bool) string {
	var b strings.Builder
	b.WriteString(string(f.Kind))
	for _, s := range slotsOf(f) {
		if aliases || s.name != "aliases" {
			b.WriteByte('\x1f')
			if f.Own != nil {
				b.WriteString(s.name + "=") // not every fact of an own kind has every slot
			}
			b.WriteString(s.key())
		}
	}
	return b.String()
}

// aligned are the slots of two facts of one kind, the same slot at the same index.
func aligned(a, b *extract.Fact) (x, y []slot) {
	if a.Own == nil || b.Own == nil {
		return slotsOf(a), slotsOf(b)
	}
	left, right := a.Own.Values(), b.Own.Values()
	names := maps.Clone(left)
	maps.Copy(names, right)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		x = append(x, slot{name, []string{left[name]}})
		y = append(y, slot{name, []string{right[name]}})
	}
	return x, y
}

// differing lists the slots that differ between two facts of one kind.
func differing(old, now *extract.Fact) []Slot {
	var out []Slot
	before, after := aligned(old, now)
	for i := range min(len(before), len(after)) {
		if before[i].key() != after[i].key() {
			out = append(out, Slot{before[i].name, strings.Join(before[i].values, "; "), strings.Join(after[i].values, "; ")})
		}
	}
	return out
}

// common counts what two facts of one kind have in common: equal slots that are not empty,
// and of lists the values that both have. The type, status and time of a fact are too few
// to tell anything.
func common(a, b *extract.Fact) int {
	n := 0
	x, y := aligned(a, b)
	for i := range min(len(x), len(y)) {
		switch x[i].name {
		case "type", "status", "when", "mod":
			continue
		}
		for _, v := range x[i].values {
			if v != "" && slices.Contains(y[i].values, v) {
				n++
			}
		}
	}
	return n
}
