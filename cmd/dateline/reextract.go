package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"dateline/corpus"
)

// newReextractCommand is "dateline reextract".
func newReextractCommand(a *app) *cobra.Command {
	var in inputFlags
	cmd := &cobra.Command{
		Use:   "reextract",
		Short: "Read all facts anew from the stored raw bytes",
		Long: `Clean and read every stored document again, from the raw bytes that the database keeps,
with the rules of this program. Facts that the rules no longer give go, new ones come. Each
document changes in one transaction; an interrupted run is taken up by running it again.

` + exitHelp,
		Example: `  dateline reextract
  dateline reextract --db news.db --workers 1`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := in.check(); err != nil {
				return err
			}
			return a.reextract(cmd.Context(), in.workers)
		},
	}
	in.defineWorkers(cmd.Flags())
	a.defineRules(cmd.Flags())
	return cmd
}

// isOlder reports a database that only waits for its migration.
func isOlder(err error) bool {
	var e *corpus.Error
	return errors.As(err, &e) && e.Problem == corpus.Older
}

// reextract is the command after its flags were checked.
func (a *app) reextract(ctx context.Context, workers int) error {
	store, err := a.openExisting(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	before, err := store.Stats(ctx)
	if err != nil {
		return err
	}
	bar := a.newProgress("reextract", before.Documents)
	defer bar.done()
	var changed, unchanged, failed int
	finish := context.WithoutCancel(ctx) // a document that was begun is finished
	options := corpus.PutOptions{When: a.stamp()}
	runErr := inOrder(ctx, workers,
		func(submit func(corpus.Stored, int) error) error {
			for stored, err := range store.Current(ctx) {
				if err != nil {
					return err
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
			for _, refused := range out.refusals {
				failed++
				a.log.Error(refused.Error())
			}
			for _, rd := range out.readings {
				o, err := store.ReplaceFacts(finish, rd.item(), options)
				if err != nil {
					return err
				}
				switch o.State {
				case corpus.Unchanged:
					unchanged++
				case corpus.Rejected:
					failed++
					a.log.Error(fmt.Sprintf("%s: its facts were left as they were: %v", rd.doc.Source, o.Err))
				default:
					changed++
				}
			}
			return nil
		})
	bar.done()
	if runErr != nil && !cancelled(runErr) {
		return runErr
	}
	after, err := store.Stats(finish)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	rows := [][]string{{"changed", strconv.Itoa(changed)}, {"unchanged", strconv.Itoa(unchanged)}, {"failed", strconv.Itoa(failed)}}
	if err := writeTable(&b, []column{{name: "documents"}, {name: "this run", right: true}}, rows, a.width); err != nil {
		return err
	}
	b.WriteByte('\n')
	if err := writeKindTable(&b, before, after, a.width); err != nil {
		return err
	}
	if changed == 0 && failed == 0 && runErr == nil {
		fmt.Fprintln(&b, "\nNothing changed: these rules read the same facts.")
	}
	if err := a.print(&b); err != nil {
		return err
	}
	switch {
	case runErr != nil:
		a.log.Warn("interrupted; run it again to read the other documents anew")
		return runErr
	case failed > 0:
		return errItems
	}
	return nil
}

// writeKindTable prints how many facts there were and are.
func writeKindTable(b *bytes.Buffer, before, after corpus.Stats, width int) error {
	return writeTable(b, []column{{name: "facts"}, {name: "before", right: true}, {name: "after", right: true}}, kindRows(before.Facts, after.Facts), width)
}
