package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jedib0t/go-pretty/v6/text"
)

// fakeTerminal is a terminal of some width whose clock moves by step each time it is read.
type fakeTerminal struct {
	terminal
	out, err bytes.Buffer
}

func newFakeTerminal(width int, step time.Duration, env map[string]string) *fakeTerminal {
	f := &fakeTerminal{}
	clock := time.Unix(1700000000, 0)
	f.terminal = terminal{
		stdin: strings.NewReader(""), stdout: &f.out, stderr: &f.err,
		outIsTerminal: true, errIsTerminal: true, width: width,
		getenv: func(name string) string { return env[name] },
		now:    func() time.Time { clock = clock.Add(step); return clock },
	}
	return f
}

func TestOnATerminal(t *testing.T) {
	dir := t.TempDir()
	database := filepath.Join(dir, "x.db")
	file := filepath.Join(dir, "release.txt")
	writeFile(t, file, release(7))

	f := newFakeTerminal(60, time.Millisecond, nil)
	if code := run(t.Context(), []string{"extract", file}, f.terminal); code != exitOK {
		t.Fatalf("exit code %d: %s", code, f.err.String())
	}
	if strings.Contains(f.out.String(), `{"document"`) || !strings.Contains(f.out.String(), "KIND") {
		t.Errorf("a terminal should get a table:\n%s", f.out.String())
	}
	for _, line := range strings.Split(f.out.String(), "\n") {
		if text.StringWidth(line) > 60 {
			t.Errorf("a line is wider than the terminal: %s", line)
		}
	}
	if f.err.Len() > 0 {
		t.Errorf("work that takes no time shows a bar: %q", f.err.String())
	}

	f = newFakeTerminal(60, 2*time.Second, nil)
	if code := run(t.Context(), []string{"ingest", "--db", database, file}, f.terminal); code != exitOK {
		t.Fatalf("exit code %d: %s", code, f.err.String())
	}
	if !strings.Contains(f.err.String(), "ingest") {
		t.Errorf("work that takes long shows no bar: %q", f.err.String())
	}

	for _, c := range []struct {
		env  map[string]string
		flag string
		want bool
	}{
		{nil, "auto", true}, {map[string]string{"NO_COLOR": "1"}, "auto", false}, {map[string]string{"TERM": "dumb"}, "auto", false},
		{nil, "never", false}, {map[string]string{"NO_COLOR": "1"}, "always", true},
	} {
		f = newFakeTerminal(80, time.Millisecond, c.env)
		if code := run(t.Context(), []string{"show", "--db", database, "--color", c.flag, "release"}, f.terminal); code != exitOK {
			t.Fatalf("exit code %d: %s", code, f.err.String())
		}
		if got := strings.Contains(f.out.String(), "\x1b["); got != c.want {
			t.Errorf("environment %v, --color %s: colours are %v, want %v", c.env, c.flag, got, c.want)
		}
	}
}

func TestStamp(t *testing.T) {
	f := newFakeTerminal(80, 0, map[string]string{"SOURCE_DATE_EPOCH": "86400"})
	if got := f.stamp(); got != "1970-01-02T00:00:00Z" {
		t.Errorf("SOURCE_DATE_EPOCH=86400 gives %s", got)
	}
	f = newFakeTerminal(80, 0, nil)
	if got := f.stamp(); got != "2023-11-14T22:13:20Z" {
		t.Errorf("the clock gives %s", got)
	}
}
