package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"dateline/corpus/diff"
)

// diffFlags are the flags of diff.
type diffFlags struct {
	format             string
	color              string
	failOnLost         bool
	failOnLostAccepted bool
}

// newDiffCommand is "dateline diff".
func newDiffCommand(a *app) *cobra.Command {
	var f diffFlags
	cmd := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Tell which facts were lost, gained or changed between two databases or runs",
		Long: `Compare what two readings of the same documents state: two databases, two runs, or one
of each. A run is what "dateline extract --format jsonl" prints: a file, a folder of files that
end in .jsonl, or - for standard input.

Documents are the same when their source is, or else their raw bytes. A fact is the same
when the document states the same of it, wherever the words stand by now. Facts of one kind
at the same words with another value are one fact that changed; the slots that differ
are shown. Rule, confidence and the number of citations do not count.

What the program read is compared, not what people made of it. Their decisions, of either
database, are counted beside it: how many accepted facts are lost or have other values
(those of an edit apart), and how many rejected ones are stated anew.

Exit code 1 with --fail-on-lost when any fact was lost, and with --fail-on-lost-accepted when
an accepted one was lost or changed.

` + exitHelp,
		Example: `  dateline diff yesterday.db today.db
  dateline diff before.jsonl after.jsonl --format jsonl | jq 'select(.change == "lost")'
  dateline diff runs/v1 runs/v2 --fail-on-lost
  dateline extract --format jsonl releases | dateline diff reviewed.db - --fail-on-lost-accepted`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return badUsage("name two databases or runs, the old one first, not %d", len(args))
			}
			if args[0] == "-" && args[1] == "-" {
				return badUsage("only one of the two can be standard input")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.diff(cmd.Context(), args[0], args[1], f)
		},
	}
	flags := cmd.Flags()
	choiceVar(flags, &f.format, "format", "table", []string{"table", "jsonl"}, "form of the output")
	choiceVar(flags, &f.color, "color", "auto", []string{"auto", "always", "never"}, "mark quotes in colour")
	flags.BoolVar(&f.failOnLost, "fail-on-lost", false, "end with exit code 1 when a fact was lost")
	flags.BoolVar(&f.failOnLostAccepted, "fail-on-lost-accepted", false, "end with exit code 1 when a fact that somebody accepted was lost or changed")
	return cmd
}

// diff is the command after its flags were checked.
func (a *app) diff(ctx context.Context, oldName, newName string, f diffFlags) (err error) {
	var sides [2]closingSide
	for i, name := range []string{oldName, newName} {
		if sides[i], err = a.openSide(ctx, name); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, sides[i].Close()) }()
	}
	bar := a.newProgress("diff", max(len(sides[0].Entries()), len(sides[1].Entries())))
	defer bar.done()
	summary, err := diff.All(ctx, sides[0], sides[1], func(r diff.Result) error {
		bar.add(1)
		if len(r.Changes) == 0 {
			return nil
		}
		var b bytes.Buffer
		if f.format == "jsonl" {
			if err := writeDiffLines(&b, r); err != nil {
				return err
			}
		} else {
			writeDiffText(&b, r, a.useColor(f.color))
		}
		bar.clear()
		return a.print(&b)
	})
	if err != nil {
		return err
	}
	bar.done()
	if f.format == "table" {
		var b bytes.Buffer
		if err := writeDiffSummary(&b, summary); err != nil {
			return err
		}
		if err := a.print(&b); err != nil {
			return err
		}
	}
	failed := false
	if lost := summary.All().Lost; f.failOnLost && lost > 0 {
		failed = true
		a.log.Error(fmt.Sprintf("%s: %s of %s %s lost", newName, plural(lost, "fact", "facts"), oldName, isOrAre(lost)))
	}
	if n := summary.LostAccepted + summary.ChangedAccepted; f.failOnLostAccepted && n > 0 {
		failed = true
		a.log.Error(fmt.Sprintf("%s: %s of %s %s lost or changed", newName, plural(n, "accepted fact", "accepted facts"), oldName, isOrAre(n)))
	}
	if failed {
		return errItems
	}
	return nil
}

func isOrAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}
