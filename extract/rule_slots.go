package extract

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"dateline/extract/pattern"
)

// ruleSlots are the slots of the kinds that the program knows; lists are marked. Rules can't make
// dates: an expression has a value only by the arithmetic of package dates.
var ruleSlots = map[Kind][]string{
	KindPerson:      {"name"},
	KindInstitution: {"name"},
	KindTitle:       {"person", "title", "institution", "when"},
	KindAgreement:   {"type", "status", "parties", "signatories", "date", "place", "subject"},
}

// wantedSlots must be filled by every rule of the kind.
var wantedSlots = map[Kind][]string{
	KindPerson: {"name"}, KindInstitution: {"name"}, KindTitle: {"person", "title"}, KindAgreement: {"parties"},
}

// setSlots are those that a rule can set to a word, with the words; the first is the default.
var setSlots = map[string][]string{
	"when":   {"current", "former", "incoming"},
	"type":   {"agreement", "memorandum", "contract", "declaration", "protocol", "roadmap", "letter_of_intent", "treaty", "licence", "grant", "other"},
	"status": {"signed", "agreed", "planned", "renewed", "terminated"},
}

// slotTypes are the types of name that can fill a slot of the program's own kinds; a slot that is not
// here takes any words.
var slotTypes = map[string][]pattern.Type{
	"person":      {pattern.Person},
	"title":       {pattern.Title, pattern.Post},
	"institution": {pattern.Institution},
	"parties":     {pattern.Institution, pattern.Place},
	"signatories": {pattern.Person},
	"date":        {pattern.Date},
	"place":       {pattern.Place, pattern.Institution},
}

var (
	kindName = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	slotName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	ruleName = regexp.MustCompile(`^[a-z][a-z0-9-]*\.[a-z0-9]+(-[a-z0-9]+)*$`)
)

// known reports whether the kind is one of the program's own.
func (k Kind) known() bool { return slices.Contains(Kinds, k) }

// checkSlots says what is wrong with the slots of a rule whose pattern is compiled, or "".
func (r *Rule) checkSlots(p *pattern.Pattern) string {
	used := map[string]bool{}
	for _, s := range r.Slots {
		if s.Name == "when" || s.Name == "type" || s.Name == "status" {
			if r.Kind.known() {
				return fmt.Sprintf("the slot %s is no words of the text; write it below set, with one of %s", s.Name, strings.Join(setSlots[s.Name], ", "))
			}
		}
		if problem := r.checkSlotName(s.Name); problem != "" {
			return problem
		}
		if len(s.Labels) > 1 && s.Name != "parties" && s.Name != "signatories" {
			return fmt.Sprintf("the slot %s holds one value; make two slots, or write alternatives with one label", s.Name)
		}
		for _, label := range s.Labels {
			if !slices.Contains(p.Labels, label) {
				return fmt.Sprintf("the slot %s is filled from %q, which the pattern does not have; its labels are %s", s.Name, label, strings.Join(p.Labels, ", "))
			}
			used[label] = true
			types, mention := p.Types[label]
			if want := slotTypes[s.Name]; r.Kind.known() && want != nil {
				if slices.ContainsFunc(types, func(t pattern.Type) bool { return !slices.Contains(want, t) }) || !mention && s.Name != "title" {
					return fmt.Sprintf("the slot %s is filled from %q, which is no %s", s.Name, label, joinTypes(want))
				}
			}
			if r.Kind == KindPerson || r.Kind == KindInstitution {
				if mention {
					return fmt.Sprintf("the slot name is filled from %q, which is a name that was found already; put a group around the words: {name: #capital #capital}", label)
				}
			}
		}
	}
	for _, s := range r.Set {
		if problem := r.checkSlotName(s.Name); problem != "" {
			return problem
		}
		if words := setSlots[s.Name]; r.Kind.known() && !slices.Contains(words, s.Value) {
			if words == nil {
				return fmt.Sprintf("%s can't be set; fill it from the pattern, below slots", s.Name)
			}
			return fmt.Sprintf("%s is set to %q; it must be one of %s", s.Name, s.Value, strings.Join(words, ", "))
		}
		if slices.ContainsFunc(r.Slots, func(one RuleSlot) bool { return one.Name == s.Name }) {
			return fmt.Sprintf("%s stands below slots and below set; take one of them out", s.Name)
		}
	}
	for _, want := range wantedSlots[r.Kind] {
		if !slices.ContainsFunc(r.Slots, func(s RuleSlot) bool { return s.Name == want }) {
			return fmt.Sprintf("the slot %s is missing; a fact of kind %s needs it", want, r.Kind)
		}
	}
	if len(r.Slots) == 0 {
		return "it has no slots; say which labels of the pattern are what, as in slots: {who: institution}"
	}
	if r.Kind == KindPerson || r.Kind == KindInstitution {
		for _, label := range p.Labels {
			for _, typ := range p.Types[label] {
				if typ == pattern.Person || typ == pattern.Title || typ == pattern.Post {
					return fmt.Sprintf("its pattern has <%s>, but people and posts are known only when all names are; describe the words instead", typ)
				}
			}
		}
	}
	return ""
}

func (r *Rule) checkSlotName(name string) string {
	if r.Kind.known() {
		if !slices.Contains(ruleSlots[r.Kind], name) {
			return fmt.Sprintf("a fact of kind %s has no slot %q; it has %s", r.Kind, name, strings.Join(ruleSlots[r.Kind], ", "))
		}
		return ""
	}
	if !slotName.MatchString(name) || len(name) > 40 {
		return fmt.Sprintf("the slot %q: a name of a slot is written with small letters, digits and _, at most 40", name)
	}
	return ""
}

func joinTypes(types []pattern.Type) string {
	words := make([]string, len(types))
	for i, t := range types {
		words[i] = "<" + t.String() + ">"
	}
	return strings.Join(words, " or ")
}

// setTo is the value that the rule sets a slot to, or its default.
func (r *Rule) setTo(name string) string {
	for _, s := range r.Set {
		if s.Name == name {
			return s.Value
		}
	}
	if words := setSlots[name]; words != nil && r.Kind.known() {
		return words[0]
	}
	return ""
}
