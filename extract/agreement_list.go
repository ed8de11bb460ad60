package extract

import (
	"strings"

	"dateline/extract/token"
	"dateline/ingest/document"
)

// mostListed is how many lines a list of signed documents may have.
const mostListed = 40

// listedDocuments reads the lines behind a sentence such as "The following documents were
// signed:", each with its own sides:
//
//	— Memorandum of Understanding between A and B on tourism;
//	— Agreement on trade between C and D.
//
// Date and place are those of the sentence. next is the sentence behind the list.
func (r *dealReader) listedDocuments(index int, lead *sentence) (out []deal, next int) {
	next = index + 1
	if r.word(lead.Last-1) != ":" || lead.Last >= len(r.tokens) {
		return nil, next
	}
	at, status := r.signedInLead(lead)
	if at < 0 {
		return nil, next
	}
	date, place := r.when(at, at, 0, 0, lead), r.where(at, at, 0, 0, lead)
	for ; next < len(r.sentences) && next <= index+mostListed; next++ {
		s := r.sentences[next]
		if s.silent {
			break
		}
		d, ok := r.listedDocument(&s)
		if !ok {
			break
		}
		if len(d.parties) < 2 {
			continue // a document whose sides are not told; the list goes on
		}
		d.status, d.date, d.place, d.sentence = status, date, place, next
		d.cites = []Citation{r.cite(r.boundedSpan(at, lead), d.rule), r.cite(r.boundedSpan(s.First, &s), d.rule)}
		out = append(out, d)
	}
	return out, next
}

// signedInLead returns the verb of a sentence that opens a list of documents, and what it says
// of them; -1 for a sentence that opens none.
func (r *dealReader) signedInLead(s *sentence) (at int, status string) {
	for i := max(s.First, s.Last-widestClause); i < s.Last; i++ {
		if r.owner[i] != 0 || r.tokens[i].Kind != token.Word {
			continue
		}
		verb, v, ok := r.agreementVerbAt(i, s)
		if !ok || verb.words || verb.award || verb.status != "signed" {
			continue
		}
		status, real := r.reality(v, -1, verb, formActive, s)
		if !real {
			continue
		}
		plural := false
		for j := s.First; j < s.Last; j++ {
			if r.at(j) < 0 {
				kind, _, ok := r.agreementNoun(j, s)
				plural = plural || ok && kind.plural
			}
		}
		if !plural {
			return -1, ""
		}
		if status == "" {
			status = "signed"
		}
		return v, status
	}
	return -1, ""
}

// listedDocument reads one line of such a list: it begins with the name of the document, behind
// its bullet or number.
func (r *dealReader) listedDocument(s *sentence) (deal, bool) {
	if s.zone == document.Heading {
		return deal{}, false
	}
	i := s.First
	for i < s.Last && (r.tokens[i].Kind != token.Word || r.determiner(i) || r.word(i) == "a" || r.word(i) == "an" || r.word(i) == "A" || r.word(i) == "An") {
		i++
	}
	noun, end, kind := r.nounAhead(i, min(s.Last, i+6), s)
	if noun < 0 {
		return deal{}, false
	}
	d := deal{kind: kind.name, rule: "agreement.list", score: 0.75, at: noun}
	d.parties, _ = r.partiesBehind(end, min(s.Last, end+widestClause), noun, s)
	d.left = d.parties
	if first, last := r.subjectIn(end, min(s.Last, end+widestClause), s); last > first {
		last = r.trimSubject(first, last)
		if last > first {
			d.subject = strings.TrimSpace(r.span(first, last).Of(r.text))
		}
	}
	if first, last := r.plainSubject(end-1, -1, s); last > first {
		d.plain = r.span(first, last).Of(r.text)
	}
	return d, true
}
