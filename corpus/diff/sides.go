package diff

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"dateline/extract"
)

// Entry is one document of a side.
type Entry struct {
	Source string
	Hash   string // of its raw bytes, "" when the side does not know it
}

// Side is one of the two readings.
type Side interface {
	// Entries lists the documents, in any order. No source stands twice.
	Entries() []Entry
	// Document reads one of them.
	Document(ctx context.Context, source string) (Document, error)
	// Gone are the decisions about facts that the document does not state any more.
	Gone(source string) Decisions
}

// All compares two sides document by document, in the order of their sources, and hands each
// result to emit. Only one document of either side is in memory at a time.
func All(ctx context.Context, old, now Side, emit func(Result) error) (Summary, error) {
	summary := Summary{Kinds: map[extract.Kind]Count{}}
	for _, kind := range extract.Kinds {
		summary.Kinds[kind] = Count{}
	}
	for _, p := range pairs(old.Entries(), now.Entries()) {
		if err := ctx.Err(); err != nil {
			return summary, err
		}
		var docs [2]*Document
		var gone [2]Decisions
		for i, x := range []struct {
			side   Side
			source string
			has    bool
		}{{old, p.old, p.hasOld}, {now, p.now, p.hasNow}} {
			source := x.source
			if x.has {
				doc, err := x.side.Document(ctx, source)
				if err != nil {
					return summary, err
				}
				for _, f := range doc.Facts {
					if len(f.Citations) == 0 {
						return summary, fmt.Errorf("%s: a fact of kind %s has no citation; without one it is no fact", source, f.Kind)
					}
				}
				docs[i] = &doc
			} else {
				source = p.old + p.now // the one of the side that has it
			}
			gone[i] = x.side.Gone(source)
		}
		r := Compare(docs[0], docs[1], gone[0], gone[1])
		summary.add(r)
		if err := emit(r); err != nil {
			return summary, err
		}
	}
	return summary, nil
}

// both is a document of one side, or of both.
type both struct {
	old, now       string
	hasOld, hasNow bool
}

// pairs finds the documents that belong together, sorted by source.
func pairs(old, now []Entry) []both {
	var out []both
	inNow := make(map[string]bool, len(now))
	for _, e := range now {
		inNow[e.Source] = true
	}
	taken := make(map[string]bool, len(old))
	var restOld, restNow []Entry
	for _, e := range old {
		if inNow[e.Source] {
			taken[e.Source] = true
			out = append(out, both{e.Source, e.Source, true, true})
		} else {
			restOld = append(restOld, e)
		}
	}
	for _, e := range now {
		if !taken[e.Source] {
			restNow = append(restNow, e)
		}
	}
	moved := onlyOne(restNow)
	single := onlyOne(restOld)
	gone := map[string]bool{}
	for _, e := range restOld {
		if to, ok := moved[e.Hash]; ok && single[e.Hash] == e.Source {
			out = append(out, both{e.Source, to, true, true})
			gone[to] = true
		} else {
			out = append(out, both{old: e.Source, hasOld: true})
		}
	}
	for _, e := range restNow {
		if !gone[e.Source] {
			out = append(out, both{now: e.Source, hasNow: true})
		}
	}
	slices.SortFunc(out, func(a, b both) int { return strings.Compare(a.first(), b.first()) })
	return out
}

// first is the name that orders a pair, on whichever side it stands.
func (b both) first() string {
	switch {
	case !b.hasOld:
		return b.now
	case !b.hasNow:
		return b.old
	}
	return min(b.old, b.now)
}

// onlyOne gives the sources whose raw bytes no other entry has, by hash.
func onlyOne(entries []Entry) map[string]string {
	count := map[string]int{}
	for _, e := range entries {
		count[e.Hash]++
	}
	out := map[string]string{}
	for _, e := range entries {
		if e.Hash != "" && count[e.Hash] == 1 {
			out[e.Hash] = e.Source
		}
	}
	return out
}
