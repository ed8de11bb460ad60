package corpus

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"dateline/extract"
)

// reading runs do on one snapshot of the database, whatever others write meanwhile.
func (s *Store) reading(ctx context.Context, what string, do func(tx *sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return s.fail(what, err)
	}
	defer tx.Rollback() // nothing was written
	return s.fail(what, do(tx))
}

// queries is what reads: a snapshot (*sql.Tx), or the writing connection within its transaction.
type queries interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// each calls scan for every row of a query.
func each(ctx context.Context, tx queries, query string, args []any, scan func(*sql.Rows) error) error {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// where gathers the conditions of a query.
type where struct {
	conditions []string
	args       []any
}

func (w *where) add(condition string, args ...any) {
	w.conditions = append(w.conditions, condition)
	w.args = append(w.args, args...)
}

func (w *where) String() string {
	if len(w.conditions) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.conditions, " AND ")
}

// contains is a LIKE pattern for a part of a text.
func contains(part string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(part) + "%"
}

// addText asks for documents (d) whose title or text holds all words. The index has whole
// words between spaces and signs; scripts without spaces are searched by their characters.
func (w *where) addText(text string) error {
	var words []string
	n := len(w.conditions)
	for _, word := range strings.Fields(text) {
		switch {
		case strings.ContainsFunc(word, withoutSpaces):
			w.add("(instr(d.text, ?) > 0 OR instr(d.title, ?) > 0)", word, word)
		case strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }):
			words = append(words, `"`+strings.ReplaceAll(word, `"`, `""`)+`"`)
		}
	}
	if len(words) > 0 {
		w.add("d.id IN (SELECT rowid FROM document_text WHERE document_text MATCH ?)", strings.Join(words, " "))
	}
	if len(w.conditions) == n {
		return badRequest("text "+text, "holds no word to search for", "name at least one word")
	}
	return nil
}

// withoutSpaces reports whether a letter belongs to a script that puts no spaces between words.
func withoutSpaces(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// entitiesNamed finds entities one of whose names has every word of the query, or a word that
// begins with it.
func entitiesNamed(ctx context.Context, tx queries, kind, query string) ([]int64, error) {
	words := fold(query)
	if len(words) == 0 {
		return nil, badRequest(kind+" "+query, "holds no letter to search for", "give a name or a part of one")
	}
	var w where
	w.add("kind = ?", kind)
	for _, word := range words {
		w.add("instr(folded, ?) > 0", " "+word)
	}
	var ids []int64
	err := each(ctx, tx, "SELECT id, folded FROM entity"+w.String(), w.args, func(rows *sql.Rows) error {
		var id int64
		var folded string
		if err := rows.Scan(&id, &folded); err != nil {
			return err
		}
		for _, name := range strings.Split(folded, " |") {
			if !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(name, " "+word) }) {
				ids = append(ids, id)
				break
			}
		}
		return nil
	})
	return ids, err
}

// factColumns reads a fact with its first statement, citation and names; scanFact takes them.
const factColumns = `SELECT fact.id, s.id, s.rule, fact.hash, fact.kind, fact.sources, fact.citations, fact.confidence, fact.earliest, fact.latest, fact.year_unknown,
	fact.state, fact.decision_id, s.extracted IS NOT NULL, s.slots, d.id, src.source, d.title, d.published, c.start, c."end", c.quote, c.rule,
	(SELECT json_group_array(json_array(sf.role, sf.ordinal, e.name, json(e.aliases), coalesce(p.name, '')))
		FROM statement_form sf JOIN form f ON f.id = sf.form_id JOIN entity e ON e.id = f.entity_id LEFT JOIN entity p ON p.id = e.parent_id
		WHERE sf.statement_id = s.id)
	FROM fact JOIN statement s ON s.id = fact.first_statement
	JOIN citation c ON c.statement_id = s.id AND c.ordinal = 0
	JOIN document d ON d.id = s.document_id JOIN source src ON src.id = d.source_id`

// factOrder is the order of the fact table: by kind, then by first citation.
const factOrder = ` ORDER BY CASE fact.kind WHEN 'date' THEN 0 WHEN 'person' THEN 1 WHEN 'institution' THEN 2 WHEN 'title' THEN 3 WHEN 'agreement' THEN 4 ELSE 5 END,
	fact.kind, d.published = '' OR substr(d.published, 1, 1) = 'X', CASE WHEN substr(d.published, 1, 1) = 'X' THEN '' ELSE d.published END,
	src.source, s.first_start, s.ordinal, fact.hash`

// scannedFact is a FactRow with what filters need besides.
type scannedFact struct {
	FactRow
	row       int64
	statement int64 // its first
	bounds    bounds
}

func scanFact(rows *sql.Rows) (scannedFact, error) {
	var f scannedFact
	var kind, state, slotText, names string
	var decision int64
	var earliest, latest sql.NullString
	c := &f.First
	err := rows.Scan(&f.row, &f.statement, &f.Rule, &f.ID, &kind, &f.Sources, &f.Citations, &f.Confidence, &earliest, &latest, &f.bounds.unknown,
		&state, &decision, &f.Edited, &slotText, &c.Document, &c.Source, &c.Title, &c.Published, &c.Start, &c.End, &c.Quote, &c.Rule, &names)
	if err != nil {
		return f, err
	}
	f.Kind = extract.Kind(kind)
	f.bounds.earliest, f.bounds.latest, f.bounds.ok = earliest.String, latest.String, earliest.Valid
	var s slots
	if err := json.Unmarshal([]byte(slotText), &s); err != nil {
		return f, err
	}
	resolved, err := readNames(names)
	if err != nil {
		return f, err
	}
	f.fill(s, resolved)
	f.State = ReviewState(state)
	f.Version = factVersion(decision, slotText)
	return f, nil
}

// factVersion names what a reviewer saw: the values, and the last decision about them.
func factVersion(decision int64, slots string) string {
	sum := sha256.Sum256([]byte(slots))
	return fmt.Sprintf("%d-%s", decision, hex.EncodeToString(sum[:4]))
}

// resolvedName is the entity at one place of a statement.
type resolvedName struct {
	role    string
	ordinal int
	name    string
	aliases []string
	parent  string
}

func readNames(text string) ([]resolvedName, error) {
	var rows [][5]json.RawMessage
	if err := json.Unmarshal([]byte(text), &rows); err != nil {
		return nil, err
	}
	out := make([]resolvedName, len(rows))
	for i, r := range rows {
		n := &out[i]
		for k, to := range []any{&n.role, &n.ordinal, &n.name, &n.aliases, &n.parent} {
			if err := json.Unmarshal(r[k], to); err != nil {
				return nil, err
			}
		}
	}
	slices.SortFunc(out, func(a, b resolvedName) int {
		if a.role != b.role {
			return strings.Compare(a.role, b.role)
		}
		return a.ordinal - b.ordinal
	})
	return out, nil
}

// fill sets the values of a row from the words of a statement and the names of its entities.
func (f *FactRow) fill(s slots, names []resolvedName) {
	f.Type, f.Value, f.Mod, f.Title, f.When, f.Status, f.Place, f.Subject = s.Type, s.Value, s.Mod, s.Title, s.When, s.Status, s.Place, s.Subject
	for _, n := range names {
		switch n.role {
		case "person":
			f.Person = n.name
		case "institution":
			f.Institution = n.name
			if f.Kind == extract.KindInstitution {
				f.Parent = n.parent
			}
		case "party":
			f.Parties = append(f.Parties, n.name)
		case "signatory":
			f.Signatories = append(f.Signatories, n.name)
		}
		if string(f.Kind) == n.role {
			f.Aliases = n.aliases
		}
	}
	if f.Kind == extract.KindAgreement {
		f.Value = s.Date
	}
	if s.Own != nil {
		f.Own = extract.NewOwn(s.Own).Slots
	}
	f.Statement = f.line()
}

// line is the fact in one line for people.
func (f *FactRow) line() string {
	var parts []string
	add := func(before, s string) {
		if s != "" {
			parts = append(parts, before+s)
		}
	}
	switch f.Kind {
	case extract.KindDate:
		return strings.TrimSpace(f.Value + " " + f.Mod)
	case extract.KindPerson:
		return f.Person
	case extract.KindInstitution:
		add("", f.Institution)
		add("", f.Parent)
	case extract.KindTitle:
		add("", f.Person)
		if f.When == "former" || f.When == "incoming" {
			add(f.When+" ", f.Title)
		} else {
			add("", f.Title)
		}
		add("", f.Institution)
	case extract.KindAgreement:
		add("", strings.TrimSpace(strings.ReplaceAll(f.Type, "_", " ")+" "+f.Status+": "+strings.Join(f.Parties, "; ")))
		add("", f.Value)
		add("in ", f.Place)
		add("on ", f.Subject)
	default:
		return (&extract.Own{Slots: f.Own}).Line()
	}
	return strings.Join(parts, ", ")
}

// Facts lists the de-duplicated facts that the filter selects: by kind, then by first citation.
//
// Since and Until compare the date of a date or of an agreement's signing. Facts without a
// date of their own (and agreements whose date is unknown) are compared by the publication
// dates of the documents that state them. Where a date has unknown parts, or none is known,
// the fact is listed if it may match, and MayMatch says so.
func (s *Store) Facts(ctx context.Context, filter Filter) ([]FactRow, error) {
	var out []FactRow
	err := s.reading(ctx, "could not list facts", func(tx *sql.Tx) error {
		return eachFact(ctx, tx, filter, func(f scannedFact) error {
			out = append(out, f.FactRow)
			return nil
		})
	})
	return out, err
}

// eachFact calls do for every fact that the filter selects, in the order of Facts.
func eachFact(ctx context.Context, tx queries, filter Filter, do func(scannedFact) error) error {
	days, err := readRange(filter.Since, filter.Until)
	if err != nil {
		return err
	}
	if err := checkKind(ctx, tx, filter.Kind); err != nil {
		return err
	}
	w, err := factConditions(ctx, tx, filter)
	if err != nil {
		return err
	}
	var published map[int64][]string
	if !days.empty() {
		if published, err = publishedDates(ctx, tx); err != nil {
			return err
		}
	}
	rows, err := tx.QueryContext(ctx, factColumns+w.String()+factOrder, w.args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for skip, n := filter.Offset, 0; rows.Next() && (filter.Limit <= 0 || n < filter.Limit); {
		f, err := scanFact(rows)
		if err != nil {
			return err
		}
		if !days.empty() && !f.within(days, published[f.row]) {
			continue
		}
		if skip > 0 {
			skip--
			continue
		}
		n++
		if err := do(f); err != nil {
			return err
		}
	}
	return rows.Err()
}

// factConditions turns everything of a filter but its dates into SQL.
func factConditions(ctx context.Context, tx queries, filter Filter) (*where, error) {
	w := &where{}
	switch filter.State {
	case "all":
	case "":
		w.add("fact.state <> 'rejected'")
	default:
		w.add("fact.state = ?", filter.State)
	}
	if filter.Kind != "" {
		w.add("fact.kind = ?", filter.Kind)
	}
	if filter.Status != "" {
		w.add("? IN (json_extract(s.slots, '$.status'), json_extract(s.slots, '$.when'))", filter.Status)
	}
	if filter.Person != "" {
		ids, err := entitiesNamed(ctx, tx, kindPerson, filter.Person)
		if err != nil {
			return nil, err
		}
		w.add(`fact.id IN (SELECT s2.fact_id FROM form f2 JOIN statement_form sf2 ON sf2.form_id = f2.id JOIN statement s2 ON s2.id = sf2.statement_id
			WHERE f2.entity_id IN (SELECT value FROM json_each(?)))`, intsJSON(ids))
	}
	if filter.Institution != "" {
		ids, err := entitiesNamed(ctx, tx, kindInstitution, filter.Institution)
		if err != nil {
			return nil, err
		}
		w.add(`fact.id IN (WITH RECURSIVE below(id) AS (SELECT value FROM json_each(?) UNION SELECT e2.id FROM entity e2 JOIN below ON e2.parent_id = below.id)
			SELECT s2.fact_id FROM below JOIN form f2 ON f2.entity_id = below.id JOIN statement_form sf2 ON sf2.form_id = f2.id JOIN statement s2 ON s2.id = sf2.statement_id)`, intsJSON(ids))
	}
	if filter.Source != "" || filter.Text != "" {
		docs := &where{}
		docs.add("d.is_current = 1")
		if filter.Source != "" {
			docs.add(`src.source LIKE ? ESCAPE '\'`, contains(filter.Source))
		}
		if filter.Text != "" {
			if err := docs.addText(filter.Text); err != nil {
				return nil, err
			}
		}
		w.add(`fact.id IN (SELECT s2.fact_id FROM statement s2 WHERE s2.document_id IN
			(SELECT d.id FROM document d JOIN source src ON src.id = d.source_id`+docs.String()+`))`, docs.args...)
	}
	return w, nil
}

// publishedDates are the publication dates of the documents that state each fact without a date of its own.
func publishedDates(ctx context.Context, tx queries) (map[int64][]string, error) {
	out := map[int64][]string{}
	err := each(ctx, tx, `SELECT DISTINCT s.fact_id, d.published FROM statement s JOIN document d ON d.id = s.document_id
		WHERE s.kind NOT IN ('date') ORDER BY 1, 2`, nil, func(rows *sql.Rows) error {
		var fact int64
		var value string
		err := rows.Scan(&fact, &value)
		out[fact] = append(out[fact], value)
		return err
	})
	return out, err
}

// within reports whether a fact belongs into a range of days, and notes when it only may.
func (f *scannedFact) within(days dayRange, published []string) bool {
	if f.Kind == extract.KindDate && f.Type != "" && f.Type != "date" && f.Type != "time" {
		return false // a duration or a recurring set lies in no range
	}
	if f.Kind == extract.KindDate || f.Value != "" {
		yes, maybe := days.admits(f.bounds)
		if yes && strings.Contains(f.Value, "X") && (days.since > f.bounds.earliest || days.until != "" && days.until < f.bounds.latest) {
			maybe = true // "199X" asked for since 1995
		}
		if maybe {
			f.MayMatch, f.MayMatchNote = true, "the date "+f.Value+" has unknown parts and may lie in the range"
		}
		return yes || maybe
	}
	maybe := false
	for _, p := range published {
		yes, may := days.admits(readBounds(p))
		if yes {
			return true
		}
		maybe = maybe || may
	}
	if maybe {
		f.MayMatch, f.MayMatchNote = true, "the publication date of its source is not, or not fully, known and may lie in the range"
	}
	return maybe
}

// Fact gives one fact with everything known about it, by its id, an unambiguous beginning of
// it, the id that one document alone gives it (see IDs), or the id that it had when somebody decided about it.
func (s *Store) Fact(ctx context.Context, id string) (FactDetail, error) {
	var out FactDetail
	err := s.reading(ctx, "could not read fact "+id, func(tx *sql.Tx) error {
		row, err := findFact(ctx, tx, id)
		if err != nil {
			return err
		}
		f, err := oneFact(ctx, tx, row)
		if err != nil {
			return err
		}
		out.FactRow = f.FactRow
		out.Statements, err = statements(ctx, tx, "s.fact_id = ?", row)
		return err
	})
	return out, err
}

func findFact(ctx context.Context, tx queries, id string) (int64, error) {
	id = strings.ToLower(strings.TrimSpace(id))
	if id == "" || strings.Trim(id, "0123456789abcdef") != "" {
		return 0, &Error{Path: id, Problem: NotFound, Detail: "is no fact id", Advice: "`dateline facts` lists the ids"}
	}
	for _, query := range []string{
		"SELECT id, hash FROM fact WHERE hash = ?1",
		"SELECT id, hash FROM fact WHERE hash >= ?1 AND hash < ?1 || 'g' ORDER BY hash LIMIT 6",
		"SELECT DISTINCT fact.id, fact.hash FROM statement s JOIN fact ON fact.id = s.fact_id WHERE s.hash >= ?1 AND s.hash < ?1 || 'g' ORDER BY fact.hash LIMIT 6",
		// An edit may have given it another id since.
		`SELECT DISTINCT fact.id, fact.hash FROM decision d JOIN decision_holds h ON h.decision_id = d.id JOIN statement s ON s.id = h.statement_id JOIN fact ON fact.id = s.fact_id
			WHERE d.fact >= ?1 AND d.fact < ?1 || 'g' ORDER BY fact.hash LIMIT 6`,
	} {
		var rows []int64
		var hashes []string
		err := each(ctx, tx, query, []any{id}, func(r *sql.Rows) error {
			var row int64
			var hash string
			err := r.Scan(&row, &hash)
			rows, hashes = append(rows, row), append(hashes, hash)
			return err
		})
		if err != nil {
			return 0, err
		}
		switch len(rows) {
		case 0:
		case 1:
			return rows[0], nil
		default:
			return 0, &Error{Path: id, Problem: Ambiguous, Detail: "is the beginning of several fact ids: " + strings.Join(hashes, ", "), Advice: "give more of it"}
		}
	}
	return 0, &Error{Path: id, Problem: NotFound, Detail: "there is no such fact", Advice: "`dateline facts` lists the ids"}
}

// statements reads statements with their citations, in the order of first citations.
func statements(ctx context.Context, tx queries, condition string, arg any) ([]Statement, error) {
	var out []Statement
	var turns []turn
	index := map[int64]int{}
	err := each(ctx, tx, `SELECT s.id, coalesce(s.hash, fact.hash), fact.hash, s.document_id, src.source, s.kind, s.rule, s.confidence, s.ordinal, s.slots, d.published, s.first_start,
		s.fact_id, s.state, coalesce(s.decision_id, 0), coalesce(s.extracted, '')
		FROM statement s JOIN fact ON fact.id = s.fact_id JOIN document d ON d.id = s.document_id JOIN source src ON src.id = d.source_id
		WHERE `+condition, []any{arg}, func(rows *sql.Rows) error {
		var x Statement
		var t turn
		var kind, text, state, extracted string
		if err := rows.Scan(&x.row, &x.ID, &x.Fact, &x.Document, &x.Source, &kind, &x.Rule, &x.Confidence, &x.Ordinal, &text, &t.published, &t.start,
			&x.fact, &state, &x.Decision, &extracted); err != nil {
			return err
		}
		var v slots
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			return err
		}
		x.Kind = extract.Kind(kind)
		x.Value = v.fact(x.Kind)
		x.Value.Rule, x.Value.Confidence = x.Rule, x.Confidence
		x.State = ReviewState(state)
		if extracted != "" {
			var was slots
			if err := json.Unmarshal([]byte(extracted), &was); err != nil {
				return err
			}
			f := was.fact(x.Kind)
			f.Rule, f.Confidence = x.Rule, x.Confidence
			x.Extracted = &f
		}
		t.source, t.ordinal = x.Source, x.Ordinal
		index[x.row] = len(out)
		out, turns = append(out, x), append(turns, t)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = each(ctx, tx, `SELECT c.statement_id, c.document_id, src.source, d.title, d.published, c.start, c."end", c.quote, c.rule
		FROM citation c JOIN statement s ON s.id = c.statement_id JOIN document d ON d.id = c.document_id JOIN source src ON src.id = d.source_id
		WHERE `+condition+" ORDER BY c.statement_id, c.ordinal", []any{arg}, func(rows *sql.Rows) error {
		var row int64
		var c Citation
		if err := rows.Scan(&row, &c.Document, &c.Source, &c.Title, &c.Published, &c.Start, &c.End, &c.Quote, &c.Rule); err != nil {
			return err
		}
		x := &out[index[row]]
		x.Citations = append(x.Citations, c)
		return nil
	})
	if err != nil {
		return nil, err
	}
	order := make([]int, len(out))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		// Of one document: as extracted. Of several: as first citations are chosen.
		if out[a].Document == out[b].Document {
			return out[a].Ordinal - out[b].Ordinal
		}
		return turns[a].compare(turns[b])
	})
	sorted := make([]Statement, len(out))
	for i, k := range order {
		sorted[i] = out[k]
	}
	return sorted, nil
}

// Entities lists people or institutions that current documents name, by canonical name.
func (s *Store) Entities(ctx context.Context, kind string) ([]Entity, error) {
	var out []Entity
	err := s.reading(ctx, "could not list entities", func(tx *sql.Tx) error {
		return each(ctx, tx, `SELECT e.id, e.kind, e.name, e.aliases, coalesce(p.name, '') FROM entity e LEFT JOIN entity p ON p.id = e.parent_id
			WHERE e.kind = ? ORDER BY e.name, e.key`, []any{kind}, func(rows *sql.Rows) error {
			var e Entity
			var aliases string
			err := rows.Scan(&e.ID, &e.Kind, &e.Name, &aliases, &e.Parent)
			e.Aliases = stringsFrom(aliases)
			out = append(out, e)
			return err
		})
	})
	return out, err
}

// Stats counts what the database holds.
func (s *Store) Stats(ctx context.Context) (Stats, error) {
	out := Stats{Languages: map[string]int{}, Facts: map[extract.Kind]int{}, Statements: map[extract.Kind]int{}}
	err := s.reading(ctx, "could not count", func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM document WHERE is_current = 1), (SELECT count(*) FROM source WHERE state = 'refused'),
			(SELECT count(*) FROM source WHERE state = 'removed'), (SELECT count(*) FROM document), (SELECT count(*) FROM citation),
			(SELECT count(*) FROM fact WHERE sources > 1)`).
			Scan(&out.Documents, &out.Refused, &out.Removed, &out.Versions, &out.Citations, &out.ManySources)
		if err != nil {
			return err
		}
		for _, q := range []struct {
			query string
			put   func(name string, n int)
		}{
			{"SELECT language, count(*) FROM document WHERE is_current = 1 GROUP BY 1", func(k string, n int) { out.Languages[k] = n }},
			{"SELECT kind, count(*) FROM fact WHERE state <> 'rejected' GROUP BY 1", func(k string, n int) { out.Facts[extract.Kind(k)] = n }},
			{"SELECT kind, count(*) FROM statement GROUP BY 1", func(k string, n int) { out.Statements[extract.Kind(k)] = n }},
		} {
			err := each(ctx, tx, q.query, nil, func(rows *sql.Rows) error {
				var k string
				var n int
				err := rows.Scan(&k, &n)
				q.put(k, n)
				return err
			})
			if err != nil {
				return err
			}
		}
		out.People, out.Institutions = out.Facts[extract.KindPerson], out.Facts[extract.KindInstitution]
		return nil
	})
	return out, err
}
