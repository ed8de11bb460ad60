package review

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"dateline/corpus"
)

// queueView is the page of the queue.
type queueView struct {
	Filters   filterView
	Progress  progressView
	List      []listed
	Focus     *detail
	Previous  string // address of the fact before the one in focus, or ""
	Next      string
	NextPage  string
	FirstPage string
	Last      *lastDecision
	Filtered  bool
	Again     bool // nothing is left on this page of the list, but there may be before
}

// filterView is the form above the queue.
type filterView struct {
	Words, Publisher, Person, Institution, Source string
	Document                                      int64
	Kinds, States, Rules                          []choice
	Publishers                                    []string
	Chips                                         []chip
	Open                                          bool // one of the further filters is set
}

// listed is a fact in the list.
type listed struct {
	Line, Kind, Named string
	State, StateName  string
	Edited            bool
	Confidence        string
	Rule              string
	Documents         string
	Quoted            quoted
	Address           string
	Here              bool // in focus
}

// progressView is how far the review is, of what the filters select.
type progressView struct {
	Done, All int
	Text      string
	Bars      []progressBar
}

// progressBar is a part of the bar, in hundredths of its width.
type progressBar struct {
	State, Name string
	Count       string
	X, Width    string
}

// lastDecision is the decision that Undo takes back.
type lastDecision struct {
	Action, Did string
	Line, Kind  string
	Fact        string
	Decision    int64
	Key         string
	Next, Back  string
	ReadOnly    bool
}

// queuePage is GET /.
func (s *Server) queuePage(r *http.Request) (reply, error) {
	a := readQueueAddress(r.URL.Query())
	told := r.URL.Query().Get("told")
	out, err := s.queueReply(r.Context(), a)
	if did, ok := doneNames[corpus.Action(told)]; ok && err == nil {
		out.told = did + "."
		out.quiet = told != string(corpus.Undo) // the line with the Undo button says it
	}
	return out, err
}

// queueReply makes the page of a queue.
func (s *Server) queueReply(ctx context.Context, a queueAddress) (reply, error) {
	list, err := s.Store.Queue(ctx, a.filter)
	if err != nil {
		return reply{}, err
	}
	v := queueView{Filtered: a.start().String() != "/", FirstPage: ""}
	if a.filter.After != "" {
		v.FirstPage = a.start().String()
		v.Again = len(list.Facts) == 0
	}
	if list.Next != "" {
		v.NextPage = a.page(list.Next).String()
	}
	if v.Progress, err = s.progress(ctx, a.filter); err != nil {
		return reply{}, err
	}
	if v.Filters, err = s.filters(ctx, a); err != nil {
		return reply{}, err
	}
	fact, all, err := s.inFocus(ctx, a.fact, list.Facts)
	if err != nil {
		return reply{}, err
	}
	here := -1
	for i, f := range list.Facts {
		if fact != nil && f.ID == fact.ID {
			here = i
		}
	}
	// After a decision the fact leaves the list of what is to do; the one behind it comes next.
	switch {
	case here+1 < len(list.Facts):
		v.Next = a.with(list.Facts[here+1].ID).String()
	case v.NextPage != "":
		v.Next = v.NextPage
	}
	if here > 0 {
		v.Previous = a.with(list.Facts[here-1].ID).String()
	}
	focus := ""
	if fact != nil {
		focus = fact.ID
		next := v.Next
		if next == "" {
			next = a.start().String()
		}
		d, err := s.detailOf(ctx, *fact, all, next, a.with(fact.ID).String())
		if err != nil {
			return reply{}, err
		}
		v.Focus = &d
	}
	if v.List, err = s.listFacts(ctx, list.Facts, func(id string) string { return a.with(id).String() }, focus); err != nil {
		return reply{}, err
	}
	if v.Last, err = s.lastDecision(ctx, a); err != nil {
		return reply{}, err
	}
	title := "Review"
	if v.Focus != nil {
		title = v.Focus.Line
	}
	return reply{page: "queue", title: title, body: v}, nil
}

// inFocus is the fact that was asked for or, where it is not there any more (an edit can give it
// and others new ids), the first of the list; nil when there is none.
func (s *Server) inFocus(ctx context.Context, id string, list []corpus.FactRow) (fact *corpus.FactDetail, all int, err error) {
	if id != "" {
		fact, all, err := s.Store.FactPart(ctx, id, 0, fewDocuments)
		if err == nil {
			return &fact, all, nil
		}
		var e *corpus.Error
		if !errors.As(err, &e) || e.Problem != corpus.NotFound && e.Problem != corpus.Ambiguous {
			return nil, 0, err
		}
	}
	if len(list) == 0 {
		return nil, 0, nil
	}
	first, all, err := s.Store.FactPart(ctx, list[0].ID, 0, fewDocuments)
	if corpus.IsNotFound(err) {
		return nil, 0, nil // gone between two looks
	}
	return &first, all, err
}

// listFacts gives facts as a list shows them.
func (s *Server) listFacts(ctx context.Context, facts []corpus.FactRow, address func(id string) string, focus string) ([]listed, error) {
	citations := make([]corpus.Citation, len(facts))
	for i, f := range facts {
		citations[i] = f.First
	}
	quotes, err := s.quotedIn(ctx, citations, shortAround)
	if err != nil {
		return nil, err
	}
	out := make([]listed, len(facts))
	for i, f := range facts {
		out[i] = listed{
			Line: f.Statement, Kind: string(f.Kind), Named: kindName(f.Kind), State: string(f.State), StateName: stateName(f.State), Edited: f.Edited,
			Confidence: percent(f.Confidence), Rule: f.Rule, Documents: count(f.Sources, "document", "documents"), Quoted: quotes[i],
			Address: address(f.ID), Here: f.ID == focus,
		}
	}
	return out, nil
}

// filters fills the form above the queue.
func (s *Server) filters(ctx context.Context, a queueAddress) (filterView, error) {
	choices, err := s.Store.Choices(ctx)
	if err != nil {
		return filterView{}, err
	}
	f := a.filter
	name := ""
	if f.Document != 0 {
		name = "number " + strconv.FormatInt(f.Document, 10)
	}
	return filterView{
		Words: f.Text, Publisher: f.Publisher, Person: f.Person, Institution: f.Institution, Source: f.Source, Document: f.Document,
		Kinds: kindChoices(f.Kind, choices.OwnKinds), States: stateChoices(f.State), Rules: listChoices("all rules", choices.Rules, f.Rule),
		Publishers: choices.Publishers, Chips: a.chips(name),
		Open: f.Publisher != "" || f.Rule != "" || f.Person != "" || f.Institution != "" || f.Source != "",
	}, nil
}

// progress counts what the filters select, whatever its state.
func (s *Server) progress(ctx context.Context, f corpus.QueueFilter) (progressView, error) {
	f.State, f.After, f.Limit = "", "", 0
	n, err := s.Store.Progress(ctx, f)
	if err != nil {
		return progressView{}, err
	}
	v := progressView{Done: n.Accepted + n.Rejected, All: n.Open + n.Accepted + n.Rejected + n.Changed + n.Skipped}
	v.Text = thousands(v.Done) + " of " + count(v.All, "fact", "facts") + " decided"
	at := 0.0
	for _, part := range []struct {
		state corpus.ReviewState
		n     int
	}{{corpus.ReviewAccepted, n.Accepted}, {corpus.ReviewRejected, n.Rejected}, {corpus.ReviewChanged, n.Changed}, {corpus.ReviewSkipped, n.Skipped}, {corpus.ReviewOpen, n.Open}} {
		if part.n == 0 {
			continue
		}
		width := 100 * float64(part.n) / float64(v.All)
		v.Bars = append(v.Bars, progressBar{State: string(part.state), Name: stateName(part.state), Count: thousands(part.n),
			X: strconv.FormatFloat(at, 'f', 2, 64), Width: strconv.FormatFloat(width, 'f', 2, 64)})
		at += width
	}
	return v, nil
}

// recentDecisions is how far back the last decision that is not undone is looked for.
const recentDecisions = 20

// lastDecision finds what Undo would take back.
func (s *Server) lastDecision(ctx context.Context, a queueAddress) (*lastDecision, error) {
	recent, err := s.Store.Decisions(ctx, corpus.DecisionFilter{Who: s.Who, Newest: true, Limit: recentDecisions})
	if err != nil {
		return nil, err
	}
	for _, d := range recent {
		if d.Action == corpus.Undo || d.UndoneBy != 0 {
			continue
		}
		return &lastDecision{Action: string(d.Action), Did: doneNames[d.Action], Line: d.Line, Kind: string(d.Kind), Fact: d.Fact, Decision: d.ID, Key: s.NewKey(),
			Next: a.with(d.Fact).String(), Back: a.String(), ReadOnly: s.ReadOnly}, nil
	}
	return nil, nil
}

// isConflict reports that a fact is no longer as the reviewer saw it.
func isConflict(err error) bool {
	var e *corpus.Error
	return errors.As(err, &e) && e.Problem == corpus.Conflict
}
