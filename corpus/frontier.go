package corpus

import (
	"context"
	"database/sql"
	"encoding/json"
	"net/url"
	"time"

	"dateline/ingest/document"
)

// FetchState is what became of a URL of the frontier.
type FetchState string

// The states of a URL.
const (
	URLWaiting FetchState = "waiting" // not asked for yet
	URLDone    FetchState = "done"    // its page was read; its document, or that of the page that it is a copy of, is stored
	URLFailed  FetchState = "failed"  // see Class, Reason and Temporary
	URLRobots  FetchState = "robots"  // robots.txt forbids it, or could not be had
	URLGone    FetchState = "gone"    // the server says that there is no such page
)

// FrontierRow is one URL to fetch, and what came of it. Time stamps are RFC 3339, or "".
type FrontierRow struct {
	ID      int64
	URL     string // normal form; the source of its document
	Host    string // without the port
	State   FetchState
	FoundBy string // what named it first: "command line", "list", or the name of a subscription
	Added   string
	Listed  document.Listed // what the subscriptions that list it say of it

	Class     string // of the last attempt, when it failed
	Reason    string
	Advice    string
	Tries     int  // attempts that failed, one after another
	Temporary bool // another try may help
	NextTry   string
	Pause     bool // NextTry is what the server asked for
	Tried     string

	Fetched      string // when the last answer came
	Changed      string // when its bytes last were other bytes
	Status       int
	Final        string
	ETag         string
	LastModified string
	RawHash      string
	CopyOf       string // URL of the document that it is a copy of, or ""

	Removed bool // its document was taken out (Store.Remove)
}

// Ask says which URLs of the frontier are to be fetched now.
type Ask struct {
	Now     string // RFC 3339
	Again   string // also what was read, or failed for good, when that was at this time or before; "" = leave it
	Patient bool   // wait for the next try of what failed, as runs do that nobody watches; otherwise only a pause that the server asked for counts
	Revive  bool   // also what was removed
	Private bool   // also what failed because its address was private, which is allowed now
}

// Due reports whether the URL is to be fetched.
func (r FrontierRow) Due(a Ask) bool {
	switch {
	case r.Removed:
		return a.Revive
	case r.State == URLWaiting:
		return true
	case r.NextTry > a.Now && r.Pause:
		return false
	case a.Again != "" && r.Tried <= a.Again, a.Private && r.State == URLFailed && r.Class == "blocked":
		return true
	case r.Temporary:
		return !a.Patient || r.NextTry <= a.Now
	}
	return false
}

// patience is how long a run that nobody watches waits after a number of failures: not at all after the first,
// then from a quarter of an hour up to a week.
func patience(tries int) time.Duration {
	const first, most = 15 * time.Minute, 7 * 24 * time.Hour
	wait := time.Duration(0)
	for i := 1; i < tries && wait < most; i++ {
		wait = max(first, 2*wait)
	}
	return min(wait, most)
}

// AddURLs puts URLs into the frontier, all in one transaction. They are in the normal form; those that it
// knows already stay as they are.
func (s *Store) AddURLs(ctx context.Context, urls []string, foundBy, when string) error {
	return s.transaction(ctx, "could not add URLs to the frontier", func(w *writer) error {
		for _, u := range urls {
			if err := ctx.Err(); err != nil {
				return err
			}
			if _, _, err := w.addURL(u, foundBy, when); err != nil {
				return err
			}
		}
		return nil
	})
}

// addURL gives the row of a URL; fresh says that it was made now.
func (w *writer) addURL(rawURL, foundBy, when string) (id int64, fresh bool, err error) {
	known, err := w.row("SELECT id FROM frontier WHERE url = ?", []any{rawURL}, &id)
	if err != nil || known {
		return id, false, err
	}
	id, err = w.insert("INSERT INTO frontier(url, host, state, found_by, added) VALUES (?, ?, 'waiting', ?, ?)", rawURL, hostOf(rawURL), foundBy, when)
	return id, true, err
}

// hostOf is the host of a URL, without its port: what one machine is asked for waits for each other.
func hostOf(rawURL string) string {
	u, err := url.Parse(rawURL)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

const frontierColumns = `SELECT f.id, f.url, f.host, f.state, f.found_by, f.added, f.class, f.reason, f.advice, f.tries, f.temporary, f.next_try, f.pause, f.tried,
	f.fetched, f.changed, f.status, f.final, f.etag, f.last_modified, f.raw_hash, f.same_as, coalesce(src.state = 'removed', 0),
	coalesce((SELECT title FROM listed l WHERE l.frontier_id = f.id AND title <> '' ORDER BY l.subscription_id LIMIT 1), ''),
	coalesce((SELECT published FROM listed l WHERE l.frontier_id = f.id AND published <> '' ORDER BY l.subscription_id LIMIT 1), ''),
	coalesce((SELECT publisher FROM listed l WHERE l.frontier_id = f.id AND publisher <> '' ORDER BY l.subscription_id LIMIT 1), '')
	FROM frontier f LEFT JOIN source src ON src.source = f.url`

func scanFrontier(rows *sql.Rows) (r FrontierRow, err error) {
	err = rows.Scan(&r.ID, &r.URL, &r.Host, &r.State, &r.FoundBy, &r.Added, &r.Class, &r.Reason, &r.Advice, &r.Tries, &r.Temporary, &r.NextTry, &r.Pause, &r.Tried,
		&r.Fetched, &r.Changed, &r.Status, &r.Final, &r.ETag, &r.LastModified, &r.RawHash, &r.CopyOf, &r.Removed,
		&r.Listed.Title, &r.Listed.Published, &r.Listed.Publisher)
	return r, err
}

// urlsAtOnce bounds how many URLs go into one query.
const urlsAtOnce = 1000

// FrontierOf gives the rows of URLs, in the order of their first adding. URLs that the frontier does not know are left out.
func (s *Store) FrontierOf(ctx context.Context, urls []string) ([]FrontierRow, error) {
	var out []FrontierRow
	err := s.reading(ctx, "could not read the frontier", func(tx *sql.Tx) error {
		for len(urls) > 0 {
			n := min(len(urls), urlsAtOnce)
			list, err := json.Marshal(urls[:n])
			if err != nil {
				return err
			}
			urls = urls[n:]
			err = each(ctx, tx, frontierColumns+" WHERE f.url IN (SELECT value FROM json_each(?)) ORDER BY f.id", []any{string(list)}, func(rows *sql.Rows) error {
				r, err := scanFrontier(rows)
				out = append(out, r)
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// FrontierListed gives the URLs that subscriptions list and that are due, in the order of their first adding; at most limit, 0 = all.
func (s *Store) FrontierListed(ctx context.Context, subscriptions []int64, ask Ask, limit int) ([]FrontierRow, error) {
	list, err := json.Marshal(subscriptions)
	if err != nil {
		return nil, err
	}
	query := frontierColumns + " WHERE f.id IN (SELECT frontier_id FROM listed WHERE subscription_id IN (SELECT value FROM json_each(?)))"
	if ask.Again == "" {
		query += " AND (f.state = 'waiting' OR f.temporary)" // most of a long list is done, and need not leave the database
	}
	var out []FrontierRow
	err = s.reading(ctx, "could not read the frontier", func(tx *sql.Tx) error {
		return each(ctx, tx, query+" ORDER BY f.id", []any{string(list)}, func(rows *sql.Rows) error {
			if limit > 0 && len(out) == limit {
				return nil
			}
			r, err := scanFrontier(rows)
			if err == nil && r.Due(ask) {
				out = append(out, r)
			}
			return err
		})
	})
	return out, err
}

// Paused gives the hosts that asked for a pause which is not over at now (RFC 3339), and its end.
func (s *Store) Paused(ctx context.Context, now string) (map[string]string, error) {
	hosts := map[string]string{}
	err := s.reading(ctx, "could not read the frontier", func(tx *sql.Tx) error {
		return each(ctx, tx, "SELECT host, max(next_try) FROM frontier WHERE pause AND next_try > ? GROUP BY host", []any{now}, func(rows *sql.Rows) error {
			var host, until string
			err := rows.Scan(&host, &until)
			hosts[host] = until
			return err
		})
	})
	return hosts, err
}
