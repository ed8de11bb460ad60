package features

import (
	"unicode/utf8"

	"dateline/extract/gazetteer"
)

// Log is the number of bits of a feature number.
const Log = 20

// Lexical is the number of features at the front of a token's list that name whole words.
// Training leaves some of them out at random, so that the others learn to carry the
// decision for words never seen.
const Lexical = 9

// Begin makes chunk number n current. It must be called before Of for a token of the chunk.
func (d *Doc) Begin(n int) {
	d.currentChunk = n
	d.describe(d.Chunks[n])
}

// none is the attr of what lies beyond the ends of a sentence.
var none attr

// Of appends the numbers of the features of token i, which lies in the current chunk.
func (d *Doc) Of(out []uint32, i int) []uint32 {
	n := d.currentChunk
	c := d.Chunks[n]
	si := d.chunkSent[n]
	s := d.sentences[si]
	at := func(j int) *attr {
		if j < s.First || j >= s.Last {
			return &none
		}
		return &d.attrs[j]
	}
	a, p, q, p2, q2 := at(i), at(i-1), at(i+1), at(i-2), at(i+2)
	r := &d.runs
	j := i - c.First
	m := uint32(d.modes[si])
	t := uint32(0)
	add := func(x, y uint32) {
		t++
		h := (t*0x9E3779B1 ^ x) * 0x85EBCA6B
		h = (h ^ h>>15 ^ y) * 0xC2B2AE35
		h ^= h >> 16
		h *= 0x27D4EB2F
		out = append(out, h>>(32-Log))
	}
	// Words.
	add(a.word, 0)
	add(p.word, 0)
	add(q.word, 0)
	add(p2.word, 0)
	add(q2.word, 0)
	add(p.word, a.word)
	add(a.word, q.word)
	add(p2.word, p.word)
	add(q.word, q2.word)

	kinds := func(x, y, z *attr) uint32 { return uint32(x.kind)<<10 | uint32(y.kind)<<5 | uint32(z.kind) }
	shapes := func(x, y, z *attr) uint32 { return uint32(x.shape)<<16 | uint32(y.shape)<<8 | uint32(z.shape) }

	// Parts of the word.
	pre, suf2, suf3, suf4 := affixes(d.tokens[i].Of(d.text))
	add(pre, 0)
	add(suf2, uint32(a.kind))
	add(suf3, 0)
	add(suf4, 0)
	var psuf, qsuf uint32
	if p.upper {
		_, _, psuf, _ = affixes(d.tokens[i-1].Of(d.text))
	}
	if q.upper {
		_, _, qsuf, _ = affixes(d.tokens[i+1].Of(d.text))
	}
	add(psuf, uint32(p.kind))
	add(qsuf, uint32(q.kind))

	// Spelling.
	add(uint32(a.shape), m)
	add(shapes(&none, p, a), m)
	add(shapes(&none, a, q), m)
	add(shapes(p, a, q), m)
	add(shapes(p2, p, a), m)

	// Lists.
	add(uint32(a.kind), m)
	add(kinds(&none, p, a), m)
	add(kinds(&none, a, q), m)
	add(kinds(p, a, q), m)
	add(kinds(p2, p, a), 1)
	add(kinds(a, q, q2), 1)
	add(kinds(p2, p, q), 1)
	add(uint32(a.gaz), uint32(a.shape))
	add(uint32(a.class), uint32(a.shape))
	add(uint32(p.class), uint32(a.kind))
	add(uint32(q.class), uint32(a.kind))
	add(uint32(a.place)<<8|uint32(p.place)<<4|uint32(q.place), uint32(q.kind))
	add(uint32(a.gaz&(gazetteer.IsForename|gazetteer.IsSurname))<<16|uint32(q.gaz&(gazetteer.IsForename|gazetteer.IsSurname)), uint32(p.kind)<<8|uint32(q.shape))
	add(p.word, uint32(a.kind)|uint32(a.shape)<<8)
	add(q.word, uint32(a.kind)|uint32(a.shape)<<8)

	// The run of capitals and the words that type it.
	tr, lr, tl, ll := r.tightRight[j], r.looseRight[j], r.tightLeft[j], r.looseLeft[j]
	pos, length := uint32(r.position[j]), uint32(r.length[j])
	add(uint32(tr.kind)<<8|uint32(tr.distance), uint32(a.kind))
	add(uint32(tl.kind)<<8|uint32(tl.distance), uint32(a.kind))
	add(uint32(lr.kind)<<8|uint32(lr.distance), uint32(a.shape))
	add(uint32(ll.kind)<<8|uint32(ll.distance), uint32(a.shape))
	add(uint32(tr.kind)<<16|uint32(tl.kind)<<8|uint32(ll.kind), pos<<8|uint32(a.kind))
	add(uint32(tr.kind)<<16|uint32(lr.kind)<<8|uint32(ll.kind), uint32(p.kind)<<8|uint32(a.kind))
	add(pos<<8|length, uint32(a.kind)<<8|m)
	add(r.signature[j], pos|uint32(min(j, 7))<<8)
	add(r.signature[j], pos|1<<16)
	var b, e *attr = &none, &none
	if r.before[j] >= 0 {
		b = at(int(r.before[j]))
	}
	if r.after[j] >= 0 {
		e = at(int(r.after[j]))
	}
	add(b.word, pos<<8|length)
	add(e.word, pos<<8|length)
	add(uint32(b.kind)<<8|uint32(e.kind), pos<<16|length<<8|uint32(a.kind))
	add(uint32(b.class), r.signature[j])
	add(uint32(e.class), r.signature[j])

	// The sentence and the document.
	first := uint32(0)
	if i == s.First {
		first = 1
	} else if i == s.First+1 && p.kind <= kindPunct {
		first = 2
	}
	add(first<<8|uint32(a.shape), uint32(a.kind))
	add(uint32(a.seen&(seenLower|seenCapital|seenTwice)), first<<8|uint32(a.shape)|m<<12)
	add(uint32(a.seen&(seenTitled|seenForename|seenInst|seenNear|seenSays|seenOwner)), uint32(a.kind))
	add(uint32(a.seen&(seenTitled|seenForename|seenInst|seenNear|seenBracketed)), pos<<8|length)
	add(uint32(p.seen&(seenTitled|seenForename|seenInst|seenNear)), uint32(q.seen&(seenTitled|seenForename|seenInst|seenNear)))
	bracketed := uint32(0)
	if p.word == '(' && p.shape > shapePunct && q.word == ')' {
		bracketed = 1
	}
	add(bracketed<<8|uint32(a.shape), uint32(p2.kind))
	return out
}

// affixes hashes the first three letters of a word and its last two, three and four, in
// lower case. Words shorter than that have the whole word.
func affixes(w string) (pre, suf2, suf3, suf4 uint32) {
	h := uint32(7)
	n := 0
	for i := 0; i < len(w) && n < 3; n++ {
		c, size := lowerAt(w, i)
		h = h*0x01000193 ^ c
		i += size
	}
	pre = h
	h = 11
	end := len(w)
	for n := 1; n <= 4; n++ {
		if end > 0 {
			size := 1
			if w[end-1] >= utf8.RuneSelf {
				_, size = utf8.DecodeLastRuneInString(w[:end])
			}
			end -= size
			c, _ := lowerAt(w, end)
			h = h*0x01000193 ^ c
		}
		switch n {
		case 2:
			suf2 = h
		case 3:
			suf3 = h
		case 4:
			suf4 = h
		}
	}
	return pre, suf2, suf3, suf4
}

func lowerAt(w string, i int) (uint32, int) {
	c := w[i]
	if c < utf8.RuneSelf {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		return uint32(c), 1
	}
	r, size := utf8.DecodeRuneInString(w[i:])
	return uint32(r), size
}
