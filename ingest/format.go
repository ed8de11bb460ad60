package ingest

import (
	"bytes"
	"encoding/json"
	"mime"
	"path"
	"strings"
)

// Format is a format that Read understands.
type Format string

// The formats.
const (
	FormatText Format = "text"
	FormatHTML Format = "html"
	FormatJSON Format = "json" // JSON Lines, one JSON object, or an array of them
)

// FormatInfo describes a format for help pages and tests.
type FormatInfo struct {
	Format     Format
	Extensions []string // lower case, with the dot
	MediaTypes []string
	Summary    string
}

// Formats lists what Read understands, in the order in which it is tried.
var Formats = []FormatInfo{
	{FormatJSON, []string{".jsonl", ".ndjson", ".json"}, []string{MediaTypeJSONLine, "application/jsonl", "application/json", "application/ndjson"},
		`JSON Lines: {"source", "title", "published", "publisher", "canonical", "text" or "html"} a line`},
	{FormatHTML, []string{".html", ".htm", ".xhtml"}, []string{"text/html", "application/xhtml+xml"}, "a web page; its main text is found"},
	{FormatText, []string{".txt", ".text", ".md"}, []string{"text/plain"}, "plain text"},
}

// formatOf looks a media type or extension up in Formats.
func formatOf(raw Raw) (Format, bool) {
	if raw.MediaType != "" {
		media, _, err := mime.ParseMediaType(raw.MediaType)
		if err != nil {
			media = strings.ToLower(strings.TrimSpace(strings.SplitN(raw.MediaType, ";", 2)[0]))
		}
		for _, info := range Formats {
			for _, m := range info.MediaTypes {
				if media == m {
					return info.Format, true
				}
			}
		}
	}
	name := raw.Source
	if i := strings.IndexAny(name, "?#"); i >= 0 && strings.Contains(name, "://") {
		name = name[:i]
	}
	ext := strings.ToLower(path.Ext(name))
	for _, info := range Formats {
		for _, e := range info.Extensions {
			if ext == e {
				return info.Format, true
			}
		}
	}
	return "", false
}

// sniff decides the format. Names and media types are hints that are often wrong ("text/plain"
// for a saved page, ".txt" for JSON Lines), so unmistakable content wins over them.
func sniff(raw Raw, text string) Format {
	named, known := formatOf(raw)
	if known && named == FormatJSON {
		return FormatJSON
	}
	if looksLikeHTML(text) {
		return FormatHTML
	}
	if looksLikeJSONLines([]byte(text)) {
		return FormatJSON
	}
	if known {
		return named
	}
	return FormatText
}

// htmlOpenings are the beginnings that only a web page has.
var htmlOpenings = []string{"<!doctype html", "<html", "<head", "<body", "<article", "<main", "<div", "<section", "<p>", "<p ", "<h1", "<table", "<title", "<meta", "<script"}

// looksLikeHTML looks past comments and an XML declaration for an opening of a page.
func looksLikeHTML(text string) bool {
	head := text
	if len(head) > 4096 {
		head = head[:4096]
	}
	head = strings.ToLower(strings.TrimLeft(head, " \t\r\n\ufeff\x00"))
	for {
		switch {
		case strings.HasPrefix(head, "<!--"):
			end := strings.Index(head, "-->")
			if end < 0 {
				return false
			}
			head = strings.TrimLeft(head[end+3:], " \t\r\n")
			continue
		case strings.HasPrefix(head, "<?xml"):
			end := strings.Index(head, "?>")
			if end < 0 {
				return false
			}
			head = strings.TrimLeft(head[end+2:], " \t\r\n")
			continue
		}
		break
	}
	for _, opening := range htmlOpenings {
		if strings.HasPrefix(head, opening) {
			return true
		}
	}
	return false
}

// looksLikeJSONLines reports whether the first line is a JSON object with a text in it.
// An article that begins with a brace is not.
func looksLikeJSONLines(data []byte) bool {
	data = bytes.TrimLeft(data, " \t\r\n")
	if len(data) == 0 || data[0] != '{' {
		return false
	}
	line := data
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		line = data[:i]
	}
	var probe map[string]json.RawMessage
	if json.Unmarshal(line, &probe) != nil {
		return false
	}
	_, text := probe["text"]
	_, page := probe["html"]
	return text || page
}
