// Package gazetteer knows names: forenames, surnames, countries, regions, cities and the
// adjectives of nationality. Look-ups take a word as it stands in the text, in any case and
// with or without diacritics, and allocate nothing.
//
// The lists are files of lists/, one name a line. Those made from public data
// (forenames, surnames, cities, countries, ambiguous) are rewritten by
//
//	go run ./cmd/dateline-train gazetteer --data DIR
//
// and must not be edited by hand; what they lack goes into the file with "_more" in its name.
//
// A list is evidence, not an answer: thousands of surnames are also places or plain words.
// Names that are plain English words as well (Will, Bank, Hope) are marked ambiguous.
//
// Why a hash table of hashes: the lists hold 200,000 names. A Go map of strings costs 30 MB
// and 40 ms at start-up and needs the folded word as a string for each look-up; a table of
// 64-bit hashes in one slice needs neither. Two different names with one 64-bit hash are not
// expected before some billions of names.
package gazetteer
