package extract

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/ingest/document"
)

// hostileUnits are the lines of the slope test: each is repeated without a line end, so that the
// whole text is one sentence wherever the sentence splitter finds no full stop. Every one is
// shaped after something that a finder looks for and may look for in vain.
var hostileUnits = []struct{ name, unit string }{
	{"capitalised words", "Alpha Beta Gamma "},
	{"capitalised words without an end of name", "Tarvin Oskel Bryndt Maruvi Polketh "},
	{"one capitalised word", "Alpha "},
	{"forenames", "John Maria Peter Anna "},
	{"initials", "A. B. C. D. "},
	{"initials without blanks", "A.B.C."},
	{"initials and surnames", "J. R. Smith "},
	{"honorifics", "Mr. Dr. Prof. H.E. "},
	{"honorifics and a name", "Mr. Smith "},
	{"patronymics", "Ivanovich Petrovna "},
	{"particles", "van der de la "},
	{"double quotes", `"`},
	{"opening quotes", "“Alpha "},
	{"closing quotes", "Alpha” "},
	{"single quotes", "'A' "},
	{"possessives", "Smith's "},
	{"open brackets", "("},
	{"open brackets and capitals", "(Alpha "},
	{"closed brackets", "() "},
	{"closing brackets", ")"},
	{"acronyms in brackets", "(ABC) "},
	{"names with acronyms in brackets", "Alpha Beta Centre (ABC) "},
	{"acronyms", "ABC DEF "},
	{"of", "of "},
	{"of the", "of the "},
	{"and", "and "},
	{"and, capitalised", "Alpha and "},
	{"comma and", ", and "},
	{"comma lists", "Alpha, Beta, "},
	{"commas", ","},
	{"semicolons", "Alpha; "},
	{"dashes", "— Alpha "},
	{"hyphens", "Alpha-"},
	{"slashes", "Alpha/"},
	{"ampersands", "Alpha & "},
	{"digits", "1"},
	{"numbers", "2024 "},
	{"grouped digits", "1,000,"},
	{"months", "May "},
	{"dates", "May 5, 2024, "},
	{"date ranges", "from May 5 to "},
	{"weekdays", "on Monday, "},
	{"title words", "director "},
	{"title words, capitalised", "Director "},
	{"title chains", "deputy head of the department of the "},
	{"titles with and", "president and chairman and "},
	{"former titles", "former acting vice "},
	{"titles and names", "Director John Smith, "},
	{"names and titles", "John Smith, director of Alpha University, "},
	{"institution heads", "University "},
	{"institution heads with of", "University of "},
	{"institution heads nested", "Faculty of the Institute of the "},
	{"plural heads", "Faculties of Law and Art and "},
	{"units without a parent", "Department of Alpha, "},
	{"parents behind units", "Faculty of Law of Alpha University, "},
	{"company forms", "Alpha Co., Ltd. "},
	{"company forms alone", "Co. Ltd. Inc. "},
	{"foreign heads", "Université de "},
	{"also known as", "Alpha Institute also known as "},
	{"signing verbs", "signed "},
	{"agreement nouns", "agreement "},
	{"signing without parties", "signed an agreement with "},
	{"signings", "Alpha University signed a memorandum with Beta Institute and "},
	{"signings without sides", "Alpha University met Beta Institute. A memorandum was signed. "},
	{"signings without sides in one sentence", "the sides met and a memorandum was signed and "},
	{"signings by the parties", "the parties signed a memorandum and both universities signed an agreement and "},
	{"signings by posts", "the rectors signed the memorandum, the Rector and the Dean signed the agreement, "},
	{"several documents", "signed a memorandum with Alpha University and a contract with Beta Institute and "},
	{"witnesses", "in the presence of John Smith, witnessed by John Smith, "},
	{"sides that are not named", "signed a memorandum with five colleges. The colleges include Alpha College, Beta College. "},
	{"joined the signing", "Alpha University signed a memorandum with several schools and joined the signing "},
	{"lists of signed documents", "The agreements were signed:\n— Agreements between Alpha University and Beta Institute signed:\n"},
	{"lists of documents without sides", "Agreements signed:\n"},
	{"aims of documents", "The memorandum aims to, the purpose of the agreement is to, under the memorandum they will "},
	{"aims of documents by sentence", "Alpha University signed a memorandum with Beta Institute. The memorandum aims to help. "},
	{"documents named again", "It was signed by John Smith. The first memorandum is to help. "},
	{"sayings before signings", "said noted said signed an agreement "},
	{"sayings of a signing", "said Alpha University signed an agreement with Beta Institute and "},
	{"announced collaborations", "announced a collaboration with Alpha University. The "},
	{"amounts of contracts", "under a contract worth $20 million signed "},
	{"broken lines", "a memorandum between\nand was signed by\nthe "},
	{"contracts won", "Alpha University won a contract from Beta Institute and received a grant from "},
	{"respectively", "Alpha University and Beta Institute respectively signed "},
	{"on behalf of", "on behalf of Alpha University, "},
	{"represented by", "represented by John Smith, "},
	{"between", "between Alpha University and "},
	{"negations", "did not sign no agreement "},
	{"speech", "said John Smith, "},
	{"places", "Paris, France, "},
	{"countries", "Kazakhstan and Uzbekistan and "},
	{"demonyms", "Chinese Kazakh "},
	{"pronouns", "he and she "},
	{"the university", "the University "},
	{"one word", "a"},
	{"one capitalised letter run", "A"},
	{"camel case", "AlphaBeta"},
	{"abbreviations", "e.g. i.e. etc. "},
	{"full stops", "."},
	{"full stops and blanks", ". "},
	{"short sentences", "Alpha said. "},
	{"questions", "Alpha? "},
	{"blanks", "  \t"},
	{"no-break spaces", "Alpha\u00a0"},
	{"line ends", "\n"},
	{"short lines", "Alpha\n"},
	{"list lines", "- John Smith, director of Alpha University\n"},
	{"datelines", "PARIS, May 5 (ABC) – Alpha\n"},
	{"combining marks", "\u0301"},
	{"combining marks on capitals", "A\u0301 "},
	{"emoji joined", "👩\u200d🔬"},
	{"right to left", "جامعة القاهرة "},
	{"bidi controls", "\u202eAlpha\u202c "},
	{"Chinese", "清华大学"},
	{"Cyrillic capitals", "Университет "},
	{"zero-width joiners", "\u200d"},
	{"mixed case", "aLpHa "},
	{"at signs", "a@b.c "},
	{"links", "https://a.b/c "},
	{"currency", "$1 million "},
	{"heads written small", "Alpha police station "},
	{"heads written small, in vain", "regional city district "},
	{"divisions", "its Alpha Beta division "},
	{"lists of companies", "companies such as Alpha, Beta, "},
	{"openings of lists", "companies such as "},
	{"units written small", "director of the department of the "},
	{"units written small within units", "director of the department of law of the school of art of the "},
	{"units written small behind a comma", "head, electrical engineering and "},
	{"ministries of several states", "Ministries of Education of Kenya, Uganda and "},
	{"single capitals", "A S M "},
	{"posts in brackets", "Alpha School (Director – "},
	{"posts joined by dashes", "Chairman of the Board - Rector of "},
	{"initials of two letters", "Sh.Alpha Ts.Beta "},
	{"prose", "The rector of the school signed an agreement with the ministry on Monday, he said. "},
}

// hostileCounters make texts whose words are all different: what is quadratic in the number of
// names, and not in the length of a line, shows only there.
var hostileCounters = []struct {
	name string
	unit func(i int) string
}{
	{"different people", func(i int) string { return "Mr. John " + madeName(i) + " spoke. " }},
	{"different people in one sentence", func(i int) string { return "John " + madeName(i) + ", " }},
	{"different people with posts", func(i int) string { return "John " + madeName(i) + ", director of Alpha University, spoke. " }},
	{"similar people", func(i int) string { return "Mr. John Karimov" + strings.ToLower(madeName(i)) + " spoke. " }},
	{"surnames of different people", func(i int) string { return "Mr. " + madeName(i) + " spoke. " }},
	{"different institutions", func(i int) string { return "The University of " + madeName(i) + " opened. " }},
	{"different institutions in one sentence", func(i int) string { return "University of " + madeName(i) + ", " }},
	{"different acronyms", func(i int) string {
		return "the " + madeName(i) + " Centre (" + strings.ToUpper(madeName(i)[:3]) + ") "
	}},
	{"different units of one institution", func(i int) string { return "the Department of " + madeName(i) + " of Alpha University. " }},
	{"different agreements", func(i int) string {
		return "The University of " + madeName(i) + " signed an agreement with " + madeName(i+7) + " Institute. "
	}},
	{"different signings without sides", func(i int) string {
		return "The University of " + madeName(i) + " met " + madeName(i+7) + " Institute. A memorandum was signed. "
	}},
	{"different series", func(i int) string {
		return madeName(i) + " University signed memoranda with three colleges. The colleges include " + madeName(i+1) + " College, " + madeName(i+2) + " College. "
	}},
	{"different dates", func(i int) string { return fmt.Sprintf("It opened on %d May %d. ", i%28+1, 1900+i%200) }},
	{"different words", func(i int) string { return strings.ToLower(madeName(i)) + " " }},
}

// madeName is a pronounceable name for a number, different for every number below 3.2 million.
func madeName(i int) string {
	const heads, tails = "bdfgklmnprstvz", "aeiou"
	var b strings.Builder
	for range 5 {
		b.WriteByte(heads[i%len(heads)])
		b.WriteByte(tails[i/7%len(tails)])
		i = i/len(heads) + i%3
	}
	name := b.String()
	return strings.ToUpper(name[:1]) + name[1:] + "v"
}

// hostileText makes the text of one generator, of about n bytes.
type hostileText struct {
	name string
	make func(n int) string
}

func hostileTexts() []hostileText {
	var all []hostileText
	for _, u := range hostileUnits {
		all = append(all, hostileText{u.name, func(n int) string { return strings.Repeat(u.unit, n/len(u.unit)) }})
	}
	for _, c := range hostileCounters {
		all = append(all, hostileText{c.name, func(n int) string {
			var b strings.Builder
			for i := 0; b.Len() < n; i++ {
				b.WriteString(c.unit(i))
			}
			return b.String()
		}})
	}
	return append(all,
		hostileText{"one long sentence of prose", func(n int) string {
			const unit = "the rector of the school met John Smith, head of the Office of Trade, and a guest from Lima, while "
			return "While " + strings.Repeat(unit, n/len(unit)) + "it rained."
		}},
		hostileText{"nested brackets", func(n int) string { return strings.Repeat("(Alpha ", n/14) + strings.Repeat(") ", n/4) }},
		hostileText{"nested quotes", func(n int) string { return strings.Repeat("“Alpha ", n/20) + strings.Repeat("” ", n/8) }},
	)
}

// timedSteps are those of Read, and those behind it for those who ask why.
var timedSteps = slices.Concat(steps, askedSteps)

// timeSteps reads a text step by step. Behind the steps stand newPage and the whole. It counts
// the processor time of this thread, with the garbage collector off: other tests run at the same
// time, and the collector's work depends on what they leave to it.
func timeSteps(text string) []time.Duration {
	spent := make([]time.Duration, len(timedSteps)+2)
	runtime.GC()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	start := threadTime()
	p := newPage(Default(), document.Document{Source: "hostile.txt", Language: "en", Text: text})
	last := threadTime()
	spent[len(timedSteps)] = last - start
	for i, s := range timedSteps {
		s.run(p)
		now := threadTime()
		spent[i] = now - last
		last = now
	}
	spent[len(timedSteps)+1] = last - start
	return spent
}

// slopeFloor is the least time that is compared: below it, caches and fresh pages of memory
// decide, and not the program. A step that is quadratic and still below it at 256 KB costs less
// than two thirds of a second a megabyte.
const slopeFloor = 40 * time.Millisecond

// maxSlope is the most that four times the text may cost, in times of the text. Linear is 4,
// quadratic is 16.
const maxSlope = 6

// maxPerMB stops a generator at the size at which it becomes hopeless. It is several times what a
// text may cost, so that a busy machine does not fail.
const maxPerMB = 10 * time.Second

// TestSlope reads texts that were made to find a step which is not linear, at several sizes.
// Every step of Read is held to the bound, not only their sum.
func TestSlope(t *testing.T) {
	if raceDetector {
		t.Skip("NOT TESTED under the race detector: its own cost is not linear; the plain run tests it")
	}
	sizes := []int{16 << 10, 64 << 10, 256 << 10, 1 << 20}
	if testing.Short() {
		sizes = sizes[:3]
		t.Log("NOT TESTED with -short: texts of 1 MB")
	}
	texts := hostileTexts()
	timeSteps("Warm the lexicons up. A director of the University of Lima spoke on 4 May.")
	ran := 0
	for _, h := range texts {
		t.Run(strings.ReplaceAll(h.name, " ", "-"), func(t *testing.T) {
			ran++
			var before []time.Duration
			for i, size := range sizes {
				spent := timeSteps(h.make(size))
				if whole := spent[len(timedSteps)+1]; whole > maxPerMB*time.Duration(size)/(1<<20)+slopeFloor {
					// The next size would take sixteen times as long, should it be quadratic.
					t.Errorf("%s: %v for %d KB, of which %s; at most %v a megabyte allowed", h.name, whole, size>>10, slowest(spent), maxPerMB)
					return
				}
				if i > 0 {
					checkSlope(t, h, sizes[i-1], size, before, spent)
				}
				before = spent
			}
			t.Logf("%v for %d KB", before[len(timedSteps)+1].Round(time.Millisecond), sizes[len(sizes)-1]>>10)
		})
	}
	if ran != len(texts) && !filtered() {
		t.Errorf("%d of %d generators were run", ran, len(texts))
	}
}

// filtered reports that -run names a part of the test, so that not all generators run.
func filtered() bool {
	return slices.ContainsFunc(os.Args, func(a string) bool { return strings.Contains(a, "TestSlope/") })
}

// checkSlope compares two sizes. A busy machine spoils single measurements, and only upwards; so
// what looks too slow is measured twice more, and the least times are compared.
func checkSlope(t *testing.T, h hostileText, small, large int, a, b []time.Duration) {
	t.Helper()
	if len(tooSteep(a, b)) == 0 {
		return
	}
	as, bs := [][]time.Duration{a}, [][]time.Duration{b}
	for range 2 {
		bs = append(bs, timeSteps(h.make(large)))
		as = append(as, timeSteps(h.make(small)))
	}
	a, b = least(as), least(bs)
	for _, i := range tooSteep(a, b) {
		name := stepName(i)
		t.Errorf("%s: %s takes %v for %d KB and %v for %d KB: %.1f times as long, at most %d allowed",
			h.name, name, a[i], small>>10, b[i], large>>10, float64(b[i])/float64(a[i]), maxSlope)
	}
}

// slowest names the step that took longest.
func slowest(spent []time.Duration) string {
	worst := 0
	for i := range len(timedSteps) + 1 {
		if spent[i] > spent[worst] {
			worst = i
		}
	}
	return fmt.Sprintf("%s took %v", stepName(worst), spent[worst].Round(time.Millisecond))
}

// stepName names an index of timeSteps.
func stepName(i int) string {
	switch {
	case i < len(timedSteps):
		return timedSteps[i].name
	case i == len(timedSteps):
		return "newPage"
	}
	return "Read"
}

// tooSteep lists the steps that break the bound.
func tooSteep(a, b []time.Duration) []int {
	var out []int
	for i := range a {
		if b[i] > maxSlope*max(a[i], slopeFloor) {
			out = append(out, i)
		}
	}
	return out
}

// least takes the shortest of several runs, step by step.
func least(runs [][]time.Duration) []time.Duration {
	out := slices.Clone(runs[0])
	for _, run := range runs[1:] {
		for i := range out {
			out[i] = min(out[i], run[i])
		}
	}
	return out
}

// TestSlopeBoundCatchesAQuadraticStep is the control: a measure that lets a quadratic step pass
// would prove nothing.
func TestSlopeBoundCatchesAQuadraticStep(t *testing.T) {
	quadratic := func(n int) time.Duration { return time.Duration(n) * time.Duration(n) * time.Millisecond }
	if len(tooSteep([]time.Duration{quadratic(4)}, []time.Duration{quadratic(16)})) != 1 {
		t.Error("a step that takes 16 times as long for 4 times the text is not caught")
	}
	if len(tooSteep([]time.Duration{20 * time.Millisecond}, []time.Duration{100 * time.Millisecond})) != 0 {
		t.Error("a step that takes 5 times as long is caught")
	}
}

// lookTexts are the plain texts of the open half of the sample corpus, by file name.
func lookTexts(t testing.TB) map[string]string {
	t.Helper()
	names, err := filepath.Glob("../testdata/releases/look/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, name := range names {
		if strings.HasSuffix(name, ".about.txt") {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[filepath.Base(name)] = string(data)
	}
	if len(texts) < 8 {
		t.Fatalf("only %d texts in testdata/releases/look", len(texts))
	}
	return texts
}
