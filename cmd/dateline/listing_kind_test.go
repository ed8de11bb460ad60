package main

import (
	"strings"
	"testing"
)

func TestListingKind(t *testing.T) {
	for body, want := range map[string]string{
		`<?xml version="1.0"?><rss version="2.0">`:                                        "feed",
		"\ufeff\n<!-- made by a machine --><?xml-stylesheet href='a'?>\n<feed xmlns='x'>": "feed",
		`<rdf:RDF xmlns="x">`: "feed",
		`{"version": "https://jsonfeed.org/version/1.1", "items": []}`:       "feed",
		`<?xml version="1.0"?><urlset>`:                                      "sitemap",
		`<sm:sitemapindex xmlns:sm="x">`:                                     "sitemap",
		"\x1f\x8b\x08\x00":                                                   "sitemap",
		"\xff\xfe" + utf16le(`<?xml version="1.0" encoding="utf-16"?><rss>`): "feed",
		`<!doctype html><html><body>rss feed</body></html>`:                  "",
		`<html xmlns="x">`:                                                   "",
		`The feed of the ducks <rss>`:                                        "",
		`{"version": 2}`:                                                     "",
		"":                                                                   "",
		"<":                                                                  "",
		"<!-- never closed <rss>":                                            "",
		"<!doctype html><!-- " + strings.Repeat("x", 70<<10) + "--><rss>":                          "",
		`<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html>`: "",
	} {
		if got := listingKind([]byte(body)); got != want {
			t.Errorf("%.60q is %q, want %q", body, got, want)
		}
	}
}
