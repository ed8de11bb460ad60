package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"dateline/corpus"
)

// writeWhole writes a file that is there whole or not at all: under another name in the same
// folder first, then to the disk, and only then under its own. A kill or a full disk leaves
// what stood there before.
func writeWhole(name string, write func(io.Writer) error) (err error) {
	fail := func(err error) error {
		return fmt.Errorf("%s: could not be written: %w; check the folder's permissions and free space: what stood there before is unchanged", name, plainCause(err))
	}
	if real, err := filepath.EvalSymlinks(name); err == nil {
		name = real // what a link points to is replaced, not the link
	}
	folder := filepath.Dir(name)
	tmp, err := os.CreateTemp(folder, "."+filepath.Base(name)+".unfinished-*")
	if err != nil {
		return fail(err)
	}
	defer func() {
		if err != nil {
			tmp.Close()
			os.Remove(tmp.Name())
		}
	}()
	mode := fs.FileMode(0o644) // CreateTemp's 0600 would surprise whoever shares a folder
	if info, err := os.Stat(name); err == nil {
		mode = info.Mode().Perm()
	}
	out := &failingWriter{w: tmp}
	buffered := bufio.NewWriterSize(out, 1<<16)
	err = write(buffered)
	if err == nil {
		err = buffered.Flush()
	}
	switch {
	case out.err != nil:
		return fail(out.err)
	case err != nil:
		return err // of what was to be written
	}
	for _, step := range []func() error{func() error { return tmp.Chmod(mode) }, tmp.Sync, tmp.Close, func() error { return os.Rename(tmp.Name(), name) }} {
		if err = step(); err != nil {
			return fail(err)
		}
	}
	if d, err := os.Open(folder); err == nil { // makes the name durable, where the system can
		d.Sync()
		d.Close()
	}
	return nil
}

// failingWriter remembers that writing failed, so that it is told from a failure to read.
type failingWriter struct {
	w   io.Writer
	err error
}

func (f *failingWriter) Write(p []byte) (int, error) {
	n, err := f.w.Write(p)
	if err != nil {
		f.err = err
	}
	return n, err
}

// plainCause leaves the name of the unfinished file out of an error.
func plainCause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		return link.Err
	}
	return err
}

// checkTarget refuses to write over the database, over what documents were read from, and over
// what is no file.
func (a *app) checkTarget(ctx context.Context, store *corpus.Store, name string) error {
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		if folder, err := os.Stat(filepath.Dir(name)); err != nil || !folder.IsDir() {
			return badUsage("-o %s: its folder does not exist; create it first", oneLine(name))
		}
		return nil
	}
	if err != nil {
		return badUsage("-o %s: %v", oneLine(name), plainCause(err))
	}
	if !info.Mode().IsRegular() {
		return badUsage("-o %s is not a regular file; leave -o out to write to standard output", oneLine(name))
	}
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		if other, err := os.Stat(a.databasePath() + suffix); err == nil && os.SameFile(info, other) {
			return badUsage("-o %s is the database itself; name another file", oneLine(name))
		}
	}
	inputs, err := store.Inputs(ctx)
	if err != nil {
		return err
	}
	input := badUsage("-o %s is what a document was read from; name another file", oneLine(name))
	seen := map[string]bool{}
	for _, source := range inputs {
		// A part of a file is named FILE#NUMBER; a file may have such a name, too.
		for _, path := range []string{source, strings.TrimRight(source, "0123456789")} {
			if path != source {
				path = strings.TrimSuffix(path, "#")
			}
			if seen[path] || strings.Contains(path, "://") {
				continue
			}
			seen[path] = true
			if other, err := os.Stat(path); err == nil && os.SameFile(info, other) {
				return input
			}
		}
	}
	// Paths are stored as they were given: from another folder they name other files.
	hashes, err := hashFile(name)
	if err != nil {
		return badUsage("-o %s exists and can't be read: %v", oneLine(name), plainCause(err))
	}
	for _, hash := range hashes {
		if known, err := store.HasRaw(ctx, hash); err != nil || known {
			return errors.Join(err, input)
		}
	}
	return nil
}

// hashFile gives the names under which a database would keep the bytes of a file: all of them,
// or its first line, when that is a document.
func hashFile(name string) ([]string, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	h := sha256.New()
	all := bufio.NewReaderSize(io.TeeReader(f, h), 1<<20)
	line, err := all.ReadBytes('\n')
	if err != nil && err != io.EOF {
		return nil, err
	}
	first := corpus.HashBytes(bytes.TrimSpace(line))
	if _, err := io.Copy(io.Discard, all); err != nil {
		return nil, err
	}
	return []string{"sha256:" + hex.EncodeToString(h.Sum(nil)), first}, nil
}
