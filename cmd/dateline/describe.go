package main

import (
	"strings"

	"dateline/extract"
)

// describe is the content of a fact as one readable line.
func describe(f extract.Fact) string {
	switch {
	case f.Date != nil:
		return joinWords(f.Date.Value, f.Date.Mod, unlessIs(f.Date.Type, "date"))
	case f.Person != nil:
		return f.Person.Name + alsoCalled(f.Person.Aliases)
	case f.Institution != nil:
		return f.Institution.Name + alsoCalled(f.Institution.Aliases) + prefixed(" < ", f.Institution.Parent)
	case f.Title != nil:
		return joinWords(f.Title.Person+":", unlessIs(f.Title.When, "current"), f.Title.Title) + prefixed(", ", f.Title.Institution)
	case f.Agreement != nil:
		g := f.Agreement
		return joinWords(g.Type, g.Status+":", strings.Join(g.Parties, "; ")) +
			prefixed(", by ", strings.Join(g.Signatories, "; ")) + prefixed(", ", g.Date) + prefixed(", in ", g.Place) + prefixed(", on ", g.Subject)
	case f.Own != nil:
		return f.Own.Line()
	}
	return ""
}

// alsoCalled lists aliases in brackets.
func alsoCalled(aliases []string) string {
	if len(aliases) == 0 {
		return ""
	}
	return " (" + strings.Join(aliases, "; ") + ")"
}

// prefixed is a text behind its prefix, or nothing when there is no text.
func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}

// unlessIs leaves out what goes without saying.
func unlessIs(word, usual string) string {
	if word == usual {
		return ""
	}
	return word
}

// joinWords joins the words that are not empty.
func joinWords(words ...string) string {
	var some []string
	for _, w := range words {
		if w != "" {
			some = append(some, w)
		}
	}
	return strings.Join(some, " ")
}
