package extract

import (
	"fmt"
	"io/fs"
	"sync"

	"dateline/extract/dates"
	"dateline/extract/token"
	"dateline/ingest/document"
)

// Options configure an Extractor. The zero value is the default extractor.
type Options struct {
	// Rules is a folder of a user's own: rules in *.yaml, and lists of words in lexicon/*.txt, whose
	// lines are added to those of the program's list of the same name. nil: none.
	Rules fs.FS
	// RawScores leaves facts the scores that their finders gave them, which confidence is learnt from.
	RawScores bool
}

// Extractor reads facts from documents. It is built once, is read-only afterwards and is
// shared by all workers.
type Extractor struct {
	words *lexicon
	book  *ruleBook
	raw   bool
}

// New compiles the lexicons and rules. Without a folder of rules it fails only when an embedded file
// is damaged; what is wrong with that folder are *RuleErrors, joined.
func New(o Options) (*Extractor, error) {
	files := &wordFiles{own: o.Rules}
	if err := files.check(); err != nil {
		return nil, err
	}
	words, err := newLexicon(files)
	if err != nil {
		return nil, err
	}
	book, err := newRuleBook(files, o.Rules)
	if err != nil {
		return nil, err
	}
	return &Extractor{words: words, book: book, raw: o.RawScores}, nil
}

// Default returns the shared extractor with default options.
var Default = sync.OnceValue(func() *Extractor {
	ex, err := New(Options{})
	if err != nil {
		panic(fmt.Sprintf("extract: the embedded lexicons and rules do not load: %v", err)) // only a broken build gets here; tests load them
	}
	return ex
})

// maxText is the longest text, in bytes, that facts are read from. A press release has a few
// kilobytes; a text of this size takes some 200 MB while it is read.
const maxText = 4 << 20

// Reading is what one document gave.
type Reading struct {
	Facts []Fact // in the order of exchange-format.md
	// Note says why a document was not read for facts ("not English (ru): stored without facts"), or "".
	Note string

	Refusals []Refusal // what looked like a fact and gave none, in text order; only when asked for
	Trace    *Trace    // how it was read; only when asked for
}

// Facts returns the facts of the document by the default extractor.
func Facts(doc document.Document) []Fact { return Default().Read(doc).Facts }

// Read extracts the facts of a document. It is pure: the same document gives the same facts
// in the same order. Time and memory are linear in the length of the text.
func (ex *Extractor) Read(doc document.Document) Reading {
	if note := unread(doc); note != "" {
		return Reading{Note: note}
	}
	p := newPage(ex, doc)
	for _, one := range steps {
		one.run(p)
	}
	return Reading{Facts: p.facts}
}

// unread says why a document is not read for facts, or "".
func unread(doc document.Document) string {
	if doc.Language != "" && doc.Language != "en" {
		return fmt.Sprintf("not English (%s): stored and searchable, no facts are read", doc.Language)
	}
	if len(doc.Text) > maxText {
		return fmt.Sprintf("%d MB of text: stored and searchable, facts are read from at most %d MB", len(doc.Text)>>20, maxText>>20)
	}
	return ""
}

// step is one pass over a page. Each leaves in the page what later ones need.
type step struct {
	name string
	run  func(*page)
}

// steps are the passes of Read, in their order: names are found from the surest sign to the
// weakest, then decided for the whole document, then turned into facts.
var steps = []step{
	{"tag", (*page).tag},
	{"findKnown", onSentences((*page).findKnown)},
	{"findSpelledAcronyms", onSentences((*page).findSpelledAcronyms)},
	{"findReversedAcronyms", onSentences((*page).findReversedAcronyms)},
	{"findInstitutions", onSentences((*page).findInstitutions)},
	{"findDefinedAcronyms", onSentences((*page).findDefinedAcronyms)},
	{"findShortNames", onSentences((*page).findShortNames)},
	{"findAbout", onSentences((*page).findAbout)},
	{"findStates", onSentences((*page).findStates)},
	{"findSmallHeads", onSentences((*page).findSmallHeads)},
	{"findDivisions", onSentences((*page).findDivisions)},
	{"findDates", (*page).findDates},
	{"findAcronyms", (*page).findAcronyms},
	{"findListed", onSentences((*page).findListed)},
	{"institutionRules", (*page).institutionRules},
	{"findAllPosts", (*page).findAllPosts},
	{"decideNames", (*page).decideNames},
	{"personRules", (*page).personRules},
	{"resolve", (*page).resolve},
	{"fileMentions", (*page).fileMentions},
	{"dateFacts", (*page).dateFacts},
	{"entityFacts", (*page).entityFacts},
	{"bindTitles", (*page).bindTitles},
	{"factRules", (*page).factRules},
	{"titleFacts", (*page).titleFacts},
	{"agreementFacts", (*page).agreementFacts},
	{"ownFacts", (*page).ownFacts},
	{"settleConfidence", (*page).settleConfidence},
	{"sortFacts", func(p *page) { sortFacts(p.facts) }},
}

// onSentences makes a step of a finder that reads one sentence.
func onSentences(find func(*page, *sentence)) func(*page) {
	return func(p *page) {
		for i := range p.sentences {
			if !p.sentences[i].silent {
				find(p, &p.sentences[i])
			}
		}
	}
}

// findDates finds date expressions outside the names found so far and claims their tokens.
func (p *page) findDates() {
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
	p.dates, p.refusedDates = dates.Find(p.text, p.tokens, plain, ctx)
	next := 0
	for _, m := range p.dates {
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
}

// findAllPosts finds the posts of every sentence.
func (p *page) findAllPosts() {
	p.posts = make([][]post, len(p.sentences))
	p.companies = p.companyStarts()
	for i := range p.sentences {
		if !p.sentences[i].silent {
			p.posts[i] = p.findPosts(&p.sentences[i])
		}
	}
}
