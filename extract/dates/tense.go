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
	scheduleTense // "opens", "begins": on a weekday alone it is the coming one
)

var futureWords = set("will shall 'll ’ll would upcoming forthcoming scheduled expected plans planned due deadline going intends aims slated invites register apply applications hopes hope hoping wants want intend aim seeks wish Register Apply Applications Upcoming Deadline")
var pastWords = set("was were had held met said took began signed made paid came saw went gave told wrote led won sent spoke brought became left put did ran rose fell grew found")

// The windows in which the verb is looked for, in bytes.
const (
	tenseBefore = 160
	tenseBehind = 110
)

// tenseOf looks for the verb nearest to the expression: first before it, then behind it.
// Behind a word that opens a clause ("said that in June it will open") the verb behind comes
// first.
func tenseOf(text string, sentence, e token.Span) tense {
	w := wordsOf{text: text, at: e.Start, low: max(sentence.Start, e.Start-tenseBefore)}
	// The two words before a participle tell "was held" from "will be held", so reading
	// runs two words behind the judgement.
	cur, ok := w.back()
	switch cur {
	case "since", "Since": // what has held since a day began before today
		return pastTense
	case "by", "until", "till", "starting", "beginning", "effective", "than":
		// "signed a contract that runs until July 1": the verb says nothing of the date.
		return noTense
	}
	one, ok1 := w.back()
	for n := 0; ok; n++ {
		two, ok2 := w.back()
		switch {
		case cur == "that" || n <= 1 && opensClause[cur]:
			if behind := tenseBehindOf(text, sentence, e); behind != noTense {
				return behind
			}
		case futureWords[cur] || cur == "set" && (one == "is" || one == "are"):
			return futureTense
		case isPast(cur):
			switch {
			case ok1 && looksAhead(one) || ok2 && looksAhead(two):
				return futureTense
			case one == "is" || one == "are" || one == "being":
				return noTense
			case one == "have" || one == "has" || one == "been" && (two == "have" || two == "has"):
				// "have agreed on flights for the final on 1 November": the perfect has no day
				// of its own.
				return noTense
			}
			return pastTense
		case presentWords[cur]:
			switch {
			case one == "will" || one == "to" || one == "would" || one == "shall":
				return futureTense
			case cur == "is" || cur == "are":
				return noTense
			}
			return scheduleTense
		}
		cur, ok = one, ok1
		one, ok1 = two, ok2
	}
	return tenseBehindOf(text, sentence, e)
}

// tenseBehindOf finds the first verb behind the expression.
func tenseBehindOf(text string, sentence, e token.Span) tense {
	w := wordsOf{text: text, at: e.End, high: min(sentence.End, e.End+tenseBehind)}
	for cur, ok := w.forth(); ok; cur, ok = w.forth() {
		switch {
		case futureWords[cur]:
			return futureTense
		case isPast(cur):
			return pastTense
		case presentWords[cur]:
			return noTense
		}
	}
	return noTense
}

// presentWords are verbs of the present that stand near a date: they leave open on which
// side of the publication it lies.
var presentWords = set("is are runs lasts opens takes begins starts ends continues expires closes remains run last open begin start end continue expire close")

var opensClause = set("which who and but because where when while if whether")

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
