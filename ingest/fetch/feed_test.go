package fetch

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// listed writes a feed's entries a line each.
func listed(entries []Entry) string {
	var b strings.Builder
	for _, e := range entries {
		fmt.Fprintf(&b, "%s | %s | %s\n", e.URL, e.Title, e.Published)
	}
	return b.String()
}

func TestParseFeedForms(t *testing.T) {
	const want = "https://lake.example/1 | Fund & school sign | 2024-05-18\nhttps://lake.example/news/2 | Boats | 2024-05-17\n"
	for name, feed := range map[string]string{
		"RSS 2.0": `<?xml version="1.0"?><rss version="2.0"><channel><title>Lake News</title><link>https://lake.example/</link>
			<item><title>Fund &amp;amp; school sign</title><link>https://lake.example/1</link><pubDate>Sat, 18 May 2024 01:30:00 +0600</pubDate><description>&lt;p>x</description></item>
			<item><title><![CDATA[<b>Boats</b>]]></title><link> news/2 </link><pubDate>Fri, 17 May 2024 23:59:00 -0800</pubDate></item></channel></rss>`,
		"RSS 1.0": `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
			<channel rdf:about="https://lake.example/"><title>Lake News</title><link>https://lake.example/</link></channel>
			<item rdf:about="https://lake.example/1"><title>Fund &amp; school sign</title><link>https://lake.example/1</link><dc:date>2024-05-18T01:30:00+06:00</dc:date></item>
			<item><title>Boats</title><link>/news/2</link><dc:date>2024-05-17</dc:date></item></rdf:RDF>`,
		"Atom": `<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">Lake &lt;i>News&lt;/i></title><link href="https://lake.example/"/>
			<entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Fund &amp; <b>school</b> sign</div></title><link rel="self" href="/self"/><link href="https://lake.example/1"/><published>2024-05-18T01:30:00+06:00</published><updated>2024-06-01T00:00:00Z</updated></entry>
			<entry><title>Boats</title><link rel="alternate" href="news/2"/><published>2024-05-17T10:00:00Z</published></entry></feed>`,
		"Atom with a prefix": `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>Lake News</a:title><a:link href="https://lake.example/"/>
			<a:entry><a:title>Fund &amp; school sign</a:title><a:link href="https://lake.example/1"/><a:published>2024-05-18T01:30:00+06:00</a:published></a:entry>
			<a:entry><a:title>Boats</a:title><a:link href="news/2"/><a:published>2024-05-17T10:00:00Z</a:published></a:entry></a:feed>`,
		"base": `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://lake.example/"><title>Lake News</title><link href="https://lake.example/"/>
			<entry><title>Fund &amp; school sign</title><link href="1"/><published>2024-05-18</published></entry>
			<entry xml:base="news/"><title>Boats</title><link href="2"/><published>2024-05-17</published></entry></feed>`,
		"JSON Feed": `{"version":"https://jsonfeed.org/version/1.1","title":"Lake News","home_page_url":"https://lake.example/","items":[
			{"id":1,"url":"https://lake.example/1","title":"Fund & school sign","date_published":"2024-05-18T01:30:00+06:00","content_html":"<p>x"},
			{"id":"b","url":"/news/2","title":"Boats","date_published":"2024-05-17"}]}`,
		"end tags missing": `<rss><channel><title>Lake News</title><link>https://lake.example/</link><item><title>Fund &amp; school sign</title><link>https://lake.example/1</link><pubDate>18 May 24 01:30 +0600
			<item><title>Boats</title><link>news/2</link><pubDate>17 May 2024</pubDate></channel></rss>`,
		"ids that are addresses": `<rss><channel><title>Lake News</title><link>https://lake.example/</link><item><title>Fund &amp; school sign</title><guid>https://lake.example/1</guid><pubDate>18 May 2024</pubDate></item>
			<item><title>Boats</title><guid isPermaLink="true">https://lake.example/news/2</guid><pubDate>17 May 2024</pubDate></item></channel></rss>`,
		"unknown entities, no quotes": `<rss><channel><title>Lake News</title><link>https://lake.example/</link><item><title>Fund & school sign</title><link>https://lake.example/1</link><enclosure url=x length=1><pubDate>18 May 2024</pubDate></item>
			<item><title>Boats&nbsp;</title><link>news/2</link><pubDate>17 May 2024</pubDate></item></channel></rss>`,
		"twice the same": `<rss><channel><title>Lake News</title><link>https://lake.example/</link><item><title>Fund &amp; school sign</title><link>HTTPS://Lake.Example:443/1#top</link><pubDate>18 May 2024</pubDate></item>
			<item><title>again</title><link>https://lake.example/1</link></item><item><title>Boats</title><link>news/2</link><pubDate>17 May 2024</pubDate></item></channel></rss>`,
	} {
		f, err := ParseFeed([]byte(feed), "application/rss+xml", "https://lake.example/feed.xml")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := listed(f.Entries)
		if got != want || f.Title != "Lake News" || f.Site != "https://lake.example/" || len(f.Warnings) != 0 {
			t.Errorf("%s: title %q, site %q, warnings %q, entries:\n%s", name, f.Title, f.Site, f.Warnings, got)
		}
	}
}

// TestDayStaysInItsZone holds that a date is the day of the place where it was written.
func TestDayStaysInItsZone(t *testing.T) {
	for in, want := range map[string]string{
		"Sat, 18 May 2024 00:30:00 +0600": "2024-05-18", "Sat, 18 May 2024 23:30:00 -0800": "2024-05-18", "2024-05-18T00:30:00+06:00": "2024-05-18", "2024-05-18T23:59:59Z": "2024-05-18",
		"Sat, 18 May 24 00:30:00 GMT": "2024-05-18", "18 May 2024": "2024-05-18", "2024-05-18": "2024-05-18",
		"": "", "soon": "", "2024": "", "2024-05": "", "Sat, 31 Feb 2024 00:00:00 GMT": "", "05/06/2024": "",
	} {
		if got := day(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// TestUpdatedIsNotPublished holds that the day of the last change is never given as that of publication.
func TestUpdatedIsNotPublished(t *testing.T) {
	f, err := ParseFeed([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title>Boats</title><link href="/2"/><updated>2024-06-01T00:00:00Z</updated></entry></feed>`), "", "https://lake.example/feed")
	if err != nil || len(f.Entries) != 1 || f.Entries[0].Published != "" || f.Entries[0].Modified != "2024-06-01T00:00:00Z" {
		t.Errorf("%+v, %v", f, err)
	}
}

func TestDamagedFeeds(t *testing.T) {
	item := func(n int) string {
		return fmt.Sprintf("<item><title>Title %d</title><link>https://lake.example/%d</link><pubDate>18 May 2024</pubDate></item>", n, n)
	}
	whole := "<rss version='2.0'><channel><title>Lake News</title>" + item(1) + item(2) + item(3) + "</channel></rss>"
	for name, c := range map[string]struct {
		feed    string
		entries int
		warning string
	}{
		"whole":                         {whole, 3, ""},
		"cut in the third entry":        {whole[:strings.Index(whole, "le 3<")], 2, "breaks off"},
		"cut in an address":             {whole[:strings.Index(whole, "/2</link>")+1], 1, "breaks off"},
		"broken tag in the second":      {strings.Replace(whole, "<title>Title 2", "<title <<>Title 2", 1), 2, "could not be read in 1 places"},
		"characters that XML forbids":   {strings.Replace(whole, "Title 2", "Tit\x00\x01le 2", 1), 3, ""},
		"invalid UTF-8":                 {strings.Replace(whole, "Title 2", "Tit\xff\xfele 2", 1), 3, ""},
		"wrong date":                    {strings.Replace(whole, "18 May 2024", "the day after", 1), 3, "could not be read: \"the day after\""},
		"an entry without a link":       {strings.Replace(whole, "<link>https://lake.example/2</link>", "", 1), 2, "without an address that can be fetched: 1"},
		"links to other schemes":        {strings.Replace(strings.Replace(whole, "https://lake.example/2", "javascript:alert(1)", 1), "https://lake.example/3", "file:///etc/passwd", 1), 1, "without an address that can be fetched: 2"},
		"deep":                          {"<rss><channel>" + item(1) + "<item>" + strings.Repeat("<x>", 5000), 1, "nests its elements too deeply"},
		"JSON cut":                      {`{"version":"https://jsonfeed.org/version/1","items":[{"url":"https://lake.example/1"},{"url":"https://la`, 1, "breaks off"},
		"unclosed elements in an entry": {strings.Replace(whole, "<title>Title 2</title>", "<title>Title 2<br></title><img src=x>", 1), 3, ""},
	} {
		f, err := ParseFeed([]byte(c.feed), "", "https://lake.example/feed")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := strings.Join(f.Warnings, " "); len(f.Entries) != c.entries || c.warning == "" && got != "" || !strings.Contains(got, c.warning) {
			t.Errorf("%s: %d entries, want %d; warnings %q, want %q", name, len(f.Entries), c.entries, got, c.warning)
		}
	}
}

func TestWhatIsNoFeed(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"a page":        {"<!DOCTYPE html><html><head><title>x</title></head><body><p>words</body></html>", "it is a web page and not a feed"},
		"XHTML":         {`<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"></html>`, "it is a web page and not a feed"},
		"a sitemap":     {`<urlset><url><loc>https://lake.example/1</loc></url></urlset>`, "it is a sitemap and not a feed"},
		"text":          {"Nothing here", "it is not a feed"},
		"empty":         {"", "it is not a feed"},
		"JSON":          {`{"items":[{"url":"https://lake.example/1"}]}`, "it is not a feed"},
		"another XML":   {`<note><to>x</to></note>`, "it is not a feed"},
		"only a header": {`<?xml version="1.0"?>`, "it is not a feed"},
	} {
		_, err := ParseFeed([]byte(c.body), "text/html", "https://lake.example/feed")
		var problem *Error
		if !errors.As(err, &problem) || problem.Class != ClassFormat || problem.Reason != c.want || problem.Advice == "" || problem.URL != "https://lake.example/feed" {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func TestFeedCharsets(t *testing.T) {
	feed := func(declared string) string {
		return `<?xml version="1.0"` + declared + `?><rss><channel><title>x</title><item><title>TITLE</title><link>/1</link></item></channel></rss>`
	}
	for name, c := range map[string]struct{ feed, title, contentType, want string }{
		"declared":                {feed(` encoding="windows-1251"`), "\xcf\xf0\xe8\xe2\xe5\xf2", "", "Привет"},
		"the server says":         {feed(""), "\xcf\xf0\xe8\xe2\xe5\xf2", "text/xml; charset=windows-1251", "Привет"},
		"UTF-8 called otherwise":  {feed(` encoding="iso-8859-1"`), "Привет", "", "Привет"},
		"nobody says":             {feed(""), "Caf\xe9", "", "Café"},
		"mark of UTF-8":           {"\ufeff" + feed(""), "Привет", "", "Привет"},
		"unknown encoding":        {feed(` encoding="klingon"`), "Cafe", "", "Cafe"},
		"UTF-16 with its mark":    {"\xff\xfe" + utf16le(feed(` encoding="utf-16"`)), utf16le("Привет"), "", "Привет"},
		"UTF-16 without the mark": {utf16le(feed(` encoding="utf-16"`)), utf16le("Привет"), "", "Привет"},
	} {
		body := strings.Replace(c.feed, "TITLE", c.title, 1)
		if strings.Contains(c.feed, "\x00") {
			body = strings.Replace(c.feed, utf16le("TITLE"), c.title, 1)
		}
		f, err := ParseFeed([]byte(body), c.contentType, "https://lake.example/feed")
		if err != nil || len(f.Entries) != 1 || f.Entries[0].Title != c.want {
			t.Errorf("%s: %+v, %v; want %q", name, f, err, c.want)
		}
	}
}

func utf16le(text string) string {
	var b strings.Builder
	for _, r := range text {
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

// TestFeedsOpenNothing gives feeds that name files of this machine and addresses of a server here, in every way that XML has. The control is that
// the server counts.
func TestFeedsOpenNothing(t *testing.T) {
	var hits atomic.Int64
	canary := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits.Add(1) }))
	defer canary.Close()
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("the-secret-words"), 0o600); err != nil {
		t.Fatal(err)
	}
	entry := func(title string) string {
		return "<rss xmlns:xi='http://www.w3.org/2001/XInclude'><channel><title>t</title><item><title>" + title + "</title><link>https://lake.example/1</link></item></channel></rss>"
	}
	laughs := "<!DOCTYPE rss [<!ENTITY a0 'ha'>"
	for i := 1; i < 30; i++ {
		laughs += fmt.Sprintf("<!ENTITY a%d '%s'>", i, strings.Repeat(fmt.Sprintf("&a%d;", i-1), 10))
	}
	for name, feed := range map[string]string{
		"billion laughs":          laughs + "]>" + entry("&a29;"),
		"entity of a file":        "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file://" + secret + "'>]>" + entry("&x;"),
		"entity of an address":    "<!DOCTYPE rss [<!ENTITY x SYSTEM '" + canary.URL + "/x'>]>" + entry("&x;"),
		"parameter entity":        "<!DOCTYPE rss [<!ENTITY % x SYSTEM '" + canary.URL + "/x'> %x;]>" + entry("t"),
		"external DTD":            "<!DOCTYPE rss SYSTEM '" + canary.URL + "/rss.dtd'>" + entry("t"),
		"XInclude":                entry("<xi:include href='" + canary.URL + "/x' parse='text'/><xi:include href='file://" + secret + "' parse='text'/>"),
		"style sheet":             "<?xml-stylesheet href='" + canary.URL + "/x'?>" + entry("t"),
		"schema":                  strings.Replace(entry("t"), "<rss", "<rss xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='x "+canary.URL+"/x'", 1),
		"base and pictures":       strings.Replace(entry("&lt;img src='"+canary.URL+"/x'>"), "<rss", "<rss xml:base='"+canary.URL+"'", 1),
		"entity in an attribute":  "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file://" + secret + "'>]><rss><channel><title>t</title><item><title>t</title><link href='&x;'>https://lake.example/1</link></item></channel></rss>",
		"many small definitions":  "<!DOCTYPE rss [" + strings.Repeat("<!ENTITY q 'qqqqqqqqqq'>", 10000) + "]>" + entry(strings.Repeat("&q;", 10000)),
		"definition without end":  "<!DOCTYPE rss [<!ENTITY x '" + strings.Repeat("x", 1<<20),
		"comment without end":     "<rss><channel><!--" + strings.Repeat("-", 1<<20),
		"instruction without end": "<?xml " + strings.Repeat("?", 1<<20),
	} {
		started := time.Now()
		f, err := ParseFeed([]byte(feed), "", "https://lake.example/feed")
		if took := time.Since(started); took > 2*time.Second {
			t.Errorf("%s: took %v", name, took)
		}
		if shown := fmt.Sprintf("%+v %v", f, err); strings.Contains(shown, "the-secret-words") || len(shown) > 200_000 {
			t.Errorf("%s: %.300s", name, shown)
		}
		if want := strings.Contains(feed, "<item>"); err == nil && (len(f.Entries) == 1) != want {
			t.Errorf("%s: %d entries", name, len(f.Entries))
		}
	}
	if n := hits.Load(); n != 0 {
		t.Errorf("the server was asked %d times", n)
	}
	http.Get(canary.URL)
	if hits.Load() != 1 {
		t.Error("the server does not count: this test shows nothing")
	}
}

// hostileXML makes feeds and sitemaps of about n bytes that make readers slow.
var hostileXML = []struct {
	name string
	make func(n int) string
}{
	{"many entries", func(n int) string {
		return "<rss><channel>" + strings.Repeat("<item><link>/1</link></item>", n/28)
	}},
	{"many different entries", func(n int) string {
		var b strings.Builder
		b.WriteString("<rss><channel>")
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, "<item><link>/%d</link></item>", i)
		}
		return b.String()
	}},
	{"one entry with many links", func(n int) string {
		return "<rss><channel><item>" + strings.Repeat("<link>/1</link>", n/15) + "</item>"
	}},
	{"open elements", func(n int) string { return "<rss><channel>" + strings.Repeat("<a>", n/3) }},
	{"open entries", func(n int) string { return "<rss><channel>" + strings.Repeat("<item>", n/6) }},
	{"end tags of nothing", func(n int) string {
		return "<rss><channel>" + strings.Repeat("<b>", 150) + strings.Repeat("</x>", n/4)
	}},
	{"comments in a title", func(n int) string {
		return "<rss><channel><item><title>" + strings.Repeat("x<!---->", n/8) + "</title></item>"
	}},
	{"elements in a title", func(n int) string {
		return "<rss><channel><item><title>" + strings.Repeat("<b>x</b>", n/8) + "</title></item>"
	}},
	{"attributes", func(n int) string { return "<rss " + strings.Repeat("a='b' ", n/6) + "><channel></channel></rss>" }},
	{"name spaces", func(n int) string {
		var b strings.Builder
		b.WriteString("<rss ")
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, "xmlns:a%d='u%d' ", i, i)
		}
		return b.String() + "><channel><item><a1:title>x</a1:title></item></channel></rss>"
	}},
	{"long name", func(n int) string { return "<rss><channel><" + strings.Repeat("a", n) + "></channel></rss>" }},
	{"long text", func(n int) string {
		return "<rss><channel><item><title>" + strings.Repeat("a ", n/2) + "</title></item></channel></rss>"
	}},
	{"ampersands", func(n int) string { return "<rss><channel><item><title>" + strings.Repeat("&", n) }},
	{"faults", func(n int) string { return "<rss><channel>" + strings.Repeat("<item><<", n/8) }},
	{"less-than signs", func(n int) string { return "<rss><channel>" + strings.Repeat("<", n) }},
	{"CDATA sections", func(n int) string {
		return "<rss><channel><item><title>" + strings.Repeat("<![CDATA[x]]>", n/13)
	}},
	{"sitemap", func(n int) string {
		var b strings.Builder
		b.WriteString("<urlset>")
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, "<url><loc>https://lake.example/%d</loc></url>", i)
		}
		return b.String()
	}},
	{"sitemap of lines", func(n int) string { return strings.Repeat("https://lake.example/1\n", n/23) }},
	{"JSON brackets", func(n int) string { return `{"items":` + strings.Repeat("[", n) }},
	{"JSON items", func(n int) string {
		return `{"version":"https://jsonfeed.org/version/1","items":[` + strings.Repeat("{},", n/3) + "{}]}"
	}},
	{"page of links", func(n int) string {
		return strings.Repeat("<link rel=alternate type=application/rss+xml href=/f>", n/53)
	}},
	{"page of open tags", func(n int) string { return strings.Repeat("<link ", n/6) }},
}

// TestFeedSlope holds that time grows with the size of a feed and not with its square: four times the input, at most six times the time.
func TestFeedSlope(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED by -short. Not tested: that feeds and sitemaps are read in linear time")
	}
	const small, floor = 128 << 10, 40 * time.Millisecond
	elapsed := func(data []byte) time.Duration {
		best := time.Hour
		for range 3 {
			started := time.Now()
			ParseFeed(data, "", "https://lake.example/")
			ParseSitemap(data, "https://lake.example/")
			FeedLinks(data, "https://lake.example/")
			best = min(best, time.Since(started))
		}
		return best
	}
	for _, h := range hostileXML {
		report := ""
		for try := 0; try < 3; try++ { // another program on the machine is no slope
			a, b := elapsed([]byte(h.make(small))), elapsed([]byte(h.make(4*small)))
			report = fmt.Sprintf("%v for %d KB, %v for %d KB", a, small>>10, b, 4*small>>10)
			if b <= 6*max(a, floor) && b < 2*time.Second {
				report = ""
				break
			}
		}
		if report != "" {
			t.Errorf("%s: %s", h.name, report)
		}
	}
}

func TestFeedBounds(t *testing.T) {
	var b strings.Builder
	b.WriteString("<rss><channel>")
	for i := range mostEntries + 10 {
		fmt.Fprintf(&b, "<item><link>/%d</link></item>", i)
	}
	b.WriteString("</channel></rss>")
	f, err := ParseFeed([]byte(b.String()), "", "https://lake.example/")
	if err != nil || len(f.Entries) != mostEntries || len(f.Warnings) != 1 || !strings.Contains(f.Warnings[0], "more than 10000 entries") {
		t.Errorf("%d entries, %q, %v", len(f.Entries), f.Warnings, err)
	}
	var zipped bytes.Buffer
	gz := gzip.NewWriter(&zipped)
	gz.Write([]byte(b.String()))
	gz.Close()
	if f, err := ParseFeed(zipped.Bytes(), "", "https://lake.example/"); err != nil || len(f.Entries) != mostEntries {
		t.Errorf("compressed: %d entries, %v", len(f.Entries), err)
	}
	var problem *Error
	if _, err := ParseFeed(bomb(8<<20), "", "https://lake.example/"); !errors.As(err, &problem) || problem.Class != ClassTooLarge {
		t.Errorf("bomb: %v", err)
	}
	long := "<rss><channel><item><title>" + strings.Repeat("word ", 10_000) + "</title><link>/1</link></item></channel></rss>"
	if f, err := ParseFeed([]byte(long), "", "https://lake.example/"); err != nil || len(f.Entries) != 1 || len(f.Entries[0].Title) > 600 {
		t.Errorf("long title: %v", err)
	}
}

// bomb makes n bytes of zeros, compressed.
func bomb(n int) []byte {
	var b bytes.Buffer
	gz := gzip.NewWriter(&b)
	block := make([]byte, 1<<20)
	for range n / len(block) {
		gz.Write(block)
	}
	gz.Close()
	return b.Bytes()
}

func TestFeedLinks(t *testing.T) {
	page := `<html><head><base href="https://lake.example/news/"><link rel="stylesheet" href="a.css">
		<link rel="alternate" type="application/rss+xml" title="News" href="feed.xml"><LINK REL='Alternate' TYPE='application/atom+xml; charset=utf-8' HREF='/atom'>
		<link rel="alternate" type="application/rss+xml" href="feed.xml#again"><link rel="alternate" hreflang="kk" href="/kk"><link rel=alternate type=application/rss+xml href="javascript:x">
		<link rel=alternate type=application/rss+xml href=""></head><body><a type="application/rss+xml" href="/no">x</a></body></html>`
	got := FeedLinks([]byte(page), "https://lake.example/")
	if want := "https://lake.example/news/feed.xml https://lake.example/atom"; strings.Join(got, " ") != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := FeedLinks([]byte("<p>words"), "https://lake.example/"); len(got) != 0 {
		t.Errorf("%q", got)
	}
}
