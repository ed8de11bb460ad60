package review

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"dateline/corpus"
	"dateline/extract"
	"dateline/ingest/document"
)

// payloads are texts that would be markup, script or an address somewhere, if anybody took them
// for more than text.
func payloads() []string {
	carriers := []string{
		`<script>alert(1)</script>`, `<script src=//evil.example/x.js></script>`, `<img src=x onerror=alert(1)>`, `<svg onload=alert(1)>`, `<svg><script>alert(1)</script></svg>`,
		`<iframe src=javascript:alert(1)></iframe>`, `<iframe srcdoc="<script>alert(1)</script>"></iframe>`, `<object data=javascript:alert(1)></object>`, `<embed src=//evil.example/x>`,
		`<link rel=stylesheet href=//evil.example/x.css>`, `<style>*{background:url(//evil.example)}</style>`, `<style>@import "//evil.example";</style>`, `<meta http-equiv=refresh content="0;url=//evil.example">`,
		`<base href=//evil.example/>`, `<form action=//evil.example><input name=q></form>`, `<input autofocus onfocus=alert(1)>`, `<button formaction=//evil.example>press</button>`,
		`<details open ontoggle=alert(1)>`, `<video><source onerror=alert(1)></video>`, `<audio src=x onerror=alert(1)>`, `<body onload=alert(1)>`, `<marquee onstart=alert(1)>`,
		`<math><mi xlink:href="javascript:alert(1)">x</mi></math>`, `<a href="javascript:alert(1)">press</a>`, `<a href="data:text/html,<script>alert(1)</script>">press</a>`, `<div style="position:fixed;inset:0">`,
		`<template><img src=x onerror=alert(1)></template>`,
	}
	breakouts := []string{"", `">`, `'>`, `" onmouseover="alert(1)" x="`, `-->`, `</title>`, `</textarea>`, `</script>`, `</option></select></form>`, `]]>`, "`>"}
	var out []string
	for _, c := range carriers {
		for _, b := range breakouts {
			out = append(out, b+c)
		}
	}
	return append(out,
		`javascript:alert(1)`, `JaVaScRiPt:alert(1)`, "java\tscript:alert(1)", `data:text/html,<script>alert(1)</script>`, `vbscript:msgbox(1)`, `https://evil.example/"onmouseover="alert(1)`,
		`https://user:secret@evil.example/`, `//evil.example/`, `{{.Who}}`, `{{template "keys"}}`, `{{printf "%s" .}}`, `${alert(1)}`, `&lt;script&gt;alert(1)&lt;/script&gt;`, `&#60;img src=x onerror=alert(1)&#62;`,
		`+ADw-script+AD4-alert(1)+ADw-/script+AD4-`, "\u202ehtml.exe", "\u2066\u2067\u202d<b>", "a\u2028alert(1)\u2029", "＜script＞alert(1)＜/script＞", "ﾍ̴̡̛̛̤̲̈́", "<\u200bscript>alert(1)</script>", `<scr<script>ipt>alert(1)</script>`,
		`<IMG """><SCRIPT>alert(1)</SCRIPT>">`, `'"><!--`, `<!-- `, `<![CDATA[`, `<?php`, `<%= 1 %>`, `%3Cscript%3Ealert(1)%3C/script%3E`, strings.Repeat("<b>", 100), strings.Repeat(`"'`, 50))
}

// plain stands where a payload would.
const plain = "some plain words"

// hostileItem has the payload in every field of a document and of its facts.
func hostileItem(t *testing.T, n int, payload string) corpus.Item {
	name := func(who string) string { return fmt.Sprintf("%s%s %s Keller", who, letters(n), payload) }
	sentence := fmt.Sprintf("%s, director of the %s, signed with %s on a day.", name("Anna"), name("Institute"), name("College"))
	r := newRelease(t, fmt.Sprintf("folder-%d/%s", n, payload), fmt.Sprintf("Heading %s\n%s\n• item %s\nrow %s | cell\n", payload, sentence, payload, payload))
	d := &r.item.Doc
	text := d.Text
	line := func(begin string) (int, int) {
		from := strings.Index(text, begin)
		return from, from + strings.Index(text[from:], "\n")
	}
	for _, z := range []struct {
		begin string
		kind  document.ZoneKind
	}{{"Heading ", document.Heading}, {"• item", document.ListItem}, {"row ", document.Table}} {
		from, to := line(z.begin)
		d.Zones = append(d.Zones, document.Zone{Start: from, End: to, Kind: z.kind})
	}
	d.Title, d.Canonical, d.Language, d.Warnings = "Title "+payload, payload, "x"+payload, []string{payload}
	d.Publisher = document.Publisher{Name: payload, From: payload}
	d.Published = document.Published{Value: payload, From: payload, Conflicts: []string{payload}}
	r.item.Note = payload
	rule := "rule " + payload
	r.fact(extract.Fact{Kind: extract.KindPerson, Person: &extract.Person{Name: name("Anna"), Aliases: []string{"Keller " + payload}}}, rule, 0.5, name("Anna"))
	r.fact(extract.Fact{Kind: extract.KindInstitution, Institution: &extract.Institution{Name: name("Institute"), Aliases: []string{"KI" + payload}, Parent: name("College")}}, rule, 0.5, name("Institute"))
	r.fact(extract.Fact{Kind: extract.KindDate, Date: &extract.Date{Type: "x" + payload, Value: "v" + payload, Mod: "m" + payload, Anchor: payload, AnchorFrom: payload, Alternatives: []string{payload}}}, rule, 0.5, "a day")
	r.fact(extract.Fact{Kind: extract.KindTitle, Title: &extract.Title{Person: name("Anna"), Title: "director " + payload, Institution: name("Institute"), When: "x" + payload}}, rule, 0.5, sentence[:strings.Index(sentence, ", signed")])
	r.fact(extract.Fact{Kind: extract.KindAgreement, Agreement: &extract.Agreement{Type: "x" + payload, Status: "y" + payload, Parties: []string{name("Institute"), name("College")},
		Signatories: []string{name("Anna")}, Date: "v" + payload, Place: "p" + payload, Subject: "s" + payload}}, rule, 0.5, sentence)
	return r.item
}

// reviewer is a name with the payload that the store takes: at most 200 bytes.
func reviewer(payload string) string { return "ana " + payload[:min(len(payload), 150)] + "." }

// markup is everything of a page but its text and the values of harmless attributes: the elements
// in order, with the names of their attributes.
func markup(t *testing.T, where string, p *answered) string {
	t.Helper()
	var b strings.Builder
	p.page.Find(`a[rel="noopener noreferrer"]`).Each(func(_ int, a *goquery.Selection) {
		// A payload that is an http address is a link to it, and nothing more.
		href := a.AttrOr("href", "")
		if u, err := url.Parse(href); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil {
			t.Errorf("%s: a link leads to %q", where, href)
		}
		a.Remove()
	})
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.CommentNode {
			b.WriteString("<!---->")
		}
		if n.Type == html.ElementNode {
			b.WriteString("<" + n.Data)
			for _, a := range n.Attr {
				b.WriteString(" " + a.Key)
				value := strings.ToLower(strings.TrimSpace(a.Val))
				switch {
				case strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc":
					t.Errorf("%s: <%s> has the attribute %s", where, n.Data, a.Key)
				case slices.Contains([]string{"href", "src", "action", "formaction"}, a.Key):
					if !(strings.HasPrefix(value, "/") || strings.HasPrefix(value, "#")) || strings.HasPrefix(value, "//") {
						t.Errorf("%s: %s of <%s> is %q", where, a.Key, n.Data, a.Val)
					}
				}
			}
			b.WriteString(">\n")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	for _, n := range p.page.Nodes {
		walk(n)
	}
	return b.String()
}

// hostilePages asks for every page that shows the n-th document.
func hostilePages(t *testing.T, c *client, store *corpus.Store, n int, payload string) map[string]*answered {
	id := int64(n + 1)
	pages := map[string]*answered{}
	ask := func(name, path string) {
		p := c.get(path)
		if p.page == nil {
			t.Fatalf("%s (%q) is no page: %d %s", name, payload, p.code, p.body)
		}
		pages[name] = p
	}
	ask("document", fmt.Sprintf("/document/%d", id))
	facts := must(store.Queue(context.Background(), corpus.QueueFilter{Document: id})).Facts
	if len(facts) != 5 {
		t.Fatalf("document %d has %d facts, want 5", id, len(facts))
	}
	for _, f := range facts {
		ask("fact "+string(f.Kind), "/fact/"+f.ID)
		ask("edit "+string(f.Kind), "/fact/"+f.ID+"/edit?next="+url.QueryEscape(payload)+"&back="+url.QueryEscape(payload))
	}
	ask("queue", fmt.Sprintf("/?document=%d", id))
	all := url.Values{}
	for _, name := range []string{paramPublisher, paramRule, paramSource, paramFact, "told"} {
		all.Set(name, payload)
	}
	ask("filters", "/?"+all.Encode())
	ask("search", fmt.Sprintf("/search?q=heading&source=folder-%d/", id-1))
	ask("missing", "/fact/"+url.PathEscape(payload))
	ask("no such file", "/static/"+url.PathEscape("x"+payload))
	// A refused edit shows what was typed; an accepted fact shows the reason and who decided.
	edit := pages["edit title"].form("form.edit")
	edit.Set("title", "  ")
	edit.Set("person", payload)
	edit.Set("institution", payload)
	edit.Set("when", payload)
	edit.Set("why", payload)
	pages["refused edit"] = c.post("/edit", edit).want(http.StatusUnprocessableEntity)
	form := press(pages["queue"].form("form.decide"), "accept")
	form.Set("why", payload)
	form.Set("next", payload)
	pages["decided"] = c.post("/decide", form).want(http.StatusOK)
	pages["conflict"] = c.post("/decide", func() url.Values { v := press(form, "reject"); v.Set("key", c.handler.(*Server).NewKey()); return v }()).want(http.StatusConflict)
	ask("history", "/history?who="+url.QueryEscape(c.handler.(*Server).Who))
	return pages
}

// TestHostileTexts puts each payload into every field and looks at every page: the markup must be
// that of the same page with plain words.
func TestHostileTexts(t *testing.T) {
	list := payloads()
	if len(list) < 300 {
		t.Fatalf("%d payloads, want 300", len(list))
	}
	if testing.Short() {
		some := list[:0]
		for i := 0; i < len(list); i += 7 {
			some = append(some, list[i])
		}
		list = some
	}
	// The control is asked for in a database of its own, so that it has as many documents.
	control := func(payload string) map[string]string {
		s := openStore(t)
		put(t, s, hostileItem(t, 0, payload))
		c := newClient(t, s, func(c *Config) { c.Who = reviewer(payload) })
		out := map[string]string{}
		for name, p := range hostilePages(t, c, s, 0, payload) {
			out[name] = markup(t, name, p)
		}
		return out
	}
	want := control(plain)
	var checked atomic.Int32
	t.Run("payloads", func(t *testing.T) {
		for i, payload := range list {
			t.Run(strconv.Itoa(i), func(t *testing.T) {
				t.Parallel() // most of the time is spent waiting for the disk
				s := openStore(t)
				put(t, s, hostileItem(t, 0, payload))
				c := newClient(t, s, func(c *Config) { c.Who = reviewer(payload) })
				for name, p := range hostilePages(t, c, s, 0, payload) {
					where := fmt.Sprintf("%s with %.60q", name, payload)
					got := markup(t, where, p)
					// Whether the filters of a payload find something depends on its words.
					if name != "filters" && got != want[name] {
						t.Errorf("%s: the markup is another than with plain words:\n%s", where, firstDifference(got, want[name]))
					}
					checked.Add(1)
				}
			})
		}
	})
	t.Logf("%d pages with %d payloads", checked.Load(), len(list))

	// The comparison would see it: a page with a live payload differs from the control.
	live := *must(goquery.NewDocumentFromReader(strings.NewReader("<main><p>" + plain + `</p><b>x</b></main>`)))
	dead := *must(goquery.NewDocumentFromReader(strings.NewReader("<main><p>" + plain + `</p>&lt;b>x</main>`)))
	if markup(t, "live", &answered{t: t, page: &live}) == markup(t, "dead", &answered{t: t, page: &dead}) {
		t.Error("the comparison does not see markup")
	}
}

// firstDifference shows where two texts begin to differ.
func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			return fmt.Sprintf("line %d is %q, want %q", i, a[max(0, i-1):min(len(a), i+3)], b[min(max(0, i-1), len(b)):min(len(b), i+3)])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(a), len(b))
}
