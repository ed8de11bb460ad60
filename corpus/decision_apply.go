package corpus

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"

	"dateline/extract"
	"dateline/extract/token"
)

// ruled is what decisions make of a prepared document.
type ruled struct {
	rulings   []ruling // by fact
	holds     []hold
	extracted []*slots // by fact: the values as read, where they were edited
}

// rule applies the decisions about a document to its facts, before they are stored.
func (b *batch) rule(p *prepared) error {
	if !b.asked {
		var any bool
		if _, err := b.w.row("SELECT EXISTS (SELECT 1 FROM decision_target)", nil, &any); err != nil {
			return err
		}
		b.asked, b.decided = true, any
	}
	p.ruled = ruled{}
	if !b.decided {
		return nil
	}
	list, err := readEvidence(b.w.ctx, b.w.conn, p.item.Doc.Source)
	if err != nil || len(list) == 0 {
		return err
	}
	p.judge(list)
	return nil
}

// judge gives the facts of a document the states and values that decisions make of them.
func (p *prepared) judge(list []evidence) {
	statements := make([]stated, len(p.item.Facts))
	for i, f := range p.item.Facts {
		statements[i] = stated{kind: f.Kind, key: decisionKey(f.Kind, p.read.slots[i])}
		for _, c := range f.Citations {
			statements[i].cites = append(statements[i].cites, c.Span)
		}
	}
	p.ruled.rulings, p.ruled.holds = matchDecisions(p.item.Doc.Text, statements, list)
	p.edit()
}

// readEvidence reads what was decided about a document, in order, without what was undone.
func readEvidence(ctx context.Context, tx queries, source string) ([]evidence, error) {
	var list []evidence
	err := each(ctx, tx, `SELECT d.id, t.ordinal, d.action, d.kind, t.normal, t.edited, t.quote, t.before, t.after FROM decision_target t JOIN decision d ON d.id = t.decision_id
		WHERE t.source = ? AND NOT EXISTS (SELECT 1 FROM decision u WHERE u.undoes = d.id) ORDER BY d.id, t.ordinal`, []any{source},
		func(rows *sql.Rows) error {
			var e evidence
			var action, kind, edited string
			if err := rows.Scan(&e.decision, &e.ordinal, &action, &kind, &e.key, &edited, &e.quote, &e.before, &e.after); err != nil {
				return err
			}
			e.action, e.kind = Action(action), extract.Kind(kind)
			if edited != "" {
				e.edited = &slots{}
				if err := json.Unmarshal([]byte(edited), e.edited); err != nil {
					return err
				}
			}
			list = append(list, e)
			return nil
		})
	return list, err
}

// edit gives the facts of a document their edited values. Where the name of a person or an
// institution was edited, the other facts of the document that use the old name follow.
func (p *prepared) edit() {
	renamed := map[extract.Kind]map[string]string{extract.KindPerson: {}, extract.KindInstitution: {}}
	values := slices.Clone(p.read.slots)
	edited := false
	for i, r := range p.ruled.rulings {
		if r.edited == nil {
			continue
		}
		edited = true
		if names := renamed[p.item.Facts[i].Kind]; names != nil && values[i].Name != r.edited.Name {
			names[nameKey(values[i].Name)] = r.edited.Name
		}
		values[i] = *r.edited
	}
	if !edited {
		return
	}
	facts := make([]extract.Fact, len(values))
	p.ruled.extracted = make([]*slots, len(values))
	for i, f := range p.item.Facts {
		if p.ruled.rulings[i].edited == nil {
			values[i] = values[i].renamed(renamed)
		}
		if was := p.read.slots[i]; toJSON(values[i]) != toJSON(was) {
			p.ruled.extracted[i] = &was
		}
		facts[i] = values[i].fact(f.Kind)
		facts[i].Rule, facts[i].Confidence, facts[i].Citations = f.Rule, f.Confidence, f.Citations
	}
	p.interpret(facts)
}

// renamed replaces names of people and institutions where a fact refers to them.
func (s slots) renamed(names map[extract.Kind]map[string]string) slots {
	one := func(kind extract.Kind, name string) string {
		if to, ok := names[kind][nameKey(name)]; ok && name != "" {
			return to
		}
		return name
	}
	all := func(kind extract.Kind, list []string) []string {
		out := slices.Clone(list)
		for i := range out {
			out[i] = one(kind, out[i])
		}
		return out
	}
	s.Person, s.Signatories = one(extract.KindPerson, s.Person), all(extract.KindPerson, s.Signatories)
	s.Institution, s.Parent, s.Parties = one(extract.KindInstitution, s.Institution), one(extract.KindInstitution, s.Parent), all(extract.KindInstitution, s.Parties)
	return s
}

// revise applies the decisions about a stored document anew. When only states change they are
// written in place; when values do, its statements are stored again.
func (b *batch) revise(doc int64) error {
	w := b.w
	d, _, err := loadDocument(w.ctx, w.conn, doc)
	if err != nil {
		return err
	}
	stored, err := statements(w.ctx, w.conn, "s.document_id = ?", doc)
	if err != nil {
		return err
	}
	p := &prepared{item: &Item{Doc: d, Facts: asRead(d.Text, stored)}}
	points := newCodePoints(d.Text)
	p.places = make([][]place, len(stored))
	for i, f := range p.item.Facts {
		if p.places[i], err = places(d.Source, points, f); err != nil {
			return err
		}
	}
	p.interpret(p.item.Facts)
	if err := b.rule(p); err != nil {
		return err
	}
	moved := 0
	for i, s := range stored {
		if now, _ := slotsOf(s.Value); toJSON(now) != toJSON(p.read.slots[i]) {
			moved++
		}
	}
	if moved > 0 {
		b.followed += moved
		if err := b.drop(doc); err != nil {
			return err
		}
		return b.claim(p, doc)
	}
	rows := make([]int64, len(stored))
	for i, s := range stored {
		rows[i] = s.row
		r := p.ruled.of(i)
		if r.state == s.State && r.decision == s.Decision {
			continue
		}
		if _, err := w.exec("UPDATE statement SET state = ?, decision_id = nullif(?, 0) WHERE id = ?", string(r.state), r.decision, s.row); err != nil {
			return err
		}
		b.recount[s.fact] = true
	}
	if _, err := w.exec("DELETE FROM decision_holds WHERE statement_id IN (SELECT id FROM statement WHERE document_id = ?)", doc); err != nil {
		return err
	}
	return b.addHolds(p.ruled.holds, rows)
}

// of is the ruling of a fact.
func (r ruled) of(i int) ruling {
	if r.rulings == nil {
		return ruling{state: ReviewOpen}
	}
	return r.rulings[i]
}

// addHolds stores where the evidence was found; rows are the statements of the document.
func (b *batch) addHolds(holds []hold, rows []int64) error {
	values := make([]any, 0, 4*len(holds))
	for _, h := range holds {
		values = append(values, h.decision, h.ordinal, rows[h.statement], string(h.how))
	}
	return b.w.bulk("decision_holds(decision_id, ordinal, statement_id, how)", 4, values)
}

// asRead puts the facts of stored statements back as the program read them, with their
// places in bytes.
func asRead(text string, stored []Statement) []extract.Fact {
	var offsets []int
	for _, s := range stored {
		for _, c := range s.Citations {
			offsets = append(offsets, c.Start, c.End)
		}
	}
	at := byteOffsets(text, offsets)
	facts := make([]extract.Fact, len(stored))
	for i, s := range stored {
		facts[i] = s.Value
		if s.Extracted != nil {
			facts[i] = *s.Extracted
		}
		facts[i].Rule, facts[i].Confidence, facts[i].Citations = s.Rule, s.Confidence, nil
		for _, c := range s.Citations {
			facts[i].Citations = append(facts[i].Citations, extract.Citation{Span: token.Span{Start: at[c.Start], End: at[c.End]}, Quote: c.Quote, Rule: c.Rule})
		}
	}
	return facts
}
