package eval

import (
	"os"
	"path/filepath"
	"testing"
)

// TestGoldOfReleasesIsValid holds the gold of the plain-text releases against their texts.
// The HTML ones need cleaning first, which this package does not do.
func TestGoldOfReleasesIsValid(t *testing.T) {
	checked := 0
	for _, part := range []string{"look", "keep"} {
		dir := filepath.Join("..", "..", "testdata", "releases", part)
		if found, _ := filepath.Glob(filepath.Join(dir, "*.json")); len(found) == 0 {
			t.Logf("NOT TESTED: no gold in %s", dir)
			continue
		}
		cases, err := LoadGold(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cases {
			text, err := os.ReadFile(filepath.Join(dir, c.Name+".txt"))
			if err != nil {
				continue
			}
			checked++
			for _, e := range c.Validate(string(text)) {
				t.Error(part + "/" + e)
			}
		}
	}
	if checked == 0 {
		t.Skip("NOT TESTED: the gold of the releases against their texts: none there")
	}
}
