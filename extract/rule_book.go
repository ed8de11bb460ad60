package extract

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"dateline/extract/pattern"
)

//go:embed rules/*.yaml
var ruleFiles embed.FS

// newRuleBook reads and compiles the rules of the program and those of a user's folder, which may be
// nil. Everything that is wrong is reported together, as *RuleErrors.
func newRuleBook(words *wordFiles, own fs.FS) (*ruleBook, error) {
	builtIn, err := fs.Sub(ruleFiles, "rules")
	if err != nil {
		return nil, err
	}
	rules, err := readRules(builtIn, false)
	if err != nil {
		return nil, err
	}
	var wrong []error
	if own != nil {
		more, err := readRules(own, true)
		if err != nil {
			wrong = append(wrong, err)
		}
		rules = append(rules, more...)
	}
	b := &ruleBook{institutions: pattern.NewSet(words.list), people: pattern.NewSet(words.list), facts: pattern.NewSet(words.list)}
	named := map[string]*Rule{}
	for _, r := range rules {
		if problem := b.add(r, named); problem != "" {
			wrong = append(wrong, &RuleError{File: r.File, Line: r.Line, Rule: r.Name, Problem: problem})
		}
	}
	return b, errors.Join(wrong...)
}

// add compiles a rule, or says what is wrong with it.
func (b *ruleBook) add(r *Rule, named map[string]*Rule) string {
	if other := named[r.Name]; other != nil {
		where := fmt.Sprintf("line %d of %s", other.Line, other.File)
		if !other.Own {
			where = "the program itself"
		}
		return "there is a rule of that name already, in " + where + "; choose another name"
	}
	if FinderRule(r.Name) != nil {
		return "there is a rule of that name already, in the program itself; choose another name"
	}
	named[r.Name] = r
	set, list := b.facts, &b.factRules
	switch r.Kind {
	case KindInstitution:
		set, list = b.institutions, &b.institutionRules
	case KindPerson:
		set, list = b.people, &b.personRules
	}
	index, err := set.Add(r.Pattern)
	if err != nil {
		return "its pattern, " + err.Error()
	}
	*list = append(*list, r)
	r.index = index
	b.rules = append(b.rules, r)
	return r.checkSlots(set.Pattern(index))
}
