package main

import (
	"encoding/csv"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// csvTable writes CSV row by row. Unless raw, every cell is made safe for the two programs that
// will open it: a spreadsheet (defuse) and a terminal (the printer).
type csvTable struct {
	out   *csv.Writer
	raw   bool
	cells []string
}

func newCSVTable(w io.Writer, header []string, raw bool) (*csvTable, error) {
	t := &csvTable{out: csv.NewWriter(w), raw: raw, cells: make([]string, len(header))}
	return t, t.out.Write(header)
}

// row writes one row, of as many cells as the header has.
func (t *csvTable) row(row []string) error {
	if len(row) != len(t.cells) {
		panic("dateline: a row of CSV does not fit its header")
	}
	for i, cell := range row {
		if !t.raw {
			cell = lines(defuse(cell))
		}
		t.cells[i] = cell
	}
	return t.out.Write(t.cells)
}

// list joins the values of a list. Each is defused: a spreadsheet that takes the semicolon
// for a border between cells sees each of them.
func (t *csvTable) list(values []string) string {
	if t.raw {
		return strings.Join(values, "; ")
	}
	safe := make([]string, len(values))
	for i, v := range values {
		safe[i] = defuse(v)
	}
	return strings.Join(safe, "; ")
}

func (t *csvTable) end() error {
	t.out.Flush()
	return t.out.Error()
}

// writeCSV prints rows as CSV.
func writeCSV(w io.Writer, header []string, rows [][]string, raw bool) error {
	t, err := newCSVTable(w, header, raw)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if err := t.row(row); err != nil {
			return err
		}
	}
	return t.end()
}

// defuse puts an apostrophe before a cell that a spreadsheet would run as a formula: one that
// begins with = + - @ or their full-width forms, also behind blanks, or with a tab or a line
// end. A plain number stays a number.
func defuse(cell string) string {
	if cell == "" {
		return cell
	}
	switch cell[0] {
	case '\t', '\r', '\n':
		return "'" + cell
	}
	rest := strings.TrimLeftFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || r == 0xfeff || r == 0x200b })
	switch first, _ := utf8.DecodeRuneInString(rest); first {
	case '=', '+', '-', '@', '＝', '＋', '－', '＠', '−', '﹦', '﹢', '﹣', '﹫':
		if len(rest) == len(cell) && isNumber(cell) {
			return cell
		}
		return "'" + cell
	}
	return cell
}

// isNumber reports a sign and digits with at most one point. Exponents and "inf", which
// strconv would accept, are not what a column of numbers holds.
func isNumber(s string) bool {
	s = strings.TrimLeft(s[:1], "+-") + s[1:]
	whole, fraction, point := strings.Cut(s, ".")
	digits := func(s string) bool {
		return s != "" && strings.Trim(s, "0123456789") == ""
	}
	return digits(whole) && (!point || digits(fraction))
}
