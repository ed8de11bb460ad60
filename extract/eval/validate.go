package eval

import (
	"fmt"
	"slices"
	"strings"
)

var (
	goldMods     = []string{"", "START", "MID", "END", "BEFORE", "AFTER", "APPROX"}
	goldTypes    = []string{"", "memorandum", "agreement", "contract", "declaration", "protocol", "roadmap", "letter_of_intent", "treaty", "licence", "grant", "other"}
	goldStatuses = []string{"", "signed", "agreed", "planned", "renewed", "terminated"}
	goldWhens    = []string{"", "current", "former", "incoming"}
)

// Validate lists the errors of the gold itself, one sentence each, in the order of the
// file: names, aliases, dates, titles and slots that the text does not hold, values
// outside of the guidelines' grammar, references to people and institutions that the gold
// does not have (a post may also be held at, and an agreement bind, a city or country that
// only the text names), items given twice, and fields that mean nothing. None means that
// the gold fits the text.
//
// Texts are compared as the score compares names. A name need not stand in the text as it
// is written, because the parts of a list are spelled out ("Faculties of A and B" holds
// "Faculty of A"): then all words of it but those before "of" must.
func (c Case) Validate(text string) []string {
	v := &validator{gold: &c, text: normalize(text), bare: normalize(possessives.Replace(text)), people: newRoster(), institutions: newRoster()}
	v.words = wordSet(v.text + " " + v.bare)
	n := make(normalizer)
	for _, p := range c.People {
		v.people.add(n, p.Name, p.Also, p.Aliases, "", p.Optional)
	}
	for _, i := range c.Institutions {
		v.institutions.add(n, i.Name, i.Also, i.Aliases, i.Parent, i.Optional)
	}
	for _, field := range c.Unknown {
		v.fail(field, "is no field of a gold file; correct its name, or use \"note\" for a remark")
	}
	v.dates()
	v.names()
	v.titles()
	v.agreements()
	v.nearMisses()
	return v.found
}

type validator struct {
	gold                 *Case
	text                 string // normalized
	bare                 string // normalized, without possessives
	words                map[string]bool
	people, institutions *roster
	found                []string
}

func (v *validator) fail(where, format string, args ...any) {
	v.found = append(v.found, fmt.Sprintf("%s: %s %s", v.gold.Name, where, fmt.Sprintf(format, args...)))
}

// holds reports whether the text holds a phrase as a run of whole words. The text with its
// possessives taken off counts too: norm makes one word of "yesterday's".
func (v *validator) holds(phrase string) bool {
	phrase = normalize(phrase)
	return within(phrase, v.text) || within(phrase, v.bare)
}

// possessives takes the possessive ending off every word.
var possessives = strings.NewReplacer("'s ", " ", "’s ", " ", "'s\n", "\n", "’s\n", "\n", "' ", " ", "’ ", " ")

// holdsSpelledOut is holds, or all words from "of" on stand in the text.
func (v *validator) holdsSpelledOut(name string) bool {
	if v.holds(name) {
		return true
	}
	_, tail, found := strings.Cut(normalize(name), " of ")
	words := wordSet(tail)
	return found && len(words) > 0 && shared(words, v.words) == len(words)
}

func (v *validator) dates() {
	seen := make(map[dateItem]bool)
	for i, d := range v.gold.Dates {
		where := fmt.Sprintf("dates[%d] %q", i, d.Text)
		if !v.holds(d.Text) {
			v.fail(where, "is not in the text; copy the expression as written")
		}
		for _, value := range append([]string{d.Value}, d.Also...) {
			if !validDateValue(value) {
				v.fail(where, "has the value %q, which is no date value; write one such as 2024-05-18, XXXX-05-18 or 2025-10-29/2025-11-02", value)
			}
		}
		for _, mod := range append([]string{d.Mod}, d.ModAlso...) {
			if !slices.Contains(goldMods, mod) {
				v.fail(where, "has the mod %q; use one of %s", mod, strings.Join(goldMods[1:], ", "))
			}
		}
		key := dateItem{normalize(d.Text), normalizeDate(d.Value), d.Mod}
		if seen[key] {
			v.fail(where, "stands twice with the value %q; keep one", d.Value)
		}
		seen[key] = true
	}
}

func (v *validator) names() {
	for i, p := range v.gold.People {
		where := fmt.Sprintf("people[%d] %q", i, p.Name)
		v.name(where, p.Name, p.Also, p.Aliases)
		for _, j := range v.people.byOwn[normalize(p.Name)] {
			if j < i && v.people.items[j].name == normalize(p.Name) {
				v.fail(where, "has the name of people[%d]; one person is one item", j)
			}
		}
	}
	for i, n := range v.gold.Institutions {
		where := fmt.Sprintf("institutions[%d] %q", i, n.Name)
		v.name(where, n.Name, n.Also, n.Aliases)
		for _, j := range v.institutions.byOwn[normalize(n.Name)] {
			if j < i && v.institutions.items[j].name == normalize(n.Name) && normalize(v.gold.Institutions[j].Parent) == normalize(n.Parent) {
				v.fail(where, "has the name and parent of institutions[%d]; one institution is one item", j)
			}
		}
		if n.Parent != "" && !v.institutions.knows(n.Parent) {
			v.fail(where, "has the parent %q, which is no institution of the gold; add it or correct it", n.Parent)
		}
	}
}

func (v *validator) name(where, name string, also, aliases []string) {
	if normalize(name) == "" {
		v.fail(where, "has no name")
		return
	}
	if !v.holdsSpelledOut(name) && !slices.ContainsFunc(also, v.holdsSpelledOut) {
		v.fail(where, "is not in the text; copy the name as written")
	}
	for _, a := range aliases {
		if !v.holds(a) {
			v.fail(where, "has the alias %q, which is not in the text; aliases are forms that the article uses", a)
		}
	}
}

// knows reports whether a name, or one accepted for it, is one of the roster.
func (r *roster) knows(name string) bool { return len(r.byAny[normalize(name)]) > 0 }

// holdsPost reports whether the text holds all words of a post, each as it is or in the
// plural: "the mayors of A and B" holds two posts of "mayor".
func (v *validator) holdsPost(title string) bool {
	words := wordSet(normalize(title))
	for w := range words {
		if !v.words[w] && !v.words[w+"s"] && !v.words[w+"es"] && !v.words[strings.TrimSuffix(w, "y")+"ies"] {
			return false
		}
	}
	return len(words) > 0
}

func (v *validator) titles() {
	for i, t := range v.gold.Titles {
		where := fmt.Sprintf("titles[%d] %q", i, t.Title)
		if !v.people.knows(t.Person) {
			v.fail(where, "belongs to %q, who is not among the people of the gold; add the person or correct the name", t.Person)
		}
		if !t.Optional && !v.holdsPost(t.Title) { // a post told by a verb only ("chaired") is optional
			v.fail(where, "has words that are not in the text; copy the post as written")
		}
		for _, institution := range append([]*string{t.Institution}, t.InstitutionAlso...) {
			if institution != nil && !v.institutions.knows(*institution) && !v.holds(*institution) {
				v.fail(where, "is held at %q, which is neither an institution of the gold nor a place in the text; add it or correct it", *institution)
			}
		}
		if !slices.Contains(goldWhens, t.When) {
			v.fail(where, "has \"when\" %q; use one of %s", t.When, strings.Join(goldWhens[1:], ", "))
		}
	}
}

func (v *validator) agreements() {
	for i, a := range v.gold.Agreements {
		where := fmt.Sprintf("agreements[%d] %q", i, a.Subject)
		for _, t := range append([]string{a.Type}, a.TypeAlso...) {
			if !slices.Contains(goldTypes, t) {
				v.fail(where, "has the type %q; use one of %s", t, strings.Join(goldTypes[1:], ", "))
			}
		}
		for _, s := range append([]string{a.Status}, a.StatusAlso...) {
			if !slices.Contains(goldStatuses, s) {
				v.fail(where, "has the status %q; use one of %s", s, strings.Join(goldStatuses[1:], ", "))
			}
		}
		if len(a.Parties) == 0 && !a.Optional {
			v.fail(where, "has no parties; an agreement without identifiable parties is at most optional")
		}
		for _, p := range slices.Concat(a.Parties, a.PartiesAlso) {
			if !v.institutions.knows(p) && !v.holds(p) {
				v.fail(where, "has the party %q, which is neither an institution of the gold nor in the text", p)
			}
		}
		for _, s := range slices.Concat(a.Signatories, a.SignatoriesAlso) {
			if !v.people.knows(s) {
				v.fail(where, "has the signatory %q, who is not among the people of the gold", s)
			}
		}
		for _, d := range append([]string{a.Date}, a.DateAlso...) {
			if d != "" && !validDateValue(d) {
				v.fail(where, "has the date %q, which is no date value; write one such as 2024-05-18 or XXXX-05-18", d)
			}
		}
		for _, slot := range []struct {
			name string
			want string
			also []string
		}{{"place", a.Place, a.PlaceAlso}, {"subject", a.Subject, a.SubjectAlso}} {
			for _, fill := range append([]string{slot.want}, slot.also...) {
				if fill != "" && !v.holds(fill) {
					v.fail(where, "has the %s %q, which is not in the text; copy the words as written", slot.name, fill)
				}
			}
		}
	}
}
