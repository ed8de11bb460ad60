package extract

import (
	"fmt"

	"dateline/extract/pattern"
	"dateline/ingest/document"
)

// Rule is a way of saying something, as data: a pattern, what its parts mean, and the evidence that
// it reads what it should. Rules stand in rules/*.yaml and in the folder of a user.
type Rule struct {
	Name       string  // "title.named-as": the kind of fact, and the shape
	Kind       Kind    // one of Kinds, or a kind of the user's own
	Pattern    string  // see package pattern
	Confidence float64 // of a fact that only this rule reads
	Slots      []RuleSlot
	Set        []Slot              // values that the words do not hold: "when" is "former"
	Zones      []document.ZoneKind // where it is tried; "" is prose. None: wherever facts are read but in headlines
	Examples   []RuleExample
	Never      []RuleExample // near misses: Facts is empty
	File       string        // "title.yaml"
	Line       int           // where it begins
	Source     string        // the rule as it is written
	Own        bool          // of the user

	index int // in the set of patterns
}

// RuleSlot says which labelled parts of a pattern fill a slot. Only lists (parties, signatories) may
// have several.
type RuleSlot struct {
	Name   string
	Labels []string
}

// RuleExample is a text with the facts that the rule, and no other, must read in it.
type RuleExample struct {
	Text  string
	Facts []Fact // without citations
	Line  int
}

// RuleError says what is wrong with a rule or list, where, and what to do.
type RuleError struct {
	File    string
	Line    int
	Rule    string // or "" when it is none of one rule
	Problem string
}

func (e *RuleError) Error() string {
	rule := ""
	if e.Rule != "" {
		rule = e.Rule + ": "
	}
	return fmt.Sprintf("%s:%d: %s%s", e.File, e.Line, rule, e.Problem)
}

// ruleBook holds the rules of an extractor, compiled. It is read-only once it is made.
type ruleBook struct {
	rules                       []*Rule
	institutions, people, facts *pattern.Set // of rules that find names, and of all others, which need to know them
	// by the index of their patterns in the set
	institutionRules, personRules, factRules []*Rule
}

// Rules lists the rules of the extractor that are data, in the order in which they are tried: those
// of the program by file, then those of the user. The rules that are Go are FinderRules.
func (ex *Extractor) Rules() []*Rule { return ex.book.rules }
