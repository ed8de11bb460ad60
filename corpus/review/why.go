package review

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"dateline/corpus"
	"dateline/extract"
	"dateline/extract/token"
	"dateline/ingest/document"
)

// Bounds of what is explained on a page. A document is read anew as a whole, because a name has one
// meaning everywhere in it; a release has some thousands of characters.
const (
	longestExplained = 400_000 // code points of the document
	sentencesOfWhy   = 6       // that a quote reaches over
	rowsOfWhy        = 100     // of one kind in a sentence
	longestSentence  = 3_000   // bytes of a sentence that are shown
)

// whyView is the page that says how a sentence was read.
type whyView struct {
	Title           string
	DocumentAddress string
	Note            string // why nothing was read
	Sentences       []whySentence
	Entities        []whyEntity
	Earlier, Later  string
}

// whySentence is one sentence with all that was found in it.
type whySentence struct {
	Number  int
	Text    string
	Cut     bool
	Remarks []string
	Weighed []whyName
	Parts   []whyPart
}

// whyPart is what was found of one kind.
type whyPart struct {
	Name string
	Rows []whyRow
	More int
}

// whyRow is one of them.
type whyRow struct{ Words, What, How string }

// whyName is a run of words that could be a person, with the evidence.
type whyName struct {
	Words, Outcome    string
	Evidence          []whyEvidence
	Sum, Needed, Says string
}

type whyEvidence struct{ Weight, What string }

// whyEntity is a person or institution with the forms that were joined.
type whyEntity struct {
	Name, Kind, Named string
	Parent            string
	Forms             []whyRow
}

// whyAddress is the page that explains the sentence of a citation.
func whyAddress(document int64, c corpus.Citation) string {
	return whyAt(document, c.Start, c.End)
}

func whyAt(document int64, start, end int) string {
	return fmt.Sprintf("/document/%d/why?", document) + url.Values{"at": {strconv.Itoa(start)}, "to": {strconv.Itoa(end)}}.Encode()
}

// whyPage is GET /document/{id}/why: how the sentences from code point at to code point to were
// read. The document is read anew by the rules of this program.
func (s *Server) whyPage(r *http.Request) (reply, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil || id < 1 {
		return reply{}, problem{http.StatusNotFound, "There is no such document."}
	}
	at, _ := strconv.Atoi(r.URL.Query().Get("at"))
	to, _ := strconv.Atoi(r.URL.Query().Get("to"))
	part, err := s.Store.Part(r.Context(), id, 0, 1)
	if err != nil {
		return reply{}, err
	}
	if part.Characters > longestExplained {
		return reply{}, problem{http.StatusUnprocessableEntity, fmt.Sprintf("A document of %s characters is too long to be read anew for a page. “dateline explain %d” shows how it is read.", thousands(part.Characters), id)}
	}
	detail, err := s.Store.Document(r.Context(), strconv.FormatInt(id, 10))
	if err != nil {
		return reply{}, err
	}
	if detail.ID != id {
		return reply{}, problem{http.StatusNotFound, "There is no such document."} // a source whose name is a number
	}
	got, err := s.explained(detail.Doc)
	if err != nil {
		return reply{}, err
	}
	v := whyView{Title: titleOf(detail.Title, detail.Source), DocumentAddress: fmt.Sprintf("/document/%d", id), Note: got.Note}
	if at = max(0, min(at, part.Characters)); at >= partLength {
		v.DocumentAddress += fmt.Sprintf("?from=%d", at/partLength*partLength)
	}
	if got.Trace != nil && len(got.Trace.Sentences) > 0 {
		v.fill(id, detail.Doc.Text, got, at, to)
	} else if v.Note == "" {
		v.Note = "the document has no text"
	}
	return reply{page: "why", title: "Why: " + v.Title, body: v}, nil
}

// explained reads a document anew. A fault of the program is an error of this page alone.
func (s *Server) explained(doc document.Document) (got extract.Reading, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = errors.New(doc.Source + ": the program failed when it read the document anew: " + fmt.Sprint(fault))
		}
	}()
	return s.Explain(doc), nil
}

// fill takes the sentences between two code points from a trace.
func (v *whyView) fill(id int64, text string, got extract.Reading, at, to int) {
	bytes := byteOffsets(text)
	all := got.Trace.Sentences
	first := got.Trace.Sentence(bytes(at))
	last := max(first, got.Trace.Sentence(bytes(max(at, to-1))))
	last = min(last, first+sentencesOfWhy-1)
	index := extract.NewRuneIndex(text)
	address := func(n int) string {
		if n < 1 || n > len(all) {
			return ""
		}
		return whyAt(id, index.At(all[n-1].Start), index.At(all[n-1].End))
	}
	v.Earlier, v.Later = address(first-1), address(last+1)
	named := map[int]bool{}
	for _, one := range all[first-1 : last] {
		v.Sentences = append(v.Sentences, sentenceWhy(text, one, got))
		for _, m := range one.Mentions {
			named[m.Entity] = true
		}
	}
	for i, e := range got.Trace.Entities {
		if !named[i] || len(v.Entities) == rowsOfWhy {
			continue
		}
		x := whyEntity{Name: e.Name, Kind: string(e.Kind), Named: kindName(e.Kind), Parent: e.Parent}
		for _, f := range e.Forms[:min(len(e.Forms), rowsOfWhy)] {
			x.Forms = append(x.Forms, whyRow{f.Text, count(f.Places, "place", "places"), "first in sentence " + strconv.Itoa(f.First) + ", " + f.Rule})
		}
		for _, m := range e.Merged[:min(len(e.Merged), rowsOfWhy)] {
			x.Forms = append(x.Forms, whyRow{m, "joined", "a shorter form of it"})
		}
		v.Entities = append(v.Entities, x)
	}
}

// sentenceWhy is one sentence for the page.
func sentenceWhy(text string, s extract.SentenceTrace, got extract.Reading) whySentence {
	out := whySentence{Number: s.Number, Text: s.Of(text)}
	if len(out.Text) > longestSentence {
		out.Text, out.Cut = strings.ToValidUTF8(out.Text[:longestSentence], ""), true
	}
	if s.Zone != "" {
		out.Remarks = append(out.Remarks, string(s.Zone))
	}
	switch {
	case s.Silent:
		out.Remarks = append(out.Remarks, "not read: site furniture")
	case s.TitleCase:
		out.Remarks = append(out.Remarks, "most words are capitalised, so that capitals say little")
	}
	add := func(name string, n int, row func(i int) whyRow) {
		if n == 0 {
			return
		}
		part := whyPart{Name: name, More: max(0, n-rowsOfWhy)}
		for i := range min(n, rowsOfWhy) {
			part.Rows = append(part.Rows, row(i))
		}
		out.Parts = append(out.Parts, part)
	}
	words := func(span token.Span) string { return span.Of(text) }
	var names []extract.MentionTrace
	for _, m := range s.Mentions {
		if m.Type != "date" {
			names = append(names, m)
		}
	}
	add("Facts", len(s.Facts), func(i int) whyRow {
		f := got.Facts[s.Facts[i]]
		return whyRow{kindName(f.Kind), valueLine(f), f.Rule + ", " + percent(f.Confidence)}
	})
	add("Refused", len(s.Refusals), func(i int) whyRow {
		r := s.Refusals[i]
		how := extract.Meaning(r.Code)
		if r.Detail != "" {
			how += " — " + r.Detail
		}
		return whyRow{words(r.Span), r.Code, how}
	})
	add("Names", len(names), func(i int) whyRow {
		m := names[i]
		how := m.Rule + ", " + percent(m.Score)
		if m.Entity >= 0 && got.Trace.Entities[m.Entity].Name != words(m.Span) {
			how += "; " + got.Trace.Entities[m.Entity].Name
		}
		return whyRow{words(m.Span), m.Type, how}
	})
	add("Dates", len(s.Dates), func(i int) whyRow {
		m := s.Dates[i]
		how := m.Rule
		if from := derivation(extract.Fact{Date: &extract.Date{Anchor: m.Anchor, AnchorFrom: m.AnchorFrom, Alternatives: m.Alternatives}}); from != "" {
			how += "; " + from
		}
		return whyRow{words(m.Span), strings.TrimSpace(m.Value + " " + strings.ToLower(m.Mod)), how}
	})
	add("Posts", len(s.Posts), func(i int) whyRow {
		p := s.Posts[i]
		who, how := "of nobody here", ""
		if p.Holder != "" {
			who, how = "of "+p.Holder, p.Rule+", "+percent(p.Score)
			if p.When != "current" {
				who = p.When + " " + who
			}
		}
		if p.Where != "" {
			who += ", " + p.Where
		}
		return whyRow{words(p.Span), who, how}
	})
	add("Agreements", len(s.Agreements), func(i int) whyRow {
		g := s.Agreements[i]
		how := g.Rule
		if g.Alone {
			how += "; no fact"
		}
		if told := g.String(); told != "" {
			how += "; " + told
		}
		return whyRow{words(g.Span), typeWords(g.Type) + " " + g.Status, how}
	})
	for _, n := range s.Weighed[:min(len(s.Weighed), rowsOfWhy)] {
		x := whyName{Words: words(n.Span), Outcome: "no name", Sum: strings.Replace(fmt.Sprintf("= %.1f", n.Score), "-", "−", 1), Needed: strconv.FormatFloat(n.Needed, 'f', 1, 64), Says: n.Votes.String()}
		if n.Outcome != "" {
			x.Outcome = n.Outcome + " by " + n.Rule
		}
		for _, e := range n.Evidence {
			what := e.What
			if e.Detail != "" {
				what += ": " + e.Detail
			}
			x.Evidence = append(x.Evidence, whyEvidence{signed(e.Weight), what})
		}
		out.Weighed = append(out.Weighed, x)
	}
	return out
}

// signed writes a weight with its sign.
func signed(weight float64) string {
	return strings.Replace(fmt.Sprintf("%+.1f", weight), "-", "−", 1)
}
