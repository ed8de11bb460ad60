package review

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"dateline/corpus"
	"dateline/extract"
)

// state is the state of a fact, straight from the store.
func state(t *testing.T, s *corpus.Store, id string) corpus.ReviewState {
	t.Helper()
	f, err := s.Fact(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return f.State
}

// decisions are all decisions, first to last.
func decisions(t *testing.T, s *corpus.Store) []corpus.Decision {
	t.Helper()
	list, err := s.Decisions(context.Background(), corpus.DecisionFilter{})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestQueueShowsTheLeastCertainFirst(t *testing.T) {
	s := openStore(t)
	put(t, s, sample(t, "https://example.org/news/1"))
	p := newClient(t, s, nil).get("/").want(http.StatusOK)
	if got := p.text("#line"); !strings.HasPrefix(got, "memorandum signed: Lund Institute; Zeta College") {
		t.Errorf("in focus is %q", got)
	}
	if got := p.text(".focus blockquote mark.quote"); !strings.HasPrefix(got, "Anna Keller, director of the Lund Institute, signed") {
		t.Errorf("the quote is %q", got)
	}
	if got := p.page.Find(".list li").Length(); got != 6 {
		t.Errorf("the list has %d facts, want 6", got)
	}
	if got := p.text(".list li:nth-child(2) .line"); got != "Title Anna Keller, director, Lund Institute" {
		t.Errorf("the second of the list is %q", got)
	}
	if got := p.text(".list li:nth-child(4) .context"); got != "Anna Keller, director of the Lund Institute, signed a memorandum with Zeta College on 18 June in Lund." {
		t.Errorf("the fourth is quoted in %q", got)
	}
	for name, want := range map[string]string{"Signatories": "Anna Keller", "Date": "2025-06-18 18 June 2025", "Place": "Lund", "Rule": "agreement.active Why?"} {
		found := false
		p.page.Find(".focus .slots tr").Each(func(_ int, row *goquery.Selection) {
			if row.Find("th").Text() == name {
				found = true
				if got := strings.Join(strings.Fields(row.Find("td").Text()), " "); got != want {
					t.Errorf("%s is %q, want %q", name, got, want)
				}
			}
		})
		if !found {
			t.Errorf("the values have no %s", name)
		}
	}
	original, _ := p.page.Find(`.focus a[data-key="o"]`).Attr("href")
	if !strings.HasPrefix(original, "https://example.org/news/1#:~:text=Anna%20Keller%2C") {
		t.Errorf("the original is %q", original)
	}
	if rel, _ := p.page.Find(`.focus a[data-key="o"]`).Attr("rel"); rel != "noopener noreferrer" {
		t.Errorf("rel of the original is %q", rel)
	}
	if got := p.text(".progress"); !strings.HasPrefix(got, "0 of 6 facts decided 6 to review") {
		t.Errorf("the progress is %q", got)
	}
}

// TestEveryDecision goes through the queue with plain forms: accept, reject, skip, undo.
func TestEveryDecision(t *testing.T) {
	s := openStore(t)
	put(t, s, sample(t, "a.txt"))
	c := newClient(t, s, nil)
	p := c.get("/")
	first := p.form("form.decide")
	first.Set("why", "as the text says")
	p = c.post("/decide", press(first, "accept")).want(http.StatusOK)
	if got := state(t, s, first.Get("fact")); got != corpus.ReviewAccepted {
		t.Fatalf("the fact is %s, want accepted", got)
	}
	d := decisions(t, s)[0]
	if d.Who != "ana" || d.Why != "as the text says" || d.Made != "2023-11-14T22:13:20Z" || d.Action != corpus.Accept {
		t.Errorf("recorded is %+v", d)
	}
	if got := p.text("#told"); got != "Accepted." {
		t.Errorf("the next page says %q", got)
	}
	second := p.form("form.decide")
	if second.Get("fact") == first.Get("fact") {
		t.Fatal("the same fact is in focus again")
	}
	if got := p.text("#line"); got != "Anna Keller, director, Lund Institute" {
		t.Errorf("next in focus is %q", got)
	}
	p = c.post("/decide", press(second, "reject")).want(http.StatusOK)
	if got := state(t, s, second.Get("fact")); got != corpus.ReviewRejected {
		t.Fatalf("the second is %s, want rejected", got)
	}
	third := p.form("form.decide")
	p = c.post("/decide", press(third, "skip")).want(http.StatusOK)
	if got := state(t, s, third.Get("fact")); got != corpus.ReviewSkipped {
		t.Fatalf("the third is %s, want skipped", got)
	}
	if got := p.text(".progress p"); !strings.HasPrefix(got, "2 of 6 facts decided 1 accepted 1 rejected 1 skipped 3 to review") {
		t.Errorf("the progress is %q", got)
	}
	if got := p.text(".last p"); !strings.HasPrefix(got, "Skipped") {
		t.Errorf("the last decision is told as %q", got)
	}
	p = c.post("/undo", p.form("form.last")).want(http.StatusOK)
	if got := state(t, s, third.Get("fact")); got != corpus.ReviewOpen {
		t.Fatalf("after undo the third is %s, want open", got)
	}
	if got := p.form("form.decide").Get("fact"); got != third.Get("fact") {
		t.Error("the fact whose decision was undone is not in focus")
	}
	if got := p.text(".last p"); !strings.HasPrefix(got, "Rejected") {
		t.Errorf("what undo takes back next is told as %q", got)
	}
	if n := len(decisions(t, s)); n != 4 {
		t.Errorf("%d decisions are recorded, want 4", n)
	}
}

// TestEveryFactOnce accepts fact after fact; the queue ends when each was seen once.
func TestEveryFactOnce(t *testing.T) {
	s := openStore(t)
	put(t, s, many(t, 0, 20)...) // some 100 facts: several pages of the list
	c := newClient(t, s, nil)
	seen := map[string]bool{}
	p := c.get("/")
	for p.page.Find("form.decide").Length() > 0 {
		f := p.form("form.decide")
		if seen[f.Get("fact")] {
			t.Fatalf("%s comes twice", f.Get("fact"))
		}
		seen[f.Get("fact")] = true
		p = c.post("/decide", press(f, "accept")).want(http.StatusOK)
		if len(seen) > 200 {
			t.Fatal("the queue does not end")
		}
	}
	n, err := s.Progress(context.Background(), corpus.QueueFilter{})
	if err != nil {
		t.Fatal(err)
	}
	if n.Accepted != len(seen) || n.Open != 0 || len(seen) < 60 {
		t.Errorf("%d facts were seen; the store says %+v", len(seen), n)
	}
	if got := p.text("#line"); got != "All done" {
		t.Errorf("the last page says %q", got)
	}
}

// TestDoubleClick sends one form twice: one decision, and the same answer.
func TestDoubleClick(t *testing.T) {
	s := openStore(t)
	put(t, s, sample(t, "a.txt"))
	c := newClient(t, s, nil)
	f := press(c.get("/").form("form.decide"), "accept")
	one := c.post("/decide", f).want(http.StatusOK)
	two := c.post("/decide", f).want(http.StatusOK)
	if one.path != two.path {
		t.Errorf("the answers lead to %s and %s", one.path, two.path)
	}
	if n := len(decisions(t, s)); n != 1 {
		t.Errorf("%d decisions are recorded, want 1", n)
	}
	undo := one.form("form.last")
	c.post("/undo", undo).want(http.StatusOK)
	c.post("/undo", undo).want(http.StatusOK)
	if n := len(decisions(t, s)); n != 2 {
		t.Errorf("%d decisions are recorded after undo, want 2", n)
	}
}

// TestStaleTab decides about a fact that somebody else decided about meanwhile.
func TestStaleTab(t *testing.T) {
	s := openStore(t)
	put(t, s, sample(t, "a.txt"))
	ana, ben := newClient(t, s, nil), newClient(t, s, func(c *Config) { c.Who = "ben" })
	stale := ana.get("/?kind=title").form("form.decide")
	ben.post("/decide", press(ben.get("/?kind=title").form("form.decide"), "reject")).want(http.StatusOK)
	p := ana.post("/decide", press(stale, "accept")).want(http.StatusConflict)
	if got := state(t, s, stale.Get("fact")); got != corpus.ReviewRejected {
		t.Errorf("the fact is %s, want rejected as ben said", got)
	}
	if got := p.text("#told"); !strings.HasPrefix(got, "Changed meanwhile.") {
		t.Errorf("the page says %q", got)
	}
	if got := p.text(".focus .kindline .state"); got != "rejected" {
		t.Errorf("the fact is shown as %q, want rejected", got)
	}
	if n := len(decisions(t, s)); n != 1 {
		t.Errorf("%d decisions are recorded, want 1", n)
	}
	// The page that says so has a fresh form.
	ana.post("/decide", press(p.form("form.decide"), "accept")).want(http.StatusOK)
	if got := state(t, s, stale.Get("fact")); got != corpus.ReviewAccepted {
		t.Errorf("after another look the fact is %s, want accepted", got)
	}
	// An undo that somebody else was faster with.
	undo := ana.get("/").form("form.last")
	ben.post("/undo", url.Values{"decision": {undo.Get("decision")}, "key": {"other"}, "next": {"/"}}).want(http.StatusOK)
	if p := ana.post("/undo", undo).want(http.StatusConflict); !strings.HasPrefix(p.text("#told"), "Changed meanwhile.") {
		t.Errorf("the undo is answered with %q", p.text("#told"))
	}
	// A stale edit keeps what was typed.
	edit := ana.get("/fact/" + stale.Get("fact") + "/edit").form("form.edit")
	edit.Set("title", "rector")
	ben.post("/decide", press(ben.get("/fact/"+stale.Get("fact")).form("form.decide"), "skip")).want(http.StatusOK)
	p = ana.post("/edit", edit).want(http.StatusConflict)
	if got := p.form("form.edit").Get("title"); got != "rector" {
		t.Errorf("the form holds %q, want what was typed", got)
	}
	ben.post("/decide", press(ben.get("/fact/"+stale.Get("fact")).form("form.decide"), "accept")).want(http.StatusOK)
	p = ana.post("/edit", ana.post("/edit", p.form("form.edit")).want(http.StatusConflict).form("form.edit")).want(http.StatusOK)
	if got := p.text("#line"); got != "Anna Keller, rector, Lund Institute" {
		t.Errorf("after the edit the page shows %q", got)
	}
	if d := decisions(t, s); d[len(d)-1].Action != corpus.Edit || d[len(d)-1].Edited.Title.Title != "rector" {
		t.Errorf("the last decision is %+v", d[len(d)-1])
	}
}

// TestMovedFact decides about a fact that an edit gave another id meanwhile, and then about one that
// is not stated any more.
func TestMovedFact(t *testing.T) {
	s := openStore(t)
	item := sample(t, "a.txt")
	put(t, s, item)
	c := newClient(t, s, nil)
	p := c.get("/?kind=title")
	stale := press(p.form("form.decide"), "accept")
	address, _ := p.page.Find(`.focus a[data-key="e"]`).Attr("href")
	edit := c.get(address).form("form.edit")
	edit.Set("title", "rector")
	c.post("/edit", edit).want(http.StatusOK)
	p = c.post("/decide", stale).want(http.StatusConflict)
	if got := p.text("#told"); !strings.HasPrefix(got, "Changed meanwhile. Your decision was not recorded") {
		t.Errorf("the page says %q", got)
	}
	gone := press(c.get("/?kind=agreement").form("form.decide"), "accept")
	item.Facts = item.Facts[:5]
	put(t, s, item)
	p = c.post("/decide", gone).want(http.StatusConflict)
	if got := p.text("#told"); !strings.HasPrefix(got, "Changed meanwhile: that fact is not there any more.") {
		t.Errorf("the page says %q", got)
	}
	gone.Set("back", "/document/1")
	gone.Set("key", "another")
	c.post("/decide", gone).want(http.StatusConflict)
	if n := len(decisions(t, s)); n != 1 {
		t.Errorf("%d decisions are recorded, want the edit alone", n)
	}
	// Its old address leads to what it is now.
	p = c.get("/fact/" + stale.Get("fact")).want(http.StatusOK)
	if got := p.text("#line"); got != "Anna Keller, rector, Lund Institute" {
		t.Errorf("its old address shows %q", got)
	}
}

// TestEdits edits a fact of every kind, and sends each of its forms twice.
func TestEdits(t *testing.T) {
	for _, test := range []struct {
		kind  extract.Kind
		set   map[string]string
		wrong map[string]string // field → value that is refused
		check func(extract.Fact) bool
		line  string
	}{
		{extract.KindPerson, map[string]string{"name": "Anna  Keller-Lind", "aliases": "Keller\r\nDr. Keller\r\n\r\nKeller"}, map[string]string{"name": " "},
			func(f extract.Fact) bool {
				return f.Person.Name == "Anna Keller-Lind" && strings.Join(f.Person.Aliases, "|") == "Keller|Dr. Keller"
			}, "Anna Keller-Lind"},
		{extract.KindInstitution, map[string]string{"name": "Lund Institute of Technology", "parent": "Lund University"}, map[string]string{"name": "", "parent": strings.Repeat("x", 501)},
			func(f extract.Fact) bool {
				return f.Institution.Name == "Lund Institute of Technology" && f.Institution.Parent == "Lund University"
			}, "Lund Institute of Technology"},
		{extract.KindTitle, map[string]string{"title": "deputy director", "when": "former"}, map[string]string{"person": "", "title": "", "when": "now"},
			func(f extract.Fact) bool { return f.Title.Title == "deputy director" && f.Title.When == "former" }, "Anna Keller, former deputy director, Lund Institute"},
		{extract.KindDate, map[string]string{"value": "2025-06-17", "mod": "APPROX"}, map[string]string{"value": "18 June", "type": "day", "mod": "MAYBE"},
			func(f extract.Fact) bool { return f.Date.Value == "2025-06-17" && f.Date.Mod == "APPROX" }, "2025-06-17 APPROX"},
		{extract.KindAgreement, map[string]string{"type": "contract", "parties": "Lund Institute\nZeta College\nLund", "subject": "teachers", "place": ""}, map[string]string{"parties": "\n", "date": "2025-13-01", "type": "deal", "status": ""},
			func(f extract.Fact) bool {
				return f.Agreement.Type == "contract" && len(f.Agreement.Parties) == 3 && f.Agreement.Subject == "teachers" && f.Agreement.Place == ""
			}, "contract signed: Lund Institute; Zeta College; Lund, 2025-06-18, on teachers"},
	} {
		t.Run(string(test.kind), func(t *testing.T) {
			s := openStore(t)
			put(t, s, sample(t, "a.txt"))
			c := newClient(t, s, nil)
			p := c.get("/?kind=" + string(test.kind))
			address, _ := p.page.Find(`.focus a[data-key="e"]`).Attr("href")
			p = c.get(address).want(http.StatusOK)
			form := p.form("form.edit")

			if got := c.post("/edit", form).want(http.StatusUnprocessableEntity).text("#told"); !strings.HasPrefix(got, "Nothing differs") {
				t.Errorf("an edit of nothing is answered with %q", got)
			}
			for name, value := range test.wrong {
				bad := c.get(address).form("form.edit")
				bad.Set(name, value)
				p := c.post("/edit", bad).want(http.StatusUnprocessableEntity)
				if p.text("#e-"+name) == "" {
					t.Errorf("%s = %q is refused without a message at the field: %s", name, value, p.text(".error"))
				}
				if p.page.Find(`[name="`+name+`"][aria-invalid="true"][aria-describedby^="e-`+name+`"]`).Length() != 1 {
					t.Errorf("the field %s is not tied to its message", name)
				}
			}
			if n := len(decisions(t, s)); n != 0 {
				t.Fatalf("%d decisions were recorded by refused forms", n)
			}

			for name, value := range test.set {
				if _, ok := form[name]; !ok {
					t.Fatalf("the form has no field %s: %v", name, form)
				}
				form.Set(name, value)
			}
			form.Set("why", "checked")
			p = c.post("/edit", form).want(http.StatusOK)
			if got := p.text("#told"); got != "Edited and accepted." {
				t.Errorf("the page says %q", got)
			}
			c.post("/edit", form).want(http.StatusOK)
			list := decisions(t, s)
			if len(list) != 1 || list[0].Action != corpus.Edit || !test.check(*list[0].Edited) {
				t.Fatalf("recorded is %+v", list)
			}
			found, err := s.Queue(context.Background(), corpus.QueueFilter{Kind: string(test.kind), State: corpus.ReviewAccepted})
			if err != nil || len(found.Facts) != 1 || !found.Facts[0].Edited {
				t.Fatalf("accepted are %+v (%v)", found.Facts, err)
			}
			p = c.get("/fact/" + found.Facts[0].ID).want(http.StatusOK)
			if got := p.text("#line"); !strings.HasPrefix(got, test.line) {
				t.Errorf("the fact is shown as %q, want %q", got, test.line)
			}
			if got := p.text(".kindline .edited"); got != "edited" {
				t.Error("the fact does not say that it was edited")
			}
			if got := p.text("section h2"); !strings.Contains(got, "Before it was edited") {
				t.Error("what the program read is not shown")
			}
			c.post("/undo", p.form(".history form")).want(http.StatusOK)
			open, err := s.Queue(context.Background(), corpus.QueueFilter{Kind: string(test.kind), State: corpus.ReviewOpen})
			if err != nil || len(open.Facts) == 0 || open.Facts[0].Edited {
				t.Errorf("after undo, open are %+v (%v)", open.Facts, err)
			}
		})
	}
}

// TestFilters asks for each filter by its form, and for all at once.
func TestFilters(t *testing.T) {
	s := openStore(t)
	put(t, s, append(many(t, 0, 3), sample(t, "https://lund.example/a"))...)
	c := newClient(t, s, nil)
	for query, want := range map[string]int{
		"kind=title": 4, "q=memorandum": 6, "publisher=Lund+Institute": 6, "rule=agreement.active": 1, "person=keller": 3, "institution=zeta": 2, "source=lund.example": 6, "document=4": 6,
		"state=accepted": 0, "kind=title&q=memorandum&rule=title.apposition&publisher=Lund+Institute": 1,
	} {
		p := c.get("/?" + query).want(http.StatusOK)
		if got := p.page.Find(".list li").Length(); got != want {
			t.Errorf("%s lists %d facts, want %d", query, got, want)
		}
		if want == 0 && p.text("#line") != "Nothing matches" {
			t.Errorf("%s says %q", query, p.text("#line"))
		}
		// The form holds what was asked, so that one more filter adds to it.
		form, asked := p.form("form.filters"), must(url.ParseQuery(query))
		for name := range asked {
			if form.Get(name) != asked.Get(name) {
				t.Errorf("the form of %s has %s = %q", query, name, form.Get(name))
			}
		}
	}
	for query, want := range map[string]int{"kind=nonsense": 400, "after=nonsense": 400, "q=%21%21": 400, "person=%21": 400, "fact=ffff": 200, "document=x": 200, "state=nonsense": 400, "q=" + strings.Repeat("x", 1000): 200} {
		if p := c.get("/?" + query); p.code != want {
			t.Errorf("%s is answered with %d, want %d", query, p.code, want)
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// TestPages looks at what each other page shows.
func TestPages(t *testing.T) {
	s := openStore(t)
	put(t, s, sample(t, "https://example.org/1"), sample(t, "https://example.org/2"))
	c := newClient(t, s, nil)
	p := c.get("/document/1").want(http.StatusOK)
	if got := p.page.Find(".text mark").Length(); got != 6 {
		t.Errorf("the document has %d marks, want 6:\n%s", got, p.body)
	}
	if got := p.text(".text mark.agreement"); got != "Anna Keller, director of the Lund Institute, signed a memorandum with Zeta College on 18 June in Lund." {
		t.Errorf("the agreement's mark holds %q", got)
	}
	if p.page.Find(".text mark.agreement mark.title mark.person").Length() != 1 {
		t.Error("the marks do not lie in each other")
	}
	if p.page.Find(".text ul li").Length() != 2 || p.text(".text h2") != "Institute and college work together" {
		t.Error("headings and lists are not shown as such")
	}
	for _, want := range []string{"Published19 June 2025 from the metadata of the page", "PublisherLund Institute from the metadata of the page", "Version1 of 1"} {
		if got := p.text(".meta"); !strings.Contains(got, want) {
			t.Errorf("about the document is said %q, without %q", got, want)
		}
	}
	p.page.Find(".list li .line a").Each(func(_ int, a *goquery.Selection) {
		if target, _ := a.Attr("href"); p.page.Find(target).Length() != 1 {
			t.Errorf("%s leads nowhere", target)
		}
	})
	// A decision on the page of a document is about that document alone.
	form := p.form(`.list li:nth-child(1) form`)
	p = c.post("/decide", press(form, "reject")).want(http.StatusOK)
	if !strings.HasPrefix(p.path, "/document/1") {
		t.Errorf("the decision leads to %s", p.path)
	}
	detail := must(s.Fact(context.Background(), form.Get("fact")))
	if detail.State == corpus.ReviewRejected || detail.Statements[0].State != corpus.ReviewRejected || detail.Statements[1].State != corpus.ReviewOpen {
		t.Errorf("the fact is %s, its statements %s and %s", detail.State, detail.Statements[0].State, detail.Statements[1].State)
	}

	p = c.get("/fact/" + form.Get("fact")).want(http.StatusOK)
	if p.page.Find(".history li").Length() != 1 || p.page.Find(".others li").Length() != 1 {
		t.Errorf("the page of the fact shows %d decisions and %d other documents", p.page.Find(".history li").Length(), p.page.Find(".others li").Length())
	}
	p = c.get("/history").want(http.StatusOK)
	if got := p.text(".decisions li .did"); !strings.HasPrefix(got, "Rejected Anna Keller") {
		t.Errorf("the history begins with %q", got)
	}
	if got := c.get("/history?who=nobody").text(".decisions"); got != "" {
		t.Errorf("nobody has decided %q", got)
	}
	p = c.get("/search?q=memorandum").want(http.StatusOK)
	if p.page.Find(".found li").Length() != 2 || p.page.Find(".list li").Length() == 0 {
		t.Error("the search does not list both documents and facts")
	}
	hurried := newClient(t, s, func(c *Config) { c.Patience = time.Nanosecond })
	p = hurried.get("/search?q=memorandum").want(http.StatusOK)
	if p.page.Find(".found li").Length() != 2 || p.page.Find(".list li").Length() != 0 {
		t.Error("a search without patience does not list the documents alone")
	}
	later, _ := p.page.Find(".list a").Attr("href")
	if p = hurried.get(later).want(http.StatusOK); p.page.Find(".list li").Length() == 0 {
		t.Errorf("%s does not list the facts", later)
	}
	if got := c.get("/search?q=zebra").text(".found p"); got != "No document holds all of these words." {
		t.Errorf("a search for nothing says %q", got)
	}
	if got := p.text(".found li .snippet mark"); got != "memorandum memorandum" && got != "memorandummemorandum" {
		t.Errorf("the words found are marked as %q", got)
	}
	if p := c.get("/search?q=%21").want(http.StatusOK); p.text(".warning") == "" {
		t.Error("a search without a word says nothing of it")
	}
	c.get("/search?q=memorandum&since=nonsense").want(http.StatusBadRequest)
	if got := c.get("/search?q=memorandum&since=2026").want(http.StatusOK).text("#documents-title"); got != "0 documents" {
		t.Errorf("since 2026 there are %q", got)
	}
	if got := c.get("/orphans").want(http.StatusOK).text("main p"); !strings.Contains(got, "Every decision finds what it was about.") {
		t.Errorf("the orphans are %q", got)
	}
	if got := c.get("/help").want(http.StatusOK).text(".column .keys th"); !strings.HasPrefix(got, "aresuw") {
		t.Errorf("the keys are %q", got)
	}
	for _, path := range []string{"/fact/ffffffffffffffff", "/fact/zz", "/document/99", "/document/0", "/document/x", "/static/none", "/static/..%2freview.go", "/fact/ffff/edit"} {
		if p := c.get(path); p.code != http.StatusNotFound {
			t.Errorf("%s is answered with %d, want 404", path, p.code)
		}
	}
}

// TestOrphans takes the words away that a decision was about.
func TestOrphans(t *testing.T) {
	s := openStore(t)
	item := sample(t, "a.txt")
	put(t, s, item)
	c := newClient(t, s, nil)
	c.post("/decide", press(c.get("/?kind=agreement").form("form.decide"), "accept")).want(http.StatusOK)
	item.Facts = item.Facts[:5]
	put(t, s, item)
	p := c.get("/orphans").want(http.StatusOK)
	if got := p.text(".decisions .did"); !strings.HasPrefix(got, "Accepted memorandum signed") {
		t.Errorf("the orphans are %q", got)
	}
	if got := p.text(".target .state"); got != "no longer read there" {
		t.Errorf("what became of it is told as %q", got)
	}
}

// TestLongDocument pages through a text of 10 MB. Each page holds its part and the facts of it.
func TestLongDocument(t *testing.T) {
	s := openStore(t)
	var text strings.Builder
	for i := 0; text.Len() < 10<<20; i++ {
		fmt.Fprintf(&text, "Line %d tells of nothing in particular, and “so on”.\n", i)
		if i == 3000 {
			text.WriteString("Zoë Keller spoke.\n")
		}
	}
	r := newRelease(t, "long.txt", text.String())
	r.person("Zoë Keller", 0.5)
	put(t, s, r.item)
	c := newClient(t, s, nil)
	p := c.get("/").want(http.StatusOK)
	address, _ := p.page.Find(`.focus a[data-key="d"]`).Attr("href")
	if !strings.HasPrefix(address, "/document/1?from=150000#at-") {
		t.Fatalf("the document is at %q", address)
	}
	p = c.get(strings.Split(address, "#")[0]).want(http.StatusOK)
	if got := p.text(".text mark.person"); got != "Zoë Keller" {
		t.Errorf("the mark is %q", got)
	}
	if n := len(p.body); n > 400_000 {
		t.Errorf("a page has %d bytes", n)
	}
	var all strings.Builder
	pages := 0
	for address := "/document/1"; address != ""; pages++ {
		part := must(s.Part(context.Background(), 1, pages*partLength, partLength))
		all.WriteString(part.Text)
		p := c.get(address).want(http.StatusOK)
		address, _ = p.page.Find(".pager a[rel=next]").Attr("href")
		if pages == 4 {
			pages += 185 // the first and the last ones are enough to ask for
			address = fmt.Sprintf("/document/1?from=%d", (pages+1)*partLength)
		}
	}
	if want := 195; pages < want {
		t.Errorf("the document has %d pages, want at least %d", pages, want)
	}
	if got := c.get("/document/1?from=99999999999").want(http.StatusOK).text(".text"); got != "This document has no text." {
		t.Errorf("behind the end is %q", got)
	}
}

// TestReadOnly shows everything and changes nothing.
func TestReadOnly(t *testing.T) {
	s := openStore(t)
	put(t, s, sample(t, "a.txt"))
	form := press(newClient(t, s, nil).get("/").form("form.decide"), "accept")
	c := newClient(t, s, func(c *Config) { c.ReadOnly, c.Notice = true, "It can only be read." })
	for _, path := range []string{"/", "/fact/" + form.Get("fact"), "/document/1", "/history", "/search?q=memorandum"} {
		p := c.get(path).want(http.StatusOK)
		if got := p.text(".banner"); got != "It can only be read." {
			t.Errorf("%s has the banner %q", path, got)
		}
		if n := p.page.Find(`form[method="post"]`).Length(); n != 0 {
			t.Errorf("%s has %d forms that decide", path, n)
		}
	}
	c.get("/fact/" + form.Get("fact") + "/edit").want(http.StatusForbidden)
	for _, r := range routes {
		if r.changes {
			c.post(r.pattern, form).want(http.StatusForbidden)
		}
	}
	if n := len(decisions(t, s)); n != 0 {
		t.Errorf("%d decisions were recorded", n)
	}
}

// TestBadForms sends what no page of this server holds.
func TestBadForms(t *testing.T) {
	s := openStore(t)
	put(t, s, sample(t, "a.txt"))
	c := newClient(t, s, nil)
	good := press(c.get("/").form("form.decide"), "accept")
	for name, change := range map[string]func(url.Values){
		"no action":      func(v url.Values) { v.Del("action") },
		"undo as action": func(v url.Values) { v.Set("action", "undo") },
		"edit as action": func(v url.Values) { v.Set("action", "edit") },
		"no fact":        func(v url.Values) { v.Del("fact") },
		"no version":     func(v url.Values) { v.Del("seen") },
		"no key":         func(v url.Values) { v.Del("key") },
		"a long key":     func(v url.Values) { v.Set("key", strings.Repeat("k", 300)) },
		"a long reason":  func(v url.Values) { v.Set("why", strings.Repeat("w", 3000)) },
		"bad document":   func(v url.Values) { v.Set("document", "-4") },
	} {
		v := must(url.ParseQuery(good.Encode()))
		change(v)
		if p := c.post("/decide", v); p.code != http.StatusBadRequest {
			t.Errorf("%s: answered with %d, want 400", name, p.code)
		}
	}
	if p := c.do(request(http.MethodPost, "/decide", "fact=%zz")); p.code != http.StatusBadRequest {
		t.Errorf("a form that is none is answered with %d", p.code)
	}
	if p := c.do(request(http.MethodPost, "/decide", "why="+strings.Repeat("x", formSize))); p.code != http.StatusRequestEntityTooLarge {
		t.Errorf("a form that is too long is answered with %d", p.code)
	}
	for _, next := range []string{"//evil.example/", "https://evil.example/", `/\evil.example`, "javascript:alert(1)", "\t//evil.example", "/\n/evil.example"} {
		v := press(c.get("/").form("form.decide"), "skip")
		v.Set("next", next)
		r := request(http.MethodPost, "/decide", v.Encode())
		p := c.do(r)
		if p.code != http.StatusOK || !strings.HasPrefix(p.path, "/?") {
			t.Errorf("next %q leads to %s (%d)", next, p.path, p.code)
		}
	}
	if n := len(decisions(t, s)); n != 6 {
		t.Errorf("%d decisions are recorded, want the 6 with a bad next", n)
	}
}
