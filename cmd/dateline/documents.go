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

// newDocumentsCommand is "dateline documents".
func newDocumentsCommand(a *app) *cobra.Command {
	var list listFlags
	var filter corpus.DocumentFilter
	cmd := &cobra.Command{
		Use:   "documents",
		Short: "List the documents of the database",
		Long: `List every source that the database knows: what is stored, what was refused and why,
and what was removed.

` + exitHelp,
		Example: `  dateline documents
  dateline documents --state refused
  dateline documents --text 'memorandum energy' --format csv`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := list.check(); err != nil {
				return err
			}
			filter.Limit = list.limit
			return a.documents(cmd.Context(), filter, list)
		},
	}
	flags := cmd.Flags()
	choiceVar(flags, &filter.State, "state", "", []string{"ok", "refused", "removed"}, "only documents in this state")
	flags.StringVar(&filter.Source, "source", "", "only sources whose path or URL holds `TEXT`")
	flags.StringVar(&filter.Language, "language", "", "only documents in this language, an ISO 639-1 `CODE`: en")
	flags.StringVar(&filter.Text, "text", "", "only documents that hold these `WORDS`")
	list.define(flags)
	return cmd
}

// documents is the command after its flags were checked.
func (a *app) documents(ctx context.Context, filter corpus.DocumentFilter, list listFlags) error {
	store, err := a.readStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	docs, err := store.Documents(ctx, filter)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	switch list.format {
	case "csv":
		err = writeDocumentsCSV(&b, docs, list.raw)
	case "jsonl":
		for _, d := range docs {
			if err = writeJSONLine(&b, documentObject(d)); err != nil {
				break
			}
		}
	default:
		err = writeDocumentsTable(&b, docs, a.width)
	}
	if err != nil {
		return err
	}
	return a.print(&b)
}

// whyState says why a source is refused or removed. One that is "ok" keeps its document when it
// can't be read any more, and says that.
func whyState(d corpus.DocumentRow) string {
	reason := d.Reason + prefixed("; ", d.Advice)
	if d.State == "ok" && d.Reason != "" {
		return "what is stored is older: when last read, " + reason
	}
	return reason
}

// remark is what a person should know of a document, in one line.
func remark(d corpus.DocumentRow) string {
	var parts []string
	if reason := whyState(d); reason != "" {
		parts = append(parts, reason)
	}
	if d.Note != "" {
		parts = append(parts, d.Note)
	}
	return strings.Join(append(parts, d.Warnings...), "; ")
}

func writeDocumentsTable(b *bytes.Buffer, docs []corpus.DocumentRow, width int) error {
	if len(docs) == 0 {
		fmt.Fprintln(b, "no documents match")
		return nil
	}
	rows := make([][]string, len(docs))
	for i, d := range docs {
		rows[i] = []string{strconv.FormatInt(d.ID, 10), d.State, d.Source, d.Title, d.Published, d.Language,
			strconv.Itoa(d.Version), strconv.Itoa(d.Facts), remark(d)}
		if d.ID == 0 {
			rows[i][0] = ""
		}
	}
	columns := []column{{name: "id", right: true, fixed: true}, {name: "state", fixed: true}, {name: "source"}, {name: "title"}, {name: "published", fixed: true},
		{name: "lang", fixed: true}, {name: "version", right: true, fixed: true}, {name: "facts", right: true, fixed: true}, {name: "remark"}}
	if err := writeTable(b, columns, rows, width); err != nil {
		return err
	}
	fmt.Fprintf(b, "\n%s\n", plural(len(docs), "document", "documents"))
	return nil
}

func writeDocumentsCSV(b *bytes.Buffer, docs []corpus.DocumentRow, raw bool) error {
	header := []string{"id", "source", "state", "reason", "advice", "changed", "version", "versions", "title", "language", "published", "published_from",
		"raw_hash", "characters", "facts", "citations", "note", "warnings"}
	rows := make([][]string, len(docs))
	for i, d := range docs {
		rows[i] = []string{strconv.FormatInt(d.ID, 10), d.Source, d.State, d.Reason, d.Advice, d.Changed, strconv.Itoa(d.Version), strconv.Itoa(d.Versions),
			d.Title, d.Language, d.Published, d.PublishedFrom, d.RawHash, strconv.Itoa(d.Characters), strconv.Itoa(d.Facts), strconv.Itoa(d.Citations),
			d.Note, strings.Join(d.Warnings, "; ")}
	}
	return writeCSV(b, header, rows, raw)
}

// documentObject is a row as JSON.
func documentObject(d corpus.DocumentRow) object {
	return object{{"id", d.ID}, {"source", d.Source}, {"state", d.State}, {"reason", orNull(d.Reason)}, {"advice", orNull(d.Advice)},
		{"changed", orNull(d.Changed)}, {"version", d.Version}, {"versions", d.Versions}, {"title", orNull(d.Title)}, {"language", orNull(d.Language)},
		{"published", orNull(d.Published)}, {"published_from", orNull(d.PublishedFrom)}, {"raw_hash", orNull(d.RawHash)}, {"characters", d.Characters},
		{"facts", d.Facts}, {"citations", d.Citations}, {"note", orNull(d.Note)}, {"warnings", orEmpty(d.Warnings)}}
}
