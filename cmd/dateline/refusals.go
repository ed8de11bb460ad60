package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"dateline/corpus"
	"dateline/extract"
	"dateline/ingest"
	"dateline/ingest/document"
)

// refusalsFlags are the flags of refusals.
type refusalsFlags struct {
	in      inputFlags
	list    listFlags
	code    string
	trigger string
	source  string
	count   bool
}

// newRefusalsCommand is "dateline refusals".
func newRefusalsCommand(a *app) *cobra.Command {
	var f refusalsFlags
	cmd := &cobra.Command{
		Use:   "refusals [PATH]...",
		Short: "List what looks like a fact and gave none, with the reason",
		Long: `List the places that look like a fact and gave none, each with the reason and its sentence:
a document that is signed by nobody, a post that nobody holds, a date that no calendar has.
That is the list of work for the next rule: --count says how often each reason occurs.

Without PATH the stored documents of the database are read again, from their stored text;
nothing is stored. With PATH, files and folders are read, and no database is needed.

Reasons:
` + codesHelp() + `
` + exitHelp,
		Example: `  dateline refusals --count
  dateline refusals --code agreement.one-party --limit 20
  dateline refusals --trigger date --format csv > dates.csv
  dateline refusals releases/ --count`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, paths []string) error {
			if err := f.check(cmd, paths); err != nil {
				return err
			}
			return a.refusals(cmd.Context(), f, paths)
		},
	}
	flags := cmd.Flags()
	a.defineRules(flags)
	choiceVar(flags, &f.trigger, "trigger", "", extract.Triggers, "only words that look like one of these")
	flags.StringVar(&f.code, "code", "", "only this `REASON`, of those above")
	flags.StringVar(&f.source, "source", "", "only documents whose path or URL holds `TEXT`")
	flags.BoolVar(&f.count, "count", false, "count the reasons, the most frequent first")
	f.list.define(flags)
	f.in.define(flags)
	return cmd
}

// codesHelp lists the reasons for the help.
func codesHelp() string {
	var b strings.Builder
	for _, c := range extract.RefusalCodes {
		fmt.Fprintf(&b, "  %-24s %s\n", c.Code, c.Means)
	}
	return b.String()
}

func (f *refusalsFlags) check(cmd *cobra.Command, paths []string) error {
	if err := f.list.check(); err != nil {
		return err
	}
	if err := f.in.check(); err != nil {
		return err
	}
	if cmd.Flags().Changed("code") && extract.Meaning(f.code) == "" {
		return badUsage("--code %q is no reason; 'dateline refusals --help' lists them", f.code)
	}
	if f.code != "" && f.trigger != "" && !strings.HasPrefix(f.code, f.trigger+".") {
		return badUsage("--code %s is no reason of --trigger %s; leave one of them out", f.code, f.trigger)
	}
	if len(paths) == 0 && (f.in.published != "" || len(f.in.exclude) > 0) {
		return badUsage("--published and --exclude are for files; name one, or leave them out")
	}
	return nil
}

// refusedDocument is what one document refused.
type refusedDocument struct {
	doc      document.Document
	refusals []extract.Refusal
	failed   []*ingest.Refusal // the document itself could not be read
}

// errEnough ends a run whose limit is reached.
var errEnough = errors.New("enough was listed")

// refusals is the command after its flags were checked.
func (a *app) refusals(ctx context.Context, f refusalsFlags, paths []string) error {
	list := refusalList{flags: f, counts: map[string]*refusalCount{}}
	failed := false
	total := -1
	var store *corpus.Store
	if len(paths) == 0 {
		var err error
		if store, err = a.readStore(ctx); err != nil {
			return err
		}
		defer store.Close()
		stats, err := store.Stats(ctx)
		if err != nil {
			return err
		}
		total = stats.Documents
	}
	bar := a.newProgress("refusals", total)
	defer bar.done()
	emit := func(one refusedDocument) error {
		bar.add(1)
		for _, refused := range one.failed {
			failed = true
			a.log.Error(refused.Error())
		}
		return list.take(one)
	}
	var err error
	r := newReader(a)
	if store != nil {
		err = inOrder(ctx, f.in.workers, func(submit func(document.Document, int) error) error {
			for stored, err := range store.Current(ctx) {
				if err != nil {
					return err
				}
				if !holds(stored.Source, f.source) {
					bar.add(1)
					continue
				}
				if err := submit(stored.Doc, len(stored.Doc.Text)); err != nil {
					return err
				}
			}
			return nil
		}, r.refusedOf, emit)
	} else {
		err = r.paths(ctx, a, f.in, paths, func(out outcome) error {
			if err := emit(refusedDocument{failed: out.refusals}); err != nil {
				return err
			}
			for _, rd := range out.readings {
				if holds(rd.doc.Source, f.source) {
					if err := emit(r.refusedOf(rd.doc)); err != nil {
						return err
					}
				}
			}
			return nil
		})
	}
	bar.done()
	if err != nil && !errors.Is(err, errEnough) {
		return err
	}
	var b bytes.Buffer
	if f.count {
		err = list.writeCounts(&b, a.width)
	} else {
		err = list.writeRows(&b, a.width)
	}
	if err != nil {
		return err
	}
	if err := a.print(&b); err != nil {
		return err
	}
	if failed {
		return errItems
	}
	return nil
}

// refusedOf reads one document for what it refuses.
func (r *reader) refusedOf(doc document.Document) (out refusedDocument) {
	out.doc = doc
	defer func() {
		if fault := recover(); fault != nil {
			out.failed = []*ingest.Refusal{r.fault(doc.Source, fault)}
		}
	}()
	out.refusals = r.extractor.Refuse(doc).Refusals
	return out
}

// holds reports whether a source has the text in it, whatever the case.
func holds(source, text string) bool {
	return strings.Contains(strings.ToLower(source), strings.ToLower(text))
}

// refusalList gathers what is printed.
type refusalList struct {
	flags  refusalsFlags
	rows   []refusalRow
	more   bool // the limit was reached, and there was another one
	counts map[string]*refusalCount
}

// refusalRow is one refusal with its surroundings.
type refusalRow struct {
	source                string
	refusal               extract.Refusal
	start, end            int // code points
	before, inside, after string
}

// refusalCount is how often a reason occurs.
type refusalCount struct {
	code              string
	number, documents int
	last              string // the source that was counted last
}

// take adds a document's refusals that were asked for.
func (l *refusalList) take(one refusedDocument) error {
	var index *extract.RuneIndex
	for _, r := range one.refusals {
		if l.flags.trigger != "" && r.Trigger != l.flags.trigger || l.flags.code != "" && r.Code != l.flags.code {
			continue
		}
		if l.flags.count {
			c := l.counts[r.Code]
			if c == nil {
				c = &refusalCount{code: r.Code}
				l.counts[r.Code] = c
			}
			c.number++
			if c.documents == 0 || c.last != one.doc.Source {
				c.documents, c.last = c.documents+1, one.doc.Source
			}
			continue
		}
		if limit := l.flags.list.limit; limit > 0 && len(l.rows) == limit {
			l.more = true
			return errEnough
		}
		if index == nil {
			index = extract.NewRuneIndex(one.doc.Text)
		}
		row := refusalRow{source: one.doc.Source, refusal: r, start: index.At(r.Start), end: index.At(r.End)}
		row.before, row.inside, row.after = excerpt(one.doc.Text, r.Span, r.Around)
		l.rows = append(l.rows, row)
	}
	return nil
}

// writeRows prints the refusals.
func (l *refusalList) writeRows(b *bytes.Buffer, width int) error {
	switch l.flags.list.format {
	case "jsonl":
		for _, r := range l.rows {
			err := writeJSONLine(b, object{{"source", r.source}, {"sentence", r.refusal.Sentence}, {"trigger", r.refusal.Trigger}, {"code", r.refusal.Code}, {"means", extract.Meaning(r.refusal.Code)},
				{"detail", orNull(r.refusal.Detail)}, {"start", r.start}, {"end", r.end}, {"words", r.inside}, {"before", r.before}, {"after", r.after}})
			if err != nil {
				return err
			}
		}
		return nil
	case "csv":
		rows := make([][]string, len(l.rows))
		for i, r := range l.rows {
			rows[i] = []string{r.source, strconv.Itoa(r.refusal.Sentence), r.refusal.Trigger, r.refusal.Code, r.refusal.Detail, strconv.Itoa(r.start), strconv.Itoa(r.end), r.inside, r.before + r.inside + r.after}
		}
		return writeCSV(b, []string{"source", "sentence", "trigger", "code", "detail", "start", "end", "words", "text"}, rows, l.flags.list.raw)
	}
	if len(l.rows) == 0 {
		fmt.Fprintln(b, "nothing was refused")
		return nil
	}
	rows := make([][]string, len(l.rows))
	for i, r := range l.rows {
		rows[i] = []string{r.refusal.Code, r.source, strconv.Itoa(r.refusal.Sentence), r.before + "[" + r.inside + "]" + r.after, r.refusal.Detail}
	}
	columns := []column{{name: "reason", fixed: true}, {name: "source"}, {name: "no", right: true, fixed: true}, {name: "sentence"}, {name: "found"}}
	if !slices.ContainsFunc(rows, func(row []string) bool { return row[4] != "" }) {
		columns = columns[:4]
		for i := range rows {
			rows[i] = rows[i][:4]
		}
	}
	if err := writeTable(b, columns, rows, width); err != nil {
		return err
	}
	if l.more {
		fmt.Fprintf(b, "\nthe first %d; --limit 0 shows all\n", len(rows))
	} else {
		fmt.Fprintf(b, "\n%s\n", plural(len(rows), "refusal", "refusals"))
	}
	return nil
}

// writeCounts prints how often each reason occurs, the most frequent first.
func (l *refusalList) writeCounts(b *bytes.Buffer, width int) error {
	var counts []*refusalCount
	all := 0
	for _, c := range l.counts {
		counts = append(counts, c)
		all += c.number
	}
	slices.SortFunc(counts, func(x, y *refusalCount) int {
		return cmp.Or(cmp.Compare(y.number, x.number), cmp.Compare(x.code, y.code))
	})
	if limit := l.flags.list.limit; limit > 0 {
		counts = counts[:min(limit, len(counts))]
	}
	rows := make([][]string, len(counts))
	for i, c := range counts {
		rows[i] = []string{c.code, strconv.Itoa(c.number), strconv.Itoa(c.documents), extract.Meaning(c.code)}
	}
	switch l.flags.list.format {
	case "jsonl":
		for _, c := range counts {
			if err := writeJSONLine(b, object{{"code", c.code}, {"number", c.number}, {"documents", c.documents}, {"means", extract.Meaning(c.code)}}); err != nil {
				return err
			}
		}
		return nil
	case "csv":
		return writeCSV(b, []string{"code", "number", "documents", "means"}, rows, l.flags.list.raw)
	}
	if len(rows) == 0 {
		fmt.Fprintln(b, "nothing was refused")
		return nil
	}
	if err := writeTable(b, []column{{name: "reason", fixed: true}, {name: "number", right: true, fixed: true}, {name: "documents", right: true, fixed: true}, {name: "means"}}, rows, width); err != nil {
		return err
	}
	fmt.Fprintf(b, "\n%s\n", plural(all, "refusal", "refusals"))
	return nil
}
