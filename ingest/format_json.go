package ingest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"dateline/ingest/document"
)

// jsonRecord is one document of a JSON Lines file. Fields that are not listed are ignored.
type jsonRecord struct {
	Source    *string `json:"source"`
	Title     *string `json:"title"`
	Published *string `json:"published"`
	Text      *string `json:"text"`
	HTML      *string `json:"html"`
	// What follows was once ignored, so values of other types still are.
	Publisher any `json:"publisher"`
	Canonical any `json:"canonical"`
	URL       any `json:"url"`
}

// jsonAdvice is what to do about a line that is not a document.
const jsonAdvice = `write one object a line: {"source": "…", "title": "…", "published": "2024-05-18", "text": "…"}`

// readJSON reads one JSON document, a file of lines, or an array.
func readJSON(raw Raw, in decoded) ([]document.Document, error) {
	isLine := strings.HasPrefix(raw.MediaType, MediaTypeJSONLine)
	var docs []document.Document
	var refusals []error
	records := 0
	read := func(source string, record []byte) {
		records++
		doc, refused := readJSONRecord(raw, source, record, in)
		if refused != nil {
			refusals = append(refusals, refused)
			return
		}
		docs = append(docs, doc)
	}
	data := []byte(in.text)
	if isLine && lineSource.MatchString(raw.Source) {
		read(raw.Source, data)
	} else {
		err := splitJSON(bytes.NewReader(data), len(data)+1, func(n int, record []byte, err error) error {
			source := fmt.Sprintf("%s#%d", raw.Source, n)
			if err != nil {
				records++
				refusals = append(refusals, &Refusal{source, err.Error(), jsonAdvice})
				return nil
			}
			read(source, record)
			return nil
		})
		if err != nil {
			refusals = append(refusals, &Refusal{raw.Source, err.Error(), jsonAdvice})
		}
	}
	if records == 0 && len(refusals) == 0 {
		return nil, &Refusal{raw.Source, "the file holds no JSON document", jsonAdvice}
	}
	if len(refusals) == 1 && len(docs) == 0 {
		return nil, refusals[0]
	}
	return docs, errors.Join(refusals...)
}

// readJSONRecord makes the document of one JSON object.
func readJSONRecord(raw Raw, source string, record []byte, in decoded) (document.Document, *Refusal) {
	var rec jsonRecord
	if err := json.Unmarshal(record, &rec); err != nil {
		return document.Document{}, &Refusal{source, jsonReason(err), jsonAdvice}
	}
	if rec.Text == nil && rec.HTML == nil {
		return document.Document{}, &Refusal{source, `the object has neither "text" nor "html"`, jsonAdvice}
	}
	inner := Raw{Source: source, Bytes: record, Published: raw.Published}
	if rec.Source != nil && strings.TrimSpace(*rec.Source) != "" {
		inner.Source = strings.TrimSpace(*rec.Source)
	}
	var doc document.Document
	var refused *Refusal
	var given []dateClaim
	if rec.Published != nil && strings.TrimSpace(*rec.Published) != "" {
		value, ok := ParseDate(*rec.Published)
		if ok {
			given = append(given, dateClaim{value, "jsonl"})
		} else {
			in.warnings = append(in.warnings[:len(in.warnings):len(in.warnings)],
				fmt.Sprintf("The published date %q of the JSON line could not be read.", clip(*rec.Published, 60)))
		}
	}
	if rec.Text != nil && hasWords(*rec.Text) {
		doc, refused = readText(inner, decoded{text: *rec.Text, warnings: in.warnings})
	} else if rec.HTML != nil {
		doc, refused = readHTML(inner, decoded{text: *rec.HTML, warnings: in.warnings})
	} else {
		refused = emptyText(source, "the JSON line")
	}
	if refused != nil {
		refused.Source = source
		return document.Document{}, refused
	}
	doc.RawHash = Hash(record)
	if rec.Title != nil {
		if title := strings.Join(strings.Fields(Clean(*rec.Title)), " "); title != "" {
			doc.Title = title
		}
	}
	if name := publisherName(linkedName(rec.Publisher, nil)); name != "" {
		doc.Publisher = document.Publisher{Name: name, From: "jsonl"}
	}
	for _, address := range []any{rec.Canonical, rec.URL} {
		text, _ := address.(string)
		if canonical := canonicalOf(inner.Source, pageMeta{canonicals: []string{text}}); canonical != "" {
			doc.Canonical = canonical
			break
		}
	}
	if doc.Publisher.Name == "" {
		doc.Publisher = publisherByHost(inner.Source, doc.Canonical)
	}
	if len(given) > 0 && doc.Published.From != "flag" {
		// What the record says of itself is better evidence than what its text looks like.
		doc.Published = decidePublished("", append(given, claimsOf(doc.Published)...))
	} else if len(given) > 0 {
		doc.Published = decidePublished(raw.Published, append(given, claimsOf(doc.Published)[1:]...))
	}
	return doc, nil
}

// jsonReason says what was wrong with a line in words that do not need the source of encoding/json.
func jsonReason(err error) string {
	var wrongType *json.UnmarshalTypeError
	if errors.As(err, &wrongType) {
		if wrongType.Field == "" {
			return "the line is not a JSON object but a " + wrongType.Value
		}
		return fmt.Sprintf("the field %q is not a string but a %s", wrongType.Field, wrongType.Value)
	}
	return "the line is not valid JSON (" + err.Error() + ")"
}

// clip shortens a text for a message, at a rune border.
func clip(text string, runes int) string {
	n := 0
	for i := range text {
		if n == runes {
			return text[:i] + "…"
		}
		n++
	}
	return text
}
