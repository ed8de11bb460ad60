package extract

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
)

// Confidence is the share of facts that are right among those which were read as this one
// was. It is learnt: a logistic model over the rule and a few signs of each fact, fitted on
// gold by `dateline-train confidence`, which writes confidence.txt. The signs that finders
// give while they read (their scores) are one of the features; what they mean is settled here.

//go:embed confidence.txt
var confidenceFile string

// confidenceWeights are the weights of the features, by name.
var confidenceWeights = sync.OnceValue(func() map[string]float64 {
	w, err := parseWeights(confidenceFile)
	if err != nil {
		panic("extract: confidence.txt: " + err.Error()) // only a broken build gets here; a test reads it
	}
	return w
})

func parseWeights(text string) (map[string]float64, error) {
	weights := map[string]float64{}
	for n, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, value, ok := strings.Cut(line, "\t")
		w, err := strconv.ParseFloat(value, 64)
		if !ok || err != nil || math.IsNaN(w) || math.IsInf(w, 0) {
			return nil, fmt.Errorf("line %d: %q is no name and weight", n+1, line)
		}
		weights[name] = w
	}
	return weights, nil
}

// Feature is one sign of how sure a fact is.
type Feature struct {
	Name  string
	Value float64
}

// ConfidenceFeatures are the signs by which the confidence of a fact is reckoned. raw is the
// score that the finders gave it, 0 to 1.
func ConfidenceFeatures(f Fact, raw float64) []Feature {
	kind := string(f.Kind)
	out := []Feature{{"kind:" + kind, 1}, {"rule:" + f.Rule, 1}, {kind + ":score", 4 * (raw - 0.8)},
		{kind + ":citations", math.Min(math.Log2(float64(len(f.Citations))), 3)}}
	add := func(yes bool, name string) {
		if yes {
			out = append(out, Feature{kind + ":" + name, 1})
		}
	}
	switch {
	case f.Date != nil:
		add(f.Date.Anchor != "", "anchored")
		add(len(f.Date.Alternatives) > 0, "ambiguous")
		add(strings.Contains(f.Date.Value, "X"), "partial")
		add(f.Date.Mod != "", "modified")
		add(f.Date.Type == "time", "time")
	case f.Person != nil:
		words := len(strings.Fields(f.Person.Name))
		add(words == 1, "one word")
		add(words > 3, "long")
		add(len(f.Person.Aliases) > 0, "aliases")
		add(strings.ToUpper(f.Person.Name) == f.Person.Name, "capitals")
	case f.Institution != nil:
		words := len(strings.Fields(f.Institution.Name))
		add(words == 1, "one word")
		add(words > 6, "long")
		add(len(f.Institution.Aliases) > 0, "aliases")
		add(f.Institution.Parent != "", "parent")
	case f.Title != nil:
		add(f.Title.Institution == "", "no institution")
		add(len(strings.Fields(f.Title.Title)) > 4, "long")
		add(strings.ToLower(f.Title.Title) == f.Title.Title, "small letters")
		add(len(strings.Fields(f.Title.Person)) == 1, "one name")
	case f.Agreement != nil:
		add(len(f.Agreement.Parties) < 2, "one party")
		add(len(f.Agreement.Parties) > 2, "many parties")
		add(len(f.Agreement.Signatories) > 0, "signatories")
		add(f.Agreement.Status != "signed", "not signed")
	}
	return out
}

// confidence is the share of facts with these features that are right, in whole percents.
func confidence(weights map[string]float64, features []Feature) float64 {
	sum := 0.0
	for _, f := range features {
		sum += weights[f.Name] * f.Value
	}
	p := 1 / (1 + math.Exp(-sum))
	return math.Min(math.Max(math.Round(p*100)/100, 0.01), 0.99)
}

// settleConfidence gives the facts of the page their confidence. Facts of a user's own kinds keep what
// their rule says: no gold tells of them.
func (p *page) settleConfidence() {
	if p.ex.raw {
		return
	}
	weights := confidenceWeights()
	for i := range p.facts {
		f := &p.facts[i]
		if _, known := weights["kind:"+string(f.Kind)]; known {
			f.Confidence = confidence(weights, ConfidenceFeatures(*f, f.Confidence))
		}
	}
}
