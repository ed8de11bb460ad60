package main

import (
	"fmt"
	"io"
	"math"

	"dateline/extract/tagger"
	"dateline/extract/tagger/features"
)

const labels = tagger.Labels

// sequence is a chunk made ready for training: the features of its tokens and the labels that
// are right for each, as bits.
type sequence struct {
	starts  []int32 // first feature of each token in numbers; one more at the end
	numbers []uint32
	allowed []uint16
	weight  float32
}

// options are the settings of training. The defaults were chosen on held-out text.
type options struct {
	epochs  int
	rate    float64 // step size of AdaGrad
	decay   float64 // L2
	dropout float64 // share of word features left out
	minimum int     // rarest feature kept, in occurrences
	prune   float64 // smallest weight kept

	headlines  float64 // share of short sentences repeated in the case style of headlines
	made       int     // releases made from templates
	madeWeight float64 // and their weight in training
}

// crf is a linear-chain conditional random field in training.
type crf struct {
	options
	weights     [][labels]float32
	sums        [][labels]float32 // of squared gradients
	transitions [labels][labels]float64
	tsums       [labels][labels]float64
	average     [][labels]float32
	taverage    [labels][labels]float64
	averaged    int
	random      random
}

// random is splitmix64 (Steele, Lea and Flood 2014): a fixed sequence for a fixed seed.
type random struct{ state uint64 }

func (r *random) next() uint64 {
	r.state += 0x9E3779B97F4A7C15
	z := r.state
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// below returns a number from 0 to n-1.
func (r *random) below(n int) int { return int(r.next() >> 33 % uint64(n)) }

// chance is true with probability p.
func (r *random) chance(p float64) bool { return float64(r.next()>>11) < p*(1<<53) }

func trainCRF(data []sequence, o options, log io.Writer) *crf {
	c := &crf{options: o, weights: make([][labels]float32, 1<<features.Log), sums: make([][labels]float32, 1<<features.Log), average: make([][labels]float32, 1<<features.Log), random: random{1}}
	keep := make([]uint16, 1<<features.Log)
	for _, s := range data {
		for _, n := range s.numbers {
			if keep[n] < math.MaxUint16 {
				keep[n]++
			}
		}
	}
	// Features too rare to be learned are taken out of the data once.
	for k := range data {
		s := &data[k]
		for i := range s.numbers {
			if int(keep[s.numbers[i]]) < o.minimum {
				s.numbers[i] = skip
			}
		}
	}
	order := make([]int, len(data))
	for i := range order {
		order[i] = i
	}
	for epoch := 0; epoch < o.epochs; epoch++ {
		for i := len(order) - 1; i > 0; i-- {
			j := c.random.below(i + 1)
			order[i], order[j] = order[j], order[i]
		}
		loss := 0.0
		rate := o.rate
		for _, k := range order {
			loss += c.step(&data[k], rate)
		}
		if epoch >= o.epochs-averagedEpochs {
			for i := range c.weights {
				for y := range c.weights[i] {
					c.average[i][y] += c.weights[i][y]
				}
			}
			for x := range c.transitions {
				for y := range c.transitions[x] {
					c.taverage[x][y] += c.transitions[x][y]
				}
			}
			c.averaged++
		}
		fmt.Fprintf(log, "epoch %d: loss %.0f\n", epoch+1, loss)
	}
	return c
}

// averagedEpochs is the number of last epochs whose weights are averaged.
const averagedEpochs = 5

// skip marks a feature taken out of the data.
const skip = math.MaxUint32

// step makes one step of AdaGrad on one sequence and returns its loss.
func (c *crf) step(s *sequence, rate float64) float64 {
	n := len(s.allowed)
	used := make([]uint32, 0, len(s.numbers))
	usedStarts := make([]int32, n+1)
	scores := make([][labels]float64, n)
	for i := 0; i < n; i++ {
		for k, f := range s.numbers[s.starts[i]:s.starts[i+1]] {
			if f == skip || k < features.Lexical && c.random.chance(c.dropout) {
				continue
			}
			used = append(used, f)
			w := &c.weights[f]
			for y := range w {
				scores[i][y] += float64(w[y])
			}
		}
		usedStarts[i+1] = int32(len(used))
	}
	all, allT, logAll := c.expect(scores, nil)
	gold, goldT, logGold := c.expect(scores, s.allowed)
	for i := 0; i < n; i++ {
		var g [labels]float64
		for y := range g {
			g[y] = (all[i][y] - gold[i][y]) * float64(s.weight)
		}
		for _, f := range used[usedStarts[i]:usedStarts[i+1]] {
			w, q := &c.weights[f], &c.sums[f]
			for y := range g {
				grad := g[y] + c.decay*float64(w[y])
				sum := float64(q[y]) + float64(grad*grad)
				q[y] = float32(sum)
				w[y] = float32(float64(w[y]) - float64(rate*grad)/(math.Sqrt(sum)+1e-6))
			}
		}
	}
	for x := range c.transitions {
		for y := range c.transitions[x] {
			grad := (allT[x][y] - goldT[x][y]) * float64(s.weight)
			if grad == 0 {
				continue
			}
			c.tsums[x][y] += float64(grad * grad)
			c.transitions[x][y] -= float64(rate*grad) / (math.Sqrt(c.tsums[x][y]) + 1e-6)
		}
	}
	return (logAll - logGold) * float64(s.weight)
}

// expect returns the expected label and transition counts under the model, limited to the
// allowed labels when those are given, and the log of the sum over all labelings.
func (c *crf) expect(scores [][labels]float64, allowed []uint16) (marginals [][labels]float64, transitions [labels][labels]float64, logZ float64) {
	n := len(scores)
	var t [labels][labels]float64
	for x := range t {
		for y := range t[x] {
			if tagger.Follows(x, y) {
				t[x][y] = math.Exp(c.transitions[x][y])
			}
		}
	}
	e := make([][labels]float64, n)
	a := make([][labels]float64, n)
	b := make([][labels]float64, n)
	for i := range scores {
		top := scores[i][0]
		for _, v := range scores[i] {
			top = max(top, v)
		}
		logZ += top
		for y, v := range scores[i] {
			if allowed == nil || allowed[i]>>y&1 == 1 {
				e[i][y] = math.Exp(v - top)
			}
		}
	}
	for i := range a {
		sum := 0.0
		for y := range a[i] {
			v := 0.0
			if i == 0 {
				v = t[0][y]
			} else {
				for x := range a[i-1] {
					v += float64(a[i-1][x] * t[x][y])
				}
			}
			a[i][y] = v * e[i][y]
			sum += a[i][y]
		}
		logZ += math.Log(sum)
		for y := range a[i] {
			a[i][y] /= sum
		}
	}
	end := 0.0
	for x := range a[n-1] {
		end += float64(a[n-1][x] * t[x][0])
	}
	logZ += math.Log(end)
	for i := n - 1; i >= 0; i-- {
		sum := 0.0
		for x := range b[i] {
			v := 0.0
			if i == n-1 {
				v = t[x][0]
			} else {
				for y := range b[i+1] {
					v += float64(t[x][y] * e[i+1][y] * b[i+1][y])
				}
			}
			b[i][x] = v
			sum += v
		}
		for x := range b[i] {
			b[i][x] /= sum
		}
	}
	marginals = make([][labels]float64, n)
	for i := range a {
		sum := 0.0
		for y := range a[i] {
			marginals[i][y] = a[i][y] * b[i][y]
			sum += marginals[i][y]
		}
		for y := range marginals[i] {
			marginals[i][y] /= sum
		}
		if i == 0 {
			for y := range marginals[0] {
				transitions[0][y] += marginals[0][y]
			}
			continue
		}
		var pair [labels][labels]float64
		sum = 0
		for x := range pair {
			for y := range pair[x] {
				pair[x][y] = a[i-1][x] * t[x][y] * e[i][y] * b[i][y]
				sum += pair[x][y]
			}
		}
		for x := range pair {
			for y := range pair[x] {
				transitions[x][y] += pair[x][y] / sum
			}
		}
	}
	for x := range marginals[n-1] {
		transitions[x][0] += marginals[n-1][x]
	}
	return marginals, transitions, logZ
}

const largestWeight = 3.0

// encode writes the averaged weights as a model file of small integers.
func (c *crf) encode() []byte {
	top := 0.0
	row := func(i int) (v [labels]float64, keep bool) {
		for y := range v {
			v[y] = float64(c.average[i][y]-c.average[i][0]) / float64(c.averaged)
			keep = keep || math.Abs(v[y]) > c.prune
			top = max(top, math.Abs(v[y]))
		}
		return v, keep
	}
	for i := range c.average {
		row(i)
	}
	// Few weights are larger than this; they are cut, so that the small ones keep their steps.
	scale := 127 / min(top, largestWeight)
	var numbers []uint32
	var rows []tagger.Row
	for i := range c.average {
		v, keep := row(i)
		if !keep {
			continue
		}
		var r tagger.Row
		for y := range r {
			r[y] = int8(min(127, max(-127, math.Round(v[y+1]*scale))))
		}
		numbers = append(numbers, uint32(i))
		rows = append(rows, r)
	}
	var t [labels][labels]int16
	for x := range t {
		for y := range t[x] {
			t[x][y] = int16(math.Round(c.taverage[x][y] / float64(c.averaged) * scale))
		}
	}
	return tagger.Encode(numbers, rows, t, scale)
}
