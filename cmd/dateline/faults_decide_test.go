package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/corpus"
	"dateline/extract"
)

// decideProgram is the name under which the test binary makes decisions, one after another, as
// a reviewer would, and says of each that it is made.
const decideProgram = "decide"

// decideAll makes the decisions of a plan: a line is its key, its action, and the fact. A fact
// that an earlier edit took away is passed over.
func decideAll(ctx context.Context, path, plan string, out io.Writer) error {
	store, err := corpus.Open(ctx, path, corpus.Options{})
	if err != nil {
		return err
	}
	defer store.Close()
	content, err := os.ReadFile(plan)
	if err != nil {
		return err
	}
	for row := range strings.Lines(string(content)) {
		var key, action, fact string
		if _, err := fmt.Sscan(row, &key, &action, &fact); err != nil {
			return err
		}
		v := corpus.Verdict{Key: key, Action: corpus.Action(action), Fact: fact, Who: "reviewer", When: "2023-11-14T22:13:20Z"}
		switch v.Action {
		case corpus.Undo:
			v.Fact = ""
		case corpus.Edit:
			now, err := store.Fact(ctx, fact)
			if corpus.IsNotFound(err) {
				continue
			}
			if err != nil {
				return err
			}
			title := extract.Title{Person: now.Person, Title: "acting " + now.Title, Institution: now.Institution, When: now.When}
			v.Edited = &extract.Fact{Kind: extract.KindTitle, Title: &title}
		}
		if _, err := store.Decide(ctx, v); corpus.IsNotFound(err) {
			continue
		} else if err != nil {
			return fmt.Errorf("%s: %w", strings.TrimSpace(row), err)
		}
		if _, err := fmt.Fprintf(out, "decided %s\n", key); err != nil {
			return err
		}
	}
	return nil
}

// decideMain is decideAll as a program: decide --db FILE PLAN.
func decideMain() {
	if err := decideAll(context.Background(), os.Args[2], os.Args[3], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		if corpus.IsDatabase(err) {
			os.Exit(exitDatabase)
		}
		os.Exit(exitItems)
	}
	os.Exit(exitOK)
}

// decisionPlan writes a plan for a database: every third fact accepted, rejected, skipped or,
// where it is a title, edited, and now and then the last decision undone.
func decisionPlan(t *testing.T, path string) (plan string) {
	t.Helper()
	store, err := corpus.Open(context.Background(), path, corpus.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	rows, err := store.Facts(context.Background(), corpus.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for i := 0; i < len(rows) && i < 180; i += 3 {
		action := []corpus.Action{corpus.Accept, corpus.Reject, corpus.Accept, corpus.Skip, corpus.Undo}[i/3%5]
		if rows[i].Kind == extract.KindTitle && action == corpus.Accept {
			action = corpus.Edit
		}
		fmt.Fprintf(&b, "key-%03d %s %s\n", i, action, rows[i].ID)
	}
	plan = filepath.Join(inputFolder(t), "plan.txt")
	writeFile(t, plan, b.String())
	return plan
}

// ackedDecisions reads which decisions are reported as made.
func ackedDecisions(out, _ string) (keys []string) {
	for message := range strings.Lines(out) {
		if key, ok := strings.CutPrefix(strings.TrimSuffix(message, "\n"), "decided "); ok && strings.HasSuffix(message, "\n") {
			keys = append(keys, "decision "+key)
		}
	}
	return keys
}
