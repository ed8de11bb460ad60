package tagger

import (
	"dateline/extract/tagger/features"
	"dateline/extract/token"
)

// IsHonorific reports whether a word before a person's name is no part of it: "Dr.",
// "President". Titles that newspapers write as part of a name (King, Pope, Sheikh) are not
// among them.
func IsHonorific(word string) bool {
	return features.ClassOf(word)&(features.Honorific|features.Title) != 0 && features.ClassOf(word)&features.Regal == 0
}

// trim takes off the ends of a span what cannot be part of a name: marks, bare clitics, words
// that join, and honorifics before a person. It returns first >= last when nothing is left.
func trim(text string, tokens []token.Token, first, last int, t Type) (int, int) {
	for first < last && !starts(text, tokens[first]) {
		first++
	}
	for last > first && !ends(text, tokens[last-1], last-first) {
		last--
	}
	if t == Person {
		for first+1 < last && tokens[first+1].Is(token.Capital) && IsHonorific(tokens[first].Of(text)) {
			first++
		}
	}
	return first, last
}

func starts(text string, t token.Token) bool {
	switch t.Kind {
	case token.Word:
		return true
	case token.Number:
		return true
	case token.Punct:
		// A quoted eponym opens a name: “Angel Kanchev” University.
		switch t.Of(text) {
		case "\"", "“", "«", "‘", "'":
			return true
		}
	}
	return false
}

func ends(text string, t token.Token, length int) bool {
	switch t.Kind {
	case token.Word, token.Number, token.Link:
		return true
	case token.Punct:
		switch t.Of(text) {
		case "!", "+": // Yahoo!, Canal+
			return true
		case "\"", "”", "»", "’", "'":
			return length > 2
		}
	}
	return false
}
