package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"dateline/extract"
	"dateline/extract/eval"
)

// TestExtractKeepsTheExchangeFormat holds every line that the sample corpus and texts of odd
// characters give against the JSON Schema, and against what no schema can say: each quote stands
// at its place, counted in code points, and facts are in order.
func TestExtractKeepsTheExchangeFormat(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(repository, "extract", "exchange.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	schema, err := eval.ParseSchema(data)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	samples(t, dir)
	hardTexts(t, dir)
	out, err := dateline(t, dir, "extract", "--format", "jsonl", "releases").Output()
	if err != nil {
		t.Fatal(err)
	}
	documents, kinds := 0, map[string]int{}
	for row := range bytes.Lines(out) {
		documents++
		for _, fault := range schema.Validate(row) {
			t.Errorf("line %d: %s", documents, fault)
		}
		var line struct {
			Document struct{ Source, Text string }
			Facts    []struct {
				Kind      string
				Citations []struct {
					Start, End int
					Quote      string
				}
			}
		}
		if err := json.Unmarshal(row, &line); err != nil {
			t.Fatal(err)
		}
		text := []rune(line.Document.Text)
		lastKind, lastStart := -1, 0
		for i, f := range line.Facts {
			kinds[f.Kind]++
			kind := slices.Index(extract.Kinds, extract.Kind(f.Kind))
			if start := f.Citations[0].Start; kind < lastKind || kind == lastKind && start < lastStart {
				t.Errorf("%s: fact %d (%s) is out of order", line.Document.Source, i, f.Kind)
			}
			lastKind, lastStart = kind, f.Citations[0].Start
			for k, c := range f.Citations {
				if c.Start < 0 || c.End > len(text) || c.Start >= c.End || string(text[c.Start:c.End]) != c.Quote {
					t.Errorf("%s: fact %d (%s): %d–%d is not %q", line.Document.Source, i, f.Kind, c.Start, c.End, c.Quote)
				}
				if k > 0 && c.Start < f.Citations[k-1].Start {
					t.Errorf("%s: fact %d (%s): its citations are out of order", line.Document.Source, i, f.Kind)
				}
			}
		}
	}
	if documents < 20 {
		t.Errorf("only %d documents came: too few to show anything", documents)
	}
	for _, kind := range extract.Kinds {
		if kinds[string(kind)] == 0 {
			t.Errorf("no fact of kind %s came from the whole corpus", kind)
		}
	}
}
