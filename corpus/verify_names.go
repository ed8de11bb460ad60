package corpus

import (
	"cmp"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"slices"
	"strings"
)

// names are the people and institutions of the database, as they are stored.
type names struct {
	forms       map[int64]*storedForm
	bySignature map[string]int64
	entities    map[int64]*storedEntity
	uses        map[int64]int // form → statements that name it
	reached     map[int64]bool
}

type storedForm struct {
	linkedForm
	packedAliases, packedKeys string
	parent                    int64
	uses                      int
}

type storedEntity struct {
	kind, key, name, aliases, folded string
	parent                           int64
}

func compareNames(a, b storedName) int {
	return cmp.Or(strings.Compare(a.role, b.role), cmp.Compare(a.ordinal, b.ordinal))
}

// readNames reads all forms and entities.
func (v *verifier) readNames() error {
	n := &names{forms: map[int64]*storedForm{}, bySignature: map[string]int64{}, entities: map[int64]*storedEntity{}, uses: map[int64]int{}, reached: map[int64]bool{}}
	v.names = n
	err := v.each("SELECT id, kind, key, name, aliases, folded, coalesce(parent_id, 0) FROM entity", nil, func(rows *sql.Rows) error {
		var id int64
		var e storedEntity
		err := rows.Scan(&id, &e.kind, &e.key, &e.name, &e.aliases, &e.folded, &e.parent)
		n.entities[id] = &e
		return err
	})
	if err != nil {
		return err
	}
	return v.each("SELECT id, signature, kind, name, aliases, key, coalesce(parent_id, 0), coalesce(entity_id, 0), keys, uses FROM form", nil, func(rows *sql.Rows) error {
		var f storedForm
		if err := rows.Scan(&f.id, &f.signature, &f.kind, &f.name, &f.packedAliases, &f.key, &f.parent, &f.entity, &f.packedKeys, &f.uses); err != nil {
			return err
		}
		f.aliases = stringsFrom(f.packedAliases)
		n.forms[f.id] = &f
		n.bySignature[f.signature] = f.id
		return nil
	})
}

// keyOf is the key of a form's entity.
func (n *names) keyOf(form int64) string {
	if f := n.forms[form]; f != nil {
		if e := n.entities[f.entity]; e != nil {
			return e.key
		}
	}
	return ""
}

// proveForm compares a form, as a document gives it, with the stored one of its signature.
func (n *names) proveForm(f *form) (row int64, wrong string) {
	row = n.bySignature[f.signature]
	stored := n.forms[row]
	if stored == nil {
		return 0, "is not stored as it is named"
	}
	var parent int64
	if f.parent != nil {
		parent = n.bySignature[f.parent.signature]
	}
	if stored.kind != f.kind || stored.name != f.name || stored.packedAliases != toJSON(f.aliases) || stored.key != f.key() ||
		stored.parent != parent || stored.packedKeys != toJSON(f.packedKeys()) {
		return row, "is stored with other values than it has"
	}
	return row, ""
}

// linked links all forms again and compares people and institutions with what comes of it.
func (v *verifier) linked() error {
	n := v.names
	bad := func(advice, kind, name, what string) {
		v.out.fault(Fault{Check: CheckNames, Detail: kind + " " + shortened(name) + " " + what, Advice: advice})
	}
	children := map[int64]int{}
	forms := make([]*storedForm, 0, len(n.forms))
	keys := map[[2]int64]bool{}
	for _, f := range n.forms {
		children[f.parent]++
		forms = append(forms, f)
	}
	slices.SortFunc(forms, func(a, b *storedForm) int { return strings.Compare(a.signature, b.signature) })
	nodes := make([]node, len(forms))
	for i, f := range forms {
		if !n.reached[f.id] && !v.incomplete {
			bad(adviceRebuild, f.kind, f.name, "is stored, and no document names it so")
		}
		if f.uses != n.uses[f.id]+children[f.id] {
			bad(adviceRebuild, f.kind, f.name, "has a wrong count of its uses")
		}
		var packed [][3]int64
		if err := json.Unmarshal([]byte(f.packedKeys), &packed); err != nil {
			bad(adviceRebuild, f.kind, f.name, "has keys that can't be read")
		}
		for _, k := range packed {
			keys[[2]int64{k[0], f.id}] = true
			f.keys = append(f.keys, formKey{string(binary.BigEndian.AppendUint64(nil, uint64(k[0]))), int(k[1]), role(k[2])})
		}
		nodes[i] = node{f.name, f.keys}
	}
	extra := 0
	err := v.each("SELECT key, form_id FROM form_key", nil, func(rows *sql.Rows) error {
		var k [2]int64
		err := rows.Scan(&k[0], &k[1])
		if !keys[k] {
			extra++
		}
		delete(keys, k)
		return err
	})
	if err != nil {
		return err
	}
	if extra > 0 || len(keys) > 0 {
		v.out.fault(Fault{Check: CheckNames, Detail: "table form_key does not hold the keys of the forms", Advice: adviceRebuild})
	}
	groups := map[int][]*linkedForm{}
	var roots []int
	for i, g := range link(nodes) {
		if groups[g] == nil {
			roots = append(roots, g)
		}
		groups[g] = append(groups[g], &forms[i].linkedForm)
	}
	taken := map[int64]bool{}
	for _, g := range roots {
		group := groups[g]
		key, entity, together := group[0].key, group[0].entity, true
		for _, f := range group {
			key = min(key, f.key)
			together = together && f.entity == entity
		}
		name, aliases := canonicalName(group)
		e := n.entities[entity]
		switch {
		case !together || e == nil || taken[entity]:
			bad(adviceRebuild, group[0].kind, name, "is not stored as one person or institution of its own")
		case e.kind != group[0].kind || e.key != key || e.name != name || e.aliases != toJSON(aliases) || e.folded != searchText(append([]string{name}, aliases...)):
			bad(adviceRebuild, group[0].kind, name, "is stored with another name, key or aliases than its forms give")
		case e.parent != n.parentOf(group, entity):
			bad(adviceRebuild, group[0].kind, name, "is stored as a unit of another institution than its forms give")
		}
		taken[entity] = true
	}
	for id, e := range n.entities {
		if !taken[id] {
			bad(adviceRebuild, e.kind, e.name, "is stored, and no document names it")
		}
	}
	return nil
}

// parentOf is the entity that the forms of an institution name as the one it belongs to; of
// several, the one with the smallest key.
func (n *names) parentOf(group []*linkedForm, self int64) int64 {
	var parent int64
	best := ""
	for _, f := range group {
		p := n.forms[n.forms[f.id].parent]
		if f.kind != kindInstitution || p == nil || p.entity == self {
			continue
		}
		if e := n.entities[p.entity]; e != nil && (parent == 0 || e.key < best) {
			parent, best = p.entity, e.key
		}
	}
	return parent
}
