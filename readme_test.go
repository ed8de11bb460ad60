// Package dateline_test holds the documentation against the program.
package dateline_test

import (
	"database/sql"
	"flag"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	_ "dateline/corpus" // registers the SQLite driver of this build
)

var update = flag.Bool("update", false, "rewrite the transcripts of README.md")

// block is one fenced block of a page.
type block struct {
	info        string // what stands behind the fence: "console", "sql", "sh setup"
	first, last int    // lines between the fences, half-open
}

// blocks lists the fenced blocks of a page.
func blocks(lines []string) []block {
	var all []block
	open := -1
	for i, line := range lines {
		if !strings.HasPrefix(line, "```") {
			continue
		}
		if open < 0 {
			open = i
			continue
		}
		all = append(all, block{strings.TrimPrefix(lines[open], "```"), open + 1, i})
		open = -1
	}
	return all
}

// readLines reads a page of the repository.
func readLines(t *testing.T, name string) []string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(data), "\n")
}

// buildPrefix begins the first set-up command. The test builds the program itself, outside the
// checkout; .ci/run runs the whole command.
const buildPrefix = "go build -tags sqlite_fts5 ./cmd/dateline && "

// workshop is a folder as it is after the first set-up command, and the command's output.
func workshop(t *testing.T, lines []string) (dir, output string) {
	t.Helper()
	dir = t.TempDir()
	out, err := exec.Command("go", "build", "-tags", "sqlite_fts5", "-o", filepath.Join(dir, "dateline"), "./cmd/dateline").CombinedOutput()
	if err != nil {
		t.Fatalf("building the program: %v\n%s", err, out)
	}
	testdata, err := filepath.Abs("testdata")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(testdata, filepath.Join(dir, "testdata")); err != nil {
		t.Fatal(err)
	}
	for _, b := range blocks(lines) {
		if b.info != "sh setup" {
			continue
		}
		command, ok := strings.CutPrefix(strings.Join(lines[b.first:b.last], "\n"), buildPrefix)
		if !ok {
			t.Fatalf("README.md:%d: the first set-up command does not begin with %q", b.first+1, buildPrefix)
		}
		return dir, shell(t, dir, command)
	}
	t.Fatal("README.md has no set-up command")
	return "", ""
}

// shell runs a command line and returns everything that it prints. An exit code other than 0 is
// shown at the end, as nothing else in a transcript would.
func shell(t *testing.T, dir, command string) string {
	t.Helper()
	cmd := exec.Command("sh", "-c", command)
	cmd.Dir = dir
	cmd.Env = append(slices.DeleteFunc(os.Environ(), func(e string) bool { return strings.HasPrefix(e, "DATELINE_DB=") }),
		"SOURCE_DATE_EPOCH=1700000000", "LC_ALL=C.UTF-8")
	out, err := cmd.CombinedOutput()
	if err != nil {
		out = fmt.Appendf(out, "[%v]\n", err)
	}
	return string(out)
}

// TestReadme runs the examples of README.md in order, in one folder, and compares what they print.
func TestReadme(t *testing.T) {
	if os.Getenv("DATELINE_SHARED") == "" {
		if shared, err := filepath.Abs("../shared"); err == nil {
			if _, err := os.Stat(filepath.Join(shared, "seeds")); err == nil {
				t.Setenv("DATELINE_SHARED", shared)
			}
		}
	}
	lines := readLines(t, "README.md")
	dir, first := workshop(t, lines)
	if !regexp.MustCompile(`(?m)^\d{3,} facts$`).MatchString(first) || strings.Contains(first, "[exit status") {
		t.Fatalf("the first set-up command does not end in a fact table of some hundred rows:\n%s", first)
	}
	var page []string
	commands, from := 0, 0
	for _, b := range blocks(lines) {
		switch b.info {
		case "console":
		case "console acceptance":
			if os.Getenv("DATELINE_SHARED") == "" {
				t.Log("NOT TESTED: the figures of README.md on the seeds; there are none in ../shared, and DATELINE_SHARED is not set")
				continue
			}
		default:
			continue
		}
		page = append(page, lines[from:b.first]...)
		from = b.last
		for i := b.first; i < b.last; {
			command, ok := strings.CutPrefix(lines[i], "$ ")
			if !ok {
				t.Fatalf("README.md:%d: a transcript begins with a command after \"$ \"", i+1)
			}
			end := i + 1
			for end < b.last && !strings.HasPrefix(lines[end], "$ ") {
				end++
			}
			want := strings.Join(lines[i+1:end], "\n")
			// Trailing blanks of tables are invisible on a page.
			var got []string
			for _, line := range strings.Split(strings.TrimRight(shell(t, dir, command), "\n"), "\n") {
				got = append(got, strings.TrimRight(line, " "))
			}
			if !*update && strings.Join(got, "\n") != want {
				t.Errorf("README.md:%d: %s\n got:\n%s\nwant:\n%s\nIf the new output is right: go test -tags sqlite_fts5 . -update", i+1, command, strings.Join(got, "\n"), want)
			}
			if strings.Contains(strings.Join(got, "\n"), "[exit status") {
				t.Errorf("README.md:%d: %s fails:\n%s", i+1, command, strings.Join(got, "\n"))
			}
			page = append(append(page, lines[i]), got...)
			commands++
			i = end
		}
	}
	if commands < 10 {
		t.Errorf("README.md has %d commands with their output, want at least 10", commands)
	}
	if *update && !t.Failed() {
		page = append(page, lines[from:]...)
		if err := os.WriteFile("README.md", []byte(strings.Join(page, "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestReadmeQueries runs every query of README.md on the database of the sample corpus.
func TestReadmeQueries(t *testing.T) {
	lines := readLines(t, "README.md")
	dir, _ := workshop(t, lines)
	driver := "sqlite"
	if slices.Contains(sql.Drivers(), "sqlite3") {
		driver = "sqlite3"
	}
	db, err := sql.Open(driver, filepath.Join(dir, "dateline.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	queries := 0
	for _, b := range blocks(lines) {
		if b.info != "sql" {
			continue
		}
		queries++
		query := strings.Join(lines[b.first:b.last], "\n")
		if !strings.HasPrefix(query, "-- ") {
			t.Errorf("README.md:%d: the query does not say what it is for", b.first+1)
		}
		n, last, err := rowsOf(db, query)
		if err != nil {
			t.Errorf("README.md:%d: %v\n%s", b.first+1, err, query)
		} else if n == 0 {
			t.Errorf("README.md:%d: the query finds nothing in the sample corpus\n%s", b.first+1, query)
		}
		if strings.Contains(query, "AS hold") && (len(last) != 2 || last[0] != last[1]) {
			t.Errorf("README.md:%d: of %v citations %v hold", b.first+1, last[0], last[1])
		}
	}
	if queries != 10 {
		t.Errorf("README.md has %d queries and promises ten", queries)
	}
}

// rowsOf runs a query and returns the number of its rows, and the last one.
func rowsOf(db *sql.DB, query string) (n int, last []any, err error) {
	rows, err := db.Query(query)
	if err != nil {
		return 0, nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return 0, nil, err
	}
	for rows.Next() {
		n++
		last = make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range last {
			into[i] = &last[i]
		}
		if err := rows.Scan(into...); err != nil {
			return n, nil, err
		}
	}
	return n, last, rows.Err()
}

// TestReadmeNamesTheSchema compares the tables of README.md with the schema.
func TestReadmeNamesTheSchema(t *testing.T) {
	page := strings.Join(readLines(t, "README.md"), "\n")
	files, err := filepath.Glob("corpus/schema/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no schema (%v)", err)
	}
	made := regexp.MustCompile(`(?m)^CREATE (?:VIRTUAL )?(?:TABLE|VIEW) (?:IF NOT EXISTS )?(\w+)`)
	inner := []string{"resolved", "first_citation"} // views that other views are made of
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range made.FindAllStringSubmatch(string(data), -1) {
			if !slices.Contains(inner, m[1]) && !strings.Contains(page, "`"+m[1]+"`") {
				t.Errorf("README.md does not name %s of %s", m[1], file)
			}
		}
	}
}

// TestReadmeNamesEveryCommand compares README.md with the program's own list.
func TestReadmeNamesEveryCommand(t *testing.T) {
	lines := readLines(t, "README.md")
	dir, _ := workshop(t, lines)
	page := strings.Join(lines, "\n")
	_, list, ok := strings.Cut(shell(t, dir, "./dateline --help"), "Available Commands:\n")
	if !ok {
		t.Fatal("dateline --help lists no commands")
	}
	n := 0
	for _, line := range strings.Split(list, "\n") {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			break
		}
		if name := fields[0]; name != "help" && name != "completion" {
			n++
			if !strings.Contains(page, "**"+name+"**") {
				t.Errorf("README.md does not describe the command %s", name)
			}
		}
	}
	if n < 8 {
		t.Errorf("only %d commands were compared", n)
	}
}

// TestArchitectureGivesAReasonForEveryModule finds the modules that the code imports, and wants a
// row of each in ARCHITECTURE.md.
func TestArchitectureGivesAReasonForEveryModule(t *testing.T) {
	page := strings.Join(readLines(t, "ARCHITECTURE.md"), "\n")
	var modules []string
	for _, m := range regexp.MustCompile(`(?m)^\s*(?:require )?([a-z0-9.-]+\.[a-z]+/\S+) v`).FindAllStringSubmatch(strings.Join(readLines(t, "go.mod"), "\n"), -1) {
		modules = append(modules, m[1])
	}
	imported := map[string]bool{}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, i := range file.Imports {
			path := strings.Trim(i.Path.Value, `"`)
			for _, module := range modules {
				if path == module || strings.HasPrefix(path, module+"/") {
					imported[module] = true
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(imported) < 10 {
		t.Fatalf("only %d imported modules were found", len(imported))
	}
	for _, module := range slices.Sorted(maps.Keys(imported)) {
		if !strings.Contains(page, "| `"+module+"` |") {
			t.Errorf("ARCHITECTURE.md gives no reason for %s", module)
		}
	}
}
