package main

import (
	"bufio"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// startReview starts "dateline review" and gives it with the address that it prints, and the rest of
// what it prints before it serves.
func startReview(t *testing.T, dir string, args ...string) (cmd *exec.Cmd, address, says string) {
	t.Helper()
	cmd = dateline(t, dir, append([]string{"review", "--no-open", "--who", "ana"}, args...)...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		says += lines.Text() + "\n"
		if strings.Contains(lines.Text(), "Ctrl-C") {
			address = regexp.MustCompile(`https?://\S+`).FindString(says)
			return cmd, address, says
		}
	}
	t.Fatalf("it ended before it served: %s", says)
	return nil, "", ""
}

// page asks for a page and gives it taken apart.
func page(t *testing.T, address string) *goquery.Document {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("%s is answered with %s", address, answer.Status)
	}
	p, err := goquery.NewDocumentFromReader(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// decideForm is the form of the fact in focus with its button pressed.
func decideForm(p *goquery.Document, action string) url.Values {
	v := url.Values{"action": {action}}
	p.Find("form.decide input[name]").Each(func(_ int, s *goquery.Selection) {
		v.Set(s.AttrOr("name", ""), s.AttrOr("value", ""))
	})
	return v
}

// TestReviewServes starts the program, decides, and ends it by a signal: the exit code is 0.
func TestReviewServes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("NOT TESTED: an interrupt can't be sent to one process on Windows")
	}
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "a.txt"), release(1))
	if out, err := dateline(t, dir, "ingest", "a.txt").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		cmd, address, says := startReview(t, dir)
		if !regexp.MustCompile(`^http://127\.0\.0\.1:\d+/$`).MatchString(address) || !strings.Contains(says, "dateline.db as ana") {
			t.Errorf("it says %q", says)
		}
		form := decideForm(page(t, address), "accept")
		answer, err := http.PostForm(address+"decide", form)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			t.Errorf("a decision is answered with %s", answer.Status)
		}
		if err := cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		if code := exitOf(t, cmd.Wait()); code != exitOK {
			t.Errorf("after %v the exit code is %d, want 0: to end a server is no failure", signal, code)
		}
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("it took %v to end", took)
		}
	}
}

// TestReviewKeepsDecisions kills the program as soon as a decision is answered. Each one is there
// afterwards: the answer means that it is on the disk.
func TestReviewKeepsDecisions(t *testing.T) {
	dir := t.TempDir()
	var input strings.Builder
	for n := range 6 {
		input.WriteString(line(n))
	}
	writeFile(t, filepath.Join(dir, "many.jsonl"), input.String())
	if out, err := dateline(t, dir, "ingest", "many.jsonl").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	kills := 6
	if os.Getenv("DATELINE_FAULTS") == "full" {
		kills = 60
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answered := 0
	for range kills {
		cmd, address, _ := startReview(t, dir)
		action := []string{"accept", "skip", "reject"}[answered%3]
		form := decideForm(page(t, address), action)
		answer, err := client.PostForm(address+"decide", form)
		cmd.Process.Kill()
		cmd.Wait()
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusSeeOther {
			t.Fatalf("the decision is answered with %s", answer.Status)
		}
		answered++
		_, address, _ = startReview(t, dir)
		if got := page(t, address+"history").Find(".decisions > li").Length(); got != min(answered, 50) {
			t.Fatalf("%d decisions were answered, %d are there", answered, got)
		}
	}
}

// TestReviewByToken lets the program make a token and enters by the printed address.
func TestReviewByToken(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "a.txt"), release(1))
	if out, err := dateline(t, dir, "ingest", "a.txt").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	_, address, says := startReview(t, dir, "--listen", "0.0.0.0:0", "--token-file", "review.token")
	if !strings.Contains(says, "Put a proxy with TLS before it") {
		t.Errorf("no advice about TLS: %s", says)
	}
	token, err := os.ReadFile(filepath.Join(dir, "review.token"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(says, strings.TrimSpace(string(token))) {
		t.Error("the token itself is printed")
	}
	if info, err := os.Stat(filepath.Join(dir, "review.token")); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the token file is %v (%v)", info.Mode(), err)
	}
	u, err := url.Parse(address)
	if err != nil || u.Path != "/enter" || len(u.Query().Get("code")) != 64 {
		t.Fatalf("the address is %q (%v)", address, err)
	}
	jar := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for i, want := range []int{http.StatusSeeOther, http.StatusForbidden} {
		answer, err := jar.PostForm("http://"+u.Host+"/enter", url.Values{"token": {u.Query().Get("code")}})
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		if answer.StatusCode != want {
			t.Errorf("entering for the %d. time is answered with %d: %s", i+1, answer.StatusCode, body)
		}
	}
	// By a name that it was not given, it answers nobody.
	r, _ := http.NewRequest(http.MethodGet, "http://"+u.Host+"/", nil)
	r.Host = "review.example.org"
	answer, err := jar.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusMisdirectedRequest {
		t.Errorf("a foreign name is answered with %d", answer.StatusCode)
	}
}

// TestReviewReadOnly opens a database that is not to be changed.
func TestReviewReadOnly(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "a.txt"), release(1))
	if out, err := dateline(t, dir, "ingest", "a.txt").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	check := func(args ...string) {
		t.Helper()
		_, address, says := startReview(t, dir, args...)
		p := page(t, address)
		if got := p.Find(".banner").Text(); got == "" || !strings.Contains(says, got) {
			t.Errorf("the banner is %q, the terminal says %q", got, says)
		}
		if n := p.Find(`form[method="post"]`).Length(); n != 0 {
			t.Errorf("%d forms decide", n)
		}
	}
	check("--read-only")
	if os.Getuid() == 0 {
		t.Log("NOT TESTED: a file without the right to write; this runs as root, who may write to all")
		return
	}
	if err := os.Chmod(filepath.Join(dir, "dateline.db"), 0o444); err != nil {
		t.Fatal(err)
	}
	check()
}
