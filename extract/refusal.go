package extract

import (
	"cmp"
	"slices"
	"sort"

	"dateline/extract/token"
)

// Refusal is a place that looks like a fact and gave none, with the reason. The list of them is
// the list of work for the next rule.
type Refusal struct {
	token.Span        // the words that look so: the trigger, in bytes
	Trigger    string // what they look like: "agreement", "appointment", "title" or "date"
	Code       string // the reason: one of RefusalCodes
	Detail     string // what was found, as far as it says more than the code; or ""
	Sentence   int    // number of the sentence, from 1
	Around     token.Span
}

// Triggers are the kinds of words that look like a fact.
var Triggers = []string{"agreement", "appointment", "title", "date"}

// RefusalCode is a reason why words that look like a fact gave none.
type RefusalCode struct{ Code, Means string }

// RefusalCodes are all reasons, by trigger.
var RefusalCodes = []RefusalCode{
	{"agreement.no-parties", "a document is signed, renewed or ended, and no side of it is named near"},
	{"agreement.one-party", "only one side is named"},
	{"agreement.unnamed-party", "one side has no name: “with a Chinese university”"},
	{"agreement.negated", "the words deny it: “did not sign”"},
	{"agreement.hoped-for", "it is wished, proposed or possible: “hopes to sign”"},
	{"agreement.conditional", "it hangs on a condition: “if they sign”"},
	{"agreement.rumoured", "others are said to say so: “media reports that”"},
	{"agreement.historical", "an earlier time is told of: “first signed”"},
	{"agreement.named-again", "thanks or praise for a signing that is told elsewhere"},
	{"agreement.headline", "only a heading tells of it"},
	{"agreement.no-document", "something is signed that is no agreement"},
	{"agreement.no-verb", "a document is named, and nothing says that it was made, renewed or ended"},
	{"agreement.no-rule", "a document and its verb stand together in a way that no rule reads"},
	{"appointment.no-post", "somebody is appointed or elected, and no post is named near"},
	{"title.plural", "a post of several people: “presidents of both colleges”"},
	{"title.generic", "a post of anybody: “a director”, “every minister”"},
	{"title.no-person", "no person is named in the sentence"},
	{"title.no-holder-near", "a person is named, and nothing ties the post to them"},
	{"title.no-institution", "a word that is a post only with an institution: “professor”, “member”"},
	{"title.form-of-address", "a word before a name that addresses the person"},
	{"title.headline", "in a heading, where capitals do not tell names"},
	{"date.impossible", "the calendar has no such day"},
	{"date.backwards", "the interval ends before it begins"},
	{"date.no-anchor", "relative, and no date is known that it could start from"},
	{"date.inside-name", "a part of a name: “May 4th Movement”"},
	{"date.not-computed", "the day is set anew each year: “Eid al-Fitr”"},
	{"date.ambiguous", "read, but the words allow another day too: “03/04/2024”; the one reason with a fact"},
	{"date.not-read", "a month or weekday that is part of no date"},
	{"date.number", "a number like a year that is part of no date"},
}

// Meaning says what a reason means, "" for a code that is none.
func Meaning(code string) string {
	for _, c := range RefusalCodes {
		if c.Code == code {
			return c.Means
		}
	}
	return ""
}

// refuse lists what looked like a fact and gave none. It reads the page after all steps and changes
// nothing of what they found.
func (p *page) refuse() {
	p.refused = nil
	p.refuseAgreements()
	p.refuseAppointments()
	p.refuseTitles()
	p.refuseDates()
	slices.SortStableFunc(p.refused, func(a, b Refusal) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Code, b.Code))
	})
}

// refusal adds a reason for a place.
func (p *page) refusal(trigger, code string, span token.Span, detail string) {
	i := max(0, sort.Search(len(p.sentences), func(k int) bool { return p.sentences[k].Start > span.Start })-1)
	p.refused = append(p.refused, Refusal{Span: span, Trigger: trigger, Code: code, Detail: detail, Sentence: i + 1, Around: p.sentences[i].Span})
}

// reach answers which bytes the citations of some facts cover.
type reach struct {
	spans []token.Span // by Start
	ends  []int        // the furthest End up to here
}

// reachOf collects the citations of the facts of a kind.
func (p *page) reachOf(kind Kind) reach {
	var r reach
	for _, f := range p.facts {
		if f.Kind == kind {
			for _, c := range f.Citations {
				r.spans = append(r.spans, c.Span)
			}
		}
	}
	slices.SortFunc(r.spans, func(a, b token.Span) int { return cmp.Compare(a.Start, b.Start) })
	end := 0
	for _, s := range r.spans {
		end = max(end, s.End)
		r.ends = append(r.ends, end)
	}
	return r
}

// covers reports whether a citation holds the byte.
func (r reach) covers(at int) bool {
	n := sort.Search(len(r.spans), func(k int) bool { return r.spans[k].Start > at })
	return n > 0 && r.ends[n-1] > at
}
