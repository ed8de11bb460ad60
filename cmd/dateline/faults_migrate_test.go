package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/corpus"
	"dateline/corpus/fault"
)

// The folder testdata/versions holds a database of every released schema, made by that
// version from the texts beside it, and its facts as it showed them.
const versions = "testdata/versions"

// oldDatabase unpacks the database of a schema version into a folder of its own.
func oldDatabase(t *testing.T, version int) (db string) {
	t.Helper()
	packed, err := os.ReadFile(filepath.Join(versions, fmt.Sprintf("v%d.db.gz", version)))
	if err != nil {
		t.Fatalf("every schema version needs a database in %s: %v", versions, err)
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	db = filepath.Join(t.TempDir(), "x.db")
	if err := os.WriteFile(db, content, 0o644); err != nil {
		t.Fatal(err)
	}
	return db
}

// oldFacts are the facts as that version showed them, sorted.
func oldFacts(t *testing.T, version int) []string {
	t.Helper()
	f, err := os.Open(filepath.Join(versions, fmt.Sprintf("v%d.facts.csv", version)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) < 10 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	return joined(rows[1:])
}

func joined(rows [][]string) []string {
	var out []string
	for _, r := range rows {
		out = append(out, strings.Join(r, "|"))
	}
	slices.Sort(out)
	return out
}

// viewFacts reads the same columns of a database as it is now.
func viewFacts(t *testing.T, path string) []string {
	t.Helper()
	db := openSQL(t, path)
	defer db.Close()
	rows, err := db.Query(`SELECT id, kind, fact, quote, source, start, "end" FROM facts`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all [][]string
	for rows.Next() {
		r := make([]string, 7)
		if err := rows.Scan(&r[0], &r[1], &r[2], &r[3], &r[4], &r[5], &r[6]); err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return joined(all)
}

// schemaOf is the schema version of a database.
func schemaOf(t *testing.T, path string) int {
	t.Helper()
	db := openSQL(t, path)
	defer db.Close()
	return count(t, db, "PRAGMA user_version")
}

// TestFaultMigration opens a database of every older version, undisturbed and killed at every
// step: the facts stay, a copy from before is kept whole, and the next run finishes. (A9)
func TestFaultMigration(t *testing.T) {
	fresh := filepath.Join(t.TempDir(), "fresh.db")
	store, err := corpus.Open(context.Background(), fresh, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	newest := schemaOf(t, fresh)
	schema := schemaText(t, fresh)
	if newest < 2 {
		t.Fatal("there is no older version to migrate from")
	}
	total, killed, between := 0, 0, 0
	for version := 1; version < newest; version++ {
		if _, err := os.Stat(filepath.Join(versions, fmt.Sprintf("v%d.db.gz", version))); err != nil && version > 1 {
			t.Logf("NOT TESTED: migration from schema %d alone: no released version wrote it", version)
			continue
		}
		want := oldFacts(t, version)
		args := []string{"remove", "no such source"} // opens for writing and changes nothing
		steps := 0
		fault.Point = func(e fault.Event) {
			if e == fault.Step {
				steps++
			}
		}
		db := oldDatabase(t, version)
		code, _, messages := inProcess(context.Background(), nil, "", append([]string{"--db", db}, args...)...)
		fault.Point = nil
		if code != exitItems || !strings.Contains(messages, "a copy from before is kept") || schemaOf(t, db) != newest {
			t.Fatalf("schema %d: exit code %d: %s", version, code, messages)
		}
		check := func(how, db string) {
			t.Helper()
			if got := viewFacts(t, db); !slices.Equal(got, want) {
				t.Errorf("schema %d, %s: the facts are\n%s\nwant\n%s", version, how, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			for _, p := range unsound(db) {
				t.Errorf("schema %d, %s: %s", version, how, p)
			}
			if got := schemaText(t, db); got != schema {
				t.Errorf("schema %d, %s: the migrated schema is not that of a new database:\n%s", version, how, firstOther(got, schema))
			}
			copies, err := filepath.Glob(db + ".backup-v*")
			if err != nil || len(copies) == 0 {
				t.Fatalf("schema %d, %s: no copy is kept, %v", version, how, err)
			}
			for _, c := range copies {
				if schemaOf(t, c) != version || !slices.Equal(viewFacts(t, c), want) {
					t.Errorf("schema %d, %s: the copy %s is not the database as it was", version, how, filepath.Base(c))
				}
				for _, ending := range []string{"", "-wal", "-shm"} {
					os.Remove(c + ending)
				}
			}
			entries, err := os.ReadDir(filepath.Dir(db))
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range entries {
				switch e.Name() {
				case "x.db", "x.db-wal", "x.db-shm", childOut, childLog:
				default:
					t.Errorf("schema %d, %s: left behind: %s", version, how, e.Name())
				}
			}
		}
		check("undisturbed", db)
		if steps < 4 {
			t.Fatalf("schema %d: only %d steps to be killed at", version, steps)
		}
		w := &work{name: "migration", args: args, before: db}
		trial := func(how string, kill func(c *child)) {
			t.Helper()
			db := oldDatabase(t, version)
			c := w.command(t, db)
			kill(c)
			total++
			if v := schemaOf(t, db); v != version && v != newest {
				between++
				t.Errorf("schema %d, %s: a killed migration stopped at schema %d", version, how, v)
			}
			if code, _, messages := inProcess(context.Background(), nil, "", append([]string{"--db", db}, args...)...); code != exitItems {
				t.Errorf("schema %d, %s: run again: exit code %d: %s", version, how, code, messages)
			}
			check(how, db)
		}
		for step := range steps {
			how := fmt.Sprintf("%s:%d", fault.Step, step+1)
			trial("killed at "+how, func(c *child) {
				c.cmd.Env = append(c.cmd.Env, envKill+"="+how)
				if code := c.run(t); code != -1 {
					t.Errorf("schema %d: the kill at %s did not happen: exit code %d", version, how, code)
					return
				}
				killed++
			})
		}
		rng := chance(5)
		for range trials(50) {
			after := time.Duration(rng.Int64N(int64(40 * time.Millisecond)))
			trial(fmt.Sprintf("killed after %v", after), func(c *child) {
				ended, result := c.start(t)
				c.began(ended)
				select {
				case <-ended:
				case <-time.After(after):
				}
				c.cmd.Process.Kill()
				<-ended
				if exitOf(t, *result) == -1 {
					killed++
				}
			})
		}
	}
	if killed*10 < total*6 {
		t.Errorf("only %d of %d were killed in their work", killed, total)
	}
	tried(t, "A9 migration", total, "%d killed, at every step and at random, to schema %d", killed, newest)
}

// schemaText is the schema as SQLite keeps it, without the order and the words in which it came about.
func schemaText(t *testing.T, path string) string {
	t.Helper()
	db := openSQL(t, path)
	defer db.Close()
	rows, err := db.Query(`SELECT m.type || ' ' || m.name || ' ' || coalesce((SELECT group_concat(name || ' ' || type || ' ' || "notnull" || ' ' || pk, ', ') FROM (SELECT * FROM pragma_table_info(m.name) ORDER BY cid)), '')
		FROM sqlite_schema m ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var b strings.Builder
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		b.WriteString(line + "\n")
	}
	return b.String()
}
