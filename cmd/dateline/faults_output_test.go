package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// outputTrials is the number of kills of all commands together.
const outputTrials = 100

// TestFaultOutputFiles kills commands that write a file of their own. The file is whole or not there, and what was
// there before is there until then. (A8, D9)
func TestFaultOutputFiles(t *testing.T) {
	works(t)
	db := filepath.Join(inputFolder(t), "whole.db")
	outputs := []struct {
		name string
		args []string // OUT stands for the file
		same bool     // every run gives the same bytes
	}{
		{"backup", []string{"backup", "OUT"}, false},
		{"export csv", []string{"export", "--format", "csv", "-o", "OUT"}, true},
		{"export jsonl", []string{"export", "--format", "jsonl", "-o", "OUT"}, true},
		{"export webannotation", []string{"export", "--format", "webannotation", "-o", "OUT"}, true},
	}
	have := map[string]bool{}
	for _, cmd := range commands(t) {
		have[cmd.Name()] = true
	}
	outputs = slices.DeleteFunc(outputs, func(o struct {
		name string
		args []string
		same bool
	}) bool {
		return !have[o.args[0]]
	})
	if len(outputs) == 0 {
		t.Fatal("no command writes a file")
	}
	total, killed, whole, absent := 0, 0, 0, 0
	left := map[string]int{}
	for k, o := range outputs {
		start := func(dir string) *child {
			c := &child{db: filepath.Join(dir, "out")}
			args := []string{"--db", db}
			for _, a := range o.args {
				if a == "OUT" {
					a = c.db
				}
				args = append(args, a)
			}
			c.cmd = dateline(t, dir, args...)
			return c
		}
		good := start(t.TempDir())
		if code := good.run(t); code != exitOK {
			_, log := good.printed(t)
			t.Fatalf("%s: exit code %d: %s", o.name, code, log)
		}
		want, err := os.ReadFile(good.db)
		if err != nil || len(want) < 1000 {
			t.Fatalf("%s writes %d bytes, %v", o.name, len(want), err)
		}
		rng := chance(uint64(k) + 40)
		for trial := range max(2, trials(outputTrials)/len(outputs)) {
			dir := t.TempDir()
			c := start(dir)
			ended, result := c.start(t)
			c.beganFile(ended)
			after := time.Duration(rng.Int64N(int64([]time.Duration{8, 80}[trial%2] * time.Millisecond)))
			select {
			case <-ended:
			case <-time.After(after):
			}
			c.cmd.Process.Kill()
			<-ended
			if exitOf(t, *result) == -1 {
				killed++
			}
			total++
			got, err := os.ReadFile(c.db)
			switch {
			case os.IsNotExist(err):
				absent++
			case err != nil:
				t.Error(err)
			case o.same && !slices.Equal(got, want):
				t.Errorf("%s killed %v after its first file: the file has %d bytes of %d", o.name, after, len(got), len(want))
			case !o.same:
				if dump, err := readDump(c.db); err != nil || dump != dumpOf(t, db) {
					t.Errorf("%s killed %v after its first file: the copy is not whole: %v", o.name, after, err)
				}
				whole++
			default:
				whole++
			}
			if o.args[0] == "backup" { // the next one takes away what this one left
				os.Remove(c.db)
				args := append([]string{"--db", db}, "backup", c.db)
				if code, _, log := inProcess(t.Context(), nil, "", args...); code != exitOK {
					t.Errorf("backup after a kill: exit code %d: %s", code, log)
				}
			}
			entries, err := os.ReadDir(dir)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range entries {
				switch e.Name() {
				case "out", "out-wal", "out-shm", childOut, childLog:
				default:
					left[o.args[0]]++
				}
			}
		}
	}
	if killed*2 < total {
		t.Errorf("only %d of %d were killed: too little was tested", killed, total)
	}
	if left["backup"] > 0 {
		t.Errorf("%d unfinished files of backups were left for ever", left["backup"])
	}
	tried(t, "A8, D9 files that commands write", total, "%d killed; %d files whole, %d absent, none half; unfinished files left beside %s", killed, whole, absent, fmt.Sprint(left))
}

// beganFile waits until the child has made a file beside what it prints, or has ended.
func (c *child) beganFile(ended chan struct{}) {
	for {
		entries, _ := os.ReadDir(filepath.Dir(c.db))
		if len(entries) > 2 {
			return
		}
		select {
		case <-ended:
			return
		case <-time.After(300 * time.Microsecond):
		}
	}
}
