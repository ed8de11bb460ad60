package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime/pprof"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"dateline/corpus"
	"dateline/extract"
)

// defaultDatabase is the database when neither --db nor $DATELINE_DB names one.
const defaultDatabase = "dateline.db"

// app is one run of the program.
type app struct {
	terminal
	handler *logHandler
	log     *slog.Logger

	database   string
	verbose    bool
	cpuProfile string
	rules      string             // folder of --rules
	extractor  *extract.Extractor // with the rules of a user; nil: the default one

	started bool
	finish  []func() error // run after the command, in reverse
}

// run runs one command line and returns its exit code.
func run(ctx context.Context, args []string, t terminal) int {
	a := &app{terminal: t, handler: newLogHandler(t.stderr, slog.LevelWarn)}
	a.log = slog.New(a.handler)
	root := newRootCommand(a)
	root.SetArgs(args)
	root.SetIn(t.stdin)
	root.SetOut(t.stdout)
	root.SetErr(t.stderr)
	cmd, err := root.ExecuteContextC(ctx)
	for i := len(a.finish) - 1; i >= 0; i-- {
		err = errors.Join(err, a.finish[i]())
	}
	// A signal can surface as any error of whatever it interrupted, or as none at all when
	// the work was done; a cancelled run that did not finish is reported as such.
	if err != nil && ctx.Err() != nil {
		err = ctx.Err()
	}
	code := exitCode(err, a.started)
	switch {
	case err == nil || errors.Is(err, errItems):
	case code == exitCancelled:
		// The reader of a broken pipe is gone, and an interrupt needs no explanation beyond what the
		// command has said about what it stored.
	case code == exitUsage:
		what := ""
		if cmd.HasParent() {
			what = cmd.Name() + ": "
		}
		a.log.Error(fmt.Sprintf("%s%v; see '%s --help'", what, err, cmd.CommandPath()))
	default:
		for _, e := range eachError(err) {
			a.log.Error(e.Error())
		}
	}
	return code
}

// eachError takes a joined error apart.
func eachError(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []error
		for _, e := range joined.Unwrap() {
			all = append(all, eachError(e)...)
		}
		return all
	}
	return []error{err}
}

// newRootCommand is the command tree.
func newRootCommand(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "dateline",
		Short: "Press releases to a cited fact table",
		Long: `dateline reads press releases and news articles and lists what they state: dates,
people, institutions, titles and agreements. Every fact keeps the words that it was
read from and their place, and facts of several documents become one row of a
SQLite table.

` + exitHelp,
		Example: `  dateline ingest releases/            store documents and their facts
  dateline facts --kind agreement      show what they state
  dateline show 3f2a                   show a fact with all its sources
  dateline extract page.html           look at one document without a database`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return cmd.Help()
		},
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if a.verbose {
				a.handler.level = slog.LevelInfo
			}
			if err := a.prepareRules(cmd); err != nil {
				return err
			}
			if err := a.startProfile(); err != nil {
				return err
			}
			a.started = true
			return nil
		},
	}
	flags := root.PersistentFlags()
	flags.StringVar(&a.database, "db", "", "the database `FILE` (default $DATELINE_DB, else "+defaultDatabase+")")
	flags.BoolVarP(&a.verbose, "verbose", "v", false, "say more on standard error")
	flags.StringVar(&a.cpuProfile, "cpuprofile", "", "write a CPU profile to `FILE`")
	flags.MarkHidden("cpuprofile")
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(
		newIngestCommand(a),
		newSourcesCommand(a),
		newExtractCommand(a),
		newFactsCommand(a),
		newDocumentsCommand(a),
		newShowCommand(a),
		newExplainCommand(a),
		newRefusalsCommand(a),
		newSearchCommand(a),
		newVerifyCommand(a),
		newExportCommand(a),
		newBackupCommand(a),
		newFactCommand(a),
		newOrphansCommand(a),
		newReextractCommand(a),
		newRemoveCommand(a),
		newReviewCommand(a),
		newEvalCommand(a),
		newDiffCommand(a),
		newGoldCommand(a),
		newRulesCommand(a),
		newVersionCommand(a),
	)
	return root
}

// databasePath is the file that --db, the environment or the default names.
func (a *app) databasePath() string {
	if a.database != "" {
		return a.database
	}
	if env := a.getenv("DATELINE_DB"); env != "" {
		return env
	}
	return defaultDatabase
}

// openStore opens the database; backups that a migration made are reported.
func (a *app) openStore(ctx context.Context, o corpus.Options) (*corpus.Store, error) {
	store, err := corpus.Open(ctx, a.databasePath(), o)
	if err != nil {
		return nil, err
	}
	for _, backup := range store.Backups {
		a.log.Warn("the database was migrated; a copy from before is kept", "file", backup)
	}
	return store, nil
}

// openExisting opens the database for writing, by way of reading it first: a command that changes
// what is stored must not make a new, empty database when the name is wrong.
func (a *app) openExisting(ctx context.Context) (*corpus.Store, error) {
	if store, err := a.readStore(ctx); err == nil {
		store.Close()
	} else if !isOlder(err) {
		return nil, err
	}
	return a.openStore(ctx, corpus.Options{})
}

// readStore opens the database for reading.
func (a *app) readStore(ctx context.Context) (*corpus.Store, error) {
	return a.openStore(ctx, corpus.Options{ReadOnly: true})
}

// print writes one complete output.
func (a *app) print(b *bytes.Buffer) error {
	_, err := b.WriteTo(a.stdout)
	return err
}

// startProfile begins a CPU profile when one was asked for.
func (a *app) startProfile() error {
	if a.cpuProfile == "" {
		return nil
	}
	f, err := os.Create(a.cpuProfile)
	if err != nil {
		return usageError{err}
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		f.Close()
		return err
	}
	a.finish = append(a.finish, func() error {
		pprof.StopCPUProfile()
		return f.Close()
	})
	return nil
}

// choice is a flag that takes one of a few words.
type choice struct {
	value   *string
	allowed []string
}

// choiceVar defines such a flag. An empty default is left to the command.
func choiceVar(flags *pflag.FlagSet, value *string, name, start string, allowed []string, usage string) {
	*value = start
	flags.Var(&choice{value, allowed}, name, usage+": "+strings.Join(allowed, ", "))
}

// String implements pflag.Value.
func (c *choice) String() string { return *c.value }

// Type implements pflag.Value.
func (c *choice) Type() string { return "WORD" }

// Set implements pflag.Value.
func (c *choice) Set(s string) error {
	for _, word := range c.allowed {
		if s == word {
			*c.value = s
			return nil
		}
	}
	return fmt.Errorf("it must be one of %s", strings.Join(c.allowed, ", "))
}
