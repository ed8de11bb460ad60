package corpus

import (
	"fmt"
	"testing"
	"time"

	"dateline/extract"
	"dateline/extract/token"
)

// hostile is a document whose n units form one chain, whose one person has a post in each
// and an alias for each.
func hostile(t testing.TB, n int) Item {
	r := newRelease(t, fmt.Sprintf("hostile/%d", n), "", "a")
	cite := []extract.Citation{{Span: token.Span{Start: 0, End: 1}, Quote: "a", Rule: "hostile"}}
	var aliases []string
	name := func(i int) string { return fmt.Sprintf("Uni%d Versity%d of Xyz", i, i) }
	for i := range n {
		aliases = append(aliases, name(i))
		r.item.Facts = append(r.item.Facts,
			extract.Fact{Kind: extract.KindInstitution, Institution: &extract.Institution{Name: name(i), Parent: name(i - 1)}, Citations: cite},
			extract.Fact{Kind: extract.KindTitle, Title: &extract.Title{Person: "John Longname Smithson", Title: "head", Institution: name(i)}, Citations: cite})
	}
	r.item.Facts = append(r.item.Facts, extract.Fact{Kind: extract.KindPerson, Person: &extract.Person{Name: "John Longname Smithson", Aliases: aliases}, Citations: cite})
	return r.item
}

// TestHostileNamesTakeLinearTime: four times the names take at most six times as long. The
// smaller size is large enough to be measured, and the best of three is taken.
func TestHostileNamesTakeLinearTime(t *testing.T) {
	measure := func(n int) time.Duration {
		best := time.Hour
		for range 3 {
			item := hostile(t, n)
			s := openTest(t)
			start := time.Now()
			put(t, s, item)
			best = min(best, time.Since(start))
		}
		return best
	}
	small, large := measure(500), measure(2000)
	t.Logf("500: %v, 2000: %v", small, large)
	if large > 6*small && large > time.Second {
		t.Errorf("500 names take %v, 2000 take %v: more than linear time", small, large)
	}
}
