package corpus

import (
	"context"
	"database/sql"
	"strings"

	"dateline/corpus/fault"
)

// writer is the one writing connection of a Store with its prepared statements.
type writer struct {
	conn *sql.Conn
	ctx  context.Context // never cancelled: see transaction
	stmt map[string]*sql.Stmt
}

func (w *writer) close() {
	for _, s := range w.stmt {
		s.Close()
	}
	w.conn.Close()
}

func (w *writer) prepare(query string) (*sql.Stmt, error) {
	fault.At(fault.Statement)
	if s, ok := w.stmt[query]; ok {
		return s, nil
	}
	s, err := w.conn.PrepareContext(w.ctx, query)
	if err != nil {
		return nil, err
	}
	w.stmt[query] = s
	return s, nil
}

func (w *writer) exec(query string, args ...any) (sql.Result, error) {
	s, err := w.prepare(query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(w.ctx, args...)
}

// insert executes and gives the new row's id.
func (w *writer) insert(query string, args ...any) (int64, error) {
	r, err := w.exec(query, args...)
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

// row scans the one row of a query; found is false when there is none.
func (w *writer) row(query string, args []any, into ...any) (found bool, err error) {
	s, err := w.prepare(query)
	if err != nil {
		return false, err
	}
	err = s.QueryRowContext(w.ctx, args...).Scan(into...)
	if err == sql.ErrNoRows {
		return false, nil
	}
	return err == nil, err
}

// rows calls each for every row of a query.
func (w *writer) rows(query string, args []any, each func(scan func(...any) error) error) error {
	s, err := w.prepare(query)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(w.ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// ids collects the one integer column of a query.
func (w *writer) ids(query string, args ...any) ([]int64, error) {
	var out []int64
	err := w.rows(query, args, func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		out = append(out, id)
		return err
	})
	return out, err
}

// bulkSizes are the numbers of rows that one INSERT takes: few sizes, so that the statements
// stay prepared. Going to the driver once for many rows is most of the speed of the store.
var bulkSizes = []int{256, 64, 16, 4, 1}

// bulk inserts rows of n columns each, given one after another in values.
func (w *writer) bulk(into string, n int, values []any) error {
	one := "(" + strings.TrimSuffix(strings.Repeat("?,", n), ",") + ")"
	for _, size := range bulkSizes {
		for len(values) >= size*n && size*n <= 2000 { // well below SQLite's limit of parameters
			query := "INSERT INTO " + into + " VALUES " + strings.TrimSuffix(strings.Repeat(one+",", size), ",")
			if _, err := w.exec(query, values[:size*n]...); err != nil {
				return err
			}
			values = values[size*n:]
		}
	}
	return nil
}

// transaction runs do in one BEGIN IMMEDIATE transaction. Writers of this process take turns
// here, writers of others wait for SQLite's lock (busy_timeout).
//
// Cancelling ctx stops the work between documents, not inside a statement: both drivers
// start a goroutine for every statement that could be cancelled, at several times its cost.
func (s *Store) transaction(ctx context.Context, what string, do func(w *writer) error) (err error) {
	if s.readOnly {
		return &Error{Path: s.path, Problem: Unwritable, Detail: "was opened for reading only", Advice: "open it for writing"}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.writer == nil {
		quiet := context.WithoutCancel(ctx)
		conn, err := s.db.Conn(quiet)
		if err != nil {
			return s.fail(what, err)
		}
		// The indexes of names and facts are written in random places: with SQLite's 2 MB of
		// cache most pages would be read again for every batch. Checkpoints every 16 MB.
		for _, pragma := range []string{"PRAGMA cache_size=-65536", "PRAGMA wal_autocheckpoint=4000", "PRAGMA temp_store=MEMORY"} {
			if _, err := conn.ExecContext(quiet, pragma); err != nil {
				conn.Close()
				return s.fail(what, err)
			}
		}
		s.writer = &writer{conn: conn, ctx: quiet, stmt: map[string]*sql.Stmt{}}
	}
	w := s.writer
	if _, err := w.conn.ExecContext(w.ctx, "BEGIN IMMEDIATE"); err != nil {
		return s.fail(what, err)
	}
	done := false
	defer func() {
		if done {
			return
		}
		// A failed fsync leaves the pages of this connection in doubt: it is not used again.
		w.conn.ExecContext(w.ctx, "ROLLBACK")
		w.close()
		s.writer = nil
	}()
	if err := do(w); err != nil {
		return s.fail(what, err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	fault.At(fault.Commit)
	if _, err := w.conn.ExecContext(w.ctx, "COMMIT"); err != nil {
		return s.fail(what, err)
	}
	done = true
	fault.At(fault.Committed)
	return nil
}
