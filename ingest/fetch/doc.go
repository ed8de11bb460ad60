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
// Feeds and sitemaps are parsed by functions of bytes alone (feed.go, feed_tidy.go, feed_json.go, sitemap.go, xml_scan.go), which open nothing.
//
// Why the address is checked where it is dialled: names are cheap. One may lead to the public Internet when it is checked and to this machine when
// it is used, or to both at once, and a redirect may name anything. The dialer looks a name up once, refuses it when one of its
// addresses is forbidden, and checks the very socket again. A host that is public and private at once is refused as a whole: it is an attack or a mistake.
//
// Why robots.txt is read here: the library for it takes names by their beginning, lets patterns match in the middle of a path, weighs rules by
// the length of a regular expression, gives up a whole file for one bad line, and needs memory in the product of names and rules (TestWhereTheLibraryDiffers).
//
// Why a feed is written anew before the library reads it: that recurses as deep as the feed goes, joins text piece by piece in the square of its
// length, and gives up a whole feed for one fault. What it gets is flat, small and well-formed, and it knows all the versions of RSS and Atom.
//
// Why no connection is kept: after a pause of a second or more there is little to gain; net/http sends a request again, at once and without a word, when a kept
// connection turns out to be closed, and the host would see two without the pause between.
//
// Why Crawl-delay counts, though RFC 9309 doesn't have it: who writes it down means it. It is obeyed up to a minute.
//
// Why the limits are per request and not per page: a page behind three redirects that are each slow is slow because of three servers.
package fetch
