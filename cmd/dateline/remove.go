package main

import (
	"context"
	"fmt"
	"strings"

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
		if corpus.IsNotFound(err) {
			var meant string
			if meant, err = a.sourceShownAs(ctx, store, source, err); err == nil {
				source = meant
				err = store.Remove(ctx, source, reason, a.stamp())
			}
		}
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

// sourceShownAs finds the source that is shown as the name says: what a terminal would obey in a
// source is shown as \x1b or <U+202E>, and nobody can type it otherwise. Without exactly one such
// source the error is notFound.
func (a *app) sourceShownAs(ctx context.Context, store *corpus.Store, name string, notFound error) (string, error) {
	if !strings.Contains(name, `\x`) && !strings.Contains(name, "<U+") {
		return "", notFound
	}
	docs, err := store.Documents(ctx, corpus.DocumentFilter{})
	if err != nil {
		return "", err
	}
	var meant []string
	for _, d := range docs {
		if oneLine(d.Source) == name {
			meant = append(meant, d.Source)
		}
	}
	if len(meant) != 1 {
		return "", notFound
	}
	return meant[0], nil
}
