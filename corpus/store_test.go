package corpus

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"dateline/extract"
	"dateline/extract/token"
	"dateline/ingest/document"

	"pgregory.net/rapid"
)

// openTest opens a new database in the test's own folder.
func openTest(t testing.TB) *Store {
	t.Helper()
	s, err := Open(context.Background(), filepath.Join(t.TempDir(), "test.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// cite is a citation of the first place where text holds quote.
func cite(t testing.TB, text, quote string) extract.Citation {
	t.Helper()
	i := strings.Index(text, quote)
	if i < 0 {
		t.Fatalf("the text holds no %q", quote)
	}
	return extract.Citation{Span: token.Span{Start: i, End: i + len(quote)}, Quote: quote, Rule: "test.rule"}
}

// release is a document under construction.
type release struct {
	t    testing.TB
	item Item
}

func newRelease(t testing.TB, source, published, text string) *release {
	raw := []byte("<p>" + text + "</p>")
	return &release{t, Item{Raw: raw, ReadAs: ReadAs{MediaType: "text/html"},
		Doc: document.Document{Source: source, RawHash: HashBytes(raw), Title: "Title of " + source, Language: "en", Text: text,
			Published: document.Published{Value: published, From: "meta"}}}}
}

func (r *release) add(f extract.Fact, quotes ...string) *release {
	r.t.Helper()
	f.Rule, f.Confidence = "test.rule", 0.9
	for _, q := range quotes {
		f.Citations = append(f.Citations, cite(r.t, r.item.Doc.Text, q))
	}
	r.item.Facts = append(r.item.Facts, f)
	return r
}

func (r *release) date(value, quote string) *release {
	r.t.Helper()
	return r.add(extract.Fact{Kind: extract.KindDate, Date: &extract.Date{Type: "date", Value: value}}, quote)
}

func (r *release) person(name string, aliases ...string) *release {
	r.t.Helper()
	return r.add(extract.Fact{Kind: extract.KindPerson, Person: &extract.Person{Name: name, Aliases: aliases}}, name)
}

func (r *release) institution(name, parent string, aliases ...string) *release {
	r.t.Helper()
	return r.add(extract.Fact{Kind: extract.KindInstitution, Institution: &extract.Institution{Name: name, Parent: parent, Aliases: aliases}}, name)
}

func (r *release) title(person, title, institution string) *release {
	r.t.Helper()
	return r.add(extract.Fact{Kind: extract.KindTitle, Title: &extract.Title{Person: person, Title: title, Institution: institution, When: "current"}}, title)
}

func (r *release) agreement(date, subject string, parties ...string) *release {
	r.t.Helper()
	return r.add(extract.Fact{Kind: extract.KindAgreement, Agreement: &extract.Agreement{Type: "memorandum", Status: "signed", Parties: parties, Date: date, Subject: subject}}, "signed")
}

// failer is what testing.TB and rapid.T have in common.
type failer interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

func put(t failer, s *Store, items ...Item) []Outcome {
	t.Helper()
	out, err := s.Put(context.Background(), items, PutOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for i, o := range out {
		if o.Err != nil {
			t.Fatalf("%s: %v", items[i].Doc.Source, o.Err)
		}
	}
	return out
}

func dump(t testing.TB, s *Store) string {
	t.Helper()
	var b bytes.Buffer
	if err := s.Dump(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// checkCitations runs the README's promise over everything stored, in SQL.
func checkCitations(t testing.TB, s *Store) (stored int) {
	t.Helper()
	var wrong int
	err := s.db.QueryRow(`SELECT count(*), coalesce(sum(substr(d.text, c.start + 1, c."end" - c.start) IS NOT c.quote), 0)
		FROM citation c JOIN document d ON d.id = c.document_id`).Scan(&stored, &wrong)
	if err != nil {
		t.Fatal(err)
	}
	if wrong > 0 {
		t.Errorf("%d of %d citations do not hold in SQL", wrong, stored)
	}
	return stored
}

// checkSound asks SQLite whether all is well, and the fact table whether its counts are right.
func checkSound(t testing.TB, s *Store) {
	t.Helper()
	// On a connection of its own: SQLite 3.53 runs FTS5's check on what the connection remembers of
	// the index, and reports blobs that another one has replaced since as missing.
	fresh, err := connect(context.Background(), s.path, "ro", false)
	if err != nil {
		t.Fatal(err)
	}
	var verdict string
	if err := fresh.QueryRow("PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		t.Errorf("integrity_check: %s, %v", verdict, err)
	}
	fresh.Close()
	for name, query := range map[string]string{
		"foreign keys broken": "SELECT count(*) FROM pragma_foreign_key_check",
		"facts with a wrong count": `SELECT count(*) FROM fact WHERE sources <> (SELECT count(DISTINCT document_id) FROM statement s WHERE fact_id = fact.id AND (s.state = 'rejected') = (fact.state = 'rejected'))
			OR citations <> (SELECT sum(citations) FROM statement s WHERE fact_id = fact.id AND (s.state = 'rejected') = (fact.state = 'rejected'))`,
		"facts without statement":      "SELECT count(*) FROM fact WHERE first_statement IS NULL OR first_statement NOT IN (SELECT id FROM statement WHERE fact_id = fact.id)",
		"forms without entity":         "SELECT count(*) FROM form WHERE entity_id IS NULL",
		"forms with a wrong use count": "SELECT count(*) FROM form WHERE uses <> (SELECT count(*) FROM statement_form WHERE form_id = form.id) + (SELECT count(*) FROM form c WHERE c.parent_id = form.id)",
		"entities without forms":       "SELECT count(*) FROM entity WHERE id NOT IN (SELECT entity_id FROM form)",
		"entity keys used twice":       "SELECT count(*) - count(DISTINCT key) FROM entity",
		"facts of old documents":       "SELECT count(*) FROM statement s JOIN document d ON d.id = s.document_id WHERE d.is_current = 0",
	} {
		var n int
		if err := s.db.QueryRow(query).Scan(&n); err != nil || n > 0 {
			t.Errorf("%s: %d, %v", name, n, err)
		}
	}
	if _, err := s.db.Exec("INSERT INTO document_text(document_text) VALUES ('integrity-check')"); err != nil {
		t.Errorf("full text: %v", err)
	}
}

// sample is a small corpus with people and institutions that come back in other spellings.
func sample(t testing.TB) []Item {
	return []Item{
		newRelease(t, "a/one.txt", "2024-03-02", "Baltic Technical University (BTU) and Karaganda Mining College signed a memorandum on 1 March 2024. Rector Anna-Liisa Tamm and Director Serik Nurlanov spoke. The Faculty of Law of BTU joined.").
			date("2024-03-01", "1 March 2024").person("Anna-Liisa Tamm", "Tamm").person("Serik Nurlanov").
			institution("Baltic Technical University", "", "BTU").institution("Karaganda Mining College", "").institution("Faculty of Law", "Baltic Technical University").
			title("Anna-Liisa Tamm", "Rector", "Baltic Technical University").title("Serik Nurlanov", "Director", "Karaganda Mining College").
			agreement("2024-03-01", "", "Baltic Technical University", "Karaganda Mining College").item,
		newRelease(t, "b/two.txt", "2024-03-01", "Nurlanov Serik, director of the Karaganda Mining College, said it was signed on 1 March 2024 by the Baltic Technical University. The Faculty of Law of Karaganda Mining College watched.").
			date("2024-03-01", "1 March 2024").person("Nurlanov Serik").institution("Karaganda Mining College", "").institution("Baltic Technical University", "").
			institution("Faculty of Law", "Karaganda Mining College").title("Nurlanov Serik", "director", "Karaganda Mining College").
			agreement("2024-03-01", "", "Karaganda Mining College", "Baltic Technical University").item,
		newRelease(t, "c/three.txt", "", "A. Tamm, Rector of BTU, met J. Orav Baltic Technical University officials and P. Kask of the Estonian Ministry of Health on May 18. Ministry of Health officials from elsewhere came.").
			date("XXXX-05-18", "May 18").person("A. Tamm").person("P. Kask").institution("BTU", "").institution("J. Orav Baltic Technical University", "").
			institution("Estonian Ministry of Health", "").institution("Ministry of Health", "").title("A. Tamm", "Rector", "BTU").item,
		newRelease(t, "d/four.txt", "2023", "Ministry of Health of the Republic of Estonia: Zhang Wei of the Ministry of Health of Latvia and Tamm visited BTU.").
			person("Zhang Wei").person("Tamm").institution("Ministry of Health of the Republic of Estonia", "").institution("Ministry of Health of Latvia", "").institution("BTU", "").item,
	}
}

func TestPutTwiceIsPutOnce(t *testing.T) {
	s := openTest(t)
	for i, o := range put(t, s, sample(t)...) {
		if o.State != New || o.Version != 1 || o.Facts == 0 {
			t.Errorf("item %d: %+v", i, o)
		}
	}
	before := dump(t, s)
	for i, o := range put(t, s, sample(t)...) {
		if o.State != Unchanged {
			t.Errorf("item %d again: %+v", i, o)
		}
	}
	if after := dump(t, s); after != before {
		t.Error("storing twice changed the database")
	}
	if n := checkCitations(t, s); n == 0 {
		t.Error("no citation was stored")
	}
	checkSound(t, s)
}

func TestOrderAndBatchesDoNotShow(t *testing.T) {
	items := append(sample(t), generate(t, 60)...)
	want := ""
	for trial := range 8 {
		rng := rand.New(rand.NewPCG(1, uint64(trial)))
		order := rng.Perm(len(items))
		s := openTest(t)
		for len(order) > 0 {
			n := min(1+rng.IntN(20), len(order))
			var batch []Item
			for _, i := range order[:n] {
				batch = append(batch, items[i])
			}
			order = order[n:]
			put(t, s, batch...)
		}
		// A detour: remove some, change some, and bring all back.
		if trial%2 == 1 {
			for _, i := range rng.Perm(len(items))[:10] {
				source := items[i].Doc.Source
				if err := s.Remove(context.Background(), source, "test", ""); err != nil {
					t.Fatal(err)
				}
				other := *newRelease(t, source, "2020", "Some Other Person of Elsewhere Institute").person("Some Other Person").institution("Elsewhere Institute", "")
				for _, x := range []Item{other.item, items[i]} {
					if _, err := s.Put(context.Background(), []Item{x}, PutOptions{Revive: true}); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
		checkSound(t, s)
		got := dump(t, s)
		if want == "" {
			want = got
		} else if got != want {
			t.Fatalf("trial %d differs:\n%s", trial, firstDifference(want, got))
		}
	}
}

func firstDifference(a, b string) string {
	la, lb := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(la), len(lb)) {
		if la[i] != lb[i] {
			return la[i] + "\n" + lb[i]
		}
	}
	return fmt.Sprintf("%d and %d lines", len(la), len(lb))
}

func TestFactsAcrossDocuments(t *testing.T) {
	s, ctx := openTest(t), context.Background()
	put(t, s, sample(t)...)
	rows, err := s.Facts(ctx, Filter{Kind: "title", Person: "nurlanov"})
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1 || rows[0].Sources != 2 || rows[0].First.Source != "b/two.txt" || rows[0].Citations != 2 {
		t.Errorf("the director's post should be one fact with two sources, first stated by the earlier document: %+v", rows)
	}
	rows, err = s.Facts(ctx, Filter{Kind: "agreement"})
	if err != nil || len(rows) != 1 || rows[0].Sources != 2 || len(rows[0].Parties) != 2 {
		t.Errorf("one agreement with two sources expected: %+v, %v", rows, err)
	}
	rows, err = s.Facts(ctx, Filter{Kind: "institution", Institution: "faculty law"})
	if err != nil || len(rows) != 2 {
		t.Errorf("two faculties of two institutions expected: %+v, %v", rows, err)
	}
	detail, err := s.Fact(ctx, rows[0].ID[:8])
	if err != nil || detail.ID != rows[0].ID || len(detail.Statements) != 1 || len(detail.Statements[0].Citations) == 0 {
		t.Errorf("fact by the beginning of its id: %+v, %v", detail, err)
	}
	if _, err := s.Fact(ctx, "ffffffffffffffff"); !IsNotFound(err) {
		t.Errorf("an unknown fact: %v", err)
	}
	for i, id := range IDs(sample(t)[0].Doc.Source, sample(t)[0].Facts) {
		if _, err := s.Fact(ctx, id); err != nil {
			t.Errorf("fact %d by the id of its document: %v", i, err)
		}
	}
	problems, err := s.CheckAcross(ctx, []byte(`{
		"same_person": [[["one", "Serik Nurlanov"], ["two", "Nurlanov Serik"]], [["one", "Anna-Liisa Tamm"], ["three", "A. Tamm"]]],
		"different_people": [[["one", "Anna-Liisa Tamm"], ["four", "Tamm"]]],
		"same_institution": [[["one", "Baltic Technical University"], ["three", "BTU"]], [["one", "Baltic Technical University"], ["three", "J. Orav Baltic Technical University"]],
			[["one", "Baltic Technical University"], ["four", "BTU"]], [["three", "Estonian Ministry of Health"], ["four", "Ministry of Health of the Republic of Estonia"]]],
		"different_institutions": [[["one", "Faculty of Law"], ["two", "Faculty of Law"]], [["three", "Ministry of Health"], ["four", "Ministry of Health of Latvia"]],
			[["three", "Ministry of Health"], ["three", "Estonian Ministry of Health"]], [["three", "Estonian Ministry of Health"], ["four", "Ministry of Health of Latvia"]]],
		"same_fact": [{"kind": "title", "person": "Serik Nurlanov", "title": "Director", "institution": "Karaganda Mining College", "documents": ["one", "two"]},
			{"kind": "date", "value": "2024-03-01", "documents": ["one", "two"]}]}`))
	if err != nil || len(problems) > 0 {
		t.Errorf("across documents: %v, %v", problems, err)
	}
	problems, err = s.CheckAcross(ctx, []byte(`{
		"same_person": [[["one", "Serik Nurlanov"], ["four", "Zhang Wei"]], [["one", "Nobody"], ["four", "Zhang Wei"]]],
		"different_institutions": [[["one", "Karaganda Mining College"], ["two", "Karaganda Mining College"]]],
		"same_fact": [{"kind": "title", "person": "Serik Nurlanov", "title": "Rector", "documents": ["one", "two"]}]}`))
	if err != nil || len(problems) != 4 {
		t.Errorf("four problems expected: %v, %v", problems, err)
	}
}

func TestUnitsWithoutParent(t *testing.T) {
	s := openTest(t)
	unit := func(source, whole, text string) Item {
		r := newRelease(t, source, "", whole+" and "+whole+" again. "+text)
		r.add(extract.Fact{Kind: extract.KindInstitution, Institution: &extract.Institution{Name: whole}}, whole, " and "+whole)
		return r.institution("Office of International Exchange", "").item
	}
	told := newRelease(t, "told", "", "The Office of International Exchange of Baltic Technical University").
		institution("Baltic Technical University", "").institution("Office of International Exchange", "Baltic Technical University").item
	put(t, s, unit("one", "Baltic Technical University", "The Office of International Exchange"), unit("two", "Baltic Technical University", "Its Office of International Exchange"),
		unit("three", "Karaganda Mining College", "Its Office of International Exchange"), told)
	problems, err := s.CheckAcross(context.Background(), []byte(`{
		"same_institution": [[["one", "Office of International Exchange"], ["two", "Office of International Exchange"], ["told", "Office of International Exchange"]]],
		"different_institutions": [[["one", "Office of International Exchange"], ["three", "Office of International Exchange"]]]}`))
	if err != nil || len(problems) > 0 {
		t.Errorf("%v, %v", problems, err)
	}
	checkSound(t, s)
}

func TestFilters(t *testing.T) {
	s, ctx := openTest(t), context.Background()
	put(t, s, sample(t)...)
	count := func(f Filter) int {
		t.Helper()
		rows, err := s.Facts(ctx, f)
		if err != nil {
			t.Fatal(err)
		}
		return len(rows)
	}
	all := count(Filter{})
	for _, x := range []struct {
		filter Filter
		want   int
		why    string
	}{
		{Filter{Kind: "date", Since: "2024-03", Until: "2024-03"}, 1, "1 March lies there, 18 May of no year does not"},
		{Filter{Kind: "date", Since: "2024-05", Until: "2024-05"}, 1, "18 May of an unknown year may lie there"},
		{Filter{Kind: "date", Since: "2025"}, 1, "18 May may lie there"},
		{Filter{Kind: "date", Until: "2020"}, 1, "18 May may lie there"},
		{Filter{Kind: "agreement", Since: "2025"}, 0, "the agreement was signed before"},
		{Filter{Status: "signed"}, 1, "one agreement"},
		{Filter{Kind: "title", Source: "three"}, 1, "one title in that file"},
		{Filter{Text: "watched FACULTY", Kind: "date"}, 1, "the date of the one document with these words"},
		{Filter{Limit: 3}, 3, "a limit"},
		{Filter{Offset: 3}, all - 3, "an offset"},
		{Filter{Kind: "person", Person: "tamm"}, 2, "Anna-Liisa Tamm and a Tamm of whom nothing else is known"},
		{Filter{Kind: "person", Person: "LIÍSA"}, 1, "part of a name, with another case and an accent"},
	} {
		if got := count(x.filter); got != x.want {
			t.Errorf("%+v: %d rows, want %d: %s", x.filter, got, x.want, x.why)
		}
	}
	rows, err := s.Facts(ctx, Filter{Kind: "date", Since: "2024-05", Until: "2024-05"})
	if err != nil || !rows[0].MayMatch || rows[0].MayMatchNote == "" {
		t.Errorf("a date of an unknown year must say that it only may match: %+v, %v", rows, err)
	}
	for _, bad := range []Filter{{Kind: "thing"}, {Since: "yesterday"}, {Since: "2024", Until: "2023"}, {Person: "!"}, {Text: "--"}} {
		if _, err := s.Facts(ctx, bad); err == nil || IsDatabase(err) {
			t.Errorf("%+v must be refused as a bad request: %v", bad, err)
		}
	}
}

func TestVersions(t *testing.T) {
	s, ctx := openTest(t), context.Background()
	items := sample(t)
	put(t, s, items...)
	changed := newRelease(t, "a/one.txt", "2024-03-02", "Anna-Liisa Tamm resigned.").person("Anna-Liisa Tamm").item
	if o := put(t, s, changed)[0]; o.State != NewVersion || o.Version != 2 {
		t.Errorf("changed text: %+v", o)
	}
	d, err := s.Document(ctx, "one")
	if err != nil || d.Version != 2 || d.Versions != 2 || len(d.Statements) != 1 || d.Doc.Text != changed.Doc.Text || d.ReadAs.MediaType != "text/html" {
		t.Errorf("document after a change: %+v, %v", d, err)
	}
	again := changed
	again.Raw = []byte("other bytes, same text")
	if o := put(t, s, again)[0]; o.State != Unchanged {
		t.Errorf("other bytes with the same text are no new version: %+v", o)
	}
	dated := changed
	dated.Doc.Published.Value = "2024-04"
	if o := put(t, s, dated)[0]; o.State != Updated || o.Version != 2 {
		t.Errorf("another publication date: %+v", o)
	}
	dated.Facts = nil
	if o, err := s.ReplaceFacts(ctx, dated, PutOptions{}); err != nil || o.State != Updated || o.Facts != 0 {
		t.Errorf("reextract: %+v, %v", o, err)
	}
	if _, err := s.ReplaceFacts(ctx, newRelease(t, "unknown", "", "x").item, PutOptions{}); !IsNotFound(err) {
		t.Errorf("reextract of an unknown source: %v", err)
	}
	n := 0
	for stored, err := range s.Current(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		if stored.Source == "b/two.txt" && !bytes.Equal(stored.Raw, items[1].Raw) {
			t.Errorf("raw bytes came back as %q", stored.Raw)
		}
		n++
	}
	if n != len(items) {
		t.Errorf("%d current documents, want %d", n, len(items))
	}
	checkSound(t, s)
}

func TestRefusedAndRemoved(t *testing.T) {
	s, ctx := openTest(t), context.Background()
	put(t, s, sample(t)...)
	if err := s.Refuse(ctx, "bad.bin", "it is binary", "convert it", "2024-01-01"); err != nil {
		t.Fatal(err)
	}
	d, err := s.Document(ctx, "bad.bin")
	if err != nil || d.State != "refused" || d.Reason != "it is binary" || d.Advice != "convert it" {
		t.Errorf("%+v, %v", d, err)
	}
	if err := s.Remove(ctx, "b/two.txt", "asked for", "2024-01-02"); err != nil {
		t.Fatal(err)
	}
	if err := s.Remove(ctx, "nowhere", "", ""); !IsNotFound(err) {
		t.Errorf("removing an unknown source: %v", err)
	}
	if o := put(t, s, sample(t)[1])[0]; o.State != Skipped {
		t.Errorf("a removed source came back: %+v", o)
	}
	rows, err := s.Facts(ctx, Filter{Kind: "agreement"})
	if err != nil || len(rows) != 1 || rows[0].Sources != 1 {
		t.Errorf("facts of a removed document are still counted: %+v, %v", rows, err)
	}
	out, err := s.Put(ctx, sample(t)[1:2], PutOptions{Revive: true})
	if err != nil || out[0].State != New {
		t.Errorf("revived: %+v, %v", out, err)
	}
	stats, err := s.Stats(ctx)
	if err != nil || stats.Documents != 4 || stats.Refused != 1 || stats.Removed != 0 || stats.Versions != 4 {
		t.Errorf("%+v, %v", stats, err)
	}
	checkSound(t, s)
}

// TestFailedAttemptIsForgottenWhenItIsReadAgain: a source that has a document and could not be
// read once says so, until it is read again; reading its stored bytes anew is no such thing.
func TestFailedAttemptIsForgottenWhenItIsReadAgain(t *testing.T) {
	s, ctx := openTest(t), context.Background()
	item := sample(t)[0]
	put(t, s, item)
	if err := s.Refuse(ctx, item.Doc.Source, "it is empty", "look", "2024-01-01"); err != nil {
		t.Fatal(err)
	}
	reason := func(want string) {
		t.Helper()
		d, err := s.Document(ctx, item.Doc.Source)
		if err != nil || d.State != "ok" || d.Reason != want || len(d.Statements) == 0 {
			t.Errorf("state %s, reason %q, want %q, %v", d.State, d.Reason, want, err)
		}
	}
	reason("it is empty")
	if _, err := s.ReplaceFacts(ctx, item, PutOptions{}); err != nil {
		t.Fatal(err)
	}
	reason("it is empty")
	if o := put(t, s, item)[0]; o.State != Unchanged {
		t.Errorf("%+v", o)
	}
	reason("")
}

func TestForeignLanguageIsSearchable(t *testing.T) {
	s, ctx := openTest(t), context.Background()
	x := newRelease(t, "zh.txt", "", "天津职业大学与东哈萨克斯坦技术大学签署协议。").item
	x.Doc.Language, x.Note = "zh", "not English: stored without facts"
	put(t, s, x)
	for _, text := range []string{"技术大学", "TITLE"} {
		docs, err := s.Documents(ctx, DocumentFilter{Text: text})
		if err != nil || len(docs) != 1 || docs[0].Note == "" || docs[0].Facts != 0 {
			t.Errorf("%s: %+v, %v", text, docs, err)
		}
	}
}

func TestRejectsFalseCitations(t *testing.T) {
	s, ctx := openTest(t), context.Background()
	good := sample(t)[0]
	for name, spoil := range map[string]func(*Item){
		"quote":    func(x *Item) { x.Facts[0].Citations[0].Quote = "2 March 2024" },
		"outside":  func(x *Item) { x.Facts[0].Citations[0].End = 1 << 20 },
		"none":     func(x *Item) { x.Facts[0].Citations = nil },
		"no value": func(x *Item) { x.Facts[0].Date = nil },
		"NUL":      func(x *Item) { x.Doc.Text += "\x00" },
	} {
		bad := newRelease(t, "bad.txt", "", good.Doc.Text).date("2024-03-01", "1 March 2024").item
		spoil(&bad)
		out, err := s.Put(ctx, []Item{bad, good}, PutOptions{})
		if err != nil || out[0].State != Rejected || out[0].Err == nil || out[1].Err != nil {
			t.Errorf("%s: %+v, %v", name, out, err)
		}
	}
	if _, err := s.Document(ctx, "bad.txt"); !IsNotFound(err) {
		t.Errorf("a rejected document was stored: %v", err)
	}
}

func TestCitationsHoldInSQL(t *testing.T) {
	s := openTest(t)
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		runes := rapid.SliceOfN(rapid.OneOf(rapid.Rune(), rapid.SampledFrom([]rune("e\u0301👩\u200d🔬שלוםᄒ\r\n한́ \U0010ffff"))), 1, 400).Draw(rt, "text")
		text := strings.ToValidUTF8(strings.ReplaceAll(string(runes), "\x00", " "), " ")
		starts := []int{}
		for i := range text {
			starts = append(starts, i)
		}
		starts = append(starts, len(text))
		n++
		r := newRelease(t, fmt.Sprintf("random/%d", n), "", text)
		for k := rapid.IntRange(1, 8).Draw(rt, "facts"); k > 0; k-- {
			i := rapid.IntRange(0, len(starts)-2).Draw(rt, "start")
			j := rapid.IntRange(i+1, len(starts)-1).Draw(rt, "end")
			span := token.Span{Start: starts[i], End: starts[j]}
			r.item.Facts = append(r.item.Facts, extract.Fact{Kind: extract.KindPerson, Rule: "random", Confidence: 1, Person: &extract.Person{Name: span.Of(text)},
				Citations: []extract.Citation{{Span: span, Quote: span.Of(text), Rule: "random"}}})
		}
		r.item.Doc.Zones = []document.Zone{{Start: starts[len(starts)/3], End: starts[len(starts)/2], Kind: document.Caption}}
		put(rt, s, r.item)
		d, err := s.Document(context.Background(), r.item.Doc.Source)
		if err != nil || d.Doc.Text != text || d.Doc.Zones[0] != r.item.Doc.Zones[0] || d.Characters != len([]rune(text)) {
			rt.Fatalf("the document came back changed: %+v, %v", d, err)
		}
	})
	if stored := checkCitations(t, s); stored < n {
		t.Errorf("%d citations of %d documents", stored, n)
	}
	checkSound(t, s)
}

func TestTwoWriters(t *testing.T) {
	path := filepath.Join(t.TempDir(), "two.db")
	items := generate(t, 80)
	var wg sync.WaitGroup
	errs := make([]error, 2)
	for k := range 2 {
		wg.Go(func() { // both may create the file
			s, err := Open(context.Background(), path, Options{})
			if err != nil {
				errs[k] = err
				return
			}
			defer s.Close()
			for i := k; i < len(items); i += 2 {
				if _, err := s.Put(context.Background(), items[i:i+1], PutOptions{}); err != nil {
					errs[k] = err
					return
				}
				if _, err := s.Facts(context.Background(), Filter{Limit: 5}); err != nil {
					errs[k] = err
					return
				}
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
	s, err := Open(context.Background(), path, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	alone := openTest(t)
	put(t, alone, items...)
	if a, b := dump(t, s), dump(t, alone); a != b {
		t.Error("two writers give another database than one: " + firstDifference(b, a))
	}
	if _, err := s.Put(context.Background(), items[:1], PutOptions{}); !IsDatabase(err) {
		t.Errorf("writing to a database opened for reading: %v", err)
	}
	if left, _ := filepath.Glob(path + ".new-*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestCancelledPutStoresNothing(t *testing.T) {
	s := openTest(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Put(ctx, sample(t), PutOptions{}); err == nil {
		t.Error("a cancelled Put reports success")
	}
	if stats, err := s.Stats(context.Background()); err != nil || stats.Documents != 0 {
		t.Errorf("%+v, %v", stats, err)
	}
}

func TestViews(t *testing.T) {
	s := openTest(t)
	put(t, s, sample(t)...)
	for _, view := range []string{"facts", "people", "institutions", "titles", "agreements", "dates", "citations"} {
		rows, err := s.db.Query("SELECT * FROM " + view)
		if err != nil {
			t.Fatalf("%s: %v", view, err)
		}
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"quote", "source", "start", "end"} {
			if !strings.Contains(" "+strings.Join(columns, " ")+" ", " "+want+" ") {
				t.Errorf("%s has no column %s", view, want)
			}
		}
		n := 0
		for rows.Next() {
			n++
		}
		rows.Close()
		if n == 0 || rows.Err() != nil {
			t.Errorf("%s has %d rows, %v", view, n, rows.Err())
		}
	}
	var line string
	if err := s.db.QueryRow("SELECT fact FROM facts WHERE kind = 'title' AND person = 'Anna-Liisa Tamm'").Scan(&line); err != nil || line != "Anna-Liisa Tamm, Rector, J. Orav Baltic Technical University" {
		t.Errorf("a title reads %q, %v", line, err)
	}
}

func TestRefusesFilesThatAreNotOurs(t *testing.T) {
	ctx, folder := context.Background(), t.TempDir()
	good := filepath.Join(folder, "good.db")
	s, err := Open(ctx, good, Options{})
	if err != nil {
		t.Fatal(err)
	}
	put(t, s, generate(t, 20)...)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	foreign := bytes.Clone(whole)
	copy(foreign[68:72], []byte{0, 0, 0, 0})
	damaged := bytes.Clone(whole)
	for i := 4096; i < len(damaged) && i < 20*4096; i++ {
		damaged[i] = 0xa5
	}
	for name, x := range map[string]struct {
		content []byte
		problem Problem
	}{
		"empty": {nil, Corrupt}, "text": {[]byte(strings.Repeat("not a database\n", 50)), Foreign}, "foreign": {foreign, Foreign},
		"cut": {whole[:60], Corrupt}, "half": {whole[:len(whole)/2], Corrupt}, "damaged": {damaged, Corrupt},
	} {
		path := filepath.Join(folder, name+".db")
		if err := os.WriteFile(path, x.content, 0o644); err != nil {
			t.Fatal(err)
		}
		for _, o := range []Options{{}, {ReadOnly: true}} {
			_, err := Open(ctx, path, o)
			var e *Error
			if !asError(err, &e) || e.Problem != x.problem || !IsDatabase(err) || e.Advice == "" {
				t.Errorf("%s: %v, want problem %s", name, err, x.problem)
			}
		}
		if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, x.content) {
			t.Errorf("%s was changed, %v", name, err)
		}
	}
	if _, err := Open(ctx, filepath.Join(folder, "absent.db"), Options{ReadOnly: true}); !IsDatabase(err) {
		t.Errorf("absent: %v", err)
	}
	if _, err := os.Stat(filepath.Join(folder, "absent.db")); err == nil {
		t.Error("reading created a database")
	}
	if _, err := Open(ctx, filepath.Join(folder, "no", "such", "folder.db"), Options{}); !IsDatabase(err) {
		t.Errorf("absent folder: %v", err)
	}
	odd := filepath.Join(folder, "100% odd? #name.db")
	s, err = Open(ctx, odd, Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	if _, err := os.Stat(odd); err != nil {
		t.Errorf("a path with odd characters: %v", err)
	}
}

func asError(err error, e **Error) bool {
	var ok bool
	*e, ok = err.(*Error)
	return ok
}

func TestMigration(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "old.db")
	s, err := Open(ctx, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	put(t, s, sample(t)...)
	before := dump(t, s)
	s.Close()
	next := migrations[len(migrations)-1].version + 1
	broken := append(migrations[:len(migrations):len(migrations)], migration{next, "broken.sql", "CREATE TABLE extra(x); CREATE TABLE extra(x);"})
	if _, err := open(ctx, path, Options{}, broken); !IsDatabase(err) {
		t.Errorf("a migration that fails: %v", err)
	}
	newer := append(migrations[:len(migrations):len(migrations)], migration{next, "next.sql", "CREATE TABLE extra(x);"})
	if _, err := open(ctx, path, Options{ReadOnly: true}, newer); !IsDatabase(err) {
		t.Errorf("an older schema opened for reading: %v", err)
	}
	s, err = open(ctx, path, Options{}, newer)
	if err != nil {
		t.Fatal(err)
	}
	var n int
	if err := s.db.QueryRow("SELECT count(*) FROM extra").Scan(&n); err != nil {
		t.Errorf("the migration did not run: %v", err)
	}
	if len(s.Backups) != 1 {
		t.Fatalf("backups: %v", s.Backups)
	}
	backup := s.Backups[0]
	s.Close()
	if _, err := Open(ctx, path, Options{}); !strings.Contains(fmt.Sprint(err), "newer") || !IsDatabase(err) {
		t.Errorf("a newer schema: %v", err)
	}
	s, err = Open(ctx, backup, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if dump(t, s) != before {
		t.Error("the backup is not the database as it was")
	}
}
