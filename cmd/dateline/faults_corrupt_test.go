package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// damageTrials is the number of damaged files.
const damageTrials = 1000

// damages are ways in which a file gets spoiled on its way or on a disk.
var damages = []struct {
	name string
	do   func(rng *rand.Rand, b []byte) []byte
}{
	{"one bit", func(rng *rand.Rand, b []byte) []byte {
		b[rng.IntN(len(b))] ^= 1 << rng.IntN(8)
		return b
	}},
	{"some bytes", func(rng *rand.Rand, b []byte) []byte {
		for range 1 + rng.IntN(16) {
			b[rng.IntN(len(b))] = byte(rng.IntN(256))
		}
		return b
	}},
	{"bytes of the header", func(rng *rand.Rand, b []byte) []byte {
		b[rng.IntN(100)] ^= byte(1 + rng.IntN(255))
		return b
	}},
	{"bytes of a page's head", func(rng *rand.Rand, b []byte) []byte {
		b[4096*rng.IntN(len(b)/4096)+rng.IntN(40)] ^= byte(1 + rng.IntN(255))
		return b
	}},
	{"a page of zeros", func(rng *rand.Rand, b []byte) []byte {
		page := 4096 * rng.IntN(len(b)/4096)
		clear(b[page : page+4096])
		return b
	}},
	{"a page in the place of another", func(rng *rand.Rand, b []byte) []byte {
		from, to := 4096*rng.IntN(len(b)/4096), 4096*rng.IntN(len(b)/4096)
		copy(b[to:to+4096], b[from:from+4096])
		return b
	}},
	{"cut off", func(rng *rand.Rand, b []byte) []byte { return b[:rng.IntN(len(b))] }},
	{"cut off at a page", func(rng *rand.Rand, b []byte) []byte { return b[:4096*rng.IntN(len(b)/4096)] }},
	{"noise behind it", func(rng *rand.Rand, b []byte) []byte {
		for range 1 + rng.IntN(9000) {
			b = append(b, byte(rng.IntN(256)))
		}
		return b
	}},
	{"half of it noise", func(rng *rand.Rand, b []byte) []byte {
		for i := len(b) / 2; i < len(b); i++ {
			b[i] = byte(rng.IntN(256))
		}
		return b
	}},
}

// readers are command lines that only read; DOC and FACT stand for a document and a fact.
var readers = [][]string{
	{"facts", "--format", "jsonl"},
	{"facts", "--person", "anna", "--since", "2020"},
	{"documents", "--format", "jsonl"},
	{"documents", "--text", "exchange"},
	{"show", "DOC"},
	{"show", "DOC", "--format", "json"},
	{"show", "FACT"},
}

// TestFaultDamagedDatabase damages databases. Every command refuses them with exit code 3 and says
// what to do, or answers; nothing crashes, and no command that only reads, and none that refuses,
// changes the file. (A6)
//
// A bit that flips in the middle of a word is no damage that SQLite can see when it opens a file;
// how often one passes into an answer is counted, and verify has to find every one.
func TestFaultDamagedDatabase(t *testing.T) {
	in := inputFolder(t)
	works(t)
	whole, err := os.ReadFile(filepath.Join(in, "whole.db"))
	if err != nil {
		t.Fatal(err)
	}
	document := filepath.Join(in, "old", "release-04.txt")
	good := filepath.Join(t.TempDir(), "x.db")
	if err := os.WriteFile(good, whole, 0o644); err != nil {
		t.Fatal(err)
	}
	_, list, _ := inProcess(context.Background(), nil, "", "--db", good, "facts", "--format", "jsonl", "--limit", "7")
	lines := strings.Split(strings.TrimSpace(list), "\n")
	fact := strings.Split(lines[len(lines)-1], `"`)[3]
	fill := func(db string, args []string) []string {
		out := []string{"--db", db}
		for _, a := range args {
			switch a {
			case "DOC":
				a = document
			case "FACT":
				a = fact
			}
			out = append(out, a)
		}
		return out
	}
	answers := make([]string, len(readers))
	for i, args := range readers {
		code, out, messages := inProcess(context.Background(), nil, "", fill(good, args)...)
		if code != exitOK || len(out) < 40 {
			t.Fatalf("%v on a whole database: exit code %d: %s%s", args, code, out, messages)
		}
		answers[i] = out
	}
	writers := [][]string{
		{"reextract"},
		{"ingest", filepath.Join(in, "new", "lines.jsonl")},
		{"remove", document},
	}

	n := trials(damageTrials)
	refused, answered, other := 0, 0, 0
	wrong := map[string]int{} // damages that showed in an answer of exit code 0
	folder := t.TempDir()
	for trial := range n {
		damage := damages[trial%len(damages)]
		rng := chance(uint64(trial) + 1000)
		spoiled := damage.do(rng, bytes.Clone(whole))
		if bytes.Equal(spoiled, whole) {
			continue
		}
		db := filepath.Join(folder, fmt.Sprintf("%d.db", trial))
		if err := os.WriteFile(db, spoiled, 0o644); err != nil {
			t.Fatal(err)
		}
		try := func(args []string) (code int, out string) {
			t.Helper()
			defer func() {
				if fault := recover(); fault != nil {
					t.Fatalf("trial %d, %s: %v crashed: %v", trial, damage.name, args, fault)
				}
			}()
			code, out, messages := inProcess(context.Background(), nil, "", fill(db, args)...)
			if code == exitDatabase && !strings.Contains(messages, "; ") {
				t.Errorf("trial %d, %s: %v does not say what to do: %s", trial, damage.name, args, messages)
			}
			if code != exitOK && out+messages == "" { // what verify finds is its output
				t.Errorf("trial %d, %s: %v ends with exit code %d and no word", trial, damage.name, args, code)
			}
			if code != exitOK && code != exitDatabase && code != exitItems {
				t.Errorf("trial %d, %s: %v ends with exit code %d: %s", trial, damage.name, args, code, messages)
			}
			return code, out
		}
		differs := false
		for i, args := range readers {
			code, out := try(args)
			switch {
			case code == exitDatabase:
				refused++
			case code == exitOK && out == answers[i]:
				answered++
			default:
				other++
				differs = true
			}
		}
		if differs {
			wrong[damage.name]++
			if code, said := try([]string{"verify"}); code == exitOK {
				t.Errorf("trial %d, %s: another answer than from the whole file, and verify finds nothing: %s", trial, damage.name, said)
			}
		}
		unchanged := func(who string) {
			t.Helper()
			now, err := os.ReadFile(db)
			if err != nil || !bytes.Equal(now, spoiled) {
				t.Errorf("trial %d, %s: the file was changed by %s, %v", trial, damage.name, who, err)
			}
		}
		unchanged("a command that reads")
		code, _ := try(writers[trial%len(writers)])
		if code == exitDatabase && refusedAtOnce(db) {
			unchanged("a command that refused it")
		}
		for _, ending := range []string{"", "-wal", "-shm"} {
			os.Remove(db + ending)
		}
	}
	if refused*10 < (refused+answered+other)*2 {
		t.Errorf("only %d of %d commands met damage: too little was tested", refused, refused+answered+other)
	}
	tried(t, "A6 damaged files", n, "%d commands refused, %d answered as from the whole file, %d answered otherwise, by kind of damage %v", refused, answered, other, wrong)
}

// refusedAtOnce reports that opening is what fails: then nothing may have been written.
func refusedAtOnce(db string) bool {
	code, _, _ := inProcess(context.Background(), nil, "", "--db", db, "documents", "--limit", "1")
	return code == exitDatabase
}

// TestFaultNotADatabase: files of others are refused and stay as they are, whatever the command.
func TestFaultNotADatabase(t *testing.T) {
	in := inputFolder(t)
	works(t)
	whole, err := os.ReadFile(filepath.Join(in, "whole.db"))
	if err != nil {
		t.Fatal(err)
	}
	newer := bytes.Clone(whole)
	newer[60], newer[63] = 0x7f, 0xff // user_version
	foreign := bytes.Clone(whole)
	copy(foreign[68:], []byte{1, 2, 3, 4}) // application_id
	dir := t.TempDir()
	for name, content := range map[string]string{
		"empty.db": "", "text.db": strings.Repeat("not a database\n", 900), "image.db": "\x89PNG\r\n\x1a\n" + strings.Repeat("\x00", 5000),
		"magic.db": "SQLite format 3\x00" + strings.Repeat("\xff", 4080), "head.db": string(whole[:99]), "newer.db": string(newer), "foreign.db": string(foreign),
	} {
		db := filepath.Join(dir, name)
		writeFile(t, db, content)
		for _, args := range append([][]string{{"ingest", filepath.Join(in, "old")}, {"reextract"}, {"remove", "x"}}, readers...) {
			code, out, messages := inProcess(context.Background(), nil, "", append([]string{"--db", db}, args...)...)
			if code != exitDatabase || !strings.Contains(messages, name) || !strings.Contains(messages, "; ") || out != "" {
				t.Errorf("%s: %v ends with exit code %d: %s%s", name, args, code, out, messages)
			}
		}
		now, err := os.ReadFile(db)
		if err != nil || string(now) != content {
			t.Errorf("%s was changed, %v", name, err)
		}
		// SQLite needs its two files beside a database even to read which schema it has.
		if left, _ := filepath.Glob(db + "?*"); len(left) > 0 && name != "newer.db" {
			t.Errorf("%s: left behind: %v", name, left)
		}
	}
}
