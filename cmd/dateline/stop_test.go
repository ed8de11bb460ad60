package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// release is a short text of our own, different for every n.
func release(n int) string {
	return fmt.Sprintf("Harbour news %d\n\nOn %d May 2024, Marta Lindqvist, director of the Port of Vesterhamn, met visitors from the University of Ostrava Hills. Group %d stayed for lunch.\n", n, n%28+1, n)
}

// line is a release as a line of JSON Lines.
func line(n int) string {
	b, _ := json.Marshal(map[string]string{"source": fmt.Sprintf("release-%05d", n), "text": release(n)})
	return string(b) + "\n"
}

// exitOf is the exit code of a finished process; -1 when a signal killed it.
func exitOf(t *testing.T, err error) int {
	t.Helper()
	if err == nil {
		return 0
	}
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return exit.ExitCode()
}

// TestInterrupt stops an ingest that waits for more input. It has to end soon, with code 130, and
// everything that it had read is stored.
func TestInterrupt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("NOT TESTED: an interrupt can't be sent to one process on Windows")
	}
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(signal.String(), func(t *testing.T) {
			dir := t.TempDir()
			cmd := dateline(t, dir, "ingest", "-v", "-")
			in, err := cmd.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			messages, err := cmd.StderrPipe()
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			cmd.Stdout = &out
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			for n := range 4 * batchDocuments {
				if _, err := io.WriteString(in, line(n)); err != nil {
					t.Fatal(err)
				}
			}
			// The message about the first batch says that the program is in the middle of its work.
			lines := bufio.NewScanner(messages)
			if !lines.Scan() || !strings.Contains(lines.Text(), "release-00000") {
				t.Fatalf("the first message is %q", lines.Text())
			}
			begun := time.Now()
			if err := cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			for lines.Scan() {
			}
			if code := exitOf(t, cmd.Wait()); code != exitCancelled {
				t.Errorf("the exit code is %d, want %d", code, exitCancelled)
			}
			if took := time.Since(begun); took > 5*time.Second {
				t.Errorf("it took %v to end", took)
			}
			stored := documentCount(t, dir)
			if stored < batchDocuments {
				t.Errorf("%d documents are stored, want at least the first batch of %d", stored, batchDocuments)
			}
			if want := fmt.Sprintf("%d", stored); !strings.Contains(out.String(), want) {
				t.Errorf("the summary does not say that %s documents are stored:\n%s", want, out.String())
			}
		})
	}
}

// documentCount asks the program how many documents the database of a folder holds.
func documentCount(t *testing.T, dir string) int {
	t.Helper()
	out, err := dateline(t, dir, "documents", "--format", "jsonl").Output()
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Count(out, []byte("\n"))
}

// TestReaderGoesAway is "dateline extract … | head -n 1": quiet, and soon at its end.
func TestReaderGoesAway(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("NOT TESTED: Windows has no SIGPIPE")
	}
	dir := t.TempDir()
	var all bytes.Buffer
	for n := range 3000 {
		all.WriteString(line(n))
	}
	writeFile(t, filepath.Join(dir, "many.jsonl"), all.String())
	cmd := dateline(t, dir, "extract", "many.jsonl")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var messages bytes.Buffer
	cmd.Stderr = &messages
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	out.Close()
	if code := exitOf(t, cmd.Wait()); code != exitCancelled {
		t.Errorf("the exit code is %d, want %d", code, exitCancelled)
	}
	if messages.Len() > 0 {
		t.Errorf("it was not quiet: %s", messages.String())
	}
}
