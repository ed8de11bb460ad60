package extract

import "dateline/extract/token"

// secondDocument returns the token at which a second document of the verb at v begins: "signed a
// memorandum with A and a letter of intent with B". 0 when there is none with a side of its own.
func (r *dealReader) secondDocument(v int, verb agreementVerb, s *sentence) int {
	form, noun, _ := r.construction(v, verb, s)
	if noun < 0 || form != formActive && form != formPassive {
		return 0
	}
	return r.nextDocument(max(v, noun)+1, s.Last, s)
}

// nextDocument finds "and a letter of intent with B" in the tokens [i, end) and returns the token
// of its "and", or 0.
func (r *dealReader) nextDocument(i, end int, s *sentence) int {
	sides := false // the first document has had its own
	for j := i; j+2 < end; j++ {
		if r.at(j) >= 0 {
			continue
		}
		switch r.word(j) {
		case "with", "between":
			sides = sides || r.partyAhead(j+1, end)
		case "and", ",":
			if !sides {
				continue
			}
			noun, _, _ := r.documentAt(j+1, end, s)
			if noun > 0 && r.withAhead(noun, end) {
				return j
			}
		}
	}
	return 0
}

// documentAt reads "and a (framework) agreement" from token i on: the noun, the token behind it
// and its type; noun 0 when no document stands there.
func (r *dealReader) documentAt(i, end int, s *sentence) (noun, behind int, kind nounKind) {
	if i < end && r.word(i) == "and" {
		i++
	}
	if i >= end {
		return 0, 0, kind
	}
	switch r.word(i) {
	case "a", "an", "another", "two", "three", "separate":
	default:
		return 0, 0, kind
	}
	for j := i + 1; j < end && j < i+5; j++ {
		if r.at(j) >= 0 || r.tokens[j].Kind == token.Punct {
			break
		}
		if kind, behind, ok := r.agreementNoun(j, s); ok {
			return j, behind, kind
		}
	}
	return 0, 0, kind
}

// withAhead reports whether "with" or "between" and a party stand within 14 tokens behind the noun,
// before anything ends the clause.
func (r *dealReader) withAhead(noun, end int) bool {
	for j := noun + 1; j < end && j < noun+15; j++ {
		if r.at(j) >= 0 {
			continue
		}
		switch r.word(j) {
		case "with", "between":
			return r.partyAhead(j+1, end)
		case ".", ";", "which", "that":
			return false
		}
	}
	return false
}

// alsoSigned reads the second document that begins at i: it has the first side, the people who
// signed for it, the status and the day of the first.
func (r *dealReader) alsoSigned(first deal, i, limit int, s *sentence) (d deal, next int, ok bool) {
	noun, behind, kind := r.documentAt(i+1, limit, s)
	if noun == 0 {
		return d, 0, false
	}
	next = r.nextDocument(behind, limit, s)
	end := limit
	if next > 0 {
		end = next
	}
	near := *s
	near.Last = end
	d = deal{kind: kind.name, status: first.status, left: first.left, plural: kind.plural, rule: first.rule, score: first.score,
		sentence: first.sentence, at: noun, occasion: first.occasion, headline: first.headline, date: first.date, place: first.place, another: true}
	var more []int
	d.right, more = r.partiesBehind(behind, end, noun, &near)
	if len(d.right) == 0 {
		return d, 0, false
	}
	for _, x := range first.signatories {
		if h, ok := r.held[x]; ok && overlap([]int{r.root(h)}, first.left) {
			d.signatories = append(d.signatories, x)
		}
	}
	d.signatories = appendNew(d.signatories, more...)
	d.parties = appendNew(append([]int(nil), d.left...), d.right...)
	if a, b := r.subjectIn(behind, end, &near); b > a {
		if b = r.trimSubject(a, b); b > a {
			d.subject = r.span(a, b).Of(r.text)
		}
	}
	if a, b := r.plainSubject(behind-1, -1, &near); b > a {
		d.plain = r.span(a, b).Of(r.text)
	}
	return d, next, true
}
