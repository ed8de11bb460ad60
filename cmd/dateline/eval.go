package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sort"

	"github.com/spf13/cobra"

	"dateline/corpus"
	"dateline/extract"
	"dateline/extract/eval"
)

// evalFlags are the flags of eval.
type evalFlags struct {
	errors    bool
	json      bool
	openKeep  bool
	floor     string
	across    string
	facts     string
	documents string
	workers   int
}

// keepFolder is the name of a gold folder whose errors stay closed: rules that were mended by
// looking at them would make its figures worthless.
const keepFolder = "keep"

// newEvalCommand is "dateline eval".
func newEvalCommand(a *app) *cobra.Command {
	f := evalFlags{workers: runtime.NumCPU()}
	cmd := &cobra.Command{
		Use:   "eval GOLD_DIR",
		Short: "Measure extraction against gold annotations",
		Long: `Read the documents that the gold files of GOLD_DIR are about, and compare their facts with
the gold: precision, recall and F1 of every kind, their mean with a 95 % interval, and
the number of facts without a true citation.

A gold file NAME.json names its text in "document". The texts are looked for in --documents, or
else in GOLD_DIR, or else in a folder beside it. They are read as ingest reads them; what the gold
says of their publication is not given to the extractor. --facts measures a run that was
printed before, by this program or another.

The errors of a folder named "keep" are shown only with --open-keep: it tells what the
program does with texts that nobody made its rules from, until somebody looks.

With --floor or --across, exit code 1 says that a figure is too low or that an
expectation across documents does not hold. --across asks the database of --db.

` + exitHelp,
		Example: `  dateline eval testdata/releases/look
  dateline eval testdata/releases/look --errors | grep institution
  dateline eval testdata/releases/keep --floor floors.json
  dateline eval gold --documents texts --json
  dateline eval gold --facts run.jsonl
  dateline eval gold --across across-documents.json --db all.db`,
		Args: oneArgument("folder of gold files"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(args[0]); err != nil {
				return err
			}
			return a.eval(cmd.Context(), args[0], f)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.errors, "errors", false, "list every difference: document, metric, kind and item")
	flags.BoolVar(&f.json, "json", false, "print the figures as one JSON object")
	flags.StringVar(&f.floor, "floor", "", `fail when a figure is below the floor that this JSON `+"`FILE`"+` gives: {"overall": 0.7}`)
	flags.StringVar(&f.across, "across", "", "check that people, institutions and facts of the database agree with this JSON `FILE`")
	flags.StringVar(&f.facts, "facts", "", "measure the run in this JSON Lines `FILE` instead of extracting; - is standard input")
	flags.StringVar(&f.documents, "documents", "", "the `DIR` that holds the texts")
	flags.BoolVar(&f.openKeep, "open-keep", false, `show the errors even of a folder named "keep"`)
	flags.IntVar(&f.workers, "workers", f.workers, "documents that are worked on at once; the output does not depend on it")
	return cmd
}

// check validates the flags before anything is read.
func (f *evalFlags) check(dir string) error {
	if f.workers < 1 || f.workers > 1024 {
		return badUsage("--workers %d: it must be from 1 to 1024", f.workers)
	}
	if f.facts != "" && f.documents != "" {
		return badUsage("--documents is of no use with --facts: a run that was printed before needs no texts")
	}
	if f.errors && f.json {
		return badUsage("--errors and --json can't be printed together; run eval twice")
	}
	if f.errors && !f.openKeep && isKeep(dir) {
		return badUsage("the errors of %s stay closed, because its figures are worth nothing once rules are made from them; --open-keep shows them all the same", dir)
	}
	return nil
}

// isKeep reports whether a folder is the one that stays closed, also by way of a link.
func isKeep(dir string) bool {
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	if full, err := filepath.Abs(dir); err == nil {
		dir = full
	}
	return filepath.Base(dir) == keepFolder
}

// eval is the command after its flags were checked.
func (a *app) eval(ctx context.Context, dir string, f evalFlags) error {
	gold, err := eval.LoadGold(dir)
	if err != nil {
		return err
	}
	var floors eval.Floors
	if f.floor != "" {
		if floors, err = eval.LoadFloors(f.floor); err != nil {
			return err
		}
	}
	var across []byte
	if f.across != "" {
		if across, err = os.ReadFile(f.across); err != nil {
			return err
		}
	}
	var run map[string]eval.Line
	failed := false
	if f.facts != "" {
		run, err = a.readRun(f.facts, gold)
	} else {
		run, failed, err = a.runGold(ctx, dir, gold, f)
	}
	if err != nil {
		return err
	}
	result := eval.Score(gold, run)
	for _, warning := range result.Warnings {
		a.log.Warn(warning)
	}
	var b bytes.Buffer
	if f.errors {
		if err := eval.WriteErrors(&b, result.Errors()); err != nil {
			return err
		}
	}
	if f.json {
		err = result.WriteJSON(&b)
	} else {
		err = result.WriteText(&b)
	}
	if err == nil {
		err = a.print(&b)
	}
	if err != nil {
		return err
	}
	for _, low := range result.Below(floors) {
		failed = true
		a.log.Error(f.floor + ": " + low)
	}
	if across != nil {
		held, err := a.checkAcross(ctx, f.across, across)
		if err != nil {
			return err
		}
		failed = failed || !held
	}
	if failed {
		return errItems
	}
	return nil
}

// readRun reads a run that was printed before.
func (a *app) readRun(name string, gold []eval.Case) (map[string]eval.Line, error) {
	if name == "-" {
		return eval.ReadLines(a.stdin, "standard input", gold...)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return eval.ReadLines(f, name, gold...)
}

// runGold extracts the documents of the gold. What is measured is the printed line, read back: a
// fault of the output format counts like any other.
func (a *app) runGold(ctx context.Context, dir string, gold []eval.Case, f evalFlags) (run map[string]eval.Line, failed bool, err error) {
	var paths []string
	names := map[string]string{} // of the case, by path
	for _, c := range gold {
		text, err := findText(dir, f.documents, c)
		if err != nil {
			return nil, false, err
		}
		paths = append(paths, text)
		names[text] = c.Name
	}
	run = map[string]eval.Line{}
	bar := a.newProgress("eval", len(gold))
	defer bar.done()
	err = newReader(a).paths(ctx, a, inputFlags{workers: f.workers}, paths, func(out outcome) error {
		bar.add(1)
		for _, refused := range out.refusals {
			failed = true
			a.log.Error(refused.Error())
		}
		for _, rd := range out.readings {
			var b bytes.Buffer
			if err := extract.WriteLineWithIDs(&b, rd.doc, rd.facts, corpus.IDs(rd.doc.Source, rd.facts)); err != nil {
				failed = true
				a.log.Error(err.Error())
				continue
			}
			line, err := eval.ParseLine(b.Bytes())
			if err != nil {
				return err
			}
			name, ok := names[line.Source]
			if !ok { // a document that names its own source
				name = eval.Stem(line.Source)
			}
			run[name] = line
		}
		return nil
	})
	return run, failed, err
}

// findText finds the text that a gold file is about.
func findText(dir, documents string, c eval.Case) (string, error) {
	names := []string{c.Document}
	if c.Document == "" {
		names = []string{c.Name + ".txt", c.Name + ".html"}
	}
	folders := []string{documents}
	if documents == "" {
		folders = []string{dir}
		if full, err := filepath.Abs(dir); err == nil {
			beside, _ := os.ReadDir(filepath.Dir(full)) // what can't be listed holds no text either
			for _, entry := range beside {
				if entry.IsDir() && entry.Name() != filepath.Base(full) {
					folders = append(folders, filepath.Join(dir, "..", entry.Name()))
				}
			}
			sort.Strings(folders[1:])
		}
	}
	for _, folder := range folders {
		for _, name := range names {
			if !filepath.IsLocal(name) {
				return "", fmt.Errorf("%s: its document %q is not a name within a folder; write the name of the text file", filepath.Join(dir, c.Name+".json"), name)
			}
			found := filepath.Join(folder, name)
			if info, err := os.Stat(found); err == nil && info.Mode().IsRegular() {
				return found, nil
			}
		}
	}
	where := documents
	if where == "" {
		where = dir + " or a folder beside it"
	}
	return "", fmt.Errorf("%s: its text %s is not in %s; name the folder with --documents", filepath.Join(dir, c.Name+".json"), names[0], where)
}

// checkAcross compares the database with expectations about several documents.
func (a *app) checkAcross(ctx context.Context, name string, expectations []byte) (held bool, err error) {
	store, err := a.readStore(ctx)
	if err != nil {
		return false, err
	}
	defer store.Close()
	problems, err := store.CheckAcross(ctx, expectations)
	if err != nil {
		var own *corpus.Error
		if errors.As(err, &own) && own.Problem == corpus.BadRequest {
			return false, fmt.Errorf("%s: %w", name, err)
		}
		return false, err
	}
	for _, p := range problems {
		a.log.Error(fmt.Sprintf("%s: %v", name, p))
	}
	return len(problems) == 0, nil
}
