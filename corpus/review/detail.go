package review

import (
	"context"
	"fmt"
	"net/url"

	"dateline/corpus"
)

// Bounds of what is shown of one fact.
const (
	fewDocuments  = 4  // in the queue
	manyDocuments = 50 // on the page of the fact
	fewPlaces     = 3  // of one document
)

// detail is a fact as pages show it: its values, and every place that states it.
type detail struct {
	ID, Line    string
	Kind, Named string // the kind as a class and as a word
	State       string
	StateName   string
	Edited      bool
	Confidence  string
	Certainty   int // the same as a width, 0 to 100
	Rule        string
	Stated      string // "in 3 documents, 4 places"
	Slots       []slot
	Extracted   []slot // what the program read, when somebody edited it
	Evidence    []evidence
	More        string // how many documents are not shown, or "0"
	Later       string // where they are shown, or "": on the page of the fact
	FactAddress string // the page of the fact
	EditAddress string
	Form        form
}

// First is the evidence that stands largest, or nil.
func (d detail) First() *evidence {
	if len(d.Evidence) == 0 {
		return nil
	}
	return &d.Evidence[0]
}

// evidence is what one document says.
type evidence struct {
	Document        int64
	Source, Title   string
	Published       string
	Says            string // its words for the fact, when they are not those of the whole
	State           string
	StateName       string
	Rule            string
	Confidence      string
	Derivation      string
	Places          []quoted
	MorePlaces      int
	DocumentAddress string
	WhyAddress      string
	Original        string
	Line            string
	Form            form // decides about this document alone
}

// form holds what every form that decides has to say.
type form struct {
	Fact, Seen, Key string
	Document        int64
	Next, Back      string // where to go on after the decision; where to stay when it is refused
	ReadOnly        bool
}

// detailOf gathers what is shown of a fact, which comes with some of its statements; all is their number.
func (s *Server) detailOf(ctx context.Context, f corpus.FactDetail, all int, next, back string) (detail, error) {
	d := detail{
		ID: f.ID, Line: f.Statement, Kind: string(f.Kind), Named: kindName(f.Kind), State: string(f.State), StateName: stateName(f.State), Edited: f.Edited,
		Confidence: percent(f.Confidence), Certainty: int(f.Confidence*100 + 0.5), Rule: f.Rule,
		Stated:      "in " + count(f.Sources, "document", "documents") + ", " + count(f.Citations, "place", "places"),
		Slots:       factSlots(f.FactRow),
		FactAddress: "/fact/" + f.ID,
		EditAddress: "/fact/" + f.ID + "/edit?" + url.Values{"next": {next}, "back": {back}}.Encode(),
		Form:        s.form(f.ID, f.Version, 0, next, back),
	}
	var citations []corpus.Citation
	d.More = thousands(max(all-len(f.Statements), 0))
	for _, st := range f.Statements {
		if st.Extracted != nil && d.Extracted == nil {
			d.Extracted = valueSlots(*st.Extracted)
		}
		citations = append(citations, st.Citations[:min(len(st.Citations), fewPlaces)]...)
	}
	quotes, err := s.quotedIn(ctx, citations, aroundQuote)
	if err != nil {
		return d, err
	}
	for _, st := range f.Statements {
		n := min(len(st.Citations), fewPlaces)
		e := evidence{
			Document: st.Document, Source: st.Source, State: string(st.State), StateName: stateName(st.State), Rule: st.Rule, Confidence: percent(st.Confidence),
			Line: "in " + titleOf("", st.Source), Derivation: derivation(st.Value), Places: quotes[:n], MorePlaces: len(st.Citations) - n,
			Form: s.form(f.ID, f.Version, st.Document, back, back),
		}
		quotes = quotes[n:]
		if says := valueLine(st.Value); says != f.Statement {
			e.Says = says
		}
		if len(st.Citations) > 0 {
			c := st.Citations[0]
			e.Title, e.Published = titleOf(c.Title, st.Source), publishedWords(c.Published)
			e.WhyAddress = whyAddress(st.Document, c)
			e.DocumentAddress = documentAddress(st.Document, c.Start, f.ID)
			e.Original = withQuote(originalAddress(st.Source, ""), c.Quote)
		}
		d.Evidence = append(d.Evidence, e)
	}
	return d, nil
}

// form gives a form its key. Each form that is made has another one.
func (s *Server) form(fact, seen string, document int64, next, back string) form {
	return form{Fact: fact, Seen: seen, Key: s.NewKey(), Document: document, Next: next, Back: back, ReadOnly: s.ReadOnly}
}

// documentAddress leads to a place of a document: the part of the page that holds it, and the
// mark of the fact in it.
func documentAddress(document int64, start int, fact string) string {
	address := fmt.Sprintf("/document/%d", document)
	if from := start / partLength * partLength; from > 0 {
		address += fmt.Sprintf("?from=%d", from)
	}
	return address + "#at-" + fact
}
