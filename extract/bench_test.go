package extract

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/jdkato/prose/v2"

	"dateline/ingest/document"
)

// benchmarkDocuments are the plain texts of the open half of the sample corpus, as documents.
func benchmarkDocuments(b *testing.B) (docs []document.Document, size int) {
	b.Helper()
	texts := lookTexts(b)
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		docs = append(docs, document.Document{Source: name, Language: "en", Text: texts[name],
			Published: document.Published{Value: "2024-05-20", From: "flag"}})
		size += len(texts[name])
	}
	return docs, size
}

// BenchmarkExtract reads the sample corpus on one core. Its MB/s are megabytes of text.
func BenchmarkExtract(b *testing.B) {
	docs, size := benchmarkDocuments(b)
	extractor := Default()
	for _, doc := range docs { // lexicons, tagger and the part-of-speech model are loaded when first needed
		extractor.Read(doc)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	facts := 0
	for b.Loop() {
		facts = 0
		for _, doc := range docs {
			facts += len(extractor.Read(doc).Facts)
		}
	}
	b.ReportMetric(float64(facts), "facts")
}

// BenchmarkExtractLong reads the same texts as one document.
func BenchmarkExtractLong(b *testing.B) {
	docs, _ := benchmarkDocuments(b)
	var all strings.Builder
	for _, doc := range docs {
		all.WriteString(doc.Text + "\n\n")
	}
	doc := document.Document{Source: "all.txt", Language: "en", Text: all.String()}
	extractor := Default()
	extractor.Read(doc)
	b.SetBytes(int64(len(doc.Text)))
	b.ReportAllocs()
	for b.Loop() {
		extractor.Read(doc)
	}
}

// BenchmarkProse reads the same texts with prose and its named entities: the reference that the
// speed of BenchmarkExtract is compared with, in the same run on the same machine.
func BenchmarkProse(b *testing.B) {
	docs, _ := benchmarkDocuments(b)
	docs = docs[:5] // all of them take seconds
	warm, err := prose.NewDocument("")
	if err != nil {
		b.Fatal(err)
	}
	size := 0
	for _, doc := range docs {
		size += len(doc.Text)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for _, doc := range docs {
			parsed, err := prose.NewDocument(doc.Text, prose.UsingModel(warm.Model)) // without, it would load the model for each text
			if err != nil {
				b.Fatal(err)
			}
			parsed.Entities()
		}
	}
}
