package corpus

import (
	"cmp"
	"slices"
	"strings"

	"dateline/extract"
	"dateline/extract/token"
)

// What a person decided finds its statement again by evidence: the document, the values and
// the words. matchDecisions is a pure function of the statements of one document and of the
// decisions about that document, so that a rebuild in any order gives one result.

// evidence is what is stored of a decision about one document.
type evidence struct {
	decision int64
	ordinal  int
	action   Action
	kind     extract.Kind
	key      string // decisionKey of what was read
	edited   *slots // what it was edited to, by this decision or an earlier one

	quote, before, after string
}

// stated is a statement of the document as the program read it now.
type stated struct {
	kind  extract.Kind
	key   string       // decisionKey
	cites []token.Span // bytes of the document's text
}

// hold is where a decision's evidence was found.
type hold struct {
	decision  int64
	ordinal   int
	statement int // index
	how       Hold
}

// ruling is what decisions make of a statement.
type ruling struct {
	state    ReviewState
	decision int64
	edited   *slots // its values, when they were edited
}

// matchDecisions finds the statement of each piece of evidence and rules every statement.
// Evidence must be in the order of the decisions, without those that were undone. Evidence
// without a hold is orphaned.
//
// An exact match (the same values from the same words; or, of an edit, the values that it
// asked for) applies. What stands at the same place with other values, or has the same
// values from other words only, is changed: the decision is not applied, and the statement
// asks to be looked at again. Of several exact matches the last decision counts; a changed
// one never outdoes an exact one.
func matchDecisions(text string, statements []stated, list []evidence) (rulings []ruling, holds []hold) {
	rulings = make([]ruling, len(statements))
	for i := range rulings {
		rulings[i].state = ReviewOpen
	}
	m := matcher{text: text, statements: statements, byKey: map[string][]int{}, byQuote: map[string][]int{}, exact: make([]bool, len(statements))}
	for i, s := range statements {
		m.byKey[s.key] = append(m.byKey[s.key], i)
		for _, c := range s.cites {
			q := text[c.Start:c.End]
			if at := m.byQuote[q]; len(at) == 0 || at[len(at)-1] != i {
				m.byQuote[q] = append(at, i)
			}
		}
	}
	var left []evidence
	for _, e := range list {
		i, how := m.exactMatch(e)
		if i < 0 {
			left = append(left, e)
			continue
		}
		m.exact[i] = true
		holds = append(holds, hold{e.decision, e.ordinal, i, how})
		r := ruling{state: e.action.state(), decision: e.decision}
		if how == Same {
			r.edited = e.edited // who accepts an edited value accepts the edit
		}
		rulings[i] = r
	}
	for _, e := range left {
		i := m.nearMatch(e)
		if i < 0 {
			continue
		}
		holds = append(holds, hold{e.decision, e.ordinal, i, Differs})
		if !m.exact[i] && e.action != Skip {
			rulings[i] = ruling{state: ReviewChanged, decision: e.decision}
		}
	}
	slices.SortFunc(holds, func(a, b hold) int {
		return cmp.Or(cmp.Compare(a.decision, b.decision), cmp.Compare(a.ordinal, b.ordinal))
	})
	return rulings, holds
}

// state is what an action makes of a statement that it applies to.
func (a Action) state() ReviewState {
	switch a {
	case Accept, Edit:
		return ReviewAccepted
	case Reject:
		return ReviewRejected
	case Skip:
		return ReviewSkipped
	}
	return ReviewOpen
}

type matcher struct {
	text           string
	statements     []stated
	byKey, byQuote map[string][]int
	exact          []bool // statements that a decision applies to
}

// exactMatch is the statement that a decision applies to, or -1.
func (m *matcher) exactMatch(e evidence) (int, Hold) {
	if i := m.sameWords(m.byKey[e.key], e); i >= 0 {
		return i, Same
	}
	if e.edited != nil {
		if i := m.sameWords(m.byKey[decisionKey(e.kind, *e.edited)], e); i >= 0 {
			return i, Adopted
		}
	}
	return -1, ""
}

// sameWords picks, of some statements, the one with a citation in the words of the evidence:
// first one with the same words around them, for a document may say a thing twice. A
// citation that only begins or ends elsewhere is at the same words, too.
func (m *matcher) sameWords(of []int, e evidence) int {
	best, bestSides := -1, -1
	for _, i := range of {
		if m.statements[i].kind != e.kind {
			continue
		}
		if sides := m.sides(i, e); sides > bestSides {
			best, bestSides = i, sides
		}
	}
	if best >= 0 || len(of) == 0 {
		return best
	}
	at := strings.Index(m.text, e.before+e.quote+e.after)
	if at < 0 {
		return -1
	}
	place := token.Span{Start: at + len(e.before), End: at + len(e.before) + len(e.quote)}
	for _, i := range of {
		if m.statements[i].kind == e.kind && slices.ContainsFunc(m.statements[i].cites, place.Overlaps) {
			return i
		}
	}
	return -1
}

// sides is how many sides of the quote agree with the evidence, at the statement's best
// citation; -1 when no citation has the quote.
func (m *matcher) sides(statement int, e evidence) int {
	best := -1
	for _, c := range m.statements[statement].cites {
		if m.text[c.Start:c.End] != e.quote {
			continue
		}
		before, after := around(m.text, c.Start, c.End)
		n := 0
		if before == e.before {
			n++
		}
		if after == e.after {
			n++
		}
		best = max(best, n)
	}
	return best
}

// nearMatch is the statement that evidence without an exact match most likely became, or -1:
// another value at the same place, else the same value from other words. A statement
// that another decision applies to exactly is a fact of its own, not the changed one.
func (m *matcher) nearMatch(e evidence) int {
	best, bestSides := -1, 0
	for _, i := range m.byQuote[e.quote] {
		if m.exact[i] || m.statements[i].kind != e.kind {
			continue
		}
		sides := m.sides(i, e)
		if sides == 0 && strings.Count(m.text, e.quote) == 1 {
			sides = 1 // words that stand there once need no surroundings to be known again
		}
		if sides > bestSides {
			best, bestSides = i, sides
		}
	}
	if best >= 0 {
		return best
	}
	for _, i := range m.byKey[e.key] {
		if !m.exact[i] && m.statements[i].kind == e.kind {
			return i
		}
	}
	return -1
}
