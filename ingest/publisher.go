package ingest

import (
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"dateline/ingest/document"
)

const (
	longestPublisher = 200  // code points; longer ones are sentences about the site
	longestAddress   = 4096 // bytes
)

// metaPublishers are the meta tags that name who published a page, most trusted first.
var metaPublishers = []string{"dc.publisher", "dcterms.publisher", "citation_publisher", "publisher", "og:site_name", "application-name", "apple-mobile-web-app-title"}

// publisherOf decides who published a page: the linked data of its article, else its meta tags.
func publisherOf(linked string, metas map[string]string) document.Publisher {
	if name := publisherName(linked); name != "" {
		return document.Publisher{Name: name, From: "json-ld"}
	}
	for _, tag := range metaPublishers {
		if name := publisherName(metas[tag]); name != "" {
			return document.Publisher{Name: name, From: "meta"}
		}
	}
	return document.Publisher{}
}

// publisherName gives a name on one line, or "" for what is none: an address, a handle, a sentence.
func publisherName(text string) string {
	name := oneLine(clipBytes(text, 4*longestPublisher))
	if !hasWords(name) || strings.Contains(name, "://") || strings.HasPrefix(name, "@") || clip(name, longestPublisher) != name {
		return ""
	}
	return name
}

// publisherByHost names the publisher by the host of the address at which the document was found, else of the one that it calls its own. It is the last
// resort: it says which site, not who.
func publisherByHost(addresses ...string) document.Publisher {
	for _, address := range addresses {
		if u := webAddress(address, nil); u != nil {
			return document.Publisher{Name: strings.TrimPrefix(u.Hostname(), "www."), From: "host"}
		}
	}
	return document.Publisher{}
}

// nameLinkedData notes the names of things that have an id, so that others may refer to them.
func nameLinkedData(value any, depth int, named map[string]string) {
	if depth > 12 {
		return
	}
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			nameLinkedData(item, depth+1, named)
		}
	case map[string]any:
		id, _ := v["@id"].(string)
		name, _ := v["name"].(string)
		// Of two names of one thing the smaller, whichever comes first: a map has no order.
		if id != "" && name != "" && (named[id] == "" || name < named[id]) {
			named[id] = name
		}
		for _, inner := range v {
			nameLinkedData(inner, depth+1, named)
		}
	}
}

// linkedName gives the name of a publisher in linked data: text, a thing with a name, a reference to one, or the first of several.
func linkedName(value any, named map[string]string) string {
	switch v := value.(type) {
	case string:
		return firstOf(named[v], publisherName(v))
	case []any:
		for _, item := range v[:min(len(v), 10)] {
			if _, nested := item.([]any); nested {
				continue
			}
			if name := linkedName(item, named); name != "" {
				return name
			}
		}
	case map[string]any:
		name, _ := v["name"].(string)
		id, _ := v["@id"].(string)
		return firstOf(name, named[id])
	}
	return ""
}

// linkedID gives the address that linked data refers to.
func linkedID(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case map[string]any:
		id, _ := v["@id"].(string)
		address, _ := v["url"].(string)
		return firstOf(id, address)
	}
	return ""
}

// canonicalLinks gives the address of link rel="canonical". A page with two different ones says nothing by them; what stands in the
// head counts before what only stands in the body, where strangers may write.
func canonicalLinks(doc *goquery.Document) []string {
	for _, where := range []string{`head link[rel~="canonical" i]`, `link[rel~="canonical" i]`} {
		found, same := "", true
		doc.Find(where).Each(func(_ int, s *goquery.Selection) {
			href := strings.TrimSpace(s.AttrOr("href", ""))
			if found != "" && href != found {
				same = false
			}
			found = firstOf(found, href)
		})
		if found != "" && same {
			return []string{found}
		}
		if !same {
			return nil
		}
	}
	return nil
}

// canonicalOf gives the address that a page calls its own, absolute, or "". The root of a site is no article's: templates that name
// it on every page are common, and would make one document of a whole site.
func canonicalOf(source string, meta pageMeta) string {
	at := webAddress(source, nil)
	base := at
	if b := webAddress(meta.base, at); b != nil {
		base = b
	}
	for _, candidate := range meta.canonicals {
		u := webAddress(candidate, base)
		if u == nil || isRoot(u) && (at == nil || !isRoot(at)) {
			continue
		}
		return u.String()
	}
	return ""
}

func isRoot(u *url.URL) bool { return strings.Trim(u.Path, "/") == "" && u.RawQuery == "" }

// webAddress reads an http or https address, absolute against base; nil when it is none. Scheme and host are in small letters, without a default
// port; the fragment goes.
func webAddress(text string, base *url.URL) *url.URL {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > longestAddress {
		return nil
	}
	u, err := url.Parse(text)
	if err != nil {
		return nil
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.Opaque != "" {
		return nil
	}
	if u.Scheme == "http" && u.Port() == "80" || u.Scheme == "https" && u.Port() == "443" {
		u.Host = u.Host[:strings.LastIndexByte(u.Host, ':')]
	}
	if u.Path == "" {
		u.Path = "/"
	}
	u.Fragment, u.RawFragment = "", ""
	return u
}
