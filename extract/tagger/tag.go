package tagger

import (
	"math"
	"sync"

	"dateline/extract/tagger/features"
	"dateline/extract/token"
)

// Span is a name: token indexes, Last exclusive.
type Span struct {
	First, Last int
	Type        Type
	Margin      float32 // the model's probability of exactly this name and type, 0 to 1
}

// work is the scratch memory of one call.
type work struct {
	doc     features.Doc
	numbers []uint32
	all     [][Labels]int32 // scores of the tokens of a window of chunks
	first   []Type          // what the first reading made of them
	sure    []bool          // and whether that reading votes
	votes   []ballot        // by word

	scores  [][Labels]int32 // of the chunk at hand
	back    [][Labels]int8
	labels  []int8
	forward [][Labels]float64
	reverse [][Labels]float64
	exp     [][Labels]float64
	norms   []float64 // by which the forward sums were divided
}

// ballot counts how often a word was read as each type, and as none, in the document.
type ballot [Misc + 1]uint8

var pool = sync.Pool{New: func() any { return new(work) }}

// maxPooled is the largest document, in tokens, whose scratch memory is kept for the next one.
const maxPooled = 1 << 18

// window is the number of tokens in chunks that are read twice together. It bounds memory; a
// text has to be some megabytes long to need a second one.
const window = 1 << 16

// Tag finds the names of a document, in text order and without overlap. tokens and sentences
// are those of package token for the text. It is pure, and linear in the text. A name lies in
// one sentence.
//
// The document is read twice: what the first reading is sure of votes for the same words
// elsewhere, so that a surname alone is read like the full name before it.
func (m *Model) Tag(text string, tokens []token.Token, sentences []token.Sentence) []Span {
	w := pool.Get().(*work)
	w.doc.Prepare(text, tokens, sentences)
	if n := w.doc.Words(); cap(w.votes) < n {
		w.votes = make([]ballot, n)
	}
	w.votes = w.votes[:w.doc.Words()]
	clear(w.votes)
	var out []Span
	for n := 0; n < len(w.doc.Chunks); {
		from := n
		w.all, w.first, w.sure = w.all[:0], w.first[:0], w.sure[:0]
		for ; n < len(w.doc.Chunks) && len(w.all) < window; n++ {
			m.read(w, n)
		}
		at := 0
		for k := from; k < n; k++ {
			c := w.doc.Chunks[k]
			out = m.decide(w, out, text, tokens, k, at)
			at += c.Last - c.First
		}
	}
	if len(tokens) <= maxPooled {
		pool.Put(w)
	}
	return out
}

// read scores a chunk and lets what is sure in it vote.
func (m *Model) read(w *work, n int) {
	c := w.doc.Chunks[n]
	w.doc.Begin(n)
	at := len(w.all)
	for i := c.First; i < c.Last; i++ {
		w.numbers = w.doc.Of(w.numbers[:0], i)
		w.all = append(w.all, m.score(w.numbers))
		w.first, w.sure = append(w.first, None), append(w.sure, false)
	}
	w.scores = w.all[at:]
	running := w.doc.Running(n)
	if !running {
		return
	}
	if m.viterbi(w) {
		m.forwardBackward(w)
	}
	for i := 0; i < len(w.labels); {
		t := TypeOf(int(w.labels[i]))
		last := i + 1
		for t != None && last < len(w.labels) && int(w.labels[last]) == t.Inside() {
			last++
		}
		sure := t == None || m.probability(w, i, last, t) >= voteMargin
		for ; i < last; i++ {
			w.first[at+i], w.sure[at+i] = t, sure
			if word := w.doc.Word(c.First + i); word >= 0 && sure && w.votes[word][t] < 255 {
				w.votes[word][t]++
			}
		}
	}
}

// voteMargin is the probability from which a name votes for its words elsewhere, and
// voteWeight what unanimous votes are worth, in log-odds. Both were chosen on held-out text.
const (
	voteMargin = 0.5
	voteWeight = 2.5
)

// decide adds the votes of the other occurrences to the scores of chunk n, which begin at
// w.all[at], and appends the names of the best labels.
func (m *Model) decide(w *work, out []Span, text string, tokens []token.Token, n, at int) []Span {
	c := w.doc.Chunks[n]
	w.scores = w.all[at : at+c.Last-c.First]
	for i := range w.scores {
		word := w.doc.Word(c.First + i)
		if word < 0 {
			continue
		}
		votes := w.votes[word]
		if w.sure[at+i] && votes[w.first[at+i]] < 255 {
			votes[w.first[at+i]]--
		}
		total := 0
		for _, v := range votes {
			total += int(v)
		}
		if total == 0 {
			continue
		}
		unit := int(voteWeight * m.scale)
		w.scores[i][0] += int32(unit * int(votes[0]) * 2 / (2*total + 1))
		for t := Person; t <= Misc; t++ {
			bonus := int32(unit * int(votes[t]) * 2 / (2*total + 1))
			w.scores[i][t.Begin()] += bonus
			w.scores[i][t.Inside()] += bonus
		}
	}
	if !m.viterbi(w) {
		return out
	}
	m.forwardBackward(w)
	for i := 0; i < len(w.labels); i++ {
		label := int(w.labels[i])
		if label == 0 {
			continue
		}
		t := TypeOf(label)
		last := i + 1
		for last < len(w.labels) && int(w.labels[last]) == t.Inside() {
			last++
		}
		if first, end := trim(text, tokens, c.First+i, c.First+last, t); first < end {
			out = append(out, Span{first, end, t, m.probability(w, i, last, t)})
		}
		i = last - 1
	}
	return out
}

// viterbi finds the best labels and reports whether any is not outside. Both ends of a chunk
// are bordered by outside labels.
func (m *Model) viterbi(w *work) bool {
	n := len(w.scores)
	if cap(w.back) < n {
		w.back, w.labels = make([][Labels]int8, n+n/2), make([]int8, n+n/2)
	}
	w.back, w.labels = w.back[:n], w.labels[:n]
	var best, next [Labels]int32
	for y := range best {
		best[y] = m.transitions[0][y] + w.scores[0][y]
	}
	for i := 1; i < n; i++ {
		for y := range next {
			top, from := best[0]+m.transitions[0][y], 0
			for x := 1; x < Labels; x++ {
				if v := best[x] + m.transitions[x][y]; v > top {
					top, from = v, x
				}
			}
			// A forbidden path must stay forbidden and not run below the range of int32.
			next[y] = max(top, forbidden) + w.scores[i][y]
			w.back[i][y] = int8(from)
		}
		best = next
	}
	top, last := best[0]+m.transitions[0][0], 0
	for y := 1; y < Labels; y++ {
		if v := best[y] + m.transitions[y][0]; v > top {
			top, last = v, y
		}
	}
	any := false
	for i := n - 1; i >= 0; i-- {
		w.labels[i] = int8(last)
		any = any || last != 0
		if i > 0 {
			last = int(w.back[i][last])
		}
	}
	return any
}

// forwardBackward fills the scaled forward and backward sums of the chunk.
func (m *Model) forwardBackward(w *work) {
	n := len(w.scores)
	if cap(w.exp) < n {
		c := n + n/2
		w.forward, w.reverse, w.exp = make([][Labels]float64, c), make([][Labels]float64, c), make([][Labels]float64, c)
		w.norms = make([]float64, c)
	}
	w.forward, w.reverse, w.exp, w.norms = w.forward[:n], w.reverse[:n], w.exp[:n], w.norms[:n]
	t := &m.exp
	for i := range w.scores {
		top := w.scores[i][0]
		for _, v := range w.scores[i][1:] {
			top = max(top, v)
		}
		for y, v := range w.scores[i] {
			w.exp[i][y] = math.Exp(float64(v-top) / m.scale)
		}
	}
	for i := range w.forward {
		sum := 0.0
		for y := range w.forward[i] {
			v := 0.0
			if i == 0 {
				v = t[0][y]
			} else {
				for x := range w.forward[i-1] {
					v += w.forward[i-1][x] * t[x][y]
				}
			}
			v *= w.exp[i][y]
			w.forward[i][y] = v
			sum += v
		}
		w.norms[i] = sum
		for y := range w.forward[i] {
			w.forward[i][y] /= sum
		}
	}
	for i := n - 1; i >= 0; i-- {
		sum := 0.0
		for x := range w.reverse[i] {
			v := 0.0
			if i == n-1 {
				v = t[x][0]
			} else {
				for y := range w.reverse[i+1] {
					v += t[x][y] * w.exp[i+1][y] * w.reverse[i+1][y]
				}
			}
			w.reverse[i][x] = v
			sum += v
		}
		for x := range w.reverse[i] {
			w.reverse[i][x] /= sum
		}
	}
}

// probability is the share of all labelings that hold exactly this name: with the name's
// labels on [first, last) and no inside label behind it.
func (m *Model) probability(w *work, first, last int, t Type) float32 {
	trans := &m.exp
	label := t.Begin()
	// p is the weight of the paths with the name, relative to all, kept token by token: at
	// each step it is divided by what the forward sums were divided by.
	p := w.forward[first][label]
	for i := first + 1; i < last; i++ {
		step := trans[label][t.Inside()] * w.exp[i][t.Inside()]
		p *= step / w.norms[i]
		label = t.Inside()
	}
	num, all := 0.0, 0.0
	if last == len(w.forward) {
		num = p * trans[label][0]
		for x := range w.forward[last-1] {
			all += w.forward[last-1][x] * trans[x][0]
		}
	} else {
		for y := 0; y < Labels; y++ {
			after := w.exp[last][y] * w.reverse[last][y]
			if y != t.Inside() {
				num += p * trans[label][y] * after
			}
			for x := range w.forward[last-1] {
				all += w.forward[last-1][x] * trans[x][y] * after
			}
		}
	}
	if !(all > 0) || !(num > 0) {
		return 0
	}
	return float32(min(num/all, 1))
}
