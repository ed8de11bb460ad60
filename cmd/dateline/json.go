package main

import (
	"bytes"
	"encoding/json"
	"io"
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
	b.WriteByte('{')
	for i, f := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := appendJSON(&b, f.name); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := appendJSON(&b, f.value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// appendJSON encodes a value without a line end; "<" and "&" stay as they are.
func appendJSON(b *bytes.Buffer, value any) error {
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
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(value)
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
