package extract

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"dateline/ingest/document"
)

// TestRules reads the examples and near misses of every rule of the program.
func TestRules(t *testing.T) {
	ex := Default()
	if len(ex.Rules()) == 0 {
		t.Fatal("there are no rules")
	}
	for _, err := range ex.CheckRules(false) {
		t.Errorf("rules/%v", err)
	}
}

// TestFinderRules: the list of the rules that are Go is that of the names in the code.
func TestFinderRules(t *testing.T) {
	quoted := regexp.MustCompile(`"((?:date|person|institution|title|agreement)\.[a-z0-9-]+)"`)
	inCode := map[string]string{}
	for _, folder := range []string{".", "dates"} {
		files, err := filepath.Glob(folder + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") || filepath.Base(file) == "rule_list.go" || strings.HasPrefix(filepath.Base(file), "refus") {
				continue
			}
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, line := range strings.Split(string(data), "\n") {
				if strings.HasPrefix(strings.TrimSpace(line), "//") {
					continue
				}
				code, _, _ := strings.Cut(line, " // ")
				for _, m := range quoted.FindAllStringSubmatch(code, -1) {
					inCode[m[1]] = filepath.ToSlash(file)
				}
			}
		}
	}
	for f := formActive; f <= formWords; f++ {
		inCode["agreement."+f.String()] = "agreement_words.go"
	}
	for name, file := range inCode {
		if FinderRule(name) == nil {
			t.Errorf("%s names the rule %s; add it to FinderRules in rule_list.go", file, name)
		}
	}
	for i, r := range FinderRules {
		if inCode[r.Name] == "" {
			t.Errorf("FinderRules has %s, which is in no file; take it out of rule_list.go", r.Name)
		}
		if _, err := os.Stat(r.File); err != nil {
			t.Errorf("%s is said to be in %s: %v", r.Name, r.File, err)
		}
		if i > 0 && FinderRules[i-1].Name >= r.Name {
			t.Errorf("%s and %s are not in order", FinderRules[i-1].Name, r.Name)
		}
	}
}

// fundingRule is a rule of a user's own kind, which tests change.
const fundingRule = `- rule: funding.raised
  kind: funding
  pattern: '<institution> ["has"] $raising {amount: ("$"|"€") #number ["million"|"billion"]} [("in"|"on") <date>]'
  slots: {who: institution, amount: amount, date: date}
  set: {how: raised}
  confidence: 0.9
  examples:
    - text: "On Monday, Harbour Bank raised $5 million on 3 May 2024."
      fact: {who: Harbour Bank, amount: "$5 million", date: "2024-05-03", how: raised}
  never:
    - "Harbour Bank raised concerns."
`

func ownRules(yaml string) fstest.MapFS {
	return fstest.MapFS{
		"own.yaml":            {Data: []byte(yaml)},
		"lexicon/raising.txt": {Data: []byte("# Verbs.\nraised\nhas secured\n")},
		"README.md":           {Data: []byte("not read")},
	}
}

// TestOwnRules: a user's folder adds a kind of fact, words for the program's own finders, and names.
func TestOwnRules(t *testing.T) {
	files := ownRules(fundingRule + `- rule: person.skipper
  kind: person
  pattern: '"skipper" {who: #capital #capital}'
  slots: {name: who}
  examples: [{text: "The boat of skipper Zorvy Qaxil won.", fact: {name: Zorvy Qaxil}}]
  never: ["The skipper won."]
- rule: title.at-the-helm
  kind: title
  pattern: '<person> ("stands"|"stood") "at the helm of" <institution> "as" <title>'
  slots: {person: person, title: title, institution: institution}
  set: {when: former}
  examples: [{text: "Jane Doe stood at the helm of Harbour Bank as director.", fact: {person: Jane Doe, title: director, institution: Harbour Bank, when: former}}]
  never: ["Jane Doe stood at the gate of Harbour Bank."]
- rule: agreement.twinned
  kind: agreement
  pattern: '<institution:a> "was twinned with" <institution:b> [("in"|"on") <date>]'
  slots: {parties: [a, b], date: date}
  set: {type: other}
  examples: [{text: "Lima University was twinned with Oslo University in 2024.", fact: {type: other, parties: [Lima University, Oslo University], date: "2024"}}]
  never: ["Lima University was twinned with hope."]
`)
	files["lexicon/title-heads.txt"] = &fstest.MapFile{Data: []byte("gaffer post\n")}
	ex, err := New(Options{Rules: files})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range ex.CheckRules(true) {
		t.Error(err)
	}
	text := "Harbour Bank has secured €2 billion. Jane Doe, gaffer of Harbour Bank, met skipper Zorvy Qaxil. Harbour Bank raised €2 billion. Lima University was twinned with Oslo University on 3 May 2024."
	var got []string
	for _, f := range ex.Read(document.Document{Source: "a", Language: "en", Text: text}).Facts {
		for _, c := range f.Citations {
			if c.Span.Of(text) != c.Quote || c.Rule == "" {
				t.Errorf("%s cites %q at %d", f.Kind, c.Quote, c.Start)
			}
		}
		if f.Kind != KindInstitution && f.Kind != KindDate {
			got = append(got, string(f.Kind)+" "+ruleFact(f))
		}
	}
	want := []string{
		"person {name: Jane Doe}", "person {name: Zorvy Qaxil}", "title {person: Jane Doe, title: gaffer, institution: Harbour Bank, when: current}",
		"agreement {type: other, status: signed, parties: Lima University + Oslo University, date: 2024-05-03}",
		"funding {amount: €2 billion, how: raised, who: Harbour Bank}",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if facts := Facts(document.Document{Source: "a", Language: "en", Text: text}); slices.ContainsFunc(facts, func(f Fact) bool { return f.Own != nil || f.Title != nil }) {
		t.Error("the default extractor reads what only the folder's rules say")
	}
}

// TestRuleErrors: what is wrong is told with file and line and what to do.
func TestRuleErrors(t *testing.T) {
	change := func(old, new string) string {
		if !strings.Contains(fundingRule, old) {
			t.Fatalf("the rule has no %q", old)
		}
		return strings.Replace(fundingRule, old, new, 1)
	}
	for _, c := range []struct{ yaml, want string }{
		{"a: [", "own.yaml:1: it is no YAML: "},
		{"rule: a", `own.yaml:1: a file is a list of rules; each begins with "- rule: kind.shape"`},
		{"- rule: funding.x\n  kund: funding\n", `own.yaml:2: "kund" is no key of a rule; there are rule, kind,`},
		{change("rule: funding.raised", "rule: Funding Raised"), "own.yaml:1: Funding Raised: a name is written kind.shape"},
		{change("rule: funding.raised", "rule: money.raised"), "own.yaml:2: money.raised: the name of a rule begins with its kind: funding.raised"},
		{change("kind: funding", "kind: date"), "a rule can't make dates"},
		{change("kind: funding", "kind: Funding!"), "a kind is written with small letters"},
		{change("pattern: '<institution>", "pattern: '<company>"), "own.yaml:1: funding.raised: its pattern, column 1: <company> is no type of name; there are <person>, <institution>"},
		{change("$raising", "$rising"), "its pattern, column 23: there is no list $rising; write its words into lexicon/rising.txt beside the rules"},
		{change("who: institution,", "who: company,"), `the slot who is filled from "company", which the pattern does not have; its labels are institution, amount, date`},
		{change("slots: {who: institution, amount: amount, date: date}", "zones: [prose]"), "it has no slots"},
		{change("set: {how: raised}", "set: {who: them}"), "who stands below slots and below set"},
		{change("set: {how: raised}", "zones: [footer]"), `own.yaml:5: funding.raised: "footer" is no zone; there are prose,`},
		{change("confidence: 0.9", "confidence: 9"), `own.yaml:6: funding.raised: the confidence is "9"`},
		{change("  never:\n    - \"Harbour Bank raised concerns.\"\n", ""), "own.yaml:1: funding.raised: it has no near misses"},
		{fundingRule[:strings.Index(fundingRule, "  examples:")] + "  never: [a]\n", "own.yaml:1: funding.raised: it has no examples"},
		{change("fact: {who: Harbour", "fact: {Who: Harbour"), `own.yaml:9: funding.raised: the slot "Who": a name of a slot is written with small letters`},
		{change("text: \"On", "words: \"On"), `own.yaml:8: funding.raised: "words" is no key of an example; there are text, fact, facts`},
		{fundingRule + fundingRule, "own.yaml:12: funding.raised: there is a rule of that name already, in line 1 of own.yaml"},
		{strings.ReplaceAll(fundingRule, "funding", "title"), "title.raised: a fact of kind title has no slot \"who\"; it has person, title"},
		{strings.NewReplacer("funding.raised", "title.apposition", "funding", "title", "who: institution, amount: amount, date: date", "title: amount, person: institution").Replace(fundingRule), "title"},
		{strings.Repeat("#", largestRuleFile+1), "own.yaml:1: it can't be read: it is larger than 1 MB"},
		{change("who: institution,", "who: [institution, amount],"), "the slot who holds one value"},
		{"- &a\n  rule: funding.x\n- *a\n", "own.yaml:3: a rule has keys"},
	} {
		_, err := New(Options{Rules: ownRules(c.yaml)})
		var one *RuleError
		if err == nil || !errors.As(err, &one) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.60q: got %v, want %s", c.yaml, err, c.want)
		}
	}
	files := ownRules(fundingRule)
	files["lexicon/title-heads.txt"] = &fstest.MapFile{Data: []byte("# ok\ngaffer\nskip pist\n")}
	if _, err := New(Options{Rules: files}); err == nil || !strings.Contains(err.Error(), "lexicon/title-heads.txt:2: a line of this list is two words") ||
		!strings.Contains(err.Error(), `lexicon/title-heads.txt:3: "pist" is not said of a word here; it must be one of post, weak, of`) {
		t.Errorf("a wrong list: %v", err)
	}
	if _, err := New(Options{Rules: fstest.MapFS{}}); err != nil {
		t.Errorf("an empty folder: %v", err)
	}
	if _, err := New(Options{Rules: os.DirFS(filepath.Join(t.TempDir(), "none"))}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing folder: %v", err)
	}
}

// TestCheckRules: examples that are not read as they should be, and near misses that are read, are
// told with their lines.
func TestCheckRules(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{`amount: "$5 million", date`, `amount: "$6 million", date`, `own.yaml:8: funding.raised: its example "On Monday, Harbour Bank raised $5 million on 3 May 2024." does not give {amount: $6 million,`},
		{`Harbour Bank raised $5`, `Harbour Bank lost $5`, "the pattern does not match; the program finds <institution> \"Harbour Bank\", <date> \"3 May 2024\""},
		{`raised concerns`, `raised $7`, `own.yaml:11: funding.raised: its near miss "Harbour Bank raised $7." gives {amount: $7, how: raised, who: Harbour Bank}; make the pattern narrower`},
	} {
		if !strings.Contains(fundingRule, c.old) {
			t.Fatalf("the rule has no %q", c.old)
		}
		ex, err := New(Options{Rules: ownRules(strings.Replace(fundingRule, c.old, c.new, 1))})
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, e := range ex.CheckRules(true) {
			all = append(all, e.Error())
		}
		if !strings.Contains(strings.Join(all, "\n"), c.want) {
			t.Errorf("%s: got %q, want %s", c.new, all, c.want)
		}
	}
	twice := fundingRule + strings.NewReplacer("funding.raised", "funding.too-wide", "who: institution,", "whom: institution,", "who: Harbour", "whom: Harbour").Replace(fundingRule)
	ex, err := New(Options{Rules: ownRules(twice)})
	if err != nil {
		t.Fatal(err)
	}
	found := ex.CheckRules(true)
	if len(found) != 2 || !strings.Contains(found[0].Error(), "is read differently by funding.too-wide: {amount: $5 million") {
		t.Errorf("two rules that read one example differently: %v", found)
	}
}
