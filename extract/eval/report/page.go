package report

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"dateline/extract/eval"
)

// Page is what a page shows.
type Page struct {
	Gold   string            // the gold folder, as it was named
	Result eval.Result       // of the run
	Texts  map[string]string // the texts that the run cites, by gold case
	// Closed keeps the errors back: figures only. It is for gold that nobody looks into.
	Closed bool

	Since  string            // name of the run before, "" when there is none
	Before eval.Result       // of the run before, measured with the same gold
	Old    map[string]string // the texts that it cites
}

//go:embed page.html
var pageTemplate string

//go:embed page.css
var style string

var page = template.Must(template.New("page").Parse(pageTemplate))

// Policy is the content security policy of a page: its own style, and nothing else.
func Policy() string {
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
}

// Write writes the page. The same Page gives the same bytes.
func Write(w io.Writer, p Page) error {
	var b bytes.Buffer
	if err := page.Execute(&b, newView(p)); err != nil {
		return err
	}
	_, err := b.WriteTo(w)
	return err
}

// view is what the template reads.
type view struct {
	Policy string
	Style  template.CSS
	Gold   string
	Closed bool
	Since  string

	Overall   figure
	Documents int
	Uncited   int
	Misses    int
	Back      int
	Warnings  []string

	Kinds   []kindView
	Classes []string
	Metrics []figure
	Rows    []documentView
	Errors  int
	Shown   int
	LeftOut int

	Moved    []figure
	Summary  string
	Movement []movementView
}

// figure is one F1 with its interval and its change. Shares are texts with three digits.
type figure struct {
	Name         string
	Headline     bool // one of the five that the overall figure is the mean of
	P, R, F1     string
	Low, High    string
	TP, FP, FN   int
	Was          string // F1 of the run before, "" when there is none
	Change       string // "+0.012", "−0.004", "" when it did not move
	Up           bool
	From, At, To string // the interval and the figure on a bar of 100
	Wide         string
}

// kindView are the errors of one kind of fact.
type kindView struct {
	Name    string
	Figure  figure
	Counts  []countView // one for each class
	Classes []classView // those that hold errors
	Total   int
}

type countView struct {
	Class string
	Link  string // where its errors begin, "" when it has none
	Count int
}

type classView struct {
	Name, Link, Means string
	Items             []itemView
	Count             int // of all, also those that are left out
}

// itemView is one error in its sentence.
type itemView struct {
	ID        int
	Document  string
	Link      string // of the document
	Kind      string
	Class     string
	What      string
	Was       string // what was wrong before, when the error changed
	Slots     []slotView
	Sentences [][]Part
	Note      string // why there is none
	More      int    // further places
}

type slotView struct{ Name, Want, Got, Was string }

type documentView struct {
	Name, Link string
	Figure     figure
	Kinds      []string // F1 of each kind
	Errors     int
	Items      []itemView
}

type movementView struct {
	Name, Means string
	Items       []itemView
	Count       int
}

// classes are the kinds of error, with what they mean.
var classes = []struct{ name, means string }{
	{"missed", "in the gold, not in the run"},
	{"spurious", "in the run, not in the gold"},
	{"wrong", "found, with a slot that differs"},
	{"near miss", "rejected by a reviewer, and stated again"},
	{"uncited", "without a true citation"},
}

// mostErrors bounds the errors that a page shows in full.
const mostErrors = 2000

// builder makes a view.
type builder struct {
	page  Page
	now   map[string]*text
	old   map[string]*text
	links map[string]string // of documents
	shown int
}

func newView(p Page) *view {
	b := &builder{page: p, now: map[string]*text{}, old: map[string]*text{}, links: map[string]string{}}
	v := &view{Policy: Policy(), Style: template.CSS(style), Gold: visible(p.Gold), Closed: p.Closed, Since: visible(p.Since),
		Documents: p.Result.Documents, Uncited: p.Result.UncitedFacts, Misses: p.Result.NearMisses, Back: p.Result.CameBack}
	for _, w := range p.Result.Warnings {
		v.Warnings = append(v.Warnings, visible(w))
	}
	v.Overall = newFigure("overall", p.Result.Overall, p.Result.Low, p.Result.High)
	v.Overall.since(p, p.Before.Overall)
	for _, m := range p.Result.Metrics {
		v.Metrics = append(v.Metrics, b.metric(m))
	}
	for i, d := range p.Result.PerDocument {
		b.links[d.Name] = fmt.Sprintf("d%d", i+1)
	}
	for _, c := range classes {
		v.Classes = append(v.Classes, c.name)
	}
	b.kinds(v)
	b.documents(v)
	if p.Since != "" {
		b.movement(v)
	}
	v.Shown = b.shown
	return v
}

func three(x float64) string { return fmt.Sprintf("%.3f", x) }

func newFigure(name string, f1, low, high float64) figure {
	at := func(x float64) string { return fmt.Sprintf("%.1f", 100*x) }
	return figure{Name: visible(name), F1: three(f1), Low: three(low), High: three(high), At: at(f1), From: at(low), To: at(high), Wide: at(high - low)}
}

// since adds the figure of the run before.
func (f *figure) since(p Page, before float64) {
	if p.Since == "" {
		return
	}
	f.Was = three(before)
	if f.Was == f.F1 {
		return
	}
	f.Up = f.F1 > f.Was
	var now, was float64
	fmt.Sscan(f.F1, &now)
	fmt.Sscan(f.Was, &was)
	f.Change = strings.Replace(fmt.Sprintf("%+.3f", now-was), "-", "−", 1)
}

// metric is a metric of all documents as a figure.
func (b *builder) metric(m eval.Metric) figure {
	low, high := b.page.Result.Interval(m.Name)
	f := newFigure(m.Name, m.F1(), low, high)
	f.Headline = slices.Contains(eval.Headline(), m.Name)
	f.P, f.R, f.TP, f.FP, f.FN = three(m.P()), three(m.R()), m.TP, m.FP, m.FN
	before, _ := b.page.Before.Metric(m.Name)
	f.since(b.page, before.F1())
	return f
}

// kindOf is the kind of fact that a metric is about.
func kindOf(metric string) string {
	kind, _, _ := strings.Cut(metric, ".")
	return kind
}

// kinds fills in the errors by kind, and in each by class.
func (b *builder) kinds(v *view) {
	var order []string
	for _, name := range eval.Headline() {
		order = append(order, kindOf(name))
	}
	items := make(map[string][]itemView) // by kind and class
	counts := make(map[string]int)
	for _, d := range b.page.Result.PerDocument {
		for _, group := range together(d.Errors) {
			e := group[0]
			kind := kindOf(e.Metric)
			if !slices.Contains(order, kind) {
				order = append(order, kind) // a run may have facts of kinds that nobody knows
			}
			class := classOf(group)
			key := kind + "\x1f" + class
			counts[key]++
			v.Errors++
			if b.page.Closed {
				continue
			}
			if b.shown >= mostErrors {
				v.LeftOut++
				continue
			}
			b.shown++
			item := b.item(group, class, b.now, b.page.Texts)
			item.ID = b.shown
			items[key] = append(items[key], item)
		}
	}
	for i, kind := range order {
		k := kindView{Name: visible(kind)}
		if i < len(eval.Headline()) {
			m, _ := b.page.Result.Metric(eval.Headline()[i])
			k.Figure = b.metric(m)
		}
		for j, c := range classes {
			key := kind + "\x1f" + c.name
			count := countView{Class: c.name, Count: counts[key]}
			if len(items[key]) > 0 {
				count.Link = fmt.Sprintf("k%d-%d", i+1, j+1)
				k.Classes = append(k.Classes, classView{Name: c.name, Means: c.means, Link: count.Link, Items: items[key], Count: counts[key]})
			}
			k.Counts = append(k.Counts, count)
			k.Total += counts[key]
		}
		v.Kinds = append(v.Kinds, k)
	}
}

// documents fills in the figures of each document, and its errors as links.
func (b *builder) documents(v *view) {
	items := make(map[string][]itemView)
	for _, k := range v.Kinds {
		for _, c := range k.Classes {
			for _, item := range c.Items {
				items[item.Link] = append(items[item.Link], item)
			}
		}
	}
	before := make(map[string]float64)
	for _, d := range b.page.Before.PerDocument {
		before[d.Name] = d.Overall()
	}
	for _, d := range b.page.Result.PerDocument {
		low, high := d.Interval()
		row := documentView{Name: visible(d.Name), Link: b.links[d.Name], Figure: newFigure(d.Name, d.Overall(), low, high)}
		row.Figure.since(b.page, before[d.Name])
		for _, name := range eval.Headline() {
			for _, m := range d.Metrics {
				if m.Name == name {
					f := three(m.F1())
					if m.TP+m.FP+m.FN == 0 {
						f = "–" // nothing there, nothing found
					}
					row.Kinds = append(row.Kinds, f)
				}
			}
		}
		row.Errors = len(together(d.Errors))
		row.Items = items[row.Link]
		slices.SortFunc(row.Items, func(x, y itemView) int { return x.ID - y.ID })
		v.Rows = append(v.Rows, row)
	}
}

// movement fills in what moved since the run before.
func (b *builder) movement(v *view) {
	change := eval.Compare(b.page.Before, b.page.Result)
	v.Summary = change.Summary()
	for _, m := range change.Metrics() {
		v.Moved = append(v.Moved, b.metric(eval.Metric{Name: m.Name, Count: m.Now}))
	}
	add := func(name, means string, groups [][]eval.Error, item func(group []eval.Error, i int) itemView) {
		m := movementView{Name: name, Means: means, Count: len(groups)}
		for i, g := range groups {
			if b.page.Closed || i >= mostErrors {
				break
			}
			m.Items = append(m.Items, item(g, i))
		}
		if m.Count > 0 {
			v.Movement = append(v.Movement, m)
		}
	}
	add("broken", "right before, wrong now", together(change.Broken), func(g []eval.Error, _ int) itemView {
		return b.item(g, classOf(g), b.now, b.page.Texts)
	})
	add("mended", "wrong before, right now", together(change.Mended), func(g []eval.Error, _ int) itemView {
		return b.item(g, classOf(g), b.old, b.page.Old)
	})
	var groups [][]eval.Error
	for _, c := range change.Changed {
		groups = append(groups, []eval.Error{c.Now})
	}
	add("changed", "wrong before and now, each in its own way", groups, func(g []eval.Error, i int) itemView {
		item := b.item(g, classOf(g), b.now, b.page.Texts)
		was := change.Changed[i].Before
		if len(item.Slots) > 0 {
			item.Slots[0].Was = visible(clip(was.Got))
		} else {
			item.Was = visible(clip(was.What))
		}
		return item
	})
}

// together groups errors that follow each other and are about one agreement: its slots are
// counted one by one, but read together.
func together(errors []eval.Error) [][]eval.Error {
	var out [][]eval.Error
	for i, e := range errors {
		if i > 0 && e.Kind == "wrong" && sameAgreement(errors[i-1], e) {
			out[len(out)-1] = append(out[len(out)-1], e)
			continue
		}
		out = append(out, []eval.Error{e})
	}
	return out
}

func sameAgreement(a, b eval.Error) bool {
	return a.Kind == b.Kind && a.Document == b.Document && a.Metric != b.Metric && slices.Equal(a.Words, b.Words) && slices.Equal(a.Cited, b.Cited)
}

// classOf is the class of a group: an agreement of which the run, or the gold, knows nothing
// is missed, or spurious.
func classOf(group []eval.Error) string {
	e := group[0]
	switch {
	case e.Kind != "wrong":
		return e.Kind
	case len(e.Cited) == 0 && len(e.Words) > 0:
		return "missed"
	case len(e.Words) == 0 && len(e.Cited) > 0:
		return "spurious"
	}
	return "wrong"
}

// item shows one group of errors.
func (b *builder) item(group []eval.Error, class string, cache map[string]*text, texts map[string]string) itemView {
	e := group[0]
	item := itemView{Document: visible(e.Document), Link: b.links[e.Document], Kind: visible(kindOf(e.Metric)), Class: class, What: visible(clip(e.What))}
	if e.Kind == "wrong" {
		item.What = ""
		for _, s := range group {
			_, name, _ := strings.Cut(s.Metric, ".")
			item.Slots = append(item.Slots, slotView{Name: name, Want: visible(clip(s.Want)), Got: visible(clip(s.Got))})
		}
	}
	t := cache[e.Document]
	if t == nil {
		t = newText(texts[e.Document])
		cache[e.Document] = t
	}
	shown := e.Cited[:min(len(e.Cited), 1)]
	if item.Slots != nil {
		shown = e.Cited[:min(len(e.Cited), mostSentences)]
	}
	for _, c := range shown {
		if sentence := t.cited(c); sentence != nil {
			item.Sentences = append(item.Sentences, sentence)
		}
	}
	item.More = len(e.Cited) - len(shown)
	if item.Sentences == nil && len(e.Words) > 0 {
		if sentence := t.holding(e.Words); sentence != nil {
			item.Sentences = [][]Part{sentence}
		}
	}
	switch {
	case item.Sentences != nil:
	case t.text == "":
		item.Note = "The run has no text of this document."
	case len(e.Words) > 0:
		item.Note = "The text of the run does not hold these words as the gold writes them."
	default:
		item.Note = "None of its citations is true."
	}
	return item
}

// mostSentences bounds the sentences that are shown of an agreement, which may be told over
// several; of other facts one place is enough.
const mostSentences = 3

// clip bounds an item's text.
func clip(s string) string { return middle(s, 300) }
