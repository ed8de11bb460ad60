package corpus

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

// A new database, or a copy of one, is written under a name of its own and gets its proper
// name when it is complete. The name holds the number of the process that writes it, so that
// what a killed process left behind is told from what a living one is writing.

// unfinishedMark stands between the database's name and the process number.
const unfinishedMark = ".new-p"

// besides are the endings of the files that SQLite puts beside a database, and of itself.
var besides = []string{"", "-wal", "-shm", "-journal"}

// unfinished are the names that this process is writing: in a container a process may have the
// number of one that was killed.
var unfinished sync.Map

// unfinishedName makes an empty file beside the database at path and gives its name. It ends
// with removeDatabase.
func unfinishedName(path string) (string, error) {
	tmp, err := os.CreateTemp(filepath.Dir(path), fmt.Sprintf("%s%s%d-*", filepath.Base(path), unfinishedMark, os.Getpid()))
	if err != nil {
		return "", err
	}
	unfinished.Store(filepath.Base(tmp.Name()), true)
	os.Chmod(tmp.Name(), 0o644) // CreateTemp's 0600 would surprise whoever shares a folder
	return tmp.Name(), tmp.Close()
}

// linkOrRename gives a complete file its name. A file of that name is never replaced: that is
// an error of fs.ErrExist.
func linkOrRename(from, to string) error {
	err := os.Link(from, to)
	if err == nil {
		return nil
	}
	if _, there := os.Lstat(to); there == nil {
		return &fs.PathError{Op: "link", Path: to, Err: fs.ErrExist}
	}
	return os.Rename(from, to) // a file system without links
}

// removeDatabase removes a file of unfinishedName and what SQLite puts beside it.
func removeDatabase(name string) {
	for _, ending := range besides {
		os.Remove(name + ending)
	}
	unfinished.Delete(filepath.Base(name))
}

// removeUnfinished removes what killed processes left of the database at path. It is called
// when that file exists, so that a process on another machine, whose number says nothing here,
// finds a complete database where it wanted to put its own.
func removeUnfinished(path string) {
	folder, base := filepath.Dir(path), filepath.Base(path)+unfinishedMark
	f, err := os.Open(folder)
	if err != nil {
		return // the files wait for somebody who may list the folder
	}
	defer f.Close()
	names, err := f.Readdirnames(-1)
	if err != nil {
		return
	}
	for _, name := range names {
		if rest, ours := strings.CutPrefix(name, base); ours && abandoned(name, rest) {
			os.Remove(filepath.Join(folder, name))
		}
	}
}

// abandoned reports that a name is of the form of unfinishedName and that nobody writes to it.
// rest is what follows the mark: process, random number, and the ending of a file beside it.
func abandoned(name, rest string) bool {
	for _, ending := range besides[1:] {
		rest = strings.TrimSuffix(rest, ending)
		name = strings.TrimSuffix(name, ending)
	}
	process, random, _ := strings.Cut(rest, "-")
	pid, err := strconv.Atoi(process)
	if _, randomErr := strconv.ParseUint(random, 10, 64); err != nil || randomErr != nil || pid <= 0 {
		return false
	}
	if pid == os.Getpid() {
		_, mine := unfinished.Load(name)
		return !mine
	}
	return !running(pid)
}

// running reports whether a process of this machine has that number; when in doubt it has.
func running(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	defer p.Release()
	return runtime.GOOS == "windows" || !errors.Is(p.Signal(syscall.Signal(0)), os.ErrProcessDone)
}
