package token

import "strings"

// lostBlank reports whether "word.Next" is two sentences of a scraped text whose blank was lost,
// and not "Node.js", "9.Name" or "example.com": token i is the mark, and next follows it glued,
// perhaps behind a closing quote.
func lostBlank(text string, tokens []Token, i, next int) bool {
	if i == 0 || tokens[i].Is(SpaceBefore) || !tokens[next].Is(Capital) || tokens[next].Kind != Word || next+1 >= len(tokens) {
		return false
	}
	before, word := tokens[i-1], tokens[next].Of(text)
	if next > i+1 {
		return (before.Kind == Word || before.Kind == Number) && len(word) > 1 && strings.ContainsAny(tokens[next-1].Of(text), "”»")
	}
	if (before.Kind == Number || before.Kind == Word && len(before.Of(text)) > 3 || before.Kind == Punct && strings.Contains(")]”»", before.Of(text))) &&
		len(word) > 2 && tokens[next+1].Is(SpaceBefore) {
		if starterAt(text, tokens, next) != noStart {
			return true
		}
	}
	return before.Kind == Word && !before.Is(Capital) && len(before.Of(text)) > 3 && len(word) > 1 && !fileEnding(word)
}

// fileEnding reports whether a word is the last part of a host or file name: "example.Com".
func fileEnding(word string) bool {
	switch strings.ToLower(word) {
	case "com", "org", "net", "gov", "edu", "info", "pdf", "doc", "docx", "jpg", "jpeg", "png", "html", "htm", "txt", "xls", "xlsx", "zip", "js":
		return true
	}
	return false
}

// stopGoesOn reports whether the sentence goes on behind the full stop at token i and a blank,
// although what follows could begin one.
func stopGoesOn(text string, tokens []Token, i int) bool {
	if i == 0 || tokens[i].Is(SpaceBefore) {
		return false
	}
	before, next := tokens[i-1], tokens[i+1]
	word := before.Of(text)
	switch {
	case before.Kind == Word && len(word) == 1 && !before.Is(Capital):
		return word == "v" || isDigit(next.Of(text)[0]) || monthAt(text, next.Start()) > 0 // "Brown v. Board", "b. 1950"
	case word == "°" || word == "º" || word == "№":
		return next.Kind == Number // "N°. 5"
	case before.Kind == Number:
		return len(word) <= 2 && dayOfNumbers(text, tokens, i)
	case before.Kind == Word && before.Is(Capital) && stateNames[word] && i >= 2 && tokens[i-2].Of(text) == ",":
		return starterAt(text, tokens, i+1) == noStart
	case before.Kind == Word && before.Is(Capital) && postNames[word]:
		return next.Is(Abbrev|Capital) && abbreviationOf(strings.TrimSuffix(next.Of(text), ".")) == neverEnds
	}
	return false
}

// dayOfNumbers reports whether the full stop at i stands in "12. 5. 2024".
func dayOfNumbers(text string, tokens []Token, i int) bool {
	number := func(j, least, most int) bool {
		return 0 <= j && j < len(tokens) && tokens[j].Kind == Number && tokens[j].Of(text) != "" && least <= len(tokens[j].Of(text)) && len(tokens[j].Of(text)) <= most
	}
	stop := func(j int) bool {
		return 0 <= j && j < len(tokens) && !tokens[j].Is(SpaceBefore) && tokens[j].Of(text) == "."
	}
	return number(i+1, 1, 2) && stop(i+2) && number(i+3, 4, 4) || stop(i-2) && number(i-3, 1, 2) && number(i+1, 4, 4)
}

// callGoesOn reports whether the sentence goes on behind the "!" or "?" at token i and a blank:
// the mark belongs to a name, "Yahoo! Japan", or a title, "Horton Hears a Who! (1954)".
func callGoesOn(text string, tokens []Token, i int) bool {
	if tokens[i+1].Of(text) == "(" && i+2 < len(tokens) && tokens[i+2].Kind == Number {
		return true
	}
	if i == 0 || tokens[i].Is(SpaceBefore) || !callNames[tokens[i-1].Of(text)] {
		return false
	}
	return starterAt(text, tokens, i+1) == noStart
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
