package review

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// client asks a server as a browser without JavaScript does: it fills in the forms that it is sent.
type client struct {
	t       testing.TB
	handler http.Handler
	cookie  *http.Cookie
}

// answered is a page that came back, after redirects.
type answered struct {
	t       testing.TB
	code    int // of the last answer
	path    string
	header  http.Header
	body    string
	page    *goquery.Document
	visited []string
}

const testHost = "127.0.0.1:8090"

func newClient(t testing.TB, store Store, change func(*Config)) *client {
	t.Helper()
	c := Config{Store: store, Who: "ana", Now: steadyClock, Hosts: LocalHosts("8090"), Patience: time.Hour}
	if change != nil {
		change(&c)
	}
	handler, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return &client{t: t, handler: handler}
}

// do sends one request and follows redirects as browsers do.
func (c *client) do(r *http.Request) *answered {
	c.t.Helper()
	out := &answered{t: c.t}
	for range 5 {
		if c.cookie != nil {
			r.AddCookie(c.cookie)
		}
		w := httptest.NewRecorder()
		c.handler.ServeHTTP(w, r)
		answer := w.Result()
		for _, k := range answer.Cookies() {
			c.cookie = k
		}
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			c.t.Fatal(err)
		}
		out.code, out.header, out.body, out.path = answer.StatusCode, answer.Header, string(body), r.URL.RequestURI()
		out.visited = append(out.visited, out.path)
		if answer.StatusCode != http.StatusSeeOther {
			if strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
				if out.page, err = goquery.NewDocumentFromReader(strings.NewReader(out.body)); err != nil {
					c.t.Fatal(err)
				}
			}
			return out
		}
		r = request(http.MethodGet, answer.Header.Get("Location"), "")
	}
	c.t.Fatalf("redirects do not end: %v", out.visited)
	return nil
}

// request is one that a browser on a page of the server sends.
func request(method, path, body string) *http.Request {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Host = testHost
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if method == http.MethodPost {
		r.Header.Set("Content-Type", formType)
		r.Header.Set("Origin", "http://"+testHost)
	}
	return r
}

func (c *client) get(path string) *answered {
	c.t.Helper()
	return c.do(request(http.MethodGet, path, ""))
}

func (c *client) post(path string, fields url.Values) *answered {
	c.t.Helper()
	return c.do(request(http.MethodPost, path, fields.Encode()))
}

// want fails the test when the page has another status.
func (a *answered) want(code int) *answered {
	a.t.Helper()
	if a.code != code && a.page == nil {
		a.t.Fatalf("%s is answered with %d, want %d: %s", a.path, a.code, code, a.body)
	}
	if a.code != code {
		a.t.Fatalf("%s is answered with %d, want %d:\n%s", a.path, a.code, code, a.text("main"))
	}
	return a
}

// text is the text of elements, spaces tidied.
func (a *answered) text(selector string) string {
	a.t.Helper()
	if a.page == nil {
		a.t.Fatalf("%s is no page: %s", a.path, a.body)
	}
	return strings.Join(strings.Fields(a.page.Find(selector).Text()), " ")
}

// form takes the fields of a form as a browser would send them without a button.
func (a *answered) form(selector string) url.Values {
	a.t.Helper()
	form := a.page.Find(selector).First()
	if form.Length() == 0 {
		a.t.Fatalf("%s has no %s:\n%s", a.path, selector, a.body)
	}
	v := url.Values{}
	form.Find("input, textarea, select").Each(func(_ int, s *goquery.Selection) {
		name, ok := s.Attr("name")
		switch {
		case !ok:
		case goquery.NodeName(s) == "select":
			chosen, _ := s.Find("option[selected]").Attr("value")
			v.Add(name, chosen)
		case goquery.NodeName(s) == "textarea":
			v.Add(name, s.Text())
		default:
			v.Add(name, s.AttrOr("value", ""))
		}
	})
	return v
}

// press is a form sent with one of its buttons.
func press(v url.Values, action string) url.Values {
	v.Set("action", action)
	return v
}
