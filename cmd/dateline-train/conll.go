package main

import (
	"fmt"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/extract/tagger"
	"dateline/extract/token"
)

// word is a line of a token–label file.
type word struct{ text, label string }

// sample is a document with labels on the project's own tokens.
type sample struct {
	text      string
	tokens    []token.Token
	sentences []token.Sentence
	labels    []int8
	misc      bool    // whether the source marks names of type MISC
	weight    float32 // in training
}

// name is a labelled run of bytes of a text.
type name struct {
	first, last int
	kind        tagger.Type
}

// readConll reads documents, each a list of sentences. Files that mark no documents are cut
// into documents of perDoc sentences.
func readConll(path string, perDoc int) ([][][]word, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("tagger: %w", err)
	}
	var docs [][][]word
	var doc [][]word
	var sentence []word
	endSentence := func() {
		if len(sentence) > 0 {
			doc = append(doc, sentence)
			sentence = nil
		}
		if perDoc > 0 && len(doc) >= perDoc {
			docs = append(docs, doc)
			doc = nil
		}
	}
	for n, line := range strings.Split(string(raw), "\n") {
		line = strings.TrimRight(line, "\r")
		if line == "" {
			endSentence()
			continue
		}
		text, label, ok := strings.Cut(line, "\t")
		if !ok {
			return nil, fmt.Errorf("tagger: %s line %d: %q is not a token, a tab and a label", path, n+1, line)
		}
		if text == "-DOCSTART-" {
			endSentence()
			if len(doc) > 0 {
				docs = append(docs, doc)
				doc = nil
			}
			continue
		}
		sentence = append(sentence, word{text, label})
	}
	endSentence()
	if len(doc) > 0 {
		docs = append(docs, doc)
	}
	return docs, nil
}

// labelType reads the type behind "B-" or "I-".
func labelType(label string) tagger.Type {
	switch strings.TrimPrefix(strings.TrimPrefix(label, "B-"), "I-") {
	case "PER":
		return tagger.Person
	case "ORG":
		return tagger.Organisation
	case "LOC":
		return tagger.Location
	case "MISC":
		return tagger.Misc
	}
	return tagger.None
}

// draft is a text in the making, with the names in it.
type draft struct {
	b     strings.Builder
	names []name
	quote bool
}

// sentence appends a sentence as a line, with the spaces that print would have.
func (d *draft) sentence(words []word) {
	d.quote = false
	glue := true
	for i, w := range words {
		text := w.text
		if text == `"` || text == "``" || text == "''" {
			text = `"`
			if d.quote {
				glue = true
			}
		} else if closes(text) || text == "'" && i+1 < len(words) && words[i+1].text == "s" ||
			text == "s" && i > 0 && words[i-1].text == "'" {
			glue = true
		}
		if text == "-" && i > 0 && i+1 < len(words) && alnum(words[i-1].text) && alnum(words[i+1].text) {
			glue = true
		}
		if !glue {
			d.b.WriteByte(' ')
		}
		start := d.b.Len()
		d.b.WriteString(text)
		switch kind := labelType(w.label); {
		case kind == tagger.None:
		case w.label[0] == 'I' && len(d.names) > 0 && i > 0 && words[i-1].label != "O" && d.names[len(d.names)-1].kind == kind:
			d.names[len(d.names)-1].last = d.b.Len()
		default:
			d.names = append(d.names, name{start, d.b.Len(), kind})
		}
		glue = false
		switch {
		case text == `"`:
			d.quote = !d.quote
			glue = d.quote
		case text == "(" || text == "[" || text == "$" || text == "“" || text == "‘" || text == `("`:
			glue = true
		case text == "-" && i > 0 && i+1 < len(words) && alnum(words[i-1].text) && alnum(words[i+1].text):
			glue = true
		}
	}
	d.b.WriteByte('\n')
}

func closes(text string) bool {
	switch text {
	case ",", ".", ";", ":", "?", "!", ")", "]", "”", "’", "'s", "’s", "n't", "n’t", "%", `"),`, `")`, `).`, "),", "'ll", "'re", "'ve", "'d", "'m":
		return true
	}
	return false
}

func alnum(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// finish tokenizes the text and puts the labels on the tokens. A token belongs to a name when
// at least half of its bytes do.
func (d *draft) finish(misc bool) *sample {
	s := &sample{text: d.b.String(), misc: misc, weight: 1}
	s.tokens = token.Tokenize(s.text)
	s.sentences = token.Sentences(s.text, s.tokens)
	s.labels = make([]int8, len(s.tokens))
	next := 0
	for _, n := range d.names {
		for next < len(s.tokens) && s.tokens[next].End() <= n.first {
			next++
		}
		begun := false
		if n.kind == tagger.Person {
			// Sources differ on whether "Dr." belongs to the name; here it does not.
			for k := next; k+1 < len(s.tokens) && s.tokens[k+1].Start() < n.last; k++ {
				if !s.tokens[k+1].Is(token.Capital) || !tagger.IsHonorific(s.tokens[k].Of(s.text)) {
					break
				}
				next = k + 1
			}
		}
		for ; next < len(s.tokens) && s.tokens[next].Start() < n.last; next++ {
			t := s.tokens[next]
			if common := min(t.End(), n.last) - max(t.Start(), n.first); 2*common < t.End()-t.Start() {
				continue
			}
			if begun {
				s.labels[next] = int8(n.kind.Inside())
			} else {
				s.labels[next] = int8(n.kind.Begin())
				begun = true
			}
		}
	}
	return s
}
