package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"

	"dateline/extract"
	"dateline/ingest/document"
)

// factsHash computes document.facts_hash, over everything that was read from a document but
// its text: same text and same hash is the same document. Put computes it from what is to be
// stored and Verify from what is stored, so that it also finds a bit that flipped in a row.
type factsHash struct{ h hash.Hash }

// newFactsHash begins with the metadata. zones and readAs are as they are stored.
func newFactsHash(d *document.Document, note, zones, readAs string) factsHash {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %q %q %q %q %q %q %q %q %q %q\n", d.Source, d.Publisher, d.Canonical, d.Title, d.Language, d.Published.Value, d.Published.From,
		stringsFrom(toJSON(d.Published.Conflicts)), stringsFrom(toJSON(d.Warnings)), note, zones, readAs) // lists as they come back from JSON
	return factsHash{h}
}

// newFactsHash1 is newFactsHash as databases of schema 1 have it, where nobody knew who
// published a document.
func newFactsHash1(d *document.Document, note, zones, readAs string) factsHash {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %q %q %q %q %q %q %q\n", d.Title, d.Language, d.Published.Value, d.Published.From, d.Published.Conflicts, d.Warnings, note, zones, readAs)
	return factsHash{h}
}

// add adds one fact, in the order of extraction; slots is its JSON. The quotes are no part of
// it: they are what the text says at their places.
func (f factsHash) add(kind extract.Kind, rule string, confidence float64, slots string, places []place) {
	fmt.Fprintf(f.h, "%s %q %v %s", kind, rule, confidence, slots)
	for _, c := range places {
		fmt.Fprintf(f.h, " %d %d %q", c.start, c.end, c.rule)
	}
	f.h.Write([]byte{'\n'})
}

func (f factsHash) sum() string { return hex.EncodeToString(f.h.Sum(nil)) }
