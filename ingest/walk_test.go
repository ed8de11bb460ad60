package ingest

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// write makes a file below dir and gives its path.
func write(t *testing.T, dir, name, content string) string {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// walked lists the items of a walk, sources below dir, refused ones with their reason. A walk that blocks fails.
func walked(t *testing.T, dir string, opt WalkOptions, paths ...string) []string {
	t.Helper()
	done := make(chan []string, 1)
	go func() {
		var items []string
		err := Walk(paths, opt, func(item Item) error {
			name := strings.TrimPrefix(item.Source, dir+string(filepath.Separator))
			if item.Err != nil {
				var r *Refusal
				if !errors.As(item.Err, &r) || r.Advice == "" || r.Source != item.Source {
					name += " !! not a whole refusal"
				} else {
					name += " !! " + r.Reason
				}
			} else if item.Raw.Source != item.Source {
				name += " !! source of the bytes: " + item.Raw.Source
			}
			items = append(items, name)
			return nil
		})
		if err != nil {
			items = append(items, "error: "+err.Error())
		}
		done <- items
	}()
	select {
	case items := <-done:
		return items
	case <-time.After(10 * time.Second):
		t.Fatal("the walk blocks")
		return nil
	}
}

func expect(t *testing.T, got []string, want ...string) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

func TestWalkOrder(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b.txt", "a.txt", "sub/z.html", "sub/deep/c.txt", "a/1.txt", ".hidden", ".git/config", "odd[1].txt"} {
		write(t, dir, name, "text")
	}
	write(t, dir, "l.jsonl", "{\"text\":\"x\"}\n\n{\"text\":\"y\"}\n")
	expect(t, walked(t, dir, WalkOptions{}, dir), "a/1.txt", "a.txt", "b.txt", "l.jsonl#1", "l.jsonl#3", "odd[1].txt", "sub/deep/c.txt", "sub/z.html")
	expect(t, walked(t, dir, WalkOptions{}, filepath.Join(dir, "*.txt")), "a.txt", "b.txt", "odd[1].txt")
	expect(t, walked(t, dir, WalkOptions{}, filepath.Join(dir, "odd[1].txt")), "odd[1].txt")
	expect(t, walked(t, dir, WalkOptions{}, filepath.Join(dir, "*.pdf"), filepath.Join(dir, "none.txt")),
		"*.pdf !! no file matches the pattern", "none.txt !! there is no such file or folder")
	expect(t, walked(t, dir, WalkOptions{Skip: func(rel string) bool { return rel != "b.txt" }}, dir), "b.txt")
	expect(t, walked(t, dir, WalkOptions{MaxBytes: 3}, filepath.Join(dir, "a.txt")), "a.txt !! the file has 4 bytes, more than the limit of 3")
}

func TestWalkNeverOpens(t *testing.T) {
	dir := t.TempDir()
	a, b := write(t, dir, "a.txt", "text"), write(t, dir, "b.txt", "text")
	own, err := os.Stat(a)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Link(a, filepath.Join(dir, "same.txt")); err != nil {
		t.Fatal(err)
	}
	opt := WalkOptions{Never: func(info os.FileInfo) bool { return os.SameFile(own, info) }}
	expect(t, walked(t, dir, opt, dir), "b.txt")
	expect(t, walked(t, dir, opt, a, b, filepath.Join(dir, "same.txt")), "a.txt !! it is the database itself", "b.txt", "same.txt !! it is the database itself")
}

func TestWalkGivesBytesAndFlag(t *testing.T) {
	dir := t.TempDir()
	file := write(t, dir, "a.txt", "some text")
	lines := write(t, dir, "b.jsonl", " {\"text\":\"x\"} \r\n")
	var raws []Raw
	err := Walk([]string{file, lines}, WalkOptions{Published: "2024-05-18"}, func(item Item) error {
		raws = append(raws, item.Raw)
		return item.Err
	})
	if err != nil || len(raws) != 2 {
		t.Fatal(raws, err)
	}
	if r := raws[0]; string(r.Bytes) != "some text" || r.Published != "2024-05-18" || r.MediaType != "" {
		t.Errorf("%+v", r)
	}
	if r := raws[1]; string(r.Bytes) != `{"text":"x"}` || r.Published != "2024-05-18" || r.MediaType != MediaTypeJSONLine || r.Source != lines+"#1" {
		t.Errorf("%+v", r)
	}
	stop := errors.New("stop")
	calls := 0
	if err := Walk([]string{file, lines}, WalkOptions{}, func(Item) error { calls++; return stop }); err != stop || calls != 1 {
		t.Errorf("error %v after %d calls", err, calls)
	}
}

func TestWalkStandardInput(t *testing.T) {
	expect(t, walked(t, "", WalkOptions{Stdin: strings.NewReader("text")}, "-"), "-")
	expect(t, walked(t, "", WalkOptions{Stdin: strings.NewReader("{\"text\":\"x\"}\n{\"text\":\"y\"}")}, "-"), "-#1", "-#2")
	expect(t, walked(t, "", WalkOptions{}, "-"), "- !! there is no standard input")
	expect(t, walked(t, "", WalkOptions{Stdin: endless{"y\n"}, MaxBytes: 1 << 20}, "-"), "- !! standard input gave more than the limit of 1048576 bytes")
	items := walked(t, "", WalkOptions{Stdin: io.MultiReader(strings.NewReader("{\"text\":\"x\"}\n{\"text\":\""), io.LimitReader(endless{"y"}, 9<<20), strings.NewReader("\n{\"text\":\"z\"}\n")), MaxBytes: 1 << 20}, "-")
	expect(t, items, "-#1", "-#2 !! the line is longer than the limit of 1048576 bytes", "-#3")
}

// TestWalkEndlessLine: a line of JSON that never ends is given up, and what came before it counts.
func TestWalkEndlessLine(t *testing.T) {
	in := io.MultiReader(strings.NewReader("{\"text\":\"x\"}\n{\"text\":\""), endless{"y"})
	expect(t, walked(t, "", WalkOptions{Stdin: in, MaxBytes: 1 << 20}, "-"), "-#1",
		"- !! it could not be read (a line goes on beyond 16 times the limit of 1048576 bytes, and what follows was not read)")
}

// endless is a reader without end.
type endless struct{ text string }

func (e endless) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		n += copy(p[n:], e.text)
	}
	return n, nil
}

// TestWalkStreamsLines shows that a file of lines is not held in memory: the heap stays far below its size.
func TestWalkStreamsLines(t *testing.T) {
	line := `{"text":"` + strings.Repeat("The fund met. ", 700) + "\"}\n"
	const size = 64 << 20
	n := 0
	var before runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var most uint64
	err := Walk([]string{"-"}, WalkOptions{Stdin: io.LimitReader(endless{line}, size)}, func(item Item) error {
		if n++; n%1000 == 0 {
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
		}
		return nil
	})
	if err != nil || n < 6000 {
		t.Fatalf("%d lines, %v", n, err)
	}
	if most > before.HeapAlloc+size/16 {
		t.Errorf("the heap grew from %d to %d bytes", before.HeapAlloc, most)
	}
}
