package ingest

import "dateline/ingest/document"

// readText makes a document of plain text.
func readText(raw Raw, in decoded) (document.Document, *Refusal) {
	text := Clean(in.text)
	if !hasWords(text) {
		return document.Document{}, emptyText(raw.Source, "the file")
	}
	lines := textLines(text)
	doc := assemble(lines)
	doc.Source, doc.RawHash = raw.Source, Hash(raw.Bytes)
	doc.Warnings = in.warnings
	doc.Language = language(doc, "")
	dates := textDates(doc)
	doc.Published = decidePublished(raw.Published, dates)
	doc.Publisher = publisherByHost(raw.Source)
	return doc, nil
}
