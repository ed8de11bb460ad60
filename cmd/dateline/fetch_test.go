package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"dateline/corpus"
	"dateline/ingest/fetch"
)

// TestFetchInterrupted stops a run that fetches. It ends soon, with code 130, says what it stored and what waits, and the
// same command does the rest and nothing else.
func TestFetchInterrupted(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("NOT TESTED: an interrupt can't be sent to one process on Windows")
	}
	site := newTestSite(t, 3, 20)
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "urls.txt"), strings.Join(site.urls(), "\n"))
	command := []string{"ingest", "--list", "urls.txt", "--allow-private", "--delay", "50ms"}
	cmd := dateline(t, dir, command...)
	var out, messages bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &messages
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for range 10 {
		<-site.new
	}
	// A second run does not join in.
	second, err := dateline(t, dir, command...).CombinedOutput()
	if code := exitOf(t, err); code != exitDatabase || !strings.Contains(string(second), "another run is fetching into it; wait") {
		t.Errorf("a second run ends with %d and says %s", code, second)
	}
	begun := time.Now()
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if code := exitOf(t, cmd.Wait()); code != exitCancelled {
		t.Errorf("the exit code is %d, want %d\n%s%s", code, exitCancelled, out.String(), messages.String())
	}
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("it took %v to end", took)
	}
	var settled []committed
	urls, _ := settledURLs(t, filepath.Join(dir, "dateline.db"))
	for _, u := range urls {
		settled = append(settled, committed{u, time.Now()})
	}
	db := openSQL(t, filepath.Join(dir, "dateline.db"))
	stored, waiting := count(t, db, "SELECT count(*) FROM document"), count(t, db, "SELECT count(*) FROM frontier WHERE state = 'waiting'")
	if stored < 5 || waiting == 0 {
		t.Errorf("%d pages are stored and %d wait: the interrupt did not come in the middle", stored, waiting)
	}
	for _, want := range []string{fmt.Sprintf("new %20d", stored), fmt.Sprintf("waiting %16d", waiting)} {
		if !strings.Contains(strings.Join(strings.Fields(out.String()), " "), strings.Join(strings.Fields(want), " ")) {
			t.Errorf("the summary does not say %q:\n%s", want, out.String())
		}
	}
	if !strings.Contains(messages.String(), "interrupted; ") {
		t.Errorf("the messages are %s", messages.String())
	}
	if code := exitOf(t, dateline(t, dir, command...).Run()); code != exitItems {
		t.Errorf("the second run ends with %d", code)
	}
	checkAllPages(t, filepath.Join(dir, "dateline.db"), site)
	for _, breach := range breaches(site.visits(), 50*time.Millisecond, settled) {
		t.Error(breach)
	}
	if _, err := os.Stat(filepath.Join(dir, "dateline.db-fetch")); err == nil {
		t.Error("the lock stays behind")
	}
}

// slowWeb is a getter that takes a while for every page and keeps count.
type slowWeb struct {
	mu             sync.Mutex
	inFlight, most int
	byHost         map[string]int
	rude           bool
	answer         func(fetch.Request) (fetch.Response, error)
}

func (w *slowWeb) Get(ctx context.Context, req fetch.Request) (fetch.Response, error) {
	host := strings.Split(req.URL, "/")[2]
	w.mu.Lock()
	w.inFlight++
	w.byHost[host]++
	w.most = max(w.most, w.inFlight)
	w.rude = w.rude || w.byHost[host] > 1
	w.mu.Unlock()
	defer func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.inFlight--
		w.byHost[host]--
	}()
	select {
	case <-time.After(5 * time.Millisecond):
	case <-ctx.Done():
		return fetch.Response{}, ctx.Err()
	}
	return w.answer(req)
}

// newFetcher is a fetcher into a new database, of URLs that are in its frontier.
func newFetcher(t *testing.T, web getter, urls []string) (*fetcher, []corpus.FrontierRow) {
	t.Helper()
	a := &app{database: filepath.Join(t.TempDir(), "test.db"), terminal: terminal{stdout: new(bytes.Buffer), stderr: new(bytes.Buffer),
		getenv: func(string) string { return "1700000000" }, now: func() time.Time { return time.Unix(1700000000, 0) }}}
	a.handler = newLogHandler(a.stderr, 0)
	a.log = slog.New(a.handler)
	store, err := a.openStore(t.Context(), corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	if err := store.AddURLs(t.Context(), urls, byList, a.stamp()); err != nil {
		t.Fatal(err)
	}
	rows, err := store.FrontierOf(t.Context(), urls)
	if err != nil {
		t.Fatal(err)
	}
	f := &fetcher{app: a, store: store, client: web, reader: newReader(a), writer: a.newBatchWriter(t.Context(), store, false), ask: corpus.Ask{Now: a.stamp()}, workers: 2}
	f.bar = a.newProgress("fetch", len(rows))
	return f, rows
}

func manyURLs(hosts, pages int) (urls []string) {
	for n := range pages {
		for h := range hosts {
			urls = append(urls, fmt.Sprintf("https://host%d.example/%d", h, n))
		}
	}
	return urls
}

func goodPage(req fetch.Request) (fetch.Response, error) {
	return fetch.Response{URL: req.URL, Final: req.URL, Status: 200, MediaType: "text/plain", Body: []byte("Marta Lindqvist, director of the Port of Vesterhamn, wrote " + req.URL + " on 3 May 2024.")}, nil
}

// TestHostsSideBySide: many hosts at once, each with one request at a time.
func TestHostsSideBySide(t *testing.T) {
	web := &slowWeb{byHost: map[string]int{}, answer: goodPage}
	f, rows := newFetcher(t, web, manyURLs(hostsAtOnce+8, 3))
	left, err := f.run(t.Context(), rows)
	if err != nil || left != 0 {
		t.Fatalf("%d left, %v", left, err)
	}
	if web.rude {
		t.Error("a host was asked for two pages at once")
	}
	if web.most < 8 || web.most > hostsAtOnce {
		t.Errorf("at most %d requests were under way, want some, and at most %d", web.most, hostsAtOnce)
	}
	stats, err := f.store.Stats(t.Context())
	if err != nil || stats.Documents != len(rows) || f.writer.summary.new != len(rows) {
		t.Errorf("%d of %d pages are stored, %v", stats.Documents, len(rows), err)
	}
}

// TestFetchStoreFails: when nothing can be stored any more, the run ends with the reason, and soon.
func TestFetchStoreFails(t *testing.T) {
	web := &slowWeb{byHost: map[string]int{}, answer: goodPage}
	f, rows := newFetcher(t, web, manyURLs(4, 100))
	web.answer = func(req fetch.Request) (fetch.Response, error) {
		if strings.HasSuffix(req.URL, "/3") {
			openSQL(t, f.app.database).Exec("CREATE TRIGGER IF NOT EXISTS trip BEFORE INSERT ON document BEGIN SELECT raise(ABORT, 'tripped'); END")
		}
		return goodPage(req)
	}
	left, err := f.run(t.Context(), rows)
	if err == nil || !strings.Contains(err.Error(), "tripped") || left < 300 {
		t.Errorf("%d left, %v", left, err)
	}
}

// TestFetchCancelled: pages that were under way are not failures.
func TestFetchCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	web := &slowWeb{byHost: map[string]int{}}
	f, rows := newFetcher(t, web, manyURLs(4, 100))
	web.answer = func(req fetch.Request) (fetch.Response, error) {
		if strings.HasSuffix(req.URL, "/5") {
			cancel()
		}
		return goodPage(req)
	}
	left, err := f.run(ctx, rows)
	if !cancelled(err) || left < 300 || left == len(rows) {
		t.Errorf("%d left, %v", left, err)
	}
	now, err := f.store.FrontierOf(t.Context(), manyURLs(4, 100))
	if err != nil {
		t.Fatal(err)
	}
	states := map[corpus.FetchState]int{}
	for _, row := range now {
		states[row.State]++
	}
	if states[corpus.URLWaiting] != left || states[corpus.URLDone] != len(rows)-left {
		t.Errorf("%d left, but the frontier has %v", left, states)
	}
}

func TestAddressOf(t *testing.T) {
	for _, x := range []struct{ canonical, final, want string }{
		{"", "https://harbour.example/1?a=b", "harbour.example/1?a=b"},
		{"https://harbour.example/1", "https://harbour.example/1?a=b", "harbour.example/1"},
		{"http://www.harbour.example/1#top", "https://harbour.example/1?a=b", "harbour.example/1"},
		{"https://quay.example/1", "https://harbour.example/1", "harbour.example/1"}, // it can't speak for another site
		{"javascript:alert(1)", "https://harbour.example/1", "harbour.example/1"},
		{"https://harbour.example/%41", "https://harbour.example/1", "harbour.example/%41"},
	} {
		if got := addressOf(x.canonical, x.final); got != x.want {
			t.Errorf("canonical %q of %q: %q, want %q", x.canonical, x.final, got, x.want)
		}
	}
}

func TestSameOwner(t *testing.T) {
	for _, x := range []struct {
		a, b string
		want bool
	}{
		{"https://www.harbour.example/1", "https://harbour.example/sitemap.xml", true},
		{"https://news.harbour.co.uk/1", "https://cdn.harbour.co.uk/sitemap.xml", true},
		{"https://quay.co.uk/1", "https://harbour.co.uk/sitemap.xml", false},
		{"http://127.0.0.1:8000/1", "http://127.0.0.1:9000/", true},
		{"http://127.0.0.1/1", "http://127.0.0.2/", false},
		{"http://10.0.0.1/1", "http://11.0.0.1/", false},
	} {
		if got := sameOwner(x.a, x.b); got != x.want {
			t.Errorf("%s and %s: %v, want %v", x.a, x.b, got, x.want)
		}
	}
}
