package fetch

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestParseSitemap(t *testing.T) {
	const pages = `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
		<url><loc>https://lake.example/1</loc><lastmod>2024-06-01T10:00:00Z</lastmod><image:image><image:loc>https://lake.example/1.png</image:loc><image:title>A boat</image:title></image:image>
			<news:news><news:publication><news:name>Lake News</news:name><news:language>en</news:language></news:publication><news:publication_date>2024-05-18T00:30:00+06:00</news:publication_date><news:title>Fund &amp; school sign</news:title></news:news></url>
		<url><loc> /news/2?a=1&amp;b=2 </loc></url><url><loc>ftp://lake.example/3</loc></url><url></url><url><loc>https://lake.example/1</loc></url></urlset>`
	s, err := ParseSitemap([]byte(pages), "https://lake.example/sitemap.xml")
	if err != nil || len(s.Pages) != 2 || len(s.Sitemaps) != 0 {
		t.Fatalf("%+v, %v", s, err)
	}
	if want := (Entry{URL: "https://lake.example/1", Title: "Fund & school sign", Published: "2024-05-18", Modified: "2024-06-01T10:00:00Z", Publisher: "Lake News"}); s.Pages[0] != want {
		t.Errorf("%+v, want %+v", s.Pages[0], want)
	}
	if want := (Entry{URL: "https://lake.example/news/2?a=1&b=2"}); s.Pages[1] != want {
		t.Errorf("%+v, want %+v", s.Pages[1], want)
	}
	if len(s.Warnings) != 1 || !strings.Contains(s.Warnings[0], "without an address that can be fetched: 2") {
		t.Errorf("%q", s.Warnings)
	}

	const index = `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://lake.example/a.xml.gz</loc><lastmod>2024-06-01</lastmod></sitemap><sitemap><loc>b.xml</loc></sitemap></sitemapindex>`
	var zipped bytes.Buffer
	gz := gzip.NewWriter(&zipped)
	gz.Write([]byte(index))
	gz.Close()
	for name, body := range map[string][]byte{"index": []byte(index), "compressed": zipped.Bytes()} {
		s, err := ParseSitemap(body, "https://lake.example/sitemap.xml")
		if err != nil || strings.Join(s.Sitemaps, " ") != "https://lake.example/a.xml.gz https://lake.example/b.xml" || len(s.Pages) != 0 || len(s.Warnings) != 0 {
			t.Errorf("%s: %+v, %v", name, s, err)
		}
	}
	s, err = ParseSitemap([]byte("\ufeffhttps://lake.example/1\r\nhttps://lake.example/2\r\n\r\n"), "https://lake.example/sitemap.txt")
	if err != nil || len(s.Pages) != 2 {
		t.Errorf("lines: %+v, %v", s, err)
	}
}

func TestDamagedSitemaps(t *testing.T) {
	whole := "<urlset>"
	for i := range 5 {
		whole += fmt.Sprintf("<url><loc>https://lake.example/%d</loc></url>", i)
	}
	whole += "</urlset>"
	for name, c := range map[string]struct {
		body    string
		pages   int
		warning string
	}{
		"whole":             {whole, 5, ""},
		"cut in an address": {whole[:strings.Index(whole, "/3</loc>")+1], 3, "breaks off"},
		"broken tag":        {strings.Replace(whole, "<loc>https://lake.example/2", "<loc <<>https://lake.example/2", 1), 4, "could not be read in 1 places"},
		"end tags missing":  {strings.ReplaceAll(whole, "</url>", ""), 5, ""},
	} {
		s, err := ParseSitemap([]byte(c.body), "https://lake.example/s")
		if got := strings.Join(s.Warnings, " "); err != nil || len(s.Pages) != c.pages || c.warning == "" && got != "" || !strings.Contains(got, c.warning) {
			t.Errorf("%s: %d pages, want %d; warnings %q, want %q; %v", name, len(s.Pages), c.pages, got, c.warning, err)
		}
	}
	for name, body := range map[string]string{"page": "<!DOCTYPE html><html><body>x", "feed": "<rss><channel></channel></rss>", "text": "Nothing here\nat all", "empty": ""} {
		_, err := ParseSitemap([]byte(body), "https://lake.example/s")
		var problem *Error
		if !errors.As(err, &problem) || problem.Class != ClassFormat || problem.Advice == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSitemapBounds(t *testing.T) {
	var b strings.Builder
	b.WriteString("<urlset>")
	for i := range SitemapURLs + 10 {
		fmt.Fprintf(&b, "<url><loc>https://lake.example/%d</loc></url>", i)
	}
	b.WriteString("</urlset>")
	s, err := ParseSitemap([]byte(b.String()), "https://lake.example/s")
	if err != nil || len(s.Pages) != SitemapURLs || len(s.Warnings) != 1 || !strings.Contains(s.Warnings[0], "more than 50000 entries") {
		t.Errorf("%d pages, %q, %v", len(s.Pages), s.Warnings, err)
	}
	var problem *Error
	if _, err := ParseSitemap(bomb(8<<20), "https://lake.example/s"); !errors.As(err, &problem) || problem.Class != ClassTooLarge {
		t.Errorf("bomb: %v", err)
	}
}

// TestSitemapIsCut holds that of a file that is longer than the protocol allows the beginning is read.
func TestSitemapIsCut(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED by -short. Not tested: a sitemap of more than 50 MB")
	}
	long := "<urlset><url><loc>https://lake.example/1</loc></url>" + strings.Repeat(" ", SitemapBytes) + "<url><loc>https://lake.example/2</loc></url></urlset>"
	s, err := ParseSitemap([]byte(long), "https://lake.example/s")
	if err != nil || len(s.Pages) != 1 || len(s.Warnings) == 0 || !strings.Contains(s.Warnings[0], "more than 50 MB") {
		t.Errorf("%d pages, %q, %v", len(s.Pages), s.Warnings, err)
	}
}
