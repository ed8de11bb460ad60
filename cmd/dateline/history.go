package main

import (
	"bytes"
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"dateline/corpus"
)

// newHistoryCommand is "dateline fact history".
func newHistoryCommand(a *app) *cobra.Command {
	var list listFlags
	var source, who string
	cmd := &cobra.Command{
		Use:   "history [FACT]",
		Short: "List decisions: who decided what, when and why",
		Long: `List the decisions in their order: all of them, or those about one fact.

The last column says what became of a decision:
  same        it holds: the same is read from the same words
  adopted     it holds: the program now reads what the edit said
  changed     something else is read there now; the fact asks for another look
  orphan      nothing of the kind is read there any more
  superseded  a later decision is about the same
  undone      it was taken back

` + exitHelp,
		Example: `  dateline fact history 3f2a9c
  dateline fact history --who anna --format csv`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return badUsage("name one fact, not %d", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := list.check(); err != nil {
				return err
			}
			return a.history(cmd.Context(), strings.Join(args, ""), corpus.DecisionFilter{Source: source, Who: who, Limit: list.limit}, list)
		},
	}
	cmd.Flags().StringVar(&source, "source", "", "only decisions about the document with this `PATH` or URL")
	cmd.Flags().StringVar(&who, "who", "", "only decisions of this `NAME`")
	list.define(cmd.Flags())
	return cmd
}

// history is the command.
func (a *app) history(ctx context.Context, fact string, filter corpus.DecisionFilter, list listFlags) error {
	store, err := a.readStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	if fact != "" {
		found, err := store.Fact(ctx, fact)
		if err != nil {
			return err
		}
		filter.Fact = found.ID
	}
	decisions, err := store.Decisions(ctx, filter)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := writeDecisions(&b, decisions, list, a.width, "no decisions"); err != nil {
		return err
	}
	return a.print(&b)
}

// newOrphansCommand is "dateline orphans".
func newOrphansCommand(a *app) *cobra.Command {
	var list listFlags
	cmd := &cobra.Command{
		Use:   "orphans",
		Short: "List decisions that no longer find what they were about",
		Long: `List the decisions whose words are gone from their document, or from which something else
is read now. None of them is lost: when the words come back, so does the decision.

  orphan   nothing of the kind is read there any more, or the document was removed
  changed  something else is read there now; the fact is in the review again

` + exitHelp,
		Example: `  dateline orphans
  dateline orphans --format jsonl`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := list.check(); err != nil {
				return err
			}
			return a.orphans(cmd.Context(), list)
		},
	}
	list.define(cmd.Flags())
	return cmd
}

// orphans is the command.
func (a *app) orphans(ctx context.Context, list listFlags) error {
	store, err := a.readStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	decisions, err := store.Orphans(ctx)
	if err != nil {
		return err
	}
	if list.limit > 0 && len(decisions) > list.limit {
		decisions = decisions[:list.limit]
	}
	var b bytes.Buffer
	if err := writeDecisions(&b, decisions, list, a.width, "no orphans: every decision finds its fact"); err != nil {
		return err
	}
	return a.print(&b)
}

// decisionColumns are the columns of the CSV: a row for each document that a decision is about.
var decisionColumns = []string{"decision", "made", "who", "action", "why", "kind", "fact", "line", "edited", "undoes", "undone_by", "source", "quote", "before", "after", "now", "now_fact"}

// writeDecisions prints decisions in the form that was asked for.
func writeDecisions(b *bytes.Buffer, decisions []corpus.Decision, list listFlags, width int, none string) error {
	switch list.format {
	case "csv":
		var rows [][]string
		for _, d := range decisions {
			targets := d.Targets
			if len(targets) == 0 {
				targets = []corpus.DecisionTarget{{}}
			}
			for _, t := range targets {
				rows = append(rows, []string{number(d.ID), d.Made, d.Who, string(d.Action), d.Why, string(d.Kind), d.Fact, d.Line, editedLine(d), number(d.Undoes), number(d.UndoneBy),
					t.Source, t.Quote, t.Before, t.After, string(t.How), t.Fact})
			}
		}
		return writeCSV(b, decisionColumns, rows, list.raw)
	case "jsonl":
		for _, d := range decisions {
			if err := writeJSONLine(b, decisionObject(d)); err != nil {
				return err
			}
		}
		return nil
	}
	if len(decisions) == 0 {
		b.WriteString(none + "\n")
		return nil
	}
	rows := make([][]string, len(decisions))
	for i, d := range decisions {
		what := d.Line
		if edited := editedLine(d); edited != "" {
			what += " → " + edited
		}
		action, quote, source := pastTense[d.Action], "", ""
		if d.Undoes != 0 {
			action = "undid " + number(d.Undoes)
		}
		if len(d.Targets) > 0 {
			quote, source = d.Targets[0].Quote, d.Targets[0].Source
		}
		rows[i] = []string{number(d.ID), d.Made, d.Who, action, what, d.Why, quote, source, became(d)}
	}
	return writeTable(b, []column{{name: "no", right: true, fixed: true}, {name: "made", fixed: true}, {name: "who"}, {name: "decision", fixed: true}, {name: "fact"},
		{name: "why"}, {name: "quote"}, {name: "source"}, {name: "now", fixed: true}}, rows, width)
}

// became says how the evidence of a decision is found now, with numbers where documents differ.
func became(d corpus.Decision) string {
	var order []corpus.Hold
	n := map[corpus.Hold]int{}
	for _, t := range d.Targets {
		if n[t.How] == 0 {
			order = append(order, t.How)
		}
		n[t.How]++
	}
	parts := make([]string, len(order))
	for i, how := range order {
		parts[i] = string(how)
		if len(order) > 1 {
			parts[i] += " " + strconv.Itoa(n[how])
		}
	}
	return strings.Join(parts, ", ")
}

func editedLine(d corpus.Decision) string {
	if d.Edited == nil {
		return ""
	}
	return describe(*d.Edited)
}

// number prints an id; 0 is none.
func number(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// decisionObject is a decision as JSON.
func decisionObject(d corpus.Decision) object {
	targets := make([]object, len(d.Targets))
	for i, t := range d.Targets {
		edited := any(nil)
		if t.Edited != nil {
			edited = describe(*t.Edited)
		}
		targets[i] = object{{"source", t.Source}, {"read", describe(t.Value)}, {"edited", edited}, {"quote", t.Quote}, {"before", t.Before}, {"after", t.After},
			{"now", string(t.How)}, {"now_fact", orNull(t.Fact)}}
	}
	undo := func(id int64) any {
		if id == 0 {
			return nil
		}
		return id
	}
	return object{{"decision", d.ID}, {"action", string(d.Action)}, {"who", d.Who}, {"made", orNull(d.Made)}, {"why", orNull(d.Why)}, {"key", d.Key}, {"kind", d.Kind}, {"fact", d.Fact}, {"line", d.Line},
		{"edited", orNull(editedLine(d))}, {"undoes", undo(d.Undoes)}, {"undone_by", undo(d.UndoneBy)}, {"targets", targets}}
}
