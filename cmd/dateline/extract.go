package main

import (
	"bytes"
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"dateline/corpus"
	"dateline/extract"
	"dateline/extract/eval"
)

// newExtractCommand is "dateline extract".
func newExtractCommand(a *app) *cobra.Command {
	var in inputFlags
	var format string
	cmd := &cobra.Command{
		Use:   "extract PATH...",
		Short: "Print what documents state, without a database",
		Long: `Read documents as ingest does and print their facts. Nothing is stored.

Without --format, a terminal gets a table a document, and a pipe or file gets JSON
Lines: one object a document, with its cleaned text and all facts. Citations
count Unicode code points of that text, end exclusive, so that in Python
text[start:end] is the quote. The output is the same whatever --workers says.

` + exitHelp,
		Example: `  dateline extract release.txt
  dateline extract --published 2024-05-18 page.html
  dateline extract --format jsonl releases/ > facts.jsonl
  dateline extract --format jsonl - < release.txt | jq '.facts[].kind'`,
		Args: somePaths,
		RunE: func(cmd *cobra.Command, paths []string) error {
			if err := in.check(); err != nil {
				return err
			}
			if format == "" {
				format = "jsonl"
				if a.outIsTerminal {
					format = "table"
				}
			}
			return a.extract(cmd.Context(), in, paths, format)
		},
	}
	in.define(cmd.Flags())
	a.defineRules(cmd.Flags())
	choiceVar(cmd.Flags(), &format, "format", "", []string{"table", "jsonl"}, "form of the output")
	return cmd
}

// extract is the command after its flags were checked.
func (a *app) extract(ctx context.Context, in inputFlags, paths []string, format string) error {
	bar := a.newProgress("extract", -1)
	defer bar.done()
	failed := false
	stems := map[string]string{}
	first := true
	err := newReader(a).paths(ctx, a, in, paths, func(out outcome) error {
		bar.add(1)
		for _, refused := range out.refusals {
			failed = true
			a.log.Error(refused.Error())
		}
		for _, rd := range out.readings {
			a.reportWarnings(rd)
			var b bytes.Buffer
			if format == "jsonl" {
				a.checkStem(stems, rd.doc.Source)
				if rd.note != "" {
					a.log.Warn(rd.doc.Source + ": no facts were read: " + rd.note)
				}
				if err := writeExchangeLine(&b, rd.doc, rd.facts, corpus.IDs(rd.doc.Source, rd.facts)); err != nil {
					// A fault of the extractor concerns this document only.
					failed = true
					a.log.Error(err.Error())
					continue
				}
			} else {
				if !first {
					b.WriteByte('\n')
				}
				first = false
				if err := writeDocumentTable(&b, rd, a.width); err != nil {
					return err
				}
			}
			bar.clear()
			if err := a.print(&b); err != nil {
				return err
			}
		}
		return nil
	})
	bar.done()
	if err == nil && failed {
		err = errItems
	}
	return err
}

// checkStem warns of two documents that a reader of the format can't tell apart by their stem.
func (a *app) checkStem(seen map[string]string, source string) {
	stem := eval.Stem(source)
	if other, twice := seen[stem]; twice {
		a.log.Warn(fmt.Sprintf("%s: its stem %q is also that of %s; readers that match documents by stem will mix them up", source, stem, other))
		return
	}
	seen[stem] = source
}

// writeDocumentTable prints one document's facts for people.
func writeDocumentTable(b *bytes.Buffer, rd reading, width int) error {
	writeHeading(b, rd.doc.Source, rd.doc.Title, rd.doc.Published.Value, rd.doc.Published.From, width)
	if rd.note != "" {
		fmt.Fprintf(b, "no facts: %s\n", oneLine(rd.note))
		return nil
	}
	if len(rd.facts) == 0 {
		fmt.Fprintln(b, "no facts were found")
		return nil
	}
	facts := append([]extract.Fact(nil), rd.facts...)
	extract.SortFacts(facts)
	return writeFactList(b, facts, width)
}

// writeHeading prints what is known of a document in one or two lines.
func writeHeading(b *bytes.Buffer, source, title, published, from string, width int) {
	line := oneLine(source)
	if title != "" {
		line += ": " + oneLine(title)
	}
	fmt.Fprintln(b, cutCell(line, width))
	if published != "" {
		fmt.Fprintf(b, "published %s", oneLine(published))
		if from != "" {
			fmt.Fprintf(b, " (%s)", oneLine(from))
		}
		fmt.Fprintln(b)
	}
}

// writeFactList prints facts as a table of kind, content and first quote.
func writeFactList(b *bytes.Buffer, facts []extract.Fact, width int) error {
	rows := make([][]string, len(facts))
	for i, f := range facts {
		quote := ""
		if len(f.Citations) > 0 {
			quote = f.Citations[0].Quote
		}
		rows[i] = []string{string(f.Kind), describe(f), fmt.Sprint(len(f.Citations)), quote}
	}
	return writeTable(b, []column{{name: "kind", fixed: true}, {name: "fact"}, {name: "cited", right: true, fixed: true}, {name: "quote"}}, rows, width)
}
