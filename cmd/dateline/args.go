package main

import "github.com/spf13/cobra"

// noArguments refuses arguments.
func noArguments(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return badUsage("it takes no arguments, but got %q", args[0])
	}
	return nil
}

// somePaths asks for at least one path.
func somePaths(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return badUsage("name at least one file, folder or glob, or - for standard input")
	}
	return nil
}

// oneArgument asks for exactly one.
func oneArgument(what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return badUsage("name one %s, not %d", what, len(args))
		}
		return nil
	}
}
