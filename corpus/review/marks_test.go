package review

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"dateline/extract"
	"dateline/ingest/document"
)

// render writes pieces as [kind text].
func render(pieces []piece) string {
	var b strings.Builder
	for _, p := range pieces {
		switch {
		case p.Begin:
			b.WriteString("[" + p.Kind + " ")
		case p.End:
			b.WriteString("]")
		default:
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestMarkLine(t *testing.T) {
	const text = "abcdefghij"
	for _, test := range []struct {
		marks []mark
		want  string
	}{
		{nil, "abcdefghij"},
		{[]mark{{start: 2, end: 4, kind: "p"}}, "ab[p cd]efghij"},
		{[]mark{{start: 0, end: 10, kind: "a"}, {start: 2, end: 4, kind: "p"}}, "[a ab[p cd]efghij]"},
		{[]mark{{start: 0, end: 4, kind: "a"}, {start: 2, end: 6, kind: "p"}}, "[a ab[p cd]][p ef]ghij"},
		{[]mark{{start: 0, end: 2, kind: "a"}, {start: 2, end: 4, kind: "p"}}, "[a ab][p cd]efghij"},
		{[]mark{{start: -5, end: 3, kind: "a"}, {start: 8, end: 99, kind: "p"}}, "[a abc]defgh[p ij]"},
		{[]mark{{start: 3, end: 3, kind: "a"}}, "abcdefghij"},
		{[]mark{{start: 0, end: 5, kind: "a"}, {start: 1, end: 8, kind: "b"}, {start: 2, end: 6, kind: "c"}}, "[a a[b b[c cde]]][b [c f]gh]ij"},
	} {
		if got := render(markLine(text, 0, len(text), test.marks)); got != test.want {
			t.Errorf("%v gives %s, want %s", test.marks, got, test.want)
		}
	}
}

// TestMarksKeepTheText draws random texts and marks: without the marks the text is what it was,
// every mark that begins ends on its line, and a place stands once.
func TestMarksKeepTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-e é\n]{0,80}`).Draw(t, "text")
		var starts []int
		for i := range text {
			starts = append(starts, i)
		}
		starts = append(starts, len(text))
		var marks []mark
		for i := range rapid.IntRange(0, 20).Draw(t, "marks") {
			a, b := rapid.SampledFrom(starts).Draw(t, "a"), rapid.SampledFrom(starts).Draw(t, "b")
			marks = append(marks, mark{start: min(a, b), end: max(a, b), kind: extract.Kinds[i%5], fact: fmt.Sprint(i), anchor: fmt.Sprint("at-", i)})
		}
		sortMarks(marks)
		var lines []string
		for _, line := range strings.Split(text, "\n") {
			if strings.TrimSpace(line) != "" {
				lines = append(lines, line)
			}
		}
		anchors := map[string]bool{}
		blocks := blocksOf(text, []document.Zone{}, marks)
		if len(blocks) != len(lines) {
			t.Fatalf("%d blocks of %d lines", len(blocks), len(lines))
		}
		for i, b := range blocks {
			plain, depth := "", 0
			for _, p := range b.Pieces {
				switch {
				case p.Begin:
					depth++
					if p.Anchor != "" && anchors[p.Anchor] {
						t.Fatalf("%s stands twice", p.Anchor)
					}
					anchors[p.Anchor] = true
				case p.End:
					depth--
				default:
					plain += p.Text
				}
				if depth < 0 || depth > deepest {
					t.Fatalf("depth %d in %s", depth, render(b.Pieces))
				}
			}
			if depth != 0 || plain != lines[i] {
				t.Fatalf("line %d is %q, want %q", i, render(b.Pieces), lines[i])
			}
		}
	})
}

// TestMarksAreLinear crosses every mark with every other: four times the text may take six times as long.
func TestMarksAreLinear(t *testing.T) {
	measure := func(n int) time.Duration {
		text := strings.Repeat("ab\n", n)
		var marks []mark
		for i := range n {
			marks = append(marks, mark{start: i, end: len(text) - n + i, kind: extract.Kinds[i%5]})
		}
		best := time.Hour
		for range 5 {
			begun := processorTime()
			blocksOf(text, nil, marks)
			best = min(best, processorTime()-begun)
		}
		return best
	}
	// A busy machine disturbs caches and so a measurement; a slope has four tries to show.
	var small, large time.Duration
	ratio := 0.0
	for try := 0; try < 4 && (try == 0 || ratio > 6); try++ {
		small, large = measure(5_000), measure(20_000)
		ratio = float64(large) / float64(small)
	}
	if ratio > 6 {
		t.Errorf("four times the text takes %.1f times as long (%v, %v)", ratio, small, large)
	}
}
