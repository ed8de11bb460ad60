package eval

import (
	"bytes"
	"strings"
	"testing"
)

func TestBaselineIsAMemorandumBetweenTheFirstTwo(t *testing.T) {
	const gold = `{"institutions": [{"name": "A College"}, {"name": "B School"}, {"name": "C Bank"}],
		"agreements": [{"type": "memorandum", "status": "signed", "parties": ["B School", "C Bank"], "subject": "rivers"}]}`
	c, err := ParseGold("doc", []byte(gold))
	if err != nil {
		t.Fatal(err)
	}
	cite := func(name string, start int) object {
		return object{"kind": "institution", "name": name, "citations": []any{object{"start": start, "end": start + len(name), "quote": name}}}
	}
	for _, one := range []struct {
		why, text string
		facts     []any
		want      Count
	}{
		{"the order is that of the text", "A College, B School and C Bank signed.", []any{cite("C Bank", 24), cite("B School", 11), cite("A College", 0)},
			Count{TP: 3, FP: 1, FN: 2}}, // type, status and one party; A College is none; C Bank and the subject are missed
		{"the right two", "B School and C Bank signed.", []any{cite("B School", 0), cite("C Bank", 13)}, Count{TP: 4, FN: 1}},
		{"cited twice is one", "B School, B School and C Bank signed.", []any{
			object{"kind": "institution", "name": "B School", "citations": []any{object{"start": 0, "end": 8, "quote": "B School"}, object{"start": 10, "end": 18, "quote": "B School"}}},
			cite("C Bank", 23)}, Count{TP: 4, FN: 1}},
		{"no such word", "B School and C Bank resigned.", []any{cite("B School", 0), cite("C Bank", 13)}, Count{FN: 5}},
		{"one institution", "B School signed.", []any{cite("B School", 0)}, Count{FN: 5}},
	} {
		run := encode(t, object{"document": object{"source": "doc.txt", "text": one.text}, "facts": one.facts})
		lines, err := ReadLines(bytes.NewReader(run), "run", c)
		if err != nil {
			t.Fatal(err)
		}
		result := Score([]Case{c}, lines)
		if result.Baseline != one.want {
			t.Errorf("%s: %+v, want %+v", one.why, result.Baseline, one.want)
		}
		var b strings.Builder
		if err := result.WriteText(&b); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), "\n  by a naive guess") {
			t.Errorf("%s: the table does not show the guess:\n%s", one.why, b.String())
		}
	}
}
