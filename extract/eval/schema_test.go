package eval

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func exchangeSchema(t testing.TB) *Schema {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "exchange.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := ParseSchema(data)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// goodLine is a line with a fact of every kind and one of a kind of its own.
const goodLine = `{"document": {"id": "sha256:` + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" + `", "source": "doc.txt", "title": null, "published": null,
  "language": "en", "text": "Ida Holm, head of Nordvik College (NC), concluded a memorandum in 2021.", "added": true},
 "facts": [
 {"id": "a", "kind": "date", "type": "date", "value": "2021", "mod": "", "rule": "r", "confidence": 1, "citations": [{"start": 66, "end": 70, "quote": "2021"}]},
 {"id": "b", "kind": "person", "name": "Ida Holm", "aliases": [], "rule": "r", "confidence": 0.5, "citations": [{"start": 0, "end": 8, "quote": "Ida Holm"}]},
 {"id": "c", "kind": "institution", "name": "Nordvik College", "aliases": ["NC"], "parent": null, "rule": "r", "confidence": 1, "citations": [{"start": 18, "end": 33, "quote": "Nordvik College"}]},
 {"id": "d", "kind": "title", "person": "Ida Holm", "title": "head", "institution": "Nordvik College", "when": "current", "rule": "r", "confidence": 1, "citations": [{"start": 0, "end": 14, "quote": "Ida Holm, head"}]},
 {"id": "e", "kind": "agreement", "type": "memorandum", "status": "signed", "parties": ["Nordvik College"], "signatories": [], "date": "2021", "place": null, "subject": null, "rule": "r", "confidence": 1, "citations": [{"start": 40, "end": 62, "quote": "concluded a memorandum"}]},
 {"id": "f", "kind": "visit", "rule": "r", "confidence": 1, "citations": [{"start": 0, "end": 3, "quote": "Ida"}]}]}`

func TestExchangeSchema(t *testing.T) {
	s := exchangeSchema(t)
	if found := s.Validate([]byte(goodLine)); len(found) > 0 {
		t.Fatalf("a good line breaks the schema: %q", found)
	}
	for _, test := range []struct{ old, new, want string }{
		{`"id": "sha256:0`, `"id": "md5:0`, "line.document.id"},
		{`"published": null`, `"published": "May 2024"`, "line.document.published"},
		{`"source": "doc.txt", `, ``, `line.document: lacks "source"`},
		{`College (NC)`, `College \u0000 (NC)`, "line.document.text"},
		{`"value": "2021"`, `"value": "21"`, "line.facts[0].value"},
		{`"mod": ""`, `"mod": "start"`, "line.facts[0].mod"},
		{`"mod": ""`, `"mod": null`, "line.facts[0].mod"},
		{`"start": 66`, `"start": -1`, "line.facts[0].citations[0].start"},
		{`"start": 66`, `"start": 66.0`, "line.facts[0].citations[0].start"},
		{`"confidence": 0.5`, `"confidence": 1.5`, "line.facts[1].confidence"},
		{`"aliases": []`, `"aliases": null`, "line.facts[1].aliases"},
		{`"aliases": ["NC"]`, `"aliases": [" "]`, "line.facts[2].aliases[0]"},
		{`"parent": null`, `"parent": ""`, "line.facts[2].parent"},
		{`"parent": null, `, ``, `line.facts[2]: lacks "parent"`},
		{`"when": "current"`, `"when": "now"`, "line.facts[3].when"},
		{`"status": "signed"`, `"status": "done"`, "line.facts[4].status"},
		{`"signatories": []`, `"signatories": "none"`, "line.facts[4].signatories"},
		{`[{"start": 0, "end": 3, "quote": "Ida"}]`, `[]`, "line.facts[5].citations"},
		{`"id": "f", `, ``, `line.facts[5]: lacks "id"`},
	} {
		broken := strings.Replace(goodLine, test.old, test.new, 1)
		if broken == goodLine {
			t.Fatalf("%s is not in the line", test.old)
		}
		if found := strings.Join(s.Validate([]byte(broken)), "\n"); !strings.Contains(found, test.want) {
			t.Errorf("%s instead of %s: want %q, have %q", test.new, test.old, test.want, found)
		}
	}
}

func TestParseSchemaRefusesWhatItCannotHold(t *testing.T) {
	for _, bad := range []string{`[]`, `{"uniqueItems": true}`, `{"items": {"oneOf": []}}`, `{"$ref": "#/$defs/x"}`, `{"pattern": "("}`, `{"properties": {"a": 3}}`, `{`} {
		if _, err := ParseSchema([]byte(bad)); err == nil {
			t.Errorf("%s is taken for a schema that can be held", bad)
		}
	}
}

func TestCheckLine(t *testing.T) {
	if found := CheckLine([]byte(goodLine)); len(found) > 0 {
		t.Fatalf("a good line is refused: %q", found)
	}
	for _, test := range []struct{ old, new, want string }{
		{`"start": 66`, `"start": 65`, "facts[0] (date): citation 0"},
		{`"name": "Ida Holm"`, `"name": "Raj Patel"`, "facts[1] (person): no quote holds"},
		{`"id": "b"`, `"id": "a"`, `facts[1]: has the id "a" of facts[0]`},
		{`"kind": "visit"`, `"kind": "person", "name": "Ida"`, "facts[5] (person): stands after facts[4] (agreement"},
		{`"parties": ["Nordvik College"]`, `"parties": ["NC"]`, `facts[4] (agreement): refers to "NC"`},
		{`"text": "`, `"texts": "`, "document.text is missing"},
		{`College (NC)`, `College\u0000(NC)`, "holds a NUL"},
	} {
		broken := strings.Replace(goodLine, test.old, test.new, 1)
		if broken == goodLine {
			t.Fatalf("%s is not in the line", test.old)
		}
		if found := strings.Join(CheckLine([]byte(broken)), "\n"); !strings.Contains(found, test.want) {
			t.Errorf("%s instead of %s: want %q, have %q", test.new, test.old, test.want, found)
		}
	}
}
