package corpus

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"dateline/ingest/document"
)

// documentColumns reads a source with its current version, or else its last one.
const documentColumns = `SELECT coalesce(d.id, 0), src.source, src.state, src.reason, src.advice, src.changed, coalesce(d.version, 0),
	(SELECT count(*) FROM document v WHERE v.source_id = src.id), coalesce(d.title, ''), coalesce(d.language, ''), coalesce(d.published, ''), coalesce(d.published_from, ''),
	coalesce(d.raw_hash, ''), coalesce(length(d.text), 0), (SELECT count(*) FROM statement s WHERE s.document_id = d.id),
	(SELECT coalesce(sum(s.citations), 0) FROM statement s WHERE s.document_id = d.id), coalesce(d.note, ''), coalesce(d.warnings, '[]'), coalesce(d.publisher, ''), coalesce(d.canonical, '')
	FROM source src LEFT JOIN document d ON d.id = (SELECT id FROM document v WHERE v.source_id = src.id ORDER BY v.is_current DESC, v.version DESC LIMIT 1)`

func scanDocument(rows *sql.Rows) (DocumentRow, error) {
	var d DocumentRow
	var warnings string
	err := rows.Scan(&d.ID, &d.Source, &d.State, &d.Reason, &d.Advice, &d.Changed, &d.Version, &d.Versions, &d.Title, &d.Language,
		&d.Published, &d.PublishedFrom, &d.RawHash, &d.Characters, &d.Facts, &d.Citations, &d.Note, &warnings, &d.Publisher, &d.Canonical)
	d.Warnings = stringsFrom(warnings)
	return d, err
}

// Documents lists sources with their current documents, by source. Refused and removed
// sources are listed too, unless the filter leaves them out.
func (s *Store) Documents(ctx context.Context, filter DocumentFilter) ([]DocumentRow, error) {
	w := &where{}
	if filter.State != "" {
		w.add("src.state = ?", filter.State)
	}
	if filter.Source != "" {
		w.add(`src.source LIKE ? ESCAPE '\'`, contains(filter.Source))
	}
	if filter.Language != "" {
		w.add("d.language = ?", filter.Language)
	}
	if filter.Text != "" {
		w.add("d.is_current = 1")
		if err := w.addText(filter.Text); err != nil {
			return nil, err
		}
	}
	limit := -1
	if filter.Limit > 0 {
		limit = filter.Limit
	}
	var out []DocumentRow
	err := s.reading(ctx, "could not list documents", func(tx *sql.Tx) error {
		return each(ctx, tx, documentColumns+w.String()+" ORDER BY src.source LIMIT ? OFFSET ?", append(w.args, limit, filter.Offset), func(rows *sql.Rows) error {
			d, err := scanDocument(rows)
			out = append(out, d)
			return err
		})
	})
	return out, err
}

// Document gives one document with its text, facts and citations, by its source, its id, or
// the stem of its source. A refused source has a row and no text.
func (s *Store) Document(ctx context.Context, name string) (DocumentDetail, error) {
	var out DocumentDetail
	err := s.reading(ctx, "could not read document "+name, func(tx *sql.Tx) (err error) {
		out.DocumentRow, err = findDocument(ctx, tx, name)
		if err != nil || out.ID == 0 {
			return err
		}
		if out.Doc, out.ReadAs, err = loadDocument(ctx, tx, out.ID); err != nil {
			return err
		}
		out.Statements, err = statements(ctx, tx, "s.document_id = ?", out.ID)
		return err
	})
	return out, err
}

func findDocument(ctx context.Context, tx queries, name string) (DocumentRow, error) {
	id, notNumber := strconv.ParseInt(name, 10, 64)
	for _, by := range []struct {
		condition string
		arg       any
		skip      bool
	}{
		{"src.source = ?", name, false},
		{"d.id = ?", id, notNumber != nil},
		{"src.stem = ?", name, false},
		{"src.stem = ?", Stem(name), false},
	} {
		if by.skip {
			continue
		}
		var found []DocumentRow
		err := each(ctx, tx, documentColumns+" WHERE "+by.condition+" ORDER BY src.source LIMIT 6", []any{by.arg}, func(rows *sql.Rows) error {
			d, err := scanDocument(rows)
			found = append(found, d)
			return err
		})
		if err != nil {
			return DocumentRow{}, err
		}
		switch len(found) {
		case 0:
		case 1:
			return found[0], nil
		default:
			var sources []string
			for _, d := range found {
				sources = append(sources, d.Source)
			}
			return DocumentRow{}, &Error{Path: name, Problem: Ambiguous, Detail: "is the name of several documents: " + strings.Join(sources, ", "), Advice: "give the whole path or URL, or the id"}
		}
	}
	return DocumentRow{}, &Error{Path: name, Problem: NotFound, Detail: "there is no such document", Advice: "`dateline documents` lists them"}
}

// loadDocument reads a version as the Document that it was made from.
func loadDocument(ctx context.Context, tx queries, id int64) (d document.Document, as ReadAs, err error) {
	var conflicts, zones, warnings, readAs string
	err = tx.QueryRowContext(ctx, `SELECT src.source, d.raw_hash, d.title, d.language, d.published, d.published_from, d.published_conflicts, d.text, d.zones, d.warnings, d.read_as, d.publisher, d.publisher_from, d.canonical
		FROM document d JOIN source src ON src.id = d.source_id WHERE d.id = ?`, id).
		Scan(&d.Source, &d.RawHash, &d.Title, &d.Language, &d.Published.Value, &d.Published.From, &conflicts, &d.Text, &zones, &warnings, &readAs, &d.Publisher.Name, &d.Publisher.From, &d.Canonical)
	if err != nil {
		return d, as, err
	}
	d.Published.Conflicts, d.Warnings = stringsFrom(conflicts), stringsFrom(warnings)
	if err := json.Unmarshal([]byte(readAs), &as); err != nil {
		return d, as, err
	}
	d.Zones, err = unpackZones(d.Text, zones)
	return d, as, err
}

func unpackZones(text, packed string) ([]document.Zone, error) {
	var rows [][3]json.RawMessage
	if err := json.Unmarshal([]byte(packed), &rows); err != nil {
		return nil, err
	}
	zones := make([]document.Zone, len(rows))
	var offsets []int
	for i, r := range rows {
		for k, to := range []any{&zones[i].Start, &zones[i].End, &zones[i].Kind} {
			if err := json.Unmarshal(r[k], to); err != nil {
				return nil, err
			}
		}
		offsets = append(offsets, zones[i].Start, zones[i].End)
	}
	bytes := byteOffsets(text, offsets)
	for i := range zones {
		zones[i].Start, zones[i].End = bytes[zones[i].Start], bytes[zones[i].End]
	}
	if len(zones) == 0 {
		return nil, nil
	}
	return zones, nil
}

// Current gives every current document with its raw bytes, by source: what a new extraction
// reads. The list is fixed when it begins; each document is read when its turn comes, so
// that only one is in memory.
func (s *Store) Current(ctx context.Context) iter.Seq2[Stored, error] {
	return func(yield func(Stored, error) bool) {
		var ids []int64
		err := s.reading(ctx, "could not list documents", func(tx *sql.Tx) error {
			return each(ctx, tx, "SELECT d.id FROM document d JOIN source src ON src.id = d.source_id WHERE d.is_current = 1 ORDER BY src.source", nil, func(rows *sql.Rows) error {
				var id int64
				err := rows.Scan(&id)
				ids = append(ids, id)
				return err
			})
		})
		if err != nil {
			yield(Stored{}, err)
			return
		}
		for _, id := range ids {
			if stored, err := s.stored(ctx, id); !yield(stored, err) {
				return
			}
		}
	}
}

func (s *Store) stored(ctx context.Context, id int64) (out Stored, err error) {
	out.ID = id
	err = s.reading(ctx, "could not read a document", func(tx *sql.Tx) (err error) {
		if out.Doc, out.ReadAs, err = loadDocument(ctx, tx, id); err != nil {
			return err
		}
		out.Source = out.Doc.Source
		var encoding string
		var size int64
		var packed []byte
		err = tx.QueryRowContext(ctx, "SELECT encoding, size, bytes FROM raw WHERE hash = ?", out.Doc.RawHash).Scan(&encoding, &size, &packed)
		if err != nil {
			return err
		}
		if out.Raw, err = unpack(encoding, packed, size, out.Doc.RawHash); err != nil {
			return &Error{Path: s.path, Problem: Corrupt, Detail: fmt.Sprintf("the stored copy of %s is damaged", out.Source), Err: err,
				Advice: "restore the database from a backup, or ingest that source again"}
		}
		return nil
	})
	return out, err
}

// PublishedByUser returns the publication dates that the user gave for current documents, by
// source and by the file that holds the document. What was given once goes on to count when
// the same input is read without it.
func (s *Store) PublishedByUser(ctx context.Context) (map[string]string, error) {
	dates := map[string]string{}
	err := s.reading(ctx, "list the publication dates that were given", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT src.source, d.read_as FROM document d JOIN source src ON src.id = d.source_id
			WHERE d.is_current = 1 AND json_extract(d.read_as, '$.Published') <> ''`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var source, packed string
			var as ReadAs
			if err := rows.Scan(&source, &packed); err != nil {
				return err
			}
			if err := json.Unmarshal([]byte(packed), &as); err != nil {
				return err
			}
			dates[source] = as.Published
			if as.Container != "" {
				dates[as.Container] = as.Published
			}
		}
		return rows.Err()
	})
	return dates, err
}
