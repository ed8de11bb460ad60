package ingest

import (
	"strings"
	"testing"
)

func TestParseDate(t *testing.T) {
	for in, want := range map[string]string{
		"2024-05-18": "2024-05-18", "2024-05-18T23:30:00+05:00": "2024-05-18", "20240518": "2024-05-18", "2024/05/18": "2024-05-18",
		"Sat, 18 May 2024 10:30:00 GMT": "2024-05-18", "Wednesday, 6 July 2005, 11:06 am": "2005-07-06", "Sept. 30, 2024": "2024-09-30", "May 18th, 2024": "2024-05-18",
		"18.05.2024": "2024-05-18", "18/05/2024": "2024-05-18", "05/18/2024": "2024-05-18", "18th of May 2024": "2024-05-18", "XXXX-05-18": "XXXX-05-18", "2024-05": "2024-05", "2024": "2024",
		"05/06/2024": "", "2024-02-30": "", "2024-13": "", "soon": "", "": "", "May 18": "", "1715990400": "", "12345-05-18": "",
	} {
		got, ok := ParseDate(in)
		if got != want || ok != (want != "") {
			t.Errorf("ParseDate(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
}

func TestDatelines(t *testing.T) {
	const rest = " The fund and the school signed an agreement on Monday."
	for opening, want := range map[string]string{
		"KIRKHOLM, February 26, 2024 (Lake News) –":                    "2024-02-26",
		"Kirkholm, February 26 (Lake News) –":                          "XXXX-02-26",
		"KIRKHOLM, Feb. 26 --":                                         "XXXX-02-26",
		"TORONTO, May 18, 2025 /PRNewswire/ --":                        "2025-05-18",
		"Geneva, 5 June 2024 -":                                        "2024-06-05",
		"SANTA AURÉLIA, Brazil, November 21, 2023 —":                   "2023-11-21",
		"URALSK. February 19. LAKENEWS -":                              "XXXX-02-19",
		"NEW YORK, N.Y., Sept. 3, 2024 (LAKE NEWSWIRE) --":             "2024-09-03",
		"St. Gallen, 3 May 2024:":                                      "2024-05-03",
		"May 18, 2025 –":                                               "2025-05-18",
		"Tarn, 3 March.":                                               "XXXX-03-03",
		"On May 18, 2025 – a Sunday –":                                 "",
		"The school opened on May 18, 2025 – a Sunday –":               "",
		"From May 18 to 20, 2025 - the days of the fair -":             "",
		"Rector Ada Holm arrived on May 18. She met the minister, and": "",
	} {
		if got := datelineDate(opening + rest); got != want {
			t.Errorf("%q: %q, want %q", opening, got, want)
		}
	}
}

func TestPublishedOfText(t *testing.T) {
	for _, c := range []struct {
		name, flag, text, value, from, conflicts string
	}{
		{"unknown", "", paragraph, "", "", ""},
		{"a date in prose is not it", "", "Ada Holm came to Kirkholm on May 3, 2024, and stayed for a week with the board of the Fund.", "", "", ""},
		{"time stamp", "", "Fund pays\nWednesday, 6 July 2005, 11:06 am\n\n" + paragraph, "2005-07-06", "text", ""},
		{"label", "", "Fund pays\n\nDate: 2024-05-18\n\n" + paragraph, "2024-05-18", "text", ""},
		{"label at the foot", "", paragraph + "\n\n" + paragraph + "\n\nPublished: 18 May 2024", "2024-05-18", "text", ""},
		{"last change is only the second choice", "", "KIRKHOLM, May 3, 2024 – " + paragraph + "\n\nLast updated: 9 May 2024", "2024-05-03", "dateline", ""},
		{"a full date before one without a year", "", "Fund pays\n\nKIRKHOLM, May 3 – " + paragraph + "\n\nPublished: 3 May 2024", "2024-05-03", "text", ""},
		{"conflict", "", "Fund pays\n5 May 2024\n\nKIRKHOLM, May 3 – " + paragraph, "2024-05-05", "text", "dateline: XXXX-05-03"},
		{"flag", "2024-05-04", "KIRKHOLM, May 3, 2024 – " + paragraph, "2024-05-04", "flag", "dateline: 2024-05-03"},
		{"flag in words", "4 May 2024", paragraph, "2024-05-04", "flag", ""},
	} {
		docs, err := Read(Raw{Source: "a.txt", Bytes: []byte(c.text), Published: c.flag}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		p := docs[0].Published
		if p.Value != c.value || p.From != c.from || strings.Join(p.Conflicts, "; ") != c.conflicts {
			t.Errorf("%s: %+v, want %q from %q, conflicts %q", c.name, p, c.value, c.from, c.conflicts)
		}
	}
}

func TestPublishedOfPages(t *testing.T) {
	page := func(head, body string) string {
		return "<html><head><title>Fund pays for boats</title>" + head + "</head><body><article><h1>Fund pays for boats</h1>" + body + "<p>" + paragraph + "</p><p>" + paragraph + "</p></article></body></html>"
	}
	for _, c := range []struct {
		name, source, page, value, from, conflicts string
	}{
		{"none", "a.html", page("", ""), "", "", ""},
		{"json-ld before meta", "a.html", page(`<meta property="article:published_time" content="2024-05-19"><script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-05-18T01:00+06:00"}</script>`, ""), "2024-05-18", "json-ld", "meta: 2024-05-19"},
		{"meta", "a.html", page(`<meta name="DC.date.issued" content="2024-05-18">`, ""), "2024-05-18", "meta", ""},
		{"last change is not it", "a.html", page(`<meta property="article:modified_time" content="2024-05-18">`, ""), "", "", ""},
		{"time element", "a.html", page("", `<time datetime="2024-05-18T10:00">yesterday</time>`), "2024-05-18", "time-element", ""},
		{"address", "https://lake.example/news/2024/05/18/boats", page("", ""), "2024-05-18", "url", ""},
		{"number in an address", "https://lake.example/news/99999999", page("", ""), "", "", ""},
		{"line below the headline", "a.html", page("", "<div>18 May 2024</div>"), "2024-05-18", "text", ""},
		{"copyright is not it", "a.html", page("", "<div>© 2019 Lake Fund</div>"), "", "", ""},
		{"broken JSON-LD", "a.html", page(`<script type="application/ld+json">{"@type":"NewsArticle",</script><meta name="date" content="2024-05-18">`, ""), "2024-05-18", "meta", ""},
		{"date of an event is not it", "a.html", page(`<script type="application/ld+json">{"@type":"WebPage","about":{"@type":"Event","datePublished":"2001-01-01"}}</script>`, ""), "", "", ""},
	} {
		docs, err := Read(Raw{Source: c.source, Bytes: []byte(c.page)}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		p := docs[0].Published
		if p.Value != c.value || p.From != c.from || strings.Join(p.Conflicts, "; ") != c.conflicts {
			t.Errorf("%s: %+v, want %q from %q, conflicts %q", c.name, p, c.value, c.from, c.conflicts)
		}
	}
}
