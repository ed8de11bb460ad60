package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"dateline/corpus"
	"dateline/extract"
	"dateline/extract/token"
	"dateline/ingest/document"
)

// obeyed holds what terminals obey: titles of windows, the clipboard, erasing, colours by C1,
// overwriting, direction, deletion, a byte order mark, a tag.
const obeyed = "a\x1b]0;owned\x07b\x1b]52;c;ZXZpbA==\x1b\\c\x1b[2Jd\u009b31me\u009d0;f\u202eg\u2066h\x7fi\rj\bk\u200fl\u061cm\ufeffn\U000e0041o"

// trouble finds what must never reach a terminal, "" when there is none.
func trouble(text string) string {
	for i, r := range text {
		switch {
		case r == '\n' || r == '\t':
			continue
		case r == utf8.RuneError:
			if _, size := utf8.DecodeRuneInString(text[i:]); size > 1 {
				continue
			}
		case r < 0x20, r >= 0x7f && r <= 0x9f, r == 0x061c, r == 0x200e, r == 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		default:
			continue
		}
		return fmt.Sprintf("%q at %d, behind %q", r, i, text[max(0, i-60):i])
	}
	return ""
}

// hostileDatabase holds the worst in every place that comes from outside.
func hostileDatabase(t *testing.T, path string) (fact string) {
	t.Helper()
	ctx := context.Background()
	store, err := corpus.Open(ctx, path, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	text := "On 3 May 2024 " + strings.ReplaceAll(obeyed, "\r", "") + " spoke in the hall of " + obeyed + ". The end."
	cite := func(quote string) []extract.Citation {
		i := strings.Index(text, quote)
		return []extract.Citation{{Span: token.Span{Start: i, End: i + len(quote)}, Quote: quote, Rule: "rule" + obeyed}}
	}
	facts := []extract.Fact{
		{Kind: extract.KindDate, Date: &extract.Date{Type: "date", Value: "2024-05-03", Anchor: obeyed, AnchorFrom: obeyed, Alternatives: []string{obeyed}}, Citations: cite("3 May 2024")},
		{Kind: extract.KindPerson, Person: &extract.Person{Name: "P " + obeyed, Aliases: []string{obeyed}}, Citations: cite(obeyed)},
		{Kind: extract.KindInstitution, Institution: &extract.Institution{Name: "I " + obeyed, Aliases: []string{"J " + obeyed}, Parent: "K " + obeyed}, Citations: cite(obeyed)},
		{Kind: extract.KindTitle, Title: &extract.Title{Person: "P " + obeyed, Title: obeyed, Institution: "I " + obeyed, When: "current"}, Citations: cite(obeyed)},
		{Kind: extract.KindAgreement, Agreement: &extract.Agreement{Type: "memorandum", Status: "signed", Parties: []string{"I " + obeyed}, Signatories: []string{"P " + obeyed},
			Date: "2024-05-03", Place: obeyed, Subject: obeyed}, Citations: cite(obeyed)},
	}
	for i := range facts {
		facts[i].Rule, facts[i].Confidence = "rule"+obeyed, 0.5
	}
	var items []corpus.Item
	for n := range 2 {
		raw := []byte(text)
		items = append(items, corpus.Item{Raw: raw, ReadAs: corpus.ReadAs{MediaType: "text/plain" + obeyed, Charset: obeyed}, Note: obeyed, Facts: facts,
			Doc: document.Document{Source: fmt.Sprintf("source%d %s.txt", n, obeyed), RawHash: corpus.HashBytes(raw), Title: obeyed, Language: "e" + obeyed, Text: text, Warnings: []string{obeyed},
				Published: document.Published{Value: "2024-05-03", From: obeyed, Conflicts: []string{obeyed}}, Publisher: document.Publisher{Name: obeyed, From: obeyed}, Canonical: "https://example.org/" + obeyed}})
	}
	out, err := store.Put(ctx, items, corpus.PutOptions{When: "2023-11-14T22:13:20Z"})
	if err != nil || out[0].Err != nil {
		t.Fatal(err, out)
	}
	if err := store.Refuse(ctx, "refused "+obeyed, obeyed, obeyed, "2023-11-14T22:13:20Z"); err != nil {
		t.Fatal(err)
	}
	if err := store.Remove(ctx, items[1].Doc.Source, obeyed, "2023-11-14T22:13:20Z"); err != nil {
		t.Fatal(err)
	}
	rows, err := store.Facts(ctx, corpus.Filter{})
	if err != nil || len(rows) < 5 {
		t.Fatal(err, rows)
	}
	for i, action := range []corpus.Action{corpus.Accept, corpus.Reject, corpus.Skip} {
		if _, err := store.Decide(ctx, corpus.Verdict{Action: action, Fact: rows[i].ID, Who: "who " + obeyed, Why: obeyed, When: "2023-11-14T22:13:20Z"}); err != nil {
			t.Fatal(err)
		}
	}
	return rows[4].ID
}

// serveFor is how long a command that serves may do so.
const serveFor = 200 * time.Millisecond

// commands are all commands that can be run, from the command tree.
func commands(t *testing.T) (all []*cobra.Command) {
	t.Helper()
	root := newRootCommand(&app{terminal: terminal{getenv: func(string) string { return "" }}})
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		if cmd.Runnable() && !cmd.Hidden {
			all = append(all, cmd)
		}
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(root)
	return all
}

// TestFaultTerminalEscapes runs every command on a database, files and arguments that hold the
// worst. The commands come from the command tree, so that a new one is tried without a word
// here: bare, with names as arguments, and with every flag that takes a text. (D8)
func TestFaultTerminalEscapes(t *testing.T) {
	if trouble("plain \\x1b <U+202E>\n\t") != "" || trouble("\x1b[2J") == "" || trouble("\u009b") == "" || trouble("\u202e") == "" || trouble("\xff") == "" || trouble("\x7f") == "" || trouble("\r") == "" {
		t.Fatal("the test itself does not see what it looks for")
	}
	dir := t.TempDir()
	t.Chdir(dir)
	db := filepath.Join(dir, "hostile "+strings.ReplaceAll(obeyed, "\\", "")+".db")
	fact := hostileDatabase(t, db)
	hostileFile := "file " + obeyed + ".txt"
	writeFile(t, filepath.Join(dir, "in", hostileFile), "On 4 May 2024 Anna"+obeyed+" Keller, rector of the University of Lund"+obeyed+", spoke.")
	writeFile(t, filepath.Join(dir, "in", "empty "+obeyed+".txt"), "")
	writeFile(t, filepath.Join(dir, "in", "lines "+obeyed+".jsonl"), line(1)+`{"source":"\u001b[2J\u202e","title":"\u001b]0;x\u0007","published":"\u001b[2J","text":"On 4 May 2024 Anna Keller spoke."}`+"\n{broken"+obeyed+"\n")
	writeFile(t, filepath.Join(dir, "gold", "page"+obeyed+".json"), `{"document":"x`+obeyed+`"`)
	writeFile(t, filepath.Join(dir, "gold", "page.txt"), "On 4 May 2024 Anna Keller spoke.")
	names := []string{obeyed, "in", filepath.Join("in", hostileFile), "gold", "1", fact, fact[:6], "source0 " + obeyed + ".txt", "refused " + obeyed, "nowhere" + obeyed}
	// Values that make sense lead further than hostile ones do: formats, kinds.
	words := []string{obeyed, "jsonl", "json", "csv", "table", "title", "all", "rejected", "2024-05-03"}

	tries, spoken, escaped := 0, 0, map[string]bool{}
	try := func(path []string, args ...string) {
		t.Helper()
		// The database is copied, because some commands change it.
		copied := filepath.Join(t.TempDir(), "x"+strings.ReplaceAll(obeyed, "\\", "")+".db")
		copyFile(t, db, copied)
		ctx, cancel := context.WithTimeout(context.Background(), serveFor) // for a command that serves
		defer cancel()
		code, out, messages := inProcess(withCancel(ctx), map[string]string{"DATELINE_WHO": obeyed}, "On 5 May 2024 "+obeyed+" spoke.", append(append([]string{"--db", copied, "-v"}, path...), args...)...)
		tries++
		if out+messages != "" {
			spoken++
		}
		for what, text := range map[string]string{"output": out, "messages": messages} {
			if found := trouble(text); found != "" {
				t.Errorf("%s %q (exit code %d): %s: %s", strings.Join(path, " "), args, code, what, found)
			}
			if strings.Contains(text, "owned") {
				escaped[strings.Join(path, " ")] = true
			}
		}
		for _, ending := range []string{"", "-wal", "-shm"} {
			os.Remove(copied + ending)
		}
	}
	all := commands(t)
	for _, cmd := range all {
		path := strings.Fields(cmd.CommandPath())[1:]
		begun := time.Now()
		try(path)
		try(path, "--help")
		try(path, "--"+obeyed)
		for _, name := range names {
			try(path, name)
		}
		try(path, names...)
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if f.Value.Type() == "bool" || f.Hidden || f.Name == "help" {
				return
			}
			// A file to be written is made in this folder, which goes with the test.
			for _, word := range words {
				for _, rest := range [][]string{nil, {fact}, {"1"}, {"in"}} {
					try(path, append([]string{"--" + f.Name + "=" + word}, rest...)...)
				}
				if time.Since(begun) > 2*time.Second { // a command that serves takes all the time it gets
					return
				}
			}
		})
	}
	var silent []string
	for _, name := range []string{"ingest", "extract", "facts", "documents", "show", "remove", "eval", "fact history", "fact accept"} {
		if !escaped[name] {
			silent = append(silent, name)
		}
	}
	if len(silent) > 0 {
		t.Errorf("%q never showed what was planted: nothing was tested there", silent)
	}
	if len(all) < 15 || spoken*2 < tries {
		t.Errorf("%d commands, %d of %d runs said something: too little was tested", len(all), spoken, tries)
	}
	shown := make([]string, 0, len(escaped))
	for name := range escaped {
		shown = append(shown, name)
	}
	slices.Sort(shown)
	tried(t, "D8 terminal escapes", tries, "%d commands of the tree; planted text was shown, escaped, by %d of them", len(all), len(shown))
}
