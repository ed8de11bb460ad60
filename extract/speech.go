package extract

import (
	"strings"
	"sync"

	"github.com/jdkato/prose/v2"
)

// proseModel is prose's part-of-speech model without its name classifier, loaded when a
// rule first needs it and shared by all workers: each copy would hold some 100 MB.
var proseModel = sync.OnceValue(func() *prose.Model {
	doc, err := prose.NewDocument("", prose.WithExtraction(false), prose.WithSegmentation(false))
	if err != nil {
		return nil // the model is embedded; without it the rule sees no tag and stays with the lexicon
	}
	return doc.Model
})

// speechWindow is how many tokens around a word prose sees: enough context for its tagger,
// and a bound on its cost in a long sentence.
const speechWindow = 12

// partOfSpeech returns the Penn Treebank tag that prose gives token i in its surroundings,
// or "" when prose splits the words in another way. Prose reports no offsets, so its tokens
// are aligned to the text from left to right.
func (p *page) partOfSpeech(i int, s *sentence) string {
	model := proseModel()
	if model == nil {
		return ""
	}
	first, last := max(s.First, i-speechWindow), min(s.Last, i+speechWindow)
	window := p.span(first, last)
	doc, err := prose.NewDocument(window.Of(p.text), prose.WithExtraction(false), prose.WithSegmentation(false), prose.UsingModel(model))
	if err != nil {
		return ""
	}
	at, want := window.Start, p.tokens[i].Span()
	for _, t := range doc.Tokens() {
		k := strings.Index(p.text[at:window.End], t.Text)
		if k < 0 {
			continue // prose rewrites some quotes
		}
		start := at + k
		at = start + len(t.Text)
		if start == want.Start && at == want.End {
			return t.Tag
		}
		if start >= want.End {
			return ""
		}
	}
	return ""
}

// nounModifier reports whether the lower-case word at i is a noun or adjective that can
// stand before the noun of a post ("supply-chain", "volunteer"), by its part of speech.
func (p *page) nounModifier(i int, s *sentence) bool {
	switch p.partOfSpeech(i, s) {
	case "NN", "NNS", "JJ", "NNP":
		return true
	}
	return false
}
