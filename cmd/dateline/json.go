package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"dateline/extract"
	"dateline/ingest/document"
)

// object is a JSON object that keeps the order of its fields.
type object []field

// field is one field of an object.
type field struct {
	name  string
	value any
}

// MarshalJSON implements json.Marshaler.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	err := appendJSON(&b, o)
	return b.Bytes(), err
}

// appendJSON encodes a value without a line end; "<" and "&" stay as they are. Objects within
// objects are written in one pass: encoding/json would go through what a Marshaler gives again
// at each level.
func appendJSON(b *bytes.Buffer, value any) error {
	switch v := value.(type) {
	case object:
		for i, f := range v {
			b.WriteByte("{,"[min(i, 1)])
			if err := appendJSON(b, f.name); err != nil {
				return err
			}
			b.WriteByte(':')
			if err := appendJSON(b, f.value); err != nil {
				return err
			}
		}
		if len(v) == 0 {
			b.WriteByte('{')
		}
		b.WriteByte('}')
		return nil
	case []object:
		for i, o := range v {
			b.WriteByte("[,"[min(i, 1)])
			if err := appendJSON(b, o); err != nil {
				return err
			}
		}
		if len(v) == 0 {
			b.WriteByte('[')
		}
		b.WriteByte(']')
		return nil
	case nil:
		b.WriteString("null")
		return nil
	}
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1)
	return nil
}

// writeJSONLine prints one value as one line.
func writeJSONLine(w io.Writer, value any) error {
	var b bytes.Buffer
	if err := appendJSON(&b, value); err != nil {
		return err
	}
	b.WriteByte('\n')
	_, err := w.Write(escapeJSON(b.Bytes()))
	return err
}

// writeExchangeLine prints one document in the exchange format.
func writeExchangeLine(w io.Writer, doc document.Document, facts []extract.Fact, ids []string) error {
	var b bytes.Buffer
	if err := extract.WriteLineWithIDs(&b, doc, facts, ids); err != nil {
		return err
	}
	_, err := w.Write(escapeJSON(b.Bytes()))
	return err
}

// escapeJSON writes what a terminal would obey as \u202e, as JSON allows anywhere that it can
// stand: a reader of JSON gets the same text. Controls below a blank are written so already.
func escapeJSON(line []byte) []byte {
	if isPlain(strings.TrimSuffix(string(line), "\n")) {
		return line
	}
	out := make([]byte, 0, len(line)+64)
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRune(line[i:])
		switch {
		case r != 0x7f && !isHostile(r):
			out = append(out, line[i:i+size]...)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		i += size
	}
	return out
}

// orNull is null for what is unknown.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// orEmpty is [] for a list of nothing.
func orEmpty(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

// jsonCell is a value as JSON in a cell of a table.
func jsonCell(value any) string {
	var b bytes.Buffer
	if err := appendJSON(&b, value); err != nil {
		return "" // only objects of words come here
	}
	return string(escapeJSON(b.Bytes()))
}
