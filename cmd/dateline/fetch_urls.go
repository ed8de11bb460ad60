package main

import (
	"context"

	"dateline/corpus"
	"dateline/ingest"
)

// What named a URL, as the frontier keeps it.
const (
	byCommandLine = "command line"
	byList        = "list"
)

// urlSet is the URLs that a user asked for, each once, in order, and what was no URL.
type urlSet struct {
	order    []string
	foundBy  map[string]string
	refusals []*ingest.Refusal
}

func (s *urlSet) add(rawURL, foundBy string) {
	if s.foundBy == nil {
		s.foundBy = map[string]string{}
	}
	if _, known := s.foundBy[rawURL]; !known {
		s.foundBy[rawURL] = foundBy
		s.order = append(s.order, rawURL)
	}
}

func (s *urlSet) refuse(refused *ingest.Refusal) { s.refusals = append(s.refusals, refused) }

// urls fetches what a user asked for. All of it is in the frontier before the first page is asked for.
func (f *fetcher) urls(ctx context.Context, set urlSet) error {
	if err := f.writer.add(outcome{refusals: set.refusals}); err != nil {
		return err
	}
	for _, foundBy := range []string{byCommandLine, byList} {
		var urls []string
		for _, u := range set.order {
			if set.foundBy[u] == foundBy {
				urls = append(urls, u)
			}
		}
		if err := f.store.AddURLs(ctx, urls, foundBy, f.ask.Now); err != nil {
			return err
		}
	}
	rows, err := f.store.FrontierOf(ctx, set.order)
	if err != nil {
		return err
	}
	var due []corpus.FrontierRow
	s := &f.writer.summary
	for _, row := range rows {
		switch {
		case row.Due(f.ask):
			due = append(due, row)
		case f.report(row):
			s.refused++
		case row.Removed:
			s.removed++
		default:
			s.already++
		}
	}
	return f.fetch(ctx, due)
}

// fetch is run with its progress on the terminal, and what it did not reach in the summary.
func (f *fetcher) fetch(ctx context.Context, due []corpus.FrontierRow) error {
	f.bar = f.app.newProgress("fetch", len(due))
	defer f.bar.done()
	left, err := f.run(ctx, due)
	f.writer.summary.waiting += left
	return err
}
