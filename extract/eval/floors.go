package eval

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// Floors are the least figures that a run may have, by name: a metric's name for its F1
// (0 to 1), "overall" for the mean F1, "documents" for the number of gold cases, and
// "uncited_facts", which is a ceiling: the most facts without a true citation.
type Floors map[string]float64

const (
	floorOverall   = "overall"
	floorDocuments = "documents"
	floorUncited   = "uncited_facts"
)

// LoadFloors reads a floor file: one JSON object of figures. A name that no figure has is
// an error, so that a misspelt floor cannot pass unseen.
func LoadFloors(file string) (Floors, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("floor file cannot be read: %w", err)
	}
	defer f.Close()
	floors, err := ReadFloors(f)
	if err != nil {
		return nil, fmt.Errorf("floor file %s: %w", file, err)
	}
	return floors, nil
}

// ReadFloors is LoadFloors from a reader.
func ReadFloors(r io.Reader) (Floors, error) {
	decoder := json.NewDecoder(r)
	var floors Floors
	if err := decoder.Decode(&floors); err != nil {
		return nil, fmt.Errorf(`it must hold one JSON object of numbers, such as {"overall": 0.9, "uncited_facts": 0}: %w`, err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something follows the JSON object; remove it")
	}
	if len(floors) == 0 {
		return nil, errors.New("it holds no floor, so it would hold nothing; name at least one figure")
	}
	for _, name := range floors.names() {
		value := floors[name]
		switch {
		case name == floorDocuments || name == floorUncited:
			if value < 0 || value != float64(int64(value)) {
				return nil, fmt.Errorf("%q is %v; it must be a whole number of at least 0", name, value)
			}
		case name != floorOverall && !slices.Contains(metricNames, name):
			return nil, fmt.Errorf("%q is no figure; use %s, %s, %s or %s", name, floorOverall, floorDocuments, floorUncited, strings.Join(metricNames, ", "))
		case value < 0 || value > 1:
			return nil, fmt.Errorf("%q is %v; a floor of F1 lies between 0 and 1", name, value)
		}
	}
	return floors, nil
}

// names are the floors' names, sorted.
func (f Floors) names() []string {
	names := make([]string, 0, len(f))
	for name := range f {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Below lists the figures below their floor (or above their ceiling), one sentence each,
// sorted by name; none when the run holds.
func (r Result) Below(floors Floors) []string {
	var out []string
	for _, name := range floors.names() {
		floor := floors[name]
		switch name {
		case floorUncited:
			if float64(r.UncitedFacts) > floor {
				out = append(out, fmt.Sprintf("%s is %d, at most %v allowed", name, r.UncitedFacts, floor))
			}
		case floorDocuments:
			if float64(r.Documents) < floor {
				out = append(out, fmt.Sprintf("%s is %d, below its floor of %v", name, r.Documents, floor))
			}
		case floorOverall:
			if r.Overall < floor {
				out = append(out, fmt.Sprintf("%s is F1 %.4f, below its floor of %v", name, r.Overall, floor))
			}
		default:
			m, ok := r.Metric(name)
			if !ok {
				out = append(out, fmt.Sprintf("%s has a floor of %v but is no figure", name, floor))
			} else if m.F1() < floor {
				out = append(out, fmt.Sprintf("%s is F1 %.4f, below its floor of %v", name, m.F1(), floor))
			}
		}
	}
	return out
}
