package extract

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"dateline/ingest/document"
)

// Bounds of a folder of rules.
const (
	largestRuleFile = 1 << 20 // bytes
	mostRules       = 2000
)

// readRules reads the rules of every file *.yaml and *.yml of a folder, by name. All that is wrong is
// reported together.
func readRules(files fs.FS, own bool) ([]*Rule, error) {
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, fmt.Errorf("the folder of rules can't be read: %w", err)
	}
	var rules []*Rule
	var wrong []error
	for _, e := range entries {
		if ext := path.Ext(e.Name()); e.IsDir() || ext != ".yaml" && ext != ".yml" {
			continue
		}
		found, err := readRuleFile(files, e.Name(), own)
		wrong = append(wrong, err...)
		rules = append(rules, found...)
	}
	if len(rules) > mostRules {
		wrong = append(wrong, fmt.Errorf("%d rules; at most %d are read from a folder", len(rules), mostRules))
	}
	return rules, errors.Join(wrong...)
}

// readSmall reads a file of at most largestRuleFile bytes.
func readSmall(files fs.FS, name string) ([]byte, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, largestRuleFile+1))
	if err == nil && len(data) > largestRuleFile {
		err = fmt.Errorf("it is larger than %d MB; make several files of it", largestRuleFile>>20)
	}
	return data, err
}

func readRuleFile(files fs.FS, name string, own bool) ([]*Rule, []error) {
	data, err := readSmall(files, name)
	if err != nil {
		return nil, []error{&RuleError{File: name, Line: 1, Problem: "it can't be read: " + err.Error()}}
	}
	var root yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	if err := decoder.Decode(&root); err == io.EOF {
		return nil, nil // only comments
	} else if err != nil {
		line, problem := yamlProblem(err)
		return nil, []error{&RuleError{File: name, Line: line, Problem: problem}}
	}
	if err := decoder.Decode(new(yaml.Node)); err != io.EOF {
		return nil, []error{&RuleError{File: name, Line: 1, Problem: `a file holds one list of rules; take the lines "---" out`}}
	}
	list := root.Content[0]
	if list.Kind != yaml.SequenceNode {
		return nil, []error{&RuleError{File: name, Line: max(1, list.Line), Problem: `a file is a list of rules; each begins with "- rule: kind.shape"`}}
	}
	lines := strings.Split(string(data), "\n")
	var rules []*Rule
	var wrong []error
	for i, n := range list.Content {
		end := len(lines)
		if i+1 < len(list.Content) {
			end = list.Content[i+1].Line - 1
		}
		r := &ruleReader{file: name, rule: &Rule{File: name, Line: n.Line, Own: own, Confidence: defaultConfidence, Source: ruleSource(lines[n.Line-1 : end])}}
		r.read(n)
		wrong = append(wrong, r.wrong...)
		if len(r.wrong) == 0 {
			rules = append(rules, r.rule)
		}
	}
	return rules, wrong
}

// ruleSource is the text of a rule without the comments that stand before the next one.
func ruleSource(lines []string) string {
	for len(lines) > 0 {
		last := strings.TrimSpace(lines[len(lines)-1])
		if last != "" && last[0] != '#' {
			break
		}
		lines = lines[:len(lines)-1]
	}
	return strings.Join(lines, "\n") + "\n"
}

// yamlProblem takes the line out of an error of the YAML reader.
func yamlProblem(err error) (line int, problem string) {
	problem = strings.TrimPrefix(err.Error(), "yaml: ")
	if rest, ok := strings.CutPrefix(problem, "line "); ok {
		if number, what, ok := strings.Cut(rest, ": "); ok {
			if n, err := strconv.Atoi(number); err == nil {
				return n, "it is no YAML: " + what
			}
		}
	}
	return 1, "it is no YAML: " + problem
}

// defaultConfidence is that of a rule that does not say how sure it is.
const defaultConfidence = 0.75

// ruleReader reads one rule and notes everything that is wrong with it.
type ruleReader struct {
	file  string
	rule  *Rule
	wrong []error
}

func (r *ruleReader) fail(n *yaml.Node, format string, args ...any) {
	r.wrong = append(r.wrong, &RuleError{File: r.file, Line: n.Line, Rule: r.rule.Name, Problem: fmt.Sprintf(format, args...)})
}

// ruleKeys are the keys of a rule.
var ruleKeys = []string{"rule", "kind", "pattern", "slots", "set", "zones", "confidence", "examples", "never"}

// ruleZones are the zones that a rule may name.
var ruleZones = map[string]document.ZoneKind{
	"prose": "", "heading": document.Heading, "list-item": document.ListItem, "caption": document.Caption,
	"byline": document.Byline, "timestamp": document.TimeStamp, "table": document.Table, "quote": document.Quote,
}

func (r *ruleReader) read(n *yaml.Node) {
	values := r.mapping(n, "a rule", ruleKeys)
	if values == nil {
		return
	}
	one := r.rule
	if v := values["rule"]; v == nil {
		r.fail(n, `it has no name; write "rule: kind.shape"`)
	} else if one.Name = r.text(v, "rule"); one.Name != "" && (!ruleName.MatchString(one.Name) || len(one.Name) > 80) {
		r.fail(v, "a name is written kind.shape, with small letters, digits and hyphens: title.named-as")
	}
	if v := values["kind"]; v == nil {
		r.fail(n, "it has no kind; write kind: person, institution, title, agreement or a kind of your own")
	} else {
		one.Kind = Kind(r.text(v, "kind"))
		switch {
		case one.Kind == KindDate:
			r.fail(v, "a rule can't make dates: what a date expression means is worked out by the program; other kinds can have a date as a slot")
		case !kindName.MatchString(string(one.Kind)) || len(one.Kind) > 40:
			r.fail(v, "a kind is written with small letters, digits and hyphens, at most 40: funding")
		case one.Name != "" && !strings.HasPrefix(one.Name, string(one.Kind)+"."):
			r.fail(v, "the name of a rule begins with its kind: %s.%s", one.Kind, one.Name[strings.IndexByte(one.Name, '.')+1:])
		}
	}
	if v := values["pattern"]; v == nil {
		r.fail(n, "it has no pattern; write one below pattern")
	} else {
		one.Pattern = r.text(v, "pattern")
	}
	if v := values["confidence"]; v != nil {
		f, err := strconv.ParseFloat(r.text(v, "confidence"), 64)
		if err != nil || !(f > 0 && f <= 1) {
			r.fail(v, "the confidence is %q; write a number above 0, and at most 1", v.Value)
		}
		one.Confidence = f
	}
	r.pairs(values["slots"], "slots", func(name string, v *yaml.Node) {
		one.Slots = append(one.Slots, RuleSlot{name, r.list(v, "the slot "+name)})
	})
	r.pairs(values["set"], "set", func(name string, v *yaml.Node) { one.Set = append(one.Set, Slot{name, r.text(v, name)}) })
	if v := values["zones"]; v != nil {
		for _, name := range r.list(v, "zones") {
			zone, ok := ruleZones[name]
			if !ok {
				r.fail(v, "%q is no zone; there are prose, heading, list-item, caption, byline, timestamp, table, quote", name)
			}
			one.Zones = append(one.Zones, zone)
		}
	}
	one.Examples = r.examples(n, values["examples"])
	if v := values["never"]; v == nil || v.Kind != yaml.SequenceNode || len(v.Content) == 0 {
		r.fail(n, "it has no near misses; write below never, in a list, sentences that almost fit and must give nothing")
	} else {
		for _, one := range v.Content {
			r.rule.Never = append(r.rule.Never, RuleExample{Text: r.text(one, "a near miss"), Line: one.Line})
		}
	}
}

// mapping reads the keys of a mapping, or notes what is wrong and returns nil.
func (r *ruleReader) mapping(n *yaml.Node, what string, keys []string) map[string]*yaml.Node {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "%s has keys: %s", what, strings.Join(keys, ", "))
		return nil
	}
	values := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if keys != nil && !slices.Contains(keys, key.Value) {
			r.fail(key, "%q is no key of %s; there are %s", clipped(key.Value), what, strings.Join(keys, ", "))
			continue
		}
		if values[key.Value] != nil {
			r.fail(key, "the key %q is there twice", clipped(key.Value))
		}
		values[key.Value] = n.Content[i+1]
	}
	return values
}

// pairs calls yield with the entries of a mapping, in their order.
func (r *ruleReader) pairs(n *yaml.Node, what string, yield func(string, *yaml.Node)) {
	if n == nil {
		return
	}
	if n.Kind != yaml.MappingNode {
		r.fail(n, "%s is written {slot: value}", what)
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if seen[key.Value] {
			r.fail(key, "%q is there twice below %s", clipped(key.Value), what)
			continue
		}
		seen[key.Value] = true
		yield(key.Value, n.Content[i+1])
	}
}

// text reads one value that is not empty.
func (r *ruleReader) text(n *yaml.Node, what string) string {
	if n.Kind != yaml.ScalarNode || strings.TrimSpace(n.Value) == "" || n.Tag == "!!null" {
		r.fail(n, "%s is words; write them in quotes", what)
		return ""
	}
	if strings.IndexByte(n.Value, 0) >= 0 {
		r.fail(n, "%s holds a NUL; take it out", what)
		return ""
	}
	return n.Value
}

// list reads a value, or a list of them.
func (r *ruleReader) list(n *yaml.Node, what string) []string {
	if n.Kind != yaml.SequenceNode {
		return []string{r.text(n, what)}
	}
	var out []string
	for _, one := range n.Content {
		out = append(out, r.text(one, what))
	}
	if len(out) == 0 {
		r.fail(n, "%s is empty; fill it, or leave it out", what)
	}
	return out
}

// examples reads the examples of a rule.
func (r *ruleReader) examples(rule, n *yaml.Node) []RuleExample {
	if n == nil || n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		r.fail(rule, "it has no examples; write below examples, in a list, texts with the fact that each must give")
		return nil
	}
	var out []RuleExample
	for _, one := range n.Content {
		values := r.mapping(one, "an example", []string{"text", "fact", "facts"})
		if values == nil {
			continue
		}
		ex := RuleExample{Line: one.Line}
		if v := values["text"]; v != nil {
			ex.Text = r.text(v, "the text of an example")
		} else {
			r.fail(one, "the example has no text")
		}
		switch fact, facts := values["fact"], values["facts"]; {
		case fact != nil && facts == nil:
			ex.Facts = append(ex.Facts, r.fact(fact))
		case facts != nil && fact == nil && facts.Kind == yaml.SequenceNode && len(facts.Content) > 0:
			for _, f := range facts.Content {
				ex.Facts = append(ex.Facts, r.fact(f))
			}
		default:
			r.fail(one, "an example has the one fact that it must give below fact, or several in a list below facts")
		}
		out = append(out, ex)
	}
	return out
}

// fact reads the fact that an example must give.
func (r *ruleReader) fact(n *yaml.Node) Fact {
	f := Fact{Kind: r.rule.Kind}
	one := map[string]string{}
	lists := map[string][]string{}
	r.pairs(n, "a fact", func(name string, v *yaml.Node) {
		if problem := r.rule.checkSlotName(name); problem != "" {
			r.fail(v, "%s", problem)
			return
		}
		if r.rule.Kind == KindAgreement && (name == "parties" || name == "signatories") {
			lists[name] = r.list(v, name)
			return
		}
		one[name] = r.text(v, name)
	})
	or := func(name, other string) string {
		if v := one[name]; v != "" {
			return v
		}
		return other
	}
	switch r.rule.Kind {
	case KindPerson:
		f.Person = &Person{Name: one["name"]}
	case KindInstitution:
		f.Institution = &Institution{Name: one["name"]}
	case KindTitle:
		f.Title = &Title{Person: one["person"], Title: one["title"], Institution: one["institution"], When: or("when", "current")}
	case KindAgreement:
		f.Agreement = &Agreement{Type: or("type", "agreement"), Status: or("status", "signed"), Parties: lists["parties"], Signatories: lists["signatories"],
			Date: one["date"], Place: one["place"], Subject: one["subject"]}
	default:
		f.Own = NewOwn(one)
	}
	return f
}
