package corpus

import (
	"context"
	"database/sql"
	"slices"
)

// ExportFact is a fact with everything that is known about it, and who decided about it.
type ExportFact struct {
	FactRow
	Decided    *Decision // the last decision that concerns it, without targets, or nil
	Statements []ExportStatement
}

// ExportStatement is what one document says of a fact.
type ExportStatement struct {
	Statement
	Decided *Decision // that its state comes from, without targets, or nil
}

// ExportDocument is a document with what it states.
type ExportDocument struct {
	ID         int64
	Source     string
	Title      string
	Language   string
	Published  string
	Publisher  string
	RawHash    string
	Text       string
	Statements []ExportStatement
}

// How much is in memory at once: facts, and documents that state them. A day of an archive is
// one fact of thousands of documents.
const (
	exportBatch   = 256
	exportSources = 2048
)

// ExportFacts calls each for every fact that the filter selects, in the order of Facts, on one
// snapshot, a few at a time. Rejected statements are left out of facts that are not rejected,
// unless the filter asks for state "all". An error of each ends it and is returned.
func (s *Store) ExportFacts(ctx context.Context, filter Filter, each func(ExportFact) error) error {
	var failed error // of each: it is no fault of the database
	err := s.reading(ctx, "could not be exported", func(tx *sql.Tx) error {
		var batch []scannedFact
		sources := 0
		flush := func() error {
			facts, err := completeFacts(ctx, tx, batch, filter.State)
			if err != nil {
				return err
			}
			for _, f := range facts {
				if failed = each(f); failed != nil {
					return failed
				}
			}
			batch, sources = batch[:0], 0
			return nil
		}
		err := eachFact(ctx, tx, filter, func(f scannedFact) error {
			batch = append(batch, f)
			if sources += f.Sources; len(batch) < exportBatch && sources < exportSources {
				return nil
			}
			return flush()
		})
		if err != nil {
			return err
		}
		return flush()
	})
	if failed != nil {
		return failed
	}
	return err
}

// completeFacts reads the statements and decisions of facts.
func completeFacts(ctx context.Context, tx queries, batch []scannedFact, state string) ([]ExportFact, error) {
	rows := make([]int64, len(batch))
	index := map[int64]int{}
	out := make([]ExportFact, len(batch))
	for i, f := range batch {
		rows[i], index[f.row], out[i].FactRow = f.row, i, f.FactRow
	}
	stated, err := statements(ctx, tx, "s.fact_id IN (SELECT value FROM json_each(?))", intsJSON(rows))
	if err != nil {
		return nil, err
	}
	decisions, err := decisionsOf(ctx, tx, stated)
	if err != nil {
		return nil, err
	}
	for _, s := range stated {
		f := &out[index[s.fact]]
		if !exported(s, f.State, state) {
			continue
		}
		x := ExportStatement{Statement: s, Decided: decisions[s.Decision]}
		if x.Decided != nil && (f.Decided == nil || f.Decided.ID < x.Decided.ID) {
			f.Decided = x.Decided
		}
		f.Statements = append(f.Statements, x)
	}
	return out, nil
}

// exported reports whether a statement goes out with its fact.
func exported(s Statement, fact ReviewState, asked string) bool {
	return s.State != ReviewRejected || fact == ReviewRejected || asked == "all"
}

// decisionsOf reads the decisions that statements have their states from.
func decisionsOf(ctx context.Context, tx queries, list []Statement) (map[int64]*Decision, error) {
	var ids []int64
	for _, s := range list {
		if s.Decision != 0 {
			ids = append(ids, s.Decision)
		}
	}
	out := map[int64]*Decision{}
	if len(ids) == 0 {
		return out, nil
	}
	slices.Sort(ids)
	err := each(ctx, tx, "SELECT id, action, who, why, made FROM decision WHERE id IN (SELECT value FROM json_each(?))", []any{intsJSON(slices.Compact(ids))}, func(rows *sql.Rows) error {
		d := &Decision{}
		var action string
		err := rows.Scan(&d.ID, &action, &d.Who, &d.Why, &d.Made)
		d.Action = Action(action)
		out[d.ID] = d
		return err
	})
	return out, err
}

// ExportDocuments calls each for every document that states facts which the filter selects,
// with those statements, by source, on one snapshot, one at a time. Limit and Offset of the
// filter count facts. Rejected statements are left out as in ExportFacts.
func (s *Store) ExportDocuments(ctx context.Context, filter Filter, do func(ExportDocument) error) error {
	var failed error // of do
	err := s.reading(ctx, "could not be exported", func(tx *sql.Tx) error {
		facts := map[int64]ReviewState{} // selected
		err := eachFact(ctx, tx, filter, func(f scannedFact) error {
			facts[f.row] = f.State
			return nil
		})
		if err != nil {
			return err
		}
		var docs []int64
		err = each(ctx, tx, "SELECT d.id FROM document d JOIN source src ON src.id = d.source_id WHERE d.is_current = 1 ORDER BY src.source", nil, func(rows *sql.Rows) error {
			var id int64
			err := rows.Scan(&id)
			docs = append(docs, id)
			return err
		})
		if err != nil {
			return err
		}
		for _, id := range docs {
			if err := ctx.Err(); err != nil {
				return err
			}
			d, err := exportDocument(ctx, tx, id, facts, filter.State)
			if err != nil {
				return err
			}
			if len(d.Statements) == 0 {
				continue
			}
			if failed = do(d); failed != nil {
				return failed
			}
		}
		return nil
	})
	if failed != nil {
		return failed
	}
	return err
}

// exportDocument reads a document with its statements of selected facts.
func exportDocument(ctx context.Context, tx queries, id int64, facts map[int64]ReviewState, state string) (d ExportDocument, err error) {
	stated, err := statements(ctx, tx, "s.document_id = ?", id)
	if err != nil {
		return d, err
	}
	stated = slices.DeleteFunc(stated, func(s Statement) bool {
		fact, ok := facts[s.fact]
		return !ok || !exported(s, fact, state)
	})
	if len(stated) == 0 {
		return d, nil
	}
	decisions, err := decisionsOf(ctx, tx, stated)
	if err != nil {
		return d, err
	}
	d.ID = id
	err = tx.QueryRowContext(ctx, `SELECT src.source, d.title, d.language, d.published, d.publisher, d.raw_hash, d.text FROM document d JOIN source src ON src.id = d.source_id WHERE d.id = ?`, id).
		Scan(&d.Source, &d.Title, &d.Language, &d.Published, &d.Publisher, &d.RawHash, &d.Text)
	if err != nil {
		return d, err
	}
	for _, s := range stated {
		d.Statements = append(d.Statements, ExportStatement{Statement: s, Decided: decisions[s.Decision]})
	}
	return d, nil
}

// Around gives up to 32 code points on either side of text[start:end], in bytes: what a
// W3C TextQuoteSelector calls prefix and suffix.
func Around(text string, start, end int) (before, after string) { return around(text, start, end) }

// Inputs lists the paths and URLs that documents came from, and the files that held several
// of them: what a command must not write over.
func (s *Store) Inputs(ctx context.Context) ([]string, error) {
	var out []string
	err := s.reading(ctx, "could not list its sources", func(tx *sql.Tx) error {
		return each(ctx, tx, `SELECT source FROM source UNION SELECT json_extract(read_as, '$.Container') FROM document WHERE json_extract(read_as, '$.Container') <> ''`, nil, func(rows *sql.Rows) error {
			var name string
			err := rows.Scan(&name)
			out = append(out, name)
			return err
		})
	})
	return out, err
}

// HasRaw reports whether bytes with this hash (see HashBytes) are kept as those of a document.
func (s *Store) HasRaw(ctx context.Context, hash string) (bool, error) {
	var known bool
	err := s.db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM raw WHERE hash = ?)", hash).Scan(&known)
	return known, s.fail("could not be read", err)
}
