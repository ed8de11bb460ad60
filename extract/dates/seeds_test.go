package dates

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/extract/token"
)

// The dates of the acceptance cases, exactly: words, value, modifier.
func TestSeeds(t *testing.T) {
	dir := os.Getenv("DATELINE_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	golds, _ := filepath.Glob(filepath.Join(dir, "gold", "*.json"))
	if len(golds) == 0 {
		t.Skipf("NOT TESTED: dates of the seeds against their gold; no gold/*.json in %s (set DATELINE_SHARED)", dir)
	}
	for _, path := range golds {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var gold struct {
			Dates []struct {
				Text, Value, Mod string
				Optional         bool
			}
		}
		if err := json.Unmarshal(raw, &gold); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		name := strings.TrimSuffix(filepath.Base(path), ".json")
		seed, err := os.ReadFile(filepath.Join(dir, "seeds", name+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(string(seed), "\r", "")
		tokens := token.Tokenize(text)
		got := map[string]bool{}
		mentions, _ := Find(text, tokens, token.Sentences(text, tokens), Context{})
		for _, m := range mentions {
			if m.Type == TypeDate || m.Type == TypeTime {
				got[m.Of(text)+" = "+m.Value+" "+m.Mod] = true
			}
		}
		for _, d := range gold.Dates {
			item := d.Text + " = " + d.Value + " " + d.Mod
			if !got[item] && !d.Optional {
				t.Errorf("%s: missed %s", name, item)
			}
			delete(got, item)
		}
		for item := range got {
			t.Errorf("%s: spurious %s", name, item)
		}
	}
}
