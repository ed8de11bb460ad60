package extract

import "dateline/ingest/document"

// Explain reads a document as Read does, and keeps how: the evidence for each name, what was
// decided and why, and what looked like a fact and gave none. The facts are those of Read.
func (ex *Extractor) Explain(doc document.Document) Reading {
	if note := unread(doc); note != "" {
		return Reading{Note: note}
	}
	p := newPage(ex, doc)
	p.trace = &tracer{}
	for _, one := range steps {
		one.run(p)
		p.trace.after(p, one.name)
	}
	p.refuse()
	return Reading{Facts: p.facts, Refusals: p.refused, Trace: p.explain()}
}

// Refuse reads a document as Read does, and lists what looked like a fact and gave none.
func (ex *Extractor) Refuse(doc document.Document) Reading {
	if note := unread(doc); note != "" {
		return Reading{Note: note}
	}
	p := newPage(ex, doc)
	for _, one := range steps {
		one.run(p)
	}
	p.refuse()
	return Reading{Facts: p.facts, Refusals: p.refused}
}

// askedSteps are the passes behind those of Read, for those who ask why. They read the page and
// change nothing of what it states.
var askedSteps = []step{
	{"refuse", (*page).refuse},
	{"explain", func(p *page) { p.explain() }},
}
