package main

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"dateline/extract"
)

// defineRules is the flag of the commands that read facts.
func (a *app) defineRules(flags *pflag.FlagSet) {
	flags.StringVar(&a.rules, "rules", "", "also use the rules and lists of words in the folder `DIR` (default $DATELINE_RULES)")
}

// rulesFolder is the folder that --rules or the environment names, "" for none.
func (a *app) rulesFolder() string {
	if a.rules != "" {
		return a.rules
	}
	return a.getenv("DATELINE_RULES")
}

// prepareRules loads the user's rules for a command that reads facts.
func (a *app) prepareRules(cmd *cobra.Command) error {
	if cmd.Flags().Lookup("rules") == nil || a.rulesFolder() == "" {
		return nil
	}
	ex, wrong := loadRules(a.rulesFolder())
	if len(wrong) == 0 {
		a.extractor = ex
		return nil
	}
	for _, err := range wrong {
		a.log.Error(oneLine(err.Error()))
	}
	return badUsage("the rules of %s can't be used; mend them, and try them with 'dateline rules test'", oneLine(a.rulesFolder()))
}

// loadRules makes an extractor with the rules of a folder, or says everything that is wrong with it,
// with the names of its files.
func loadRules(folder string) (*extract.Extractor, []error) {
	if info, err := os.Stat(folder); err != nil {
		return nil, []error{err}
	} else if !info.IsDir() {
		return nil, []error{errors.New(folder + " is no folder; name the folder that holds the rules")}
	}
	ex, err := extract.New(extract.Options{Rules: os.DirFS(folder)})
	if err == nil {
		return ex, nil
	}
	wrong := eachError(err)
	for i := range wrong {
		wrong[i] = inFolder(folder, wrong[i])
	}
	return nil, wrong
}

// inFolder gives the file of a fault its path.
func inFolder(folder string, err error) error {
	var e *extract.RuleError
	if errors.As(err, &e) {
		named := *e
		named.File = filepath.Join(folder, e.File)
		return &named
	}
	return err
}
