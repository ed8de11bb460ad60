package dates

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"dateline/extract/token"

	"pgregory.net/rapid"
)

// pieces are what date expressions are made of, and what they are mistaken for.
var pieces = strings.Fields("May 18 , 2024 the of 3rd from to between and – - / . : 2024/25 Monday Friday, last next this week year month Q3 first half summer Sept. early mid- end by at 10 a.m. 10:30 every Christmas Easter once nineteen ninety-nine two thousand days before after same period weekend the second week yesterday today 1990s 21st century ago two years later (2013) 05/06/2024 2024-05-18 ; \n in on every annually , 5,2024 18-May-2024 №5 é “ ” 31 February 29 FY24 weekend quarter Mon. Dec. 00 9999 99999999999999999999")

func assertSound(t interface{ Fatalf(string, ...any) }, text string, ctx Context) {
	tokens := token.Tokenize(text)
	sentences := token.Sentences(text, tokens)
	got, refused := Find(text, tokens, sentences, ctx)
	if again, refusedAgain := Find(text, tokens, sentences, ctx); !reflect.DeepEqual(got, again) || !reflect.DeepEqual(refused, refusedAgain) {
		t.Fatalf("two runs differ on %q", text)
	}
	at, s := 0, 0
	for _, m := range got {
		if m.Start < at || m.End <= m.Start || m.End > len(text) {
			t.Fatalf("%q: span %v overlaps or is empty", text, m.Span)
		}
		at = m.End
		if !utf8.ValidString(m.Of(text)) || strings.TrimSpace(m.Of(text)) != m.Of(text) {
			t.Fatalf("%q: extent %q", text, m.Of(text))
		}
		for s < len(sentences) && sentences[s].End < m.End {
			s++
		}
		if s == len(sentences) || !sentences[s].Contains(m.Span) {
			t.Fatalf("%q: %q is in no one sentence", text, m.Of(text))
		}
		if m.Rule == "" || m.Value == "" {
			t.Fatalf("%q: no value or rule: %+v", text, m)
		}
		if (m.Type == TypeDate || m.Type == TypeTime) && !grammatical(m.Value) {
			t.Fatalf("%q: value %q of %q is not in the grammar", text, m.Value, m.Of(text))
		}
		if (m.Anchor == "") != (m.AnchorFrom == "") {
			t.Fatalf("%q: half a receipt: %+v", text, m)
		}
	}
	at, k := 0, 0
	for _, f := range refused {
		if f.Start < at || f.End <= f.Start || f.End > len(text) {
			t.Fatalf("%q: refusal %v overlaps or is empty", text, f.Span)
		}
		at = f.End
		for k < len(got) && got[k].End <= f.Start {
			k++
		}
		if k < len(got) && got[k].Overlaps(f.Span) {
			t.Fatalf("%q: %q is found and refused", text, f.Of(text))
		}
		if f.Reason == "" || f.Rule == "" {
			t.Fatalf("%q: no reason or rule: %+v", text, f)
		}
	}
}

// grammatical checks a value against the grammar of points and intervals.
func grammatical(value string) bool {
	for _, p := range strings.Split(value, "/") {
		date, clock, timed := strings.Cut(p, "T")
		if timed && (len(clock) != 5 || clock[2] != ':') {
			return false
		}
		if len(date) < 4 || strings.Trim(date[:4], "0123456789X") != "" {
			return false
		}
		rest := date[4:]
		shape := strings.Map(func(r rune) rune {
			if '0' <= r && r <= '9' {
				return '0'
			}
			return r
		}, rest)
		switch shape {
		case "", "-00", "-00-00", "-XX-00", "-00-XX", "-XX-XX", "-Q0", "-W00", "-SP", "-SU", "-FA", "-WI":
		default:
			return false
		}
	}
	return strings.Count(value, "/") <= 1
}

func TestSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 40).Draw(t, "words")
		glue := rapid.SampledFrom([]string{" ", "", " ", "\u00a0"}).Draw(t, "glue")
		published := rapid.SampledFrom([]string{"", "2024-05-18", "XXXX-02-26", "2024", "2024-02-29T10:30", "nonsense"}).Draw(t, "published")
		assertSound(t, strings.Join(words, glue), Context{Published: published})
	})
}

func FuzzFind(f *testing.F) {
	f.Add("LIMA, March 4, 2024 /Wire/ -- From the 2nd to the 3rd of May, 10:30–12:00.", "2024-05-18")
	f.Add("99999999999-99/9.9,9th of 18-May-2024 Sept. 3–Oct. 4, 2023", "")
	f.Add(strings.Join(pieces, " "), "XXXX-02-26")
	f.Fuzz(func(t *testing.T, text, published string) {
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			t.Skip("documents are valid UTF-8 without NUL")
		}
		assertSound(t, text, Context{Published: published})
	})
}
