package corpus

import (
	"cmp"
	"slices"
	"strings"

	"dateline/extract"
)

// fact is a row of the fact table while a batch works on it.
type fact struct {
	id     int64
	hash   string
	kind   extract.Kind
	normal string
	value  string // date value, or ""
	stored bool   // the row was there before; then first is its first statement
	plain  bool   // no statement of it was rejected, changed or skipped: counting it up is enough

	documents  int   // that the batch adds
	last       int64 // document counted last: a document counts once
	citations  int
	confidence float64
	first      turn
	statement  int64
}

// turn orders statements: by publication (unknown last), source, offset, ordinal.
type turn struct {
	published string
	source    string
	start     int
	ordinal   int
}

func (a turn) compare(b turn) int {
	return cmp.Or(strings.Compare(publishedOrder(a.published), publishedOrder(b.published)), strings.Compare(a.source, b.source),
		cmp.Compare(a.start, b.start), cmp.Compare(a.ordinal, b.ordinal))
}

// publishedOrder makes unknown dates sort after all others. Dates without a year are unknown.
func publishedOrder(published string) string {
	if published == "" || published[0] == 'X' {
		return "~"
	}
	return published
}

// findFacts looks up the rows of facts by their hashes, with their first statements.
func (b *batch) findFacts(hashes []string) error {
	hashes = slices.DeleteFunc(hashes, func(h string) bool { return b.facts[h] != nil })
	if len(hashes) == 0 {
		return nil
	}
	slices.Sort(hashes)
	return b.w.rows(`SELECT fact.id, fact.hash, coalesce(d.published, ''), coalesce(src.source, ''), coalesce(s.first_start, 0), coalesce(s.ordinal, 0), coalesce(s.id, 0),
		fact.decision_id = 0
		FROM fact LEFT JOIN statement s ON s.id = fact.first_statement LEFT JOIN document d ON d.id = s.document_id LEFT JOIN source src ON src.id = d.source_id
		WHERE fact.hash IN (SELECT value FROM json_each(?))`, []any{toJSON(slices.Compact(hashes))}, func(scan func(...any) error) error {
		f := &fact{stored: true}
		err := scan(&f.id, &f.hash, &f.first.published, &f.first.source, &f.first.start, &f.first.ordinal, &f.statement, &f.plain)
		b.facts[f.hash] = f
		return err
	})
}

// fact is the fact of a normal form; findFacts has looked for it before.
func (b *batch) fact(kind extract.Kind, normal string, s slots) *fact {
	hash := factHash(normal)
	f := b.facts[hash]
	if f == nil {
		f = &fact{hash: hash, kind: kind, normal: normal, value: s.Value, plain: true}
		if kind == extract.KindAgreement {
			f.value = s.Date
		}
		b.facts[hash] = f
		f.id = b.nextFact
		b.nextFact++
		b.unborn = append(b.unborn, f)
	}
	return f
}

// factBounds are the columns earliest, latest and year_unknown of a fact with a date value.
func factBounds(value string) (earliest, latest any, unknown bool) {
	b := readBounds(value)
	if b.ok && b.earliest != "" {
		return b.earliest, b.latest, b.unknown
	}
	return nil, nil, b.unknown
}

// readableNormal is a normal form as it is stored.
func readableNormal(normal string) string { return strings.ReplaceAll(normal, "\x1f", " | ") }

// insertFacts gives the new facts their rows.
func (b *batch) insertFacts() error {
	values := make([]any, 0, 11*len(b.unborn))
	for _, f := range b.unborn {
		var statement any
		earliest, latest, unknown := factBounds(f.value)
		if f.statement != 0 {
			statement = f.statement
		}
		values = append(values, f.id, f.hash, string(f.kind), readableNormal(f.normal), f.documents, f.citations, f.confidence,
			earliest, latest, unknown, statement)
	}
	err := b.w.bulk("fact(id, hash, kind, normal, sources, citations, confidence, earliest, latest, year_unknown, first_statement)", 11, values)
	b.unborn = nil
	return err
}

// addStatements stores the facts of the waiting documents, whose forms are linked by now.
func (b *batch) addStatements() error {
	if err := b.loadEntityKeys(); err != nil {
		return err
	}
	type row struct {
		x         waiting
		i         int
		normal    string
		hash, own string
	}
	var rows []row
	var hashes []string
	for _, x := range b.waiting {
		for i, f := range x.p.item.Facts {
			normal := normalForm(f.Kind, x.p.read.slots[i], func(role string) []string {
				var keys []string
				for _, r := range x.p.read.refs[i] {
					if r.role == role {
						keys = append(keys, b.entities[r.form.id])
					}
				}
				return keys
			})
			hash := factHash(normal)
			rows = append(rows, row{x, i, normal, hash, factHash(x.p.normals[i])})
			hashes = append(hashes, hash)
		}
	}
	if err := b.findFacts(hashes); err != nil {
		return err
	}
	var next int64
	if _, err := b.w.row("SELECT coalesce(max(id), 0) + 1 FROM statement", nil, &next); err != nil {
		return err
	}
	var statements, forms, citations []any
	stored := map[int64][]int64{} // rows of the statements of each document
	for _, r := range rows {
		p, f, places, id := r.x.p, &r.x.p.item.Facts[r.i], r.x.p.places[r.i], next
		next++
		start := places[0].start
		for _, c := range places {
			start = min(start, c.start)
		}
		s := p.read.slots[r.i]
		fact := b.fact(f.Kind, r.normal, s)
		var own, decision, extracted any
		if r.own != r.hash {
			own = r.own
		}
		ruling := p.ruled.of(r.i)
		if ruling.decision != 0 {
			decision = ruling.decision
		}
		if p.ruled.extracted != nil && p.ruled.extracted[r.i] != nil {
			extracted = toJSON(*p.ruled.extracted[r.i])
		}
		if decision != nil || !fact.plain {
			b.recount[fact.id] = true
		}
		stored[r.x.doc] = append(stored[r.x.doc], id)
		statements = append(statements, id, r.x.doc, r.i, string(f.Kind), own, fact.id, f.Rule, f.Confidence, toJSON(s), len(places), start,
			string(ruling.state), decision, extracted)
		for _, x := range p.read.refs[r.i] {
			forms = append(forms, id, x.role, x.ordinal, x.form.id)
		}
		for k, c := range places {
			citations = append(citations, id, k, r.x.doc, c.start, c.end, c.quote, c.rule)
		}
		b.count(fact, r.x.doc, id, len(places), f.Confidence, turn{p.item.Doc.Published.Value, p.item.Doc.Source, start, r.i})
	}
	if err := b.insertFacts(); err != nil {
		return err
	}
	if err := b.w.bulk("statement(id, document_id, ordinal, kind, hash, fact_id, rule, confidence, slots, citations, first_start, state, decision_id, extracted)", 14, statements); err != nil {
		return err
	}
	if err := b.w.bulk("statement_form(statement_id, role, ordinal, form_id)", 4, forms); err != nil {
		return err
	}
	if err := b.w.bulk(`citation(statement_id, ordinal, document_id, start, "end", quote, rule)`, 7, citations); err != nil {
		return err
	}
	for _, x := range b.waiting {
		if err := b.addHolds(x.p.ruled.holds, stored[x.doc]); err != nil {
			return err
		}
	}
	return nil
}

// loadEntityKeys reads the keys of the entities that the waiting documents name.
func (b *batch) loadEntityKeys() error {
	var forms []int64
	for _, x := range b.waiting {
		for _, f := range x.p.read.forms {
			forms = append(forms, f.id)
		}
	}
	slices.Sort(forms)
	return b.w.rows("SELECT f.id, e.key FROM form f JOIN entity e ON e.id = f.entity_id WHERE f.id IN (SELECT value FROM json_each(?))",
		[]any{intsJSON(slices.Compact(forms))}, func(scan func(...any) error) error {
			var form int64
			var key string
			err := scan(&form, &key)
			b.entities[form] = key
			return err
		})
}

func (b *batch) count(f *fact, doc, statement int64, citations int, confidence float64, at turn) {
	if f.documents == 0 {
		b.order = append(b.order, f)
	}
	if f.last != doc {
		f.last = doc
		f.documents++
	}
	f.citations += citations
	f.confidence = max(f.confidence, confidence)
	if f.statement == 0 || at.compare(f.first) < 0 {
		f.first, f.statement = at, statement
	}
}

// tallyUp brings the counts and the first citations of all facts of the batch up to date.
func (b *batch) tallyUp() error {
	for _, f := range b.order {
		if b.recount[f.id] || !f.stored {
			continue
		}
		_, err := b.w.exec("UPDATE fact SET sources = sources + ?, citations = citations + ?, confidence = max(confidence, ?), first_statement = ? WHERE id = ?",
			f.documents, f.citations, f.confidence, f.statement, f.id)
		if err != nil {
			return err
		}
	}
	facts := make([]int64, 0, len(b.recount))
	for fact := range b.recount {
		facts = append(facts, fact)
	}
	slices.Sort(facts)
	for _, fact := range facts {
		if err := b.recountFact(fact); err != nil {
			return err
		}
	}
	return nil
}

// recountFact counts a fact's statements from the start, and drops it when it has none.
// Rejected statements do not count, unless there are no others.
func (b *batch) recountFact(id int64) error {
	var kept, rejected tally
	err := b.w.rows(`SELECT s.id, s.document_id, s.citations, s.confidence, d.published, src.source, s.first_start, s.ordinal, s.state, coalesce(s.decision_id, 0)
		FROM statement s JOIN document d ON d.id = s.document_id JOIN source src ON src.id = d.source_id WHERE s.fact_id = ?`, []any{id},
		func(scan func(...any) error) error {
			var row, doc, decision int64
			var citations int
			var confidence float64
			var at turn
			var state string
			if err := scan(&row, &doc, &citations, &confidence, &at.published, &at.source, &at.start, &at.ordinal, &state, &decision); err != nil {
				return err
			}
			t := &kept
			if ReviewState(state) == ReviewRejected {
				t = &rejected
			}
			t.add(row, doc, citations, confidence, at, ReviewState(state), decision)
			return nil
		})
	if err != nil {
		return err
	}
	t, state := kept, kept.state()
	if t.first == 0 {
		t, state = rejected, ReviewRejected
	}
	if t.first == 0 {
		_, err = b.w.exec("DELETE FROM fact WHERE id = ?", id)
		return err
	}
	_, err = b.w.exec("UPDATE fact SET sources = ?, citations = ?, confidence = ?, first_statement = ?, state = ?, decision_id = ? WHERE id = ?",
		len(t.documents), t.citations, t.confidence, t.first, string(state), max(kept.decision, rejected.decision), id)
	return err
}

// tally counts statements of one fact.
type tally struct {
	documents  map[int64]bool
	citations  int
	confidence float64
	first      int64 // statement
	turn       turn
	states     map[ReviewState]bool
	decision   int64 // last
}

func (t *tally) add(row, doc int64, citations int, confidence float64, at turn, state ReviewState, decision int64) {
	if t.first == 0 {
		t.documents, t.states = map[int64]bool{}, map[ReviewState]bool{}
	}
	if t.first == 0 || at.compare(t.turn) < 0 {
		t.turn, t.first = at, row
	}
	t.documents[doc] = true
	t.citations += citations
	t.confidence = max(t.confidence, confidence)
	t.states[state] = true
	t.decision = max(t.decision, decision)
}

// strongestFirst are the states of statements that are not rejected: one accepted statement is
// enough to accept the fact; what asks for another look comes before what nobody has seen.
var strongestFirst = []ReviewState{ReviewAccepted, ReviewChanged, ReviewOpen, ReviewSkipped}

// state is that of the fact.
func (t *tally) state() ReviewState {
	for _, s := range strongestFirst {
		if t.states[s] {
			return s
		}
	}
	return ReviewOpen
}
