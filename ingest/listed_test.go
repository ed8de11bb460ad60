package ingest

import (
	"slices"
	"testing"

	"dateline/ingest/document"
)

func TestListed(t *testing.T) {
	page := func(head string) string {
		return "<!doctype html><html><head>" + head + "</head><body><article><p>Marta Lindqvist, director of the Port of Vesterhamn, met visitors on the quay and showed them the new crane.</p></article></body></html>"
	}
	const meta = `<meta property="article:published_time" content="2024-05-18T10:00:00Z">`
	for name, x := range map[string]struct {
		head, flag, feed string
		value, from      string
		conflicts        []string
	}{
		"the page gives none":           {"", "", "2024-05-18", "2024-05-18", "feed", nil},
		"the same day":                  {meta, "", "2024-05-18", "2024-05-18", "meta", nil},
		"another day: the page counts":  {meta, "", "2024-05-20", "2024-05-18", "meta", []string{"feed: 2024-05-20"}},
		"the user's date counts most":   {"", "2024-04-01", "2024-05-20", "2024-04-01", "flag", []string{"feed: 2024-05-20"}},
		"what is no date says nothing":  {meta, "", "yesterday", "2024-05-18", "meta", nil},
		"nothing said":                  {"", "", "", "", "", nil},
		"a month of the user is enough": {"", "2024-05", "2024-05-20", "2024-05", "flag", nil},
	} {
		docs, err := Read(Raw{Source: "https://harbour.example/news", MediaType: "text/html", Bytes: []byte(page(x.head)), Published: x.flag,
			Listed: document.Listed{Title: "Visitors  on\nthe quay", Published: x.feed, Publisher: "Harbour News"}}, Options{})
		if err != nil || len(docs) != 1 {
			t.Fatalf("%s: %v", name, err)
		}
		got := docs[0]
		if got.Published.Value != x.value || got.Published.From != x.from || !slices.Equal(got.Published.Conflicts, x.conflicts) {
			t.Errorf("%s: published %+v, want %s from %s with conflicts %q", name, got.Published, x.value, x.from, x.conflicts)
		}
		if got.Title != "Visitors on the quay" || got.Publisher != (document.Publisher{Name: "Harbour News", From: "feed"}) {
			t.Errorf("%s: title %q, publisher %+v", name, got.Title, got.Publisher)
		}
	}
	docs, err := Read(Raw{Source: "https://harbour.example/news", Bytes: []byte(page("<title>A crane for the quay</title>")), Listed: document.Listed{Title: "Visitors"}}, Options{})
	if err != nil || docs[0].Title != "A crane for the quay" {
		t.Errorf("the page's own title must stay: %+v, %v", docs, err)
	}
	// A year-less dateline is completed by a feed that gives the same day.
	docs, err = Read(Raw{Source: "https://harbour.example/news", Bytes: []byte("VESTERHAMN, May 18 (Harbour News) – Marta Lindqvist met visitors from the university on the quay this week.\n"), Listed: document.Listed{Published: "2024-05-18"}}, Options{})
	if err != nil || docs[0].Published.Value != "2024-05-18" || docs[0].Published.From != "feed" {
		t.Errorf("a date without its year: %+v, %v", docs[0].Published, err)
	}
}
