package ingest

import (
	"fmt"
	"strings"
	"testing"
)

func TestPublisherAndCanonicalOfPages(t *testing.T) {
	ld := func(json string) string { return `<script type="application/ld+json">` + json + `</script>` }
	const site = `<meta property="og:site_name" content="Lake News Online">`
	for _, c := range []struct {
		name, source, head         string
		publisher, from, canonical string
	}{
		{"nothing", "a.html", "", "", "", ""},
		{"publisher of the article", "a.html", site + ld(`{"@type":"NewsArticle","publisher":{"@type":"Organization","name":"Lake\n News "}}`), "Lake News", "json-ld", ""},
		{"publisher as text", "a.html", ld(`{"@type":"Article","publisher":"Lake News"}`), "Lake News", "json-ld", ""},
		{"one of several", "a.html", ld(`{"@type":"Article","publisher":[{"@type":"Organization"},{"name":"Lake News"},{"name":"Other"}]}`), "Lake News", "json-ld", ""},
		{"reference", "a.html", ld(`{"@graph":[{"@type":"Article","publisher":{"@id":"#org"}},{"@type":"Organization","@id":"#org","name":"Lake News"}]}`), "Lake News", "json-ld", ""},
		{"reference to another script", "a.html", ld(`{"@type":"Article","publisher":{"@id":"#org"}}`) + ld(`{"@type":"Organization","@id":"#org","name":"Lake News"}`), "Lake News", "json-ld", ""},
		{"reference to nothing", "a.html", site + ld(`{"@type":"Article","publisher":{"@id":"#org"}}`), "Lake News Online", "meta", ""},
		{"source organization", "a.html", ld(`{"@type":"PressRelease","sourceOrganization":{"name":"Example University"}}`), "Example University", "json-ld", ""},
		{"publisher of the page", "a.html", ld(`{"@type":"WebPage","publisher":{"name":"Lake News"}}`), "Lake News", "json-ld", ""},
		{"the article's before the page's", "a.html", ld(`{"@graph":[{"@type":"WebPage","publisher":{"name":"Portal"}},{"@type":"Article","publisher":{"name":"Lake News"}}]}`), "Lake News", "json-ld", ""},
		{"publisher of a thing inside", "a.html", ld(`{"@type":"Article","image":{"@type":"ImageObject","publisher":{"name":"Photo Agency"}}}`), "", "", ""},
		{"site name", "a.html", site, "Lake News Online", "meta", ""},
		{"Dublin Core before the site's name", "a.html", site + `<meta name="DC.Publisher" content="Example University">`, "Example University", "meta", ""},
		{"application name", "a.html", `<meta name="application-name" content="Lake News">`, "Lake News", "meta", ""},
		{"what is no name", "a.html", `<meta property="og:site_name" content="https://lake.example"><meta name="publisher" content="@lakenews"><meta name="application-name" content="` + strings.Repeat("long ", 100) + `">`, "", "", ""},
		{"host of the source", "https://www.lake.example/news/1", "", "lake.example", "host", ""},
		{"host of the canonical address", "a.html", `<link rel="canonical" href="https://lake.example/news/1">`, "lake.example", "host", "https://lake.example/news/1"},
		{"canonical", "https://lake.example/news/1?utm=x", site + `<link rel="canonical" href="HTTPS://Lake.Example:443/news/1#top">`, "Lake News Online", "meta", "https://lake.example/news/1"},
		{"relative", "https://lake.example/news/1?utm=x", site + `<link rel="canonical" href="../news/1">`, "Lake News Online", "meta", "https://lake.example/news/1"},
		{"relative to base", "https://lake.example/x/y", site + `<base href="https://cdn.example/a/"><link rel="canonical" href="b">`, "Lake News Online", "meta", "https://cdn.example/a/b"},
		{"relative in a file", "a.html", site + `<link rel="canonical" href="/news/1">`, "Lake News Online", "meta", ""},
		{"two of the same", "a.html", site + `<link rel="canonical" href="https://lake.example/1"><link rel=CANONICAL href="https://lake.example/1">`, "Lake News Online", "meta", "https://lake.example/1"},
		{"two different say nothing", "a.html", site + `<link rel="canonical" href="https://lake.example/1"><link rel="canonical" href="https://lake.example/2"><meta property="og:url" content="https://lake.example/3">`, "Lake News Online", "meta", "https://lake.example/3"},
		{"og:url", "a.html", site + `<meta property="og:url" content="https://lake.example/1">`, "Lake News Online", "meta", "https://lake.example/1"},
		{"linked data: url", "a.html", site + ld(`{"@type":"NewsArticle","url":"https://lake.example/1"}`), "Lake News Online", "meta", "https://lake.example/1"},
		{"linked data: page", "a.html", site + ld(`{"@type":"NewsArticle","mainEntityOfPage":{"@type":"WebPage","@id":"https://lake.example/1"}}`), "Lake News Online", "meta", "https://lake.example/1"},
		{"linked data: page as text", "a.html", site + ld(`{"@type":"NewsArticle","mainEntityOfPage":"https://lake.example/1"}`), "Lake News Online", "meta", "https://lake.example/1"},
		{"the site's root is no article", "https://lake.example/news/1", site + `<link rel="canonical" href="https://lake.example/"><meta property="og:url" content="https://lake.example">`, "Lake News Online", "meta", ""},
		{"the root of itself", "https://lake.example/", site + `<link rel="canonical" href="https://lake.example/">`, "Lake News Online", "meta", "https://lake.example/"},
		{"other schemes", "https://lake.example/news/1", site + `<link rel="canonical" href="javascript:alert(1)"><meta property="og:url" content="file:///etc/passwd">` + ld(`{"@type":"NewsArticle","url":"ftp://lake.example/1"}`), "Lake News Online", "meta", ""},
		{"user and password", "https://lake.example/news/1", site + `<link rel="canonical" href="https://ada:secret@lake.example/1">`, "Lake News Online", "meta", ""},
		{"too long", "https://lake.example/news/1", site + `<link rel="canonical" href="https://lake.example/` + strings.Repeat("a", 5000) + `">`, "Lake News Online", "meta", ""},
	} {
		page := "<html><head><title>Fund pays for boats</title>" + c.head + "</head><body><h1>Fund pays for boats</h1><p>" + paragraph + "</p></body></html>"
		docs, err := Read(Raw{Source: c.source, MediaType: "text/html", Bytes: []byte(page)}, Options{})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		checkDocument(t, docs[0])
		if d := docs[0]; d.Publisher.Name != c.publisher || d.Publisher.From != c.from || d.Canonical != c.canonical {
			t.Errorf("%s: %+v, %q; want %q from %q, %q", c.name, d.Publisher, d.Canonical, c.publisher, c.from, c.canonical)
		}
	}
}

// TestLinkedNamesHaveNoOrder holds that two names of one thing give the same one each time: a map has no order.
func TestLinkedNamesHaveNoOrder(t *testing.T) {
	var things []string
	for i := range 20 {
		things = append(things, fmt.Sprintf(`"k%d":{"@id":"#org","name":"Name %02d"}`, i, 20-i))
	}
	page := `<script type="application/ld+json">{"@type":"Article","publisher":{"@id":"#org"},` + strings.Join(things, ",") + `}</script><h1>Fund pays</h1><p>` + paragraph
	for range 20 {
		docs, err := Read(Raw{Source: "a.html", Bytes: []byte("<html><head>" + page)}, Options{})
		if err != nil || docs[0].Publisher.Name != "Name 01" {
			t.Fatalf("%+v, %v", docs, err)
		}
	}
}

func TestPublisherAndCanonicalOfLines(t *testing.T) {
	for _, c := range []struct {
		name, fields               string
		publisher, from, canonical string
	}{
		{"nothing", ``, "", "", ""},
		{"publisher", `"publisher":" Lake  News "`, "Lake News", "jsonl", ""},
		{"publisher with a name", `"publisher":{"name":"Lake News"}`, "Lake News", "jsonl", ""},
		{"host of the source", `"source":"https://www.lake.example/1"`, "lake.example", "host", ""},
		{"publisher before host", `"source":"https://www.lake.example/1","publisher":"Lake News"`, "Lake News", "jsonl", ""},
		{"address", `"url":"https://lake.example/1#top"`, "lake.example", "host", "https://lake.example/1"},
		{"canonical before address", `"url":"https://lake.example/1?a","canonical":"https://lake.example/1"`, "lake.example", "host", "https://lake.example/1"},
		{"relative", `"source":"https://lake.example/news/1?a","canonical":"1"`, "lake.example", "host", "https://lake.example/news/1"},
		{"other schemes", `"url":"javascript:alert(1)","canonical":"not there"`, "", "", ""},
		{"other types are ignored, as they always were", `"publisher":7,"url":[1],"canonical":{"a":1}`, "", "", ""},
		{"of the page", `"html":"<html><head><meta property='og:site_name' content='Lake News'><link rel=canonical href='https://lake.example/1'></head><p>` + paragraph + `"`, "Lake News", "meta", "https://lake.example/1"},
		{"before that of the page", `"publisher":"Portal","url":"https://portal.example/2","html":"<html><head><meta property='og:site_name' content='Lake News'><link rel=canonical href='https://lake.example/1'></head><p>` + paragraph + `"`, "Portal", "jsonl", "https://portal.example/2"},
	} {
		line := `{"text":"` + paragraph + `"`
		if strings.Contains(c.fields, "html") {
			line = `{"title":"x"`
		}
		if c.fields != "" {
			line += "," + c.fields
		}
		docs, err := Read(Raw{Source: "a.jsonl", Bytes: []byte(line + "}")}, Options{})
		if err != nil || len(docs) != 1 {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if d := docs[0]; d.Publisher.Name != c.publisher || d.Publisher.From != c.from || d.Canonical != c.canonical {
			t.Errorf("%s: %+v, %q; want %q from %q, %q", c.name, d.Publisher, d.Canonical, c.publisher, c.from, c.canonical)
		}
	}
}
