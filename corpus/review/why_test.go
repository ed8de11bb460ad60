package review

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"dateline/extract"
	"dateline/ingest/document"
)

// follow goes where the first "Why?" of a page leads.
func follow(t *testing.T, c *client, p *answered) *answered {
	t.Helper()
	address := ""
	p.page.Find("a").EachWithBreak(func(_ int, a *goquery.Selection) bool {
		if strings.HasPrefix(a.Text(), "Why?") {
			address = a.AttrOr("href", "")
		}
		return address == ""
	})
	if address == "" {
		t.Fatalf("%s: no link asks why", p.path)
	}
	return c.get(address).want(http.StatusOK)
}

func TestWhyIsAnsweredFromFactAndDocument(t *testing.T) {
	s := openStore(t)
	put(t, s, sample(t, "https://example.org/news/1"))
	c := newClient(t, s, nil)
	queue := c.get("/").want(http.StatusOK) // an agreement is in focus
	fact, _ := queue.page.Find(`.facts-of a[href^="/fact/"]`).First().Attr("href")
	for name, p := range map[string]*answered{
		"queue": follow(t, c, queue), "fact": follow(t, c, c.get(strings.Split(fact, "?")[0]).want(http.StatusOK)), "document": follow(t, c, c.get("/document/1").want(http.StatusOK)),
	} {
		if got := p.text("blockquote"); got != "Anna Keller, director of the Lund Institute, signed a memorandum with Zeta College on 18 June in Lund." {
			t.Errorf("from the %s the sentence is %q", name, got)
		}
		all := p.text("main")
		for _, want := range []string{
			"Anna Keller: person by person.post-behind", "+2.5its post behind it", "words of names: Anna: forename; Keller: surname", "a person by evidence alone from 1.5 on",
			"director of Anna Keller, Lund Institute title.apposition", "18 June 2025-06-18", "signed memorandum signed", "Agreement memorandum signed: Lund Institute; Zeta College, 2025-06-18",
		} {
			if !strings.Contains(strings.ReplaceAll(all, " ", ""), strings.ReplaceAll(want, " ", "")) {
				t.Errorf("from the %s: %q is missing in\n%s", name, want, all)
			}
		}
	}
	// The sentence behind it is one step away, with what was refused there.
	p := follow(t, c, queue)
	later, _ := p.page.Find(`a[rel="next"]`).Attr("href")
	next := c.get(later).want(http.StatusOK)
	if got := next.text("blockquote"); got != "The deans of both looked on." {
		t.Errorf("the next sentence is %q", got)
	}
	if got := next.text("main"); !strings.Contains(got, "title.plural") {
		t.Errorf("the deans are not refused: %s", got)
	}
	if earlier, _ := next.page.Find(`a[rel="prev"]`).Attr("href"); c.get(earlier).text("blockquote") != p.text("blockquote") {
		t.Errorf("%s does not lead back", earlier)
	}
}

func TestWhyOfOddPlaces(t *testing.T) {
	s := openStore(t)
	french := newRelease(t, "fr.txt", "Le directeur a signé un accord.").item
	french.Doc.Language = "fr"
	long := newRelease(t, "long.txt", strings.Repeat("It rained. ", longestExplained/11+1)).item
	put(t, s, sample(t, "a.txt"), french, long)
	c := newClient(t, s, nil)
	for path, want := range map[string]string{
		"/document/1/why":                                "Institute and college work together",
		"/document/1/why?at=-7&to=x":                     "Institute and college work together",
		"/document/1/why?at=99999999999999999999&to=3":   "exchange of students",
		"/document/1/why?at=40&to=999999999":             "training of teachers",
		"/document/1/why?at=9223372036854775807&to=1234": "exchange of students",
		"/document/2/why?at=3":                           "Nothing was read: not English (fr)",
	} {
		if got := c.get(path).want(http.StatusOK).text("main"); !strings.Contains(got, want) {
			t.Errorf("%s: %q is missing in %q", path, want, got)
		}
	}
	if got := c.get("/document/3/why?at=3").want(http.StatusUnprocessableEntity).text("main"); !strings.Contains(got, "dateline explain 3") {
		t.Errorf("a long document says %q", got)
	}
	for _, path := range []string{"/document/9/why", "/document/0/why", "/document/x/why", "/document/-1/why"} {
		c.get(path).want(http.StatusNotFound)
	}
	faulty := newClient(t, s, func(c *Config) { c.Explain = func(document.Document) extract.Reading { panic("a fault <b>") } })
	if got := faulty.get("/document/1/why").want(http.StatusInternalServerError).text("main"); strings.Contains(got, "fault") {
		t.Errorf("a fault of the program shows %q", got)
	}
}

// TestWhyOfHostileTexts: whatever stands in a text, the page has the elements of its own templates,
// with their attributes, and its links lead to this server (see markup).
func TestWhyOfHostileTexts(t *testing.T) {
	s := openStore(t)
	list := payloads()
	if testing.Short() {
		list = list[:40]
	}
	// What no template of this page holds.
	foreign := map[string]bool{"img": true, "svg": true, "iframe": true, "object": true, "embed": true, "style": true, "base": true, "video": true, "audio": true, "marquee": true, "math": true, "template": true, "b": true, "i": true, "div": true, "textarea": true, "select": true, "source": true}
	asked, shown := 0, 0
	for i, payload := range list {
		one := hostileItem(t, i, payload)
		one.Doc.Language = "en"
		put(t, s, one)
		c := newClient(t, s, nil)
		for _, path := range []string{"/why", "/why?at=40&to=4000"} {
			p := c.get("/document/" + strconv.Itoa(i+1) + path).want(http.StatusOK)
			asked++
			if strings.Contains(p.body, "Anna") && p.page.Find(".why-sentence").Length() > 0 {
				shown++
			}
			for _, line := range strings.Split(markup(t, payload, p), "\n") {
				name, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimSuffix(line, ">"), "<"), " ")
				if foreign[name] || name == "script" && line != "<script src defer>" || strings.Contains(line, "<!---->") {
					t.Errorf("%q: the page holds %s", payload, line)
				}
			}
		}
	}
	if shown < asked/4 {
		t.Errorf("only %d of %d pages showed a sentence with the payload's neighbour: nothing was tested", shown, asked)
	}
}
