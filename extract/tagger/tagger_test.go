package tagger

import (
	_ "embed"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"dateline/extract/token"
)

func tag(text string) ([]token.Token, []Span) {
	tokens := token.Tokenize(text)
	return tokens, Default().Tag(text, tokens, token.Sentences(text, tokens))
}

func names(text string) string {
	tokens, spans := tag(text)
	var out []string
	for _, s := range spans {
		out = append(out, s.Type.String()+" "+text[tokens[s.First].Start():tokens[s.Last-1].End()])
	}
	return strings.Join(out, "; ")
}

// Names that no list holds must be found by what stands around them.
func TestPlainSentences(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Mr. Ostrevan said the plant would open in May.", "PER Ostrevan"},
		{"The rector, Maria Kvalheim, visited Norway.", "PER Maria Kvalheim; LOC Norway"},
		{"The Ministry of Rural Development signed an agreement with Velmara Holding Co., Ltd. on Monday.", "ORG Ministry of Rural Development; ORG Velmara Holding Co., Ltd."},
		{"Students of the University of Marrow Bay won.", "ORG University of Marrow Bay"},
		{"President Liang Shufen met Anselm Toure in Lisbon.", "PER Liang Shufen; PER Anselm Toure; LOC Lisbon"},
		{"It was a long day and nothing was signed.", ""},
		{"", ""},
	} {
		if got := names(c.text); got != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestDeterminism(t *testing.T) {
	_, want := tag(news)
	var wg sync.WaitGroup
	for range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 5 {
				if _, got := tag(news); !reflect.DeepEqual(got, want) {
					t.Error("the same text got different names")
				}
			}
		}()
	}
	wg.Wait()
}

// Spans are in order, do not overlap, lie in one sentence and hold a capital.
func TestSpansAreValid(t *testing.T) {
	piece := rapid.SampledFrom([]string{"Minister ", "of ", "the ", "University ", "Éva ", "E. ", "al-", "van ", "NATO ", ", ", ". ", "\n", "(", ")", "“", "”", "'s ", "3rd ", "12 ", "&", "-", "–",
		"said ", "Co., Ltd. ", "КАЗ ", "王 ", "\u0301", "a", "Z", "https://a.org ", "\u00a0", "X"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 60).Draw(t, "text"), "")
		tokens := token.Tokenize(text)
		sentences := token.Sentences(text, tokens)
		last, sentence := 0, 0
		for _, s := range Default().Tag(text, tokens, sentences) {
			if s.First < last || s.Last <= s.First || s.Last > len(tokens) {
				t.Fatalf("span %v behind token %d of %d", s, last, len(tokens))
			}
			last = s.Last
			for sentences[sentence].Last <= s.First {
				sentence++
			}
			if s.Last > sentences[sentence].Last {
				t.Fatalf("span %v runs over the end of sentence %v", s, sentences[sentence])
			}
			if s.Type < Person || s.Type > Misc || !(s.Margin > 0) || s.Margin > 1 {
				t.Fatalf("span %v: type or margin out of range", s)
			}
			if words := text[tokens[s.First].Start():tokens[s.Last-1].End()]; strings.ToLower(words) == words && strings.ToUpper(words) == words {
				t.Fatalf("%q holds no letter", words)
			}
		}
	})
}

// Time must grow with the length of the text, whatever the text is.
func TestSlope(t *testing.T) {
	if testing.Short() {
		t.Skip("not tested: growth of time on hostile text")
	}
	var distinct strings.Builder
	for i := range 60000 {
		fmt.Fprintf(&distinct, "N%dx ", i)
	}
	for name, piece := range map[string]string{
		"capitals": "Minister Of The University And ", "of": "A of the of ", "initials": "A. ", "long word": "X", "lines": "A\n", "quotes": "“A ” ", "commas": "A, B, ",
		"marks": "A\u0301\u0301", "upper": "MINISTRY ", "distinct": distinct.String(), "places": "New York New ", "hyphens": "A-", "brackets": "((A))",
	} {
		measure := func(n int) time.Duration {
			text := strings.Repeat(piece, n/len(piece)+1)[:n]
			text = strings.ToValidUTF8(text, "")
			tokens := token.Tokenize(text)
			sentences := token.Sentences(text, tokens)
			best := time.Duration(1 << 62)
			for range 3 {
				start := time.Now()
				Default().Tag(text, tokens, sentences)
				best = min(best, time.Since(start))
			}
			return best
		}
		// A busy machine disturbs a measurement, so a slope has four tries to show.
		var small, large time.Duration
		for try := 0; try < 4 && (try == 0 || large > 8*small); try++ {
			small, large = measure(64<<10), measure(256<<10)
		}
		if large > 10*time.Millisecond && large > 8*small {
			t.Errorf("%s: %v for 64 KB, %v for 256 KB", name, small, large)
		}
	}
}

func TestDecodeRejectsDamage(t *testing.T) {
	for name, file := range map[string][]byte{"empty": nil, "cut": embedded[:len(embedded)-1], "wrong magic": append([]byte("x"), embedded...), "short": embedded[:100]} {
		if _, err := Decode(file); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	damaged := append([]byte(nil), embedded...)
	damaged[5000] ^= 1
	if _, err := Decode(damaged); err == nil {
		t.Error("a bitmap that does not fit the rows must be an error")
	}
}

//go:embed testdata/news.txt
var news string

func BenchmarkTag(b *testing.B) {
	text := strings.Repeat(news, 20)
	tokens := token.Tokenize(text)
	sentences := token.Sentences(text, tokens)
	m := Default()
	m.Tag(text, tokens, sentences) // loads the lists
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		m.Tag(text, tokens, sentences)
	}
}

func BenchmarkDecode(b *testing.B) {
	for b.Loop() {
		if _, err := Decode(embedded); err != nil {
			b.Fatal(err)
		}
	}
}
