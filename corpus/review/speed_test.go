package review

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/corpus"
	"dateline/extract"
	"dateline/extract/token"
)

// crowd puts n releases of 3 KB with 14 facts each. Institutions come back often, people sometimes,
// years very often: a fact of thousands of documents is there, too.
func crowd(t testing.TB, s *corpus.Store, n int) {
	t.Helper()
	rng := rand.New(rand.NewPCG(5, 5))
	filler := strings.Repeat("The parties spoke about further cooperation in teaching and research and thanked all guests for coming. ", 25)
	institution := func() string { return "Institute" + letters(rng.IntN(20+n/4)) + " College" }
	person := func() string { k := rng.IntN(20 + 2*n); return "P" + letters(k) + " S" + letters(k*7) }
	batch := make([]corpus.Item, 0, 500)
	for i := range n {
		a, b := institution(), institution()
		day, year := 1+rng.IntN(28), 2015+rng.IntN(10)
		var text strings.Builder
		fmt.Fprintf(&text, "%s and %s signed a memorandum on %d March %d. ", a, b, day, year)
		people := make([]string, 4)
		for k := range people {
			people[k] = person()
			fmt.Fprintf(&text, "Post%d %s of %s spoke. ", k, people[k], a)
		}
		fmt.Fprintf(&text, "%sThe work goes on in %d.", filler, year+1)
		r := newRelease(t, fmt.Sprintf("https://site%d.example/%05d", i%40, i), text.String())
		r.item.Doc.Publisher.Name = fmt.Sprintf("Site %d", i%40)
		r.item.Doc.Published.Value = fmt.Sprintf("%d-03-%02d", year, 1+rng.IntN(28))
		c := func() float64 { return float64(40+rng.IntN(60)) / 100 }
		r.date(fmt.Sprintf("%d-03-%02d", year, day), fmt.Sprintf("%d March %d", day, year), c()).date(fmt.Sprint(year+1), fmt.Sprintf("in %d", year+1), c())
		r.institution(a, c())
		if b != a {
			r.institution(b, c())
		}
		for k, name := range people {
			r.person(name, c()).title(name, fmt.Sprintf("Post%d", k), a, fmt.Sprintf("Post%d %s", k, name), c())
		}
		sentence := text.String()[:strings.Index(text.String(), ". ")+1]
		r.agreement(extract.Agreement{Type: "memorandum", Status: "signed", Parties: []string{a, b}, Date: fmt.Sprintf("%d-03-%02d", year, day)}, sentence, c())
		seen := map[token.Span]bool{}
		r.item.Facts = slices.DeleteFunc(r.item.Facts, func(f extract.Fact) bool { // a person who was drawn twice
			again := f.Kind == extract.KindPerson && seen[f.Citations[0].Span]
			seen[f.Citations[0].Span] = seen[f.Citations[0].Span] || f.Kind == extract.KindPerson
			return again
		})
		if batch = append(batch, r.item); len(batch) == cap(batch) || i == n-1 {
			put(t, s, batch...)
			batch = batch[:0]
		}
	}
}

// TestPagesAreFast measures how long pages take to make, 95 times of 100: in time of the processor,
// because a watch would measure what else the machine does. In full that is on 20,000 documents.
func TestPagesAreFast(t *testing.T) {
	const quick = 50 * time.Millisecond
	documents := 1000
	if os.Getenv("DATELINE_FAULTS") == "full" {
		documents = 20_000
	}
	if testing.Short() {
		documents = 200
	}
	s := openStore(t)
	begun := time.Now()
	crowd(t, s, documents)
	stats := must(s.Stats(context.Background()))
	t.Logf("%d documents with %v facts, %d citations, stored in %v", stats.Documents, stats.Facts, stats.Citations, time.Since(begun).Round(time.Second))
	c := newClient(t, s, func(c *Config) { c.Patience = 0 })
	rng := rand.New(rand.NewPCG(3, 3))
	year := ""
	for _, f := range must(s.Facts(context.Background(), corpus.Filter{Kind: "date", Limit: 50000})) {
		if len(f.Value) == 4 && (year == "" || f.Sources > 100) {
			year = f.ID
		}
	}
	after := must(s.Queue(context.Background(), corpus.QueueFilter{Limit: 500})).Next
	for _, page := range []struct {
		name  string
		limit time.Duration
		ask   func(i int)
	}{
		{"queue", quick, func(int) { c.get("/").want(http.StatusOK) }},
		{"queue, later page", quick, func(int) { c.get("/?after=" + after).want(http.StatusOK) }},
		{"queue of a kind", quick, func(i int) { c.get("/?kind=" + string(extract.Kinds[i%5])).want(http.StatusOK) }},
		{"queue of a publisher", quick, func(i int) { c.get(fmt.Sprintf("/?publisher=Site+%d", i%40)).want(http.StatusOK) }},
		{"queue of a rule", 4 * quick, func(int) { c.get("/?rule=title.apposition").want(http.StatusOK) }},
		{"queue of a document", quick, func(int) { c.get(fmt.Sprintf("/?document=%d", 1+rng.IntN(documents))).want(http.StatusOK) }},
		{"queue by a rare word", quick, func(int) { c.get("/?q=Institute" + letters(rng.IntN(20+documents/4))).want(http.StatusOK) }},
		{"queue by a common word", 20 * quick, func(int) { c.get("/?q=memorandum").want(http.StatusOK) }},
		{"fact of very many documents", 2 * quick, func(int) { c.get("/?fact=" + year).want(http.StatusOK) }},
		{"document", quick, func(int) { c.get(fmt.Sprintf("/document/%d", 1+rng.IntN(documents))).want(http.StatusOK) }},
		{"search", 10 * quick, func(int) { c.get("/search?q=Institute" + letters(rng.IntN(20+documents/4))).want(http.StatusOK) }},
		{"search for a common word", 20 * quick, func(int) { c.get("/search?q=memorandum").want(http.StatusOK) }},
		{"decision and next fact", 2 * quick, func(int) {
			c.post("/decide", press(c.get("/").form("form.decide"), "accept")).want(http.StatusOK)
		}},
		{"history", quick, func(int) { c.get("/history").want(http.StatusOK) }},
	} {
		var took, watch []time.Duration
		for i := range 40 {
			from, used := time.Now(), processorTime()
			page.ask(i)
			took, watch = append(took, processorTime()-used), append(watch, time.Since(from))
		}
		slices.Sort(took)
		slices.Sort(watch)
		ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
		p95 := took[len(took)*95/100]
		t.Logf("%-27s processor: p50 %6.1f ms, p95 %6.1f ms; watch: p50 %6.1f ms, p95 %6.1f ms", page.name,
			ms(took[len(took)/2]), ms(p95), ms(watch[len(watch)/2]), ms(watch[len(watch)*95/100]))
		if p95 > page.limit {
			t.Errorf("%s takes %v, at most %v is allowed", page.name, p95, page.limit)
		}
	}
}
