package corpus

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// TestRemovesWhatKilledProcessesLeft: the next run takes away the unfinished files of processes
// that are gone, and nothing else.
func TestRemovesWhatKilledProcessesLeft(t *testing.T) {
	gone := exec.Command(os.Args[0], "-test.run=^$")
	if err := gone.Run(); err != nil {
		t.Fatal(err)
	}
	dead, alive, own := strconv.Itoa(gone.Process.Pid), strconv.Itoa(os.Getppid()), strconv.Itoa(os.Getpid())
	folder := t.TempDir()
	stay := []string{"one.db", "one.db.new-2024-05", "one.db.new-p" + alive + "-77", "one.db.new-p" + dead, "one.db.new-p" + dead + "-7.txt",
		"one.db.new-pain-7", "two.db.new-p" + dead + "-7"}
	for _, name := range append([]string{"one.db.new-p" + dead + "-7", "one.db.new-p" + dead + "-7-wal", "one.db.new-p" + dead + "-8-journal", "one.db.new-p" + own + "-9"}, stay[1:]...) {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s, err := Open(context.Background(), filepath.Join(folder, "one.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	var left []string
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		left = append(left, e.Name())
	}
	slices.Sort(stay)
	if !slices.Equal(left, stay) {
		t.Errorf("left are\n%q, want\n%q", left, stay)
	}
}
