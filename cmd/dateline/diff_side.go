package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dateline/corpus"
	"dateline/corpus/diff"
	"dateline/extract"
	"dateline/extract/token"
)

// closingSide is a side of a comparison that holds files open.
type closingSide interface {
	diff.Side
	io.Closer
}

// openSide opens a database or a run, whichever the name is.
func (a *app) openSide(ctx context.Context, name string) (closingSide, error) {
	if name == "-" {
		return newRunSide(ctx, []runInput{{"standard input", interruptible(ctx, a.stdin)}})
	}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, badUsage("there is no %s; name a database, or a run that 'dateline extract --format jsonl' printed", name)
	case err != nil:
		return nil, err
	case info.IsDir():
		return newFolderSide(ctx, name)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	head := bufio.NewReader(f)
	if start, _ := head.Peek(len(sqliteMagic)); string(start) == sqliteMagic {
		f.Close()
		return newStoreSide(ctx, name)
	}
	defer f.Close()
	return newRunSide(ctx, []runInput{{name, head}})
}

// sqliteMagic begins every SQLite file.
const sqliteMagic = "SQLite format 3\x00"

// storeSide is a database.
type storeSide struct {
	store   *corpus.Store
	entries []diff.Entry
	gone    map[string]diff.Decisions
}

func newStoreSide(ctx context.Context, name string) (*storeSide, error) {
	store, err := corpus.Open(ctx, name, corpus.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	s := &storeSide{store: store, gone: map[string]diff.Decisions{}}
	docs, err := store.Documents(ctx, corpus.DocumentFilter{State: "ok"})
	if err == nil {
		err = s.readGone(ctx)
	}
	if err != nil {
		store.Close()
		return nil, err
	}
	for _, d := range docs {
		s.entries = append(s.entries, diff.Entry{Source: d.Source, Hash: d.RawHash})
	}
	return s, nil
}

// readGone reads the decisions about facts that no document states any more as they were
// decided.
func (s *storeSide) readGone(ctx context.Context) error {
	orphans, err := s.store.Orphans(ctx)
	if err != nil {
		return err
	}
	for _, d := range orphans {
		state := corpus.ReviewAccepted
		if d.Action == corpus.Reject {
			state = corpus.ReviewRejected
		}
		for _, t := range d.Targets {
			if s.gone[t.Source] == nil {
				s.gone[t.Source] = diff.Decisions{}
			}
			s.gone[t.Source].Add(&t.Value, state)
		}
	}
	return nil
}

func (s *storeSide) Entries() []diff.Entry             { return s.entries }
func (s *storeSide) Gone(source string) diff.Decisions { return s.gone[source] }
func (s *storeSide) Close() error                      { return s.store.Close() }

// Document reads the statements of a document as the program read them.
func (s *storeSide) Document(ctx context.Context, source string) (diff.Document, error) {
	detail, err := s.store.Document(ctx, source)
	if err != nil {
		return diff.Document{}, err
	}
	doc := diff.Document{Source: source, Text: detail.Doc.Text}
	at := byteOffsets(doc.Text)
	for _, st := range detail.Statements {
		f := diff.Fact{Fact: st.Value, State: st.State}
		if st.Extracted != nil {
			edited := st.Value
			f.Fact, f.Edited = *st.Extracted, &edited
		}
		f.Kind, f.Rule, f.Confidence = st.Kind, st.Rule, st.Confidence
		f.Citations = make([]extract.Citation, len(st.Citations))
		for i, c := range st.Citations {
			f.Citations[i] = extract.Citation{Span: token.Span{Start: at(c.Start), End: at(c.End)}, Quote: c.Quote, Rule: c.Rule}
		}
		doc.Facts = append(doc.Facts, f)
	}
	return doc, nil
}

// runInput is one stream of JSON Lines.
type runInput struct {
	name string
	r    io.Reader
}

// runSide is a run. Its lines are copied to a temporary file while their places are noted: a
// run may be larger than memory, and a pipe can't be read twice.
type runSide struct {
	file    *os.File
	entries []diff.Entry
	lines   map[string]runLine
}

// runLine is where a line stands in the copy, in bytes, and where it came from.
type runLine struct {
	start, size int64
	name        string
	number      int
}

func (l runLine) String() string { return fmt.Sprintf("%s:%d", l.name, l.number) }

// longestLine bounds one line of a run in bytes: several times the largest document that
// ingest takes.
const longestLine = 256 << 20

func newFolderSide(ctx context.Context, dir string) (*runSide, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var inputs []runInput
	var files []*os.File
	defer func() {
		for _, f := range files {
			f.Close()
		}
	}()
	for _, e := range entries { // sorted by name
		if !strings.HasSuffix(e.Name(), ".jsonl") || !e.Type().IsRegular() {
			continue
		}
		f, err := os.Open(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		files = append(files, f)
		inputs = append(inputs, runInput{f.Name(), f})
	}
	if len(inputs) == 0 {
		return nil, badUsage("the folder %s holds no run; give it files that end in .jsonl, as 'dateline extract --format jsonl' prints them", dir)
	}
	return newRunSide(ctx, inputs)
}

func newRunSide(ctx context.Context, inputs []runInput) (_ *runSide, err error) {
	file, err := os.CreateTemp("", "dateline-diff-*.jsonl")
	if err != nil {
		return nil, err
	}
	side := &runSide{file: file, lines: map[string]runLine{}}
	defer func() {
		if err != nil {
			side.Close()
		}
	}()
	out := bufio.NewWriter(file)
	at := int64(0)
	for _, in := range inputs {
		r := bufio.NewReaderSize(in.r, 1<<16)
		for number := 1; ; number++ {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			row, err := readRow(r)
			if err != nil && err != io.EOF {
				return nil, fmt.Errorf("%s:%d: %w", in.name, number, err)
			}
			if len(bytes.TrimSpace(row)) > 0 {
				l := runLine{at, int64(len(row)), in.name, number}
				if err := side.note(row, l); err != nil {
					return nil, err
				}
				if _, err := out.Write(row); err != nil {
					return nil, err
				}
				at += l.size
			}
			if err == io.EOF {
				break
			}
		}
	}
	return side, out.Flush()
}

// readRow reads a line of bounded length, with its end.
func readRow(r *bufio.Reader) ([]byte, error) {
	var row []byte
	for {
		part, err := r.ReadSlice('\n')
		row = append(row, part...)
		if len(row) > longestLine {
			return nil, fmt.Errorf("the line is longer than %d MB; it is no run", longestLine>>20)
		}
		if err != bufio.ErrBufferFull {
			return row, err
		}
	}
}

// note keeps the place of a line by its source.
func (s *runSide) note(row []byte, l runLine) error {
	var line struct {
		Document struct {
			ID     string `json:"id"`
			Source string `json:"source"`
		} `json:"document"`
	}
	if err := json.Unmarshal(row, &line); err != nil || line.Document.Source == "" {
		if err == nil {
			err = errors.New(`it has no "document" with a "source"`)
		}
		return fmt.Errorf("%s: not a line of a run: %w; give a database, or what 'dateline extract --format jsonl' prints", l, err)
	}
	source := line.Document.Source
	if other, twice := s.lines[source]; twice {
		return fmt.Errorf("%s: a second line for %s, which %s has already; give each document one line", l, source, other)
	}
	s.lines[source] = l
	s.entries = append(s.entries, diff.Entry{Source: source, Hash: line.Document.ID})
	return nil
}

func (s *runSide) Entries() []diff.Entry      { return slices.Clone(s.entries) }
func (s *runSide) Gone(string) diff.Decisions { return nil }

// Close takes the copy away.
func (s *runSide) Close() error {
	err := s.file.Close()
	return errors.Join(err, os.Remove(s.file.Name()))
}

// Document reads a line again, in full.
func (s *runSide) Document(_ context.Context, source string) (diff.Document, error) {
	l := s.lines[source]
	row := make([]byte, l.size)
	if _, err := s.file.ReadAt(row, l.start); err != nil {
		return diff.Document{}, fmt.Errorf("%s: %w", l, err)
	}
	read, facts, err := extract.ReadLine(row)
	if err != nil {
		return diff.Document{}, fmt.Errorf("%s: %s: %w", l, source, err)
	}
	doc := diff.Document{Source: source, Text: read.Text, Facts: make([]diff.Fact, len(facts))}
	for i, f := range facts {
		doc.Facts[i].Fact = f
	}
	return doc, nil
}
