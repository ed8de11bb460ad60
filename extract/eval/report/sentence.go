package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/extract/eval"
	"dateline/extract/token"
)

// Part is a run of text of a sentence, marked or not.
type Part struct {
	Text string
	Mark bool
}

// Bounds of what is shown of a sentence, in code points: what stands on either side of the
// marked words, and within them.
const (
	around   = 200
	longMark = 400
)

// text is a document's text, prepared to find sentences in it.
type text struct {
	text      string
	starts    []int // byte offset of each code point, and of the end
	sentences []token.Sentence
}

func newText(s string) *text {
	t := &text{text: s, starts: make([]int, 0, len(s)+1)}
	for i := range s {
		t.starts = append(t.starts, i)
	}
	t.starts = append(t.starts, len(s))
	t.sentences = token.Sentences(s, token.Tokenize(s))
	return t
}

// cited is the sentence of a citation, with its quote marked; none when the citation is not
// true.
func (t *text) cited(c eval.Citation) []Part {
	if !c.Whole || c.Start < 0 || c.End <= c.Start || c.End >= len(t.starts) {
		return nil
	}
	span := token.Span{Start: t.starts[c.Start], End: t.starts[c.End]}
	if t.text[span.Start:span.End] != c.Quote {
		return nil
	}
	return t.show(t.sentence(span), []token.Span{span})
}

// sentence is the sentence of a span, or the sentences when it stands in several.
func (t *text) sentence(span token.Span) token.Span {
	whole := span
	first, _ := slices.BinarySearchFunc(t.sentences, span.Start, func(s token.Sentence, at int) int {
		return cmp.Compare(s.End, at+1)
	})
	for _, s := range t.sentences[first:] {
		if s.Start >= span.End {
			break
		}
		whole.Start, whole.End = min(whole.Start, s.Start), max(whole.End, s.End)
	}
	return whole
}

// Bounds for words that a text repeats without end: the places of one word that are looked
// at, and the marks of one sentence that are shown.
const (
	mostPlaces = 50
	mostMarks  = 20
)

// holding is the first sentence among those that hold the most of some words, with the words
// marked; none when the text holds none of them.
func (t *text) holding(words []string) []Part {
	held := make(map[int]map[int]bool) // by sentence, the words in it
	for w, word := range words {
		if word == "" {
			continue
		}
		at := 0
		for range mostPlaces {
			i := strings.Index(t.text[at:], word)
			if i < 0 {
				break
			}
			at += i
			s, _ := slices.BinarySearchFunc(t.sentences, at, func(s token.Sentence, at int) int { return cmp.Compare(s.End, at+1) })
			if s < len(t.sentences) {
				if held[s] == nil {
					held[s] = make(map[int]bool)
				}
				held[s][w] = true
			}
			at += len(word)
		}
	}
	best := -1
	for s, in := range held {
		if best < 0 || len(in) > len(held[best]) || len(in) == len(held[best]) && s < best {
			best = s
		}
	}
	if best < 0 {
		return nil
	}
	whole := t.sentences[best].Span
	var marks []token.Span
	for w := range held[best] {
		for at, n := whole.Start, 0; n < mostMarks; n++ {
			i := strings.Index(t.text[at:min(whole.End+len(words[w]), len(t.text))], words[w])
			if i < 0 || at+i >= whole.End {
				break
			}
			marks = append(marks, token.Span{Start: at + i, End: at + i + len(words[w])})
			at += i + len(words[w])
		}
	}
	return t.show(whole, marks)
}

// show cuts a sentence into parts, and cuts off what stands far from every mark.
func (t *text) show(whole token.Span, marks []token.Span) []Part {
	slices.SortFunc(marks, func(a, b token.Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	marks = marks[:min(len(marks), mostMarks)]
	var parts []Part
	add := func(text string, mark bool) {
		if text = visible(text); text != "" {
			parts = append(parts, Part{text, mark})
		}
	}
	at := whole.Start
	for i, m := range marks {
		if m.End <= at && i > 0 { // within the mark before it
			continue
		}
		m.Start = max(m.Start, at)
		between := t.text[at:m.Start]
		if i == 0 {
			add(lastRunes(between, around), false)
		} else {
			add(middle(between, 2*around), false)
		}
		add(middle(t.text[m.Start:m.End], longMark), true)
		at = m.End
	}
	if at < whole.End {
		add(firstRunes(t.text[at:whole.End], around), false)
	}
	return parts
}

func firstRunes(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n]) + "…"
}

func lastRunes(s string, n int) string {
	if count := utf8.RuneCountInString(s); count > n {
		return "…" + string([]rune(s)[count-n:])
	}
	return s
}

// middle leaves out the middle of what is too long.
func middle(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return firstRunes(s, n/2) + strings.TrimPrefix(lastRunes(s, n/2), "…")
}

// visible writes out the characters that can't be seen or that turn the order of others
// around; line ends are spaces. The joiners stay: scripts need them.
func visible(s string) string {
	plain := func(r rune) bool {
		return unicode.IsPrint(r) || r == '\u200c' || r == '\u200d'
	}
	if !strings.ContainsFunc(s, func(r rune) bool { return !plain(r) }) && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n' || r == '\t':
			b.WriteByte(' ')
		case plain(r):
			b.WriteRune(r)
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		default:
			fmt.Fprintf(&b, "<U+%04X>", r)
		}
	}
	return b.String()
}
