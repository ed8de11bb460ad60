package main

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"dateline/corpus"
	"dateline/corpus/diff"
	"dateline/extract"
	"dateline/extract/token"
)

// sentences finds the sentences of a document that facts are cited in; it reads the text when
// it is first asked.
type sentences struct {
	text  string
	found []token.Sentence
	index *extract.RuneIndex
}

// read cuts the text into sentences, once.
func (s *sentences) read() {
	if s.index == nil {
		s.found, s.index = token.Sentences(s.text, token.Tokenize(s.text)), extract.NewRuneIndex(s.text)
	}
}

// of gives the sentence of a fact's first citation, with the quote's place in it. What stands
// far from the quote is left out: a text may come without a full stop.
func (s *sentences) of(f *diff.Fact) surroundings {
	s.read()
	quote := f.Citations[0].Span
	from, to := quote.Start, quote.End
	for _, x := range s.found[sentenceAt(s.found, quote.Start):] {
		if x.Start >= quote.End {
			break
		}
		from, to = min(from, x.Start), max(to, x.End)
	}
	before, after := lastRunes(s.text[from:quote.Start], 200), firstRunes(s.text[quote.End:to], 200)
	cited := firstRunes(f.Citations[0].Quote, 600) // a run of another program may quote whole pages
	return surroundings{text: before + cited + after, start: len(before), end: len(before) + len(cited)}
}

// sentenceAt is the index of the first sentence that ends behind a byte.
func sentenceAt(all []token.Sentence, at int) int {
	low, high := 0, len(all)
	for low < high {
		if middle := (low + high) / 2; all[middle].End > at {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i] + "…"
		}
		n--
	}
	return s
}

func lastRunes(s string, n int) string {
	at := len(s)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	if at == 0 {
		return s
	}
	return "…" + s[at:]
}

// diffSentences are the sentences of both readings of a document.
func diffSentences(r diff.Result) (old, now *sentences) {
	old, now = &sentences{}, &sentences{}
	if r.Old != nil {
		old.text = r.Old.Text
	}
	if r.New != nil {
		now.text = r.New.Text
	}
	return old, now
}

// writeDiffText prints the changes of one document for people.
func writeDiffText(b *bytes.Buffer, r diff.Result, color bool) {
	switch {
	case r.New == nil:
		fmt.Fprintf(b, "%s (only in the old one)\n", oneLine(r.Old.Source))
	case r.Old == nil:
		fmt.Fprintf(b, "%s (only in the new one)\n", oneLine(r.New.Source))
	case r.Old.Source != r.New.Source:
		fmt.Fprintf(b, "%s (was %s)\n", oneLine(r.New.Source), oneLine(r.Old.Source))
	default:
		fmt.Fprintln(b, oneLine(r.New.Source))
	}
	oldSentences, newSentences := diffSentences(r)
	for _, c := range r.Changes {
		f, in := c.New, newSentences
		if f == nil {
			f, in = c.Old, oldSentences
		}
		if c.What == diff.Changed {
			f = c.Old // what it was; the slots say what it is
		}
		fmt.Fprintf(b, "  %-7s  %-11s  %s%s\n", c.What, oneLine(string(c.Kind)), oneLine(describe(f.Fact)), oneLine(bracketed(decisionNote(c))))
		for _, s := range c.Slots {
			fmt.Fprintf(b, "           %s: %s → %s\n", s.Name, oneLine(orNothing(s.Old)), oneLine(orNothing(s.New)))
		}
		if c.What == diff.Changed {
			if old, now := oldSentences.of(c.Old), newSentences.of(c.New); old != now {
				fmt.Fprintf(b, "           old: %s\n", old.show(string(c.Kind), color))
				fmt.Fprintf(b, "           new: %s\n", now.show(string(c.Kind), color))
				continue
			}
			f = c.New
		}
		fmt.Fprintf(b, "           %s\n", in.of(f).show(string(c.Kind), color))
	}
	b.WriteByte('\n')
}

func orNothing(s string) string {
	if s == "" {
		return "nothing"
	}
	return s
}

// decisionNote says what people decided about a change.
func decisionNote(c diff.Change) string {
	var notes []string
	switch {
	case c.Adopted:
		notes = append(notes, "as a person had edited it")
	case c.Decided == corpus.ReviewAccepted:
		notes = append(notes, "accepted")
	case c.Decided == corpus.ReviewRejected:
		notes = append(notes, "rejected")
	}
	if c.Revived && c.What == diff.Changed {
		notes = append(notes, "now as it was rejected")
	}
	return strings.Join(notes, ", ")
}

// writeDiffSummary prints the counts.
func writeDiffSummary(b *bytes.Buffer, s diff.Summary) error {
	row := func(name string, c diff.Count) []string {
		return []string{name, strconv.Itoa(c.Lost), strconv.Itoa(c.Gained), strconv.Itoa(c.Changed), strconv.Itoa(c.Same)}
	}
	var rows [][]string
	for _, kind := range extract.AllKinds(s.Kinds) {
		rows = append(rows, row(string(kind), s.Kinds[kind]))
	}
	rows = append(rows, row("all", s.All()))
	err := writeTable(b, []column{{name: "facts", fixed: true}, {name: "lost", right: true, fixed: true}, {name: "gained", right: true, fixed: true},
		{name: "changed", right: true, fixed: true}, {name: "same", right: true, fixed: true}}, rows, 0)
	if err != nil {
		return err
	}
	fmt.Fprintf(b, "\n%d of %s %s", s.Differ, plural(s.Documents, "document", "documents"), map[bool]string{true: "differs", false: "differ"}[s.Differ == 1])
	if s.OnlyOld+s.OnlyNew > 0 {
		fmt.Fprintf(b, "; only in the old one: %d, only in the new one: %d", s.OnlyOld, s.OnlyNew)
	}
	fmt.Fprintln(b)
	var decided []string
	for _, x := range []struct {
		n    int
		what string
	}{{s.LostAccepted, "loses %d accepted"}, {s.ChangedAccepted, "changes %d accepted"}, {s.Adopted, "reads %d as edited"},
		{s.LostRejected, "drops %d rejected"}, {s.Revived, "revives %d rejected"}} {
		if x.n > 0 {
			decided = append(decided, fmt.Sprintf(x.what, x.n))
		}
	}
	if len(decided) > 0 {
		fmt.Fprintf(b, "of decided facts, the new one %s\n", strings.Join(decided, ", "))
	}
	return nil
}

// writeDiffLines prints the changes of one document as JSON, one a line.
func writeDiffLines(b *bytes.Buffer, r diff.Result) error {
	oldSentences, newSentences := diffSentences(r)
	for _, c := range r.Changes {
		slots := make([]object, len(c.Slots))
		for i, s := range c.Slots {
			slots[i] = object{{"slot", s.Name}, {"old", orNull(s.Old)}, {"new", orNull(s.New)}}
		}
		o := object{{"change", string(c.What)}, {"kind", c.Kind},
			{"old", diffFactObject(r.Old, c.Old, oldSentences)}, {"new", diffFactObject(r.New, c.New, newSentences)},
			{"slots", slots}, {"decided", orNull(string(c.Decided))}, {"adopted", c.Adopted}, {"revived", c.Revived}}
		if err := writeJSONLine(b, o); err != nil {
			return err
		}
	}
	return nil
}

// diffFactObject is one side of a change, null where there is none. Offsets are code points.
func diffFactObject(doc *diff.Document, f *diff.Fact, in *sentences) any {
	if f == nil {
		return nil
	}
	in.read()
	c := f.Citations[0]
	return object{{"source", doc.Source}, {"states", describe(f.Fact)}, {"rule", f.Rule}, {"confidence", f.Confidence}, {"state", orNull(string(f.State))},
		{"citations", len(f.Citations)}, {"start", in.index.At(c.Start)}, {"end", in.index.At(c.End)}, {"quote", c.Quote}, {"sentence", in.of(f).text}}
}
