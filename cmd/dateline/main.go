// Command dateline turns press releases and news articles into a fact table: dates, people,
// institutions, titles and agreements, each with the words that it was read from.
//
// Every subcommand has a file of its own. What they share:
//
//	root.go      the command tree and the flags of every command
//	exit.go      exit codes and how errors become them
//	pipeline.go  paths → documents → facts, on all cores, in input order
//	printer.go   the one way in which untrusted text reaches a terminal
//	table.go, csv.go, json.go  the output formats
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	os.Exit(mainExit())
}

// mainExit is main with its deferred calls run before the process ends.
func mainExit() int {
	// SIGPIPE is among them so that a reader that goes away ("dateline facts | head") ends the
	// program as quietly as an interrupt does, with the running batch stored.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE)
	defer stop()
	// A second interrupt ends the program at once: the database is safe at any moment.
	context.AfterFunc(ctx, stop)
	return run(ctx, os.Args[1:], systemTerminal())
}
