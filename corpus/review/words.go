package review

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"dateline/corpus"
	"dateline/extract"
)

// choice is an entry of a list to choose from.
type choice struct {
	Value, Name string
	Chosen      bool
}

// kindNames are the kinds as people call them.
var kindNames = map[extract.Kind]string{
	extract.KindDate:        "Date",
	extract.KindPerson:      "Person",
	extract.KindInstitution: "Institution",
	extract.KindTitle:       "Title",
	extract.KindAgreement:   "Agreement",
}

// kindName is the name of a kind, also of one that is not known here.
func kindName(k extract.Kind) string {
	if name, ok := kindNames[k]; ok {
		return name
	}
	return string(k)
}

// kindChoices lists the kinds after a choice of all; own are those that users' rules have made.
func kindChoices(chosen string, own []string) []choice {
	out := []choice{{"", "all kinds", chosen == ""}}
	for _, k := range extract.Kinds {
		out = append(out, choice{string(k), manyNames[k], string(k) == chosen})
	}
	for _, k := range own {
		out = append(out, choice{k, k, k == chosen})
	}
	return out
}

// manyNames are the kinds as a list of choices says them.
var manyNames = map[extract.Kind]string{
	extract.KindDate: "dates", extract.KindPerson: "people", extract.KindInstitution: "institutions", extract.KindTitle: "titles", extract.KindAgreement: "agreements",
}

// stateNames are the states as a reader sees them.
var stateNames = map[corpus.ReviewState]string{
	corpus.ReviewOpen:     "to review",
	corpus.ReviewAccepted: "accepted",
	corpus.ReviewRejected: "rejected",
	corpus.ReviewChanged:  "look again",
	corpus.ReviewSkipped:  "skipped",
}

func stateName(s corpus.ReviewState) string {
	if name, ok := stateNames[s]; ok {
		return name
	}
	return string(s)
}

// stateChoices lists the states that a queue can be made of.
func stateChoices(chosen corpus.ReviewState) []choice {
	out := []choice{{"", "all that is to do", chosen == ""}}
	for _, s := range []corpus.ReviewState{corpus.ReviewOpen, corpus.ReviewChanged, corpus.ReviewSkipped, corpus.ReviewAccepted, corpus.ReviewRejected} {
		name := stateNames[s]
		if s == corpus.ReviewOpen {
			name = "not looked at"
		}
		out = append(out, choice{string(s), name, s == chosen})
	}
	return out
}

// listChoices lists values after a choice of all; a chosen one that is not in the list is added.
func listChoices(all string, values []string, chosen string) []choice {
	out := []choice{{"", all, chosen == ""}}
	known := chosen == ""
	for _, v := range values {
		out = append(out, choice{v, v, v == chosen})
		known = known || v == chosen
	}
	if !known {
		out = append(out, choice{chosen, chosen, true})
	}
	return out
}

// doneNames say what a decision did, as a message after it.
var doneNames = map[corpus.Action]string{
	corpus.Accept: "Accepted",
	corpus.Reject: "Rejected",
	corpus.Edit:   "Edited and accepted",
	corpus.Skip:   "Skipped",
	corpus.Undo:   "Undone",
}

// holdNames say what became of a decision's evidence.
var holdNames = map[corpus.Hold]string{
	corpus.Same:       "holds",
	corpus.Adopted:    "now read so",
	corpus.Differs:    "reads otherwise now",
	corpus.Orphan:     "no longer read there",
	corpus.Superseded: "a later decision counts",
	corpus.Undone:     "undone",
}

// percent is a confidence for people.
func percent(confidence float64) string {
	return strconv.Itoa(int(confidence*100+0.5)) + " %"
}

// count is a number with its noun.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + many
}

// thousands writes a number in groups of three digits.
func thousands(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// stamp is a time stamp for people: to the minute, in UTC.
func stamp(made string) string {
	t, err := time.Parse(time.RFC3339, made)
	if err != nil {
		return made
	}
	return t.UTC().Format("2 January 2006, 15:04") + " UTC"
}

// seasons are the codes of date values.
var seasons = map[string]string{"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}

// dateWords says a date value as people do ("18 June 2025", "18 May, year unknown"), or "" when
// the value says it better itself.
func dateWords(value string) string {
	from, to, interval := strings.Cut(value, "/")
	a := pointWords(from)
	if !interval || a == "" {
		return a
	}
	if b := pointWords(to); b != "" {
		return a + " to " + b
	}
	return ""
}

func pointWords(point string) string {
	day, clock, timed := strings.Cut(point, "T")
	year, rest, _ := strings.Cut(day, "-")
	if len(year) != 4 {
		return ""
	}
	suffix := " " + year
	switch {
	case year == "XXXX":
		suffix = ", year unknown"
	case strings.HasSuffix(year, "X"):
		suffix = " " + strings.ReplaceAll(year, "X", "–")
	}
	words := ""
	switch {
	case rest == "":
		if year == "XXXX" || strings.Contains(year, "X") {
			return ""
		}
		return year
	case seasons[rest] != "":
		words = seasons[rest]
	case rest[0] == 'Q' && len(rest) == 2:
		words = "quarter " + rest[1:]
	case rest[0] == 'W' && len(rest) == 3:
		words = "week " + strings.TrimPrefix(rest[1:], "0")
	default:
		month, dayOfMonth, _ := strings.Cut(rest, "-")
		m, err := strconv.Atoi(month)
		switch {
		case month == "XX" && len(dayOfMonth) == 2 && dayOfMonth != "XX":
			words = "day " + strings.TrimPrefix(dayOfMonth, "0") + " of an unknown month"
		case err != nil || m < 1 || m > 12:
			return ""
		case dayOfMonth == "" || dayOfMonth == "XX":
			words = time.Month(m).String()
		default:
			words = strings.TrimPrefix(dayOfMonth, "0") + " " + time.Month(m).String()
		}
	}
	if timed {
		return fmt.Sprintf("%s%s, %s", words, suffix, clock)
	}
	return words + suffix
}

// typeWords writes a code of several words: "letter_of_intent".
func typeWords(code string) string { return strings.ReplaceAll(code, "_", " ") }

// publishedWords is a publication date for people.
func publishedWords(value string) string {
	if words := dateWords(value); words != "" {
		return words
	}
	return value
}

// titleOf is a document's headline or, where it has none, the end of its path or URL.
func titleOf(title, source string) string {
	if title != "" {
		return title
	}
	trimmed := strings.TrimRight(source, "/")
	if i := strings.LastIndexAny(trimmed, "/\\"); i >= 0 && i+1 < len(trimmed) {
		return trimmed[i+1:]
	}
	return source
}
