package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/ingest/document"
)

// at is the n-th minute of the tests' day.
func at(n int) string {
	return time.Date(2024, 5, 18, 0, 0, 0, 0, time.UTC).Add(time.Duration(n) * time.Minute).Format(time.RFC3339)
}

// page is a fetched release.
func pageAt(t testing.TB, url, address, text string, minute int) Item {
	item := newRelease(t, url, "2024-05-18", text).item
	item.Fetched = &Fetched{Final: url, Status: 200, ETag: `"1"`, Address: address, When: at(minute)}
	return item
}

// row is the frontier's row of a URL.
func row(t testing.TB, s *Store, url string) FrontierRow {
	t.Helper()
	rows, err := s.FrontierOf(context.Background(), []string{url})
	if err != nil || len(rows) != 1 {
		t.Fatalf("%s: %d rows, %v", url, len(rows), err)
	}
	return rows[0]
}

// state is the state of a source with its reason, or "" when there is none.
func state(t testing.TB, s *Store, source string) (state, reason string) {
	t.Helper()
	err := s.db.QueryRow("SELECT state, reason FROM source WHERE source = ?", source).Scan(&state, &reason)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		t.Fatal(err)
	}
	return state, reason
}

func TestFetchedDocument(t *testing.T) {
	s, ctx := openTest(t), context.Background()
	const one, two = "https://harbour.example/1", "https://harbour.example/2"
	if err := s.AddURLs(ctx, []string{one, two, one}, "list", at(0)); err != nil {
		t.Fatal(err)
	}
	if r := row(t, s, one); r.State != URLWaiting || r.Host != "harbour.example" || r.FoundBy != "list" || r.Added != at(0) || !r.Due(Ask{Now: at(0)}) {
		t.Errorf("a new row: %+v", r)
	}
	if o := put(t, s, pageAt(t, one, "harbour.example/1", "The crane stands.", 1))[0]; o.State != New {
		t.Errorf("the first page: %+v", o)
	}
	r := row(t, s, one)
	if r.State != URLDone || r.Fetched != at(1) || r.Changed != at(1) || r.ETag != `"1"` || r.Status != 200 || r.RawHash == "" || r.Due(Ask{Now: at(99)}) {
		t.Errorf("after the page: %+v", r)
	}
	if !r.Due(Ask{Now: at(99), Again: at(1)}) || r.Due(Ask{Now: at(99), Again: at(0)}) {
		t.Error("a page is due again by its age alone")
	}
	// An answer without news changes the time, and nothing else.
	before := dump(t, s)
	if err := s.Unchanged(ctx, one, Fetched{Status: 304, When: at(5)}); err != nil {
		t.Fatal(err)
	}
	if r := row(t, s, one); r.Fetched != at(5) || r.Changed != at(1) || r.ETag != `"1"` || r.Final != one {
		t.Errorf("after 304: %+v", r)
	}
	if dump(t, s) != before {
		t.Error("an answer without news changed the documents")
	}
	// The page goes away: the document stays, and both say what happened.
	fail := FetchFailure{URL: one, Class: "status", Reason: "the server answers 404", Advice: "check the address", Status: 404, When: at(6)}
	if err := s.FetchFailed(ctx, []FetchFailure{fail}); err != nil {
		t.Fatal(err)
	}
	if r := row(t, s, one); r.State != URLGone || r.Tries != 1 || r.ETag == "" || r.Due(Ask{Now: at(9999)}) || !r.Due(Ask{Now: at(9999), Again: at(6)}) {
		t.Errorf("after 404: %+v", r)
	}
	if state, reason := state(t, s, one); state != "ok" || reason != fail.Reason {
		t.Errorf("the document after 404: %s, %s", state, reason)
	}
	if err := s.Unchanged(ctx, one, Fetched{Status: 304, When: at(7)}); err != nil {
		t.Fatal(err)
	}
	if r := row(t, s, one); r.State != URLDone || r.Tries != 0 || r.Reason != "" {
		t.Errorf("when it is back: %+v", r)
	}
	if _, reason := state(t, s, one); reason != "" {
		t.Errorf("the reason stays with the document: %s", reason)
	}
	// A page that was never had is a refused source.
	fail.URL = two
	if err := s.FetchFailed(ctx, []FetchFailure{fail}); err != nil {
		t.Fatal(err)
	}
	if state, reason := state(t, s, two); state != "refused" || reason != fail.Reason {
		t.Errorf("a page that was never had: %s, %s", state, reason)
	}
	checkSound(t, s)
}

// TestFetchedTogether lets the store fail between a document and its frontier row: then neither is stored.
func TestFetchedTogether(t *testing.T) {
	s, ctx := openTest(t), context.Background()
	const url = "https://harbour.example/1"
	if err := s.AddURLs(ctx, []string{url}, "list", at(0)); err != nil {
		t.Fatal(err)
	}
	trip := func(on string) {
		t.Helper()
		if _, err := s.db.Exec("CREATE TRIGGER trip BEFORE " + on + " BEGIN SELECT raise(ABORT, 'tripped'); END"); err != nil {
			t.Fatal(err)
		}
	}
	before := dump(t, s)
	for _, on := range []string{"UPDATE OF address ON frontier", "UPDATE OF state ON frontier", "INSERT ON document", "INSERT ON fact"} {
		trip(on)
		item := pageAt(t, url, "", "On 1 March 2024 the crane stood.", 1)
		item.Facts = newRelease(t, url, "", item.Doc.Text).date("2024-03-01", "1 March 2024").item.Facts
		if _, err := s.Put(ctx, []Item{item}, PutOptions{}); err == nil || !strings.Contains(err.Error(), "tripped") {
			t.Fatalf("%s: the fault did not happen: %v", on, err)
		}
		if r := row(t, s, url); r.State != URLWaiting || r.RawHash != "" {
			t.Errorf("%s: the frontier changed without its document: %+v", on, r)
		}
		if dump(t, s) != before {
			t.Errorf("%s: the document was stored without its frontier row", on)
		}
		if _, err := s.db.Exec("DROP TRIGGER trip"); err != nil {
			t.Fatal(err)
		}
	}
	trip("INSERT ON source")
	if err := s.FetchFailed(ctx, []FetchFailure{{URL: url, Class: "dns", When: at(1)}}); err == nil {
		t.Fatal("the fault did not happen")
	}
	if r := row(t, s, url); r.State != URLWaiting {
		t.Errorf("the failure was half recorded: %+v", r)
	}
}

// TestRejectedPage: a document that the store refuses is a failure of its URL, not one that waits for ever.
func TestRejectedPage(t *testing.T) {
	s, ctx := openTest(t), context.Background()
	bad := pageAt(t, "https://harbour.example/1", "", "The crane stands.", 1)
	bad.Doc.Text = "\xff"
	out, err := s.Put(ctx, []Item{bad, pageAt(t, "https://harbour.example/2", "", "The quay is long.", 1)}, PutOptions{})
	if err != nil || out[0].State != Rejected || out[1].State != New {
		t.Fatalf("%+v, %v", out, err)
	}
	if r := row(t, s, bad.Doc.Source); r.State != URLFailed || r.Class != "content" || r.Temporary || r.Due(Ask{Now: at(9999)}) {
		t.Errorf("%+v", r)
	}
}

func TestTriesAndPauses(t *testing.T) {
	s, ctx := openTest(t), context.Background()
	const url = "https://harbour.example/1"
	fail := FetchFailure{URL: url, Class: "timeout", Reason: "nothing came", Advice: "try later", Temporary: true}
	now, waits := 0, []time.Duration{}
	for range 14 {
		fail.When = at(now)
		if err := s.FetchFailed(ctx, []FetchFailure{fail}); err != nil {
			t.Fatal(err)
		}
		r := row(t, s, url)
		if !r.Due(Ask{Now: at(now)}) {
			t.Fatalf("a user who asks must be heard: %+v", r)
		}
		wait := time.Duration(0)
		if r.NextTry != "" {
			next, err := time.Parse(time.RFC3339, r.NextTry)
			if err != nil {
				t.Fatal(err)
			}
			when, _ := time.Parse(time.RFC3339, fail.When)
			wait = next.Sub(when)
			if r.Due(Ask{Now: at(now), Patient: true}) {
				t.Fatalf("a patient run asks too early: %+v", r)
			}
		}
		waits = append(waits, wait)
		now += int(wait/time.Minute) + 1
		if !r.Due(Ask{Now: at(now), Patient: true}) {
			t.Fatalf("a patient run never asks again: %+v", r)
		}
	}
	if waits[0] != 0 || waits[1] != 15*time.Minute || waits[2] != 30*time.Minute || !slices.IsSorted(waits) || waits[13] != 7*24*time.Hour {
		t.Errorf("the pauses are %v", waits)
	}
	// A pause that the server asks for binds everybody.
	fail.URL, fail.When, fail.RetryAfter, fail.Status = url+"b", at(0), time.Hour, 503
	if err := s.FetchFailed(ctx, []FetchFailure{fail}); err != nil {
		t.Fatal(err)
	}
	r := row(t, s, url+"b")
	if !r.Pause || r.NextTry != at(60) || r.Due(Ask{Now: at(59)}) || r.Due(Ask{Now: at(59), Again: at(59)}) || !r.Due(Ask{Now: at(60)}) {
		t.Errorf("a pause: %+v", r)
	}
	for minute, want := range map[int]string{59: at(60), 60: ""} {
		if hosts, err := s.Paused(ctx, at(minute)); err != nil || hosts["harbour.example"] != want || want == "" && len(hosts) > 0 {
			t.Errorf("paused at minute %d: %v, %v", minute, hosts, err)
		}
	}
	for class, want := range map[string]FetchState{"robots": URLRobots, "tls": URLFailed} {
		if err := s.FetchFailed(ctx, []FetchFailure{{URL: url + class, Class: class, Reason: "x", When: at(0)}}); err != nil {
			t.Fatal(err)
		}
		if r := row(t, s, url+class); r.State != want {
			t.Errorf("class %s gives state %s, want %s", class, r.State, want)
		}
	}
}

func TestCopies(t *testing.T) {
	s, ctx := openTest(t), context.Background()
	const plain, tracked = "https://harbour.example/1", "https://harbour.example/1?from=mail"
	withMenu := pageAt(t, tracked, "harbour.example/1", "Another menu\nThe crane stands.", 2)
	withMenu.Doc.Zones = []document.Zone{{Start: 0, End: len("Another menu"), Kind: document.Furniture}}
	out := put(t, s, pageAt(t, plain, "harbour.example/1", "The  crane stands.", 1), withMenu)
	if out[0].State != New || out[1].State != Copy || out[1].CopyOf != plain {
		t.Errorf("the same article under two URLs, in one batch: %+v", out)
	}
	if r := row(t, s, tracked); r.State != URLDone || r.CopyOf != plain {
		t.Errorf("the row of the copy: %+v", r)
	}
	if state, _ := state(t, s, tracked); state != "" {
		t.Errorf("the copy has a source, %s", state)
	}
	for name, item := range map[string]Item{
		"another article under the same address": pageAt(t, "https://harbour.example/2", "harbour.example/1", "The quay is long.", 3),
		"the same article at another address":    pageAt(t, "https://harbour.example/3", "harbour.example/3", "The crane stands.", 3),
		"no address":                             pageAt(t, "https://harbour.example/4", "", "The crane stands.", 3),
	} {
		if o := put(t, s, item)[0]; o.State != New {
			t.Errorf("%s must be a document of its own: %+v", name, o)
		}
	}
	// The copy once more, and the first one: nothing changes.
	before := dump(t, s)
	out = put(t, s, pageAt(t, plain, "harbour.example/1", "The  crane stands.", 4), withMenu)
	if out[0].State != Unchanged || out[1].State != Copy || dump(t, s) != before {
		t.Errorf("again: %+v", out)
	}
	// What became a document stays one, also when it later turns out to be a copy.
	moved := pageAt(t, "https://harbour.example/2", "harbour.example/1", "The crane stands.", 5)
	if o := put(t, s, moved)[0]; o.State != NewVersion {
		t.Errorf("a stored document: %+v", o)
	}
	// A page that was removed stays out, and so do its copies; a new URL of it is another page.
	if err := s.Remove(ctx, plain, "mistake", at(6)); err != nil {
		t.Fatal(err)
	}
	if r := row(t, s, plain); !r.Removed || r.Due(Ask{Now: at(99), Again: at(99)}) || !r.Due(Ask{Now: at(99), Revive: true}) {
		t.Errorf("after its removal: %+v", r)
	}
	if o := put(t, s, pageAt(t, plain, "harbour.example/1", "The crane stands.", 7))[0]; o.State != Skipped {
		t.Errorf("a removed page: %+v", o)
	}
	checkSound(t, s)
}

func TestSubscriptions(t *testing.T) {
	s, ctx := openTest(t), context.Background()
	sub, added, err := s.Subscribe(ctx, Subscription{URL: "https://harbour.example/feed", Kind: "feed", Include: []string{"/news/*"}, Added: at(0)})
	if err != nil || !added || sub.Name != "harbour.example" {
		t.Fatalf("%+v, %v, %v", sub, added, err)
	}
	other, _, err := s.Subscribe(ctx, Subscription{URL: "https://harbour.example/sitemap.xml", Kind: "sitemap", Added: at(0)})
	if err != nil || other.Name != "harbour.example-2" {
		t.Fatalf("%+v, %v", other, err)
	}
	if _, _, err := s.Subscribe(ctx, Subscription{URL: "https://quay.example/feed", Name: sub.Name, Kind: "feed"}); err == nil || IsDatabase(err) {
		t.Errorf("a name that is taken: %v", err)
	}
	entry := func(n int, published string) Found {
		return Found{URL: fmt.Sprintf("https://harbour.example/news/%d", n), Listed: document.Listed{Title: fmt.Sprintf("News %d", n), Published: published, Publisher: "Harbour"}}
	}
	list := Listing{URL: sub.URL, ETag: `"a"`}
	fresh, err := s.SaveListing(ctx, sub, list, []Found{entry(1, "2024-05-01"), entry(2, "")}, nil, at(1))
	if err != nil || fresh != 2 {
		t.Fatalf("%d, %v", fresh, err)
	}
	if fresh, err = s.SaveListing(ctx, sub, list, []Found{entry(1, "2024-05-01"), entry(2, "")}, nil, at(2)); err != nil || fresh != 0 {
		t.Errorf("the same list again: %d, %v", fresh, err)
	}
	if fresh, err = s.SaveListing(ctx, other, Listing{URL: other.URL}, []Found{entry(2, "2024-05-02"), entry(3, "")}, []string{"https://harbour.example/s2.xml"}, at(2)); err != nil || fresh != 1 {
		t.Errorf("a second subscription: %d, %v", fresh, err)
	}
	due := func(ask Ask, limit int, ids ...int64) (urls []string) {
		t.Helper()
		rows, err := s.FrontierListed(ctx, ids, ask, limit)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			urls = append(urls, r.URL[len("https://harbour.example/news/"):])
		}
		return urls
	}
	if got := due(Ask{Now: at(3)}, 0, sub.ID); !slices.Equal(got, []string{"1", "2"}) {
		t.Errorf("due: %v", got)
	}
	if got := due(Ask{Now: at(3)}, 0, sub.ID, other.ID); !slices.Equal(got, []string{"1", "2", "3"}) {
		t.Errorf("due of both: %v", got)
	}
	if got := due(Ask{Now: at(3)}, 2, sub.ID, other.ID); !slices.Equal(got, []string{"1", "2"}) {
		t.Errorf("due, at most two: %v", got)
	}
	if r := row(t, s, entry(2, "").URL); r.Listed != (document.Listed{Title: "News 2", Published: "2024-05-02", Publisher: "Harbour"}) || r.FoundBy != sub.Name {
		t.Errorf("what two lists say of a page: %+v", r)
	}
	put(t, s, pageAt(t, entry(1, "").URL, "", "The crane stands.", 4))
	if got := due(Ask{Now: at(5)}, 0, sub.ID); !slices.Equal(got, []string{"2"}) {
		t.Errorf("due after one page: %v", got)
	}
	if got := due(Ask{Now: at(5), Again: at(5)}, 0, sub.ID); !slices.Equal(got, []string{"1", "2"}) {
		t.Errorf("due again: %v", got)
	}
	if err := s.Checked(ctx, sub.ID, "Harbour News", "", "", at(5)); err != nil {
		t.Fatal(err)
	}
	subs, err := s.Subscriptions(ctx, sub.URL)
	if err != nil || len(subs) != 1 || subs[0].Waiting != 1 || subs[0].Done != 1 || subs[0].Title != "Harbour News" || !slices.Equal(subs[0].Include, sub.Include) {
		t.Errorf("%+v, %v", subs, err)
	}
	if _, err := s.Subscriptions(ctx, "nobody"); !IsNotFound(err) {
		t.Errorf("an unknown name: %v", err)
	}
	listings, err := s.Listings(ctx, other.ID)
	if err != nil || len(listings) != 2 || listings[0].Parent != other.URL || listings[0].Fetched != "" || listings[1].Fetched != at(2) {
		t.Errorf("listings: %+v, %v", listings, err)
	}
	// Other patterns: what only waited because of the old ones is dropped, and the list will be read anew.
	if sub, added, err = s.Subscribe(ctx, Subscription{URL: sub.URL, Kind: "feed"}); err != nil || added || sub.Name != "harbour.example" {
		t.Errorf("changed: %+v, %v, %v", sub, added, err)
	}
	if listings, err := s.Listings(ctx, sub.ID); err != nil || len(listings) != 0 {
		t.Errorf("the list would not be read anew: %+v, %v", listings, err)
	}
	if got := due(Ask{Now: at(5)}, 0, other.ID); !slices.Equal(got, []string{"2", "3"}) {
		t.Errorf("what another subscription lists must stay: %v", got)
	}
	// A sitemap that is no longer named is forgotten.
	if _, err = s.SaveListing(ctx, other, Listing{URL: other.URL}, nil, nil, at(6)); err != nil {
		t.Fatal(err)
	}
	if listings, err := s.Listings(ctx, other.ID); err != nil || len(listings) != 1 {
		t.Errorf("listings: %+v, %v", listings, err)
	}
	// The end of a subscription: what waits goes, unless somebody else asked for it; documents stay.
	if err := s.AddURLs(ctx, []string{"https://harbour.example/news/9"}, "command line", at(6)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.SaveListing(ctx, other, Listing{URL: other.URL}, []Found{entry(9, "")}, nil, at(6)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Unsubscribe(ctx, other.Name); err != nil {
		t.Fatal(err)
	}
	rows, err := s.FrontierOf(ctx, []string{entry(1, "").URL, entry(2, "").URL, entry(3, "").URL, entry(9, "").URL})
	if err != nil || len(rows) != 2 || rows[0].State != URLDone || rows[1].URL != entry(9, "").URL {
		t.Errorf("what is left: %+v, %v", rows, err)
	}
	if state, _ := state(t, s, entry(1, "").URL); state != "ok" {
		t.Error("the document went with the subscription")
	}
	checkSound(t, s)
}
