package fetch

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// site is a server that answers by a table and keeps a log of what it was asked.
type site struct {
	*httptest.Server
	mu   sync.Mutex
	log  []string // "PATH" of every request, with its query
	sent []http.Header
}

func newSite(t *testing.T, answer func(w http.ResponseWriter, r *http.Request)) *site {
	s := &site{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.log = append(s.log, r.URL.RequestURI())
		s.sent = append(s.sent, r.Header.Clone())
		s.mu.Unlock()
		answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *site) asked() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	asked := strings.Join(s.log, " ")
	s.log = nil
	return asked
}

func localClient(t *testing.T, opt Options) *Client {
	t.Helper()
	opt.AllowPrivate, opt.Delay = true, time.Nanosecond
	if opt.Tries == 0 {
		opt.Tries = 1
	}
	c, err := New(opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func TestRedirects(t *testing.T) {
	other := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			fmt.Fprint(w, "User-agent: *\nDisallow: /private")
			return
		}
		fmt.Fprint(w, "other")
	})
	otherURL := strings.Replace(other.URL, "127.0.0.1", "localhost", 1) // another host
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		to, status := "", http.StatusFound
		switch path := r.URL.Path; {
		case path == "/robots.txt":
			fmt.Fprint(w, "User-agent: *\nDisallow: /closed")
			return
		case path == "/end":
			fmt.Fprint(w, "end")
			return
		case path == "/loop":
			to = "/loop2"
		case path == "/loop2":
			to = "/loop"
		case path == "/self":
			to = "/self#again"
		case strings.HasPrefix(path, "/chain/"):
			var n int
			fmt.Sscanf(path, "/chain/%d", &n)
			if to = fmt.Sprintf("/chain/%d", n-1); n == 1 {
				to = "/end"
			}
		case strings.HasPrefix(path, "/status/"):
			fmt.Sscanf(path, "/status/%d", &status)
			to = "/end"
		case path == "/nowhere":
		case path == "/to":
			to = r.URL.Query().Get("u")
		}
		if to != "" {
			w.Header()["Location"] = []string{to}
		}
		w.WriteHeader(status)
	})
	for _, c := range []struct {
		name, path string
		final      string // path at its end, or ""
		hops       int
		class      Class
		reason     string
	}{
		{"none", "/end", "/end", 0, "", ""},
		{"one", "/chain/1", "/end", 1, "", ""},
		{"ten", "/chain/10", "/end", 10, "", ""},
		{"eleven", "/chain/11", "", 0, ClassRedirect, "more than 10 times"},
		{"thirty", "/chain/30", "", 0, ClassRedirect, "more than 10 times"},
		{"301", "/status/301", "/end", 1, "", ""}, {"302", "/status/302", "/end", 1, "", ""}, {"303", "/status/303", "/end", 1, "", ""}, {"307", "/status/307", "/end", 1, "", ""}, {"308", "/status/308", "/end", 1, "", ""},
		{"300", "/status/300", "", 0, ClassStatus, "300"}, {"304 unasked", "/status/304", "", 0, ClassStatus, "304"}, {"305", "/status/305", "", 0, ClassStatus, "305"},
		{"loop of two", "/loop", "", 0, ClassRedirect, "circle"},
		{"to itself", "/self", "", 0, ClassRedirect, "circle"},
		{"without Location", "/nowhere", "", 0, ClassRedirect, "without saying where"},
		{"empty", "/to?u=", "", 0, ClassRedirect, "without saying where"},
		{"file", "/to?u=file:///etc/passwd", "", 0, ClassScheme, "file"},
		{"ftp", "/to?u=ftp://lake.example/x", "", 0, ClassScheme, "ftp"},
		{"javascript", "/to?u=javascript:alert(1)", "", 0, ClassScheme, "javascript"},
		{"data", "/to?u=data:text/html,x", "", 0, ClassScheme, "data"},
		{"user and password", "/to?u=http://ada:secret@127.0.0.1/", "", 0, ClassURL, "user name"},
		{"mail server", "/to?u=http://127.0.0.1:25/", "", 0, ClassBlocked, "port 25"},
		{"number", "/to?u=http://2130706433/", "", 0, ClassBlocked, "number"},
		{"garbage", "/to?u=http://[::1", "", 0, ClassURL, "not an address"},
		{"relative", "/to?u=end", "/end", 1, "", ""},
		{"fragment", "/to?u=/end%23top", "/end", 1, "", ""},
		{"letters beyond ASCII", "/to?u=/end%3Fq=%D0%9F", "/end?q=%D0%9F", 1, "", ""},
		{"forbidden here", "/to?u=/closed/1", "", 0, ClassRobots, "forbids"},
		{"other host", "/to?u=" + otherURL + "/open", otherURL + "/open", 1, "", ""},
		{"forbidden there", "/to?u=" + otherURL + "/private/1", "", 0, ClassRobots, "forbids"},
	} {
		client := localClient(t, Options{})
		s.asked()
		page, err := client.Get(t.Context(), Request{URL: s.URL + c.path})
		if c.class == "" {
			want := c.final
			if strings.HasPrefix(want, "/") {
				want = s.URL + want
			}
			if err != nil || page.Final != want || len(page.Redirects) != c.hops || page.URL != s.URL+c.path || len(page.Body) == 0 {
				t.Errorf("%s: %+v, %v; want %s after %d", c.name, page, err, want, c.hops)
			}
			continue
		}
		var problem *Error
		if !errors.As(err, &problem) || problem.Class != c.class || !strings.Contains(problem.Reason, c.reason) || problem.Advice == "" || problem.URL != s.URL+c.path {
			t.Errorf("%s: %v (%+v); want class %s with %q", c.name, err, problem, c.class, c.reason)
		}
		for path := range strings.FieldsSeq(s.asked() + " " + other.asked()) {
			if strings.HasPrefix(path, "/closed") || strings.HasPrefix(path, "/private") {
				t.Errorf("%s: asked for %s", c.name, path)
			}
		}
	}
	for _, sent := range append(s.sent, other.sent...) {
		for _, name := range []string{"Cookie", "Authorization", "Referer", "Proxy-Authorization", "X-Forwarded-For"} {
			if sent.Get(name) != "" {
				t.Errorf("%s was sent: %q", name, sent.Get(name))
			}
		}
	}
}

// TestDowngrade holds that https doesn't lead to http unless that was allowed.
func TestDowngrade(t *testing.T) {
	plain := newSite(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "plain") })
	secure := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		http.Redirect(w, r, plain.URL+"/page", http.StatusMovedPermanently)
	}))
	defer secure.Close()
	_, err := localClient(t, Options{Roots: poolOf(secure)}).Get(t.Context(), Request{URL: secure.URL + "/"})
	var problem *Error
	if !errors.As(err, &problem) || problem.Class != ClassRedirect || problem.Reason != downgradeReason || !strings.Contains(problem.Advice, plain.URL) {
		t.Errorf("%v", err)
	}
	if log := plain.asked(); log != "" {
		t.Errorf("asked for %q", log)
	}
	page, err := localClient(t, Options{Roots: poolOf(secure), AllowDowngrade: true}).Get(t.Context(), Request{URL: secure.URL + "/"})
	if err != nil || string(page.Body) != "plain" {
		t.Errorf("allowed: %q, %v", page.Body, err)
	}
}

// TestValidators holds that ETag and Last-Modified are sent, followed by a 304 without a body, and never told to another host.
func TestValidators(t *testing.T) {
	answer := func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/robots.txt":
			http.NotFound(w, r)
		case r.URL.Path == "/away":
			http.Redirect(w, r, strings.Replace("http://"+r.Host, "127.0.0.1", "localhost", 1)+"/page", http.StatusFound)
		case r.URL.Path == "/moved":
			http.Redirect(w, r, "/page", http.StatusFound)
		case r.Header.Get("If-None-Match") == `"v1"` && r.Header.Get("If-Modified-Since") == "Sat, 18 May 2024 10:00:00 GMT":
			w.WriteHeader(http.StatusNotModified)
		default:
			w.Header().Set("ETag", `"v1"`)
			w.Header().Set("Last-Modified", "Sat, 18 May 2024 10:00:00 GMT")
			fmt.Fprint(w, "<p>words")
		}
	}
	s := newSite(t, answer)
	client := localClient(t, Options{})
	for _, path := range []string{"/page", "/moved"} {
		first, err := client.Get(t.Context(), Request{URL: s.URL + path})
		if err != nil || first.ETag != `"v1"` || first.LastModified == "" || first.NotModified {
			t.Fatalf("%+v, %v", first, err)
		}
		second, err := client.Get(t.Context(), Request{URL: s.URL + path, ETag: first.ETag, LastModified: first.LastModified})
		if err != nil || !second.NotModified || second.Status != 304 || len(second.Body) != 0 || second.Final != s.URL+"/page" {
			t.Errorf("%s: %+v, %v", path, second, err)
		}
	}
	other := newSite(t, answer)
	page, err := client.Get(t.Context(), Request{URL: other.URL + "/away", ETag: `"v1"`, LastModified: "Sat, 18 May 2024 10:00:00 GMT"})
	if err != nil || page.NotModified || string(page.Body) != "<p>words" {
		t.Errorf("other host: %+v, %v", page, err)
	}
	for _, sent := range other.sent[len(other.sent)-1:] {
		if sent.Get("If-None-Match") != "" || sent.Get("If-Modified-Since") != "" {
			t.Errorf("told to another host: %v", sent)
		}
	}
	// What can't be a header is not sent.
	if page, err := client.Get(t.Context(), Request{URL: s.URL + "/page", ETag: "a\r\nX-Evil: 1"}); err != nil || page.NotModified {
		t.Errorf("%+v, %v", page, err)
	}
}
