package eval

import (
	"slices"
	"strings"
	"unicode"
)

// baseline scores the guess that costs nothing: every text with the word "signed" has one signed
// memorandum, between the two institutions that it names first. A score of agreements says little
// without it, because most releases that sign anything sign one memorandum.
//
// The institutions are those of the run, so that the guess errs in no name that the run has right,
// and the difference to the run's score is what reading the sentences is worth.
func baseline(c *Case, line Line) Count {
	var guess []Fact
	if parties := firstInstitutions(line, 2); len(parties) == 2 && hasWord(line.Text, "signed") {
		guess = []Fact{{Kind: "agreement", Type: "memorandum", Status: "signed", Parties: parties}}
	}
	d := &scorer{normalizer: make(normalizer), people: newRoster(), institutions: newRoster(), counts: make(counts)}
	for _, p := range c.People {
		d.people.add(d.normalizer, p.Name, p.Also, p.Aliases, "", p.Optional)
	}
	for _, i := range c.Institutions {
		d.institutions.add(d.normalizer, i.Name, i.Also, i.Aliases, i.Parent, i.Optional)
	}
	d.scoreAgreements(c.Agreements, guess)
	return d.counts["agreement"]
}

// firstInstitutions returns the names of the count institutions of a run that are cited first in
// the text, or fewer.
func firstInstitutions(line Line, count int) []string {
	var names []string
	after := -1 // the place of the name found last
	for len(names) < count {
		best, place := "", -1
		for _, f := range line.Facts {
			if f.Kind != "institution" || f.Name == "" {
				continue
			}
			for _, c := range f.Citations {
				if c.Whole && c.Start > after && (place < 0 || c.Start < place) && !slices.Contains(names, f.Name) {
					best, place = f.Name, c.Start
				}
			}
		}
		if place < 0 {
			break
		}
		names, after = append(names, best), place
	}
	return names
}

// hasWord reports whether the text has the word, in any case.
func hasWord(text, word string) bool {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
	return slices.Contains(words, word)
}
