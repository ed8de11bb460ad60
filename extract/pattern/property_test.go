package pattern

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"dateline/extract/token"
)

// naive matches the tree of a pattern as its meaning says, without a program, without a memory and
// without bounds. end is called with the token behind each way to match, in order, until it is
// content.
func naive(r *run, n *node, at int, end func(int) bool) bool {
	switch n.kind {
	case nodeSequence, nodeGroup:
		return naiveAll(r, n.kids, at, end)
	case nodeChoice:
		for _, k := range n.kids {
			if naive(r, k, at, end) {
				return true
			}
		}
		return false
	case nodeOptional:
		return naive(r, n.kids[0], at, end) || end(at)
	case nodeWord:
		return at < r.last && r.words[at] == n.word && end(at+1)
	case nodeClass:
		return at < r.last && r.is(at, n.class) && end(at+1)
	case nodeMention:
		for _, m := range r.mentions {
			if m.First == at && m.Type == n.typ && m.Last <= r.last && end(m.Last) {
				return true
			}
		}
		return false
	case nodeGap:
		for i := at; i <= at+n.max && i <= r.last; i++ {
			if end(i) {
				return true
			}
			if i == r.last || len(n.kids) > 0 && naive(r, n.kids[0], i, func(int) bool { return true }) {
				return false
			}
		}
		return false
	case nodeAhead:
		return naive(r, n.kids[0], at, func(int) bool { return true }) && end(at)
	case nodeNotAhead:
		return !naive(r, n.kids[0], at, func(int) bool { return true }) && end(at)
	case nodeFirst:
		return at == r.first && end(at)
	case nodeLastToken:
		return r.closes(at) && end(at)
	}
	panic("a list")
}

func naiveAll(r *run, kids []*node, at int, end func(int) bool) bool {
	if len(kids) == 0 {
		return end(at)
	}
	return naive(r, kids[0], at, func(i int) bool { return naiveAll(r, kids[1:], i, end) })
}

// somePattern draws a pattern over the words a, b and c.
func somePattern(depth int) *rapid.Generator[string] {
	leaf := rapid.SampledFrom([]string{`"a"`, `"b"`, `"c"`, `"a b"`, `#any`, `#capital`, `<person>`, `<place>`, `^`, `$`, `..2`, `..3!"b"`, `..4!("a" "b"|<person>)`})
	if depth == 0 {
		return leaf
	}
	inner := somePattern(depth - 1)
	return rapid.Custom(func(t *rapid.T) string {
		switch rapid.IntRange(0, 7).Draw(t, "shape") {
		case 0:
			return "[" + inner.Draw(t, "optional") + "]"
		case 1:
			return "(" + inner.Draw(t, "one") + "|" + inner.Draw(t, "other") + ")"
		case 2:
			return "!(" + inner.Draw(t, "not") + ")"
		case 3:
			return "&(" + inner.Draw(t, "ahead") + ")"
		case 4, 5:
			return inner.Draw(t, "first") + " " + inner.Draw(t, "second")
		}
		return leaf.Draw(t, "leaf")
	})
}

// TestMeaning compares the program with the meaning of the tree, on patterns and sentences at random:
// the same matches must begin and end at the same tokens.
func TestMeaning(t *testing.T) {
	compared, matched := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		source := rapid.SampledFrom([]string{`"a" `, `("a"|<person>) `, `#any "b" `, `["a"] <person> `}).Draw(t, "start") + somePattern(4).Draw(t, "pattern")
		// Labels tell mentions apart; they do not change what matches.
		for i := 0; strings.Contains(source, "<person>") || strings.Contains(source, "<place>"); i++ {
			source = strings.Replace(source, "<person>", fmt.Sprintf("<person:p%d>", i), 1)
			source = strings.Replace(source, "<place>", fmt.Sprintf("<place:q%d>", i), 1)
		}
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "A", "."}), 1, 14).Draw(t, "words")
		text := strings.Join(words, " ")
		tokens := token.Tokenize(text)
		var mentions []Mention
		for i := 0; i < len(tokens); i++ {
			switch rapid.IntRange(0, 6).Draw(t, "mention") {
			case 0:
				mentions = append(mentions, Mention{First: i, Last: min(len(tokens), i+2), Type: Person, Ref: i})
			case 1:
				mentions = append(mentions, Mention{First: i, Last: i + 1, Type: Person, Ref: i}, Mention{First: i, Last: min(len(tokens), i+3), Type: Person, Ref: i})
			case 2:
				mentions = append(mentions, Mention{First: i, Last: i + 1, Type: Place, Ref: i})
			}
		}
		set := testSet()
		if _, err := set.Add(source); err != nil {
			t.Skip("not a pattern: " + err.Error())
		}
		root, _, err := set.parse(source)
		if err != nil {
			t.Fatal(err)
		}
		var got, want []string
		one := set.Text(text, tokens, mentions)
		one.Sentence(0, len(tokens), nil, func(m Match) { got = append(got, fmt.Sprint(m.First, m.Last)) })
		for i := 0; i < len(tokens); {
			r := &run{Text: one, p: set.patterns[0], start: i, last: len(tokens)}
			end := -1
			naive(r, root, i, func(e int) bool { end = e; return true })
			if end > i {
				want = append(want, fmt.Sprint(i, end))
				i = end
				continue
			}
			i++
		}
		compared++
		matched += len(want)
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%s in %q with %v: got %v, want %v", source, text, mentions, got, want)
		}
	})
	if matched == 0 {
		t.Errorf("%d patterns were compared and none matched: the comparison shows nothing", compared)
	}
}

// FuzzPattern: whatever is written, it is a pattern or an error.
func FuzzPattern(f *testing.F) {
	for _, seed := range []string{`<person> ("was"|"is") $appointing [..5!"not"] {sum: "a"} $`, `^ !"a" &<title:t> #any`, `((((`, "\x00", `..1`, `$`, `<`} {
		f.Add(seed, "Ann Lee was named director.")
	}
	f.Fuzz(func(t *testing.T, source, text string) {
		set := testSet()
		if _, err := set.Add(source); err != nil {
			return
		}
		tokens := token.Tokenize(strings.ToValidUTF8(text, ""))
		set.Text(strings.ToValidUTF8(text, ""), tokens, nil).Sentence(0, len(tokens), nil, func(m Match) {
			if m.Last <= m.First || m.First < 0 || m.Last > len(tokens) {
				t.Errorf("%q matches tokens %d to %d of %d", source, m.First, m.Last, len(tokens))
			}
		})
	})
}

// TestNoExplosion: patterns that are shaped to try everything again and again stay linear in the
// length of the text, and within a bound for a place.
func TestNoExplosion(t *testing.T) {
	nested := `"a" ` + strings.Repeat(`[..12 "a"] `, 20) + `"b"`
	choices := `"a" ` + strings.Repeat(`("a"|"a" "a"|..3 "a") `, 25) + `"b"`
	looking := `"a" ` + strings.Repeat(`!(..12 "c") ..12 "a" `, 10) + `"b"`
	names := strings.Repeat(`["a"] `, 3) + `<person:p> ..12 <person:q> ..12 <person:r> ..12 <person:s> "b"`
	for _, source := range []string{nested, choices, looking, names} {
		set := testSet()
		if _, err := set.Add(source); err != nil {
			t.Fatalf("%s: %v", source, err)
		}
		took := func(n int) time.Duration {
			text := strings.Repeat("a ", n) + "b."
			tokens := token.Tokenize(text)
			var mentions []Mention
			for i := 0; i < n; i += 2 {
				mentions = append(mentions, Mention{i, i + 1, Person, 0}, Mention{i, i + 2, Person, 0}, Mention{i, i + 3, Person, 0})
			}
			best := time.Hour
			for range 3 {
				from := time.Now()
				set.Text(text, tokens, mentions).Sentence(0, len(tokens), nil, func(Match) {})
				best = min(best, time.Since(from))
			}
			return best
		}
		// Four times the text takes four times as long where time is linear and sixteen times where it
		// is quadratic. A busy machine disturbs a measurement, so a slope has three tries to show.
		var small, large time.Duration
		for try := 0; try < 3 && (try == 0 || large > 8*max(small, 10*time.Millisecond)); try++ {
			small, large = took(1000), took(4000)
			t.Logf("%.40s…: %v for 1000 tokens, %v for 4000", source, small, large)
		}
		if large > 8*max(small, 10*time.Millisecond) {
			t.Errorf("%s: %v for 1000 tokens and %v for 4000: at most eight times as long allowed", source, small, large)
		}
	}
}
