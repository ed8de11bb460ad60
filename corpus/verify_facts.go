package corpus

import (
	"database/sql"
	"encoding/json"
	"slices"

	"dateline/extract"
)

// factCount is what the statements of a fact make of its row.
type factCount struct {
	kept, rejected counted // rejected statements count only when there are no others
	value          string  // date value
}

// counted is tally without its maps: there are as many as there are facts, and statements
// come document by document.
type counted struct {
	documents, citations int
	confidence           float64
	first, last          int64 // statement; document counted last
	turn                 turn
	state                int // index of the strongest in strongestFirst
	decision             int64
}

func (c *counted) add(p *proof, s *storedStatement) {
	at := turn{p.doc.Published.Value, p.doc.Source, s.start, s.ordinal}
	if c.first == 0 || at.compare(c.turn) < 0 {
		c.turn, c.first = at, s.row
	}
	if c.last != p.id {
		c.last = p.id
		c.documents++
	}
	c.citations += s.citations
	c.confidence = max(c.confidence, s.confidence)
	c.decision = max(c.decision, s.decision)
	if i := slices.Index(strongestFirst, ReviewState(s.state)); i >= 0 && (c.citations == s.citations || i < c.state) {
		c.state = i
	}
}

// count takes the statements of a document into the counts of their facts.
func (v *verifier) count(p *proof) {
	for i := range p.statements {
		s := &p.statements[i]
		c := v.facts[s.fact]
		if c == nil {
			c = &factCount{}
			v.facts[s.fact] = c
		}
		if ReviewState(s.state) == ReviewRejected {
			c.rejected.add(p, s)
		} else {
			c.kept.add(p, s)
		}
		if c.value == "" && (s.kind == string(extract.KindDate) || s.kind == string(extract.KindAgreement)) {
			var value slots // not proved yet: when it can't be read, prove says so
			json.Unmarshal([]byte(s.slots), &value)
			c.value = value.Value + value.Date // a fact has one of them
		}
	}
}

// countedFacts compares the rows of facts with what their statements make of them: all, or those
// of the rows given.
func (v *verifier) countedFacts(only []int64) error {
	query, args := "SELECT id, hash, kind, sources, citations, confidence, earliest, latest, year_unknown, coalesce(first_statement, 0), state, decision_id FROM fact", []any(nil)
	if only != nil {
		query, args = query+" WHERE id IN (SELECT value FROM json_each(?))", []any{intsJSON(only)}
	}
	return v.each(query+" ORDER BY id", args, func(rows *sql.Rows) error {
		var row, first, decision int64
		var hash, kind, state string
		var documents, citations int
		var confidence float64
		var earliest, latest sql.NullString
		var unknown bool
		bad := func(detail string) {
			v.out.fault(Fault{Check: CheckFact, Fact: hash, Detail: detail, Advice: adviceRebuild})
		}
		if err := rows.Scan(&row, &hash, &kind, &documents, &citations, &confidence, &earliest, &latest, &unknown, &first, &state, &decision); err != nil {
			bad("its row can't be read: " + err.Error())
			return nil
		}
		if only == nil {
			v.out.Facts++
		}
		c := v.facts[row]
		if c == nil {
			bad("no document states it")
			return nil
		}
		t, want := &c.kept, strongestFirst[c.kept.state]
		if t.first == 0 {
			t, want = &c.rejected, ReviewRejected
		}
		if documents != t.documents || citations != t.citations {
			bad("its counts of documents and citations are wrong")
		}
		if confidence != t.confidence || first != t.first {
			bad("its confidence or its first statement is not that of its statements")
		}
		if state != string(want) || decision != max(c.kept.decision, c.rejected.decision) {
			bad("its state is stored as " + state + ", and the decisions make it " + string(want))
		}
		from, to, isUnknown := factBounds(c.value)
		if !sameText(earliest, from) || !sameText(latest, to) || unknown != isUnknown {
			bad("the days that it is found by are not those of its date")
		}
		return nil
	})
}

func sameText(stored sql.NullString, value any) bool {
	text, ok := value.(string)
	return stored.Valid == ok && stored.String == text
}
