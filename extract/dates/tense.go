package dates

import (
	"strings"
	"unicode/utf8"

	"dateline/extract/token"
)

// tense is the time that the verb next to an expression speaks of.
type tense uint8

const (
	noTense tense = iota
	pastTense
	futureTense
)

var futureWords = set("will shall 'll ’ll would upcoming forthcoming scheduled expected plans planned due deadline going intends aims slated invites register apply applications Register Apply Applications Upcoming Deadline")
var pastWords = set("was were had held met said took began signed made paid came saw went gave told wrote led won sent spoke brought became left put did ran rose fell grew found")

// The windows in which the verb is looked for, in bytes.
const (
	tenseBefore = 160
	tenseBehind = 110
)

// tenseOf looks for the verb nearest to the expression, first before it, then behind it.
func tenseOf(text string, sentence, e token.Span) tense {
	w := wordsOf{text: text, at: e.Start, low: max(sentence.Start, e.Start-tenseBefore)}
	// The two words before a participle tell "was held" from "will be held", so reading
	// runs two words behind the judgement.
	cur, ok := w.back()
	one, ok1 := w.back()
	for ok {
		two, ok2 := w.back()
		switch {
		case futureWords[cur] || cur == "set" && (one == "is" || one == "are"):
			return futureTense
		case isPast(cur):
			if ok1 && looksAhead(one) || ok2 && looksAhead(two) {
				return futureTense
			}
			return pastTense
		}
		cur, ok = one, ok1
		one, ok1 = two, ok2
	}
	w = wordsOf{text: text, at: e.End, high: min(sentence.End, e.End+tenseBehind)}
	for cur, ok := w.forth(); ok; cur, ok = w.forth() {
		switch {
		case futureWords[cur]:
			return futureTense
		case isPast(cur):
			return pastTense
		}
	}
	return noTense
}

func isPast(w string) bool {
	return pastWords[w] || len(w) > 3 && strings.HasSuffix(w, "ed") && w != "need" && w != "united" && w != "United"
}

func looksAhead(w string) bool { return w == "will" || w == "be" || w == "shall" || w == "would" }

// wordsOf walks over the words of a window of text in either direction, without copies. The
// case of words stays: a verb inside a sentence is in lower case.
type wordsOf struct {
	text          string
	at, low, high int
}

func wordByte(c byte) bool {
	return c >= utf8.RuneSelf || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '\''
}

func (w *wordsOf) back() (string, bool) {
	end := w.at
	for end > w.low && !wordByte(w.text[end-1]) {
		end--
	}
	start := end
	for start > w.low && wordByte(w.text[start-1]) {
		start--
	}
	w.at = start
	return w.text[start:end], end > start
}

func (w *wordsOf) forth() (string, bool) {
	start := w.at
	for start < w.high && !wordByte(w.text[start]) {
		start++
	}
	end := start
	for end < w.high && wordByte(w.text[end]) {
		end++
	}
	w.at = end
	return w.text[start:end], end > start
}
