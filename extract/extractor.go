package extract

import (
	"fmt"
	"sync"

	"dateline/extract/dates"
	"dateline/extract/token"
	"dateline/ingest/document"
)

// Options configure an Extractor. The zero value is the default extractor.
type Options struct{}

// Extractor reads facts from documents. It is built once, is read-only afterwards and is
// shared by all workers.
type Extractor struct {
	words *lexicon
}

// New compiles the lexicons. It fails only when an embedded lexicon is damaged.
func New(Options) (*Extractor, error) {
	words, err := newLexicon()
	if err != nil {
		return nil, err
	}
	return &Extractor{words: words}, nil
}

// Default returns the shared extractor with default options.
var Default = sync.OnceValue(func() *Extractor {
	ex, err := New(Options{})
	if err != nil {
		panic(fmt.Sprintf("extract: the embedded lexicons do not load: %v", err)) // only a broken build gets here; tests load them
	}
	return ex
})

// Reading is what one document gave.
type Reading struct {
	Facts []Fact // in the order of exchange-format.md
	// Note says why a document was not read for facts ("not English (ru): stored without facts"), or "".
	Note string
}

// Facts returns the facts of the document by the default extractor.
func Facts(doc document.Document) []Fact { return Default().Read(doc).Facts }

// Read extracts the facts of a document. It is pure: the same document gives the same facts
// in the same order. Time and memory are linear in the length of the text.
func (ex *Extractor) Read(doc document.Document) Reading {
	if doc.Language != "" && doc.Language != "en" {
		return Reading{Note: fmt.Sprintf("not English (%s): stored and searchable, no facts are read", doc.Language)}
	}
	p := newPage(ex, doc)
	plain := make([]token.Sentence, 0, len(p.sentences))
	for _, s := range p.sentences {
		if !s.silent {
			plain = append(plain, s.Sentence)
		}
	}
	p.tag(plain)
	p.each(p.findKnown)
	p.each(p.findSpelledAcronyms)
	p.each(p.findReversedAcronyms)
	p.each(p.findInstitutions)
	p.each(p.findDefinedAcronyms)
	p.each(p.findShortNames)
	p.each(p.findAbout)
	p.each(p.findStates)
	found := p.findDates()
	p.findAcronyms()
	posts := p.findAllPosts()
	p.decideNames(posts)
	p.resolve()
	p.fileMentions()
	var facts []Fact
	facts = append(facts, dateFacts(p, found)...)
	facts = append(facts, p.entityFacts()...)
	titles := p.bindTitles(posts)
	facts = append(facts, p.titleFacts(titles)...)
	facts = append(facts, p.agreementFacts(titles, found)...)
	sortFacts(facts)
	return Reading{Facts: facts}
}

// each runs a finder on every sentence that is not site furniture.
func (p *page) each(find func(*sentence)) {
	for i := range p.sentences {
		if !p.sentences[i].silent {
			find(&p.sentences[i])
		}
	}
}

// findDates finds date expressions outside the names found so far and claims their tokens.
func (p *page) findDates() []dates.Mention {
	ctx := dates.Context{Published: p.doc.Published.Value, PublishedFrom: p.doc.Published.From}
	plain := make([]token.Sentence, len(p.sentences))
	for i, s := range p.sentences {
		plain[i] = s.Sentence
		if s.silent {
			ctx.Silent = append(ctx.Silent, s.Span)
		}
	}
	for _, i := range p.inTextOrder() {
		if p.mentions[i].Type != referenceName {
			ctx.Names = append(ctx.Names, p.mentionSpan(i))
		}
	}
	found := dates.Find(p.text, p.tokens, plain, ctx)
	next := 0
	for _, m := range found {
		for next < len(p.tokens) && p.tokens[next].End() <= m.Start {
			next++
		}
		last := next
		for last < len(p.tokens) && p.tokens[last].Start() < m.End {
			last++
		}
		if last > next {
			p.add(mention{First: next, Last: last, Type: dateName, Rule: m.Rule})
		}
	}
	return found
}

// findAllPosts finds the posts of every sentence; the outer index is the sentence's.
func (p *page) findAllPosts() [][]post {
	posts := make([][]post, len(p.sentences))
	for i := range p.sentences {
		if !p.sentences[i].silent {
			posts[i] = p.findPosts(&p.sentences[i])
		}
	}
	return posts
}
