package extract

import (
	"slices"
	"strings"

	"dateline/extract/dates"
	"dateline/extract/token"
	"dateline/ingest/document"
)

// deal is one place where the text tells of an agreement, before places are merged.
type deal struct {
	kind, status string
	parties      []int // entities, or -1-mention for a country or city
	signatories  []int // entities
	date         string
	place        string
	subject      string
	plural       bool
	separate     bool // "respectively", "each": one agreement for each pair
	left, right  []int
	cites        []Citation
	rule         string
	score        float64
	sentence     int
	backward     bool   // speaks of a document named before ("It was signed by …"): completes another
	headline     bool   // told by a heading: counts only when the text has no other
	at           int    // token of the verb
	occasion     int    // the last sentence that tells of it as signed on an occasion, or -1
	half         bool   // its other side has a name that was not read
	another      bool   // "another memorandum", "a second agreement": none that was told before
	plain        string // what the name of the document says of its subject: "cooperation"
	series       int    // the same number for the deals of one series, 0 for others
	unnamed      bool   // "with a Chinese university", "with several schools": a side without a name
}

// agreementFacts finds the agreements of the document and merges the places that tell of
// the same one.
func (p *page) agreementFacts() {
	r := &dealReader{page: p, dateAt: map[int]dates.Mention{}, held: map[int]int{}, heldPlace: map[int]int{}}
	r.prepare()
	var deals []deal
	for i := 0; i < len(p.sentences); i++ {
		s := p.sentences[i]
		last := r.runsOver(i)
		if s.silent || s.titleCase && last == i {
			continue
		}
		s.Last, s.zone = p.sentences[last].Last, p.sentences[last].zone
		r.current = i
		if listed, next := r.listedDocuments(last, &s); len(listed) > 0 {
			r.remember(listed)
			deals = append(deals, listed...)
			i = next - 1
			continue
		}
		found := r.read(i, &s)
		r.remember(found)
		deals = append(deals, found...)
		i = last
	}
	deals = append(deals, p.ruled.deals...)
	p.deals = deals
	deals, partial := mergeDeals(deals)
	deals = r.withSceneParties(deals, partial)
	r.missingSides(deals)
	deals = withoutSummaries(deals)
	if len(deals) == 0 {
		deals = r.inHeadlines()
	}
	p.whole, p.alone = deals, partial
	r.fillSubjects(deals)
	for i := range deals {
		if deals[i].subject == "" {
			deals[i].subject = deals[i].plain
		}
	}
	r.fillFromScenes(deals)
	for _, d := range deals {
		p.facts = append(p.facts, r.fact(d))
	}
}

// dealReader reads the agreements of sentences.
type dealReader struct {
	*page
	dateAt     map[int]dates.Mention // by first byte
	heldPlace  map[int]int           // person entity to the mention of the country or city of the post
	held       map[int]int           // person entity to the institution entity of the post
	current    int                   // the sentence that is read
	told       []told                // agreements of the sentences before
	lastSeries int
	holders    map[string][]holder // people by the words of their posts
}

// prepare files the dates by place and the posts by their holders.
func (r *dealReader) prepare() {
	for i, m := range r.mentions {
		if m.Type == placeName && m.Last == m.First+1 {
			switch r.word(m.First) {
			case "MoU", "MOU", "MoUs", "MOUs", "MoA", "MOA", "MoC", "MOC", "LoI", "LOI":
				if r.at(m.First) == i {
					r.owner[m.First] = 0 // the tagger took the document for a place
				}
			}
		}
	}
	for _, m := range r.dates {
		r.dateAt[m.Start] = m
	}
	for _, b := range r.titles {
		if b.place > 0 && b.institution == 0 && b.when != "former" {
			r.heldPlace[b.person] = b.place - 1
		}
		if b.institution > 0 && b.when != "former" {
			if _, ok := r.held[b.person]; !ok {
				r.held[b.person] = r.root(b.institution - 1)
			}
		}
	}
	r.fileHolders()
}

// fact turns a merged deal into a fact.
func (r *dealReader) fact(d deal) Fact {
	a := &Agreement{Type: d.kind, Status: d.status, Date: d.date, Place: d.place, Subject: d.subject, Parties: []string{}, Signatories: []string{}}
	for _, e := range d.parties {
		a.Parties = append(a.Parties, r.partyName(e))
	}
	for _, e := range d.signatories {
		a.Signatories = append(a.Signatories, r.entities[e].name)
	}
	return Fact{Kind: KindAgreement, Rule: d.rule, Confidence: d.score, Citations: uniqueCitations(d.cites), Agreement: a}
}

func (r *dealReader) partyName(e int) string {
	if e >= 0 {
		return r.entities[e].name
	}
	return strings.TrimPrefix(r.mentionText(-1-e), "the ")
}

// widestClause bounds the tokens that are read to each side of an agreement's verb.
const widestClause = 150

// read finds the agreements that one sentence tells of.
func (r *dealReader) read(index int, s *sentence) []deal {
	var out []deal
	const most = 24        // deals of one sentence: more is a list that no reader could check
	used := map[int]bool{} // agreement nouns that have their verb
	for i := s.First; i < s.Last && len(out) < most; i++ {
		if r.owner[i] != 0 || r.tokens[i].Kind != token.Word {
			continue
		}
		if strings.EqualFold(r.word(i), "signatories") {
			if one, ok := r.listedSignatories(i, s); ok {
				one.sentence = index
				out = append(out, one)
			}
			continue
		}
		verb, at, ok := r.agreementVerbAt(i, s)
		if !ok || verb.gerund && r.thankedFor(i, s) {
			continue
		}
		// A verb reads at most so many tokens to both sides, whatever the length of its sentence.
		near := *s
		near.First, near.Last = max(s.First, at-widestClause), min(s.Last, at+widestClause)
		second := r.secondDocument(at, verb, &near)
		if second > 0 {
			near.Last = second
		}
		one, noun, ok := r.readVerb(at, verb, &near)
		if !ok || noun >= 0 && used[noun] {
			continue
		}
		if noun >= 0 {
			used[noun] = true
		}
		one.sentence, one.at = index, at
		if first, last := r.plainSubject(noun, at, &near); last > first {
			one.plain = r.span(first, last).Of(r.text)
		}
		one.headline = s.zone == document.Heading || index == 0 && r.word(s.Last-1) != "."
		one.cites = []Citation{r.cite(r.boundedSpan(i, s), one.rule)}
		one.occasion = -1
		if r.onOccasion(&near) {
			one.occasion = index
		}
		one.half = len(one.parties) == 1 && !r.definiteNoun(noun, &near) && r.otherNameAhead(noun+1, &near)
		one.another = r.anotherNoun(noun, &near)
		r.withListed(&one, max(at, noun)+1, &near)
		r.namedAgain(&one, noun, &near)
		series := r.spread(one)
		if len(series) > 1 {
			r.lastSeries++
			for k := range series {
				series[k].series = r.lastSeries
			}
		}
		out = append(out, series...)
		for second > 0 && len(out) < most && len(one.left) > 0 {
			limit := min(s.Last, at+widestClause)
			next, after, ok := r.alsoSigned(one, second, limit, s)
			if !ok {
				break
			}
			next.cites = []Citation{r.cite(r.boundedSpan(i, s), next.rule)}
			out = append(out, next)
			second = after
		}
	}
	return out
}

// boundedSpan is the sentence, or 60 words to both sides of token i where it is longer: a
// citation has at most 150 words.
func (r *dealReader) boundedSpan(i int, s *sentence) token.Span {
	first, last := s.First, s.Last
	if last-first > 140 {
		first, last = max(first, i-60), min(last, i+60)
	}
	return r.span(first, last)
}

// spread makes one deal of each pair where the sentence tells of several.
func (r *dealReader) spread(d deal) []deal {
	pairUp := func(a, b int) deal {
		one := d
		one.parties = []int{a, b}
		one.cites = slices.Clone(d.cites) // each is completed on its own
		one.signatories = nil
		for _, x := range d.signatories {
			if h, ok := r.held[x]; ok && (h == a || h == b) {
				one.signatories = append(one.signatories, x)
			}
		}
		return one
	}
	n, m := len(d.left), len(d.right)
	switch {
	case d.separate && n > 1 && n == m:
		var out []deal
		for k := range d.left {
			out = append(out, pairUp(d.left[k], d.right[k]))
		}
		return out
	case d.separate && n > 1 && m == 1, d.plural && n > 1 && m == 1:
		var out []deal
		for _, a := range d.left {
			out = append(out, pairUp(a, d.right[0]))
		}
		return out
	case n == 1 && m > 1 && (d.separate || d.plural):
		var out []deal
		for _, b := range d.right {
			out = append(out, pairUp(d.left[0], b))
		}
		return out
	}
	return []deal{d}
}

// listedSignatories reads "The signatories were A, rector of X, and B" as the people who
// signed what was named before.
func (r *dealReader) listedSignatories(i int, s *sentence) (deal, bool) {
	d := deal{kind: "other", status: "signed", rule: "agreement.signatories", score: 0.7, backward: true}
	d.parties, d.signatories = r.collect(i+1, s.Last, s, false)
	d.cites = []Citation{r.cite(r.boundedSpan(i, s), d.rule)}
	return d, len(d.signatories) > 0
}

// readVerb reads the agreement around the verb at token v. noun is the token of the
// agreement's noun, or -1.
func (r *dealReader) readVerb(v int, verb agreementVerb, s *sentence) (deal, int, bool) {
	d := deal{status: verb.status, score: 0.8}
	form, noun, kind := r.construction(v, verb, s)
	if form == formNone {
		return d, -1, false
	}
	if strings.HasPrefix(strings.ToLower(r.word(v)), "announc") && (form != formActive || noun > v+7 || kind.name == "other" || kind.name == "grant") {
		return d, -1, false // "announced a contract with B"; not "announced that …"
	}
	d.kind = kind.name
	d.backward = noun == v || kind.name == "other" && noun >= 0 && strings.HasPrefix(strings.ToLower(r.word(noun)), "document")
	d.plural = kind.plural
	d.rule = "agreement." + form.String()
	status, real := r.reality(v, noun, verb, form, s)
	if !real {
		return d, -1, false
	}
	if d.status == "signed" && status == "" && r.orally(s) {
		d.status = "agreed"
	}
	if status != "" {
		d.status = status
	} else if kind.status != "" && verb.status == "signed" {
		d.status = kind.status
	}
	end := r.clauseEnd(max(v, noun)+1, s)
	if verb.award && kind.name != "contract" && kind.name != "grant" {
		return d, -1, false
	}
	end = r.beforeNextVerb(max(v, noun)+1, end, s)
	switch form {
	case formActive:
		d.left, d.signatories = r.subjectParties(v, s)
		var more []int
		from := noun + 1
		if verb.joins {
			from = v + 1
		}
		d.right, more = r.partiesBehind(from, end, v, s)
		d.signatories = append(d.signatories, more...)
		if len(d.right) == 0 && noun > v+1 && !verb.weak {
			d.right, more = r.partiesBehind(v+1, noun, v, s) // "signed with B an agreement"
			d.signatories = append(d.signatories, more...)
		} else if len(d.right) > 1 && r.betweenAhead(noun+1, end) && !overlap(d.left, d.right) {
			d.left = nil // "The Senate ratified the treaty between A and B"
		}
		if verb.gains {
			d.right = appendNew(d.right, r.giver(v, noun, end, s)...)
			d.signatories = nil
		}
	case formPassive, formReduced:
		if verb.bears {
			d.right, d.signatories = r.collect(v+1, r.listEnd(v+1, end, s), s, true)
			break
		}
		start := max(noun, s.First)
		var more []int
		d.left, d.signatories = r.partiesBehind(start+1, v, v, s)
		d.right, more = r.partiesBehind(v+1, end, v, s)
		d.signatories = append(d.signatories, more...)
		if len(d.left) > 1 && !verb.award {
			d.right = nil // "between X and Y … signed by Jane Doe, Minister of Trade": X and Y are told to be the sides
		}
	case formRelative:
		d.left, d.signatories = r.subjectParties(v, s)
		var more []int
		d.right, more = r.partiesBehind(v+1, end, v, s)
		d.signatories = append(d.signatories, more...)
	case formNominal:
		var more []int
		d.left, more = r.partiesBehind(noun+1, end, v, s)
		d.signatories = more
		if len(d.left) < 2 {
			d.right, more = r.announcer(v, s)
			d.signatories = append(d.signatories, more...)
		}
	case formWords:
		d.left, d.signatories = r.subjectParties(v, s)
		d.signatories = nil
		if r.word(v+1) == "with" {
			d.right, _ = r.partiesBehind(v+1, min(v+12, end), v, s)
		}
		if len(d.left)+len(d.right) < 2 {
			return d, -1, false
		}
	}
	if verb.award && !verb.gains && form == formActive {
		// "awarded X a grant", "awarded a contract to X", "was awarded a grant by X"
		for i := v + 1; i < end; i++ {
			if m := r.at(i); m >= 0 && r.mentions[m].First == i && r.mentions[m].Type == institutionName && (i < noun || strings.EqualFold(r.word(r.beforeMention(i, s)), "to")) {
				if r.mentions[m].Entity >= 0 {
					d.right = appendNew(d.right, r.root(r.mentions[m].Entity))
				}
			}
		}
	}
	if form == formPassive {
		if verb.award {
			for i := v + 1; i < end; i++ {
				if r.word(i) == "to" {
					ps, _ := r.collect(i+1, r.listEnd(i+1, end, s), s, true)
					d.right = appendNew(d.right, ps...)
					break
				}
			}
		}
		d.left = appendNew(r.possessor(noun, s), d.left...)
		if len(d.left) == 0 && len(d.right) == 1 {
			// "A memorandum was signed with B": the other side is whom the text is about.
			if e := r.filed.topic; e >= 0 && e != d.right[0] && !r.pastPerfect(v, s) {
				d.left = []int{e}
				d.score = 0.65
			}
		}
	}
	if len(d.signatories) == 0 && verb.status == "signed" && !verb.award {
		d.signatories = r.byPosts(v, noun, end, form, s)
	}
	if on := r.behalf(s); len(on) > 1 {
		d.left, d.right = on, nil // who signs on whose behalf is told outright
	}
	d.parties = appendNew(append([]int(nil), d.left...), d.right...)
	d.signatories = appendNew(nil, d.signatories...)
	for i := s.First; i < s.Last; i++ {
		switch strings.ToLower(r.word(i)) {
		case "respectively", "each", "separately", "separate", "individual":
			d.separate = true
		}
	}
	relative := form == formRelative
	subjectFrom := noun + 1
	if relative {
		subjectFrom = v + 1
	}
	if form == formWords {
		subjectFrom = v + 1
	} else if form == formPassive || form == formReduced {
		subjectFrom = noun + 1
	}
	first, last := 0, 0
	if noun != v && !verb.bears {
		told := *s
		if form == formNominal {
			told.Last = r.finiteVerb(noun+1, s) // "The signing of the memorandum will open doors"
		}
		first, last = r.subject(subjectFrom, v, form, &told)
		if last <= first {
			first, last = r.purposeFirst(v, s)
		}
	}
	if last > first {
		last = r.trimSubject(first, last)
	}
	if last > first {
		d.subject = r.span(first, last).Of(r.text)
	}
	if form == formReduced {
		r.sidesOfClause(&d, v, noun, s)
	}
	d.date = r.when(v, noun, first, last, s)
	if len(d.date) == 4 && (d.status == "renewed" || d.status == "terminated") {
		d.date = "" // "the agreement of 2014": the year tells when it was first made
	}
	d.place = r.where(v, noun, first, last, s)
	if strings.HasPrefix(strings.ToLower(r.word(v)), "announc") {
		d.date, d.place = "", "" // when it was announced is not when it was signed
	}
	if form == formWords {
		d.place = ""
	}
	return d, noun, true
}

func appendNew(to []int, more ...int) []int {
	for _, m := range more {
		seen := false
		for _, t := range to {
			seen = seen || t == m
		}
		if !seen {
			to = append(to, m)
		}
	}
	return to
}
