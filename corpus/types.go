package corpus

import (
	"dateline/extract"
	"dateline/ingest/document"
)

// ReadAs is what is needed, besides the raw bytes, to read a document again as it was read
// the first time. All fields may be empty.
type ReadAs struct {
	MediaType string          // as found or as the server said: "text/html"
	Charset   string          // from a header outside the bytes; "" when the bytes alone decided
	Published string          // publication date given by the user (--published), not by the content
	Title     string          // title given outside the bytes
	Container string          // the file that the document was a part of (feed, archive, JSON Lines), or ""
	Listed    document.Listed `json:",omitzero"` // what a feed or sitemap says of it
}

// Item is one document to store: what was read, the bytes it was read from, and what it states.
type Item struct {
	Doc    document.Document
	Raw    []byte // the bytes that Doc was made from; kept once a content, compressed
	ReadAs ReadAs
	Facts  []extract.Fact
	Note   string // one sentence for people, e.g. why a document has no facts; or ""

	// Fetched is set when the bytes came from the web: the URL's row of the frontier then changes
	// in the same transaction as the document. Doc.Source is the URL.
	Fetched *Fetched
}

// PutOptions changes how Put treats its items.
type PutOptions struct {
	Revive bool   // take in sources that were removed
	When   string // time stamp to record with new versions (RFC 3339), or ""; the store never reads the clock
	reread bool   // from the raw bytes that are stored: nothing is known of the source itself
}

// State says what Put did with an item.
type State string

// The states of an Outcome.
const (
	New        State = "new"         // first version of its source
	Unchanged  State = "unchanged"   // text, metadata and facts are the stored ones; nothing was written
	NewVersion State = "new version" // the source was known with another text
	Updated    State = "updated"     // the text is the stored one, its metadata or facts are not
	Skipped    State = "removed"     // the source was removed earlier; nothing was written
	Copy       State = "copy"        // another URL of a page that is stored; only the frontier was written
	Rejected   State = "rejected"    // the item breaks the store's contract; see Err
)

// Outcome is what Put did with the item at the same index.
type Outcome struct {
	State    State
	Document int64  // id of the stored version; 0 when there is none
	Version  int    // 1 for the first version of a source
	Facts    int    // number of facts stored for it
	CopyOf   string // source of the document that a Copy is a copy of
	Err      error  // only for Rejected
}

// Entity is a person or an institution, as all documents together know it.
type Entity struct {
	ID      int64  // minted once; not in canonical exports
	Kind    string // "person" or "institution"
	Name    string // canonical name: the fullest form of any document
	Aliases []string
	Parent  string // canonical name of the institution it belongs to, or ""
}

// Citation is a stored place where a fact is stated. Start and End count Unicode code
// points of the document's text, End exclusive.
type Citation struct {
	Document  int64
	Source    string
	Title     string // of the document
	Published string // of the document, or ""
	Start     int
	End       int
	Quote     string
	Rule      string
}

// FactRow is one row of the de-duplicated fact table. Names are canonical; words (Title,
// Subject, Place) are those of the first citation's document.
type FactRow struct {
	ID         string // hash of kind and normal form; stable across runs and databases
	Kind       extract.Kind
	Statement  string  // the fact as one readable line
	Confidence float64 // highest of its statements
	Sources    int     // number of documents that state it
	Citations  int     // number of places that state it
	First      Citation

	Type         string         // date: date, time, duration, set; agreement: its type
	Value        string         // date value of a date, or of an agreement's signing; "" when unknown
	Mod          string         // date
	Person       string         // person, title: canonical name
	Institution  string         // institution, title: canonical name
	Parent       string         // institution: canonical name, or ""
	Aliases      []string       // person, institution
	Title        string         // title: the words of the post
	When         string         // title: current, former, incoming
	Status       string         // agreement
	Parties      []string       // agreement: canonical names
	Signatories  []string       // agreement: canonical names
	Place        string         // agreement
	Subject      string         // agreement
	Own          []extract.Slot // of a user's own kind, by name
	Rule         string         // of its first statement
	State        ReviewState
	Edited       bool   // values of its first statement were edited
	Version      string // another one whenever its values or the decisions about it change (Verdict.Seen)
	MayMatch     bool   // the row is listed because its date, having unknown parts, may lie in the range asked for
	MayMatchNote string // why, for people
}

// Statement is what one document says of a fact: its own words, rule and derivation.
type Statement struct {
	ID         string // id of the fact as this document alone gives it (see IDs)
	Fact       string // id of the de-duplicated fact
	Document   int64
	Source     string
	Kind       extract.Kind
	Rule       string
	Confidence float64
	Ordinal    int // position among the facts of the document, from 0
	Value      extract.Fact
	Citations  []Citation
	State      ReviewState
	Decision   int64         // that the state comes from, or 0
	Extracted  *extract.Fact // what the program read, where an edit changed it

	row, fact int64
}

// FactDetail is a fact with everything that is known about it.
type FactDetail struct {
	FactRow
	Statements []Statement // by publication (unknown last), source, ordinal
}

// DocumentRow is one stored document.
type DocumentRow struct {
	ID            int64
	Source        string
	State         string // "ok", "refused" or "removed"
	Reason        string // why it was refused or removed
	Advice        string
	Changed       string // time stamp given by the caller, or ""
	Version       int    // 0 when nothing of it was ever stored
	Versions      int
	Title         string
	Language      string
	Published     string
	PublishedFrom string
	Publisher     string // or ""
	Canonical     string // the address that the page names as its own, or ""
	RawHash       string
	Characters    int // code points of the text
	Facts         int
	Citations     int
	Note          string
	Warnings      []string
}

// DocumentDetail is a stored document with its text, facts and citations.
type DocumentDetail struct {
	DocumentRow
	Doc        document.Document
	ReadAs     ReadAs
	Statements []Statement // in the order in which they were extracted
}

// Stored is a current document as Reextract needs it: its raw bytes and how they were read.
type Stored struct {
	ID     int64
	Source string
	Raw    []byte
	ReadAs ReadAs
	Doc    document.Document
}

// Filter selects facts. Zero values select everything.
type Filter struct {
	Kind        string // one of extract.Kinds
	Person      string // part of a canonical name or alias, in whole words or beginnings of words; case and diacritics do not count
	Institution string // likewise; also finds the units of an institution
	Since       string // date value, inclusive: "2024", "2024-05", "2024-05-18"
	Until       string // date value, inclusive
	Source      string // part of a source's path or URL
	Status      string // agreement status, or when of a title
	Text        string // words that the document's text must hold
	State       string // a ReviewState, or "all"; "" leaves out what is rejected
	Limit       int    // 0 = no limit
	Offset      int
}

// DocumentFilter selects documents. Zero values select everything.
type DocumentFilter struct {
	State    string // "ok", "refused", "removed"
	Source   string // part of a path or URL
	Language string
	Text     string // words that the text must hold
	Limit    int    // 0 = no limit
	Offset   int
}

// Stats counts what a database holds (current documents only, except where a field says otherwise).
type Stats struct {
	Documents    int
	Refused      int // sources
	Removed      int // sources
	Versions     int // all stored versions, old ones too
	Languages    map[string]int
	Facts        map[extract.Kind]int // de-duplicated
	Statements   map[extract.Kind]int // before de-duplication
	Citations    int
	People       int
	Institutions int
	ManySources  int // facts that more than one document states
}
