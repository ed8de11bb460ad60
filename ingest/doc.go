// Package ingest turns raw bytes into cleaned documents.
//
//	Walk(paths)  local files, folders, globs, standard input  → Raw, one at a time
//	Read(Raw)    format, character set, main text, zones       → []document.Document
//
// Read is a pure function: the same Raw gives the same documents on every machine and on
// every day; it opens nothing, and sees neither clock nor network. What it cannot read it
// refuses with a *Refusal that names the input, the reason and what to do about it.
//
// The steps of Read, one file each:
//
//	format.go        which format the bytes are in (Formats lists them)
//	charset.go       bytes → valid UTF-8, with evidence and a share of what could not be decoded
//	format_*.go      one format each: bytes → lines with hints ("this was a figcaption")
//	html_*.go        the parts of a page: parse, metadata, place of the article, lines
//	clean.go         characters: white space, invisible characters, normal form
//	anatomy.go       lines → zones; furniture.go, contact.go, credit.go hold the words for it
//	published.go     when it was published, and which other dates the content gives
//	publisher.go     who published it, and the address that it calls its own
//	language.go      English, another language, or unknown
//
// Why Unicode spaces are folded: the no-break space, the thin space and their kin are typography;
// every later step would otherwise need to know all of them. Tabs and runs of
// spaces become one space. The text is frozen afterwards, so no offset ever moves.
//
// Why NFC: the same name typed with a combining accent and with a composed letter must be
// one name to lexicons and to SQL. NFC is idempotent and changes no visible character.
// (NFKC would, so it is not used.)
//
// Why blank lines stay (one at most): they are how a reader of plain text tells a headline from
// the paragraph below it, and a document shown again should look like what was read.
//
// Why the HTML text is rendered from the page and not from the extractor's copy: main-text
// extractors answer "where is the article" well, but their copy loses headlines, captions,
// list items, table cells and line breaks. Here the extractor finds the place; the words come
// from the page itself.
package ingest
