package fetch

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	"golang.org/x/net/html"

	"dateline/ingest"
)

// Feed is what a feed lists.
type Feed struct {
	Title    string   // of the feed, most often the publisher's name or "NAME - News"
	Site     string   // the address of the site that it belongs to, or ""
	Entries  []Entry  // in the feed's order, each address once
	Warnings []string // what could not be read, one sentence each, for people
}

// Entry is a page that a feed or sitemap names.
type Entry struct {
	URL       string // normal form
	Title     string // one line, or ""
	Published string // the day in the zone that the feed wrote it in, "2024-05-18", or ""
	Modified  string // when it last changed, as written (sitemap lastmod, Atom updated), or ""
	Publisher string // who published it, where a news sitemap says so, or ""
}

// mostFeed bounds a feed that is compressed itself, in bytes after decompression.
const mostFeed = 20 << 20

// ParseFeed reads RSS, Atom and JSON feeds. contentType is that of the server, with its charset if it has one (Response.ContentType), or "". Relative
// addresses are resolved against base. A feed that breaks off or is damaged gives the entries that can be read, and a warning.
// What is no feed is an *Error of class "format".
func ParseFeed(body []byte, contentType, base string) (Feed, error) {
	body, problem := gunzip(body, mostFeed)
	if problem != nil {
		problem.URL = base
		return Feed{}, problem
	}
	text := strings.TrimSpace(xmlText(body, contentType))
	var out Feed
	var tidy []byte
	if strings.HasPrefix(text, "{") {
		var cut, full bool
		if tidy, cut, full = tidyJSONFeed(text); tidy == nil {
			return Feed{}, notThis(base, "a feed", "")
		}
		if full {
			out.warn("The feed has more than %d entries; the rest was not read.", mostEntries)
		}
		if cut {
			out.warn("The feed breaks off, or could not be read to its end.")
		}
	} else {
		t := &tidyFeed{}
		scan := xmlScan{restart: []string{"item", "entry"}, start: t.start, end: t.end}
		result := scan.scan(text)
		if !feedRooms[t.root] {
			if t.root == "" && looksLikePage(text) {
				t.root = "html"
			}
			return Feed{}, notThis(base, "a feed", t.root)
		}
		if t.full {
			out.warn("The feed has more than %d entries; the rest was not read.", mostEntries)
		}
		out.Warnings = append(out.Warnings, result.warnings("feed")...)
		tidy = t.finish()
	}
	parser := gofeed.NewParser()
	parser.KeepOriginalFeed = true
	parsed, err := parser.Parse(bytes.NewReader(tidy))
	if err != nil {
		e := notThis(base, "a feed", "")
		e.Reason += " (" + clip(quote(err.Error()), 100) + ")"
		e.cause = err
		return Feed{}, e
	}
	out.fill(parsed, base)
	return out, nil
}

func (f *Feed) warn(format string, args ...any) {
	f.Warnings = append(f.Warnings, fmt.Sprintf(format, args...))
}

// fill takes over what the library read.
func (f *Feed) fill(parsed *gofeed.Feed, base string) {
	f.Title = plainTitle(parsed.Title)
	baseURL, _ := normalize(base)
	if u, problem := resolve(baseURL, parsed.Link); problem == nil && parsed.Link != "" {
		f.Site = u.String()
	}
	atomFeed, _ := parsed.OriginalFeed().(*atom.Feed)
	seen := map[string]bool{}
	nowhere, undated := 0, ""
	for i, item := range parsed.Items {
		if i == mostEntries {
			f.warn("The feed has more than %d entries; the rest was not read.", mostEntries)
			break
		}
		e := Entry{Title: plainTitle(item.Title), Modified: clip(item.Updated, 60)}
		u := linkOf(item, baseURL)
		if u == nil {
			nowhere++
			continue
		}
		if e.URL = u.String(); seen[e.URL] {
			continue
		}
		seen[e.URL] = true
		published := item.Published
		if atomFeed != nil && i < len(atomFeed.Entries) {
			published = atomFeed.Entries[i].Published // the library takes the last change where there is none
		}
		if e.Published = day(published); e.Published == "" && strings.TrimSpace(published) != "" {
			undated = published
		}
		f.Entries = append(f.Entries, e)
	}
	if nowhere > 0 {
		f.warn("Entries of the feed without an address that can be fetched: %d.", nowhere)
	}
	if undated != "" {
		f.warn("A publication date of the feed could not be read: %s.", quote(clip(undated, 60)))
	}
}

// linkOf gives the page of an entry: its link, else an id that is an address.
func linkOf(item *gofeed.Item, base *url.URL) *url.URL {
	for _, link := range append([]string{item.Link}, item.Links...) {
		if strings.TrimSpace(link) == "" {
			continue
		}
		if u, problem := resolve(base, link); problem == nil {
			return u
		}
	}
	if strings.HasPrefix(item.GUID, "http://") || strings.HasPrefix(item.GUID, "https://") {
		if u, problem := resolve(nil, item.GUID); problem == nil {
			return u
		}
	}
	return nil
}

// shortYears are the forms of RFC 822 with a year of two digits, which feeds may still use.
var shortYears = []string{"Mon, 2 Jan 06 15:04:05", "2 Jan 06 15:04:05", "Mon, 2 Jan 06 15:04", "2 Jan 06 15:04"}

// day gives the day of a date as it is written. The clock time and its zone are left alone: 01:00 on the 18th in Almaty is the 18th there,
// whatever day it was in Greenwich.
func day(text string) string {
	text = strings.TrimSpace(clip(text, 100))
	if value, ok := ingest.ParseDate(text); ok && len(value) >= len("2006-01-02") && value[0] != 'X' {
		return value[:len("2006-01-02")]
	}
	words := strings.Fields(text)
	for _, layout := range shortYears {
		n := len(strings.Fields(layout))
		if len(words) < n {
			continue
		}
		if when, err := time.Parse(layout, strings.Join(words[:n], " ")); err == nil {
			return when.Format("2006-01-02")
		}
	}
	return ""
}

// plainTitle makes one line of a title that may hold markup. In feeds it may be escaped twice.
func plainTitle(text string) string {
	text = clip(text, 2000)
	if strings.ContainsAny(text, "<&") {
		var b strings.Builder
		z := html.NewTokenizer(strings.NewReader(text))
		for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
			if kind == html.TextToken {
				b.Write(z.Text())
			}
		}
		text = b.String()
	}
	return clip(strings.Join(strings.Fields(ingest.Clean(text)), " "), 500)
}

// looksLikePage reports whether a text begins as web pages do.
func looksLikePage(text string) bool {
	head := strings.ToLower(text[:min(len(text), 1000)])
	return strings.Contains(head, "<!doctype html") || strings.Contains(head, "<html")
}

// FeedLinks gives the feeds that a page names (<link rel="alternate" type="application/rss+xml" …>), normal form, in page order, each once.
func FeedLinks(page []byte, base string) []string {
	const most, longestHead = 50, 1 << 20
	baseURL, _ := normalize(base)
	var links []string
	seen := map[string]bool{}
	z := html.NewTokenizer(bytes.NewReader(page[:min(len(page), longestHead)]))
	z.SetMaxBuf(longestHead)
	for len(links) < most {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		t := z.Token()
		switch t.Data {
		case "base":
			if u, problem := resolve(baseURL, attrOf(t, "href")); problem == nil && attrOf(t, "href") != "" {
				baseURL = u
			}
		case "link":
			if !hasWord(attrOf(t, "rel"), "alternate") || !isFeedType(attrOf(t, "type")) || attrOf(t, "href") == "" {
				continue
			}
			if u, problem := resolve(baseURL, attrOf(t, "href")); problem == nil && !seen[u.String()] {
				seen[u.String()] = true
				links = append(links, u.String())
			}
		}
	}
	return links
}

func isFeedType(contentType string) bool {
	switch media, _ := mediaType(contentType); media {
	case "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "application/rss":
		return true
	}
	return false
}

func attrOf(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

func hasWord(text, word string) bool {
	for _, w := range strings.Fields(text) {
		if strings.EqualFold(w, word) {
			return true
		}
	}
	return false
}
