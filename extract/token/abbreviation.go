package token

import (
	_ "embed"
	"strings"
)

//go:embed abbreviations.txt
var abbreviationLines string

// ending says whether a sentence can end with an abbreviation.
type ending uint8

const (
	neverEnds ending = iota + 1 // "Mr.", "Prof.": a name or number follows
	mayEnd                      // "Ltd.", "a.m.", "etc."
)

var abbreviations = func() map[string]ending {
	m := map[string]ending{}
	mode := neverEnds
	for _, line := range strings.Split(abbreviationLines, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case line == "[never ends a sentence]":
			mode = neverEnds
		case line == "[may end a sentence]":
			mode = mayEnd
		default:
			m[line] = mode
		}
	}
	return m
}()

// IsAbbreviation reports whether word, without its final full stop, is written with one.
// A word in the list in lower case matches any case; others match as written.
func IsAbbreviation(word string) bool { return abbreviationOf(word) != 0 }

func abbreviationOf(word string) ending {
	if len(word) > 12 {
		return 0
	}
	if e := abbreviations[word]; e != 0 {
		return e
	}
	return abbreviations[strings.ToLower(word)]
}
