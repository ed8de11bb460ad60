package corpus

import (
	"context"
	"slices"
	"unicode"
	"unicode/utf8"

	"dateline/extract/token"
)

// snippetBytes is about how much of a text a snippet shows.
const snippetBytes = 220

// readHit reads what is shown of a document that was found.
func readHit(ctx context.Context, tx queries, f foundDocument, terms []searchTerm) (SearchHit, error) {
	hit := SearchHit{Document: f.id, Source: f.source, Published: f.published, Score: f.score, MayMatch: f.mayMatch}
	var title, text string
	err := tx.QueryRowContext(ctx, `SELECT d.title, d.text, d.publisher, d.language,
		(SELECT count(*) FROM statement s WHERE s.document_id = d.id AND s.state <> 'rejected') FROM document d WHERE d.id = ?`, f.id).
		Scan(&title, &text, &hit.Publisher, &hit.Language, &hit.Facts)
	if err != nil {
		return hit, err
	}
	hits := markTerms(text, terms)
	hit.Title = parts(title, 0, len(title), markTerms(title, terms))
	hit.Hits = len(hits)
	hit.Snippet = snippet(text, hits)
	return hit, nil
}

// tidySpans sorts places and joins those that overlap.
func tidySpans(spans []token.Span) []token.Span {
	slices.SortFunc(spans, func(a, b token.Span) int { return a.Start - b.Start })
	var out []token.Span
	for _, s := range spans {
		if n := len(out); n > 0 && s.Start < out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}

// parts cuts text[from:to] (bytes) at its hits.
func parts(text string, from, to int, hits []token.Span) []TextPart {
	var out []TextPart
	for _, h := range hits {
		if h.End <= from || h.Start >= to {
			continue
		}
		start, end := max(h.Start, from), min(h.End, to)
		if start > from {
			out = append(out, TextPart{Text: text[from:start]})
		}
		out = append(out, TextPart{Text: text[start:end], Hit: true})
		from = end
	}
	if from < to {
		out = append(out, TextPart{Text: text[from:to]})
	}
	return out
}

// snippet chooses the part of a text that holds most of the different words that were found,
// then most of them at all, then the first; without any it is the text's beginning.
func snippet(text string, hits []token.Span) Snippet {
	from, to := 0, min(snippetBytes, len(text))
	if len(hits) > 0 {
		first, last := densest(text, hits)
		from, to = hits[first].Start, hits[last].End
		margin := max(snippetBytes-(to-from), 0)
		from = max(from-margin/3, 0) // what follows tells more than what went before
		to = min(max(to, from+snippetBytes), len(text))
		if to-from > 2*snippetBytes {
			to = from + 2*snippetBytes // a phrase as long as a page
		}
	}
	from, to = wordBorder(text, from, true), wordBorder(text, to, false)
	points := newCodePoints(text)
	return Snippet{Start: points.at(from), End: points.at(to), Before: from > 0, After: to < len(text), Parts: parts(text, from, to, hits)}
}

// densest gives the first and the last hit of the best window.
func densest(text string, hits []token.Span) (first, last int) {
	const most = 10_000 // hits beyond these make no better snippet
	hits = hits[:min(len(hits), most)]
	words := make([]string, len(hits))
	for i, h := range hits {
		words[i] = foldText(text[h.Start:min(h.End, h.Start+100)])
	}
	count := map[string]int{}
	best, end := -1, 0
	for begin := range hits {
		for end < len(hits) && (end == begin || hits[end].End-hits[begin].Start <= snippetBytes) {
			count[words[end]]++
			end++
		}
		if score := 1000*len(count) + end - begin; score > best {
			best, first, last = score, begin, end-1
		}
		if count[words[begin]]--; count[words[begin]] == 0 {
			delete(count, words[begin])
		}
	}
	return first, last
}

// wordBorder moves a byte offset to a border between words: forwards for the start of a
// piece, backwards for its end. It stays where it is, but for whole letters, when none is near.
func wordBorder(text string, at int, start bool) int {
	if at <= 0 || at >= len(text) {
		return max(min(at, len(text)), 0)
	}
	for !utf8.RuneStart(text[at]) {
		at--
	}
	const near = 30
	if start {
		r, _ := utf8.DecodeLastRuneInString(text[:at])
		for i, next := range text[at:min(at+near, len(text))] {
			if unicode.IsSpace(r) && !unicode.IsSpace(next) {
				return at + i
			}
			r = next
		}
		return at
	}
	for i := at; i > max(at-near, 0); {
		r, size := utf8.DecodeLastRuneInString(text[:i])
		next, _ := utf8.DecodeRuneInString(text[i:])
		if unicode.IsSpace(next) && !unicode.IsSpace(r) {
			return i
		}
		i -= size
	}
	return at
}
