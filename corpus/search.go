package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// SearchQuery asks for documents or facts that hold words. Zero values select everything.
type SearchQuery struct {
	// Words are searched for in all documents, or facts; every string is a query. All words
	// must be there, in whatever order; "several words" in quotation marks next to each other;
	// word* as the beginning of a word; and -word, -"several words" not at all. Case and accents
	// do not count.
	Words string

	Kind        string // documents that state such a fact, facts of it
	Person      string // as in Filter; of documents: that state such a fact about this person
	Institution string // likewise
	Since       string // of documents: published on or after this day; of facts as in Filter
	Until       string
	Source      string // part of a source's path or URL
	Publisher   string // part of the publisher's name
	Limit       int    // 0 = no limit
	Offset      int
}

// TextPart is a piece of a text. The pieces together are the text; those that match the words
// of a query are hits.
type TextPart struct {
	Text string
	Hit  bool
}

// Snippet is the part of a document's text that tells most about the words searched for.
type Snippet struct {
	Start, End    int // code points of the document's text, End exclusive
	Before, After bool
	Parts         []TextPart
}

// SearchHit is a document that was found.
type SearchHit struct {
	Document  int64
	Source    string
	Title     []TextPart
	Published string
	Publisher string
	Language  string
	Facts     int     // number of statements that are not rejected
	Score     float64 // higher is better; only comparable within one result
	Hits      int     // places in the text
	Snippet   Snippet
	MayMatch  bool // its publication date is not, or not fully, known and may lie in the range asked for
}

// SearchResult is a page of what was found.
type SearchResult struct {
	Total int // on all pages
	Hits  []SearchHit
	Note  string // what a person should know about the query, or ""
}

// FactHit is a fact that was found.
type FactHit struct {
	FactRow
	Score  float64
	Quote  []TextPart // of the statement that matches best
	Source string     // and where that stands
	Start  int        // in code points
	End    int
}

// FactResult is a page of facts that were found.
type FactResult struct {
	Total int
	Hits  []FactHit
	Note  string
}

// Bounds of a query: longer ones are cut, with a note.
const (
	maxQueryBytes = 4096
	maxQueryTerms = 64
)

// searchTerm is one condition of a query.
type searchTerm struct {
	text      string
	prefix    bool // the beginning of a word
	not       bool
	spaceless bool // of a script that puts no spaces between words
}

// readTerms reads the words of a query. Whatever stands there means something or nothing: no
// text is an error.
func readTerms(words string) (terms []searchTerm, note string) {
	text := strings.ToValidUTF8(words, " ")
	if len(text) > maxQueryBytes {
		cut := maxQueryBytes
		for !utf8.RuneStart(text[cut]) {
			cut--
		}
		text, note = text[:cut], "the query is too long; only its beginning was searched for"
	}
	text = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`, "\x00", " ").Replace(text)
	for {
		text = strings.TrimLeftFunc(text, unicode.IsSpace)
		if text == "" {
			break
		}
		var t searchTerm
		if rest, ok := strings.CutPrefix(text, "-"); ok {
			t.not, text = true, rest
		}
		if rest, ok := strings.CutPrefix(text, `"`); ok {
			t.text, text, _ = strings.Cut(rest, `"`)
		} else {
			end := strings.IndexFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '"' })
			if end < 0 {
				end = len(text)
			}
			t.text, text = text[:end], text[end:]
			if word := strings.TrimRight(t.text, "*"); word != t.text {
				t.text, t.prefix = word, true
			}
		}
		t.text = strings.TrimSpace(t.text)
		if !strings.ContainsFunc(t.text, isWordLetter) {
			continue // signs are in no index
		}
		t.spaceless = strings.ContainsFunc(t.text, withoutSpaces)
		if len(terms) == maxQueryTerms {
			note = "the query has too many words; only the first were searched for"
			break
		}
		terms = append(terms, t)
	}
	if len(terms) == 0 && strings.TrimSpace(words) != "" && note == "" {
		note = "the query holds no word to search for"
	}
	return terms, note
}

// isWordLetter reports what the full-text index takes for a part of a word.
func isWordLetter(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.Co, r)
}

// match is the term in the language of FTS5. Within quotation marks nothing has a meaning
// there but another quotation mark, and readTerms leaves none.
func (t searchTerm) match() string {
	if t.prefix {
		return `"` + t.text + `" *`
	}
	return `"` + t.text + `"`
}

// ftsQuery is the query of all terms in the language of FTS5, without those of scripts
// without spaces; "" when no term asks for a word.
func ftsQuery(terms []searchTerm) string {
	var yes, no []string
	for _, t := range terms {
		switch {
		case t.spaceless:
		case t.not:
			no = append(no, t.match())
		default:
			yes = append(yes, t.match())
		}
	}
	if len(yes) == 0 {
		return ""
	}
	query := "(" + strings.Join(yes, " AND ") + ")"
	if len(no) > 0 {
		query += " NOT (" + strings.Join(no, " OR ") + ")"
	}
	return query
}
