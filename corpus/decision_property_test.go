package corpus

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dateline/extract"
)

// histories is how many random histories TestDecisionHistories runs: all of them with
// DATELINE_FAULTS=full, else a tenth.
func histories() int {
	if os.Getenv("DATELINE_FAULTS") == "full" {
		return 1000
	}
	return 100
}

// TestDecisionHistories runs random histories of ingest, changed texts, changed rules,
// removal, decisions and undo against a model that knows each sentence by its number. The
// model does not match quotes: it knows which sentence a decision was about.
func TestDecisionHistories(t *testing.T) {
	seen := map[string]int{}
	for seed := range histories() {
		h := newHistory(t, uint64(seed))
		for range 24 {
			h.step()
			h.check()
		}
		h.checkRebuild()
		for k, n := range h.happened {
			seen[k] += n
		}
		h.store.Close()
		if t.Failed() {
			t.Fatalf("history %d:\n%s", seed, strings.Join(h.log, "\n"))
		}
	}
	// A history in which nothing happens proves nothing.
	for _, what := range []string{"put", "rules", "moved", "removed", "accept", "reject", "edit", "skip", "undo", "held over new text", "changed", "orphan", "adopted", "two documents", "one document"} {
		if seen[what] < histories()/10 {
			t.Errorf("%q happened only %d times in %d histories", what, seen[what], histories())
		}
	}
	t.Logf("%d histories: %v", histories(), seen)
}

// history is a database and the model of what must be in it.
type history struct {
	t        *testing.T
	rng      *rand.Rand
	store    *Store
	texts    map[string][]int // source → numbers of its sentences; negative ones are filler
	rules    int              // version of the rules
	made     []modelDecision
	log      []string
	happened map[string]int
	stored   string // all decisions as stored, one a line
	filler   int
}

// modelDecision is a decision as the model knows it.
type modelDecision struct {
	id     int64
	action Action
	undone bool
	about  []modelTarget
}

type modelTarget struct {
	source   string
	kind     extract.Kind
	sentence int
	read     string // value as the rules read it
	edited   string // value that an edit gave it, or ""
}

func newHistory(t *testing.T, seed uint64) *history {
	s, err := Open(context.Background(), filepath.Join(t.TempDir(), "history.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return &history{t: t, rng: rand.New(rand.NewPCG(seed, 11)), store: s, texts: map[string][]int{}, happened: map[string]int{}}
}

func (h *history) note(what, format string, args ...any) {
	h.happened[what]++
	h.log = append(h.log, what+" "+fmt.Sprintf(format, args...))
}

var historySources = []string{"a.txt", "b.txt", "c.txt"}

// The k-th sentence names the k-th person, wherever it stands.
func sentence(k int) string {
	if k < 0 {
		return fmt.Sprintf("Filler number %d says nothing of interest to anybody.", -k)
	}
	return fmt.Sprintf("On %d May 20%02d Person%s Surname%s, rector of Institute%s College, spoke at length.", k+1, k+10, tripled(k), tripled(k), tripled(k))
}

func tripled(k int) string { return strings.Repeat(string(rune('a'+k)), 3) }

// value is what a version of the rules reads in a sentence: other values in every third sentence
// from version 1 on, and no titles in every third from version 2 on; version 3 reads what edits say.
func (h *history) value(kind extract.Kind, k int) string {
	switch kind {
	case extract.KindDate:
		if h.rules == 1 && k%3 == 1 {
			return fmt.Sprintf("20%02d-06-%02d", k+10, k+1)
		}
		return fmt.Sprintf("20%02d-05-%02d", k+10, k+1)
	case extract.KindTitle:
		switch {
		case h.rules == 1 && k%3 == 0:
			return "rector at large"
		case h.rules == 2 && k%3 == 2:
			return ""
		case h.rules == 3:
			return "edited post"
		}
		return "rector"
	}
	return "Person" + tripled(k) + " Surname" + tripled(k)
}

// build makes the document that the model says a source has.
func (h *history) build(source string) Item {
	var lines []string
	for _, k := range h.texts[source] {
		lines = append(lines, sentence(k))
	}
	r := newRelease(h.t, source, "2024-05-01", strings.Join(lines, "\n"))
	for _, k := range h.texts[source] {
		if k < 0 {
			continue
		}
		words := sentence(k)
		name := h.value(extract.KindPerson, k)
		r.date(h.value(extract.KindDate, k), words[3:strings.Index(words, " Person")])
		r.person(name)
		if title := h.value(extract.KindTitle, k); title != "" {
			r.add(extract.Fact{Kind: extract.KindTitle, Title: &extract.Title{Person: name, Title: title, When: "current"}}, words[:strings.Index(words, ", spoke")])
		}
	}
	return r.item
}

func (h *history) put(sources ...string) {
	var items []Item
	for _, source := range sources {
		items = append(items, h.build(source))
	}
	put(h.t, h.store, items...)
}

// step does one random thing.
func (h *history) step() {
	ctx := context.Background()
	source := historySources[h.rng.IntN(len(historySources))]
	switch n := h.rng.IntN(20); {
	case n < 5: // new or changed text: sentences come, go and change places
		text := h.texts[source]
		if text == nil {
			text = append(text, h.rng.Perm(6)[:2+h.rng.IntN(4)]...)
			h.note("put", "%s %v", source, text)
		} else {
			text = slices.Clone(text)
			switch h.rng.IntN(4) {
			case 0:
				h.rng.Shuffle(len(text), func(i, j int) { text[i], text[j] = text[j], text[i] })
			case 1:
				at := h.rng.IntN(len(text))
				if len(text) > 1 {
					text = slices.Delete(text, at, at+1)
				}
			case 2:
				if k := h.rng.IntN(6); !slices.Contains(text, k) {
					text = slices.Insert(text, h.rng.IntN(len(text)+1), k)
				}
			default:
				h.filler++
				text = slices.Insert(text, h.rng.IntN(len(text)+1), -h.filler)
			}
			h.note("moved", "%s %v", source, text)
		}
		h.texts[source] = text
		h.put(source)
	case n < 7:
		h.rules = []int{0, 1, 2, 3, 3}[h.rng.IntN(5)]
		h.note("rules", "%d", h.rules)
		for _, s := range historySources {
			if h.texts[s] != nil {
				h.put(s)
			}
		}
	case n < 8 && h.texts[source] != nil:
		if err := h.store.Remove(ctx, source, "test", ""); err != nil {
			h.t.Fatal(err)
		}
		h.note("removed", "%s", source)
		h.check()
		if _, err := h.store.Put(ctx, []Item{h.build(source)}, PutOptions{Revive: true}); err != nil {
			h.t.Fatal(err)
		}
	case n < 17:
		h.decide()
	default:
		h.undo()
	}
}

// decide decides a random fact.
func (h *history) decide() {
	ctx := context.Background()
	rows, err := h.store.Facts(ctx, Filter{State: "all"})
	if err != nil {
		h.t.Fatal(err)
	}
	if len(rows) == 0 {
		return
	}
	row := rows[h.rng.IntN(len(rows))]
	action := []Action{Accept, Accept, Reject, Edit, Edit, Edit, Skip}[h.rng.IntN(7)]
	detail, err := h.store.Fact(ctx, row.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	v := Verdict{Action: action, Fact: row.ID, Seen: row.Version, Who: "reviewer"}
	if h.rng.IntN(4) == 0 {
		v.Document = detail.Statements[h.rng.IntN(len(detail.Statements))].Document
	}
	edited := ""
	if action == Edit {
		value := detail.Statements[0].Value
		switch row.Kind {
		case extract.KindDate:
			edited = fmt.Sprintf("2030-01-%02d", 1+h.rng.IntN(28))
			d := *value.Date
			d.Value = edited
			value.Date = &d
		case extract.KindTitle:
			edited = "edited post"
			title := *value.Title
			title.Title = edited
			value.Title = &title
		default: // renaming has a test of its own
			v.Action, action = Accept, Accept
		}
		if action == Edit && valueOf(detail.Statements[0].Value) == edited {
			return // nothing to change
		}
		v.Edited = &value
	}
	d, err := h.store.Decide(ctx, v)
	if err != nil {
		h.t.Fatalf("%v of %s: %v", v.Action, row.Statement, err)
	}
	m := modelDecision{id: d.ID, action: action}
	for _, s := range detail.Statements {
		if v.Document != 0 && s.Document != v.Document {
			continue
		}
		target := modelTarget{source: s.Source, kind: s.Kind, sentence: sentenceOf(s), read: valueOf(asExtracted(s)), edited: edited}
		if edited == "" && s.Extracted != nil {
			target.edited = valueOf(s.Value)
		}
		m.about = append(m.about, target)
	}
	if len(m.about) > 1 {
		h.happened["two documents"]++
	}
	if v.Document != 0 {
		h.happened["one document"]++
	}
	h.made = append(h.made, m)
	h.note(string(action), "%d: %v", d.ID, m.about)
	again, err := h.store.Decide(ctx, Verdict{Action: action, Fact: row.ID, Key: d.Key, Who: "reviewer"})
	if err != nil || again.ID != d.ID {
		h.t.Fatalf("the same key gave decision %d, not %d: %v", again.ID, d.ID, err)
	}
	var e *Error
	if _, err := h.store.Decide(ctx, v); !asError(err, &e) || e.Problem != Conflict && e.Problem != NotFound && e.Problem != Ambiguous { // an edit may have given the fact another id
		h.t.Fatalf("a decision made on what was seen before the last one: %v", err)
	}
}

func (h *history) undo() {
	last := -1
	for i, m := range h.made {
		if !m.undone && m.action != Undo {
			last = i
		}
	}
	if last < 0 {
		return
	}
	if h.rng.IntN(3) == 0 { // any, not the last
		for i := range h.made {
			if !h.made[i].undone && h.made[i].action != Undo && h.rng.IntN(2) == 0 {
				last = i
			}
		}
	}
	d, err := h.store.Decide(context.Background(), Verdict{Action: Undo, Undoes: h.made[last].id, Who: "reviewer"})
	if err != nil {
		h.t.Fatal(err)
	}
	h.made[last].undone = true
	h.note("undo", "%d by %d", h.made[last].id, d.ID)
}

func asExtracted(s Statement) extract.Fact {
	if s.Extracted != nil {
		return *s.Extracted
	}
	return s.Value
}

func valueOf(f extract.Fact) string {
	switch f.Kind {
	case extract.KindDate:
		return f.Date.Value
	case extract.KindTitle:
		return f.Title.Title
	case extract.KindPerson:
		return f.Person.Name
	}
	return ""
}

// sentenceOf is the number of the sentence that a statement cites.
func sentenceOf(s Statement) int {
	q := s.Citations[0].Quote
	for k := range 6 {
		if strings.Contains(sentence(k), q) {
			return k
		}
	}
	return -1
}

// expect is what the model says of a statement.
func (h *history) expect(source string, s Statement) (state ReviewState, edited string, how Hold) {
	read, at := valueOf(asExtracted(s)), sentenceOf(s)
	state = ReviewOpen
	near := false
	for _, m := range h.made {
		if m.undone {
			continue
		}
		for _, a := range m.about {
			if a.source != source || a.kind != s.Kind || a.sentence != at {
				continue
			}
			switch {
			case a.read == read:
				state, edited, how = m.action.state(), a.edited, Same
			case a.edited != "" && a.edited == read:
				state, edited, how = m.action.state(), "", Adopted
			case m.action != Skip:
				near = true
			}
		}
	}
	if how == "" && near {
		state, how = ReviewChanged, Differs
	}
	return state, edited, how
}

// check compares the database with the model.
func (h *history) check() {
	ctx := context.Background()
	h.t.Helper()
	facts := map[string]map[ReviewState]bool{}
	found := map[modelTarget]bool{}
	for _, source := range historySources {
		if h.texts[source] == nil {
			continue
		}
		doc, err := h.store.Document(ctx, source)
		if err != nil {
			h.t.Fatal(err)
		}
		if doc.State != "ok" {
			continue
		}
		for _, s := range doc.Statements {
			state, edited, how := h.expect(source, s)
			if s.State != state {
				h.t.Errorf("%s, sentence %d, %s %q: state %q, the model says %q", source, sentenceOf(s), s.Kind, valueOf(asExtracted(s)), s.State, state)
			}
			want := edited
			if want == "" {
				want = valueOf(asExtracted(s))
			}
			if got := valueOf(s.Value); got != want {
				h.t.Errorf("%s, sentence %d: value %q, the model says %q", source, sentenceOf(s), got, want)
			}
			switch how {
			case Differs:
				h.happened["changed"]++
			case Adopted:
				h.happened["adopted"]++
			case Same:
				if doc.Version > 1 {
					h.happened["held over new text"]++
				}
			}
			if facts[s.Fact] == nil {
				facts[s.Fact] = map[ReviewState]bool{}
			}
			facts[s.Fact][s.State] = true
			found[modelTarget{source: source, kind: s.Kind, sentence: sentenceOf(s)}] = true
		}
	}
	h.checkFacts(facts)
	h.checkOrphans(found)
	h.checkKept()
	checkSound(h.t, h.store)
	checkCitations(h.t, h.store)
	if h.t.Failed() {
		h.t.Fatalf("after:\n%s", strings.Join(h.log, "\n"))
	}
}

// checkFacts compares the states of facts with those of their statements.
func (h *history) checkFacts(facts map[string]map[ReviewState]bool) {
	ctx := context.Background()
	want := map[string]ReviewState{}
	for id, states := range facts {
		switch {
		case states[ReviewAccepted]:
			want[id] = ReviewAccepted
		case states[ReviewChanged]:
			want[id] = ReviewChanged
		case states[ReviewOpen]:
			want[id] = ReviewOpen
		case states[ReviewSkipped]:
			want[id] = ReviewSkipped
		default:
			want[id] = ReviewRejected
		}
	}
	rows, err := h.store.Facts(ctx, Filter{State: "all"})
	if err != nil {
		h.t.Fatal(err)
	}
	if len(rows) != len(want) {
		h.t.Errorf("%d facts, the documents state %d", len(rows), len(want))
	}
	shown := 0
	var p Progress
	for _, r := range rows {
		if r.State != want[r.ID] {
			h.t.Errorf("fact %s is %s; its statements say %s", r.Statement, r.State, want[r.ID])
		}
		switch r.State {
		case ReviewOpen:
			p.Open++
		case ReviewAccepted:
			p.Accepted++
		case ReviewRejected:
			p.Rejected++
		case ReviewChanged:
			p.Changed++
		case ReviewSkipped:
			p.Skipped++
		}
		if r.State != ReviewRejected {
			shown++
		}
	}
	var inView int
	if err := h.store.db.QueryRowContext(ctx, "SELECT count(*) FROM facts").Scan(&inView); err != nil || inView != shown {
		h.t.Errorf("the view has %d facts, %d are not rejected: %v", inView, shown, err)
	}
	if got, err := h.store.Progress(ctx, QueueFilter{}); err != nil || got != p {
		h.t.Errorf("progress is %+v, the facts say %+v: %v", got, p, err)
	}
	// The queue, page by page, is every fact to do, once.
	queued, after := map[string]bool{}, ""
	for {
		page, err := h.store.Queue(ctx, QueueFilter{Limit: 3, After: after})
		if err != nil {
			h.t.Fatal(err)
		}
		for _, f := range page.Facts {
			if queued[f.ID] || f.State == ReviewAccepted || f.State == ReviewRejected {
				h.t.Errorf("%s (%s) is in the queue wrongly or twice", f.Statement, f.State)
			}
			queued[f.ID] = true
		}
		if after = page.Next; after == "" {
			break
		}
	}
	if len(queued) != p.Open+p.Changed+p.Skipped {
		h.t.Errorf("the queue has %d facts, %d are to do", len(queued), p.Open+p.Changed+p.Skipped)
	}
}

// checkOrphans looks for every decision whose sentence states nothing of its kind any more.
func (h *history) checkOrphans(found map[modelTarget]bool) {
	list, err := h.store.Orphans(context.Background())
	if err != nil {
		h.t.Fatal(err)
	}
	listed := map[modelTarget]bool{}
	for _, d := range list {
		for _, target := range d.Targets {
			s := Statement{Citations: []Citation{{Quote: target.Quote}}}
			key := modelTarget{source: target.Source, kind: d.Kind, sentence: sentenceOf(s)}
			if target.How == Orphan {
				listed[key] = true
				if found[key] && d.Kind != extract.KindTitle && d.Kind != extract.KindDate {
					h.t.Errorf("decision %d about %v is listed as an orphan, but the sentence states one", d.ID, key)
				}
			}
		}
	}
	for _, m := range h.made {
		if m.undone || m.action == Skip {
			continue
		}
		for _, a := range m.about {
			key := modelTarget{source: a.source, kind: a.kind, sentence: a.sentence}
			if !found[key] {
				h.happened["orphan"]++
				if !listed[key] {
					h.t.Errorf("decision %d about %v finds nothing and is not listed", m.id, key)
				}
			}
		}
	}
}

// checkKept sees that what was recorded is still recorded, byte for byte.
func (h *history) checkKept() {
	var now string
	err := h.store.db.QueryRow(`SELECT coalesce((SELECT group_concat(line, char(10)) FROM (SELECT json_array(d.id, key, action, who, why, made, kind, fact, line, d.edited, undoes,
		(SELECT json_group_array(json_array(ordinal, source, normal, slots, t.edited, quote, before, after)) FROM decision_target t WHERE t.decision_id = d.id)) AS line
		FROM decision d ORDER BY d.id)), '')`).Scan(&now)
	if err != nil {
		h.t.Fatal(err)
	}
	if !strings.HasPrefix(now, h.stored) {
		h.t.Errorf("decisions were changed or lost:\n%s\nwas\n%s", now, h.stored)
	}
	h.stored = now
}

// checkRebuild makes the database anew: the decisions first, then the documents as they are
// now. It must say the same as the one with the history.
func (h *history) checkRebuild() {
	ctx := context.Background()
	path := filepath.Join(h.t.TempDir(), "rebuilt.db")
	fresh, err := Open(ctx, path, Options{})
	if err != nil {
		h.t.Fatal(err)
	}
	defer fresh.Close()
	conn, err := fresh.db.Conn(ctx)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, query := range []string{"ATTACH '" + h.store.path + "' AS old", "INSERT INTO decision SELECT * FROM old.decision", "INSERT INTO decision_target SELECT * FROM old.decision_target", "DETACH old"} {
		if _, err := conn.ExecContext(ctx, query); err != nil {
			h.t.Fatal(err)
		}
	}
	conn.Close()
	for _, i := range h.rng.Perm(len(historySources)) {
		if source := historySources[i]; h.texts[source] != nil {
			put(h.t, fresh, h.build(source))
		}
	}
	if a, b := dump(h.t, h.store), dump(h.t, fresh); a != b {
		h.t.Errorf("a rebuild says something else: %s", firstDifference(a, b))
	}
}

// TestRenamedEverywhere edits a person's name: titles of the document that name the person follow.
func TestRenamedEverywhere(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	r := newRelease(t, "x.txt", "2024-05-01", "Rector Anna Bergman of Lund Institute spoke. Later Anna Bergman left.")
	r.person("Anna Bergman").institution("Lund Institute", "").title("Anna Bergman", "Rector", "Lund Institute")
	put(t, s, r.item)
	people, err := s.Facts(ctx, Filter{Kind: "person"})
	if err != nil || len(people) != 1 {
		t.Fatal(people, err)
	}
	edited := extract.Fact{Kind: extract.KindPerson, Person: &extract.Person{Name: "Anna Bergmann"}}
	d, err := s.Decide(ctx, Verdict{Action: Edit, Fact: people[0].ID, Edited: &edited, Who: "me"})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // after the decision, and after a new extraction
		titles, err := s.Facts(ctx, Filter{Kind: "title"})
		if err != nil || len(titles) != 1 || titles[0].Person != "Anna Bergmann" || !titles[0].Edited || titles[0].State != ReviewOpen {
			t.Fatalf("%+v %v", titles, err)
		}
		put(t, s, r.item)
		if _, err := s.Put(ctx, []Item{func() Item { x := r.item; x.Doc.Title += "!"; return x }()}, PutOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Decide(ctx, Verdict{Action: Undo, Undoes: d.ID, Who: "me"}); err != nil {
		t.Fatal(err)
	}
	titles, err := s.Facts(ctx, Filter{Kind: "title"})
	if err != nil || len(titles) != 1 || titles[0].Person != "Anna Bergman" || titles[0].Edited {
		t.Fatalf("after undo: %+v %v", titles, err)
	}
}

// TestDecisionsAreFinal tries to change history behind the program's back.
func TestDecisionsAreFinal(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	put(t, s, newRelease(t, "x.txt", "", "Anna Bergman spoke.").person("Anna Bergman").item)
	rows, _ := s.Facts(ctx, Filter{})
	if _, err := s.Decide(ctx, Verdict{Action: Accept, Fact: rows[0].ID, Who: "me"}); err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{"DELETE FROM decision", "UPDATE decision SET who = 'you'", "DELETE FROM decision_target", "UPDATE decision_target SET quote = ''"} {
		if _, err := s.db.ExecContext(ctx, query); err == nil {
			t.Errorf("%s was obeyed", query)
		}
	}
}

// TestEditsThatMakeNoSense names the value that is wrong.
func TestEditsThatMakeNoSense(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	put(t, s, newRelease(t, "x.txt", "", "On 3 May 2024 Anna Bergman spoke.").person("Anna Bergman").date("2024-05-03", "3 May 2024").item)
	id := map[extract.Kind]string{}
	rows, _ := s.Facts(ctx, Filter{})
	for _, r := range rows {
		id[r.Kind] = r.ID
	}
	for _, c := range []struct {
		name string
		edit *extract.Fact
		path string
	}{
		{"no values", nil, "edit"},
		{"values of another kind", &extract.Fact{Title: &extract.Title{Person: "A", Title: "B"}}, "edit"},
		{"nothing changed", &extract.Fact{Person: &extract.Person{Name: "Anna Bergman"}}, "edit"},
		{"no name", &extract.Fact{Person: &extract.Person{Name: "", Aliases: []string{"x"}}}, "edit"},
		{"blank name", &extract.Fact{Person: &extract.Person{Name: " \x00 "}}, "name"},
		{"long name", &extract.Fact{Person: &extract.Person{Name: strings.Repeat("x", 2000)}}, "name"},
	} {
		_, err := s.Decide(ctx, Verdict{Action: Edit, Fact: id[extract.KindPerson], Edited: c.edit, Who: "me"})
		var e *Error
		if !asError(err, &e) || e.Problem != BadRequest || e.Path != c.path {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	for _, value := range []string{"yesterday", "2024/05/xx", "05-2024"} {
		_, err := s.Decide(ctx, Verdict{Action: Edit, Fact: id[extract.KindDate], Edited: &extract.Fact{Date: &extract.Date{Type: "date", Value: value}}, Who: "me"})
		var e *Error
		if !asError(err, &e) || e.Path != "value" {
			t.Errorf("%q: %v", value, err)
		}
	}
	if list, _ := s.Decisions(ctx, DecisionFilter{}); len(list) != 0 {
		b, _ := json.Marshal(list)
		t.Errorf("refused edits were recorded: %s", b)
	}
}
