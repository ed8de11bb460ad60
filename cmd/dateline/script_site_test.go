package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"
)

// scriptSite is the web site of one transcript: a folder, and the log of what was asked.
type scriptSite struct {
	mu  sync.Mutex
	log []string
}

// scriptSiteKey finds it among the values of a transcript.
type scriptSiteKey struct{}

// statusWriter remembers the status of an answer.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// serveSite is the command "site". Files are served as they are, with the time of their last change, so that
// conditional requests work; $SITE in a file is the site's own address.
func serveSite(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: site DIR")
	}
	dir := ts.MkAbs(args[0])
	site := ts.Value(scriptSiteKey{}).(*scriptSite)
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		recorder := &statusWriter{w, http.StatusOK}
		defer func() {
			site.mu.Lock()
			defer site.mu.Unlock()
			site.log = append(site.log, fmt.Sprintf("%d %s\n", recorder.status, r.URL.RequestURI()))
		}()
		root, err := os.OpenRoot(dir)
		if err != nil {
			http.Error(recorder, err.Error(), http.StatusInternalServerError)
			return
		}
		defer root.Close()
		name := strings.TrimPrefix(r.URL.Path, "/")
		content, err := root.ReadFile(name)
		if err != nil {
			http.NotFound(recorder, r)
			return
		}
		info, err := root.Stat(name)
		if err != nil {
			http.NotFound(recorder, r)
			return
		}
		http.ServeContent(recorder, r, name, info.ModTime(), strings.NewReader(strings.ReplaceAll(string(content), "$SITE", server.URL)))
	}))
	ts.Defer(server.Close)
	ts.Setenv("SITE", server.URL)
}

// writeAsked is the command "asked".
func writeAsked(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: asked FILE")
	}
	site := ts.Value(scriptSiteKey{}).(*scriptSite)
	site.mu.Lock()
	defer site.mu.Unlock()
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Join(site.log, "")), 0o644))
	site.log = nil
}
