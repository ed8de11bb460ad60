package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"dateline/extract/gazetteer"
	"dateline/extract/tagger"
	"dateline/extract/tagger/features"
	"dateline/extract/token"
)

// markedText is a document with its people and institutions, offsets in code points.
type markedText struct {
	Text         string         `json:"text"`
	People       []markedEntity `json:"people"`
	Institutions []markedEntity `json:"institutions"`
}

type markedEntity struct {
	Mentions []markedMention `json:"mentions"`
}

type markedMention struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Kind  string `json:"kind"`
	Core  *struct {
		Start int `json:"start"`
		End   int `json:"end"`
	} `json:"core"`
}

// releases measures on texts that the model was never trained on, whose mentions hold titles
// ("Iraqi President Fuad Masum"), articles and nested mentions. A mention is reduced to the
// name in it; overlapping mentions are one place, which is found when any of them is. What
// is no name (pronouns, "all political parties") is not asked for.
func releases(w io.Writer, m *tagger.Model, dir string, wrong bool) error {
	for _, file := range []string{"releases-re3d.jsonl", "interviews-gum.jsonl"} {
		raw, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			return fmt.Errorf("tagger: %w", err)
		}
		var c counts
		for n, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
			var d markedText
			if err := json.Unmarshal([]byte(line), &d); err != nil {
				return fmt.Errorf("tagger: %s line %d: %w", file, n+1, err)
			}
			tokens := token.Tokenize(d.Text)
			spans := m.Tag(d.Text, tokens, token.Sentences(d.Text, tokens))
			offsets := byteOffsets(d.Text)
			for t, entities := range map[tagger.Type][]markedEntity{tagger.Person: d.People, tagger.Organisation: d.Institutions} {
				c.places(w, wrong, d.Text, tokens, spans, t, mentions(d.Text, tokens, offsets, entities, t))
			}
		}
		fmt.Fprintf(w, "%-22s  PER %s  ORG %s\n", file, c.harmonic(tagger.Person), c.harmonic(tagger.Organisation))
	}
	return nil
}

// byteOffsets maps code points to bytes.
func byteOffsets(text string) []int {
	var out []int
	for i := range text {
		out = append(out, i)
	}
	return append(out, len(text))
}

// reading is one reading of a mention as tokens; asked is whether it is surely a name.
type reading struct {
	first, last int
	asked       bool
}

func mentions(text string, tokens []token.Token, offsets []int, entities []markedEntity, t tagger.Type) []reading {
	var out []reading
	for _, e := range entities {
		for _, m := range e.Mentions {
			if m.Kind == "PRON" {
				continue
			}
			for _, span := range [][2]int{{m.Start, m.End}, coreOf(m)} {
				first, last := tokensOf(tokens, offsets[span[0]], offsets[span[1]])
				if first >= last {
					continue
				}
				r := strip(text, tokens, first, last, t)
				r.asked = r.asked && (m.Kind == "" || m.Kind == "NAM")
				out = append(out, r)
				if r.first > first {
					out = append(out, reading{first, last, false})
				}
			}
		}
	}
	return out
}

func coreOf(m markedMention) [2]int {
	if m.Core == nil {
		return [2]int{m.Start, m.End}
	}
	return [2]int{m.Core.Start, m.Core.End}
}

func tokensOf(tokens []token.Token, start, end int) (first, last int) {
	for first < len(tokens) && tokens[first].End() <= start {
		first++
	}
	for last = first; last < len(tokens) && tokens[last].Start() < end; last++ {
	}
	return first, last
}

// strip takes articles, and for people titles and what stands before them, off a mention.
func strip(text string, tokens []token.Token, first, last int, t tagger.Type) reading {
	for last > first && tokens[last-1].Kind == token.Clitic {
		last--
	}
	for first < last && strings.EqualFold(tokens[first].Of(text), "the") {
		first++
	}
	if t == tagger.Person {
		for i := first; i < last-1; i++ {
			c := features.ClassOf(tokens[i].Of(text))
			if c&(features.Honorific|features.Title) != 0 || !tokens[i].Is(token.Capital) && c&features.Particle == 0 {
				first = i + 1
			}
		}
		for first < last-1 {
			if _, ok := gazetteer.Demonym(tokens[first].Of(text)); !ok {
				break
			}
			first++
		}
	}
	asked := last > first
	for i := first; i < last; i++ {
		w := tokens[i].Of(text)
		c := features.ClassOf(w)
		if !tokens[i].Is(token.Capital) && c&(features.Joint|features.Particle) == 0 && tokens[i].Kind == token.Word || tokens[i].Kind == token.Link {
			asked = false
		}
	}
	if t == tagger.Person && last > first {
		// Posts without a name ("the Foreign Secretary"), and places and months that the
		// annotation of people holds by mistake.
		end := tokens[last-1].Of(text)
		n, _ := gazetteer.PlaceAt(text, tokens, first)
		known, _ := gazetteer.Surname(end)
		if features.ClassOf(end)&(features.Title|features.Time|features.Institution|features.Event|features.Place) != 0 || n == last-first && !known {
			asked = false
		}
	}
	if last-first == 1 {
		w := tokens[first].Of(text)
		c := features.ClassOf(w)
		_, people := gazetteer.Demonym(w)
		if c&(features.Function|features.Title|features.Institution|features.Honorific|features.TitleModifier|features.Place) != 0 || people || gazetteer.Country(w) {
			asked = false
		}
	} else if n, kind := gazetteer.PlaceAt(text, tokens, first); last > first && n == last-first && kind == gazetteer.KindCountry {
		asked = false
	}
	return reading{first, last, asked}
}

// places counts the places that were asked for and found, and the spans that were right.
func (c *counts) places(w io.Writer, wrong bool, text string, tokens []token.Token, spans []tagger.Span, t tagger.Type, gold []reading) {
	found := map[[2]int]bool{}
	for _, s := range spans {
		if s.Type == t {
			found[[2]int{s.First, s.Last}] = true
		}
	}
	exact := map[[2]int]bool{}
	owner := make([]int, len(tokens)) // place of each token, 1 and up
	for _, g := range gold {
		exact[[2]int{g.first, g.last}] = true
	}
	hit := map[int]bool{}
	asked := map[int]reading{}
	for n, g := range gold {
		id := n + 1
		for i := g.first; i < g.last; i++ {
			if owner[i] != 0 && owner[i] != id {
				old := owner[i]
				for j := range owner {
					if owner[j] == old {
						owner[j] = id
					}
				}
				if asked[old].last > 0 && !asked[id].asked {
					asked[id] = asked[old]
				}
				delete(asked, old)
				if hit[old] {
					hit[id] = true
				}
			}
			owner[i] = id
		}
		if g.asked {
			asked[id] = g
		}
		if found[[2]int{g.first, g.last}] {
			hit[id] = true
		}
	}
	show := func(mark string, first, last int) {
		if wrong {
			from, to := max(first-6, 0), min(last+6, len(tokens))
			fmt.Fprintf(w, "%s %s [%s] in %q\n", mark, t, text[tokens[first].Start():tokens[last-1].End()], text[tokens[from].Start():tokens[to-1].End()])
		}
	}
	right, total := 0, 0
	for _, s := range spans {
		if s.Type != t {
			continue
		}
		total++
		if exact[[2]int{s.First, s.Last}] {
			right++
		} else {
			show("+", s.First, s.Last)
		}
	}
	hits := 0
	for id := 1; id <= len(gold); id++ {
		g, ok := asked[id]
		if !ok {
			continue
		}
		c.gold[t]++
		if hit[id] {
			hits++
		} else {
			show("-", g.first, g.last)
		}
	}
	c.hits[t] += hits
	c.found[t] += total
	c.right[t] += right
}

// harmonic prints precision (of spans), recall (of places) and F1. They have each their own
// numerator: several spans may be right in one place, and places not asked for may be found.
func (c *counts) harmonic(t tagger.Type) string {
	p, r := 100*float64(c.right[t])/float64(max(c.found[t], 1)), 100*float64(c.hits[t])/float64(max(c.gold[t], 1))
	return fmt.Sprintf("%4.1f/%4.1f/%4.1f", p, r, 2*p*r/max(p+r, 1))
}
