//go:build unix

package ingest

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestWalkOddFolder(t *testing.T) {
	outside := t.TempDir()
	secret := write(t, outside, "secret.txt", "not for this folder")
	// Sockets have short names only, so the folder's name is short.
	dir, err := os.MkdirTemp("", "w")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	write(t, dir, "a.txt", "text")
	write(t, dir, "new\nline.txt", "text")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(syscall.Mkfifo(filepath.Join(dir, "b.fifo"), 0o644))
	must(os.Symlink(dir, filepath.Join(dir, "c.loop")))
	must(os.Symlink("d.self", filepath.Join(dir, "d.self")))
	must(os.Symlink(secret, filepath.Join(dir, "e.out.txt")))
	must(os.Symlink("../"+filepath.Base(outside)+"/secret.txt", filepath.Join(dir, "f.up.txt")))
	must(os.Symlink("a.txt", filepath.Join(dir, "g.in.txt")))
	must(os.Symlink("/dev/zero", filepath.Join(dir, "h.zero")))
	must(os.Symlink("sub", filepath.Join(dir, "i.dir")))
	write(t, dir, "sub/x.txt", "text")
	listener, err := net.Listen("unix", filepath.Join(dir, "j.sock"))
	must(err)
	defer listener.Close()

	const away = "the link leads nowhere, in a circle, or out of the folder"
	expect(t, walked(t, dir, WalkOptions{}, dir), "a.txt", "b.fifo !! it is a named pipe, not a regular file",
		"c.loop !! "+away, "d.self !! "+away, "e.out.txt !! "+away, "f.up.txt !! "+away, "g.in.txt", "h.zero !! "+away,
		"i.dir !! links to folders are not followed", "j.sock !! it is a socket, not a regular file", "new\nline.txt", "sub/x.txt")
	expect(t, walked(t, dir, WalkOptions{}, filepath.Join(dir, "b.fifo"), "/dev/zero"),
		"b.fifo !! it is a named pipe, not a regular file", "/dev/zero !! it is a device, not a regular file")
}

func TestWalkUnreadableAndOddNames(t *testing.T) {
	dir := t.TempDir()
	file := write(t, dir, "a.txt", "text")
	if err := os.WriteFile(filepath.Join(dir, "b\xff.txt"), []byte("text"), 0o644); err != nil {
		t.Logf("NOT TESTED here: names that are not UTF-8: %v", err)
	} else {
		expect(t, walked(t, dir, WalkOptions{}, dir), "a.txt", `b\xff.txt`)
	}
	if os.Getuid() == 0 {
		t.Skip("SKIPPED: the superuser may read everything. Not tested: unreadable files")
	}
	if err := os.Chmod(file, 0); err != nil {
		t.Fatal(err)
	}
	if items := walked(t, dir, WalkOptions{}, file); len(items) != 1 || !strings.Contains(items[0], "may not be read") {
		t.Errorf("%q", items)
	}
}
