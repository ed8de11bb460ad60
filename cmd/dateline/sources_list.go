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

// newSourcesListCommand is "dateline sources list".
func newSourcesListCommand(a *app) *cobra.Command {
	var list listFlags
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the feeds and sitemaps that are followed",
		Long: `List the feeds and sitemaps that are followed, with the number of pages that each lists:
those that wait to be fetched, that are stored, and that failed. "dateline documents
--state refused" tells why.

` + exitHelp,
		Example: `  dateline sources list
  dateline sources list --format jsonl`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := list.check(); err != nil {
				return err
			}
			return a.listSources(cmd.Context(), list)
		},
	}
	list.define(cmd.Flags())
	return cmd
}

// listSources is the command after its flags were checked.
func (a *app) listSources(ctx context.Context, list listFlags) error {
	store, err := a.readStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	subs, err := store.Subscriptions(ctx)
	if err != nil {
		return err
	}
	if list.limit > 0 {
		subs = subs[:min(list.limit, len(subs))]
	}
	var b bytes.Buffer
	switch list.format {
	case "csv":
		err = writeSourcesCSV(&b, subs, list.raw)
	case "jsonl":
		for _, s := range subs {
			if err = writeJSONLine(&b, sourceObject(s)); err != nil {
				break
			}
		}
	default:
		err = writeSourcesTable(&b, subs, a.width)
	}
	if err != nil {
		return err
	}
	return a.print(&b)
}

// patternsOf shows the patterns of a subscription as they were given.
func patternsOf(s corpus.Subscription) string {
	var parts []string
	for _, p := range s.Include {
		parts = append(parts, "+"+p)
	}
	for _, p := range s.Exclude {
		parts = append(parts, "-"+p)
	}
	return strings.Join(parts, " ")
}

// failedPages counts the pages that could not be had, for whatever reason.
func failedPages(s corpus.Subscription) int { return s.Failed + s.Robots + s.Gone }

func writeSourcesTable(b *bytes.Buffer, subs []corpus.Subscription, width int) error {
	if len(subs) == 0 {
		fmt.Fprintln(b, "no feeds or sitemaps are followed; `dateline sources add URL` adds one")
		return nil
	}
	rows := make([][]string, len(subs))
	for i, s := range subs {
		remark := s.Title
		if s.Reason != "" {
			remark = s.Reason + prefixed("; ", s.Advice)
		}
		rows[i] = []string{s.Name, s.Kind, s.URL, patternsOf(s), strconv.Itoa(s.Waiting), strconv.Itoa(s.Done), strconv.Itoa(failedPages(s)), s.Checked, remark}
	}
	columns := []column{{name: "name"}, {name: "kind", fixed: true}, {name: "url"}, {name: "patterns"}, {name: "waiting", right: true, fixed: true},
		{name: "stored", right: true, fixed: true}, {name: "failed", right: true, fixed: true}, {name: "read", fixed: true}, {name: "remark"}}
	return writeTable(b, columns, rows, width)
}

func writeSourcesCSV(b *bytes.Buffer, subs []corpus.Subscription, raw bool) error {
	header := []string{"name", "kind", "url", "title", "include", "exclude", "added", "read", "reason", "advice", "waiting", "stored", "failed", "robots", "gone"}
	rows := make([][]string, len(subs))
	for i, s := range subs {
		rows[i] = []string{s.Name, s.Kind, s.URL, s.Title, strings.Join(s.Include, "; "), strings.Join(s.Exclude, "; "), s.Added, s.Checked, s.Reason, s.Advice,
			strconv.Itoa(s.Waiting), strconv.Itoa(s.Done), strconv.Itoa(s.Failed), strconv.Itoa(s.Robots), strconv.Itoa(s.Gone)}
	}
	return writeCSV(b, header, rows, raw)
}

// sourceObject is a subscription as JSON.
func sourceObject(s corpus.Subscription) object {
	return object{{"name", s.Name}, {"kind", s.Kind}, {"url", s.URL}, {"title", orNull(s.Title)}, {"include", orEmpty(s.Include)}, {"exclude", orEmpty(s.Exclude)},
		{"added", orNull(s.Added)}, {"read", orNull(s.Checked)}, {"reason", orNull(s.Reason)}, {"advice", orNull(s.Advice)},
		{"waiting", s.Waiting}, {"stored", s.Done}, {"failed", s.Failed}, {"robots", s.Robots}, {"gone", s.Gone}}
}
