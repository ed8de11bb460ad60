package review

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"dateline/corpus"
	"dateline/extract"
	"dateline/ingest/document"
)

// Store is what the pages need of a corpus.Store.
type Store interface {
	Queue(context.Context, corpus.QueueFilter) (corpus.QueuePage, error)
	Progress(context.Context, corpus.QueueFilter) (corpus.Progress, error)
	Choices(context.Context) (corpus.QueueChoices, error)
	FactPart(ctx context.Context, id string, offset, limit int) (fact corpus.FactDetail, all int, err error)
	Search(context.Context, corpus.SearchQuery) (corpus.SearchResult, error)
	SearchFacts(context.Context, corpus.SearchQuery) (corpus.FactResult, error)
	Document(ctx context.Context, name string) (corpus.DocumentDetail, error)
	Part(ctx context.Context, document int64, from, length int) (corpus.Part, error)
	Excerpts(ctx context.Context, citations []corpus.Citation, around, longest int) ([]corpus.Excerpt, error)
	Decide(context.Context, corpus.Verdict) (corpus.Decision, error)
	Decisions(context.Context, corpus.DecisionFilter) ([]corpus.Decision, error)
	Orphans(context.Context) ([]corpus.Decision, error)
}

// Config says how to serve. Store, Who, Now and Hosts are needed.
type Config struct {
	Store    Store
	Who      string           // whose decisions these are
	Now      func() time.Time // for the time stamps of decisions
	Hosts    []string         // values of the Host header that are answered, with their port: "localhost:8080"
	ReadOnly bool             // no buttons, no decisions; Notice says why
	Notice   string           // shown on every page of a read-only server
	Token    string           // when not "", a session is needed: see session.go
	Secure   bool             // the server is reached by https (by a proxy): cookies say so
	Log      *slog.Logger     // nil: nowhere
	NewKey   func() string    // makes the keys of forms; nil: 128 random bits
	Patience time.Duration    // how long a search for documents waits for facts as well; 0: a quarter of a second

	// Explain reads a document anew and keeps how; nil: by the rules of this program.
	Explain func(document.Document) extract.Reading
}

// Server answers all pages. It is an http.Handler.
type Server struct {
	Config
	hosts   map[string]bool
	turn    chan struct{} // one place for each page that is being made
	session *sessions     // nil when no token is needed
	mux     *http.ServeMux
	guarded http.Handler
}

// pagesAtOnce bounds the memory of a crowd: a page holds at most some megabytes while it is made.
const pagesAtOnce = 8

// New makes a server; it does not listen by itself.
func New(c Config) (*Server, error) {
	switch {
	case c.Store == nil || c.Now == nil:
		return nil, errors.New("review: a store and a clock are needed")
	case c.Who == "":
		return nil, errors.New("review: whose decisions are these? give a name")
	case len(c.Hosts) == 0:
		return nil, errors.New("review: no host name is answered; give the names that the server is reached by")
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.NewKey == nil {
		c.NewKey = randomKey
	}
	if c.Patience == 0 {
		c.Patience = 250 * time.Millisecond
	}
	if c.Explain == nil {
		c.Explain = func(d document.Document) extract.Reading { return extract.Default().Explain(d) }
	}
	s := &Server{Config: c, hosts: map[string]bool{}, turn: make(chan struct{}, pagesAtOnce), mux: http.NewServeMux()}
	for _, h := range c.Hosts {
		s.hosts[h] = true
	}
	if c.Token != "" {
		s.session = newSessions(c.Token)
	}
	for _, r := range routes {
		s.mux.Handle(r.method+" "+r.pattern, s.handle(r))
	}
	s.guarded = s.guard(s.mux)
	return s, nil
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.guarded.ServeHTTP(w, r) }

// randomKey is 128 bits from the system.
func randomKey() string {
	b := make([]byte, 16)
	rand.Read(b) // never fails: crypto/rand ends the program when the system has no randomness
	return hex.EncodeToString(b)
}

// LocalHosts are the names of this machine with a port.
func LocalHosts(port string) []string {
	return []string{"127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port}
}

// Bounds on clients. A page is small; whoever needs longer than this is not reading it.
const (
	headerTime = 5 * time.Second
	readTime   = 15 * time.Second
	writeTime  = 60 * time.Second
	idleTime   = 2 * time.Minute
	headerSize = 16 << 10
	farewell   = 2 * time.Second // for pages under way when the server is stopped
)

// Serve answers on a listener until ctx ends, then lets what is under way finish. It returns nil
// when it ended because it was asked to.
func Serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: headerTime,
		ReadTimeout:       readTime,
		WriteTimeout:      writeTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    headerSize,
		// What clients do wrong on their connections is no concern of the person at the terminal.
		ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelDebug),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
	defer cancel()
	if err := server.Shutdown(last); err != nil {
		server.Close()
	}
	return nil
}
