package main

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// repository is the root of the checkout, as the tests of this package see it.
const repository = "../.."

// sharedFolder is where the acceptance texts are, or "" with a reason to skip.
func sharedFolder() string {
	folder := os.Getenv("DATELINE_SHARED")
	if folder == "" {
		folder = filepath.Join(repository, "..", "shared")
	}
	if _, err := os.Stat(filepath.Join(folder, "seeds")); err != nil {
		return ""
	}
	return folder
}

func writeFile(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// samples copies the texts of the sample corpus, without gold and notes, below dir.
func samples(t *testing.T, dir string) {
	t.Helper()
	n := 0
	for _, pattern := range []string{"testdata/releases/*/*.txt", "testdata/releases/*/*.html"} {
		names, err := filepath.Glob(filepath.Join(repository, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, ".about.txt") {
				continue
			}
			content, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			writeFile(t, filepath.Join(dir, "releases", filepath.Base(name)), string(content))
			n++
		}
	}
	if n < 16 {
		t.Fatalf("the sample corpus has %d texts, want at least 16", n)
	}
}

// hardTexts writes texts in which code points, bytes and what one sees differ.
func hardTexts(t *testing.T, dir string) {
	t.Helper()
	body := "On 3 May 2024 in Łódź, Zoë Ångström-Núñez, rector of the Université de Nîmes-Étoile (UNE), signed a memorandum of understanding with Yıldız Üniversitesi — “l’accord” 👩\u200d🔬🇫🇷. "
	for name, text := range map[string]string{
		"accents.txt":    body,
		"combining.txt":  "Zoe\u0308 A\u030angstro\u0308m met Jose\u0301 Nu\u0301n\u0303ez of the University of Co\u0301rdoba Nueva on 4 June 2023.",
		"windows.txt":    strings.ReplaceAll(body+"\n"+body, "\n", "\r\n"),
		"emoji.txt":      strings.Repeat("🎉", 200) + " " + body + strings.Repeat("𝔸", 70) + " " + body,
		"mixed.txt":      "Ректор Иван Петров и 王小明. " + body + " On 5 June 2024 Dr. 王小明 visited the Ministry of Education of Kazakhstan.",
		"invisible.txt":  strings.ReplaceAll(body, " ", "\u200b \u00a0"),
		"long-line.txt":  strings.Repeat(body, 400),
		"utf16.txt":      "\xff\xfe" + utf16le(body),
		"page.html":      "<!doctype html><title>Über alles</title><body><article><h1>Über alles</h1><p>" + body + "</p><ul><li>" + body + "</li></ul></article>",
		"lines.jsonl":    `{"source":"https://example.org/ä?x=1","title":"ßtraße","published":"2024-05-18","text":"Yesterday, Zoë Ångström, director of the Institut für Schöne Künste, left."}` + "\n",
		"broken-utf.txt": "The \xff\xfe University of \xc3\x28 was visited by John Smith on 6 July 2022. It was a fine day for everyone who came to the ceremony.",
	} {
		writeFile(t, filepath.Join(dir, "releases", name), text)
	}
}

func utf16le(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r > 0xffff {
			r -= 0x10000
			for _, half := range []rune{0xd800 + r>>10, 0xdc00 + r&0x3ff} {
				b.WriteByte(byte(half))
				b.WriteByte(byte(half >> 8))
			}
			continue
		}
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

// openSQL opens a database without the program, as any other reader would.
func openSQL(t *testing.T, path string) *sql.DB {
	t.Helper()
	driver := "sqlite"
	if slices.Contains(sql.Drivers(), "sqlite3") {
		driver = "sqlite3"
	}
	db, err := sql.Open(driver, path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// count runs a query that gives one number.
func count(t *testing.T, db *sql.DB, query string) int {
	t.Helper()
	var n int
	if err := db.QueryRow(query).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

// TestCitationsHoldInSQL ingests everything there is and lets SQLite compare every quote with
// the text at its place.
func TestCitationsHoldInSQL(t *testing.T) {
	dir := t.TempDir()
	samples(t, dir)
	hardTexts(t, dir)
	if shared := sharedFolder(); shared == "" {
		t.Log("NOT TESTED: the citations of the seeds; set DATELINE_SHARED to their folder")
	} else {
		seeds, err := filepath.Glob(filepath.Join(shared, "seeds", "*.txt"))
		if err != nil || len(seeds) == 0 {
			t.Fatalf("no seeds in %s (%v)", shared, err)
		}
		for _, seed := range seeds {
			content, err := os.ReadFile(seed)
			if err != nil {
				t.Fatal(err)
			}
			writeFile(t, filepath.Join(dir, "releases", filepath.Base(seed)), string(content))
		}
	}
	if out, err := dateline(t, dir, "ingest", "releases").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	db := openSQL(t, filepath.Join(dir, "dateline.db"))
	check := func(when string) {
		t.Helper()
		if n := count(t, db, `SELECT count(*) FROM citation`); n < 200 {
			t.Errorf("%s: only %d citations are stored: too few to show anything", when, n)
		}
		rows, err := db.Query(`SELECT s.source, c.start, c."end", c.quote, substr(d.text, c.start + 1, c."end" - c.start)
			FROM citation c JOIN document d ON d.id = c.document_id JOIN source s ON s.id = d.source_id
			WHERE c.quote <> substr(d.text, c.start + 1, c."end" - c.start) OR c.start < 0 OR c."end" <= c.start LIMIT 20`)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var source, quote, text string
			var start, end int
			if err := rows.Scan(&source, &start, &end, &quote, &text); err != nil {
				t.Fatal(err)
			}
			t.Errorf("%s: %s: %d–%d cites %q, but the text there is %q", when, source, start, end, quote, text)
		}
		// The views say the same, and no fact stands without a citation.
		for what, query := range map[string]string{
			"facts without a citation":     `SELECT count(*) FROM fact WHERE id NOT IN (SELECT s.fact_id FROM statement s JOIN citation c ON c.statement_id = s.id)`,
			"quotes that the view changes": `SELECT count(*) FROM facts f JOIN source s ON s.source = f.source JOIN document d ON d.source_id = s.id AND d.is_current = 1 WHERE substr(d.text, f.start + 1, f."end" - f.start) <> f.quote`,
			"texts with a NUL":             `SELECT count(*) FROM document WHERE instr(text, char(0)) > 0`,
			"broken foreign keys":          `SELECT count(*) FROM pragma_foreign_key_check`,
			"damage":                       `SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'`,
		} {
			if n := count(t, db, query); n != 0 {
				t.Errorf("%s: %s: %d", when, what, n)
			}
		}
	}
	check("after ingest")
	if out, err := dateline(t, dir, "reextract").CombinedOutput(); err != nil || !strings.Contains(string(out), "Nothing changed") {
		t.Errorf("reextract by the same rules: %v\n%s", err, out)
	}
	check("after reextract")
}

// TestWorkersDoNotShow compares whole outputs for several numbers of workers.
func TestWorkersDoNotShow(t *testing.T) {
	dir := t.TempDir()
	samples(t, dir)
	hardTexts(t, dir)
	writeFile(t, filepath.Join(dir, "releases", "zero.txt"), "")
	var first []byte
	for i, workers := range []int{1, 2, 8} {
		cmd := dateline(t, dir, "extract", "--format", "jsonl", "--workers", fmt.Sprint(workers), "releases")
		out, err := cmd.Output()
		if code := exitOf(t, err); code != exitItems {
			t.Fatalf("exit code %d, want %d for the empty file", code, exitItems)
		}
		if i == 0 {
			first = out
			continue
		}
		if string(out) != string(first) {
			t.Errorf("%d workers give another output than 1", workers)
		}
	}
}
