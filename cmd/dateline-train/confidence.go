package main

import (
	"bytes"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"dateline/extract"
	"dateline/extract/eval"
	"dateline/ingest"
)

// judged is a fact of a gold case with whether it is right.
type judged struct {
	document string
	kind     string
	features []extract.Feature
	right    bool
}

// list collects the values of a flag that may be given several times.
type list []string

func (l *list) String() string     { return strings.Join(*l, " ") }
func (l *list) Set(s string) error { *l = append(*l, s); return nil }

// confidenceCommand learns what facts are worth: the weights of the signs on the --learn
// folders, whose texts were read while rules were made, and then the level of each kind on the
// --settle folder, whose were not. Nobody reads the latter for it; only its counts are used.
func confidenceCommand(args []string) error {
	flags := flag.NewFlagSet("confidence", flag.ContinueOnError)
	out := flags.String("out", filepath.Join("extract", "confidence.txt"), "file to write")
	var learn list
	flags.Var(&learn, "learn", "folder of gold, with =FOLDER when its documents are elsewhere")
	settle := flags.String("settle", "", "folder of gold that no rule was made from")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if len(learn) == 0 || *settle == "" {
		return fmt.Errorf("confidence: name gold with --learn and --settle")
	}
	var known []judged
	for _, folder := range learn {
		facts, err := judge(folder)
		if err != nil {
			return err
		}
		known = append(known, facts...)
	}
	unread, err := judge(*settle)
	if err != nil {
		return err
	}
	weights := fit(known)
	// How well the levels hold is measured on documents that they were not settled on.
	var held []prediction
	for _, document := range documents(unread) {
		rest := slices.DeleteFunc(slices.Clone(unread), func(j judged) bool { return j.document == document })
		level := levels(weights, rest)
		for _, j := range unread {
			if j.document == document {
				held = append(held, prediction{sigmoid(score(weights, j.features) + level[j.kind]), j.right, j.kind})
			}
		}
	}
	reportConfidence(held)
	for kind, shift := range levels(weights, unread) {
		weights["kind:"+kind] += shift
	}
	return os.WriteFile(*out, weightFile(weights), 0o644)
}

// judge extracts the documents of a folder of gold and compares each fact with it.
func judge(folder string) ([]judged, error) {
	gold, texts, _ := strings.Cut(folder, "=")
	if texts == "" {
		texts = gold
	}
	cases, err := eval.LoadGold(gold)
	if err != nil {
		return nil, err
	}
	ex, err := extract.New(extract.Options{RawScores: true})
	if err != nil {
		return nil, err
	}
	var out []judged
	for _, c := range cases {
		data, err := os.ReadFile(filepath.Join(texts, c.Document))
		if err != nil {
			return nil, err
		}
		docs, err := ingest.Read(ingest.Raw{Source: c.Document, Bytes: data}, ingest.Options{})
		if err != nil || len(docs) != 1 {
			return nil, fmt.Errorf("%s: %d documents: %v", c.Document, len(docs), err)
		}
		facts := ex.Read(docs[0]).Facts
		var b bytes.Buffer
		if err := extract.WriteLine(&b, docs[0], facts); err != nil {
			return nil, err
		}
		line, err := eval.ParseLine(bytes.TrimSpace(b.Bytes()))
		if err != nil {
			return nil, err
		}
		wrong := faults(eval.Score([]eval.Case{c}, map[string]eval.Line{c.Name: line}))
		for i, f := range facts {
			if f.Date != nil && f.Date.Type != "date" && f.Date.Type != "time" {
				continue // durations and sets are not in the gold
			}
			at := line.Facts[i].Citations[0]
			out = append(out, judged{document: c.Name, kind: string(f.Kind), features: extract.ConfidenceFeatures(f, f.Confidence),
				right: !wrong[place{string(f.Kind), at.Start, at.End, line.Facts[i].Name + line.Facts[i].Title}] && !wrong[place{string(f.Kind), at.Start, at.End, ""}]})
		}
	}
	return out, nil
}

// place is where a fact of a kind is cited first; name tells facts of one place apart.
type place struct {
	kind       string
	start, end int
	name       string
}

// faults are the places of facts that are wrong: spurious ones, and agreements with a wrong
// type, status or party.
func faults(r eval.Result) map[place]bool {
	wrong := map[place]bool{}
	for _, e := range r.Errors() {
		kind, slot, _ := strings.Cut(e.Metric, ".")
		counts := e.Kind == "spurious" && (slot == "" || slot == "value") && e.Metric != "agreement" || e.Kind == "spurious" && kind == "agreement" ||
			e.Kind == "wrong" && (slot == "type" || slot == "status" || slot == "parties")
		if !counts || len(e.Cited) == 0 {
			continue
		}
		name := ""
		switch kind {
		case "person", "institution":
			name = e.What
		case "title":
			if parts := strings.Split(e.What, " | "); len(parts) == 3 {
				name = parts[1]
			}
		}
		wrong[place{kind, e.Cited[0].Start, e.Cited[0].End, name}] = true
	}
	return wrong
}

func score(weights map[string]float64, features []extract.Feature) float64 {
	sum := 0.0
	for _, f := range features {
		sum += weights[f.Name] * f.Value
	}
	return sum
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// fit learns the weights by gradient descent with a penalty on their squares, so that a rule
// seen three times says little. The order of the facts does not matter: steps are over all.
func fit(facts []judged) map[string]float64 {
	const steps, rate, penalty = 3000, 0.5, 3.0
	weights := map[string]float64{}
	n := float64(len(facts))
	for range steps {
		gradient := map[string]float64{}
		for _, j := range facts {
			y := 0.0
			if j.right {
				y = 1
			}
			miss := sigmoid(score(weights, j.features)) - y
			for _, f := range j.features {
				gradient[f.Name] += miss * f.Value
			}
		}
		for name, g := range gradient {
			p := penalty
			if strings.HasPrefix(name, "kind:") {
				p = 0
			}
			weights[name] -= rate * (g + p*weights[name]) / n * 10
		}
	}
	return weights
}

// levels gives the shift of each kind that makes the mean confidence the share that is right.
func levels(weights map[string]float64, facts []judged) map[string]float64 {
	out := map[string]float64{}
	for _, kind := range kinds(facts) {
		low, high := -6.0, 6.0
		for range 60 {
			shift, sum, right, n := (low+high)/2, 0.0, 1.0, 2.0 // one right and one wrong fact more: no level is certain
			for _, j := range facts {
				if j.kind == kind {
					sum += sigmoid(score(weights, j.features) + shift)
					n++
					if j.right {
						right++
					}
				}
			}
			if sum/(n-2) < right/n {
				low = shift
			} else {
				high = shift
			}
		}
		out[kind] = (low + high) / 2
	}
	return out
}

func kinds(facts []judged) []string {
	set := map[string]bool{}
	for _, j := range facts {
		set[j.kind] = true
	}
	return sortedNames(set)
}

func documents(facts []judged) []string {
	set := map[string]bool{}
	for _, j := range facts {
		set[j.document] = true
	}
	return sortedNames(set)
}

func sortedNames(set map[string]bool) []string {
	var out []string
	for name := range set {
		out = append(out, name)
	}
	sort.Strings(out)
	return out
}

// prediction is the confidence of a fact of a document that the levels were not settled on.
type prediction struct {
	p     float64
	right bool
	kind  string
}

// reportConfidence prints the expected calibration error over ten equal bins, and the share of the
// errors among the fifth of facts that are least certain.
func reportConfidence(held []prediction) {
	sort.SliceStable(held, func(a, b int) bool { return held[a].p < held[b].p })
	bins := make([]struct{ n, p, right float64 }, 10)
	errors, low := 0, 0
	for i, h := range held {
		b := &bins[min(int(h.p*10), 9)]
		b.n++
		b.p += h.p
		if h.right {
			b.right++
		} else {
			errors++
			if i < len(held)/5 {
				low++
			}
		}
	}
	ece := 0.0
	for i, b := range bins {
		if b.n > 0 {
			ece += math.Abs(b.p-b.right) / float64(len(held))
			fmt.Printf("%3d–%3d %%  %5.0f facts, %5.1f %% expected, %5.1f %% right\n", i*10, i*10+10, b.n, 100*b.p/b.n, 100*b.right/b.n)
		}
	}
	fmt.Printf("%d facts, %d wrong; expected calibration error %.3f; the least certain fifth has %.0f %% of the errors\n",
		len(held), errors, ece, 100*float64(low)/math.Max(float64(errors), 1))
}

// weightFile writes the weights by name. Weights that say nothing are left out.
func weightFile(weights map[string]float64) []byte {
	var names []string
	for name, w := range weights {
		if math.Abs(w) >= 0.005 || strings.HasPrefix(name, "kind:") {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	var b bytes.Buffer
	fmt.Fprintln(&b, "# Weights of the features of confidence.go: name, tab, weight. Made by: dateline-train confidence")
	for _, name := range names {
		fmt.Fprintf(&b, "%s\t%.3f\n", name, weights[name])
	}
	return b.Bytes()
}
