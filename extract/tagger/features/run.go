package features

// runs describes the surroundings of each token of one chunk, at index i - chunk.First.
type runs struct {
	// headRight and headLeft are the nearest word of an institution, place, event, title or
	// legal form within the same run of capitals (tight) or across "of", "and", "for" (loose).
	tightRight, looseRight, tightLeft, looseLeft []head
	position                                     []uint8  // of the token in its run of capitals
	length                                       []uint8  // of that run, at most 7
	signature                                    []uint32 // hash of the kinds of the run
	before, after                                []int32  // token indexes around the run, -1 at the sentence's ends
}

// head is a word that types a name, with its distance in tokens.
type head struct {
	kind     kind
	distance uint8
}

const maxHeadDistance = 6

func isHead(k kind) bool {
	switch k {
	case kindLegal, kindInstitution, kindPlaceWord, kindEvent, kindTitle, kindHonorific:
		return true
	}
	return false
}

func (r *runs) resize(n int) {
	if cap(r.position) < n {
		c := n + n/2
		r.tightRight, r.looseRight, r.tightLeft, r.looseLeft = make([]head, c), make([]head, c), make([]head, c), make([]head, c)
		r.position, r.length, r.signature = make([]uint8, c), make([]uint8, c), make([]uint32, c)
		r.before, r.after = make([]int32, c), make([]int32, c)
	}
	r.tightRight, r.looseRight, r.tightLeft, r.looseLeft = r.tightRight[:n], r.looseRight[:n], r.tightLeft[:n], r.looseLeft[:n]
	r.position, r.length, r.signature = r.position[:n], r.length[:n], r.signature[:n]
	r.before, r.after = r.before[:n], r.after[:n]
}

// inRun reports whether token i continues a run of capitals: "Éva", "E.", "&", "-".
func (d *Doc) inRun(i int) bool {
	a := &d.attrs[i]
	return a.upper && !(a.class&Joint != 0 && a.kind != kindAmbiguous && a.shape == shapeUpper2) || a.word == '&' && a.shape > shapePunct
}

// describe fills r for the chunk.
func (d *Doc) describe(c Chunk) {
	r := &d.runs
	n := c.Last - c.First
	r.resize(n)
	s := d.sentences[d.chunkSent[d.currentChunk]]
	for i := c.First; i < c.Last; {
		if !d.inRun(i) {
			j := i - c.First
			r.position[j], r.length[j], r.signature[j] = 0, 0, 0
			r.before[j], r.after[j] = int32(i-1), int32(i+1)
			if i+1 >= s.Last {
				r.after[j] = -1
			}
			if i <= s.First {
				r.before[j] = -1
			}
			i++
			continue
		}
		first := i
		signature := uint32(17)
		for ; i < c.Last && d.inRun(i); i++ {
			if i-first < 5 {
				signature = signature*31 + uint32(d.attrs[i].kind)
			}
		}
		before, after := int32(first-1), int32(i)
		if first <= s.First {
			before = -1
		}
		if i >= s.Last {
			after = -1
		}
		length := i - first
		for k := first; k < i; k++ {
			j := k - c.First
			switch {
			case k == first && length == 1:
				r.position[j] = 1
			case k == first:
				r.position[j] = 2
			case k == i-1:
				r.position[j] = 3
			default:
				r.position[j] = 4
			}
			r.length[j] = uint8(min(length, 7))
			r.signature[j] = signature
			r.before[j], r.after[j] = before, after
		}
	}
	d.heads(c)
}

// heads finds the nearest heads on both sides, in two passes.
func (d *Doc) heads(c Chunk) {
	r := &d.runs
	var tight, loose head
	for i := c.Last - 1; i >= c.First; i-- {
		tight, loose = d.step(i, tight, loose)
		r.tightRight[i-c.First], r.looseRight[i-c.First] = tight, loose
	}
	tight, loose = head{}, head{}
	for i := c.First; i < c.Last; i++ {
		tight, loose = d.step(i, tight, loose)
		r.tightLeft[i-c.First], r.looseLeft[i-c.First] = tight, loose
	}
}

func (d *Doc) step(i int, tight, loose head) (head, head) {
	a := &d.attrs[i]
	switch {
	case a.upper && isHead(a.kind):
		h := head{a.kind, 0}
		return h, h
	case d.inRun(i):
		tight, loose = further(tight), further(loose)
	case a.class&(Joint|Particle) != 0 || a.shape == shapeNumber:
		tight, loose = head{}, further(loose)
	default:
		return head{}, head{}
	}
	return tight, loose
}

func further(h head) head {
	if h.kind == kindNone || h.distance >= maxHeadDistance {
		return head{}
	}
	h.distance++
	return h
}
