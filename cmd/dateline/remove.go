package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"dateline/corpus"
)

// newRemoveCommand is "dateline remove".
func newRemoveCommand(a *app) *cobra.Command {
	var reason string
	cmd := &cobra.Command{
		Use:   "remove SOURCE...",
		Short: "Take documents out of the fact table",
		Long: `Remove sources, each named exactly as "dateline documents" shows it. Facts that no other
document states go with them. A tombstone stays, so that the same source is not taken
in again by the next ingest; "dateline ingest --revive" does so.

` + exitHelp,
		Example: `  dateline remove releases/2024/draft.txt
  dateline remove --reason 'published by mistake' https://example.org/news/17`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return badUsage("name at least one source, as 'dateline documents' shows it")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, sources []string) error {
			return a.remove(cmd.Context(), sources, reason)
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why, kept with the tombstone")
	return cmd
}

// remove is the command.
func (a *app) remove(ctx context.Context, sources []string, reason string) error {
	store, err := a.openExisting(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	failed := false
	for _, source := range sources {
		err := store.Remove(ctx, source, reason, a.stamp())
		switch {
		case corpus.IsNotFound(err):
			failed = true
			a.log.Error(err.Error())
		case err != nil:
			return err
		default:
			if _, err := fmt.Fprintf(a.stdout, "removed %s\n", oneLine(source)); err != nil {
				return err
			}
		}
	}
	if failed {
		return errItems
	}
	return nil
}
