package fetch

import (
	"encoding/xml"
	"fmt"
	"net/url"
	"strings"
)

// Bounds of sitemaps, from the protocol (sitemaps.org) itself.
const (
	SitemapBytes = 50 << 20 // uncompressed; give it as Request.MaxBody
	SitemapURLs  = 50_000   // entries of one file
	SitemapDepth = 3        // files from an index down to the pages; for who follows Sitemap.Sitemaps
)

// Sitemap is one file of a sitemap: of pages, or an index of other files.
type Sitemap struct {
	Pages    []Entry  // in the file's order, each address once
	Sitemaps []string // addresses of further files, normal form, each once
	Warnings []string // what could not be read, one sentence each, for people
}

// ParseSitemap reads a sitemap, a sitemap index, or a text file of addresses; compressed (.gz) or not. Relative addresses are resolved against
// base. A file that breaks off or is damaged gives the entries that can be read, and a warning. What is no sitemap is an *Error of class "format".
func ParseSitemap(body []byte, base string) (Sitemap, error) {
	r := sitemapReader{seen: map[string]bool{}}
	r.base, _ = normalize(base)
	body, problem := gunzip(body, SitemapBytes)
	if problem != nil {
		problem.URL = base
		return Sitemap{}, problem
	}
	if len(body) > SitemapBytes {
		body = body[:SitemapBytes]
		r.warn("The sitemap has more than %d MB; the rest was not read.", SitemapBytes>>20)
	}
	text := strings.TrimSpace(xmlText(body, ""))
	if !strings.HasPrefix(text, "<") {
		return r.lines(text, base)
	}
	scan := xmlScan{restart: []string{"url", "sitemap"}, start: r.start, end: r.end}
	result := scan.scan(text)
	if r.root != "urlset" && r.root != "sitemapindex" {
		return Sitemap{}, notThis(base, "a sitemap", r.root)
	}
	r.out.Warnings = append(r.out.Warnings, result.warnings("sitemap")...)
	r.finish("sitemap")
	return r.out, nil
}

type sitemapReader struct {
	base  *url.URL
	out   Sitemap
	root  string // local name, small letters
	entry Entry
	seen  map[string]bool
	bad   int // addresses that are none
	full  bool
}

func (r *sitemapReader) warn(format string, args ...any) {
	r.out.Warnings = append(r.out.Warnings, fmt.Sprintf(format, args...))
}

func (r *sitemapReader) start(name xml.Name, _ []xml.Attr, depth int) bool {
	local := strings.ToLower(name.Local)
	if depth == 1 {
		r.root = local
		return local == "urlset" || local == "sitemapindex"
	}
	if local == "url" || local == "sitemap" {
		r.entry = Entry{}
	}
	return !r.full
}

func (r *sitemapReader) end(name xml.Name, text string, depth int) {
	text = strings.TrimSpace(text)
	switch local := strings.ToLower(name.Local); {
	case local == "loc" && depth == 3:
		r.entry.URL = text
	case local == "lastmod" && depth == 3:
		r.entry.Modified = clip(text, 40)
	case local == "publication_date":
		r.entry.Published = day(text)
	case local == "title" && name.Space == "news":
		r.entry.Title = plainTitle(text)
	case local == "name" && name.Space == "news":
		r.entry.Publisher = plainTitle(text)
	case (local == "url" || local == "sitemap") && depth == 2:
		r.add(r.entry)
		r.entry = Entry{}
	}
}

func (r *sitemapReader) add(e Entry) {
	u, problem := resolve(r.base, e.URL)
	if e.URL == "" || problem != nil {
		r.bad++
		return
	}
	if e.URL = u.String(); r.seen[e.URL] {
		return
	}
	if len(r.seen) == SitemapURLs {
		r.full = true
		return
	}
	r.seen[e.URL] = true
	if r.root == "sitemapindex" {
		r.out.Sitemaps = append(r.out.Sitemaps, e.URL)
	} else {
		r.out.Pages = append(r.out.Pages, e)
	}
}

func (r *sitemapReader) finish(what string) {
	if r.full {
		r.warn("The %s has more than %d entries; the rest was not read.", what, SitemapURLs)
	}
	if r.bad > 0 {
		r.warn("Entries of the %s without an address that can be fetched: %d.", what, r.bad)
	}
}

// lines reads a text file with an address a line.
func (r *sitemapReader) lines(text, base string) (Sitemap, error) {
	r.base = nil // a text sitemap holds whole addresses; a word is not one
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if r.add(Entry{URL: line}); r.full || r.bad > mostFaults && len(r.out.Pages) == 0 {
			break
		}
	}
	if len(r.out.Pages) == 0 || r.bad > len(r.out.Pages) {
		return Sitemap{}, notThis(base, "a sitemap", "")
	}
	r.finish("sitemap")
	return r.out, nil
}

// notThis is the error of a file that is something else. root is the local name of its root element, or "".
func notThis(base, wanted, root string) *Error {
	e := &Error{URL: base, Class: ClassFormat, Reason: "it is not " + wanted, Advice: "check the address"}
	switch root {
	case "html":
		e.Reason, e.Advice = "it is a web page and not "+wanted, "give the address of the feed or sitemap itself; pages name it in their head, sitemaps stand in robots.txt"
	case "urlset", "sitemapindex":
		e.Reason, e.Advice = "it is a sitemap and not "+wanted, "read it as a sitemap"
	case "rss", "feed", "rdf":
		e.Reason, e.Advice = "it is a feed and not "+wanted, "read it as a feed"
	}
	return e
}

// warnings says what a scan could not read.
func (s scanned) warnings(what string) (all []string) {
	switch {
	case s.deep:
		all = append(all, fmt.Sprintf("The %s nests its elements too deeply; the rest was not read.", what))
	case s.cut:
		all = append(all, fmt.Sprintf("The %s breaks off before its end.", what))
	}
	if s.faults > 0 {
		all = append(all, fmt.Sprintf("The %s could not be read in %d places (%s).", what, s.faults, clip(s.first, 100)))
	}
	return all
}
