package review

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"dateline/corpus"
)

// searchView is the page of the search.
type searchView struct {
	Words, Source string
	Asked         bool
	Documents     []foundDocument
	Facts         []listed
	MoreFacts     string // the same words in the queue
	Earlier       string
	Later         string
}

// foundDocument is a document that holds the words.
type foundDocument struct {
	Title, Source  string
	Published      string
	Publisher      string
	State, Reason  string
	Facts          string
	Address, Queue string
	Original       string
}

// Lengths of the lists of a search.
const (
	foundDocuments = 20
	foundFacts     = 20
)

// searchPage is GET /search.
func (s *Server) searchPage(r *http.Request) (reply, error) {
	q := r.URL.Query()
	words, source := strings.TrimSpace(q.Get(paramWords)), strings.TrimSpace(q.Get(paramSource))
	v := searchView{Words: words, Source: source, Asked: words != "" || source != ""}
	out := reply{page: "search", title: "Search"}
	if len(words) > 500 || len(source) > 2000 {
		return reply{}, problem{http.StatusBadRequest, "That is too long to search for. Give some words of it."}
	}
	if v.Asked {
		offset, _ := strconv.Atoi(q.Get("from"))
		offset = min(max(offset, 0), 1<<30)
		docs, err := s.Store.Documents(r.Context(), corpus.DocumentFilter{Text: words, Source: source, Limit: foundDocuments + 1, Offset: offset})
		if err != nil {
			return reply{}, err
		}
		address := func(from int) string {
			a := url.Values{paramWords: {words}}
			if source != "" {
				a.Set(paramSource, source)
			}
			if from > 0 {
				a.Set("from", strconv.Itoa(from))
			}
			return "/search?" + a.Encode()
		}
		if len(docs) > foundDocuments {
			docs = docs[:foundDocuments]
			v.Later = address(offset + foundDocuments)
		}
		if offset > 0 {
			v.Earlier = address(max(offset-foundDocuments, 0))
		}
		for _, d := range docs {
			f := foundDocument{Title: titleOf(d.Title, d.Source), Source: d.Source, Published: publishedWords(d.Published), Publisher: d.Publisher, State: d.State, Reason: d.Reason,
				Facts: count(d.Facts, "fact", "facts"), Original: originalAddress(d.Source, d.Canonical)}
			if d.ID != 0 && d.State == "ok" {
				f.Address = "/document/" + strconv.FormatInt(d.ID, 10)
				f.Queue = queueAddress{filter: corpus.QueueFilter{Document: d.ID}}.String()
			}
			v.Documents = append(v.Documents, f)
		}
		facts, err := s.Store.Facts(r.Context(), corpus.Filter{Text: words, Source: source, Limit: foundFacts})
		if err != nil {
			return reply{}, err
		}
		if v.Facts, err = s.listFacts(r.Context(), facts, func(id string) string { return "/fact/" + id }, ""); err != nil {
			return reply{}, err
		}
		v.MoreFacts = queueAddress{filter: corpus.QueueFilter{Text: words, Source: source}}.String()
		if words != "" {
			out.title = "Search: " + words
		}
	}
	out.body = v
	return out, nil
}
