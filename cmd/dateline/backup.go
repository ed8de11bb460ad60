package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
)

// newBackupCommand is "dateline backup".
func newBackupCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "Copy the database while it is in use",
		Long: `Write a copy of the database, as it is at this moment, to FILE. Other commands may
read and write meanwhile. The copy is checked and safe on the disk before it gets its name;
a file that exists is never overwritten. To restore it, use it in place of the database:
copy it there, or name it with --db.

Copying the database with the tools of the system is not the same: a part of it may still
be in the file beside it that ends in -wal.

` + exitHelp,
		Example: `  dateline backup news-2024-05-18.db
  dateline backup --db news.db /media/disk/news.db`,
		Args: oneArgument("file to write the copy to"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if args[0] == "" {
				return badUsage("name one file to write the copy to")
			}
			return a.backup(cmd.Context(), args[0])
		},
	}
}

// backup is the command.
func (a *app) backup(ctx context.Context, path string) error {
	store, err := a.readStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	made, err := store.Backup(ctx, path)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.stdout, "%s: %s, %s, %s\n", oneLine(made.Path), plural(made.Documents, "document", "documents"), plural(made.Facts, "fact", "facts"), byteSize(made.Bytes))
	return err
}

// byteSize is a size for people.
func byteSize(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d bytes", n)
	case n < 1000_000:
		return fmt.Sprintf("%d KB", (n+500)/1000)
	case n < 1000_000_000:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.1f GB", float64(n)/1e9)
}
