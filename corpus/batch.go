package corpus

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"slices"

	"dateline/extract"
)

// batch gathers what a transaction changes, so that linking and counting are done once.
type batch struct {
	w       *writer
	options PutOptions
	sources map[string]bool // put since the last finish

	waiting  []waiting        // documents whose facts are not stored yet
	forms    map[string]int64 // signature → row, of forms seen in this batch
	uses     map[int64]int    // form row → change of its uses
	fresh    map[int64]bool   // forms made in this batch, not linked yet
	keys     [][2]int64       // key and form of the keys of fresh forms that are not stored yet
	recount  map[int64]bool   // facts that lost statements
	entities map[int64]string // form row → key of its entity, read since linking
	facts    map[string]*fact // by hash: facts that this batch names
	order    []*fact          // facts that won statements, in order of first use
	unborn   []*fact          // facts that have no row yet
	asked    bool             // whether decided is known
	decided  bool             // there are decisions
	followed int              // statements whose values revise changed
	nextFact int64            // free row number; the write lock keeps others from taking it
}

// waiting is a stored document whose facts wait for linking.
type waiting struct {
	p   *prepared
	doc int64
}

func newBatch(w *writer, o PutOptions) *batch {
	b := &batch{w: w, options: o}
	b.reset()
	return b
}

func (b *batch) reset() {
	b.sources, b.waiting = map[string]bool{}, nil
	b.forms, b.uses, b.fresh = map[string]int64{}, map[int64]int{}, map[int64]bool{}
	b.keys = nil
	b.recount, b.entities = map[int64]bool{}, map[int64]string{}
	b.facts, b.order, b.unborn, b.nextFact = map[string]*fact{}, nil, nil, 0
}

// drop takes out what a document states.
func (b *batch) drop(doc int64) error {
	w := b.w
	err := w.rows("SELECT form_id, count(*) FROM statement_form WHERE statement_id IN (SELECT id FROM statement WHERE document_id = ?) GROUP BY form_id",
		[]any{doc}, func(scan func(...any) error) error {
			var form int64
			var n int
			err := scan(&form, &n)
			b.uses[form] -= n
			return err
		})
	if err != nil {
		return err
	}
	facts, err := w.ids("SELECT DISTINCT fact_id FROM statement WHERE document_id = ?", doc)
	if err != nil {
		return err
	}
	for _, f := range facts {
		b.recount[f] = true
	}
	_, err = w.exec("DELETE FROM statement WHERE document_id = ?", doc) // takes citation, statement_form and decision_holds with it
	return err
}

// retire takes a document out of the current ones: its facts go, its text and raw bytes stay.
func (b *batch) retire(doc int64) error {
	if err := b.drop(doc); err != nil {
		return err
	}
	for _, query := range []string{
		"INSERT INTO document_text(document_text, rowid, title, text) SELECT 'delete', id, title, text FROM document WHERE id = ?",
		"UPDATE document SET is_current = 0 WHERE id = ?",
	} {
		if _, err := b.w.exec(query, doc); err != nil {
			return err
		}
	}
	return nil
}

// claim finds or makes the forms of a document and queues its facts.
func (b *batch) claim(p *prepared, doc int64) error {
	for _, f := range p.read.forms { // parents first
		id, known := b.forms[f.signature]
		if !known {
			var err error
			if known, err = b.w.row("SELECT id FROM form WHERE signature = ?", []any{f.signature}, &id); err != nil {
				return err
			}
		}
		if !known {
			var err error
			if id, err = b.addForm(f); err != nil {
				return err
			}
		}
		b.forms[f.signature], f.id = id, id
	}
	for _, refs := range p.read.refs {
		for _, r := range refs {
			b.uses[r.form.id]++
		}
	}
	b.waiting = append(b.waiting, waiting{p, doc})
	return nil
}

func (b *batch) addForm(f *form) (int64, error) {
	var parent any
	if f.parent != nil {
		parent = f.parent.id
		b.uses[f.parent.id]++
	}
	packed := f.packedKeys()
	id, err := b.w.insert("INSERT INTO form(signature, kind, name, aliases, key, parent_id, keys) VALUES (?, ?, ?, ?, ?, ?, ?)",
		f.signature, f.kind, f.name, toJSON(f.aliases), f.key(), parent, toJSON(packed))
	if err != nil {
		return 0, err
	}
	for _, k := range packed {
		b.keys = append(b.keys, [2]int64{k[0], id})
	}
	b.fresh[id] = true
	return id, nil
}

// insertKeys stores the keys of the new forms in the order of their index.
func (b *batch) insertKeys() error {
	slices.SortFunc(b.keys, func(x, y [2]int64) int { return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1])) })
	b.keys = slices.Compact(b.keys)
	values := make([]any, 0, 2*len(b.keys))
	for _, k := range b.keys {
		values = append(values, k[0], k[1])
	}
	return b.w.bulk("form_key(key, form_id)", 2, values)
}

// hashKey is a key as the database keeps it: with 10 million keys the chance that any two
// of them fall together is about one in a million.
func hashKey(key string) int64 {
	sum := sha256.Sum256([]byte(key))
	return int64(binary.BigEndian.Uint64(sum[:8]))
}

// finish links the forms of the batch, stores the waiting facts and counts anew what changed.
func (b *batch) finish() error {
	if err := b.insertKeys(); err != nil {
		return err
	}
	seeds, err := b.settleUses()
	if err != nil {
		return err
	}
	changed, err := b.relink(seeds)
	if err != nil {
		return err
	}
	if _, err := b.w.row("SELECT coalesce(max(id), 0) + 1 FROM fact", nil, &b.nextFact); err != nil {
		return err
	}
	if err := b.regroup(changed); err != nil {
		return err
	}
	if err := b.addStatements(); err != nil {
		return err
	}
	if err := b.tallyUp(); err != nil {
		return err
	}
	b.reset()
	return nil
}

// settleUses applies the changes of uses and drops forms that nothing names any more. Their
// former neighbours are linked anew, for a form that is gone may have kept two apart.
func (b *batch) settleUses() (seeds map[int64]bool, err error) {
	seeds = b.fresh
	for len(b.uses) > 0 {
		uses := b.uses
		b.uses = map[int64]int{}
		list, _ := json.Marshal(uses) // numbers can't fail
		if _, err := b.w.exec("UPDATE form SET uses = uses + j.value FROM json_each(?) j WHERE form.id = CAST(j.key AS INTEGER)", string(list)); err != nil {
			return nil, err
		}
		for id, n := range uses {
			if n > 0 {
				continue
			}
			var left int
			var parent, entity *int64
			var packed string
			found, err := b.w.row("SELECT uses, parent_id, entity_id, keys FROM form WHERE id = ?", []any{id}, &left, &parent, &entity, &packed)
			if err != nil {
				return nil, err
			}
			if !found || left > 0 {
				continue
			}
			const ofForm = "key IN (SELECT value ->> 0 FROM json_each(?))"
			near, err := b.w.ids("SELECT DISTINCT form_id FROM form_key WHERE "+ofForm, packed)
			if err != nil {
				return nil, err
			}
			for _, n := range near {
				seeds[n] = true
			}
			if _, err := b.w.exec("DELETE FROM form_key WHERE form_id = ? AND "+ofForm, id, packed); err != nil {
				return nil, err
			}
			if _, err := b.w.exec("DELETE FROM form WHERE id = ?", id); err != nil {
				return nil, err
			}
			delete(seeds, id)
			if entity != nil {
				if _, err := b.w.exec("DELETE FROM entity WHERE id = ? AND NOT EXISTS (SELECT 1 FROM form WHERE entity_id = entity.id)", *entity); err != nil {
					return nil, err
				}
			}
			if parent != nil {
				b.uses[*parent]--
			}
		}
	}
	return seeds, nil
}

// statementRow is a stored statement while it is regrouped.
type statementRow struct {
	id    int64
	kind  extract.Kind
	slots slots
	fact  int64
}
