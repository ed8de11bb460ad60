package corpus

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"dateline/extract"
)

// ownKindsQuery lists the kinds that users' rules have made: one step of the index a kind, however
// many facts it has.
const ownKindsQuery = `WITH RECURSIVE k(kind) AS (SELECT min(kind) FROM fact UNION ALL SELECT (SELECT min(kind) FROM fact WHERE kind > k.kind) FROM k WHERE k.kind IS NOT NULL)
	SELECT kind FROM k WHERE kind IS NOT NULL AND kind NOT IN ('date', 'person', 'institution', 'title', 'agreement') LIMIT 500`

// checkKind refuses a kind that neither the program nor the database knows; "" is none.
func checkKind(ctx context.Context, tx queries, kind string) error {
	if kind == "" || slices.Contains(extract.Kinds, extract.Kind(kind)) {
		return nil
	}
	known := []string{"date", "person", "institution", "title", "agreement"}
	err := each(ctx, tx, ownKindsQuery, nil, func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		known = append(known, name)
		return err
	})
	if err == nil && !slices.Contains(known, kind) {
		err = badRequest("kind "+kind, "is no kind of fact", "use one of "+strings.Join(known, ", "))
	}
	return err
}
