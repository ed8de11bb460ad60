package token

import "strings"

// omission reports whether the mark at token i stands alone in brackets: "[...]" and "(…)" are
// words left out, "[?]" is a remark. Dots in place of a whole sentence end it.
func omission(text string, tokens []Token, first, i int) bool {
	if tokens[i].Is(SpaceBefore) || i == first {
		return false
	}
	j := i
	for j > first && j > i-4 && !tokens[j].Is(SpaceBefore) && markOf(tokens[j-1].Of(text)) != noMark {
		j--
	}
	if j == first || tokens[j].Is(SpaceBefore) || !strings.Contains("([", tokens[j-1].Of(text)) {
		return false
	}
	return j > first+1 || markOf(tokens[i].Of(text)) == callMark
}

// spacedEllipsis decides on full stops with blanks between them. Three are words left out, which
// end nothing: "the thing is . . . I did". A fourth before them ends the sentence.
func spacedEllipsis(text string, tokens []Token, i int) (end int, ends, spaced bool) {
	stop := func(j int) bool {
		return 0 <= j && j < len(tokens) && tokens[j].Is(SpaceBefore) && !tokens[j].Is(LineStart) && tokens[j].Of(text) == "."
	}
	if !stop(i) {
		// "compounds. . . . The": the first full stop is the sentence's.
		ends = stop(i+1) && stop(i+2) && stop(i+3) && !stop(i+4) && i+4 < len(tokens) && tokens[i+4].Is(Capital) && !tokens[i+4].Is(LineStart)
		return i + 1, ends, ends
	}
	if stop(i + 1) {
		return 0, false, true
	}
	three := stop(i-1) && stop(i-2) && !stop(i-3)
	if !three || i+1 >= len(tokens) || tokens[i+1].Is(LineStart) || !tokens[i+1].Is(SpaceBefore) {
		return 0, false, false
	}
	return 0, false, true
}
