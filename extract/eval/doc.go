// Package eval measures extracted facts against gold annotations.
//
// A gold folder holds one NAME.json a document: what is true of the text, written from the
// text. A run is a stream of JSON Lines in the exchange format, one line a document, from
// this program or any other. Score compares the two and counts, for each metric, what was
// found (true positives), what is spurious (false positives) and what was missed (false
// negatives). A run's line belongs to the gold case whose name is the stem of the line's
// document.source.
//
// The package opens no database and does not import package extract: it reads only the
// two file formats, so that a fault of the extractor cannot hide in a shared type, and so
// that the output of other programs is measured by the same code.
//
// Input is loosely typed on purpose: a field of the wrong JSON type counts as null, a
// field that is absent too. Only a line that is no JSON object with a document.source, or
// whose facts are no objects, is refused.
//
// Why every pairing is an optimum: a greedy pairing of gold and system items depends on
// their order, so that a reshuffled run would score differently. Here each pairing is the
// optimal assignment under weights whose order leaves the counts unique (see match and
// align), so neither order nor algorithm can change a figure.
//
// Why names are compared by norm and nothing looser: a measure must not contain the
// cleverness that it measures. Transliterations and word orders that count as equal are
// listed in the gold ("also", "aliases").
//
// Why the bootstrap uses its own generator: the interval must be the same in every
// language and on every machine, so the draws come from a fixed linear congruential
// generator and not from a library.
package eval
