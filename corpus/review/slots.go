package review

import (
	"strings"

	"dateline/corpus"
	"dateline/extract"
)

// slot is a value of a fact with its name.
type slot struct {
	Name   string
	Values []string
	Note   string // smaller, behind the value
}

// slotList gathers slots; those without a value are left out.
type slotList []slot

func (l *slotList) add(name, note string, values ...string) {
	var some []string
	for _, v := range values {
		if v != "" {
			some = append(some, v)
		}
	}
	if len(some) > 0 {
		*l = append(*l, slot{name, some, note})
	}
}

// factSlots are the values of a fact, in the names that all documents together give.
func factSlots(f corpus.FactRow) []slot {
	var l slotList
	switch f.Kind {
	case extract.KindDate:
		l.add("Date", dateWords(f.Value), f.Value)
		l.add("Type", "", usual(f.Type, "date"))
		l.add("Modifier", "", strings.ToLower(f.Mod))
	case extract.KindPerson:
		l.add("Name", "", f.Person)
		l.add("Also", "", f.Aliases...)
	case extract.KindInstitution:
		l.add("Name", "", f.Institution)
		l.add("Also", "", f.Aliases...)
		l.add("Part of", "", f.Parent)
	case extract.KindTitle:
		l.add("Person", "", f.Person)
		l.add("Title", "", f.Title)
		l.add("Institution", "", f.Institution)
		l.add("When", "", f.When)
	case extract.KindAgreement:
		l.add("Type", "", typeWords(f.Type))
		l.add("Status", "", f.Status)
		l.add("Parties", "", f.Parties...)
		l.add("Signatories", "", f.Signatories...)
		l.add("Date", dateWords(f.Value), f.Value)
		l.add("Place", "", f.Place)
		l.add("Subject", "", f.Subject)
	default:
		for _, s := range f.Own {
			l.add(s.Name, "", s.Value)
		}
	}
	return l
}

// valueSlots are the values that one document gives, in its own words.
func valueSlots(f extract.Fact) []slot {
	var l slotList
	switch {
	case f.Date != nil:
		l.add("Date", dateWords(f.Date.Value), f.Date.Value)
		l.add("Type", "", usual(f.Date.Type, "date"))
		l.add("Modifier", "", strings.ToLower(f.Date.Mod))
	case f.Person != nil:
		l.add("Name", "", f.Person.Name)
		l.add("Also", "", f.Person.Aliases...)
	case f.Institution != nil:
		l.add("Name", "", f.Institution.Name)
		l.add("Also", "", f.Institution.Aliases...)
		l.add("Part of", "", f.Institution.Parent)
	case f.Title != nil:
		l.add("Person", "", f.Title.Person)
		l.add("Title", "", f.Title.Title)
		l.add("Institution", "", f.Title.Institution)
		l.add("When", "", f.Title.When)
	case f.Agreement != nil:
		a := f.Agreement
		l.add("Type", "", typeWords(a.Type))
		l.add("Status", "", a.Status)
		l.add("Parties", "", a.Parties...)
		l.add("Signatories", "", a.Signatories...)
		l.add("Date", dateWords(a.Date), a.Date)
		l.add("Place", "", a.Place)
		l.add("Subject", "", a.Subject)
	case f.Own != nil:
		for _, s := range f.Own.Slots {
			l.add(s.Name, "", s.Value)
		}
	}
	return l
}

// valueLine is the values of one document in one line.
func valueLine(f extract.Fact) string {
	var parts []string
	switch {
	case f.Date != nil:
		return strings.TrimSpace(f.Date.Value + " " + strings.ToLower(f.Date.Mod))
	case f.Person != nil:
		return f.Person.Name
	case f.Institution != nil:
		parts = []string{f.Institution.Name, f.Institution.Parent}
	case f.Title != nil:
		title := f.Title.Title
		if f.Title.When == "former" || f.Title.When == "incoming" {
			title = f.Title.When + " " + title
		}
		parts = []string{f.Title.Person, title, f.Title.Institution}
	case f.Agreement != nil:
		a := f.Agreement
		parts = []string{strings.TrimSpace(typeWords(a.Type)+" "+a.Status) + ": " + strings.Join(a.Parties, "; "), a.Date}
		if a.Place != "" {
			parts = append(parts, "in "+a.Place)
		}
		if a.Subject != "" {
			parts = append(parts, "on "+a.Subject)
		}
	case f.Own != nil:
		return f.Own.Line()
	default:
		return kindName(f.Kind)
	}
	var some []string
	for _, p := range parts {
		if p != "" {
			some = append(some, p)
		}
	}
	return strings.Join(some, ", ")
}

// derivation says how a value that the words alone do not give was worked out.
func derivation(f extract.Fact) string {
	if f.Date == nil {
		return ""
	}
	var parts []string
	if f.Date.Anchor != "" {
		from := map[string]string{"published": "the day of publication", "dateline": "the dateline", "text": "a date in the text"}[f.Date.AnchorFrom]
		parts = append(parts, "counted from "+f.Date.Anchor)
		if from != "" {
			parts[0] += ", " + from
		}
	}
	if len(f.Date.Alternatives) > 0 {
		parts = append(parts, "could also be "+strings.Join(f.Date.Alternatives, " or "))
	}
	return strings.Join(parts, "; ")
}

// usual leaves out what goes without saying.
func usual(word, expected string) string {
	if word == expected {
		return ""
	}
	return word
}
