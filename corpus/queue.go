package corpus

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// QueueFilter selects facts to review. Zero values select everything.
type QueueFilter struct {
	Kind        string // one of extract.Kinds
	Person      string // as in Filter
	Institution string
	Text        string // words of the documents' text
	Document    int64  // stated by this document
	Source      string // part of a path or URL
	Publisher   string // whole name
	Rule        string // whole name of a rule that read a statement of it
	State       ReviewState
	After       string // QueuePage.Next of the page before; "" = first page
	Limit       int    // facts a page; 0 = 50, at most 500
}

// QueuePage is a part of the queue.
type QueuePage struct {
	Facts []FactRow
	Next  string // cursor of the next page, "" on the last one
}

// Progress counts facts by state.
type Progress struct {
	Open, Accepted, Rejected, Changed, Skipped int
}

// Total is the number of facts.
func (p Progress) Total() int { return p.Open + p.Accepted + p.Rejected + p.Changed + p.Skipped }

// Decided is the number of facts that need nobody's attention any more.
func (p Progress) Decided() int { return p.Accepted + p.Rejected }

// toDo are the states of facts that wait for a decision, in the order of the queue: first
// what was decided once and reads otherwise now.
var toDo = []ReviewState{ReviewChanged, ReviewOpen, ReviewSkipped}

// Queue lists facts to review: the least certain first, skipped ones last. With a State only
// those, whatever their state. The cursor names a place between facts, so that a page
// neither repeats nor misses a fact when others are decided meanwhile.
func (s *Store) Queue(ctx context.Context, filter QueueFilter) (QueuePage, error) {
	var page QueuePage
	limit := filter.Limit
	if limit <= 0 {
		limit = 50
	}
	limit = min(limit, 500)
	states := toDo
	switch filter.State {
	case "", ReviewOpen, ReviewAccepted, ReviewRejected, ReviewChanged, ReviewSkipped:
	default:
		return page, badRequest("state "+string(filter.State), "is none", "use open, accepted, rejected, changed or skipped")
	}
	if filter.State != "" {
		states = []ReviewState{filter.State}
	}
	at, confidence, row, err := readCursor(filter.After)
	if err != nil {
		return page, err
	}
	if at != "" {
		states = states[max(slices.Index(states, at), 0):]
	}
	err = s.reading(ctx, "could not read the queue", func(tx *sql.Tx) error {
		base, err := queueConditions(ctx, tx, filter)
		if err != nil {
			return err
		}
		var ids []int64
		var last struct {
			state      ReviewState
			confidence float64
			id         int64
		}
		more := false
		for _, state := range states {
			w := &where{slices.Clone(base.conditions), slices.Clone(base.args)}
			w.add("fact.state = ?", string(state))
			if state == at {
				w.add("(fact.confidence, fact.id) > (?, ?)", confidence, row)
			}
			err := each(ctx, tx, "SELECT fact.id, fact.confidence FROM fact"+w.String()+fmt.Sprintf(" ORDER BY fact.confidence, fact.id LIMIT %d", limit+1-len(ids)), w.args,
				func(rows *sql.Rows) error {
					var id int64
					var c float64
					if err := rows.Scan(&id, &c); err != nil {
						return err
					}
					if len(ids) == limit {
						more = true
						return nil
					}
					ids = append(ids, id)
					last.state, last.confidence, last.id = state, c, id
					return nil
				})
			if err != nil {
				return err
			}
			if more {
				break
			}
		}
		if more {
			page.Next = fmt.Sprintf("%s_%s_%d", last.state, strconv.FormatFloat(last.confidence, 'g', -1, 64), last.id)
		}
		for _, id := range ids {
			f, err := oneFact(ctx, tx, id)
			if err != nil {
				return err
			}
			page.Facts = append(page.Facts, f.FactRow)
		}
		return nil
	})
	return page, err
}

// Progress counts what a filter selects, by state; its State, After and Limit do not matter.
func (s *Store) Progress(ctx context.Context, filter QueueFilter) (Progress, error) {
	var p Progress
	err := s.reading(ctx, "could not count the queue", func(tx *sql.Tx) error {
		w, err := queueConditions(ctx, tx, filter)
		if err != nil {
			return err
		}
		return each(ctx, tx, "SELECT fact.state, count(*) FROM fact"+w.String()+" GROUP BY fact.state", w.args, func(rows *sql.Rows) error {
			var state string
			var n int
			err := rows.Scan(&state, &n)
			switch ReviewState(state) {
			case ReviewOpen:
				p.Open = n
			case ReviewAccepted:
				p.Accepted = n
			case ReviewRejected:
				p.Rejected = n
			case ReviewChanged:
				p.Changed = n
			case ReviewSkipped:
				p.Skipped = n
			}
			return err
		})
	})
	return p, err
}

// queueConditions turns everything of a filter but state and cursor into SQL.
func queueConditions(ctx context.Context, tx queries, filter QueueFilter) (*where, error) {
	if err := checkKind(ctx, tx, filter.Kind); err != nil {
		return nil, err
	}
	w, err := factConditions(ctx, tx, Filter{State: "all", Kind: filter.Kind, Person: filter.Person, Institution: filter.Institution, Source: filter.Source, Text: filter.Text})
	if err != nil {
		return nil, err
	}
	if filter.Document != 0 {
		w.add("fact.id IN (SELECT fact_id FROM statement WHERE document_id = ?)", filter.Document)
	}
	if filter.Publisher != "" {
		w.add("fact.id IN (SELECT s3.fact_id FROM document d3 JOIN statement s3 ON s3.document_id = d3.id WHERE d3.is_current = 1 AND d3.publisher = ?)", filter.Publisher)
	}
	if filter.Rule != "" {
		w.add("fact.id IN (SELECT fact_id FROM statement WHERE rule = ?)", filter.Rule)
	}
	return w, nil
}

// readCursor takes QueuePage.Next apart. A state that the cursor does not know begins the queue.
func readCursor(cursor string) (state ReviewState, confidence float64, row int64, err error) {
	if cursor == "" {
		return "", 0, 0, nil
	}
	parts := strings.Split(cursor, "_")
	if len(parts) == 3 {
		confidence, err = strconv.ParseFloat(parts[1], 64)
		if err == nil {
			row, err = strconv.ParseInt(parts[2], 10, 64)
		}
		if err == nil {
			return ReviewState(parts[0]), confidence, row, nil
		}
	}
	return "", 0, 0, badRequest("cursor "+cursor, "is none of this queue", "begin with the first page")
}

// oneFact reads a fact by its row.
func oneFact(ctx context.Context, tx queries, row int64) (scannedFact, error) {
	var f scannedFact
	found := false
	err := each(ctx, tx, factColumns+" WHERE fact.id = ?", []any{row}, func(rows *sql.Rows) (err error) {
		f, err = scanFact(rows)
		found = true
		return err
	})
	if err == nil && !found {
		err = &Error{Path: fmt.Sprint(row), Problem: NotFound, Detail: "there is no such fact", Advice: "`dateline facts` lists the ids"}
	}
	return f, err
}

// Publishers and rules that current documents have, for a reviewer to choose from.
type QueueChoices struct {
	Publishers []string
	Rules      []string
	OwnKinds   []string // kinds of fact that users' rules have made
}

// Choices lists what QueueFilter.Publisher and Rule can be; at most 500 each.
func (s *Store) Choices(ctx context.Context) (QueueChoices, error) {
	var c QueueChoices
	err := s.reading(ctx, "could not list publishers and rules", func(tx *sql.Tx) error {
		for _, q := range []struct {
			query string
			into  *[]string
		}{
			{"SELECT DISTINCT publisher FROM document WHERE is_current = 1 AND publisher <> '' ORDER BY 1 LIMIT 500", &c.Publishers},
			// One step of the index a rule, however many statements it has.
			{`WITH RECURSIVE r(rule) AS (SELECT min(rule) FROM statement UNION ALL SELECT (SELECT min(rule) FROM statement WHERE rule > r.rule) FROM r WHERE r.rule IS NOT NULL)
				SELECT rule FROM r WHERE rule IS NOT NULL LIMIT 500`, &c.Rules},
			{ownKindsQuery, &c.OwnKinds},
		} {
			err := each(ctx, tx, q.query, nil, func(rows *sql.Rows) error {
				var name string
				err := rows.Scan(&name)
				*q.into = append(*q.into, name)
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return c, err
}
