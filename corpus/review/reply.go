package review

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"dateline/corpus"
)

// reply is what a page answers: a template with what it shows, another address, or bytes.
type reply struct {
	code     int    // 0: 200
	page     string // name of the template of the main part
	title    string
	told     string // a message about what was just done
	bad      bool   // the message is about something that went wrong
	quiet    bool   // the message is for screen readers; the page shows it elsewhere
	body     any
	redirect string // an address of this server; the answer is 303
	bytes    []byte
	kind     string // media type of bytes
	tag      string // of bytes, for If-None-Match
	cookie   *http.Cookie
}

// frame is what every page shows around its main part.
type frame struct {
	Title, Told string
	Bad, Quiet  bool
	Page        string
	Who         string
	ReadOnly    bool
	Notice      string
	Bare        bool // no navigation: nobody has entered yet
	Style       string
	Script      string
	Body        any
}

// problem is an error with a status of its own and words for a page.
type problem struct {
	code int
	says string
}

func (p problem) Error() string { return p.says }

// handle makes a route's page while holding a place, gives the place back, and only then
// sends it at the reader's pace.
func (s *Server) handle(to route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		out, header, err := s.make(to, r)
		if err != nil {
			if r.Context().Err() == nil {
				s.Log.Error(err.Error())
			}
			s.refuse(w, http.StatusInternalServerError, "The page could not be made; the terminal that dateline runs in says why.")
			return
		}
		for name, values := range header {
			w.Header()[name] = values
		}
		w.WriteHeader(out.code)
		if r.Method != http.MethodHead {
			w.Write(out.bytes)
		}
	})
}

// make gives a complete answer: code, header and bytes.
func (s *Server) make(to route, r *http.Request) (reply, http.Header, error) {
	// A form that comes slowly holds nobody up: it is read before a place is taken.
	unread := r.ParseForm()
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-r.Context().Done():
		return reply{}, nil, r.Context().Err()
	}
	header := http.Header{}
	var out reply
	var err error
	switch {
	case to.changes && s.ReadOnly:
		err = problem{http.StatusForbidden, "The database is open for reading only. Nothing was recorded."}
	case unread != nil && r.Method == http.MethodPost:
		err = formProblem(unread)
	default: // what can't be read of an address is left out
		out, err = to.answer(s, r)
	}
	if err != nil {
		out = s.failure(r.Context(), err)
	}
	if out.code == 0 {
		out.code = http.StatusOK
	}
	if out.cookie != nil {
		header.Set("Set-Cookie", out.cookie.String())
	}
	switch {
	case out.redirect != "":
		out.code = http.StatusSeeOther
		header.Set("Location", out.redirect)
	case out.kind != "":
		header.Set("Content-Type", out.kind)
		header.Set("Etag", out.tag)
		header.Set("Cache-Control", "no-cache")
		if r.Header.Get("If-None-Match") == out.tag {
			out.code, out.bytes = http.StatusNotModified, nil
			return out, header, nil
		}
	default:
		var b bytes.Buffer
		err := templates[out.page].Execute(&b, frame{
			Title: out.title, Told: out.told, Bad: out.bad, Quiet: out.quiet, Page: out.page, Who: s.Who, ReadOnly: s.ReadOnly, Notice: s.Notice,
			Bare: to.open, Style: styleAddress, Script: scriptAddress, Body: out.body,
		})
		if err != nil {
			return reply{}, nil, err
		}
		out.bytes = b.Bytes()
		header.Set("Content-Type", "text/html; charset=utf-8")
	}
	header.Set("Content-Length", strconv.Itoa(len(out.bytes)))
	return out, header, nil
}

// failure is the page of an error.
func (s *Server) failure(ctx context.Context, err error) reply {
	out := reply{code: http.StatusInternalServerError, page: "failure", title: "Something went wrong", bad: true}
	var own problem
	var stored *corpus.Error
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &own):
		out.code, out.told = own.code, own.says
	case errors.As(err, &large):
		out.code, out.told = http.StatusRequestEntityTooLarge, "The form is too long. Nothing was recorded."
	case errors.As(err, &stored):
		out.told = sentence(stored.Detail)
		if stored.Advice != "" && (stored.Problem == corpus.BadRequest || stored.Database()) {
			out.told += " " + sentence(stored.Advice)
		}
		switch stored.Problem {
		case corpus.NotFound:
			out.code, out.title = http.StatusNotFound, "Not found"
		case corpus.Ambiguous, corpus.BadRequest, corpus.BadFact:
			out.code, out.title = http.StatusBadRequest, "That makes no sense here"
		case corpus.Conflict:
			out.code, out.title = http.StatusConflict, "Changed meanwhile"
		case corpus.Busy, corpus.Unwritable:
			out.code, out.title = http.StatusServiceUnavailable, "The database can't be written to"
		}
	default:
		out.told = "The page could not be made; the terminal that dateline runs in says why."
	}
	out.body = out.title
	if out.code >= http.StatusInternalServerError && ctx.Err() == nil {
		s.Log.Error(err.Error())
	}
	return out
}

// sentence makes a clause of an error a sentence.
func sentence(clause string) string {
	if clause == "" {
		return ""
	}
	return strings.ToUpper(clause[:1]) + clause[1:] + "."
}

// local gives an address back when it is one of this server's pages, else the other one. Forms
// say where to go on; what they say is not trusted.
func local(address, other string) string {
	if !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.ContainsAny(address, "\\\r\n\t") || len(address) > 4096 {
		return other
	}
	return address
}
