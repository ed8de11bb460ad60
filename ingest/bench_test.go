package ingest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func BenchmarkReadText(b *testing.B) {
	text := []byte("Fund pays for boats\n\nKIRKHOLM, May 3, 2024 (Lake News) – " + strings.Repeat(paragraph+"\n\n", 20) + "CONTACTS\n\npress@lake.example\n")
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := Read(Raw{Source: "a.txt", Bytes: text}, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadPages(b *testing.B) {
	files, err := filepath.Glob("testdata/pages/*.html")
	if err != nil || len(files) == 0 {
		b.Fatal("no pages", err)
	}
	var pages [][]byte
	size := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		pages = append(pages, data)
		size += len(data)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for i, data := range pages {
			if _, err := Read(Raw{Source: files[i], Bytes: data}, Options{}); err != nil {
				b.Fatal(err)
			}
		}
	}
}
