package pattern

import (
	"unicode"
	"unicode/utf8"

	"dateline/extract/token"
)

// longestWord is the longest token, in bytes, that can be a word of a pattern.
const longestWord = 64

// vocabulary numbers the words of all patterns, from 1. Other words are 0.
type vocabulary map[string]int32

// fold writes a token in lower case, with straight apostrophes and without the full stop of an
// abbreviation, into buf, which is empty.
func fold(buf []byte, text string, t token.Token) []byte {
	w := t.Of(text)
	if t.Is(token.Abbrev) && w[len(w)-1] == '.' {
		w = w[:len(w)-1]
	}
	for _, r := range w {
		if r == '’' {
			r = '\''
		}
		buf = utf8.AppendRune(buf, unicode.ToLower(r))
	}
	return buf
}

// number gives the number of a word of a text, without allocating.
func (v vocabulary) number(text string, t token.Token) int32 {
	if t.End()-t.Start() > longestWord {
		return 0
	}
	var buf [3 * longestWord]byte
	return v[string(fold(buf[:0], text, t))]
}

// numbers gives the numbers of the words of a pattern or list, new ones where they are new.
func (v vocabulary) numbers(words string) []int32 {
	var out []int32
	for _, t := range token.Tokenize(words) {
		folded := string(fold(nil, words, t))
		n, ok := v[folded]
		if !ok {
			n = int32(len(v) + 1)
			v[folded] = n
		}
		out = append(out, n)
	}
	return out
}

// wordList is a list of words and phrases as a tree of words.
type wordList struct {
	next    map[step]int // from node and word to node; 0 is the root
	end     map[int]bool // a line ends here
	longest int          // words of the longest line
	firsts  []int32
}

type step struct {
	node int
	word int32
}

// newList files the lines of a list.
func (v vocabulary) newList(lines []string) *wordList {
	l := &wordList{next: map[step]int{}, end: map[int]bool{}}
	for _, line := range lines {
		node := 0
		words := v.numbers(line)
		for _, w := range words {
			to, ok := l.next[step{node, w}]
			if !ok {
				to = len(l.next) + 1
				l.next[step{node, w}] = to
				if node == 0 {
					l.firsts = append(l.firsts, w)
				}
			}
			node = to
		}
		l.end[node] = true
		l.longest = max(l.longest, len(words))
	}
	return l
}

// firstWords are the words with which a line can begin.
func (l *wordList) firstWords() []int32 { return l.firsts }
