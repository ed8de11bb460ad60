//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestFaultEndlessInput pipes without end. The program reads up to its limit, says so, and ends
// with exit code 1, with little memory. (B10)
func TestFaultEndlessInput(t *testing.T) {
	n := 0
	endless := []struct{ name, chunk string }{
		{"yes", strings.Repeat("y\n", 32<<10)},
		{"zeros", strings.Repeat("\x00", 64<<10)},
		{"a line of JSON", `{"text":"` + strings.Repeat("a", 64<<10)},
		{"an open page", "<html><body><p>" + strings.Repeat("<div>a", 10<<10)},
		{"one word", strings.Repeat("a", 64<<10)},
		{"brackets of JSON", strings.Repeat("[", 64<<10)},
		{"broken UTF-8", strings.Repeat("\xff\xfe\xc3", 20<<10)},
		{"blank lines", strings.Repeat("\n", 64<<10)},
		{"open JSON objects", strings.Repeat(`{"a":`, 12<<10)},
	}
	full := trials(10) == 10
	for i, input := range endless {
		if !full && i >= 4 {
			break // each reads a GB at most
		}
		name, chunk := input.name, input.chunk
		for _, command := range []string{"ingest", "extract"} {
			if command == "extract" && i > 0 && !full {
				continue // both read alike
			}
			n++
			cmd := dateline(t, t.TempDir(), command, "-")
			in, err := cmd.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			var out, messages bytes.Buffer
			cmd.Stdout, cmd.Stderr = &out, &messages
			begun := time.Now()
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			given := make(chan int64, 1)
			go func() {
				total := int64(0)
				for {
					k, err := io.WriteString(in, chunk)
					total += int64(k)
					if err != nil || total > 4<<30 {
						in.Close()
						given <- total
						return
					}
				}
			}()
			code := exitOf(t, cmd.Wait())
			took, total := time.Since(begun), <-given
			memory := cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10
			if code != exitItems || !strings.Contains(messages.String(), "limit") {
				t.Errorf("%s of %s: exit code %d: %.300s", command, name, code, messages.String())
			}
			if total > 5<<28 || memory > 700<<20 || took > time.Minute {
				t.Errorf("%s of %s: it took %d MB, %v and %d MB of memory", command, name, total>>20, took, memory>>20)
			}
		}
	}
	tried(t, "B10 endless input", n, "each ended at its limit")
}

// TestFaultOddFolder gives the program a folder of everything that is no regular file, twice, and the
// same things one by one: it never waits, and each is named with its reason. (B9)
func TestFaultOddFolder(t *testing.T) {
	dir := t.TempDir()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	writeFile(t, filepath.Join(dir, "in", "good.txt"), release(1))
	writeFile(t, filepath.Join(dir, "in", "new\nline.txt"), release(2))
	writeFile(t, filepath.Join(dir, "in", "sub", "deep", "good.txt"), release(3))
	writeFile(t, filepath.Join(dir, "secret.txt"), "Outside of the folder.")
	writeFile(t, filepath.Join(dir, "in", "sparse.txt"), "")
	must(os.Truncate(filepath.Join(dir, "in", "sparse.txt"), 1<<40)) // a terabyte of nothing
	invalid := os.WriteFile(filepath.Join(dir, "in", "invalid\xff.txt"), []byte(release(4)), 0o644)
	if invalid != nil {
		t.Logf("NOT TESTED here: a name that is not UTF-8: %v", invalid)
	}
	must(syscall.Mkfifo(filepath.Join(dir, "in", "pipe"), 0o644))
	for link, to := range map[string]string{"loop": ".", "self": "self", "up": "..", "out.txt": "../secret.txt", "zero": "/dev/zero", "random": "/dev/urandom",
		"stdin": "/dev/stdin", "gone": "nowhere", "root": "/", "a-b": "b-a", "b-a": "a-b", "fifo": "pipe"} {
		must(os.Symlink(to, filepath.Join(dir, "in", link)))
	}
	deep := filepath.Join(dir, "in", strings.Repeat("d/", 200))
	if err := os.MkdirAll(deep, 0o755); err != nil && !errors.Is(err, syscall.ENAMETOOLONG) {
		t.Fatal(err)
	}
	short, err := os.MkdirTemp("", "s") // sockets have short names only
	must(err)
	defer os.RemoveAll(short)
	listener, err := net.Listen("unix", filepath.Join(short, "sock"))
	must(err)
	defer listener.Close()
	paths := []string{"in", "in", filepath.Join("in", "pipe"), "/dev/zero", "/dev/urandom", filepath.Join("in", "zero"), filepath.Join("in", "self"), filepath.Join(short, "sock"), filepath.Join("in", "loop", "loop", "loop", "good.txt")}

	n := 0
	for _, command := range []string{"ingest", "extract"} {
		n++
		cmd := dateline(t, dir, append([]string{command}, paths...)...)
		silent, _, err := os.Pipe() // a link to /dev/stdin would wait here
		must(err)
		defer silent.Close()
		cmd.Stdin = silent
		var out, messages bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &messages
		begun := time.Now()
		code := exitOf(t, cmd.Run())
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("%s took %v", command, took)
		}
		if code != exitItems {
			t.Errorf("%s: exit code %d: %s", command, code, messages.String())
		}
		for _, name := range []string{"pipe", "loop", "self", "up", "out.txt", "zero", "random", "stdin", "gone", "root", "a-b", "b-a", "fifo", "sparse.txt"} {
			if !strings.Contains(messages.String(), filepath.Join("in", name)+": ") {
				t.Errorf("%s: %s is not named: %s", command, name, messages.String())
			}
		}
		if strings.Contains(out.String()+messages.String(), "Outside of the folder") {
			t.Errorf("%s read a file outside of the folder", command)
		}
	}
	good := 3
	if invalid == nil {
		good++
	}
	db := openSQL(t, filepath.Join(dir, "dateline.db"))
	// in/loop/loop/loop/good.txt was named itself, and is a file: it is read under that name.
	if got := count(t, db, "SELECT count(*) FROM document WHERE is_current = 1"); got != good+1 {
		t.Errorf("%d documents are stored, want %d", got, good+1)
	}
	tried(t, "B9 odd files", n*(len(paths)+20), "each named with its reason, nothing waited")
}

// TestFaultFileThatChanges ingests files that somebody goes on writing, cutting off and replacing: each
// is stored as it was at one moment, or refused. (B9)
func TestFaultFileThatChanges(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "in", "changing.txt")
	whole := func(n int) string { return strings.Repeat(release(n), 400) } // of several reads
	texts := []string{whole(1), whole(2), whole(3)}
	writeFile(t, name, texts[0])
	stop, stopped := make(chan struct{}), make(chan int)
	go func() {
		changes := 0
		for {
			select {
			case <-stop:
				stopped <- changes
				return
			default:
			}
			text := texts[changes%len(texts)]
			switch changes % 3 {
			case 0: // written over in pieces
				f, err := os.OpenFile(name, os.O_WRONLY|os.O_TRUNC, 0)
				if err == nil {
					io.WriteString(f, text[:len(text)/2])
					time.Sleep(200 * time.Microsecond)
					io.WriteString(f, text[len(text)/2:])
					f.Close()
				}
			case 1: // replaced at once
				os.WriteFile(name+".part", []byte(text), 0o644)
				os.Rename(name+".part", name)
			case 2: // cut off, then whole again
				os.Truncate(name, int64(len(text)/3))
				os.WriteFile(name, []byte(text), 0o644)
			}
			changes++
			time.Sleep(100 * time.Microsecond)
		}
	}()
	runs, stored, refused := trials(300), 0, 0
	for range runs {
		code, out, _ := inProcess(t.Context(), nil, "", "extract", "--format", "jsonl", name)
		switch {
		case code == exitItems:
			refused++
		case code == exitOK && out != "":
			stored++
			mixed := 0
			for n := range texts {
				if strings.Contains(out, fmt.Sprintf("Harbour news %d", n+1)) {
					mixed++
				}
			}
			if mixed != 1 {
				t.Errorf("a text of %d versions of the file", mixed)
			}
		default:
			t.Errorf("exit code %d, %d bytes", code, len(out))
		}
	}
	close(stop)
	changes := <-stopped
	if changes < runs/10 || stored == 0 {
		t.Errorf("%d changes, %d read: too little was tested", changes, stored)
	}
	tried(t, "B9 a file that changes", runs, "%d changes; read whole %d times, refused %d times", changes, stored, refused)
}
