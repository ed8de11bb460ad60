package token

import "strings"

// closing returns the index behind the closing quotes and brackets and the footnote marks that
// are glued to the end of a sentence, of which token end-1 is the last; noted when the last of
// them is a footnote mark: "martyr.[1]", "analysis.¹", "(type 2).10".
func closing(text string, tokens []Token, end int) (after int, noted bool) {
	stop := end - 1
	glued := func() bool { return end < len(tokens) && end < stop+16 && !tokens[end].Is(SpaceBefore) }
	for glued() && tokens[end].Kind != Word && tokens[end].Kind != Number && strings.ContainsAny(tokens[end].Of(text), ".!?…)]}»”’\"'*」』）】》") {
		end++
	}
	for glued() {
		if tokens[end].Of(text) == "[" {
			n := footnoteBrackets(text, tokens, end)
			if n == end {
				break
			}
			end, noted = n, true
			continue
		}
		if raised(tokens[end].Of(text)) {
			end, noted = end+1, true
			continue
		}
		break
	}
	if n := footnoteNumbers(text, tokens, stop, end); n > end {
		return n, true
	}
	return end, noted
}

// footnoteBrackets returns the index behind "[1]" or "[citation needed]", or start.
func footnoteBrackets(text string, tokens []Token, start int) int {
	for j := start + 1; j < len(tokens) && j < start+6 && !tokens[j].Is(LineStart); j++ {
		if tokens[j].Of(text) == "]" && j > start+1 {
			return j + 1
		}
	}
	return start
}

// raised reports whether a word is superscript digits.
func raised(word string) bool {
	return strings.Trim(word, "⁰¹²³⁴⁵⁶⁷⁸⁹") == ""
}

// footnoteNumbers returns the index behind the plain numbers of footnotes, "consultation.11 12
// Take", or start. The word before the full stop must be one that no number belongs to, and a
// further number must follow the one before.
func footnoteNumbers(text string, tokens []Token, stop, start int) int {
	note := func(j int) int {
		if j >= len(tokens) || tokens[j].Kind != Number {
			return 0
		}
		word, n := tokens[j].Of(text), 0
		if len(word) > 3 {
			return 0
		}
		for _, c := range []byte(word) {
			if c < '0' || c > '9' {
				return 0
			}
			n = n*10 + int(c-'0')
		}
		return n
	}
	n := note(start)
	if n == 0 || stop == 0 || tokens[start].Is(SpaceBefore) || tokens[stop].Is(SpaceBefore) {
		return start
	}
	before := tokens[stop-1]
	word := before.Of(text)
	if !(before.Kind == Word && !before.Is(Capital) && !before.Is(Abbrev) && len(word) > 3 || before.Kind == Punct && strings.Contains(")]”", word)) {
		return start
	}
	end := start + 1
	for end < len(tokens) && end < start+6 && !tokens[end].Is(LineStart) && note(end) == n+1 {
		n++
		end++
	}
	if end < len(tokens) && !tokens[end].Is(LineStart) && !tokens[end].Is(SpaceBefore|Capital) {
		return start
	}
	return end
}
