//go:build unix

package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// nobody is a user without rights, which the superuser's tests use: the superuser may write
// where nobody may.
const nobody = 65534

// TestFaultReadOnly: where nothing can be written, commands that read answer as ever, and
// commands that write end with exit code 3 before they read any input. (A5)
func TestFaultReadOnly(t *testing.T) {
	works(t)
	dir := openFolder(t)
	program := filepath.Join(dir, "dateline")
	copyProgram(t, program)
	inputs := filepath.Join(dir, "inputs")
	writeFile(t, filepath.Join(inputs, "a.txt"), generatedRelease(3))
	n := 0
	for _, c := range []struct {
		name         string
		file, folder os.FileMode
	}{
		{"file", 0o444, 0o777}, {"folder", 0o666, 0o555}, {"file and folder", 0o444, 0o555},
	} {
		folder := filepath.Join(dir, strings.ReplaceAll(c.name, " ", "-"))
		db := filepath.Join(folder, "x.db")
		if err := os.Mkdir(folder, 0o777); err != nil {
			t.Fatal(err)
		}
		copyFile(t, filepath.Join(inputFolder(t), "whole.db"), db)
		before, err := os.ReadFile(db)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(db, c.file); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(folder, c.folder); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.Chmod(folder, 0o777) })
		document := filepath.Join(inputFolder(t), "old", "release-04.txt")
		run := func(args ...string) (code int, out, messages string) {
			t.Helper()
			n++
			cmd := dateline(t, dir, append([]string{"--db", db}, args...)...)
			cmd.Path = program
			if os.Getuid() == 0 {
				cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
			}
			var o, e bytes.Buffer
			cmd.Stdout, cmd.Stderr = &o, &e
			silent, _, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			defer silent.Close()
			cmd.Stdin = silent
			code = exitOf(t, cmd.Run())
			return code, o.String(), e.String()
		}
		for _, args := range [][]string{{"facts"}, {"show", document}} {
			_, want, _ := inProcess(t.Context(), nil, "", append([]string{"--db", filepath.Join(inputFolder(t), "whole.db")}, args...)...)
			if code, out, messages := run(args...); code != exitOK || out != want {
				t.Errorf("read-only %s: %v: exit code %d: %s", c.name, args, code, messages)
			}
		}
		// Standard input never gives anything: an ingest that read its input first would wait.
		for _, args := range [][]string{{"ingest", "-"}, {"reextract"}, {"remove", document}} {
			code, out, messages := run(args...)
			if code != exitDatabase || !strings.Contains(messages, "x.db") || !strings.Contains(messages, "permissions") || out != "" {
				t.Errorf("read-only %s: %v: exit code %d: %s%s", c.name, args, code, out, messages)
			}
		}
		if now, err := os.ReadFile(db); err != nil || !bytes.Equal(now, before) {
			t.Errorf("read-only %s: the database changed, %v", c.name, err)
		}
		// A new database can't be made there either.
		if c.folder == 0o555 {
			db = filepath.Join(folder, "new.db")
			if code, _, messages := run("ingest", inputs); code != exitDatabase || !strings.Contains(messages, "new.db") {
				t.Errorf("a new database in a read-only folder: exit code %d: %s", code, messages)
			}
		}
		db = filepath.Join(folder, "none", "x.db")
		if code, _, messages := run("ingest", inputs); code != exitDatabase || !strings.Contains(messages, "folder does not exist") {
			t.Errorf("a folder that is missing: exit code %d: %s", code, messages)
		}
		// The control: the same user writes where it may.
		if err := os.Chmod(folder, 0o777); err != nil {
			t.Fatal(err)
		}
		db = filepath.Join(folder, "control.db")
		if code, _, messages := run("ingest", inputs); code != exitOK {
			t.Errorf("where the user may write: exit code %d: %s", code, messages)
		}
	}
	tried(t, "A5 read-only", n, "files, folders and both, as user %d", os.Getuid())
}

// openFolder is a folder that every user may enter.
func openFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for d := dir; d != os.TempDir() && len(d) > len(os.TempDir()); d = filepath.Dir(d) {
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	return dir
}

// copyProgram copies the test binary, which lies where only its owner may look.
func copyProgram(t *testing.T, to string) {
	t.Helper()
	name, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	in, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(out, in); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}
