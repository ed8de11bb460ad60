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

// start says how surely a word, capitalised behind an abbreviation, begins a sentence.
type start uint8

const (
	noStart      start = iota
	surnameStart       // "He", "An": not behind initials
	likelyStart        // "In", "We"
	sureStart          // "The", "However"
)

var startHeads = map[string]start{"[names in theory]": likelyStart, "[surnames as well]": surnameStart}

var starters = func() map[string]start {
	m := map[string]start{}
	now := sureStart
	for _, line := range strings.Split(starterLines, "\n") {
		switch {
		case strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			if now = startHeads[line]; now == noStart {
				panic("extract/token: starters.txt: no known heading: " + line)
			}
		default:
			for _, w := range strings.Fields(line) {
				m[w] = now
			}
		}
	}
	return m
}()

// starterAt reports how surely the word at token i begins a sentence.
func starterAt(text string, tokens []Token, i int) start {
	if !tokens[i].Is(Capital) {
		return noStart
	}
	word := tokens[i].Of(text)
	if j := strings.IndexAny(word, "'’"); j > 0 {
		word = word[:j] // "I'm", "They’ve"
	}
	if len(word) == 1 && (i+1 >= len(tokens) || tokens[i+1].Kind != Word && tokens[i+1].Kind != Clitic || tokens[i+1].Is(Capital)) {
		return noStart // "U.S. I Field Force", "Bldg. A, "
	}
	return starters[word]
}

// Sentences groups the tokens of text into sentences. A line break always ends a sentence, and
// an item of a list on one line begins one. Every token is in exactly one sentence. Where it is
// doubtful whether a sentence ends, it does not: a lost end costs less than one inside a name.
// Time is linear.
func Sentences(text string, tokens []Token) []Sentence {
	var out []Sentence
	first := 0
	emit := func(last int) {
		if last > first {
			out = append(out, Sentence{Span{tokens[first].Start(), tokens[last-1].End()}, first, last})
			first = last
		}
	}
	items := itemStarts(text, tokens)
	for i := range tokens {
		for len(items) > 0 && items[0] <= i {
			emit(items[0])
			items = items[1:]
		}
		if tokens[i].Is(LineStart) {
			emit(i)
		}
		if i < first {
			continue // a mark that the last sentence took in
		}
		if end, ok := boundary(text, tokens, first, i); ok {
			emit(end)
		}
	}
	emit(len(tokens))
	return out
}

// mark is what a token that may end a sentence is.
type mark uint8

const (
	noMark   mark = iota
	fullStop      // ".", "…"
	callMark      // "!", "?"
	wideStop      // "。": no blank follows it
)

func markOf(word string) mark {
	switch word {
	case ".", "…", "۔", "։":
		return fullStop
	case "!", "?", "؟", "‼", "⁇", "⁈", "⁉":
		return callMark
	case "。", "｡", "．", "！", "？", "।", "॥", "።":
		return wideStop
	}
	return noMark
}

// boundary reports whether a sentence that began with token first ends with token i, and the
// index after its last token, which takes in closing quotes, brackets and marks of footnotes.
func boundary(text string, tokens []Token, first, i int) (int, bool) {
	t := tokens[i]
	if t.Is(Abbrev) {
		return abbreviationEnds(text, tokens, first, i)
	}
	if t.Kind != Punct {
		return 0, false
	}
	m := markOf(t.Of(text))
	if m == noMark {
		return 0, false
	}
	end := i + 1
	if end < len(tokens) && !tokens[end].Is(SpaceBefore) && markOf(tokens[end].Of(text)) != noMark {
		return 0, false // of a run of marks the last one decides, so that the run is read once
	}
	if m == fullStop {
		if end, ok, spaced := spacedEllipsis(text, tokens, i); spaced {
			return end, ok
		}
	}
	end, noted := closing(text, tokens, end)
	if end >= len(tokens) || tokens[end].Is(LineStart) {
		return end, true
	}
	if m == fullStop && marksItem(text, tokens, first, i) {
		return 0, false
	}
	next := tokens[end]
	if !next.Is(SpaceBefore) {
		return end, m == wideStop && next.Kind != Number || m != wideStop && !noted && lostBlank(text, tokens, i, end)
	}
	if end == i+1 && (m == fullStop && stopGoesOn(text, tokens, i) || m == callMark && callGoesOn(text, tokens, i)) {
		return 0, false
	}
	if m != wideStop && omission(text, tokens, first, i) {
		return 0, false
	}
	return end, beginsSentence(text, tokens, end)
}

// beginsSentence reports whether the token at i can be the first of a sentence.
func beginsSentence(text string, tokens []Token, i int) bool {
	t := tokens[i]
	switch t.Kind {
	case Word:
		return beginsWord(t, t.Of(text))
	case Number, Link:
		return true
	case Punct:
	default:
		return false
	}
	word := t.Of(text)
	if i+2 < len(tokens) && (word == "(" || word == "[") && len(tokens[i+1].Of(text)) <= 4 && tokens[i+2].Of(text) == ")" {
		return tokens[i+1].Kind == Word || tokens[i+1].Kind == Number // "(a) The", "(iv) the"
	}
	for j := i; j < len(tokens) && j < i+4 && !tokens[j].Is(LineStart); j++ {
		switch t := tokens[j]; {
		case t.Kind == Number || t.Kind == Link:
			return j > i
		case t.Kind != Punct:
			return t.Is(Capital)
		case !strings.Contains("\"“‘«([{„'*•⁃●▪—–-¿¡…「『（【《", t.Of(text)):
			return false
		}
	}
	return false
}

// beginsWord reports whether a word can begin a sentence: with a capital, of a script without
// case, or a name like "eBay".
func beginsWord(t Token, word string) bool {
	if t.Is(Capital) {
		return true
	}
	r, size := utf8.DecodeRuneInString(word)
	if !unicode.IsLower(r) {
		return true
	}
	next, _ := utf8.DecodeRuneInString(word[size:])
	return unicode.IsUpper(next)
}
