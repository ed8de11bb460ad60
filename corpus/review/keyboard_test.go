package review

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"dateline/corpus"
)

// TestFiftyFactsByKeyboard reviews fifty facts with nothing but keys, on one page that is never
// loaded again.
func TestFiftyFactsByKeyboard(t *testing.T) {
	b := newBrowser(t)
	s := openStore(t)
	put(t, s, many(t, 0, 20)...)
	b.open(serve(t, s, nil))
	b.eval(`window.sameDocument = "yes"`)
	keys := []struct {
		key    string
		action corpus.Action
		says   string
	}{{"a", corpus.Accept, "Accepted."}, {"r", corpus.Reject, "Rejected."}, {"a", corpus.Accept, "Accepted."}, {"s", corpus.Skip, "Skipped."}, {"a", corpus.Accept, "Accepted."}}
	var facts []string
	for i := range 50 {
		fact := b.inFocus()
		if fact == "" {
			t.Fatalf("after %d facts none is in focus", i)
		}
		facts = append(facts, fact)
		k := keys[i%len(keys)]
		b.key(k.key)
		b.until(fmt.Sprintf(`(document.querySelector("form.decide [name=fact]") || {value: ""}).value !== %q && !document.body.classList.contains("busy")`, fact))
		if i%10 == 0 {
			b.until(fmt.Sprintf(`document.getElementById("live").textContent.startsWith(%q)`, k.says))
			if got := b.eval("document.activeElement.id"); got != "line" {
				t.Errorf("after a decision the focus is at %q, want the next fact", got)
			}
		}
	}
	if got := b.eval("window.sameDocument"); got != "yes" {
		t.Error("the page was loaded anew")
	}
	list := decisions(t, s)
	if len(list) != 50 {
		t.Fatalf("%d decisions are recorded, want 50", len(list))
	}
	for i, d := range list {
		if d.Fact != facts[i] || d.Action != keys[i%len(keys)].action || d.Who != "ana" {
			t.Errorf("decision %d is %s of %s, want %s of %s", i, d.Action, d.Fact, keys[i%len(keys)].action, facts[i])
		}
	}
	b.shot("after-fifty")
	b.quiet()
}

// TestEditAndUndoByKeyboard edits a title, gives a reason, undoes and looks around without a mouse.
func TestEditAndUndoByKeyboard(t *testing.T) {
	b := newBrowser(t)
	s := openStore(t)
	put(t, s, sample(t, "https://example.org/news/1"))
	base := serve(t, s, nil)
	b.open(base + "/?kind=title")
	old := b.inFocus()

	b.key("e")
	b.until(`document.activeElement.id === "f-person"`)
	b.key(kb.Tab)
	b.key("a", chromedp.ModifierCtrl)
	b.key("rector, acting") // with the letters of all keys: in a field they are letters
	b.key(kb.Enter, chromedp.ModifierCtrl)
	b.until(`document.getElementById("live").textContent.startsWith("Edited and accepted.")`)
	list := decisions(t, s)
	if len(list) != 1 || list[0].Action != corpus.Edit || list[0].Edited.Title.Title != "rector, acting" {
		t.Fatalf("recorded is %+v", list)
	}
	b.key("u")
	b.until(`document.getElementById("live").textContent.startsWith("Undone.")`)
	if got := b.inFocus(); got != old {
		t.Errorf("after undo %s is in focus, want %s as it was before the edit", got, old)
	}
	if got := state(t, s, old); got != corpus.ReviewOpen {
		t.Errorf("after undo the fact is %s", got)
	}

	b.key("e")
	b.until(`document.activeElement.id === "f-person"`)
	b.key("a", chromedp.ModifierCtrl)
	b.key(kb.Delete)
	b.key(kb.Enter, chromedp.ModifierCtrl)
	b.until(`document.querySelector("#e-person")`)
	if got := b.eval("document.activeElement.id"); got != "f-person" {
		t.Errorf("after a refused form the focus is at %q, want the wrong field", got)
	}
	b.shot("edit-refused")
	b.key(kb.Escape)
	b.until(`document.querySelector("form.decide")`)

	b.key("w")
	b.until(`document.activeElement.id === "why"`)
	b.key("as I remember")
	b.key(kb.Enter) // decides nothing
	b.until(`document.activeElement.id !== "why"`)
	if n := len(decisions(t, s)); n != 2 {
		t.Fatalf("%d decisions are recorded, want 2: a reason alone is none", n)
	}
	b.key("a")
	b.until(`document.getElementById("live").textContent.startsWith("Accepted.")`)
	if list = decisions(t, s); len(list) != 3 || list[2].Why != "as I remember" || list[2].Action != corpus.Accept {
		t.Errorf("recorded is %+v", list)
	}
	b.quiet()
}

// TestOtherKeys are those that decide nothing.
func TestOtherKeys(t *testing.T) {
	b := newBrowser(t)
	s := openStore(t)
	put(t, s, sample(t, "https://example.org/news/1"))
	base := serve(t, s, nil)
	b.open(base)
	first := b.inFocus()
	b.key("j")
	b.until(fmt.Sprintf(`document.querySelector("form.decide [name=fact]").value !== %q`, first))
	b.key("k")
	b.until(fmt.Sprintf(`document.querySelector("form.decide [name=fact]").value === %q`, first))
	b.key("/")
	b.until(`document.activeElement.name === "q"`)
	b.key("arsu")
	if got := b.eval(`document.activeElement.value`); got != "arsu" {
		t.Errorf("the field holds %q", got)
	}
	b.key(kb.Escape)
	b.until(`document.activeElement.name !== "q"`)
	b.key("?")
	b.until(`document.getElementById("keys").open`)
	b.shot("keys")
	b.key("a") // behind a dialog nothing is decided
	b.key(kb.Escape)
	b.until(`!document.getElementById("keys").open`)
	b.key("a", chromedp.ModifierCtrl) // selects all, in any browser
	b.key("d")
	b.until(`location.pathname === "/document/1" && document.readyState === "complete"`)
	if got := b.eval(`document.querySelector("mark:target") ? document.querySelector("mark:target").className : ""`); got != "agreement" {
		t.Errorf("the document opens at a mark of %q, want the agreement", got)
	}
	if n := len(decisions(t, s)); n != 0 {
		t.Errorf("%d decisions are recorded, want none", n)
	}
	b.run(chromedp.NavigateBack())
	b.until(`document.querySelector("form.decide")`)
	// Switched off, the keys do nothing.
	b.eval(`localStorage.setItem("dateline.keys", "off")`)
	b.open(base)
	b.key("a")
	b.key("j")
	if got := b.inFocus(); got != first {
		t.Error("a key that is switched off moved on")
	}
	b.eval(`localStorage.clear()`)
	// The skip link is the first stop of Tab, and the focus can be seen.
	b.open(base)
	b.key(kb.Tab)
	if got := b.eval(`document.activeElement.className`); got != "to-content" {
		t.Errorf("Tab stops first at %q", got)
	}
	for range 40 {
		b.key(kb.Tab)
		if got := b.eval(`(() => { const e = document.activeElement; return e === document.body || parseFloat(getComputedStyle(e).outlineWidth) >= 2 || e.tagName === "SUMMARY" })()`); got != "true" {
			t.Errorf("the focus can't be seen at %s", b.eval(`document.activeElement.outerHTML.slice(0, 80)`))
		}
	}
	b.quiet()
}

// TestServerGone decides when the server has ended: the page says so, and keeps what it shows.
func TestServerGone(t *testing.T) {
	b := newBrowser(t)
	s := openStore(t)
	put(t, s, sample(t, "a.txt"))
	var handler http.Handler
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	server.Start()
	defer server.Close()
	host := strings.TrimPrefix(server.URL, "http://")
	handler = must(New(Config{Store: s, Who: "ana", Now: steadyClock, Hosts: []string{host}}))
	b.open(server.URL)
	fact := b.inFocus()
	server.Close()
	b.key("a")
	b.until(`document.querySelector(".told.bad")`)
	if got := b.inFocus(); got != fact {
		t.Error("the page no longer shows the fact")
	}
	if n := must(s.Progress(context.Background(), corpus.QueueFilter{})); n.Accepted != 0 {
		t.Errorf("the store says %+v", n)
	}
	for _, c := range b.heard() {
		if !strings.Contains(c, "ERR_CONNECTION_REFUSED") {
			t.Errorf("the browser complains: %s", c)
		}
	}
}
