package main

import (
	"database/sql"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// childOut and childLog hold what a child printed. They are files, so that nothing that it has
// written is lost with it.
const (
	childOut = "out.txt"
	childLog = "log.txt"
)

// child is a work under way in a process of its own.
type child struct {
	work *work
	db   string
	cmd  *exec.Cmd
}

// start begins, and gives a channel that is closed when the process has ended, and its error.
// What it prints goes to files.
func (c *child) start(t *testing.T) (ended chan struct{}, result *error) {
	t.Helper()
	for name, stream := range map[string]*io.Writer{childOut: &c.cmd.Stdout, childLog: &c.cmd.Stderr} {
		f, err := os.Create(filepath.Join(filepath.Dir(c.db), name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close() // the child has its own
		*stream = f
	}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended, result = make(chan struct{}), new(error)
	go func() {
		*result = c.cmd.Wait()
		close(ended)
	}()
	return ended, result
}

// run runs it to its end and gives the exit code, -1 when a signal ended it.
func (c *child) run(t *testing.T) int {
	t.Helper()
	ended, result := c.start(t)
	<-ended
	return exitOf(t, *result)
}

// began waits until the child has touched the database, or has ended.
func (c *child) began(ended chan struct{}) {
	size := func() (n int64) {
		for _, name := range []string{c.db, c.db + "-wal"} {
			if info, err := os.Stat(name); err == nil {
				n += info.Size() + 1
			}
		}
		return n
	}
	first := size()
	for size() == first {
		select {
		case <-ended:
			return
		case <-time.After(2 * time.Millisecond):
		}
	}
}

// printed is what it has written.
func (c *child) printed(t *testing.T) (out, log string) {
	t.Helper()
	read := func(name string) string {
		b, err := os.ReadFile(filepath.Join(filepath.Dir(c.db), name))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	return read(childOut), read(childLog)
}

// acked are the keys that the child reported done.
func (c *child) acked(t *testing.T) []string {
	t.Helper()
	if c.work.acked == nil {
		return nil
	}
	return c.work.acked(c.printed(t))
}

// crashed finds the text of a Go crash in what a program printed.
func crashed(text string) bool {
	for _, sign := range []string{"panic:", "fatal error:", "goroutine 1 [", "runtime error", "SIGSEGV", "unexpected fault"} {
		if strings.Contains(text, sign) {
			return true
		}
	}
	return false
}

// duration is how long an undisturbed child takes from its first write to its end: the median of three.
func (w *work) duration(t *testing.T) time.Duration {
	t.Helper()
	var all []time.Duration
	for range 3 {
		c := w.command(t, w.fresh(t))
		ended, result := c.start(t)
		c.began(ended)
		begun := time.Now()
		<-ended
		all = append(all, time.Since(begun))
		if code := exitOf(t, *result); code != w.code {
			_, log := c.printed(t)
			t.Fatalf("%s: exit code %d, want %d: %s", w.name, code, w.code, log)
		}
	}
	slices.Sort(all)
	return all[1]
}

// sqlDriver is the driver that this build has.
func sqlDriver() string {
	if slices.Contains(sql.Drivers(), "sqlite3") {
		return "sqlite3"
	}
	return "sqlite"
}
