package main

import (
	"fmt"
	"io"
	"maps"
	"strconv"

	"dateline/corpus"
	"dateline/extract"
)

// ingestSummary counts what a run of ingest did.
type ingestSummary struct {
	new, newVersions, unchanged int
	updated                     int // the same text, read otherwise: other facts, another publication date
	refused                     int
	removed                     int // tombstones that stayed
	rejected                    int // broke the contract of the store
	without                     int // stored without facts: not English
	already                     int // URLs that were fetched by an earlier run
	copies                      int // other URLs of pages that are stored
	waiting                     int // URLs that were not reached
	lists                       int // feeds and sitemaps that could not be read
	read                        map[extract.Kind]int
}

// failed reports whether some inputs did not make it.
func (s *ingestSummary) failed() bool { return s.refused+s.rejected+s.lists+s.waiting > 0 }

// counts lists the figures of the documents; those that are always of interest stand even at 0.
func (s *ingestSummary) counts() []struct {
	name   string
	n      int
	always bool
} {
	return []struct {
		name   string
		n      int
		always bool
	}{
		{"new", s.new, true},
		{"new version", s.newVersions, true},
		{"read anew", s.updated, false},
		{"unchanged", s.unchanged, true},
		{"refused", s.refused, true},
		{"not English", s.without, true},
		{"fetched before", s.already, false},
		{"other URL of a page", s.copies, false},
		{"waiting", s.waiting, false},
		{"removed earlier", s.removed, false},
		{"not stored", s.rejected, false},
	}
}

// writeTable prints the summary for people.
func (s *ingestSummary) writeTable(w io.Writer, stats corpus.Stats, width int) error {
	var rows [][]string
	for _, c := range s.counts() {
		if c.n > 0 || c.always {
			rows = append(rows, []string{c.name, strconv.Itoa(c.n), ""})
		}
	}
	columns := []column{{name: "documents"}, {name: "this run", right: true}, {name: "database", right: true}}
	rows = append(rows, []string{"stored", "", strconv.Itoa(stats.Documents)})
	if err := writeTable(w, columns, rows, width); err != nil {
		return err
	}
	fmt.Fprintln(w)
	columns[0].name = "facts"
	if err := writeTable(w, columns, kindRows(s.read, stats.Facts), width); err != nil {
		return err
	}
	if s.new+s.newVersions+s.updated+s.rejected == 0 {
		what := "there was nothing to store"
		if n := s.unchanged + s.already; n > 0 {
			what = fmt.Sprintf("%s stored already", plural(n, "document is", "documents are"))
		}
		fmt.Fprintf(w, "\nNothing changed: %s.\n", what)
	}
	return nil
}

// kindRows lists two counts of facts kind by kind, with their sums.
func kindRows(left, right map[extract.Kind]int) [][]string {
	var rows [][]string
	var l, r int
	kinds := maps.Clone(left)
	maps.Copy(kinds, right)
	for _, kind := range extract.AllKinds(kinds) {
		rows = append(rows, []string{string(kind), strconv.Itoa(left[kind]), strconv.Itoa(right[kind])})
		l, r = l+left[kind], r+right[kind]
	}
	return append(rows, []string{"all", strconv.Itoa(l), strconv.Itoa(r)})
}

// writeJSON prints the summary as one object.
func (s *ingestSummary) writeJSON(w io.Writer, stats corpus.Stats) error {
	return writeJSONLine(w, s.object(stats))
}

// object is the summary as JSON.
func (s *ingestSummary) object(stats corpus.Stats) object {
	read, all := object{}, object{}
	kinds := maps.Clone(s.read)
	maps.Copy(kinds, stats.Facts)
	for _, kind := range extract.AllKinds(kinds) {
		read = append(read, field{string(kind), s.read[kind]})
		all = append(all, field{string(kind), stats.Facts[kind]})
	}
	return object{
		{"documents", object{{"new", s.new}, {"new_version", s.newVersions}, {"read_anew", s.updated}, {"unchanged", s.unchanged}, {"refused", s.refused},
			{"not_english", s.without}, {"removed_earlier", s.removed}, {"not_stored", s.rejected},
			{"fetched_before", s.already}, {"other_urls", s.copies}, {"waiting", s.waiting}}},
		{"facts", read},
		{"database", object{{"documents", stats.Documents}, {"facts", all}}},
		{"changed", s.new+s.newVersions+s.updated > 0},
	}
}

// plural is a number with its noun.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
