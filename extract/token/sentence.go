package token

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentence is a run of tokens; First and Last are indexes into the token list, Last exclusive.
type Sentence struct {
	Span
	First, Last int
}

//go:embed starters.txt
var starterLines string

// starters are words that, capitalised behind an abbreviation, begin a new sentence.
var starters = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(starterLines) {
		m[w] = true
	}
	return m
}()

// Sentences groups the tokens of text into sentences. A line break always ends a sentence.
// Every token is in exactly one sentence. Time is linear.
func Sentences(text string, tokens []Token) []Sentence {
	var out []Sentence
	first := 0
	emit := func(last int) {
		if last > first {
			out = append(out, Sentence{Span{tokens[first].Start(), tokens[last-1].End()}, first, last})
			first = last
		}
	}
	for i := range tokens {
		if i > first && tokens[i].Is(LineStart) {
			emit(i)
		}
		if end, ok := boundary(text, tokens, i); ok && end > first {
			emit(end)
		}
	}
	emit(len(tokens))
	return out
}

// boundary reports whether a sentence ends with token i, and the index after its last
// token, which takes in closing quotes and brackets.
func boundary(text string, tokens []Token, i int) (int, bool) {
	t := tokens[i]
	word := t.Of(text)
	full := false
	switch {
	case t.Kind == Punct && (word == "!" || word == "?" || word == "。" || word == "！" || word == "？"):
	case t.Kind == Punct && (word == "." || word == "…"):
		full = true
	case t.Is(Abbrev):
		return i + 1, abbreviationEnds(text, tokens, i)
	default:
		return 0, false
	}
	end := i + 1
	if end < len(tokens) && !tokens[end].Is(SpaceBefore) && tokens[end].Kind == Punct && strings.Contains(".!?…", tokens[end].Of(text)) {
		return 0, false // of a run of marks the last one decides, so that the run is read once
	}
	for end < len(tokens) && end < i+12 && !tokens[end].Is(SpaceBefore) && tokens[end].Kind != Word && tokens[end].Kind != Number && strings.ContainsAny(tokens[end].Of(text), ".!?…)]}»”’\"'*") {
		end++
	}
	if end >= len(tokens) || tokens[end].Is(LineStart) {
		return end, true
	}
	next := tokens[end]
	if !next.Is(SpaceBefore) {
		// "word.Next" without a space: a lost space in a scraped text, but only behind a
		// long lower-case word; otherwise it may be "Node.js" or "9.Name".
		return end, full && end == i+1 && i > 0 && next.Is(Capital) && !tokens[i-1].Is(Capital) && tokens[i-1].Kind == Word && len(tokens[i-1].Of(text)) > 3 && len(next.Of(text)) > 1
	}
	return end, beginsSentence(text, tokens, end)
}

// beginsSentence reports whether the token at i can be the first of a sentence.
func beginsSentence(text string, tokens []Token, i int) bool {
	t := tokens[i]
	switch t.Kind {
	case Word:
		if t.Is(Capital) {
			return true
		}
		r, _ := utf8.DecodeRuneInString(t.Of(text))
		return !unicode.IsLower(r) // scripts without case, digits
	case Number, Link:
		return true
	case Punct:
		if strings.ContainsAny(t.Of(text), "\"“‘«([{„'*•—–-¿¡") && i+1 < len(tokens) && !tokens[i+1].Is(LineStart) {
			next := tokens[i+1]
			return next.Is(Capital) || next.Kind == Number || next.Kind == Punct
		}
	}
	return false
}

// abbreviationEnds decides whether the full stop of an abbreviation also ends the sentence.
func abbreviationEnds(text string, tokens []Token, i int) bool {
	if i+1 >= len(tokens) || tokens[i+1].Is(LineStart) {
		return true
	}
	next := tokens[i+1]
	if !next.Is(SpaceBefore) {
		return false
	}
	word := strings.TrimSuffix(tokens[i].Of(text), ".")
	starts := next.Is(Capital) && starters[next.Of(text)]
	if starts && strings.HasSuffix(next.Of(text), ".") && abbreviationOf(strings.TrimSuffix(next.Of(text), ".")) == neverEnds && (tokens[i].Is(Initial) || abbreviationOf(word) == neverEnds) {
		return false // "H.E. Dr. Jane Doe"
	}
	if tokens[i].Is(Initial) {
		// An initial before a surname never ends a sentence ("E. Imangali"); one of several
		// letters ("U.S.") or after a lower-case word does when a starter follows.
		return starts && (len(word) > 1 || i > 0 && !tokens[i-1].Is(Capital))
	}
	if strings.Contains(word, ".") || abbreviationOf(word) == mayEnd {
		return starts || next.Kind == Punct && beginsSentence(text, tokens, i+1) && strings.ContainsAny(next.Of(text), "“\"«")
	}
	return false
}
