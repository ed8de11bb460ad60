package ingest

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// FuzzRead holds for any bytes under any name: no panic, documents that keep their promises or refusals
// that are whole, the same answer twice, and the given bytes untouched.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"", "a.txt", "a.html", "a.jsonl"} {
		f.Add([]byte("Fund pays\n\nKIRKHOLM, May 3, 2024 – "+paragraph+" [Photo by A]\nCONTACTS\n+47 555 01 22"), name)
		f.Add([]byte(`{"text":"a b c","published":"2024-05-18"}`+"\n{"), name)
		f.Add([]byte("<html><body><article><h1>A b</h1><p>c<br>d<table><tr><td>e<td>f</table>"), name)
		f.Add([]byte("\xff\xfea\x00b\x00"), name)
		f.Add([]byte("\xcf\xf0\xe8\xe2\xe5\xf2"), name)
	}
	pages, _ := filepath.Glob("testdata/pages/*.html")
	for _, file := range pages {
		if data, err := os.ReadFile(file); err == nil {
			f.Add(data, "a.html")
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, name string) {
		given := bytes.Clone(data)
		docs, err := Read(Raw{Source: name, Bytes: data}, Options{})
		if !bytes.Equal(given, data) {
			t.Fatal("the raw bytes were changed")
		}
		if len(docs) == 0 && err == nil {
			t.Fatal("neither a document nor an error")
		}
		if err != nil && len(Refusals(err)) == 0 {
			t.Fatalf("%v is no refusal", err)
		}
		for _, r := range Refusals(err) {
			if r.Reason == "" || r.Advice == "" {
				t.Fatalf("%+v is not whole", r)
			}
		}
		again, _ := Read(Raw{Source: name, Bytes: data}, Options{})
		for i, d := range docs {
			checkDocument(t, d)
			checkClean(t, d.Text)
			if marked(again[i]) != marked(d) {
				t.Fatalf("read twice, %q gives two documents", data)
			}
		}
	})
}
