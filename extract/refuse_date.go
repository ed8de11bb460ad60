package extract

import (
	"strings"

	"dateline/extract/dates"
	"dateline/extract/token"
)

// dateCodes are the reasons of package dates.
var dateCodes = map[string]string{
	dates.NoSuchDay: "impossible", dates.Backwards: "backwards", dates.NoAnchor: "no-anchor", dates.InName: "inside-name", dates.NotComputed: "not-computed",
}

// refuseDates passes on the reasons of package dates, and gives those for words like dates that it
// did not read at all.
func (p *page) refuseDates() {
	for _, d := range p.refusedDates {
		code, ok := dateCodes[d.Reason]
		if !ok {
			code = d.Reason
		}
		p.refusal("date", "date."+code, d.Span, "")
	}
	for _, m := range p.dates {
		if len(m.Alternatives) > 0 {
			p.refusal("date", "date.ambiguous", m.Span, "read as "+m.Value+"; could also be "+strings.Join(m.Alternatives, " or "))
		}
	}
	read, refused := 0, 0
	for i := range p.sentences {
		s := &p.sentences[i]
		if s.silent {
			continue
		}
		for k := s.First; k < s.Last; k++ {
			t := p.tokens[k]
			month := p.is(k, monthName) && t.Is(token.Capital)
			if !month && !p.yearLike(k, s) || p.owner[k] != 0 {
				continue
			}
			for read < len(p.dates) && p.dates[read].End <= t.Start() {
				read++
			}
			for refused < len(p.refusedDates) && p.refusedDates[refused].End <= t.Start() {
				refused++
			}
			if read < len(p.dates) && p.dates[read].Overlaps(t.Span()) || refused < len(p.refusedDates) && p.refusedDates[refused].Overlaps(t.Span()) {
				continue
			}
			code := "number"
			if month {
				code = "not-read"
			}
			p.refusal("date", "date."+code, t.Span(), "")
		}
	}
}

// yearLike reports whether token i is a number from 1900 to 2099 that no unit, sign or decimals
// make something else.
func (p *page) yearLike(i int, s *sentence) bool {
	w := p.word(i)
	if p.tokens[i].Kind != token.Number || len(w) != 4 || w[:2] != "19" && w[:2] != "20" || strings.Trim(w, "0123456789") != "" {
		return false
	}
	return i == s.First || !strings.ContainsAny(p.word(i-1), "$€£¥#%")
}
