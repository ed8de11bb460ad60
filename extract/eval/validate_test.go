package eval

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func smallCase(t testing.TB) Case {
	t.Helper()
	c, err := ParseGold("doc", []byte(smallGold))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestGoldOfSeedsIsValid(t *testing.T) {
	gold := sharedFile(t, "gold", "the gold of the seeds against their texts")
	cases, err := LoadGold(gold)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		text, err := os.ReadFile(filepath.Join(filepath.Dir(gold), "seeds", c.Name+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range c.Validate(string(text)) {
			t.Error(e)
		}
	}
}

func TestValidateFindsErrorsOfTheGold(t *testing.T) {
	if found := smallCase(t).Validate(smallText); len(found) > 0 {
		t.Fatalf("good gold is refused: %q", found)
	}
	if found := smallCase(t).Validate(strings.Replace(smallText, "late June", "late June’s heat", 1)); len(found) > 0 {
		t.Errorf("a possessive hides a date: %q", found)
	}
	for _, test := range []struct{ old, new, want string }{
		{`"text": "late June"`, `"text": "late July"`, `dates[1] "late July" is not in the text`},
		{`"value": "2021"`, `"value": "21"`, `no date value`},
		{`"mod": "END"`, `"mod": "LATE"`, `has the mod "LATE"`},
		{`"name": "Ida Holm"`, `"name": "Ida Marie Holm"`, `people[0] "Ida Marie Holm" is not in the text`},
		{`"aliases": ["Holm"]`, `"aliases": ["Prof Holm"]`, `the alias "Prof Holm", which is not in the text`},
		{`"aliases": ["Holm"]`, `"alias": ["Holm"]`, `people[0].alias is no field`},
		{`"name": "Raj Patel"`, `"name": "Ida Holm"`, `has the name of people[0]`},
		{`"parent": "Meru Academy"`, `"parent": "Meru University"`, `the parent "Meru University"`},
		{`"person": "Ida Holm"`, `"person": "Ida Helm"`, `belongs to "Ida Helm"`},
		{`"title": "head"`, `"title": "headmaster"`, `has words that are not in the text`},
		{`"institution": "Oryx Press"`, `"institution": "Onyx Press"`, `held at "Onyx Press"`},
		{`"type": "contract"`, `"type": "deal"`, `has the type "deal"`},
		{`"status": "planned"`, `"status": "hoped"`, `has the status "hoped"`},
		{`"signatories": ["Ida Holm"`, `"signatories": ["Ida Helm"`, `the signatory "Ida Helm"`},
		{`"parties": ["Nordvik College", "Oryx`, `"parties": ["Nordvik Academy", "Oryx`, `the party "Nordvik Academy"`},
		{`"place": "Nairobi"`, `"place": "Mombasa"`, `the place "Mombasa"`},
		{`"date": "2023-06"`, `"date": "June"`, `the date "June"`},
	} {
		changed := strings.Replace(smallGold, test.old, test.new, 1)
		if changed == smallGold {
			t.Fatalf("%s is not in the gold", test.old)
		}
		c, err := ParseGold("doc", []byte(changed))
		if err != nil {
			t.Fatal(err)
		}
		if found := strings.Join(c.Validate(smallText), "\n"); !strings.Contains(found, test.want) {
			t.Errorf("%s instead of %s: want an error with %q, have %q", test.new, test.old, test.want, found)
		}
	}
}

func TestLoadGoldNamesFileAndFault(t *testing.T) {
	for _, test := range []struct{ file, data, want string }{
		{"x.txt", "", "holds no gold files"},
		{"x.json", "{\n\"dates\": [}", "x.json: not a gold file: line 2"},
		{"x.json", "{\n\n\"people\": [{\"name\": 3}]}", `line 3: field "people.name" holds a number`},
		{"x.json", "null", "must hold one JSON object"},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, test.file), []byte(test.data), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadGold(dir); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s %q: want an error with %q, have %v", test.file, test.data, test.want, err)
		}
	}
}

func TestDateValues(t *testing.T) {
	for _, good := range []string{"2025-10-31", "2026", "199X", "2023-08", "XXXX-05-18", "XXXX-XX-24", "2025-10-29/2025-11-02", "2024-Q3", "2024-SU", "2025-W14", "2024-05-01T14:00"} {
		if !validDateValue(good) {
			t.Errorf("%s is refused", good)
		}
	}
	for _, bad := range []string{"", "24", "2024-5-1", "2024~", "2024-Q5", "2024-05-01T14", "2024/", "P2Y", "2024-05-18 ", "2024-SP-01"} {
		if validDateValue(bad) {
			t.Errorf("%q is taken", bad)
		}
	}
}
