package review

import (
	"context"
	"encoding/json"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"dateline/corpus"
)

// browser is a headless Chromium with one tab, and everything that it complained about.
type browser struct {
	t   *testing.T
	ctx context.Context

	mu         sync.Mutex
	complaints []string
}

// newBrowser starts a browser. Where there is none the test fails in continuous integration, and
// says elsewhere what was not tested.
func newBrowser(t *testing.T) *browser {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			program = found
			break
		}
	}
	if program == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("no chromium in PATH; install the package chromium")
		}
		t.Skip("NOT TESTED: the review pages in a browser; there is no chromium in PATH (package chromium)")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.WSURLReadTimeout(60*time.Second))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, closeTab := chromedp.NewContext(allocator)
	t.Cleanup(closeTab)
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute) // a browser that hangs is a failure, not a wait
	t.Cleanup(cancel)
	b := &browser{t: t, ctx: ctx}
	if err := chromedp.Listen(ctx, b.listen); err != nil {
		t.Fatalf("%s could not be started: %v", program, err)
	}
	if _, err := chromedp.Call(ctx, log.Enable, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	return b
}

// listen gathers dialogs, console errors, exceptions, and reports of the Content-Security-Policy.
func (b *browser) listen(event any) {
	complain := func(s string) {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.complaints = append(b.complaints, s)
	}
	switch e := event.(type) {
	case *page.EventJavascriptDialogOpening:
		complain("dialog: " + e.Message)
		go chromedp.Call(b.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
	case *log.EventEntryAdded:
		// A 409 or 422 is an answer that the test asked for.
		if e.Entry.Level == log.EntryLevelError && !strings.Contains(e.Entry.Text, "responded with a status of 4") {
			complain("log: " + e.Entry.Text + " " + e.Entry.URL)
		}
	case *runtime.EventExceptionThrown:
		complain("exception: " + e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError {
			complain("console.error")
		}
	}
}

// heard takes what the browser complained about so far.
func (b *browser) heard() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	heard := b.complaints
	b.complaints = nil
	return heard
}

// quiet fails the test for everything that the browser complained about.
func (b *browser) quiet() {
	b.t.Helper()
	for _, c := range b.heard() {
		b.t.Errorf("the browser complains: %s", c)
	}
}

func (b *browser) run(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.t.Fatal(err)
	}
}

// text is the text of an element.
func (b *browser) text(selector string) string {
	b.t.Helper()
	return b.eval(`(document.querySelector(` + quoteJS(selector) + `) || {textContent: ""}).textContent.trim()`)
}

// eval is a JavaScript value as a string.
func (b *browser) eval(expression string) string {
	b.t.Helper()
	s, err := chromedp.Run(b.ctx, chromedp.Evaluate[string]("String("+expression+")"))
	if err != nil {
		b.t.Fatal(err)
	}
	return s
}

// quoteJS writes a text as JavaScript does.
func quoteJS(s string) string { return string(must(json.Marshal(s))) }

// until waits for a JavaScript condition.
func (b *browser) until(condition string) {
	b.t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for time.Now().Before(deadline) {
		// An error is a page that is just being left.
		if ok, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("Boolean("+condition+")")); err == nil && ok {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	b.t.Fatalf("it never came true that %s; the page is %s: %s", condition, b.eval("location.href"), b.text("main"))
}

// key types keys as a person does: a page that takes the key for itself keeps it from a field,
// which a separate event for the letter would not.
func (b *browser) key(keys string, modifiers ...chromedp.Modifier) {
	b.t.Helper()
	for _, r := range keys {
		var down *input.DispatchKeyEventParams
		for _, event := range kb.Encode(r) {
			for _, m := range modifiers {
				event.Modifiers |= int64(m)
			}
			switch {
			case event.Type == kb.KeyChar && len(modifiers) == 0:
				down.Type, down.Text, down.UnmodifiedText = input.DispatchKeyEventTypeKeyDown, event.Text, event.UnmodifiedText
			case event.Type == kb.KeyChar:
			case down == nil:
				down = event
			default: // up
				for _, e := range []*input.DispatchKeyEventParams{down, event} {
					if _, err := chromedp.Call(b.ctx, input.DispatchKeyEvent, *e); err != nil {
						b.t.Fatal(err)
					}
				}
			}
		}
	}
}

// screen sets the size of the window, and light or dark.
func (b *browser) screen(width, height int, dark bool) {
	b.t.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	b.run(chromedp.EmulateViewport(int64(width), int64(height)))
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
		b.t.Fatal(err)
	}
}

// shot writes a picture of the window into $DATELINE_SCREENSHOTS, when that is set.
func (b *browser) shot(name string) {
	b.t.Helper()
	folder := os.Getenv("DATELINE_SCREENSHOTS")
	if folder == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), png, 0o644); err != nil {
		b.t.Fatal(err)
	}
}

// open goes to an address and waits for the page with its script.
func (b *browser) open(address string) {
	b.t.Helper()
	b.run(chromedp.Navigate(address))
}

// inFocus is the id of the fact in focus.
func (b *browser) inFocus() string {
	b.t.Helper()
	return b.eval(`(document.querySelector("form.decide [name=fact]") || {value: ""}).value`)
}

// serve starts the pages of a store on a port of this machine and gives their address.
func serve(t *testing.T, store *corpus.Store, change func(*Config)) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	c := Config{Store: store, Who: "ana", Now: steadyClock, Hosts: LocalHosts(port)}
	if change != nil {
		change(&c)
	}
	handler, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- Serve(ctx, listener, handler) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the server ended with %v", err)
		}
	})
	return "http://" + listener.Addr().String()
}
