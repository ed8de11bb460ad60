package main

import (
	"bytes"
	"encoding/json"
	"testing"
)

// TestJSONIsLosslessAndHarmless: what a terminal would obey is written as an escape, and a
// reader of JSON gets the same text.
func TestJSONIsLosslessAndHarmless(t *testing.T) {
	for _, text := range []string{"plain", obeyed, "Łódź <b> & 👩\u200d🔬", "\U000e0041\u2028\u0085\x7f", "\x00\n\t"} {
		var b bytes.Buffer
		if err := writeJSONLine(&b, object{{"text", text}}); err != nil {
			t.Fatal(err)
		}
		if found := trouble(b.String()); found != "" {
			t.Errorf("%q: %s", text, found)
		}
		var back struct{ Text string }
		if err := json.Unmarshal(b.Bytes(), &back); err != nil || back.Text != text {
			t.Errorf("%q came back as %q, %v", text, back.Text, err)
		}
	}
}
