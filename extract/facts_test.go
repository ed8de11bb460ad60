package extract_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"dateline/extract"
	"dateline/extract/eval"
	"dateline/extract/token"
	"dateline/ingest"
	"dateline/ingest/document"
)

// readFile reads one input as the program does.
func readFile(t testing.TB, name string) []document.Document {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	docs, err := ingest.Read(ingest.Raw{Source: filepath.Base(name), Bytes: data}, ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

// seedFiles are the acceptance texts; the test is skipped, loudly, where they are not.
func seedFiles(t testing.TB) []string {
	t.Helper()
	shared := os.Getenv("DATELINE_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "shared")
	}
	names, err := filepath.Glob(filepath.Join(shared, "seeds", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if len(names) == 0 {
		t.Skipf("NOT TESTED on the seeds: there are none in %s; set DATELINE_SHARED to their folder", shared)
	}
	return names
}

// lookFiles are the texts of the open half of the sample corpus.
func lookFiles(t testing.TB) []string {
	t.Helper()
	var names []string
	for _, pattern := range []string{"*.txt", "*.html"} {
		found, err := filepath.Glob(filepath.Join("..", "testdata", "releases", "look", pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range found {
			if !strings.HasSuffix(name, ".about.txt") {
				names = append(names, name)
			}
		}
	}
	if len(names) < 16 {
		t.Fatalf("only %d texts in testdata/releases/look", len(names))
	}
	return names
}

func exchangeSchema(t *testing.T) *eval.Schema {
	t.Helper()
	data, err := os.ReadFile("exchange.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	schema, err := eval.ParseSchema(data)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// exchangeLine is what extract prints for a document.
func exchangeLine(t testing.TB, doc document.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := extract.WriteLine(&b, doc, extract.Facts(doc)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestFactsOfTheSeeds holds the lines of the acceptance texts against the schema, the rules that
// no schema can hold, and the text that they cite.
func TestFactsOfTheSeeds(t *testing.T) { checkLines(t, seedFiles(t), 8) }

// TestFactsOfTheSampleCorpus does the same for the open half of the sample corpus.
func TestFactsOfTheSampleCorpus(t *testing.T) { checkLines(t, lookFiles(t), 4) }

// checkLines wants at least some facts of every text, so that no test passes on nothing.
func checkLines(t *testing.T, names []string, least int) {
	schema := exchangeSchema(t)
	for _, name := range names {
		for _, doc := range readFile(t, name) {
			line := exchangeLine(t, doc)
			for _, fault := range schema.Validate(line) {
				t.Errorf("%s: schema: %s", doc.Source, fault)
			}
			for _, fault := range eval.CheckLine(line) {
				t.Errorf("%s: %s", doc.Source, fault)
			}
			if n := checkCodePoints(t, doc.Source, line); n < least {
				t.Errorf("%s: only %d citations were checked, want at least %d", doc.Source, n, least)
			}
		}
	}
}

// checkCodePoints reads a line back as another program does, cuts every citation out of the
// text by code points, and returns how many it compared.
func checkCodePoints(t errorer, source string, line []byte) int {
	var parsed struct {
		Document struct{ Text string }
		Facts    []struct {
			Kind      string
			Citations []struct {
				Start, End int
				Quote      string
			}
		}
	}
	if err := json.Unmarshal(line, &parsed); err != nil {
		t.Errorf("%s: %v", source, err)
		return 0
	}
	text := []rune(parsed.Document.Text)
	n := 0
	for i, f := range parsed.Facts {
		if len(f.Citations) == 0 {
			t.Errorf("%s: facts[%d] (%s) has no citation", source, i, f.Kind)
		}
		for _, c := range f.Citations {
			n++
			if c.Start < 0 || c.End > len(text) || c.Start >= c.End {
				t.Errorf("%s: facts[%d] (%s): %d–%d is not a place in a text of %d code points", source, i, f.Kind, c.Start, c.End, len(text))
			} else if got := string(text[c.Start:c.End]); got != c.Quote {
				t.Errorf("%s: facts[%d] (%s): %d–%d is %q, not %q", source, i, f.Kind, c.Start, c.End, got, c.Quote)
			}
		}
	}
	return n
}

// errorer is what *testing.T and *rapid.T share here.
type errorer interface {
	Errorf(format string, args ...any)
}

// TestFactsDoNotDependOnWorkersOrOrder reads all texts with 1, 2 and 8 workers that share one
// extractor, in shuffled orders, and compares every line with the first.
func TestFactsDoNotDependOnWorkersOrOrder(t *testing.T) {
	names := lookFiles(t)
	t.Run("seeds", func(t *testing.T) { names = append(names, seedFiles(t)...) })
	var docs []document.Document
	for _, name := range names {
		docs = append(docs, readFile(t, name)...)
	}
	want := map[string]string{}
	for _, doc := range docs {
		want[doc.Source] = string(exchangeLine(t, doc))
	}
	random := rand.New(rand.NewSource(1))
	for _, workers := range []int{1, 2, 8} {
		order := append([]document.Document(nil), docs...)
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		todo := make(chan document.Document)
		var wait sync.WaitGroup
		for range workers {
			wait.Go(func() {
				for doc := range todo {
					var b bytes.Buffer
					if err := extract.WriteLine(&b, doc, extract.Facts(doc)); err != nil {
						t.Error(err)
					} else if b.String() != want[doc.Source] {
						t.Errorf("%d workers: %s gives another line", workers, doc.Source)
					}
				}
			})
		}
		for _, doc := range order {
			todo <- doc
		}
		close(todo)
		wait.Wait()
	}
}

// The parts of random documents. Every list holds what has broken programs that count characters:
// scripts without case, letters with and without combining marks, emoji of several code points,
// text from right to left, invisible characters.
var (
	randomPeople = []string{"Anna Keller", "Jose\u0301 Nu\u0301n\u0303ez", "José Núñez", "Łukasz Żółć", "王小明", "Ольга Петрова", "محمد علي", "דוד לוי",
		"김민수", "Nguyễn Văn Ánh", "O’Brien-Śmith", "J. K. Öztürk", "İbrahim Çelik", "𝔸𝕝𝕒𝕟 𝔹", "A\u030angstro\u0308m Lie", "Zoë 👩\u200d🔬 Lund"}
	randomBodies = []string{"University of Lund", "Université de Nîmes", "Ministry of Health", "Łódź Technical University", "Institut für Schöne Künste",
		"Co\u0301rdoba Nueva University", "清华大学", "جامعة القاهرة", "Alpha Co., Ltd.", "Bank of São Tomé (BST)", "Yıldız Institute", "Faculty of Law"}
	randomPosts  = []string{"rector", "director", "Minister of Education", "deputy head", "Vice-Rector for Academic Affairs", "chief executive"}
	randomDates  = []string{"3 May 2024", "May 18", "yesterday", "the end of 2025", "from 24 to 25 June", "１２ May 2024", "Monday", "2023-08-01"}
	randomPlaces = []string{"Łódź", "São Paulo", "北京", "Zürich", "القاهرة", "Paris"}
	randomNoise  = []string{"", " ", "👩\u200d🔬", "🇫🇷🇰🇿", "e\u0301\u0323", "\u202eabc\u202c", "\u200b", "\u00ad", "\ufeff", "שלום", "\u1112\u1161\u11ab", "“", "” ", "(", ")", "—", "\u00a0", "…", "ﬁ", "ß", "🏳\ufe0f\u200d🌈", "\U000e0067"}
	randomShapes = []string{
		"%[1]s, %[3]s of %[2]s, spoke on %[4]s.",
		"On %[4]s, %[2]s signed an agreement with %[5]s in %[6]s.",
		"%[6]s, %[4]s – %[2]s and %[5]s signed a memorandum of understanding on the training of nurses.",
		"“We will see,” said %[3]s %[1]s of %[2]s.",
		"%[3]s %[1]s and Mr. %[7]s met at %[2]s %[4]s.",
		"The agreement was signed by %[1]s and %[7]s on behalf of %[2]s and %[5]s.",
		"%[2]s (ABC) opened on %[4]s; ABC is led by Prof. %[1]s.",
		"%[1]s was appointed %[3]s of %[2]s, which is part of %[5]s.",
	}
)

// randomText draws a document: sentences of the shapes above with noise between and inside.
func randomText(t *rapid.T) string {
	pick := func(from []string) string { return rapid.SampledFrom(from).Draw(t, "part") }
	var b strings.Builder
	for range rapid.IntRange(1, 8).Draw(t, "sentences") {
		fmt.Fprintf(&b, pick(randomShapes), pick(randomPeople), pick(randomBodies), pick(randomPosts), pick(randomDates),
			pick(randomBodies), pick(randomPlaces), pick(randomPeople))
		b.WriteString(pick([]string{" ", "\n", "", "\n\n", " \u00a0"}))
		b.WriteString(pick(randomNoise))
	}
	text := b.String()
	// Noise at random places, also inside names: between any two code points.
	for range rapid.IntRange(0, 6).Draw(t, "insertions") {
		at := rapid.IntRange(0, utf8.RuneCountInString(text)).Draw(t, "place")
		runes := []rune(text)
		text = string(runes[:at]) + pick(randomNoise) + string(runes[at:])
	}
	if rapid.Bool().Draw(t, "anything") {
		text += strings.ReplaceAll(rapid.StringN(0, 40, -1).Draw(t, "tail"), "\x00", "")
	}
	return text
}

// TestCitationsHoldOnRandomDocuments is the property behind everything else: whatever the text,
// every citation is a place in it, on the borders of characters, and its quote is the text there,
// in bytes inside and in code points outside.
func TestCitationsHoldOnRandomDocuments(t *testing.T) {
	cited := 0
	rapid.Check(t, func(t *rapid.T) {
		doc := document.Document{Source: "random.txt", Language: "en", Text: randomText(t),
			Published: document.Published{Value: "2024-05-20", From: "flag"}}
		if rapid.Bool().Draw(t, "cleaned") {
			docs, err := ingest.Read(ingest.Raw{Source: "random.txt", Bytes: []byte(doc.Text)}, ingest.Options{})
			if err != nil {
				return // refused with a reason, such as a text without a word
			}
			doc = docs[0]
			doc.Language = "en"
		}
		facts := extract.Facts(doc)
		for _, f := range facts {
			if len(f.Citations) == 0 {
				t.Errorf("%s fact of %q without a citation", f.Kind, doc.Text)
			}
			last := token.Span{Start: -1}
			for _, c := range f.Citations {
				if c.Start < 0 || c.End > len(doc.Text) || c.Start >= c.End || doc.Text[c.Start:c.End] != c.Quote {
					t.Fatalf("%s fact: bytes %d–%d of %q are not %q", f.Kind, c.Start, c.End, doc.Text, c.Quote)
				}
				if !utf8.ValidString(c.Quote) {
					t.Errorf("%s fact: %q cuts a character of %q", f.Kind, c.Quote, doc.Text)
				}
				if c.Start < last.Start {
					t.Errorf("%s fact: citations of %q are not in text order", f.Kind, doc.Text)
				}
				last = c.Span
				// The span in code points, turned back into bytes, is the span.
				index := extract.NewRuneIndex(doc.Text)
				runes := []rune(doc.Text)
				if start := len(string(runes[:index.At(c.Start)])); start != c.Start {
					t.Errorf("byte %d of %q comes back as %d", c.Start, doc.Text, start)
				}
				cited++
			}
		}
		var b bytes.Buffer
		if err := extract.WriteLine(&b, doc, facts); err != nil {
			t.Fatal(err)
		}
		checkCodePoints(t, doc.Source, b.Bytes())
	})
	if cited < 100 {
		t.Errorf("only %d citations were checked: the documents hold nothing to cite", cited)
	}
}
