package corpus

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strings"

	"dateline/extract/token"
)

// How much a word says about a fact, by where it stands.
const (
	weightOfValue = 3.0 // in its names or values
	weightOfQuote = 1.0 // only in the words that it was read from
)

// SearchFacts finds facts whose names (in any form that a document uses), values and quotes
// hold the words of the query, the best first: those with the words in their values, in few
// words, stated by many. Rejected facts are left out.
func (s *Store) SearchFacts(ctx context.Context, q SearchQuery) (FactResult, error) {
	var out FactResult
	days, err := readRange(q.Since, q.Until)
	if err != nil {
		return out, err
	}
	terms, note := readTerms(q.Words)
	out.Note = note
	if len(terms) == 0 && note != "" {
		return out, nil
	}
	err = s.reading(ctx, "could not be searched", func(tx *sql.Tx) error {
		w, err := factConditions(ctx, tx, Filter{Kind: q.Kind, Person: q.Person, Institution: q.Institution, Source: q.Source})
		if err != nil {
			return err
		}
		if q.Publisher != "" {
			w.add(`fact.id IN (SELECT s2.fact_id FROM statement s2 JOIN document d2 ON d2.id = s2.document_id WHERE d2.publisher LIKE ? ESCAPE '\')`, contains(q.Publisher))
		}
		if err := q.candidates(ctx, tx, terms, w); err != nil {
			return err
		}
		all, err := matchFacts(ctx, tx, terms, w)
		if err != nil {
			return err
		}
		rows := map[int64]scannedFact{}
		if !days.empty() { // what a date lies in is told by its row
			published, err := publishedDates(ctx, tx)
			if err != nil {
				return err
			}
			if err := readFactRows(ctx, tx, all, rows); err != nil {
				return err
			}
			all = slices.DeleteFunc(all, func(m factMatch) bool {
				f := rows[m.fact]
				in := f.within(days, published[m.fact])
				rows[m.fact] = f
				return !in
			})
		}
		slices.SortFunc(all, func(a, b factMatch) int {
			return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(a.hash, b.hash))
		})
		out.Total = len(all)
		all = page(all, q.Limit, q.Offset)
		if days.empty() {
			if err := readFactRows(ctx, tx, all, rows); err != nil {
				return err
			}
		}
		for _, m := range all {
			hit := FactHit{FactRow: rows[m.fact].FactRow, Score: m.score}
			var quote string
			err := tx.QueryRowContext(ctx, `SELECT c.quote, c.start, c."end", src.source FROM citation c JOIN document d ON d.id = c.document_id JOIN source src ON src.id = d.source_id
				WHERE c.statement_id = ? AND c.ordinal = ?`, m.statement, m.citation).Scan(&quote, &hit.Start, &hit.End, &hit.Source)
			if err != nil {
				return err
			}
			hit.Quote = parts(quote, 0, len(quote), markWords(quote, terms))
			out.Hits = append(out.Hits, hit)
		}
		return nil
	})
	return out, err
}

// candidates leaves out, cheaply, facts that can't hold a word: it is in the text of a
// document that states the fact, or in a name. What is left is compared word by word.
func (q SearchQuery) candidates(ctx context.Context, tx queries, terms []searchTerm, w *where) error {
	for _, t := range terms {
		words := fold(t.text)
		if t.not || len(words) == 0 {
			continue
		}
		near := `fact.id IN (SELECT s3.fact_id FROM statement s3 WHERE s3.document_id IN (SELECT rowid FROM document_text WHERE document_text MATCH ?))`
		args := []any{t.match()}
		if t.spaceless {
			near = `fact.id IN (SELECT s3.fact_id FROM statement s3 JOIN document d3 ON d3.id = s3.document_id WHERE instr(d3.text, ?) > 0)`
			args = []any{t.text}
		}
		near += ` OR fact.id IN (SELECT s3.fact_id FROM entity e3 JOIN form f3 ON f3.entity_id = e3.id JOIN statement_form sf3 ON sf3.form_id = f3.id JOIN statement s3 ON s3.id = sf3.statement_id
			WHERE instr(e3.folded, ?) > 0)`
		args = append(args, " "+words[0])
		// Date values, kinds of agreement and what a person wrote in an edit may stand in no text.
		near += ` OR fact.decision_id <> 0 OR instr(fact.normal, ?) > 0`
		args = append(args, strings.ToLower(t.text))
		w.add("("+near+")", args...)
	}
	return nil
}

// factMatch is a fact that holds the words.
type factMatch struct {
	fact      int64
	hash      string
	score     float64
	statement int64 // that holds them best
	citation  int   // and its ordinal of the citation that does
}

// matchFacts compares the statements of the candidates with the terms.
func matchFacts(ctx context.Context, tx queries, terms []searchTerm, w *where) ([]factMatch, error) {
	folded := make([]string, len(terms))
	for i, t := range terms {
		folded[i] = foldText(t.text)
	}
	var out []factMatch
	index := map[int64]int{}
	err := each(ctx, tx, `SELECT fact.id, fact.hash, fact.sources, s4.id, s4.slots,
		coalesce((SELECT group_concat(e.folded, ' |') FROM statement_form sf JOIN form f ON f.id = sf.form_id JOIN entity e ON e.id = f.entity_id WHERE sf.statement_id = s4.id), ''),
		(SELECT json_group_array(quote) FROM (SELECT quote FROM citation c4 WHERE c4.statement_id = s4.id ORDER BY c4.ordinal))
		FROM fact JOIN statement s ON s.id = fact.first_statement JOIN statement s4 ON s4.fact_id = fact.id AND s4.state <> 'rejected'`+w.String()+" ORDER BY fact.id, s4.id", w.args,
		func(rows *sql.Rows) error {
			var m factMatch
			var slotText, names, quotes string
			var sources int
			if err := rows.Scan(&m.fact, &m.hash, &sources, &m.statement, &slotText, &names, &quotes); err != nil {
				return err
			}
			var v slots
			if err := json.Unmarshal([]byte(slotText), &v); err != nil {
				return err
			}
			ok := false
			if m.score, m.citation, ok = scoreFact(terms, folded, v, names, stringsFrom(quotes)); !ok {
				return nil
			}
			m.score += 0.1 * math.Log(float64(max(sources, 1)))
			if i, known := index[m.fact]; !known {
				index[m.fact] = len(out)
				out = append(out, m)
			} else if m.score > out[i].score {
				out[i] = m
			}
			return nil
		})
	return out, err
}

// scoreFact tells how well a statement holds the terms, and in which of its quotes most of
// them stand; ok is false when it lacks one.
func scoreFact(terms []searchTerm, folded []string, v slots, names string, quotes []string) (score float64, best int, ok bool) {
	own := foldText(strings.Join(append([]string{v.Name, v.Person, v.Title, v.Institution, v.Parent, v.Subject, v.Place, v.Type, v.Status, v.When, v.Value, v.Date},
		slices.Concat(v.Aliases, v.Parties, v.Signatories, slices.Sorted(maps.Values(v.Own)))...), " | "))
	value := " " + own + " " + names + " "
	cited := make([]string, len(quotes))
	hits := make([]int, len(quotes))
	for i, q := range quotes {
		cited[i] = " " + foldText(q) + " "
	}
	for i, t := range terms {
		if folded[i] == "" {
			continue
		}
		look := " " + folded[i]
		if !t.prefix {
			look += " "
		}
		if t.spaceless {
			look = folded[i]
		}
		weight := 0.0
		for k := range cited {
			if strings.Contains(cited[k], look) {
				hits[k]++
				weight = weightOfQuote
			}
		}
		if strings.Contains(value, look) {
			weight = weightOfValue
		}
		switch {
		case t.not && weight > 0, !t.not && weight == 0:
			return 0, 0, false
		case !t.not:
			score += weight
		}
	}
	for k := range hits {
		if hits[k] > hits[best] {
			best = k
		}
	}
	return score * (1 + 1/float64(1+len(strings.Fields(own)))), best, true
}

// readFactRows reads the rows of facts that were found.
func readFactRows(ctx context.Context, tx queries, found []factMatch, into map[int64]scannedFact) error {
	ids := make([]int64, len(found))
	for i, m := range found {
		ids[i] = m.fact
	}
	return each(ctx, tx, factColumns+" WHERE fact.id IN (SELECT value FROM json_each(?))", []any{intsJSON(ids)}, func(rows *sql.Rows) error {
		f, err := scanFact(rows)
		into[f.row] = f
		return err
	})
}

// markWords finds the words of the terms in a quote, each by itself: a phrase may stand in a
// name that the quote does not hold.
func markWords(quote string, terms []searchTerm) []token.Span {
	var single []searchTerm
	for _, t := range terms {
		if t.not || t.spaceless {
			single = append(single, t)
			continue
		}
		var words []string
		indexWords(t.text, func(w indexWord) { words = append(words, w.folded) })
		for i, w := range words {
			single = append(single, searchTerm{text: w, prefix: t.prefix && i == len(words)-1})
		}
	}
	return markTerms(quote, single)
}
