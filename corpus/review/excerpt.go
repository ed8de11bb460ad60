package review

import (
	"context"
	"strings"

	"dateline/corpus"
	"dateline/extract/token"
)

// Bounds of an excerpt in code points. A sentence of a release has some 150; one of 600 on
// either side of its quote is a list, and its nearer part is enough to judge by.
const (
	aroundQuote  = 400
	longestQuote = 1500
	shortAround  = 90 // in a list of facts
)

// quoted is a quote within its sentence.
type quoted struct {
	Before, Quote, After string
	CutBefore, CutAfter  bool // the sentence goes on
	CutQuote             bool
}

// quotedIn gives the sentences that the citations stand in, at their indices.
func (s *Server) quotedIn(ctx context.Context, citations []corpus.Citation, around int) ([]quoted, error) {
	excerpts, err := s.Store.Excerpts(ctx, citations, around, longestQuote)
	if err != nil {
		return nil, err
	}
	out := make([]quoted, len(excerpts))
	for i, x := range excerpts {
		out[i] = inSentence(x)
	}
	return out, nil
}

// inSentence takes from an excerpt the sentence of its quote, or the sentences when it stands
// in several.
func inSentence(x corpus.Excerpt) quoted {
	quote := token.Span{Start: x.Start, End: x.End}
	from, to := x.Start, x.End
	for _, sentence := range token.Sentences(x.Text, token.Tokenize(x.Text)) {
		if sentence.Overlaps(quote) {
			from, to = min(from, sentence.Start), max(to, sentence.End)
		}
	}
	q := quoted{Before: x.Text[from:x.Start], Quote: x.Text[x.Start:x.End], After: x.Text[x.End:to], CutQuote: x.Cut}
	// What begins or ends with the excerpt was cut by it, and perhaps within a word.
	if x.Before && from == 0 {
		q.CutBefore = true
		if i := strings.IndexByte(q.Before, ' '); i >= 0 {
			q.Before = q.Before[i+1:]
		}
	}
	if x.After && to == len(x.Text) {
		q.CutAfter = true
		if i := strings.LastIndexByte(q.After, ' '); i >= 0 {
			q.After = q.After[:i]
		}
	}
	return q
}
