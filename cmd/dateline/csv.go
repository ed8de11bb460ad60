package main

import (
	"encoding/csv"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// writeCSV prints rows as CSV. Unless raw, every cell is made safe for the two programs that
// will open it: a spreadsheet (defuse) and a terminal (the printer).
func writeCSV(w io.Writer, header []string, rows [][]string, raw bool) error {
	out := csv.NewWriter(w)
	if err := out.Write(header); err != nil {
		return err
	}
	cells := make([]string, len(header))
	for _, row := range rows {
		for i, cell := range row {
			if !raw {
				cell = lines(defuse(cell))
			}
			cells[i] = cell
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
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
