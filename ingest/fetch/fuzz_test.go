package fetch

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzParse holds what feeds, sitemaps and pages of strangers must never break: every entry has an address in normal form, texts are bounded single
// lines of valid UTF-8, and the answer for the same bytes is the same.
func FuzzParse(f *testing.F) {
	for _, h := range hostileXML {
		f.Add([]byte(h.make(400)))
	}
	f.Add([]byte(`<rss version="2.0"><channel><title>t</title><item><title>a</title><link>/1</link><pubDate>Sat, 18 May 2024 01:30:00 +0600</pubDate></item></channel></rss>`))
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom" xml:base="//x"><entry><title type="html">&lt;b></title><link href="1"/><published>2024-05-18</published></entry></feed>`))
	f.Add([]byte("https://lake.example/1\nhttps://lake.example/2"))
	f.Add([]byte(`<link rel=alternate type=application/rss+xml href=x><base href=y>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		const base = "https://lake.example/feed"
		check := func(e Entry) {
			if again, err := Normalize(e.URL); err != nil || again != e.URL {
				t.Errorf("address %q: %q, %v", e.URL, again, err)
			}
			for _, text := range []string{e.Title, e.Publisher, e.Published} {
				if !utf8.ValidString(text) || utf8.RuneCountInString(text) > 501 || strings.ContainsAny(text, "\n\r\x00\x1b") {
					t.Errorf("text %q", text)
				}
			}
			if e.Published != "" && (len(e.Published) != 10 || e.Published[4] != '-') {
				t.Errorf("day %q", e.Published)
			}
		}
		feed, err := ParseFeed(body, "", base)
		for _, e := range feed.Entries {
			check(e)
		}
		if again, errAgain := ParseFeed(body, "", base); (err == nil) != (errAgain == nil) || listed(again.Entries) != listed(feed.Entries) {
			t.Errorf("another answer: %v, %v", err, errAgain)
		}
		sitemap, _ := ParseSitemap(body, base)
		for _, e := range sitemap.Pages {
			check(e)
		}
		for _, u := range append(sitemap.Sitemaps, FeedLinks(body, base)...) {
			check(Entry{URL: u})
		}
	})
}

// FuzzNormalize holds that the normal form of a normal form is itself, whatever was typed.
func FuzzNormalize(f *testing.F) {
	for _, seed := range []string{"https://lake.example/a?b#c", "http://[::1]:80/", "HTTP://BÜCHER.example./%7e/../x", "http://0x7f.1/", "https://a@b/", "http://lake.example:08080//x?q=\"<>"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once, err := Normalize(text)
		if err != nil {
			return
		}
		if twice, err := Normalize(once); err != nil || twice != once {
			t.Errorf("%q gives %q, and that gives %q, %v", text, once, twice, err)
		}
	})
}

// FuzzRobots holds that any file and path give an answer, and that what a star-free rule forbids is a beginning of the path.
func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$\nAllow: /%7e", "/axb")
	f.Add("User-agent: dateline\nCrawl-delay: 1e9", "/")
	f.Fuzz(func(t *testing.T, file, path string) {
		rules := parseRobots([]byte(file), "dateline")
		if rules.delay < 0 || rules.delay > longestCrawlDelay {
			t.Errorf("delay %v", rules.delay)
		}
		if rules.allows(path) {
			return
		}
		for _, r := range rules.rules {
			if !r.allow && (strings.Contains(r.pattern, "*") || strings.HasSuffix(r.pattern, "$") || strings.HasPrefix(samePercent(path), r.pattern)) {
				return
			}
		}
		t.Errorf("%q is forbidden by nothing in %q", path, file)
	})
}
