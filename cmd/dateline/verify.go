package main

import (
	"bytes"
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"dateline/corpus"
)

// verifyFlags are the flags of verify.
type verifyFlags struct {
	format  string
	deep    bool
	workers int
}

// newVerifyCommand is "dateline verify".
func newVerifyCommand(a *app) *cobra.Command {
	var f verifyFlags
	var in inputFlags
	cmd := &cobra.Command{
		Use:   "verify [DOC|FACT]...",
		Short: "Prove every citation and everything that is stored",
		Long: `Prove what the database says, without changing it: that the raw bytes and the cleaned
text of each document are those that were stored, that each quote is the text at its place, that
facts are what was extracted and decided, and that names, counts and the full-text index follow
from them. Anything else is listed with the document, the fact and what to do, and
the command ends with exit code 1.

With names of documents or beginnings of ids of facts, only those are proved.

--deep also reads the raw bytes again with the rules of this program, and lists documents
whose text or facts would come out otherwise: after an update of dateline, for example.

What nothing else tells can't be proved: time stamps, the reasons of refusals, and who decided
what.

` + exitHelp,
		Example: `  dateline verify
  dateline verify accord 3f2a9c
  dateline verify --deep
  dateline verify --format jsonl > faults.jsonl`,
		RunE: func(cmd *cobra.Command, names []string) error {
			if err := in.check(); err != nil {
				return err
			}
			for _, name := range names {
				if name == "" {
					return badUsage("an argument is empty; name documents or facts, or nothing to verify everything")
				}
			}
			f.workers = in.workers
			return a.verify(cmd.Context(), names, f)
		},
	}
	choiceVar(cmd.Flags(), &f.format, "format", "table", []string{"table", "jsonl"}, "form of the list of faults")
	cmd.Flags().BoolVar(&f.deep, "deep", false, "read the raw bytes again as well, and compare")
	in.defineWorkers(cmd.Flags())
	a.defineRules(cmd.Flags())
	return cmd
}

// verify is the command after its flags were checked.
func (a *app) verify(ctx context.Context, names []string, f verifyFlags) error {
	store, err := a.readStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	stats, err := store.Stats(ctx)
	if err != nil {
		return err
	}
	bar := a.newProgress("verify", stats.Versions)
	proved, err := store.Verify(ctx, corpus.VerifyOptions{Names: names, Workers: f.workers, Progress: bar.add})
	bar.done()
	if err != nil {
		return err
	}
	faults := proved.Faults
	read := 0
	if f.deep {
		damaged := map[string]bool{} // their raw bytes can't be read again, or what they are compared with is wrong
		for _, x := range faults {
			damaged[x.Source] = true
		}
		differences, n, err := a.compareAgain(ctx, store, names, damaged, f.workers, stats.Documents)
		if err != nil {
			return err
		}
		read, faults = n, append(faults, differences...)
	}
	var b bytes.Buffer
	if f.format == "jsonl" {
		for _, x := range faults {
			if err := writeJSONLine(&b, faultObject(x)); err != nil {
				return err
			}
		}
	} else if err := writeFaults(&b, proved, faults, f.deep, read, a.width); err != nil {
		return err
	}
	if err := a.print(&b); err != nil {
		return err
	}
	if len(faults) > 0 {
		return errItems
	}
	return nil
}

// compareAgain reads documents again from their raw bytes: all that are current, or those that
// the names mean.
func (a *app) compareAgain(ctx context.Context, store *corpus.Store, names []string, damaged map[string]bool, workers, total int) (faults []corpus.Fault, read int, err error) {
	wanted := map[string]bool{}
	for _, name := range names {
		doc, err := store.Document(ctx, name)
		if err == nil {
			wanted[doc.Source] = true
			continue
		}
		if !corpus.IsNotFound(err) {
			return nil, 0, err
		}
		fact, err := store.Fact(ctx, name)
		if err != nil {
			return nil, 0, err
		}
		for _, s := range fact.Statements {
			wanted[s.Source] = true
		}
	}
	bar := a.newProgress("read again", total)
	defer bar.done()
	const more = 1000 // faults beyond these are of no use to anybody
	err = inOrder(ctx, workers,
		func(submit func(corpus.Stored, int) error) error {
			for stored, err := range store.Current(ctx) {
				if err != nil {
					if damaged[stored.Source] {
						continue // listed already
					}
					return err
				}
				if damaged[stored.Source] || len(names) > 0 && !wanted[stored.Source] {
					continue
				}
				if err := submit(stored, len(stored.Raw)); err != nil {
					return err
				}
			}
			return nil
		},
		newReader(a).again,
		func(out outcome) error {
			bar.add(1)
			read++
			for _, refused := range out.refusals {
				faults = append(faults, corpus.Fault{Check: corpus.CheckRead, Source: refused.Source, Detail: "its raw bytes can't be read again: " + refused.Reason, Advice: refused.Advice})
			}
			for _, rd := range out.readings {
				differences, err := store.Compare(ctx, rd.item())
				if err != nil {
					return err
				}
				if len(faults) < more {
					faults = append(faults, differences...)
				}
			}
			return nil
		})
	return faults, read, err
}

// writeFaults prints what was proved, or what was not.
func writeFaults(b *bytes.Buffer, proved corpus.Verification, faults []corpus.Fault, deep bool, read, width int) error {
	if len(faults) > 0 {
		rows := make([][]string, len(faults))
		for i, x := range faults {
			rows[i] = []string{string(x.Check), x.Source, shortID(x.Fact), x.Detail, x.Advice}
		}
		if err := writeTable(b, []column{{name: "check", fixed: true}, {name: "source"}, {name: "fact", fixed: true}, {name: "what is wrong"}, {name: "what to do"}}, rows, width); err != nil {
			return err
		}
		b.WriteByte('\n')
	}
	rows := [][]string{
		{"documents", strconv.Itoa(proved.Documents)}, {"versions of them", strconv.Itoa(proved.Versions)},
		{"raw bytes", strconv.FormatInt(proved.RawBytes, 10)}, {"statements", strconv.Itoa(proved.Statements)},
		{"citations", strconv.Itoa(proved.Citations)},
	}
	if proved.Facts > 0 { // rows of the fact table; a document alone proves its statements
		rows = append(rows, []string{"facts", strconv.Itoa(proved.Facts)})
	}
	if deep {
		rows = append(rows, []string{"documents read again", strconv.Itoa(read)})
	}
	if err := writeTable(b, []column{{name: "looked at"}, {name: "number", right: true}}, rows, width); err != nil {
		return err
	}
	switch {
	case len(faults) == 0:
		fmt.Fprintln(b, "\nEverything holds.")
	case proved.More > 0:
		fmt.Fprintf(b, "\n%s; only the first are listed\n", plural(len(faults)+proved.More, "fault", "faults"))
	default:
		fmt.Fprintf(b, "\n%s\n", plural(len(faults), "fault", "faults"))
	}
	return nil
}

// faultObject is a fault as JSON.
func faultObject(f corpus.Fault) object {
	var document any
	if f.Document != 0 {
		document = f.Document
	}
	return object{{"check", f.Check}, {"source", orNull(f.Source)}, {"document", document}, {"fact", orNull(f.Fact)}, {"detail", f.Detail}, {"advice", f.Advice}}
}
