package corpus

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"

	"dateline/extract"
)

// Check names what Verify proves.
type Check string

// The checks.
const (
	CheckStructure Check = "structure" // SQLite's own check of the file, and references between rows
	CheckIndex     Check = "index"     // the full-text index holds the words of the current documents
	CheckSource    Check = "source"    // states and versions of sources
	CheckRaw       Check = "raw"       // raw bytes have the hash that they are kept under
	CheckText      Check = "text"      // so has the cleaned text
	CheckCitation  Check = "citation"  // the text at the place of a citation is its quote
	CheckContent   Check = "content"   // metadata and facts have the hash of what was extracted
	CheckNames     Check = "names"     // people and institutions follow from what documents say
	CheckFact      Check = "fact"      // so do the de-duplicated facts, with their counts and dates
	CheckDecision  Check = "decision"  // states and edited values follow from the decisions
	CheckRead      Check = "read"      // the rules of this program read the same from the raw bytes (Compare)
)

// Fault is something that could not be proved.
type Fault struct {
	Check    Check
	Source   string // path or URL of the document, or ""
	Document int64  // 0: no particular one
	Fact     string // id of the fact, or ""
	Detail   string // what was wrong
	Advice   string // what to do
}

// maxFaults is how many faults a Verification lists. A file that was overwritten has
// millions, and nobody reads them.
const maxFaults = 1000

// Verification is what Verify proved, and what not.
type Verification struct {
	Documents  int // current ones
	Versions   int // of documents, older ones too
	RawBytes   int64
	Statements int
	Citations  int
	Facts      int
	Faults     []Fault
	More       int // faults beyond those listed
}

func (v *Verification) fault(f Fault) {
	if len(v.Faults) >= maxFaults {
		v.More++
		return
	}
	v.Faults = append(v.Faults, f)
}

// VerifyOptions changes what Verify does. Zero values prove everything.
type VerifyOptions struct {
	Names    []string  // documents (as in Document) or facts (as in Fact); none: the whole database
	Workers  int       // 0: one a processor
	Progress func(int) // is told of document versions that are done; on the calling goroutine
}

// The advice of faults. Whatever follows from raw bytes, texts and decisions can be made again.
const (
	adviceRestore = "restore the database from a backup, or ingest the sources into a new one"
	adviceRebuild = "restore the database from a backup; or ingest the sources into a new one and compare"
)

// Verify proves what is stored: that raw bytes and texts have their hashes, that each quote
// is the text at its place, that rows are what was extracted and decided, and that people,
// institutions, facts, counts and the full-text index follow from them. It writes nothing,
// works on one snapshot, and takes time and memory in proportion to what is stored.
//
// What nothing else in the database tells can't be proved: time stamps, reasons and advice of
// refusals, the metadata of versions that are no longer current, and who decided what, when
// and why.
func (s *Store) Verify(ctx context.Context, o VerifyOptions) (Verification, error) {
	v := &verifier{ctx: ctx, options: o, facts: map[int64]*factCount{}}
	// Statements that could be cancelled cost several times as much; the loops look at ctx.
	err := s.reading(context.WithoutCancel(ctx), "could not be verified", func(tx *sql.Tx) error {
		v.tx = tx
		if len(o.Names) > 0 {
			return v.some()
		}
		return v.all()
	})
	if err == nil && len(o.Names) == 0 {
		err = s.verifyIndex(ctx, v)
	}
	slices.SortStableFunc(v.out.Faults, func(a, b Fault) int { return strings.Compare(a.Source, b.Source) })
	return v.out, err
}

// verifier is one run of Verify.
type verifier struct {
	ctx     context.Context
	tx      *sql.Tx
	options VerifyOptions
	out     Verification

	names      *names
	badRaw     map[string]string    // hash of damaged raw bytes → what is wrong
	decided    bool                 // there are decisions
	incomplete bool                 // the names of some document are not known, because of faults
	facts      map[int64]*factCount // what the statements make of each fact
}

// each is the package's each with this run's snapshot.
func (v *verifier) each(query string, args []any, scan func(*sql.Rows) error) error {
	return each(context.WithoutCancel(v.ctx), v.tx, query, args, func(rows *sql.Rows) error {
		if err := v.ctx.Err(); err != nil {
			return err
		}
		return scan(rows)
	})
}

func (v *verifier) progress(n int) {
	if v.options.Progress != nil {
		v.options.Progress(n)
	}
}

// all proves the whole database.
func (v *verifier) all() error {
	for _, step := range []func() error{v.schema, v.structure, v.sources, v.raw, v.decisions, v.readNames} {
		if err := step(); err != nil {
			return err
		}
	}
	var ids []int64
	err := v.each("SELECT d.id FROM document d LEFT JOIN source src ON src.id = d.source_id ORDER BY src.source, d.version", nil, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	})
	if err != nil {
		return err
	}
	if err := v.documents(ids); err != nil {
		return err
	}
	if err := v.countedFacts(nil); err != nil {
		return err
	}
	return v.linked()
}

// some proves the documents and facts that are named.
func (v *verifier) some() error {
	if err := v.readNames(); err != nil {
		return err
	}
	for _, name := range v.options.Names {
		d, err := findDocument(v.ctx, v.tx, name)
		if err == nil {
			if d.ID == 0 {
				return &Error{Path: name, Problem: NotFound, Detail: "has no text to verify: it was " + d.State, Advice: "`dateline documents` says why"}
			}
			if err := v.oneDocument(d.ID); err != nil {
				return err
			}
			continue
		}
		if !IsNotFound(err) {
			return err
		}
		if err := v.oneFact(name); err != nil {
			return err
		}
	}
	return nil
}

// oneDocument proves a document; of its facts, that it is stored with the right one.
func (v *verifier) oneDocument(id int64) error {
	var hash string
	if err := v.tx.QueryRow("SELECT raw_hash FROM document WHERE id = ?", id).Scan(&hash); err != nil {
		return err
	}
	if err := v.rawOf(hash); err != nil {
		return err
	}
	v.facts = map[int64]*factCount{}
	return v.documents([]int64{id})
}

// oneFact proves a fact: its row, and every document that states it.
func (v *verifier) oneFact(name string) error {
	row, err := findFact(v.ctx, v.tx, name)
	if IsNotFound(err) {
		return &Error{Path: name, Problem: NotFound, Detail: "there is no such document or fact", Advice: "`dateline documents` and `dateline facts` list them"}
	} else if err != nil {
		return err
	}
	var id string
	if err := v.tx.QueryRow("SELECT hash FROM fact WHERE id = ?", row).Scan(&id); err != nil {
		return err
	}
	var docs []int64
	err = v.each("SELECT DISTINCT document_id FROM statement WHERE fact_id = ? ORDER BY 1", []any{row}, func(rows *sql.Rows) error {
		var doc int64
		err := rows.Scan(&doc)
		docs = append(docs, doc)
		return err
	})
	if err != nil {
		return err
	}
	before := v.out.Faults
	v.out.Faults = nil
	for _, doc := range docs {
		var hash string
		if err := v.tx.QueryRow("SELECT raw_hash FROM document WHERE id = ?", doc).Scan(&hash); err != nil {
			return err
		}
		if err := v.rawOf(hash); err != nil {
			return err
		}
	}
	v.facts = map[int64]*factCount{}
	if err := v.documents(docs); err != nil {
		return err
	}
	if err := v.countedFacts([]int64{row}); err != nil {
		return err
	}
	// Faults of other facts of these documents are not asked for.
	v.out.Faults = append(before, slices.DeleteFunc(v.out.Faults, func(f Fault) bool { return f.Fact != "" && f.Fact != id })...)
	v.out.Facts++
	return nil
}

// documents proves versions of documents, one after another from the database and several at
// once on the processors.
func (v *verifier) documents(ids []int64) error {
	if err := v.tx.QueryRow("SELECT EXISTS (SELECT 1 FROM decision)").Scan(&v.decided); err != nil {
		return err
	}
	load, err := newLoader(v)
	if err != nil {
		return err
	}
	defer load.close()
	workers := v.options.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	work := make(chan *proof, workers)
	proved := make(chan *proof, workers)
	var running sync.WaitGroup
	for range workers {
		running.Go(func() {
			for p := range work {
				p.prove(v.names)
				proved <- p
			}
		})
	}
	finish := func(p *proof) {
		for _, f := range p.faults {
			v.out.fault(f)
		}
		for _, id := range p.named {
			v.names.reached[id] = true
		}
		v.incomplete = v.incomplete || !p.complete
		v.out.Versions++
		if p.current {
			v.out.Documents++
		}
		v.out.Statements += len(p.statements)
		v.out.Citations += p.citations
		v.progress(1)
	}
	inFlight := 0
	var failed error
	for _, id := range ids {
		if failed = v.ctx.Err(); failed != nil {
			break
		}
		p, err := load.document(id)
		if failed = err; failed != nil {
			break
		}
		v.count(p)
		for sent := false; !sent; {
			select {
			case work <- p:
				inFlight++
				sent = true
			case done := <-proved:
				inFlight--
				finish(done)
			}
		}
	}
	close(work)
	for ; inFlight > 0; inFlight-- {
		finish(<-proved)
	}
	running.Wait()
	return failed
}

// structure asks SQLite for its own check, and for rows that refer to rows that are not there.
func (v *verifier) structure() error {
	// A connection remembers where the parts of the full-text index are, and SQLite's check
	// does not notice that another one has moved them since. A search does.
	var found bool
	if err := v.tx.QueryRow("SELECT EXISTS (SELECT 1 FROM document_text WHERE document_text MATCH 'a')").Scan(&found); err != nil {
		v.out.fault(Fault{Check: CheckIndex, Detail: "the full-text index can't be searched: " + err.Error(), Advice: adviceRestore})
	}
	err := v.each("PRAGMA integrity_check(100)", nil, func(rows *sql.Rows) error {
		var verdict string
		err := rows.Scan(&verdict)
		if err == nil && verdict != "ok" {
			v.out.fault(Fault{Check: CheckStructure, Detail: "SQLite's check says: " + verdict, Advice: adviceRestore})
		}
		return err
	})
	if err != nil {
		return err
	}
	return v.each("PRAGMA foreign_key_check", nil, func(rows *sql.Rows) error {
		var table, parent string
		var row sql.NullInt64
		var key int
		err := rows.Scan(&table, &row, &parent, &key)
		v.out.fault(Fault{Check: CheckStructure, Detail: fmt.Sprintf("row %d of table %s refers to a row of %s that is not there", row.Int64, table, parent), Advice: adviceRestore})
		return err
	})
}

// sources proves what follows from a source's name and from its versions.
func (v *verifier) sources() error {
	return v.each(`SELECT src.source, src.stem, src.state, coalesce(max(CASE WHEN d.is_current = 1 THEN d.id END), 0), count(d.id), coalesce(min(d.version), 1), coalesce(max(d.version), 0),
		coalesce(max(CASE WHEN d.is_current = 1 THEN d.version END), 0)
		FROM source src LEFT JOIN document d ON d.source_id = src.id GROUP BY src.id ORDER BY src.source`, nil, func(rows *sql.Rows) error {
		var source, stem, state string
		var current int64
		var versions, first, last, now int
		if err := rows.Scan(&source, &stem, &state, &current, &versions, &first, &last, &now); err != nil {
			return err
		}
		bad := func(format string, args ...any) {
			v.out.fault(Fault{Check: CheckSource, Source: source, Document: current, Detail: fmt.Sprintf(format, args...), Advice: adviceRestore})
		}
		if stem != Stem(source) {
			bad("its stem is stored as %q and is %q", stem, Stem(source))
		}
		switch {
		case state != "ok" && state != "refused" && state != "removed":
			bad("its state is %q", state)
		case state == "ok" && current == 0:
			bad("its state is ok, and no version of it is current")
		case state != "ok" && current != 0:
			bad("its state is %s, and version %d of it is current", state, now)
		case state == "refused" && versions > 0:
			bad("its state is refused, and it has versions")
		case state == "removed" && versions == 0:
			bad("its state is removed, and it has no version")
		}
		if first != 1 || last != versions || current != 0 && now != last {
			bad("its versions do not count up from 1 to the current one")
		}
		return nil
	})
}

// schema proves that the tables, views, indexes and triggers of this program are all there, as
// it made them.
func (v *verifier) schema() error {
	want := map[string]string{}
	db, err := sql.Open(driverName, ":memory:")
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, m := range migrations {
		if _, err := db.Exec(m.sql); err != nil {
			return fmt.Errorf("the schema %s could not be made beside the database: %w", m.name, err)
		}
	}
	const query = "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY 1"
	rows, err := db.Query(query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			return err
		}
		want[name] = text
	}
	if err := rows.Err(); err != nil {
		return err
	}
	err = v.each(query, nil, func(rows *sql.Rows) error {
		var name, text string
		err := rows.Scan(&name, &text)
		if made, ours := want[name]; ours && made != text {
			v.out.fault(Fault{Check: CheckStructure, Detail: "the " + name + " is not as this program makes it", Advice: adviceRestore})
		}
		delete(want, name)
		return err
	})
	for _, name := range slices.Sorted(maps.Keys(want)) {
		v.out.fault(Fault{Check: CheckStructure, Detail: "the " + name + " is missing", Advice: adviceRestore})
	}
	return err
}

// decisions proves what follows from the values that a decision keeps.
func (v *verifier) decisions() error {
	return v.each("SELECT t.decision_id, t.source, d.kind, t.normal, t.slots, t.edited, d.edited FROM decision_target t LEFT JOIN decision d ON d.id = t.decision_id ORDER BY 1, t.ordinal", nil, func(rows *sql.Rows) error {
		var id int64
		var source, key string
		var kind sql.NullString
		var values [3]string
		var edited sql.NullString
		if err := rows.Scan(&id, &source, &kind, &key, &values[0], &values[1], &edited); err != nil {
			return err
		}
		if !kind.Valid {
			v.out.fault(Fault{Check: CheckDecision, Source: source, Detail: fmt.Sprintf("decision %d is gone, and its evidence is not", id), Advice: adviceRestore})
			return nil
		}
		values[2] = edited.String
		wrong := false
		for i, text := range values {
			var s slots
			if i == 0 || text != "" {
				wrong = wrong || json.Unmarshal([]byte(text), &s) != nil || toJSON(s) != text || i == 0 && decisionKey(extract.Kind(kind.String), s) != key
			}
		}
		if wrong {
			v.out.fault(Fault{Check: CheckDecision, Source: source, Detail: fmt.Sprintf("decision %d does not hold the values that it was made on", id), Advice: adviceRestore})
		}
		return nil
	})
}

// raw proves all raw bytes, several at once.
func (v *verifier) raw() error {
	type packed struct {
		hash, encoding string
		size           int64
		bytes          []byte
		err            error
	}
	workers := max(1, v.options.Workers)
	if v.options.Workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	v.badRaw = map[string]string{}
	work := make(chan packed)
	bad := make(chan packed, workers)
	var running, collecting sync.WaitGroup
	for range workers {
		running.Go(func() {
			for p := range work {
				if _, p.err = unpack(p.encoding, p.bytes, p.size, p.hash); p.err != nil {
					bad <- p
				}
			}
		})
	}
	collecting.Go(func() {
		for p := range bad {
			v.badRaw[p.hash] = p.err.Error()
		}
	})
	err := v.each("SELECT hash, encoding, size, bytes FROM raw ORDER BY hash", nil, func(rows *sql.Rows) error {
		var p packed
		if err := rows.Scan(&p.hash, &p.encoding, &p.size, &p.bytes); err != nil {
			return err
		}
		v.out.RawBytes += max(p.size, 0)
		work <- p
		return nil
	})
	close(work)
	running.Wait()
	close(bad)
	collecting.Wait()
	if err != nil {
		return err
	}
	// Each is reported with the documents that were read from it; one that no document names here.
	return v.each("SELECT hash FROM raw WHERE hash NOT IN (SELECT raw_hash FROM document)", nil, func(rows *sql.Rows) error {
		var hash string
		err := rows.Scan(&hash)
		if what := v.badRaw[hash]; what != "" {
			v.out.fault(Fault{Check: CheckRaw, Detail: what, Advice: adviceRestore})
		}
		return err
	})
}

// rawOf proves the raw bytes of one document.
func (v *verifier) rawOf(hash string) error {
	if v.badRaw == nil {
		v.badRaw = map[string]string{}
	}
	var encoding string
	var size int64
	var bytes []byte
	err := v.tx.QueryRow("SELECT encoding, size, bytes FROM raw WHERE hash = ?", hash).Scan(&encoding, &size, &bytes)
	if errors.Is(err, sql.ErrNoRows) {
		v.badRaw[hash] = "raw bytes " + hash + " are not there"
		return nil
	} else if err != nil {
		return err
	}
	v.out.RawBytes += size
	if _, err := unpack(encoding, bytes, size, hash); err != nil {
		v.badRaw[hash] = err.Error()
	}
	return nil
}
