package eval

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// fact finds the first fact of a run with this kind and these fields (key, value, …).
func fact(t testing.TB, facts []any, kind string, fields ...string) object {
	t.Helper()
	for _, f := range facts {
		o := f.(object)
		ok := o["kind"] == kind
		for i := 0; i < len(fields); i += 2 {
			ok = ok && o[fields[i]] == fields[i+1]
		}
		if ok {
			return o
		}
	}
	t.Fatalf("no %s with %q", kind, fields)
	return nil
}

func scored(t testing.TB, c Case, facts []any) Result {
	t.Helper()
	run := encode(t, object{"document": object{"source": "doc.txt", "text": smallText}, "facts": facts})
	lines, err := ReadLines(bytes.NewReader(run), "run", c)
	if err != nil {
		t.Fatal(err)
	}
	return Score([]Case{c}, lines)
}

func smallRun(t testing.TB) []any {
	return perfect(decode(t, []byte(smallGold)), "doc.txt", smallText)["facts"].([]any)
}

// moved names the metrics that change from a perfect run to the changed one, as
// "metric tp fp fn" with the differences.
func moved(t testing.TB, change func(facts []any) []any) string {
	t.Helper()
	c := smallCase(t)
	before, after := scored(t, c, smallRun(t)), scored(t, c, change(smallRun(t)))
	var out []string
	for i, m := range after.Metrics {
		b := before.Metrics[i]
		if m != b {
			out = append(out, fmt.Sprintf("%s %+d %+d %+d", m.Name, m.TP-b.TP, m.FP-b.FP, m.FN-b.FN))
		}
	}
	return strings.Join(out, "; ")
}

// TestEachChangeMovesItsFigures holds what the score means: from a perfect run, each
// change moves exactly these counts.
func TestEachChangeMovesItsFigures(t *testing.T) {
	set := func(kind string, find []string, fields ...any) func([]any) []any {
		return func(facts []any) []any {
			f := fact(t, facts, kind, find...)
			for i := 0; i < len(fields); i += 2 {
				f[fields[i].(string)] = fields[i+1]
			}
			return facts
		}
	}
	add := func(more ...object) func([]any) []any {
		return func(facts []any) []any {
			for _, f := range more {
				facts = append(facts, f)
			}
			return facts
		}
	}
	drop := func(kind string, find ...string) func([]any) []any {
		return func(facts []any) []any {
			target := fmt.Sprint(fact(t, facts, kind, find...))
			return slices.DeleteFunc(facts, func(f any) bool { return fmt.Sprint(f) == target })
		}
	}
	again := func(kind string, find ...string) func([]any) []any {
		return func(facts []any) []any { return append(facts, clone(fact(t, facts, kind, find...))) }
	}
	date := func(value any, quote string, more ...string) object {
		f := object{"kind": "date", "value": value, "citations": []any{object{"quote": quote}}}
		for i := 0; i < len(more); i += 2 {
			f[more[i]] = more[i+1]
		}
		return f
	}
	both := func(first, second func([]any) []any) func([]any) []any {
		return func(facts []any) []any { return second(first(facts)) }
	}
	list := func(items ...any) []any { return items }
	memo, holm := []string{"type", "memorandum"}, []string{"name", "Ida Holm"}

	for _, test := range []struct {
		name   string
		change func([]any) []any
		want   string
	}{
		{"date one day off", set("date", []string{"value", "2023-03-07"}, "value", "2023-03-08"), "date.value -1 +1 +1"},
		{"modifier lost", set("date", []string{"mod", "END"}, "mod", ""), "date.value -1 +1 +1"},
		{"modifier in small letters", set("date", []string{"mod", "END"}, "mod", "end"), "date.value -1 +1 +1"},
		{"value in small letters and spaces", add(date("xxxx-01-01", "x"), date(" XXXX-01-01 ", "x")), "date.span +0 +1 +0; date.value +0 +1 +0"},
		{"date dropped", drop("date", "value", "2021"), "date.span -1 +0 +1; date.value -1 +0 +1"},
		{"date spurious", add(date("1990", "1990")), "date.span +0 +1 +0; date.value +0 +1 +0"},
		{"same expression twice", add(date("2021", "2021")), ""},
		{"duration and set", add(date("P3Y", "three years", "type", "duration"), date("P1Y", "each year", "type", "set")), ""},
		{"type null is a date", set("date", []string{"value", "2021"}, "type", nil), ""},
		{"value null", set("date", []string{"value", "2021"}, "value", nil), "date.value -1 +1 +1"},
		{"optional date dropped", drop("date", "value", "2023-03-13"), ""},
		{"optional date wrong", set("date", []string{"value", "2023-03-13"}, "value", "2023-03-20"), ""},
		{"fragment of an optional date", add(date("2023", "2023")), ""},
		{"whole text as extent", set("date", []string{"value", "2021"}, "citations", list(object{"quote": smallText})), "date.span -1 +1 +1; date.value -1 +1 +1"},
		{"extent of three times the words", set("date", []string{"value", "2021"}, "citations", list(object{"quote": "only in 2021"})), ""},

		{"person dropped", drop("person", holm...), "person -1 +0 +1; person.alias -1 +0 +0"},
		{"person spurious", add(object{"kind": "person", "name": "Nai Robi"}), "person +0 +1 +0"},
		{"person of the wrong type", add(object{"kind": "person", "name": 3}), "person +0 +1 +0"},
		{"alias as its own person", both(set("person", holm, "aliases", list()), add(object{"kind": "person", "name": "Holm"})), "person +0 +1 +0; person.alias -1 +0 +1"},
		{"wrong alias", set("person", holm, "aliases", list("Holm", "Brown")), "person.alias +0 +1 +0"},
		{"first name is no alias", set("person", holm, "aliases", list("Holm", "Ida")), "person.alias +0 +1 +0"},
		{"honorific with a form is neither", set("person", holm, "aliases", list("Holm", "Mrs. Holm", "Ida Holm", "HOLM")), ""},
		{"person twice", again("person", "name", "Raj Patel"), "person +0 +1 +0"},
		{"institution twice", again("institution", "name", "Oryx Press"), "institution +0 +1 +0"},
		{"institution with an article", set("institution", []string{"name", "Oryx Press"}, "name", "The ORYX-Press"), ""},
		{"institution dropped", drop("institution", "name", "Oryx Press"), "institution -1 +0 +1"},
		{"optional institution dropped", drop("institution", "name", "Fjord Daily"), ""},
		{"parent lost", set("institution", []string{"name", "School of Design"}, "parent", nil), "institution.parent -1 +0 +1"},
		{"parent wrong", set("institution", []string{"name", "School of Design"}, "parent", "Oryx Press"), "institution.parent -1 +1 +1"},
		{"parent without gold", set("institution", []string{"name", "Oryx Press"}, "parent", "Meru Academy"), "institution.parent +0 +1 +0"},

		{"title at an accepted place", set("title", []string{"title", "chair"}, "institution", "Meru Academy"), ""},
		{"title at an acronym", set("title", []string{"title", "head"}, "institution", "NC"), ""},
		{"title without a place", set("title", []string{"title", "head"}, "institution", nil), "title -1 +1 +1"},
		{"titles of swapped places", both(set("title", []string{"title", "head"}, "institution", "Oryx Press"), set("title", []string{"title", "editor"}, "institution", "Nordvik College")), "title -2 +2 +2"},
		{"title of another person", set("title", []string{"title", "head"}, "person", "Lena Patel"), "title.held -1 +1 +1; title -1 +1 +1"},
		{"a shared surname joins nobody", set("title", []string{"title", "chair"}, "person", "Lena Patel"), "title.held -1 +1 +1; title -1 +1 +1"},
		{"title by alias", set("title", []string{"title", "head"}, "person", "Holm"), ""},
		{"title twice", again("title", "title", "chair"), "title.held +0 +1 +0; title +0 +1 +0"},
		{"title of nobody", add(object{"kind": "title", "person": " ", "title": "chair"}), ""},

		{"agreement dropped", drop("agreement", "type", "contract"), "agreement.found -1 +0 +1; agreement -6 +0 +6; agreement.type -1 +0 +1; " +
			"agreement.status -1 +0 +1; agreement.parties -2 +0 +2; agreement.date -1 +0 +1; agreement.subject -1 +0 +1"},
		{"agreement twice", again("agreement", "type", "contract"), "agreement.found +0 +1 +0; agreement +0 +6 +0; agreement.type +0 +1 +0; " +
			"agreement.status +0 +1 +0; agreement.parties +0 +2 +0; agreement.date +0 +1 +0; agreement.subject +0 +1 +0"},
		{"two agreements as one", both(drop("agreement", "type", "contract"), set("agreement", memo, "parties", list("Nordvik College", "School of Design", "Oryx Press"))),
			"agreement.found -1 +0 +1; agreement -6 +1 +6; agreement.type -1 +0 +1; agreement.status -1 +0 +1; agreement.parties -2 +1 +2; agreement.date -1 +0 +1; agreement.subject -1 +0 +1"},
		{"wrong type", set("agreement", memo, "type", "treaty"), "agreement -1 +1 +1; agreement.type -1 +1 +1"},
		{"no status", set("agreement", memo, "status", nil), "agreement -1 +0 +1; agreement.status -1 +0 +1"},
		{"wrong date", set("agreement", memo, "date", "2023-03-08"), "agreement -1 +1 +1; agreement.date -1 +1 +1"},
		{"wrong place", set("agreement", memo, "place", "Oslo"), "agreement -1 +1 +1; agreement.place -1 +1 +1"},
		{"longer place", set("agreement", memo, "place", "Nairobi, Kenya"), ""},
		{"whole text as subject", set("agreement", memo, "subject", smallText), "agreement -1 +1 +1; agreement.subject -1 +1 +1"},
		{"longer subject", set("agreement", memo, "subject", "the training of teacher"), ""},
		{"signatory missed", set("agreement", memo, "signatories", list("Ida Holm")), "agreement -1 +0 +1; agreement.signatories -1 +0 +1"},
		{"signatory spurious", set("agreement", memo, "signatories", list("Ida Holm", "Raj Patel", "Lena Patel")), "agreement +0 +1 +0; agreement.signatories +0 +1 +0"},
		{"parent stands in for its unit", set("agreement", memo, "parties", list("Nordvik College", "Meru Academy")), ""},
		{"accepted party beside the wanted", set("agreement", memo, "parties", list("Nordvik College", "School of Design", "Meru Academy")), ""},
		{"parent stands in for its unit only", set("agreement", memo, "parties", list("School of Design", "Meru Academy")), "agreement -1 +0 +1; agreement.parties -1 +0 +1"},
		{"party twice", set("agreement", memo, "parties", list("Nordvik College", "NC", "School of Design")), "agreement +0 +1 +0; agreement.parties +0 +1 +0"},
		{"all institutions are no agreement", add(object{"kind": "agreement", "parties": list("Nordvik College", "A", "B", "C", "D", "E", "F")}),
			"agreement.found +0 +1 +0; agreement +0 +7 +0; agreement.parties +0 +7 +0"},
		{"unknown kind", add(object{"kind": "quotation", "name": "x"}, object{"kind": nil}), ""},
	} {
		if got := moved(t, test.change); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

func TestUncitedFacts(t *testing.T) {
	c := smallCase(t)
	for _, test := range []struct {
		kind, name string
		citations  any
		want       string // part of the reason, or "" when the fact is cited
	}{
		{"person", "Ida Holm", []any{object{"start": 16, "end": 24, "quote": "Ida Holm"}}, ""},
		{"person", "Ida Marie Holm-Berg", []any{object{"start": 16, "end": 24, "quote": "Ida Holm"}}, ""},
		{"person", "Ida Holm", []any{object{"start": 17, "end": 25, "quote": "Ida Holm"}}, "the quote is"},
		{"person", "Ida Holm", []any{object{"start": 16, "end": 24, "quote": "Ida Holm"}, object{"start": 0, "end": 0, "quote": ""}}, "citation 1"},
		{"person", "Ida Holm", []any{object{"start": true, "end": 2.5, "quote": "On"}}, "whole numbers"},
		{"person", "Ida Holm", []any{object{"start": -4, "end": 3, "quote": "2023"}}, "no place"},
		{"person", "Ida Holm", []any{object{"start": 0, "end": 1, "quote": "O"}}, "half the words"},
		{"person", "Ida Holm", []any{}, "no citation"},
		{"person", "Ida Holm", "x", "no citation"},
		{"person", "Ida Holm", []any{nil}, "not an object"},
		{"person", "Ida Holm", []any{object{"start": 0, "end": 3}}, "no quote"},
		{"date", "", []any{object{"start": 2, "end": 3, "quote": " "}}, "no word"},
		{"date", "", []any{object{"start": 3, "end": 15, "quote": "7 March 2023"}}, ""},
		{"agreement", "", []any{object{"start": 0, "end": 2, "quote": "On"}}, "fewer than two words"},
		{"agreement", "", []any{object{"start": 0, "end": 4, "quote": "On 7"}}, ""},
	} {
		r := scored(t, c, []any{object{"kind": test.kind, "name": test.name, "citations": test.citations}})
		var reason string
		for _, e := range r.Errors() {
			if e.Kind == "uncited" {
				reason = e.What
			}
		}
		if test.want == "" && r.UncitedFacts != 0 || test.want != "" && (r.UncitedFacts != 1 || !strings.Contains(reason, test.want)) {
			t.Errorf("%s %v: want %q, have %d uncited, %q", test.kind, test.citations, test.want, r.UncitedFacts, reason)
		}
	}
	title := func(start, end int, quote string) int {
		return scored(t, c, []any{object{"kind": "title", "person": "Ida Holm", "title": "head", "citations": []any{object{"start": start, "end": end, "quote": quote}}}}).UncitedFacts
	}
	if title(16, 30, "Ida Holm, head") != 0 || title(26, 30, "head") != 1 || title(16, 24, "Ida Holm") != 1 {
		t.Error("a title needs its words and a word of its holder")
	}
}

func TestGreedyWouldLoseOne(t *testing.T) {
	c, err := ParseGold("doc", []byte(`{"dates": [{"text": "May 2024", "value": "2024-05"}, {"text": "2024", "value": "2024", "also": ["2024-05"]}],
		"institutions": [{"name": "Alpha", "also": ["Beta"]}, {"name": "Beta", "also": ["Alpha"], "optional": true},
		                 {"name": "Faculty of Law", "parent": "A"}, {"name": "Faculty of Law", "parent": "B"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	facts := []any{
		object{"kind": "date", "value": "2024-05", "citations": []any{object{"quote": "May 2024"}}},
		object{"kind": "date", "value": "2024-05", "citations": []any{object{"quote": "2024"}}},
		object{"kind": "institution", "name": "Alpha"},
		object{"kind": "institution", "name": "Faculty of Law", "parent": "B"},
		object{"kind": "institution", "name": "Faculty of Law", "parent": "A"},
	}
	for range 2 {
		r := scored(t, c, facts)
		for name, want := range map[string]Count{"date.value": {2, 0, 0}, "institution": {3, 0, 0}, "institution.parent": {2, 0, 0}} {
			if m, _ := r.Metric(name); m.Count != want {
				t.Errorf("%s is %v, want %v", name, m.Count, want)
			}
		}
		slices.Reverse(facts)
	}
}

func TestAssignIsOptimal(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		n, m, k := 1+rng.IntN(4), 1+rng.IntN(5), 1+rng.IntN(3)
		weights := make([][]weight, n)
		for i := range weights {
			weights[i] = make([]weight, m)
			for j := range weights[i] {
				if rng.IntN(3) > 0 {
					w := make(weight, k)
					for p := range w {
						w[p] = int64(rng.IntN(5) - 1)
					}
					weights[i][j] = w
				}
			}
		}
		total := make(weight, k)
		rows, columns := map[int]bool{}, map[int]bool{}
		for _, p := range assign(weights, k) {
			if rows[p.row] || columns[p.column] {
				t.Fatal("a row or column is paired twice")
			}
			rows[p.row], columns[p.column] = true, true
			total.add(weights[p.row][p.column])
		}
		if best := bestTotal(weights, k, 0, map[int]bool{}); best.less(total) || total.less(best) {
			t.Fatalf("the pairing of %v weighs %v, the best %v", weights, total, best)
		}
	}
}

// bestTotal tries every pairing.
func bestTotal(weights [][]weight, k, row int, taken map[int]bool) weight {
	if row == len(weights) {
		return make(weight, k)
	}
	best := bestTotal(weights, k, row+1, taken)
	for j, w := range weights[row] {
		if w.sign() > 0 && !taken[j] {
			taken[j] = true
			total := bestTotal(weights, k, row+1, taken)
			total.add(w)
			if best.less(total) {
				best = total
			}
			delete(taken, j)
		}
	}
	return best
}

func TestNorm(t *testing.T) {
	for _, same := range [][2]string{{"The Nordvik College", "nordvik college"}, {"Vice\u2011Chair", "vice–chair"}, {"Co., Ltd.", "co ltd"}, {"Xi'an", "Xi’an"},
		{"Hawai\u02bbi", "Hawaii"}, {"Arts & Law", "Arts and Law"}, {"Ministère", "MINISTE\u0300RE"}, {"Straße", "STRASSE"}, {"insti\u00adtute", "institute"},
		{"İzmir", "izmir"}, {"ΟΔΟΣ", "οδος"}, {"Абай", "АБАЙ"}, {"ＡＢＣ 大学", "abc 大学"}, {"A\u00a0B", "a b"}, {"ﬁnance", "finance"}} {
		if a, b := normalize(same[0]), normalize(same[1]); a != b || a == "" {
			t.Errorf("%q and %q: %q and %q", same[0], same[1], a, b)
		}
	}
	for _, other := range [][2]string{{"Абай", "Абая"}, {"北京大学", "南京大学"}, {"Lab 1", "Lab 2"}, {"Alpha the Great", "Alpha Great"}, {"27-28", "2728"}, {"AU", "A U"}} {
		if normalize(other[0]) == normalize(other[1]) {
			t.Errorf("%q and %q are one", other[0], other[1])
		}
	}
	for _, nothing := range []string{"", "—", "...", "\u0301", "''"} {
		if got := normalize(nothing); got != "" {
			t.Errorf("%q gives %q", nothing, got)
		}
	}
	if got := normalize("x" + strings.Repeat("\u0301", 100) + "y"); got != "xy" {
		t.Errorf("a letter with 100 accents gives %q", got)
	}
}

func TestReadLines(t *testing.T) {
	c := smallCase(t)
	const doc, other = `{"document": {"source": "in/doc.txt"}}`, `{"document": {"source": "o.txt"}}`
	read := func(cases []Case, rows ...string) error {
		_, err := ReadLines(strings.NewReader(strings.Join(rows, "\n")), "run.jsonl", cases...)
		return err
	}
	for _, test := range []struct {
		err  error
		want string
	}{
		{read([]Case{c}, doc, "", other, other), ""},
		{read([]Case{c}, doc, doc), "run.jsonl:2: a second line for doc"},
		{read(nil, other, other), "run.jsonl:2: a second line for o"},
		{read([]Case{c}, doc, `{"document": null}`), "run.jsonl:2: not a line of the exchange format"},
		{read([]Case{c}, `{"document": {"source": "doc.txt"}, "facts": [1]}`), "element 0"},
	} {
		if test.want == "" && test.err != nil || test.want != "" && (test.err == nil || !strings.Contains(test.err.Error(), test.want)) {
			t.Errorf("want %q, have %v", test.want, test.err)
		}
	}
	for source, want := range map[string]string{"a/b.c/doc.txt": "doc", "doc.tar.gz": "doc.tar", ".txt": ".txt", "..txt": "..txt", "x/": "", "https://h/p/doc.html": "doc"} {
		if got := Stem(source); got != want {
			t.Errorf("the stem of %q is %q, want %q", source, got, want)
		}
	}
	r := Score([]Case{c}, nil)
	if r.Overall != 0 || len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0], "no line for doc") {
		t.Errorf("an empty run has %v and warnings %q", r.Overall, r.Warnings)
	}
}

func TestBootstrapDraws(t *testing.T) {
	g := generator(1)
	var draws []int
	for range 8 {
		draws = append(draws, g.draw(1000))
	}
	// Computed from the recurrence x = 6364136223846793005 x + 1442695040888963407 with arbitrary-precision integers.
	if want := []int{774, 153, 196, 870, 34, 795, 130, 902}; !slices.Equal(draws, want) {
		t.Errorf("the draws are %v, want %v", draws, want)
	}
}

func TestFloors(t *testing.T) {
	r := scored(t, smallCase(t), nil)
	floors, err := ReadFloors(strings.NewReader(`{"overall": 0.9, "person": 0, "documents": 2, "uncited_facts": 0, "agreement.date": 0.5}`))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"agreement.date is F1 0.0000, below its floor of 0.5", "documents is 1, below its floor of 2", "overall is F1 0.0000, below its floor of 0.9"}
	if got := r.Below(floors); !slices.Equal(got, want) {
		t.Errorf("below: %q, want %q", got, want)
	}
	if got := scored(t, smallCase(t), smallRun(t)).Below(Floors{"overall": 1, "uncited_facts": 0}); len(got) > 0 {
		t.Errorf("a perfect run is below: %q", got)
	}
	if got := scored(t, smallCase(t), []any{object{"kind": "x"}}).Below(Floors{"uncited_facts": 0}); len(got) != 1 {
		t.Errorf("an uncited fact passes: %q", got)
	}
	for _, bad := range []string{"", "{}", "[]", `{"overal": 1}`, `{"overall": 90}`, `{"overall": "0.9"}`, `{"documents": 1.5}`, `{"overall": 1} {}`} {
		if _, err := ReadFloors(strings.NewReader(bad)); err == nil {
			t.Errorf("%q is taken for floors", bad)
		}
	}
}

func TestWriteErrorsEscapes(t *testing.T) {
	var b strings.Builder
	if err := WriteErrors(&b, []Error{{Document: "doc", Metric: "person", Kind: "spurious", What: "A\x1b[2J\n B\u202eC"}}); err != nil {
		t.Fatal(err)
	}
	if want := "doc\tperson\tspurious\tA\\x1b[2J B\\u202eC\n"; b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
}

// TestManyFacts holds that a run of tens of thousands of facts is scored at all: with a
// pairing that is cubic in the run's facts it would not end.
func TestManyFacts(t *testing.T) {
	once := smallRun(t)
	var facts []any
	const times = 2000
	for range times {
		facts = append(facts, once...)
	}
	r := scored(t, smallCase(t), facts)
	for name, want := range map[string]Count{"person": {3, 3*times - 3, 0}, "agreement.found": {2, 2*times - 2, 0}, "title": {3, 3*times - 3, 0}} {
		if m, _ := r.Metric(name); m.Count != want {
			t.Errorf("%s is %v, want %v", name, m.Count, want)
		}
	}
}
