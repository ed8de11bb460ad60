package eval

import (
	"fmt"
	"strings"
)

// Change is what moved between two runs that were measured with the same gold.
type Change struct {
	Before, Now Result
	Mended      []Error  // errors of the run before that are none now
	Broken      []Error  // errors of this run that were none before
	Changed     []Differ // what is wrong in both, in another way
}

// Differ is an item that both runs have wrong, each in its own way.
type Differ struct{ Before, Now Error }

// Compare tells what moved from one run to another. Both must have been scored with the
// same gold cases. An error stays the same when its document, metric, kind and item do; its
// place in the text does not count. Of the others, the same slot of one agreement, or two
// spurious items of one metric at one place, are one item that changed.
func Compare(before, now Result) Change {
	change := Change{Before: before, Now: now}
	old := make(map[string]DocumentResult, len(before.PerDocument))
	for _, d := range before.PerDocument {
		old[d.Name] = d
	}
	for _, d := range now.PerDocument {
		compareErrors(old[d.Name].Errors, d.Errors, &change)
	}
	return change
}

// compareErrors compares the errors of one document.
func compareErrors(before, now []Error, change *Change) {
	same := func(e Error) string { return e.Metric + "\x1f" + e.Kind + "\x1f" + e.What }
	gone, come, _ := pairUp(before, now, same)
	gone, come, changed := pairUp(gone, come, sameItem)
	change.Mended = append(change.Mended, gone...)
	change.Broken = append(change.Broken, come...)
	change.Changed = append(change.Changed, changed...)
}

// sameItem is a key for errors about one item of a text, "" when nothing names the item.
func sameItem(e Error) string {
	switch {
	case e.Kind == "wrong" && e.Want != "null":
		return e.Metric + "\x1f" + e.Want
	case (e.Kind == "spurious" || e.Kind == "wrong") && len(e.Cited) > 0:
		return fmt.Sprintf("%s\x1f%d\x1f%d", e.Metric, e.Cited[0].Start, e.Cited[0].End)
	}
	return ""
}

// pairUp takes errors of equal key out of both lists, one for one, and returns what is left.
func pairUp(before, now []Error, key func(Error) string) (gone, come []Error, pairs []Differ) {
	waiting := make(map[string][]int, len(before)) // by key, indices of before that are not taken
	for i, e := range before {
		if k := key(e); k != "" {
			waiting[k] = append(waiting[k], i)
		}
	}
	taken := make([]bool, len(before))
	for _, e := range now {
		k := key(e)
		if k == "" || len(waiting[k]) == 0 {
			come = append(come, e)
			continue
		}
		i := waiting[k][0]
		waiting[k] = waiting[k][1:]
		taken[i] = true
		pairs = append(pairs, Differ{before[i], e})
	}
	for i, e := range before {
		if !taken[i] {
			gone = append(gone, e)
		}
	}
	return gone, come, pairs
}

// MetricChange is how one metric moved.
type MetricChange struct {
	Name        string
	Before, Now Count
}

// Metrics lists the metrics whose counts moved, in their usual order.
func (c Change) Metrics() []MetricChange {
	var out []MetricChange
	for _, now := range c.Now.Metrics {
		if before, _ := c.Before.Metric(now.Name); before.Count != now.Count {
			out = append(out, MetricChange{now.Name, before.Count, now.Count})
		}
	}
	return out
}

// Summary is the change in one line.
func (c Change) Summary() string {
	if len(c.Metrics())+len(c.Mended)+len(c.Broken)+len(c.Changed) == 0 {
		return "nothing moved"
	}
	overall := fmt.Sprintf("overall F1 stays %.3f", c.Now.Overall)
	if c.Before.Overall != c.Now.Overall {
		overall = fmt.Sprintf("overall F1 goes from %.3f to %.3f", c.Before.Overall, c.Now.Overall)
	}
	return fmt.Sprintf("%s; errors: %d mended, %d broken, %d wrong in another way", overall, len(c.Mended), len(c.Broken), len(c.Changed))
}

// Text lists the metrics that moved, then the summary; since names the run before.
func (c Change) Text(since string) string {
	var b strings.Builder
	for _, m := range c.Metrics() {
		fmt.Fprintf(&b, "%-22s F1 %.3f was %.3f, tp %+d, fp %+d, fn %+d\n", m.Name, m.Now.F1(), m.Before.F1(),
			m.Now.TP-m.Before.TP, m.Now.FP-m.Before.FP, m.Now.FN-m.Before.FN)
	}
	fmt.Fprintf(&b, "since %s: %s\n", safe(since), c.Summary())
	return b.String()
}
