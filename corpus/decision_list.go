package corpus

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"dateline/extract"
)

// Decisions lists recorded decisions with what became of them.
func (s *Store) Decisions(ctx context.Context, filter DecisionFilter) ([]Decision, error) {
	w := &where{}
	if filter.Fact != "" {
		w.add(`(d.fact = ?1 OR d.undoes IN (SELECT id FROM decision WHERE fact = ?1) OR d.id IN (SELECT h.decision_id FROM decision_holds h
			JOIN statement st ON st.id = h.statement_id JOIN fact f ON f.id = st.fact_id WHERE f.hash = ?1))`, filter.Fact)
	}
	if filter.Source != "" {
		w.add("(d.id IN (SELECT decision_id FROM decision_target WHERE source = ?) OR d.undoes IN (SELECT decision_id FROM decision_target WHERE source = ?))", filter.Source, filter.Source)
	}
	if filter.Who != "" {
		w.add("d.who = ?", plainLine(filter.Who)) // as it was stored
	}
	order := " ORDER BY d.id"
	if filter.Newest {
		order += " DESC"
	}
	if filter.Limit > 0 || filter.Offset > 0 {
		limit := filter.Limit
		if limit <= 0 {
			limit = -1
		}
		order += fmt.Sprintf(" LIMIT %d OFFSET %d", limit, max(filter.Offset, 0))
	}
	return s.decisions(ctx, strings.TrimPrefix(w.String(), " WHERE "), w.args, order)
}

// decisions reads decisions by a condition on d, with their targets.
func (s *Store) decisions(ctx context.Context, condition string, args []any, order string) ([]Decision, error) {
	var out []Decision
	err := s.reading(ctx, "could not list decisions", func(tx *sql.Tx) (err error) {
		out, err = readDecisions(ctx, tx, condition, args, order)
		return err
	})
	return out, err
}

func readDecisions(ctx context.Context, tx queries, condition string, args []any, order string) ([]Decision, error) {
	if condition == "" {
		condition = "1"
	}
	if order == "" {
		order = " ORDER BY d.id"
	}
	var out []Decision
	index := map[int64]int{}
	err := each(ctx, tx, `SELECT d.id, d.action, d.who, d.why, d.made, d.key, d.kind, d.fact, d.line, d.edited, coalesce(d.undoes, 0),
		coalesce((SELECT min(u.id) FROM decision u WHERE u.undoes = d.id), 0) FROM decision d WHERE `+condition+order, args, func(rows *sql.Rows) error {
		var d Decision
		var action, kind, edited string
		if err := rows.Scan(&d.ID, &action, &d.Who, &d.Why, &d.Made, &d.Key, &kind, &d.Fact, &d.Line, &edited, &d.Undoes, &d.UndoneBy); err != nil {
			return err
		}
		d.Action, d.Kind = Action(action), extract.Kind(kind)
		var err error
		if d.Edited, err = factOf(d.Kind, edited); err != nil {
			return err
		}
		index[d.ID] = len(out)
		out = append(out, d)
		return nil
	})
	if err != nil || len(out) == 0 {
		return out, err
	}
	ids := make([]int64, len(out))
	for i, d := range out {
		ids[i] = d.ID
	}
	err = each(ctx, tx, `SELECT t.decision_id, t.source, t.slots, t.edited, t.quote, t.before, t.after,
		coalesce(h.how, ''), coalesce(h.statement_id, 0), coalesce(st.decision_id, 0), coalesce(f.hash, '')
		FROM decision_target t LEFT JOIN decision_holds h ON h.decision_id = t.decision_id AND h.ordinal = t.ordinal
		LEFT JOIN statement st ON st.id = h.statement_id LEFT JOIN fact f ON f.id = st.fact_id
		WHERE t.decision_id IN (SELECT value FROM json_each(?)) ORDER BY t.decision_id, t.ordinal`, []any{intsJSON(ids)}, func(rows *sql.Rows) error {
		var t DecisionTarget
		var decision, rules int64
		var value, edited, how string
		if err := rows.Scan(&decision, &t.Source, &value, &edited, &t.Quote, &t.Before, &t.After, &how, &t.Statement, &rules, &t.Fact); err != nil {
			return err
		}
		d := &out[index[decision]]
		read, err := factOf(d.Kind, value)
		if err != nil {
			return err
		}
		t.Value = *read
		if t.Edited, err = factOf(d.Kind, edited); err != nil {
			return err
		}
		switch {
		case d.UndoneBy != 0:
			t.How = Undone
		case how == "":
			t.How = Orphan
		case rules != decision:
			t.How = Superseded
		default:
			t.How = Hold(how)
		}
		d.Targets = append(d.Targets, t)
		return nil
	})
	return out, err
}

// factOf reads stored slots; no slots are no fact.
func factOf(kind extract.Kind, text string) (*extract.Fact, error) {
	if text == "" {
		return nil, nil
	}
	var s slots
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return nil, err
	}
	f := s.fact(kind)
	return &f, nil
}

// Orphans lists the decisions that count and no longer find what they were about, each with
// the evidence that is not found (Orphan) or found with other values or words (Differs). Where a later
// decision had the same evidence, only that one is listed.
func (s *Store) Orphans(ctx context.Context) ([]Decision, error) {
	list, err := s.decisions(ctx, `d.action IN ('accept', 'reject', 'edit') AND NOT EXISTS (SELECT 1 FROM decision u WHERE u.undoes = d.id)
		AND EXISTS (SELECT 1 FROM decision_target t LEFT JOIN decision_holds h ON h.decision_id = t.decision_id AND h.ordinal = t.ordinal
			WHERE t.decision_id = d.id AND (h.how IS NULL OR h.how = 'changed'))`, nil, " ORDER BY d.id DESC")
	if err != nil {
		return nil, err
	}
	seen := map[[3]string]bool{}
	var out []Decision
	for _, d := range list { // newest first
		d.Targets = slices.DeleteFunc(d.Targets, func(t DecisionTarget) bool {
			value, _ := slotsOf(t.Value)
			key := [3]string{t.Source, decisionKey(d.Kind, value), t.Before + "\x00" + t.Quote + "\x00" + t.After}
			again := seen[key]
			seen[key] = true
			return again || t.How != Orphan && t.How != Differs
		})
		if len(d.Targets) > 0 {
			out = append(out, d)
		}
	}
	slices.Reverse(out)
	return out, nil
}
