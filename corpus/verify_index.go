package corpus

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// verifyIndex lets FTS5 compare the full-text index with the texts.
//
// Its own check writes (it is an INSERT) and compares the index with all rows of the content
// table, where ours has current documents only. So the index is copied into a temporary table
// whose content is a view of the current documents, and checked there. The temporary
// database is on the disk: it takes no memory.
func (s *Store) verifyIndex(ctx context.Context, v *verifier) error {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return s.fail("could not be verified", err)
	}
	quiet := context.WithoutCancel(ctx)
	defer conn.Close()
	exec := func(query string) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		_, err := conn.ExecContext(quiet, query)
		return err
	}
	if s.readOnly { // temporary tables count as writing; mode=ro goes on to guard the database
		if err := exec("PRAGMA query_only=OFF"); err != nil {
			return s.fail("could not be verified", err)
		}
		defer conn.ExecContext(quiet, "PRAGMA query_only=ON")
	}
	if err := exec("BEGIN"); err != nil {
		return s.fail("could not be verified", err)
	}
	defer conn.ExecContext(quiet, "ROLLBACK") // takes the temporary tables with it
	for _, query := range []string{
		"CREATE TEMP VIEW proof_content AS SELECT id, title, text FROM main.document WHERE is_current = 1",
		"CREATE VIRTUAL TABLE temp.proof USING fts5(title, text, content='proof_content', content_rowid='id', tokenize='unicode61 remove_diacritics 2')",
		"DELETE FROM temp.proof_data", "INSERT INTO temp.proof_data SELECT * FROM main.document_text_data",
		"DELETE FROM temp.proof_idx", "INSERT INTO temp.proof_idx SELECT * FROM main.document_text_idx",
		"DELETE FROM temp.proof_docsize", "INSERT INTO temp.proof_docsize SELECT * FROM main.document_text_docsize",
		"DELETE FROM temp.proof_config", "INSERT INTO temp.proof_config SELECT * FROM main.document_text_config",
	} {
		if err := exec(query); err != nil {
			return s.fail("could not be verified: the full-text index could not be copied", err)
		}
	}
	// FTS5 takes no notice of entries of its index of pages that belong to no page, nor of
	// pages that have lost theirs. A page's id is its segment's number and its own; the first
	// pages of a segment go, and their entries stay, while it is merged.
	var strays int
	if err := conn.QueryRowContext(quiet, `WITH page AS (SELECT id >> 37 AS segment, id & 0x7fffffff AS number FROM main.document_text_data WHERE id >= 1 << 37 AND (id >> 31) & 63 = 0),
		segment AS (SELECT segment, min(number) AS first FROM page GROUP BY segment)
		SELECT (SELECT count(*) FROM main.document_text_idx i LEFT JOIN segment s ON s.segment = i.segid WHERE s.segment IS NULL OR i.pgno >> 1 < 1
			OR i.pgno >> 1 >= s.first AND NOT EXISTS (SELECT 1 FROM main.document_text_data d WHERE d.id = (i.segid << 37) + (i.pgno >> 1)))
		+ (SELECT count(*) FROM segment WHERE segment NOT IN (SELECT segid FROM main.document_text_idx))`).Scan(&strays); err != nil {
		return s.fail("could not be verified", err)
	}
	if strays > 0 {
		v.out.fault(Fault{Check: CheckIndex, Detail: fmt.Sprintf("the full-text index has %d entries without a page, or pages without an entry", strays), Advice: adviceRestore})
	}
	err = exec("INSERT INTO temp.proof(proof, rank) VALUES ('integrity-check', 1)")
	if err == nil {
		err = s.verifyLookups(ctx, v, conn, exec)
	}
	switch {
	case err == nil || ctx.Err() != nil:
		return ctx.Err()
	case strings.Contains(err.Error(), "malformed") || strings.Contains(err.Error(), "fts5") || strings.Contains(err.Error(), "corrupt"):
		v.out.fault(Fault{Check: CheckIndex, Detail: "the full-text index does not hold the words of the current documents: " + err.Error(), Advice: adviceRestore})
		return nil
	}
	return s.fail("could not be verified", err)
}

// verifyLookups searches for every word of the index. FTS5's check walks the index from one
// end to the other; a search goes by the signposts in it, and only a search finds one of those
// that points elsewhere.
func (s *Store) verifyLookups(ctx context.Context, v *verifier, conn *sql.Conn, exec func(string) error) error {
	if err := exec("CREATE VIRTUAL TABLE temp.proof_words USING fts5vocab(main, document_text, row)"); err != nil {
		return err
	}
	var lost int
	err := conn.QueryRowContext(ctx, `SELECT count(*) FROM temp.proof_words w
		WHERE w.doc <> (SELECT count(*) FROM main.document_text WHERE document_text MATCH '"' || w.term || '"')`).Scan(&lost)
	if err == nil && lost > 0 {
		v.out.fault(Fault{Check: CheckIndex, Detail: fmt.Sprintf("a search for %d words does not find all documents that hold them", lost), Advice: adviceRestore})
	}
	return err
}
