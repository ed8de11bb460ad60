package main

import (
	"bytes"

	"dateline/extract/eval"
	"dateline/extract/eval/report"
)

// writePage writes the page of a run, whole or not at all.
func writePage(file, dir string, gold []eval.Case, run goldRun, result eval.Result, before *goldRun, closed bool) error {
	page := report.Page{Gold: dir, Result: result, Texts: textsOf(run.lines), Closed: closed}
	if before != nil {
		page.Since, page.Before, page.Old = before.name, eval.Score(gold, before.lines), textsOf(before.lines)
	}
	var b bytes.Buffer
	if err := report.Write(&b, page); err != nil {
		return err
	}
	return replaceFile(file, b.Bytes())
}

// textsOf are the texts of a run by gold case.
func textsOf(lines map[string]eval.Line) map[string]string {
	texts := make(map[string]string, len(lines))
	for name, line := range lines {
		texts[name] = line.Text
	}
	return texts
}
