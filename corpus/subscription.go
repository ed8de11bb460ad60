package corpus

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"dateline/ingest/document"
)

// Subscription is a feed or sitemap that is followed.
type Subscription struct {
	ID      int64
	Name    string   // how people call it; unique
	URL     string   // normal form; unique
	Kind    string   // "feed" or "sitemap"
	Include []string // patterns of the URLs that are taken; none = all
	Exclude []string // patterns of those that are not
	Added   string   // time stamps are RFC 3339, or ""
	Title   string   // as the feed names itself, or ""
	Checked string   // when it was last read
	Reason  string   // why that failed, or ""
	Advice  string

	// Counts of the URLs that it lists, by state.
	Waiting, Done, Failed, Robots, Gone int
}

// Subscribe keeps a subscription. One of the same URL gets the new kind and patterns (added is
// false); then its lists are read anew, and URLs that wait because of the old patterns are dropped. An empty name
// becomes the host; a name that is taken gets a number.
func (s *Store) Subscribe(ctx context.Context, sub Subscription) (out Subscription, added bool, err error) {
	err = s.transaction(ctx, "could not keep the subscription", func(w *writer) error {
		var id int64
		var name string
		known, err := w.row("SELECT id, name FROM subscription WHERE url = ?", []any{sub.URL}, &id, &name)
		if err != nil {
			return err
		}
		if known {
			sub.ID = id
			if sub.Name == "" {
				sub.Name = name
			}
		}
		if sub.Name, err = w.freeName(sub); err != nil {
			return err
		}
		added = !known
		if !known {
			sub.ID, err = w.insert("INSERT INTO subscription(name, url, kind, include, exclude, added) VALUES (?, ?, ?, ?, ?, ?)",
				sub.Name, sub.URL, sub.Kind, toJSON(sub.Include), toJSON(sub.Exclude), sub.Added)
			return err
		}
		if err := w.dropListed(id, "AND frontier_id IN (SELECT id FROM frontier WHERE state = 'waiting')"); err != nil {
			return err
		}
		if _, err := w.exec("DELETE FROM listing WHERE subscription_id = ?", id); err != nil {
			return err
		}
		_, err = w.exec("UPDATE subscription SET name = ?, kind = ?, include = ?, exclude = ? WHERE id = ?", sub.Name, sub.Kind, toJSON(sub.Include), toJSON(sub.Exclude), id)
		return err
	})
	return sub, added, err
}

// freeName gives the name of a subscription: the given one, which must be free, or one made from the host.
func (w *writer) freeName(sub Subscription) (string, error) {
	taken := func(name string) (bool, error) {
		var id int64
		found, err := w.row("SELECT id FROM subscription WHERE name = ?", []any{name}, &id)
		return found && id != sub.ID, err
	}
	if sub.Name != "" {
		is, err := taken(sub.Name)
		if err == nil && is {
			err = badRequest(sub.Name, "is the name of another subscription", "give another --name; `dateline sources list` shows those in use")
		}
		return sub.Name, err
	}
	base := hostOf(sub.URL)
	name := base
	for i := 2; ; i++ {
		is, err := taken(name)
		if err != nil || !is {
			return name, err
		}
		name = fmt.Sprintf("%s-%d", base, i)
	}
}

// dropListed forgets what a subscription lists, as far as a condition says, and drops the URLs that
// were waiting because of it alone.
func (w *writer) dropListed(id int64, condition string) error {
	ids, err := w.ids("SELECT frontier_id FROM listed WHERE subscription_id = ? "+condition, id)
	if err != nil {
		return err
	}
	list := toJSON(ids)
	if _, err := w.exec("DELETE FROM listed WHERE subscription_id = ? AND frontier_id IN (SELECT value FROM json_each(?))", id, list); err != nil {
		return err
	}
	_, err = w.exec(`DELETE FROM frontier WHERE id IN (SELECT value FROM json_each(?)) AND state = 'waiting' AND found_by NOT IN ('command line', 'list')
		AND NOT EXISTS (SELECT 1 FROM listed l WHERE l.frontier_id = frontier.id)`, list)
	return err
}

// Unsubscribe ends a subscription, named as Subscriptions takes it. URLs that wait because of it alone go with it; documents stay.
func (s *Store) Unsubscribe(ctx context.Context, name string) (Subscription, error) {
	subs, err := s.Subscriptions(ctx, name)
	if err != nil {
		return Subscription{}, err
	}
	sub := subs[0]
	return sub, s.transaction(ctx, "could not end the subscription "+name, func(w *writer) error {
		if err := w.dropListed(sub.ID, ""); err != nil {
			return err
		}
		_, err := w.exec("DELETE FROM subscription WHERE id = ?", sub.ID)
		return err
	})
}

// Subscriptions lists those of the given names or URLs, in that order, or all by name. A name that there is not is an error of problem NotFound.
func (s *Store) Subscriptions(ctx context.Context, names ...string) ([]Subscription, error) {
	var all []Subscription
	err := s.reading(ctx, "could not list the subscriptions", func(tx *sql.Tx) error {
		return each(ctx, tx, `SELECT s.id, s.name, s.url, s.kind, s.include, s.exclude, s.added, s.title, s.checked, s.reason, s.advice,
			coalesce(n.waiting, 0), coalesce(n.done, 0), coalesce(n.failed, 0), coalesce(n.robots, 0), coalesce(n.gone, 0)
			FROM subscription s LEFT JOIN (SELECT l.subscription_id AS id, sum(f.state = 'waiting') AS waiting, sum(f.state = 'done') AS done, sum(f.state = 'failed') AS failed,
				sum(f.state = 'robots') AS robots, sum(f.state = 'gone') AS gone FROM listed l JOIN frontier f ON f.id = l.frontier_id GROUP BY l.subscription_id) n ON n.id = s.id
			ORDER BY s.name`, nil, func(rows *sql.Rows) error {
			var sub Subscription
			var include, exclude string
			err := rows.Scan(&sub.ID, &sub.Name, &sub.URL, &sub.Kind, &include, &exclude, &sub.Added, &sub.Title, &sub.Checked, &sub.Reason, &sub.Advice,
				&sub.Waiting, &sub.Done, &sub.Failed, &sub.Robots, &sub.Gone)
			sub.Include, sub.Exclude = stringsFrom(include), stringsFrom(exclude)
			all = append(all, sub)
			return err
		})
	})
	if err != nil || len(names) == 0 {
		return all, err
	}
	var out []Subscription
	for _, name := range names {
		i := slices.IndexFunc(all, func(sub Subscription) bool { return sub.Name == name })
		if i < 0 {
			i = slices.IndexFunc(all, func(sub Subscription) bool { return sub.URL == name })
		}
		if i < 0 {
			return nil, &Error{Path: name, Problem: NotFound, Detail: "there is no such subscription", Advice: "`dateline sources list` shows their names"}
		}
		if !slices.ContainsFunc(out, func(sub Subscription) bool { return sub.ID == all[i].ID }) {
			out = append(out, all[i])
		}
	}
	return out, nil
}

// Listing is one file of a subscription: its feed, its sitemap, or a sitemap that another one names.
type Listing struct {
	URL          string
	Parent       string // the sitemap that names it, or ""
	ETag         string // of the version whose entries are all in the frontier, or ""
	LastModified string
	Fetched      string // RFC 3339, or ""
}

// Found is a URL that a listing names, with what it says of it.
type Found struct {
	URL string // normal form
	document.Listed
}

// Listings gives the files of a subscription, by URL.
func (s *Store) Listings(ctx context.Context, subscription int64) ([]Listing, error) {
	var out []Listing
	err := s.reading(ctx, "could not read the lists of a subscription", func(tx *sql.Tx) error {
		return each(ctx, tx, "SELECT url, parent, etag, last_modified, fetched FROM listing WHERE subscription_id = ? ORDER BY url", []any{subscription}, func(rows *sql.Rows) error {
			var l Listing
			err := rows.Scan(&l.URL, &l.Parent, &l.ETag, &l.LastModified, &l.Fetched)
			out = append(out, l)
			return err
		})
	})
	return out, err
}

// SaveListing stores what a file of a subscription lists, in one transaction: its entries come
// into the frontier, the sitemaps that it names become listings, and its validators say that all this was
// done. fresh is the number of URLs that the frontier did not know.
func (s *Store) SaveListing(ctx context.Context, sub Subscription, l Listing, entries []Found, sitemaps []string, when string) (fresh int, err error) {
	err = s.transaction(ctx, "could not store what "+l.URL+" lists", func(w *writer) error {
		fresh = 0
		if _, err := w.exec(`INSERT INTO listing(subscription_id, url, parent, etag, last_modified, fetched) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
			ON CONFLICT DO UPDATE SET parent = ?3, etag = ?4, last_modified = ?5, fetched = ?6`, sub.ID, l.URL, l.Parent, l.ETag, l.LastModified, when); err != nil {
			return err
		}
		if _, err := w.exec("DELETE FROM listing WHERE subscription_id = ? AND parent = ? AND url NOT IN (SELECT value FROM json_each(?))", sub.ID, l.URL, toJSON(sitemaps)); err != nil {
			return err
		}
		for _, sitemap := range sitemaps {
			if _, err := w.exec("INSERT INTO listing(subscription_id, url, parent) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", sub.ID, sitemap, l.URL); err != nil {
				return err
			}
		}
		for _, e := range entries {
			if err := ctx.Err(); err != nil {
				return err
			}
			id, isNew, err := w.addURL(e.URL, sub.Name, when)
			if err != nil {
				return err
			}
			if isNew {
				fresh++
			}
			if _, err := w.exec(`INSERT INTO listed(frontier_id, subscription_id, title, published, publisher) VALUES (?1, ?2, ?3, ?4, ?5)
				ON CONFLICT DO UPDATE SET title = ?3, published = ?4, publisher = ?5 WHERE title <> ?3 OR published <> ?4 OR publisher <> ?5`, id, sub.ID, e.Title, e.Published, e.Publisher); err != nil {
				return err
			}
		}
		return nil
	})
	return fresh, err
}

// ListingUnchanged notes that a file of a subscription is as it was.
func (s *Store) ListingUnchanged(ctx context.Context, subscription int64, rawURL, when string) error {
	return s.transaction(ctx, "could not record that "+rawURL+" is unchanged", func(w *writer) error {
		_, err := w.exec("UPDATE listing SET fetched = ? WHERE subscription_id = ? AND url = ?", when, subscription, rawURL)
		return err
	})
}

// Checked notes when a subscription was read, under which title, and why that failed ("" when it did not). An empty title leaves the one that is known.
func (s *Store) Checked(ctx context.Context, subscription int64, title, reason, advice, when string) error {
	return s.transaction(ctx, "could not record the state of a subscription", func(w *writer) error {
		_, err := w.exec("UPDATE subscription SET title = coalesce(nullif(?, ''), title), reason = ?, advice = ?, checked = ? WHERE id = ?", title, reason, advice, when, subscription)
		return err
	})
}
