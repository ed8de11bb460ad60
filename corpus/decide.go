package corpus

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"dateline/extract"
)

// Decide records what a person decided and applies it, in one transaction. When it returns
// without an error, the decision is on the disk.
//
// A decision is about what documents state: all that state the fact at that moment, or
// v.Document alone. A document that states the same fact later is not decided by it, except
// that an accepted fact stays accepted.
//
// Errors: NotFound and Ambiguous for the fact, Conflict when v.Seen is no longer its version
// or the decision to undo is undone already, BadRequest for an edit that makes no sense.
func (s *Store) Decide(ctx context.Context, v Verdict) (Decision, error) {
	if v.Key == "" {
		var random [16]byte
		rand.Read(random[:]) // never fails
		v.Key = hex.EncodeToString(random[:])
	}
	v.Who, v.Why = plainLine(v.Who), plainLine(v.Why)
	if len(v.Key) > 200 || len(v.Who) > 200 || len(v.Why) > 10000 {
		return Decision{}, badRequest("decision", "has a key, a name or a reason that is too long", "shorten it")
	}
	var id int64
	followed := 0
	err := s.transaction(ctx, "could not record the decision", func(w *writer) error {
		known, err := w.row("SELECT id FROM decision WHERE key = ?", []any{v.Key}, &id)
		if known || err != nil {
			return err
		}
		b := newBatch(w, PutOptions{When: v.When})
		switch v.Action {
		case Undo:
			id, err = b.undo(v)
		case Accept, Reject, Skip, Edit:
			id, err = b.decide(v)
		default:
			err = badRequest("decision "+string(v.Action), "is none", "use accept, reject, edit, skip or undo")
		}
		if err != nil {
			return err
		}
		followed = b.followed
		return b.finish()
	})
	if err != nil {
		return Decision{}, err
	}
	list, err := s.decisions(ctx, "d.id = ?", []any{id}, "")
	if err != nil || len(list) == 0 {
		return Decision{}, s.fail("could not read the decision that was recorded", err)
	}
	list[0].Followed = followed
	return list[0], nil
}

// plainLine is text in one line, without control characters and what is no UTF-8.
func plainLine(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, "\uFFFD"), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

// decide records a decision about a fact.
func (b *batch) decide(v Verdict) (int64, error) {
	w := b.w
	row, err := findFact(w.ctx, w.conn, v.Fact)
	if err != nil {
		return 0, err
	}
	fact, err := oneFact(w.ctx, w.conn, row)
	if err != nil {
		return 0, err
	}
	if v.Seen != "" && v.Seen != fact.Version {
		return 0, &Error{Path: fact.ID, Problem: Conflict, Detail: "was decided or changed by somebody else meanwhile", Advice: "look at it again"}
	}
	all, err := statements(w.ctx, w.conn, "s.fact_id = ?", row)
	if err != nil {
		return 0, err
	}
	// The first statement is the one that was shown; the evidence keeps that order.
	about := slices.DeleteFunc(slices.Clone(all), func(s Statement) bool { return v.Document != 0 && s.Document != v.Document })
	if len(about) == 0 {
		return 0, &Error{Path: fact.ID, Problem: NotFound, Detail: fmt.Sprintf("is not stated by document %d", v.Document), Advice: "`dateline show` lists the documents that state it"}
	}
	var change func(slots) slots
	edited := ""
	if v.Action == Edit {
		first := slices.IndexFunc(about, func(s Statement) bool { return s.row == fact.statement })
		shown, _ := slotsOf(about[max(first, 0)].Value)
		to, err := checkEdit(fact.Kind, shown, v.Edited)
		if err != nil {
			return 0, err
		}
		edited, change = toJSON(to), func(s slots) slots { return s.changed(shown, to) }
	}
	id, err := w.insert("INSERT INTO decision(key, action, who, why, made, kind, fact, line, edited) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		v.Key, string(v.Action), v.Who, v.Why, v.When, string(fact.Kind), fact.ID, fact.Statement, edited)
	if err != nil {
		return 0, err
	}
	docs := map[int64]bool{}
	var order []int64
	var held []any
	for i, s := range about {
		asRead, now := s.Value, ""
		if s.Extracted != nil { // what is decided about is the edited value; it stays
			value, _ := slotsOf(s.Value)
			asRead, now = *s.Extracted, toJSON(value)
		}
		read, _ := slotsOf(asRead)
		if change != nil {
			value, _ := slotsOf(s.Value)
			now = toJSON(change(value))
		}
		c := s.Citations[0]
		_, err := w.exec(`INSERT INTO decision_target(decision_id, ordinal, source, normal, slots, edited, quote, before, after)
			SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, substr(text, max(1, ?8 - ?11 + 1), min(?8, ?11)), substr(text, ?9 + 1, ?11) FROM document WHERE id = ?10`,
			id, i, s.Source, decisionKey(s.Kind, read), toJSON(read), now, c.Quote, c.Start, c.End, c.Document, contextPoints)
		if err != nil {
			return 0, err
		}
		held = append(held, id, i, s.row, string(Same))
		if !docs[s.Document] {
			docs[s.Document] = true
			order = append(order, s.Document)
		}
	}
	if v.Action == Edit {
		// Other facts of the documents may use an edited name: they are stored anew.
		for _, doc := range order {
			if err := b.revise(doc); err != nil {
				return 0, err
			}
		}
		b.followed -= len(about)
		return id, nil
	}
	// It is the last decision about each of them, and their values stay: nothing else moves.
	for _, s := range about {
		if _, err := w.exec("UPDATE statement SET state = ?, decision_id = ? WHERE id = ?", string(v.Action.state()), id, s.row); err != nil {
			return 0, err
		}
	}
	b.recount[row] = true
	return id, w.bulk("decision_holds(decision_id, ordinal, statement_id, how)", 4, held)
}

// undo records that a decision no longer counts.
func (b *batch) undo(v Verdict) (int64, error) {
	w := b.w
	if v.Undoes == 0 {
		found, err := w.row(`SELECT id FROM decision d WHERE who = ? AND action <> 'undo' AND NOT EXISTS (SELECT 1 FROM decision u WHERE u.undoes = d.id) ORDER BY id DESC LIMIT 1`,
			[]any{v.Who}, &v.Undoes)
		if err != nil {
			return 0, err
		}
		if !found {
			return 0, &Error{Path: v.Who, Problem: NotFound, Detail: "has no decision to undo", Advice: "`dateline fact history` lists the decisions"}
		}
	}
	name := fmt.Sprintf("decision %d", v.Undoes)
	var action, kind, fact, line string
	found, err := w.row("SELECT action, kind, fact, line FROM decision WHERE id = ?", []any{v.Undoes}, &action, &kind, &fact, &line)
	if err != nil {
		return 0, err
	}
	if !found || Action(action) == Undo {
		return 0, &Error{Path: name, Problem: NotFound, Detail: "is no decision that can be undone", Advice: "`dateline fact history` lists the decisions"}
	}
	var by int64
	if found, err = w.row("SELECT id FROM decision WHERE undoes = ?", []any{v.Undoes}, &by); err != nil {
		return 0, err
	}
	if found {
		return 0, &Error{Path: name, Problem: Conflict, Detail: "was undone already", Advice: "`dateline fact history` lists the decisions"}
	}
	id, err := w.insert("INSERT INTO decision(key, action, who, why, made, kind, fact, line, undoes) VALUES (?, 'undo', ?, ?, ?, ?, ?, ?, ?)",
		v.Key, v.Who, v.Why, v.When, kind, fact, line, v.Undoes)
	if err != nil {
		return 0, err
	}
	docs, err := w.ids(`SELECT DISTINCT d.id FROM decision_target t JOIN source src ON src.source = t.source JOIN document d ON d.source_id = src.id AND d.is_current = 1
		WHERE t.decision_id = ? ORDER BY d.id`, v.Undoes)
	if err != nil {
		return 0, err
	}
	for _, doc := range docs {
		if err := b.revise(doc); err != nil {
			return 0, err
		}
	}
	return id, nil
}

// changed gives s the values that an edit changed, and keeps the others: every document has
// its own words for what one fact says.
func (s slots) changed(from, to slots) slots {
	one := func(value *string, from, to string) {
		if from != to {
			*value = to
		}
	}
	list := func(value *[]string, from, to []string) {
		if !slices.Equal(from, to) {
			*value = to
		}
	}
	one(&s.Type, from.Type, to.Type)
	one(&s.Value, from.Value, to.Value)
	one(&s.Mod, from.Mod, to.Mod)
	one(&s.Name, from.Name, to.Name)
	list(&s.Aliases, from.Aliases, to.Aliases)
	one(&s.Parent, from.Parent, to.Parent)
	one(&s.Person, from.Person, to.Person)
	one(&s.Title, from.Title, to.Title)
	one(&s.Institution, from.Institution, to.Institution)
	one(&s.When, from.When, to.When)
	one(&s.Status, from.Status, to.Status)
	list(&s.Parties, from.Parties, to.Parties)
	list(&s.Signatories, from.Signatories, to.Signatories)
	one(&s.Date, from.Date, to.Date)
	one(&s.Place, from.Place, to.Place)
	one(&s.Subject, from.Subject, to.Subject)
	if s.Own != nil {
		own := maps.Clone(s.Own)
		for name := range from.Own {
			if from.Own[name] != to.Own[name] {
				own[name] = to.Own[name]
			}
			if own[name] == "" {
				delete(own, name)
			}
		}
		s.Own = own
	}
	if from.Value != to.Value { // worked out by a person, not from an anchor
		s.Anchor, s.AnchorFrom, s.Alternatives = "", "", nil
	}
	return s
}

// The values that slots with few values may have (annotation guidelines).
var (
	dateTypes         = []string{"date", "time", "duration", "set"}
	dateMods          = []string{"", "START", "MID", "END", "BEFORE", "AFTER", "APPROX"}
	titleWhens        = []string{"current", "former", "incoming"}
	agreementTypes    = []string{"memorandum", "agreement", "contract", "declaration", "protocol", "roadmap", "letter_of_intent", "treaty", "licence", "grant", "other"}
	agreementStatuses = []string{"signed", "agreed", "planned", "renewed", "terminated"}
)

// maxSlot bounds an edited value in bytes.
const maxSlot = 1000

// checkEdit gives the values of an edit, or says which one makes no sense. The error's Path
// is the name of the value.
func checkEdit(kind extract.Kind, shown slots, edited *extract.Fact) (slots, error) {
	if edited == nil {
		return slots{}, badRequest("edit", "has no values", "give the fact as it should be")
	}
	f := *edited
	f.Kind = kind
	to, _ := slotsOf(f)
	if to.Type == "" && to.Name == "" && to.Person == "" && to.Value == "" && len(to.Own) == 0 {
		return to, badRequest("edit", "has no values of a %s", "give the values of its kind", kind)
	}
	var wrong error
	bad := func(slot, detail, advice string) {
		if wrong == nil {
			wrong = badRequest(slot, detail, advice)
		}
	}
	text := func(slot string, value *string, needed bool) {
		*value = strings.Join(strings.Fields(strings.ToValidUTF8(strings.ReplaceAll(*value, "\x00", " "), "\uFFFD")), " ")
		if *value == "" && needed {
			bad(slot, "is empty", "give its value, or reject the fact")
		}
		if len(*value) > maxSlot {
			bad(slot, "is too long", fmt.Sprintf("at most %d bytes", maxSlot))
		}
	}
	texts := func(slot string, list *[]string) {
		var kept []string
		for _, value := range *list {
			if text(slot, &value, false); value != "" && !slices.Contains(kept, value) {
				kept = append(kept, value)
			}
		}
		if len(kept) > 200 {
			bad(slot, "has too many values", "at most 200")
		}
		*list = kept
	}
	oneOf := func(slot, value string, allowed []string) {
		if !slices.Contains(allowed, value) {
			bad(slot, fmt.Sprintf("is %q", value), "use one of "+strings.TrimPrefix(strings.Join(allowed, ", "), ", "))
		}
	}
	switch kind {
	case extract.KindDate:
		oneOf("type", to.Type, dateTypes)
		oneOf("mod", to.Mod, dateMods)
		text("value", &to.Value, true)
		if to.Value != "" && !ValidDate(to.Type, to.Value) {
			bad("value", fmt.Sprintf("is %q, which is no date value", to.Value), "write it as 2024-05-18, 2024-05, 2024, XXXX-05-18 or 2024-05-18/2024-05-20")
		}
		to.Anchor, to.AnchorFrom, to.Alternatives = shown.Anchor, shown.AnchorFrom, shown.Alternatives
		if to.Value != shown.Value {
			to.Anchor, to.AnchorFrom, to.Alternatives = "", "", nil
		}
	case extract.KindPerson, extract.KindInstitution:
		text("name", &to.Name, true)
		text("parent", &to.Parent, false)
		texts("aliases", &to.Aliases)
	case extract.KindTitle:
		text("person", &to.Person, true)
		text("title", &to.Title, true)
		text("institution", &to.Institution, false)
		oneOf("when", to.When, titleWhens)
	case extract.KindAgreement:
		oneOf("type", to.Type, agreementTypes)
		oneOf("status", to.Status, agreementStatuses)
		texts("parties", &to.Parties)
		texts("signatories", &to.Signatories)
		text("date", &to.Date, false)
		if to.Date != "" && !ValidDate("date", to.Date) {
			bad("date", fmt.Sprintf("is %q, which is no date value", to.Date), "write it as 2024-05-18, 2024-05, 2024 or XXXX-05-18")
		}
		text("place", &to.Place, false)
		text("subject", &to.Subject, false)
	default:
		for name, value := range to.Own {
			if _, known := shown.Own[name]; !known {
				bad(name, "is no value of this fact", "change one of "+strings.Join(slices.Sorted(maps.Keys(shown.Own)), ", "))
			}
			text(name, &value, false)
			if to.Own[name] = value; value == "" {
				delete(to.Own, name)
			}
		}
		if len(to.Own) == 0 {
			bad("edit", "leaves no value", "give one, or reject the fact")
		}
	}
	if wrong == nil && toJSON(to) == toJSON(shown) {
		bad("edit", "changes nothing", "accept the fact instead")
	}
	return to, wrong
}
