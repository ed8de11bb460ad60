package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"unicode/utf8"

	"dateline/corpus"
	"dateline/extract"
)

// longestCell is about how many characters a cell may have: spreadsheets cut longer ones, at
// 32,767. Rows of citations have no such cell.
const longestCell = 30_000

// valueColumns are the columns of a kind's values.
var valueColumns = map[extract.Kind][]string{
	extract.KindDate:        {"type", "value", "mod"},
	extract.KindPerson:      {"person", "aliases"},
	extract.KindInstitution: {"institution", "parent", "aliases"},
	extract.KindTitle:       {"person", "title", "institution", "when"},
	extract.KindAgreement:   {"type", "status", "parties", "signatories", "date", "place", "subject"},
}

// allValueColumns are those of all kinds together.
var allValueColumns = []string{"type", "value", "mod", "person", "title", "institution", "parent", "aliases", "when",
	"status", "parties", "signatories", "date", "place", "subject"}

// ownColumns is the column of the slots of users' own kinds, as one JSON object; it is there when the
// database has such kinds or one was asked for.
var ownColumns = []string{"slots"}

// The columns on either side of the values, by what a row is.
var (
	headColumns     = []string{"id", "kind", "fact"}
	factTail        = []string{"state", "edited", "decided", "decided_by", "decided_at", "reason", "confidence", "sources", "citations", "source", "document_title", "published", "start", "end", "quote", "rule", "all_citations"}
	citationColumns = []string{"state", "edited", "decided", "decided_by", "decided_at", "reason", "states", "confidence", "rule", "citation", "source", "document_title", "published", "start", "end", "quote"}
)

// writeExportCSV writes one table. Places count code points.
func writeExportCSV(ctx context.Context, store *corpus.Store, f exportFlags, w io.Writer, done func()) error {
	values, tail := allValueColumns, factTail
	kind := extract.Kind(f.filter.Kind)
	if kind == "" {
		choices, err := store.Choices(ctx)
		if err != nil {
			return err
		}
		if len(choices.OwnKinds) > 0 {
			values = slices.Concat(values, ownColumns)
		}
	} else if values = valueColumns[kind]; extract.IsOwnKind(kind) {
		values = ownColumns
	}
	if f.row == "citation" {
		tail = citationColumns
	}
	table, err := newCSVTable(w, slices.Concat(headColumns, values, tail), f.raw)
	if err != nil {
		return err
	}
	err = store.ExportFacts(ctx, f.filter, func(x corpus.ExportFact) error {
		done()
		head := append([]string{x.ID, string(x.Kind), x.Statement}, valueCells(table, x.FactRow, values)...)
		if f.row == "fact" {
			return table.row(slices.Concat(head, factCells(table, x)))
		}
		for _, s := range x.Statements {
			for i, c := range s.Citations {
				if err := table.row(slices.Concat(head, citationCells(s, i, c))); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return table.end()
}

// valueCells are the values of a fact in the columns asked for.
func valueCells(table *csvTable, f corpus.FactRow, columns []string) []string {
	all := map[string]string{"type": f.Type, "value": f.Value, "mod": f.Mod, "person": f.Person, "title": f.Title, "institution": f.Institution, "parent": f.Parent,
		"aliases": table.list(f.Aliases), "when": f.When, "status": f.Status, "parties": table.list(f.Parties), "signatories": table.list(f.Signatories),
		"date": "", "place": f.Place, "subject": f.Subject}
	if f.Kind == extract.KindAgreement {
		all["value"], all["date"] = "", f.Value
	}
	if f.Own != nil {
		all["slots"] = jsonCell(slotsObject(f.Own))
	}
	cells := make([]string, len(columns))
	for i, c := range columns {
		cells[i] = all[c]
	}
	return cells
}

// decisionCells are what was decided, by whom, when and why.
func decisionCells(state corpus.ReviewState, edited bool, d *corpus.Decision) []string {
	cells := []string{string(state), strconv.FormatBool(edited), "", "", "", ""}
	if d != nil {
		cells[2], cells[3], cells[4], cells[5] = string(d.Action), d.Who, d.Made, d.Why
	}
	return cells
}

// factCells are the cells of a fact behind its values.
func factCells(table *csvTable, x corpus.ExportFact) []string {
	var places []string
	size, left := 0, 0
	for _, s := range x.Statements {
		for _, c := range s.Citations {
			place := fmt.Sprintf("%s %d–%d", c.Source, c.Start, c.End)
			if size += utf8.RuneCountInString(place) + 2; size > longestCell {
				left++
				continue
			}
			places = append(places, place)
		}
	}
	if left > 0 {
		places = append(places, fmt.Sprintf("and %d more", left))
	}
	return append(decisionCells(x.State, x.Edited, x.Decided),
		strconv.FormatFloat(x.Confidence, 'g', -1, 64), strconv.Itoa(x.Sources), strconv.Itoa(x.Citations),
		x.First.Source, x.First.Title, x.First.Published, strconv.Itoa(x.First.Start), strconv.Itoa(x.First.End), x.First.Quote, x.First.Rule, table.list(places))
}

// citationCells are the cells of one place of a statement.
func citationCells(s corpus.ExportStatement, i int, c corpus.Citation) []string {
	return append(decisionCells(s.State, s.Extracted != nil, s.Decided),
		describe(s.Value), strconv.FormatFloat(s.Confidence, 'g', -1, 64), c.Rule, strconv.Itoa(i+1),
		c.Source, c.Title, c.Published, strconv.Itoa(c.Start), strconv.Itoa(c.End), c.Quote)
}
