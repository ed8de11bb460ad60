package review

import (
	"context"
	"net/http"
	"strconv"

	"dateline/corpus"
)

// factView is the page of one fact.
type factView struct {
	Fact    detail
	History []decisionView
}

// decisionsShown bounds a list of decisions.
const decisionsShown = 100

// factPage is GET /fact/{id}.
func (s *Server) factPage(r *http.Request) (reply, error) {
	from, _ := strconv.Atoi(r.URL.Query().Get("from"))
	out, err := s.factReply(r.Context(), r.PathValue("id"), min(max(from, 0), 1<<30))
	if did, ok := doneNames[corpus.Action(r.URL.Query().Get("told"))]; ok && err == nil {
		out.told = did + "."
	}
	return out, err
}

func (s *Server) factReply(ctx context.Context, id string, from int) (reply, error) {
	fact, all, err := s.Store.FactPart(ctx, id, from, manyDocuments)
	if err != nil {
		return reply{}, err
	}
	here := "/fact/" + fact.ID
	d, err := s.detailOf(ctx, fact, all-from, here, here)
	if err != nil {
		return reply{}, err
	}
	if rest := from + len(fact.Statements); rest < all {
		d.Later = here + "?from=" + strconv.Itoa(rest)
	}
	decisions, err := s.Store.Decisions(ctx, corpus.DecisionFilter{Fact: fact.ID, Newest: true, Limit: decisionsShown})
	if err != nil {
		return reply{}, err
	}
	return reply{page: "fact", title: fact.Statement, body: factView{Fact: d, History: s.decisionViews(decisions, here)}}, nil
}
