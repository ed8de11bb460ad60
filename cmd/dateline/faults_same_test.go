package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// sameRuns is the number of configurations.
const sameRuns = 50

// TestFaultSameInputSameFacts ingests the same files under every circumstance that must not
// show: workers, processors, order of input, garbage collection, time zone, language, batches. (E1)
func TestFaultSameInputSameFacts(t *testing.T) {
	in := inputFolder(t)
	var files []string
	for n := range 28 {
		files = append(files, filepath.Join(in, "new", fmt.Sprintf("release-%02d.txt", n)))
	}
	files = append(files, filepath.Join(in, "new", "lines.jsonl"), filepath.Join(in, "new", "ville.txt"), filepath.Join(in, "new", "empty.txt"))
	first, firstHow := "", ""
	n := max(6, trials(sameRuns)) // each circumstance at both its ends
	for run := range n {
		rng := chance(uint64(run) + 300)
		order := append([]string{}, files...)
		if run > 0 {
			rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		}
		workers := []int{1, 2, 8}[run%3]
		env := []string{
			fmt.Sprintf("GOMAXPROCS=%d", 1+run%2), "GOGC=" + []string{"off", "10"}[run/2%2],
			"TZ=" + []string{"UTC", "Asia/Kathmandu", "Pacific/Apia"}[run%3], "LANG=" + []string{"C", "tr_TR.UTF-8"}[run%2], "LC_ALL=" + []string{"C", "tr_TR.UTF-8"}[run%2],
			fmt.Sprintf("%s=%d", envBatch, []int{1, 7, 256}[run%3]), fmt.Sprintf("SOURCE_DATE_EPOCH=%d", 1_000_000_000+run*100_000_000),
		}
		db := filepath.Join(t.TempDir(), "x.db")
		cmd := dateline(t, in, append([]string{"--db", db, "ingest", "--workers", fmt.Sprint(workers)}, order...)...)
		cmd.Env = append(cmd.Env, env...)
		if out, err := cmd.CombinedOutput(); exitOf(t, err) != exitItems { // empty.txt, and a broken line
			t.Fatalf("%v: %v\n%s", env, err, out)
		}
		dump, how := dumpOf(t, db), fmt.Sprintf("%d workers, %s", workers, strings.Join(env, " "))
		switch {
		case run == 0:
			first, firstHow = dump, how
			if strings.Count(dump, "\n") < 200 {
				t.Fatalf("the export has %d lines: too few to show anything", strings.Count(dump, "\n"))
			}
		case dump != first:
			t.Errorf("%s gives another database than %s: %s", how, firstHow, firstOther(dump, first))
		}
	}
	// The control: another text is another database.
	db := filepath.Join(t.TempDir(), "x.db")
	cmd := dateline(t, in, append([]string{"--db", db, "ingest"}, files[1:]...)...)
	cmd.CombinedOutput()
	if dumpOf(t, db) == first {
		t.Error("a file less gives the same database: the comparison shows nothing")
	}
	tried(t, "E1 same input, same facts", n, "one export of %d lines", strings.Count(first, "\n"))
}
