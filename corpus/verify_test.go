package corpus

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"dateline/extract"
)

// verify wants a database without fault, and all of it looked at.
func verifySound(t testing.TB, s *Store) Verification {
	t.Helper()
	v, err := s.Verify(context.Background(), VerifyOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range v.Faults {
		t.Errorf("a sound database has a fault: %+v", f)
	}
	return v
}

func TestVerifySound(t *testing.T) {
	s := openTest(t)
	t.Log(verifySound(t, s))
	put(t, s, sample(t)...)
	put(t, s, generate(t, 200)...)
	t.Log(verifySound(t, s))
	put(t, s, newRelease(t, "a/one.txt", "2024-03-02", "Another text now with Zoë.").person("Zoë").item)
	if err := s.Remove(context.Background(), "b/two.txt", "", ""); err != nil {
		t.Fatal(err)
	}
	if err := s.Refuse(context.Background(), "x", "", "", ""); err != nil {
		t.Fatal(err)
	}
	t.Log(verifySound(t, s))
}

// unproved are the columns that nothing else in the database tells, by table; "*" is all of
// them. Every other column of the schema is mutated by TestVerifyFindsMutations, so that a
// new one is either proved or stands here with its reason.
var unproved = map[string]map[string]string{
	"source":   {"reason": "written for people", "advice": "written for people", "changed": "time stamp"},
	"document": {"added": "time stamp"},
	"frontier": {"*": "what a server answered; the next run asks again"}, "subscription": {"*": "what a person subscribed to"}, "listing": {"*": "what a server answered"}, "listed": {"*": "what a server answered"},
	"document_text_config": {"v": "number of a format; SQLite reads either"},
	"decision":             {"*": "what a person said is its own evidence"},
	"decision_target": {"source": "evidence of a decision", "quote": "evidence of a decision", "before": "evidence of a decision", "after": "evidence of a decision",
		"edited": "values given by a person", "slots": "proved but for case and accents, which its key does not count", "decision_id": "which decision it is evidence of", "ordinal": "order of the evidence"},
}

// ofOldVersions are the columns that are proved of documents that are no longer current.
var ofOldVersions = []string{"source_id", "version", "is_current", "raw_hash", "text", "text_hash"}

// mutable is a column that is proved.
type mutable struct{ table, column string }

// provedColumns lists them from the schema itself.
func provedColumns(t *testing.T, s *Store) []mutable {
	t.Helper()
	var out []mutable
	rows, err := s.db.Query(`SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND m.name <> 'document_text' ORDER BY 1, c.cid`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var m mutable
		if err := rows.Scan(&m.table, &m.column); err != nil {
			t.Fatal(err)
		}
		if not := unproved[m.table]; not["*"] == "" && not[m.column] == "" {
			out = append(out, m)
		}
	}
	if len(out) < 60 {
		t.Fatalf("the schema has %d columns that are proved: they were not found", len(out))
	}
	return out
}

// mutate changes one value of one row picked at random, in a file that nobody has open, and
// says what it did. ok is false when the change would be none, or SQLite does not let it happen.
func mutate(t *testing.T, path string, rng *rand.Rand, m mutable) (says string, ok bool) {
	t.Helper()
	db, err := sql.Open(driverName, path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, query := range []string{"PRAGMA foreign_keys=OFF", "PRAGMA ignore_check_constraints=ON", "PRAGMA synchronous=OFF", "DROP TRIGGER IF EXISTS decision_target_final"} {
		if _, err := db.Exec(query); err != nil {
			t.Fatal(err)
		}
	}
	var key string // what identifies a row
	if err := db.QueryRow("SELECT coalesce((SELECT group_concat('quote(\"' || name || '\")', '||\" \"||') FROM pragma_table_info(?) WHERE pk > 0), 'quote(rowid)')", m.table).Scan(&key); err != nil {
		t.Fatal(err)
	}
	key = strings.ReplaceAll(key, `" "`, `' '`)
	from := " FROM " + m.table
	if m.table == "document" && !slices.Contains(ofOldVersions, m.column) {
		from += " WHERE is_current = 1"
	}
	if m.table == "source" { // nothing else tells the name of a source without text
		from += " WHERE state = 'ok'"
	}
	var rows int
	if err := db.QueryRow("SELECT count(*)" + from).Scan(&rows); err != nil {
		t.Fatal(err)
	}
	if rows == 0 {
		t.Fatalf("table %s has no row to change", m.table)
	}
	column := `"` + m.column + `"`
	var row string
	var value any
	if err := db.QueryRow("SELECT "+key+", "+column+from+" ORDER BY 1 LIMIT 1 OFFSET ?", rng.IntN(rows)).Scan(&row, &value); err != nil {
		t.Fatal(err)
	}
	var changed any
	switch v := value.(type) {
	case nil:
		changed = "x"
		if strings.HasSuffix(m.column, "_id") || m.column == "first_statement" || m.column == "pgno" {
			changed = int64(1)
		}
	case int64:
		changed = v ^ 1<<rng.IntN(8)
	case bool:
		changed = !v
	case float64:
		changed = v / 2
	case string:
		changed = flipText(rng, v)
	case []byte:
		var isText bool // one driver gives both as bytes
		if err := db.QueryRow("SELECT typeof("+column+") = 'text' FROM "+m.table+" WHERE "+key+" = ?", row).Scan(&isText); err != nil {
			t.Fatal(err)
		}
		if isText {
			changed = flipText(rng, string(v))
			break
		}
		if len(v) == 0 {
			changed = []byte{'x'}
			break
		}
		at := rng.IntN(len(v))
		if m.table == "raw" && at >= 4 && at < 10 {
			return "", false // gzip's time, level and system: they are not read
		}
		if m.table == "document_text_data" && row == "10" && (at < 4 || at == 6) {
			return "", false // tells connections to read their settings again; counts writes
		}
		flipped := bytes.Clone(v)
		flipped[at] ^= 1 << rng.IntN(8)
		changed = flipped
	default:
		t.Fatalf("%s.%s is a %T", m.table, m.column, value)
	}
	if _, err := db.Exec("UPDATE "+m.table+" SET "+column+" = ? WHERE "+key+" = ?", changed, row); err != nil {
		return "", false // two rows would be one
	}
	return fmt.Sprintf("%s.%s of row %s: %.60q to %.60q", m.table, m.column, row, fmt.Sprint(value), fmt.Sprint(changed)), true
}

// flipText changes one letter of a text, and keeps it text.
func flipText(rng *rand.Rand, text string) string {
	runes := []rune(text)
	if len(runes) == 0 {
		return "x"
	}
	for range 100 {
		i := rng.IntN(len(runes))
		if flipped := runes[i] ^ 1<<rng.IntN(4); flipped > ' ' && unicode.IsPrint(flipped) {
			return string(runes[:i]) + string(flipped) + string(runes[i+1:])
		}
	}
	return text + "x"
}

// decidedCorpus is a closed database of the sample, with an old version, a removed and a
// refused source, and decisions of every kind. It gives the path of its file.
func decidedCorpus(t *testing.T) string {
	t.Helper()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "base.db")
	s, err := Open(ctx, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	put(t, s, sample(t)...)
	put(t, s, generate(t, 4)...)
	put(t, s, newRelease(t, "e/five.txt", "2024-05-01", "An old text.").item)
	put(t, s, newRelease(t, "e/five.txt", "2024-05-01", "A new text of Zoë Ångström, rector.").person("Zoë Ångström").title("Zoë Ångström", "rector", "").item)
	put(t, s, newRelease(t, "f/six.txt", "2024-05-01", "It is taken out.").item)
	if err := s.Remove(ctx, "f/six.txt", "a test", ""); err != nil {
		t.Fatal(err)
	}
	if err := s.Refuse(ctx, "g/seven.pdf", "it is a PDF", "", ""); err != nil {
		t.Fatal(err)
	}
	rows, err := s.Facts(ctx, Filter{})
	if err != nil {
		t.Fatal(err)
	}
	edits := 0
	for i, f := range rows {
		v := Verdict{Action: []Action{Accept, Reject, Skip, Edit}[i%4], Fact: f.ID, Who: "ann", When: "2024-06-01T00:00:00Z"}
		if i%3 == 0 {
			continue
		}
		if v.Action == Edit {
			if f.Kind != extract.KindPerson {
				continue
			}
			v.Edited = &extract.Fact{Kind: f.Kind, Person: &extract.Person{Name: f.Person + " Senior"}}
			edits++
		}
		if _, err := s.Decide(ctx, v); err != nil && !IsNotFound(err) { // an edit before may have made it another fact
			t.Fatal(err)
		}
	}
	if _, err := s.Decide(ctx, Verdict{Action: Undo, Who: "ann"}); err != nil {
		t.Fatal(err)
	}
	if edits == 0 {
		t.Fatal("nothing was edited")
	}
	verifySound(t, s)
	// Entries of the index that newer ones stand for are read by nobody, until they are merged.
	if _, err := s.db.Exec("INSERT INTO document_text(document_text) VALUES ('optimize')"); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// found reports whether a damaged file is noticed: by opening it, or by Verify.
func found(t *testing.T, path string) bool {
	t.Helper()
	s, err := Open(context.Background(), path, Options{ReadOnly: true})
	if err != nil {
		return true
	}
	defer s.Close()
	v, err := s.Verify(context.Background(), VerifyOptions{})
	if err != nil && !IsDatabase(err) {
		t.Errorf("the error is not one of the database: %v", err)
	}
	for _, f := range v.Faults {
		if f.Detail == "" || f.Advice == "" || f.Check == "" {
			t.Errorf("a fault says too little: %+v", f)
		}
	}
	return err != nil || len(v.Faults) > 0
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestVerifyFindsMutations changes single values of single rows, through SQLite, so that its own
// check sees nothing: every column that is proved, several times. None may stay silent.
func TestVerifyFindsMutations(t *testing.T) {
	base := decidedCorpus(t)
	s, err := Open(context.Background(), base, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	columns := provedColumns(t, s)
	s.Close()
	rounds := 3
	if testing.Short() {
		rounds = 1
	}
	path := filepath.Join(t.TempDir(), "mutated.db")
	done, silent, unseen := 0, 0, 0
	for _, m := range columns {
		seed := fnv.New64a() // a new column does not change what happens to others
		fmt.Fprint(seed, m, os.Getenv("DATELINE_SEED"))
		rng := rand.New(rand.NewPCG(seed.Sum64(), 9))
		for range rounds {
			says, ok := "", false
			for range 50 {
				copyFile(t, base, path)
				if says, ok = mutate(t, path, rng, m); ok {
					break
				}
			}
			if !ok {
				t.Errorf("%s.%s could not be changed", m.table, m.column)
				break
			}
			done++
			if !found(t, path) {
				silent++
				t.Errorf("not noticed: %s", says)
			}
			if quickCheckOK(t, path) {
				unseen++
			}
		}
	}
	t.Logf("%d changes of %d columns, %d silent; SQLite's own check sees nothing in %d", done, len(columns), silent, unseen)
	copyFile(t, base, path)
	if found(t, path) {
		t.Error("control: the file without a change has a fault")
	}
}

func quickCheckOK(t *testing.T, path string) bool {
	t.Helper()
	db, err := sql.Open(driverName, path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var verdict string
	return db.QueryRow("PRAGMA integrity_check(1)").Scan(&verdict) == nil && verdict == "ok"
}

// TestVerifyFindsLostRows takes out single rows.
func TestVerifyFindsLostRows(t *testing.T) {
	base := decidedCorpus(t)
	rounds := 6
	if testing.Short() {
		rounds = 1
	}
	rng := rand.New(rand.NewPCG(4, 4))
	path := filepath.Join(t.TempDir(), "mutated.db")
	for _, table := range []string{"raw", "source WHERE state = 'ok'", "document", "entity", "form", "form_key", "fact", "statement", "statement_form", "citation", "decision", "decision_holds",
		"document_text_data", "document_text_idx", "document_text_docsize", "document_text_config"} {
		for range rounds {
			copyFile(t, base, path)
			db, err := sql.Open(driverName, path)
			if err != nil {
				t.Fatal(err)
			}
			db.SetMaxOpenConns(1)
			for _, query := range []string{"PRAGMA foreign_keys=OFF", "DROP TRIGGER decision_kept"} {
				if _, err := db.Exec(query); err != nil {
					t.Fatal(err)
				}
			}
			name, _, _ := strings.Cut(table, " ")
			var keys []string // WITHOUT ROWID tables are kept by their keys
			if db.QueryRow("SELECT rowid FROM "+name).Scan(new(any)) == nil {
				keys = []string{"rowid"}
			} else if err := db.QueryRow("SELECT group_concat('\"' || name || '\"') FROM pragma_table_info(?) WHERE pk > 0", name).Scan(&keyList{&keys}); err != nil {
				t.Fatal(err)
			}
			key := strings.Join(keys, ", ")
			var n int
			if err := db.QueryRow("SELECT count(*) FROM " + table).Scan(&n); err != nil || n == 0 {
				t.Fatalf("%s has %d rows, %v", table, n, err)
			}
			at := rng.IntN(n)
			if _, err := db.Exec("DELETE FROM "+name+" WHERE ("+key+") IN (SELECT "+key+" FROM "+table+" ORDER BY 1 LIMIT 1 OFFSET ?)", at); err != nil {
				t.Fatal(err)
			}
			db.Close()
			if !found(t, path) {
				t.Errorf("not noticed: row %d of %d of %s is gone", at, n, table)
			}
		}
	}
}

// keyList scans names separated by commas.
type keyList struct{ to *[]string }

func (k *keyList) Scan(value any) error {
	*k.to = strings.Split(fmt.Sprintf("%s", value), ",")
	return nil
}

// TestVerifyOneThing: a document or a fact is proved alone, and other faults are left out.
func TestVerifyOneThing(t *testing.T) {
	s := openTest(t)
	ctx := context.Background()
	put(t, s, sample(t)...)
	rows, err := s.Facts(ctx, Filter{Kind: "person", Person: "Serik"})
	if err != nil || len(rows) != 1 {
		t.Fatal(rows, err)
	}
	serik := rows[0].ID
	v, err := s.Verify(ctx, VerifyOptions{Names: []string{"one", serik[:8]}})
	if err != nil || len(v.Faults) > 0 || v.Documents != 3 || v.Facts != 1 {
		t.Errorf("%+v, %v", v, err)
	}
	if _, err := s.db.Exec(`UPDATE citation SET quote = 'Zhang Wej' WHERE quote = 'Zhang Wei'`); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]int{"one": 0, serik: 0, "d/four.txt": 1} {
		v, err := s.Verify(ctx, VerifyOptions{Names: []string{name}})
		if err != nil || len(v.Faults) != want {
			t.Errorf("%s: %+v, %v", name, v.Faults, err)
		}
		for _, f := range v.Faults {
			if f.Check != CheckCitation || f.Source != "d/four.txt" || f.Fact == "" || !strings.Contains(f.Detail, `"Zhang Wei"`) {
				t.Errorf("%+v", f)
			}
		}
	}
	if _, err := s.Verify(ctx, VerifyOptions{Names: []string{"nobody"}}); !IsNotFound(err) {
		t.Errorf("%v", err)
	}
}

// TestVerifyTakesLinearTime: one document of four times the facts takes at most six times as
// long, and so do four times the documents.
func TestVerifyTakesLinearTime(t *testing.T) {
	measure := func(items ...Item) time.Duration {
		s := openTest(t)
		for i := 0; i < len(items); i += 64 {
			put(t, s, items[i:min(i+64, len(items))]...)
		}
		best := time.Hour
		for range 3 {
			begun := time.Now()
			verifySound(t, s)
			best = min(best, time.Since(begun))
		}
		return best
	}
	for name, sizes := range map[string][2]time.Duration{
		"facts":     {measure(hostile(t, 500)), measure(hostile(t, 2000))},
		"documents": {measure(generate(t, 100)...), measure(generate(t, 400)...)},
	} {
		t.Logf("%s: %v, four times as many: %v", name, sizes[0], sizes[1])
		if sizes[1] > 6*sizes[0] && sizes[1] > time.Second {
			t.Errorf("%s: %v, four times as many: %v", name, sizes[0], sizes[1])
		}
	}
}

// TestVerifyKnowsAllLetters: whatever letters a text holds, the index of it is sound.
func TestVerifyKnowsAllLetters(t *testing.T) {
	s := openTest(t)
	var b strings.Builder
	for r := rune(1); r <= unicode.MaxRune; r++ {
		if unicode.In(r, unicode.L, unicode.N, unicode.M, unicode.S, unicode.Co) && (r < 0x3400 || r > 0x2ffff || r%97 == 0) && r < 0xf0000 {
			b.WriteRune(r)
			b.WriteString("x ")
			b.WriteRune(r)
			b.WriteByte(' ')
		}
	}
	put(t, s, newRelease(t, "letters.txt", "", b.String()).item)
	verifySound(t, s)
}
