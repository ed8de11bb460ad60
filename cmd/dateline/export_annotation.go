package main

import (
	"bytes"
	"context"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"dateline/corpus"
	"dateline/extract"
)

// annotationContext is the JSON-LD context of the W3C Web Annotation vocabulary. It begins
// with "http:" by its definition: it is a name, and nothing is fetched from there.
const annotationContext = "http://www.w3.org/ns/anno.jsonld"

// writeAnnotations writes an AnnotationCollection whose first and only page is embedded: one
// annotation for what one document states of one fact, with a target for each of its citations.
func writeAnnotations(ctx context.Context, store *corpus.Store, filter corpus.Filter, w io.Writer, done func()) error {
	if _, err := fmt.Fprintf(w, "{\"@context\":%q,\"type\":\"AnnotationCollection\",\"label\":\"Facts with their citations\",\"first\":{\"type\":\"AnnotationPage\",\"startIndex\":0,\"items\":[", annotationContext); err != nil {
		return err
	}
	all := sha1.New() // of the ids of the annotations: it names the collection
	total := 0
	var b bytes.Buffer
	err := store.ExportDocuments(ctx, filter, func(d corpus.ExportDocument) error {
		at := byteOffsets(d.Text)
		for _, s := range d.Statements {
			done()
			b.Reset()
			if total++; total > 1 {
				b.WriteByte(',')
			}
			b.WriteByte('\n')
			id := annotationID("annotation", s.Fact, d.Source, fmt.Sprint(s.Ordinal))
			io.WriteString(all, id)
			if err := appendJSON(&b, annotation(id, d, s, at)); err != nil {
				return err
			}
			if _, err := w.Write(escapeJSON(b.Bytes())); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	ids := hex.EncodeToString(all.Sum(nil))
	_, err = fmt.Fprintf(w, "\n],\"id\":%q},\"id\":%q,\"total\":%d}\n", annotationID("page", ids), annotationID("collection", ids), total)
	return err
}

// annotation is what a document states of a fact, in the model of W3C Web Annotations.
func annotation(id string, d corpus.ExportDocument, s corpus.ExportStatement, at func(int) int) object {
	targets := make([]object, len(s.Citations))
	for i, c := range s.Citations {
		before, after := corpus.Around(d.Text, at(c.Start), at(c.End))
		targets[i] = object{{"type", "SpecificResource"}, {"source", sourceIRI(d.Source)},
			// Positions count in the text as this program shows it, not in the bytes of the source.
			{"renderedVia", object{{"type", "Software"}, {"name", "dateline"}}},
			{"selector", []object{
				{{"type", "TextPositionSelector"}, {"start", c.Start}, {"end", c.End}},
				{{"type", "TextQuoteSelector"}, {"exact", c.Quote}, {"prefix", before}, {"suffix", after}},
			}}}
	}
	values := object{{"fact", s.Fact}, {"kind", s.Kind}, {"values", valuesOf(s.Value)}, {"rule", s.Rule}, {"confidence", s.Confidence}, {"state", s.State}}
	if s.Extracted != nil {
		values = append(values, field{"extracted", valuesOf(*s.Extracted)})
	}
	var packed bytes.Buffer
	appendJSON(&packed, values) // strings and numbers can't fail
	bodies := []object{
		{{"type", "TextualBody"}, {"purpose", motivation(s.Kind)}, {"format", "text/plain"}, {"value", describe(s.Value)}},
		{{"type", "TextualBody"}, {"purpose", motivation(s.Kind)}, {"format", "application/json"}, {"value", packed.String()}},
		{{"type", "TextualBody"}, {"purpose", "tagging"}, {"value", s.Kind}},
	}
	creators := []object{{{"type", "Software"}, {"name", "dateline"}}}
	o := object{{"id", id}, {"type", "Annotation"}, {"motivation", motivation(s.Kind)}}
	if s.Decided != nil {
		reviewer := object{{"type", "Person"}, {"name", s.Decided.Who}}
		creators = append(creators, reviewer)
		assessing := object{{"type", "TextualBody"}, {"purpose", "assessing"}, {"value", string(s.State)}, {"creator", reviewer}}
		if _, err := time.Parse(time.RFC3339, s.Decided.Made); err == nil {
			assessing = append(assessing, field{"created", s.Decided.Made})
			o = append(o, field{"modified", s.Decided.Made})
		}
		bodies = append(bodies, assessing)
	}
	return append(o, field{"creator", creators}, field{"body", bodies}, field{"target", targets})
}

// motivation is why an annotation was made: words that name something identify it, others
// describe it.
func motivation(kind extract.Kind) string {
	switch kind {
	case extract.KindDate, extract.KindPerson, extract.KindInstitution:
		return "identifying"
	}
	return "describing"
}

// annotationID is a UUID made of names (RFC 9562, version 5): the same export gives the same ids.
func annotationID(names ...string) string {
	h := sha1.New()
	h.Write([]byte("dateline web annotation\x00"))
	for _, n := range names {
		writeName(h, n)
	}
	u := h.Sum(nil)[:16]
	u[6], u[8] = u[6]&0x0f|0x50, u[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

func writeName(h hash.Hash, name string) { fmt.Fprintf(h, "%d:%s", len(name), name) }

// sourceIRI names the source of a document as an IRI. URLs stay as they are, but for what no
// IRI may hold; absolute paths become file: URIs; relative paths stay relative, as they are to
// the folder that they were given in.
func sourceIRI(source string) string {
	if strings.HasPrefix(source, "/") {
		return "file://" + escapeIRI(source, "?#%")
	}
	if scheme, _, ok := strings.Cut(source, ":"); ok && isScheme(scheme) && (strings.HasPrefix(source[len(scheme):], "://") || strings.EqualFold(scheme, "urn")) {
		return escapeIRI(source, "")
	}
	return escapeIRI(source, ":?#%") // a colon would make a scheme of the first part
}

// isScheme reports the form of a URI's scheme; one letter is a drive.
func isScheme(s string) bool {
	for i, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || !(r >= '0' && r <= '9' || r == '+' || r == '-' || r == '.')) {
			return false
		}
	}
	return len(s) > 1
}

// escapeIRI writes as %XX what an IRI may not hold (RFC 3987), and the signs in also.
func escapeIRI(text, also string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		bad := r == utf8.RuneError && size == 1 || r <= ' ' || r == 0x7f || strings.ContainsRune("<>\"{}|\\^`", r) || strings.ContainsRune(also, r) ||
			isHostile(r) || r >= 0xe000 && r <= 0xf8ff || r >= 0xf0000 || r&0xfffe == 0xfffe || r == '%' && !isEscape(text[i:])
		if bad {
			for _, c := range []byte(text[i : i+size]) {
				fmt.Fprintf(&b, "%%%02X", c)
			}
		} else {
			b.WriteString(text[i : i+size])
		}
		i += size
	}
	return b.String()
}

// isEscape reports that a text begins with %XX.
func isEscape(text string) bool {
	if len(text) < 3 {
		return false
	}
	_, err := hex.DecodeString(text[1:3])
	return err == nil
}
