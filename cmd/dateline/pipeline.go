package main

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"dateline/corpus"
	"dateline/extract"
	"dateline/ingest"
	"dateline/ingest/document"
)

// reading is one document with what it states.
type reading struct {
	doc    document.Document
	raw    []byte
	readAs corpus.ReadAs
	facts  []extract.Fact
	note   string // why there are no facts, or ""
}

// item is the reading as the store takes it.
func (r reading) item() corpus.Item {
	return corpus.Item{Doc: r.doc, Raw: r.raw, ReadAs: r.readAs, Facts: r.facts, Note: r.note}
}

// outcome is what came of one input: its documents, and what of it was refused.
type outcome struct {
	readings []reading
	refusals []*ingest.Refusal
}

// inputFlags are the flags of the commands that read documents.
type inputFlags struct {
	published string
	workers   int
	exclude   []string
}

func (f *inputFlags) define(flags *pflag.FlagSet) {
	flags.StringVar(&f.published, "published", "", "publication `DATE` of the files, before any that they tell: 2024-05-18, 2024-05 or 2024; kept when they are read again")
	flags.StringArrayVar(&f.exclude, "exclude", nil, "leave out files of a folder that match this `GLOB`, by name or by path below the folder; may be given several times")
	f.defineWorkers(flags)
}

func (f *inputFlags) defineWorkers(flags *pflag.FlagSet) {
	flags.IntVar(&f.workers, "workers", runtime.NumCPU(), "documents that are worked on at once; the output does not depend on it")
}

// check validates the flags before anything is opened.
func (f *inputFlags) check() error {
	if f.workers < 1 || f.workers > 1024 {
		return badUsage("--workers %d: it must be from 1 to 1024", f.workers)
	}
	if f.published != "" {
		value, ok := ingest.ParseDate(f.published)
		if !ok {
			return badUsage("--published %q is not a date; write it as 2024-05-18", f.published)
		}
		f.published = value
	}
	for _, pattern := range f.exclude {
		if _, err := path.Match(pattern, ""); err != nil {
			return badUsage("--exclude %q is malformed; close its bracket", pattern)
		}
	}
	return nil
}

// reader reads documents and what they state. It is shared by all workers.
type reader struct {
	extractor *extract.Extractor
	published map[string]string // dates that --published gave earlier, by source or by the file that holds it
	log       *slog.Logger
}

func newReader(a *app) *reader {
	r := &reader{extractor: a.extractor, log: a.log}
	if r.extractor == nil {
		r.extractor = extract.Default()
	}
	return r
}

// paths reads everything that the paths name, on several workers, and hands the outcomes to
// emit in input order.
func (r *reader) paths(ctx context.Context, a *app, flags inputFlags, paths []string, emit func(outcome) error) error {
	return inOrder(ctx, flags.workers,
		func(submit func(ingest.Item, int) error) error {
			stdin, never := interruptible(ctx, a.stdin), a.ownFiles()
			for _, p := range paths {
				options := ingest.WalkOptions{Published: flags.published, Stdin: stdin, Skip: a.skip(p, flags.exclude), Never: never}
				err := ingest.Walk([]string{p}, options, func(item ingest.Item) error {
					return submit(item, len(item.Raw.Bytes))
				})
				if err != nil {
					return err
				}
			}
			return nil
		},
		r.item, emit)
}

// ownFiles tells the files of the database, whatever name or link leads to them. Reading one and
// closing it would take away SQLite's locks on it, and another process could then remove the log
// that this one goes on writing.
func (a *app) ownFiles() func(fs.FileInfo) bool {
	var own []fs.FileInfo
	for _, ending := range []string{"", "-wal", "-shm"} {
		if info, err := os.Stat(a.databasePath() + ending); err == nil {
			own = append(own, info)
		}
	}
	return func(info fs.FileInfo) bool {
		return slices.ContainsFunc(own, func(o fs.FileInfo) bool { return os.SameFile(o, info) })
	}
}

// skip tells which files below a folder are left out: those that match a pattern, and the
// database itself, which often lies in the folder that it was made from.
func (a *app) skip(folder string, exclude []string) func(rel string) bool {
	database, err := filepath.Abs(a.databasePath())
	if err != nil {
		database = a.databasePath()
	}
	return func(rel string) bool {
		for _, pattern := range exclude {
			for _, name := range []string{rel, path.Base(rel)} {
				if match, _ := path.Match(pattern, name); match {
					return true
				}
			}
		}
		rest, ok := strings.CutPrefix(path.Base(rel), filepath.Base(database))
		if !ok || rest != "" && rest[0] != '-' && !strings.HasPrefix(rest, ".backup-") && !strings.HasPrefix(rest, ".new-") {
			return false
		}
		found, err := filepath.Abs(filepath.Join(folder, filepath.FromSlash(rel)))
		return err == nil && strings.HasPrefix(found, database)
	}
}

// item reads one input. Whatever happens, the answer is an outcome: a fault in one document
// never stops the others.
func (r *reader) item(item ingest.Item) (out outcome) {
	defer func() {
		if fault := recover(); fault != nil {
			out = outcome{refusals: []*ingest.Refusal{r.fault(item.Source, fault)}}
		}
	}()
	if item.Err != nil {
		return outcome{refusals: refusalsOf(item.Source, item.Err)}
	}
	if item.Raw.Published == "" {
		item.Raw.Published = r.published[item.Source]
	}
	docs, err := ingest.Read(item.Raw, ingest.Options{})
	out.refusals = refusalsOf(item.Source, err)
	for _, doc := range docs {
		rd := reading{doc: doc, raw: item.Raw.Bytes, readAs: corpus.ReadAs{
			MediaType: item.Raw.MediaType, Charset: item.Raw.Charset, Published: item.Raw.Published, Listed: item.Raw.Listed,
		}}
		if doc.Source != item.Source {
			rd.readAs.Container = item.Source
		}
		if refused := r.extract(&rd); refused != nil {
			out.refusals = append(out.refusals, refused)
			continue
		}
		out.readings = append(out.readings, rd)
	}
	return out
}

// extract fills in what the document of a reading states.
func (r *reader) extract(rd *reading) (refused *ingest.Refusal) {
	defer func() {
		if fault := recover(); fault != nil {
			refused = r.fault(rd.doc.Source, fault)
		}
	}()
	got := r.extractor.Read(rd.doc)
	rd.facts, rd.note = got.Facts, got.Note
	return nil
}

// fault turns a panic into the failure of one document.
func (r *reader) fault(source string, fault any) *ingest.Refusal {
	r.log.Info("the stack of the fault", "input", source, "stack", string(debug.Stack()))
	return &ingest.Refusal{Source: source, Reason: fmt.Sprintf("the program failed on it (%v)", fault),
		Advice: "please report this with the file; the other documents were read"}
}

// refusalsOf lists what an error refuses.
func refusalsOf(source string, err error) []*ingest.Refusal {
	if err == nil {
		return nil
	}
	if refusals := ingest.Refusals(err); len(refusals) > 0 {
		return refusals
	}
	return []*ingest.Refusal{{Source: source, Reason: err.Error(), Advice: "check the input"}}
}

// again reads a stored document anew from its raw bytes.
func (r *reader) again(stored corpus.Stored) (out outcome) {
	defer func() {
		if fault := recover(); fault != nil {
			out = outcome{refusals: []*ingest.Refusal{r.fault(stored.Source, fault)}}
		}
	}()
	source := stored.Source
	if stored.ReadAs.Container != "" {
		source = stored.ReadAs.Container
	}
	out = r.item(ingest.Item{Source: source, Raw: ingest.Raw{
		Source: source, Bytes: stored.Raw, MediaType: stored.ReadAs.MediaType,
		Charset: stored.ReadAs.Charset, Published: stored.ReadAs.Published, Listed: stored.ReadAs.Listed,
	}})
	for _, rd := range out.readings {
		if rd.doc.Source == stored.Source {
			rd.readAs = stored.ReadAs
			return outcome{readings: []reading{rd}}
		}
	}
	if len(out.refusals) > 0 {
		return outcome{refusals: out.refusals[:1]}
	}
	return outcome{refusals: []*ingest.Refusal{{Source: stored.Source, Reason: "its raw bytes no longer give a document of that name",
		Advice: "ingest it again"}}}
}
