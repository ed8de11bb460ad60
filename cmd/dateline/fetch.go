package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"dateline/corpus"
	"dateline/ingest"
	"dateline/ingest/fetch"
)

// getter gets one address; *fetch.Client is one.
type getter interface {
	Get(context.Context, fetch.Request) (fetch.Response, error)
}

// hostsAtOnce is how many hosts are asked at once. Each costs a goroutine that mostly waits, and
// at worst holds one page of the largest size.
const hostsAtOnce = 32

// fetcher fetches URLs of the frontier and stores what they give.
type fetcher struct {
	app       *app
	store     *corpus.Store
	client    getter
	reader    *reader
	writer    *batchWriter
	bar       *progress
	ask       corpus.Ask
	published string // --published, or ""
	workers   int
}

// fetched is what came of one URL: one of the three, or nothing when the run was interrupted.
type fetched struct {
	url       string
	reading   *reading
	with      corpus.Fetched
	unchanged bool
	failure   *corpus.FetchFailure
}

// run fetches the URLs: hosts side by side, the URLs of one host one after another. Whatever is ready is
// stored at once, so that little is fetched twice after a crash. When ctx ends, no further URL is begun;
// what has come is stored, and ctx's error is returned. left is how many URLs were not reached.
func (f *fetcher) run(ctx context.Context, rows []corpus.FrontierRow) (left int, err error) {
	outer := ctx
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	paused, err := f.store.Paused(ctx, f.ask.Now)
	if err != nil {
		return len(rows), err
	}
	hosts := slices.DeleteFunc(byHost(rows), func(host []corpus.FrontierRow) bool {
		until, is := paused[host[0].Host]
		if is {
			f.wait(host[0].Host, len(host), "its server asked for a pause until "+until)
		}
		return is
	})
	todo := make(chan []corpus.FrontierRow, len(hosts))
	for _, host := range hosts {
		todo <- host
	}
	close(todo)
	results := make(chan fetched)
	slots := make(chan struct{}, f.workers)
	var running sync.WaitGroup
	for range min(hostsAtOnce, len(hosts)) {
		running.Go(func() {
			for host := range todo {
				if !f.host(ctx, host, slots, results) {
					return
				}
			}
		})
	}
	go func() {
		running.Wait()
		close(results)
	}()
	left = len(rows)
	for got := range results {
		if err != nil {
			continue // the store failed: the others end, and nothing more is written
		}
		left--
		f.bar.add(1)
		f.writer.addFetched(got)
		for more := true; more && !f.writer.full(); {
			select {
			case got, open := <-results:
				if more = open; open {
					left--
					f.bar.add(1)
					f.writer.addFetched(got)
				}
			default:
				more = false
			}
		}
		f.writer.options.When = f.app.stamp() // a run may take days
		if err = f.writer.flush(); err != nil {
			stop()
		}
	}
	if err == nil {
		err = outer.Err()
	}
	return left, err
}

// noAnswers is how many URLs of a host in a row may get no answer before the rest is left for a later run: a host that is down
// would take hours to fail page by page.
const noAnswers = 5

// host fetches the URLs of one host one after another. It is false when the run was interrupted.
func (f *fetcher) host(ctx context.Context, rows []corpus.FrontierRow, slots chan struct{}, results chan<- fetched) bool {
	silent := 0
	for i, row := range rows {
		if ctx.Err() != nil {
			return false
		}
		got, ok := f.one(ctx, row, slots)
		if !ok {
			return false
		}
		results <- got
		left := len(rows) - i - 1
		if got.failure == nil || !noAnswer[fetch.Class(got.failure.Class)] {
			silent = 0
		} else if silent++; silent == noAnswers && left > 0 {
			f.wait(row.Host, left, fmt.Sprintf("%d addresses in a row gave no answer", silent))
			return true
		}
		if got.failure != nil && got.failure.RetryAfter > 0 && left > 0 {
			f.wait(row.Host, left, "its server asks for a pause of "+got.failure.RetryAfter.String())
			return true
		}
	}
	return true
}

// noAnswer are the classes of failure that say that a host is down.
var noAnswer = map[fetch.Class]bool{fetch.ClassDNS: true, fetch.ClassConnect: true, fetch.ClassTLS: true, fetch.ClassTimeout: true}

// wait says that URLs of a host are left for a later run, and why.
func (f *fetcher) wait(host string, urls int, why string) {
	f.app.log.Warn(fmt.Sprintf("%s: %s; %s for a later run", host, why, plural(urls, "URL waits", "URLs wait")))
}

// byHost groups URLs by host, in the order in which the hosts come up. What failed before comes last, so that it keeps nothing from its turn.
func byHost(rows []corpus.FrontierRow) [][]corpus.FrontierRow {
	at := map[string]int{}
	var hosts [][]corpus.FrontierRow
	for _, row := range rows {
		i, known := at[row.Host]
		if !known {
			i = len(hosts)
			at[row.Host] = i
			hosts = append(hosts, nil)
		}
		hosts[i] = append(hosts[i], row)
	}
	for _, host := range hosts {
		slices.SortStableFunc(host, func(a, b corpus.FrontierRow) int { return cmp.Compare(a.Tries, b.Tries) })
	}
	return hosts
}

// longestSit is the longest pause that the client itself waits for a host. Longer ones are kept with the URL and bind later runs.
const longestSit = time.Minute

// one fetches and reads one URL. ok is false when the run was interrupted.
func (f *fetcher) one(ctx context.Context, row corpus.FrontierRow, slots chan struct{}) (got fetched, ok bool) {
	got.url = row.URL
	// Another process may have been here since the list was made.
	if now, err := f.store.FrontierOf(ctx, []string{row.URL}); err == nil && len(now) == 1 {
		row = now[0]
		if !row.Due(f.ask) {
			got.unchanged = row.State == corpus.URLDone
			return got, true
		}
	}
	request := fetch.Request{URL: row.URL}
	known := row.RawHash != "" && !row.Removed && f.published == "" // what is stored is still what would be stored
	if known {
		request.ETag, request.LastModified = row.ETag, row.LastModified
	}
	response, err := f.client.Get(ctx, request)
	when := f.app.stamp()
	if err != nil {
		if ctx.Err() != nil {
			return got, false
		}
		got.failure = failureOf(row.URL, err, when)
		return got, true
	}
	got.with = corpus.Fetched{Final: response.Final, Status: response.Status, ETag: response.ETag, LastModified: response.LastModified, When: when}
	if response.NotModified || known && ingest.Hash(response.Body) == row.RawHash {
		got.unchanged = true
		return got, true
	}
	select {
	case slots <- struct{}{}:
		defer func() { <-slots }()
	case <-ctx.Done():
		return got, false
	}
	rd, refused := f.read(row, response)
	if refused != nil {
		got.failure = &corpus.FetchFailure{URL: row.URL, Class: "content", Reason: refused.Reason, Advice: refused.Advice, Status: response.Status, Final: response.Final, When: when}
		return got, true
	}
	got.with.Address = addressOf(rd.doc.Canonical, response.Final)
	got.reading = rd
	return got, true
}

// read makes the document of an answer. One URL gives one document, of which it is the source: a server must
// not put words into the mouth of another one.
func (f *fetcher) read(row corpus.FrontierRow, response fetch.Response) (*reading, *ingest.Refusal) {
	refuse := func(reason, advice string) (*reading, *ingest.Refusal) {
		return nil, &ingest.Refusal{Source: row.URL, Reason: reason, Advice: advice}
	}
	if kind := listingKind(response.Body); kind != "" {
		return refuse("it is a "+kind+", not a page", "follow it with `dateline sources add "+row.URL+"`")
	}
	const asFile = "save what it gives, look at it, and ingest the file"
	if strings.Contains(response.MediaType, "json") {
		return refuse("it is JSON, not a page", asFile)
	}
	out := f.reader.item(ingest.Item{Source: row.URL, Raw: ingest.Raw{
		Source: row.URL, MediaType: response.MediaType, Bytes: response.Body, Charset: response.Charset, Published: f.published, Listed: row.Listed,
	}})
	switch {
	case len(out.refusals) > 0:
		return refuse(out.refusals[0].Reason, out.refusals[0].Advice)
	case len(out.readings) != 1 || out.readings[0].doc.Source != row.URL:
		return refuse("it holds JSON Lines, not a page", asFile)
	}
	return &out.readings[0], nil
}

// failureOf is a failed fetch as the frontier keeps it. What robots.txt forbids is asked about again
// by later runs, which costs its server no more than robots.txt itself.
func failureOf(rawURL string, err error, when string) *corpus.FetchFailure {
	failure := corpus.FetchFailure{URL: rawURL, Class: "connect", Reason: err.Error(), Advice: "try again later", Temporary: true, When: when}
	var problem *fetch.Error
	if errors.As(err, &problem) {
		failure.Class, failure.Reason, failure.Advice = string(problem.Class), problem.Reason, problem.Advice
		if problem.At != "" && problem.At != rawURL {
			failure.Final = problem.At
			failure.Reason += " (redirected to " + problem.At + ")"
		}
		failure.Status = problem.Status
		if problem.RetryAfter > longestSit {
			failure.RetryAfter = problem.RetryAfter
		}
		failure.Temporary = problem.Temporary || problem.Class == fetch.ClassRobots
	}
	return &failure
}

// addressOf is the address by which copies of one page are told: the canonical one, when it is on the same site as
// the page itself, else where redirects led. A page can't pass itself off as one of another site. Without the
// scheme and "www.", which make no difference.
func addressOf(canonical, final string) string {
	at, err := url.Parse(final)
	if err != nil {
		return ""
	}
	if normal, err := fetch.Normalize(canonical); err == nil {
		if u, err := url.Parse(normal); err == nil && site(u) == site(at) {
			at = u
		}
	}
	address := site(at) + at.EscapedPath()
	if at.RawQuery != "" {
		address += "?" + at.RawQuery
	}
	return address
}

func site(u *url.URL) string { return strings.TrimPrefix(u.Host, "www.") }

// report says why a URL that was asked for is not fetched now. failed tells whether that is a failure.
func (f *fetcher) report(row corpus.FrontierRow) (failed bool) {
	switch {
	case row.Removed:
		f.app.log.Warn(row.URL + ": it was removed earlier and stays out; use --revive to take it in")
	case row.State == corpus.URLDone:
		f.app.log.Info(row.URL+": it is stored", "fetched", row.Fetched)
	case row.Pause && row.NextTry > f.ask.Now:
		f.app.log.Error(fmt.Sprintf("%s: %s; its server asked for a pause until %s", row.URL, row.Reason, row.NextTry))
		return true
	default:
		f.app.log.Error(fmt.Sprintf("%s: it failed before (%s, %s); %s, then use --refetch", row.URL, row.Reason, row.Tried, row.Advice))
		return true
	}
	return false
}
