package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestFaultOwnDatabaseAsInput gives ingest its own database to read: by name, by a folder, through
// links. It must not be opened: closing any open file of it takes away the locks of the process. (A7)
func TestFaultOwnDatabaseAsInput(t *testing.T) {
	if _, err := os.Stat("/proc/locks"); err != nil {
		t.Skipf("NOT TESTED: locks on the database while it is named as input; %v", err)
	}
	dir := t.TempDir()
	folder := filepath.Join(dir, "data")
	writeFile(t, filepath.Join(folder, "a.txt"), release(1))
	for link, to := range map[string]string{"link": "data", "alias.txt": "data/x.db"} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	db := filepath.Join(folder, "x.db")
	if code, _, messages := inProcess(t.Context(), nil, "", "--db", db, "ingest", filepath.Join(folder, "a.txt")); code != exitOK {
		t.Fatal(messages)
	}
	for i, name := range []string{"hard1.txt", "hard2.txt"} {
		if err := os.Link(db, filepath.Join([]string{folder, dir}[i], name)); err != nil {
			t.Fatal(err)
		}
	}
	held := func(paths ...string) (locks int, log string) {
		t.Helper()
		cmd := dateline(t, dir, append([]string{"--db", db, "ingest", "-v"}, append(paths, "-")...)...)
		cmd.Env = append(cmd.Env, envBatch+"=1")
		in, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		messages, err := cmd.StderrPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		defer func() { in.Close(); io.Copy(io.Discard, messages); cmd.Wait() }()
		for n := range 2000 { // more than is looked at before it decides what it reads
			if _, err := io.WriteString(in, line(n)); err != nil {
				t.Fatal(err)
			}
		}
		said := bufio.NewScanner(messages)
		for said.Scan() && !strings.Contains(said.Text(), "release-00000") {
			log += said.Text() + "\n"
		}
		info, err := os.Stat(db)
		if err != nil {
			t.Fatal(err)
		}
		all, err := os.ReadFile("/proc/locks")
		if err != nil {
			t.Fatal(err)
		}
		for row := range strings.Lines(string(all)) {
			if strings.Contains(row, fmt.Sprintf(" %d ", cmd.Process.Pid)) && strings.Contains(row, fmt.Sprintf(":%d ", info.Sys().(*syscall.Stat_t).Ino)) {
				locks++
			}
		}
		return locks, log
	}
	// The control: without that input the lock is there to be seen.
	if locks, log := held(filepath.Join(folder, "a.txt")); locks == 0 {
		t.Fatalf("no lock on the database is seen at all: %s", log)
	}
	n := 0
	for _, path := range []string{"data/x.db", "data/x.db-shm", "link", "alias.txt", "hard2.txt"} {
		n++
		if locks, log := held(path); locks == 0 {
			t.Errorf("%s: the locks on the database are gone: %s", path, log)
		}
	}
	tried(t, "A7 its own database as input", n, "the locks stayed")
}
