package corpus

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestSecondStoreKeepsTheLocks: a second store on the same file, or one that is refused, leaves the locks
// of the first one as they are.
func TestSecondStoreKeepsTheLocks(t *testing.T) {
	if _, err := os.Stat("/proc/locks"); err != nil {
		t.Skipf("NOT TESTED: locks of two stores in one process; %v", err)
	}
	path := filepath.Join(t.TempDir(), "one.db")
	open := func() *Store {
		t.Helper()
		s, err := Open(context.Background(), path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	locks := func() (n int) {
		t.Helper()
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		all, err := os.ReadFile("/proc/locks")
		if err != nil {
			t.Fatal(err)
		}
		for row := range strings.Lines(string(all)) {
			if strings.Contains(row, fmt.Sprintf(" %d ", os.Getpid())) && strings.Contains(row, fmt.Sprintf(":%d ", info.Sys().(*syscall.Stat_t).Ino)) {
				n++
			}
		}
		return n
	}
	first := open()
	defer first.Close()
	put(t, first, sample(t)...)
	if locks() == 0 {
		t.Fatal("no lock is seen at all")
	}
	second := open()
	if locks() == 0 {
		t.Error("opening a second store took the locks away")
	}
	if err := second.Close(); err != nil || locks() == 0 {
		t.Errorf("closing the second store took the locks away, %v", err)
	}
	// The control: what any other program code does by reading the file.
	if _, err := os.ReadFile(path); err != nil || locks() != 0 {
		t.Errorf("the test does not see locks that go: %d, %v", locks(), err)
	}
}
