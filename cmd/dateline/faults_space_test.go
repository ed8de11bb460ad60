//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestFaultNoSpace lets files grow to a limit only, from nothing up to what the work needs. What
// does not fit is not stored, the message says so, and with space the work goes on. (A3)
func TestFaultNoSpace(t *testing.T) {
	list := works(t)
	steps := max(2, trials(120)/len(list))
	total, full := 0, 0
	for _, w := range list {
		most := w.largest
		for step := range steps {
			limit := most * int64(step) / int64(steps) / 4096 * 4096
			c := w.command(t, w.fresh(t), fmt.Sprintf("%s=%d", envSize, max(limit, 4096))) // messages have to fit
			code := c.run(t)
			_, log := c.printed(t)
			how := fmt.Sprintf("%s with files of up to %d of %d bytes", w.name, limit, most)
			full += w.checkNoSpace(t, how, code, log)
			total++
			for _, p := range append(w.broken(t, c.db, c.acked(t)), w.recover(t, c.db)...) {
				t.Errorf("%s: %s", how, p)
			}
		}
	}
	if full*2 < total {
		t.Errorf("only %d of %d runs met the limit: too little was tested", full, total)
	}
	tried(t, "A3 files that can't grow", total, "%d met the limit", full)
}

// checkNoSpace looks at the end of a run that may have met a full disk; met is 1 when it has.
func (w *work) checkNoSpace(t *testing.T, how string, code int, log string) (met int) {
	t.Helper()
	if code == w.code {
		return 0
	}
	if code != exitDatabase {
		t.Errorf("%s: exit code %d, want %d: %s", how, code, exitDatabase, log)
	}
	if crashed(log) {
		t.Errorf("%s: it crashed: %s", how, log)
	}
	if !strings.Contains(log, "x.db") {
		t.Errorf("%s: no message names the database: %q", how, log)
	}
	return 1
}

// TestFaultDiskFull is a disk that is really full: a file system in memory of a few sizes. (A3)
func TestFaultDiskFull(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("NOT TESTED: a disk that is full; a file system can't be mounted here (%v: %s)", err, strings.TrimSpace(string(out)))
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Errorf("the file system stays mounted: %v", err)
		}
	})
	list := works(t)
	total, full := 0, 0
	each := max(2, trials(100)/len(list))
	for _, w := range list {
		before := int64(0)
		if w.before != "" {
			info, err := os.Stat(w.before)
			if err != nil {
				t.Fatal(err)
			}
			before = info.Size()
		}
		for step := range each {
			space := before + 16<<10 + int64(step)*(1200<<10)/int64(each)
			how := fmt.Sprintf("%s with %d KB free", w.name, (space-before)>>10)
			if out, err := exec.Command("mount", "-o", fmt.Sprintf("remount,size=%dk", space>>10), dir).CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			folder := filepath.Join(dir, "d")
			if err := os.Mkdir(folder, 0o755); err != nil {
				t.Fatal(err)
			}
			db := filepath.Join(folder, "x.db")
			if w.before != "" {
				copyFile(t, w.before, db)
			}
			c := w.command(t, db)
			var log strings.Builder
			c.cmd.Stderr = &log
			code := exitOf(t, c.cmd.Run())
			full += w.checkNoSpace(t, how, code, log.String())
			total++
			if code == exitDatabase && !strings.Contains(log.String(), "free some space") && !strings.Contains(log.String(), "free space") {
				t.Errorf("%s: the message does not say what to do: %s", how, log.String())
			}
			if out, err := exec.Command("mount", "-o", "remount,size=64m", dir).CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			for _, p := range append(w.broken(t, db, nil), w.recover(t, db)...) {
				t.Errorf("%s: %s", how, p)
			}
			if err := os.RemoveAll(folder); err != nil {
				t.Fatal(err)
			}
		}
	}
	if full*3 < total {
		t.Errorf("only %d of %d runs filled the disk: too little was tested", full, total)
	}
	tried(t, "A3 disk full", total, "%d filled it", full)
}
