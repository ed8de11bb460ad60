package main

import (
	"io"
	"os"
	"strconv"
	"time"

	"golang.org/x/term"
)

// terminal is everything outside the process that a command touches, so that a test can
// stand in for it.
type terminal struct {
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer

	outIsTerminal bool
	errIsTerminal bool
	width         int // columns of a terminal at stdout; 0 when nothing is to be cut

	getenv func(string) string
	now    func() time.Time // only for time stamps of the store and for the progress bar
}

// systemTerminal is the process's own.
func systemTerminal() terminal {
	t := terminal{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		outIsTerminal: term.IsTerminal(int(os.Stdout.Fd())),
		errIsTerminal: term.IsTerminal(int(os.Stderr.Fd())),
		getenv:        os.Getenv,
		now:           time.Now,
	}
	if t.outIsTerminal {
		t.width = 100
		if w, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil && w > 0 {
			t.width = w
		}
		if w, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && w > 0 {
			t.width = w
		}
	}
	return t
}

// stamp is the time stamp that the store keeps with what it takes in. SOURCE_DATE_EPOCH
// (reproducible-builds.org) sets it, so that a whole database can be made twice alike.
func (t terminal) stamp() string {
	now := t.now()
	if s, err := strconv.ParseInt(t.getenv("SOURCE_DATE_EPOCH"), 10, 64); err == nil {
		now = time.Unix(s, 0)
	}
	return now.UTC().Format(time.RFC3339)
}

// useColor decides on ANSI colours from --color and NO_COLOR (no-color.org).
func (t terminal) useColor(flag string) bool {
	switch flag {
	case "always":
		return true
	case "never":
		return false
	}
	return t.outIsTerminal && t.getenv("NO_COLOR") == "" && t.getenv("TERM") != "dumb"
}
