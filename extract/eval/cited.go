package eval

import (
	"fmt"
	"strings"
)

// maxQuoteWords bounds a quote: one that holds the whole article shows nothing.
const maxQuoteWords = 150

// uncited says why a fact has no true citation, or "" when it has. text is the document's
// text by code points.
func (d *scorer) uncited(f *Fact, text []rune, hasText bool) string {
	if len(f.Citations) == 0 {
		return "no citation"
	}
	if !hasText {
		return "the line has no document.text"
	}
	quotes := make([]string, len(f.Citations))
	for i, c := range f.Citations {
		if why := falseCitation(c, text); why != "" {
			return fmt.Sprintf("citation %d: %s", i, why)
		}
		quotes[i] = d.norm(c.Quote)
	}
	return d.notShown(f, quotes)
}

// falseCitation says why the quote is not what stands at its place, or "" when it is.
func falseCitation(c Citation, text []rune) string {
	switch {
	case !c.Object:
		return "not an object"
	case !c.Whole:
		return "start and end must be whole numbers"
	case c.Start < 0 || c.Start >= c.End || c.End > len(text):
		return fmt.Sprintf("start %d and end %d are no place of a text of %d code points", c.Start, c.End, len(text))
	case !c.HasQuote:
		return "no quote"
	}
	if at := string(text[c.Start:c.End]); at != c.Quote {
		return fmt.Sprintf("the text at %d to %d is %q, the quote is %q", c.Start, c.End, clip(at), clip(c.Quote))
	}
	return ""
}

// notShown says why the quotes do not show the fact, or "" when they do. For a person or
// institution some quote holds at least half the words of a name of it; for a title the
// quotes together hold the title's words and a word of its holder; for an agreement at
// least two words. The quotes are normalized.
func (d *scorer) notShown(f *Fact, quotes []string) string {
	every := make(map[string]bool)
	words := make([]map[string]bool, len(quotes))
	for i, q := range quotes {
		words[i] = wordSet(q)
		if len(words[i]) == 0 {
			return fmt.Sprintf("the quote of citation %d has no word", i)
		}
		if n := len(strings.Fields(q)); n > maxQuoteWords {
			return fmt.Sprintf("the quote of citation %d has %d words; at most %d show a fact", i, n, maxQuoteWords)
		}
		for w := range words[i] {
			every[w] = true
		}
	}
	switch f.Kind {
	case "person", "institution":
		if !d.showsName(f, words) {
			return fmt.Sprintf("no quote holds half the words of a name of %q", clip(f.Name))
		}
	case "title":
		title := wordSet(d.norm(f.Title))
		if shared(title, every) < len(title) {
			return fmt.Sprintf("the quotes do not hold the words of the title %q", clip(f.Title))
		}
		if f.Person != "" && shared(wordSet(d.norm(f.Person)), every) == 0 {
			return fmt.Sprintf("the quotes hold no word of the holder %q", clip(f.Person))
		}
	case "agreement":
		if len(every) < 2 {
			return "the quotes of an agreement hold fewer than two words"
		}
	}
	return ""
}

func (d *scorer) showsName(f *Fact, quotes []map[string]bool) bool {
	for _, name := range append([]string{f.Name}, f.Aliases...) {
		words := wordSet(d.norm(name))
		if len(words) == 0 {
			continue
		}
		for _, q := range quotes {
			if 2*shared(words, q) >= len(words) {
				return true
			}
		}
	}
	return false
}

// shared counts the elements of a that are in b.
func shared(a, b map[string]bool) int {
	n := 0
	for x := range a {
		if b[x] {
			n++
		}
	}
	return n
}

// clip shortens text for a message.
func clip(text string) string {
	const most = 120
	n := 0
	for i := range text {
		if n == most {
			return text[:i] + "…"
		}
		n++
	}
	return text
}
