package dateline_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jdkato/prose/v2"

	"dateline/extract"
	"dateline/extract/eval"
	"dateline/ingest"
)

// TestBesideProse measures the names that prose's own recognizer finds, beside those of dateline,
// on the same cleaned texts and by the same measure, and holds the table of README.md against
// the figures. Each name that prose gives as a person is a person; as an organisation, or as a
// geopolitical name with a head of institutions in it, an institution: the reading that is best for it.
func TestBesideProse(t *testing.T) {
	warm, err := prose.NewDocument("")
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for _, part := range []string{"look", "keep"} {
		cases := loadGold(t, filepath.Join(releases, part))
		ours, theirs := map[string]eval.Line{}, map[string]eval.Line{}
		for _, c := range cases {
			file := filepath.Join(releases, part, c.Document)
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			docs, err := ingest.Read(ingest.Raw{Source: file, Bytes: data}, ingest.Options{})
			if err != nil || len(docs) != 1 {
				t.Fatalf("%s: %d documents, %v", file, len(docs), err)
			}
			var own eval.Line
			for _, f := range extract.Facts(docs[0]) {
				switch {
				case f.Person != nil:
					own.Facts = append(own.Facts, eval.Fact{Kind: "person", Name: f.Person.Name, Aliases: f.Person.Aliases})
				case f.Institution != nil:
					own.Facts = append(own.Facts, eval.Fact{Kind: "institution", Name: f.Institution.Name, Aliases: f.Institution.Aliases})
				}
			}
			ours[c.Name] = own
			parsed, err := prose.NewDocument(docs[0].Text, prose.UsingModel(warm.Model))
			if err != nil {
				t.Fatal(err)
			}
			var line eval.Line
			seen := map[string]bool{}
			for _, e := range parsed.Entities() {
				kind := ""
				switch {
				case e.Label == "PERSON":
					kind = "person"
				case e.Label == "ORGANIZATION" || e.Label == "ORG" || e.Label == "GPE" && hasHead(e.Text):
					kind = "institution"
				}
				if kind != "" && !seen[kind+e.Text] {
					seen[kind+e.Text] = true
					line.Facts = append(line.Facts, eval.Fact{Kind: kind, Name: e.Text})
				}
			}
			theirs[c.Name] = line
		}
		for _, run := range []struct {
			name  string
			lines map[string]eval.Line
		}{{"dateline", ours}, {"prose", theirs}} {
			result := eval.Score(cases, run.lines)
			cells := []string{"`" + part + "`", run.name}
			for _, metric := range []string{"person", "institution"} {
				m, _ := result.Metric(metric)
				cells = append(cells, fmt.Sprintf("%.2f", m.Count.P()), fmt.Sprintf("%.2f", m.Count.R()), fmt.Sprintf("%.2f", m.Count.F1()))
			}
			rows = append(rows, "| "+strings.Join(cells, " | ")+" |")
		}
	}
	const head = "| texts | names by | people: precision |"
	lines := readLines(t, "README.md")
	at := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, head) })
	if at < 0 {
		t.Fatalf("README.md has no table that begins with %q", head)
	}
	to := at + 2
	for to < len(lines) && strings.HasPrefix(lines[to], "|") {
		to++
	}
	if *update {
		page := slices.Concat(lines[:at+2], rows, lines[to:])
		if err := os.WriteFile("README.md", []byte(strings.Join(page, "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got := lines[at+2 : to]; !slices.Equal(got, rows) {
		t.Errorf("README.md:%d: the table says\n%s\nmeasured:\n%s\nIf the new figures are right: go test -tags sqlite_fts5 . -run TestBesideProse -update",
			at+3, strings.Join(got, "\n"), strings.Join(rows, "\n"))
	}
}

// hasHead reports whether a name has one of the commonest nouns of institutions.
func hasHead(name string) bool {
	for _, w := range strings.Fields(name) {
		switch w {
		case "University", "Institute", "College", "School", "Academy", "Ministry", "Department", "Office", "Bank", "Company", "Council", "Committee", "Commission", "Agency", "Authority", "Hospital",
			"Association", "Union", "Society", "Foundation", "Fund", "Government", "Ltd.", "Inc.", "Court", "Museum", "Centre", "Center", "Group", "Corporation":
			return true
		}
	}
	return false
}
