package review

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"dateline/corpus"
	"dateline/extract"
)

// historyView is the page of all decisions.
type historyView struct {
	Decisions []decisionView
	Who       string
	Newer     string
	Older     string
}

// decisionView is a decision as pages show it.
type decisionView struct {
	ID          int64
	Action      string // as a class
	Did         string
	Who, Why    string
	Made        string
	Kind, Named string
	Line        string
	Edited      []slot
	FactAddress string
	Undone      bool
	CanUndo     bool
	Key         string
	Next, Here  string // where to go on after undo; the page itself
	Targets     []targetView
}

// targetView is the evidence of a decision in one document.
type targetView struct {
	Source               string
	Says                 string
	Before, Quote, After string
	Hold, How            string
	FactAddress          string
	SearchAddress        string
}

// decisionViews gives decisions as pages show them; here is the address of the page.
func (s *Server) decisionViews(decisions []corpus.Decision, here string) []decisionView {
	out := make([]decisionView, len(decisions))
	for i, d := range decisions {
		v := decisionView{
			ID: d.ID, Action: string(d.Action), Did: doneNames[d.Action], Who: d.Who, Why: d.Why, Made: stamp(d.Made),
			Kind: string(d.Kind), Named: kindName(d.Kind), Line: d.Line, Undone: d.UndoneBy != 0,
			CanUndo: !s.ReadOnly && d.UndoneBy == 0 && d.Action != corpus.Undo, Key: s.NewKey(), Next: here, Here: here,
		}
		if d.Action == corpus.Edit && strings.HasPrefix(here, "/fact/") {
			v.Next = "/fact/" + d.Fact // an edit can give a fact another id; undo gives the old one back
		}
		if d.Edited != nil {
			v.Edited = valueSlots(*d.Edited)
		}
		for _, t := range d.Targets[:min(len(d.Targets), fewDocuments)] {
			x := targetView{Source: t.Source, Says: valueLine(t.Value), Before: t.Before, Quote: t.Quote, After: t.After, Hold: string(t.How), How: holdNames[t.How]}
			if t.Fact != "" {
				x.FactAddress = "/fact/" + t.Fact
				if v.FactAddress == "" {
					v.FactAddress = x.FactAddress
				}
			}
			x.SearchAddress = "/search?" + url.Values{paramSource: {t.Source}}.Encode()
			v.Targets = append(v.Targets, x)
		}
		out[i] = v
	}
	return out
}

// historyLength is how many decisions stand on a page.
const historyLength = 50

// historyPage is GET /history.
func (s *Server) historyPage(r *http.Request) (reply, error) {
	q := r.URL.Query()
	who := strings.TrimSpace(q.Get("who"))
	offset, _ := strconv.Atoi(q.Get("from"))
	offset = min(max(offset, 0), 1<<30)
	decisions, err := s.Store.Decisions(r.Context(), corpus.DecisionFilter{Who: who, Newest: true, Limit: historyLength + 1, Offset: offset})
	if err != nil {
		return reply{}, err
	}
	address := func(from int) string {
		v := url.Values{}
		if who != "" {
			v.Set("who", who)
		}
		if from > 0 {
			v.Set("from", strconv.Itoa(from))
		}
		if len(v) == 0 {
			return "/history"
		}
		return "/history?" + v.Encode()
	}
	view := historyView{Who: who}
	if len(decisions) > historyLength {
		decisions = decisions[:historyLength]
		view.Older = address(offset + historyLength)
	}
	if offset > 0 {
		view.Newer = address(max(offset-historyLength, 0))
	}
	view.Decisions = s.decisionViews(decisions, address(offset))
	out := reply{page: "history", title: "History", body: view}
	if did, ok := doneNames[corpus.Action(q.Get("told"))]; ok {
		out.told = did + "."
	}
	return out, nil
}

// orphansView is the page of decisions that lost their evidence.
type orphansView struct {
	Decisions []decisionView
	More      int
}

// orphansPage is GET /orphans.
func (s *Server) orphansPage(r *http.Request) (reply, error) {
	decisions, err := s.Store.Orphans(r.Context())
	if err != nil {
		return reply{}, err
	}
	more := max(len(decisions)-decisionsShown, 0)
	view := orphansView{Decisions: s.decisionViews(decisions[:len(decisions)-more], "/orphans"), More: more}
	return reply{page: "orphans", title: "Orphans", body: view}, nil
}

// helpView is the page of the keys.
type helpView struct{ Kinds []choice }

// helpPage is GET /help.
func (s *Server) helpPage(*http.Request) (reply, error) {
	var kinds []choice
	for _, k := range extract.Kinds {
		kinds = append(kinds, choice{Value: string(k), Name: kindName(k)})
	}
	return reply{page: "help", title: "Keys", body: helpView{kinds}}, nil
}
