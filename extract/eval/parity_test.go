package eval

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// driver scores each run named on standard input (gold folder, tab, run) with the
// reference scorer's own main, one line of output a run.
const driver = `
import sys, json
sys.path.insert(0, sys.argv[1])
import score
for row in sys.stdin.read().splitlines():
    gold, run = row.split("\t")
    try:
        score.main([gold, run, "--json"])
    except SystemExit as e:
        print(json.dumps({"exit": str(e)}))
`

// reference gives the reference scorer's JSON for each run.
func reference(t *testing.T, jobs [][2]string) []string {
	t.Helper()
	scorer := sharedFile(t, "score.py", "equality with the reference scorer")
	interpreter := python(t, "equality with the reference scorer")
	var in strings.Builder
	for _, j := range jobs {
		in.WriteString(j[0] + "\t" + j[1] + "\n")
	}
	cmd := exec.Command(interpreter, "-B", "-c", driver, filepath.Dir(scorer))
	cmd.Stdin = strings.NewReader(in.String())
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("the reference scorer failed: %v\n%s", err, errs.String())
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != len(jobs) {
		t.Fatalf("the reference scorer gave %d results for %d runs", len(lines), len(jobs))
	}
	return lines
}

func ours(t *testing.T, cases []Case, run []byte) string {
	t.Helper()
	lines, err := ReadLines(bytes.NewReader(run), "run", cases...)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := Score(cases, lines).WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// compare scores perfect and mutated runs of a set with both scorers. Equal means the same
// bytes: every count, and every figure to the last digit.
func compare(t *testing.T, set goldSet, mutations int) {
	dir := t.TempDir()
	runs := [][]byte{jsonLines(t, set.run())}
	rng := rand.New(rand.NewPCG(3, 14))
	for range mutations {
		runs = append(runs, jsonLines(t, mutate(rng, set.run())))
	}
	var jobs [][2]string
	for i, run := range runs {
		file := filepath.Join(dir, fmt.Sprintf("%d.jsonl", i))
		if err := os.WriteFile(file, run, 0o600); err != nil {
			t.Fatal(err)
		}
		jobs = append(jobs, [2]string{set.dir, file})
	}
	distinct := make(map[string]bool)
	for i, want := range reference(t, jobs) {
		got := ours(t, set.cases, runs[i])
		distinct[got] = true
		if i == 0 && !strings.Contains(got, `"overall": {"f1": 1.0, "low": 1.0, "high": 1.0}`) {
			t.Errorf("the perfect run scores %s", got)
		}
		if got != want {
			t.Fatalf("run %d differs from the reference scorer\n got %s\nwant %s\n%s", i, got, want, runs[i])
		}
	}
	if len(distinct) < mutations*9/10 {
		t.Errorf("only %d of %d mutated runs have figures of their own: the mutations change too little", len(distinct), mutations)
	}
}

func TestEqualsReferenceOnSeeds(t *testing.T) {
	gold := sharedFile(t, "gold", "equality with the reference scorer on the seeds")
	compare(t, loadSet(t, gold, filepath.Join(filepath.Dir(gold), "seeds")), 150)
}

func TestEqualsReferenceOnReleases(t *testing.T) {
	for _, part := range []string{"look", "keep"} {
		t.Run(part, func(t *testing.T) {
			dir, err := filepath.Abs(filepath.Join("..", "..", "testdata", "releases", part))
			if err != nil {
				t.Fatal(err)
			}
			if found, _ := filepath.Glob(filepath.Join(dir, "*.json")); len(found) == 0 {
				t.Skipf("NOT TESTED: equality with the reference scorer on %s: no gold there", dir)
			}
			compare(t, loadSet(t, dir, dir), 20)
		})
	}
}

func TestEqualsReferenceOnSmallGold(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "gold")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"doc": smallText, "optional": smallText} {
		gold := smallGold
		if name == "optional" { // every other item optional
			gold = strings.Replace(strings.Replace(gold, `{"name": "Raj`, `{"optional": true, "name": "Raj`, 1), `{"type": "contract"`, `{"optional": true, "date_also": ["2023"], "type_also": ["treaty"], "type": "contract"`, 1)
		}
		for file, data := range map[string]string{name + ".json": gold, name + ".txt": text} {
			if err := os.WriteFile(filepath.Join(dir, file), []byte(data), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	compare(t, loadSet(t, dir, dir), 100)
}

// TestRefusesWhatReferenceRefuses holds which rows are no lines of the exchange format.
func TestRefusesWhatReferenceRefuses(t *testing.T) {
	dir := t.TempDir()
	gold := filepath.Join(dir, "gold")
	if err := os.Mkdir(gold, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(gold, "doc.json"), []byte(smallGold), 0o600); err != nil {
		t.Fatal(err)
	}
	cases, err := LoadGold(gold)
	if err != nil {
		t.Fatal(err)
	}
	const head = `{"document": {"source": "doc.txt"}`
	var jobs [][2]string
	rows := []string{"", "{", "[]", "null", `"x"`, "3", head, head + "}", head + "} x", head + "}\r" + head + "}", head + `}` + "\n" + head + "}",
		`{"document": null}`, `{"document": {"source": 3}}`, `{"document": "source"}`, `{"document": []}`, head + `, "facts": [1]}`, head + `, "facts": {"a": 1}}`,
		head + `, "facts": {}}`, head + `, "facts": 0}`, head + `, "facts": 0.0}`, head + `, "facts": NaN}`, head + `, "facts": 1}`, head + `, "facts": true}`,
		head + `, "facts": "x"}`, head + `, "facts": ""}`, head + `, "facts": [{"confidence": NaN, "kind": "person", "name": "NaN \" Infinity"}, {"x": -Infinity}]}`,
		"\xef\xbb\xbf" + head + "}", "\u00a0\x1c\n" + head + "}", `{"document": {"source": "x/y/doc"}, "facts": [{"kind": "person", "name": "Ida` + "\xe2\x82" + ` Holm"}]}`,
		`{"document": {"source": "a.txt"}}` + "\n" + `{"document": {"source": "a.html"}}`, head + `, "facts": [{"kind":"person","name":"Ida Holm"}], "facts": []}`}
	for i, row := range rows {
		file := filepath.Join(dir, fmt.Sprintf("%d.jsonl", i))
		if err := os.WriteFile(file, []byte(row), 0o600); err != nil {
			t.Fatal(err)
		}
		jobs = append(jobs, [2]string{gold, file})
	}
	refused := 0
	for i, want := range reference(t, jobs) {
		lines, err := ReadLines(strings.NewReader(rows[i]), "run", cases...)
		if strings.HasPrefix(want, `{"exit"`) {
			refused++
			if err == nil {
				t.Errorf("%q is taken, the reference scorer says %s", rows[i], want)
			}
			continue
		}
		if err != nil {
			t.Errorf("%q is refused (%v), the reference scorer takes it", rows[i], err)
			continue
		}
		var b strings.Builder
		if err := Score(cases, lines).WriteJSON(&b); err != nil {
			t.Fatal(err)
		}
		if got := strings.TrimSuffix(b.String(), "\n"); got != want {
			t.Errorf("%q\n got %s\nwant %s", rows[i], got, want)
		}
	}
	if refused < 10 {
		t.Errorf("the reference scorer refused only %d rows: nothing was compared", refused)
	}
}

// TestNormEqualsReference compares norm and the upper case of date values on every code
// point that Python's Unicode version knows.
func TestNormEqualsReference(t *testing.T) {
	scorer := sharedFile(t, "score.py", "equality of norm with the reference scorer")
	const script = `
import sys, unicodedata
sys.path.insert(0, sys.argv[1])
import score
sys.stdout.reconfigure(encoding="utf-8", newline="\n")
for n in range(1, 0x110000):
    c = chr(n)
    if unicodedata.category(c) in ("Cs", "Cn", "Co"):
        continue
    print("%x\t%s\t%s" % (n, score.norm("x" + c + "y"), score.date_norm(c)))
`
	out, err := exec.Command(python(t, "equality of norm with the reference scorer"), "-B", "-c", script, filepath.Dir(scorer)).Output()
	if err != nil {
		t.Fatal(err)
	}
	compared, wrong := 0, 0
	for row := range strings.SplitSeq(strings.TrimSuffix(string(out), "\n"), "\n") {
		var n rune
		fields := strings.Split(row, "\t")
		if _, err := fmt.Sscanf(fields[0], "%x", &n); err != nil || len(fields) != 3 {
			t.Fatalf("unexpected row %q", row)
		}
		compared++
		if got := normalize("x" + string(n) + "y"); got != fields[1] {
			wrong++
			t.Logf("norm of x U+%04X y is %q, the reference scorer has %q", n, got, fields[1])
		}
		if got := normalizeDate(string(n)); got != fields[2] {
			wrong++
			t.Logf("date value U+%04X is %q, the reference scorer has %q", n, got, fields[2])
		}
	}
	if compared < 140000 || wrong > 0 {
		t.Errorf("%d differences on %d code points", wrong, compared)
	}
}

// TestReferenceTakesNearMisses holds that gold with near misses, which the reference scorer
// does not know, scores there as if it had none.
func TestReferenceTakesNearMisses(t *testing.T) {
	dir := t.TempDir()
	write := func(name, data string) string {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	c := smallCase(t)
	c.NearMisses = []NearMiss{{Kind: "person", Name: "Raj Patel", Quote: "Raj Patel"}}
	var gold strings.Builder
	if err := c.Write(&gold); err != nil {
		t.Fatal(err)
	}
	write("with/doc.json", gold.String())
	write("without/doc.json", smallGold)
	run := write("run.jsonl", string(encode(t, object{"document": object{"source": "doc.txt", "text": smallText}, "facts": smallRun(t)[1:]}))+"\n")
	got := reference(t, [][2]string{{filepath.Join(dir, "with"), run}, {filepath.Join(dir, "without"), run}})
	if got[0] != got[1] || !strings.Contains(got[0], `"documents": 1`) {
		t.Errorf("with near misses the reference scorer gives\n%s\nwithout\n%s", got[0], got[1])
	}
}
