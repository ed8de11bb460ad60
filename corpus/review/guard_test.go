package review

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"dateline/corpus"
)

// goodPath fills in the names of a pattern so that its page exists.
func goodPath(t *testing.T, s *corpus.Store, pattern string) string {
	t.Helper()
	page := must(s.Queue(context.Background(), corpus.QueueFilter{Limit: 1}))
	path := strings.NewReplacer("{$}", "", "{name}", "review.css").Replace(pattern)
	if strings.HasPrefix(path, "/document/") {
		return strings.Replace(path, "{id}", "1", 1)
	}
	return strings.Replace(path, "{id}", page.Facts[0].ID, 1)
}

// goodForm is what the form of a route would send.
func goodForm(t *testing.T, c *client, pattern string) url.Values {
	t.Helper()
	p := c.get("/?kind=title").want(http.StatusOK)
	switch pattern {
	case "/decide":
		return press(p.form("form.decide"), "accept")
	case "/edit":
		address, _ := p.page.Find(`.focus a[data-key="e"]`).Attr("href")
		v := c.get(address).want(http.StatusOK).form("form.edit")
		v.Set("title", "rector "+c.handler.(*Server).NewKey())
		return v
	case "/undo":
		c.post("/decide", press(p.form("form.decide"), "skip")).want(http.StatusOK)
		return c.get("/").form("form.last")
	}
	return url.Values{"token": {"x"}}
}

// trail is what a request can change: the decisions.
func trail(t *testing.T, s *corpus.Store) string {
	t.Helper()
	return string(must(json.Marshal(decisions(t, s))))
}

// once sends one request and follows nothing.
func once(h http.Handler, r *http.Request) *http.Response {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

// TestHosts asks by 40 names with every method. Only the names of this server with its port are
// answered, and the others learn nothing and change nothing.
func TestHosts(t *testing.T) {
	s := openStore(t)
	put(t, s, sample(t, "a.txt"))
	c := newClient(t, s, func(c *Config) { c.Hosts = append(c.Hosts, "review.example.org") })
	good := []string{"127.0.0.1:8090", "localhost:8090", "[::1]:8090", "review.example.org"}
	bad := []string{
		"", "127.0.0.1", "localhost", "[::1]", "127.0.0.1:80", "localhost:8091", "[::1]:80900", "review.example.org:8090", "review.example.org.", "www.review.example.org",
		"evil.example", "evil.example:8090", "127.0.0.1.evil.example:8090", "localhost.evil.example:8090", "127.0.0.1:8090.evil.example", "evil.example#127.0.0.1:8090",
		"127.0.0.1:8090@evil.example", "evil.example@127.0.0.1:8090", "127.0.0.2:8090", "0.0.0.0:8090", "[::]:8090", "[::ffff:127.0.0.1]:8090", "127.1:8090", "2130706433:8090",
		"0x7f000001:8090", "017700000001:8090", "LOCALHOST:8090", "Localhost:8090", "localhost.:8090", " localhost:8090", "localhost:8090 ", "localhost:08090", "localhost:+8090",
		"localhost:8090, evil.example", "169.254.169.254", "10.0.0.1:8090",
	}
	if n := len(good) + len(bad); n != 40 {
		t.Fatalf("%d names, want 40", n)
	}
	form := goodForm(t, c, "/decide").Encode()
	before := trail(t, s)
	for _, method := range []string{"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW"} {
		for _, host := range bad {
			for _, path := range []string{"/", "/decide", "/static/review.js", "/nothing"} {
				r := request(method, path, form)
				r.Header.Set("Content-Type", formType)
				r.Host = host
				answer := once(c.handler, r)
				if answer.StatusCode != http.StatusMisdirectedRequest {
					t.Errorf("%s %s by the name %q is answered with %d, want 421", method, path, host, answer.StatusCode)
				}
				if answer.Header.Get("Set-Cookie") != "" || answer.Header.Get("Location") != "" {
					t.Errorf("%s %s by the name %q gives away %v", method, path, host, answer.Header)
				}
			}
		}
	}
	if trail(t, s) != before {
		t.Error("a request by a foreign name changed something")
	}
	for _, host := range good {
		r := request(http.MethodGet, "/", "")
		r.Host = host
		if answer := once(c.handler, r); answer.StatusCode != http.StatusOK {
			t.Errorf("GET / by the name %q is answered with %d", host, answer.StatusCode)
		}
		r = request(http.MethodPost, "/decide", press(c.get("/").form("form.decide"), "skip").Encode())
		r.Host = host
		r.Header.Set("Origin", "http://"+host)
		if answer := once(c.handler, r); answer.StatusCode != http.StatusSeeOther {
			t.Errorf("POST by the name %q is answered with %d", host, answer.StatusCode)
		}
	}
}

// TestForeignRequests sends every method to every route with the headers that other sites can have
// a browser send. The routes come from the list that the server is made of, so none is left out.
func TestForeignRequests(t *testing.T) {
	s := openStore(t)
	put(t, s, append(many(t, 0, 60), sample(t, "a.txt"))...)
	c := newClient(t, s, nil)
	type variant struct {
		name    string
		headers map[string]string
		foreign bool // refused when it is a POST
	}
	variants := []variant{
		{"a form of this page", map[string]string{"Sec-Fetch-Site": "same-origin", "Origin": "http://" + testHost}, false},
		{"an address typed by hand", map[string]string{"Sec-Fetch-Site": "none"}, false},
		{"an old browser, same origin", map[string]string{"Origin": "http://" + testHost}, false},
		{"a program that is no browser", nil, false},
		{"another site", map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, true},
		{"another site without Origin", map[string]string{"Sec-Fetch-Site": "cross-site"}, true},
		{"another port of this machine", map[string]string{"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:9999"}, true},
		{"a sandboxed frame", map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "null"}, true},
		{"an old browser, another site", map[string]string{"Origin": "https://evil.example"}, true},
		{"an old browser, Origin null", map[string]string{"Origin": "null"}, true},
		{"another site that says it is none", map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "http://" + testHost}, true},
	}
	types := []struct {
		kind string
		good bool
	}{
		{formType, true}, {formType + "; charset=utf-8", true}, {"", false}, {"text/plain", false}, {"multipart/form-data; boundary=x", false}, {"application/json", false},
		{"application/x-www-form-urlencodedx", false}, {"text/plain; " + formType, false},
	}
	methods := []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "LINK"}
	override := []map[string]string{nil, {"X-HTTP-Method-Override": "POST"}, {"X-Method-Override": "DELETE"}, {"X-HTTP-Method": "POST"}}
	both := map[string]bool{} // paths with a route of either method
	for _, r := range routes {
		if r.method == http.MethodPost {
			both[r.pattern] = true
		}
	}
	tried, passed := 0, map[string]int{}
	before := trail(t, s)
	for _, to := range routes {
		path := goodPath(t, s, to.pattern)
		for _, method := range methods {
			if method == http.MethodPost && to.method != method && both[to.pattern] {
				continue // has a row of its own
			}
			for _, v := range variants {
				for i, kind := range types {
					for j, more := range override {
						// The type of a body counts with POST alone.
						if method != http.MethodPost && i > 0 || method == http.MethodPost && j > 1 {
							continue
						}
						form := url.Values{"_method": {"POST"}, "action": {"accept"}}
						legal := method == to.method && method == http.MethodPost && !v.foreign && kind.good
						if legal {
							form = goodForm(t, c, to.pattern)
							before = trail(t, s)
						}
						target := path
						if method != http.MethodPost {
							target += "?_method=POST&action=accept&key=k&fact=" + form.Get("fact") // what a body can't say, a query may
						}
						r := httptest.NewRequest(method, target, strings.NewReader(form.Encode()))
						r.Host = testHost
						if kind.kind != "" {
							r.Header.Set("Content-Type", kind.kind)
						}
						for _, headers := range []map[string]string{v.headers, more} {
							for name, value := range headers {
								r.Header.Set(name, value)
							}
						}
						answer := once(c.handler, r)
						tried++
						after := trail(t, s)
						changed := after != before
						before = after
						where := fmt.Sprintf("%s %s, %s, %q, %v: %d", method, to.pattern, v.name, kind.kind, more, answer.StatusCode)
						checkHeaders(t, where, answer)
						switch {
						case legal:
							if to.changes && (!changed || answer.StatusCode != http.StatusSeeOther) {
								t.Errorf("%s: a form of this server changed nothing", where)
							}
							passed[to.pattern]++
						case changed:
							t.Errorf("%s: it changed something", where)
						case method == http.MethodGet || method == http.MethodHead:
							// Whoever asks may look, of whatever site; what he can't is read the answer.
							want := http.StatusOK
							if to.method != http.MethodGet {
								want = http.StatusMethodNotAllowed
							}
							if to.pattern == "/enter" {
								want = http.StatusSeeOther // no token is needed here: on to the queue
							}
							if answer.StatusCode != want {
								t.Errorf("%s, want %d", where, want)
							}
						case answer.StatusCode < 400:
							t.Errorf("%s: it is not refused", where)
						}
						if t.Failed() {
							return
						}
					}
				}
			}
		}
	}
	for _, to := range routes {
		if to.changes && passed[to.pattern] < 10 {
			t.Errorf("%s: only %d good requests went through; the matrix proves nothing", to.pattern, passed[to.pattern])
		}
	}
	t.Logf("%d requests to %d routes", tried, len(routes))
}

// checkHeaders looks at what every answer must have, and at what none may.
func checkHeaders(t *testing.T, where string, answer *http.Response) {
	t.Helper()
	for name, want := range map[string]string{
		"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
		"X-Content-Type-Options":  "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
	} {
		if got := answer.Header.Get(name); got != want {
			t.Errorf("%s: %s is %q", where, name, got)
		}
	}
	for name := range answer.Header {
		if strings.HasPrefix(name, "Access-Control-") {
			t.Errorf("%s: %s allows other sites something", where, name)
		}
	}
}

// TestRoutesAreOfTwoMethods holds the rule that only POST changes something.
func TestRoutesAreOfTwoMethods(t *testing.T) {
	for _, r := range routes {
		if r.method != http.MethodGet && r.method != http.MethodPost {
			t.Errorf("%s %s: the guard lets only GET, HEAD and POST through", r.method, r.pattern)
		}
		if r.changes && r.method != http.MethodPost {
			t.Errorf("%s %s changes something", r.method, r.pattern)
		}
		if r.changes && r.open {
			t.Errorf("%s %s changes something without a session", r.method, r.pattern)
		}
	}
}
