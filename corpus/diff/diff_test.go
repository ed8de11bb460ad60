package diff

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dateline/corpus"
	"dateline/extract"
	"dateline/extract/token"
)

// cite is a citation of the n-th place (from 0) of some words.
func cite(t interface{ Fatalf(string, ...any) }, text, quote string, n int) extract.Citation {
	at := 0
	for ; ; n-- {
		i := strings.Index(text[at:], quote)
		if i < 0 {
			t.Fatalf("%q does not stand in %q", quote, text)
		}
		at += i
		if n == 0 {
			return extract.Citation{Span: token.Span{Start: at, End: at + len(quote)}, Quote: quote, Rule: "test"}
		}
		at += len(quote)
	}
}

func person(t *testing.T, text, name string, aliases ...string) Fact {
	return Fact{Fact: extract.Fact{Kind: extract.KindPerson, Person: &extract.Person{Name: name, Aliases: aliases}, Citations: []extract.Citation{cite(t, text, name, 0)}}}
}

func title(t *testing.T, text, quote, who, post, where string) Fact {
	return Fact{Fact: extract.Fact{Kind: extract.KindTitle, Title: &extract.Title{Person: who, Title: post, Institution: where, When: "current"},
		Citations: []extract.Citation{cite(t, text, quote, 0)}}}
}

func contract(t *testing.T, text, quote, date string, parties ...string) Fact {
	return Fact{Fact: extract.Fact{Kind: extract.KindAgreement, Agreement: &extract.Agreement{Type: "contract", Status: "signed", Parties: parties, Date: date},
		Citations: []extract.Citation{cite(t, text, quote, 0)}}}
}

// told is a result as lines for a comparison.
func told(r Result) string {
	var lines []string
	for _, c := range r.Changes {
		line := string(c.What) + " " + string(c.Kind)
		if c.Old != nil {
			line += " | " + strings.ReplaceAll(stated(&c.Old.Fact), "\x1f", ",")
		}
		if c.New != nil {
			line += " | " + strings.ReplaceAll(stated(&c.New.Fact), "\x1f", ",")
		}
		for _, s := range c.Slots {
			line += fmt.Sprintf(" | %s: %s → %s", s.Name, s.Old, s.New)
		}
		if c.Decided != "" {
			line += " (" + string(c.Decided) + ")"
		}
		if c.Revived {
			line += " (revived)"
		}
		if c.Adopted {
			line += " (adopted)"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

const (
	oldText = "Ida Holm, head of Nordvik College, and Raj Patel, chair of Meru Academy, met.\n\nOn 7 March the College and Oryx Press signed a contract."
	// The same in other lines, with new words before, within and behind.
	newText = "NEWS\nToday from the north:\n\nIda Holm, head of Nordvik College, and Raj Patel,\nchair of the proud Meru Academy, met.\n\nOn 7 March the College and Oryx Press signed a contract.\nMore soon."
)

func TestCompare(t *testing.T) {
	doc := func(text string, facts ...Fact) *Document {
		return &Document{Source: "a.txt", Text: text, Facts: facts}
	}
	holm := func(text string) Fact {
		return title(t, text, "Ida Holm, head of Nordvik College", "Ida Holm", "head", "Nordvik College")
	}
	signed := func(text, date string) Fact {
		return contract(t, text, "On 7 March the College and Oryx Press signed a contract.", date, "Nordvik College", "Oryx Press")
	}
	for name, c := range map[string]struct {
		old, now *Document
		want     string
	}{
		"moved text changes nothing": {doc(oldText, person(t, oldText, "Ida Holm"), holm(oldText), signed(oldText, "2023-03-07")),
			doc(newText, signed(newText, "2023-03-07"), holm(newText), person(t, newText, "Ida Holm")), ""},
		"lost and gained": {doc(oldText, person(t, oldText, "Ida Holm")), doc(oldText, person(t, oldText, "Raj Patel")),
			"lost person | person,Ida Holm,\ngained person | person,Raj Patel,"},
		"another value of the same words, moved": {doc(oldText, signed(oldText, "2023-03-07")), doc(newText, signed(newText, "2023-03-08")),
			"changed agreement | agreement,contract,signed,Nordvik College\x1eOryx Press,,2023-03-07,, | agreement,contract,signed,Nordvik College\x1eOryx Press,,2023-03-08,, | date: 2023-03-07 → 2023-03-08"},
		"an alias more": {doc(oldText, person(t, oldText, "Ida Holm")), doc(oldText, person(t, oldText, "Ida Holm", "Holm")),
			"changed person | person,Ida Holm, | person,Ida Holm,Holm | aliases:  → Holm"},
		"a longer name at the same words": {doc(oldText, person(t, oldText, "Holm")), doc(newText, person(t, newText, "Ida Holm")),
			"changed person | person,Holm, | person,Ida Holm, | name: Holm → Ida Holm"},
		"two posts of one place are two facts": {
			doc(oldText, title(t, oldText, "Ida Holm, head of Nordvik College", "Ida Holm", "head", "Nordvik College")),
			doc(oldText, title(t, oldText, "head of Nordvik College, and Raj Patel, chair of Meru Academy", "Raj Patel", "chair", "Meru Academy")),
			"lost title | title,Ida Holm,head,Nordvik College,current\ngained title | title,Raj Patel,chair,Meru Academy,current"},
		"another institution": {doc(oldText, holm(oldText)), doc(oldText, title(t, oldText, "Ida Holm, head of Nordvik College", "Ida Holm", "head", "Meru Academy")),
			"changed title | title,Ida Holm,head,Nordvik College,current | title,Ida Holm,head,Meru Academy,current | institution: Nordvik College → Meru Academy"},
		"the order of parties does not count": {doc(oldText, contract(t, oldText, "7 March", "", "A", "B")), doc(oldText, contract(t, oldText, "7 March", "", "B", "A")), ""},
		"a new document":                      {nil, doc(oldText, person(t, oldText, "Ida Holm")), "gained person | person,Ida Holm,"},
		"a document that is gone":             {doc(oldText, person(t, oldText, "Ida Holm")), nil, "lost person | person,Ida Holm,"},
	} {
		if got := told(Compare(c.old, c.now, nil, nil)); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
	}
}

func TestDecisionsAreCrossed(t *testing.T) {
	decided := func(f Fact, state corpus.ReviewState) Fact { f.State = state; return f }
	one := func(facts ...Fact) *Document { return &Document{Source: "a.txt", Text: oldText, Facts: facts} }
	holm, patel := person(t, oldText, "Ida Holm"), person(t, oldText, "Raj Patel")
	short := person(t, oldText, "Holm")
	edited := decided(short, corpus.ReviewAccepted)
	edited.Edited = &holm.Fact
	gone := Decisions{}
	gone.Add(&patel.Fact, corpus.ReviewRejected)
	goneAccepted := Decisions{}
	goneAccepted.Add(&holm.Fact, corpus.ReviewAccepted)
	for name, c := range map[string]struct {
		old, now         *Document
		oldGone, nowGone Decisions
		want             string
		summary          Summary
	}{
		"accepted and lost": {old: one(decided(holm, corpus.ReviewAccepted), patel), now: one(patel),
			want: "lost person | person,Ida Holm, (accepted)", summary: Summary{LostAccepted: 1}},
		"accepted and lost, as the new database remembers": {old: one(holm), now: one(), nowGone: goneAccepted,
			want: "lost person | person,Ida Holm, (accepted)", summary: Summary{LostAccepted: 1}},
		"accepted and changed": {old: one(decided(holm, corpus.ReviewAccepted)), now: one(short),
			want: "changed person | person,Ida Holm, | person,Holm, | name: Ida Holm → Holm (accepted)", summary: Summary{ChangedAccepted: 1}},
		"an alias of an accepted person": {old: one(decided(holm, corpus.ReviewAccepted)), now: one(person(t, oldText, "Ida Holm", "Holm")),
			want: "changed person | person,Ida Holm, | person,Ida Holm,Holm | aliases:  → Holm (accepted)"},
		"read as it was edited": {old: one(edited), now: one(holm),
			want: "changed person | person,Holm, | person,Ida Holm, | name: Holm → Ida Holm (accepted) (adopted)", summary: Summary{Adopted: 1}},
		"rejected and lost": {old: one(decided(holm, corpus.ReviewRejected)), now: one(),
			want: "lost person | person,Ida Holm, (rejected)", summary: Summary{LostRejected: 1}},
		"rejected earlier, and back": {old: one(), now: one(patel), oldGone: gone,
			want: "gained person | person,Raj Patel, (rejected) (revived)", summary: Summary{Revived: 1}},
		"rejected earlier, and back under its decision": {old: one(), now: one(decided(patel, corpus.ReviewRejected)),
			want: "gained person | person,Raj Patel, (rejected) (revived)", summary: Summary{Revived: 1}},
		"rejected in both": {old: one(decided(holm, corpus.ReviewRejected)), now: one(decided(holm, corpus.ReviewRejected))},
	} {
		r := Compare(c.old, c.now, c.oldGone, c.nowGone)
		if got := told(r); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
		s := Summary{Kinds: map[extract.Kind]Count{}}
		s.add(r)
		got := Summary{LostAccepted: s.LostAccepted, ChangedAccepted: s.ChangedAccepted, LostRejected: s.LostRejected, Revived: s.Revived, Adopted: s.Adopted}
		if !reflect.DeepEqual(got, c.summary) {
			t.Errorf("%s: counted %+v, want %+v", name, got, c.summary)
		}
	}
}

// memory is a side in memory.
type memory []Document

func (m memory) Entries() []Entry {
	var out []Entry
	for _, d := range m {
		out = append(out, Entry{d.Source, "hash of " + d.Text})
	}
	return out
}

func (m memory) Document(_ context.Context, source string) (Document, error) {
	for _, d := range m {
		if d.Source == source {
			return d, nil
		}
	}
	return Document{}, fmt.Errorf("no document %s", source)
}

func (m memory) Gone(string) Decisions { return nil }

// vocabulary is small, so that random facts collide.
var vocabulary = []string{"Ida", "Holm", "Raj", "College", "of", "Meru", "signed", "with", "7", "March", ".", "\n"}

func randomDocument(t *rapid.T, source string) Document {
	words := rapid.SliceOfN(rapid.SampledFrom(vocabulary), 3, 40).Draw(t, "words")
	doc := Document{Source: source, Text: strings.Join(words, " ")}
	tokens := token.Tokenize(doc.Text)
	if len(tokens) == 0 {
		return doc
	}
	name := func() string {
		return rapid.SampledFrom([]string{"Ida Holm", "Raj", "Holm", "Meru College", ""}).Draw(t, "name")
	}
	state := func() corpus.ReviewState {
		return rapid.SampledFrom([]corpus.ReviewState{"", corpus.ReviewOpen, corpus.ReviewAccepted, corpus.ReviewRejected}).Draw(t, "state")
	}
	for range rapid.IntRange(0, 8).Draw(t, "facts") {
		f := Fact{State: state()}
		switch f.Kind = rapid.SampledFrom(extract.Kinds).Draw(t, "kind"); f.Kind {
		case extract.KindDate:
			f.Date = &extract.Date{Type: "date", Value: rapid.SampledFrom([]string{"2023", "2024", "2024-05"}).Draw(t, "value")}
		case extract.KindPerson:
			f.Person = &extract.Person{Name: name() + " P", Aliases: []string{name()}}
		case extract.KindInstitution:
			f.Institution = &extract.Institution{Name: name() + " I", Parent: name()}
		case extract.KindTitle:
			f.Title = &extract.Title{Person: name() + " P", Title: rapid.SampledFrom([]string{"head", "chair"}).Draw(t, "post"), Institution: name(), When: "current"}
		case extract.KindAgreement:
			f.Agreement = &extract.Agreement{Type: "contract", Status: "signed", Parties: []string{name(), name()}, Subject: name()}
		}
		for range rapid.IntRange(1, 2).Draw(t, "citations") {
			first := rapid.IntRange(0, len(tokens)-1).Draw(t, "first")
			last := rapid.IntRange(first, min(first+5, len(tokens)-1)).Draw(t, "last")
			span := token.Span{Start: tokens[first].Start(), End: tokens[last].End()}
			f.Citations = append(f.Citations, extract.Citation{Span: span, Quote: span.Of(doc.Text)})
		}
		slices.SortFunc(f.Citations, func(a, b extract.Citation) int { return a.Start - b.Start })
		doc.Facts = append(doc.Facts, f)
	}
	return doc
}

func randomSide(t *rapid.T) memory {
	var m memory
	for _, source := range []string{"a", "b", "c", "d"} {
		if rapid.IntRange(0, 4).Draw(t, "has") > 0 {
			m = append(m, randomDocument(t, source))
		}
	}
	return m
}

// changed is a side after some of its facts and words changed: a likelier thing than two
// unrelated ones.
func changed(t *rapid.T, m memory) memory {
	out := memory{}
	for _, d := range m {
		before := rapid.SampledFrom([]string{"", "Meru signed. ", "\n\n"}).Draw(t, "before")
		to := Document{Source: d.Source, Text: before + d.Text}
		for _, f := range d.Facts {
			if rapid.IntRange(0, 5).Draw(t, "keep") == 0 {
				continue
			}
			cites := slices.Clone(f.Citations)
			for i := range cites {
				cites[i].Start += len(before)
				cites[i].End += len(before)
			}
			f.Citations = cites
			if f.Title != nil && rapid.Bool().Draw(t, "change") {
				title := *f.Title
				title.Institution += " Academy"
				f.Title = &title
			}
			to.Facts = append(to.Facts, f)
		}
		if rapid.Bool().Draw(t, "shuffle") {
			to.Facts = rapid.Permutation(to.Facts).Draw(t, "facts")
		}
		out = append(out, to)
	}
	return out
}

// all compares two sides and gives every change as text.
func all(t *rapid.T, old, now Side) (lines []string, s Summary) {
	s, err := All(context.Background(), old, now, func(r Result) error {
		lines = append(lines, fmt.Sprintf("%v %v", r.Old != nil, r.New != nil))
		lines = append(lines, strings.Split(told(r), "\n")...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines, s
}

func TestSelfComparisonIsEmpty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randomSide(t)
		shuffled := memory{}
		for _, d := range rapid.Permutation(m).Draw(t, "documents") {
			d.Facts = rapid.Permutation(d.Facts).Draw(t, "facts")
			shuffled = append(shuffled, d)
		}
		_, s := all(t, m, shuffled)
		if c := s.All(); c.Lost+c.Gained+c.Changed+s.Differ+s.OnlyOld+s.OnlyNew != 0 {
			t.Fatalf("a side differs from itself: %+v", s)
		}
	})
}

func TestTheOtherWayRoundIsTheMirror(t *testing.T) {
	moved := 0
	rapid.Check(t, func(t *rapid.T) {
		a := randomSide(t)
		b := changed(t, a)
		if rapid.Bool().Draw(t, "unrelated") {
			b = randomSide(t)
		}
		var there, back []Result
		keep := func(to *[]Result) func(Result) error {
			return func(r Result) error { *to = append(*to, r); return nil }
		}
		sThere, err := All(context.Background(), a, b, keep(&there))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := All(context.Background(), b, a, keep(&back)); err != nil {
			t.Fatal(err)
		}
		if len(there) != len(back) {
			t.Fatalf("%d documents there, %d back", len(there), len(back))
		}
		for i := range there {
			x, y := there[i], back[i]
			if !reflect.DeepEqual(x.Same, y.Same) || len(x.Changes) != len(y.Changes) {
				t.Fatalf("there\n%s\nback\n%s", told(x), told(y))
			}
			mirror := map[What]What{Lost: Gained, Gained: Lost, Changed: Changed}
			for k, c := range x.Changes {
				d := y.Changes[k]
				same := d.What == mirror[c.What] && d.Kind == c.Kind && reflect.DeepEqual(c.Old, d.New) && reflect.DeepEqual(c.New, d.Old) && len(c.Slots) == len(d.Slots)
				for n := range c.Slots {
					same = same && c.Slots[n].Name == d.Slots[n].Name && c.Slots[n].Old == d.Slots[n].New && c.Slots[n].New == d.Slots[n].Old
				}
				if !same {
					t.Fatalf("there\n%s\nback\n%s", told(x), told(y))
				}
				moved++
			}
		}
		// Every fact of either side is in one place of the result.
		facts := func(m memory) (n int) {
			for _, d := range m {
				n += len(d.Facts)
			}
			return n
		}
		c := sThere.All()
		if c.Same+c.Changed+c.Lost != facts(a) || c.Same+c.Changed+c.Gained != facts(b) {
			t.Fatalf("%+v does not account for %d and %d facts", c, facts(a), facts(b))
		}
	})
	if moved == 0 {
		t.Error("no random pair of sides differed: nothing was mirrored")
	}
}

func TestDocumentsPairBySourceThenByBytes(t *testing.T) {
	old := []Entry{{"a", "1"}, {"b", "2"}, {"twice", "3"}, {"gone", "4"}, {"noHash", ""}}
	now := []Entry{{"new", "5"}, {"moved/b", "2"}, {"a", "9"}, {"x", "3"}, {"y", "3"}, {"other", ""}}
	var got []string
	for _, p := range pairs(old, now) {
		got = append(got, p.old+"→"+p.now)
	}
	want := "a→a b→moved/b gone→ →new noHash→ →other twice→ →x →y"
	if strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", strings.Join(got, " "), want)
	}
}

func TestShift(t *testing.T) {
	a := "One two three four five. Six seven eight nine ten. Eleven twelve."
	b := "Before. One two three four five. Six, then seven eight nine ten eleven.\nEleven twelve."
	s := newShift(a, b)
	for words, want := range map[string]string{
		"two three": "two three", "five. Six": "five. Six", "seven eight nine": "seven eight nine", "Eleven twelve.": "Eleven twelve.",
		"Six seven": "Six, then seven", "One two three four five. Six seven eight nine ten. Eleven twelve.": strings.TrimPrefix(b, "Before. "),
	} {
		i := strings.Index(a, words)
		got, ok := s.span(token.Span{Start: i, End: i + len(words)})
		if !ok || got.Of(b) != want {
			t.Errorf("%q is found as %q (%v), want %q", words, got.Of(b), ok, want)
		}
	}
	if got, ok := newShift("Only here.", "Quite another text").span(token.Span{Start: 0, End: 4}); ok {
		t.Errorf("words that are gone are found at %v", got)
	}
	if _, ok := newShift("", "x").span(token.Span{}); ok {
		t.Error("a place in an empty text is found")
	}
}

// TestShiftKeepsWords holds on random texts: what is found at either end of a span are its
// own words, in order.
func TestShiftKeepsWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom(vocabulary), 1, 60).Draw(t, "words")
		a := strings.Join(words, " ")
		cut := rapid.IntRange(0, len(words)).Draw(t, "cut")
		b := strings.Join(slices.Concat(words[:cut], rapid.SliceOfN(rapid.SampledFrom(vocabulary), 0, 9).Draw(t, "more"), words[cut:]), " ")
		s := newShift(a, b)
		if s.same {
			return
		}
		before := -1
		for i, j := range s.to {
			if j < 0 {
				continue
			}
			if j <= before || s.a[i].Of(a) != s.b[j].Of(b) {
				t.Fatalf("token %d (%q) of %q is token %d of %q, after %d", i, s.a[i].Of(a), a, j, b, before)
			}
			before = j
		}
		if len(s.a) > 0 && before < 0 {
			t.Fatalf("%q has nothing in common with %q", a, b)
		}
	})
}

// TestCrowdedPlacesAreBounded gives thousands of facts the same words: the pairs that are
// weighed stay within a fixed number a citation.
func TestCrowdedPlacesAreBounded(t *testing.T) {
	const n = 20_000
	crowd := func(part string) *side {
		doc := &Document{Source: "a", Text: oldText}
		for i := range n {
			doc.Facts = append(doc.Facts, Fact{Fact: extract.Fact{Kind: extract.KindDate, Date: &extract.Date{Type: "date", Value: fmt.Sprint(part, i)},
				Citations: []extract.Citation{{Span: token.Span{Start: 0, End: len(oldText)}, Quote: oldText}}}})
		}
		return newSide(doc, "a")
	}
	got := len(overlaps(crowd("x"), crowd("y")))
	if got == 0 || got > 2*n*mostOpen {
		t.Errorf("%d pairs are weighed", got)
	}
}
