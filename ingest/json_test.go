package ingest

import (
	"strings"
	"testing"
)

func TestJSONLines(t *testing.T) {
	file := `{"source":"https://lake.example/1","title":"Fund pays","published":"2024-05-18T10:00:00Z","text":"` + paragraph + `"}
{"text":"` + paragraph + ` It is a second record."}

{"broken":
{"title":"no text"}
[1,2]
{"text":7}
{"source":"https://lake.example/2","published":"one day","html":"<html><body><h1>Fund pays</h1><p>` + paragraph + `</p></body></html>"}`
	docs, err := Read(Raw{Source: "in/a.jsonl", Bytes: []byte(file)}, Options{})
	if len(docs) != 3 {
		t.Fatalf("%d documents, %v", len(docs), err)
	}
	for _, d := range docs {
		checkDocument(t, d)
	}
	if d := docs[0]; d.Source != "https://lake.example/1" || d.Title != "Fund pays" || d.Published.Value != "2024-05-18" || d.Published.From != "jsonl" {
		t.Errorf("first: %+v", d)
	}
	if d := docs[1]; d.Source != "in/a.jsonl#2" || d.Published.Value != "" {
		t.Errorf("second: %+v", d)
	}
	if d := docs[2]; d.Source != "https://lake.example/2" || d.Title != "Fund pays" || len(d.Warnings) != 1 || !strings.Contains(d.Warnings[0], "one day") {
		t.Errorf("third: %+v", d)
	}
	refusals := Refusals(err)
	if len(refusals) != 4 {
		t.Fatalf("%d refusals: %v", len(refusals), err)
	}
	for i, want := range []string{"in/a.jsonl:4: the line is not valid JSON", "in/a.jsonl:5: the object has neither", "in/a.jsonl:6: the line is not a JSON object but a array", `in/a.jsonl:7: the field "text" is not a string but a number`} {
		if !strings.HasPrefix(refusals[i].Error(), want) {
			t.Errorf("refusal %q, want %q", refusals[i].Error(), want)
		}
	}
}

func TestJSONForms(t *testing.T) {
	one := `{"source":"s","text":"` + paragraph + `"}`
	for name, c := range map[string]struct {
		source, media, body string
		want                int
	}{
		"one object":       {"a.json", "", one, 1},
		"indented object":  {"a.json", "", "{\n  \"source\": \"s\",\n  \"text\": \"" + paragraph + "\"\n}\n", 1},
		"array":            {"a.json", "", "[\n" + one + ",\n" + one + "]", 2},
		"no extension":     {"a", "", one + "\n" + one, 2},
		"text extension":   {"a.txt", "", one + "\n" + one, 2},
		"media type":       {"https://x.example/feed", "application/jsonl; charset=utf-8", one, 1},
		"byte order mark":  {"a.jsonl", "", "\ufeff" + one, 1},
		"Windows line end": {"a.jsonl", "", one + "\r\n" + one + "\r\n", 2},
	} {
		docs, err := Read(Raw{Source: c.source, MediaType: c.media, Bytes: []byte(c.body)}, Options{})
		if err != nil || len(docs) != c.want {
			t.Errorf("%s: %d documents, %v; want %d", name, len(docs), err, c.want)
		}
	}
	// A text that only begins with a brace is a text.
	docs, err := Read(Raw{Source: "a.txt", Bytes: []byte("{sic} " + paragraph)}, Options{})
	if err != nil || len(docs) != 1 || !strings.HasPrefix(docs[0].Text, "{sic}") {
		t.Errorf("%v, %v", docs, err)
	}
}

// TestLineReadsTheSameAlone holds what re-extraction rests on: a line that was stored by itself gives
// the document that it gave inside its file.
func TestLineReadsTheSameAlone(t *testing.T) {
	line := `{"text":"` + paragraph + `","published":"2024-05-18"}`
	whole, err := Read(Raw{Source: "a.jsonl", Bytes: []byte(line + "\n" + line)}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	alone, err := Read(Raw{Source: "a.jsonl#2", MediaType: MediaTypeJSONLine, Bytes: []byte(line)}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if a, b := marked(alone[0]), marked(whole[1]); a != b || alone[0].Source != whole[1].Source || alone[0].RawHash != whole[1].RawHash || alone[0].RawHash != Hash([]byte(line)) {
		t.Errorf("alone:\n%s\nin its file:\n%s", a, b)
	}
	// A line that named its source is stored under that name, which holds no line number.
	named := `{"source":"https://lake.example/1","text":"` + paragraph + `"}`
	docs, err := Read(Raw{Source: "https://lake.example/1", MediaType: MediaTypeJSONLine, Bytes: []byte(named)}, Options{})
	if err != nil || len(docs) != 1 || docs[0].Source != "https://lake.example/1" || docs[0].RawHash != Hash([]byte(named)) {
		t.Errorf("%+v, %v", docs, err)
	}
}
