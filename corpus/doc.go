// Package corpus keeps documents and what they state in one SQLite file, and resolves
// people, institutions and facts across documents.
//
// # Use
//
//	store, err := corpus.Open(ctx, path, corpus.Options{})      // creates the file when it is absent
//	store, err := corpus.Open(ctx, path, corpus.Options{ReadOnly: true})
//	defer store.Close()
//
//	outcomes, err := store.Put(ctx, items, corpus.PutOptions{})  // one transaction for the batch
//	err = store.Refuse(ctx, source, reason, advice, when)        // a row that says why
//	err = store.Remove(ctx, source, reason, when)                // keeps a tombstone
//	for stored, err := range store.Current(ctx) { … }            // raw bytes and how they were read
//	outcome, err := store.ReplaceFacts(ctx, item, opts)          // reextract: one transaction a document
//
//	err = store.AddURLs(ctx, urls, "list", when)                  // the frontier: what to fetch
//	rows, err := store.FrontierOf(ctx, urls)                     // and what became of it (row.Due)
//	err = store.FetchFailed(ctx, failures)                       // what did not give a document (Item.Fetched: what did)
//	sub, added, err := store.Subscribe(ctx, subscription)        // feeds and sitemaps; SaveListing puts what they list into the frontier
//
//	rows, err := store.Facts(ctx, corpus.Filter{Person: "berg"})
//	fact, err := store.Fact(ctx, idOrPrefix)
//	docs, err := store.Documents(ctx, corpus.DocumentFilter{})
//	doc, err := store.Document(ctx, idOrSourceOrStem)
//	stats, err := store.Stats(ctx)
//	problems, err := store.CheckAcross(ctx, jsonBytes)
//	found, err := store.Search(ctx, corpus.SearchQuery{Words: `"joint laboratory" energy*`})
//	facts, err := store.SearchFacts(ctx, corpus.SearchQuery{Words: "rector naryn"})
//	proved, err := store.Verify(ctx, corpus.VerifyOptions{})     // every citation and all that follows from it
//	faults, err := store.Compare(ctx, item)                      // a new reading with the stored one
//	err = store.ExportFacts(ctx, filter, func(f corpus.ExportFact) error { … })
//	made, err := store.Backup(ctx, path)                         // while others write
//	err = store.Dump(ctx, w)                                     // canonical export without minted ids
//
// IsDatabase(err) tells that the file as a whole is the trouble (exit code 3).
// IDs(source, facts) gives the ids of one document's facts without a database.
//
// # Contract
//
// A document is stored whole or not at all: its text, raw bytes, facts, citations, entities
// and the de-duplicated fact table change in one transaction. Every stored citation holds
//
//	substr(document.text, start + 1, end - start) = quote
//
// Put checks it before it writes and refuses the item otherwise. Storing the same thing
// twice writes nothing. The store never reads the clock: time stamps come from the caller.
//
// What documents say together (entities, de-duplicated facts, their first citations) is a
// function of the set of current documents; the order and the batches in which they came do
// not show, except in minted row numbers, which Dump leaves out.
//
// A page that was fetched and its row of the frontier change in one transaction, too, and so do the entries of a feed and the
// validators that say that it was read. So a run that was killed goes on where it was: nothing is lost, and nothing that was
// stored is asked for again.
//
// # How entities are found
//
// Each person and institution of a document gives a form (form.go): its name and a set of
// keys (key.go), computed from that document alone. Forms that share a strong key are one
// entity. Weak keys (an acronym, a name without its eponym, legal form, patronymic) join a
// form to the one entity that offers the key, and to none when two entities offer it
// (link.go). Only forms connected by keys can influence each other, so that a new document
// re-links a small neighbourhood (relink.go).
//
// A full name links people wherever they appear; initials and a left-out middle name only
// at the same institution; a surname alone only with the same post there. A generic name
// ("Faculty of Law") links only under the same parent or, where none is told, under the
// particular institution that each document named last before it; a body of a state only with its country.
//
// # How facts are merged
//
// Two statements are one fact when their kind and normal form are equal (normal.go). A date
// without a year is a fact as it stands ("18 May of an unknown year"); that two documents
// state it does not say that they mean the same year.
//
// # How decisions are kept
//
// Decide records what a person decided as an append-only event (decision.go) with its
// evidence: the source, the values as they were read, the quote and 32 code points on either
// side. No event refers to a row that can be rebuilt. matchDecisions (decision_match.go) is a
// pure function that finds the evidence in the statements of a document as they are now; Put,
// ReplaceFacts and Decide apply it in the transaction that changes the document, so that no
// reader ever sees facts without the decisions about them.
//
// The same values from the same words: the decision applies. The same place with other
// values, or the same values from other words: it does not apply, and the fact is "changed" until
// somebody looks. Nothing of the kind: the decision is an orphan, listed by Orphans, and
// applies again when the words come back.
//
// # Why decisions are about statements
//
// A reviewer looks at a sentence of a document. That it does not state a fact says nothing of
// another document that may. So a decision is about every statement of the fact that there
// is when it is made: a fact is accepted when one statement is, rejected when all are, and a
// new document that states a rejected fact brings it back into the queue.
//
// # What Verify rests on
//
// Raw bytes and texts have hashes, and facts_hash covers a document's name, metadata and facts
// as they were extracted. Everything else is computed again from those and from the
// decisions, with the functions that stored it, and compared row by row. So a bit that
// flipped in a row is found, where SQLite's own check sees a sound file.
//
// # Why facts of old versions are not kept
//
// A superseded or removed document keeps its text and raw bytes, not its facts: what a rule
// once read can be read again, and nothing in views and queries has to leave it out.
//
// # Why the facts of an entity are not merged by row number
//
// A fact's id is the hash of its kind and its normal form, in which an entity is written as
// the smallest of its strong keys. So the same documents give the same ids in every
// database, and an event log of human decisions (keyed by source, kind, normalised slots and
// the quote with its surroundings) can be applied after any rebuild: everything in
// the tables statement, citation, form, entity and fact can be made again from raw and document.
package corpus
