package main

import (
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// column describes one column of a table.
type column struct {
	name  string
	right bool // numbers stand to the right
	fixed bool // never cut: an id that is cut is of no use
}

// columnGap is what stands between two columns.
const columnGap = "  "

// writeTable prints rows under a header. Cells go through the printer. When width is not 0
// the widest columns are cut, with an ellipsis, until a row fits into it.
func writeTable(w io.Writer, columns []column, rows [][]string, width int) error {
	natural := make([]int, len(columns))
	for i, c := range columns {
		natural[i] = text.StringWidth(c.name)
	}
	for _, row := range rows {
		for i := range row {
			row[i] = oneLine(row[i])
			natural[i] = max(natural[i], text.StringWidth(row[i]))
		}
	}
	limits := fitColumns(columns, natural, width)
	t := table.NewWriter()
	t.SetStyle(plainStyle())
	header := make(table.Row, len(columns))
	configs := make([]table.ColumnConfig, len(columns))
	for i, c := range columns {
		header[i] = cutCell(c.name, limits[i])
		configs[i] = table.ColumnConfig{Number: i + 1}
		if c.right {
			configs[i].Align, configs[i].AlignHeader = text.AlignRight, text.AlignRight
		}
	}
	t.AppendHeader(header)
	t.SetColumnConfigs(configs)
	for _, row := range rows {
		cells := make(table.Row, len(row))
		for i, cell := range row {
			cells[i] = cutCell(cell, limits[i])
		}
		t.AppendRow(cells)
	}
	var b strings.Builder
	for line := range strings.Lines(t.Render() + "\n") {
		b.WriteString(strings.TrimRight(line, " \n")) // the padding of the last column is of no use
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// plainStyle has no lines: a table that is piped to grep or awk stays readable.
func plainStyle() table.Style {
	style := table.StyleDefault
	style.Name = "dateline"
	style.Options = table.OptionsNoBordersAndSeparators
	style.Format.Header = text.FormatUpper
	style.Box.PaddingLeft, style.Box.PaddingRight = "", columnGap
	return style
}

// cutCell shortens a cell to a width in columns of the terminal; 0 leaves it.
func cutCell(cell string, width int) string {
	if width == 0 || text.StringWidth(cell) <= width {
		return cell
	}
	return strings.TrimRight(text.Trim(cell, width-1), " ") + "…"
}

// leastWidth is what a column keeps even on the narrowest terminal.
const leastWidth = 4

// fitColumns gives each column its limit, 0 for none. Columns that need less than an equal share
// of the space keep what they need; the rest share what is left.
func fitColumns(columns []column, natural []int, width int) []int {
	limits := make([]int, len(columns))
	if width == 0 {
		return limits
	}
	left, open := width+len(columnGap), 0 // the last column has no gap behind it
	for i, c := range columns {
		left -= len(columnGap)
		if c.fixed {
			left -= natural[i]
		} else {
			open++
		}
	}
	settled := make([]bool, len(columns))
	for again := true; again && open > 0; {
		again = false
		for i, c := range columns {
			if share := max(left/open, leastWidth); !c.fixed && !settled[i] && natural[i] <= share {
				settled[i] = true
				left -= natural[i]
				open--
				again = true
				if open == 0 {
					break
				}
			}
		}
	}
	for i, c := range columns {
		if !c.fixed && !settled[i] {
			limits[i] = max(left/open, leastWidth)
		}
	}
	return limits
}
