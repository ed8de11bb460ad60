package main

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// TestEveryCommandExplainsItself holds the promise of --help: what it does, an example that
// begins with the command, and no flag without a word.
func TestEveryCommandExplainsItself(t *testing.T) {
	root := newRootCommand(&app{terminal: terminal{getenv: func(string) string { return "" }}})
	var walk func(cmd *cobra.Command)
	seen := 0
	walk = func(cmd *cobra.Command) {
		seen++
		if cmd.Short == "" || len(cmd.Long) < len(cmd.Short) {
			t.Errorf("%s: the help does not say what it does", cmd.CommandPath())
		}
		for _, line := range strings.Split(cmd.Example, "\n") {
			if !strings.Contains(line, "dateline") {
				t.Errorf("%s: %q is no example of a command line", cmd.CommandPath(), line)
			}
			if len(line) > 100 {
				t.Errorf("%s: the example %q is wider than a terminal", cmd.CommandPath(), line)
			}
		}
		if !strings.Contains(cmd.Example, cmd.CommandPath()) {
			t.Errorf("%s: no example shows it", cmd.CommandPath())
		}
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(root)
	if seen < 10 {
		t.Errorf("%d commands were seen, want at least 10", seen)
	}
}
