package extract

import (
	"strings"

	"dateline/extract/token"
)

// aimStart returns the token at which the subject begins when the tokens from i on say what a
// document is for: "aims to", "is aimed at", "provides for", "covers", "will"; or 0.
func (p *page) aimStart(i, end int) int {
	word := func(k int) string {
		if i+k < end {
			return strings.ToLower(p.word(i + k))
		}
		return ""
	}
	to := func(k int) int { // behind "to" or "at"
		if w := word(k); (w == "to" || w == "at") && i+k+1 < end {
			return i + k + 1
		}
		return 0
	}
	switch word(0) {
	case "aims", "aim", "aimed", "aiming", "seeks", "seek", "seeking", "intends", "intended", "designed", "meant", "geared":
		return to(1)
	case "directed", "related", "relates", "relating", "pertaining", "pertains":
		return to(1)
	case "envisages", "envisage", "envisaging", "envisions", "covers", "cover", "covering", "concerns", "concern", "foresees", "encompasses", "involves", "governs", "regulates", "regulating", "stipulates", "stipulating", "addresses", "entails":
		if w := word(1); w == "that" {
			return 0
		}
		return i + 1
	case "includes", "include", "including":
		return i + 1
	case "provides", "provide", "providing", "provided", "calls", "calling", "allows", "allowing":
		switch {
		case word(1) == "for":
			return i + 2
		case word(1) == "a" && word(2) == "framework" && word(3) == "for", word(1) == "the" && word(2) == "basis" && word(3) == "for":
			return i + 4
		}
	case "creates", "lays", "sets":
		switch {
		case word(2) == "framework" && word(3) == "for", word(2) == "foundation" && word(3) == "for", word(2) == "basis" && word(3) == "for":
			return i + 4
		}
	case "paves", "paving":
		if word(1) == "the" && word(2) == "way" && word(3) == "for" {
			return i + 4
		}
	case "focuses", "focus", "focused", "focusing", "focusses", "concentrates", "concentrate", "centres", "centers":
		if w := word(1); w == "on" || w == "around" {
			return i + 2
		}
	case "establishes", "promotes", "strengthens", "facilitates", "enables", "supports", "formalises", "formalizes", "cements":
		return i
	}
	return 0
}

// predicate returns the token at which the subject begins behind the verb of a sentence about a
// document, whose noun ends before i: "(the memorandum) was specifically to train nurses", "will
// enhance …"; or 0.
func (p *page) predicate(i int, s *sentence) int {
	for j := i; j < s.Last && j < i+4; j++ {
		if p.at(j) >= 0 || p.tokens[j].Kind != token.Word {
			return 0
		}
		if start := p.aimStart(j, s.Last); start > 0 {
			return start
		}
		switch w := strings.ToLower(p.word(j)); w {
		case "will", "shall", "would":
			if start := p.aimStart(j+1, s.Last); start > 0 {
				return start
			}
			return p.futureVerb(j+1, s)
		case "is", "was", "are", "were":
			k := j + 1
			if k < s.Last && strings.HasSuffix(p.word(k), "ly") {
				k++
			}
			if k+1 >= s.Last {
				return 0
			}
			if start := p.aimStart(k, s.Last); start > 0 {
				return start
			}
			if w := p.word(k); w == "to" {
				return k + 1
			} else if w == "expected" && p.word(k+1) == "to" {
				return k + 2
			}
			return 0
		case "also", "mainly", "primarily", "specifically", "further", "thus":
		default:
			return 0
		}
	}
	return 0
}

// futureVerb returns i when a verb that says something of the matter stands behind "will" at i,
// or 0: "will be signed", "will run for five years", "will remain valid" say nothing of it.
func (p *page) futureVerb(i int, s *sentence) int {
	if i < s.Last && strings.HasSuffix(p.word(i), "ly") && i+1 < s.Last && p.word(i) != "only" {
		// "will jointly conduct": the adverb belongs to the subject.
		if p.dullFuture(i + 1) {
			return 0
		}
		return i
	}
	for i < s.Last && (p.word(i) == "also" || p.word(i) == "further") {
		i++
	}
	if i+3 < s.Last && p.word(i) == "be" && p.word(i+1) == "able" && p.word(i+2) == "to" {
		return i + 3
	}
	if i >= s.Last || p.tokens[i].Kind != token.Word || p.dullFuture(i) {
		return 0
	}
	return i
}

// dullFuture reports whether the verb at i says when and how long, not what for.
func (p *page) dullFuture(i int) bool {
	switch strings.ToLower(p.word(i)) {
	case "be", "run", "remain", "last", "expire", "take", "come", "enter", "have", "not", "become", "benefit", "continue", "serve", "apply", "bring", "go", "initially", "sign", "help", "start", "begin":
		return true
	}
	return false
}

// aboutDocument returns the tokens of the subject that a sentence about a document named before
// tells, with the type of the document; empty when the sentence tells none:
//
//	"The memorandum aims to …", "The main purpose of this agreement is to …",
//	"Under the deal, A will …", "According to the MoU, …"
func (r *dealReader) aboutDocument(s *sentence) (first, last int, kind nounKind) {
	i := s.First
	if i+1 < s.Last && opensQuote(r.word(i)) {
		return 0, 0, kind // what somebody says of it is no text of it
	}
	opens := strings.ToLower(r.word(i))
	switch opens {
	case "the", "this", "these", "its", "both":
		if noun, of := r.purposeNoun(i+1, s); noun > 0 {
			return r.purposeClause(noun, of, s)
		}
		if start := r.barePurpose(i+1, s); start > 0 {
			return start, r.aboutEnd(start, s), nounKind{name: "other"}
		}
		noun, end, kind := r.nounAhead(i+1, min(s.Last, i+6), s)
		if noun < 0 {
			return 0, 0, kind
		}
		if r.purpose(end, s) && end+1 < s.Last && r.word(end+1) != "to" && r.word(end+1) != "at" {
			end++ // "The MoU objectives include …"
		}
		if start := r.predicate(r.behindComma(end, s), s); start > 0 {
			return start, r.aboutEnd(start, s), kind
		}
	case "it", "they":
		if start := r.predicate(i+1, s); start > 0 && r.aimStart(i+1, s.Last) == start {
			return start, r.aboutEnd(start, s), nounKind{name: "other"}
		}
	case "under", "through", "according", "as", "within", "by", "with", "based", "in", "pursuant", "thanks":
		noun, end, kind := r.nounAhead(i+1, min(s.Last, i+10), s)
		if noun < 0 || r.at(i+1) >= 0 {
			return 0, 0, kind
		}
		definite := false
		for j := i + 1; j < noun; j++ {
			if r.word(j) == "," {
				return 0, 0, kind
			}
			definite = definite || r.word(j) == "the" || r.word(j) == "this" || r.word(j) == "its" || r.word(j) == "these"
		}
		if !definite {
			return 0, 0, kind
		}
		for j := end; j < s.Last && j < end+60; j++ {
			if r.at(j) >= 0 {
				continue
			}
			switch w := strings.ToLower(r.word(j)); w {
			case "will", "shall", "would", "agreed", "agree", "undertake", "plan", "intend":
				k := j + 1
				if w == "agreed" || w == "agree" || w == "undertake" || w == "plan" || w == "intend" {
					if k >= s.Last || r.word(k) != "to" {
						return 0, 0, kind
					}
					k++
				}
				if start := r.futureVerb(k, s); start > 0 {
					return start, r.aboutEnd(start, s), kind
				}
				return 0, 0, kind
			case ".", ";", "said":
				return 0, 0, kind
			}
		}
	}
	return 0, 0, kind
}

// purpose reports whether token i is "purpose", "objective" or the like.
func (r *dealReader) purpose(i int, s *sentence) bool {
	if i >= s.Last {
		return false
	}
	switch strings.ToLower(r.word(i)) {
	case "purpose", "purposes", "objective", "objectives", "aim", "aims", "goal", "goals", "focus", "essence":
		return true
	}
	return false
}

// purposeNoun finds "(main) purpose of" within four tokens; of is the token behind "of".
func (r *dealReader) purposeNoun(i int, s *sentence) (noun, of int) {
	for j := i; j < s.Last && j < i+4; j++ {
		if r.purpose(j, s) && j+1 < s.Last && r.word(j+1) == "of" && j+2 < s.Last {
			return j, j + 2
		}
	}
	return 0, 0
}

// barePurpose reads "The main aim is to …", which speaks of the document just named.
func (r *dealReader) barePurpose(i int, s *sentence) int {
	for j := i; j+2 < s.Last && j < i+3; j++ {
		if r.at(j) >= 0 {
			return 0
		}
		if r.purpose(j, s) {
			if w := r.word(j + 1); (w == "is" || w == "was") && r.word(j+2) == "to" {
				return j + 3
			}
			return 0
		}
	}
	return 0
}

// purposeClause reads "purpose of this memorandum is to …" from its noun on.
func (r *dealReader) purposeClause(noun, of int, s *sentence) (first, last int, kind nounKind) {
	n, end, kind := r.nounAhead(of, min(s.Last, of+6), s)
	for j := of; n < 0 && j < s.Last && j < of+4; j++ {
		switch r.word(j) {
		case "cooperation", "collaboration", "co-operation", "partnership", "initiative":
			n, end, kind = j, j+1, nounKind{name: "other"}
		}
	}
	if n < 0 {
		return 0, 0, kind
	}
	for j := end; j < s.Last && j < end+8; j++ {
		if r.at(j) >= 0 {
			continue
		}
		switch strings.ToLower(r.word(j)) {
		case "is", "was", "are", "were", "include", "includes":
			start := j + 1
			if start < s.Last && r.word(start) == "to" {
				start++
			}
			return start, r.aboutEnd(start, s), kind
		}
	}
	return 0, 0, kind
}

// behindComma skips an inserted clause behind the noun of a document: "The MoU, signed by the
// rectors, aims to …".
func (r *dealReader) behindComma(i int, s *sentence) int {
	if i >= s.Last || r.word(i) != "," {
		return i
	}
	for j := i + 1; j < s.Last && j < i+30; j++ {
		if r.at(j) < 0 && r.word(j) == "," && (j+1 >= s.Last || r.predicate(j+1, s) > 0) {
			return j + 1
		}
	}
	return i
}

// aboutEnd is subjectEnd for a subject that a sentence of its own tells: bounded, and without
// marks at its end.
func (r *dealReader) aboutEnd(start int, s *sentence) int {
	return r.trimSubject(start, r.subjectEnd(start, min(s.Last, start+60), s))
}

// trimSubject drops commas and conjunctions from the end of a subject.
func (r *dealReader) trimSubject(first, last int) int {
	for last > first {
		switch w := r.word(last - 1); w {
		case "\"", "”", "»", "’":
			if r.quoteOpens(first, last-1) {
				return last
			}
			last--
		case ",", "and", "or", ";", ":", "–", "-", "also", "etc", "etc.", "between", "with", "that", "which", "who":
			last--
		default:
			return last
		}
	}
	return last
}

// quoteOpens reports whether a quotation mark opens in the tokens [i, end).
func (r *dealReader) quoteOpens(i, end int) bool {
	for ; i < end; i++ {
		if opensQuote(r.word(i)) {
			return true
		}
	}
	return false
}

// purposeFirst reads the purpose that a sentence opens with: "To train nurses, X signed …", "With
// the aim of training nurses, …". It ends at the first comma.
func (r *dealReader) purposeFirst(v int, s *sentence) (first, last int) {
	i := s.First
	switch strings.ToLower(r.word(i)) {
	case "to":
		first = i + 1
	case "in":
		if i+3 < v && (r.word(i+1) == "order" || r.word(i+1) == "an" && r.word(i+2) == "effort" || r.word(i+1) == "a" && r.word(i+2) == "bid") {
			for first = i + 1; first < v && r.word(first) != "to"; first++ {
			}
			first++
		}
	case "with":
		first = r.withAim(i, v)
	}
	if first == 0 || first >= v || r.at(first) >= 0 || r.capital(first) {
		return 0, 0
	}
	for j := first; j < v && j < first+40; j++ {
		if r.at(j) < 0 && r.word(j) == "," {
			return first, j
		}
	}
	return 0, 0
}

// farthestAbout is how many sentences behind an agreement may still say what it is about.
const farthestAbout = 6

// fillSubjects gives deals without a subject the one that a sentence behind tells of the
// document: the first such sentence before the next agreement.
func (r *dealReader) fillSubjects(deals []deal) {
	taken := map[int]bool{}
	for i := range deals {
		taken[deals[i].sentence] = true
	}
	for i := range deals {
		d := &deals[i]
		if d.subject != "" || d.status == "terminated" {
			continue
		}
		for k := d.sentence + 1; k < len(r.sentences) && k <= d.sentence+farthestAbout; k++ {
			s := &r.sentences[k]
			if s.silent || s.titleCase {
				continue
			}
			first, last, kind := r.aboutDocument(s)
			if last > first && kindsAgree(kind.name, d.kind) && (kind.name != "other" || k == d.sentence+1) {
				d.subject = r.span(first, last).Of(r.text)
				d.cites = append(d.cites, r.cite(r.boundedSpan(first, s), "agreement.about"))
				break
			}
			if taken[k] {
				break
			}
		}
	}
}
