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
	"dateline/ingest/fetch"
)

// A batch is stored in one transaction. Each transaction waits for the disk, so many small ones
// are slow; a large one holds its documents in memory and is lost whole when it fails.
// batchDocuments is a variable for the fault tests, which want many transactions from few documents.
var batchDocuments = 256

const batchBytes = 16 << 20

// newIngestCommand is "dateline ingest".
func newIngestCommand(a *app) *cobra.Command {
	var in inputFlags
	var web fetchFlags
	var list, format string
	var revive bool
	cmd := &cobra.Command{
		Use:   "ingest PATH|URL...",
		Short: "Store documents and what they state",
		Long: `Read documents, extract their facts, and store both in the database.

PATH is a file, a folder (with everything below it), a glob, or - for standard
input. Plain text, web pages and JSON Lines are told apart by their content. A line
of JSON Lines is a document:

  {"source": "https://...", "title": "...", "published": "2024-05-18", "text": "..."}

with "html" in place of "text" for a web page.

URLs (http, https) are fetched: several hosts at once, each for one page at a time with
a pause in between; robots.txt is obeyed. --list names a file of URLs, one a line, where
lines that begin with # are comments; - is standard input. A page that is stored is not
fetched again without --refetch, so that after an interrupt the same command goes on
with the rest. What failed for a passing reason is tried again. The document's source is
the URL without its fragment; two URLs of one page (the same canonical or final address
and the same article) are one document, under the URL that was stored first.

The same input again changes nothing. Changed text becomes a new version of its
source. What can't be read is refused with the reason, which the database keeps;
everything else goes on. Texts that are not English are stored and can be searched, but
no facts are read from them. The publication date comes from the content, the
JSON line or --published, never from the file system.

` + exitHelp,
		Example: `  dateline ingest releases/
  dateline ingest --db news.db --published 2024-05-18 'inbox/*.html'
  zcat archive.jsonl.gz | dateline ingest -
  dateline ingest https://example.org/news/17
  dateline ingest --list urls.txt --delay 5s`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 && list == "" {
				return badUsage("name at least one file, folder, glob or URL, or - for standard input, or a --list of URLs")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := in.check(); err != nil {
				return err
			}
			if err := web.check(); err != nil {
				return err
			}
			if list == "-" && slices.Contains(args, "-") {
				return badUsage("standard input can't be both a document and --list -; name a file for one of them")
			}
			return a.ingest(cmd.Context(), in, web, args, list, revive, format)
		},
	}
	in.define(cmd.Flags())
	a.defineRules(cmd.Flags())
	web.define(cmd.Flags())
	cmd.Flags().StringVar(&list, "list", "", "fetch the URLs of this `FILE`, one a line; - is standard input")
	cmd.Flags().BoolVar(&revive, "revive", false, "take in sources again that were removed")
	choiceVar(cmd.Flags(), &format, "format", "table", []string{"table", "json"}, "form of the summary")
	return cmd
}

// ingest is the command after its flags were checked.
func (a *app) ingest(ctx context.Context, in inputFlags, web fetchFlags, args []string, list string, revive bool, format string) error {
	client, err := web.client()
	if err != nil {
		return err
	}
	defer client.Close()
	var paths []string
	var urls urlSet
	for _, arg := range args {
		if !isURL(arg) {
			paths = append(paths, arg)
		} else if normal, err := fetch.Normalize(arg); err != nil {
			urls.refuse(refusalOfURL(withoutPassword(arg), err))
		} else {
			urls.add(normal, byCommandLine)
		}
	}
	if list != "" {
		if err := readURLList(ctx, list, a.stdin, func(rawURL string) { urls.add(rawURL, byList) }, urls.refuse); err != nil {
			return err
		}
	}
	store, err := a.openStore(ctx, corpus.Options{})
	if err != nil {
		return err
	}
	defer store.Close()
	w := a.newBatchWriter(ctx, store, revive)
	reader := newReader(a)
	if reader.published, err = store.PublishedByUser(ctx); err != nil {
		return err
	}
	var runErr error
	if len(paths) > 0 {
		bar := a.newProgress("ingest", -1)
		runErr = reader.paths(ctx, a, in, paths, func(out outcome) error {
			bar.add(1)
			return w.add(out)
		})
		bar.done()
	}
	if runErr == nil && len(urls.order)+len(urls.refusals) > 0 {
		unlock, err := lockFetching(a.databasePath())
		if err != nil {
			return err
		}
		defer unlock()
		f := fetcher{app: a, store: store, client: client, reader: reader, writer: w, ask: web.ask(a), published: in.published, workers: in.workers}
		f.ask.Revive = revive
		runErr = f.urls(ctx, urls)
	}
	return a.finishIngest(w, runErr, func(b *bytes.Buffer, stats corpus.Stats) error {
		if format == "json" {
			return w.summary.writeJSON(b, stats)
		}
		return w.summary.writeTable(b, stats, a.width)
	})
}

// finishIngest stores what is left of a run, prints the summary, and turns what happened into the command's error.
func (a *app) finishIngest(w *batchWriter, runErr error, summary func(*bytes.Buffer, corpus.Stats) error) error {
	if runErr != nil && !cancelled(runErr) {
		return runErr
	}
	if err := w.flush(); err != nil {
		return err
	}
	stats, err := w.store.Stats(w.ctx)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err = summary(&b, stats); err == nil {
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

	items     []corpus.Item
	refusals  []*ingest.Refusal
	failures  []corpus.FetchFailure
	unchanged []fetched
	bytes     int
	seen      map[string]string // source to the hash of its raw bytes, of this run
	summary   ingestSummary
}

func (a *app) newBatchWriter(ctx context.Context, store *corpus.Store, revive bool) *batchWriter {
	return &batchWriter{
		// What was begun is finished when the user interrupts: the batch is stored, then the run ends.
		ctx: context.WithoutCancel(ctx), app: a, store: store,
		options: corpus.PutOptions{Revive: revive, When: a.stamp()},
		seen:    map[string]string{},
		summary: ingestSummary{read: map[extract.Kind]int{}},
	}
}

// full reports whether the batch is large enough for a transaction.
func (w *batchWriter) full() bool {
	return len(w.items)+len(w.refusals)+len(w.failures)+len(w.unchanged) >= batchDocuments || w.bytes >= batchBytes
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
	if w.full() {
		return w.flush()
	}
	return nil
}

// addFetched takes what came of one URL.
func (w *batchWriter) addFetched(got fetched) {
	switch {
	case got.failure != nil:
		w.app.log.Error(fmt.Sprintf("%s: %s; %s", got.url, got.failure.Reason, got.failure.Advice))
		w.failures = append(w.failures, *got.failure)
	case got.reading != nil:
		w.app.reportWarnings(*got.reading)
		item := got.reading.item()
		item.Fetched = &got.with
		w.items = append(w.items, item)
		w.bytes += len(item.Raw) + len(item.Doc.Text)
	case got.unchanged && got.with.When != "":
		w.unchanged = append(w.unchanged, got)
	case got.unchanged:
		w.summary.already++ // by another process, just before
	}
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
	for _, got := range w.unchanged {
		if err := w.store.Unchanged(w.ctx, got.url, got.with); err != nil {
			return err
		}
		w.summary.unchanged++
	}
	if len(w.failures) > 0 {
		if err := w.store.FetchFailed(w.ctx, w.failures); err != nil {
			return err
		}
		w.summary.refused += len(w.failures)
	}
	w.items, w.refusals, w.failures, w.unchanged, w.bytes = w.items[:0], w.refusals[:0], w.failures[:0], w.unchanged[:0], 0
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
	case corpus.Copy:
		s.copies++
		w.app.log.Info(item.Doc.Source+": a page that is stored", "under", o.CopyOf)
		return
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
