package main

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"dateline/corpus"
	"dateline/extract"
	"dateline/extract/token"
)

// showFlags are the flags of show.
type showFlags struct {
	format string
	color  string
	as     string
}

// newShowCommand is "dateline show".
func newShowCommand(a *app) *cobra.Command {
	var f showFlags
	cmd := &cobra.Command{
		Use:   "show DOC|FACT",
		Short: "Show a document with its facts marked, or a fact with all its sources",
		Long: `Show one document or one fact.

DOC is a number, a source, or the stem of a source, as "dateline documents" lists them. The
text is shown with the facts marked in it, in colour on a terminal and as
[words]{kind} elsewhere, then the facts one by one. --format json prints the document in
the exchange format of "dateline extract".

FACT is the beginning of an id, as "dateline facts" lists them. Every citation is shown with
its sentence, the rule that read it, and how a date was worked out.

` + exitHelp,
		Example: `  dateline show releases/accord.txt
  dateline show accord --color always | less -R
  dateline show 3f2a9c
  dateline show --as fact 12 --format json`,
		Args: oneArgument("document or fact"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if strings.TrimSpace(args[0]) == "" {
				return badUsage("name one document or fact; an empty name fits all of them")
			}
			return a.show(cmd.Context(), args[0], f)
		},
	}
	choiceVar(cmd.Flags(), &f.format, "format", "text", []string{"text", "json"}, "form of the output")
	choiceVar(cmd.Flags(), &f.color, "color", "auto", []string{"auto", "always", "never"}, "mark facts in colour")
	choiceVar(cmd.Flags(), &f.as, "as", "", []string{"document", "fact"}, "what the name is, when it could be either")
	return cmd
}

// show looks for a document first: a number is more often one than the beginning of a hash.
func (a *app) show(ctx context.Context, name string, f showFlags) error {
	store, err := a.readStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	var b bytes.Buffer
	var docErr error
	if f.as != "fact" {
		doc, err := store.Document(ctx, name)
		if err == nil {
			if err := a.showDocument(&b, doc, f); err != nil {
				return err
			}
			return a.print(&b)
		}
		if f.as == "document" || !corpus.IsNotFound(err) {
			return err
		}
		docErr = err
	}
	fact, err := store.Fact(ctx, name)
	switch {
	case corpus.IsNotFound(err) && docErr != nil:
		return fmt.Errorf("%s: there is no such document or fact; see 'dateline documents' and 'dateline facts'", name)
	case err != nil:
		return err
	}
	if err := a.showFact(ctx, &b, store, fact, f); err != nil {
		return err
	}
	return a.print(&b)
}

// showDocument prints a document: what is known of it, its text with marks, its facts.
func (a *app) showDocument(b *bytes.Buffer, doc corpus.DocumentDetail, f showFlags) error {
	if f.format == "json" {
		return writeStoredLine(b, doc)
	}
	writePairs(b, [][2]string{
		{"document", strconv.FormatInt(doc.ID, 10)},
		{"source", doc.Source},
		{"title", doc.Title},
		{"published", doc.Published + bracketed(doc.PublishedFrom)},
		{"publisher", doc.Publisher + bracketed(doc.Doc.Publisher.From)},
		{"canonical", doc.Canonical},
		{"conflicts", strings.Join(doc.Doc.Published.Conflicts, "; ")},
		{"language", doc.Language},
		{"state", doc.State + prefixed(": ", whyState(doc.DocumentRow))},
		{"version", fmt.Sprintf("%d of %d", doc.Version, doc.Versions)},
		{"raw", doc.RawHash},
		{"length", plural(doc.Characters, "character", "characters")},
		{"note", doc.Note},
		{"warnings", strings.Join(doc.Warnings, "; ")},
	})
	at := byteOffsets(doc.Doc.Text)
	var marks []mark
	decided := false
	rows := make([][]string, len(doc.Statements))
	for i, s := range doc.Statements {
		quote := ""
		for j, c := range s.Citations {
			marks = append(marks, mark{at(c.Start), at(c.End), string(s.Kind)})
			if j == 0 {
				quote = c.Quote
			}
		}
		rows[i] = []string{shortID(s.Fact), string(s.Kind), describe(s.Value), strconv.Itoa(len(s.Citations)), quote, s.Rule, ""}
		if s.State != corpus.ReviewOpen {
			rows[i][6], decided = string(s.State), true
		}
		if s.Extracted != nil {
			rows[i][6] += ", edited"
		}
	}
	if doc.Doc.Text != "" {
		fmt.Fprintf(b, "\n%s\n", markText(doc.Doc.Text, marks, a.useColor(f.color)))
	}
	b.WriteByte('\n')
	if len(rows) == 0 {
		fmt.Fprintln(b, "no facts")
		return nil
	}
	columns := []column{{name: "id", fixed: true}, {name: "kind", fixed: true}, {name: "fact"}, {name: "cited", right: true, fixed: true}, {name: "quote"}, {name: "rule"}, {name: "state", fixed: true}}
	if !decided {
		columns = columns[:6]
		for i := range rows {
			rows[i] = rows[i][:6]
		}
	}
	return writeTable(b, columns, rows, a.width)
}

// writeStoredLine prints a stored document in the exchange format. The ids are those of the
// fact table, so that they can be asked for.
func writeStoredLine(b *bytes.Buffer, doc corpus.DocumentDetail) error {
	facts := make([]extract.Fact, len(doc.Statements))
	ids := make([]string, len(doc.Statements))
	at := byteOffsets(doc.Doc.Text)
	for i, s := range doc.Statements {
		facts[i], ids[i] = s.Value, s.Fact
		facts[i].Citations = make([]extract.Citation, len(s.Citations))
		for j, c := range s.Citations {
			facts[i].Citations[j] = extract.Citation{Span: token.Span{Start: at(c.Start), End: at(c.End)}, Quote: c.Quote, Rule: c.Rule}
		}
	}
	return writeExchangeLine(b, doc.Doc, facts, ids)
}

// showFact prints a fact with every place that states it.
func (a *app) showFact(ctx context.Context, b *bytes.Buffer, store *corpus.Store, fact corpus.FactDetail, f showFlags) error {
	contexts := newContexts(ctx, store)
	if f.format == "json" {
		o, err := factObject(fact, contexts)
		if err != nil {
			return err
		}
		return writeJSONLine(b, o)
	}
	fmt.Fprintln(b, oneLine(fact.Statement))
	b.WriteByte('\n')
	pairs := [][2]string{{"fact", fact.ID}, {"kind", string(fact.Kind)}}
	pairs = append(pairs, factPairs(fact.FactRow)...)
	pairs = append(pairs,
		[2]string{"confidence", strconv.FormatFloat(fact.Confidence, 'g', -1, 64)},
		[2]string{"state", stateOf(fact.FactRow)},
		[2]string{"stated", fmt.Sprintf("in %s, %s", plural(fact.Sources, "document", "documents"), plural(fact.Citations, "place", "places"))})
	writePairs(b, pairs)
	color := a.useColor(f.color)
	for i, s := range fact.Statements {
		head := fmt.Sprintf("%d. %s", i+1, s.Source)
		if len(s.Citations) > 0 {
			c := s.Citations[0]
			head += prefixed(": ", c.Title)
			if c.Published != "" {
				head += ", published " + c.Published
			}
		}
		fmt.Fprintf(b, "\n%s\n", oneLine(head))
		fmt.Fprintf(b, "   %s\n", oneLine(describe(s.Value)))
		if s.Extracted != nil {
			fmt.Fprintf(b, "   edited; the program read: %s\n", oneLine(describe(*s.Extracted)))
		}
		if s.State != corpus.ReviewOpen {
			fmt.Fprintf(b, "   %s by decision %d\n", s.State, s.Decision)
		}
		fmt.Fprintf(b, "   rule %s, confidence %s%s\n", oneLine(s.Rule), strconv.FormatFloat(s.Confidence, 'g', -1, 64), oneLine(prefixed("; ", derivation(s.Value))))
		for _, c := range s.Citations {
			around, err := contexts.of(c)
			if err != nil {
				return err
			}
			rule := ""
			if c.Rule != s.Rule {
				rule = prefixed(", rule ", c.Rule)
			}
			fmt.Fprintf(b, "   %d–%d%s: %s\n", c.Start, c.End, oneLine(rule), around.show(string(s.Kind), color))
		}
	}
	return nil
}

// derivation says how a value that the words alone do not give was worked out.
func derivation(f extract.Fact) string {
	if f.Date == nil {
		return ""
	}
	var parts []string
	if f.Date.Anchor != "" {
		parts = append(parts, "counted from "+f.Date.Anchor+bracketed(f.Date.AnchorFrom))
	}
	if len(f.Date.Alternatives) > 0 {
		parts = append(parts, "could also be "+strings.Join(f.Date.Alternatives, " or "))
	}
	return strings.Join(parts, "; ")
}

// factPairs are the fields of a fact's kind.
func factPairs(f corpus.FactRow) [][2]string {
	switch f.Kind {
	case extract.KindDate:
		return [][2]string{{"type", f.Type}, {"value", f.Value}, {"modifier", f.Mod}}
	case extract.KindPerson:
		return [][2]string{{"name", f.Person}, {"also", strings.Join(f.Aliases, "; ")}}
	case extract.KindInstitution:
		return [][2]string{{"name", f.Institution}, {"also", strings.Join(f.Aliases, "; ")}, {"part of", f.Parent}}
	case extract.KindTitle:
		return [][2]string{{"person", f.Person}, {"title", f.Title}, {"institution", f.Institution}, {"when", f.When}}
	case extract.KindAgreement:
		return [][2]string{{"type", f.Type}, {"status", f.Status}, {"parties", strings.Join(f.Parties, "; ")},
			{"signatories", strings.Join(f.Signatories, "; ")}, {"date", f.Value}, {"place", f.Place}, {"subject", f.Subject}}
	}
	var pairs [][2]string
	for _, s := range f.Own {
		pairs = append(pairs, [2]string{s.Name, s.Value})
	}
	return pairs
}

// factObject is a fact with its statements as JSON.
func factObject(fact corpus.FactDetail, contexts *contexts) (object, error) {
	statements := make([]object, len(fact.Statements))
	for i, s := range fact.Statements {
		citations := make([]object, len(s.Citations))
		for j, c := range s.Citations {
			around, err := contexts.of(c)
			if err != nil {
				return nil, err
			}
			citations[j] = append(citationObject(c), field{"sentence", around.text})
		}
		o := object{{"id", s.ID}, {"source", s.Source}, {"document", s.Document}, {"states", describe(s.Value)}, {"rule", s.Rule}, {"confidence", s.Confidence}}
		if d := s.Value.Date; d != nil {
			o = append(o, field{"derivation", object{{"anchor", orNull(d.Anchor)}, {"anchor_from", orNull(d.AnchorFrom)}, {"alternatives", orEmpty(d.Alternatives)}}})
		}
		o = append(o, field{"state", s.State})
		if s.Extracted != nil {
			o = append(o, field{"extracted", describe(*s.Extracted)})
		}
		statements[i] = append(o, field{"citations", citations})
	}
	return append(factRowObject(fact.FactRow), field{"statements", statements}), nil
}

// writePairs prints names and values below each other; what is empty is left out.
func writePairs(b *bytes.Buffer, pairs [][2]string) {
	width := 0
	for _, p := range pairs {
		if p[1] != "" {
			width = max(width, len(p[0]))
		}
	}
	for _, p := range pairs {
		if p[1] != "" {
			fmt.Fprintf(b, "%-*s  %s\n", width, p[0], oneLine(p[1]))
		}
	}
}

// bracketed is " (text)", or nothing.
func bracketed(text string) string {
	if text == "" {
		return ""
	}
	return " (" + text + ")"
}
