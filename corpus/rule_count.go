package corpus

import (
	"context"
	"database/sql"
)

// RuleCount is what one rule has read in the current documents.
type RuleCount struct {
	Rule      string
	Facts     int // de-duplicated facts that cite a place that it read
	Citations int
	Rejected  int // facts of it that were rejected; no part of Facts
}

// RuleCounts lists the rules that have read anything, by name.
func (s *Store) RuleCounts(ctx context.Context) ([]RuleCount, error) {
	var out []RuleCount
	err := s.reading(ctx, "could not count by rules", func(tx *sql.Tx) error {
		return each(ctx, tx, `SELECT c.rule, count(DISTINCT CASE WHEN fact.state <> 'rejected' THEN fact.id END), count(*),
				count(DISTINCT CASE WHEN fact.state = 'rejected' THEN fact.id END)
			FROM citation c JOIN statement st ON st.id = c.statement_id JOIN document d ON d.id = c.document_id AND d.is_current = 1 JOIN fact ON fact.id = st.fact_id
			GROUP BY c.rule ORDER BY c.rule`, nil, func(rows *sql.Rows) error {
			var c RuleCount
			err := rows.Scan(&c.Rule, &c.Facts, &c.Citations, &c.Rejected)
			out = append(out, c)
			return err
		})
	})
	return out, err
}
