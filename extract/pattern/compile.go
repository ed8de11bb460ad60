package pattern

import (
	"fmt"
	"slices"
	"strings"
)

const (
	longestMention = 40  // tokens; a longer name is no name
	widest         = 120 // tokens of a match; who says so much in between says something else
	longestProgram = 800 // instructions
	// fewestGate is the largest number of words by which a pattern is gated: a pattern that needs
	// one of more is tried wherever its types are.
	fewestGate = 2000
)

// opcode is one instruction of a compiled pattern.
type opcode uint8

const (
	opWord opcode = iota
	opList
	opClass
	opMention
	opAny
	opSplit // a, then b
	opJump  // a
	opOpen  // a group begins
	opClose // and ends
	opAhead // b is what follows; a is where it goes on
	opNotAhead
	opFirst
	opLast
	opMatch
)

type instruction struct {
	op    opcode
	class class
	typ   Type
	word  int32
	label int
	a, b  int
	list  *wordList
	memo  int // 1 + number among the states that are remembered, or 0
}

// Pattern is a compiled pattern of a Set.
type Pattern struct {
	Source  string
	Labels  []string          // of mentions and groups, by the index that a Capture gives
	Types   map[string][]Type // of the labels of mentions; groups are not in it
	program []instruction
	memos   int
	width   int // of a match, in tokens
	need    uint8
	gate    []int32 // one of these words is in every match; nil: no such words
	first   begins
	atStart bool // begins with ^
}

// Set is a number of patterns that are matched together. It is read-only once all are added, and
// then shared by all workers.
type Set struct {
	words    vocabulary
	lists    map[string]*wordList
	lines    func(name string) ([]string, error)
	patterns []*Pattern
	byWord   map[int32][]int // patterns by the words of their gates
	ungated  []int           // patterns without
}

// NewSet makes an empty set. lines gives the lines of a list of words; its error says what to do
// when there is no such list.
func NewSet(lines func(name string) ([]string, error)) *Set {
	return &Set{words: vocabulary{}, lists: map[string]*wordList{}, lines: lines, byWord: map[int32][]int{}}
}

// list compiles a list of words once.
func (s *Set) list(name string) (*wordList, error) {
	if l, ok := s.lists[name]; ok {
		return l, nil
	}
	lines, err := s.lines(name)
	if err != nil {
		return nil, err
	}
	if len(lines) == 0 {
		return nil, fmt.Errorf("the list $%s is empty; write its words into it, one a line", name)
	}
	l := s.words.newList(lines)
	if l.longest > longestLine {
		return nil, fmt.Errorf("a line of the list $%s has %d words; at most %d", name, l.longest, longestLine)
	}
	s.lists[name] = l
	return l, nil
}

// Add compiles a pattern and returns its index, by which a Match names it. The error is an *Error.
func (s *Set) Add(source string) (int, error) {
	root, labels, err := s.parse(source)
	if err != nil {
		return 0, err
	}
	if root.empty() {
		return 0, &Error{1, "the pattern matches without a word; at least one part must not be optional"}
	}
	p := &Pattern{Source: source, Labels: labels, Types: map[string][]Type{}, width: min(root.width(), widest)}
	p.first = begins{words: map[int32]bool{}}
	p.first.addFirst(root)
	if p.first.gap {
		return 0, &Error{1, "a pattern can't begin with a gap; begin with a word, a list, a name or a form of token"}
	}
	p.need, p.gate = root.needs()
	slices.Sort(p.gate)
	p.gate = slices.Compact(p.gate)
	if p.need == 0 && p.gate == nil {
		return 0, &Error{1, "every match needs a name or a word: forms of tokens alone would match everywhere"}
	}
	if len(p.gate) > fewestGate {
		p.gate = nil
	}
	c := &compiler{}
	c.node(root)
	c.emit(instruction{op: opMatch})
	if len(c.program) > longestProgram {
		return 0, &Error{1, "the pattern is too long; make several rules of it"}
	}
	c.markMemos()
	p.program, p.memos = c.program, c.memos
	p.noteTypes(root)
	p.atStart = root.kind == nodeSequence && root.kids[0].kind == nodeFirst
	index := len(s.patterns)
	s.patterns = append(s.patterns, p)
	if p.gate == nil {
		s.ungated = append(s.ungated, index)
	}
	for _, w := range p.gate {
		s.byWord[w] = append(s.byWord[w], index)
	}
	return index, nil
}

// Pattern returns a pattern by its index.
func (s *Set) Pattern(index int) *Pattern { return s.patterns[index] }

// noteTypes files the types of labelled mentions.
func (p *Pattern) noteTypes(n *node) {
	if n.kind == nodeAhead || n.kind == nodeNotAhead || n.kind == nodeGap {
		return
	}
	if n.kind == nodeMention {
		if label := p.Labels[n.label]; !slices.Contains(p.Types[label], n.typ) {
			p.Types[label] = append(p.Types[label], n.typ)
		}
	}
	for _, k := range n.kids {
		p.noteTypes(k)
	}
}

// String is the pattern on one line.
func (p *Pattern) String() string { return strings.Join(strings.Fields(p.Source), " ") }

// compiler writes the program of one pattern. Jumps only lead forwards, so that a program ends.
type compiler struct {
	program []instruction
	memos   int
}

func (c *compiler) emit(in instruction) int {
	c.program = append(c.program, in)
	return len(c.program) - 1
}

func (c *compiler) node(n *node) {
	if len(c.program) > longestProgram {
		return
	}
	switch n.kind {
	case nodeSequence:
		for _, k := range n.kids {
			c.node(k)
		}
	case nodeChoice:
		var jumps []int
		for i, k := range n.kids {
			if i == len(n.kids)-1 {
				c.node(k)
				break
			}
			split := c.emit(instruction{op: opSplit})
			c.program[split].a = len(c.program)
			c.node(k)
			jumps = append(jumps, c.emit(instruction{op: opJump}))
			c.program[split].b = len(c.program)
		}
		for _, j := range jumps {
			c.program[j].a = len(c.program)
		}
	case nodeOptional:
		split := c.emit(instruction{op: opSplit})
		c.program[split].a = len(c.program)
		c.node(n.kids[0])
		c.program[split].b = len(c.program)
	case nodeGap:
		var splits []int
		for range n.max {
			splits = append(splits, c.emit(instruction{op: opSplit}))
			c.program[len(c.program)-1].b = len(c.program) // one token more, when going on fails
			if len(n.kids) > 0 {
				c.ahead(opNotAhead, n.kids[0])
			}
			c.emit(instruction{op: opAny})
		}
		for _, s := range splits {
			c.program[s].a = len(c.program)
		}
	case nodeGroup:
		c.emit(instruction{op: opOpen, label: n.label})
		c.node(n.kids[0])
		c.emit(instruction{op: opClose, label: n.label})
	case nodeAhead:
		c.ahead(opAhead, n.kids[0])
	case nodeNotAhead:
		c.ahead(opNotAhead, n.kids[0])
	case nodeWord:
		c.emit(instruction{op: opWord, word: n.word})
	case nodeList:
		c.emit(instruction{op: opList, list: n.list})
	case nodeClass:
		if n.class == anyToken {
			c.emit(instruction{op: opAny})
			return
		}
		c.emit(instruction{op: opClass, class: n.class})
	case nodeMention:
		c.emit(instruction{op: opMention, typ: n.typ, label: n.label})
	case nodeFirst:
		c.emit(instruction{op: opFirst})
	case nodeLastToken:
		c.emit(instruction{op: opLast})
	}
}

// ahead writes a program of its own for what follows.
func (c *compiler) ahead(op opcode, n *node) {
	at := c.emit(instruction{op: op})
	c.program[at].b = len(c.program)
	c.node(n)
	c.emit(instruction{op: opMatch})
	c.program[at].a = len(c.program)
}

// markMemos numbers the states that can be reached in more than one way: only they are remembered.
// Looking ahead is one of them always, for its own program must not be entered twice at one token.
func (c *compiler) markMemos() {
	reached := make([]bool, len(c.program)+1)
	for _, in := range c.program {
		switch in.op {
		case opSplit:
			reached[in.a], reached[in.b] = true, true
		case opJump:
			reached[in.a] = true
		}
	}
	for i := range c.program {
		if op := c.program[i].op; reached[i] || op == opAhead || op == opNotAhead || i > 0 && (c.program[i-1].op == opList || c.program[i-1].op == opMention) {
			c.memos++
			c.program[i].memo = c.memos
		}
	}
}
