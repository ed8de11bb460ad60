package corpus

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// TestPragmas reads back what the data source name asks for: a driver that does not know a
// parameter ignores it silently.
func TestPragmas(t *testing.T) {
	s := openTest(t)
	put(t, s, sample(t)[:1]...)
	for pragma, want := range map[string]int{"foreign_keys": 1, "synchronous": 2, "busy_timeout": 30000, "application_id": applicationID, "user_version": len(migrations)} {
		for name, conn := range map[string]interface {
			scan(string, any) error
		}{"reader": scanner(func(q string, v any) error { return s.db.QueryRow(q).Scan(v) }),
			"writer": scanner(func(q string, v any) error { return s.writer.conn.QueryRowContext(context.Background(), q).Scan(v) })} {
			var got int
			if err := conn.scan("PRAGMA "+pragma, &got); err != nil || got != want {
				t.Errorf("%s: %s is %d, want %d, %v", name, pragma, got, want, err)
			}
		}
	}
	var mode string
	if err := s.db.QueryRow("PRAGMA journal_mode").Scan(&mode); err != nil || mode != "wal" {
		t.Errorf("journal_mode is %s, %v", mode, err)
	}
}

type scanner func(string, any) error

func (f scanner) scan(q string, v any) error { return f(q, v) }

// TestDiskFull lets the file grow page by page: whatever the limit, a document is stored
// whole or not at all, and what was acknowledged stays.
func TestDiskFull(t *testing.T) {
	items := generate(t, 12)
	failed := 0
	for extra := 1; extra < 60; extra += 5 {
		s := openTest(t)
		put(t, s, items[0])
		var pages int
		if err := s.db.QueryRow("PRAGMA page_count").Scan(&pages); err != nil {
			t.Fatal(err)
		}
		limit := fmt.Sprintf("PRAGMA max_page_count=%d", pages+extra)
		if _, err := s.writer.conn.ExecContext(context.Background(), limit); err != nil {
			t.Fatal(err)
		}
		stored := 1
		for _, x := range items[1:] {
			if _, err := s.Put(context.Background(), []Item{x}, PutOptions{}); err != nil {
				if !IsDatabase(err) {
					t.Errorf("%v is not an error of the database", err)
				}
				failed++
				break
			}
			stored++
		}
		stats, err := s.Stats(context.Background())
		if err != nil || stats.Documents != stored {
			t.Errorf("%d documents after %d were stored, %v", stats.Documents, stored, err)
		}
		checkSound(t, s)
	}
	if failed < 5 {
		t.Errorf("only %d of the runs met a full disk: nothing was tested", failed)
	}
}

// TestDamagedRawBytes finds a flipped bit that SQLite can't see.
func TestDamagedRawBytes(t *testing.T) {
	s := openTest(t)
	put(t, s, sample(t)[:1]...)
	if _, err := s.db.Exec("UPDATE raw SET encoding = 'identity', bytes = zeroblob(size)"); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, err := range s.Current(context.Background()) {
		if err == nil || !IsDatabase(err) {
			t.Errorf("damaged raw bytes were given out: %v", err)
		}
		n++
	}
	if n != 1 {
		t.Errorf("%d documents", n)
	}
}

// TestLeavesNothingBehind: the folder of a closed database holds that database only.
func TestLeavesNothingBehind(t *testing.T) {
	folder := t.TempDir()
	s, err := Open(context.Background(), filepath.Join(folder, "one.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	put(t, s, sample(t)...)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(folder)
	if err != nil || len(files) != 1 || files[0].Name() != "one.db" {
		t.Errorf("the folder holds %v, %v", files, err)
	}
}
