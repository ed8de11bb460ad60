package main

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"dateline/corpus"
	"dateline/corpus/fault"
)

// The fault tests break the program while it works and look at what is left. They share:
//
//	trials        how often a fault is tried
//	works         the commands that change a database, with the database before and after
//	work.broken   the oracle: what is wrong with a database after a fault
//	work.recover  the same command again gives what an undisturbed run gives
//
// A new command that writes is a new entry of works; kill, signal, full-disk, I/O-error and
// power-cut tests then try it. Each class of fault has a file, faults_CLASS_test.go; what
// covers which fault is in ARCHITECTURE.md, "Faults".

// trials is how often a fault is tried: full times with DATELINE_FAULTS=full (make faults),
// else a tenth of that, and a thirtieth with -short, by which the other driver is tested.
func trials(full int) int {
	switch {
	case os.Getenv("DATELINE_FAULTS") == "full":
		return full
	case testing.Short():
		return max(1, full/30)
	}
	return max(1, full/10)
}

// tried reports what a fault test did, in a line that .ci/run collects. None of n trials
// failing bounds the rate of failures at 3/n (95 %).
func tried(t *testing.T, row string, n int, what string, args ...any) {
	t.Helper()
	if t.Failed() {
		return
	}
	t.Logf("FAULTS %s: %d trials (true rate below %.2g), %s", row, n, min(1, 3/float64(max(n, 1))), fmt.Sprintf(what, args...))
}

// chance is the randomness of a test: the same one every time.
func chance(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }

// The environment by which a test arms the child process that it starts. Only the test binary
// reads it: the shipped program has no such door.
const (
	envKill   = "DATELINE_TEST_KILL"   // EVENT:N: kill -9 at the N-th such place
	envBatch  = "DATELINE_TEST_BATCH"  // documents of a batch
	envSize   = "DATELINE_TEST_FSIZE"  // largest file that may be written, in bytes
	envThread = "DATELINE_TEST_THREAD" // keep the main goroutine on one thread, so that strace counts its calls
)

// smallBatch makes several transactions of few documents.
const smallBatch = 8

// armFaults runs in the child process before main.
func armFaults() {
	if n, err := strconv.Atoi(os.Getenv(envBatch)); err == nil {
		batchDocuments = n
	}
	if n, err := strconv.ParseUint(os.Getenv(envSize), 10, 64); err == nil {
		limitFileSize(n)
	}
	if os.Getenv(envThread) != "" {
		runtime.LockOSThread()
	}
	if event, count, ok := strings.Cut(os.Getenv(envKill), ":"); ok {
		left, err := strconv.Atoi(count)
		if err != nil {
			panic(err)
		}
		var mu sync.Mutex
		fault.Point = func(e fault.Event) {
			mu.Lock()
			defer mu.Unlock()
			if string(e) != event {
				return
			}
			if left--; left == 0 {
				self, err := os.FindProcess(os.Getpid())
				if err != nil {
					panic(err)
				}
				self.Kill()
				select {} // nothing more happens in this process
			}
		}
	}
}

// inProcess runs a command line in the test's own process, without the start of a new one.
func inProcess(ctx context.Context, env map[string]string, stdin string, args ...string) (code int, out, messages string) {
	var o, e bytes.Buffer
	code = run(ctx, args, terminal{stdin: strings.NewReader(stdin), stdout: &o, stderr: &e,
		getenv: func(name string) string {
			if name == "SOURCE_DATE_EPOCH" {
				return "1700000000"
			}
			return env[name]
		},
		now: func() time.Time { return time.Unix(1700000000, 0) }})
	return code, o.String(), e.String()
}

// work is a command that changes a database.
type work struct {
	name    string
	program string                         // "" is dateline
	before  string                         // database before it, "" for none
	args    []string                       // without --db
	acked   func(out, log string) []string // keys of a state that the output says are done

	// What an undisturbed run does.
	code    int
	dump    string
	old     state               // before it
	new     state               // after it
	events  map[fault.Event]int // places that it comes by
	largest int64               // size in bytes of the largest file
	length  time.Duration       // from its first write to its end, as a child process; 0 until it is asked for
}

// state is what a database holds of each source and of each decision, by its key: enough to
// tell a whole one from a half one and an old one from a new one.
type state map[string]string

// shared is the folder of what the works read and of the databases before them, made once for
// all tests of the package.
var shared string

func removeInputs() {
	if shared != "" {
		os.RemoveAll(shared)
	}
}

var inputs = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "dateline-faults-*")
	if err != nil {
		return "", err
	}
	shared = dir
	files := map[string]string{
		"new/empty.txt":   "",
		"new/lines.jsonl": line(1) + line(2) + "{\"text\": broken\n" + line(3),
		"new/ville.txt":   "La mairie a annoncé hier que les travaux de la nouvelle bibliothèque commenceront au printemps, et que les habitants du quartier pourront donner leur avis pendant les réunions qui seront organisées avec les écoles.",
	}
	for n := range 28 {
		text := generatedRelease(n)
		files[fmt.Sprintf("old/release-%02d.txt", n)] = text
		if n%3 == 0 {
			text = generatedRelease(n + 500)
		}
		files[fmt.Sprintf("new/release-%02d.txt", n)] = text
	}
	for name, content := range files {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return "", err
		}
		if err := os.WriteFile(full, []byte(content), 0o644); err != nil {
			return "", err
		}
	}
	return dir, nil
})

func inputFolder(t testing.TB) string {
	t.Helper()
	dir, err := inputs()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// works are the commands that write, each tried by every fault. They are made and measured once.
func works(t *testing.T) []*work {
	t.Helper()
	if len(allWorks) == 0 {
		allWorks = makeWorks(t)
	}
	return allWorks
}

var allWorks []*work

func makeWorks(t *testing.T) []*work {
	t.Helper()
	in := inputFolder(t)
	oldFiles, newFiles := filepath.Join(in, "old"), filepath.Join(in, "new")
	whole := made(t, "whole.db", func(path string) { ingestAs(t, path, oldFiles, oldFiles, false) })
	plan := decisionPlan(t, whole)
	reviewed := func(path string) {
		if err := decideAll(context.Background(), path, plan, io.Discard); err != nil {
			t.Fatal(err)
		}
	}
	var removed []string
	for n := range 12 {
		removed = append(removed, filepath.Join(oldFiles, fmt.Sprintf("release-%02d.txt", 2*n)))
	}
	list := []*work{
		{name: "ingest", args: []string{"ingest", "-v", newFiles}, acked: ackedByLog},
		{name: "ingest again", before: made(t, "again.db", func(path string) {
			// The same names with other texts, so that sources get a second version.
			ingestAs(t, path, oldFiles, newFiles, false)
			reviewed(path)
		}), args: []string{"ingest", "-v", newFiles}, acked: ackedByLog},
		// Before it, documents have only every second fact that the rules give.
		{name: "reextract", before: made(t, "half.db", func(path string) {
			ingestAs(t, path, oldFiles, oldFiles, true)
			reviewed(path)
		}), args: []string{"reextract"}},
		{name: "remove", before: whole, args: append([]string{"remove"}, removed...), acked: ackedByRemove},
		{name: "decide", program: decideProgram, before: whole, args: []string{plan}, acked: ackedDecisions},
	}
	for _, w := range list {
		w.measure(t)
	}
	return list
}

// ackedByLog reads the sources from the messages of ingest -v: each is written after its batch is stored.
func ackedByLog(_, log string) (sources []string) {
	for message := range strings.Lines(log) {
		if source, _, ok := strings.Cut(strings.TrimPrefix(message, "dateline: "), " (state: "); ok && strings.HasSuffix(message, "\n") {
			sources = append(sources, source)
		}
	}
	return sources
}

// ackedByRemove reads what remove says that it did.
func ackedByRemove(out, _ string) (sources []string) {
	for message := range strings.Lines(out) {
		if source, ok := strings.CutPrefix(strings.TrimSuffix(message, "\n"), "removed "); ok && strings.HasSuffix(message, "\n") {
			sources = append(sources, source)
		}
	}
	return sources
}

// made is a database that is made once and then only copied.
func made(t *testing.T, name string, do func(path string)) string {
	t.Helper()
	path := filepath.Join(inputFolder(t), name)
	if _, err := os.Stat(path); err != nil {
		do(path)
	}
	return path
}

// ingestAs stores the texts of one folder under the names of another, all facts or every second one.
func ingestAs(t *testing.T, path, folder, as string, half bool) {
	t.Helper()
	ctx := context.Background()
	store, err := corpus.Open(ctx, path, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	a := &app{terminal: terminal{getenv: func(string) string { return "" }}, handler: newLogHandler(&b, 100), database: path}
	a.log = nil
	r := newReader(a)
	var items []corpus.Item
	err = r.paths(ctx, a, inputFlags{workers: 1}, []string{folder}, func(out outcome) error {
		for _, rd := range out.readings {
			if half {
				kept := rd.facts[:0:0]
				for i, f := range rd.facts {
					if i%2 == 0 {
						kept = append(kept, f)
					}
				}
				rd.facts = kept
			}
			item := rd.item()
			item.Doc.Source = strings.Replace(item.Doc.Source, folder, as, 1)
			items = append(items, item)
		}
		return nil
	})
	if err == nil {
		_, err = store.Put(ctx, items, corpus.PutOptions{When: "2023-11-14T22:13:20Z"})
	}
	if err == nil {
		err = store.Close()
	}
	if err != nil || len(items) == 0 {
		t.Fatalf("%d items, %v", len(items), err)
	}
}

// fresh copies the database before the work into a folder of its own.
func (w *work) fresh(t *testing.T) (db string) {
	t.Helper()
	db = filepath.Join(t.TempDir(), "x.db")
	if w.before != "" {
		copyFile(t, w.before, db)
	}
	return db
}

func copyFile(t testing.TB, from, to string) {
	t.Helper()
	content, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, content, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// again runs the work in this process.
func (w *work) again(db string) (code int, out, messages string) {
	keep := batchDocuments
	batchDocuments = smallBatch
	defer func() { batchDocuments = keep }()
	if w.program == decideProgram {
		var b strings.Builder
		if err := decideAll(context.Background(), db, w.args[0], &b); err != nil {
			return exitItems, b.String(), err.Error()
		}
		return exitOK, b.String(), ""
	}
	return inProcess(context.Background(), nil, "", append([]string{"--db", db}, w.args...)...)
}

// measure does the work undisturbed.
func (w *work) measure(t *testing.T) {
	t.Helper()
	db := w.fresh(t)
	if w.before != "" {
		w.old = stateIn(t, db)
	}
	w.events = map[fault.Event]int{}
	fault.Point = func(e fault.Event) {
		w.events[e]++
		for _, name := range []string{db, db + "-wal"} {
			if info, err := os.Stat(name); err == nil {
				w.largest = max(w.largest, info.Size())
			}
		}
	}
	var messages string
	w.code, _, messages = w.again(db)
	fault.Point = nil
	if w.code != exitOK && w.code != exitItems {
		t.Fatalf("%s: exit code %d: %s", w.name, w.code, messages)
	}
	w.new, w.dump = stateIn(t, db), dumpOf(t, db)
	if problems := w.broken(t, db, slices.Collect(maps.Keys(w.new))); len(problems) > 0 {
		t.Fatalf("%s, undisturbed: %q", w.name, problems)
	}
	changed := 0
	for key, value := range w.new {
		if w.old[key] != value {
			changed++
		}
	}
	if changed < 8 || w.events[fault.Commit] < 3 {
		t.Fatalf("%s changes %d sources in %d transactions: too few to be interrupted", w.name, changed, w.events[fault.Commit])
	}
}

// command is the work as a child process in the trial's folder.
func (w *work) command(t *testing.T, db string, env ...string) *child {
	t.Helper()
	c := &child{work: w, db: db}
	c.cmd = dateline(t, filepath.Dir(db), append([]string{"--db", db}, w.args...)...)
	if w.program != "" {
		c.cmd.Args[0] = w.program
	}
	c.cmd.Env = append(c.cmd.Env, envBatch+"="+strconv.Itoa(smallBatch))
	c.cmd.Env = append(c.cmd.Env, env...)
	return c
}

// stateIn reads a database without the program's own code.
func stateIn(t *testing.T, path string) state {
	t.Helper()
	s, err := readState(path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func readState(path string) (state, error) {
	db, err := sql.Open(sqlDriver(), path)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	return stateFrom(db)
}

func stateFrom(db *sql.DB) (state, error) {
	s := state{}
	for _, query := range []string{
		`SELECT src.source, src.state || ' ' || src.reason || ' ' || coalesce(d.text_hash || ' ' || d.facts_hash || ' ' || length(d.text) || ' ' ||
			(SELECT count(*) FROM statement s WHERE s.document_id = d.id) || ' ' || (SELECT count(*) FROM citation c WHERE c.document_id = d.id), '')
			FROM source src LEFT JOIN document d ON d.source_id = src.id AND d.is_current = 1`,
		`SELECT 'decision ' || key, action || ' ' || who || ' ' || why || ' ' || edited || ' ' || (SELECT count(*) FROM decision_target g WHERE g.decision_id = decision.id) FROM decision`,
	} {
		rows, err := db.Query(query)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		for rows.Next() {
			var key, value string
			if err := rows.Scan(&key, &value); err != nil {
				return nil, err
			}
			s[key] = value
		}
		if err := rows.Err(); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// dumpOf is the canonical export of a database.
func dumpOf(t *testing.T, path string) string {
	t.Helper()
	dump, err := readDump(path)
	if err != nil {
		t.Fatal(err)
	}
	return dump
}

func readDump(path string) (string, error) {
	store, err := corpus.Open(context.Background(), path, corpus.Options{ReadOnly: true})
	if err != nil {
		return "", err
	}
	defer store.Close()
	var b strings.Builder
	err = store.Dump(context.Background(), &b)
	return b.String(), err
}

// broken is the oracle: what is wrong with a database after a fault. Every source is as it was
// before the work or as it is after it, the latter when the output said so.
func (w *work) broken(t *testing.T, path string, acked []string) (problems []string) {
	t.Helper()
	wrong := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	if _, err := os.Stat(path); err != nil {
		if len(acked) > 0 || w.before != "" {
			wrong("the database is gone: %v", err)
		}
		return problems
	}
	db, err := sql.Open(sqlDriver(), path)
	if err != nil {
		return append(problems, err.Error())
	}
	defer db.Close()
	problems = append(problems, unsoundIn(db)...)
	now, err := stateFrom(db)
	if err != nil {
		wrong("could not be read: %v", err)
		return problems
	}
	for key, value := range now {
		if value != w.old[key] && value != w.new[key] {
			wrong("%s is half: %s; before %s; after %s", key, value, w.old[key], w.new[key])
		}
	}
	for key := range w.old {
		if _, there := now[key]; !there {
			wrong("%s is lost", key)
		}
	}
	for _, key := range acked {
		if _, there := w.new[key]; there && now[key] != w.new[key] {
			wrong("%s was reported done and is not: %s", key, now[key])
		}
	}
	return problems
}

// unsound asks SQLite, and compares counts that are kept with what they count.
func unsound(path string) []string {
	db, err := sql.Open(sqlDriver(), path)
	if err != nil {
		return []string{err.Error()}
	}
	defer db.Close()
	return unsoundIn(db)
}

func unsoundIn(db *sql.DB) (problems []string) {
	for what, query := range map[string]string{
		"damaged":                      `SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'`,
		"broken foreign keys":          `SELECT count(*) FROM pragma_foreign_key_check`,
		"documents without facts":      `SELECT count(*) FROM document WHERE is_current = 1 AND facts_hash = ''`,
		"citations that do not hold":   `SELECT count(*) FROM citation c JOIN document d ON d.id = c.document_id WHERE substr(d.text, c.start + 1, c."end" - c.start) IS NOT c.quote`,
		"facts with a wrong count":     `SELECT count(*) FROM fact WHERE sources <> (SELECT count(DISTINCT document_id) FROM statement s WHERE fact_id = fact.id AND (s.state = 'rejected') = (fact.state = 'rejected'))`,
		"forms without entity":         `SELECT count(*) FROM form WHERE entity_id IS NULL`,
		"statements of old documents":  `SELECT count(*) FROM statement s JOIN document d ON d.id = s.document_id WHERE d.is_current = 0`,
		"texts missing from the index": `SELECT (SELECT count(*) FROM document WHERE is_current = 1) - (SELECT count(*) FROM document_text_docsize)`,
		"raw bytes that are missing":   `SELECT count(*) FROM document WHERE raw_hash NOT IN (SELECT hash FROM raw)`,
	} {
		var n int
		if err := db.QueryRow(query).Scan(&n); err != nil {
			problems = append(problems, what+": "+err.Error())
		} else if n != 0 {
			problems = append(problems, fmt.Sprintf("%s: %d", what, n))
		}
	}
	slices.Sort(problems)
	return problems
}

// recover runs the work again, which has to give what an undisturbed run gives, and nothing
// else may be left in the folder.
func (w *work) recover(t *testing.T, db string) (problems []string) {
	t.Helper()
	code, _, messages := w.again(db)
	if code != w.code {
		problems = append(problems, fmt.Sprintf("run again: exit code %d, want %d: %s", code, w.code, messages))
	}
	entries, err := os.ReadDir(filepath.Dir(db))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		switch e.Name() {
		case "x.db", childOut, childLog:
		default:
			problems = append(problems, "left behind: "+e.Name())
		}
	}
	dump, err := readDump(db)
	switch {
	case err != nil:
		problems = append(problems, err.Error())
	case dump != w.dump:
		problems = append(problems, "run again, the database is not the one of an undisturbed run: "+firstOther(dump, w.dump))
	}
	return problems
}

// firstOther is the first line in which two exports differ.
func firstOther(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d is %.300s, want %.300s", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(a), len(b))
}
