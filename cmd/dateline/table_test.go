package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"
)

func TestTableFitsTheTerminal(t *testing.T) {
	columns := []column{{name: "id", fixed: true}, {name: "kind", fixed: true}, {name: "fact"}, {name: "n", right: true, fixed: true}, {name: "quote"}}
	long := strings.Repeat("memorandum ", 30)
	rows := func() [][]string {
		return [][]string{{"0123456789", "agreement", long, "12", "short"}, {"0123456789", "date", "2024", "1", long}, {"0123456789", "person", "姓名" + strings.Repeat("很长", 40), "1", ""}}
	}
	for _, width := range []int{40, 60, 80, 120, 200} {
		var b bytes.Buffer
		if err := writeTable(&b, columns, rows(), width); err != nil {
			t.Fatal(err)
		}
		all := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
		if len(all) != 4 {
			t.Fatalf("width %d: %d lines, want a header and 3 rows:\n%s", width, len(all), b.String())
		}
		for _, line := range all {
			if w := text.StringWidth(line); w > width {
				t.Errorf("width %d: a line has %d columns: %s", width, w, line)
			}
		}
		if !strings.Contains(b.String(), "…") || !strings.Contains(b.String(), "0123456789") {
			t.Errorf("width %d: the long cells should be cut and the ids whole:\n%s", width, b.String())
		}
	}
	var b bytes.Buffer
	if err := writeTable(&b, columns, rows(), 0); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "…") || !strings.Contains(b.String(), strings.TrimSpace(long)) {
		t.Error("a table that goes to a pipe was cut")
	}
}

func TestTableEscapes(t *testing.T) {
	var b bytes.Buffer
	if err := writeTable(&b, []column{{name: "x"}}, [][]string{{"a\x1b[31m\nb\u202e"}}, 0); err != nil {
		t.Fatal(err)
	}
	harmless(t, "table", b.String())
	if strings.Count(b.String(), "\n") != 2 {
		t.Errorf("a cell broke its row: %q", b.String())
	}
}
