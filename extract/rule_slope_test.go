package extract

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestRuleSlope holds the steps of the rules to the bound of TestSlope on texts made for every rule:
// its examples and near misses without ends of sentences, and beginnings of them, over and over.
func TestRuleSlope(t *testing.T) {
	if raceDetector {
		t.Skip("NOT TESTED under the race detector: its own cost is not linear; the plain run tests it")
	}
	sizes := []int{16 << 10, 64 << 10, 256 << 10}
	watched := []string{"institutionRules", "personRules", "factRules", "ownFacts"}
	timeSteps("Warm the lexicons up. A director of the University of Lima spoke on 4 May.")
	// The rules' own steps cost far less than a finder: what is compared begins lower, too.
	const floor = slopeFloor / 8
	for _, r := range Default().Rules() {
		t.Run(r.Name, func(t *testing.T) {
			var units []string
			for _, e := range slices.Concat(r.Examples, r.Never) {
				unit := strings.NewReplacer(".", "", "\n", " ").Replace(e.Text) + " "
				words := strings.Fields(unit)
				units = append(units, unit, strings.Join(words[:(len(words)+1)/2], " ")+" ")
			}
			for _, unit := range units {
				var small []time.Duration
				for _, size := range sizes {
					text := strings.Repeat(unit, size/len(unit))
					spent := timeSteps(text)
					for i, s := range steps {
						if small == nil || !slices.Contains(watched, s.name) || spent[i] <= maxSlope*max(small[i], floor) {
							continue
						}
						// A busy machine spoils single measurements, and only upwards.
						again := least([][]time.Duration{spent, timeSteps(text), timeSteps(text)})
						if again[i] > maxSlope*max(small[i], floor) {
							t.Errorf("%.40q…: %s takes %v for %d KB and %v for a quarter of it; at most %d times as long allowed", unit, s.name, again[i], size>>10, small[i], maxSlope)
						}
					}
					small = spent
				}
			}
		})
	}
}

// BenchmarkRules measures the rules alone, on the plain texts of look as one document.
func BenchmarkRules(b *testing.B) {
	texts := lookTexts(b)
	var all strings.Builder
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		all.WriteString(texts[name] + "\n")
	}
	var rules, whole time.Duration
	for range b.N {
		spent := timeSteps(all.String())
		for i, s := range steps {
			if s.name == "institutionRules" || s.name == "personRules" || s.name == "factRules" {
				rules += spent[i]
			}
		}
		whole += spent[len(steps)+1]
	}
	mb := float64(b.N) * float64(all.Len()) / (1 << 20)
	b.ReportMetric(mb/rules.Seconds(), "MB/s-rules")
	b.ReportMetric(mb/whole.Seconds(), "MB/s-all")
	b.ReportMetric(0, "ns/op")
}
