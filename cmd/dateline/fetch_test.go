package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
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
	site := newTestSite(t, 3, 40)
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

// TestOneRunAtATime: a second run into the same database ends at once, asks nobody, and says why.
func TestOneRunAtATime(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("NOT TESTED: there is no lock on Windows")
	}
	site := newTestSite(t, 1, 2)
	dir := t.TempDir()
	command := []string{"ingest", "--allow-private", "--delay", "1ms", site.hosts[0].page(0)}
	unlock, err := lockFetching(filepath.Join(dir, "dateline.db"))
	if err != nil {
		t.Fatal(err)
	}
	out, err := dateline(t, dir, command...).CombinedOutput()
	if code := exitOf(t, err); code != exitDatabase || !strings.Contains(string(out), "another run is fetching into it; wait until it is done") || len(site.visits()) > 0 {
		t.Errorf("it ends with %d and says %s", code, out)
	}
	unlock()
	if out, err := dateline(t, dir, command...).CombinedOutput(); err != nil || len(site.visits()) == 0 {
		t.Errorf("after the other run: %v, %s", err, out)
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

// TestHostDown: of a host that does not answer only a few URLs are tried, and the others wait; pages that are wrong in themselves
// do not count, and neither does another host.
func TestHostDown(t *testing.T) {
	asked := map[string]int{}
	web := &slowWeb{byHost: map[string]int{}}
	web.answer = func(req fetch.Request) (fetch.Response, error) {
		host := strings.Split(req.URL, "/")[2]
		web.mu.Lock()
		asked[host]++
		n := asked[host]
		web.mu.Unlock()
		switch {
		case host == "host0.example":
			return fetch.Response{}, &fetch.Error{URL: req.URL, Class: fetch.ClassConnect, Reason: "nobody is there", Advice: "try again later", Temporary: true}
		case host == "host1.example" && n%2 == 0:
			return fetch.Response{}, &fetch.Error{URL: req.URL, Class: fetch.ClassTimeout, Reason: "too slow", Advice: "try again later", Temporary: true}
		case host == "host2.example":
			return fetch.Response{}, &fetch.Error{URL: req.URL, Class: fetch.ClassStatus, Status: 404, Reason: "no page", Advice: "check the address"}
		case host == "host3.example" && n == 2:
			return fetch.Response{}, &fetch.Error{URL: req.URL, Class: fetch.ClassStatus, Status: 503, Reason: "busy", Advice: "try again later", Temporary: true, RetryAfter: time.Hour}
		case host == "host4.example":
			return fetch.Response{}, &fetch.Error{URL: req.URL, Class: fetch.ClassStatus, Status: 503, Reason: "busy", Advice: "try again later", Temporary: true, RetryAfter: time.Second}
		}
		return goodPage(req)
	}
	const pages = 12
	urls := manyURLs(5, pages)
	f, rows := newFetcher(t, web, urls)
	left, err := f.run(t.Context(), rows)
	want := map[string]int{"host0.example": noAnswers, "host1.example": pages, "host2.example": pages, "host3.example": 2, "host4.example": pages}
	if err != nil || !maps.Equal(asked, want) || left != 2*pages-noAnswers-2 {
		t.Errorf("asked %v, want %v; %d left, %v", asked, want, left, err)
	}
	if messages := f.app.stderr.(*bytes.Buffer).String(); !strings.Contains(messages, "host0.example: 5 addresses in a row gave no answer; 7 URLs wait for a later run") ||
		!strings.Contains(messages, "host3.example: its server asks for a pause of 1h0m0s; 10 URLs wait for a later run") {
		t.Errorf("the messages are:\n%s", messages)
	}
	// The pause binds the next run, too: of that host nothing is asked. The host that was down is tried again, its new URLs first.
	clear(asked)
	if rows, err = f.store.FrontierOf(t.Context(), urls); err != nil {
		t.Fatal(err)
	}
	rows = slices.DeleteFunc(rows, func(r corpus.FrontierRow) bool { return !r.Due(f.ask) })
	if hosts := byHost(rows); hosts[0][0].Tries != 0 || hosts[0][len(hosts[0])-1].Tries != 1 {
		t.Errorf("what failed before does not come last: %+v", hosts[0])
	}
	if left, err = f.run(t.Context(), rows); err != nil || asked["host3.example"] != 0 || asked["host0.example"] != noAnswers {
		t.Errorf("the next run asked %v; %d left, %v", asked, left, err)
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
