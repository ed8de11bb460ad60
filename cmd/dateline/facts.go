package main

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"dateline/corpus"
	"dateline/extract"
)

// listFlags are the flags of the commands that print rows.
type listFlags struct {
	format string
	limit  int
	raw    bool
}

func (f *listFlags) define(flags *pflag.FlagSet) {
	choiceVar(flags, &f.format, "format", "table", []string{"table", "csv", "jsonl"}, "form of the output")
	flags.IntVar(&f.limit, "limit", 0, "print at most `N` rows; 0 prints all")
	flags.BoolVar(&f.raw, "raw", false, "leave CSV cells as they are; without it, a cell that a spreadsheet would run as a formula gets a ' in front, and controls are shown as \\x1b")
}

func (f *listFlags) check() error {
	if f.limit < 0 {
		return badUsage("--limit %d: it must be 0 or more", f.limit)
	}
	if f.raw && f.format != "csv" {
		return badUsage("--raw is for --format csv; the other formats have nothing to leave out")
	}
	return nil
}

// newFactsCommand is "dateline facts".
func newFactsCommand(a *app) *cobra.Command {
	var list listFlags
	var filter corpus.Filter
	cmd := &cobra.Command{
		Use:   "facts",
		Short: "List the fact table",
		Long: `List the facts of all documents, one row a fact, with the number of documents that
state it and the place where it was stated first.

Names match in whole words or beginnings of words, whatever their case and accents,
against every form that any document uses; an institution also finds its units.
--since and --until compare the value of a date, the signing of an agreement, and of every
other fact the publication of the documents that state it. Where a part of that is unknown ("18
May" of no year), the fact is listed when it may match, and the row says so.

` + exitHelp,
		Example: `  dateline facts --kind agreement --since 2024 --status signed
  dateline facts --person 'maria silva' --format csv > maria.csv
  dateline facts --institution ministry --limit 20
  dateline facts --kind date --since 2024-05 --until 2024-06
  dateline facts --text 'joint laboratory' --format jsonl`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := list.check(); err != nil {
				return err
			}
			if err := checkFilter(cmd, filter); err != nil {
				return err
			}
			filter.Limit = list.limit
			return a.facts(cmd.Context(), filter, list)
		},
	}
	defineFilter(cmd.Flags(), &filter)
	list.define(cmd.Flags())
	return cmd
}

// kindVar defines the flag --kind. Whether a kind of a user's own is there, only the database knows.
func kindVar(flags *pflag.FlagSet, value *string, usage string) {
	kinds := make([]string, len(extract.Kinds))
	for i, k := range extract.Kinds {
		kinds[i] = string(k)
	}
	flags.Var(&kindChoice{choice{value, kinds}}, "kind", usage+": "+strings.Join(kinds, ", ")+", or one of your own rules")
}

// kindChoice is a choice that also takes the kinds of users' rules.
type kindChoice struct{ choice }

// Set implements pflag.Value.
func (c *kindChoice) Set(s string) error {
	if extract.IsOwnKind(extract.Kind(s)) {
		*c.value = s
		return nil
	}
	return c.choice.Set(s)
}

// defineFilter defines the flags that select facts.
func defineFilter(flags *pflag.FlagSet, f *corpus.Filter) {
	kindVar(flags, &f.Kind, "only facts of this kind")
	flags.StringVar(&f.Person, "person", "", "only facts about the person of this `NAME`")
	flags.StringVar(&f.Institution, "institution", "", "only facts about the institution of this `NAME`, or its units")
	flags.StringVar(&f.Since, "since", "", "only facts dated on or after `DATE`: 2024, 2024-05 or 2024-05-18")
	flags.StringVar(&f.Until, "until", "", "only facts dated on or before `DATE`")
	flags.StringVar(&f.Source, "source", "", "only facts stated by a source whose path or URL holds `TEXT`")
	flags.StringVar(&f.Status, "status", "", "only agreements of this `STATUS` (signed, agreed, planned, renewed, terminated) or titles (current, former, incoming)")
	flags.StringVar(&f.Text, "text", "", "only facts of documents that hold these `WORDS`")
	choiceVar(flags, &f.State, "state", "", []string{"open", "accepted", "rejected", "changed", "skipped", "all"}, "only facts in this state of the review; without it, all but the rejected")
}

// checkFilter validates the flags that select facts.
func checkFilter(cmd *cobra.Command, filter corpus.Filter) error {
	for _, name := range []string{"person", "institution", "source", "status", "text"} {
		if f := cmd.Flags().Lookup(name); f.Changed && f.Value.String() == "" {
			return badUsage("--%s is empty; give it a value, or leave it out to list everything", name)
		}
	}
	for _, end := range []struct{ flag, value string }{{"--since", filter.Since}, {"--until", filter.Until}} {
		if end.value != "" && !isDay(end.value) {
			return badUsage("%s %q is not a date; write it as 2024, 2024-05 or 2024-05-18", end.flag, end.value)
		}
	}
	return nil
}

// isDay reports a year, a month or a day of the calendar.
func isDay(value string) bool {
	for _, layout := range []string{"2006", "2006-01", "2006-01-02"} {
		if _, err := time.Parse(layout, value); err == nil {
			return true
		}
	}
	return false
}

// facts is the command after its flags were checked.
func (a *app) facts(ctx context.Context, filter corpus.Filter, list listFlags) error {
	store, err := a.readStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	rows, err := store.Facts(ctx, filter)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	switch list.format {
	case "csv":
		err = writeFactsCSV(&b, rows, list.raw)
	case "jsonl":
		for _, row := range rows {
			if err = writeJSONLine(&b, factRowObject(row)); err != nil {
				break
			}
		}
	default:
		err = writeFactsTable(&b, rows, a.width)
	}
	if err != nil {
		return err
	}
	return a.print(&b)
}

// shortID is as much of an id as a person needs; show takes any beginning that is unique.
func shortID(id string) string { return id[:min(len(id), 10)] }

// writeFactsTable prints rows for people.
func writeFactsTable(b *bytes.Buffer, facts []corpus.FactRow, width int) error {
	if len(facts) == 0 {
		fmt.Fprintln(b, "no facts match")
		return nil
	}
	columns := []column{{name: "id", fixed: true}, {name: "kind", fixed: true}, {name: "fact"}, {name: "sources", right: true, fixed: true}, {name: "first source"}, {name: "quote"}}
	may, decided := 0, 0
	for _, f := range facts {
		if f.MayMatch {
			may++
		}
		if f.State != corpus.ReviewOpen {
			decided++
		}
	}
	if decided > 0 {
		columns = append(columns, column{name: "state", fixed: true})
	}
	if may > 0 {
		columns = append(columns, column{name: "note"})
	}
	rows := make([][]string, len(facts))
	for i, f := range facts {
		rows[i] = []string{shortID(f.ID), string(f.Kind), f.Statement, strconv.Itoa(f.Sources), f.First.Source, f.First.Quote}
		if decided > 0 {
			rows[i] = append(rows[i], stateOf(f))
		}
		if may > 0 {
			note := ""
			if f.MayMatch {
				note = "may match: " + f.MayMatchNote
			}
			rows[i] = append(rows[i], note)
		}
	}
	if err := writeTable(b, columns, rows, width); err != nil {
		return err
	}
	fmt.Fprintf(b, "\n%s", plural(len(facts), "fact", "facts"))
	if may > 0 {
		fmt.Fprintf(b, ", of which %d may match: a part of the date is unknown", may)
	}
	fmt.Fprintln(b)
	return nil
}

// stateOf is the state of a fact in the review, for people.
func stateOf(f corpus.FactRow) string {
	if f.Edited {
		return string(f.State) + ", edited"
	}
	return string(f.State)
}

// factColumns are the columns of the CSV, for all kinds alike.
var factColumns = []string{"id", "kind", "fact", "type", "value", "mod", "person", "title", "institution", "parent", "aliases", "when",
	"status", "parties", "signatories", "place", "subject", "confidence", "sources", "citations",
	"source", "document_title", "published", "start", "end", "quote", "rule", "may_match", "state", "edited"}

// writeFactsCSV prints rows for a spreadsheet. Lists are joined with "; ".
func writeFactsCSV(b *bytes.Buffer, facts []corpus.FactRow, raw bool) error {
	rows := make([][]string, len(facts))
	for i, f := range facts {
		may := ""
		if f.MayMatch {
			may = "may match: " + f.MayMatchNote
		}
		rows[i] = []string{f.ID, string(f.Kind), f.Statement, f.Type, f.Value, f.Mod, f.Person, f.Title, f.Institution, f.Parent,
			strings.Join(f.Aliases, "; "), f.When, f.Status, strings.Join(f.Parties, "; "), strings.Join(f.Signatories, "; "), f.Place, f.Subject,
			strconv.FormatFloat(f.Confidence, 'g', -1, 64), strconv.Itoa(f.Sources), strconv.Itoa(f.Citations),
			f.First.Source, f.First.Title, f.First.Published, strconv.Itoa(f.First.Start), strconv.Itoa(f.First.End), f.First.Quote, f.First.Rule, may,
			string(f.State), strconv.FormatBool(f.Edited)}
	}
	return writeCSV(b, factColumns, rows, raw)
}

// factRowObject is a row as JSON: the fields of its kind as in the exchange format, then what
// all documents together say of it.
func factRowObject(f corpus.FactRow) object {
	o := object{{"id", f.ID}, {"kind", f.Kind}, {"fact", f.Statement}}
	switch f.Kind {
	case extract.KindDate:
		o = append(o, field{"type", f.Type}, field{"value", f.Value}, field{"mod", f.Mod})
	case extract.KindPerson:
		o = append(o, field{"name", f.Person}, field{"aliases", orEmpty(f.Aliases)})
	case extract.KindInstitution:
		o = append(o, field{"name", f.Institution}, field{"aliases", orEmpty(f.Aliases)}, field{"parent", orNull(f.Parent)})
	case extract.KindTitle:
		o = append(o, field{"person", orNull(f.Person)}, field{"title", f.Title}, field{"institution", orNull(f.Institution)}, field{"when", f.When})
	case extract.KindAgreement:
		o = append(o, field{"type", f.Type}, field{"status", f.Status}, field{"parties", orEmpty(f.Parties)}, field{"signatories", orEmpty(f.Signatories)},
			field{"date", orNull(f.Value)}, field{"place", orNull(f.Place)}, field{"subject", orNull(f.Subject)})
	default:
		o = append(o, field{"slots", slotsObject(f.Own)})
	}
	return append(o,
		field{"confidence", f.Confidence}, field{"sources", f.Sources}, field{"citations", f.Citations},
		field{"state", f.State}, field{"edited", f.Edited},
		field{"may_match", f.MayMatch}, field{"may_match_note", orNull(f.MayMatchNote)},
		field{"first", citationObject(f.First)})
}

// citationObject is a stored citation as JSON.
func citationObject(c corpus.Citation) object {
	return object{{"source", c.Source}, {"title", orNull(c.Title)}, {"published", orNull(c.Published)},
		{"start", c.Start}, {"end", c.End}, {"quote", c.Quote}, {"rule", c.Rule}}
}
