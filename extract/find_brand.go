package extract

import (
	"dateline/extract/tagger"
	"dateline/extract/token"
)

// taggerSpan is a name that the statistical tagger sees.
type taggerSpan struct {
	last   int
	kind   mentionType
	margin float64
}

// tag asks the statistical tagger once for the whole document.
func (p *page) tag() {
	sentences := make([]token.Sentence, 0, len(p.sentences))
	for _, s := range p.sentences {
		if !s.silent {
			sentences = append(sentences, s.Sentence)
		}
	}
	p.taggerSpans = map[int]taggerSpan{}
	for _, s := range tagger.Default().Tag(p.text, p.tokens, sentences) {
		kind := otherName
		switch s.Type {
		case tagger.Person:
			kind = personName
		case tagger.Organisation:
			kind = institutionName
		case tagger.Location:
			kind = placeName
		}
		p.taggerSpans[s.First] = taggerSpan{s.Last, kind, float64(s.Margin)}
	}
}

// taggedOver returns the tagger's type for exactly or nearly the tokens [first, last).
func (p *page) taggedOver(first, last int) (mentionType, bool) {
	if t, ok := p.taggerSpans[first]; ok && t.last == last {
		return t.kind, true
	}
	for i := first; i < last; i++ {
		if t, ok := p.taggerSpans[i]; ok && 2*(min(t.last, last)-i) >= last-first {
			return t.kind, true
		}
	}
	return otherName, false
}

// findKnown finds the organisations of organisations.txt.
func (p *page) findKnown(s *sentence) {
	for i := s.First; i < s.Last; i++ {
		if p.owner[i] != 0 || p.tokens[i].Kind != token.Word {
			continue
		}
		for _, words := range p.ex.words.brands[p.word(i)] { // the longest first
			if end := p.wordsAt(i, s.Last, words); end > 0 && !p.headAhead(end, s) && !(end < s.Last && p.is(end, notHead) && p.capital(end)) {
				m := mention{First: i, Last: end, Head: end - 1, Type: institutionName, Rule: "institution.known", Score: 0.9}
				p.readAcronym(&m, s)
				if p.add(m) >= 0 {
					i = end - 1
				}
				break
			}
		}
	}
}

// headAhead reports whether the capitals go on to a head of an institution: "United Nations
// Deltas Office" is one name.
func (p *page) headAhead(i int, s *sentence) bool {
	for j := i; j < s.Last && j < i+4 && p.capital(j) && p.owner[j] == 0; j++ {
		if p.is(j, headStrong|headUnit) && !p.is(j, anyPost) {
			return true
		}
		if p.is(j, anyPost|honorific) {
			return false
		}
	}
	return false
}

// wordsAt returns the token after the words when they stand at token i.
func (p *page) wordsAt(i, limit int, words []string) int {
	if i+len(words) > limit {
		return 0
	}
	for k, w := range words {
		if p.owner[i+k] != 0 || p.word(i+k) != w {
			return 0
		}
	}
	return i + len(words)
}
