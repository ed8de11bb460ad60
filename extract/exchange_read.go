package extract

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"dateline/extract/token"
	"dateline/ingest/document"
)

// readLine is a line of the exchange format as it is read: null and absent are the same.
type readLine struct {
	Document *struct {
		ID            string         `json:"id"`
		Source        string         `json:"source"`
		Title         string         `json:"title"`
		Published     string         `json:"published"`
		PublishedFrom string         `json:"published_from"`
		Language      string         `json:"language"`
		Text          string         `json:"text"`
		Zones         []exchangeZone `json:"zones"`
	} `json:"document"`
	Facts []readFact `json:"facts"`
}

// readFact has the fields of every kind: no two kinds use one name for different types.
type readFact struct {
	Kind       Kind               `json:"kind"`
	Type       string             `json:"type"`
	Value      string             `json:"value"`
	Mod        string             `json:"mod"`
	Derivation exchangeDerivation `json:"derivation"`
	Name       string             `json:"name"`
	Aliases    []string           `json:"aliases"`
	Parent     string             `json:"parent"`
	Person     string             `json:"person"`
	Title      string             `json:"title"`
	When       string             `json:"when"`
	// Institution is a post's place.
	Institution string             `json:"institution"`
	Status      string             `json:"status"`
	Parties     []string           `json:"parties"`
	Signatories []string           `json:"signatories"`
	Date        string             `json:"date"`
	Place       string             `json:"place"`
	Subject     string             `json:"subject"`
	Slots       json.RawMessage    `json:"slots"`
	Rule        string             `json:"rule"`
	Confidence  float64            `json:"confidence"`
	Citations   []exchangeCitation `json:"citations"`
}

// ReadLine reads a line that WriteLine wrote: the same document and facts, in the order in
// which they were written. Facts of kinds that this program does not know are read when they have
// "slots", an object of words, as those of a user's own kinds; others are left out.
// A line of another program is read too, when every fact has a citation and every quote
// stands at its place; otherwise the error says which does not.
func ReadLine(data []byte) (document.Document, []Fact, error) {
	var line readLine
	if err := json.Unmarshal(data, &line); err != nil {
		return document.Document{}, nil, lineError(err)
	}
	d := line.Document
	if d == nil || d.Source == "" {
		return document.Document{}, nil, errors.New(`"document" must be an object with a "source"`)
	}
	if strings.IndexByte(d.Text, 0) >= 0 {
		return document.Document{}, nil, errors.New("the text holds a NUL")
	}
	doc := document.Document{Source: d.Source, RawHash: d.ID, Title: d.Title, Language: d.Language, Text: d.Text,
		Published: document.Published{Value: d.Published, From: d.PublishedFrom}}
	at := byteOffsets(d.Text)
	for _, z := range d.Zones {
		start, end := at(z.Start), at(z.End)
		if start < 0 || end <= start {
			return doc, nil, fmt.Errorf("its zone from %d to %d is no part of the text", z.Start, z.End)
		}
		doc.Zones = append(doc.Zones, document.Zone{Start: start, End: end, Kind: document.ZoneKind(z.Kind)})
	}
	facts := make([]Fact, 0, len(line.Facts))
	for i, r := range line.Facts {
		f := r.fact()
		if !slices.Contains(Kinds, f.Kind) && f.Own == nil {
			continue
		}
		if len(r.Citations) == 0 {
			return doc, nil, fmt.Errorf("its fact %d (%s) has no citation", i+1, clipped(string(r.Kind)))
		}
		for _, c := range r.Citations {
			start, end := at(c.Start), at(c.End)
			if start < 0 || end <= start || d.Text[start:end] != c.Quote {
				return doc, nil, fmt.Errorf("its fact %d (%s) cites %q, which is not the text from %d to %d", i+1, clipped(string(r.Kind)), clipped(c.Quote), c.Start, c.End)
			}
			f.Citations = append(f.Citations, Citation{Span: token.Span{Start: start, End: end}, Quote: c.Quote, Rule: c.Rule})
		}
		slices.SortStableFunc(f.Citations, compareCitations)
		facts = append(facts, f)
	}
	return doc, facts, nil
}

// lineError says in words of the format what JSON could not be read.
func lineError(err error) error {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return fmt.Errorf("its field %q holds a %s", kind.Field, kind.Value)
	}
	return err
}

// clipped shortens a text from outside for an error.
func clipped(s string) string {
	if utf8.RuneCountInString(s) <= 60 {
		return s
	}
	return string([]rune(s)[:60]) + "…"
}

// byteOffsets turns code points of a text into bytes; the answer is -1 outside of it.
func byteOffsets(text string) func(codePoint int) int {
	var starts []int32 // byte of every runeStep-th code point
	count := 0
	for i := range text {
		if count%runeStep == 0 {
			starts = append(starts, int32(i))
		}
		count++
	}
	return func(codePoint int) int {
		switch {
		case codePoint < 0 || codePoint > count:
			return -1
		case codePoint == count:
			return len(text)
		case count == len(text):
			return codePoint
		}
		at := int(starts[codePoint/runeStep])
		for range codePoint % runeStep {
			_, size := utf8.DecodeRuneInString(text[at:])
			at += size
		}
		return at
	}
}

// fact gives the fields their place.
func (r readFact) fact() Fact {
	f := Fact{Kind: r.Kind, Rule: r.Rule, Confidence: r.Confidence}
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	// An empty list and none are the same; within the program it is none.
	list := func(l []string) []string {
		if len(l) == 0 {
			return nil
		}
		return l
	}
	switch r.Kind {
	case KindDate:
		f.Date = &Date{Type: r.Type, Value: r.Value, Mod: r.Mod, Anchor: text(r.Derivation.Anchor), AnchorFrom: text(r.Derivation.AnchorFrom), Alternatives: list(r.Derivation.Alternatives)}
	case KindPerson:
		f.Person = &Person{Name: r.Name, Aliases: list(r.Aliases)}
	case KindInstitution:
		f.Institution = &Institution{Name: r.Name, Aliases: list(r.Aliases), Parent: r.Parent}
	case KindTitle:
		f.Title = &Title{Person: r.Person, Title: r.Title, Institution: r.Institution, When: r.When}
	case KindAgreement:
		f.Agreement = &Agreement{Type: r.Type, Status: r.Status, Parties: list(r.Parties), Signatories: list(r.Signatories), Date: r.Date, Place: r.Place, Subject: r.Subject}
	default:
		values := map[string]string{}
		if IsOwnKind(r.Kind) && json.Unmarshal(r.Slots, &values) == nil && len(values) > 0 {
			f.Own = NewOwn(values)
		}
	}
	return f
}
