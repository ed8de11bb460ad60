package ingest

import (
	"encoding/json"
	"net/url"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/markusmobius/go-htmldate"
	"golang.org/x/net/html"

	"dateline/ingest/document"
)

// pageMeta is what a page says about itself outside its text.
type pageMeta struct {
	titles   []string // most trusted first, as the page gives them
	site     string
	language string
	dates    []dateClaim
	body     string // articleBody of JSON-LD
	// publisher and canonical are what the page says of them; addresses are not yet absolute.
	publisher  document.Publisher
	canonicals []string // most trusted first
	base       string   // href of the base element, or ""
}

// metaDates are the meta tags that give a publication date, in small letters. Tags of the last change are
// not among them: they say something else.
var metaDates = []string{
	"article:published_time", "og:article:published_time", "og:published_time", "datepublished", "publication_date", "publication-date", "publicationdate", "publishdate", "publish-date", "publish_date", "published-date", "published_date", "published_time", "pubdate", "pub_date",
	"dc.date.issued", "dcterms.issued", "dc.date.published", "dcterms.available", "dc.date.created", "dcterms.created", "dc.date", "dcterms.date", "date.issued", "article.published", "parsely-pub-date", "sailthru.date", "citation_publication_date", "citation_online_date", "govuk:first-published-at", "rnews:datepublished", "cxenseparse:recs:publishtime", "bt:pubdate", "article_date_original", "originalpublicationdate", "displaydate", "release_date", "date_published", "date",
}

// readMeta reads titles, language and dates.
func readMeta(doc *goquery.Document) pageMeta {
	var m pageMeta
	metas := map[string]string{}
	doc.Find("meta").Each(func(_ int, s *goquery.Selection) {
		content := strings.TrimSpace(s.AttrOr("content", ""))
		if content == "" || len(content) > 2000 {
			return
		}
		for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
			if name := strings.ToLower(strings.TrimSpace(s.AttrOr(key, ""))); name != "" {
				if _, have := metas[name]; !have {
					metas[name] = content
				}
			}
		}
	})
	linked := readLinkedData(doc)
	m.site = metas["og:site_name"]
	m.body = linked.body
	m.publisher = publisherOf(linked.publisher, metas)
	m.base = doc.Find("base[href]").First().AttrOr("href", "")
	m.canonicals = append(canonicalLinks(doc), metas["og:url"], linked.url)
	for _, title := range []string{metas["og:title"], linked.headline, metas["twitter:title"], metas["dc.title"], metas["dcterms.title"], doc.Find("title").First().Text()} {
		if title = oneLine(title); title != "" {
			m.titles = append(m.titles, title)
		}
	}
	m.language = firstOf(doc.Find("html").AttrOr("lang", ""), doc.Find("html").AttrOr("xml:lang", ""), metas["og:locale"], metas["content-language"], metas["language"], linked.language)
	add := func(text, from string) {
		if value, ok := ParseDate(text); ok && value[0] != 'X' && len(value) >= len("2006-01-02") {
			m.dates = append(m.dates, dateClaim{value, from})
		}
	}
	for _, date := range linked.dates {
		add(date, "json-ld")
	}
	for _, name := range metaDates {
		if content := metas[name]; content != "" {
			add(content, "meta")
		}
	}
	return m
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if strings.TrimSpace(t) != "" {
			return t
		}
	}
	return ""
}

func oneLine(text string) string { return strings.Join(strings.Fields(Clean(text)), " ") }

// linkedData is what JSON-LD says.
type linkedData struct {
	headline, language, body string
	publisher, url           string
	dates                    []string
}

// readLinkedData reads the JSON-LD of a page: of articles first, of the page itself otherwise.
func readLinkedData(doc *goquery.Document) linkedData {
	var article, other linkedData
	var scripts []any
	named := map[string]string{}
	doc.Find(`script[type*="ld+json"]`).Each(func(_ int, s *goquery.Selection) {
		text := strings.TrimSpace(s.Text())
		if len(text) > 4<<20 {
			return
		}
		var value any
		// Line breaks inside strings are the commonest fault of hand-made JSON-LD.
		if json.Unmarshal([]byte(text), &value) != nil && json.Unmarshal(escapeControls(text), &value) != nil {
			return
		}
		scripts = append(scripts, value)
		nameLinkedData(value, 0, named)
	})
	for _, value := range scripts {
		walkLinkedData(value, 0, named, &article, &other)
	}
	if len(article.dates) == 0 {
		article.dates = other.dates
	}
	article.headline = firstOf(article.headline, other.headline)
	article.language = firstOf(article.language, other.language)
	article.publisher = firstOf(article.publisher, other.publisher)
	article.url = firstOf(article.url, other.url)
	return article
}

// escapeControls escapes control characters inside the strings of JSON, where they are not allowed.
func escapeControls(text string) []byte {
	out := make([]byte, 0, len(text)+64)
	inString := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '\\' && inString && i+1 < len(text):
			out = append(out, c, text[i+1])
			i++
			continue
		case c == '"':
			inString = !inString
		case c < 0x20 && inString:
			if c == '\n' {
				out = append(out, '\\', 'n')
			} else {
				out = append(out, ' ')
			}
			continue
		}
		out = append(out, c)
	}
	return out
}

// walkLinkedData reads articles and pages. named gives the names of things that are only referred to.
func walkLinkedData(value any, depth int, named map[string]string, article, other *linkedData) {
	if depth > 12 {
		return
	}
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			walkLinkedData(item, depth+1, named, article, other)
		}
	case map[string]any:
		into := other
		if isArticleType(v["@type"]) {
			into = article
		} else if depth > 1 && v["@graph"] == nil && !isPageType(v["@type"]) {
			return // a thing inside another: its dates are not the page's
		}
		text := func(key string) string { s, _ := v[key].(string); return s }
		if date := firstOf(text("datePublished"), text("dateCreated")); date != "" {
			into.dates = append(into.dates, date)
		}
		into.headline = firstOf(into.headline, text("headline"))
		into.language = firstOf(into.language, text("inLanguage"))
		into.body = firstOf(into.body, text("articleBody"))
		into.publisher = firstOf(into.publisher, linkedName(v["publisher"], named), linkedName(v["sourceOrganization"], named))
		into.url = firstOf(into.url, text("url"), linkedID(v["mainEntityOfPage"]))
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "hasPart"} {
			if v[key] != nil {
				walkLinkedData(v[key], depth+1, named, article, other)
			}
		}
	}
}

func isArticleType(t any) bool {
	return anyType(t, func(s string) bool {
		return strings.HasSuffix(s, "Article") || s == "BlogPosting" || s == "PressRelease" || s == "Report" || s == "SocialMediaPosting"
	})
}

func isPageType(t any) bool {
	return anyType(t, func(s string) bool { return strings.HasSuffix(s, "Page") })
}

func anyType(t any, is func(string) bool) bool {
	switch v := t.(type) {
	case string:
		return is(v)
	case []any:
		for _, item := range v {
			if s, ok := item.(string); ok && is(s) {
				return true
			}
		}
	}
	return false
}

// timeDates reads the time elements of the article: those that say that they are its publication date, then
// the first one that stands before its prose.
func timeDates(doc *goquery.Document, main *html.Node, skip map[*html.Node]bool) []dateClaim {
	var said, first []dateClaim
	read := func(s *goquery.Selection) string {
		for _, text := range []string{s.AttrOr("datetime", ""), s.AttrOr("content", ""), s.AttrOr("title", ""), s.Text()} {
			if value, ok := ParseDate(text); ok && value[0] != 'X' && len(value) >= len("2006-01-02") {
				return value
			}
		}
		return ""
	}
	doc.Find(`time, [itemprop="datePublished"], abbr.published, abbr.date`).Each(func(_ int, s *goquery.Selection) {
		n := s.Get(0)
		if insideAny(n, skip) {
			return
		}
		names := classWords(n)
		if names.any("updated", "modified", "dateModified") && !names.any("published") {
			return
		}
		value := read(s)
		if value == "" {
			return
		}
		_, pubdate := s.Attr("pubdate")
		if pubdate || names.any("published", "pubdate") || strings.Contains(attr(n, "itemprop"), "datePublished") {
			said = append(said, dateClaim{value, "time-element"})
			return
		}
		if inside(n, main) && len(first) == 0 {
			first = append(first, dateClaim{value, "time-element"})
		}
	})
	if len(said) == 0 && len(first) == 0 {
		// One time element on the whole page, outside the main text, can only be the article's.
		times := doc.Find("time")
		if times.Length() == 1 && !insideAny(times.Get(0), skip) {
			if value := read(times); value != "" {
				first = append(first, dateClaim{value, "time-element"})
			}
		}
	}
	return append(said, first...)
}

func inside(n, ancestor *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == ancestor {
			return true
		}
	}
	return false
}

func insideAny(n *html.Node, set map[*html.Node]bool) bool {
	for ; n != nil; n = n.Parent {
		if set[n] {
			return true
		}
	}
	return false
}

// urlDates reads the date in the address of a page: /2024/05/18/, /2024-05-18-title, /20240518.
func urlDates(addresses ...string) []dateClaim {
	var claims []dateClaim
	for _, address := range addresses {
		u, err := url.Parse(strings.TrimSpace(address))
		if err != nil || u.Host == "" || len(u.Path) > 2000 {
			continue
		}
		tokens := dateTokens(u.Path)
		for i := range tokens {
			// Only the year-first forms; ids look like all others.
			if tokens[i].number < 1990 || i > 0 && tokens[i-1].number >= 0 {
				continue
			}
			if d, ok := dateAt(tokens, i); ok && d.hasYear && (tokens[i].end-tokens[i].start == 8 || d.last-i == 5 && tokens[i+1].text != ".") {
				claims = append(claims, dateClaim{d.value, "url"})
				break
			}
		}
	}
	return claims
}

// guessDate asks the page-date extractor, as the last resort. It guesses, from copyright lines for
// one; its answer counts only where the page shows that very day outside the article's sentences.
func guessDate(doc *goquery.Document, shown map[string]bool) (claims []dateClaim) {
	if len(shown) == 0 {
		return nil
	}
	defer func() {
		if recover() != nil {
			claims = nil
		}
	}()
	result, err := htmldate.FromDocument(doc.Get(0), htmldate.Options{
		UseOriginalDate: true,
		// Fixed bounds: the answer must not depend on the day on which it is asked.
		MinDate: time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC),
		MaxDate: time.Date(2099, 12, 31, 0, 0, 0, 0, time.UTC),
	})
	if err != nil || result.IsZero() {
		return nil
	}
	if value := result.Format("2006-01-02"); shown[value] {
		return []dateClaim{{value, "text"}}
	}
	return nil
}
