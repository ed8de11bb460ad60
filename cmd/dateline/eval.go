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
	"strings"

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
	raise     bool
	html      string
	against   string
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

Under the agreements stands what a naive guess gets: every text with the word "signed" has one
signed memorandum, between the two institutions that the run cites first in it.

The errors of a folder named "keep" are shown only with --open-keep: it tells what the
program does with texts that nobody made its rules from, until somebody looks.

--html FILE writes the figures and every error in its sentence as one page that needs no
network. The run stays beside it: report.html has report.run.jsonl, and the run before as
report.before.jsonl. The next run of the same command shows what moved since, and a run that
is byte for byte the last one shows what that one moved. --against compares with
another run, in the form of "dateline extract --format jsonl", with or without a page.

With --floor or --across, exit code 1 says that a figure is too low or that an
expectation across documents does not hold. --across asks the database of --db.
--raise-floor writes each floor of the file anew, 0.02 below its figure, where that is
higher than it was; a floor is never lowered.

` + exitHelp,
		Example: `  dateline eval testdata/releases/look
  dateline eval testdata/releases/look --errors | grep institution
  dateline eval testdata/releases/look --html report.html
  dateline eval gold --against before.jsonl
  dateline eval testdata/releases/keep --floor floors.json
  dateline eval testdata/releases/keep --floor floors.json --raise-floor
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
	flags.BoolVar(&f.raise, "raise-floor", false, "raise the floors of the --floor file to stand just below the figures; never lower one")
	flags.StringVar(&f.html, "html", "", "write a page to `FILE`, and keep the run beside it for the next one to compare with")
	flags.StringVar(&f.against, "against", "", "tell what moved since the run in this JSON Lines `FILE`")
	flags.StringVar(&f.across, "across", "", "check that people, institutions and facts of the database agree with this JSON `FILE`")
	flags.StringVar(&f.facts, "facts", "", "measure the run in this JSON Lines `FILE` instead of extracting; - is standard input")
	flags.StringVar(&f.documents, "documents", "", "the `DIR` that holds the texts")
	a.defineRules(flags)
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
	if f.raise && f.floor == "" {
		return badUsage("--raise-floor raises the floors of a file; name it with --floor")
	}
	if f.against != "" && f.json && f.html == "" {
		return badUsage("--against and --json can't be printed together; give --html as well, or leave one out")
	}
	if f.html == "-" {
		return badUsage("--html writes a file and keeps the run beside it; name the file")
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
	gold, err := loadGold(dir)
	if err != nil {
		return err
	}
	var floors eval.Floors
	if f.floor != "" {
		if floors, err = eval.LoadFloors(f.floor); err != nil {
			return usageError{err}
		}
	}
	var across []byte
	if f.across != "" {
		if across, err = os.ReadFile(f.across); err != nil {
			return err
		}
	}
	earlier, err := findEarlier(f, gold)
	if err != nil {
		return err
	}
	var run goldRun
	if f.facts != "" {
		run, err = a.readRun(f.facts, gold)
	} else {
		run, err = a.runGold(ctx, dir, gold, f)
	}
	if err != nil {
		return err
	}
	failed := run.failed
	result := eval.Score(gold, run.lines)
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
	if err != nil {
		return err
	}
	before := earlier.before(run)
	if before != nil && !f.json {
		b.WriteString(eval.Compare(eval.Score(gold, before.lines), result).Text(before.name))
	}
	if err := a.print(&b); err != nil {
		return err
	}
	if f.html != "" {
		if err := earlier.keep(run); err != nil {
			return err
		}
		if err := writePage(f.html, dir, gold, run, result, before, isKeep(dir) && !f.openKeep); err != nil {
			return err
		}
	}
	low := result.Below(floors)
	for _, l := range low {
		failed = true
		a.log.Error(f.floor + ": " + l)
	}
	if f.raise && len(low) == 0 {
		if err := a.raiseFloors(f.floor, result); err != nil {
			return err
		}
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

// loadGold reads the gold. A folder that is not there, or that holds no gold, is a slip of the
// command line; a gold file that can't be read is not.
func loadGold(dir string) ([]eval.Case, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, badUsage("there is no folder %s; give a folder with one gold file NAME.json a document", dir)
	}
	if found, err := filepath.Glob(filepath.Join(escapeGlob(dir), "*.json")); err == nil && len(found) == 0 {
		return nil, badUsage("the folder %s holds no gold; give a folder with one gold file NAME.json a document", dir)
	}
	return eval.LoadGold(dir)
}

// escapeGlob makes a pattern of a name that stands for itself.
func escapeGlob(name string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(name)
}

// raiseFloors rewrites a floor file.
func (a *app) raiseFloors(file string, result eval.Result) error {
	old, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	raised, moved, err := result.Raise(old)
	if err != nil {
		return fmt.Errorf("floor file %s: %w", file, err)
	}
	if len(moved) == 0 {
		a.log.Warn(file + ": no floor can be raised; each stands as high as its figure allows")
		return nil
	}
	if err := replaceFile(file, raised); err != nil {
		return err
	}
	for _, m := range moved {
		a.log.Warn(file + ": " + m)
	}
	return nil
}

// runGold extracts the documents of the gold. What is measured is the printed line, read back: a
// fault of the output format counts like any other.
func (a *app) runGold(ctx context.Context, dir string, gold []eval.Case, f evalFlags) (goldRun, error) {
	var paths []string
	names := map[string]string{} // of the case, by path
	for _, c := range gold {
		text, err := findText(dir, f.documents, c)
		if err != nil {
			return goldRun{}, err
		}
		paths = append(paths, text)
		names[text] = c.Name
	}
	run := goldRun{lines: map[string]eval.Line{}}
	var raw bytes.Buffer
	bar := a.newProgress("eval", len(gold))
	defer bar.done()
	err := newReader(a).paths(ctx, a, inputFlags{workers: f.workers}, paths, func(out outcome) error {
		bar.add(1)
		for _, refused := range out.refusals {
			run.failed = true
			a.log.Error(refused.Error())
		}
		for _, rd := range out.readings {
			var b bytes.Buffer
			if err := extract.WriteLineWithIDs(&b, rd.doc, rd.facts, corpus.IDs(rd.doc.Source, rd.facts)); err != nil {
				run.failed = true
				a.log.Error(err.Error())
				continue
			}
			raw.Write(b.Bytes())
			line, err := eval.ParseLine(b.Bytes())
			if err != nil {
				return err
			}
			name, ok := names[line.Source]
			if !ok { // a document that names its own source
				name = eval.Stem(line.Source)
			}
			run.lines[name] = line
		}
		return nil
	})
	run.raw = raw.Bytes()
	return run, err
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
