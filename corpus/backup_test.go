package corpus

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestBackupWhileWriting copies the database again and again while documents are stored. Each
// copy is a state that was committed: sound, and no older than what had been acknowledged.
func TestBackupWhileWriting(t *testing.T) {
	copies := 50
	if testing.Short() {
		copies = 10
	}
	s := openTest(t)
	items := generate(t, 400)
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	progress := make(chan int, len(items)) // documents acknowledged
	failed := make(chan error, 1)
	go func() {
		defer close(progress)
		for i := 0; ; i++ {
			x := items[i%len(items)]
			x.Doc.Source = fmt.Sprintf("%d/%s", i/len(items), x.Doc.Source)
			if ctx.Err() != nil {
				return
			}
			if _, err := s.Put(context.Background(), []Item{x}, PutOptions{}); err != nil {
				failed <- err
				return
			}
			select {
			case progress <- i + 1:
			case <-ctx.Done():
				return
			}
			time.Sleep(3 * time.Millisecond) // a database that grows without end makes each copy slower than the last
		}
	}()
	acknowledged := 0
	drain := func() {
		for {
			select {
			case n, open := <-progress:
				if !open {
					return
				}
				acknowledged = n
			default:
				return
			}
		}
	}
	folder := t.TempDir()
	reader, err := Open(context.Background(), s.path, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	seen := map[int]bool{}
	for i := range copies {
		drain()
		before := acknowledged
		from := s
		if i%2 == 1 {
			from = reader
		}
		path := filepath.Join(folder, fmt.Sprintf("copy-%02d.db", i))
		made, err := from.Backup(context.Background(), path)
		if err != nil {
			t.Fatal(err)
		}
		restored, err := Open(context.Background(), path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		stats, err := restored.Stats(context.Background())
		if err != nil || stats.Documents != made.Documents || stats.Documents < before {
			t.Errorf("copy %d holds %d documents and says %d; %d were stored before, %v", i, stats.Documents, made.Documents, before, err)
		}
		seen[stats.Documents] = true
		checkCitations(t, restored)
		checkSound(t, restored)
		restored.Close()
		os.Remove(path)
	}
	stop()
	select {
	case err := <-failed:
		t.Fatal(err)
	case <-time.After(time.Millisecond):
	}
	if len(seen) < copies/2 {
		t.Errorf("%d copies show only %d states: they were not made during the work", copies, len(seen))
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) > 0 {
		t.Errorf("%d files were left behind, %v", len(left), err)
	}
}

// TestBackupRefuses: a name that is taken, a folder that is not there, a run that was stopped.
func TestBackupRefuses(t *testing.T) {
	s := openTest(t)
	put(t, s, sample(t)...)
	folder := t.TempDir()
	taken := filepath.Join(folder, "taken.db")
	if err := os.WriteFile(taken, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("nowhere", filepath.Join(folder, "link.db")); err != nil {
		t.Fatal(err)
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	for _, x := range []struct {
		name, path string
		ctx        context.Context
	}{
		{"taken", taken, context.Background()},
		{"the database", s.path, context.Background()},
		{"a link", filepath.Join(folder, "link.db"), context.Background()},
		{"no folder", filepath.Join(folder, "no", "x.db"), context.Background()},
		{"stopped", filepath.Join(folder, "stopped.db"), stopped},
	} {
		if _, err := s.Backup(x.ctx, x.path); err == nil {
			t.Errorf("%s: a backup was made", x.name)
		}
	}
	if got, _ := os.ReadFile(taken); string(got) != "mine" {
		t.Errorf("the file holds %q", got)
	}
	if left, _ := os.ReadDir(folder); len(left) != 2 {
		t.Errorf("left behind: %v", left)
	}
	checkSound(t, s)
}
