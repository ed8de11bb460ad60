package review

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"dateline/corpus"
	"dateline/extract"
)

// field is an entry of the form with its value and what is wrong with it.
type field struct {
	Name, Label, Hint string
	Value             string
	Choices           []choice // a list to choose from
	Lines             bool     // several values, one a line
	Required          bool
	Error             string
}

// Bounds of what a person types.
const (
	longestValue = 500 // code points
	mostValues   = 100 // lines
)

// The words that a slot may hold, in the order in which they are offered.
var (
	agreementTypes    = []string{"memorandum", "agreement", "contract", "declaration", "protocol", "roadmap", "letter_of_intent", "treaty", "licence", "grant", "other"}
	agreementStatuses = []string{"signed", "agreed", "planned", "renewed", "terminated"}
	titleWhens        = []string{"current", "former", "incoming"}
	dateTypes         = []string{"date", "time", "duration", "set"}
	dateMods          = []string{"", "START", "MID", "END", "BEFORE", "AFTER", "APPROX"}
)

const dateHint = "2025-06-18, 2025-06, 2025, 2025-Q3, 2025-SU; XXXX-06-18 without a year; 2025-06-17/2025-06-18 from one day to another"

// fieldsOf is the form of a fact with its values.
func fieldsOf(f extract.Fact) []field {
	words := func(values []string, chosen string) []choice {
		var out []choice
		for _, v := range values {
			name := strings.ToLower(typeWords(v))
			if v == "" {
				name = "none"
			}
			out = append(out, choice{v, name, v == chosen})
		}
		if !slices.Contains(values, chosen) {
			out = append(out, choice{chosen, chosen, true})
		}
		return out
	}
	one := func(name, label, hint, value string, required bool) field {
		return field{Name: name, Label: label, Hint: hint, Value: value, Required: required}
	}
	list := func(name, label, hint string, values []string) field {
		return field{Name: name, Label: label, Hint: hint, Value: strings.Join(values, "\n"), Lines: true}
	}
	pick := func(name, label, value string, values []string) field {
		return field{Name: name, Label: label, Value: value, Choices: words(values, value)}
	}
	switch {
	case f.Date != nil:
		return []field{
			pick("type", "Type", f.Date.Type, dateTypes),
			one("value", "Value", dateHint, f.Date.Value, true),
			pick("mod", "Modifier", f.Date.Mod, dateMods),
		}
	case f.Person != nil:
		return []field{
			one("name", "Name", "the fullest form, without Mr., Dr. or the post", f.Person.Name, true),
			list("aliases", "Also", "other forms for the same person, one a line", f.Person.Aliases),
		}
	case f.Institution != nil:
		return []field{
			one("name", "Name", "the fullest form, without a leading “the”", f.Institution.Name, true),
			list("aliases", "Also", "acronyms and shorter forms, one a line", f.Institution.Aliases),
			one("parent", "Part of", "the institution that it belongs to; empty when the text does not say", f.Institution.Parent, false),
		}
	case f.Title != nil:
		return []field{
			one("person", "Person", "", f.Title.Person, true),
			one("title", "Title", "the words of the post, without the institution", f.Title.Title, true),
			one("institution", "Institution", "where the post is held; empty when the text does not say", f.Title.Institution, false),
			pick("when", "When", f.Title.When, titleWhens),
		}
	case f.Agreement != nil:
		a := f.Agreement
		return []field{
			pick("type", "Type", a.Type, agreementTypes),
			pick("status", "Status", a.Status, agreementStatuses),
			list("parties", "Parties", "who is bound, one a line", a.Parties),
			list("signatories", "Signatories", "people who signed, one a line", a.Signatories),
			one("date", "Date", dateHint, a.Date, false),
			one("place", "Place", "city or venue of the signing", a.Place, false),
			one("subject", "Subject", "the shortest words that say what it is about", a.Subject, false),
		}
	case f.Own != nil:
		var out []field
		for _, s := range f.Own.Slots {
			out = append(out, one(ownField+s.Name, s.Name, "", s.Value, false))
		}
		return out
	}
	return nil
}

// ownField begins the names of the fields of a user's own kind.
const ownField = "own-"

// readFields reads a form of a kind. The fields come back as they were typed, with what is wrong
// with each; the fact is good when nothing is.
func readFields(kind extract.Kind, form url.Values) (extract.Fact, []field) {
	one := func(name string) string { return tidy(form.Get(name)) }
	list := func(name string) []string {
		var out []string
		for _, line := range strings.Split(form.Get(name), "\n") {
			if v := tidy(line); v != "" && !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
		return out
	}
	fact := extract.Fact{Kind: kind}
	switch kind {
	case extract.KindDate:
		fact.Date = &extract.Date{Type: one("type"), Value: one("value"), Mod: one("mod")}
	case extract.KindPerson:
		fact.Person = &extract.Person{Name: one("name"), Aliases: list("aliases")}
	case extract.KindInstitution:
		fact.Institution = &extract.Institution{Name: one("name"), Aliases: list("aliases"), Parent: one("parent")}
	case extract.KindTitle:
		fact.Title = &extract.Title{Person: one("person"), Title: one("title"), Institution: one("institution"), When: one("when")}
	case extract.KindAgreement:
		fact.Agreement = &extract.Agreement{Type: one("type"), Status: one("status"), Parties: list("parties"), Signatories: list("signatories"),
			Date: one("date"), Place: one("place"), Subject: one("subject")}
	default:
		// An empty field is a slot that goes; the store refuses slots that the fact does not have.
		fact.Own = &extract.Own{}
		for name := range form {
			if slot, ok := strings.CutPrefix(name, ownField); ok {
				fact.Own.Slots = append(fact.Own.Slots, extract.Slot{Name: slot, Value: one(name)})
			}
		}
		slices.SortFunc(fact.Own.Slots, func(a, b extract.Slot) int { return strings.Compare(a.Name, b.Name) })
	}
	fields := fieldsOf(fact)
	for i := range fields {
		fields[i].Error = wrongWith(kind, fields[i], form)
	}
	return fact, fields
}

// tidy makes what was typed one line of clean text.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError {
			return ' '
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(s, " ")))
	return strings.Join(strings.Fields(s), " ")
}

// wrongWith says what is wrong with a field, or "".
func wrongWith(kind extract.Kind, f field, form url.Values) string {
	values := []string{f.Value}
	if f.Lines {
		values = strings.Split(f.Value, "\n")
	}
	switch {
	case f.Required && f.Value == "":
		return "This is needed."
	case f.Name == "parties" && f.Value == "":
		return "Name at least one party."
	case len(values) > mostValues:
		return "At most " + strconv.Itoa(mostValues) + " lines."
	case slices.ContainsFunc(values, func(v string) bool { return utf8.RuneCountInString(v) > longestValue }):
		return "At most " + strconv.Itoa(longestValue) + " characters."
	case f.Choices != nil && !slices.Contains(allowed(kind, f.Name), f.Value):
		return "Choose one of the list."
	case kind == extract.KindDate && f.Name == "value" && !corpus.ValidDate(tidy(form.Get("type")), f.Value),
		kind == extract.KindAgreement && f.Name == "date" && f.Value != "" && !corpus.ValidDate("date", f.Value):
		return "This is no such value. Write it like " + example(kind, tidy(form.Get("type"))) + "."
	}
	return ""
}

// allowed are the words that a list offers.
func allowed(kind extract.Kind, name string) []string {
	switch {
	case kind == extract.KindAgreement && name == "type":
		return agreementTypes
	case name == "status":
		return agreementStatuses
	case name == "when":
		return titleWhens
	case name == "type":
		return dateTypes
	}
	return dateMods
}

func example(kind extract.Kind, dateType string) string {
	switch {
	case kind == extract.KindDate && dateType == "duration":
		return "P3Y (three years) or P2W (two weeks)"
	case kind == extract.KindDate && dateType == "set":
		return "P1Y (every year) or XXXX-WXX-1 (every Monday)"
	case kind == extract.KindDate && dateType == "time":
		return "2025-06-18T15:00"
	}
	return "2025-06-18, 2025-06, XXXX-06-18 or 2025-06-17/2025-06-18"
}
