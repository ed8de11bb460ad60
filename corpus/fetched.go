package corpus

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"dateline/ingest/document"
)

// Fetched is what a fetch gave besides the bytes.
type Fetched struct {
	Final        string // where redirects led; the URL itself when there were none
	Status       int    // of HTTP
	ETag         string // for the next conditional request, or ""
	LastModified string
	Address      string // the address by which copies of the page are told: its canonical address when that is on the site of Final, else Final
	When         string // RFC 3339
}

// FetchFailure is a fetch that gave no document.
type FetchFailure struct {
	URL        string // normal form
	Class      string // of fetch.Error, or "content" when the page came and could not be read
	Reason     string
	Advice     string
	Status     int           // of HTTP, or 0
	Final      string        // where redirects led, or ""
	Temporary  bool          // another try may help
	RetryAfter time.Duration // how long the server asks to wait, or 0
	When       string        // RFC 3339
}

// state is the state of the frontier that the failure leads to.
func (f FetchFailure) state() FetchState {
	switch {
	case f.Class == "robots":
		return URLRobots
	case f.Status == 404 || f.Status == 410:
		return URLGone
	}
	return URLFailed
}

// proseHash is a hash of the words of the article alone. Menus, teasers and photo credits, which differ between the addresses of one
// page, are left out, and so is white space.
func proseHash(d *document.Document) string {
	h := sha256.New()
	words := func(text string) {
		for word := range strings.FieldsSeq(text) {
			h.Write([]byte(word))
			h.Write([]byte{' '})
		}
	}
	at := 0
	for _, zone := range d.Zones {
		if zone.Kind.Silent() && zone.Start >= at && zone.End <= len(d.Text) {
			words(d.Text[at:zone.Start])
			at = zone.End
		}
	}
	words(d.Text[at:])
	return hex.EncodeToString(h.Sum(nil))
}

// putFetched is put for documents from anywhere; of those from the web it keeps the frontier, too.
func (b *batch) putFetched(p *prepared) (Outcome, error) {
	f := p.item.Fetched
	if f == nil {
		return b.put(p)
	}
	first, err := b.copyOf(p)
	if err != nil {
		return Outcome{}, err
	}
	out := Outcome{State: Copy, CopyOf: first}
	if first == "" {
		if out, err = b.put(p); err != nil {
			return Outcome{}, err
		}
	}
	if err := b.w.fetchDone(p.item.Doc.Source, f); err != nil {
		return Outcome{}, err
	}
	_, err = b.w.exec(`UPDATE frontier SET changed = CASE WHEN raw_hash = ?2 THEN changed ELSE ?3 END, raw_hash = ?2, etag = ?4, last_modified = ?5, final = ?6, address = ?7, prose = ?8, same_as = ?9
		WHERE url = ?1`, p.item.Doc.Source, p.rawHash, f.When, f.ETag, f.LastModified, f.Final, f.Address, p.prose, first)
	return out, err
}

// copyOf gives the URL of another document with the same address and the same article, or "". A document that
// has been stored stays one.
//
// The address alone does not do: there are sites on which every page names the first page as its canonical one.
func (b *batch) copyOf(p *prepared) (first string, err error) {
	f := p.item.Fetched
	if f.Address == "" {
		return "", nil
	}
	var n int
	stored, err := b.w.row("SELECT 1 FROM source src WHERE src.source = ? AND (src.state = 'removed' OR EXISTS (SELECT 1 FROM document d WHERE d.source_id = src.id AND d.is_current = 1))",
		[]any{p.item.Doc.Source}, &n)
	if err != nil || stored {
		return "", err
	}
	_, err = b.w.row(`SELECT f.url FROM frontier f JOIN source src ON src.source = f.url JOIN document d ON d.source_id = src.id AND d.is_current = 1
		WHERE f.address = ? AND f.prose = ? AND f.url <> ? AND f.same_as = '' ORDER BY f.id LIMIT 1`, []any{f.Address, p.prose, p.item.Doc.Source}, &first)
	return first, err
}

// fetchDone notes that a URL gave an answer that could be read.
func (w *writer) fetchDone(rawURL string, f *Fetched) error {
	if _, _, err := w.addURL(rawURL, "command line", f.When); err != nil {
		return err
	}
	if _, err := w.exec(`UPDATE frontier SET state = 'done', class = '', reason = '', advice = '', tries = 0, temporary = 0, next_try = '', pause = 0,
		tried = ?2, fetched = ?2, status = ?3 WHERE url = ?1`, rawURL, f.When, f.Status); err != nil {
		return err
	}
	// An earlier attempt that failed has left its reason with the document that stayed.
	_, err := w.exec("UPDATE source SET reason = '', advice = '' WHERE source = ? AND state = 'ok' AND (reason <> '' OR advice <> '')", rawURL)
	return err
}

// Unchanged notes that a URL gave what it gave before. Validators and the final address are
// kept where f has none.
func (s *Store) Unchanged(ctx context.Context, rawURL string, f Fetched) error {
	return s.transaction(ctx, "could not record that "+rawURL+" is unchanged", func(w *writer) error {
		if err := w.fetchDone(rawURL, &f); err != nil {
			return err
		}
		_, err := w.exec(`UPDATE frontier SET etag = coalesce(nullif(?2, ''), etag), last_modified = coalesce(nullif(?3, ''), last_modified), final = coalesce(nullif(?4, ''), final)
			WHERE url = ?1`, rawURL, f.ETag, f.LastModified, f.Final)
		return err
	})
}

// FetchFailed records fetches that failed, all in one transaction: in the frontier, and as refusals of their sources.
func (s *Store) FetchFailed(ctx context.Context, failures []FetchFailure) error {
	return s.transaction(ctx, "could not record what was not fetched", func(w *writer) error {
		for _, f := range failures {
			if err := w.fetchFailed(f); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *writer) fetchFailed(f FetchFailure) error {
	id, _, err := w.addURL(f.URL, "command line", f.When)
	if err != nil {
		return err
	}
	var tries int
	if _, err := w.row("SELECT tries FROM frontier WHERE id = ?", []any{id}, &tries); err != nil {
		return err
	}
	tries++
	next := ""
	if wait := max(patience(tries), f.RetryAfter); f.Temporary && wait > 0 {
		if when, err := time.Parse(time.RFC3339, f.When); err == nil {
			next = when.Add(wait).UTC().Format(time.RFC3339)
		}
	}
	// The last good answer stays: its validators and hash tell whether the page has changed when it is back.
	_, err = w.exec(`UPDATE frontier SET state = ?2, class = ?3, reason = ?4, advice = ?5, tries = ?6, temporary = ?7, next_try = ?8, pause = ?9, tried = ?10, status = ?11,
		final = coalesce(nullif(?12, ''), final) WHERE id = ?1`,
		id, f.state(), f.Class, f.Reason, f.Advice, tries, f.Temporary, next, f.RetryAfter > 0, f.When, f.Status, f.Final)
	if err != nil {
		return err
	}
	return w.refuse(f.URL, f.Reason, f.Advice, f.When)
}
