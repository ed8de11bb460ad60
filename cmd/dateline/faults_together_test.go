package main

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dateline/corpus"
)

// togetherRounds is the number of rounds in which several processes use one new database.
const togetherRounds = 100

// TestFaultTogether starts two ingests of overlapping files on a database that does not exist yet,
// while this process reads it and, in every second round, decides about what it finds. Both
// end well, nobody sees a lock, and the database is that of one ingest after the other. (A7)
func TestFaultTogether(t *testing.T) {
	in := inputFolder(t)
	works(t)
	var halves [2][]string
	for n := range 28 {
		name := filepath.Join(in, "old", fmt.Sprintf("release-%02d.txt", n))
		if n < 18 {
			halves[0] = append(halves[0], name)
		}
		if n >= 10 {
			halves[1] = append(halves[1], name)
		}
	}
	serial := filepath.Join(t.TempDir(), "serial.db")
	for _, half := range halves {
		if code, _, messages := inProcess(context.Background(), nil, "", append([]string{"--db", serial, "ingest"}, half...)...); code != exitOK {
			t.Fatalf("exit code %d: %s", code, messages)
		}
	}
	want := dumpOf(t, serial)
	wantState := stateIn(t, serial)

	rounds := trials(togetherRounds)
	reads, seenPart, decided, overlaps := 0, 0, 0, 0
	var slowest time.Duration
	for round := range rounds {
		db := filepath.Join(t.TempDir(), "x.db")
		var running [2]*exec.Cmd
		var messages [2]bytes.Buffer
		ended := make(chan int, 2)
		errs := [2]error{}
		begun := time.Now()
		for i, half := range halves {
			cmd := dateline(t, in, append([]string{"--db", db, "ingest"}, half...)...)
			cmd.Env = append(cmd.Env, fmt.Sprintf("%s=%d", envBatch, 1+round%3))
			cmd.Stderr = &messages[i]
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			running[i] = cmd
			go func() {
				errs[i] = cmd.Wait()
				ended <- i
			}()
		}
		last, keys := 0, []string{}
		for left := 2; left > 0; {
			select {
			case <-ended:
				left--
				if left == 1 && last > 0 {
					overlaps++ // one was still at work when this process had read the other's documents
				}
				continue
			default:
			}
			code, out, said := inProcess(context.Background(), nil, "", "--db", db, "documents", "--format", "jsonl")
			n := strings.Count(out, "\n")
			if code != exitOK && !strings.Contains(said, "there is no such database") || n < last {
				t.Errorf("round %d: a reader ends with exit code %d and %d documents after %d: %s", round, code, n, last, said)
			}
			if n == 0 { // it is not there yet
				time.Sleep(3 * time.Millisecond)
			}
			reads++
			if n > 0 && n < len(wantState) {
				seenPart++
			}
			last = n
			if round%2 == 1 && n > 0 {
				keys = append(keys, decideOne(t, db, fmt.Sprintf("%d-%d", round, len(keys)), len(keys))...)
			}
		}
		slowest = max(slowest, time.Since(begun))
		for i := range running {
			if code := exitOf(t, errs[i]); code != exitOK || messages[i].Len() > 0 {
				t.Errorf("round %d: ingest %d: exit code %d: %s", round, i, code, messages[i].String())
			}
		}
		for _, p := range unsound(db) {
			t.Errorf("round %d: %s", round, p)
		}
		now := stateIn(t, db)
		for key, value := range wantState {
			if now[key] != value {
				t.Errorf("round %d: %s is %s, want %s", round, key, now[key], value)
			}
		}
		for _, key := range keys {
			if now["decision "+key] == "" {
				t.Errorf("round %d: decision %s is lost", round, key)
			}
		}
		decided += len(keys)
		if got := dumpOf(t, db); round%2 == 0 && got != want {
			t.Errorf("round %d: the database is not that of one after the other: %s", round, firstOther(got, want))
		}
	}
	if seenPart == 0 || decided < rounds/4 || overlaps*2 < rounds {
		t.Errorf("%d reads saw a part, %d decisions, %d rounds with both at work: too little happened at once", seenPart, decided, overlaps)
	}
	tried(t, "A7 processes at once", rounds, "2 ingests each, both at work in %d; %d reads, %d of them in the middle; %d decisions, none lost; slowest round %v", overlaps, reads, seenPart, decided, slowest.Round(time.Millisecond))
}

// decideOne decides about some fact and gives the key of the decision when it is made.
func decideOne(t *testing.T, db, key string, nth int) []string {
	t.Helper()
	ctx := context.Background()
	store, err := corpus.Open(ctx, db, corpus.Options{})
	if err != nil {
		t.Errorf("a reviewer: %v", err)
		return nil
	}
	defer store.Close()
	rows, err := store.Facts(ctx, corpus.Filter{Limit: 1, Offset: 7 * nth})
	if err != nil || len(rows) == 0 {
		return nil
	}
	action := []corpus.Action{corpus.Accept, corpus.Reject, corpus.Skip}[nth%3]
	_, err = store.Decide(ctx, corpus.Verdict{Action: action, Fact: rows[0].ID, Key: key, Who: "reviewer", When: "2023-11-14T22:13:20Z"})
	if corpus.IsNotFound(err) { // another document made it a part of another fact meanwhile
		return nil
	}
	if err != nil {
		t.Errorf("a reviewer: %v", err)
		return nil
	}
	return []string{key}
}
