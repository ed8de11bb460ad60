package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"dateline/ingest/document"
)

// Part is a piece of a document, for readers that show long texts piece by piece.
type Part struct {
	DocumentRow
	PublishedConflicts []string
	PublisherFrom      string
	From, To           int // code points of the whole text, half-open
	Text               string
	Zones              []document.Zone   // those that the piece touches, in bytes of Text
	Statements         []Statement       // those with a citation that the piece touches; all their citations
	FactVersions       map[string]string // FactRow.Version of their facts, by id
}

// Part gives length code points of a document's current text from code point from on, fewer at
// its end, with what is stated there. Its cost does not grow with the facts of other pieces.
func (s *Store) Part(ctx context.Context, id int64, from, length int) (Part, error) {
	out := Part{From: max(from, 0)}
	err := s.reading(ctx, "could not read a document", func(tx *sql.Tx) error {
		found := false
		err := each(ctx, tx, documentColumns+" WHERE src.id = (SELECT source_id FROM document WHERE id = ?1 AND is_current = 1) AND d.id = ?1", []any{id}, func(rows *sql.Rows) (err error) {
			out.DocumentRow, err = scanDocument(rows)
			found = true
			return err
		})
		if err != nil {
			return err
		}
		if !found {
			return &Error{Path: fmt.Sprint(id), Problem: NotFound, Detail: "there is no such document, or a newer version took its place", Advice: "`dateline documents` lists them"}
		}
		out.From = min(out.From, out.Characters)
		out.To = min(out.From+max(length, 0), out.Characters)
		var conflicts string
		err = tx.QueryRowContext(ctx, "SELECT substr(text, ?, ?), published_conflicts, publisher_from FROM document WHERE id = ?", out.From+1, out.To-out.From, id).
			Scan(&out.Text, &conflicts, &out.PublisherFrom)
		if err != nil {
			return err
		}
		out.PublishedConflicts = stringsFrom(conflicts)
		if err := out.readZones(ctx, tx); err != nil {
			return err
		}
		var rows []int64
		err = each(ctx, tx, `SELECT DISTINCT s.id FROM statement s JOIN citation c ON c.statement_id = s.id
			WHERE s.document_id = ? AND c.start < ? AND c."end" > ?`, []any{id, out.To, out.From}, func(r *sql.Rows) error {
			var row int64
			err := r.Scan(&row)
			rows = append(rows, row)
			return err
		})
		if err != nil {
			return err
		}
		if out.Statements, err = statements(ctx, tx, "s.id IN (SELECT value FROM json_each(?))", intsJSON(rows)); err != nil {
			return err
		}
		out.FactVersions = make(map[string]string, len(rows))
		return each(ctx, tx, `SELECT fact.hash, fact.decision_id, s.slots FROM fact JOIN statement s ON s.id = fact.first_statement
			WHERE fact.id IN (SELECT fact_id FROM statement WHERE id IN (SELECT value FROM json_each(?)))`, []any{intsJSON(rows)}, func(r *sql.Rows) error {
			var fact, slots string
			var decision int64
			err := r.Scan(&fact, &decision, &slots)
			out.FactVersions[fact] = factVersion(decision, slots)
			return err
		})
	})
	return out, err
}

// readZones reads the zones that the piece touches. SQLite looks through the list, which can be
// as long as the text.
func (p *Part) readZones(ctx context.Context, tx *sql.Tx) error {
	var offsets []int
	err := each(ctx, tx, `SELECT json_extract(z.value, '$[0]') AS a, json_extract(z.value, '$[1]') AS b, json_extract(z.value, '$[2]')
		FROM document d, json_each(d.zones) z WHERE d.id = ? AND a < ? AND b > ?`, []any{p.ID, p.To, p.From}, func(rows *sql.Rows) error {
		var z document.Zone
		if err := rows.Scan(&z.Start, &z.End, &z.Kind); err != nil {
			return err
		}
		z.Start, z.End = max(z.Start, p.From)-p.From, min(z.End, p.To)-p.From
		offsets = append(offsets, z.Start, z.End)
		p.Zones = append(p.Zones, z)
		return nil
	})
	bytes := byteOffsets(p.Text, offsets)
	for i := range p.Zones {
		p.Zones[i].Start, p.Zones[i].End = bytes[p.Zones[i].Start], bytes[p.Zones[i].End]
	}
	return err
}

// Excerpt is a citation with the text around it.
type Excerpt struct {
	Text       string // the quote with what stands on either side
	Start, End int    // the quote, in bytes of Text
	Before     bool   // the document's text goes on before Text
	After      bool   // and behind it
	Cut        bool   // the quote was too long and ends early
}

// Excerpts gives the citations with around code points of text on either side, one for each, at
// its index. A quote of more than longest code points is cut.
func (s *Store) Excerpts(ctx context.Context, citations []Citation, around, longest int) ([]Excerpt, error) {
	out := make([]Excerpt, len(citations))
	err := s.reading(ctx, "could not read the text around citations", func(tx *sql.Tx) error {
		read, err := tx.PrepareContext(ctx, "SELECT substr(text, ?, ?), substr(text, ?, ?), substr(text, ?, ?) FROM document WHERE id = ?")
		if err != nil {
			return err
		}
		defer read.Close()
		for i, c := range citations {
			x := &out[i]
			from, end := max(c.Start-around, 0), c.End
			if end-c.Start > longest {
				end, x.Cut = c.Start+longest, true
			}
			var before, quote, after string
			// One code point more than is shown tells whether the text goes on.
			err := read.QueryRowContext(ctx, from+1, c.Start-from, c.Start+1, end-c.Start, end+1, around+1, c.Document).Scan(&before, &quote, &after)
			if errors.Is(err, sql.ErrNoRows) {
				return &Error{Path: c.Source, Problem: NotFound, Detail: "there is no such document", Advice: "`dateline documents` lists them"}
			}
			if err != nil {
				return err
			}
			x.Before = from > 0
			if n := strings.Count(after, "") - 1; n > around {
				last := strings.LastIndexFunc(after, func(rune) bool { return true })
				after, x.After = after[:last], true
			}
			x.Text, x.Start, x.End = before+quote+after, len(before), len(before)+len(quote)
		}
		return nil
	})
	return out, err
}

// FactPart is Fact with some of its statements, in their order: a year can be stated by every
// document. It also gives the number of all of them.
func (s *Store) FactPart(ctx context.Context, id string, offset, limit int) (fact FactDetail, all int, err error) {
	err = s.reading(ctx, "could not read fact "+id, func(tx *sql.Tx) error {
		row, err := findFact(ctx, tx, id)
		if err != nil {
			return err
		}
		f, err := oneFact(ctx, tx, row)
		if err != nil {
			return err
		}
		fact.FactRow = f.FactRow
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM statement WHERE fact_id = ?", row).Scan(&all); err != nil {
			return err
		}
		// The order of turn.compare.
		var first []int64
		err = each(ctx, tx, `SELECT s.id FROM statement s JOIN document d ON d.id = s.document_id JOIN source src ON src.id = d.source_id WHERE s.fact_id = ?
			ORDER BY CASE WHEN d.published = '' OR substr(d.published, 1, 1) = 'X' THEN '~' ELSE d.published END, src.source, s.first_start, s.ordinal LIMIT ? OFFSET ?`,
			[]any{row, max(limit, 0), max(offset, 0)}, func(rows *sql.Rows) error {
				var statement int64
				err := rows.Scan(&statement)
				first = append(first, statement)
				return err
			})
		if err != nil {
			return err
		}
		fact.Statements, err = statements(ctx, tx, "s.id IN (SELECT value FROM json_each(?))", intsJSON(first))
		return err
	})
	return fact, all, err
}
