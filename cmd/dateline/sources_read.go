package main

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"net/url"

	"golang.org/x/net/publicsuffix"

	"dateline/corpus"
	"dateline/ingest/document"
	"dateline/ingest/fetch"
)

// Bounds of one subscription in one run, beyond those that the protocol of sitemaps sets for a file. What is
// left out is taken by the next run.
const (
	mostSitemaps = 1000
	mostFresh    = 50_000 // URLs that the frontier did not know
	mostWarnings = 5      // that are shown of one file
)

// listContents is what one file of a subscription holds.
type listContents struct {
	title    string
	entries  []fetch.Entry
	sitemaps []string
	warnings []string
}

// readListing parses a feed or sitemap.
func readListing(kind string, response fetch.Response) (listContents, error) {
	if kind == "feed" {
		media := response.MediaType
		if media != "" && response.Charset != "" {
			media += "; charset=" + response.Charset
		}
		feed, err := fetch.ParseFeed(response.Body, media, response.Final)
		return listContents{title: feed.Title, entries: feed.Entries, warnings: feed.Warnings}, err
	}
	sitemap, err := fetch.ParseSitemap(response.Body, response.Final)
	return listContents{entries: sitemap.Pages, sitemaps: sitemap.Sitemaps, warnings: sitemap.Warnings}, err
}

// sourceResult is what reading the lists of a subscription gave.
type sourceResult struct {
	sub      corpus.Subscription
	files    int    // that were read
	same     int    // that had not changed
	fresh    int    // URLs that the frontier did not know
	problems int    // files that could not be read
	reason   string // of the first of them
	advice   string
}

// listReader reads the lists of subscriptions into the frontier.
type listReader struct {
	app    *app
	store  *corpus.Store
	client getter
}

// read reads the lists of one subscription: the feed, or the sitemap with the sitemaps that it names. Lists that
// the server says are unchanged are in the frontier already. What fails is reported and
// recorded; the error is one of the store or of ctx.
func (l *listReader) read(ctx context.Context, sub corpus.Subscription) (sourceResult, error) {
	result := sourceResult{sub: sub}
	known := map[string]corpus.Listing{}
	children := map[string][]string{}
	listings, err := l.store.Listings(ctx, sub.ID)
	if err != nil {
		return result, err
	}
	for _, listing := range listings {
		known[listing.URL] = listing
		children[listing.Parent] = append(children[listing.Parent], listing.URL)
	}
	type file struct {
		url, parent string
		depth       int
	}
	queue, visited, title := []file{{sub.URL, "", 1}}, map[string]bool{}, ""
	for len(queue) > 0 {
		next := queue[0]
		queue = queue[1:]
		if visited[next.url] {
			continue
		}
		visited[next.url] = true
		if len(visited) > mostSitemaps || result.fresh >= mostFresh {
			l.app.log.Warn(fmt.Sprintf("%s: it lists more than one run takes; the next run goes on with the rest", sub.Name))
			break
		}
		was := known[next.url]
		response, err := l.client.Get(ctx, fetch.Request{URL: next.url, ETag: was.ETag, LastModified: was.LastModified, MaxBody: fetch.SitemapBytes})
		when := l.app.stamp()
		var list listContents
		if err == nil && !response.NotModified {
			list, err = readListing(sub.Kind, response)
		}
		switch {
		case ctx.Err() != nil:
			return result, ctx.Err()
		case err != nil:
			l.failed(&result, next.url, err)
			continue
		case response.NotModified:
			result.same++
			list.sitemaps = children[next.url]
			if err := l.store.ListingUnchanged(ctx, sub.ID, next.url, when); err != nil {
				return result, err
			}
		default:
			result.files++
			if next.depth == 1 {
				title = list.title
			}
			for _, warning := range list.warnings[:min(len(list.warnings), mostWarnings)] {
				l.app.log.Warn(next.url + ": " + warning)
			}
			fresh, err := l.save(ctx, sub, corpus.Listing{URL: next.url, Parent: next.parent, ETag: response.ETag, LastModified: response.LastModified}, response.Final, &list, when)
			if err != nil {
				return result, err
			}
			result.fresh += fresh
		}
		for _, sitemap := range list.sitemaps {
			if next.depth < fetch.SitemapDepth {
				queue = append(queue, file{sitemap, next.url, next.depth + 1})
			} else if !visited[sitemap] {
				visited[sitemap] = true
				l.app.log.Warn(sitemap + ": it stands more than " + plural(fetch.SitemapDepth, "level", "levels") + " deep in " + sub.URL + " and is not read")
			}
		}
	}
	return result, l.store.Checked(ctx, sub.ID, title, result.reason, result.advice, l.app.stamp())
}

// save stores what a file lists, which was found at final. list.sitemaps becomes those that are taken.
func (l *listReader) save(ctx context.Context, sub corpus.Subscription, listing corpus.Listing, final string, list *listContents, when string) (fresh int, err error) {
	var found []corpus.Found
	var sitemaps []string
	elsewhere := 0
	// A sitemap speaks for its own site; otherwise it could send this program to any other. Feeds collect pages from anywhere.
	own := func(rawURL string) bool {
		if sub.Kind == "sitemap" && !sameOwner(rawURL, sub.URL) && !sameOwner(rawURL, final) {
			elsewhere++
			return false
		}
		return true
	}
	for _, e := range list.entries {
		if wanted(e.URL, sub.Include, sub.Exclude) && own(e.URL) {
			publisher := e.Publisher
			if publisher == "" && (sameOwner(e.URL, sub.URL) || sameOwner(e.URL, final)) { // a feed may collect what others publish
				publisher = list.title
			}
			found = append(found, corpus.Found{URL: e.URL, Listed: document.Listed{Title: e.Title, Published: e.Published, Publisher: publisher}})
		}
	}
	for _, sitemap := range list.sitemaps {
		if own(sitemap) {
			sitemaps = append(sitemaps, sitemap)
		}
	}
	if elsewhere > 0 {
		l.app.log.Warn(fmt.Sprintf("%s: %s on other sites, which a sitemap can't speak for; left out", listing.URL, plural(elsewhere, "address is", "addresses are")))
	}
	list.sitemaps = sitemaps
	return l.store.SaveListing(ctx, sub, listing, found, sitemaps, when)
}

// sameOwner reports whether two URLs are of one registered domain ("www.example.co.uk" and "news.example.co.uk"), or of one IP address.
func sameOwner(a, b string) bool {
	owner := func(rawURL string) string {
		u, err := url.Parse(rawURL)
		if err != nil {
			return ""
		}
		host := u.Hostname()
		if _, err := netip.ParseAddr(host); err == nil {
			return host
		}
		if domain, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
			return domain
		}
		return host
	}
	return owner(a) != "" && owner(a) == owner(b)
}

// failed reports and counts a file that could not be read.
func (l *listReader) failed(result *sourceResult, rawURL string, err error) {
	reason, advice := err.Error(), "check the address"
	var problem *fetch.Error
	if errors.As(err, &problem) {
		reason, advice = problem.Reason, problem.Advice
	}
	l.app.log.Error(fmt.Sprintf("%s: %s; %s", rawURL, reason, advice))
	if result.problems++; result.problems == 1 {
		result.reason, result.advice = reason, advice
		if rawURL != result.sub.URL {
			result.reason = rawURL + ": " + reason
		}
	}
}
