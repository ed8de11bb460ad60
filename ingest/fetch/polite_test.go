package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"sort"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// fakeWeb stands for all servers of the world inside a synctest bubble, where time passes when everybody waits. It writes the log that the
// tests below judge by, as a server's own log would be.
type fakeWeb struct {
	answer func(r *http.Request) reply
	mu     sync.Mutex
	log    []visit
}

type reply struct {
	status int
	header http.Header
	body   string
	took   time.Duration // until the headers, and again for the body
	err    error
}

type visit struct {
	host, path string
	start, end time.Time
	status     int
	pause      time.Duration // that the server asked for with it
}

func (w *fakeWeb) RoundTrip(r *http.Request) (*http.Response, error) {
	a := w.answer(r)
	w.mu.Lock()
	n := len(w.log)
	w.log = append(w.log, visit{host: r.URL.Hostname(), path: r.URL.RequestURI(), start: time.Now(), status: a.status})
	w.mu.Unlock()
	end := func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		if w.log[n].end.IsZero() {
			w.log[n].end = time.Now()
			w.log[n].pause = retryAfter(a.header)
		}
	}
	if err := sleep(r.Context(), max(a.took, time.Nanosecond)); err != nil {
		end()
		return nil, err
	}
	if a.err != nil {
		end()
		return nil, a.err
	}
	if a.header == nil {
		a.header = http.Header{}
	}
	return &http.Response{StatusCode: a.status, Header: a.header, ContentLength: -1, Body: &slowBody{strings.NewReader(a.body), a.took, end}}, nil
}

type slowBody struct {
	io.Reader
	took time.Duration
	end  func()
}

func (b *slowBody) Read(p []byte) (int, error) {
	time.Sleep(b.took)
	b.took = 0
	return b.Reader.Read(p)
}

func (b *slowBody) Close() error { b.end(); return nil }

// visits gives the log, and begins a new one.
func (w *fakeWeb) visits() []visit {
	w.mu.Lock()
	defer w.mu.Unlock()
	log := w.log
	w.log = nil
	return log
}

func (w *fakeWeb) client(t *testing.T, opt Options) *Client {
	t.Helper()
	opt.Seed = 1
	c, err := New(opt)
	if err != nil {
		t.Fatal(err)
	}
	c.transport = w
	return c
}

// breaches is the oracle: it reads a log and names every rule that was broken in it. delays are those of robots.txt by host; forbidden
// tells paths that robots.txt forbids.
func breaches(log []visit, delay time.Duration, delays map[string]time.Duration, forbidden func(v visit) bool) (found []string) {
	byHost := map[string][]visit{}
	for _, v := range log {
		byHost[v.host] = append(byHost[v.host], v)
	}
	for host, visits := range byHost {
		sort.Slice(visits, func(i, j int) bool { return visits[i].start.Before(visits[j].start) })
		asked := false // robots.txt has been read, so its delay is known
		var until time.Time
		for i, v := range visits {
			if forbidden(v) {
				found = append(found, fmt.Sprintf("%s%s is forbidden", host, v.path))
			}
			if v.start.Before(until) {
				found = append(found, fmt.Sprintf("%s%s: %v before the end of the pause that the server asked for", host, v.path, until.Sub(v.start)))
			}
			if v.pause > 0 {
				until = v.end.Add(v.pause)
			}
			if i > 0 {
				least := delay
				if asked {
					least = max(delay, delays[host])
				}
				if gap := v.start.Sub(visits[i-1].end); gap < 0 {
					found = append(found, fmt.Sprintf("%s%s: two requests at once", host, v.path))
				} else if gap < least {
					found = append(found, fmt.Sprintf("%s%s: %v after the one before, least is %v", host, v.path, gap, least))
				}
			}
			if v.path == "/robots.txt" && v.status == 200 {
				asked = true
			} else if i == 0 && v.path != "/robots.txt" {
				found = append(found, host+": robots.txt was not asked for first")
			}
		}
	}
	return found
}

// TestPoliteness lets 24 workers fetch 400 pages of 8 hosts which fail, redirect to each other, forbid and ask for pauses.
func TestPoliteness(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const hostCount, pages, workers = 8, 50, 24
		rng := rand.New(rand.NewPCG(1, 2))
		var mu sync.Mutex
		chance := func(n int) int { mu.Lock(); defer mu.Unlock(); return rng.IntN(n) }
		delays := map[string]time.Duration{"h1.example": 3 * time.Second, "h2.example": longestCrawlDelay}
		web := &fakeWeb{answer: func(r *http.Request) reply {
			took := time.Duration(chance(300)) * time.Millisecond
			if r.URL.Path == "/robots.txt" {
				switch r.URL.Hostname() {
				case "h1.example":
					return reply{status: 200, body: "User-agent: *\nDisallow: /closed\nCrawl-delay: 3\n", took: took}
				case "h2.example":
					return reply{status: 200, body: "User-agent: *\nDisallow: /closed\nCrawl-delay: 100000\n", took: took}
				}
				return reply{status: 200, body: "User-agent: *\nDisallow: /closed\n", took: took}
			}
			switch chance(20) {
			case 0:
				return reply{status: 503, header: http.Header{"Retry-After": {"7"}}, took: took}
			case 1:
				return reply{status: 429, header: http.Header{"Retry-After": {time.Now().Add(11 * time.Second).UTC().Format(http.TimeFormat)}}, took: took}
			case 2:
				return reply{status: 500, took: took}
			case 3:
				return reply{status: 404, took: took}
			case 4:
				return reply{err: errors.New("connection reset"), took: took}
			case 5:
				return reply{status: 302, header: http.Header{"Location": {fmt.Sprintf("https://h%d.example/from?%s", chance(hostCount), r.URL.Path)}}, took: took}
			case 6:
				return reply{status: 302, header: http.Header{"Location": {fmt.Sprintf("https://h%d.example/closed/1", chance(hostCount))}}, took: took}
			}
			return reply{status: 200, body: "<p>words", took: took}
		}}
		client := web.client(t, Options{})
		jobs := make(chan string, hostCount*pages)
		for i := range pages {
			for h := range hostCount {
				path := "/news/"
				if i%10 == 9 {
					path = "/closed/"
				}
				jobs <- fmt.Sprintf("https://h%d.example%s%d", h, path, i)
			}
		}
		close(jobs)
		var running sync.WaitGroup
		classes := map[Class]int{}
		for range workers {
			running.Go(func() {
				for target := range jobs {
					_, err := client.Get(t.Context(), Request{URL: target})
					var problem *Error
					if err != nil && !errors.As(err, &problem) {
						t.Errorf("%s: %v", target, err)
						continue
					}
					mu.Lock()
					if problem != nil {
						classes[problem.Class]++
					} else {
						classes["ok"]++
					}
					mu.Unlock()
				}
			})
		}
		running.Wait()
		log := web.visits()
		forbidden := func(v visit) bool { return strings.HasPrefix(v.path, "/closed") }
		if found := breaches(log, time.Second, delays, forbidden); len(found) > 0 {
			t.Errorf("%d breaches in %d requests: %q", len(found), len(log), found[:min(len(found), 10)])
		}
		if classes["ok"] < 200 || classes[ClassRobots] < hostCount*pages/10 || classes[ClassStatus] == 0 || len(log) < 400 {
			t.Errorf("%d requests, results %v: this test shows too little", len(log), classes)
		}
		// Hosts don't wait for each other.
		parallel := 0
		for i, a := range log {
			for _, b := range log[i+1 : min(i+20, len(log))] {
				if a.host != b.host && a.start.Before(b.end) && b.start.Before(a.end) {
					parallel++
				}
			}
		}
		if parallel < 50 {
			t.Errorf("only %d pairs of requests to different hosts ran at once", parallel)
		}

		// The controls: every kind of breach, planted in the very log, is found.
		plant := func(name, want string, change func(log []visit) []visit) {
			planted := change(append([]visit(nil), log...))
			if found := breaches(planted, time.Second, delays, forbidden); len(found) == 0 || !strings.Contains(strings.Join(found, "\n"), want) {
				t.Errorf("the oracle doesn't see %s: %q", name, found)
			}
		}
		last := log[len(log)-1]
		plant("two requests at once", "two requests at once", func(log []visit) []visit {
			return append(log, visit{host: last.host, path: "/x", start: last.start.Add(last.end.Sub(last.start) / 2), end: last.end})
		})
		plant("a short pause", "after the one before", func(log []visit) []visit {
			return append(log, visit{host: last.host, path: "/x", start: last.end.Add(900 * time.Millisecond), end: last.end.Add(time.Second)})
		})
		plant("a page before robots.txt", "not asked for first", func(log []visit) []visit {
			return append(log, visit{host: "new.example", path: "/x", start: last.end, end: last.end})
		})
		plant("a forbidden page", "is forbidden", func(log []visit) []visit {
			return append(log, visit{host: last.host, path: "/closed/x", start: last.end.Add(time.Hour), end: last.end.Add(time.Hour)})
		})
		plant("a pause that was cut short", "before the end of the pause", func(log []visit) []visit {
			return append(log, visit{host: "h7.example", path: "/x", start: last.end.Add(time.Hour), end: last.end.Add(time.Hour), pause: time.Minute}, visit{host: "h7.example", path: "/y", start: last.end.Add(time.Hour + 30*time.Second), end: last.end.Add(2 * time.Hour)})
		})
	})
}

// gets fetches one page of a host without robots.txt, and gives the log without robots.txt.
func gets(t *testing.T, opt Options, answers ...reply) (log []visit, page Response, problem *Error) {
	t.Helper()
	n := 0
	web := &fakeWeb{answer: func(r *http.Request) reply {
		if r.URL.Path == "/robots.txt" {
			return reply{status: 404}
		}
		a := answers[min(n, len(answers)-1)]
		n++
		return a
	}}
	page, err := web.client(t, opt).Get(t.Context(), Request{URL: "https://lake.example/1"})
	if err != nil && !errors.As(err, &problem) {
		t.Fatal(err)
	}
	return web.visits()[1:], page, problem
}

// TestWhatIsTriedAgain holds how often each failure is tried.
func TestWhatIsTriedAgain(t *testing.T) {
	for _, c := range []struct {
		name  string
		reply reply
		tries int
		class Class
	}{
		{"200", reply{status: 200}, 1, ""}, {"203", reply{status: 203}, 1, ""},
		{"204", reply{status: 204}, 1, ClassStatus}, {"206", reply{status: 206}, 1, ClassTruncated}, {"300", reply{status: 300}, 1, ClassStatus},
		{"400", reply{status: 400}, 1, ClassStatus}, {"401", reply{status: 401}, 1, ClassStatus}, {"403", reply{status: 403}, 1, ClassStatus}, {"404", reply{status: 404}, 1, ClassStatus}, {"410", reply{status: 410}, 1, ClassStatus}, {"418", reply{status: 418}, 1, ClassStatus}, {"451", reply{status: 451}, 1, ClassStatus},
		{"408", reply{status: 408}, 5, ClassStatus}, {"425", reply{status: 425}, 5, ClassStatus}, {"429", reply{status: 429}, 5, ClassStatus},
		{"500", reply{status: 500}, 5, ClassStatus}, {"502", reply{status: 502}, 5, ClassStatus}, {"503", reply{status: 503}, 5, ClassStatus}, {"504", reply{status: 504}, 5, ClassStatus}, {"522", reply{status: 522}, 5, ClassStatus},
		{"501", reply{status: 501}, 1, ClassStatus}, {"505", reply{status: 505}, 1, ClassStatus},
		{"no connection", reply{err: errors.New("no route to host")}, 5, ClassConnect},
		{"silence", reply{took: time.Hour}, 5, ClassTimeout},
		{"picture", reply{status: 200, header: http.Header{"Content-Type": {"image/png"}}}, 1, ClassType},
		{"too large", reply{status: 200, body: strings.Repeat("a", 2000)}, 1, ClassTooLarge},
	} {
		synctest.Test(t, func(t *testing.T) {
			log, _, problem := gets(t, Options{Tries: 5, MaxBody: 1000}, c.reply)
			var class Class
			if problem != nil {
				class = problem.Class
			}
			if len(log) != c.tries || class != c.class || problem != nil && problem.Temporary != (c.tries > 1 || c.reply.status == 501 || c.reply.status == 505) {
				t.Errorf("%s: %d tries, %v; want %d, %s", c.name, len(log), problem, c.tries, c.class)
			}
			if found := breaches(append([]visit{{host: "lake.example", path: "/robots.txt"}}, log...), time.Second, nil, func(visit) bool { return false }); len(found) > 0 {
				t.Errorf("%s: %q", c.name, found)
			}
		})
	}
	synctest.Test(t, func(t *testing.T) {
		log, page, problem := gets(t, Options{}, reply{status: 503}, reply{err: io.ErrUnexpectedEOF}, reply{status: 200, body: "words"})
		if problem != nil || len(log) != 3 || string(page.Body) != "words" {
			t.Errorf("better at the third try: %d tries, %q, %v", len(log), page.Body, problem)
		}
	})
}

// TestBackoff holds that pauses double, that they are spread over half their length, that the seed decides them, and their limit.
func TestBackoff(t *testing.T) {
	pauses := func(seed uint64) (all []time.Duration) {
		c, err := New(Options{Seed: seed, Backoff: 4 * time.Second})
		if err != nil {
			t.Fatal(err)
		}
		for try := range 8 {
			all = append(all, c.backoff(try+1))
		}
		return all
	}
	a, b, other := pauses(1), pauses(1), pauses(2)
	if fmt.Sprint(a) != fmt.Sprint(b) || fmt.Sprint(a) == fmt.Sprint(other) {
		t.Errorf("%v, %v by the same seed; %v by another", a, b, other)
	}
	for i, pause := range a {
		full := min(4*time.Second<<i, longestPause)
		if pause < full/2 || pause > full {
			t.Errorf("pause %d is %v, want %v to %v", i+1, pause, full/2, full)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := time.Now().UTC()
		for _, c := range []struct {
			value, date string
			want        time.Duration
		}{
			{"", "", 0}, {"0", "", 0}, {"7", "", 7 * time.Second}, {" 120 ", "", 2 * time.Minute}, {"-5", "", 0}, {"soon", "", 0}, {"1.5", "", 0},
			{"999999999", "", longestRetry}, {"99999999999999999999999", "", longestRetry},
			{now.Add(90 * time.Second).Format(http.TimeFormat), "", 90 * time.Second},
			{now.Add(-90 * time.Second).Format(http.TimeFormat), "", 0},
			{now.Add(1000 * time.Hour).Format(http.TimeFormat), "", longestRetry},
			{"Sat, 18 May 2024 10:01:30 GMT", "Sat, 18 May 2024 10:00:00 GMT", 90 * time.Second}, // a server whose clock is wrong
			{now.Add(90 * time.Second).Format(time.RFC850), "", 90 * time.Second},
		} {
			header := http.Header{}
			header.Set("Retry-After", c.value)
			if c.date != "" {
				header.Set("Date", c.date)
			}
			if got := retryAfter(header); got != c.want {
				t.Errorf("%q: %v, want %v", c.value, got, c.want)
			}
		}
	})
	// It is obeyed up to a limit, and passed on beyond it, for all pages of the host.
	synctest.Test(t, func(t *testing.T) {
		log, _, problem := gets(t, Options{}, reply{status: 503, header: http.Header{"Retry-After": {"50"}}}, reply{status: 200})
		if problem != nil || len(log) != 2 || log[1].start.Sub(log[0].end) < 50*time.Second || log[1].start.Sub(log[0].end) > 51*time.Second {
			t.Errorf("%v, %v", log, problem)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		web := &fakeWeb{answer: func(r *http.Request) reply {
			if r.URL.Path == "/robots.txt" {
				return reply{status: 404}
			}
			return reply{status: 429, header: http.Header{"Retry-After": {"3600"}}}
		}}
		client := web.client(t, Options{})
		for i := range 3 {
			started := time.Now()
			_, err := client.Get(t.Context(), Request{URL: fmt.Sprint("https://lake.example/", i)})
			var problem *Error
			if !errors.As(err, &problem) || problem.Status != 429 || !problem.Temporary || problem.RetryAfter < 3590*time.Second || problem.RetryAfter > 3600*time.Second {
				t.Errorf("%d: %v (%+v)", i, err, problem)
			}
			if time.Since(started) > 5*time.Second {
				t.Errorf("%d: sat for %v", i, time.Since(started))
			}
		}
		if log := web.visits(); len(log) != 2 { // robots.txt, and the first page
			t.Errorf("%d requests during the pause", len(log))
		}
		time.Sleep(time.Hour)
		client.Get(t.Context(), Request{URL: "https://lake.example/4"})
		if log := web.visits(); len(log) != 1 {
			t.Errorf("%d requests after the pause", len(log))
		}
	})
}

// TestDeadHost holds that a host that stopped answering costs its tries once, not for each page.
func TestDeadHost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dead := false
		web := &fakeWeb{answer: func(r *http.Request) reply {
			if dead {
				return reply{err: errors.New("no route to host")}
			}
			if r.URL.Path == "/robots.txt" {
				return reply{status: 404}
			}
			return reply{status: 200}
		}}
		client := web.client(t, Options{Tries: 4})
		get := func() int {
			client.Get(t.Context(), Request{URL: "https://lake.example/1"})
			return len(web.visits())
		}
		if n := get(); n != 2 {
			t.Errorf("%d requests", n)
		}
		dead = true
		if a, b, c := get(), get(), get(); a != 4 || b != 1 || c != 1 {
			t.Errorf("%d, %d and %d requests to a dead host", a, b, c)
		}
		dead = false
		if n := get(); n != 1 {
			t.Errorf("%d requests when it is back", n)
		}
		dead = true
		if n := get(); n != 4 {
			t.Errorf("%d requests when it is dead again", n)
		}
	})
}

// TestCancel holds that a cancelled Get ends at once, with the error of its context, wherever it waits, and that the next one goes on.
func TestCancel(t *testing.T) {
	for name, at := range map[string]time.Duration{"during robots.txt": 100 * time.Millisecond, "in the pause": 700 * time.Millisecond, "in the request": 1600 * time.Millisecond, "in back-off": 2500 * time.Millisecond} {
		synctest.Test(t, func(t *testing.T) {
			failing := true
			web := &fakeWeb{answer: func(r *http.Request) reply {
				switch {
				case r.URL.Path == "/robots.txt":
					return reply{status: 404, took: 250 * time.Millisecond}
				case failing:
					return reply{status: 503, took: time.Second, header: http.Header{"Retry-After": {"20"}}}
				}
				return reply{status: 200, body: "words"}
			}}
			client := web.client(t, Options{})
			ctx, cancel := context.WithTimeout(t.Context(), at)
			defer cancel()
			started := time.Now()
			_, err := client.Get(ctx, Request{URL: "https://lake.example/1"})
			if !errors.Is(err, context.DeadlineExceeded) || time.Since(started) != at {
				t.Errorf("%s: after %v: %v", name, time.Since(started), err)
			}
			var problem *Error
			if errors.As(err, &problem) {
				t.Errorf("%s: an Error that would be stored: %v", name, err)
			}
			failing = false
			if page, err := client.Get(t.Context(), Request{URL: "https://lake.example/1"}); err != nil || string(page.Body) != "words" {
				t.Errorf("%s: the next: %q, %v", name, page.Body, err)
			}
		})
	}
}

// TestOptions holds that wrong options are refused with words that say which.
func TestOptions(t *testing.T) {
	for want, opt := range map[string]Options{
		"user agent": {UserAgent: "1.0"}, "300 characters": {UserAgent: "desk/" + strings.Repeat("x", 300)}, "ASCII": {UserAgent: "desk\r\nX-Evil: 1"}, "an hour": {Delay: 2 * time.Hour}, "from 0": {Delay: -1}, "1 to 5": {Tries: 6}, "less than 0": {MaxBody: -1},
	} {
		if _, err := New(opt); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q", opt, err, want)
		}
	}
	if agent := DefaultUserAgent(); productToken(agent) != "dateline" {
		t.Errorf("%q", agent)
	}
}
