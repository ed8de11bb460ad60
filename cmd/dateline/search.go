package main

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"dateline/corpus"
)

// searchFlags are the flags of search besides those of a list.
type searchFlags struct {
	query corpus.SearchQuery
	facts bool
}

// newSearchCommand is "dateline search".
func newSearchCommand(a *app) *cobra.Command {
	var list listFlags
	var f searchFlags
	cmd := &cobra.Command{
		Use:   "search WORDS...",
		Short: "Search documents, or facts, by their words",
		Long: `List the documents that hold all words, the best first: those with the words in the
title, in short texts and often. [Brackets] mark the words in the part of the text that
tells most about them.

  "several words"   next to each other (give the shell '"several words"')
  word*             words that begin so
  -word             not this word; put -- before a query that begins with it

Case and accents do not count, and nothing else has a meaning: every text is a query.

--facts lists facts instead, whose names in any form, values or quotes hold the words.

` + exitHelp,
		Example: `  dateline search seed drills
  dateline search '"joint laboratory" energy*' --since 2024 --kind agreement
  dateline search --person 'maria silva' -- memorandum -draft
  dateline search --facts rector naryn --format jsonl`,
		Args: func(*cobra.Command, []string) error { return nil },
		RunE: func(cmd *cobra.Command, words []string) error {
			if err := list.check(); err != nil {
				return err
			}
			q := &f.query
			q.Words = strings.Join(words, " ")
			if q.Offset < 0 {
				return badUsage("--offset %d: it must be 0 or more", q.Offset)
			}
			filtered := false
			for _, name := range []string{"person", "institution", "source", "publisher", "kind", "since", "until"} {
				flag := cmd.Flags().Lookup(name)
				if flag.Changed && flag.Value.String() == "" {
					return badUsage("--%s is empty; give it a value, or leave it out", name)
				}
				filtered = filtered || flag.Changed
			}
			if strings.TrimSpace(q.Words) == "" && !filtered {
				return badUsage("name at least one word to search for")
			}
			for _, end := range []struct{ flag, value string }{{"--since", q.Since}, {"--until", q.Until}} {
				if end.value != "" && !isDay(end.value) {
					return badUsage("%s %q is not a date; write it as 2024, 2024-05 or 2024-05-18", end.flag, end.value)
				}
			}
			if q.Limit = list.limit; !cmd.Flags().Changed("limit") {
				q.Limit = 20
			}
			if f.facts {
				return a.searchFacts(cmd.Context(), f.query, list)
			}
			return a.search(cmd.Context(), f.query, list)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.facts, "facts", false, "list facts instead of documents")
	kindVar(flags, &f.query.Kind, "only documents that state such a fact; with --facts, only facts of this kind")
	flags.StringVar(&f.query.Person, "person", "", "only documents that state a fact about the person of this `NAME`")
	flags.StringVar(&f.query.Institution, "institution", "", "only documents that state a fact about the institution of this `NAME`, or its units")
	flags.StringVar(&f.query.Since, "since", "", "only documents published on or after `DATE`: 2024, 2024-05 or 2024-05-18; with --facts, facts of such a date")
	flags.StringVar(&f.query.Until, "until", "", "only documents published on or before `DATE`")
	flags.StringVar(&f.query.Source, "source", "", "only sources whose path or URL holds `TEXT`")
	flags.StringVar(&f.query.Publisher, "publisher", "", "only documents whose publisher's name holds `TEXT`")
	flags.IntVar(&f.query.Offset, "offset", 0, "leave out the first `N`")
	list.define(flags)
	flags.Lookup("limit").Usage = "print at most `N` rows; 0 prints all (default 20)"
	return cmd
}

// search lists documents.
func (a *app) search(ctx context.Context, q corpus.SearchQuery, list listFlags) error {
	store, err := a.readStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	result, err := store.Search(ctx, q)
	if err != nil {
		return err
	}
	a.note(result.Note)
	var b bytes.Buffer
	switch list.format {
	case "csv":
		rows := make([][]string, len(result.Hits))
		for i, h := range result.Hits {
			rows[i] = []string{strconv.FormatInt(h.Document, 10), h.Source, plainText(h.Title), h.Published, h.Publisher, h.Language, strconv.Itoa(h.Facts),
				score(h.Score), strconv.Itoa(h.Hits), strconv.Itoa(h.Snippet.Start), strconv.Itoa(h.Snippet.End), snippetText(h.Snippet), mayMatch(h.MayMatch)}
		}
		err = writeCSV(&b, []string{"document", "source", "title", "published", "publisher", "language", "facts", "score", "hits", "start", "end", "snippet", "may_match"}, rows, list.raw)
	case "jsonl":
		for _, h := range result.Hits {
			if err = writeJSONLine(&b, hitObject(h)); err != nil {
				break
			}
		}
	default:
		rows := make([][]string, len(result.Hits))
		for i, h := range result.Hits {
			rows[i] = []string{strconv.FormatInt(h.Document, 10), h.Source, h.Published, marked(h.Title), snippetText(h.Snippet)}
		}
		columns := []column{{name: "id", right: true, fixed: true}, {name: "source"}, {name: "published", fixed: true}, {name: "title"}, {name: "text"}}
		err = writeFound(&b, columns, rows, result.Total, q.Offset, "document", "documents", a.width)
	}
	if err != nil {
		return err
	}
	return a.print(&b)
}

// searchFacts lists facts.
func (a *app) searchFacts(ctx context.Context, q corpus.SearchQuery, list listFlags) error {
	store, err := a.readStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	result, err := store.SearchFacts(ctx, q)
	if err != nil {
		return err
	}
	a.note(result.Note)
	var b bytes.Buffer
	switch list.format {
	case "csv":
		rows := make([][]string, len(result.Hits))
		for i, h := range result.Hits {
			rows[i] = []string{h.ID, string(h.Kind), h.Statement, string(h.State), score(h.Score), strconv.Itoa(h.Sources), h.Source, strconv.Itoa(h.Start), strconv.Itoa(h.End), plainText(h.Quote)}
		}
		err = writeCSV(&b, []string{"id", "kind", "fact", "state", "score", "sources", "source", "start", "end", "quote"}, rows, list.raw)
	case "jsonl":
		for _, h := range result.Hits {
			o := append(factRowObject(h.FactRow), field{"score", h.Score},
				field{"found", object{{"source", h.Source}, {"start", h.Start}, {"end", h.End}, {"parts", partObjects(h.Quote)}}})
			if err = writeJSONLine(&b, o); err != nil {
				break
			}
		}
	default:
		rows := make([][]string, len(result.Hits))
		for i, h := range result.Hits {
			rows[i] = []string{shortID(h.ID), string(h.Kind), h.Statement, strconv.Itoa(h.Sources), h.Source, marked(h.Quote)}
		}
		columns := []column{{name: "id", fixed: true}, {name: "kind", fixed: true}, {name: "fact"}, {name: "sources", right: true, fixed: true}, {name: "source"}, {name: "quote"}}
		err = writeFound(&b, columns, rows, result.Total, q.Offset, "fact", "facts", a.width)
	}
	if err != nil {
		return err
	}
	return a.print(&b)
}

// note says on standard error what a person should know about a query.
func (a *app) note(text string) {
	if text != "" {
		a.log.Warn(text)
	}
}

// writeFound prints a page of what was found, and how much there is.
func writeFound(b *bytes.Buffer, columns []column, rows [][]string, total, offset int, one, many string, width int) error {
	if total == 0 {
		fmt.Fprintf(b, "no %s match\n", many)
		return nil
	}
	if len(rows) > 0 {
		if err := writeTable(b, columns, rows, width); err != nil {
			return err
		}
		b.WriteByte('\n')
	}
	if len(rows) == total {
		fmt.Fprintln(b, plural(total, one, many))
		return nil
	}
	fmt.Fprintf(b, "%d of %s", len(rows), plural(total, one, many))
	if next := offset + len(rows); next < total {
		fmt.Fprintf(b, "; --offset %d shows more", next)
	}
	b.WriteByte('\n')
	return nil
}

// marked puts brackets around the hits.
func marked(parts []corpus.TextPart) string {
	var b strings.Builder
	for _, p := range parts {
		if p.Hit {
			b.WriteString("[" + p.Text + "]")
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func plainText(parts []corpus.TextPart) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.Text)
	}
	return b.String()
}

// snippetText is a snippet on one line, with dots where the text goes on.
func snippetText(s corpus.Snippet) string {
	text := strings.Join(strings.Fields(marked(s.Parts)), " ")
	if s.Before {
		text = "… " + text
	}
	if s.After {
		text += " …"
	}
	return text
}

// score has as many digits as mean something.
func score(f float64) string { return strconv.FormatFloat(f, 'g', 4, 64) }

func mayMatch(may bool) string {
	if may {
		return "may match: its publication date is not, or not fully, known"
	}
	return ""
}

// hitObject is a document that was found as JSON. The parts of a text together are the text.
func hitObject(h corpus.SearchHit) object {
	return object{{"document", h.Document}, {"source", h.Source}, {"title", partObjects(h.Title)}, {"published", orNull(h.Published)}, {"publisher", orNull(h.Publisher)},
		{"language", orNull(h.Language)}, {"facts", h.Facts}, {"score", h.Score}, {"hits", h.Hits}, {"may_match", h.MayMatch},
		{"snippet", object{{"start", h.Snippet.Start}, {"end", h.Snippet.End}, {"parts", partObjects(h.Snippet.Parts)}}}}
}

func partObjects(parts []corpus.TextPart) []object {
	out := make([]object, len(parts))
	for i, p := range parts {
		out[i] = object{{"text", p.Text}, {"hit", p.Hit}}
	}
	return out
}
