package features

import (
	"dateline/extract/gazetteer"
	"dateline/extract/token"
)

// mode is the case style of a sentence.
type mode uint8

const (
	modeNormal mode = iota
	modeTitle       // Most Words Begin With a Capital: a headline
	modeUpper       // MOST WORDS ARE IN CAPITALS
)

// What the rest of the document says about a word; bits of attr.seen.
const (
	seenLower     = 1 << iota // written in lower case somewhere
	seenCapital               // capitalised inside a sentence
	seenTitled                // behind an honorific or a title
	seenForename              // behind an unambiguous forename
	seenInst                  // before an institution word or legal form
	seenNear                  // behind "in", "at", "from"
	seenSays                  // before "said", "noted"
	seenBracketed             // alone in round brackets
	seenOwner                 // before 's
	seenTwice
	seenOnce
)

// Doc is a document made ready for feature extraction. It is reused from document to
// document; the zero value is ready.
type Doc struct {
	text   string
	tokens []token.Token
	attrs  []attr
	modes  []mode // of each sentence
	Chunks []Chunk
	// Sentence of each chunk.
	sentences []token.Sentence
	chunkSent []int32

	keys []uint32 // open-addressed: word hashes, and what was seen of them
	vals []uint16

	runs         runs
	currentChunk int
}

// Prepare reads the document. The text, tokens and sentences must not change until the next call.
func (d *Doc) Prepare(text string, tokens []token.Token, sentences []token.Sentence) {
	classes := loadClasses()
	d.text, d.tokens, d.sentences = text, tokens, sentences
	if cap(d.attrs) < len(tokens) {
		d.attrs = make([]attr, len(tokens)+len(tokens)/4)
	}
	d.attrs = d.attrs[:len(tokens)]
	for i, t := range tokens {
		d.attrs[i].fill(classes, text, t)
	}
	for i := 0; i < len(tokens); {
		n, kind := 0, ""
		if d.attrs[i].upper {
			n, kind = gazetteer.PlaceAt(text, tokens, i)
		}
		if n == 0 {
			i++
			continue
		}
		for j := i; j < i+n; j++ {
			d.attrs[j].place = 2
			if kind == gazetteer.KindCountry {
				d.attrs[j].place = 4
			}
		}
		d.attrs[i].place--
		i += n
	}
	d.modes = d.modes[:0]
	d.Chunks, d.chunkSent = d.Chunks[:0], d.chunkSent[:0]
	for si, s := range sentences {
		d.modes = append(d.modes, d.modeOf(s))
		d.Chunks = d.chunks(d.Chunks, s)
		for len(d.chunkSent) < len(d.Chunks) {
			d.chunkSent = append(d.chunkSent, int32(si))
		}
	}
	d.remember()
}

// modeOf finds the case style of a sentence.
func (d *Doc) modeOf(s token.Sentence) mode {
	words, content, upper, capital := 0, 0, 0, 0
	for i := s.First; i < s.Last; i++ {
		a := &d.attrs[i]
		if d.tokens[i].Kind != token.Word || a.shape == shapeInitial {
			continue
		}
		words++
		if d.tokens[i].Is(token.AllUpper) {
			upper++
		}
		if a.class&(Function|Joint|Near) == 0 {
			content++
			if a.upper {
				capital++
			}
		}
	}
	switch {
	case words >= 2 && upper*10 >= words*7:
		return modeUpper
	case content >= 4 && capital*10 >= content*8:
		return modeTitle
	}
	return modeNormal
}

// remember collects what the document shows of each capitalised word, and hands it to every
// token of that word: a surname that once stands behind "Minister" is a person everywhere.
func (d *Doc) remember() {
	capitals := 0
	for i := range d.attrs {
		if d.attrs[i].upper {
			capitals++
		}
	}
	size := 64
	for size < 2*capitals && size < maxWords {
		size *= 2
	}
	if cap(d.keys) < size {
		d.keys, d.vals = make([]uint32, size), make([]uint16, size)
	}
	d.keys, d.vals = d.keys[:size], d.vals[:size]
	clear(d.keys)
	clear(d.vals)
	for si, s := range d.sentences {
		for i := s.First; i < s.Last; i++ {
			a := &d.attrs[i]
			if !a.upper || a.kind <= kindNumber || a.class&(Function|Joint) != 0 {
				continue
			}
			slot := d.slot(a.word)
			d.keys[slot] = a.word
			if d.modes[si] == modeNormal {
				d.vals[slot] |= d.evidence(i, s, d.vals[slot])
			}
		}
	}
	for i := range d.attrs {
		if a := &d.attrs[i]; !a.upper && a.shape == shapeLower {
			if slot := d.slot(a.word); d.keys[slot] == a.word {
				d.vals[slot] |= seenLower
			}
		}
	}
	for _, c := range d.Chunks {
		for i := c.First; i < c.Last; i++ {
			if a := &d.attrs[i]; a.upper {
				a.seen = d.vals[d.slot(a.word)]
			}
		}
	}
}

// evidence is what one place shows of its word; before is what was seen of it so far.
func (d *Doc) evidence(i int, s token.Sentence, before uint16) (v uint16) {
	if before != 0 {
		v |= seenTwice
	}
	v |= seenOnce
	if i > s.First {
		b := &d.attrs[i-1]
		if b.kind != kindPunct {
			v |= seenCapital
		}
		switch {
		case b.kind == kindHonorific || b.kind == kindTitle:
			v |= seenTitled
		case b.kind == kindForename || b.kind == kindBoth || b.kind == kindInitial:
			v |= seenForename
		case b.class&Near != 0:
			v |= seenNear
		case b.word == '(' && i+1 < s.Last && d.attrs[i+1].word == ')':
			v |= seenBracketed
		}
	}
	if i+1 < s.Last {
		b := &d.attrs[i+1]
		switch {
		case b.upper && b.class&(Institution|Legal) != 0:
			v |= seenInst
		case !b.upper && b.class&Say != 0:
			v |= seenSays
		case b.shape == shapeClitic:
			v |= seenOwner
		}
	}
	return v
}

// maxWords bounds the table of words. A document with more different capitalised words than
// that is a list; words then share cells.
const maxWords = 1 << 20

// Words is the number of cells of the table of words.
func (d *Doc) Words() int { return len(d.keys) }

// Word is the cell of the word of token i, or -1 for words whose other occurrences say
// nothing of this one: small words, words in lower case, and words that many names share.
func (d *Doc) Word(i int) int {
	a := &d.attrs[i]
	if !a.upper || a.kind <= kindNumber || a.kind == kindInitial || a.class != 0 && a.kind != kindKnown || a.gaz&(gazetteer.IsDemonym|gazetteer.IsCountry) != 0 {
		return -1
	}
	return int(d.slot(a.word))
}

// Running reports whether the chunk stands in running text rather than in a headline.
func (d *Doc) Running(chunk int) bool { return d.modes[d.chunkSent[chunk]] == modeNormal }

// maxProbes bounds the search in the table of words, so that words chosen for one hash cost
// no more than others. Behind it, words share a cell.
const maxProbes = 32

func (d *Doc) slot(word uint32) uint32 {
	mask := uint32(len(d.keys) - 1)
	h := word * 0x9E3779B1
	i := (h ^ h>>15) & mask
	for n := 0; n < maxProbes && d.keys[i] != word && d.keys[i] != 0; n++ {
		i = (i + 1) & mask
	}
	return i
}
