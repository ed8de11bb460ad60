package ingest

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func readPage(t *testing.T, page string) (text string, warnings []string) {
	t.Helper()
	docs, err := Read(Raw{Source: "a.html", Bytes: []byte(page)}, Options{})
	if err != nil {
		t.Fatalf("%v in %s", err, clip(page, 300))
	}
	checkDocument(t, docs[0])
	return docs[0].Text, docs[0].Warnings
}

func TestDeepPagesGiveTheirTextAndAWarning(t *testing.T) {
	for name, page := range map[string]string{
		"div":        strings.Repeat("<div>", 2000) + "<p>" + paragraph + "</p>",
		"span":       strings.Repeat("<span>", 2000) + paragraph,
		"blockquote": "<html><body>" + strings.Repeat("<blockquote>", 5000) + paragraph + strings.Repeat("</blockquote>", 5000),
		"list":       "<html><body>" + strings.Repeat("<ul><li>", 3000) + paragraph,
		"table":      "<html><body>" + strings.Repeat("<table><tr><td>", 1000) + paragraph,
	} {
		text, warnings := readPage(t, page)
		if !strings.Contains(text, paragraph) {
			t.Errorf("%s: the text was lost: %q", name, clip(text, 200))
		}
		if len(warnings) != 1 || !strings.Contains(warnings[0], "nests") {
			t.Errorf("%s: warnings %q", name, warnings)
		}
	}
	// Formatting tags say nothing of structure, so their depth is no trouble.
	text, warnings := readPage(t, "<p>"+strings.Repeat("<b><i>", 3000)+paragraph)
	if !strings.Contains(text, paragraph) || len(warnings) != 0 {
		t.Errorf("formatting tags: %q, %q", clip(text, 200), warnings)
	}
}

func TestOddPages(t *testing.T) {
	for name, page := range map[string]string{
		"no body":                "<title>x</title><p>" + paragraph,
		"unclosed everything":    "<html><body><div><p>" + paragraph + "<ul><li>one<li>two",
		"bare paragraph":         "<p>" + paragraph + "</p>",
		"frameset leftovers":     "<html><frameset></frameset><noframes>old</noframes></html><p>" + paragraph,
		"text outside of blocks": "<html><body>" + paragraph + "<br>more</body></html>",
		"XHTML":                  `<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><body><p>` + paragraph + "</p></body></html>",
		"comment first":          "<!-- a < b --><html><body><p>" + paragraph + "</p></body></html>",
		"everything in a form":   "<html><body><form id=aspnetForm><div><p>" + strings.Repeat(paragraph+" ", 6) + "</p></div></form></body></html>",
		"menu class on the page": `<html><body class="nav menu"><div class="sidebar"><p>` + strings.Repeat(paragraph+" ", 6) + "</p></div></body></html>",
		"page builder":           `<html><body><div class="elementor-element elementor-widget elementor-widget-heading"><h1>Fund pays for boats</h1></div><div class="elementor-widget elementor-widget-text-editor"><div class="elementor-widget-container"><p>` + paragraph + `</p></div></div></body></html>`,
		"wrapper with sidebar":   `<html><body><div class="wrap has-sidebar sidebar-right"><div class="text"><p>` + paragraph + `</p></div><div class="sidebar"><ul><li><a>Other</a></li></ul></div></div></body></html>`,
		"entities":               "<html><body><p>" + strings.ReplaceAll(paragraph, "e", "&#101;") + "</p></body></html>",
	} {
		if name == "frameset leftovers" {
			if docs, err := Read(Raw{Source: "a.html", Bytes: []byte(page)}, Options{}); err == nil {
				checkDocument(t, docs[0])
			}
			continue
		}
		if text, _ := readPage(t, page); !strings.Contains(text, paragraph) {
			t.Errorf("%s: %q", name, clip(text, 300))
		}
	}
}

// TestInlineTagsNeverGlueOrSplit is the property that names rest on: however inline tags cut the words, the line reads the same.
func TestInlineTagsNeverGlueOrSplit(t *testing.T) {
	words := strings.Fields(paragraph)
	tags := []string{"b", "i", "em", "strong", "font", "span", "u", "small", "mark", "abbr"}
	rapid.Check(t, func(rt *rapid.T) {
		var b strings.Builder
		for i, w := range words {
			if i > 0 {
				b.WriteString(rapid.SampledFrom([]string{" ", "\n", "  ", "&nbsp;", " <!-- c --> "}).Draw(rt, "space"))
			}
			tag := rapid.SampledFrom(tags).Draw(rt, "tag")
			cut := rapid.IntRange(0, len(w)).Draw(rt, "cut")
			switch rapid.IntRange(0, 3).Draw(rt, "how") {
			case 0:
				b.WriteString(w)
			case 1:
				fmt.Fprintf(&b, "<%s>%s</%s>%s", tag, w[:cut], tag, w[cut:])
			case 2:
				fmt.Fprintf(&b, "%s<%s class=x>%s</%s>", w[:cut], tag, w[cut:], tag)
			case 3:
				fmt.Fprintf(&b, "<%s><b>%s</b></%s><i>%s</i>", tag, w[:cut], tag, w[cut:])
			}
		}
		lines := render1(rt, "<p>"+b.String()+"</p>")
		if len(lines) != 1 || lines[0] != paragraph {
			rt.Fatalf("%s\nreads %q", b.String(), lines)
		}
	})
}

func render1(t failer, page string) []string {
	tree, err := parseHTML(page)
	if err != nil {
		t.Fatalf("%v", err)
	}
	var lines []string
	for _, l := range render(tree.Get(0), nil) {
		if l.text != "" {
			lines = append(lines, l.text)
		}
	}
	return lines
}

func TestRenderedLines(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"blocks never glue", "<div>a</div><div>b</div><p>c<p>d", "a/b/c/d"},
		{"br", "a<br>b<br/><br>c", "a/b/c"},
		{"list", "<ul><li>a<li><p>b</p><p>c</p></ul>", "a/b/c"},
		{"table", "<table><tr><th>a</th><th>b</th></tr><tr><td>c<br>d</td><td></td></tr></table>", "a | b/c d"},
		{"layout table", "<table><tr><td><p>a</p><p>b</p><p>c</p></td></tr></table>", "a/b/c"},
		{"links in a row", "<p><a>Ada</a><a>Jon</a></p>", "Ada Jon"},
		{"link and comma", "<p><a>Ada</a>, <a>Jon</a>.</p>", "Ada, Jon."},
		{"labels", `<p><span class=l>Rector</span><span class=v>Ada</span></p>`, "Rector Ada"},
		{"a word in two spans", `<p><span>Kirk</span><span>holm</span></p>`, "Kirkholm"},
		{"hidden scripts", "<p>a<script>x</script><style>y</style><template>z</template>b</p>", "ab"},
		{"definition list", "<dl><dt>a</dt><dd>b</dd></dl>", "a/b"},
		{"footnote mark", `<p>a<sup><a href="#1">[1]</a></sup>, 5 m<sup>2</sup></p>`, "a, 5 m2"},
	} {
		if got := strings.Join(render1(t, c.page), "/"); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
