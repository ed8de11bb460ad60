package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestFaultTable holds the table in ARCHITECTURE.md against the tests: each that it names exists, and
// each fault test of this package stands in it.
func TestFaultTable(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(repository, "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(text), "\n## Faults\n")
	section, _, _ = strings.Cut(section, "\n## ")
	named := map[string]bool{}
	for _, name := range regexp.MustCompile("`(Test\\w+)`").FindAllStringSubmatch(section, -1) {
		named[name[1]] = true
	}
	if !found || len(named) < 20 {
		t.Fatalf("ARCHITECTURE.md names %d tests of faults", len(named))
	}
	there := map[string]bool{}
	err = filepath.WalkDir(repository, func(name string, _ os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, "_test.go") {
			return err
		}
		code, err := os.ReadFile(name)
		for _, f := range regexp.MustCompile(`(?m)^func (Test\w+)\(`).FindAllStringSubmatch(string(code), -1) {
			there[f[1]] = true
			if strings.HasPrefix(f[1], "TestFault") && strings.HasPrefix(filepath.Base(name), "faults_") && f[1] != "TestFaultTable" && !named[f[1]] {
				t.Errorf("ARCHITECTURE.md, Faults: %s is not in the table", f[1])
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range named {
		if !there[name] {
			t.Errorf("ARCHITECTURE.md, Faults: there is no %s", name)
		}
	}
}
