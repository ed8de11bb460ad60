package diff

import (
	"cmp"
	"hash/fnv"
	"slices"
	"sort"

	"dateline/extract/token"
)

// shift carries places of one text over to another, along runs of words that both have in
// the same order.
type shift struct {
	same bool // the texts are equal
	a, b []token.Token
	to   []int // by token of a: its token of b, or -1; ascending
	next []int // by token of a: the first token at or behind it that has one
	last []int // and the last at or before it; -1
}

// runLength is how many words in a row must be found once in either text to fix a place.
// Fewer fix more places and more of them wrongly.
const runLength = 4

// newShift compares two texts. Time is linear in words but for sorting.
func newShift(a, b string) *shift {
	if a == b {
		return &shift{same: true}
	}
	s := &shift{a: token.Tokenize(a), b: token.Tokenize(b)}
	equal := func(i, j int) bool { return s.a[i].Of(a) == s.b[j].Of(b) }
	s.to = make([]int, len(s.a))
	for i := range s.to {
		s.to[i] = -1
	}
	// What both begin and end with is fixed before all else.
	head := 0
	for head < min(len(s.a), len(s.b)) && equal(head, head) {
		s.to[head] = head
		head++
	}
	tail := 0
	for tail < min(len(s.a), len(s.b))-head && equal(len(s.a)-1-tail, len(s.b)-1-tail) {
		tail++
		s.to[len(s.a)-tail] = len(s.b) - tail
	}
	s.anchor(a, b, head, len(s.a)-tail, len(s.b)-tail, equal)

	s.next, s.last = make([]int, len(s.a)), make([]int, len(s.a))
	found := -1
	for i := range s.to {
		if s.to[i] >= 0 {
			found = i
		}
		s.last[i] = found
	}
	found = -1
	for i := len(s.to) - 1; i >= 0; i-- {
		if s.to[i] >= 0 {
			found = i
		}
		s.next[i] = found
	}
	return s
}

// anchor fixes the words between the equal head and the equal tail: runs that either text
// holds once, as many of them as stand in one order, and what is equal around them.
func (s *shift) anchor(a, b string, head, endA, endB int, equal func(i, j int) bool) {
	once := func(text string, tokens []token.Token, end int) map[uint64]int {
		at := make(map[uint64]int)
		for i := head; i+runLength <= end; i++ {
			h := fnv.New64a()
			for _, t := range tokens[i : i+runLength] {
				h.Write([]byte(t.Of(text)))
				h.Write([]byte{0})
			}
			if _, again := at[h.Sum64()]; again {
				at[h.Sum64()] = -1
			} else {
				at[h.Sum64()] = i
			}
		}
		return at
	}
	inB := once(b, s.b, endB)
	type pair struct{ i, j int }
	var pairs []pair
	for run, i := range once(a, s.a, endA) {
		if j, ok := inB[run]; ok && i >= 0 && j >= 0 {
			pairs = append(pairs, pair{i, j})
		}
	}
	slices.SortFunc(pairs, func(x, y pair) int { return cmp.Compare(x.i, y.i) })
	// The longest ascending part (patience): best[k] ends a part of length k+1 with the least j.
	var best []int
	before := make([]int, len(pairs))
	for p, x := range pairs {
		k := sort.Search(len(best), func(k int) bool { return pairs[best[k]].j >= x.j })
		before[p] = -1
		if k > 0 {
			before[p] = best[k-1]
		}
		if k == len(best) {
			best = append(best, p)
		} else {
			best[k] = p
		}
	}
	var chosen []pair
	if len(best) > 0 {
		for p := best[len(best)-1]; p >= 0; p = before[p] {
			chosen = append(chosen, pairs[p])
		}
	}
	slices.Reverse(chosen)
	// Each place grows both ways over equal words, up to the places around it.
	doneA, doneB := head, head
	for n, x := range chosen {
		stopA, stopB := endA, endB
		if n+1 < len(chosen) {
			stopA, stopB = chosen[n+1].i, chosen[n+1].j
		}
		if x.i < doneA || x.j < doneB { // within the run of the place before
			continue
		}
		for i, j := x.i-1, x.j-1; i >= doneA && j >= doneB && equal(i, j); i, j = i-1, j-1 {
			s.to[i] = j
		}
		i, j := x.i, x.j
		for i < stopA && j < stopB && equal(i, j) {
			s.to[i] = j
			i, j = i+1, j+1
		}
		doneA, doneB = i, j
	}
}

// span carries a span over, as far as its words are found in the other text. Borders are
// those of words.
func (s *shift) span(of token.Span) (token.Span, bool) {
	if s.same {
		return of, true
	}
	first := sort.Search(len(s.a), func(i int) bool { return s.a[i].End() > of.Start })
	last := sort.Search(len(s.a), func(i int) bool { return s.a[i].Start() >= of.End }) - 1
	if first > last {
		return token.Span{}, false
	}
	i, j := s.next[first], s.last[last]
	if i < 0 || j < 0 || i > j {
		return token.Span{}, false
	}
	return token.Span{Start: s.b[s.to[i]].Start(), End: s.b[s.to[j]].End()}, true
}
