package token

import "strings"

// abbreviationEnds decides whether the full stop of the abbreviation at token i also ends the
// sentence, and returns the index after its last token.
func abbreviationEnds(text string, tokens []Token, first, i int) (int, bool) {
	end := i + 1
	for end < len(tokens) && end < i+4 && !tokens[end].Is(SpaceBefore) && tokens[end].Kind == Punct && strings.Contains("”»’\"'", tokens[end].Of(text)) {
		end++
	}
	if end >= len(tokens) || tokens[end].Is(LineStart) {
		return end, true
	}
	next := tokens[end]
	if !next.Is(SpaceBefore) || i == first && end == i+1 {
		return 0, false // "Jr.'s"; "A. His name is" is a mark, "E. Imangali" a name
	}
	t := tokens[i]
	word := strings.TrimSuffix(t.Of(text), ".")
	kind := abbreviationOf(word)
	if kind == neverEnds {
		return 0, false
	}
	following := next.Of(text)
	starts := starterAt(text, tokens, end)
	title := next.Is(Abbrev) && abbreviationOf(strings.TrimSuffix(following, ".")) == neverEnds
	switch {
	case kind == mayEnd || strings.Contains(word, ".") && !t.Is(Initial):
		if next.Kind == Punct {
			return end, beginsSentence(text, tokens, end) && strings.ContainsAny(following, "“\"«")
		}
		return end, starts != noStart || isClock(word) && beginsBehindClock(text, tokens, end)
	case t.Is(Initial) && len(word) > 1 || kind == shortName:
		return end, starts >= likelyStart && !title // "J.S. He", "Yu. Petrov", "H.E. Dr. Jane Doe"
	case t.Is(Initial):
		return end, singleInitialEnds(text, tokens, i, starts) && !title
	}
	return 0, false
}

// singleInitialEnds decides on one letter: before a surname it never ends a sentence
// ("E. Imangali"). It does behind a surname ("Imangali E. The rector"), a small word ("you and I.",
// "vitamin C.") or a degree sign, and as a number ("World War I. He").
func singleInitialEnds(text string, tokens []Token, i int, starts start) bool {
	if i == 0 {
		return false
	}
	switch before := tokens[i-1]; {
	case before.Of(text) == "War":
		return starts != noStart
	case before.Of(text) == "°", before.Kind == Word && !before.Is(Capital):
		return starts >= likelyStart
	}
	return starts == sureStart
}

func isClock(word string) bool {
	return len(word) == 3 && (strings.EqualFold(word, "a.m") || strings.EqualFold(word, "p.m"))
}

// beginsBehindClock reports whether a sentence begins behind "a.m.": a capital word that is no
// day, month or zone, before a small one that is not "time" ("Astana time").
func beginsBehindClock(text string, tokens []Token, i int) bool {
	t := tokens[i]
	if t.Kind != Word || !t.Is(Capital) || t.Is(AllUpper) || t.Is(Abbrev) || i+1 >= len(tokens) {
		return false
	}
	next := tokens[i+1]
	if next.Kind != Word || next.Is(Capital) || next.Is(LineStart) || strings.HasPrefix(next.Of(text), "time") {
		return false
	}
	return monthAt(text, t.Start()) == 0 && !strings.HasSuffix(t.Of(text), "day") && abbreviationOf(t.Of(text)) == 0
}
