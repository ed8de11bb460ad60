package main

import (
	"context"
	"strconv"

	"dateline/corpus"
	"dateline/extract/token"
)

// contexts finds the sentences that citations stand in. It keeps the documents that it has
// read, since the citations of a fact come document by document.
type contexts struct {
	ctx   context.Context
	store *corpus.Store
	last  int64
	texts struct {
		text      string
		at        func(int) int
		sentences []token.Sentence
	}
}

func newContexts(ctx context.Context, store *corpus.Store) *contexts {
	return &contexts{ctx: ctx, store: store}
}

// surroundings is a quote within its sentence, in bytes of text.
type surroundings struct {
	text       string
	start, end int
}

// of returns the sentence of a citation, or the sentences when it stands in several.
func (c *contexts) of(citation corpus.Citation) (surroundings, error) {
	if c.texts.at == nil || c.last != citation.Document {
		doc, err := c.store.Document(c.ctx, strconv.FormatInt(citation.Document, 10))
		if err != nil {
			return surroundings{}, err
		}
		c.last = citation.Document
		c.texts.text = doc.Doc.Text
		c.texts.at = byteOffsets(doc.Doc.Text)
		c.texts.sentences = token.Sentences(doc.Doc.Text, token.Tokenize(doc.Doc.Text))
	}
	start, end := c.texts.at(citation.Start), c.texts.at(citation.End)
	from, to := start, end
	quote := token.Span{Start: start, End: end}
	for _, s := range c.texts.sentences {
		if s.Overlaps(quote) {
			from, to = min(from, s.Start), max(to, s.End)
		}
	}
	return surroundings{text: c.texts.text[from:to], start: start - from, end: end - from}, nil
}

// show marks the quote in its sentence, on one line.
func (s surroundings) show(kind string, color bool) string {
	before, quote, after := oneLine(s.text[:s.start]), oneLine(s.text[s.start:s.end]), oneLine(s.text[s.end:])
	if color {
		return before + "\x1b[" + kindColors[kind] + "m" + quote + "\x1b[0m" + after
	}
	return before + "[" + quote + "]" + after
}
