package review

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"dateline/corpus"
)

// tooFaint lists texts whose contrast with what is behind them is below WCAG AA: 4.5, or 3 when
// they are large.
const tooFaint = `(() => {
  const parse = (c) => { const m = c.match(/[\d.]+/g).map(Number); return { r: m[0], g: m[1], b: m[2], a: m.length > 3 ? m[3] : 1 }; };
  const over = (top, under) => ({ r: top.r * top.a + under.r * (1 - top.a), g: top.g * top.a + under.g * (1 - top.a), b: top.b * top.a + under.b * (1 - top.a), a: 1 });
  const light = (c) => { const f = (v) => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }; return .2126 * f(c.r) + .7152 * f(c.g) + .0722 * f(c.b); };
  const behind = (e) => { if (!e) return { r: 255, g: 255, b: 255, a: 1 }; const c = parse(getComputedStyle(e).backgroundColor); return c.a === 1 ? c : over(c, behind(e.parentElement)); };
  const out = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement, text = walker.currentNode.data.trim();
    if (!text || e.closest(".unseen, .skip, dialog:not([open]), option, .off, kbd, [hidden]") || !e.getClientRects().length) continue;
    const style = getComputedStyle(e), back = behind(e), fore = over(parse(style.color), back);
    const [a, b] = [light(fore), light(back)].sort((x, y) => y - x), ratio = (a + .05) / (b + .05);
    const size = parseFloat(style.fontSize), large = size >= 24 || size >= 18.66 && style.fontWeight >= 700;
    if (ratio < (large ? 3 : 4.5)) out.push(text.slice(0, 30) + " " + ratio.toFixed(2) + " " + style.color + " on " + JSON.stringify(back));
  }
  return out.join("\n");
})()`

// unnamed lists buttons, links and fields without a name for screen readers, and ids that stand twice.
const unnamed = `(() => {
  const out = [], seen = new Set();
  for (const e of document.querySelectorAll("button:not([hidden]), a, input:not([type=hidden]), select, textarea, summary")) {
    const label = e.labels && e.labels.length ? e.labels[0].textContent : "";
    if (!(e.textContent.trim() || label.trim() || e.getAttribute("aria-label"))) out.push(e.outerHTML.slice(0, 80));
  }
  for (const e of document.querySelectorAll("[id]")) { if (seen.has(e.id)) out.push("twice " + e.id); seen.add(e.id); }
  if (document.querySelectorAll("h1").length !== 1) out.push(document.querySelectorAll("h1").length + " h1");
  return out.join("\n");
})()`

// TestScreens looks at every page from 360 pixels to a wide screen, light and dark: nothing to
// scroll sideways, every text with contrast, every control with a name.
func TestScreens(t *testing.T) {
	b := newBrowser(t)
	s := openStore(t)
	put(t, s, sample(t, "https://example.org/news/1"), sample(t, "https://example.org/news/2"), sample(t, "notes/three.txt"))
	long := newRelease(t, "https://example.org/"+strings.Repeat("a-long-address/", 20), "Anna"+strings.Repeat("nna", 90)+" Keller spoke.\n"+strings.Repeat("x", 3000)+"\n")
	long.person("Anna"+strings.Repeat("nna", 90)+" Keller", 0.2)
	long.item.Doc.Warnings = []string{"the text is odd"}
	put(t, s, long.item)
	ctx := context.Background()
	for i, action := range []corpus.Action{corpus.Accept, corpus.Reject, corpus.Skip, corpus.Accept} {
		page := must(s.Queue(ctx, corpus.QueueFilter{Limit: 10}))
		must(s.Decide(ctx, corpus.Verdict{Action: action, Fact: page.Facts[i+1].ID, Who: "ana", Why: "because", When: "2026-02-03T10:00:00Z", Document: 2 * int64(i%2)}))
	}
	base := serve(t, s, nil)
	token := serve(t, s, func(c *Config) { c.Token = testToken })
	only := serve(t, s, func(c *Config) { c.ReadOnly, c.Notice = true, "The database can only be read." })
	agreement := must(s.Queue(ctx, corpus.QueueFilter{Kind: "agreement", State: corpus.ReviewAccepted})).Facts
	title := must(s.Queue(ctx, corpus.QueueFilter{Kind: "institution"})).Facts
	pages := []struct{ name, address string }{
		{"queue", base + "/"}, {"queue-filtered", base + "/?kind=date&publisher=Lund+Institute&q=memorandum"}, {"queue-empty", base + "/?kind=date&q=zebra"},
		{"fact", base + "/fact/" + title[0].ID}, {"edit", base + "/fact/" + title[0].ID + "/edit"}, {"document", base + "/document/1"}, {"document-long", base + "/document/4"},
		{"why", base + "/document/1/why?at=40&to=50"}, {"why-long", base + "/document/4/why"}, {"search", base + "/search?q=memorandum"}, {"history", base + "/history"}, {"orphans", base + "/orphans"}, {"help", base + "/help"}, {"missing", base + "/fact/ffff"},
		{"enter", token + "/"}, {"read-only", only + "/"},
	}
	if len(agreement) > 0 {
		pages = append(pages, struct{ name, address string }{"fact-accepted", base + "/fact/" + agreement[0].ID})
	}
	for _, page := range pages {
		for _, size := range [][2]int{{360, 740}, {800, 1000}, {1440, 900}} {
			for _, dark := range []bool{false, true} {
				if os.Getenv("DATELINE_SCREENSHOTS") == "" && size[0] == 800 && dark {
					continue
				}
				b.screen(size[0], size[1], dark)
				b.open(page.address)
				mode := map[bool]string{false: "light", true: "dark"}[dark]
				where := fmt.Sprintf("%s-%d-%s", page.name, size[0], mode)
				if got := b.eval(`document.documentElement.scrollWidth - innerWidth`); strings.TrimPrefix(got, "-") == got && got != "0" {
					t.Errorf("%s is %s pixels wider than the screen: %s", where, got, b.eval(`[...document.querySelectorAll("main *")].filter(e => e.getBoundingClientRect().right > innerWidth).map(e => e.tagName + "." + e.className).slice(0, 4).join(" ")`))
				}
				if got := b.eval(tooFaint); got != "" {
					t.Errorf("%s has text that is too faint:\n%s", where, got)
				}
				if got := b.eval(unnamed); got != "" {
					t.Errorf("%s: %s", where, got)
				}
				if got := b.eval(`getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g).map(Number)[0] < 60`); got != fmt.Sprint(dark) {
					t.Errorf("%s: dark is %s", where, got)
				}
				b.shot(where)
			}
		}
	}
	b.quiet()
}

// TestHostileTextsInABrowser opens documents full of payloads and goes through their facts. Nothing
// runs, and the Content-Security-Policy has nothing to stop.
func TestHostileTextsInABrowser(t *testing.T) {
	b := newBrowser(t)
	// First the control: the same browser sees a page that does what payloads want.
	evil := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "img-src 'none'")
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, `<img src=/x onerror="console.error(1)"><script>alert(1)</script><script>throw new Error("x")</script>`)
	}))
	defer evil.Close()
	b.open(evil.URL)
	heard := strings.Join(b.heard(), "\n")
	for _, want := range []string{"dialog: 1", "Content Security Policy", "exception", "console.error"} {
		if !strings.Contains(heard, want) {
			t.Errorf("the browser of this test does not notice %q: %s", want, heard)
		}
	}

	s := openStore(t)
	list := payloads()
	step := 12
	if testing.Short() {
		step = 40
	}
	all := newRelease(t, "all.txt", strings.Join(list, "\n")+"\n")
	for _, p := range list {
		all.item.Facts = append(all.item.Facts, newRelease(t, "all.txt", all.item.Doc.Text).person(p, 0.3).item.Facts...)
	}
	put(t, s, all.item)
	n := 0
	for i := 0; i < len(list); i += step {
		put(t, s, hostileItem(t, n, list[i]))
		n++
	}
	base := serve(t, s, func(c *Config) { c.Who = reviewer(list[0]) })
	addresses := []string{"/document/1", "/history", "/search?q=keller", "/?source=all.txt"}
	for i := range n {
		addresses = append(addresses, fmt.Sprintf("/document/%d", i+2), fmt.Sprintf("/?document=%d", i+2))
	}
	for _, address := range addresses {
		b.open(base + address)
		if got := b.eval(`document.scripts.length + " " + document.querySelectorAll("iframe, object, embed, base, [onerror], [onload], [style]").length`); got != "1 0" {
			t.Errorf("%s has scripts and live elements: %s", address, got)
		}
	}
	b.open(base + "/?document=2")
	for _, k := range []string{"a", "r", "s", "u", "j"} {
		before := b.eval(`document.querySelector("main").textContent`)
		b.key(k)
		b.until(`document.querySelector("main").textContent !== ` + quoteJS(before) + ` && !document.body.classList.contains("busy")`)
	}
	if got := len(decisions(t, s)); got != 4 {
		t.Errorf("%d decisions are recorded, want 4", got)
	}
	b.quiet()
}
