package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"dateline/corpus"
)

// newSourcesCommand is "dateline sources".
func newSourcesCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "sources",
		Short: "Follow feeds and sitemaps",
		Long: `Follow feeds (RSS, Atom) and sitemaps: "add" keeps the address of one, "run" reads them all
and fetches the pages that are new, "list" shows what became of them, "remove" ends one.

` + exitHelp,
		Example: `  dateline sources add https://example.org/news/ --include '/news/*'
  dateline sources run
  dateline sources list
  dateline sources remove example.org`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return badUsage("there is no %q; it is one of add, run, list, remove", args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newSourcesAddCommand(a), newSourcesRunCommand(a), newSourcesListCommand(a), newSourcesRemoveCommand(a))
	return cmd
}

// newSourcesRemoveCommand is "dateline sources remove".
func newSourcesRemoveCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "remove NAME...",
		Short: "End subscriptions; their documents stay",
		Long: `End subscriptions, each by the name or URL that "dateline sources list" shows. Pages that
only they listed and that were not fetched yet are forgotten. Documents stay.

` + exitHelp,
		Example: `  dateline sources remove example.org`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return badUsage("name at least one subscription, as 'dateline sources list' shows it")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, names []string) error {
			// A look-up by reading first: removing from a database that does not exist must not make one.
			if store, err := a.readStore(cmd.Context()); err == nil {
				store.Close()
			} else if !isOlder(err) {
				return err
			}
			store, err := a.openStore(cmd.Context(), corpus.Options{})
			if err != nil {
				return err
			}
			defer store.Close()
			failed := false
			for _, name := range names {
				sub, err := store.Unsubscribe(cmd.Context(), name)
				switch {
				case corpus.IsNotFound(err):
					failed = true
					a.log.Error(err.Error())
				case err != nil:
					return err
				default:
					if _, err := fmt.Fprintf(a.stdout, "removed %s: the %s %s\n", oneLine(sub.Name), sub.Kind, oneLine(sub.URL)); err != nil {
						return err
					}
				}
			}
			if failed {
				return errItems
			}
			return nil
		},
	}
}
