package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"dateline/extract/eval"
)

// goldRun is what the documents of a gold folder state, by gold case.
type goldRun struct {
	name   string // of its file, for a run that was read
	lines  map[string]eval.Line
	raw    []byte // the JSON Lines
	failed bool   // a document of it was refused
}

// readRun reads a run that was printed before.
func (a *app) readRun(name string, gold []eval.Case) (goldRun, error) {
	in, shown := a.stdin, "standard input"
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return goldRun{}, err
		}
		defer f.Close()
		in, shown = f, name
	}
	var raw bytes.Buffer
	lines, err := eval.ReadLines(io.TeeReader(in, &raw), shown, gold...)
	return goldRun{name: shown, lines: lines, raw: raw.Bytes()}, err
}

// earlierRuns are the runs that a run is compared with: the one that --against names, or the
// two that stay beside a page. Two, so that measuring the same twice does not hide what the
// last change of the rules moved.
type earlierRuns struct {
	against      *goldRun
	last, former *goldRun // kept beside the page; nil while there is none
	lastFile     string
	formerFile   string
}

// findEarlier reads them, before any long work, because a file that is no run stops all.
func findEarlier(f evalFlags, gold []eval.Case) (earlierRuns, error) {
	var e earlierRuns
	var err error
	if f.against != "" {
		e.against, err = readKept(f.against, gold)
		if errors.Is(err, fs.ErrNotExist) {
			err = badUsage("--against: there is no file %s; name a run that was printed by 'dateline extract --format jsonl'", f.against)
		}
		return e, err
	}
	if f.html == "" {
		return e, nil
	}
	e.lastFile, e.formerFile = keptRuns(f.html)
	for _, kept := range []struct {
		file string
		run  **goldRun
	}{{e.lastFile, &e.last}, {e.formerFile, &e.former}} {
		*kept.run, err = readKept(kept.file, gold)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return e, fmt.Errorf("%w; it stands where the run of the page is kept: move it away, or name another page", err)
		}
	}
	return e, nil
}

// keptRuns are the files beside a page: report.run.jsonl and report.before.jsonl.
func keptRuns(page string) (last, former string) {
	base := strings.TrimSuffix(page, filepath.Ext(page))
	return base + ".run.jsonl", base + ".before.jsonl"
}

// readKept reads a run from a file; nil when it can't.
func readKept(file string, gold []eval.Case) (*goldRun, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	lines, err := eval.ReadLines(bytes.NewReader(raw), file, gold...)
	if err != nil {
		return nil, err
	}
	return &goldRun{name: file, lines: lines, raw: raw}, nil
}

// before is the run to compare with, nil when there is none. It bears the name of the file
// that will hold it from now on.
func (e earlierRuns) before(now goldRun) *goldRun {
	switch {
	case e.against != nil:
		return e.against
	case e.last == nil:
		return nil
	case bytes.Equal(e.last.raw, now.raw):
		return e.former
	}
	former := *e.last
	former.name = e.formerFile
	return &former
}

// keep stores a run beside its page. When it is cut short, the next run of the same command
// finds either nothing changed or the new run with the one before it.
func (e earlierRuns) keep(now goldRun) error {
	if e.against != nil || e.last != nil && bytes.Equal(e.last.raw, now.raw) {
		return nil
	}
	if e.last != nil {
		if err := replaceFile(e.formerFile, e.last.raw); err != nil {
			return err
		}
	}
	return replaceFile(e.lastFile, now.raw)
}
