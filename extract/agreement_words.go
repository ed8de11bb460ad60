package extract

import (
	"strings"

	"dateline/extract/token"
)

// agreementVerb is a verb that makes, renews or ends an agreement.
type agreementVerb struct {
	status string
	words  bool // agreed in words: needs no noun
	gerund bool
	base   bool // the base form: "to sign", "will sign", "they sign"
	bears  bool // the document is the subject, the people who signed follow
	award  bool // gives a contract or grant to the other side
	gains  bool // gets a contract or grant from the other side
	joins  bool // the other side stands between verb and noun: "teamed up with B under an agreement"
	weak   bool // says nothing of an agreement without its noun close by: "reached", "ended"
}

// agreementVerbs are the verbs by form. Sources of the classes: annotation.md ("signed,
// concluded, entered into, renewed, ended, agreed in words").
var agreementVerbs = map[string]agreementVerb{
	"signed": {status: "signed"}, "sign": {status: "signed", base: true}, "signs": {status: "signed"}, "signing": {status: "signed", gerund: true}, "co-signed": {status: "signed"},
	"inked": {status: "signed"}, "ink": {status: "signed", base: true}, "inks": {status: "signed"}, "inking": {status: "signed", gerund: true},
	"penned": {status: "signed"}, "initialled": {status: "signed"}, "initialed": {status: "signed"}, "executed": {status: "signed", weak: true},
	"concluded": {status: "signed", weak: true}, "conclude": {status: "signed", weak: true, base: true}, "concluding": {status: "signed", weak: true, gerund: true}, "conclusion": {status: "signed", weak: true, gerund: true},
	"entered": {status: "signed", weak: true}, "enter": {status: "signed", weak: true, base: true}, "enters": {status: "signed", weak: true}, "entering": {status: "signed", weak: true, gerund: true},
	"reached": {status: "signed", weak: true}, "struck": {status: "signed", weak: true}, "sealed": {status: "signed", weak: true}, "finalised": {status: "signed", weak: true}, "finalized": {status: "signed", weak: true},
	"formalised": {status: "signed", weak: true}, "formalized": {status: "signed", weak: true},
	"renewed": {status: "renewed", weak: true}, "renew": {status: "renewed", weak: true, base: true}, "renews": {status: "renewed", weak: true}, "renewing": {status: "renewed", weak: true, gerund: true}, "renewal": {status: "renewed", weak: true, gerund: true},
	"extended": {status: "renewed", weak: true}, "extend": {status: "renewed", weak: true, base: true}, "extends": {status: "renewed", weak: true}, "extending": {status: "renewed", weak: true, gerund: true}, "extension": {status: "renewed", weak: true, gerund: true}, "prolonged": {status: "renewed", weak: true},
	"terminated": {status: "terminated", weak: true}, "terminate": {status: "terminated", weak: true, base: true}, "terminates": {status: "terminated", weak: true}, "terminating": {status: "terminated", weak: true, gerund: true}, "termination": {status: "terminated", weak: true, gerund: true},
	"withdrew": {status: "terminated", weak: true}, "withdrawn": {status: "terminated", weak: true}, "quit": {status: "terminated", weak: true}, "revoked": {status: "terminated", weak: true},
	"exchanged": {status: "signed", weak: true}, "exchange": {status: "signed", weak: true, base: true},
	"announced": {status: "signed", weak: true}, "announces": {status: "signed", weak: true}, "announce": {status: "signed", weak: true, base: true},
	"clinched": {status: "signed", weak: true}, "ratified": {status: "signed", weak: true}, "lapsed": {status: "terminated", weak: true}, "expired": {status: "terminated", weak: true}, "prolong": {status: "renewed", weak: true, base: true}, "prolongs": {status: "renewed", weak: true}, "prolongation": {status: "renewed", weak: true, gerund: true}, "abandoned": {status: "terminated", weak: true}, "dropped": {status: "terminated", weak: true}, "cancels": {status: "terminated", weak: true}, "cancel": {status: "terminated", weak: true, base: true}, "cancellation": {status: "terminated", weak: true, gerund: true}, "ending": {status: "terminated", weak: true, gerund: true}, "end": {status: "terminated", weak: true, base: true},
	"awarded": {status: "signed", weak: true, award: true}, "awards": {status: "signed", weak: true, award: true},
	"won": {status: "signed", weak: true, award: true, gains: true}, "wins": {status: "signed", weak: true, award: true, gains: true}, "secured": {status: "signed", weak: true, award: true, gains: true}, "secures": {status: "signed", weak: true, award: true, gains: true}, "received": {status: "signed", weak: true, award: true, gains: true}, "receives": {status: "signed", weak: true, award: true, gains: true}, "obtained": {status: "signed", weak: true, award: true, gains: true},
	"cosigned": {status: "signed"}, "countersigned": {status: "signed"}, "subscribed": {status: "signed", weak: true},
	"concludes": {status: "signed", weak: true}, "reach": {status: "signed", weak: true, base: true}, "reaches": {status: "signed", weak: true}, "strike": {status: "signed", weak: true, base: true}, "strikes": {status: "signed", weak: true}, "seal": {status: "signed", weak: true, base: true}, "seals": {status: "signed", weak: true},
	"formalise": {status: "signed", weak: true, base: true}, "formalize": {status: "signed", weak: true, base: true}, "formalises": {status: "signed", weak: true}, "formalizes": {status: "signed", weak: true}, "formalising": {status: "signed", weak: true, gerund: true}, "formalizing": {status: "signed", weak: true, gerund: true},
	"partnered": {status: "signed", weak: true, joins: true}, "partners": {status: "signed", weak: true, joins: true}, "teamed": {status: "signed", weak: true, joins: true}, "teams": {status: "signed", weak: true, joins: true},
	"cancelled": {status: "terminated", weak: true}, "canceled": {status: "terminated", weak: true}, "scrapped": {status: "terminated", weak: true}, "ended": {status: "terminated", weak: true}, "ends": {status: "terminated", weak: true}, "rescinded": {status: "terminated", weak: true}, "annulled": {status: "terminated", weak: true}, "dissolved": {status: "terminated", weak: true},
	"agreed": {status: "agreed", words: true}, "agree": {status: "agreed", words: true, base: true},
}

// nounKind is the type of agreement that a noun names.
type nounKind struct {
	name   string
	plural bool
	status string // the status that the noun itself tells ("renewal"), or ""
}

// agreementNoun reads the noun of an agreement at token i: its type and the token after it.
func (p *page) agreementNoun(i int, s *sentence) (nounKind, int, bool) {
	if p.tokens[i].Kind != token.Word {
		return nounKind{}, 0, false
	}
	w := strings.ToLower(p.word(i))
	next := func(k int) string {
		if i+k < s.Last {
			return strings.ToLower(p.word(i + k))
		}
		return ""
	}
	before := ""
	if i > s.First {
		before = strings.ToLower(p.word(i - 1))
	}
	end := i + 1
	switch w {
	case "memorandum", "memorandums", "memoranda":
		if next(1) == "of" && (next(2) == "understanding" || next(2) == "cooperation" || next(2) == "co-operation" || next(2) == "agreement" || next(2) == "intent" || next(2) == "collaboration" || next(2) == "partnership") {
			end = i + 3
		}
		return nounKind{name: "memorandum", plural: w != "memorandum"}, end, true
	case "mou", "mous":
		return nounKind{name: "memorandum", plural: w == "mous"}, end, true
	case "letter", "letters":
		if next(1) == "of" && (next(2) == "intent" || next(2) == "intention" || next(2) == "understanding") {
			return nounKind{name: "letter_of_intent", plural: w == "letters"}, i + 3, true
		}
	case "exchange", "exchanges":
		if next(1) == "of" && (next(2) == "notes" || next(2) == "letters") {
			return nounKind{name: "other", plural: w == "exchanges"}, i + 3, true
		}
	case "notes":
		if before == "exchanged" || before == "diplomatic" {
			return nounKind{name: "other"}, end, true
		}
	case "lease", "leases", "settlement", "concession", "instrument":
		return nounKind{name: "other", plural: w == "leases"}, end, true
	case "loan", "loans":
		if next(1) != "agreement" && next(1) != "agreements" && next(1) != "contract" {
			return nounKind{name: "agreement", plural: w == "loans"}, end, true
		}
	case "understanding", "understandings":
		if before != "of" && before != "mutual" && before != "better" {
			return nounKind{name: "agreement", plural: w == "understandings"}, end, true
		}
	case "moa", "moas", "moc", "mocs":
		return nounKind{name: "memorandum", plural: strings.HasSuffix(w, "s")}, end, true
	case "loi", "lois":
		return nounKind{name: "letter_of_intent", plural: w == "lois"}, end, true
	case "agreement", "agreements", "accord", "accords", "pact", "pacts", "deal", "deals":
		kind := "agreement"
		switch before {
		case "grant":
			kind = "grant"
		case "licence", "license", "licensing":
			kind = "licence"
		}
		return nounKind{name: kind, plural: strings.HasSuffix(w, "s")}, end, true
	case "contract", "contracts", "subcontract":
		if before == "grant" {
			return nounKind{name: "grant", plural: w == "contracts"}, end, true
		}
		return nounKind{name: "contract", plural: w == "contracts"}, end, true
	case "declaration", "declarations", "communiqué", "communique":
		return nounKind{name: "declaration", plural: w == "declarations"}, end, true
	case "statement":
		if before == "joint" {
			return nounKind{name: "declaration", plural: false}, end, true
		}
	case "protocol", "protocols":
		return nounKind{name: "protocol", plural: w == "protocols"}, end, true
	case "roadmap", "roadmaps":
		return nounKind{name: "roadmap", plural: w == "roadmaps"}, end, true
	case "road":
		if next(1) == "map" || next(1) == "maps" {
			return nounKind{name: "roadmap", plural: next(1) == "maps"}, i + 2, true
		}
	case "treaty", "treaties", "convention", "conventions":
		return nounKind{name: "treaty", plural: w == "treaties" || w == "conventions"}, end, true
	case "licence", "license", "licences", "licenses":
		return nounKind{name: "licence", plural: strings.HasSuffix(w, "s")}, end, true
	case "grant", "grants":
		if before != "to" {
			return nounKind{name: "grant", plural: w == "grants"}, end, true
		}
	case "charter", "partnership", "partnerships", "arrangement", "arrangements", "covenant", "undertaking", "compact":
		return nounKind{name: "other", plural: strings.HasSuffix(w, "s")}, end, true
	case "plan", "programme", "program":
		if before == "action" || next(1) == "of" && (next(2) == "action" || next(2) == "cooperation") {
			return nounKind{name: "other", plural: false}, end, true
		}
	case "renewal", "extension":
		return nounKind{name: "other", status: "renewed"}, end, true
	case "document", "documents":
		return nounKind{name: "other", plural: w == "documents"}, end, true
	}
	return nounKind{}, 0, false
}

// form is how the sentence tells of the agreement.
type form uint8

const (
	formNone     form = iota
	formActive        // "A signed a memorandum with B"
	formPassive       // "A memorandum was signed by A and B"
	formReduced       // "the memorandum signed by A and B"
	formNominal       // "the signing of a memorandum between A and B"
	formRelative      // "the memorandum that A signed with B"
	formWords         // "A and B agreed to …"
)

// String is the form's name in rules.
func (f form) String() string {
	return [...]string{"none", "active", "passive", "reduced-passive", "nominal", "relative", "agreed-in-words"}[f]
}

// construction finds the noun that belongs to the verb and how they stand together.
func (p *page) construction(v int, verb agreementVerb, s *sentence) (form, int, nounKind) {
	if verb.bears {
		if n, end, kind := p.nounBehind(v-3, max(s.First, v-24), s); n >= 0 {
			return formPassive, end - 1, kind
		}
		return formNone, -1, nounKind{}
	}
	if verb.words {
		if v+2 < s.Last && strings.HasSuffix(p.word(v+1), "ly") && (p.word(v+2) == "to" || p.word(v+2) == "on") {
			return formWords, -1, nounKind{name: "agreement"}
		}
		if v+3 < s.Last && p.word(v+1) == "in" && p.word(v+2) == "principle" && (p.word(v+3) == "to" || p.word(v+3) == "on") {
			return formWords, -1, nounKind{name: "agreement"}
		}
		if w := p.word(v); w == "on" || w == "agreement" || w == "understanding" {
			return formWords, -1, nounKind{name: "agreement"} // "shook hands on", "came to an agreement"
		}
		for k := v + 2; k < s.Last && k < v+6 && p.tokens[k].Kind == token.Word && p.at(k) < 0; k++ {
			if w := p.word(k); (w == "with" || w == "to") && (p.word(v+1) == "by" || strings.HasSuffix(p.word(v+1), "ly")) {
				return formWords, -1, nounKind{name: "agreement"} // "agreed by telephone with X to …"
			}
		}
		if v+2 < s.Last && p.word(v+1) == "to" {
			switch p.word(v + 2) {
			case "sign", "conclude", "ink", "enter", "renew", "extend", "finalise", "finalize":
				return formNone, -1, nounKind{} // the verb behind tells of a document to come
			}
		}
		if v+1 < s.Last && (p.word(v+1) == "upon" || p.word(v+1) == "to" || p.word(v+1) == "on" || p.word(v+1) == "that" || p.word(v+1) == "with") {
			return formWords, -1, nounKind{name: "agreement"}
		}
		return formNone, -1, nounKind{}
	}
	if verb.gains && p.passiveAuxiliary(v, s) >= 0 {
		return formNone, -1, nounKind{} // "the contract was won" tells of no other side
	}
	if verb.gerund && v+1 < s.Last && (p.word(v+1) == "of" || p.word(v+1) == "ceremony" || p.word(v+1) == "between" || p.word(v+1) == "by") {
		if n, end, kind := p.nounAhead(v+1, min(s.Last, v+14), s); n >= 0 {
			return formNominal, end - 1, kind
		}
		return formNone, -1, nounKind{}
	}
	// Passive: an auxiliary stands before the participle.
	if aux := p.passiveAuxiliary(v, s); aux >= 0 && !verb.base && !verb.gerund {
		limit := 50
		if verb.weak {
			limit = 16
		}
		if n, end, kind := p.nounBehind(aux, max(s.First, aux-limit), s); n >= 0 {
			return formPassive, end - 1, kind
		}
	}
	// "The licence with X ended on …", "which lapsed": what ends needs no auxiliary.
	switch strings.ToLower(p.word(v)) {
	case "ended", "expired", "lapsed", "ends", "expires":
		if n, end, kind := p.nounBehind(v, max(s.First, v-10), s); n >= 0 {
			return formPassive, end - 1, kind
		}
	}
	// "It is to be signed next Thursday by …": the document was named before.
	if verb.status == "signed" && !verb.weak && !verb.base && !verb.gerund {
		if aux := p.passiveAuxiliary(v, s); aux > s.First {
			for i := aux - 1; i >= s.First && i >= aux-4; i-- {
				switch strings.ToLower(p.word(i)) {
				case "it", "this", "both", "they", "these":
					return formPassive, v, nounKind{name: "other"}
				}
			}
		}
	}
	// "a contract worth $20 million signed on Tuesday"
	if !verb.base && !verb.gerund && !verb.weak {
		if n, end, kind := p.worthBehind(v, s); n >= 0 {
			return formReduced, end - 1, kind
		}
	}
	// Reduced passive: "the memorandum signed in May by …".
	if !verb.base && !verb.gerund && v > s.First && v+1 < s.Last {
		if n, end, kind := p.nounBehind(v, max(s.First, v-2), s); n >= 0 && (end == v || end == v-1 && p.word(end) == ",") {
			switch p.word(v + 1) {
			case "by", "between", "with", "in", "on", "last", "yesterday", "today", "earlier", "at":
				return formReduced, end - 1, kind
			}
			if p.at(v+1) >= 0 && p.mentions[p.at(v+1)].Type == dateName {
				return formReduced, end - 1, kind
			}
		}
	}
	if verb.joins {
		return p.joinedBy(v, s)
	}
	limit := 22
	if verb.weak {
		limit = 9
	}
	if strings.HasPrefix(strings.ToLower(p.word(v)), "announc") {
		if n, kind := p.partnership(v, s); n >= 0 {
			return formActive, n, kind
		}
	}
	if n, end, kind := p.nounAhead(v+1, min(s.Last, v+limit), s); n >= 0 && (!verb.weak || p.object(v, n, s)) {
		return formActive, end - 1, kind
	}
	// Relative: "the agreement that A signed with B".
	if !verb.gerund && !verb.weak {
		if n, end, kind := p.nounBehind(v, max(s.First, v-10), s); n >= 0 {
			return formRelative, end - 1, kind
		}
	}
	// "Jane Doe signed on behalf of X, John Roe for Y": the document was named before.
	if verb.status == "signed" && !verb.weak && !verb.gerund && !verb.base && v+2 < s.Last && (p.word(v+1) == "on" && p.word(v+2) == "behalf" || p.word(v+1) == "for") {
		return formActive, v, nounKind{name: "other"}
	}
	return formNone, -1, nounKind{}
}

// worthBehind finds the noun before "worth $20 million" that ends at the verb.
func (p *page) worthBehind(v int, s *sentence) (int, int, nounKind) {
	for i := v - 1; i > s.First && i > v-8; i-- {
		switch w := strings.ToLower(p.word(i)); {
		case w == "worth" || w == "valued" && i+1 < v && p.word(i+1) == "at":
			if n, end, kind := p.nounBehind(i, max(s.First, i-2), s); n >= 0 && end == i {
				return n, end, kind
			}
			return -1, 0, nounKind{}
		case p.tokens[i].Kind == token.Number || amounts[w] || currencies[p.word(i)] || w == "at" || w == "about" || w == "over" || w == "some" || w == "up" || w == "to" || w == ".":
		default:
			return -1, 0, nounKind{}
		}
	}
	return -1, 0, nounKind{}
}

// partnership reads "announced a collaboration with B" as an agreement of the kind that the text
// behind names: "Under the terms of the agreement, …". Without such words it is none.
func (p *page) partnership(v int, s *sentence) (int, nounKind) {
	for i := v + 1; i < s.Last && i < v+7; i++ {
		if p.at(i) >= 0 {
			continue
		}
		switch strings.ToLower(p.word(i)) {
		case "partnership", "collaboration", "alliance", "cooperation":
			if i+1 >= s.Last || p.word(i+1) != "with" && p.word(i+1) != "between" {
				return -1, nounKind{}
			}
			for j := s.Last; j+1 < len(p.tokens) && j < s.Last+80; j++ {
				if w := strings.ToLower(p.word(j)); w != "the" && w != "this" || p.at(j) >= 0 {
					continue
				}
				rest := sentence{Sentence: token.Sentence{First: j, Last: min(len(p.tokens), j+6)}}
				if n, _, kind := p.nounAhead(j+1, min(len(p.tokens), j+5), &rest); n >= 0 && kind.name != "other" && kind.name != "grant" && kind.name != "licence" {
					return i, kind
				}
			}
			return -1, nounKind{}
		}
	}
	return -1, nounKind{}
}

// joinedBy finds the document of "teamed up with B under a memorandum of understanding".
func (p *page) joinedBy(v int, s *sentence) (form, int, nounKind) {
	with := v + 1
	if with < s.Last && p.word(with) == "up" {
		with++
	}
	if with >= s.Last || p.word(with) != "with" {
		return formNone, -1, nounKind{}
	}
	n, end, kind := p.nounAhead(with+1, min(s.Last, with+24), s)
	if n < 0 || kind.name == "other" {
		return formNone, -1, nounKind{}
	}
	for i := n - 1; i > with && i > n-6; i-- {
		switch p.word(i) {
		case "under", "through", "via", "by":
			return formActive, end - 1, kind
		}
	}
	return formNone, -1, nounKind{}
}

// object reports whether the noun at n can be the object of the verb at v: no other thing stands
// between them with a preposition behind it ("exchanged views on the agreement") or as the subject
// of a clause ("extends the programme, while the agreement …").
func (p *page) object(v, n int, s *sentence) bool {
	for i := v + 1; i < n; i++ {
		if p.at(i) >= 0 {
			continue
		}
		switch strings.ToLower(p.word(i)) {
		case "signing", "inking", "renewal", "conclusion", "prolongation":
			return false // "concluded with the signing of": the noun tells
		case "on", "about", "regarding", "while", "whilst", "whereas", "that", "which", "who", "during", "at", "through", "since":
			return false
		case "of":
			if i == v+1 || i == v+2 {
				continue // "the signing of", "backed out of"
			}
			switch strings.ToLower(p.word(i - 1)) {
			case "number", "series", "set", "range", "package", "kind", "copies", "texts", "term", "validity", "duration", "out", "couple", "total", "extension":
			default:
				return false
			}
		}
	}
	return true
}

// nounAhead returns the first agreement noun in the tokens [i, limit), and the token after it.
func (p *page) nounAhead(i, limit int, s *sentence) (int, int, nounKind) {
	for ; i < limit; i++ {
		if p.word(i) == ";" {
			break
		}
		if p.at(i) >= 0 && p.mentions[p.at(i)].Type != otherName {
			continue
		}
		if kind, end, ok := p.agreementNoun(i, s); ok {
			// "a cooperation agreement roadmap": the last of adjacent nouns decides.
			for end < limit {
				k, e, ok := p.agreementNoun(end, s)
				if !ok {
					break
				}
				if kind.name == "grant" || kind.name == "licence" {
					k.name = kind.name
				}
				kind, i, end = k, end, e
			}
			return i, end, kind
		}
	}
	return -1, 0, nounKind{}
}

// nounBehind returns the last agreement noun in the tokens [low, i), and the token after it.
func (p *page) nounBehind(i, low int, s *sentence) (int, int, nounKind) {
	for j := i - 1; j >= low; j-- {
		if p.word(j) == ";" {
			break
		}
		if p.at(j) >= 0 && p.mentions[p.at(j)].Type != otherName {
			continue
		}
		if kind, end, ok := p.agreementNoun(j, s); ok && end <= i {
			return j, end, kind
		}
	}
	return -1, 0, nounKind{}
}

// passiveAuxiliary returns the token of "was", "were", "been", "be", "is", "are", "being" at
// most three tokens before the participle, or -1.
func (p *page) passiveAuxiliary(v int, s *sentence) int {
	for i := v - 1; i >= s.First && i >= v-4; i-- {
		switch strings.ToLower(p.word(i)) {
		case "was", "were", "been", "be", "is", "are", "being", "got":
			return i
		case ",", "and", "who", "which", "that":
			return -1
		}
	}
	return -1
}

// reality tells apart what happened, what is scheduled, and what is denied, hoped for or
// merely possible. It returns a status that replaces the verb's, or "".
func (p *page) reality(v, noun int, verb agreementVerb, f form, s *sentence) (string, bool) {
	from := s.First
	if low := p.clauseStart(v, s); low > from {
		from = low
	}
	if f == formPassive && noun < from && noun >= s.First {
		from = max(s.First, noun-6)
	}
	if f == formReduced && noun > from {
		from = noun // "will train nurses under an agreement signed in May"
	}
	planned := false
	if r := p.opening(s); r == "if" || r == "unless" || r == "should" {
		return "", false
	}
	if p.rumoured(v, from, s) {
		return "", false
	}
	if verb.status == "renewed" && v-2 >= s.First && p.word(v-1) == "be" && p.word(v-2) == "not" {
		return "terminated", true // "will not be renewed"
	}
	for i := v - 1; i >= from && i >= v-9; i-- {
		if m := p.at(i); m >= 0 && i < v-5 {
			continue
		}
		w := strings.ToLower(p.word(i))
		if w == "," && opensAside[p.opening(s)] {
			break // "With the aim of training nurses, X signed": the aim is not the signing
		}
		if unreal[w] && (i == s.First || !p.capital(i)) || i == v-1 && (w == "first" || w == "originally" || w == "initially") {
			return "", false
		}
		switch w {
		case "will", "shall", "scheduled", "set", "due", "slated":
			planned = true
		case "to":
			if verb.base && i == v-1 && i > s.First {
				switch strings.ToLower(p.word(i - 1)) {
				case "is", "are", "scheduled", "set", "due", "slated":
					planned = true
				case "agreed", "decided":
					planned = true
				case "ceremony", "event":
					// "A ceremony to sign the memorandum was held"
				case "were", "was", "met", "gathered", "came", "arrived", "travelled", "traveled", "visited":
				default:
					if p.cameTo(i, from) {
						break
					}
					if !planned {
						return "", false // "invited to sign", "a plan to sign"
					}
				}
			}
		case "be":
			if i > s.First && strings.ToLower(p.word(i-1)) == "to" {
				planned = true
			}
		}
	}
	if f == formNominal {
		for i := v - 1; i >= s.First && i >= v-10; i-- {
			w := strings.ToLower(p.word(i))
			if unreal[w] || w == "discussed" || w == "possibility" || w == "prospects" || w == "prospect" || w == "preparations" || w == "towards" || w == "toward" || w == "for" && i == v-1 {
				return "", false
			}
			if w == "ahead" || w == "will" || w == "upcoming" || w == "before" || w == "planned" {
				planned = true
			}
		}
	}
	// "No agreement was signed", "without any contract"
	if noun >= 0 {
		for i := noun; i >= s.First && i >= noun-5; i-- {
			if m := p.at(i); m >= 0 {
				break
			}
			switch strings.ToLower(p.word(i)) {
			case "no", "any", "neither", "nor", "draft", "without", "possible", "potential", "future", "proposed":
				return "", false
			}
			if i < noun && p.tokens[i].Kind == token.Punct {
				break
			}
		}
	}
	if planned && verb.status != "terminated" {
		return "planned", true
	}
	return "", true
}

// opensAside are first words of a sentence whose first phrase ends at a comma.
var opensAside = wordSet("to with in for as during after following aiming seeking")

// cameTo reports whether the "to" at i goes with people who came together: "gathered on June 30 to
// ink a deal", "was in Bandung to sign".
func (p *page) cameTo(i, from int) bool {
	for j := i - 1; j >= from && j > i-8; j-- {
		if m := p.at(j); m >= 0 && (p.mentions[m].Type == dateName || p.mentions[m].Type == placeName) {
			continue
		}
		switch strings.ToLower(p.word(j)) {
		case "gathered", "met", "came", "arrived", "travelled", "traveled", "visited", "assembled", "convened":
			return true
		case "in", "on", "at", ",", "here", "today", "yesterday", "together", "the", "last", "capital":
		case "was", "were":
			return j+1 < i && p.word(j+1) == "in"
		default:
			return false
		}
	}
	return false
}

// opening is the first word of the sentence in lower case, behind its quotation mark.
func (p *page) opening(s *sentence) string {
	i := s.First
	if i+1 < s.Last && opensQuote(p.word(i)) {
		i++
	}
	return strings.ToLower(p.word(i))
}

// rumoured reports whether the clause at from follows "media reports that" or "rumours that".
func (p *page) rumoured(v, from int, s *sentence) bool {
	if from < s.First+2 || p.word(from-1) != "that" {
		return false
	}
	switch strings.ToLower(p.word(from - 2)) {
	case "rumours", "rumors", "rumour", "rumor", "allegations", "speculation":
		return true
	case "reports":
		if from-3 >= s.First {
			switch strings.ToLower(p.word(from - 3)) {
			case "media", "press", "newspaper", "on", "the", "these", "such", "unconfirmed":
				return true
			}
		}
	}
	return false
}

// unreal are words before the verb that deny it or leave it open.
var unreal = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("not never no without hopes hope hoped hoping hopeful wish wishes wished may might could would should if unless whether until fail failed fails refuse refused refuses decline declined declines intends intend intended wants want wanted aims aim considering consider considers considered proposed proposes propose suggest suggested suggests possible possibly possibility ready readiness willingness willing willing yet seek seeks sought plans plan planned expects expect expected anticipates anticipate encourage encouraged urged urge invited cannot can't didn't didn’t wouldn't hadn't nor neither deny denied negotiating negotiate negotiations can eager keen looks") {
		m[w] = true
	}
	return m
}()
