package pattern

// Type says what a mention names.
type Type uint8

// The types of mention.
const (
	Person Type = iota
	Institution
	Place
	Date
	Title // the words of a post
	Post  // a title with the institution that stands behind it
)

// types are the types as patterns write them, by their number.
var types = []string{"person", "institution", "place", "date", "title", "post"}

// String is the type as patterns write it.
func (t Type) String() string { return types[t] }

// class is a form of token.
type class uint8

const (
	capital class = iota
	lower
	upper
	number
	anyWord
	possessive
	anyToken
)

// classes are the forms as patterns write them, by their number.
var classes = []string{"capital", "lower", "upper", "number", "word", "possessive", "any"}

// nodeKind says what a part of a pattern is.
type nodeKind uint8

const (
	nodeSequence  nodeKind = iota
	nodeChoice             // one of kids
	nodeOptional           // kids[0] or nothing
	nodeWord               // the word id
	nodeList               // a line of list
	nodeClass              // a token of a form
	nodeMention            // a mention of a type
	nodeGap                // up to max tokens, none of which begins kids[0], if there is one
	nodeGroup              // kids[0], with a label
	nodeAhead              // kids[0] follows; takes no token
	nodeNotAhead           // kids[0] does not follow
	nodeFirst              // beginning of the sentence
	nodeLastToken          // end of the sentence
)

// node is a part of a pattern.
type node struct {
	kind  nodeKind
	word  int32
	list  *wordList
	class class
	typ   Type
	label int // index of the label of a mention or group, or -1 within what only looks ahead
	max   int
	at    int // byte of the pattern
	kids  []*node
}

// width is the largest number of tokens that the node can match or look at.
func (n *node) width() int {
	switch n.kind {
	case nodeWord, nodeClass:
		return 1
	case nodeList:
		return n.list.longest
	case nodeMention:
		return longestMention
	case nodeGap:
		return n.max
	case nodeFirst, nodeLastToken:
		return 0
	}
	sum, most := 0, 0
	for _, k := range n.kids {
		w := k.width()
		sum += w
		most = max(most, w)
	}
	if n.kind == nodeChoice {
		return most
	}
	return sum
}

// empty reports whether the node can match without a token.
func (n *node) empty() bool {
	switch n.kind {
	case nodeSequence, nodeGroup:
		for _, k := range n.kids {
			if !k.empty() {
				return false
			}
		}
		return true
	case nodeChoice:
		for _, k := range n.kids {
			if k.empty() {
				return true
			}
		}
		return false
	case nodeWord, nodeList, nodeClass, nodeMention:
		return false
	}
	return true
}

// needs gives the types that every match of the node holds, as bits, and a set of words one of
// which every match holds, or nil.
func (n *node) needs() (mask uint8, words []int32) {
	switch n.kind {
	case nodeWord:
		return 0, []int32{n.word}
	case nodeList:
		return 0, n.list.firstWords()
	case nodeMention:
		return 1 << n.typ, nil
	case nodeSequence, nodeGroup:
		for _, k := range n.kids {
			m, w := k.needs()
			mask |= m
			if w != nil && (words == nil || len(w) < len(words)) {
				words = w
			}
		}
		return mask, words
	case nodeChoice:
		all := true
		for i, k := range n.kids {
			m, w := k.needs()
			if i == 0 {
				mask = m
			}
			mask &= m
			all = all && w != nil
			words = append(words[:len(words):len(words)], w...)
		}
		if !all {
			words = nil
		}
		return mask, words
	}
	return 0, nil
}

// begins is what a match can begin with.
type begins struct {
	words   map[int32]bool
	types   uint8
	classes uint8
	gap     bool // anything
}

// addFirst adds what the node can begin with, and reports whether it can also match nothing.
func (b *begins) addFirst(n *node) bool {
	switch n.kind {
	case nodeWord:
		b.words[n.word] = true
		return false
	case nodeList:
		for _, w := range n.list.firstWords() {
			b.words[w] = true
		}
		return false
	case nodeClass:
		b.classes |= 1 << n.class
		return false
	case nodeMention:
		b.types |= 1 << n.typ
		return false
	case nodeGap:
		b.gap = true
		return true
	case nodeSequence, nodeGroup:
		for _, k := range n.kids {
			if !b.addFirst(k) {
				return false
			}
		}
		return true
	case nodeChoice:
		empty := false
		for _, k := range n.kids {
			empty = b.addFirst(k) || empty
		}
		return empty
	case nodeOptional:
		b.addFirst(n.kids[0])
	}
	return true
}
