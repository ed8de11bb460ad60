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

// AcrossProblem is one expectation about several documents that the database does not meet.
type AcrossProblem struct {
	Check  string // same_person, same_institution, different_institutions, same_fact
	Items  string // what was compared, for people
	Detail string // what the database has instead
}

// String is the problem in one line.
func (p AcrossProblem) String() string { return p.Check + ": " + p.Items + ": " + p.Detail }

// named is a name in a document, written ["stem", "name"] in the file.
type named struct{ document, name string }

// UnmarshalJSON reads the two strings.
func (n *named) UnmarshalJSON(b []byte) error {
	var pair []string
	if err := json.Unmarshal(b, &pair); err != nil {
		return err
	}
	if len(pair) != 2 {
		return fmt.Errorf("%s is not a [document, name] pair", b)
	}
	n.document, n.name = pair[0], pair[1]
	return nil
}

// acrossFile is the format of across-documents.json.
type acrossFile struct {
	SamePerson            [][]named                    `json:"same_person"`
	DifferentPeople       [][]named                    `json:"different_people"`
	SameInstitution       [][]named                    `json:"same_institution"`
	DifferentInstitutions [][]named                    `json:"different_institutions"`
	SameFact              []map[string]json.RawMessage `json:"same_fact"`
}

// CheckAcross compares the database with expectations about several documents: which
// people and institutions are the same or different, and which facts are one fact with
// several sources. Documents are found by the stem of their source. A name that the database
// does not have is a problem where it should be the same as another, and none where it
// should be different.
func (s *Store) CheckAcross(ctx context.Context, expectations []byte) ([]AcrossProblem, error) {
	var file acrossFile
	if err := json.Unmarshal(expectations, &file); err != nil {
		return nil, &Error{Path: "expectations across documents", Problem: BadRequest, Detail: "could not be read", Err: err,
			Advice: `write an object with same_person, same_institution, different_institutions (lists of [["document", "name"], …]) and same_fact`}
	}
	var problems []AcrossProblem
	err := s.reading(ctx, "could not be compared", func(tx *sql.Tx) error {
		c := &acrossChecker{ctx: ctx, tx: tx, documents: map[string]*acrossDocument{}}
		for _, x := range []struct {
			check, kind string
			groups      [][]named
			same        bool
		}{
			{"same_person", kindPerson, file.SamePerson, true}, {"different_people", kindPerson, file.DifferentPeople, false},
			{"same_institution", kindInstitution, file.SameInstitution, true}, {"different_institutions", kindInstitution, file.DifferentInstitutions, false},
		} {
			for _, group := range x.groups {
				detail, err := c.compare(x.kind, group, x.same)
				if err != nil {
					return err
				}
				if detail != "" {
					problems = append(problems, AcrossProblem{x.check, describeGroup(group), detail})
				}
			}
		}
		for _, fact := range file.SameFact {
			p, err := c.compareFact(fact)
			if err != nil {
				return err
			}
			problems = append(problems, p...)
		}
		return nil
	})
	return problems, err
}

func describeGroup(group []named) string {
	parts := make([]string, len(group))
	for i, n := range group {
		parts[i] = fmt.Sprintf("%q in %s", n.name, n.document)
	}
	return strings.Join(parts, " and ")
}

type acrossChecker struct {
	ctx       context.Context
	tx        *sql.Tx
	documents map[string]*acrossDocument
}

// acrossDocument is a document's names and facts, by what the comparison needs.
type acrossDocument struct {
	names []acrossName
	facts []acrossFact
}

type acrossName struct {
	kind    string
	name    string
	aliases []string
	entity  int64
}

type acrossFact struct {
	kind     extract.Kind
	slots    slots
	fact     string
	entities map[string][]int64 // by role
}

// load reads the current documents whose source has this stem; more than one is an error.
func (c *acrossChecker) load(stem string) (*acrossDocument, error) {
	if d, ok := c.documents[stem]; ok {
		return d, nil
	}
	var ids []int64
	err := each(c.ctx, c.tx, "SELECT d.id FROM document d JOIN source src ON src.id = d.source_id WHERE src.stem = ? AND d.is_current = 1", []any{stem}, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(ids) > 1 {
		return nil, &Error{Path: stem, Problem: Ambiguous, Detail: fmt.Sprintf("is the stem of %d documents", len(ids)), Advice: "compare a database that holds only one of them"}
	}
	if len(ids) == 0 {
		c.documents[stem] = nil
		return nil, nil
	}
	d := &acrossDocument{}
	c.documents[stem] = d
	index := map[int64]int{}
	err = each(c.ctx, c.tx, "SELECT s.id, s.kind, s.slots, fact.hash FROM statement s JOIN fact ON fact.id = s.fact_id WHERE s.document_id = ? ORDER BY s.ordinal", []any{ids[0]}, func(rows *sql.Rows) error {
		var id int64
		var kind, text string
		f := acrossFact{entities: map[string][]int64{}}
		if err := rows.Scan(&id, &kind, &text, &f.fact); err != nil {
			return err
		}
		f.kind = extract.Kind(kind)
		index[id] = len(d.facts)
		err := json.Unmarshal([]byte(text), &f.slots)
		d.facts = append(d.facts, f)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = each(c.ctx, c.tx, `SELECT sf.statement_id, sf.role, f.kind, f.name, f.aliases, f.entity_id FROM statement_form sf JOIN form f ON f.id = sf.form_id
		JOIN statement s ON s.id = sf.statement_id WHERE s.document_id = ? ORDER BY s.ordinal, sf.role, sf.ordinal`, []any{ids[0]}, func(rows *sql.Rows) error {
		var id int64
		var role, aliases string
		var n acrossName
		if err := rows.Scan(&id, &role, &n.kind, &n.name, &aliases, &n.entity); err != nil {
			return err
		}
		n.aliases = stringsFrom(aliases)
		d.names = append(d.names, n)
		f := &d.facts[index[id]]
		f.entities[role] = append(f.entities[role], n.entity)
		return nil
	})
	return d, err
}

// entities are those that a document may mean by a name: those with this very name, else
// alias, else those whose name is a run of its words or the other way round.
func (d *acrossDocument) entities(kind, name string) []int64 {
	want := nameKey(name)
	for _, fits := range []func(acrossName) bool{
		func(n acrossName) bool { return nameKey(n.name) == want },
		func(n acrossName) bool {
			return slices.ContainsFunc(n.aliases, func(a string) bool { return nameKey(a) == want })
		},
		func(n acrossName) bool { return wordRun(nameKey(n.name), want) },
	} {
		var out []int64
		for _, n := range d.names {
			if n.kind == kind && fits(n) && !slices.Contains(out, n.entity) {
				out = append(out, n.entity)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// wordRun reports whether one text is a run of whole words of the other and at least a third
// as long: the agreement of extents that scores use (token F1 of 0.5).
func wordRun(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return a != "" && strings.Contains(" "+b+" ", " "+a+" ") && 3*len(strings.Fields(a)) >= len(strings.Fields(b))
}

func (c *acrossChecker) compare(kind string, group []named, same bool) (detail string, err error) {
	found := make([][]int64, len(group))
	for i, n := range group {
		d, err := c.load(n.document)
		if err != nil {
			return "", err
		}
		if d == nil {
			return "no current document is called " + n.document, nil
		}
		if found[i] = d.entities(kind, n.name); len(found[i]) == 0 && same {
			return fmt.Sprintf("%s has no %s %q", n.document, kind, n.name), nil
		}
	}
	for i := range found {
		for j := i + 1; j < len(found); j++ {
			shared := slices.ContainsFunc(found[i], func(e int64) bool { return slices.Contains(found[j], e) })
			switch {
			case same && !shared:
				return "they are different", nil
			case !same && shared:
				return "they are the same", nil
			}
		}
	}
	return "", nil
}

// compareFact looks for one fact that all documents state with the given values.
func (c *acrossChecker) compareFact(want map[string]json.RawMessage) ([]AcrossProblem, error) {
	text, _ := json.Marshal(want)
	var documents []string
	var kind string
	if json.Unmarshal(want["documents"], &documents) != nil || json.Unmarshal(want["kind"], &kind) != nil {
		return nil, badRequest("same_fact "+string(text), "lacks kind or documents", `write {"kind": …, "documents": […], …}`)
	}
	problem := func(detail string, args ...any) []AcrossProblem {
		return []AcrossProblem{{"same_fact", string(text), fmt.Sprintf(detail, args...)}}
	}
	all := &acrossDocument{} // a name may be spelt as any of the documents spells it
	for _, stem := range documents {
		d, err := c.load(stem)
		if err != nil {
			return nil, err
		}
		if d == nil {
			return problem("no current document is called %s", stem), nil
		}
		all.names = append(all.names, d.names...)
	}
	var common []string
	for i, stem := range documents {
		var facts []string
		for _, f := range c.documents[stem].facts {
			fits, err := all.fits(f, extract.Kind(kind), want)
			if err != nil {
				return nil, badRequest("same_fact "+string(text), "%v", "write strings and lists of strings", err)
			}
			if fits {
				facts = append(facts, f.fact)
			}
		}
		if len(facts) == 0 {
			return problem("%s does not state it", stem), nil
		}
		if i == 0 {
			common = facts
		} else {
			common = slices.DeleteFunc(common, func(f string) bool { return !slices.Contains(facts, f) })
		}
	}
	if len(common) == 0 {
		return problem("it is a different fact in each"), nil
	}
	return nil, nil
}

// fits reports whether a fact has all the values that are asked for; d knows the names.
func (d *acrossDocument) fits(f acrossFact, kind extract.Kind, want map[string]json.RawMessage) (bool, error) {
	if f.kind != kind {
		return false, nil
	}
	have := map[string]string{"type": f.slots.Type, "value": f.slots.Value, "mod": f.slots.Mod, "title": f.slots.Title, "when": f.slots.When,
		"status": f.slots.Status, "date": f.slots.Date, "place": f.slots.Place, "subject": f.slots.Subject}
	names := map[string]string{"person": kindPerson, "institution": kindInstitution, "parties": kindInstitution, "signatories": kindPerson}
	roles := map[string]string{"person": "person", "institution": "institution", "parties": "party", "signatories": "signatory"}
	for field, raw := range want {
		if field == "kind" || field == "documents" {
			continue
		}
		var values []string
		if json.Unmarshal(raw, &values) != nil {
			var one *string
			if err := json.Unmarshal(raw, &one); err != nil {
				return false, fmt.Errorf("%s is neither a text nor a list of texts", field)
			}
			if one == nil {
				one = new(string)
			}
			values = []string{*one}
		}
		if field == "name" {
			field = string(kind)
		}
		for _, value := range values {
			switch role, ok := roles[field]; {
			case ok && value == "":
				if len(f.entities[role]) > 0 {
					return false, nil
				}
			case ok:
				of := d.entities(names[field], value)
				if !slices.ContainsFunc(of, func(e int64) bool { return slices.Contains(f.entities[role], e) }) {
					return false, nil
				}
			case field == "date" || field == "value":
				if have[field] != value {
					return false, nil
				}
			default:
				if normalTitle(have[field]) != normalTitle(value) {
					return false, nil
				}
			}
		}
	}
	return true, nil
}
