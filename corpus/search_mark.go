package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/extract/token"

	"golang.org/x/text/unicode/norm"
)

// The index tells which documents hold the words, not where: its own function for that takes
// time in the square of the number of hits. So the words are found in the text again, by the
// same rules (unicode61 with remove_diacritics 2).

// indexWord is a word of a text as the index has it, and where it stands, in bytes.
type indexWord struct {
	token.Span
	folded string
}

// indexWords calls each for every word of a text.
func indexWords(text string, each func(indexWord)) {
	start := -1
	for i, r := range text {
		switch in := isWordLetter(r); {
		case in && start < 0:
			start = i
		case !in && start >= 0 && !unicode.Is(unicode.Mn, r):
			each(indexWord{token.Span{Start: start, End: i}, indexFold(text[start:i])})
			start = -1
		}
	}
	if start >= 0 {
		each(indexWord{token.Span{Start: start, End: len(text)}, indexFold(text[start:])})
	}
}

// indexFold takes case off a word, and accents off its Latin letters.
func indexFold(word string) string {
	for i := 0; i < len(word); i++ {
		if word[i] < 0x80 {
			continue
		}
		var b strings.Builder
		for _, r := range word {
			if unicode.Is(unicode.Mn, r) {
				continue
			}
			if r >= 0x80 && unicode.Is(unicode.Latin, r) {
				r, _ = utf8.DecodeRuneInString(norm.NFD.String(string(r)))
			}
			b.WriteRune(foldCase(r))
		}
		return b.String()
	}
	return strings.ToLower(word)
}

// foldCase gives all forms of a letter one: "ς" and "Σ" are "σ".
func foldCase(r rune) rune {
	least := r
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		least = min(least, f)
	}
	return unicode.ToLower(least)
}

// phrase finds one term in a stream of words (Knuth, Morris and Pratt): a phrase that repeats
// itself costs no more than any other.
type phrase struct {
	words  []string // one after another
	fail   []int    // length of the longest beginning of words that words[:i+1] ends with
	last   string   // of a term that ends in *, the beginning of the word behind them
	prefix bool
	state  int // words that match so far
}

func newPhrase(t searchTerm) phrase {
	p := phrase{prefix: t.prefix}
	indexWords(t.text, func(w indexWord) { p.words = append(p.words, w.folded) })
	if p.prefix {
		p.words, p.last = p.words[:len(p.words)-1], p.words[len(p.words)-1]
	}
	p.fail = make([]int, len(p.words))
	for i, k := 1, 0; i < len(p.words); i++ {
		for k > 0 && p.words[i] != p.words[k] {
			k = p.fail[k-1]
		}
		if p.words[i] == p.words[k] {
			k++
		}
		p.fail[i] = k
	}
	return p
}

// next takes one word more, and gives the number of words that match up to it; 0 for none.
func (p *phrase) next(word string) (length int) {
	if p.prefix && p.state == len(p.words) && strings.HasPrefix(word, p.last) {
		length = len(p.words) + 1
	}
	if len(p.words) == 0 {
		return length
	}
	if p.state == len(p.words) {
		p.state = p.fail[p.state-1]
	}
	for p.state > 0 && p.words[p.state] != word {
		p.state = p.fail[p.state-1]
	}
	if p.words[p.state] == word {
		p.state++
	}
	if !p.prefix && p.state == len(p.words) {
		length = len(p.words)
	}
	return length
}

// markTerms finds the places of a text that match the terms, in bytes, in order, not
// overlapping.
func markTerms(text string, terms []searchTerm) []token.Span {
	var phrases []phrase
	for _, t := range terms {
		if !t.not && !t.spaceless {
			phrases = append(phrases, newPhrase(t))
		}
	}
	hits := spacelessHits(text, terms)
	if len(phrases) > 0 {
		var starts []int
		indexWords(text, func(w indexWord) {
			starts = append(starts, w.Start)
			longest := 0
			for i := range phrases {
				longest = max(longest, phrases[i].next(w.folded))
			}
			if longest > 0 {
				hits = append(hits, token.Span{Start: starts[len(starts)-longest], End: w.End})
			}
		})
	}
	return tidySpans(hits)
}

// spacelessHits finds the terms of scripts without spaces.
func spacelessHits(text string, terms []searchTerm) []token.Span {
	var out []token.Span
	for _, t := range terms {
		if !t.spaceless || t.not {
			continue
		}
		for from := 0; ; {
			i := strings.Index(text[from:], t.text)
			if i < 0 {
				break
			}
			out = append(out, token.Span{Start: from + i, End: from + i + len(t.text)})
			from += i + len(t.text)
		}
	}
	return out
}
