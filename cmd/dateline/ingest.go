package main

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"dateline/corpus"
	"dateline/extract"
	"dateline/ingest"
)

// A batch is stored in one transaction. Each transaction waits for the disk, so many small ones
// are slow; a large one holds its documents in memory and is lost whole when it fails.
const (
	batchDocuments = 256
	batchBytes     = 16 << 20
)

// newIngestCommand is "dateline ingest".
func newIngestCommand(a *app) *cobra.Command {
	var in inputFlags
	var format string
	var revive bool
	cmd := &cobra.Command{
		Use:   "ingest PATH...",
		Short: "Store documents and what they state",
		Long: `Read documents, extract their facts, and store both in the database.

PATH is a file, a folder (with everything below it), a glob, or - for standard
input. Plain text, web pages and JSON Lines are told apart by their content. A line
of JSON Lines is a document:

  {"source": "https://...", "title": "...", "published": "2024-05-18", "text": "..."}

with "html" in place of "text" for a web page.

The same input again changes nothing. Changed text becomes a new version of its
source. What can't be read is refused with the reason, which the database keeps;
everything else goes on. Texts that are not English are stored and can be searched, but
no facts are read from them. The publication date comes from the content, the
JSON line or --published, never from the file system.

` + exitHelp,
		Example: `  dateline ingest releases/
  dateline ingest --db news.db --published 2024-05-18 'inbox/*.html'
  zcat archive.jsonl.gz | dateline ingest -`,
		Args: somePaths,
		RunE: func(cmd *cobra.Command, paths []string) error {
			if err := in.check(); err != nil {
				return err
			}
			return a.ingest(cmd.Context(), in, paths, revive, format)
		},
	}
	in.define(cmd.Flags())
	cmd.Flags().BoolVar(&revive, "revive", false, "take in sources again that were removed")
	choiceVar(cmd.Flags(), &format, "format", "table", []string{"table", "json"}, "form of the summary")
	return cmd
}

// ingest is the command after its flags were checked.
func (a *app) ingest(ctx context.Context, in inputFlags, paths []string, revive bool, format string) error {
	store, err := a.openStore(ctx, corpus.Options{})
	if err != nil {
		return err
	}
	defer store.Close()
	bar := a.newProgress("ingest", -1)
	defer bar.done()
	w := &batchWriter{
		// What was begun is finished when the user interrupts: the batch is stored, then the run ends.
		ctx: context.WithoutCancel(ctx), app: a, store: store,
		options: corpus.PutOptions{Revive: revive, When: a.stamp()},
		seen:    map[string]string{},
	}
	w.summary.read = map[extract.Kind]int{}
	reader := newReader(a)
	if reader.published, err = store.PublishedByUser(ctx); err != nil {
		return err
	}
	runErr := reader.paths(ctx, a, in, paths, func(out outcome) error {
		bar.add(1)
		return w.add(out)
	})
	if runErr == nil || cancelled(runErr) {
		if err := w.flush(); err != nil {
			return err
		}
	}
	bar.done()
	if runErr != nil && !cancelled(runErr) {
		return runErr
	}
	stats, err := store.Stats(w.ctx)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if format == "json" {
		err = w.summary.writeJSON(&b, stats)
	} else {
		err = w.summary.writeTable(&b, stats, a.width)
	}
	if err == nil {
		err = a.print(&b)
	}
	switch {
	case runErr != nil:
		a.log.Warn("interrupted; what the summary counts is stored, and the same command goes on with the rest")
		return runErr
	case err != nil:
		return err
	case w.summary.failed():
		return errItems
	}
	return nil
}

// batchWriter collects outcomes and stores them batch by batch.
type batchWriter struct {
	ctx     context.Context
	app     *app
	store   *corpus.Store
	options corpus.PutOptions

	items    []corpus.Item
	refusals []*ingest.Refusal
	bytes    int
	seen     map[string]string // source to the hash of its raw bytes, of this run
	summary  ingestSummary
}

// add takes one outcome and stores the batch when it is full.
func (w *batchWriter) add(out outcome) error {
	for _, rd := range out.readings {
		w.app.reportWarnings(rd)
		if first, again := w.seen[rd.doc.Source]; again && first != rd.doc.RawHash {
			// Stored, the two would take turns as versions of one source at every run.
			w.app.log.Error(rd.doc.Source + ": a second document of this run has the same source and other text; it was left out: give each its own source")
			w.summary.rejected++
			continue
		}
		w.seen[rd.doc.Source] = rd.doc.RawHash
		w.items = append(w.items, rd.item())
		w.bytes += len(rd.raw) + len(rd.doc.Text)
	}
	for _, refused := range out.refusals {
		w.app.log.Error(refused.Error())
		// A source that is read and refused in one run keeps what came last, so they may not change places.
		if slices.ContainsFunc(w.items, func(i corpus.Item) bool { return i.Doc.Source == refused.Source }) {
			if err := w.flush(); err != nil {
				return err
			}
		}
		w.refusals = append(w.refusals, refused)
	}
	if len(w.items)+len(w.refusals) >= batchDocuments || w.bytes >= batchBytes {
		return w.flush()
	}
	return nil
}

// flush stores the batch.
func (w *batchWriter) flush() error {
	if len(w.items) > 0 {
		outcomes, err := w.store.Put(w.ctx, w.items, w.options)
		if err != nil {
			return err
		}
		for i, o := range outcomes {
			w.record(w.items[i], o)
		}
	}
	for _, refused := range w.refusals {
		if err := w.store.Refuse(w.ctx, refused.Source, refused.Reason, refused.Advice, w.options.When); err != nil {
			return err
		}
		w.summary.refused++
	}
	w.items, w.refusals, w.bytes = w.items[:0], w.refusals[:0], 0
	return nil
}

// record counts what became of one document.
func (w *batchWriter) record(item corpus.Item, o corpus.Outcome) {
	s := &w.summary
	switch o.State {
	case corpus.New:
		s.new++
	case corpus.NewVersion:
		s.newVersions++
	case corpus.Updated:
		s.updated++
	case corpus.Unchanged:
		s.unchanged++
	case corpus.Skipped:
		s.removed++
		w.app.log.Warn(item.Doc.Source + ": it was removed earlier and stays out; use --revive to take it in")
		return
	case corpus.Rejected:
		s.rejected++
		w.app.log.Error(fmt.Sprintf("%s: it was not stored: %v", item.Doc.Source, o.Err))
		return
	}
	if item.Note != "" {
		s.without++
		w.app.log.Info(item.Doc.Source+": no facts", "why", item.Note)
	}
	if o.State != corpus.Unchanged {
		for _, f := range item.Facts {
			s.read[f.Kind]++
		}
	}
	w.app.log.Info(item.Doc.Source, "state", string(o.State), "facts", o.Facts)
}

// reportWarnings tells what cleaning could not do well.
func (a *app) reportWarnings(rd reading) {
	for _, warning := range rd.doc.Warnings {
		a.log.Warn(rd.doc.Source + ": " + warning)
	}
}
