package corpus

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"
)

// titleWeight is how much more a word of the title says about a document than one of its
// text (bm25).
const titleWeight = "10.0"

// foundDocument is a document before its page is cut out.
type foundDocument struct {
	id        int64
	score     float64
	published string
	source    string
	mayMatch  bool
}

// Search finds current documents by their words, the best first: by bm25, where the title
// weighs more than the text; then by source. Without words they are listed by source.
func (s *Store) Search(ctx context.Context, q SearchQuery) (SearchResult, error) {
	var out SearchResult
	days, err := readRange(q.Since, q.Until)
	if err != nil {
		return out, err
	}
	terms, note := readTerms(q.Words)
	out.Note = note
	if len(terms) == 0 && note != "" {
		return out, nil
	}
	err = s.reading(ctx, "could not be searched", func(tx *sql.Tx) error {
		w, err := q.documentConditions(ctx, tx)
		if err != nil {
			return err
		}
		all, err := findDocuments(ctx, tx, terms, w)
		if err != nil {
			return err
		}
		if !days.empty() {
			all = slices.DeleteFunc(all, func(f foundDocument) bool {
				yes, maybe := days.admits(readBounds(f.published))
				return !yes && !maybe
			})
			for i := range all {
				yes, _ := days.admits(readBounds(all[i].published))
				all[i].mayMatch = !yes
			}
		}
		slices.SortFunc(all, func(a, b foundDocument) int {
			return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(a.source, b.source))
		})
		out.Total = len(all)
		for _, f := range page(all, q.Limit, q.Offset) {
			hit, err := readHit(ctx, tx, f, terms)
			if err != nil {
				return err
			}
			out.Hits = append(out.Hits, hit)
		}
		return nil
	})
	return out, err
}

// page cuts out the rows that were asked for.
func page[T any](rows []T, limit, offset int) []T {
	rows = rows[min(max(offset, 0), len(rows)):]
	if limit > 0 {
		rows = rows[:min(limit, len(rows))]
	}
	return rows
}

// documentConditions turns the filters of a query, but its words and dates, into SQL on d and src.
func (q SearchQuery) documentConditions(ctx context.Context, tx queries) (*where, error) {
	w := &where{}
	w.add("d.is_current = 1")
	if q.Source != "" {
		w.add(`src.source LIKE ? ESCAPE '\'`, contains(q.Source))
	}
	if q.Publisher != "" {
		w.add(`d.publisher LIKE ? ESCAPE '\'`, contains(q.Publisher))
	}
	if q.Kind == "" && q.Person == "" && q.Institution == "" {
		return w, nil
	}
	stated := &where{}
	stated.add("s2.state <> 'rejected'")
	if q.Kind != "" {
		if err := checkKind(ctx, tx, q.Kind); err != nil {
			return nil, err
		}
		stated.add("s2.kind = ?", q.Kind)
	}
	if q.Person != "" {
		ids, err := entitiesNamed(ctx, tx, kindPerson, q.Person)
		if err != nil {
			return nil, err
		}
		stated.add("s2.id IN (SELECT sf2.statement_id FROM form f2 JOIN statement_form sf2 ON sf2.form_id = f2.id WHERE f2.entity_id IN (SELECT value FROM json_each(?)))", intsJSON(ids))
	}
	if q.Institution != "" {
		ids, err := entitiesNamed(ctx, tx, kindInstitution, q.Institution)
		if err != nil {
			return nil, err
		}
		stated.add(`s2.id IN (WITH RECURSIVE below(id) AS (SELECT value FROM json_each(?) UNION SELECT e2.id FROM entity e2 JOIN below ON e2.parent_id = below.id)
			SELECT sf2.statement_id FROM below JOIN form f2 ON f2.entity_id = below.id JOIN statement_form sf2 ON sf2.form_id = f2.id)`, intsJSON(ids))
	}
	w.add("d.id IN (SELECT s2.document_id FROM statement s2"+stated.String()+")", stated.args...)
	return w, nil
}

// findDocuments lists all documents that hold the terms.
func findDocuments(ctx context.Context, tx queries, terms []searchTerm, filters *where) ([]foundDocument, error) {
	w := &where{}
	from, score := "document d", "0.0"
	var args []any // of score, which stands first
	match := ftsQuery(terms)
	if match != "" {
		// CROSS JOIN makes the index come first: it knows best which documents there are.
		from, score = "document_text CROSS JOIN document d ON d.id = document_text.rowid", "-bm25(document_text, "+titleWeight+", 1.0)"
		w.add("document_text MATCH ?", match)
	}
	for _, t := range terms {
		switch {
		case t.spaceless && t.not:
			w.add("instr(d.text, ?) = 0 AND instr(d.title, ?) = 0", t.text, t.text)
		case t.spaceless:
			w.add("(instr(d.text, ?) > 0 OR instr(d.title, ?) > 0)", t.text, t.text)
			if match == "" { // how often it stands there
				score += " + " + titleWeight + " * (length(d.title) - length(replace(d.title, ?, ''))) + length(d.text) - length(replace(d.text, ?, ''))"
				args = append(args, t.text, t.text)
			}
		case t.not && match == "":
			w.add("d.id NOT IN (SELECT rowid FROM document_text WHERE document_text MATCH ?)", t.match())
		}
	}
	w.conditions, w.args = append(w.conditions, filters.conditions...), append(w.args, filters.args...)
	args = append(args, w.args...)
	var out []foundDocument
	err := each(ctx, tx, "SELECT d.id, "+score+", d.published, src.source FROM "+from+" JOIN source src ON src.id = d.source_id"+w.String(), args, func(rows *sql.Rows) error {
		var f foundDocument
		err := rows.Scan(&f.id, &f.score, &f.published, &f.source)
		out = append(out, f)
		return err
	})
	return out, err
}
