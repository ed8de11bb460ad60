package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"dateline/extract/tagger"
	"dateline/extract/tagger/features"
)

func taggerCommand(args []string) error {
	flags := flag.NewFlagSet("tagger", flag.ExitOnError)
	dir := flags.String("data", "", "folder that holds ner/ and gazetteers/")
	out := flags.String("out", "extract/tagger/model.bin", "model file to write")
	eval := flags.Bool("eval", false, "hold text out of training, measure on it, and write no model unless --out is given")
	o := options{}
	flags.IntVar(&o.epochs, "epochs", 10, "passes over the training text")
	flags.Float64Var(&o.rate, "rate", 0.04, "step size")
	flags.Float64Var(&o.decay, "decay", 2e-3, "L2 penalty")
	flags.Float64Var(&o.dropout, "dropout", 0.4, "share of word features left out at random")
	flags.IntVar(&o.minimum, "minimum", 3, "rarest feature kept")
	flags.Float64Var(&o.prune, "prune", 0.03, "smallest weight kept")
	given := flags.String("model", "", "with --eval, measure this model instead of training one")
	wrong := flags.Bool("errors", false, "with --eval, print what was missed (-) and wrongly found (+) in the releases")
	flags.Float64Var(&o.headlines, "headlines", 0.06, "share of short sentences repeated as headlines")
	flags.IntVar(&o.made, "made", 6000, "press releases to make from templates")
	flags.Float64Var(&o.madeWeight, "made-weight", 0.4, "weight of the releases made from templates")
	_ = flags.Parse(args)
	if *dir == "" {
		return fmt.Errorf("tagger: no --data; name the folder that holds ner/ and gazetteers/")
	}
	train, held, err := readSamples(*dir, *eval, o)
	if err != nil {
		return err
	}
	maker, err := newMaker(*dir)
	if err != nil {
		return err
	}
	var made []*sample
	for i := 0; i < o.made; i++ {
		made = append(made, maker.document(3+maker.below(6)))
	}
	var model []byte
	if *given != "" {
		if model, err = os.ReadFile(*given); err != nil {
			return fmt.Errorf("tagger: %w", err)
		}
	} else {
		data := append(sequences(train, 1), sequences(made, float32(o.madeWeight))...)
		fmt.Fprintf(os.Stderr, "%d documents, %d chunks\n", len(train), len(data))
		model = trainCRF(data, o, os.Stderr).encode()
	}
	fmt.Fprintf(os.Stderr, "%d bytes\n", len(model))
	explicit := false
	flags.Visit(func(f *flag.Flag) { explicit = explicit || f.Name == "out" })
	if !*eval || explicit {
		if err := os.WriteFile(*out, model, 0o644); err != nil {
			return fmt.Errorf("tagger: %w; run the command at the root of the project", err)
		}
	}
	if !*eval {
		return nil
	}
	m, err := tagger.Decode(model)
	if err != nil {
		return err
	}
	report(os.Stdout, m, held)
	return releases(os.Stdout, m, *dir, *wrong)
}

// source is a file of the training data.
type source struct {
	file   string
	perDoc int  // sentences a document, where the file marks none
	misc   bool // whether it marks names of type MISC
	weight float32
	every  int // one document in so many is held out; 1 holds all out, 0 none
}

// encyclopedic is the weight of text about science and art, whose names are little like those
// of news.
const encyclopedic = 0.6

var sources = []source{
	{"crossner_ai.conll", 1, true, encyclopedic, 0},
	{"crossner_literature.conll", 1, true, encyclopedic, 0},
	{"crossner_music.conll", 1, true, encyclopedic, 0},
	{"crossner_politics.conll", 1, true, 1, 0},
	{"crossner_science.conll", 1, true, encyclopedic, 0},
	{"redocred_devtest.conll", 0, true, 1, 10},
	{"sec_filings.train.conll", 20, false, 1, 0},
	{"sec_filings.test.conll", 20, false, 1, 1},
	{"uner_ewt.dev.conll", 15, false, 1, 0},
	{"uner_ewt.test.conll", 15, false, 1, 1},
	{"wikigold.conll", 0, true, 1, 5},
}

// heldSet is a set of held-out documents.
type heldSet struct {
	name    string
	samples []*sample
}

// readSamples reads the training text and, when hold is set, keeps part of it back.
func readSamples(dir string, hold bool, o options) (train []*sample, held []heldSet, err error) {
	styles := random{3}
	for _, src := range sources {
		docs, err := readConll(filepath.Join(dir, "ner", src.file), src.perDoc)
		if err != nil {
			return nil, nil, err
		}
		set := heldSet{name: strings.TrimSuffix(src.file, ".conll")}
		for i, doc := range docs {
			if strings.HasPrefix(src.file, "sec_") {
				roles(doc)
			}
			var d draft
			for _, s := range doc {
				if len(s) < 25 && styles.chance(o.headlines) {
					line := d.b.Len()
					d.sentence(s)
					d.restyle(line, styles.chance(0.4))
				}
				d.sentence(s)
			}
			s := d.finish(src.misc)
			s.weight = src.weight
			if hold && src.every > 0 && i%src.every == 0 {
				set.samples = append(set.samples, s)
			} else {
				train = append(train, s)
			}
		}
		if len(set.samples) > 0 {
			held = append(held, set)
		}
	}
	return train, held, nil
}

// roles takes the labels off the roles that contracts write with a capital ("the Borrower",
// "the Bank"): they are no names.
func roles(doc [][]word) {
	for _, s := range doc {
		for i := range s {
			if s[i].label[0] != 'B' || i+1 < len(s) && s[i+1].label[0] == 'I' {
				continue
			}
			switch strings.ToLower(s[i].text) {
			case "borrower", "lender", "bank", "borrowers", "lenders", "company", "guarantor", "agent", "holder":
				s[i].label = "O"
			}
		}
	}
}

// sequences extracts the features of the training text.
func sequences(samples []*sample, weight float32) []sequence {
	var out []sequence
	var d features.Doc
	for _, s := range samples {
		d.Prepare(s.text, s.tokens, s.sentences)
		for n, c := range d.Chunks {
			d.Begin(n)
			q := sequence{weight: weight * s.weight, starts: []int32{0}}
			for i := c.First; i < c.Last; i++ {
				q.numbers = d.Of(q.numbers, i)
				q.starts = append(q.starts, int32(len(q.numbers)))
				allowed := uint16(1) << s.labels[i]
				if i == c.First && s.labels[i] > 0 {
					// A name cut by the chunk begins with it.
					allowed = 1 << tagger.TypeOf(int(s.labels[i])).Begin()
				}
				if s.labels[i] == 0 && !s.misc {
					allowed |= 1<<tagger.Misc.Begin() | 1<<tagger.Misc.Inside()
				}
				q.allowed = append(q.allowed, allowed)
			}
			// The labels must be a path the model can take.
			before := uint16(1)
			for i := range q.allowed {
				ok := uint16(0)
				for x := 0; x < labels; x++ {
					for y := 0; y < labels; y++ {
						if before>>x&1 == 1 && q.allowed[i]>>y&1 == 1 && tagger.Follows(x, y) {
							ok |= 1 << y
						}
					}
				}
				if ok == 0 {
					panic(fmt.Sprintf("no path in %q", s.text[s.tokens[c.First].Start():s.tokens[c.Last-1].End()]))
				}
				before = ok
			}
			q.numbers = append([]uint32(nil), q.numbers...)
			out = append(out, q)
		}
	}
	return out
}

// report prints precision, recall and F1 by exact span for each held-out set and type.
func report(w io.Writer, m *tagger.Model, held []heldSet) {
	var all counts
	for _, set := range held {
		var c counts
		for _, s := range set.samples {
			c.add(m, s)
		}
		all.join(c)
		c.print(w, set.name)
	}
	all.print(w, "all")
}

// counts holds, by type, the names marked, the names found and those of them that are right;
// hits are the marked places found where that is not the same number.
type counts struct{ gold, found, right, hits [5]int }

func (c *counts) join(o counts) {
	for i := range c.gold {
		c.gold[i] += o.gold[i]
		c.found[i] += o.found[i]
		c.right[i] += o.right[i]
	}
}

func (c *counts) add(m *tagger.Model, s *sample) {
	type key struct {
		first, last int
		kind        tagger.Type
	}
	gold := map[key]bool{}
	for i := 0; i < len(s.labels); i++ {
		if s.labels[i]%2 != 1 {
			continue
		}
		t := tagger.TypeOf(int(s.labels[i]))
		last := i + 1
		for last < len(s.labels) && int(s.labels[last]) == t.Inside() {
			last++
		}
		gold[key{i, last, t}] = true
		c.gold[t]++
	}
	for _, span := range m.Tag(s.text, s.tokens, s.sentences) {
		c.found[span.Type]++
		if gold[key{span.First, span.Last, span.Type}] {
			c.right[span.Type]++
		}
	}
}

func (c *counts) print(w io.Writer, title string) {
	fmt.Fprintf(w, "%-22s", title)
	gold, found, right := 0, 0, 0
	for t := tagger.Person; t <= tagger.Misc; t++ {
		if t != tagger.Misc {
			gold, found, right = gold+c.gold[t], found+c.found[t], right+c.right[t]
		}
		fmt.Fprintf(w, "  %s %s", t, prf(c.gold[t], c.found[t], c.right[t]))
	}
	fmt.Fprintf(w, "  PER+ORG+LOC %s\n", prf(gold, found, right))
}

func prf(gold, found, right int) string {
	p, r := 100*float64(right)/float64(max(found, 1)), 100*float64(right)/float64(max(gold, 1))
	return fmt.Sprintf("%4.1f/%4.1f/%4.1f", p, r, 200*float64(right)/float64(max(found+gold, 1)))
}
