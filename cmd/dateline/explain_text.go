package main

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"dateline/extract"
	"dateline/extract/dates"
	"dateline/extract/token"
)

// explainText writes an explanation for people. Everything that comes from the document goes
// through oneLine.
type explainText struct {
	b     *bytes.Buffer
	text  string
	got   extract.Reading
	width int // of the terminal, or 0
}

// Where the parts of a sentence stand.
const (
	explainIndent = 4
	widestLeft    = 44 // columns that a cell may take before the last one
	narrowest     = 24 // columns that the last cell keeps on a narrow terminal
)

// write shows the sentences that were asked for, then the people and institutions in them.
func (w explainText) write(f explainFlags) {
	named := map[int]bool{}
	for _, s := range w.got.Trace.Sentences {
		if f.sentence > 0 && s.Number != f.sentence {
			continue
		}
		w.sentence(s, f.tokens)
		for _, m := range s.Mentions {
			named[m.Entity] = true
		}
	}
	w.entities(named)
}

// sentence shows one sentence with all that was found in it.
func (w explainText) sentence(s extract.SentenceTrace, tokens bool) {
	number := strconv.Itoa(s.Number)
	w.b.WriteByte('\n')
	w.wrapped(number+strings.Repeat(" ", max(1, explainIndent-len(number))), explainIndent, oneLine(s.Of(w.text)))
	var remarks []string
	if s.Zone != "" {
		remarks = append(remarks, string(s.Zone))
	}
	if s.Silent {
		remarks = append(remarks, "not read: site furniture")
	} else if s.TitleCase {
		remarks = append(remarks, "most words are capitalised, so that capitals say little")
	}
	if len(remarks) > 0 {
		w.wrapped(strings.Repeat(" ", explainIndent), explainIndent, "("+oneLine(strings.Join(remarks, "; "))+")")
	}
	if tokens {
		var rows [][]string
		for _, t := range s.Tokens {
			rows = append(rows, []string{t.Of(w.text), strings.Join(t.Classes(), ", ")})
		}
		w.part("tokens", rows)
	}
	var rows [][]string
	for _, m := range s.Mentions {
		if m.Type == "date" {
			continue
		}
		rows = append(rows, []string{m.Of(w.text), m.Type, m.Rule + " " + number2(m.Score) + w.entityName(m)})
	}
	w.part("names", rows)
	w.weighed(s.Weighed)
	rows = nil
	for _, m := range s.Dates {
		rows = append(rows, []string{m.Of(w.text), joinWords(m.Value, m.Mod), m.Rule + prefixed("; ", dateReceipt(m))})
	}
	w.part("dates", rows)
	rows = nil
	for _, p := range s.Posts {
		holder := "of nobody here"
		if p.Holder != "" {
			holder = joinWords(unlessIs(p.When, "current"), "of", p.Holder)
		}
		holder += prefixed(", ", p.Where)
		if p.Rule != "" {
			holder += "; " + p.Rule + " " + number2(p.Score)
		}
		rows = append(rows, []string{p.Of(w.text), holder})
	}
	w.part("posts", rows)
	rows = nil
	for _, g := range s.Agreements {
		became := ""
		if g.Alone {
			became = "; no fact"
		}
		rows = append(rows, []string{g.Of(w.text), joinWords(g.Type, g.Status), g.Rule + became + prefixed("; ", g.String())})
	}
	w.part("agreements", rows)
	rows = nil
	for _, i := range s.Facts {
		f := w.got.Facts[i]
		rows = append(rows, []string{string(f.Kind), describe(f) + "; " + f.Rule + " " + number2(f.Confidence)})
	}
	w.part("facts", rows)
	rows = nil
	for _, r := range s.Refusals {
		rows = append(rows, []string{r.Of(w.text), r.Code, extract.Meaning(r.Code) + prefixed(" — ", r.Detail)})
	}
	w.part("refused", rows)
}

// weighed shows the evidence for each name that could be a person.
func (w explainText) weighed(names []extract.WeighedTrace) {
	if len(names) == 0 {
		return
	}
	w.heading("weighed")
	for _, n := range names {
		outcome := "no name"
		if n.Outcome != "" {
			outcome = n.Outcome + " by " + n.Rule
		}
		w.line(2*explainIndent, oneLine(n.Of(w.text)+": "+outcome))
		for _, e := range n.Evidence {
			w.line(3*explainIndent, fmt.Sprintf("%+5.1f  %s", e.Weight, oneLine(e.What+prefixed(": ", e.Detail))))
		}
		w.line(3*explainIndent, fmt.Sprintf("%5.1f  in sum; a person by evidence alone from %.1f on", n.Score, n.Needed))
		w.line(3*explainIndent, "in all "+oneLine(n.Votes.String()))
	}
}

// entities shows the people and institutions whose indexes are named, with their forms.
func (w explainText) entities(named map[int]bool) {
	first := true
	for i, e := range w.got.Trace.Entities {
		if !named[i] {
			continue
		}
		if first {
			w.b.WriteString("\nPeople and institutions\n")
			first = false
		}
		w.line(explainIndent, oneLine(e.Name+": "+string(e.Kind)+prefixed(", part of ", e.Parent)))
		var rows [][]string
		for _, f := range e.Forms {
			rows = append(rows, []string{f.Text, plural(f.Places, "place", "places"), "first in sentence " + strconv.Itoa(f.First) + ", " + f.Rule})
		}
		for _, m := range e.Merged {
			rows = append(rows, []string{m, "joined", "a shorter form of it"})
		}
		w.rows(2*explainIndent, rows)
	}
}

// entityName is the full name of what a mention names, where its words are others.
func (w explainText) entityName(m extract.MentionTrace) string {
	if m.Entity < 0 || w.got.Trace.Entities[m.Entity].Name == m.Of(w.text) {
		return ""
	}
	return " → " + w.got.Trace.Entities[m.Entity].Name
}

// part shows rows below their name, if there are any.
func (w explainText) part(name string, rows [][]string) {
	if len(rows) > 0 {
		w.heading(name)
		w.rows(2*explainIndent, rows)
	}
}

func (w explainText) heading(name string) { w.line(explainIndent, name) }

// line writes one line that is safe already.
func (w explainText) line(indent int, line string) {
	blanks := strings.Repeat(" ", indent)
	w.wrapped(blanks, indent, line)
}

// rows writes rows in columns. Cells but the last are cut when they are wide; the last one goes on in
// further lines.
func (w explainText) rows(indent int, rows [][]string) {
	limit := widestLeft
	if w.width > 0 {
		limit = max(narrowest/2, min(limit, (w.width-indent)/3))
	}
	var widths []int
	for _, row := range rows {
		for i := range row {
			row[i] = oneLine(row[i])
			if i == len(row)-1 {
				break
			}
			row[i] = cutCell(row[i], limit)
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], text.StringWidth(row[i]))
		}
	}
	for _, row := range rows {
		var b strings.Builder
		b.WriteString(strings.Repeat(" ", indent))
		at := indent
		for i, cell := range row[:len(row)-1] {
			b.WriteString(text.Pad(cell, widths[i]+len(columnGap), ' '))
			at += widths[i] + len(columnGap)
		}
		w.wrapped(b.String(), at, row[len(row)-1])
	}
}

// wrapped writes a beginning and then words; lines that a terminal would break go on below the words.
func (w explainText) wrapped(begin string, indent int, words string) {
	room := w.width - indent
	if w.width == 0 || text.StringWidth(words) <= room {
		w.b.WriteString(strings.TrimRight(begin+words, " ") + "\n")
		return
	}
	for i, line := range strings.Split(text.WrapSoft(words, max(room, narrowest)), "\n") {
		if i > 0 {
			begin = strings.Repeat(" ", indent)
		}
		w.b.WriteString(strings.TrimRight(begin+line, " ") + "\n")
	}
}

// dateReceipt says how a date was worked out.
func dateReceipt(m dates.Mention) string {
	return derivation(extract.Fact{Date: &extract.Date{Anchor: m.Anchor, AnchorFrom: m.AnchorFrom, Alternatives: m.Alternatives}})
}

// number2 is a score with at most two decimals.
func number2(score float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(score, 'f', 2, 64), "0"), ".")
}

// aroundWords is how many bytes on either side of a trigger are shown of its sentence.
const aroundWords = 160

// excerpt is a place in its sentence, cut where the sentence is long: before, the words, behind.
func excerpt(text string, words, sentence token.Span) (before, inside, after string) {
	from, to := min(sentence.Start, words.Start), max(sentence.End, words.End)
	if words.Start-from > aroundWords {
		from = words.Start - aroundWords
		from += strings.IndexByte(text[from:words.Start], ' ') + 1 // whole words, and whole characters
		for from < words.Start && text[from]&0xc0 == 0x80 {
			from++
		}
		before = "… "
	}
	if to-words.End > aroundWords {
		to = words.End + aroundWords
		if i := strings.LastIndexByte(text[words.End:to], ' '); i >= 0 {
			to = words.End + i
		}
		for to > words.End && text[to]&0xc0 == 0x80 {
			to--
		}
		after = " …"
	}
	return before + text[from:words.Start], text[words.Start:words.End], text[words.End:to] + after
}
