package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"dateline/corpus"
	"dateline/extract"
	"dateline/extract/eval"
	"dateline/extract/token"
	"dateline/ingest/document"
)

// hostileValues are texts that a spreadsheet, a terminal or a parser would obey.
var hostileValues = []string{
	"=1+1", "=HYPERLINK(\"http://evil.example\",\"x\")", "+1+1", "-1+1", "@SUM(A1)", "\t=1", " =1", "\u00a0=1", "\u3000＝1", "＋1", "－1", "＠x", "\u200b=1", "\ufeff=1",
	"x; =1+1", "a\"b", "a,b", "a\nb", "\x1b]0;owned\x07", "\u202egnp.exe", "\u009b31m", "-cmd|' /C calc'!A0", "<script>alert(1)</script>", "a\\u0000b", "{\"a\":1}", "Ż ó 👩\u200d🔬",
}

// formulaDatabase has such texts in every place that a stranger can fill, with decisions.
func formulaDatabase(t *testing.T, path string) {
	t.Helper()
	ctx := context.Background()
	store, err := corpus.Open(ctx, path, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	var items []corpus.Item
	for i, v := range hostileValues {
		text := "é " + v + " signed " + v + " 2024."
		at := strings.Index(text, v)
		cites := []extract.Citation{{Span: token.Span{Start: at, End: at + len(v)}, Quote: v, Rule: v}}
		if last := strings.LastIndex(text, v); last != at {
			cites = append(cites, extract.Citation{Span: token.Span{Start: last, End: last + len(v)}, Quote: v, Rule: v})
		}
		fact := func(f extract.Fact) extract.Fact {
			f.Rule, f.Confidence, f.Citations = v, 0.5, cites
			return f
		}
		raw := fmt.Appendf(nil, "%d %s", i, text)
		items = append(items, corpus.Item{Raw: raw, Doc: document.Document{Source: v, RawHash: corpus.HashBytes(raw), Title: v, Language: "en", Text: text, Published: document.Published{Value: "2024-05-18", From: "meta"}},
			Facts: []extract.Fact{
				fact(extract.Fact{Kind: extract.KindDate, Date: &extract.Date{Type: "date", Value: v, Mod: v, Anchor: v, AnchorFrom: v, Alternatives: []string{v}}}),
				fact(extract.Fact{Kind: extract.KindPerson, Person: &extract.Person{Name: v, Aliases: []string{v + " x"}}}),
				fact(extract.Fact{Kind: extract.KindInstitution, Institution: &extract.Institution{Name: v, Aliases: []string{v + " y"}, Parent: v + " College"}}),
				fact(extract.Fact{Kind: extract.KindTitle, Title: &extract.Title{Person: v, Title: v, Institution: v, When: v}}),
				fact(extract.Fact{Kind: extract.KindAgreement, Agreement: &extract.Agreement{Type: v, Status: v, Parties: []string{v, v + " z"}, Signatories: []string{v}, Date: v, Place: v, Subject: v}}),
			}})
	}
	out, err := store.Put(ctx, items, corpus.PutOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for i, o := range out {
		if o.Err != nil {
			t.Fatalf("%q: %v", hostileValues[i], o.Err)
		}
	}
	rows, err := store.Facts(ctx, corpus.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range rows {
		v := hostileValues[i%len(hostileValues)]
		verdict := corpus.Verdict{Fact: f.ID, Who: v, Why: v, When: "2024-06-01T10:00:00Z", Action: []corpus.Action{corpus.Accept, corpus.Reject, corpus.Skip, corpus.Edit}[i%4]}
		if verdict.Action == corpus.Edit {
			if f.Kind != extract.KindPerson {
				continue
			}
			verdict.Edited = &extract.Fact{Kind: f.Kind, Person: &extract.Person{Name: f.Person + " Senior"}}
		}
		if _, err := store.Decide(ctx, verdict); err != nil && !corpus.IsNotFound(err) {
			t.Fatal(err)
		}
	}
}

// output runs the program in dir and returns what it prints.
func output(t *testing.T, dir string, args ...string) []byte {
	t.Helper()
	cmd := dateline(t, dir, args...)
	var messages bytes.Buffer
	cmd.Stderr = &messages
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", args, err, messages.String())
	}
	return out
}

// TestExportedCellsAreNoFormulas reads every cell of hostile exports with an independent
// reader. Written apart from defuse: a cell must not begin, behind whatever a spreadsheet
// skips, with a sign that makes a formula, unless all of it is a number.
func TestExportedCellsAreNoFormulas(t *testing.T) {
	dir := t.TempDir()
	formulaDatabase(t, filepath.Join(dir, "dateline.db"))
	var runs [][]string
	for _, kind := range append([]extract.Kind{""}, extract.Kinds...) {
		for _, row := range []string{"fact", "citation"} {
			args := []string{"export", "--format", "csv", "--row", row, "--state", "all"}
			if kind != "" {
				args = append(args, "--kind", string(kind))
			}
			runs = append(runs, args)
		}
	}
	runs = append(runs, []string{"search", "--facts", "--kind", "title", "--limit", "0", "--format", "csv"}, []string{"search", "signed", "--format", "csv", "--limit", "0"})
	dangerous, cells := 0, 0
	for _, args := range runs {
		rows := readCSV(t, output(t, dir, args...))
		for _, row := range rows[1:] {
			for i, cell := range row {
				cells++
				rest := strings.TrimLeftFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("\ufeff\u200b", r) })
				number := rest != "" && strings.Trim(rest[1:], "0123456789.") == "" && len(rest) > 1
				if rest != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(rest)[0]) && !number || strings.ContainsAny(cell[:min(1, len(cell))], "\t\r\n") {
					t.Errorf("%v: column %s is a formula: %q", args, rows[0][i], cell)
				}
				if strings.ContainsFunc(cell, func(r rune) bool { return r != '\n' && r != '\t' && unicode.IsControl(r) || r == 0x202e }) {
					t.Errorf("%v: column %s holds a control: %q", args, rows[0][i], cell)
				}
				for _, part := range strings.Split(cell, ";")[1:] { // a spreadsheet elsewhere parts cells there
					if rows[0][i] == "parties" || rows[0][i] == "aliases" || rows[0][i] == "all_citations" {
						if part = strings.TrimLeft(part, " "); part != "" && strings.ContainsRune("=+@", rune(part[0])) && !strings.Contains(cell, "x; =1+1") {
							t.Errorf("%v: a part of column %s is a formula: %q", args, rows[0][i], cell)
						}
					}
				}
				if strings.HasPrefix(cell, "'") {
					dangerous++
				}
			}
		}
	}
	if dangerous < 500 {
		t.Errorf("only %d of %d cells were defused: the texts did not get there", dangerous, cells)
	}
	// The control: --raw leaves them, so the check above can fail.
	raw := readCSV(t, output(t, dir, "export", "--format", "csv", "--kind", "title", "--raw", "--state", "all"))
	column := slices.Index(raw[0], "title")
	var titles []string
	for _, row := range raw[1:] {
		titles = append(titles, row[column])
	}
	for _, v := range hostileValues {
		if !slices.Contains(titles, strings.ReplaceAll(v, "\r\n", "\n")) {
			t.Errorf("--raw does not give %q", v)
		}
	}
}

func readCSV(t *testing.T, data []byte) [][]string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	return rows
}

// texts reads the texts of a database by source, without the program.
func texts(t *testing.T, db *sql.DB) map[string][]rune {
	t.Helper()
	rows, err := db.Query("SELECT src.source, d.text FROM document d JOIN source src ON src.id = d.source_id WHERE d.is_current = 1")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	out := map[string][]rune{}
	for rows.Next() {
		var source, text string
		if err := rows.Scan(&source, &text); err != nil {
			t.Fatal(err)
		}
		out[source] = []rune(text)
	}
	return out
}

// The export as a stranger would read it from its schema: no field more, none less.
type exportedFact struct {
	ID         string          `json:"id"`
	Kind       string          `json:"kind"`
	Fact       string          `json:"fact"`
	Values     json.RawMessage `json:"values"`
	Confidence float64         `json:"confidence"`
	Sources    int             `json:"sources"`
	Citations  int             `json:"citations"`
	State      string          `json:"state"`
	Edited     bool            `json:"edited"`
	Decision   *exportedVerdict
	Statements []struct {
		ID       string `json:"id"`
		Document struct {
			ID        int     `json:"id"`
			Source    string  `json:"source"`
			Title     *string `json:"title"`
			Published *string `json:"published"`
		} `json:"document"`
		Ordinal    int             `json:"ordinal"`
		Values     json.RawMessage `json:"values"`
		Extracted  json.RawMessage `json:"extracted"`
		Rule       string          `json:"rule"`
		Confidence float64         `json:"confidence"`
		State      string          `json:"state"`
		Decision   *exportedVerdict
		Citations  []struct {
			Start int    `json:"start"`
			End   int    `json:"end"`
			Quote string `json:"quote"`
			Rule  string `json:"rule"`
		} `json:"citations"`
	} `json:"statements"`
}

type exportedVerdict struct {
	ID     int     `json:"id"`
	Action string  `json:"action"`
	Who    string  `json:"who"`
	At     *string `json:"at"`
	Why    *string `json:"why"`
}

// exportCorpora are the databases that exports are read back from.
func exportCorpora(t *testing.T) map[string]string {
	t.Helper()
	hostileDir, sampleDir := t.TempDir(), t.TempDir()
	formulaDatabase(t, filepath.Join(hostileDir, "dateline.db"))
	samples(t, sampleDir)
	hardTexts(t, sampleDir)
	output(t, sampleDir, "ingest", "releases", "--exclude", "*.json")
	return map[string]string{"hostile": hostileDir, "sample": sampleDir}
}

// TestExportJSONLReadsBack compares every statement, decision and citation with the database.
func TestExportJSONLReadsBack(t *testing.T) {
	data, err := os.ReadFile("export.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	schema, err := eval.ParseSchema(data)
	if err != nil {
		t.Fatal(err)
	}
	for name, dir := range exportCorpora(t) {
		db := openSQL(t, filepath.Join(dir, "dateline.db"))
		text := texts(t, db)
		facts, statements, citations, decided := 0, 0, 0, 0
		for line := range bytes.Lines(output(t, dir, "export", "--format", "jsonl", "--state", "all")) {
			for _, fault := range schema.Validate(line) {
				t.Errorf("%s: %s: %s", name, fault, line)
			}
			var f exportedFact
			dec := json.NewDecoder(bytes.NewReader(line))
			dec.DisallowUnknownFields()
			if err := dec.Decode(&f); err != nil {
				t.Fatal(err)
			}
			facts++
			for _, s := range f.Statements {
				statements++
				var kind, slots, rule, state, id string
				var extracted sql.NullString
				var confidence float64
				err := db.QueryRow(`SELECT s.kind, s.slots, s.rule, s.state, s.confidence, fact.hash, s.extracted FROM statement s JOIN fact ON fact.id = s.fact_id WHERE s.document_id = ? AND s.ordinal = ?`,
					s.Document.ID, s.Ordinal).Scan(&kind, &slots, &rule, &state, &confidence, &id, &extracted)
				if err != nil || kind != f.Kind || rule != s.Rule || state != s.State || confidence != s.Confidence || id != f.ID {
					t.Errorf("%s: %s, fact %d differs from the database: %v", name, s.Document.Source, s.Ordinal, err)
				}
				if !sameValues(t, s.Values, slots) || extracted.Valid && !sameValues(t, s.Extracted, extracted.String) || !extracted.Valid && string(s.Extracted) != "null" {
					t.Errorf("%s: %s, fact %d has the values %s (%s), and the database %s", name, s.Document.Source, s.Ordinal, s.Values, s.Extracted, slots)
				}
				if s.Decision != nil {
					decided++
					var who, why, made, action string
					err := db.QueryRow("SELECT who, why, made, action FROM decision WHERE id = ?", s.Decision.ID).Scan(&who, &why, &made, &action)
					if err != nil || who != s.Decision.Who || s.Decision.Why == nil || why != *s.Decision.Why || s.Decision.At == nil || made != *s.Decision.At || action != s.Decision.Action {
						t.Errorf("%s: decision %d differs from the database: %+v, %v", name, s.Decision.ID, s.Decision, err)
					}
				}
				for _, c := range s.Citations {
					citations++
					if all := text[s.Document.Source]; c.End > len(all) || string(all[c.Start:c.End]) != c.Quote {
						t.Errorf("%s: %s: %d–%d is not %q", name, s.Document.Source, c.Start, c.End, c.Quote)
					}
				}
			}
		}
		if facts != count(t, db, "SELECT count(*) FROM fact") || statements != count(t, db, "SELECT count(*) FROM statement") || citations != count(t, db, "SELECT count(*) FROM citation") {
			t.Errorf("%s: %d facts, %d statements and %d citations came out", name, facts, statements, citations)
		}
		if name == "hostile" && decided < 50 {
			t.Errorf("only %d decided statements came out", decided)
		}
	}
}

// sameValues compares values with the slots of the database, where what is empty is left out.
func sameValues(t *testing.T, values json.RawMessage, slots string) bool {
	t.Helper()
	var a, b map[string]any
	if json.Unmarshal(values, &a) != nil || json.Unmarshal([]byte(slots), &b) != nil {
		return false
	}
	for k, v := range a {
		if list, ok := v.([]any); v == nil || v == "" || ok && len(list) == 0 {
			delete(a, k)
		}
	}
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return bytes.Equal(x, y)
}

// TestExportCSVReadsBack: each citation is a row, and holds in the text; the facts are all there.
func TestExportCSVReadsBack(t *testing.T) {
	for name, dir := range exportCorpora(t) {
		db := openSQL(t, filepath.Join(dir, "dateline.db"))
		text := texts(t, db)
		rows := readCSV(t, output(t, dir, "export", "--format", "csv", "--row", "citation", "--raw"))
		at := func(row []string, column string) string { return row[slices.Index(rows[0], column)] }
		for _, row := range rows[1:] {
			var start, end int
			fmt.Sscan(at(row, "start")+" "+at(row, "end"), &start, &end)
			if all := text[at(row, "source")]; end > len(all) || end <= start || string(all[start:end]) != at(row, "quote") {
				t.Errorf("%s: %s: %d–%d is not %q", name, at(row, "source"), start, end, at(row, "quote"))
			}
		}
		if want := count(t, db, "SELECT count(*) FROM citations"); len(rows)-1 != want {
			t.Errorf("%s: %d citations came out, want %d", name, len(rows)-1, want)
		}
		facts := 0
		for _, kind := range extract.Kinds {
			of := readCSV(t, output(t, dir, "export", "--format", "csv", "--kind", string(kind), "--raw"))
			facts += len(of) - 1
			for _, row := range of[1:] {
				if row[1] != string(kind) {
					t.Errorf("%s: a fact of kind %s among those of kind %s", name, row[1], kind)
				}
			}
		}
		if want := count(t, db, "SELECT count(*) FROM facts"); facts != want {
			t.Errorf("%s: %d facts came out, want %d", name, facts, want)
		}
	}
}

// The W3C model (https://www.w3.org/TR/annotation-model/) as far as an annotation of text needs
// it. Fields that a consumer does not know it passes over.
type annotationCollection struct {
	Context string `json:"@context"`
	ID      string `json:"id"`
	Type    string `json:"type"`
	Total   int    `json:"total"`
	First   struct {
		ID         string          `json:"id"`
		Type       string          `json:"type"`
		StartIndex int             `json:"startIndex"`
		Items      []webAnnotation `json:"items"`
	} `json:"first"`
}

type webAnnotation struct {
	ID         string `json:"id"`
	Type       string `json:"type"`
	Motivation string `json:"motivation"`
	Creator    []struct{ Type, Name string }
	Body       []struct {
		Type, Value, Purpose, Format string
		Creator                      *struct{ Type, Name string }
	}
	Target []struct {
		Type     string
		Source   string
		Selector []struct {
			Type                  string
			Start, End            int
			Exact, Prefix, Suffix string
		}
	}
}

// TestExportAnnotationsResolve is a consumer of Web Annotations: it finds the text of each
// target's source, resolves both selectors by themselves, and compares where they lead.
func TestExportAnnotationsResolve(t *testing.T) {
	for name, dir := range exportCorpora(t) {
		db := openSQL(t, filepath.Join(dir, "dateline.db"))
		text := texts(t, db)
		var all annotationCollection
		if err := json.Unmarshal(output(t, dir, "export", "--format", "webannotation"), &all); err != nil {
			t.Fatal(err)
		}
		if all.Context != "http://www.w3.org/ns/anno.jsonld" || all.Type != "AnnotationCollection" || all.First.Type != "AnnotationPage" || all.ID == "" || all.First.ID == "" || all.Total != len(all.First.Items) {
			t.Errorf("%s: the collection is %q, %q, %q, %d of %d", name, all.Context, all.Type, all.First.Type, len(all.First.Items), all.Total)
		}
		ids := map[string]bool{}
		targets, assessed := 0, 0
		for _, a := range all.First.Items {
			if ids[a.ID] || !strings.HasPrefix(a.ID, "urn:uuid:") || a.Type != "Annotation" || !slices.Contains([]string{"identifying", "describing"}, a.Motivation) || len(a.Creator) == 0 || a.Creator[0].Name != "dateline" {
				t.Errorf("%s: annotation %q of type %q, motivation %q, creator %v", name, a.ID, a.Type, a.Motivation, a.Creator)
			}
			ids[a.ID] = true
			for _, b := range a.Body {
				if b.Type != "TextualBody" || b.Purpose == "" {
					t.Errorf("%s: %s: body %+v", name, a.ID, b)
				}
				if b.Format == "application/json" && !json.Valid([]byte(b.Value)) {
					t.Errorf("%s: %s: the body is no JSON: %s", name, a.ID, b.Value)
				}
				if b.Purpose == "assessing" {
					assessed++
					if b.Creator == nil || len(a.Creator) != 2 || a.Creator[1].Type != "Person" {
						t.Errorf("%s: %s: who decided is not told", name, a.ID)
					}
				}
			}
			for _, target := range a.Target {
				targets++
				iri, err := url.Parse(target.Source)
				if err != nil {
					t.Errorf("%s: %q is no IRI: %v", name, target.Source, err)
					continue
				}
				source := target.Source
				if !iri.IsAbs() {
					if source, err = url.PathUnescape(target.Source); err != nil {
						t.Fatal(err)
					}
				}
				content, ok := text[source]
				if !ok {
					t.Errorf("%s: %q names no document", name, target.Source)
					continue
				}
				position, quote := target.Selector[0], target.Selector[1]
				if position.Type != "TextPositionSelector" || quote.Type != "TextQuoteSelector" {
					t.Fatalf("%s: selectors %+v", name, target.Selector)
				}
				if position.End > len(content) || string(content[position.Start:position.End]) != quote.Exact {
					t.Errorf("%s: %s: the position leads elsewhere than to %q", name, source, quote.Exact)
					continue
				}
				before, after := string(content[max(0, position.Start-32):position.Start]), string(content[position.End:min(len(content), position.End+32)])
				if quote.Prefix != before || quote.Suffix != after {
					t.Errorf("%s: %s: around %q stand %q and %q, not %q and %q", name, source, quote.Exact, before, after, quote.Prefix, quote.Suffix)
				}
				if !strings.Contains(string(content), quote.Prefix+quote.Exact+quote.Suffix) {
					t.Errorf("%s: %s: the quote selector leads nowhere", name, source)
				}
			}
		}
		if want := count(t, db, "SELECT count(*) FROM citations"); targets != want || targets < 100 {
			t.Errorf("%s: %d targets came out, want %d", name, targets, want)
		}
		if name == "hostile" && assessed < 30 {
			t.Errorf("only %d decided statements came out", assessed)
		}
	}
}

// TestSourceIRI: what is stored as a source is a path or a URL of any form.
func TestSourceIRI(t *testing.T) {
	for source, want := range map[string]string{
		"https://example.org/ä?x=1#y": "https://example.org/ä?x=1#y",
		"https://example.org/a b<c>":  "https://example.org/a%20b%3Cc%3E",
		"https://example.org/100%":    "https://example.org/100%25",
		"https://example.org/%41":     "https://example.org/%41",
		"/srv/a b#1.txt":              "file:///srv/a%20b%231.txt",
		"releases/ü 1.txt":            "releases/ü%201.txt",
		"a:b.txt":                     "a%3Ab.txt",
		`C:\x.txt`:                    "C%3A%5Cx.txt",
		"urn:isbn:1":                  "urn:isbn:1",
		"x\u202ey\xff":                "x%E2%80%AEy%FF",
		"-":                           "-",
	} {
		if got := sourceIRI(source); got != want {
			t.Errorf("sourceIRI(%q) is %q, want %q", source, got, want)
		}
	}
}

// TestExportWhole: a kill, a full disk or a bad name leaves the file that stood there.
func TestExportWhole(t *testing.T) {
	dir := t.TempDir()
	var all bytes.Buffer
	for n := range 400 {
		all.WriteString(line(n))
	}
	writeFile(t, filepath.Join(dir, "many.jsonl"), all.String())
	output(t, dir, "ingest", "many.jsonl")
	output(t, dir, "export", "--format", "jsonl", "-o", "whole.jsonl")
	whole, err := os.ReadFile(filepath.Join(dir, "whole.jsonl"))
	if err != nil {
		t.Fatal(err)
	}

	t.Run("kill", func(t *testing.T) {
		kills, during := 8, 0
		switch {
		case os.Getenv("DATELINE_FAULTS") == "full":
			kills = 100
		case testing.Short():
			kills = 4
		}
		for i := range kills {
			name := fmt.Sprintf("killed-%02d.jsonl", i)
			path := filepath.Join(dir, name)
			before := ""
			if i%2 == 0 {
				before = "what stood there before\n"
				writeFile(t, path, before)
			}
			cmd := dateline(t, dir, "export", "--format", "jsonl", "-o", name)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			// The kill comes when the unfinished file is there, at some size.
			killed := false
			for !killed {
				if found, _ := filepath.Glob(filepath.Join(dir, "."+name+".unfinished-*")); len(found) == 1 {
					if info, err := os.Stat(found[0]); err == nil && info.Size() >= int64(i)*int64(len(whole))/int64(kills) {
						killed = cmd.Process.Kill() == nil
						break
					}
				}
				if got, err := os.ReadFile(path); err == nil && len(got) == len(whole) {
					break // it was faster
				}
				time.Sleep(time.Millisecond)
			}
			if err := cmd.Wait(); killed && err != nil {
				during++
			}
			got, err := os.ReadFile(path)
			switch {
			case bytes.Equal(got, whole):
			case before != "" && string(got) == before:
			case before == "" && os.IsNotExist(err):
			default:
				t.Errorf("kill %d leaves %d bytes, %v", i, len(got), err)
			}
		}
		if during*10 < kills*6 {
			t.Errorf("only %d of %d kills came during the export", during, kills)
		}
		t.Logf("%d of %d kills came during the export", during, kills)
	})

	t.Run("full disk", func(t *testing.T) {
		small := filepath.Join(dir, "small")
		if err := os.Mkdir(small, 0o755); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small).CombinedOutput(); err != nil {
			t.Skipf("NOT TESTED: export to a full disk, since no small file system can be mounted here: %v: %s", err, out)
		}
		defer exec.Command("umount", small).Run()
		target := filepath.Join(small, "x.jsonl")
		writeFile(t, target, "before\n")
		cmd := dateline(t, dir, "export", "--format", "jsonl", "-o", target)
		var messages bytes.Buffer
		cmd.Stderr = &messages
		if code := exitOf(t, cmd.Run()); code != exitItems {
			t.Errorf("the exit code is %d", code)
		}
		if !strings.Contains(messages.String(), "no space left on device") || !strings.Contains(messages.String(), "unchanged") {
			t.Errorf("the message is %q", messages.String())
		}
		if got, _ := os.ReadFile(target); string(got) != "before\n" {
			t.Errorf("the file holds %q", got)
		}
		if left, _ := os.ReadDir(small); len(left) != 1 {
			t.Errorf("left behind: %v", left)
		}
		cmd = dateline(t, dir, "backup", filepath.Join(small, "copy.db"))
		messages.Reset()
		cmd.Stderr = &messages
		if code := exitOf(t, cmd.Run()); code != exitDatabase {
			t.Errorf("the exit code of backup is %d: %s", code, messages.String())
		}
		if left, _ := os.ReadDir(small); len(left) != 1 {
			t.Errorf("backup left behind: %v", left)
		}
	})

	t.Run("full standard output", func(t *testing.T) {
		full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
		if err != nil {
			t.Skip("NOT TESTED: there is no /dev/full here")
		}
		defer full.Close()
		cmd := dateline(t, dir, "export", "--format", "csv")
		cmd.Stdout = full
		var messages bytes.Buffer
		cmd.Stderr = &messages
		if code := exitOf(t, cmd.Run()); code != exitItems || !strings.Contains(messages.String(), "no space left") {
			t.Errorf("exit code %d: %s", code, messages.String())
		}
	})
}

// TestLongCell: a fact of very many places has a cell that a spreadsheet takes, and says so.
func TestLongCell(t *testing.T) {
	var x corpus.ExportFact
	for i := range 3000 {
		x.Statements = append(x.Statements, corpus.ExportStatement{Statement: corpus.Statement{Citations: []corpus.Citation{{Source: fmt.Sprintf("https://example.org/é/%04d", i), Start: 1, End: 2}}}})
	}
	table, err := newCSVTable(&bytes.Buffer{}, factTail, false)
	if err != nil {
		t.Fatal(err)
	}
	cells := factCells(table, x)
	cell := cells[len(cells)-1]
	var more int
	if _, err := fmt.Sscanf(cell[strings.LastIndex(cell, ";"):], "; and %d more", &more); err != nil || len([]rune(cell)) > 32_767 || more+strings.Count(cell, "https:") != 3000 {
		t.Errorf("the cell has %d characters and ends in %q", len([]rune(cell)), cell[len(cell)-40:])
	}
}
