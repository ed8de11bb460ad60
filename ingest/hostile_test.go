package ingest

import (
	"fmt"
	"sort"
	"strings"
	"testing"
	"time"
)

// hostile makes inputs of about n bytes that have made text programs slow.
var hostile = []struct {
	name string
	make func(n int) string
}{
	{"one sentence", func(n int) string { return strings.Repeat("word ", n/5) }},
	{"one word", func(n int) string { return strings.Repeat("a", n) }},
	{"capitals", func(n int) string { return strings.Repeat("Alpha Beta ", n/11) }},
	{"digits", func(n int) string { return strings.Repeat("1", n) }},
	{"telephone groups", func(n int) string { return strings.Repeat("12 ", n/3) }},
	{"open brackets", func(n int) string { return strings.Repeat("(", n) }},
	{"brackets", func(n int) string { return strings.Repeat("()", n/2) }},
	{"open credits", func(n int) string { return strings.Repeat("(photo by ", n/10) }},
	{"credits", func(n int) string { return strings.Repeat("(photo by A) ", n/13) }},
	{"quotation marks", func(n int) string { return strings.Repeat("\"", n) }},
	{"at signs", func(n int) string { return strings.Repeat("a@", n/2) }},
	{"combining marks", func(n int) string { return "a" + strings.Repeat("\u0301", n/2) }},
	{"line feeds", func(n int) string { return "a" + strings.Repeat("\n", n) + "b" }},
	{"short lines", func(n int) string { return strings.Repeat("Ab\n", n/3) }},
	{"contacts", func(n int) string { return "CONTACTS\n" + strings.Repeat("x@y.com +7 777 123 45 67\n", n/25) }},
	{"wrapped lines", func(n int) string {
		return strings.Repeat("The rector of the school signed an agreement with the ministry again\n", n/69)
	}},
	{"broken UTF-8", func(n int) string { return strings.Repeat("Müller \xff text ü é ", n/22) }},
	{"single bytes", func(n int) string { return strings.Repeat("\xcf\xf0\xe8\xe2\xe5\xf2 ", n/7) }},
	{"page: paragraphs", func(n int) string { return pageOf(strings.Repeat("<p>"+paragraph+"</p>", n/130)) }},
	{"page: open div", func(n int) string { return pageOf(strings.Repeat("<div>a ", n/7)) }},
	{"page: formatting opened again", func(n int) string { return pageOf(strings.Repeat("<b class=x>", 200) + strings.Repeat("<p>a", n/4)) }},
	{"page: open links", func(n int) string { return pageOf(strings.Repeat("<a href=x><p>a", n/14)) }},
	{"page: nested tables", func(n int) string { return pageOf(strings.Repeat("<table><tr><td>a", n/16)) }},
	{"page: foster parents", func(n int) string { return pageOf("<table>" + strings.Repeat("<span>a<p>", n/10)) }},
	{"page: rows", func(n int) string { return pageOf("<table>" + strings.Repeat("<tr><td>a<td>b", n/14)) }},
	{"page: items", func(n int) string { return pageOf("<ul>" + strings.Repeat("<li>a b c", n/9)) }},
	{"page: spans", func(n int) string { return pageOf("<p>" + strings.Repeat("<span class=a>x</span>", n/22)) }},
	{"page: deep and wide", func(n int) string {
		s := strings.Repeat("<div>", 400) + "words" + strings.Repeat("</div>", 400)
		return pageOf(strings.Repeat(s, n/len(s)+1))
	}},
	{"page: less-than signs", func(n int) string { return pageOf("words" + strings.Repeat("<", n)) }},
	{"page: open comments", func(n int) string { return pageOf("words" + strings.Repeat("<!--", n/4)) }},
	{"page: line breaks", func(n int) string { return pageOf("words" + strings.Repeat("x<br>", n/5)) }},
	{"page: headlines", func(n int) string { return pageOf(strings.Repeat("<h1>Some title x</h1>", n/21)) }},
	{"page: credits in a caption", func(n int) string {
		return pageOf("<p>words</p><figcaption>" + strings.Repeat("a <span class=credit>x</span>", n/28))
	}},
	{"page: nested JSON-LD", func(n int) string {
		return pageOf("words<script type='application/ld+json'>" + strings.Repeat("[", n) + "</script>")
	}},
	{"page: charset tags", func(n int) string { return pageOf(strings.Repeat("<meta charset=x>", n/16) + "words\xff") }},
	{"page: times", func(n int) string { return pageOf("<p>words</p>" + strings.Repeat("<time>x</time>", n/14)) }},
	{"JSON: open brackets", func(n int) string { return `{"text":` + strings.Repeat("[", n) }},
	{"JSON: lines", func(n int) string { return strings.Repeat("{\"text\":\"a b\"}\n", n/15) }},
}

func pageOf(body string) string { return "<html><body>" + body }

// elapsed is the median time of three readings.
func elapsed(data []byte) time.Duration {
	var times []time.Duration
	for range 3 {
		start := time.Now()
		Read(Raw{Source: "a", Bytes: data}, Options{})
		times = append(times, time.Since(start))
	}
	sort.Slice(times, func(i, j int) bool { return times[i] < times[j] })
	return times[1]
}

// TestSlope holds that time grows with the size of the input and not with its square: four times the input, at most six times
// the time. (The clock is read to measure, never to decide what a document is.)
func TestSlope(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED by -short. Not tested: that reading is linear on hostile input")
	}
	const small, floor = 64 << 10, 20 * time.Millisecond
	for _, h := range hostile {
		var report string
		for try := 0; try < 3; try++ { // another program on the machine is no slope
			a, b := elapsed([]byte(h.make(small))), elapsed([]byte(h.make(4*small)))
			report = fmt.Sprintf("%v for %d KB, %v for %d KB", a, small>>10, b, 4*small>>10)
			// Below the floor the clock measures start-up and garbage collection.
			if b <= 6*max(a, floor) && b < 2*time.Second {
				report = ""
				break
			}
		}
		if report != "" {
			t.Errorf("%s: %s", h.name, report)
		}
	}
}

// TestHostileInputGivesACleanAnswer reads each hostile input once: a document that holds its promises, or a refusal.
func TestHostileInputGivesACleanAnswer(t *testing.T) {
	for _, h := range hostile {
		docs, err := Read(Raw{Source: "a", Bytes: []byte(h.make(32 << 10))}, Options{})
		if len(docs) == 0 && len(Refusals(err)) == 0 {
			t.Errorf("%s: neither a document nor a refusal: %v", h.name, err)
		}
		for _, d := range docs {
			checkDocument(t, d)
		}
	}
}
