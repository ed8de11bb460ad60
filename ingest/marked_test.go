package ingest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"dateline/ingest/document"
)

var update = flag.Bool("update", false, "write the golden files of testdata/pages anew")

// marked writes a document with its zones marked, for golden files and failure messages.
func marked(d document.Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title: %s\nlanguage: %s\npublished: %s (%s) %s\n", d.Title, d.Language, d.Published.Value, d.Published.From, strings.Join(d.Published.Conflicts, "; "))
	for _, w := range d.Warnings {
		fmt.Fprintf(&b, "warning: %s\n", w)
	}
	b.WriteString("\n")
	at := 0
	for _, z := range d.Zones {
		b.WriteString(d.Text[at:z.Start])
		fmt.Fprintf(&b, "⟦%s: %s⟧", z.Kind, d.Text[z.Start:z.End])
		at = z.End
	}
	b.WriteString(d.Text[at:])
	b.WriteString("\n")
	return b.String()
}

// checkDocument holds what is true of every document.
func checkDocument(t failer, d document.Document) {
	if !utf8.ValidString(d.Text) || strings.ContainsAny(d.Text, "\x00\r") || d.Text == "" {
		t.Fatalf("%s: the text is empty or not clean: %q", d.Source, clip(d.Text, 200))
	}
	if Clean(d.Text) != d.Text {
		t.Fatalf("%s: the text is not in cleaned form", d.Source)
	}
	at := 0
	for _, z := range d.Zones {
		if z.Start < at || z.End <= z.Start || z.End > len(d.Text) || !utf8.RuneStart(d.Text[z.Start]) || z.End < len(d.Text) && !utf8.RuneStart(d.Text[z.End]) {
			t.Fatalf("%s: zone %+v after byte %d of %d", d.Source, z, at, len(d.Text))
		}
		if strings.Contains(d.Text[z.Start:z.End], "\n") || z.Kind == "" {
			t.Fatalf("%s: zone %+v covers %q", d.Source, z, d.Text[z.Start:z.End])
		}
		at = z.End
	}
	if !strings.HasPrefix(d.RawHash, "sha256:") || len(d.RawHash) != 7+64 {
		t.Fatalf("%s: hash %q", d.Source, d.RawHash)
	}
	if v := d.Published.Value; v != "" && d.Published.From == "" {
		t.Fatalf("%s: published %q from nowhere", d.Source, v)
	}
	if !utf8.ValidString(d.Title) || strings.ContainsAny(d.Title, "\n\x00") {
		t.Fatalf("%s: title %q", d.Source, d.Title)
	}
}

// kindOf gives the zone of the first place where words stand in the text, "" for prose.
func kindOf(t *testing.T, d document.Document, words string) document.ZoneKind {
	t.Helper()
	at := strings.Index(d.Text, words)
	if at < 0 {
		t.Errorf("%s: the text lost %q", d.Source, words)
		return "lost"
	}
	for _, z := range d.Zones {
		if z.Start <= at && at < z.End {
			return z.Kind
		}
	}
	return ""
}

func TestPages(t *testing.T) {
	files, err := filepath.Glob("testdata/pages/*.html")
	if err != nil || len(files) < 7 {
		t.Fatalf("%d pages, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			docs, err := Read(Raw{Source: filepath.Base(file), Bytes: data}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			checkDocument(t, docs[0])
			got := marked(docs[0])
			golden := strings.TrimSuffix(file, ".html") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatalf("%v: write it with go test ./ingest -run TestPages -update", err)
			}
			if got != string(want) {
				t.Errorf("the document changed; when that is right: go test ./ingest -run TestPages -update\n--- got\n%s\n--- want\n%s", got, want)
			}
		})
	}
}

// TestPagesKeepAndDrop says in words what the golden files must show, so that -update cannot quietly lose it.
func TestPagesKeepAndDrop(t *testing.T) {
	const prose = document.ZoneKind("")
	for _, c := range []struct {
		page, title, published, from string
		kinds                        map[string]document.ZoneKind
		gone                         []string // neither in the text outside silent zones
	}{
		{"wordpress", "Vessa College opens seed bank", "2023-04-27", "json-ld", map[string]document.ZoneKind{
			"Nordic Grain Trust opened": prose, "Rector Tove Aalund cuts": document.Caption, "Photo: Henrik Solá": document.Credit, "Apples, as buds": document.ListItem,
			"Tours begin in June.": prose, "What is kept": document.Heading, "A seed is a letter": document.Quote, "Mikkel Jorgensen": prose},
			[]string{"Karl Voss", "Lund Mill", "Aksel Holm", "Minister Olsen", "not text", "555 01 22", "Facebook"}},
		{"drupal", "Minister and fishers agree on quota", "2022-11-08", "meta", map[string]document.ZoneKind{
			"2022 | 900": document.Table, "Contact: Press office": document.Contact, "Nothing was put on paper.": prose, "Tuesday, November 8": document.TimeStamp},
			[]string{"Home", "© 2022"}},
		{"wire", "Orbel Steam Completes Purchase of Hayloft Analytics", "2024-09-30", "meta", map[string]document.ZoneKind{
			"Combined company": prose, "DULUTH, Minn., Sept. 30, 2024 /Wirehouse/ -- Orbel Steam, Inc.": prose, "The price was $41 million": document.ListItem,
			"builds small boilers": prose, "About Orbel Steam": document.Heading, "Lee Andrist": document.Contact, "(218) 555-0144": document.Contact},
			[]string{"Ruth Calder", "Sign In", "Share this article"}},
		{"govstyle", "Envoy visits flood barrier", "2021-06-14", "meta", map[string]document.ZoneKind{
			"It is a very large gate": document.Quote, "Notes to editors": document.Heading, "It cost £8 million.": document.ListItem, "Ruth Mbeki said:": prose, "Envoy Ruth Mbeki saw": prose},
			[]string{"Jon Peel", "cookies", "Share on"}},
		{"portal", "Akimat and Ural Bridge Works sign roadmap", "2020-02-19", "url", map[string]document.ZoneKind{
			"URALSK. February 19.": prose, "«We will start": prose, "Serik Dauletov (left)": document.Caption, "Photo: akimat": document.Credit, "19.02.2020 14:05": document.TimeStamp},
			[]string{"Nurlan Bekov", "Rail Fund", "Steppe Herald"}},
		{"script-filled", "Harbour fund pays for two cranes", "2025-01-09", "json-ld", map[string]document.ZoneKind{
			"Greta Ohm, signed the grant": prose, "Harbour fund pays": document.Heading}, []string{"JavaScript"}},
	} {
		data, err := os.ReadFile("testdata/pages/" + c.page + ".html")
		if err != nil {
			t.Fatal(err)
		}
		docs, err := Read(Raw{Source: c.page + ".html", Bytes: data}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		d := docs[0]
		if d.Title != c.title || d.Published.Value != c.published || d.Published.From != c.from || d.Language != "en" {
			t.Errorf("%s: title %q, published %+v, language %q", c.page, d.Title, d.Published, d.Language)
		}
		for words, want := range c.kinds {
			if got := kindOf(t, d, words); got != want {
				t.Errorf("%s: %q is %q, want %q", c.page, words, got, want)
			}
		}
		loud := prose2(d)
		for _, words := range c.gone {
			if strings.Contains(loud, words) {
				t.Errorf("%s: %q is taken for article text", c.page, words)
			}
		}
	}
}

func prose2(d document.Document) string { return prose(d, 1<<30) }

// seedFolder finds the seeds, or skips and says what is not tested then.
func seedFolder(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("DATELINE_SHARED")
	if dir == "" {
		dir = "../../shared"
	}
	seeds := filepath.Join(dir, "seeds")
	if _, err := os.Stat(seeds); err != nil {
		t.Skipf("SKIPPED: %v. Not tested: zones, titles and dates of the seeds", err)
	}
	return seeds
}

func TestSeeds(t *testing.T) {
	seeds := seedFolder(t)
	byNumber := map[string]document.Document{}
	err := Walk([]string{seeds}, WalkOptions{}, func(item Item) error {
		if item.Err != nil {
			return item.Err
		}
		docs, err := Read(item.Raw, Options{})
		if err != nil {
			return err
		}
		checkDocument(t, docs[0])
		if docs[0].Language != "en" {
			t.Errorf("%s: language %q", item.Source, docs[0].Language)
		}
		byNumber[filepath.Base(item.Source)[:3]] = docs[0]
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for number, headed := range map[string]bool{"000": false, "001": false, "002": true, "003": true, "004": false} {
		if d := byNumber[number]; (d.Title != "") != headed {
			t.Errorf("seed %s: title %q", number, d.Title)
		}
	}
	if p := byNumber["002"].Published; p.Value != "XXXX-02-26" || p.From != "dateline" {
		t.Errorf("seed 002: published %+v", p)
	}
	for _, number := range []string{"000", "001", "003", "004"} {
		if p := byNumber[number].Published; p.Value != "" {
			t.Errorf("seed %s: published %+v, want unknown", number, p)
		}
	}
	silent := map[string]string{}
	for number, d := range byNumber {
		for _, z := range d.Zones {
			if z.Kind.Silent() {
				silent[number] += d.Text[z.Start:z.End] + "\n"
			}
		}
	}
	if got := silent["003"]; !strings.HasPrefix(got, "Found a typo") || !strings.Contains(got, "Shymkent") || !strings.Contains(got, "@mail.ru") || !strings.Contains(got, "offcanvas") {
		t.Errorf("seed 003: silent text %q", got)
	}
	if got := silent["004"]; strings.Count(got, "[Photo provided") != 3 || strings.Contains(got, "delivers") {
		t.Errorf("seed 004: silent text %q", got)
	}
	for _, number := range []string{"000", "001", "002"} {
		if silent[number] != "" {
			t.Errorf("seed %s: silent text %q, want none", number, silent[number])
		}
	}
}
