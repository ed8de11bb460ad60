package review

import (
	"cmp"
	"slices"

	"dateline/extract"
)

// mark is a place in a text, in bytes, that a fact cites.
type mark struct {
	start, end int
	kind       extract.Kind
	fact       string // id of the fact
	anchor     string // name of the place on the page, or ""
}

// piece is what a template writes next: the beginning of a mark, some text, or the end of the
// mark that was begun last.
type piece struct {
	Begin  bool
	Kind   string // of the mark that begins
	Fact   string
	Anchor string
	Text   string
	End    bool
}

// deepest is how many marks may lie in each other; a reader could not tell more apart. It also
// bounds the work: of marks that cross, every end closes and begins anew those within.
const deepest = 6

// markLine gives the pieces of text[from:to] with those parts of the marks that lie in it. The
// marks are sorted (see sortMarks) and may begin before the line or end behind it. The
// line's own end closes what is open, so that elements never cross lines.
func markLine(text string, from, to int, marks []mark) []piece {
	var out []piece
	var open []mark // outermost first
	at := from
	say := func(until int) {
		if until > at {
			out = append(out, piece{Text: text[at:until]})
			at = until
		}
	}
	begin := func(m mark) {
		out = append(out, piece{Begin: true, Kind: string(m.kind), Fact: m.fact, Anchor: m.anchor})
		open = append(open, m)
	}
	// closeUntil closes the marks that end at or before a place, earliest first.
	closeUntil := func(place int) {
		for len(open) > 0 {
			next := slices.MinFunc(open, func(a, b mark) int { return cmp.Compare(a.end, b.end) }).end
			if next > place {
				return
			}
			say(next)
			outermost := slices.IndexFunc(open, func(m mark) bool { return m.end == next })
			again := slices.DeleteFunc(slices.Clone(open[outermost:]), func(m mark) bool { return m.end == next })
			for range open[outermost:] {
				out = append(out, piece{End: true})
			}
			open = open[:outermost]
			for _, m := range again {
				m.anchor = "" // an id stands once on a page
				begin(m)
			}
		}
	}
	for _, m := range marks {
		m.start, m.end = max(m.start, from), min(m.end, to)
		if m.start >= m.end {
			continue
		}
		closeUntil(m.start)
		say(m.start)
		if len(open) < deepest {
			begin(m)
		}
	}
	closeUntil(to)
	say(to)
	return out
}

// sortMarks puts marks into the order of their beginnings, the longer one first.
func sortMarks(marks []mark) {
	slices.SortStableFunc(marks, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), cmp.Compare(a.kind, b.kind), cmp.Compare(a.fact, b.fact))
	})
}
