package main

import (
	"context"
	"errors"
	"fmt"
	"syscall"

	"dateline/corpus"
)

// The exit codes of every command.
const (
	exitOK        = 0
	exitItems     = 1   // some items failed, a floor was missed, something was not found
	exitUsage     = 2   // the command line makes no sense; nothing was done
	exitDatabase  = 3   // the database as a whole can't be used
	exitCancelled = 130 // interrupted; what was finished is stored
)

// exitHelp is the part of the help that says so.
const exitHelp = `Exit codes: 0 done; 1 some items failed or were not found; 2 wrong usage, nothing
was done; 3 the database can't be used; 130 interrupted, what was finished is kept.`

// usageError is a command line that makes no sense.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

// badUsage makes a usageError.
func badUsage(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// errItems ends a command whose failures were reported one by one already.
var errItems = errors.New("some items failed")

// exitCode is the code that an error ends the program with. started says that the command
// itself ran; before that every error is one of usage.
func exitCode(err error, started bool) int {
	var usage usageError
	var stored *corpus.Error
	switch {
	case err == nil:
		return exitOK
	case cancelled(err):
		return exitCancelled
	case errors.As(err, &usage) || !started:
		return exitUsage
	case errors.As(err, &stored) && stored.Problem == corpus.BadRequest:
		return exitUsage
	case corpus.IsDatabase(err):
		return exitDatabase
	}
	return exitItems
}

// cancelled reports an interrupt, or a reader of the output that went away.
func cancelled(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, syscall.EPIPE)
}
