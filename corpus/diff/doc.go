// Package diff tells what changed between two readings of documents: which facts were lost,
// gained or changed.
//
// A side (Side) is a database or a run in the exchange format. Documents are the same when
// their source is, else when their raw bytes are and no other document without a partner has
// these bytes. What the program read is compared; what people decided does not make two
// readings differ, but every lost, gained or changed fact says what was decided about it.
//
// # When a fact is the same
//
// Within a document, a fact that states the same is the same, wherever its words stand by
// now. Of the others, two of equal normal form (corpus.IDs), or two of one kind that cite
// overlapping words and have something in common, are one fact that changed. So a text
// whose lines moved, or that was cleaned better, changes no fact. To overlap, places of the old
// text are carried over to the new one along runs of equal words (shift.go).
//
// # Contract
//
// The comparison of a side with itself is empty. That of B with A is that of A with B, with
// lost and gained, old and new exchanged. Time is linear in facts and words but for
// sorting, and one document of either side is in memory at a time.
//
// Why both ways give mirrored results: pairing facts takes choices where several fit, and
// choices made from the left are not those made from the right. So the sides of each
// document are put in an order that depends on their content alone before they are paired.
package diff
