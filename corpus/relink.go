package corpus

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"slices"
	"strings"

	"dateline/extract"
)

// linkedForm is a stored form while it is linked.
type linkedForm struct {
	id        int64
	signature string
	kind      string
	name      string
	aliases   []string
	key       string // smallest strong key
	keys      []formKey

	// The entity it had before; 0 when it had none.
	entity                               int64
	entityKey, entityName, entityAliases string
}

// relink links the neighbourhood of forms anew and gives the forms, known before, whose
// entity now has another key: facts that name them have another normal form.
func (b *batch) relink(seeds map[int64]bool) (changed []int64, err error) {
	if len(seeds) == 0 {
		return nil, nil
	}
	forms, err := b.neighbourhood(seeds)
	if err != nil {
		return nil, err
	}
	nodes := make([]node, len(forms))
	for i, f := range forms {
		nodes[i] = node{f.name, f.keys}
	}
	groups := map[int][]*linkedForm{}
	var roots []int
	for i, g := range link(nodes) {
		if groups[g] == nil {
			roots = append(roots, g)
		}
		groups[g] = append(groups[g], forms[i])
	}
	taken := map[int64]bool{}
	children := map[int64]bool{} // forms whose units' entities may have another parent now
	var touched []int64          // entities to give a parent
	for _, g := range roots {
		moved, entity, err := b.settleEntity(groups[g], taken)
		if err != nil {
			return nil, err
		}
		touched = append(touched, entity)
		for _, f := range moved {
			children[f.id] = true
			if f.entityKey != "" {
				changed = append(changed, f.id)
			}
		}
	}
	for _, f := range forms {
		if f.entity != 0 && !taken[f.entity] {
			taken[f.entity] = true // once
			if _, err := b.w.exec("DELETE FROM entity WHERE id = ?", f.entity); err != nil {
				return nil, err
			}
		}
	}
	return changed, b.setParents(touched, children)
}

// neighbourhood is every form that can influence the seeds' entities: those connected to
// them by keys. Their order does not depend on row numbers.
func (b *batch) neighbourhood(seeds map[int64]bool) ([]*linkedForm, error) {
	var forms []*linkedForm
	known, seen := map[int64]bool{}, map[int64]bool{} // forms, keys
	frontier := make([]int64, 0, len(seeds))
	for id := range seeds {
		frontier = append(frontier, id)
		known[id] = true
	}
	for len(frontier) > 0 {
		slices.Sort(frontier)
		var fresh []int64
		err := b.w.rows(`SELECT f.id, f.signature, f.kind, f.name, f.aliases, f.key, f.keys, coalesce(e.id, 0), coalesce(e.key, ''), coalesce(e.name, ''), coalesce(e.aliases, '')
			FROM form f LEFT JOIN entity e ON e.id = f.entity_id WHERE f.id IN (SELECT value FROM json_each(?))`, []any{intsJSON(frontier)}, func(scan func(...any) error) error {
			f := &linkedForm{}
			var aliases, keys string
			if err := scan(&f.id, &f.signature, &f.kind, &f.name, &aliases, &f.key, &keys, &f.entity, &f.entityKey, &f.entityName, &f.entityAliases); err != nil {
				return err
			}
			f.aliases = stringsFrom(aliases)
			var packed [][3]int64
			if err := json.Unmarshal([]byte(keys), &packed); err != nil {
				return err
			}
			for _, k := range packed {
				f.keys = append(f.keys, formKey{string(binary.BigEndian.AppendUint64(nil, uint64(k[0]))), int(k[1]), role(k[2])})
				if !seen[k[0]] {
					seen[k[0]] = true
					fresh = append(fresh, k[0])
				}
			}
			forms = append(forms, f)
			return nil
		})
		if err != nil {
			return nil, err
		}
		slices.Sort(fresh)
		near, err := b.w.ids("SELECT form_id FROM form_key WHERE key IN (SELECT value FROM json_each(?))", intsJSON(fresh))
		if err != nil {
			return nil, err
		}
		frontier = nil
		for _, id := range near {
			if !known[id] {
				known[id] = true
				frontier = append(frontier, id)
			}
		}
	}
	slices.SortFunc(forms, func(a, b *linkedForm) int { return strings.Compare(a.signature, b.signature) })
	return forms, nil
}

func intsJSON(list []int64) string {
	if len(list) == 0 {
		return "[]"
	}
	b, _ := json.Marshal(list) // integers can't fail
	return string(b)
}

// settleEntity gives a group of forms its entity: one that some of them had and no other
// group has taken, or a new one. It returns the forms whose entity or its key changed.
func (b *batch) settleEntity(group []*linkedForm, taken map[int64]bool) (moved []*linkedForm, id int64, err error) {
	key := group[0].key
	for _, f := range group {
		key = min(key, f.key)
		if f.entity != 0 && !taken[f.entity] && (id == 0 || f.entity < id) {
			id = f.entity
		}
	}
	name, aliases := canonicalName(group)
	folded := searchText(append([]string{name}, aliases...))
	same, packed := false, toJSON(aliases) // same as stored: then nothing is written
	for _, f := range group {
		same = same || f.entity == id && id != 0 && f.entityKey == key && f.entityName == name && f.entityAliases == packed
	}
	switch {
	case same:
	case id == 0:
		if id, err = b.w.insert("INSERT INTO entity(kind, key, name, aliases, folded) VALUES (?, ?, ?, ?, ?)", group[0].kind, key, name, packed, folded); err != nil {
			return nil, 0, err
		}
	default:
		if _, err = b.w.exec("UPDATE entity SET key = ?, name = ?, aliases = ?, folded = ? WHERE id = ?", key, name, packed, folded, id); err != nil {
			return nil, 0, err
		}
	}
	taken[id] = true
	for _, f := range group {
		if f.entity != id {
			if _, err := b.w.exec("UPDATE form SET entity_id = ? WHERE id = ?", id, f.id); err != nil {
				return nil, 0, err
			}
		}
		if f.entity != id || f.entityKey != key {
			moved = append(moved, f)
		}
	}
	return moved, id, nil
}

// canonicalName chooses the fullest name of a group and lists all other forms.
func canonicalName(group []*linkedForm) (name string, aliases []string) {
	for _, f := range group {
		if name == "" || fuller(f.name, name) {
			name = f.name
		}
	}
	for _, f := range group {
		aliases = append(aliases, f.name)
		aliases = append(aliases, f.aliases...)
	}
	slices.Sort(aliases)
	aliases = slices.Compact(aliases)
	return name, slices.DeleteFunc(aliases, func(a string) bool { return a == name })
}

// fuller reports whether a says more of a name than b: more whole words, then more letters;
// between equals "Wu Xujin" stands before "WU XUJIN" and "Wu xujin", then the alphabet decides.
func fuller(a, b string) bool {
	words := func(s string) (n int) {
		for _, w := range fold(s) {
			if len(w) > 1 {
				n++
			}
		}
		return n
	}
	return cmp.Or(cmp.Compare(words(a), words(b)), cmp.Compare(len([]rune(a)), len([]rune(b))),
		-cmp.Compare(shouting(a), shouting(b)), -strings.Compare(a, b)) > 0
}

// shouting is 1 for a name all in capitals or all in small letters.
func shouting(s string) int {
	if s == strings.ToUpper(s) || s == strings.ToLower(s) {
		return 1
	}
	return 0
}

// searchText is names as Filter.Person and Filter.Institution search them.
func searchText(names []string) string {
	var parts []string
	seen := map[string]bool{}
	for _, n := range names {
		if t := foldText(n); t != "" && !seen[t] {
			seen[t] = true
			parts = append(parts, " "+t)
		}
	}
	return strings.Join(parts, " |")
}

// setParents gives entities the parent that their forms name; of several, the one with the
// smallest key. Units of forms that moved are looked at, too.
func (b *batch) setParents(entities []int64, moved map[int64]bool) error {
	forms := make([]int64, 0, len(moved))
	for id := range moved {
		forms = append(forms, id)
	}
	slices.Sort(forms)
	_, err := b.w.exec(`UPDATE entity SET parent_id = (SELECT p.id FROM form f JOIN form pf ON pf.id = f.parent_id JOIN entity p ON p.id = pf.entity_id
		WHERE f.entity_id = entity.id AND p.id <> entity.id ORDER BY p.key LIMIT 1)
		WHERE kind = 'institution' AND (id IN (SELECT value FROM json_each(?1)) OR id IN (SELECT c.entity_id FROM form c WHERE c.parent_id IN (SELECT value FROM json_each(?2))))`,
		intsJSON(entities), intsJSON(forms))
	return err
}

// regroup gives the statements that name changed forms to the facts of their new normal form.
func (b *batch) regroup(forms []int64) error {
	if len(forms) == 0 {
		return nil
	}
	var list []statementRow // regrouped in row order
	err := b.w.rows(`SELECT id, kind, slots, fact_id FROM statement WHERE id IN (SELECT statement_id FROM statement_form WHERE form_id IN (SELECT value FROM json_each(?)))`,
		[]any{intsJSON(forms)}, func(scan func(...any) error) error {
			var r statementRow
			var kind, text string
			if err := scan(&r.id, &kind, &text, &r.fact); err != nil {
				return err
			}
			r.kind = extract.Kind(kind)
			list = append(list, r)
			return json.Unmarshal([]byte(text), &list[len(list)-1].slots)
		})
	if err != nil {
		return err
	}
	moves := map[int]int64{} // place in list → fact
	for i, r := range list {
		keys := map[string][]string{}
		err := b.w.rows("SELECT sf.role, e.key FROM statement_form sf JOIN form f ON f.id = sf.form_id JOIN entity e ON e.id = f.entity_id WHERE sf.statement_id = ? ORDER BY sf.role, sf.ordinal",
			[]any{r.id}, func(scan func(...any) error) error {
				var role, key string
				err := scan(&role, &key)
				keys[role] = append(keys[role], key)
				return err
			})
		if err != nil {
			return err
		}
		normal := normalForm(r.kind, r.slots, func(role string) []string { return keys[role] })
		if err := b.findFacts([]string{factHash(normal)}); err != nil {
			return err
		}
		if fact := b.fact(r.kind, normal, r.slots); fact.id != r.fact {
			moves[i] = fact.id
			b.recount[r.fact], b.recount[fact.id] = true, true
		}
	}
	if err := b.insertFacts(); err != nil {
		return err
	}
	for i, r := range list {
		if fact, ok := moves[i]; ok {
			// The id that the document alone gives stays with the statement.
			if _, err := b.w.exec("UPDATE statement SET hash = coalesce(hash, (SELECT hash FROM fact WHERE id = fact_id)), fact_id = ? WHERE id = ?", fact, r.id); err != nil {
				return err
			}
		}
	}
	return nil
}
