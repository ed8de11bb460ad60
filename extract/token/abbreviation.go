package token

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed abbreviations.txt
var abbreviationLines string

// ending says when the full stop behind a word belongs to it, and whether a sentence can end there.
type ending uint8

const (
	neverEnds    ending = iota + 1 // "Mr.", "Prof.": a name follows
	mayEnd                         // "Ltd.", "a.m.", "etc."
	shortName                      // "Yu. Petrov", but "Mr. Yu. The": a word of a name, shortened or not
	beforeNumber                   // "No. 5", "Art. IV": an abbreviation only where a number follows
	beforeDay                      // "Sat. 5 May", "Sun. May 5": only where a number or a month follows
)

// The headings of abbreviations.txt.
const (
	headState = "[states behind a comma]"
	headCall  = "[names with a mark]"
	headPost  = "[posts before an honorific]"
)

var endingHeads = map[string]ending{
	"[never ends a sentence]": neverEnds,
	"[may end a sentence]":    mayEnd,
	"[short names]":           shortName,
	"[before a number]":       beforeNumber,
	"[before a day]":          beforeDay,
}

// abbreviations are words written with a full stop; stateNames, callNames and postNames are
// those before a full stop or mark that stands for itself and is still no end of a sentence.
var abbreviations, stateNames, callNames, postNames = readAbbreviations(abbreviationLines)

func readAbbreviations(lines string) (short map[string]ending, states, calls, posts map[string]bool) {
	short, states, calls, posts = map[string]ending{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	head := ""
	for _, line := range strings.Split(lines, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			head = line
		case head == headState:
			states[line] = true
		case head == headCall:
			calls[line] = true
		case head == headPost:
			posts[line] = true
		case endingHeads[head] != 0:
			short[line] = endingHeads[head]
		default:
			panic("extract/token: abbreviations.txt: " + line + " stands under no known heading: " + head)
		}
	}
	return short, states, calls, posts
}

// longestAbbreviation bounds what is looked up, in bytes.
const longestAbbreviation = 12

// abbreviationOf looks a word up, without its final full stop. A word in the list in lower case
// matches any case, one with a capital matches as written and in capitals.
func abbreviationOf(word string) ending {
	if len(word) > longestAbbreviation {
		return 0
	}
	if e := abbreviations[word]; e != 0 {
		return e
	}
	lower := strings.ToLower(word)
	if e := abbreviations[lower]; e != 0 || lower == word {
		return e
	}
	if _, size := utf8.DecodeRuneInString(word); (len(word) > 2*size || word == "ST") && word == strings.ToUpper(word) { // "HR" is no "Hr."
		return abbreviations[word[:size]+strings.ToLower(word[size:])]
	}
	return 0
}

// takesStop reports whether the full stop at text[end] belongs to the word before it.
func takesStop(text string, word string, end int) bool {
	switch abbreviationOf(word) {
	case 0:
		return false
	case beforeNumber:
		return numberFollows(text, end+1) || word[0] < 'a' && romanFollows(text, end+1)
	case beforeDay:
		return numberFollows(text, end+1) || monthAt(text, skipBlank(text, end+1)) > 0
	}
	return true
}

// skipBlank steps over one blank on the same line.
func skipBlank(text string, i int) int {
	if r, size := utf8.DecodeRuneInString(text[i:]); r != '\n' && unicode.IsSpace(r) {
		return i + size
	}
	return i
}

func numberFollows(text string, i int) bool {
	i = skipBlank(text, i)
	return i < len(text) && '0' <= text[i] && text[i] <= '9'
}

// romanFollows reports whether a number like "IV" follows.
func romanFollows(text string, i int) bool {
	i = skipBlank(text, i)
	j := i
	for j < len(text) && j < i+6 && strings.IndexByte("IVXLC", text[j]) >= 0 {
		j++
	}
	next, _ := utf8.DecodeRuneInString(text[j:])
	return j > i && !wordRune(next)
}

// monthNames are the months in English, as they stand behind the day in "5-Sept. 3".
var monthNames = []string{
	"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
	"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec",
}

// monthAt returns the length of the capitalised name of a month that is the whole word at i.
func monthAt(text string, i int) int {
	if i >= len(text) || text[i] < 'A' || text[i] > 'Z' {
		return 0
	}
	for _, m := range monthNames {
		if i+len(m) > len(text) || !strings.EqualFold(text[i:i+len(m)], m) {
			continue
		}
		if next, _ := utf8.DecodeRuneInString(text[i+len(m):]); !wordRune(next) {
			return len(m)
		}
	}
	return 0
}
