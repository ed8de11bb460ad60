package eval

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// metricNames are the metrics in the order in which they are reported.
var metricNames = []string{"date.span", "date.value", "person", "person.alias", "institution", "institution.parent",
	"title.held", "title", "agreement.found", "agreement", "agreement.type", "agreement.status", "agreement.parties",
	"agreement.signatories", "agreement.date", "agreement.place", "agreement.subject"}

// Score measures a run, as ReadLines reads it, against gold cases. A case without a line
// counts as all missed and gives a warning; a line without a case is ignored. The order of
// the cases decides which ones each draw of the bootstrap takes, so it should be the one
// of LoadGold.
func Score(cases []Case, lines map[string]Line) Result {
	result := Result{Documents: len(cases)}
	sums := make(counts)
	for i := range cases {
		line, ok := lines[cases[i].Name]
		if !ok {
			result.Warnings = append(result.Warnings, fmt.Sprintf("no line for %s: all of it counts as missed", cases[i].Name))
		}
		document := scoreDocument(&cases[i], line)
		sums.add(document.counts)
		result.Baseline = result.Baseline.plus(baseline(&cases[i], line))
		result.UncitedFacts += document.UncitedFacts
		result.NearMisses += document.NearMisses
		result.CameBack += document.CameBack
		result.PerDocument = append(result.PerDocument, document)
	}
	result.Metrics = sums.metrics()
	result.Overall = sums.headline()
	result.Low, result.High = interval(result.PerDocument, headlineMetrics[:]...)
	return result
}

// scorer scores one document.
type scorer struct {
	normalizer
	people, institutions *roster
	counts               counts
	errors               []Error
	document             string
}

// report takes a metric's counts and errors from a matching. gold gives an item with the
// words to look for, system one with its citations.
func (d *scorer) report(metric string, m matching, gold func(int) (string, []string), system func(int) (string, []Citation)) {
	d.counts[metric] = m.count()
	for _, s := range m.spurious {
		what, cited := system(s)
		d.fail(Error{Metric: metric, Kind: "spurious", What: what, Cited: cited})
	}
	for _, g := range m.missed {
		what, words := gold(g)
		d.fail(Error{Metric: metric, Kind: "missed", What: what, Words: words})
	}
}

func (d *scorer) fail(e Error) {
	e.Document = d.document
	d.errors = append(d.errors, e)
}

func scoreDocument(c *Case, line Line) DocumentResult {
	d := &scorer{normalizer: make(normalizer), people: newRoster(), institutions: newRoster(),
		counts: make(counts), document: c.Name}
	for _, p := range c.People {
		d.people.add(d.normalizer, p.Name, p.Also, p.Aliases, "", p.Optional)
	}
	for _, i := range c.Institutions {
		d.institutions.add(d.normalizer, i.Name, i.Also, i.Aliases, i.Parent, i.Optional)
	}
	kinds := make(map[string][]Fact)
	for _, f := range line.Facts {
		kinds[f.Kind] = append(kinds[f.Kind], f)
	}
	d.scoreDates(c.Dates, kinds["date"])
	d.scorePeople(c.People, kinds["person"])
	d.scoreInstitutions(c.Institutions, kinds["institution"])
	d.scoreTitles(c.Titles, kinds["title"])
	d.scoreAgreements(c.Agreements, kinds["agreement"])

	text := []rune(line.Text)
	uncited := 0
	for i := range line.Facts {
		f := &line.Facts[i]
		if why := d.uncited(f, text, line.HasText); why != "" {
			uncited++
			kind := f.Kind
			if kind == "" {
				kind = "?"
			}
			d.fail(Error{Metric: kind, Kind: "uncited", What: showFact(f) + ": " + why, Cited: f.Citations})
		}
	}
	back := d.nearMisses(c.NearMisses, line.Facts)
	return DocumentResult{Name: c.Name, Metrics: d.counts.metrics(), UncitedFacts: uncited, NearMisses: len(c.NearMisses), CameBack: back,
		Errors: d.errors, counts: d.counts}
}

// dateItem is one expression of a run with its value.
type dateItem struct{ text, value, mod string }

// dateItems are the distinct expressions of a run's dates, each with the citation that it
// was first seen in; durations and sets are left out. Each citation of a fact is one
// expression; a fact without one has an empty one.
func (d *scorer) dateItems(facts []Fact) (items []dateItem, cited [][]Citation) {
	seen := make(map[dateItem]bool)
	for _, f := range facts {
		if f.Type != "" && f.Type != "date" && f.Type != "time" {
			continue
		}
		var quotes []Citation
		for _, c := range f.Citations {
			if c.Object {
				quotes = append(quotes, c)
			}
		}
		if len(quotes) == 0 {
			quotes = []Citation{{}}
		}
		for _, c := range quotes {
			quote := c.Quote
			if isBlank(quote) {
				quote = ""
			}
			key := dateItem{d.norm(quote), normalizeDate(f.Value), f.Mod}
			if !seen[key] {
				seen[key] = true
				items = append(items, dateItem{quote, f.Value, f.Mod})
				cited = append(cited, []Citation{c})
			}
		}
	}
	return items, cited
}

func (d *scorer) scoreDates(gold []GoldDate, facts []Fact) {
	items, cited := d.dateItems(facts)
	span := func(g, s int) bool { return sameExtent(d.norm(gold[g].Text), d.norm(items[s].text)) }
	value := func(g, s int) bool {
		got := normalizeDate(items[s].value)
		return span(g, s) &&
			(got == normalizeDate(gold[g].Value) || slices.ContainsFunc(gold[g].Also, func(v string) bool { return got == normalizeDate(v) })) &&
			(items[s].mod == gold[g].Mod || slices.Contains(gold[g].ModAlso, items[s].mod))
	}
	// A fragment of an optional date is excused like the date itself; a longer text that
	// merely holds it is not.
	excused := func(s int) bool {
		for g := range gold {
			if gold[g].Optional && (span(g, s) || within(d.norm(items[s].text), d.norm(gold[g].Text))) {
				return true
			}
		}
		return false
	}
	p := pairing{gold: len(gold), system: len(items), optional: func(g int) bool { return gold[g].Optional }, same: span, excused: excused}
	d.counts["date.span"] = match(p).count()
	p.same = value
	show := func(text, value, mod string) string {
		return strings.TrimSpace(fmt.Sprintf("%s = %s %s", text, orNull(value), mod))
	}
	d.report("date.value", match(p),
		func(g int) (string, []string) {
			return show(gold[g].Text, gold[g].Value, gold[g].Mod), []string{gold[g].Text}
		},
		func(s int) (string, []Citation) { return show(items[s].text, items[s].value, items[s].mod), cited[s] })
}

// matchNames pairs a roster with a run's facts by name; detail decides among namesakes.
func (d *scorer) matchNames(r *roster, facts []Fact, detail func(g, s int) Count) matching {
	return match(pairing{gold: len(r.items), system: len(facts),
		optional: func(g int) bool { return r.optional[g] },
		same:     func(g, s int) bool { return r.items[g].own[d.norm(facts[s].Name)] },
		detail:   detail})
}

func (d *scorer) scorePeople(gold []GoldPerson, facts []Fact) {
	aliases := func(g, s int) Count { return aliasCount(d.normalizer, d.people.items[g], facts[s]) }
	m := d.matchNames(d.people, facts, aliases)
	d.report("person", m, func(g int) (string, []string) {
		return gold[g].Name, slices.Concat([]string{gold[g].Name}, gold[g].Aliases)
	},
		func(s int) (string, []Citation) { return orNull(facts[s].Name), facts[s].Citations })
	d.counts["person.alias"] = summed(m, aliases)
}

func (d *scorer) scoreInstitutions(gold []GoldInstitution, facts []Fact) {
	parents := func(g, s int) Count { return d.parentCount(gold[g].Parent, facts[s].Parent) }
	m := d.matchNames(d.institutions, facts, parents)
	d.report("institution", m, func(g int) (string, []string) {
		return gold[g].Name, slices.Concat([]string{gold[g].Name}, gold[g].Aliases)
	},
		func(s int) (string, []Citation) { return orNull(facts[s].Name), facts[s].Citations })
	d.counts["institution.parent"] = summed(m, parents)
}

func (d *scorer) parentCount(want, got string) Count {
	switch {
	case want == "" && got == "":
		return Count{}
	case want == "":
		return Count{FP: 1}
	case got == "":
		return Count{FN: 1}
	case d.institutions.same(d.norm(got), d.norm(want)):
		return Count{TP: 1}
	}
	return Count{FP: 1, FN: 1}
}

func summed(m matching, count func(g, s int) Count) Count {
	var sum Count
	for _, p := range m.pairs {
		sum = sum.plus(count(p.row, p.column))
	}
	return sum
}

func (d *scorer) scoreTitles(gold []GoldTitle, facts []Fact) {
	var held []Fact // a title without a named person is not scored
	for _, f := range facts {
		if f.Person != "" {
			held = append(held, f)
		}
	}
	same := func(g, s int) bool {
		want, got := &gold[g], &held[s]
		if !d.people.same(d.norm(got.Person), d.norm(want.Person)) {
			return false
		}
		title := d.norm(got.Title)
		return title == d.norm(want.Title) || slices.ContainsFunc(want.Also, func(t string) bool { return title == d.norm(t) })
	}
	whole := func(g, s int) bool { return same(g, s) && d.sameInstitution(&gold[g], held[s].Institution) }
	p := pairing{gold: len(gold), system: len(held), optional: func(g int) bool { return gold[g].Optional }, same: same}
	d.counts["title.held"] = match(p).count()
	p.same = whole
	d.report("title", match(p),
		func(g int) (string, []string) {
			institution, words := "null", []string{gold[g].Title, gold[g].Person}
			if gold[g].Institution != nil {
				institution = *gold[g].Institution
				words = append(words, institution)
			}
			return gold[g].Person + " | " + gold[g].Title + " | " + institution, words
		},
		func(s int) (string, []Citation) {
			return held[s].Person + " | " + orNull(held[s].Title) + " | " + orNull(held[s].Institution), held[s].Citations
		})
}

// sameInstitution reports whether the place of a post is an accepted one. No place is
// right only where the gold accepts null.
func (d *scorer) sameInstitution(g *GoldTitle, got string) bool {
	for _, answer := range append([]*string{g.Institution}, g.InstitutionAlso...) {
		switch {
		case got == "":
			if answer == nil {
				return true
			}
		case answer != nil && *answer != "" && d.institutions.same(d.norm(got), d.norm(*answer)):
			return true
		}
	}
	return false
}

func (d *scorer) scoreAgreements(gold []GoldAgreement, facts []Fact) {
	m := d.align(gold, facts)
	var slots slotCounts
	count := func(g *GoldAgreement, s *Fact) {
		for slot, c := range d.slotCounts(g, s) {
			slots[slot] = slots[slot].plus(c)
			if c.FP > 0 || c.FN > 0 {
				e := Error{Metric: "agreement." + slotNames[slot], Kind: "wrong", Want: showSlot(g, nil, slot), Got: showSlot(nil, s, slot), Words: g.words()}
				e.What = "gold " + e.Want + " got " + e.Got
				if s != nil {
					e.Cited = s.Citations
				}
				d.fail(e)
			}
		}
	}
	for _, p := range m.pairs {
		count(&gold[p.row], &facts[p.column])
	}
	for _, s := range m.spurious {
		count(nil, &facts[s])
	}
	for _, g := range m.missed {
		count(&gold[g], nil)
	}
	d.counts["agreement.found"] = m.count()
	var all Count
	for slot, c := range slots {
		all = all.plus(c)
		d.counts["agreement."+slotNames[slot]] = c
	}
	d.counts["agreement"] = all
}

// showSlot is the fill of one side's slot as JSON.
func showSlot(g *GoldAgreement, s *Fact, slot int) string {
	var value any
	if slot == slotParties || slot == slotSignatories {
		list, _ := g.listSlot(slot)
		if list = append(slices.Clone(list), listFill(s, slot)...); len(list) > 0 {
			value = list
		}
	} else {
		text, _ := g.textSlot(slot)
		if text += textFill(s, slot); text != "" {
			value = text
		}
	}
	data, err := json.Marshal(value)
	if err != nil { // strings and lists of strings always marshal
		return "null"
	}
	return string(data)
}

// showFact names a fact of a run for a message.
func showFact(f *Fact) string {
	var parts []string
	for _, s := range append([]string{f.Name, f.Person, f.Title, f.Institution, f.Value, f.Type, f.Subject}, f.Parties...) {
		if s != "" {
			parts = append(parts, clip(s))
		}
	}
	if len(parts) == 0 {
		return "a fact without content"
	}
	return clip(strings.Join(parts, " | "))
}

func orNull(text string) string {
	if text == "" {
		return "null"
	}
	return text
}
