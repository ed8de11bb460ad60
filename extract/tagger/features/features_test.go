package features

import (
	"strings"
	"testing"

	"dateline/extract/token"
)

func prepare(text string) (*Doc, []token.Token) {
	d := new(Doc)
	tokens := token.Tokenize(text)
	d.Prepare(text, tokens, token.Sentences(text, tokens))
	return d, tokens
}

// A chunk must hold a whole name with the small words in it, and nothing else.
func TestChunks(t *testing.T) {
	for text, want := range map[string]string{
		"The plant opened.":                            "",
		"He met Ana de la Vega in Lima.":               "Ana de la Vega in Lima",
		"the Ministry of Trade and the Arts said so":   "Ministry of Trade and the Arts",
		"a visit by van der Berg to Area 51 was short": "van der Berg to Area 51",
		"pupils of the 3rd City Hospital (TCH) came":   "3rd City Hospital|TCH",
		"nothing here": "",
		"It rained. The Hague did not mind, said no one": "The Hague",
	} {
		d, tokens := prepare(text)
		var got []string
		for _, c := range d.Chunks {
			got = append(got, text[tokens[c.First].Start():tokens[c.Last-1].End()])
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: chunks %q, want %q", text, got, want)
		}
	}
}

// A long line of capitals must not become one chunk, or the decoder's memory would grow with it.
func TestChunksAreBounded(t *testing.T) {
	d, _ := prepare(strings.Repeat("Word ", 3000))
	if len(d.Chunks) < 3000/maxChunk {
		t.Errorf("%d chunks", len(d.Chunks))
	}
	next := 0
	for _, c := range d.Chunks {
		if c.First < next || c.Last-c.First > maxChunk+maxLink || c.Last <= c.First {
			t.Fatalf("chunk %v behind token %d", c, next)
		}
		next = c.Last
	}
}

func TestModes(t *testing.T) {
	for text, want := range map[string]mode{
		"The rector met the minister in the hall.": modeNormal,
		"RECTOR MEETS MINISTER IN HALL":            modeUpper,
		"Rector Meets Minister in the New Hall":    modeTitle,
	} {
		d, _ := prepare(text)
		if d.modes[0] != want {
			t.Errorf("%q: mode %d, want %d", text, d.modes[0], want)
		}
	}
}

// The number of word features is what training may leave out; it must be what Of puts first.
func TestFeatureNumbers(t *testing.T) {
	d, _ := prepare("Minister Ana Vega met Bo Li.")
	d.Begin(0)
	c := d.Chunks[0]
	count := -1
	for i := c.First; i < c.Last; i++ {
		numbers := d.Of(nil, i)
		if count >= 0 && len(numbers) != count {
			t.Errorf("token %d has %d features, the one before %d", i, len(numbers), count)
		}
		count = len(numbers)
		for _, n := range numbers {
			if n >= 1<<Log {
				t.Errorf("feature number %d is out of range", n)
			}
		}
	}
	// Lanes of 16 bits hold the sum of at most 257 weights of a byte.
	if count <= Lexical || count > 257 {
		t.Errorf("%d features", count)
	}
}

func TestClasses(t *testing.T) {
	for word, want := range map[string]Class{"Mr.": Honorific, "Rector": Title, "UNIVERSITY": Institution, "Ltd.": Legal, "S.A.": Legal, "of": Joint, "qwrt": 0} {
		if got := ClassOf(word); got&want != want || want == 0 && got != 0 {
			t.Errorf("ClassOf(%q) = %b, want %b in it", word, got, want)
		}
	}
}
