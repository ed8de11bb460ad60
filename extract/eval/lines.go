package eval

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// Line is what a run says of one document, with only the fields that are scored. The zero
// Line says nothing.
type Line struct {
	Source  string // document.source
	Text    string // document.text
	HasText bool   // whether document.text is there and a string
	Facts   []Fact // every fact, also those of unknown kinds: each needs a citation
}

// Fact is one fact of a run. A field that is absent, blank or of the wrong JSON type is ""
// (nil for a list); blank and wrong elements of a list are left out.
type Fact struct {
	Kind, Type, Value, Mod, Name, Parent, Person, Title, Institution, Status, Date, Place, Subject string
	Aliases, Parties, Signatories                                                                  []string

	Citations []Citation // the elements of citations; nil when it is no list
}

// Citation is the place of a fact's evidence in the text, in code points, half-open.
type Citation struct {
	Object     bool // whether it is a JSON object at all
	Start, End int
	Whole      bool // whether start and end are there and whole numbers
	Quote      string
	HasQuote   bool // whether quote is there and a string
}

// ReadLines reads a run; name is for its errors. The result is keyed by the stem of
// document.source (the part after the last "/", without its extension). Blank rows are
// skipped and broken UTF-8 is replaced by U+FFFD.
//
// A row that is no JSON object with a document.source, or whose facts are no objects, is
// an error, and so are two lines of one stem: of any stem when no cases are given, else
// only of a case's stem, because lines without gold are ignored (the last one stays).
func ReadLines(r io.Reader, name string, cases ...Case) (map[string]Line, error) {
	gold := make(map[string]bool, len(cases))
	for _, c := range cases {
		gold[c.Name] = true
	}
	lines := make(map[string]Line)
	err := rows(r, func(number int, row []byte) error {
		row = validUTF8(row)
		if isBlank(string(row)) {
			return nil
		}
		line, err := ParseLine(row)
		if err != nil {
			return fmt.Errorf("%s:%d: not a line of the exchange format: %w", name, number, err)
		}
		stem := Stem(line.Source)
		if _, twice := lines[stem]; twice && (len(cases) == 0 || gold[stem]) {
			return fmt.Errorf("%s:%d: a second line for %s; give each document one line and a source of its own", name, number, stem)
		}
		lines[stem] = line
		return nil
	})
	if err != nil {
		return nil, err
	}
	return lines, nil
}

// ParseLine reads one line of the exchange format.
func ParseLine(data []byte) (Line, error) {
	value, err := decodeLoose(validUTF8(data))
	if err != nil {
		return Line{}, err
	}
	object, ok := value.(map[string]any)
	if !ok {
		return Line{}, errors.New("it must be a JSON object")
	}
	document, ok := object["document"].(map[string]any)
	if !ok {
		return Line{}, errors.New(`"document" must be an object`)
	}
	source, ok := document["source"].(string)
	if !ok {
		return Line{}, errors.New(`"document.source" must be a string`)
	}
	line := Line{Source: source}
	line.Text, line.HasText = document["text"].(string)
	facts := object["facts"]
	if !truthy(facts) {
		return line, nil
	}
	list, ok := facts.([]any)
	if !ok {
		return Line{}, errors.New(`"facts" must be a list of objects`)
	}
	line.Facts = make([]Fact, len(list))
	for i, f := range list {
		fields, ok := f.(map[string]any)
		if !ok {
			return Line{}, fmt.Errorf(`"facts" must be a list of objects; element %d is none`, i)
		}
		line.Facts[i] = readFact(fields)
	}
	return line, nil
}

// Stem is the part of a source after its last "/", without the extension. Leading dots
// begin no extension: the stem of ".txt" is ".txt".
func Stem(source string) string {
	base := source[strings.LastIndexByte(source, '/')+1:]
	if dot := strings.LastIndexByte(base, '.'); dot > 0 && strings.Trim(base[:dot], ".") != "" {
		return base[:dot]
	}
	return base
}

// readFact takes the fields that are scored out of a JSON object.
func readFact(fields map[string]any) Fact {
	text := func(key string) string { return filled(fields[key]) }
	list := func(key string) []string {
		items, _ := fields[key].([]any)
		var out []string
		for _, item := range items {
			if s := filled(item); s != "" {
				out = append(out, s)
			}
		}
		return out
	}
	fact := Fact{
		Kind: text("kind"), Type: text("type"), Value: text("value"), Mod: text("mod"), Name: text("name"),
		Parent: text("parent"), Person: text("person"), Title: text("title"), Institution: text("institution"),
		Status: text("status"), Date: text("date"), Place: text("place"), Subject: text("subject"),
		Aliases: list("aliases"), Parties: list("parties"), Signatories: list("signatories"),
	}
	citations, _ := fields["citations"].([]any)
	for _, c := range citations {
		object, ok := c.(map[string]any)
		citation := Citation{Object: ok}
		if ok {
			start, startOK := integer(object["start"])
			end, endOK := integer(object["end"])
			citation.Start, citation.End, citation.Whole = start, end, startOK && endOK
			citation.Quote, citation.HasQuote = object["quote"].(string)
		}
		fact.Citations = append(fact.Citations, citation)
	}
	return fact
}

// filled is the string that a JSON value holds, or "" when it is no string or blank.
func filled(value any) string {
	if s, ok := value.(string); ok && !isBlank(s) {
		return s
	}
	return ""
}
