package main

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"dateline/corpus"
	"dateline/extract"
	"dateline/ingest"
	"dateline/ingest/document"
)

// explainFlags are the flags of explain.
type explainFlags struct {
	sentence  int
	tokens    bool
	file      bool
	published string
	format    string
}

// newExplainCommand is "dateline explain".
func newExplainCommand(a *app) *cobra.Command {
	var f explainFlags
	cmd := &cobra.Command{
		Use:   "explain DOC",
		Short: "Show how a document was read, sentence by sentence, and why",
		Long: `Read one document and show how, sentence by sentence: the names with the rule that found
each, what speaks for and against every run of words that could be a person, what the whole
document made of it, the dates with where they were counted from, the posts with who holds
them, the places that tell of agreements, the facts, and what looked like a fact and gave
none. People and institutions follow with all forms that were joined.

DOC is a stored document: its number, its source, or the stem of its source. With --file it is a
file, or - for standard input, and no database is needed. The text is read anew by the rules of
this program; nothing is stored.

` + exitHelp,
		Example: `  dateline explain accord
  dateline explain accord --sentence 4 --tokens
  dateline explain --file release.txt --published 2024-05-18
  dateline explain 12 --format json | jq '.sentences[].refusals[]'`,
		Args: oneArgument("document"),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case strings.TrimSpace(args[0]) == "":
				return badUsage("name one document; an empty name fits all of them")
			case cmd.Flags().Changed("sentence") && f.sentence < 1:
				return badUsage("--sentence %d: sentences are counted from 1", f.sentence)
			case f.published != "" && !f.file:
				return badUsage("--published is for --file; a stored document has its date")
			}
			return a.explain(cmd.Context(), args[0], f)
		},
	}
	flags := cmd.Flags()
	a.defineRules(flags)
	flags.IntVar(&f.sentence, "sentence", 0, "only sentence `N`, as the output numbers them")
	flags.BoolVar(&f.tokens, "tokens", false, "show the tokens too, with the word lists that have them")
	flags.BoolVar(&f.file, "file", false, "DOC is a file, or - for standard input")
	flags.StringVar(&f.published, "published", "", "with --file: publication `DATE` of the file: 2024-05-18, 2024-05 or 2024")
	choiceVar(flags, &f.format, "format", "text", []string{"text", "json"}, "form of the output")
	return cmd
}

// explain is the command after its flags were checked.
func (a *app) explain(ctx context.Context, name string, f explainFlags) error {
	if f.file {
		return a.explainFile(ctx, name, f)
	}
	store, err := a.readStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	doc, err := store.Document(ctx, name)
	if err != nil {
		return err
	}
	if doc.ID == 0 {
		return fmt.Errorf("%s: it has no text to explain: %s", doc.Source, doc.State+prefixed(", ", whyState(doc.DocumentRow)))
	}
	var b bytes.Buffer
	if err := a.writeExplained(&b, doc.Doc, &doc, f); err != nil {
		return err
	}
	return a.print(&b)
}

// explainFile explains every document of a file.
func (a *app) explainFile(ctx context.Context, name string, f explainFlags) error {
	in := inputFlags{published: f.published, workers: 1}
	if err := in.check(); err != nil {
		return err
	}
	failed, seen := false, 0
	err := newReader(a).paths(ctx, a, in, []string{name}, func(out outcome) error {
		for _, refused := range out.refusals {
			failed = true
			a.log.Error(refused.Error())
		}
		for _, rd := range out.readings {
			var b bytes.Buffer
			if seen++; seen > 1 && f.format == "text" {
				b.WriteByte('\n')
			}
			if err := a.writeExplained(&b, rd.doc, nil, f); err != nil {
				return err
			}
			if err := a.print(&b); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && failed {
		err = errItems
	}
	return err
}

// writeExplained explains one document. stored is nil for a file.
func (a *app) writeExplained(b *bytes.Buffer, doc document.Document, stored *corpus.DocumentDetail, f explainFlags) error {
	got, refused := newReader(a).explained(doc)
	if refused != nil {
		return refused
	}
	if got.Trace == nil {
		if f.format == "json" {
			return writeJSONLine(b, object{{"source", doc.Source}, {"note", orNull(got.Note)}, {"sentences", []object{}}, {"entities", []object{}}})
		}
		writeHeading(b, doc.Source, doc.Title, doc.Published.Value, doc.Published.From, a.width)
		fmt.Fprintf(b, "no facts: %s\n", oneLine(got.Note))
		return nil
	}
	if n := len(got.Trace.Sentences); f.sentence > n {
		return fmt.Errorf("%s: it has no sentence %d; it has %s", doc.Source, f.sentence, plural(n, "sentence", "sentences"))
	}
	if stored != nil && !sameFacts(doc.Source, got.Facts, stored.Statements) {
		a.log.Warn(doc.Source + ": these rules read other facts than those that are stored; 'dateline reextract' stores what they read")
	}
	if f.format == "json" {
		return writeJSONLine(b, explainedObject(doc, got, f))
	}
	writeHeading(b, doc.Source, doc.Title, doc.Published.Value, doc.Published.From, a.width)
	explainText{b: b, text: doc.Text, got: got, width: a.width}.write(f)
	return nil
}

// explained is Explain; a fault of the program becomes a failure of the document.
func (r *reader) explained(doc document.Document) (got extract.Reading, refused *ingest.Refusal) {
	defer func() {
		if fault := recover(); fault != nil {
			refused = r.fault(doc.Source, fault)
		}
	}()
	return r.extractor.Explain(doc), nil
}

// sameFacts reports whether what is stored of a document is what was read now, edits aside.
func sameFacts(source string, facts []extract.Fact, stored []corpus.Statement) bool {
	before := make([]extract.Fact, len(stored))
	for i, s := range stored {
		before[i] = s.Value
		if s.Extracted != nil {
			before[i] = *s.Extracted
		}
	}
	was, is := corpus.IDs(source, before), corpus.IDs(source, facts)
	slices.Sort(was)
	slices.Sort(is)
	return slices.Equal(slices.Compact(was), slices.Compact(is))
}
