package pattern

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of a pattern. They are far above what a legible one needs.
const (
	longestPattern = 4000 // bytes
	deepest        = 20   // nested brackets
	widestGap      = 12   // tokens: more reaches over what has nothing to do with one another
)

// Error says what is wrong with a pattern.
type Error struct {
	Column  int    // in characters, from 1
	Problem string // and what to do
}

func (e *Error) Error() string { return fmt.Sprintf("column %d: %s", e.Column, e.Problem) }

// parser reads one pattern.
type parser struct {
	set    *Set
	src    string
	at     int
	depth  int
	ahead  int // within what only looks ahead, where there are no labels
	labels []string
}

// parse reads a whole pattern. What it reports by panic is an *Error.
func (s *Set) parse(src string) (root *node, labels []string, err error) {
	p := &parser{set: s, src: src}
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(*Error)
			if !ok {
				panic(r)
			}
			err = e
		}
	}()
	if len(src) > longestPattern {
		p.fail(0, "the pattern has %d bytes; at most %d: make several rules of it", len(src), longestPattern)
	}
	if !utf8.ValidString(src) {
		p.fail(0, "the pattern is not valid UTF-8; save the file as UTF-8")
	}
	root = p.choice()
	if p.at < len(p.src) {
		p.fail(p.at, "%q closes nothing; take it out, or open it before", p.src[p.at:p.at+1])
	}
	p.checkLabels(root)
	return root, p.labels, nil
}

// fail stops with an error at a byte of the pattern.
func (p *parser) fail(at int, format string, args ...any) {
	panic(&Error{utf8.RuneCountInString(p.src[:min(at, len(p.src))]) + 1, fmt.Sprintf(format, args...)})
}

func (p *parser) space() {
	for p.at < len(p.src) {
		r, size := utf8.DecodeRuneInString(p.src[p.at:])
		if !unicode.IsSpace(r) {
			return
		}
		p.at += size
	}
}

// choice reads alternatives up to a closing mark, which it leaves.
func (p *parser) choice() *node {
	start := p.at
	p.depth++
	if p.depth > deepest {
		p.fail(p.at, "brackets are nested more than %d deep; make several rules of it", deepest)
	}
	kids := []*node{p.sequence()}
	for p.at < len(p.src) && p.src[p.at] == '|' {
		p.at++
		kids = append(kids, p.sequence())
	}
	p.depth--
	if len(kids) == 1 {
		return kids[0]
	}
	return &node{kind: nodeChoice, kids: kids, at: start}
}

func (p *parser) sequence() *node {
	n := &node{kind: nodeSequence, at: p.at}
	for {
		p.space()
		if p.at == len(p.src) || strings.IndexByte("|)]}", p.src[p.at]) >= 0 {
			if len(n.kids) == 0 {
				p.fail(p.at, "something must stand here; write [ … ] around what may be missing")
			}
			return n
		}
		n.kids = append(n.kids, p.item())
	}
}

// closed reads what stands between an opening mark, which is read, and its closing one.
func (p *parser) closed(from int, closing string) *node {
	n := p.choice()
	if p.at == len(p.src) || p.src[p.at:p.at+1] != closing {
		p.fail(from, "%q is not closed; write %q where it ends", p.src[from:from+1], closing)
	}
	p.at++
	return n
}

// item reads one part of a sequence.
func (p *parser) item() *node {
	from := p.at
	c := p.src[p.at]
	p.at++
	switch c {
	case '"':
		return p.words(from)
	case '$':
		name := p.name()
		if name == "" {
			return &node{kind: nodeLastToken, at: from}
		}
		list, err := p.set.list(name)
		if err != nil {
			p.fail(from, "%v", err)
		}
		return &node{kind: nodeList, list: list, at: from}
	case '<':
		return p.mention(from)
	case '#':
		name := p.name()
		i := slices.Index(classes, name)
		if i < 0 {
			p.fail(from, "#%s is no form of token; there are #%s", name, strings.Join(classes, ", #"))
		}
		return &node{kind: nodeClass, class: class(i), at: from}
	case '[':
		return &node{kind: nodeOptional, kids: []*node{p.closed(from, "]")}, at: from}
	case '(':
		return p.closed(from, ")")
	case '{':
		p.space()
		label := p.name()
		p.space()
		if label == "" || p.at == len(p.src) || p.src[p.at] != ':' {
			p.fail(from, `a group begins with its label: {sum: … }`)
		}
		if p.ahead > 0 {
			p.fail(from, "what only looks ahead has no labels; take %q out", label)
		}
		p.at++
		return &node{kind: nodeGroup, label: p.label(label), kids: []*node{p.closed(from, "}")}, at: from}
	case '!', '&':
		p.space()
		if p.at == len(p.src) {
			p.fail(from, "%q stands before what must or must not follow", string(c))
		}
		kind := nodeNotAhead
		if c == '&' {
			kind = nodeAhead
		}
		p.ahead++
		one := p.item()
		p.ahead--
		return &node{kind: kind, kids: []*node{one}, at: from}
	case '^':
		return &node{kind: nodeFirst, at: from}
	case '.':
		return p.gap(from)
	}
	r, _ := utf8.DecodeRuneInString(p.src[from:])
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		end := from
		for end < len(p.src) && !strings.ContainsRune(" \t\n|)]}\"", rune(p.src[end])) {
			end++
		}
		p.fail(from, "write words in quotes: %q", p.src[from:end])
	}
	p.fail(from, "%q means nothing here; write words and marks in quotes", string(r))
	return nil
}

// words reads what stands in quotes.
func (p *parser) words(from int) *node {
	end := strings.IndexByte(p.src[p.at:], '"')
	if end < 0 {
		p.fail(from, `the quote is not closed; write " where it ends`)
	}
	text := p.src[p.at : p.at+end]
	p.at += end + 1
	numbers := p.set.words.numbers(text)
	if len(numbers) == 0 {
		p.fail(from, "there is no word between the quotes")
	}
	n := &node{kind: nodeSequence, at: from}
	for _, w := range numbers {
		n.kids = append(n.kids, &node{kind: nodeWord, word: w, at: from})
	}
	if len(n.kids) == 1 {
		return n.kids[0]
	}
	return n
}

// mention reads "<type>" or "<type:label>" behind its "<".
func (p *parser) mention(from int) *node {
	name := p.name()
	label := name
	if p.at < len(p.src) && p.src[p.at] == ':' {
		p.at++
		label = p.name()
	}
	if p.at == len(p.src) || p.src[p.at] != '>' || name == "" || label == "" {
		p.fail(from, "a name is written <person> or <person:label>")
	}
	p.at++
	i := slices.Index(types, name)
	if i < 0 {
		p.fail(from, "<%s> is no type of name; there are <%s>", name, strings.Join(types, ">, <"))
	}
	return &node{kind: nodeMention, typ: Type(i), label: p.label(label), at: from}
}

// gap reads "..5" and "..5!x" behind the first full stop.
func (p *parser) gap(from int) *node {
	digits := p.at + 1
	for digits < len(p.src) && p.src[digits] >= '0' && p.src[digits] <= '9' {
		digits++
	}
	if p.at == len(p.src) || p.src[p.at] != '.' || digits == p.at+1 {
		p.fail(from, "a gap is written ..5: up to five tokens")
	}
	most, err := strconv.Atoi(p.src[p.at+1 : digits])
	if err != nil || most < 1 || most > widestGap {
		p.fail(from, "a gap has 1 to %d tokens", widestGap)
	}
	p.at = digits
	n := &node{kind: nodeGap, max: most, at: from}
	if p.at < len(p.src) && p.src[p.at] == '!' {
		p.at++
		p.space()
		if p.at == len(p.src) {
			p.fail(from, `behind the "!" of a gap stands what must not be in it`)
		}
		p.ahead++
		n.kids = []*node{p.item()}
		p.ahead--
	}
	return n
}

// name reads letters, digits, hyphens and underscores.
func (p *parser) name() string {
	from := p.at
	for p.at < len(p.src) {
		c := p.src[p.at]
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' && c != '_' {
			break
		}
		p.at++
	}
	return p.src[from:p.at]
}

// label gives the index of a label.
func (p *parser) label(name string) int {
	if p.ahead > 0 {
		return -1
	}
	if i := slices.Index(p.labels, name); i >= 0 {
		return i
	}
	p.labels = append(p.labels, name)
	return len(p.labels) - 1
}

// checkLabels refuses a label that one match could set twice, and returns those of the node.
func (p *parser) checkLabels(n *node) map[int]bool {
	all := map[int]bool{}
	if n.kind == nodeAhead || n.kind == nodeNotAhead || n.kind == nodeGap {
		return all
	}
	if n.kind == nodeMention || n.kind == nodeGroup {
		all[n.label] = true
	}
	for _, k := range n.kids {
		for label := range p.checkLabels(k) {
			if all[label] && n.kind != nodeChoice {
				p.fail(k.at, "the label %q is given twice; tell them apart, as in <person:a> and <person:b>", p.labels[label])
			}
			all[label] = true
		}
	}
	return all
}
