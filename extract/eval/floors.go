package eval

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
)

// Floors are the least figures that a run may have, by name: a metric's name for its F1
// (0 to 1), "overall" for the mean F1, "documents" for the number of gold cases, and two
// ceilings: "uncited_facts", the most facts without a true citation, and
// "near_misses_back", the most near misses that come back.
type Floors map[string]float64

const (
	floorOverall   = "overall"
	floorDocuments = "documents"
	floorUncited   = "uncited_facts"
	floorBack      = "near_misses_back"
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
		case name == floorDocuments || name == floorUncited || name == floorBack:
			if value < 0 || value != float64(int64(value)) {
				return nil, fmt.Errorf("%q is %v; it must be a whole number of at least 0", name, value)
			}
		case name != floorOverall && !slices.Contains(metricNames, name):
			return nil, fmt.Errorf("%q is no figure; use %s, %s, %s, %s or %s", name, floorOverall, floorDocuments, floorUncited, floorBack, strings.Join(metricNames, ", "))
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
		case floorBack:
			if float64(r.CameBack) > floor {
				out = append(out, fmt.Sprintf("%s is %d, at most %v allowed", name, r.CameBack, floor))
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

// floorMargin is how far below its figure a raised floor stands: a change that is good on the
// whole may cost a kind a little.
const floorMargin = 0.02

// Raise raises the floors of a floor file to stand floorMargin below the figures of a run,
// and lowers its ceilings to them. None ever moves the other way. It returns the file with
// nothing changed but these numbers, and a line for each that moved.
func (r Result) Raise(file []byte) (raised []byte, moved []string, err error) {
	if _, err := ReadFloors(bytes.NewReader(file)); err != nil {
		return nil, nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(file))
	decoder.UseNumber()
	if _, err := decoder.Token(); err != nil { // the brace
		return nil, nil, err
	}
	copied := 0
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return nil, nil, err
		}
		value, err := decoder.Token()
		if err != nil {
			return nil, nil, err
		}
		name, _ := key.(string)
		number, ok := value.(json.Number)
		if !ok {
			continue // null, which ReadFloors takes for 0
		}
		old, err := number.Float64()
		if err != nil {
			return nil, nil, err
		}
		to, better := r.floor(name)
		if !better(to, old) {
			continue
		}
		text := strconv.FormatFloat(to, 'f', -1, 64)
		end := int(decoder.InputOffset())
		raised = append(append(raised, file[copied:end-len(number)]...), text...)
		copied = end
		moved = append(moved, fmt.Sprintf("%s: %s, was %s", name, text, number))
	}
	return append(raised, file[copied:]...), moved, nil
}

// floor is where the floor of a figure may stand, and which of two floors holds more.
func (r Result) floor(name string) (to float64, better func(a, b float64) bool) {
	higher := func(a, b float64) bool { return a > b }
	lower := func(a, b float64) bool { return a < b }
	below := func(f1 float64) float64 { return max(math.Floor(1000*f1)-1000*floorMargin, 0) / 1000 }
	switch name {
	case floorUncited:
		return float64(r.UncitedFacts), lower
	case floorBack:
		return float64(r.CameBack), lower
	case floorDocuments:
		return float64(r.Documents), higher
	case floorOverall:
		return below(r.Overall), higher
	}
	m, _ := r.Metric(name)
	return below(m.F1()), higher
}
