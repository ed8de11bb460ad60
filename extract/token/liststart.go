package token

import (
	"slices"
	"strings"
)

// A list on one line, as scraped texts have them: "1. Opening 2. Speeches", "a) trade b) law".

// itemShape is the way an item of a list is marked.
type itemShape uint8

const (
	itemStop      itemShape = iota // "1.", "a."
	itemBracket                    // "1)", "a)"
	itemBoth                       // "1.)", "a.)"
	itemBullet                     // "•" alone
	numItemShapes = iota
)

// item is the mark of an item: its first token, the index behind its last, and its number, which
// counts letters from 1001.
type item struct {
	at, end, number int
	shape           itemShape
}

// itemAt recognises the mark of an item that begins with token i, or with the bullet before it.
func itemAt(text string, tokens []Token, i int) (item, bool) {
	t := tokens[i]
	m := item{at: i, end: i + 1}
	if isBullet(t.Of(text)) {
		m.shape = itemBullet
		return m, i+1 < len(tokens) && !tokens[i+1].Is(LineStart)
	}
	if !isCounter(text, t) || !t.Is(SpaceBefore) {
		return m, false
	}
	stop, closed := false, false
	if m.end < len(tokens) && !tokens[m.end].Is(SpaceBefore) && tokens[m.end].Of(text) == "." {
		stop = true
		m.end++
	}
	if m.end < len(tokens) && !tokens[m.end].Is(SpaceBefore) && tokens[m.end].Of(text) == ")" {
		closed = true
		m.end++
	}
	switch {
	case stop && closed:
		m.shape = itemBoth
	case closed:
		m.shape = itemBracket
	case stop:
		m.shape = itemStop
	default:
		return m, false
	}
	if m.end >= len(tokens) || tokens[m.end].Is(LineStart) || !tokens[m.end].Is(SpaceBefore) {
		return m, false
	}
	word := t.Of(text)
	if t.Kind == Word {
		m.number = 1001 + int(word[0]-'a')
		return m, true
	}
	for _, c := range []byte(word) {
		m.number = m.number*10 + int(c-'0')
	}
	return m, m.shape != itemStop || beginsSentence(text, tokens, m.end)
}

// isCounter reports whether a token can number an item: up to three digits, or a small letter.
func isCounter(text string, t Token) bool {
	word := t.Of(text)
	switch {
	case t.Kind == Word:
		return len(word) == 1 && 'a' <= word[0] && word[0] <= 'z'
	case t.Kind == Number && len(word) <= 3:
		return strings.Trim(word, "0123456789") == ""
	}
	return false
}

func isBullet(word string) bool {
	switch word {
	case "•", "⁃", "●", "▪", "‣", "◦", "■", "➢", "✓", "✔":
		return true
	}
	return false
}

// itemStarts returns the tokens that begin the items of lists on one line, in order. A list is
// marks of one shape with numbers that follow each other, the first of which begins a line or a
// sentence: "trade 1) by road, 2) by rail" is prose. Time is linear but for sorting what was found.
func itemStarts(text string, tokens []Token) []int {
	var out []int
	var last [numItemShapes]item
	var open [numItemShapes]bool // last holds an item of this line
	var inner [numItemShapes]bool
	for i, t := range tokens {
		if t.Is(LineStart) {
			open = [numItemShapes]bool{}
		}
		if t.Kind == Clitic || t.Kind == Link || t.end-t.start > 3 {
			continue
		}
		m, ok := itemAt(text, tokens, i)
		if !ok {
			continue
		}
		s := m.shape
		switch {
		case open[s] && (s == itemBullet || m.number == last[s].number+1) && itemMayStart(text, tokens, m):
			if inner[s] {
				out = append(out, last[s].at)
			}
			inner[s] = false
			out = append(out, m.at)
			last[s] = m
		case tokens[m.at].Is(LineStart):
			open[s], inner[s], last[s] = true, false, m
		case s != itemBullet && (!open[s] || inner[s]) && tokens[m.at].Is(SpaceBefore) && endsLikeSentence(text, tokens[m.at-1]):
			open[s], inner[s], last[s] = true, true, m
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// counted are words that a number belongs to, so that it is no mark of an item: "Article 2. The".
var counted = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("article articles section phase room page chapter part figure table class grade level stage step " +
		"tier annex schedule day week month year unit line terminal gate building block school hospital group team round category type " +
		"version paragraph clause point goal sdg floor number form appendix volume group plan vitamin option " +
		"january february march april may june july august september october november december " +
		"of to is was are were at in on by than age aged about around and or with for from the a an") {
		m[w] = true
	}
	return m
}()

// itemMayStart reports whether what stands before a mark can be the end of an item.
func itemMayStart(text string, tokens []Token, m item) bool {
	before := tokens[m.at-1]
	word := before.Of(text)
	switch {
	case m.shape == itemBullet:
		return true
	case before.Is(Abbrev) || m.number > 1000:
		return true
	case before.Kind == Word:
		return len(word) > longestAbbreviation || !counted[strings.ToLower(word)]
	case before.Kind == Punct:
		return strings.Contains(".!?…;)]”»’\"'", word) || m.shape != itemStop && word == ","
	}
	return before.Kind == Link
}

func endsLikeSentence(text string, t Token) bool {
	return t.Is(Abbrev) || t.Kind == Punct && strings.Contains(".!?…:”»", t.Of(text))
}

// marksItem reports whether the full stop at token i belongs to the mark of an item or section
// that the sentence begins with: "1. The", "• 9. The", "a.) The", "1.2. The", "IV. The".
func marksItem(text string, tokens []Token, first, i int) bool {
	if first < i && isBullet(tokens[first].Of(text)) {
		first++
	}
	if first+1 != i || tokens[i].Is(SpaceBefore) {
		return false
	}
	t := tokens[first]
	word := t.Of(text)
	switch t.Kind {
	case Word:
		return len(word) == 1 || t.Is(LineStart|AllUpper) && len(word) <= 5 && strings.Trim(word, "IVXLC") == ""
	case Number:
		return !strings.Contains(word, ",") && longestGroup(word) <= 3
	}
	return false
}

// longestGroup is the length of the longest part of a number between full stops.
func longestGroup(number string) int {
	longest, n := 0, 0
	for _, c := range []byte(number) {
		if c == '.' {
			n = 0
			continue
		}
		n++
		longest = max(longest, n)
	}
	return longest
}

// WithoutMark returns the sentence without the mark of an item that it begins with ("1.", "a)",
// "•"), for those who ask what its first word is. Tokens are those that s was made of.
func (s Sentence) WithoutMark(text string, tokens []Token) Sentence {
	first := s.First
	for first < s.Last && isBullet(tokens[first].Of(text)) {
		first++
	}
	if first+1 < s.Last && !tokens[first+1].Is(SpaceBefore) {
		switch tokens[first+1].Of(text) {
		case ".":
			if marksItem(text, tokens, first, first+1) {
				first += 2
			}
		case ")":
			if isCounter(text, tokens[first]) {
				first++
			}
		}
	}
	for first > s.First && first < s.Last && tokens[first].Of(text) == ")" && !tokens[first].Is(SpaceBefore) {
		first++
	}
	if first > s.First && first < s.Last {
		s.First, s.Start = first, tokens[first].Start()
	}
	return s
}
