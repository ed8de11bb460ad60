package corpus

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"
)

// TestNamePairs measures the matchers on public name pairs. The threshold and the rules were
// fixed on the rows whose number is not divisible by three; the others are held out.
func TestNamePairs(t *testing.T) {
	folder := sharedFolder()
	if folder == "" {
		t.Skip("NOT TESTED: name matching on public name pairs; set DATELINE_SHARED to the folder that holds dev/name-pairs.csv")
	}
	f, err := os.Open(filepath.Join(folder, "dev", "name-pairs.csv"))
	if err != nil {
		t.Skip("NOT TESTED: name matching on public name pairs: ", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	type score struct{ hit, wrong, missed int }
	scores := map[string]*score{}
	for i, r := range rows[1:] {
		number, person := i+1, r[1] == "Person"
		if r[1] == "Vessel" {
			continue
		}
		name, match := "institution", MatchInstitutions
		if person {
			name, match = "person", MatchPeople
		}
		if number%3 == 0 {
			name += " held out"
		} else {
			name += " tuned on"
		}
		if scores[name] == nil {
			scores[name] = &score{}
		}
		got, want := match(r[2], r[3]), r[4] == "true"
		switch {
		case got && want:
			scores[name].hit++
		case got:
			scores[name].wrong++
		case want:
			scores[name].missed++
		}
		if testing.Verbose() && got != want && number%3 != 0 {
			t.Logf("%s: %q / %q: got %v", name, r[2], r[3], got)
		}
	}
	for name, floor := range map[string]struct{ precision, recall float64 }{
		"person held out": {0.90, 0.55}, "person tuned on": {0.88, 0.65}, "institution held out": {0.98, 0.60}, "institution tuned on": {0.98, 0.70},
	} {
		s := scores[name]
		precision, recall := float64(s.hit)/float64(s.hit+s.wrong), float64(s.hit)/float64(s.hit+s.missed)
		t.Logf("%s: precision %.3f, recall %.3f (%+v)", name, precision, recall, *s)
		if precision < floor.precision || recall < floor.recall {
			t.Errorf("%s: precision %.3f, recall %.3f fall below %+v", name, precision, recall, floor)
		}
	}
}
