package main

import (
	"bufio"
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"dateline/corpus"
)

// exportFlags are the flags of export.
type exportFlags struct {
	filter corpus.Filter
	format string
	row    string
	out    string
	raw    bool
}

// newExportCommand is "dateline export".
func newExportCommand(a *app) *cobra.Command {
	var f exportFlags
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write facts with all their citations to a file",
		Long: `Write the facts with all that is known about them: every citation, the state of the
review, who decided and when. Filters are those of "dateline facts"; rejected facts and
statements are left out unless --state asks for them.

  csv            one table for a spreadsheet. With --kind its columns are those of the kind, else
                 those of all kinds. A row is a fact with its first citation, and all places in
                 one cell, as far as a spreadsheet takes it; with --row citation it is a
                 place, with the words of its document
  jsonl          a fact a line with all its statements, citations and decisions; nothing is left
                 out. cmd/dateline/export.schema.json describes it
  webannotation  a W3C Web Annotation collection: an annotation for what each document
                 states, with position (code points) and quote selectors

Cells of CSV that a spreadsheet would run as a formula get a ' in front, and controls are
shown as \x1b, unless --raw is given.

-o FILE is written whole or not at all; the database and the files that documents were
read from are refused.

` + exitHelp,
		Example: `  dateline export --format csv --kind title -o titles.csv
  dateline export --format csv --row citation --person 'maria silva' -o maria.csv
  dateline export --format jsonl --state accepted > accepted.jsonl
  dateline export --format webannotation -o annotations.json`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case f.format == "":
				return badUsage("name a --format: csv, jsonl or webannotation")
			case f.raw && f.format != "csv":
				return badUsage("--raw is for --format csv; the other formats have nothing to leave out")
			case f.row != "fact" && f.format != "csv":
				return badUsage("--row is for --format csv; the other formats hold every citation")
			case cmd.Flags().Changed("output") && f.out == "":
				return badUsage("-o is empty; name a file, or leave it out to write to standard output")
			}
			if err := checkFilter(cmd, f.filter); err != nil {
				return err
			}
			return a.export(cmd.Context(), f)
		},
	}
	flags := cmd.Flags()
	choiceVar(flags, &f.format, "format", "", []string{"csv", "jsonl", "webannotation"}, "form of the output")
	choiceVar(flags, &f.row, "row", "fact", []string{"fact", "citation"}, "what a row of CSV is")
	flags.StringVarP(&f.out, "output", "o", "", "write to `FILE` instead of standard output")
	flags.BoolVar(&f.raw, "raw", false, "leave CSV cells as they are")
	defineFilter(flags, &f.filter)
	return cmd
}

// export is the command after its flags were checked.
func (a *app) export(ctx context.Context, f exportFlags) error {
	store, err := a.readStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	what, total, err := exportSize(ctx, store, f)
	if err != nil {
		return err
	}
	bar := a.newProgress(what, total)
	defer bar.done()
	written := 0
	done := func() { written++; bar.add(1) }
	write := func(w io.Writer) error {
		switch f.format {
		case "csv":
			return writeExportCSV(ctx, store, f, w, done)
		case "jsonl":
			return store.ExportFacts(ctx, f.filter, func(x corpus.ExportFact) error {
				done()
				return writeJSONLine(w, exportObject(x))
			})
		}
		return writeAnnotations(ctx, store, f.filter, w, done)
	}
	if f.out == "" {
		buffered := bufio.NewWriterSize(a.stdout, 1<<16)
		if err := write(buffered); err != nil {
			return err
		}
		return buffered.Flush()
	}
	if err := a.checkTarget(ctx, store, f.out); err != nil {
		return err
	}
	if err := writeWhole(f.out, write); err != nil {
		return err
	}
	bar.done()
	one, many := "fact", "facts"
	if f.format == "webannotation" {
		one, many = "annotation", "annotations"
	}
	_, err = fmt.Fprintf(a.stdout, "%s: %s\n", oneLine(f.out), plural(written, one, many))
	return err
}

// exportSize is about how much there is to do.
func exportSize(ctx context.Context, store *corpus.Store, f exportFlags) (what string, total int, err error) {
	stats, err := store.Stats(ctx)
	if err != nil {
		return "", 0, err
	}
	counts := stats.Facts
	if f.format == "webannotation" {
		counts = stats.Statements
	}
	for kind := range counts {
		if f.filter.Kind == "" || f.filter.Kind == string(kind) {
			total += counts[kind]
		}
	}
	return "export", total, nil
}
