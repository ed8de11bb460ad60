package eval

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Count is what was found, what is spurious and what was missed.
type Count struct{ TP, FP, FN int }

func (c Count) plus(o Count) Count { return Count{c.TP + o.TP, c.FP + o.FP, c.FN + o.FN} }

// P is the precision: the share of the run that is right; 1 when the run is empty.
func (c Count) P() float64 { return share(c.TP, c.TP+c.FP) }

// R is the recall: the share of the gold that was found; 1 when the gold is empty.
func (c Count) R() float64 { return share(c.TP, c.TP+c.FN) }

// F1 is the harmonic mean of P and R; 1 when there is nothing to find and nothing found.
func (c Count) F1() float64 { return share(2*c.TP, 2*c.TP+c.FP+c.FN) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

// Metric is a named Count.
type Metric struct {
	Name string
	Count
}

// Error is one thing in which a run and its gold differ. Its texts come from untrusted
// input and may hold any character.
type Error struct {
	Document string // name of the gold case
	Metric   string // metric that it lowers; for Kind "uncited" the kind of the fact
	Kind     string // "spurious", "missed", "wrong" (an agreement's slot), "uncited" or "near miss"
	What     string // the item

	Want, Got string     // Kind "wrong": the fills of the slot by gold and run, as JSON
	Cited     []Citation // where the run cites the item; none for what was missed
	Words     []string   // of what was missed: its names and words by the gold, to look for in the text
}

// DocumentResult is the outcome of one gold case.
type DocumentResult struct {
	Name         string
	Metrics      []Metric
	UncitedFacts int
	NearMisses   int // near misses that the gold lists
	CameBack     int // of these, those that the run states all the same
	Errors       []Error

	counts counts
}

// Result is the outcome of a run.
type Result struct {
	Metrics      []Metric // sums over all documents, always the same metrics in the same order
	Overall      float64  // mean F1 of date.value, person, institution, title and agreement
	Low, High    float64  // 95 % interval of Overall, by a bootstrap over documents
	Documents    int
	Baseline     Count // of the slots of agreements, by a guess that reads no sentence; see baseline
	UncitedFacts int   // facts without a true citation
	NearMisses   int   // near misses that the gold lists: statements that somebody rejected
	CameBack     int   // of these, those that the run states all the same
	PerDocument  []DocumentResult
	Warnings     []string // gold cases without a line
}

// counts are the counts of every metric by name.
type counts map[string]Count

func (c counts) add(o counts) {
	for name, count := range o {
		c[name] = c[name].plus(count)
	}
}

func (c counts) metrics() []Metric {
	out := make([]Metric, len(metricNames))
	for i, name := range metricNames {
		out[i] = Metric{name, c[name]}
	}
	return out
}

// headlineMetrics are the metrics whose mean F1 is the overall figure.
var headlineMetrics = [...]string{"date.value", "person", "institution", "title", "agreement"}

func (c counts) headline() float64 {
	sum := 0.0
	for _, name := range headlineMetrics {
		sum += c[name].F1()
	}
	return sum / float64(len(headlineMetrics))
}

// The bootstrap: how many resamples, and which of the sorted ones bound the interval.
const (
	resamples = 500
	lowRank   = 12
	highRank  = 487
)

// generator is Knuth's MMIX linear congruential generator; its high 31 bits draw.
type generator uint64

func (g *generator) draw(n int) int {
	*g = *g*6364136223846793005 + 1442695040888963407
	return int(uint64(*g) >> 33 % uint64(n))
}

// interval is the 95 % bootstrap interval, over documents, of the mean F1 of some metrics.
func interval(documents []DocumentResult, metrics ...string) (low, high float64) {
	if len(documents) == 0 {
		return 1, 1
	}
	// Only these metrics are summed: all of them would cost three times as much as the headline.
	perDocument := make([][]Count, len(documents))
	for i, d := range documents {
		for _, name := range metrics {
			perDocument[i] = append(perDocument[i], d.counts[name])
		}
	}
	g := generator(1)
	boots := make([]float64, resamples)
	sums := make([]Count, len(metrics))
	for b := range boots {
		clear(sums)
		for range documents {
			for k, c := range perDocument[g.draw(len(documents))] {
				sums[k] = sums[k].plus(c)
			}
		}
		for _, c := range sums {
			boots[b] += c.F1()
		}
		boots[b] /= float64(len(metrics))
	}
	slices.Sort(boots)
	return boots[lowRank], boots[highRank]
}

// Interval is the 95 % interval of a metric's F1, by the same draws of documents as that of
// the overall figure.
func (r Result) Interval(metric string) (low, high float64) {
	return interval(r.PerDocument, metric)
}

// Overall is the mean F1 of the headline metrics of this document alone.
func (d DocumentResult) Overall() float64 { return d.counts.headline() }

// mostDraws bounds the items of one document that a resample draws; the interval of more is
// narrow beyond what anybody reads off a page.
const mostDraws = 10_000

// Interval is the 95 % interval of the document's overall figure. One document gives no
// other documents to draw from, so this bootstrap draws its items: it tells how little a
// few items can tell, and takes them for independent, which items of one text are not quite.
func (d DocumentResult) Interval() (low, high float64) {
	g := generator(1)
	boots := make([]float64, resamples)
	for _, name := range headlineMetrics {
		c := d.counts[name]
		n := c.TP + c.FP + c.FN
		for b := range boots {
			var drawn Count
			for range min(n, mostDraws) {
				switch k := g.draw(n); {
				case k < c.TP:
					drawn.TP++
				case k < c.TP+c.FP:
					drawn.FP++
				default:
					drawn.FN++
				}
			}
			boots[b] += drawn.F1() / float64(len(headlineMetrics))
		}
	}
	slices.Sort(boots)
	return boots[lowRank], boots[highRank]
}

// Headline lists the metrics whose mean F1 is the overall figure: one for each kind of fact.
func Headline() []string { return slices.Clone(headlineMetrics[:]) }

// Metric gives a metric by its name.
func (r Result) Metric(name string) (Metric, bool) {
	for _, m := range r.Metrics {
		if m.Name == name {
			return m, true
		}
	}
	return Metric{}, false
}

// Errors lists every difference, document by document.
func (r Result) Errors() []Error {
	var out []Error
	for _, d := range r.PerDocument {
		out = append(out, d.Errors...)
	}
	return out
}

// WriteText prints the table of figures and a summary line. Under the agreements stands what a
// naive guess gets.
func (r Result) WriteText(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%-22s%7s%7s%7s%6s%6s%6s\n", "metric", "P", "R", "F1", "tp", "fp", "fn")
	for _, m := range r.Metrics {
		b.WriteString(row(m))
		if m.Name == "agreement" {
			b.WriteString(row(Metric{"  by a naive guess", r.Baseline}))
		}
	}
	fmt.Fprintf(&b, "overall F1 %.3f (95%% %.3f-%.3f), %d documents, %d facts without a true citation",
		r.Overall, r.Low, r.High, r.Documents, r.UncitedFacts)
	if r.NearMisses > 0 {
		fmt.Fprintf(&b, ", %d of %d near misses came back", r.CameBack, r.NearMisses)
	}
	b.WriteByte('\n')
	_, err := io.WriteString(w, b.String())
	return err
}

// row is a line of the table.
func row(m Metric) string {
	return fmt.Sprintf("%-22s%7.3f%7.3f%7.3f%6d%6d%6d\n", m.Name, m.P(), m.R(), m.F1(), m.TP, m.FP, m.FN)
}

// WriteJSON prints the figures as one JSON object on a line: each metric with p, r, f1, tp,
// fp and fn, "overall" with f1, low and high, "documents" and "uncited_facts"; and, when the
// gold lists near misses, "near_misses" and "near_misses_back", those that came back.
func (r Result) WriteJSON(w io.Writer) error {
	var b strings.Builder
	b.WriteByte('{')
	for _, m := range r.Metrics {
		fmt.Fprintf(&b, `%s: {"p": %s, "r": %s, "f1": %s, "tp": %d, "fp": %d, "fn": %d}, `,
			strconv.Quote(m.Name), float(m.P()), float(m.R()), float(m.F1()), m.TP, m.FP, m.FN)
	}
	fmt.Fprintf(&b, `"overall": {"f1": %s, "low": %s, "high": %s}, "documents": %d, "uncited_facts": %d`,
		float(r.Overall), float(r.Low), float(r.High), r.Documents, r.UncitedFacts)
	if r.NearMisses > 0 {
		fmt.Fprintf(&b, `, "near_misses": %d, "near_misses_back": %d`, r.NearMisses, r.CameBack)
	}
	b.WriteString("}\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// float prints the shortest number that reads back the same, always with a point or an
// exponent so that readers with integer types keep one type.
func float(x float64) string {
	s := strconv.FormatFloat(x, 'g', -1, 64)
	if !strings.ContainsAny(s, ".e") {
		s += ".0"
	}
	return s
}

// WriteErrors prints one error a line: document, metric, kind and item, separated by tabs.
// White space inside is one space; control, format and bidirectional characters are
// written as escapes, because the texts come from untrusted input.
func WriteErrors(w io.Writer, errors []Error) error {
	var b strings.Builder
	for _, e := range errors {
		b.WriteString(safe(e.Document) + "\t" + safe(e.Metric) + "\t" + safe(e.Kind) + "\t" + safe(e.What) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func safe(text string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.FieldsFunc(text, isSpace), " ") {
		if unicode.IsPrint(r) {
			b.WriteRune(r)
		} else {
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		}
	}
	return b.String()
}

var _ json.Marshaler = Result{}

// MarshalJSON gives the object of WriteJSON.
func (r Result) MarshalJSON() ([]byte, error) {
	var b strings.Builder
	if err := r.WriteJSON(&b); err != nil {
		return nil, err
	}
	return []byte(b.String()), nil
}
