package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// ioErrors is the number of failing calls of all works together.
const ioErrors = 200

// TestFaultIOError lets the N-th write or sync fail with EIO, as a dying disk does. The program ends
// with exit code 3 and says so, or has gone on without what failed where SQLite can; what it
// reported done is done, nothing is half, and the same command goes on. (A4)
func TestFaultIOError(t *testing.T) {
	requireStrace(t, "writes and syncs that fail")
	list := works(t)
	each := max(3, trials(ioErrors)/len(list))
	total, failed, reported := 0, 0, 0
	for k, w := range list {
		_, calls := w.record(t)
		number := map[string]int{}
		for _, c := range calls {
			switch c.name {
			case "write":
				number["pwrite64"]++
			case "sync":
				number["fsync"]++
			}
		}
		rng := chance(uint64(k) + 900)
		for trial := range each {
			which := []string{"pwrite64", "fsync", "pwrite64"}[trial%3]
			nth := 1 + rng.IntN(number[which])
			log := filepath.Join(t.TempDir(), "strace")
			c := w.command(t, w.fresh(t))
			underStrace(t, c, "-e", "trace="+which, "-e", fmt.Sprintf("inject=%s:error=EIO:when=%d", which, nth), "-o", log)
			code := c.run(t)
			_, messages := c.printed(t)
			how := fmt.Sprintf("%s, %s %d of %d fails", w.name, which, nth, number[which])
			trace, err := os.ReadFile(log)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(trace), "(INJECTED)") {
				failed++
			}
			if code != w.code && code != exitDatabase {
				t.Errorf("%s: exit code %d: %s", how, code, messages)
			}
			if code == exitDatabase {
				reported++
				if !strings.Contains(messages, "x.db") || !strings.Contains(messages, "; ") {
					t.Errorf("%s: the message does not name the database and what to do: %s", how, messages)
				}
			}
			if crashed(messages) {
				t.Errorf("%s: it crashed: %s", how, messages)
			}
			total++
			for _, p := range append(w.broken(t, c.db, c.acked(t)), w.recover(t, c.db)...) {
				t.Errorf("%s: %s", how, p)
			}
		}
	}
	if failed*10 < total*8 {
		t.Errorf("only in %d of %d runs a call failed: too little was tested", failed, total)
	}
	if reported*2 < failed {
		t.Errorf("only %d of %d failures were reported", reported, failed)
	}
	tried(t, "A4 I/O errors", total, "%d calls failed, %d runs ended with exit code 3, the others went on and were right", failed, reported)
}
