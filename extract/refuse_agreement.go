package extract

import (
	"strings"

	"dateline/extract/token"
)

// refuseAgreements goes through the verbs and nouns of agreements as agreementFacts does.
func (p *page) refuseAgreements() {
	r := &refuser{dealReader: &dealReader{page: p}, cited: p.reachOf(KindAgreement), alone: p.aloneAt(), deals: map[int]*deal{}}
	for i := range p.deals {
		if d := &p.deals[i]; r.deals[dealKey(d)] == nil {
			r.deals[dealKey(d)] = d
		}
	}
	for i := 0; i < len(p.sentences); i++ {
		s := p.sentences[i]
		last := r.runsOver(i)
		switch {
		case s.silent:
		case s.titleCase && last == i:
			r.heading(&s)
		default:
			s.Last, s.zone = p.sentences[last].Last, p.sentences[last].zone
			r.sentence(&s)
			i = last
		}
	}
}

// refuser looks for what agreementFacts has left out.
type refuser struct {
	*dealReader
	cited reach
	alone map[int]bool
	deals map[int]*deal // by key
}

// refuseAt adds a reason for the words from one token to another.
func (r *refuser) refuseAt(first, last int, code, detail string) {
	r.refusal("agreement", "agreement."+code, r.span(first, last), detail)
}

// heading gives the reason for a title-case line that tells of a signing, when the text tells of none.
func (r *refuser) heading(s *sentence) {
	if len(r.cited.spans) > 0 {
		return
	}
	for i := s.First; i < s.Last; i++ {
		if r.owner[i] != 0 {
			continue
		}
		verb, signing := agreementVerbs[strings.ToLower(r.word(i))]
		_, end, noun := r.agreementNoun(i, s)
		if signing && !verb.weak && !verb.words {
			end = i + 1
		} else if !noun || !r.documentNoun(i, s) {
			continue
		}
		r.refuseAt(i, end, "headline", "")
		return
	}
}

// sentence gives the reasons for the triggers of one sentence.
func (r *refuser) sentence(s *sentence) {
	told, verbed := map[int]bool{}, map[int]bool{} // last tokens of nouns: with a deal, with a verb
	for i := s.First; i < s.Last; i++ {
		if r.owner[i] != 0 || r.tokens[i].Kind != token.Word {
			continue
		}
		verb, at, ok := r.agreementVerbAt(i, s)
		if !ok {
			continue
		}
		near := *s
		near.First, near.Last = max(s.First, at-widestClause), min(s.Last, at+widestClause)
		f, noun, kind := r.construction(at, verb, &near)
		if d := r.deals[at]; d != nil {
			told[noun], verbed[noun] = true, true
			r.lone(d, i, at)
			continue
		}
		if f == formNone {
			if verb.status == "signed" && !verb.weak && !verb.base && !verb.gerund && !r.cited.covers(r.tokens[at].Start()) {
				r.refuseAt(i, at+1, "no-document", "")
			}
			continue
		}
		verbed[noun] = true
		if noun >= 0 && told[noun] {
			continue // the verb before it has told of the same
		}
		if code, detail := r.whyNot(i, at, verb, f, noun, kind, &near); code != "" {
			r.refuseAt(i, at+1, code, detail)
		}
	}
	for i := s.First; i < s.Last; i++ {
		if r.owner[i] != 0 {
			continue
		}
		_, end, ok := r.agreementNoun(i, s)
		if !ok || verbed[end-1] || !r.documentNoun(i, s) || r.cited.covers(r.tokens[i].Start()) {
			continue
		}
		if len(r.cited.spans) > 0 && r.definite(i, s) {
			continue // "the agreement": the one that is told of
		}
		r.refuseAt(i, min(end, s.Last), "no-verb", "")
		i = end - 1
	}
}

// lone gives the reason for a deal that was read and became no fact.
func (r *refuser) lone(d *deal, i, at int) {
	if !r.alone[dealKey(d)] {
		return // it is a fact, or has completed one
	}
	var names []string
	for _, e := range d.parties {
		names = append(names, r.partyName(e))
	}
	code := "no-parties"
	switch {
	case d.headline && len(r.cited.spans) > 0:
		return // the text tells it
	case d.headline:
		code = "headline"
	case d.unnamed:
		code = "unnamed-party"
	case len(names) == 1:
		code = "one-party"
	case len(names) > 1:
		code = "no-rule"
	}
	r.refuseAt(i, at+1, code, strings.Join(names, "; "))
}

// whyNot is the reason why a verb with its noun was read as no deal, "" when there is none to give.
func (r *refuser) whyNot(i, at int, verb agreementVerb, f form, noun int, kind nounKind, s *sentence) (code, detail string) {
	if verb.gerund && r.thankedFor(i, s) {
		return "named-again", ""
	}
	if code, detail = r.unrealAt(at, noun, verb, f, s); code != "" {
		return code, detail
	}
	if r.cited.covers(r.tokens[at].Start()) {
		return "", ""
	}
	if f == formWords {
		// "They agreed to help" is everyday speech; with an institution it may be more.
		seen := map[int]bool{}
		for k := s.First; k < s.Last; k++ {
			if m := r.at(k); m >= 0 && r.mentions[m].Type == institutionName && r.mentions[m].Entity >= 0 {
				seen[r.root(r.mentions[m].Entity)] = true
				detail = r.entities[r.root(r.mentions[m].Entity)].name
			}
		}
		switch len(seen) {
		case 0:
			return "", ""
		case 1:
			return "one-party", detail
		}
	}
	if kind.name == "other" && verb.weak {
		return "", "" // "ended the programme", "announced a partnership"
	}
	return "no-rule", ""
}

// unrealAt says in which way what the verb tells did not happen, and by which word; see reality.
func (r *refuser) unrealAt(v, noun int, verb agreementVerb, f form, s *sentence) (code, word string) {
	if _, real := r.reality(v, noun, verb, f, s); real {
		return "", ""
	}
	switch w := r.opening(s); w {
	case "if", "unless", "should":
		return "conditional", w
	}
	from := max(s.First, r.clauseStart(v, s))
	if f == formPassive && noun < from && noun >= s.First {
		from = max(s.First, noun-6)
	}
	if r.rumoured(v, from, s) {
		return "rumoured", strings.ToLower(r.word(from - 2))
	}
	// A denial anywhere before the verb outweighs what stands nearer: "did not want to sign".
	least := from
	if f == formNominal {
		least = s.First
	}
	for i := v - 1; i >= least && i >= v-10; i-- {
		w := strings.ToLower(r.word(i))
		switch {
		case denials[w]:
			return "negated", w
		case code != "" || r.at(i) >= 0:
		case w == "if" || w == "unless" || w == "whether" || w == "until":
			code, word = "conditional", w
		case i == v-1 && (w == "first" || w == "originally" || w == "initially"):
			code, word = "historical", w
		case unreal[w]:
			code, word = "hoped-for", w
		}
	}
	for i := noun; noun >= 0 && i >= s.First && i >= noun-5 && r.at(i) < 0; i-- {
		switch w := strings.ToLower(r.word(i)); w {
		case "no", "neither", "nor", "without":
			return "negated", w
		}
	}
	if code == "" {
		code = "hoped-for" // "invited to sign", "a draft agreement"
	}
	return code, word
}

// denials are the words of unreal that deny outright.
var denials = wordSet("not never no without neither nor cannot can't didn't didn’t wouldn't hadn't deny denied refuse refused refuses decline declined declines fail failed fails")

// documentNoun reports whether the noun of an agreement at token i is one that mostly names a
// document: "memorandum", not "loan" or "understanding".
func (r *refuser) documentNoun(i int, s *sentence) bool {
	kind, _, _ := r.agreementNoun(i, s)
	switch kind.name {
	case "memorandum", "letter_of_intent", "contract", "treaty", "protocol", "agreement":
	default:
		return false
	}
	switch strings.ToLower(r.word(i)) {
	case "loan", "loans", "understanding", "understandings", "convention", "conventions":
		return false
	case "deal", "deals":
		return i == s.First || !strings.EqualFold(r.word(i-1), "great") && !strings.EqualFold(r.word(i-1), "good")
	}
	return true
}

// definite reports whether the noun at token i names a document that is known: "the memorandum",
// "their joint agreement".
func (r *refuser) definite(i int, s *sentence) bool {
	for k := i - 1; k >= s.First && k >= i-4; k-- {
		switch strings.ToLower(r.word(k)) {
		case "the", "this", "that", "these", "those", "its", "their", "our", "said", "both", "under":
			return true
		}
	}
	return false
}
