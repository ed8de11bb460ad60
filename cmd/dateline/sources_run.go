package main

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"sync"

	"github.com/spf13/cobra"

	"dateline/corpus"
)

// newSourcesRunCommand is "dateline sources run".
func newSourcesRunCommand(a *app) *cobra.Command {
	var in inputFlags
	var web fetchFlags
	var format string
	var limit int
	cmd := &cobra.Command{
		Use:   "run [NAME...]",
		Short: "Fetch what is new in the feeds and sitemaps",
		Long: `Read the feeds and sitemaps, all or those that are named, and fetch the pages that they list
and that were not fetched before. Lists that did not change cost one short answer. Several
hosts are asked at once, each for one page at a time with a pause in between; robots.txt
is obeyed. What failed for a passing reason is tried again by later runs, after longer
and longer pauses. The title and the date that a list gives are kept as evidence; what
the page itself says comes first.

An interrupt stores what was fetched, and the next run goes on with the rest.

` + exitHelp,
		Example: `  dateline sources run
  dateline sources run example.org --limit 100
  dateline sources run --refetch=30d`,
		RunE: func(cmd *cobra.Command, names []string) error {
			if err := in.check(); err != nil {
				return err
			}
			if err := web.check(); err != nil {
				return err
			}
			if limit < 0 {
				return badUsage("--limit %d: it must be 0 or more", limit)
			}
			return a.runSources(cmd.Context(), in, web, names, limit, format)
		},
	}
	flags := cmd.Flags()
	in.defineWorkers(flags)
	a.defineRules(flags)
	web.define(flags)
	flags.IntVar(&limit, "limit", 0, "fetch at most `N` pages; 0 fetches all")
	choiceVar(flags, &format, "format", "table", []string{"table", "json"}, "form of the summary")
	return cmd
}

// listsAtOnce is how many subscriptions are read at once. A parsed sitemap can take some 50 MB.
const listsAtOnce = 4

// runSources is the command after its flags were checked.
func (a *app) runSources(ctx context.Context, in inputFlags, web fetchFlags, names []string, limit int, format string) error {
	client, err := web.client()
	if err != nil {
		return err
	}
	defer client.Close()
	// A look-up by reading first: there is nothing to run in a database that does not exist.
	if store, err := a.readStore(ctx); err == nil {
		store.Close()
	} else if !isOlder(err) {
		return err
	}
	store, err := a.openStore(ctx, corpus.Options{})
	if err != nil {
		return err
	}
	defer store.Close()
	subs, err := store.Subscriptions(ctx, names...)
	if err != nil {
		return err
	}
	if len(subs) == 0 {
		_, err := fmt.Fprintln(a.stdout, "there is nothing to run; `dateline sources add URL` adds a feed or sitemap")
		return err
	}
	unlock, err := lockFetching(a.databasePath())
	if err != nil {
		return err
	}
	defer unlock()
	lists := listReader{app: a, store: store, client: client}
	results, runErr := lists.readAll(ctx, subs)
	w := a.newBatchWriter(ctx, store, false)
	if runErr == nil {
		f := fetcher{app: a, store: store, client: client, reader: newReader(a), writer: w, ask: web.ask(a), workers: in.workers}
		f.ask.Patient = true
		if f.reader.published, runErr = store.PublishedByUser(ctx); runErr == nil {
			runErr = f.listed(ctx, subs, limit)
		}
	}
	for _, r := range results {
		w.summary.lists += r.problems
	}
	return a.finishIngest(w, runErr, func(b *bytes.Buffer, stats corpus.Stats) error {
		if format == "json" {
			return writeSourceResultsJSON(b, results, &w.summary, stats)
		}
		if err := writeSourceResults(b, results, a.width); err != nil {
			return err
		}
		return w.summary.writeTable(b, stats, a.width)
	})
}

// readAll reads the lists of several subscriptions at once. Results stand at the index of their subscription.
func (l *listReader) readAll(ctx context.Context, subs []corpus.Subscription) ([]sourceResult, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	results := make([]sourceResult, len(subs))
	next := make(chan int, len(subs))
	for i := range subs {
		results[i].sub = subs[i]
		next <- i
	}
	close(next)
	bar := l.app.newProgress("lists", len(subs))
	defer bar.done()
	var running sync.WaitGroup
	for range min(listsAtOnce, len(subs)) {
		running.Go(func() {
			for i := range next {
				if ctx.Err() != nil {
					return
				}
				var err error
				if results[i], err = l.read(ctx, subs[i]); err != nil {
					stop(err)
				}
				bar.add(1)
			}
		})
	}
	running.Wait()
	return results, context.Cause(ctx)
}

// listed fetches what subscriptions list and what is due.
func (f *fetcher) listed(ctx context.Context, subs []corpus.Subscription, limit int) error {
	ids := make([]int64, len(subs))
	for i, sub := range subs {
		ids[i] = sub.ID
	}
	due, err := f.store.FrontierListed(ctx, ids, f.ask, limit)
	if err != nil {
		return err
	}
	return f.fetch(ctx, due)
}

// writeSourceResults prints what was read of the lists.
func writeSourceResults(b *bytes.Buffer, results []sourceResult, width int) error {
	rows := make([][]string, len(results))
	for i, r := range results {
		remark := ""
		switch {
		case r.problems > 0:
			remark = r.reason
		case r.files == 0 && r.same > 0:
			remark = "unchanged"
		}
		rows[i] = []string{r.sub.Name, strconv.Itoa(r.fresh), remark}
	}
	columns := []column{{name: "list"}, {name: "new pages", right: true}, {name: "remark"}}
	if err := writeTable(b, columns, rows, width); err != nil {
		return err
	}
	b.WriteByte('\n')
	return nil
}

func writeSourceResultsJSON(b *bytes.Buffer, results []sourceResult, summary *ingestSummary, stats corpus.Stats) error {
	lists := make([]object, len(results))
	for i, r := range results {
		lists[i] = object{{"name", r.sub.Name}, {"url", r.sub.URL}, {"new_pages", r.fresh}, {"files_read", r.files}, {"files_unchanged", r.same},
			{"files_failed", r.problems}, {"reason", orNull(r.reason)}, {"advice", orNull(r.advice)}}
	}
	return writeJSONLine(b, append(object{{"lists", lists}}, summary.object(stats)...))
}
