package corpus

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"io"
)

// Dump writes what the database says, as JSON Lines sorted by content, without minted ids,
// version numbers and time stamps: two databases that know the same current documents, and
// refused or removed sources, give the same bytes however they came to know them.
func (s *Store) Dump(ctx context.Context, w io.Writer) error {
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	err := s.reading(ctx, "could not be exported", func(tx *sql.Tx) error {
		for _, part := range []struct{ name, query string }{
			{"source", `SELECT json_array(src.source, src.state, src.reason, src.advice, d.raw_hash, d.text_hash, d.title, d.language, d.publisher, d.publisher_from, d.canonical, d.published, d.published_from,
				json(d.published_conflicts), json(d.zones), json(d.warnings), d.note, json(d.read_as), d.text) AS line
				FROM source src LEFT JOIN document d ON d.source_id = src.id AND d.is_current = 1 ORDER BY src.source`},
			{"entity", `SELECT json_array(e.kind, e.key, e.name, json(e.aliases), p.key) FROM entity e LEFT JOIN entity p ON p.id = e.parent_id ORDER BY e.key`},
			{"fact", `SELECT json_array(f.hash, f.kind, f.normal, f.sources, f.citations, f.confidence, f.earliest, f.latest, f.year_unknown, f.state, src.source, s.ordinal)
				FROM fact f LEFT JOIN statement s ON s.id = f.first_statement LEFT JOIN document d ON d.id = s.document_id LEFT JOIN source src ON src.id = d.source_id ORDER BY f.hash`},
			{"statement", `SELECT json_array(src.source, s.ordinal, s.kind, coalesce(s.hash, f.hash), f.hash, s.rule, s.confidence, json(s.slots), s.state, json(s.extracted),
				(SELECT json_group_array(json_array(role, ordinal, key)) FROM (SELECT sf.role, sf.ordinal, e.key FROM statement_form sf JOIN form ON form.id = sf.form_id
					JOIN entity e ON e.id = form.entity_id WHERE sf.statement_id = s.id ORDER BY 1, 2)),
				(SELECT json_group_array(json_array(start, "end", quote, rule)) FROM (SELECT * FROM citation c WHERE c.statement_id = s.id ORDER BY c.ordinal)))
				FROM statement s JOIN fact f ON f.id = s.fact_id JOIN document d ON d.id = s.document_id JOIN source src ON src.id = d.source_id ORDER BY src.source, s.ordinal`},
		} {
			err := each(ctx, tx, part.query, nil, func(rows *sql.Rows) error {
				var line string
				if err := rows.Scan(&line); err != nil {
					return err
				}
				return enc.Encode(map[string]json.RawMessage{part.name: json.RawMessage(line)})
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return out.Flush()
}
