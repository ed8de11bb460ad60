package main

import (
	"fmt"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// testSite is a small web of releases on this machine. Every 127.0.0.x is a host of its own. It keeps a log of what it was
// asked, which is the judge of politeness.
type testSite struct {
	hosts []*siteHost

	mu  sync.Mutex
	log []visit
	new chan struct{} // gets a value, when somebody waits, for every page that was asked for
}

// siteHost is one host with its pages, numbered from 0.
type siteHost struct {
	site  *testSite
	base  string // "http://127.0.0.2:41234"
	pages int
	asked map[int]int // page → requests, for those that fail the first time
}

// visit is one request as the host saw it.
type visit struct {
	url, host    string
	begun, ended time.Time
	status       int
}

// newTestSite starts a site with hosts of so many pages each.
func newTestSite(t *testing.T, hosts, pages int) *testSite {
	t.Helper()
	s := &testSite{new: make(chan struct{})}
	for i := range hosts {
		listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.%d:0", i+2))
		if err != nil {
			t.Skipf("NOT TESTED: fetching from several hosts; this machine has no address %s: %v", fmt.Sprintf("127.0.0.%d", i+2), err)
		}
		h := &siteHost{site: s, base: "http://" + listener.Addr().String(), pages: pages, asked: map[int]int{}}
		server := &http.Server{Handler: h}
		go server.Serve(listener)
		t.Cleanup(func() { server.Close() })
		s.hosts = append(s.hosts, h)
	}
	return s
}

// kindOfPage says how a page of the site behaves.
func kindOfPage(n int) string {
	switch {
	case n%20 == 7:
		return "robots"
	case n%50 == 11:
		return "gone"
	case n%50 == 23:
		return "slow"
	case n%100 == 37:
		return "stumbles" // fails the first time
	case n%200 == 90:
		return "breaks" // breaks off, every time
	}
	return "ok"
}

// page is the URL of a page.
func (h *siteHost) page(n int) string {
	if kindOfPage(n) == "robots" {
		return fmt.Sprintf("%s/private/%d.html", h.base, n)
	}
	return fmt.Sprintf("%s/news/%d.html", h.base, n)
}

// urls lists all pages of the site, one of each host in turn.
func (s *testSite) urls() (all []string) {
	for n := range s.hosts[0].pages {
		for _, h := range s.hosts {
			all = append(all, h.page(n))
		}
	}
	return all
}

// visits is the log so far.
func (s *testSite) visits() []visit {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.log)
}

// ServeHTTP serves and logs one request. The log says that it ended before the client can know.
func (h *siteHost) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v := visit{url: h.base + r.URL.RequestURI(), host: h.base, begun: time.Now()}
	status := h.serve(w, r)
	v.ended, v.status = time.Now(), status
	h.site.mu.Lock()
	h.site.log = append(h.site.log, v)
	h.site.mu.Unlock()
	if strings.Contains(r.URL.Path, "/news/") {
		select {
		case h.site.new <- struct{}{}:
		default:
		}
	}
}

func (h *siteHost) serve(w http.ResponseWriter, r *http.Request) (status int) {
	send := func(media, body string) int {
		etag := fmt.Sprintf(`"%d"`, len(body))
		w.Header().Set("Content-Type", media)
		w.Header().Set("ETag", etag)
		if r.Header.Get("If-None-Match") == etag {
			w.WriteHeader(http.StatusNotModified)
			return http.StatusNotModified
		}
		fmt.Fprint(w, body)
		return http.StatusOK
	}
	fail := func(status int) int {
		http.Error(w, http.StatusText(status), status)
		return status
	}
	switch path := r.URL.Path; {
	case path == "/robots.txt":
		return send("text/plain", "User-agent: *\nDisallow: /private/\n")
	case path == "/":
		return send("text/html", `<!doctype html><html><head><title>Harbour</title><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body><p>All news of the harbour.</p></body></html>`)
	case path == "/feed.xml":
		var b strings.Builder
		b.WriteString(`<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour News</title>`)
		for n := range h.pages {
			fmt.Fprintf(&b, "<item><title>Harbour news %d</title><link>%s</link><pubDate>%s</pubDate></item>", n, h.page(n), day(n).Format(time.RFC1123Z))
		}
		b.WriteString("</channel></rss>")
		return send("application/rss+xml", b.String())
	case path == "/sitemap.xml":
		return send("application/xml", fmt.Sprintf(`<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>%s/sitemap-0.xml</loc></sitemap><sitemap><loc>%s/sitemap-1.xml</loc></sitemap></sitemapindex>`, h.base, h.base))
	case strings.HasPrefix(path, "/sitemap-"):
		part, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(path, "/sitemap-"), ".xml"))
		if err != nil {
			return fail(http.StatusNotFound)
		}
		var b strings.Builder
		b.WriteString(`<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
		for n := range h.pages {
			if n%2 == part {
				fmt.Fprintf(&b, "<url><loc>%s</loc></url>", h.page(n))
			}
		}
		b.WriteString("</urlset>")
		return send("application/xml", b.String())
	}
	n, err := strconv.Atoi(strings.TrimSuffix(r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:], ".html"))
	if err != nil || n >= h.pages {
		return fail(http.StatusNotFound)
	}
	body := fmt.Sprintf(`<!doctype html><html lang="en"><head><title>Harbour news %d</title><meta property="article:published_time" content="%s"></head><body><article><h1>Harbour news %d</h1><p>%s</p></article></body></html>`,
		n, day(n).Format("2006-01-02"), n, fmt.Sprintf("On %s, Marta Lindqvist, director of the Port of Vesterhamn, met visitors from the University of Ostrava Hills. Group %d of host %s stayed for lunch.",
			day(n).Format("2 January 2006"), n, strings.ReplaceAll(r.Host, ":", " port ")))
	switch kindOfPage(n) {
	case "gone":
		return fail(http.StatusGone)
	case "slow":
		select {
		case <-time.After(150 * time.Millisecond):
		case <-r.Context().Done():
		}
	case "stumbles":
		h.site.mu.Lock()
		h.asked[n]++
		first := h.asked[n] == 1
		h.site.mu.Unlock()
		if first {
			return fail(http.StatusInternalServerError)
		}
	case "breaks":
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Length", strconv.Itoa(len(body)+100))
		fmt.Fprint(w, body)
		return http.StatusOK
	}
	return send("text/html; charset=utf-8", body)
}

// day is the day of publication of a page.
func day(n int) time.Time { return time.Date(2024, 5, 1+n%28, 12, 0, 0, 0, time.UTC) }
