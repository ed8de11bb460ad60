package dates

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"dateline/extract/token"
)

// hostile are texts of a given size made to find a pattern that is not linear.
var hostile = map[string]string{
	"digits":    "1",
	"numbers":   "2024 ",
	"months":    "May ",
	"list":      "1, 2, 3, ",
	"and":       "3 and ",
	"from":      "from ",
	"between":   "between 2019 and ",
	"dashes":    "3-",
	"dates":     "May 5, ",
	"full":      "May 5, 2024, ",
	"weekdays":  "Monday, ",
	"the":       "the end of ",
	"early":     "early to mid ",
	"last":      "last ",
	"hours":     "10:30–",
	"colons":    "1:",
	"slashes":   "05/06/",
	"dots":      "05.06.",
	"ordinals":  "the 24th to ",
	"datelines": "LIMA, May 5 (A) – x\n",
	"sentences": "It closed yesterday. ",
	"lines":     "May 5, 2024\n",
	"years":     "2019, 2020 and ",
	"later":     "two weeks later ",
	"open":      "(",
	"years2":    "nineteen ninety ",
	"thousand":  "two thousand and ",
	"small":     "may 5 ",
	"holidays":  "Christmas Eve ",
	"eids":      "Eid al-",
	"sets":      "every other ",
	"amounts":   "2 years and ",
	"ago":       "2 years ago today ",
	"weekof":    "the second week of ",
	"weekend":   "over the weekend of 9 and ",
	"same":      "the same period of ",
	"weekdays2": "from Monday to ",
	"before":    "two weeks before ",
	"seasons":   "in autumn, ",
	"stamps":    "2024-05-18 Print\n",
}

// Reading four times as much takes at most six times as long.
func TestSlope(t *testing.T) {
	if testing.Short() {
		t.Skip("NOT TESTED: that time is linear on hostile text (-short)")
	}
	const small = 32 << 10
	measure := func(unit string, size int) time.Duration {
		text := strings.Repeat(unit, size/len(unit))
		tokens := token.Tokenize(text)
		sentences := token.Sentences(text, tokens)
		best := time.Hour
		runtime.GC()
		for range 9 {
			start := time.Now()
			Find(text, tokens, sentences, Context{Published: "2024-05-18"})
			best = min(best, time.Since(start))
		}
		return best
	}
	for name, unit := range hostile {
		var a, b time.Duration
		// Below a fifth of a millisecond the clock decides, not the program; and a busy
		// machine may spoil one measurement, but not eight.
		for try := 0; try < 8; try++ {
			// The larger first: its fresh memory would else be measured too.
			b, a = measure(unit, 4*small), measure(unit, small)
			if b <= 6*max(a, 200*time.Microsecond) {
				break
			}
		}
		if b > 6*max(a, 200*time.Microsecond) {
			t.Errorf("%s: %v for %d bytes, %v for four times as many", name, a, small, b)
		}
		if perMB := b * (1 << 20) / (4 * small); perMB > 2*time.Second {
			t.Errorf("%s: %v a megabyte, want at most 2 s", name, perMB)
		}
	}
}

// article is plain prose with the dates that a release of its length has.
const article = `LIMA, March 4, 2024 – The Institute of Hydrology and the city of Lima signed an agreement on Monday to build a new station on the river.
The station, which will be ready by the end of 2025, replaces one that was built in the 1970s and repaired between 2003 and 2006.
“We have waited for this for twenty years,” the director told reporters. The work is paid for by the ministry and by a bank whose name was not given.
Engineers from three countries will meet from June 3 to 7 to choose the site; the public may comment until 14 April. The firm employs 2,000 people in 14 towns.
`

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat(article, 100)
	tokens := token.Tokenize(text)
	sentences := token.Sentences(text, tokens)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Find(text, tokens, sentences, Context{Published: "2024-03-04"})
	}
}
