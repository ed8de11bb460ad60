// Package document defines the value that travels from ingest to extract and corpus: one
// cleaned document. It imports no parser, so that a package which only reads documents
// does not load HTML, feed or charset code.
package document

// Document is one press release or article after cleaning.
//
// Text is frozen: every span, zone and citation of the document points into it, in bytes
// inside Go. It is valid UTF-8, holds no NUL and no carriage return, and separates
// paragraphs, headings, list items and table rows with "\n".
type Document struct {
	Source    string    // path or URL as the user gave it, or as a feed or JSON line named it
	RawHash   string    // "sha256:" and the hex digest of the raw bytes
	Title     string    // headline, or "" when none is known
	Language  string    // ISO 639-1 code of the main text ("en"), or "" when it could not be told
	Published Published // when it was published, as far as the content tells
	Publisher Publisher // who published it, as far as the content tells
	Canonical string    // the address that the page names as its own, or ""
	Text      string    // the cleaned text
	Zones     []Zone    // parts of Text that are not plain prose, in text order, not overlapping
	Warnings  []string  // what cleaning could not do well, one sentence each, for people
}

// Published is a publication date and where it was read.
type Published struct {
	Value string // a day, in its own time zone: "2024-05-18", "XXXX-02-26" without a year, "2024-05"; "" when unknown
	From  string // "flag", "jsonl", "json-ld", "meta", "time-element", "url", "dateline", "text", "feed"; "" when unknown
	// Conflicts are other dates that the content gave, as "from: value"; kept so that a reader can see the doubt.
	Conflicts []string
}

// Publisher is who published a document and where that was read.
type Publisher struct {
	Name string // "Example University", or "" when unknown
	From string // "json-ld", "meta", "feed", "jsonl", "host" or ""
}

// ZoneKind says what a Zone of the text is.
type ZoneKind string

// The kinds of zone. Text outside every zone is a paragraph of prose.
const (
	Heading   ZoneKind = "heading"   // title or section heading; a line of its own
	ListItem  ZoneKind = "list-item" // an item of a list
	Caption   ZoneKind = "caption"   // words under a picture: article text
	Credit    ZoneKind = "credit"    // "[Photo provided to …]", "Photo: …": yields no facts
	Byline    ZoneKind = "byline"    // author line of the article
	TimeStamp ZoneKind = "timestamp" // the site's own date line above or under the headline
	Contact   ZoneKind = "contact"   // contact block, address, telephone, e-mail: yields no facts
	Furniture ZoneKind = "furniture" // menu, share bar, "Found a typo?", cookie notice: yields no facts
	Table     ZoneKind = "table"     // a table row; cells are separated by " | "
	Quote     ZoneKind = "quote"     // a block quotation
)

// Zone is a half-open byte range of Document.Text that is not plain prose.
type Zone struct {
	Start, End int
	Kind       ZoneKind
}

// Silent reports whether text of this kind yields no facts (site furniture, annotation.md).
func (k ZoneKind) Silent() bool {
	switch k {
	case Credit, Contact, Furniture:
		return true
	}
	return false
}
