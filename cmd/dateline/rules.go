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
)

// newRulesCommand is "dateline rules".
func newRulesCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "List, show and test the rules that read facts",
		Long: `Facts are read by rules. Some are part of the program's code, others are data: patterns with
examples, in the program and in a folder of your own. "list" names them all, "show" prints one,
and "test" tries those of a folder on their examples and near misses.

` + exitHelp,
		Example: `  dateline rules list
  dateline rules show title.minister-of
  dateline rules test my-rules`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return badUsage("there is no %q; it is one of list, show, test", args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newRulesListCommand(a), newRulesShowCommand(a), newRulesTestCommand(a))
	return cmd
}

// newRulesTestCommand is "dateline rules test".
func newRulesTestCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "test DIR",
		Short: "Try the rules of a folder on their examples and near misses",
		Long: `Read the rules (*.yaml) and lists of words (lexicon/*.txt) of a folder, and try each rule: its
examples must give exactly their facts, no other rule may read them differently, and its near
misses must give nothing. What is wrong is told with file and line, and the command ends
with exit code 1.

` + exitHelp,
		Example: `  dateline rules test my-rules`,
		Args:    oneArgument("folder of rules"),
		RunE: func(_ *cobra.Command, args []string) error {
			return a.testRules(args[0])
		},
	}
}

// testRules is the command.
func (a *app) testRules(folder string) error {
	ex, wrong := loadRules(folder)
	if ex != nil {
		for _, e := range ex.CheckRules(true) {
			wrong = append(wrong, inFolder(folder, e))
		}
	}
	for _, err := range wrong {
		a.log.Error(oneLine(err.Error()))
	}
	if len(wrong) > 0 {
		return errItems
	}
	rules, examples, never := 0, 0, 0
	for _, r := range ex.Rules() {
		if r.Own {
			rules++
			examples += len(r.Examples)
			never += len(r.Never)
		}
	}
	var b bytes.Buffer
	if rules == 0 {
		fmt.Fprintf(&b, "%s has no rules; a rule stands in a file *.yaml\n", oneLine(folder))
		return a.print(&b)
	}
	fmt.Fprintf(&b, "%s, %s, %s: all as they should be\n", plural(rules, "rule", "rules"), plural(examples, "example", "examples"), plural(never, "near miss", "near misses"))
	return a.print(&b)
}

// ruleRow is a rule as the list shows it.
type ruleRow struct {
	name, kind, from, says string
	count                  corpus.RuleCount
}

// newRulesListCommand is "dateline rules list".
func newRulesListCommand(a *app) *cobra.Command {
	var list listFlags
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List every rule, with what it has found",
		Long: `List every rule by name: those that are code, with what they read; those that are data, with
their pattern; and those of the folder of --rules. With --db, or $DATELINE_DB, also the number of
facts and citations in the database that each has read, and rules that are there but
not here.

` + exitHelp,
		Example: `  dateline rules list
  dateline rules list --rules my-rules --db news.db
  dateline rules list --db news.db --format csv`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := list.check(); err != nil {
				return err
			}
			return a.listRules(cmd.Context(), list)
		},
	}
	list.define(cmd.Flags())
	a.defineRules(cmd.Flags())
	return cmd
}

// ruleRows lists the rules: those of data first, as they are tried, then those of code.
func (a *app) ruleRows() []ruleRow {
	var rows []ruleRow
	for _, r := range newReader(a).extractor.Rules() {
		from := "rules/" + r.File
		if r.Own {
			from = a.rulesFolder() + "/" + r.File
		}
		rows = append(rows, ruleRow{name: r.Name, kind: string(r.Kind), from: from + ":" + strconv.Itoa(r.Line), says: strings.Join(strings.Fields(r.Pattern), " ")})
	}
	for _, r := range extract.FinderRules {
		kind, _, _ := strings.Cut(r.Name, ".")
		rows = append(rows, ruleRow{name: r.Name, kind: kind, from: r.File, says: r.Says})
	}
	return rows
}

// listRules is the command after its flags were checked.
func (a *app) listRules(ctx context.Context, list listFlags) error {
	rows := a.ruleRows()
	counted := a.database != "" || a.getenv("DATELINE_DB") != ""
	if counted {
		counts, err := a.ruleCounts(ctx)
		if err != nil {
			return err
		}
		at := map[string]int{}
		for i, r := range rows {
			at[r.name] = i
		}
		for _, c := range counts {
			i, ok := at[c.Rule]
			if !ok {
				kind, _, _ := strings.Cut(c.Rule, ".")
				i = len(rows)
				rows = append(rows, ruleRow{name: c.Rule, kind: kind, says: "not a rule of this program or folder"})
			}
			rows[i].count = c
		}
	}
	if list.limit > 0 {
		rows = rows[:min(list.limit, len(rows))]
	}
	var b bytes.Buffer
	if list.format == "jsonl" {
		for _, r := range rows {
			one := object{{"rule", r.name}, {"kind", r.kind}, {"from", orNull(r.from)}, {"reads", r.says}}
			if counted {
				one = append(one, object{{"facts", r.count.Facts}, {"citations", r.count.Citations}, {"rejected", r.count.Rejected}}...)
			}
			if err := writeJSONLine(&b, one); err != nil {
				return err
			}
		}
		return a.print(&b)
	}
	header := []string{"rule", "kind"}
	columns := []column{{name: "rule", fixed: true}, {name: "kind", fixed: true}}
	if counted {
		header = append(header, "facts", "citations", "rejected")
		columns = append(columns, column{name: "facts", right: true, fixed: true}, column{name: "citations", right: true, fixed: true}, column{name: "rejected", right: true, fixed: true})
	}
	header = append(header, "from", "reads")
	columns = append(columns, column{name: "from"}, column{name: "reads"})
	cells := make([][]string, len(rows))
	for i, r := range rows {
		cells[i] = []string{r.name, r.kind}
		if counted {
			cells[i] = append(cells[i], strconv.Itoa(r.count.Facts), strconv.Itoa(r.count.Citations), strconv.Itoa(r.count.Rejected))
		}
		cells[i] = append(cells[i], r.from, r.says)
	}
	var err error
	if list.format == "csv" {
		err = writeCSV(&b, header, cells, list.raw)
	} else {
		err = writeTable(&b, columns, cells, a.width)
	}
	if err != nil {
		return err
	}
	return a.print(&b)
}

// ruleCounts asks the database what each rule has read.
func (a *app) ruleCounts(ctx context.Context) ([]corpus.RuleCount, error) {
	store, err := a.readStore(ctx)
	if err != nil {
		return nil, err
	}
	defer store.Close()
	return store.RuleCounts(ctx)
}

// newRulesShowCommand is "dateline rules show".
func newRulesShowCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "show NAME",
		Short: "Print a rule with its examples",
		Long: `Print a rule as it is written, with its examples and near misses. Of a rule that is code, print
what it reads and the file that it is in.

` + exitHelp,
		Example: `  dateline rules show title.minister-of
  dateline rules show funding.raised --rules my-rules`,
		Args: oneArgument("name of a rule, as 'dateline rules list' shows it"),
		RunE: func(_ *cobra.Command, args []string) error {
			return a.showRule(args[0])
		},
	}
	a.defineRules(cmd.Flags())
	return cmd
}

// showRule is the command.
func (a *app) showRule(name string) error {
	var b bytes.Buffer
	for _, r := range newReader(a).extractor.Rules() {
		if r.Name == name {
			from := "rules/" + r.File
			if r.Own {
				from = a.rulesFolder() + "/" + r.File
			}
			fmt.Fprintf(&b, "# %s:%d\n%s", oneLine(from), r.Line, lines(r.Source))
			return a.print(&b)
		}
	}
	if r := extract.FinderRule(name); r != nil {
		fmt.Fprintf(&b, "%s is code, in extract/%s\nreads: %s\n", r.Name, r.File, r.Says)
		return a.print(&b)
	}
	return fmt.Errorf("there is no rule %q; 'dateline rules list' names them", oneLine(name))
}
