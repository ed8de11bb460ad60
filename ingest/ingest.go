package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"dateline/ingest/document"
)

// DefaultMaxBytes is the largest raw document that is read unless Options say otherwise.
// A press release has a few kilobytes; 64 MiB leaves room for the 50 MB file that somebody
// will try, and bounds what one worker can hold.
const DefaultMaxBytes = 64 << 20

// Raw is one document, or one file of documents, as it was found.
type Raw struct {
	Source    string          // path or URL as given; for a line of a JSON Lines file "FILE#LINE"
	MediaType string          // "text/html; charset=…", "application/x-ndjson", or "" when nobody said
	Bytes     []byte          // the bytes as found, never changed by this package
	Published string          // publication date that the user set (--published), or ""
	Charset   string          // character set that a transport header declared, or ""
	Listed    document.Listed // what a feed or sitemap says of it
}

// Options bounds what Read accepts. The zero value holds the defaults.
type Options struct {
	MaxBytes int // bytes of one raw document; 0 means DefaultMaxBytes
}

func (o Options) maxBytes() int {
	if o.MaxBytes > 0 {
		return o.MaxBytes
	}
	return DefaultMaxBytes
}

// MediaTypeJSONLine is the media type of a Raw that is one JSON document of a larger file.
// Its Source already names the line.
const MediaTypeJSONLine = "application/x-ndjson"

// Refusal says why an input was not read. It is an answer, not a failure of the program:
// the rest of the inputs goes on, and the store keeps it beside the documents.
type Refusal struct {
	Source string // the input, as in Raw.Source
	Reason string // what was wrong, a clause without a full stop
	Advice string // what to do about it, a clause without a full stop; never empty
}

// lineSource matches the source of a line of a file.
var lineSource = regexp.MustCompile(`^(.*)#([0-9]+)$`)

// Error names the input, the reason and the advice. A line of a file is named FILE:LINE, as
// compilers do, so that editors can jump to it.
func (r *Refusal) Error() string {
	where := r.Source
	if m := lineSource.FindStringSubmatch(where); m != nil {
		where = m[1] + ":" + m[2]
	}
	return fmt.Sprintf("%s: %s; %s", where, r.Reason, r.Advice)
}

// Read makes documents of raw bytes: one of text and HTML, one a line of JSON Lines.
//
// An error is a *Refusal, or several joined (errors.Join) when lines of a JSON Lines file
// were refused; the documents of the other lines are returned with it.
func Read(raw Raw, opt Options) ([]document.Document, error) {
	if refused := checkBounds(raw, opt); refused != nil {
		return nil, refused
	}
	if raw.Published != "" {
		value, ok := ParseDate(raw.Published)
		if !ok {
			return nil, &Refusal{raw.Source, fmt.Sprintf("the publication date %q is not a date", raw.Published),
				"write it as 2024-05-18"}
		}
		raw.Published = value
	}
	decoded, refused := decode(raw)
	if refused != nil {
		return nil, refused
	}
	format := sniff(raw, decoded.text)
	switch format {
	case FormatJSON:
		return readJSON(raw, decoded)
	case FormatHTML:
		doc, refused := readHTML(raw, decoded)
		withListed(&doc, raw.Listed)
		return one(doc, refused)
	default:
		doc, refused := readText(raw, decoded)
		withListed(&doc, raw.Listed)
		return one(doc, refused)
	}
}

// one turns the answer for a single document into what Read returns. The refusal must not
// become a non-nil error that holds a nil pointer.
func one(doc document.Document, refused *Refusal) ([]document.Document, error) {
	if refused != nil {
		return nil, refused
	}
	return []document.Document{doc}, nil
}

// checkBounds refuses what is empty or too large before any work is done on it.
func checkBounds(raw Raw, opt Options) *Refusal {
	switch {
	case len(raw.Bytes) == 0:
		return &Refusal{raw.Source, "the input is empty", "check that it was saved or downloaded completely"}
	case len(raw.Bytes) > opt.maxBytes():
		return &Refusal{raw.Source, fmt.Sprintf("the input has %d bytes, more than the limit of %d", len(raw.Bytes), opt.maxBytes()),
			"split it into single documents, or raise the limit"}
	}
	return nil
}

// Refusals lists the refusals inside an error of Read.
func Refusals(err error) []*Refusal {
	if err == nil {
		return nil
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []*Refusal
		for _, e := range joined.Unwrap() {
			all = append(all, Refusals(e)...)
		}
		return all
	}
	var refused *Refusal
	if errors.As(err, &refused) {
		return []*Refusal{refused}
	}
	return nil
}

// Hash names raw bytes: "sha256:" and the hex digest.
func Hash(raw []byte) string {
	sum := sha256.Sum256(raw)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// emptyText refuses a document that has no words left after cleaning.
func emptyText(source, what string) *Refusal {
	return &Refusal{source, "no text was found in " + what, "check that it holds an article and not only pictures, scripts or menus"}
}

// hasWords reports whether the text holds any letter or digit.
func hasWords(text string) bool {
	return strings.ContainsFunc(text, isWordRune)
}
