package fetch

import (
	"bytes"
	"encoding/json"
	"strings"
)

// jsonFeed is what ParseFeed wants of a JSON Feed (jsonfeed.org).
type jsonFeed struct {
	Version string         `json:"version"`
	Title   string         `json:"title,omitempty"`
	Home    string         `json:"home_page_url,omitempty"`
	Items   []jsonFeedItem `json:"items"`
}

type jsonFeedItem struct {
	ID        string `json:"id,omitempty"`
	URL       string `json:"url,omitempty"`
	Title     string `json:"title,omitempty"`
	Published string `json:"date_published,omitempty"`
	Modified  string `json:"date_modified,omitempty"`
}

// tidyJSONFeed does for JSON Feeds what tidyFeed does for the others. It gives nil for what is no feed; cut says that the file broke off or
// that something in it could not be read, full that it has more than mostEntries items.
func tidyJSONFeed(text string) (tidy []byte, cut, full bool) {
	d := json.NewDecoder(strings.NewReader(text))
	var feed jsonFeed
	isFeed := false
	finish := func(cut, full bool) ([]byte, bool, bool) {
		if !isFeed {
			return nil, cut, full
		}
		out, err := json.Marshal(feed)
		if err != nil {
			return nil, cut, full
		}
		return out, cut, full
	}
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, false, false
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return finish(true, false)
		}
		if key == "items" {
			if t, err := d.Token(); err != nil || t != json.Delim('[') {
				return finish(true, false)
			}
			for d.More() {
				if len(feed.Items) == mostEntries {
					return finish(false, true)
				}
				var raw map[string]json.RawMessage
				if err := d.Decode(&raw); err != nil {
					return finish(true, false)
				}
				feed.Items = append(feed.Items, jsonFeedItem{jsonText(raw["id"]), jsonText(raw["url"]), jsonText(raw["title"]), jsonText(raw["date_published"]), jsonText(raw["date_modified"])})
			}
			if _, err := d.Token(); err != nil {
				return finish(true, false)
			}
			continue
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return finish(true, false)
		}
		switch key {
		case "version":
			feed.Version = jsonText(value)
			isFeed = strings.Contains(feed.Version, "jsonfeed.org")
		case "title":
			feed.Title = jsonText(value)
		case "home_page_url":
			feed.Home = jsonText(value)
		}
	}
	_, err := d.Token()
	return finish(err != nil, false)
}

// jsonText gives a string, or a number as it is written (ids are, against the rules), and "" for everything else.
func jsonText(raw json.RawMessage) string {
	raw = bytes.TrimSpace(raw)
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return clip(text, mostXMLText)
	}
	if len(raw) > 0 && len(raw) < 40 && (raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9') {
		return string(raw)
	}
	return ""
}
