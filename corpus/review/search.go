package review

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"dateline/corpus"
)

// Parameters of the search besides those of the queue.
const (
	paramSince = "since"
	paramUntil = "until"
	paramFrom  = "from"
	paramFacts = "facts" // wait for them, however long it takes
)

// searchView is the page of the search.
type searchView struct {
	Words, Since, Until string
	Publisher, Source   string
	Kinds               []choice
	Open                bool // one of the further filters is set
	Asked               bool
	Note                string // what the query could not mean
	Total, TotalFacts   string
	Documents           []foundDocument
	Facts               []foundFact
	FactsLater          string // where they are shown when finding them took too long
	Earlier, Later      string
}

// foundDocument is a document that holds the words.
type foundDocument struct {
	Title             []corpus.TextPart
	Source            string
	Published         string
	Publisher         string
	Facts             string
	Snippet           []corpus.TextPart
	CutFront, CutBack bool
	Address, Queue    string
	Original          string
	MayMatch          bool
}

// foundFact is a fact whose names, values or quotes hold the words.
type foundFact struct {
	Line, Kind, Named string
	State, StateName  string
	Edited            bool
	Quote             []corpus.TextPart
	Confidence, Rule  string
	Documents         string
	Address           string
}

// foundLength is how many documents, and facts, a page of the search lists.
const foundLength = 20

// searchPage is GET /search.
func (s *Server) searchPage(r *http.Request) (reply, error) {
	p := r.URL.Query()
	get := func(name string) string { return strings.TrimSpace(p.Get(name)) }
	q := corpus.SearchQuery{Words: get(paramWords), Kind: get(paramKind), Since: get(paramSince), Until: get(paramUntil), Publisher: get(paramPublisher), Source: get(paramSource), Limit: foundLength}
	offset, _ := strconv.Atoi(get(paramFrom))
	q.Offset = min(max(offset, 0), 1<<30)
	choices, err := s.Store.Choices(r.Context())
	if err != nil {
		return reply{}, err
	}
	v := searchView{Words: q.Words, Since: q.Since, Until: q.Until, Publisher: q.Publisher, Source: q.Source, Kinds: kindChoices(q.Kind, choices.OwnKinds),
		Open: q.Kind+q.Since+q.Until+q.Publisher+q.Source != "", Asked: q.Words+q.Kind+q.Since+q.Until+q.Publisher+q.Source != ""}
	out := reply{page: "search", title: "Search"}
	if !v.Asked {
		out.body = v
		return out, nil
	}
	if q.Words != "" {
		out.title = "Search: " + q.Words
	}
	documents, err := s.Store.Search(r.Context(), q)
	if err != nil {
		return reply{}, err
	}
	v.Note, v.Total = documents.Note, count(documents.Total, "document", "documents")
	for _, h := range documents.Hits {
		v.Documents = append(v.Documents, foundView(h))
	}
	address := func(from int) string {
		a := url.Values{}
		for _, name := range []string{paramWords, paramKind, paramSince, paramUntil, paramPublisher, paramSource} {
			if value := get(name); value != "" {
				a.Set(name, value)
			}
		}
		if from > 0 {
			a.Set(paramFrom, strconv.Itoa(from))
		}
		return "/search?" + a.Encode()
	}
	if q.Offset > 0 {
		v.Earlier = address(max(q.Offset-foundLength, 0))
	}
	if q.Offset+len(documents.Hits) < documents.Total {
		v.Later = address(q.Offset + foundLength)
	}
	// A search for facts looks at every word of them. In a large database that takes longer than
	// anybody waits who only wants the document: then there is a link to it.
	ctx, cancel := r.Context(), context.CancelFunc(func() {})
	if get(paramFacts) == "" {
		ctx, cancel = context.WithTimeout(ctx, s.Patience)
	}
	defer cancel()
	q.Offset = 0
	facts, err := s.Store.SearchFacts(ctx, q)
	if err != nil && ctx.Err() != nil && r.Context().Err() == nil {
		v.FactsLater = address(offset) + "&" + paramFacts + "=yes"
		out.body = v
		return out, nil
	}
	if err != nil {
		return reply{}, err
	}
	v.TotalFacts = count(facts.Total, "fact", "facts")
	for _, h := range facts.Hits {
		v.Facts = append(v.Facts, foundFact{
			Line: h.Statement, Kind: string(h.Kind), Named: kindName(h.Kind), State: string(h.State), StateName: stateName(h.State), Edited: h.Edited,
			Quote: h.Quote, Confidence: percent(h.Confidence), Rule: h.Rule, Documents: count(h.Sources, "document", "documents"), Address: "/fact/" + h.ID,
		})
	}
	out.body = v
	return out, nil
}

// foundView is a found document as the page shows it.
func foundView(h corpus.SearchHit) foundDocument {
	f := foundDocument{
		Title: h.Title, Source: h.Source, Published: publishedWords(h.Published), Publisher: h.Publisher, Facts: count(h.Facts, "fact", "facts"),
		Snippet: h.Snippet.Parts, CutFront: h.Snippet.Before, CutBack: h.Snippet.After, MayMatch: h.MayMatch,
		Address:  "/document/" + strconv.FormatInt(h.Document, 10),
		Queue:    queueAddress{filter: corpus.QueueFilter{Document: h.Document}}.String(),
		Original: originalAddress(h.Source, ""),
	}
	if len(h.Title) == 0 {
		f.Title = []corpus.TextPart{{Text: titleOf("", h.Source)}}
	}
	if from := h.Snippet.Start / partLength * partLength; from > 0 {
		f.Address += "?from=" + strconv.Itoa(from)
	}
	for _, part := range h.Snippet.Parts {
		if part.Hit {
			f.Original = withQuote(f.Original, part.Text)
			break
		}
	}
	return f
}
