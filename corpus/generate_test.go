package corpus

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
)

// generate makes n releases of about 3 KB with about 20 facts each, the same ones every time.
// Names come back: institutions often, people sometimes, in several spellings.
func generate(t testing.TB, n int) []Item {
	rng := rand.New(rand.NewPCG(7, 7))
	syllables := strings.Fields("ba ka lo mi ra tu ven dor sil gar pol nev tas hir mo zel rik ona ul sa pre bin")
	word := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteString(syllables[rng.IntN(len(syllables))])
		}
		return strings.ToUpper(b.String()[:1]) + b.String()[1:]
	}
	type institution struct{ name, acronym string }
	kinds := strings.Fields("Technical;University National;University Mining;College Medical;Institute Energy;Company,;Ltd.")
	var institutions []institution
	for range 20 + n/4 {
		name := word(3) + " " + strings.ReplaceAll(kinds[rng.IntN(len(kinds))], ";", " ")
		acronym := ""
		for _, w := range strings.Fields(name) {
			acronym += w[:1]
		}
		institutions = append(institutions, institution{name, strings.ToUpper(acronym)})
	}
	var people [][2]string
	for range 20 + 2*n {
		people = append(people, [2]string{word(2), word(3)})
	}
	units := []string{"Faculty of Law", "Department of International Cooperation", "School of Medicine", "Office of Research"}
	filler := strings.Repeat("The parties spoke about further cooperation in teaching and research and thanked all guests for coming. ", 25)
	items := make([]Item, n)
	for i := range items {
		a, b := institutions[rng.IntN(len(institutions))], institutions[rng.IntN(len(institutions))]
		for b == a {
			b = institutions[rng.IntN(len(institutions))]
		}
		unit := units[rng.IntN(len(units))]
		bName := b.name
		if rng.IntN(4) == 0 {
			bName = b.acronym
		} else if rng.IntN(6) == 0 {
			bName = "K. " + word(3) + " " + b.name
		}
		day := fmt.Sprintf("%d", 1+rng.IntN(28))
		year := 2015 + rng.IntN(10)
		var names []string
		var text strings.Builder
		fmt.Fprintf(&text, "%s (%s) and %s signed a memorandum on %s March %d. The %s took part. ", a.name, a.acronym, bName, day, year, unit)
		for len(names) < 4 {
			p := people[rng.IntN(len(people))]
			name := p[0] + " " + p[1]
			switch rng.IntN(5) {
			case 0:
				name = p[1] + " " + p[0]
			case 1:
				name = p[0][:1] + ". " + p[1]
			}
			names = append(names, name)
			fmt.Fprintf(&text, "Post%d %s spoke. ", len(names), name)
		}
		text.WriteString(filler)
		r := newRelease(t, fmt.Sprintf("generated/%05d.txt", i), fmt.Sprintf("%d-03-%02d", year, 1+rng.IntN(28)), text.String())
		r.date(fmt.Sprintf("%d-03-%02s", year, day), day+" March "+fmt.Sprint(year))
		r.date("XXXX-03", "March")
		r.institution(a.name, "", a.acronym).institution(bName, "").institution(unit, a.name)
		for k, name := range names {
			r.person(name)
			r.title(name, fmt.Sprintf("Post%d", k+1), []string{a.name, bName, unit, ""}[k])
		}
		r.agreement(fmt.Sprintf("%d-03-%02s", year, day), "", a.name, bName)
		items[i] = r.item
	}
	return items
}

// BenchmarkPut stores 2,000 releases in batches of 64 in a new database.
func BenchmarkPut(b *testing.B) {
	items := generate(b, 2000)
	b.ResetTimer()
	for range b.N {
		s, err := Open(context.Background(), filepath.Join(b.TempDir(), "bench.db"), Options{})
		if err != nil {
			b.Fatal(err)
		}
		for i := 0; i < len(items); i += 64 {
			put(b, s, items[i:min(i+64, len(items))]...)
		}
		s.Close()
	}
	b.ReportMetric(float64(len(items)*b.N)/b.Elapsed().Seconds(), "docs/s")
}
