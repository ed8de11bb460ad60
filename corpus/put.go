package corpus

import (
	"context"
	"fmt"
	"path"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"dateline/extract"
)

// Put stores documents with their facts, all in one transaction. Outcomes stand at the
// index of their items; an item that breaks the store's contract is Rejected and does not
// keep the others out. An error means that nothing was stored.
func (s *Store) Put(ctx context.Context, items []Item, o PutOptions) ([]Outcome, error) {
	prepared := prepareAll(items)
	outcomes := make([]Outcome, len(items))
	err := s.transaction(ctx, "could not store documents", func(w *writer) error {
		b := newBatch(w, o)
		for i, p := range prepared {
			if err := ctx.Err(); err != nil {
				return err
			}
			if p.err != nil {
				outcomes[i] = Outcome{State: Rejected, Err: p.err}
				if f := p.item.Fetched; f != nil {
					failure := FetchFailure{URL: p.item.Doc.Source, Class: "content", Reason: "the store refused it: " + p.err.Error(), Advice: "please report this", Status: f.Status, When: f.When}
					if err := w.fetchFailed(failure); err != nil {
						return err
					}
				}
				continue
			}
			if b.sources[p.item.Doc.Source] { // a second version within the batch sees the first one complete
				if err := b.finish(); err != nil {
					return err
				}
			}
			out, err := b.putFetched(p)
			if err != nil {
				return err
			}
			outcomes[i] = out
		}
		return b.finish()
	})
	if err != nil {
		return nil, err
	}
	return outcomes, nil
}

// ReplaceFacts stores what a new reading of a current document's raw bytes gave, in one
// transaction: the facts anew, and a new version only when the cleaned text differs. A
// source that is not there, or no longer, is an error of problem NotFound.
func (s *Store) ReplaceFacts(ctx context.Context, item Item, o PutOptions) (Outcome, error) {
	var n int
	err := s.db.QueryRowContext(ctx, "SELECT count(*) FROM document d JOIN source src ON src.id = d.source_id WHERE src.source = ? AND d.is_current = 1", item.Doc.Source).Scan(&n)
	if err == nil && n == 0 {
		err = &Error{Path: item.Doc.Source, Problem: NotFound, Detail: "is no current document", Advice: "ingest it first"}
	}
	if err != nil {
		return Outcome{}, s.fail("could not be read", err)
	}
	o.reread = true
	out, err := s.Put(ctx, []Item{item}, o)
	if err != nil {
		return Outcome{}, err
	}
	return out[0], out[0].Err
}

// prepared is an item with everything that can be computed without the database.
type prepared struct {
	item      *Item
	err       error
	read      read
	normals   []string // own normal forms
	ruled     ruled    // what people decided about it; read and normals are of the edited values then
	places    [][]place
	rawHash   string
	encoding  string
	packed    []byte
	textHash  string
	factsHash string // of metadata and facts: same text and same hash is the same document
	zones     string
	readAs    string
	prose     string // hash of the article's words, of what was fetched
}

// prepareAll prepares items on all cores, before the write lock is taken.
func prepareAll(items []Item) []*prepared {
	out := make([]*prepared, len(items))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(items)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(items); i = int(next.Add(1)) - 1 {
				out[i] = prepare(&items[i])
			}
		})
	}
	wg.Wait()
	return out
}

func prepare(item *Item) *prepared {
	p := &prepared{item: item}
	d := &item.Doc
	reject := func(detail string, args ...any) *prepared {
		p.err = &Error{Path: d.Source, Problem: BadFact, Detail: fmt.Sprintf(detail, args...), Advice: "the document was not stored"}
		return p
	}
	switch {
	case d.Source == "":
		return reject("the document has no source")
	case !utf8.ValidString(d.Text) || strings.ContainsRune(d.Text, 0):
		return reject("its cleaned text is not valid UTF-8 or holds a NUL")
	case !utf8.ValidString(d.Source) || strings.ContainsRune(d.Source, 0):
		return reject("its source is not valid UTF-8 or holds a NUL")
	}
	points := newCodePoints(d.Text)
	p.places = make([][]place, len(item.Facts))
	p.zones, p.readAs = packZones(points, d.Zones), toJSON(item.ReadAs)
	h := newFactsHash(d, item.Note, p.zones, p.readAs)
	for i, f := range item.Facts {
		s, ok := slotsOf(f)
		if !ok {
			return reject("a %s fact of rule %q has no value", f.Kind, f.Rule)
		}
		if p.places[i], p.err = places(d.Source, points, f); p.err != nil {
			return p
		}
		h.add(f.Kind, f.Rule, f.Confidence, toJSON(s), p.places[i])
	}
	p.factsHash = h.sum()
	p.textHash = HashBytes([]byte(d.Text))
	p.rawHash = HashBytes(item.Raw)
	p.encoding, p.packed = pack(item.Raw)
	if item.Fetched != nil {
		p.prose = proseHash(d)
	}
	p.interpret(item.Facts)
	return p
}

// interpret finds the names that facts refer to, and the facts' own normal forms.
func (p *prepared) interpret(facts []extract.Fact) {
	p.read = readFacts(p.item.Doc.Source, facts)
	p.normals = make([]string, len(facts))
	for i, f := range facts {
		p.normals[i] = p.read.ownNormal(i, f.Kind)
	}
}

// Stem is the name by which gold files and humans call a source: its last part without
// query and extension.
func Stem(source string) string {
	source, _, _ = strings.Cut(source, "#")
	if strings.Contains(source, "://") {
		source, _, _ = strings.Cut(source, "?")
	}
	base := path.Base(strings.ReplaceAll(source, "\\", "/"))
	if ext := path.Ext(base); ext != "" && ext != base {
		base = strings.TrimSuffix(base, ext)
	}
	return base
}

// put stores one prepared document; its facts wait for finish, when its names are linked.
func (b *batch) put(p *prepared) (Outcome, error) {
	w, d := b.w, &p.item.Doc
	b.sources[d.Source] = true
	var sourceID, docID int64
	var state, reason, textHash, factsHash string
	var version int
	known, err := w.row("SELECT id, state, reason || advice FROM source WHERE source = ?", []any{d.Source}, &sourceID, &state, &reason)
	if err != nil {
		return Outcome{}, err
	}
	if known && state == "removed" && !b.options.Revive {
		return Outcome{State: Skipped}, nil
	}
	current, latest := false, false
	if known {
		latest, err = w.row("SELECT id, version, is_current, text_hash, facts_hash FROM document WHERE source_id = ? ORDER BY version DESC LIMIT 1",
			[]any{sourceID}, &docID, &version, &current, &textHash, &factsHash)
		if err != nil {
			return Outcome{}, err
		}
	}
	same := latest && textHash == p.textHash
	if same && current && factsHash == p.factsHash && state == "ok" {
		if reason != "" && !b.options.reread { // it could not be read the last time; now it can
			if _, err := w.exec("UPDATE source SET reason = '', advice = '', changed = ? WHERE id = ?", b.options.When, sourceID); err != nil {
				return Outcome{}, err
			}
		}
		return Outcome{State: Unchanged, Document: docID, Version: version, Facts: len(p.item.Facts)}, nil
	}
	if current {
		if err := b.retire(docID); err != nil {
			return Outcome{}, err
		}
	}
	if !known {
		sourceID, err = w.insert("INSERT INTO source(source, stem, state, changed) VALUES (?, ?, 'ok', ?)", d.Source, Stem(d.Source), b.options.When)
	} else {
		_, err = w.exec(`UPDATE source SET state = 'ok', reason = CASE WHEN ?1 THEN reason ELSE '' END, advice = CASE WHEN ?1 THEN advice ELSE '' END, changed = ?2
			WHERE id = ?3`, b.options.reread, b.options.When, sourceID)
	}
	if err != nil {
		return Outcome{}, err
	}
	if _, err = w.exec("INSERT OR IGNORE INTO raw(hash, size, encoding, bytes) VALUES (?, ?, ?, ?)", p.rawHash, len(p.item.Raw), p.encoding, p.packed); err != nil {
		return Outcome{}, err
	}
	out := Outcome{State: New, Facts: len(p.item.Facts)}
	switch {
	case same && current:
		out.State = Updated
	case latest && !same:
		out.State = NewVersion
	}
	if same {
		out.Document, out.Version = docID, version
		_, err = w.exec(`UPDATE document SET is_current = 1, raw_hash = ?, title = ?, language = ?, published = ?, published_from = ?, published_conflicts = ?,
			zones = ?, warnings = ?, note = ?, read_as = ?, facts_hash = ?, publisher = ?, publisher_from = ?, canonical = ? WHERE id = ?`,
			p.rawHash, d.Title, d.Language, d.Published.Value, d.Published.From, toJSON(d.Published.Conflicts), p.zones, toJSON(d.Warnings), p.item.Note, p.readAs, p.factsHash, d.Publisher.Name, d.Publisher.From, d.Canonical, docID)
	} else {
		out.Version = version + 1
		out.Document, err = w.insert(`INSERT INTO document(source_id, version, is_current, raw_hash, title, language, published, published_from, published_conflicts,
			text, text_hash, zones, warnings, note, read_as, facts_hash, added, publisher, publisher_from, canonical) VALUES (?,?,1,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
			sourceID, out.Version, p.rawHash, d.Title, d.Language, d.Published.Value, d.Published.From, toJSON(d.Published.Conflicts),
			d.Text, p.textHash, p.zones, toJSON(d.Warnings), p.item.Note, p.readAs, p.factsHash, b.options.When, d.Publisher.Name, d.Publisher.From, d.Canonical)
	}
	if err != nil {
		return Outcome{}, err
	}
	if _, err := w.exec("INSERT INTO document_text(rowid, title, text) VALUES (?, ?, ?)", out.Document, d.Title, d.Text); err != nil {
		return Outcome{}, err
	}
	if err := b.rule(p); err != nil {
		return Outcome{}, err
	}
	return out, b.claim(p, out.Document)
}

// Refuse records that a source could not be read, why, and what to do about it. A source
// that has a current document keeps it: the row then tells of the last, failed attempt.
func (s *Store) Refuse(ctx context.Context, source, reason, advice, when string) error {
	return s.transaction(ctx, "could not record the refusal of "+source, func(w *writer) error {
		return w.refuse(source, reason, advice, when)
	})
}

func (w *writer) refuse(source, reason, advice, when string) error {
	_, err := w.exec(`INSERT INTO source(source, stem, state, reason, advice, changed) VALUES (?1, ?2, 'refused', ?3, ?4, ?5)
		ON CONFLICT(source) DO UPDATE SET reason = ?3, advice = ?4, changed = ?5 WHERE state <> 'removed' AND (reason <> ?3 OR advice <> ?4)`,
		strings.ToValidUTF8(source, "\uFFFD"), Stem(source), reason, advice, when)
	return err
}

// Remove takes a source's document out of every view and query. A tombstone keeps the source
// from being ingested again (PutOptions.Revive undoes that); versions and raw bytes stay.
func (s *Store) Remove(ctx context.Context, source, reason, when string) error {
	return s.transaction(ctx, "could not remove "+source, func(w *writer) error {
		var id int64
		var state string
		known, err := w.row("SELECT id, state FROM source WHERE source = ?", []any{source}, &id, &state)
		if err != nil {
			return err
		}
		if !known {
			return &Error{Path: source, Problem: NotFound, Detail: "is not in the database", Advice: "`dateline documents` lists the sources"}
		}
		if state == "removed" {
			return nil
		}
		b := newBatch(w, PutOptions{When: when})
		docs, err := w.ids("SELECT id FROM document WHERE source_id = ? AND is_current = 1", id)
		if err != nil {
			return err
		}
		for _, doc := range docs {
			if err := b.retire(doc); err != nil {
				return err
			}
		}
		if _, err := w.exec("UPDATE source SET state = 'removed', reason = ?, advice = '', changed = ? WHERE id = ?", reason, when, id); err != nil {
			return err
		}
		return b.finish()
	})
}
