package main

import (
	"bytes"
	"strings"
)

// listingKind tells a feed ("feed") or sitemap ("sitemap") from everything else ("") by its first element; media types
// of feeds are wrong as often as right.
func listingKind(body []byte) string {
	const look = 64 << 10 // comments and style sheets may stand before it
	head := body[:min(len(body), look)]
	if bytes.HasPrefix(head, []byte{0x1f, 0x8b}) {
		return "sitemap" // nothing else that is read here comes compressed
	}
	if bytes.HasPrefix(head, []byte{0xfe, 0xff}) || bytes.HasPrefix(head, []byte{0xff, 0xfe}) {
		head = bytes.ReplaceAll(head, []byte{0}, nil) // UTF-16: the names of elements are ASCII
		head = head[2:]
	}
	text := strings.TrimLeft(strings.TrimPrefix(string(head), "\ufeff"), " \t\r\n")
	for {
		end := ""
		switch {
		case strings.HasPrefix(text, "<?"):
			end = "?>"
		case strings.HasPrefix(text, "<!--"):
			end = "-->"
		case strings.HasPrefix(text, "<!"):
			end = ">"
		}
		if end == "" {
			break
		}
		_, rest, found := strings.Cut(text, end)
		if !found {
			return ""
		}
		text = strings.TrimLeft(rest, " \t\r\n")
	}
	if strings.HasPrefix(text, "{") {
		if strings.Contains(text[:min(len(text), 1000)], "jsonfeed.org/version") {
			return "feed"
		}
		return ""
	}
	name, ok := strings.CutPrefix(text, "<")
	if !ok {
		return ""
	}
	if end := strings.IndexAny(name, " \t\r\n/>"); end >= 0 {
		name = name[:end]
	}
	if _, local, prefixed := strings.Cut(name, ":"); prefixed {
		name = local
	}
	switch strings.ToLower(name) {
	case "rss", "feed", "rdf":
		return "feed"
	case "urlset", "sitemapindex":
		return "sitemap"
	}
	return ""
}
