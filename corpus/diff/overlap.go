package diff

import (
	"cmp"
	"slices"

	"dateline/extract"
)

// candidate is a pair of facts that cite overlapping words.
type candidate struct {
	i, j    int
	common  int // what they have in common
	overlap int // bytes
}

// place is a citation of a fact, in bytes of the text of b.
type place struct {
	start, end int
	fact       int
	ofA        bool
}

// mostOpen bounds the citations that are open at one place of a text while they are
// compared. Real sentences have a handful of one kind; a text that was made to be slow
// may have thousands.
const mostOpen = 32

// overlaps lists the pairs of facts without a partner that may be one fact: of one kind,
// citing overlapping words, with something in common where overlapping words alone say
// little. The best pairs come first.
func overlaps(a, b *side) []candidate {
	var places = map[extract.Kind][]place{}
	var move *shift
	for i, f := range a.facts {
		if a.taken[i] {
			continue
		}
		if move == nil {
			move = newShift(a.doc.Text, b.doc.Text)
		}
		for _, c := range f.Citations {
			if span, ok := move.span(c.Span); ok {
				places[f.Kind] = append(places[f.Kind], place{span.Start, span.End, i, true})
			}
		}
	}
	if move == nil {
		return nil
	}
	for j, f := range b.facts {
		if b.taken[j] {
			continue
		}
		for _, c := range f.Citations {
			places[f.Kind] = append(places[f.Kind], place{c.Start, c.End, j, false})
		}
	}
	found := map[[2]int]int{}
	for _, list := range places {
		sweep(list, found)
	}
	out := make([]candidate, 0, len(found))
	for p, bytes := range found {
		x, y := a.facts[p[0]], b.facts[p[1]]
		c := candidate{p[0], p[1], common(&x.Fact, &y.Fact), bytes}
		if c.common == 0 && (x.Kind == extract.KindTitle || x.Kind == extract.KindAgreement) {
			continue // two posts of one list, two agreements of one sentence
		}
		out = append(out, c)
	}
	slices.SortFunc(out, func(x, y candidate) int {
		return cmp.Or(cmp.Compare(y.common, x.common), cmp.Compare(y.overlap, x.overlap), cmp.Compare(x.i, y.i), cmp.Compare(x.j, y.j))
	})
	return out
}

// sweep adds up, for each pair of facts of different sides, the bytes that both cite.
func sweep(list []place, found map[[2]int]int) {
	slices.SortFunc(list, func(x, y place) int {
		first := 0
		if x.ofA != y.ofA {
			first = 1
			if x.ofA {
				first = -1
			}
		}
		return cmp.Or(cmp.Compare(x.start, y.start), cmp.Compare(x.end, y.end), first, cmp.Compare(x.fact, y.fact))
	})
	var open [2][]place // of a, of b
	for _, p := range list {
		mine, other := 0, 1
		if !p.ofA {
			mine, other = 1, 0
		}
		open[other] = slices.DeleteFunc(open[other], func(o place) bool { return o.end <= p.start })
		for _, o := range open[other] {
			key := [2]int{p.fact, o.fact}
			if !p.ofA {
				key = [2]int{o.fact, p.fact}
			}
			found[key] += min(o.end, p.end) - p.start
		}
		open[mine] = append(open[mine], p)
		if len(open[mine]) > mostOpen {
			open[mine] = open[mine][1:]
		}
	}
}
