package pattern

import (
	"sort"

	"dateline/extract/token"
)

// Mention is a name or post at one place. First and Last are token indexes, Last exclusive.
type Mention struct {
	First, Last int
	Type        Type
	Ref         int // the caller's; given back with a capture
}

// Capture is what a labelled part of a pattern matched.
type Capture struct {
	First, Last int // tokens, Last exclusive; both 0 when the part was missing
	Ref         int // Ref of the mention, or -1 for a group
	Type        Type
}

// Set reports whether the part matched.
func (c Capture) Set() bool { return c.Last > c.First }

// Match is a place that a pattern describes.
type Match struct {
	Pattern     int
	First, Last int       // tokens, Last exclusive
	Captures    []Capture // by the index of the label; valid until yield returns
}

// Text is a text while patterns are matched against it. It is not safe for concurrent use.
type Text struct {
	set      *Set
	source   string
	tokens   []token.Token
	words    []int32 // number in the vocabulary, for each token
	mentions []Mention
	begin    []int32 // for each token, the index of the first mention that begins there or later
	gates    []int   // tokens whose words open a gate

	live    []int // patterns to try in the sentence
	stamp   []int // for each pattern, 1 + the sentence for which it was made live
	turn    int
	visited []uint32 // for each state at each token of a match: visit when it failed, visit+1 when it led to the end of what is looked for ahead
	visit   uint32
	path    []int // states on the way through what is looked for ahead
	caps    []Capture
}

// Text prepares a text. The mentions may overlap and need no order; mentions of the same type that
// begin at one token are tried from the longest to the shortest.
func (s *Set) Text(source string, tokens []token.Token, mentions []Mention) *Text {
	t := &Text{set: s, source: source, tokens: tokens, mentions: mentions}
	sort.SliceStable(t.mentions, func(a, b int) bool {
		x, y := t.mentions[a], t.mentions[b]
		if x.First != y.First {
			return x.First < y.First
		}
		return x.Last > y.Last
	})
	t.begin = make([]int32, len(tokens)+1)
	next := 0
	for i := range t.begin {
		for next < len(t.mentions) && t.mentions[next].First < i {
			next++
		}
		t.begin[i] = int32(next)
	}
	t.words = make([]int32, len(tokens))
	for i, one := range tokens {
		w := s.words.number(source, one)
		t.words[i] = w
		if w > 0 && len(s.byWord[w]) > 0 {
			t.gates = append(t.gates, i)
		}
	}
	t.stamp = make([]int, len(s.patterns))
	size, labels := 0, 0
	for _, p := range s.patterns {
		size = max(size, (p.memos+1)*(p.width+2))
		labels = max(labels, len(p.Labels))
	}
	t.visited = make([]uint32, size)
	t.caps = make([]Capture, labels)
	return t
}

// Sentence finds the matches of all patterns in the tokens first to last, exclusive, in the order of
// the patterns. skip, which may be nil, leaves patterns out.
func (t *Text) Sentence(first, last int, skip func(pattern int) bool, yield func(Match)) {
	t.turn++
	t.live = t.live[:0]
	for i := sort.SearchInts(t.gates, first); i < len(t.gates) && t.gates[i] < last; i++ {
		for _, p := range t.set.byWord[t.words[t.gates[i]]] {
			t.wake(p)
		}
	}
	for _, p := range t.set.ungated {
		t.wake(p)
	}
	if len(t.live) == 0 {
		return
	}
	var present uint8
	for i := t.begin[first]; i < t.begin[last]; i++ {
		present |= 1 << t.mentions[i].Type
	}
	sort.Ints(t.live)
	for _, n := range t.live {
		p := t.set.patterns[n]
		if p.need&^present == 0 && (skip == nil || !skip(n)) {
			t.findAll(n, p, first, last, yield)
		}
	}
}

func (t *Text) wake(p int) {
	if t.stamp[p] != t.turn {
		t.stamp[p] = t.turn
		t.live = append(t.live, p)
	}
}

// findAll yields the matches of one pattern, from left to right.
func (t *Text) findAll(n int, p *Pattern, first, last int, yield func(Match)) {
	for i := first; i < last; {
		if len(p.first.words) == 0 && p.first.classes == 0 {
			// Only names begin it: on to the next one.
			m := t.begin[i]
			if int(m) == len(t.mentions) || t.mentions[m].First >= last {
				return
			}
			i = t.mentions[m].First
		}
		if !t.canBegin(p, i) {
			i++
			continue
		}
		r := run{Text: t, p: p, start: i, first: first, last: last}
		t.visit += 2
		if t.visit < 2 { // after two thousand million places the numbers begin again
			clear(t.visited)
			t.visit = 2
		}
		clear(t.caps[:len(p.Labels)])
		if end := r.step(0, i); end > i {
			yield(Match{Pattern: n, First: i, Last: end, Captures: t.caps[:len(p.Labels)]})
			i = end
			continue
		}
		if p.atStart {
			return
		}
		i++
	}
}

// canBegin tells cheaply that no match begins at token i.
func (t *Text) canBegin(p *Pattern, i int) bool {
	if len(p.first.words) > 0 && t.words[i] > 0 && p.first.words[t.words[i]] {
		return true
	}
	if p.first.types != 0 {
		for m := t.begin[i]; int(m) < len(t.mentions) && t.mentions[m].First == i; m++ {
			if p.first.types&(1<<t.mentions[m].Type) != 0 {
				return true
			}
		}
	}
	for c := capital; c <= anyToken && p.first.classes>>c != 0; c++ {
		if p.first.classes&(1<<c) != 0 && t.is(i, c) {
			return true
		}
	}
	return false
}

// is reports whether token i has a form.
func (t *Text) is(i int, c class) bool {
	one := t.tokens[i]
	switch c {
	case capital:
		return one.Kind == token.Word && one.Is(token.Capital)
	case lower:
		return one.Kind == token.Word && !one.Is(token.Capital)
	case upper:
		return one.Kind == token.Word && one.Is(token.AllUpper)
	case number:
		return one.Kind == token.Number
	case anyWord:
		return one.Kind == token.Word
	case possessive:
		return one.Kind == token.Clitic
	}
	return true
}

// run tries one pattern at one place.
type run struct {
	*Text
	p                  *Pattern
	start, first, last int // token where the match begins; the sentence
	ahead              int // programs that only look ahead and have not ended
}

// step follows the program from an instruction at a token, and returns the token after the match,
// or -1. A state that is entered again has failed before, for programs only run forwards; but what
// is looked for ahead may be looked for again after it was found.
func (r *run) step(pc, at int) int {
	way := len(r.path)
	end := r.follow(pc, at)
	if end < 0 {
		r.path = r.path[:way]
	}
	return end
}

func (r *run) follow(pc, at int) int {
	for {
		in := &r.p.program[pc]
		if at-r.start > r.p.width {
			return -1
		}
		if in.memo > 0 {
			k := in.memo*(r.p.width+1) + at - r.start
			switch r.visited[k] {
			case r.visit:
				return -1
			case r.visit + 1:
				return at
			}
			r.visited[k] = r.visit
			if r.ahead > 0 {
				r.path = append(r.path, k)
			}
		}
		switch in.op {
		case opMatch:
			return at
		case opWord:
			if at >= r.last || r.words[at] != in.word {
				return -1
			}
			at++
		case opClass:
			if at >= r.last || !r.is(at, in.class) {
				return -1
			}
			at++
		case opAny:
			if at >= r.last {
				return -1
			}
			at++
		case opFirst:
			if at != r.first {
				return -1
			}
		case opLast:
			if !r.closes(at) {
				return -1
			}
		case opJump:
			pc = in.a
			continue
		case opSplit:
			if end := r.step(in.a, at); end >= 0 {
				return end
			}
			pc = in.b
			continue
		case opAhead, opNotAhead:
			if r.look(in.b, at) != (in.op == opAhead) {
				return -1
			}
			pc = in.a
			continue
		case opOpen:
			before := r.caps[in.label]
			r.caps[in.label] = Capture{First: at, Last: at, Ref: -1}
			end := r.step(pc+1, at)
			if end < 0 {
				r.caps[in.label] = before
			}
			return end
		case opClose:
			before := r.caps[in.label].Last
			r.caps[in.label].Last = at
			end := r.step(pc+1, at)
			if end < 0 {
				r.caps[in.label].Last = before
			}
			return end
		case opMention:
			return r.mention(in, pc, at)
		case opList:
			return r.line(in, pc, at)
		}
		pc++
	}
}

// look reports whether what is looked for ahead follows. The states that led to its end lead there
// when they are entered again.
func (r *run) look(pc, at int) bool {
	way := len(r.path)
	r.ahead++
	found := r.step(pc, at) >= 0
	r.ahead--
	if found {
		for _, k := range r.path[way:] {
			r.visited[k] = r.visit + 1
		}
		r.path = r.path[:way]
	}
	return found
}

// closes reports whether nothing but closing marks stands between a token and the sentence's end.
func (r *run) closes(at int) bool {
	for i := at; i < r.last; i++ {
		if i-at > 4 {
			return false
		}
		switch r.tokens[i].Of(r.source) {
		case ".", "!", "?", "…", "\"", "”", "’", ")", "]", ";", ":":
		default:
			return false
		}
	}
	return true
}

// mention tries the mentions of a type that begin at a token.
func (r *run) mention(in *instruction, pc, at int) int {
	if at >= r.last {
		return -1
	}
	for m := r.begin[at]; int(m) < len(r.mentions) && r.mentions[m].First == at; m++ {
		one := &r.mentions[m]
		if one.Type != in.typ || one.Last > r.last || one.Last-one.First > longestMention {
			continue
		}
		if in.label < 0 {
			if end := r.step(pc+1, one.Last); end >= 0 {
				return end
			}
			continue
		}
		before := r.caps[in.label]
		r.caps[in.label] = Capture{First: one.First, Last: one.Last, Ref: one.Ref, Type: one.Type}
		if end := r.step(pc+1, one.Last); end >= 0 {
			return end
		}
		r.caps[in.label] = before
	}
	return -1
}

// line tries the lines of a list that begin at a token, the longest first.
func (r *run) line(in *instruction, pc, at int) int {
	var ends [longestLine]int
	n, node := 0, 0
	for i := at; i < r.last && i-at < longestLine; i++ {
		to, ok := in.list.next[step{node, r.words[i]}]
		if !ok {
			break
		}
		node = to
		if in.list.end[node] {
			ends[n] = i + 1
			n++
		}
	}
	for n--; n >= 0; n-- {
		if end := r.step(pc+1, ends[n]); end >= 0 {
			return end
		}
	}
	return -1
}

// longestLine is the largest number of words of a line of a list.
const longestLine = 16
