package features

import "dateline/extract/token"

// Chunk is a run of tokens of one sentence that may hold names, as indexes of the token list,
// Last exclusive. Outside chunks nothing is a name.
type Chunk struct{ First, Last int }

// maxChunk bounds the length of a chunk, and with it the memory of the decoder. A line of
// capitalised words is cut there.
const maxChunk = 400

// maxLink is the longest run of words without a capital inside a name ("of the", "for the
// Study of the").
const maxLink = 4

// chunks appends the chunks of sentence s.
func (d *Doc) chunks(out []Chunk, s token.Sentence) []Chunk {
	for i := s.First; i < s.Last; {
		a := &d.attrs[i]
		if !a.upper || d.idle(i, s) {
			i++
			continue
		}
		first, last := i, i+1
		for first > s.First && (len(out) == 0 || first-1 >= out[len(out)-1].Last) && d.leads(first-1) {
			first--
		}
		for j := last; j < s.Last && j-first < maxChunk; j++ {
			a := &d.attrs[j]
			if a.upper {
				last = j + 1
				continue
			}
			if j-last >= maxLink || !d.links(j) {
				break
			}
			if a.shape == shapeNumber && j == last {
				last = j + 1
			}
		}
		out = append(out, Chunk{first, last})
		i = last
	}
	return out
}

// idle reports whether the capitalised token i is a function word before a word in lower
// case: the beginning of a sentence, no name.
func (d *Doc) idle(i int, s token.Sentence) bool {
	a := &d.attrs[i]
	return a.class&Function != 0 && a.shape == shapeCapital && (i+1 >= s.Last || !d.attrs[i+1].upper && d.attrs[i+1].shape != shapeNumber)
}

// leads reports whether the token can stand before the first capital of a name: "de Vries",
// "3rd Hospital", "7 Days".
func (d *Doc) leads(i int) bool {
	a := &d.attrs[i]
	return a.shape == shapeNumber || a.shape == shapeOrdinal || a.class&Particle != 0 && a.class&Function == 0
}

// links reports whether the token can stand inside a name.
func (d *Doc) links(i int) bool {
	a := &d.attrs[i]
	switch {
	case a.shape == shapeClitic, a.shape == shapeNumber, a.shape == shapeOrdinal:
		return true
	case a.shape > shapePunct:
		switch a.word {
		case ';', '!', '?', '|', '*', '•', '(', ')':
			return false
		}
		return true
	}
	return a.class&(Joint|Particle) != 0
}
