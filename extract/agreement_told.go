package extract

import (
	"sort"
	"strings"

	"dateline/extract/gazetteer"
	"dateline/extract/token"
	"dateline/ingest/document"
)

// told is an agreement with both sides that an earlier sentence told of.
type told struct {
	sentence int
	kind     string
	parties  []int
}

// farthestTold is how many sentences "the two parties" and a document named again look back.
const farthestTold = 12

// remember keeps the deals of a sentence that name both sides, for later sentences that say
// "the parties".
func (r *dealReader) remember(deals []deal) {
	for _, d := range deals {
		if len(d.parties) > 1 && !d.headline {
			r.told = append(r.told, told{d.sentence, d.kind, d.parties})
		}
	}
}

// toldParties returns the parties of the agreement told last, at most farthestTold sentences
// before the present one, or nil.
func (r *dealReader) toldParties() []int {
	if n := len(r.told); n > 0 && r.told[n-1].sentence >= r.current-farthestTold {
		return r.told[n-1].parties
	}
	return nil
}

// widestScene bounds the tokens before a signing that tell who met.
const widestScene = 400

// meetingWords tell that two sides met, so that a memorandum "was signed" between them.
var meetingWords = wordSet("visit visited visits visiting met meet meeting meetings talks delegation delegations guest guests host hosted hosts welcomed received ceremony event forum conference summit session partners partner partnership cooperation co-operation collaboration collaborate cooperate parties sides universities negotiations")

// visitingWords tell that one side came to the other, in a sentence that names both.
var visitingWords = wordSet("visit visited visits visiting met delegation delegations hosted welcomed received meeting guests talks")

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// sceneParties returns the two whole institutions that met where the tokens before i say so: a
// visitor and a host, say. A unit counts for the institution that it belongs to. Where more than
// two are named, the two that the document names most often must stand out; otherwise nobody is
// guessed, and the answer is nil.
func (r *dealReader) sceneParties(i int) []int {
	low := max(0, i-widestScene)
	var named, line []int // of the scene, and of one of its sentences
	met, visited := false, false
	for j := i - 1; j >= low; j-- {
		if m := r.at(j); m >= 0 {
			j = r.mentions[m].First
			if e := r.wholeOf(m); e >= 0 && j >= low {
				named, line = appendNew(named, e), appendNew(line, e)
			}
		} else if r.tokens[j].Kind == token.Word {
			w := strings.ToLower(r.word(j))
			met = met || meetingWords[w]
			visited = visited || visitingWords[w]
		}
		if r.word(j) == "." || j == low || r.tokens[j].Is(token.LineStart) {
			if visited && len(line) == 2 {
				return []int{line[1], line[0]} // "A delegation from A visited B"
			}
			line, visited = nil, false
		}
	}
	if !met {
		return nil
	}
	if len(named) == 1 && r.filed.main >= 0 && r.filed.main != named[0] {
		named = append(named, r.filed.main)
	}
	switch {
	case len(named) < 2:
		return nil
	case len(named) > 2:
		if named = r.mostNamed(named); named == nil {
			return nil
		}
	}
	return []int{named[1], named[0]} // they were read backwards
}

// wholeOf returns the entity of the institution of a mention, the institution that it belongs to
// for a unit, or -1 for a unit of nobody and for what is no institution.
func (r *dealReader) wholeOf(m int) int {
	one := &r.mentions[m]
	if one.Type != institutionName || one.Entity < 0 {
		return -1
	}
	e := r.root(one.Entity)
	for range 4 {
		parent := r.entities[e].parent
		if parent == 0 {
			break
		}
		e = r.root(parent - 1)
	}
	if r.entities[e].unit {
		return -1
	}
	return e
}

// mostNamed returns the two entities, in the order given, that the document names more often
// than all others of the list, or nil.
func (r *dealReader) mostNamed(list []int) []int {
	count := func(k int) int { return len(r.entities[list[k]].mentions) }
	best, second, third := -1, -1, 0
	for k := range list {
		switch {
		case best < 0 || count(k) > count(best):
			if second >= 0 {
				third = max(third, count(second))
			}
			best, second = k, best
		case second < 0 || count(k) > count(second):
			if second >= 0 {
				third = max(third, count(second))
			}
			second = k
		default:
			third = max(third, count(k))
		}
	}
	if second < 0 || count(second) < 2 || count(second) == third {
		return nil
	}
	return []int{list[min(best, second)], list[max(best, second)]}
}

// lastCountries returns the two countries named last within 120 tokens before token i, in text
// order, or nil.
func (r *dealReader) lastCountries(i int) []int {
	var out []int
	for j := i - 1; j >= 0 && j > i-120 && len(out) < 2; j-- {
		m := r.at(j)
		if m < 0 || r.mentions[m].First != j || r.mentions[m].Type != placeName || !gazetteer.Country(strings.TrimPrefix(r.mentionText(m), "the ")) {
			continue
		}
		out = appendNew(out, r.placeEntity(m))
	}
	if len(out) < 2 {
		return nil
	}
	return []int{out[1], out[0]}
}

// runsOver returns the index of the last sentence that the sentence runs over: a line that breaks
// within a sentence, as in text that was copied from a narrow column.
func (r *dealReader) runsOver(i int) int {
	for range 3 {
		if i+1 >= len(r.sentences) {
			return i
		}
		s, next := &r.sentences[i], &r.sentences[i+1]
		last := r.tokens[s.Last-1]
		first := r.tokens[next.First]
		if s.zone != next.zone && s.zone != document.Heading || next.silent || next.titleCase ||
			first.Kind != token.Word || first.Is(token.Capital) || !first.Is(token.LineStart) || r.owner[next.First] != 0 ||
			last.Kind == token.Punct && r.word(s.Last-1) != "," && r.word(s.Last-1) != ")" {
			return i
		}
		i++
	}
	return i
}

// withSceneParties adds the deals that name no side, or one, and that completed no other, with
// the parties of the scene: "At the end of the meeting a memorandum was signed." A later deal
// that completes one so found does.
func (r *dealReader) withSceneParties(deals, partial []deal) []deal {
	known := len(deals) // these are in text order
	for _, d := range partial {
		if d.headline || d.backward && len(d.signatories) == 0 || d.unnamed || d.kind == "other" || d.status != "signed" || len(d.parties) > 1 {
			continue
		}
		if r.toldNear(deals[:known], &d) || len(deals) > known && r.toldNear(deals[len(deals)-1:], &d) {
			continue // told already; a second one between the same sides would name them
		}
		if d.half && len(d.parties) == 1 {
			d.score = 0.55
			deals = append(deals, d) // the other side is told, by a name that nothing shows to be one
			continue
		}
		met := r.sceneParties(d.at)
		if met == nil && len(d.signatories) > 1 && len(d.parties) == 0 {
			if met = r.lastParties(d.at, 2); met == nil {
				met = r.lastCountries(d.at)
			}
		}
		if met == nil || !subset(d.parties, met) {
			continue
		}
		d.parties, d.score = met, 0.6
		deals = append(deals, d)
	}
	sort.SliceStable(deals, func(i, j int) bool { return deals[i].sentence < deals[j].sentence })
	return deals
}

// toldNear reports whether one of the deals, which are in text order, is near d and of its kind.
func (r *dealReader) toldNear(deals []deal, d *deal) bool {
	from := sort.Search(len(deals), func(i int) bool { return deals[i].sentence >= d.sentence-farthestTold })
	for i := from; i < len(deals) && deals[i].sentence <= d.sentence+farthestTold; i++ {
		if kindsAgree(deals[i].kind, d.kind) {
			return true
		}
	}
	return false
}

// missingSides gives deals with one side and several signatories the other side from the scene.
func (r *dealReader) missingSides(deals []deal) {
	for i := range deals {
		d := &deals[i]
		if len(d.parties) != 1 || len(d.signatories) < 2 || d.unnamed || d.status != "signed" {
			continue
		}
		if met := r.sceneParties(d.at); met != nil && subset(d.parties, met) {
			d.parties = met
		}
	}
}

// namedAgain marks a deal about "the memorandum" as one that speaks of the agreement told before
// when its own sides are only those of the people who signed: the deans sign what the universities
// agreed. A document that its sentence does not name ("It was signed by …") gets the type of the
// one named before.
func (r *dealReader) namedAgain(d *deal, noun int, s *sentence) {
	if d.kind == "other" && d.backward {
		if kind, ok := r.documentBefore(s.First); ok {
			d.kind = kind
		}
		r.oneOfSeveral(d)
		return
	}
	if d.backward || len(d.signatories) == 0 || !r.definiteNoun(noun, s) {
		return
	}
	for k := len(r.told) - 1; k >= 0 && r.told[k].sentence >= r.current-3; k-- {
		if kindsAgree(r.told[k].kind, d.kind) && d.status == "signed" && len(d.parties) <= len(r.told[k].parties) && overlap(d.parties, r.told[k].parties) {
			d.backward = true // one side is written in another way
			return
		}
	}
	for _, e := range d.parties {
		post := false
		for _, x := range d.signatories {
			h, ok := r.held[x]
			post = post || ok && r.root(h) == e
		}
		if !post {
			return
		}
	}
	for k := len(r.told) - 1; k >= 0 && r.told[k].sentence >= r.current-6; k-- {
		if kindsAgree(r.told[k].kind, d.kind) {
			d.parties, d.left, d.right, d.backward = nil, nil, nil, true
			return
		}
	}
}

// oneOfSeveral reads "It was signed between Jane Doe and John Roe" behind "The first memorandum is
// to …" as an agreement of its own: the sentence before counts it.
func (r *dealReader) oneOfSeveral(d *deal) {
	if r.current == 0 || len(d.signatories) < 2 && len(d.parties) < 2 {
		return
	}
	s := &r.sentences[r.current-1]
	if s.silent || s.titleCase {
		return
	}
	for i := s.First; i+1 < s.Last && i < s.First+4; i++ {
		if r.at(i) >= 0 || !ordinals[strings.ToLower(r.word(i))] {
			continue
		}
		noun, end, kind := r.nounAhead(i+1, min(s.Last, i+5), s)
		if noun < 0 {
			continue
		}
		d.backward, d.another, d.kind = false, true, kind.name
		if start := r.predicate(end, s); start > 0 && d.subject == "" {
			if last := r.aboutEnd(start, s); last > start {
				d.subject = r.span(start, last).Of(r.text)
			}
		}
		d.cites = append([]Citation{r.cite(r.boundedSpan(i, s), d.rule)}, d.cites...)
		return
	}
}

// ordinals count the documents of one occasion.
var ordinals = wordSet("first second third fourth fifth sixth seventh other another next last final")

// definiteNoun reports whether "the" or "this" stands before the words of the document at noun.
func (r *dealReader) definiteNoun(noun int, s *sentence) bool {
	for i := noun; i >= s.First && i > noun-5; i-- {
		if r.at(i) >= 0 {
			return false
		}
		switch strings.ToLower(r.word(i)) {
		case "the", "this", "these", "said":
			return true
		case "a", "an", ",", "another":
			return false
		}
	}
	return false
}

// anotherNoun reports whether the words of the document at noun say that it is a further one.
func (r *dealReader) anotherNoun(noun int, s *sentence) bool {
	for i := noun; i >= s.First && i > noun-6; i-- {
		if r.at(i) >= 0 || r.tokens[i].Kind == token.Punct {
			return false
		}
		switch strings.ToLower(r.word(i)) {
		case "another", "further", "second", "third", "fourth", "fifth", "sixth", "separate", "additional":
			return true
		case "other":
			return i > s.First && strings.EqualFold(r.word(i-1), "the")
		}
	}
	return false
}

// documentWord returns the type of the document that the word at j names.
func (r *dealReader) documentWord(j, end int) (string, bool) {
	if r.at(j) >= 0 {
		return "", false
	}
	s := sentence{Sentence: token.Sentence{First: max(0, j-1), Last: end}}
	kind, _, ok := r.agreementNoun(j, &s)
	return kind.name, ok && kind.name != "other"
}

// documentBefore returns the type of the document named last in the 60 tokens before token i, or
// first in the 60 behind.
func (r *dealReader) documentBefore(i int) (string, bool) {
	for j := i - 1; j >= 0 && j > i-60; j-- {
		if kind, ok := r.documentWord(j, i); ok {
			return kind, true
		}
	}
	for j := i; j < len(r.tokens) && j < i+60; j++ {
		if kind, ok := r.documentWord(j, len(r.tokens)); ok {
			return kind, true
		}
	}
	return "", false
}

// inHeadlines reads the agreement that only a headline in capitals tells of: the first one with both
// sides.
func (r *dealReader) inHeadlines() []deal {
	for i := range r.sentences {
		s := r.sentences[i]
		if s.silent || !s.titleCase {
			continue
		}
		r.current = i
		for _, d := range r.read(i, &s) {
			if len(d.parties) > 1 && d.kind != "other" {
				d.score = 0.6
				return []deal{d}
			}
		}
	}
	return nil
}

// otherNameAhead reports whether "with" or "between" behind the noun of a document brings a
// capitalised name that was not read as a side: the agreement has its other side all the same.
func (r *dealReader) otherNameAhead(i int, s *sentence) bool {
	for end := min(s.Last, i+30); i < end; i++ {
		if r.at(i) >= 0 || r.word(i) != "with" && r.word(i) != "between" || notWithParty[strings.ToLower(r.word(i-1))] {
			continue
		}
		for j := i + 1; j < s.Last && j < i+12; j++ {
			if m := r.at(j); m >= 0 {
				if t := r.mentions[m].Type; t == otherName {
					return true
				}
				j = r.mentions[m].Last - 1
				continue
			}
			if r.tokens[j].Kind != token.Word {
				if w := r.word(j); w == "." || w == ";" {
					break
				}
				continue
			}
			if r.capital(j) && !r.is(j, functionWord|monthName|demonym) {
				return true
			}
			if r.word(j) == "to" || r.word(j) == "on" || r.word(j) == "for" {
				break
			}
		}
	}
	return false
}
