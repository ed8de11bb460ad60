// Package token splits text into words and sentences, with places. Everything above it in
// extract works on these spans and never on copies of the text.
package token

// Span is a half-open range of bytes of one document's text.
type Span struct{ Start, End int }

// Len is the length in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether other lies within s.
func (s Span) Contains(other Span) bool { return s.Start <= other.Start && other.End <= s.End }

// Overlaps reports whether the two spans share a byte.
func (s Span) Overlaps(other Span) bool { return s.Start < other.End && other.Start < s.End }

// Of returns the text of the span.
func (s Span) Of(text string) string { return text[s.Start:s.End] }
