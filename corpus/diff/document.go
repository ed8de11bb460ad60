package diff

import (
	"cmp"
	"slices"
	"strings"

	"dateline/corpus"
	"dateline/extract"
)

// Decisions are what people decided about facts of one document that it does not state any
// more, by what they claim.
type Decisions map[string]corpus.ReviewState

// Add records a decision about a fact that is not stated.
func (d Decisions) Add(f *extract.Fact, state corpus.ReviewState) { d[claimed(f)] = state }

// Compare compares two readings of one document. Either may be nil, but not both. The
// decisions are those of each side about facts that it does not state any more.
func Compare(old, now *Document, oldGone, nowGone Decisions) Result {
	r := Result{Old: old, New: now, Same: map[extract.Kind]int{}}
	switch {
	case now == nil:
		for i := range old.Facts {
			r.Changes = append(r.Changes, Change{What: Lost, Kind: old.Facts[i].Kind, Old: &old.Facts[i]})
		}
	case old == nil:
		for i := range now.Facts {
			r.Changes = append(r.Changes, Change{What: Gained, Kind: now.Facts[i].Kind, New: &now.Facts[i]})
		}
	default:
		r.compare()
	}
	for i := range r.Changes {
		r.Changes[i].cross(oldGone, nowGone)
	}
	slices.SortStableFunc(r.Changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(uint(slices.Index(extract.Kinds, a.Kind)), uint(slices.Index(extract.Kinds, b.Kind))), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.place(), b.place()))
	})
	return r
}

// place is where a change stands, in bytes of the text that has it; of both texts the lesser,
// so that it does not depend on which is the old one.
func (c Change) place() int {
	switch {
	case c.Old == nil:
		return c.New.Citations[0].Start
	case c.New == nil:
		return c.Old.Citations[0].Start
	}
	return min(c.Old.Citations[0].Start, c.New.Citations[0].Start)
}

// cross says what people decided about a change.
func (c *Change) cross(oldGone, nowGone Decisions) {
	decided := func(f *Fact, other Decisions) corpus.ReviewState {
		switch f.State {
		case corpus.ReviewAccepted, corpus.ReviewRejected:
			return f.State
		}
		return other[claimed(&f.Fact)]
	}
	if c.Old != nil {
		c.Decided = decided(c.Old, nowGone)
	}
	if c.New != nil {
		state := decided(c.New, oldGone)
		c.Revived = state == corpus.ReviewRejected && (c.Old == nil || c.claims())
		if c.Old == nil {
			c.Decided = state
		}
	}
	if c.What == Changed && c.Old.Edited != nil {
		c.Adopted = claimed(c.Old.Edited) == claimed(&c.New.Fact)
	}
}

// side is one reading of a document while it is paired.
type side struct {
	doc   *Document
	facts []*Fact // in output order
	ids   []string
	taken []bool
}

func newSide(doc *Document, source string) *side {
	s := &side{doc: doc, taken: make([]bool, len(doc.Facts))}
	s.facts = make([]*Fact, len(doc.Facts))
	for i := range doc.Facts {
		s.facts[i] = &doc.Facts[i]
	}
	slices.SortStableFunc(s.facts, func(a, b *Fact) int {
		x, y := a.Citations[0], b.Citations[0]
		return cmp.Or(strings.Compare(string(a.Kind), string(b.Kind)), cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End),
			strings.Compare(stated(&a.Fact), stated(&b.Fact)))
	})
	plain := make([]extract.Fact, len(s.facts))
	for i, f := range s.facts {
		plain[i] = f.Fact
	}
	s.ids = corpus.IDs(source, plain)
	return s
}

// compare pairs the facts of both readings. The pairing does not depend on which is the old
// one: see the package's reasons.
func (r *Result) compare() {
	source := min(r.Old.Source, r.New.Source)
	a, b := newSide(r.Old, source), newSide(r.New, source)
	swapped := order(a, b) > 0
	if swapped {
		a, b = b, a
	}
	note := func(x, y *Fact) {
		old, now := x, y
		if swapped {
			old, now = y, x
		}
		if slots := differing(&old.Fact, &now.Fact); len(slots) > 0 {
			r.Changes = append(r.Changes, Change{What: Changed, Kind: old.Kind, Old: old, New: now, Slots: slots})
		} else {
			r.Same[old.Kind]++
		}
	}
	pair := func(i, j int) {
		a.taken[i], b.taken[j] = true, true
		note(a.facts[i], b.facts[j])
	}
	byKey := func(keyA, keyB func(i int) string) {
		waiting := map[string][]int{}
		for j := range b.facts {
			if !b.taken[j] {
				k := keyB(j)
				waiting[k] = append(waiting[k], j)
			}
		}
		for i := range a.facts {
			if a.taken[i] {
				continue
			}
			if k := keyA(i); len(waiting[k]) > 0 {
				pair(i, waiting[k][0])
				waiting[k] = waiting[k][1:]
			}
		}
	}
	byKey(func(i int) string { return stated(&a.facts[i].Fact) }, func(j int) string { return stated(&b.facts[j].Fact) })
	byKey(func(i int) string { return string(a.facts[i].Kind) + a.ids[i] }, func(j int) string { return string(b.facts[j].Kind) + b.ids[j] })
	for _, p := range overlaps(a, b) {
		if !a.taken[p.i] && !b.taken[p.j] {
			pair(p.i, p.j)
		}
	}
	rest := func(s *side, old bool) {
		for i, f := range s.facts {
			switch {
			case s.taken[i]:
			case old:
				r.Changes = append(r.Changes, Change{What: Lost, Kind: f.Kind, Old: f})
			default:
				r.Changes = append(r.Changes, Change{What: Gained, Kind: f.Kind, New: f})
			}
		}
	}
	rest(a, !swapped)
	rest(b, swapped)
}

// order compares two sides by their content.
func order(a, b *side) int {
	if c := strings.Compare(a.doc.Text, b.doc.Text); c != 0 {
		return c
	}
	for i := range min(len(a.facts), len(b.facts)) {
		x, y := a.facts[i], b.facts[i]
		c := cmp.Or(strings.Compare(stated(&x.Fact), stated(&y.Fact)), slices.CompareFunc(x.Citations, y.Citations, func(c, d extract.Citation) int {
			return cmp.Or(cmp.Compare(c.Start, d.Start), cmp.Compare(c.End, d.End))
		}))
		if c != 0 {
			return c
		}
	}
	return cmp.Compare(len(a.facts), len(b.facts))
}
