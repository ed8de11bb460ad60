package extract

import (
	"math"
	"testing"
)

// TestConfidenceFile reads the embedded weights: every kind of fact has a level.
func TestConfidenceFile(t *testing.T) {
	weights := confidenceWeights()
	for _, k := range Kinds {
		if _, ok := weights["kind:"+string(k)]; !ok {
			t.Errorf("confidence.txt has no level of %s; run dateline-train confidence", k)
		}
	}
	for _, text := range []string{"a b", "a\tx", "a\tNaN", "a\t+Inf"} {
		if _, err := parseWeights(text); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}

// TestConfidenceOrders compares facts whose signs differ in one thing only.
func TestConfidenceOrders(t *testing.T) {
	weights := confidenceWeights()
	of := func(f Fact, raw float64) float64 { return confidence(weights, ConfidenceFeatures(f, raw)) }
	title := func(institution string) Fact {
		return Fact{Kind: KindTitle, Rule: "title.apposition", Title: &Title{Person: "Anna Berg", Title: "Rector", Institution: institution, When: "current"}, Citations: make([]Citation, 1)}
	}
	if with, without := of(title("Lund Institute"), 0.9), of(title(""), 0.9); with <= without {
		t.Errorf("a title with its institution has %.2f, without %.2f", with, without)
	}
	person := func(name string) Fact {
		return Fact{Kind: KindPerson, Rule: "person.name", Person: &Person{Name: name}, Citations: make([]Citation, 1)}
	}
	if full, single := of(person("Anna Berg"), 0.8), of(person("Berg"), 0.8); full <= single {
		t.Errorf("a full name has %.2f, a single one %.2f", full, single)
	}
	for _, raw := range []float64{0, 0.5, 1} {
		if c := of(person("Anna Berg"), raw); c < 0.01 || c > 0.99 || math.IsNaN(c) {
			t.Errorf("score %.1f gives confidence %v", raw, c)
		}
	}
}
