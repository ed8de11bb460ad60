package review

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"dateline/corpus"
)

// longestWhy bounds a reason, in bytes.
const longestWhy = 2000

// formProblem is what is wrong with a form that could not be read.
func formProblem(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return err
	}
	return problem{http.StatusBadRequest, "The form could not be read. Nothing was recorded."}
}

// verdict reads what every form that decides has in common.
func (s *Server) verdict(r *http.Request, action corpus.Action) (corpus.Verdict, error) {
	v := corpus.Verdict{
		Action: action, Fact: r.PostForm.Get("fact"), Seen: r.PostForm.Get("seen"), Key: r.PostForm.Get("key"),
		Who: s.Who, Why: r.PostForm.Get("why"), When: s.Now().UTC().Format(time.RFC3339),
	}
	document := r.PostForm.Get("document")
	if document != "" && document != "0" {
		n, err := strconv.ParseInt(document, 10, 64)
		if err != nil || n < 1 {
			return v, problem{http.StatusBadRequest, "The form names no document. Nothing was recorded."}
		}
		v.Document = n
	}
	switch {
	case v.Key == "" || len(v.Key) > 200:
		return v, problem{http.StatusBadRequest, "The form has no key of its own. Load the page again. Nothing was recorded."}
	case len(v.Why) > longestWhy:
		return v, problem{http.StatusBadRequest, "The reason is too long: at most " + strconv.Itoa(longestWhy) + " bytes. Nothing was recorded."}
	}
	return v, nil
}

// decide is POST /decide: accept, reject or skip a fact.
func (s *Server) decide(r *http.Request) (reply, error) {
	v, err := s.verdict(r, "")
	if err != nil {
		return reply{}, err
	}
	v.Action = corpus.Action(r.PostForm.Get("action"))
	switch {
	case v.Action != corpus.Accept && v.Action != corpus.Reject && v.Action != corpus.Skip:
		return reply{}, problem{http.StatusBadRequest, "The form does not say what to do: accept, reject or skip. Nothing was recorded."}
	case v.Fact == "" || v.Seen == "":
		return reply{}, problem{http.StatusBadRequest, "The form does not say which fact it is about, and as it was seen. Nothing was recorded."}
	}
	if _, err := s.Store.Decide(r.Context(), v); err != nil {
		return s.refused(r, err)
	}
	return reply{redirect: told(local(r.PostForm.Get("next"), "/"), v.Action)}, nil
}

// undo is POST /undo: take back one decision.
func (s *Server) undo(r *http.Request) (reply, error) {
	v, err := s.verdict(r, corpus.Undo)
	if err != nil {
		return reply{}, err
	}
	v.Fact, v.Seen, v.Document = "", "", 0
	if v.Undoes, err = strconv.ParseInt(r.PostForm.Get("decision"), 10, 64); err != nil || v.Undoes < 1 {
		return reply{}, problem{http.StatusBadRequest, "The form does not say which decision to undo. Nothing was recorded."}
	}
	if _, err := s.Store.Decide(r.Context(), v); corpus.IsNotFound(err) {
		return reply{}, err // there was no such decision, ever
	} else if err != nil {
		return s.refused(r, err)
	}
	return reply{redirect: told(local(r.PostForm.Get("next"), "/"), corpus.Undo)}, nil
}

// refused shows the fact as it is now when somebody else was faster; other errors pass.
func (s *Server) refused(r *http.Request, err error) (reply, error) {
	gone := corpus.IsNotFound(err)
	if !gone && !isConflict(err) {
		return reply{}, err
	}
	back, bad := url.Parse(local(r.PostForm.Get("back"), "/"))
	var out reply
	var failed error
	if fact := r.PostForm.Get("fact"); bad == nil && back.Path != "/" && fact != "" {
		out, failed = s.factReply(r.Context(), fact, 0)
	} else {
		var a queueAddress
		if bad == nil {
			a = readQueueAddress(back.Query())
		}
		out, failed = s.queueReply(r.Context(), a)
	}
	if failed != nil {
		return reply{}, problem{http.StatusConflict, "Changed meanwhile: this fact is not there any more. Your decision was not recorded."}
	}
	out.code, out.bad = http.StatusConflict, true
	out.told = "Changed meanwhile. Your decision was not recorded; this is how the fact stands now."
	if gone {
		out.told = "Changed meanwhile: that fact is not there any more. Your decision was not recorded."
	}
	return out, nil
}

// told adds to an address what was done, so that the next page can say it.
func told(address string, action corpus.Action) string {
	u, err := url.Parse(address)
	if err != nil {
		return "/"
	}
	q := u.Query()
	q.Set("told", string(action))
	u.RawQuery = q.Encode()
	return u.String()
}
