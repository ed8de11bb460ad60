// Package fetch gets pages, feeds and sitemaps from the web. It is the only network code of dateline.
//
//	client, err := fetch.New(fetch.Options{UserAgent: "newsdesk/1.0 (desk@lake.example)"})
//	page, err := client.Get(ctx, fetch.Request{URL: "https://lake.example/news/1"})
//	feed, err := fetch.ParseFeed(page.Body, page.MediaType, page.Final)
//
// Get answers with a whole body or with an *Error that names the address, what was wrong and what to do; half a body is never an answer.
// It keeps to robots.txt, asks each host one thing at a time with a pause after each, follows redirects under the same rules,
// tries again where that can help, and connects to no address of a private network unless Options.AllowPrivate says so.
// It sends no cookies, no passwords and no Referer.
//
// The steps of Get, one file each:
//
//	client.go    the interface, and the order of the steps
//	exchange.go  one request and its answer, and which failure is of which class
//	urls.go      the normal form of an address, and which addresses are none
//	prefixes.go  networks that are not the public Internet
//	guard.go     the dialer: resolves a name and refuses those networks, on the address that is really dialled
//	polite.go    one request a host at a time, and the pause between two
//	robots.go    robots.txt: fetching and keeping; robots_rules.go reads and matches it
//	redirect.go  where a redirect may lead
//	body.go      reading a body within limits of size, time and rate
//	retry.go     what is tried again, and when
//	errors.go    classes of failure
//
// Feeds and sitemaps are parsed by functions of bytes alone (feed.go, feed_tidy.go, sitemap.go), which open nothing.
package fetch
