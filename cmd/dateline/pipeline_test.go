package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"dateline/corpus"
	"dateline/ingest"
)

// TestFaultStopsOneDocument: a reader without an extractor fails on every document that reaches it.
func TestFaultStopsOneDocument(t *testing.T) {
	r := &reader{log: slog.New(slog.DiscardHandler)}
	out := r.item(ingest.Item{Source: "a.txt", Raw: ingest.Raw{Source: "a.txt", Bytes: []byte(release(1))}})
	if len(out.readings) != 0 || len(out.refusals) != 1 {
		t.Fatalf("the outcome is %d readings and %d refusals, want one refusal", len(out.readings), len(out.refusals))
	}
	if got := out.refusals[0].Error(); !strings.HasPrefix(got, "a.txt: the program failed on it (") {
		t.Errorf("the refusal is %q", got)
	}
	out = r.again(corpus.Stored{Source: "b.txt", Raw: []byte(release(2))})
	if len(out.refusals) != 1 || out.refusals[0].Source != "b.txt" {
		t.Errorf("reading it again gives %+v", out.refusals)
	}
}

func TestSkip(t *testing.T) {
	a := &app{database: filepath.Join("box", "my.db"), terminal: terminal{getenv: func(string) string { return "" }}}
	skip := a.skip("box", []string{"*.json", "drafts/*"})
	for rel, want := range map[string]bool{
		"a.txt": false, "a.json": true, "deep/er/a.json": true, "drafts/a.txt": true, "deep/drafts/a.txt": false,
		"my.db": true, "my.db-wal": true, "my.db-shm": true, "my.db.backup-v1": true, "my.db.backup-v1.2": true,
		"my.dbx": false, "my.db.txt": false, "deep/my.db": false, "other.db": false,
	} {
		if got := skip(rel); got != want {
			t.Errorf("box/%s: left out is %v, want %v", rel, got, want)
		}
	}
}

func TestInterruptible(t *testing.T) {
	content := strings.Repeat("0123456789", 5000)
	for name, r := range map[string]io.Reader{
		"whole": strings.NewReader(content), "byte by byte": iotest.OneByteReader(strings.NewReader(content)),
		"error with data": iotest.DataErrReader(strings.NewReader(content)),
	} {
		if err := iotest.TestReader(interruptible(t.Context(), r), []byte(content)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(10*time.Millisecond, cancel)
	waits, _ := io.Pipe() // nobody ever writes
	if _, err := interruptible(ctx, waits).Read(make([]byte, 10)); !errors.Is(err, context.Canceled) {
		t.Errorf("a read that waits ends with %v", err)
	}
	if interruptible(ctx, nil) != nil {
		t.Error("no reader became one")
	}
}
