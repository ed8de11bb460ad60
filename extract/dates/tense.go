package dates

import (
	"dateline/extract/token"
	"strings"
)

// tense is the time that the verb next to an expression speaks of.
type tense uint8

const (
	noTense tense = iota
	pastTense
	futureTense
)

var futureWords = set("will shall 'll ’ll would upcoming forthcoming scheduled expected plans planned due deadline going intends aims slated set invites register apply applications")
var pastWords = set("was were had held met said took began signed made paid came saw went gave told wrote led won sent spoke brought became left put did ran rose fell grew found")

// tenseOf looks for the verb nearest to the expression, first before it, then behind it, in
// a window of words so that time stays bounded.
func tenseOf(text string, sentence, e token.Span) tense {
	before := words(text[max(sentence.Start, e.Start-160):e.Start], true)
	if n := len(before); n > 0 {
		// A cut word at the window's edge is no cue that matters.
		for k := n - 1; k >= 0; k-- {
			w := before[k]
			switch {
			case futureWords[w] && w != "set" || w == "set" && k > 0 && (before[k-1] == "is" || before[k-1] == "are"):
				return futureTense
			case pastWords[w] || len(w) > 3 && strings.HasSuffix(w, "ed") && w != "need" && w != "united":
				for m := k - 1; m >= max(0, k-2); m-- {
					switch before[m] {
					case "will", "be", "shall", "would":
						return futureTense
					}
				}
				return pastTense
			}
		}
	}
	after := words(text[e.End:min(sentence.End, e.End+120)], false)
	for k, w := range after {
		if k > 14 {
			break
		}
		switch {
		case futureWords[w] && w != "set":
			return futureTense
		case pastWords[w] || len(w) > 3 && strings.HasSuffix(w, "ed") && w != "united":
			return pastTense
		}
	}
	return noTense
}

// words splits s into lower-case words; of a text before an expression only the last few.
func words(s string, tail bool) []string {
	f := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return r == ' ' || r == ',' || r == '.' || r == '(' || r == ')' || r == '"' || r == '“' || r == '”' || r == ';' || r == ':' || r == '\u00a0'
	})
	if tail && len(f) > 20 {
		f = f[len(f)-20:]
	}
	return f
}
