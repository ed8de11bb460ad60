package extract

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"dateline/extract/token"
	"dateline/ingest/document"
)

// WriteLine writes one document with its facts as one line of the exchange format: JSON with
// the fields in a fixed order, offsets in Unicode code points, the facts sorted by kind, first
// citation and content. The same document and facts give the same bytes, in whatever order the
// facts came.
//
// A fact whose citations do not hold (a quote that is not the text at its place, a place
// outside the text or inside a character) is an error, and nothing is written: a reader of
// the format may rely on every citation.
func WriteLine(w io.Writer, doc document.Document, facts []Fact) error {
	ids := make([]string, len(facts))
	for i, f := range facts {
		ids[i] = FactID(f)
	}
	return WriteLineWithIDs(w, doc, facts, ids)
}

// WriteLineWithIDs is WriteLine with an id for each fact, at the same index, in place of FactID. A
// caller that knows more than one document (a database) names facts across documents.
func WriteLineWithIDs(w io.Writer, doc document.Document, facts []Fact, ids []string) error {
	line, err := newExchangeLine(doc, facts, ids)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // "<" and "&" are ordinary characters of a text
	if err := enc.Encode(line); err != nil {
		return fmt.Errorf("%s: encoding the document: %w", doc.Source, err)
	}
	_, err = w.Write(b.Bytes())
	return err
}

// FactID names a fact: the hash of its kind and normal form, in hex. Case, accents written in
// another normal form, punctuation and the order of parties and signatories do not change it;
// rule, confidence, aliases and citations are no part of it.
func FactID(f Fact) string {
	h := sha256.New()
	for _, part := range idForm(f) {
		io.WriteString(h, part)
		h.Write([]byte{0}) // ends a part, so that no two lists of parts hash alike
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// SortFacts puts facts into output order: by kind (those of Kinds first, others by name), then by
// first citation, then by content. The order is total for facts that differ.
func SortFacts(facts []Fact) {
	sorted := make([]Fact, len(facts))
	for i, from := range sortedOrder(facts) {
		sorted[i] = facts[from]
	}
	copy(facts, sorted)
}

// sortedOrder lists the indices of facts in output order.
func sortedOrder(facts []Fact) []int {
	type keyed struct {
		index   int
		name    Kind
		kind    int
		first   token.Span
		content string
	}
	all := make([]keyed, len(facts))
	for i, f := range facts {
		k := keyed{index: i, name: f.Kind, kind: slices.Index(Kinds, f.Kind), content: sortContent(f)}
		if k.kind < 0 {
			k.kind = len(Kinds)
		}
		if len(f.Citations) > 0 {
			k.first = slices.MinFunc(f.Citations, compareCitations).Span
		}
		all[i] = k
	}
	slices.SortStableFunc(all, func(a, b keyed) int {
		return cmp.Or(
			cmp.Compare(a.kind, b.kind),
			cmp.Compare(a.name, b.name),
			cmp.Compare(a.first.Start, b.first.Start),
			cmp.Compare(a.first.End, b.first.End),
			cmp.Compare(a.content, b.content))
	})
	order := make([]int, len(all))
	for i, k := range all {
		order[i] = k.index
	}
	return order
}

func compareCitations(a, b Citation) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Rule, b.Rule))
}

// RuneIndex turns bytes of a text into Unicode code points, the unit of every offset outside
// Go. It is built in one pass over the text; a look-up costs at most runeStep steps.
type RuneIndex struct {
	text  string
	runes []int32 // code points before each multiple of runeStep bytes; nil when the text is ASCII
}

// runeStep is the distance of the marks in bytes: 4 bytes of index for 64 bytes of text.
const runeStep = 64

// NewRuneIndex reads a text once.
func NewRuneIndex(text string) *RuneIndex {
	ix := &RuneIndex{text: text}
	ascii := true
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return ix
	}
	ix.runes = make([]int32, 0, len(text)/runeStep+1)
	count := int32(0)
	for i := 0; i < len(text); i++ {
		if i%runeStep == 0 {
			ix.runes = append(ix.runes, count)
		}
		if utf8.RuneStart(text[i]) {
			count++
		}
	}
	return ix
}

// At returns the number of code points before a byte offset that stands at the start of a
// character or at the end of the text. It panics outside the text, as slicing does.
func (ix *RuneIndex) At(offset int) int {
	if offset < 0 || offset > len(ix.text) {
		panic(fmt.Sprintf("offset %d outside a text of %d bytes", offset, len(ix.text)))
	}
	if ix.runes == nil {
		return offset
	}
	mark := min(offset/runeStep, len(ix.runes)-1)
	count := int(ix.runes[mark])
	for i := mark * runeStep; i < offset; i++ {
		if utf8.RuneStart(ix.text[i]) {
			count++
		}
	}
	return count
}

// onRuneBorder reports whether a byte offset is the start of a character or the end of the text.
func onRuneBorder(text string, offset int) bool {
	return offset == len(text) || offset >= 0 && offset < len(text) && utf8.RuneStart(text[offset])
}

// The types below are the exchange format, field by field, in its order. Pointers are fields
// that may be null; slices are made, never nil.
type exchangeLine struct {
	Document exchangeDocument `json:"document"`
	Facts    []any            `json:"facts"`
}

type exchangeDocument struct {
	ID            string         `json:"id"`
	Source        string         `json:"source"`
	Title         *string        `json:"title"`
	Published     *string        `json:"published"`
	PublishedFrom *string        `json:"published_from"`
	Language      *string        `json:"language"`
	Text          string         `json:"text"`
	Zones         []exchangeZone `json:"zones"`
}

// exchangeZone tells a reader why a name in a menu is no fact.
type exchangeZone struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Kind  string `json:"kind"`
}

type exchangeHead struct {
	ID   string `json:"id"`
	Kind Kind   `json:"kind"`
}

type exchangeTail struct {
	Rule       string             `json:"rule"`
	Confidence float64            `json:"confidence"`
	Citations  []exchangeCitation `json:"citations"`
}

type exchangeCitation struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Quote string `json:"quote"`
	Rule  string `json:"rule"`
}

type exchangeDate struct {
	exchangeHead
	Type       string             `json:"type"`
	Value      string             `json:"value"`
	Mod        string             `json:"mod"`
	Derivation exchangeDerivation `json:"derivation"`
	exchangeTail
}

type exchangeDerivation struct {
	Anchor       *string  `json:"anchor"`
	AnchorFrom   *string  `json:"anchor_from"`
	Alternatives []string `json:"alternatives"`
}

type exchangePerson struct {
	exchangeHead
	Name    string   `json:"name"`
	Aliases []string `json:"aliases"`
	exchangeTail
}

type exchangeInstitution struct {
	exchangeHead
	Name    string   `json:"name"`
	Aliases []string `json:"aliases"`
	Parent  *string  `json:"parent"`
	exchangeTail
}

type exchangeTitle struct {
	exchangeHead
	Person      *string `json:"person"`
	Title       string  `json:"title"`
	Institution *string `json:"institution"`
	When        string  `json:"when"`
	exchangeTail
}

type exchangeAgreement struct {
	exchangeHead
	Type        string   `json:"type"`
	Status      string   `json:"status"`
	Parties     []string `json:"parties"`
	Signatories []string `json:"signatories"`
	Date        *string  `json:"date"`
	Place       *string  `json:"place"`
	Subject     *string  `json:"subject"`
	exchangeTail
}

// exchangeOwn is a fact of a kind that a user's rules have made up.
type exchangeOwn struct {
	exchangeHead
	Slots map[string]string `json:"slots"` // printed by name
	exchangeTail
}

// newExchangeLine checks a document and its facts and gives them the shape of a line.
func newExchangeLine(doc document.Document, facts []Fact, ids []string) (*exchangeLine, error) {
	if !utf8.ValidString(doc.Text) || strings.IndexByte(doc.Text, 0) >= 0 {
		return nil, fmt.Errorf("%s: the text holds a NUL or is not valid UTF-8; clean it before facts are read from it", doc.Source)
	}
	index := NewRuneIndex(doc.Text)
	line := &exchangeLine{
		Document: exchangeDocument{
			ID:            doc.RawHash,
			Source:        doc.Source,
			Title:         orNull(doc.Title),
			Published:     orNull(doc.Published.Value),
			PublishedFrom: orNull(doc.Published.From),
			Language:      orNull(doc.Language),
			Text:          doc.Text,
			Zones:         make([]exchangeZone, 0, len(doc.Zones)),
		},
		Facts: make([]any, 0, len(facts)),
	}
	for _, z := range doc.Zones {
		if !citableSpan(doc.Text, token.Span{Start: z.Start, End: z.End}) {
			return nil, fmt.Errorf("%s: the zone %s at bytes %d to %d is no part of the text", doc.Source, z.Kind, z.Start, z.End)
		}
		line.Document.Zones = append(line.Document.Zones, exchangeZone{index.At(z.Start), index.At(z.End), string(z.Kind)})
	}
	for _, i := range sortedOrder(facts) {
		item, err := exchangeFact(doc, index, facts[i], ids[i])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", doc.Source, err)
		}
		line.Facts = append(line.Facts, item)
	}
	return line, nil
}

// exchangeFact flattens one fact.
func exchangeFact(doc document.Document, index *RuneIndex, f Fact, id string) (any, error) {
	head := exchangeHead{id, f.Kind}
	tail := exchangeTail{Rule: f.Rule, Confidence: f.Confidence}
	if len(f.Citations) == 0 {
		return nil, fmt.Errorf("a fact of kind %s (rule %s) has no citation; without one it is no fact", f.Kind, f.Rule)
	}
	citations := slices.Clone(f.Citations)
	slices.SortStableFunc(citations, compareCitations)
	for _, c := range citations {
		if !citableSpan(doc.Text, c.Span) || c.Span.Of(doc.Text) != c.Quote {
			return nil, fmt.Errorf("the citation %q of a fact of kind %s (rule %s) is not the text at bytes %d to %d",
				c.Quote, f.Kind, f.Rule, c.Start, c.End)
		}
		tail.Citations = append(tail.Citations, exchangeCitation{index.At(c.Start), index.At(c.End), c.Quote, c.Rule})
	}
	switch {
	case f.Date != nil:
		d := f.Date
		return exchangeDate{head, d.Type, d.Value, d.Mod,
			exchangeDerivation{orNull(d.Anchor), orNull(d.AnchorFrom), orEmpty(d.Alternatives)}, tail}, nil
	case f.Person != nil:
		return exchangePerson{head, f.Person.Name, orEmpty(f.Person.Aliases), tail}, nil
	case f.Institution != nil:
		return exchangeInstitution{head, f.Institution.Name, orEmpty(f.Institution.Aliases), orNull(f.Institution.Parent), tail}, nil
	case f.Title != nil:
		return exchangeTitle{head, orNull(f.Title.Person), f.Title.Title, orNull(f.Title.Institution), f.Title.When, tail}, nil
	case f.Agreement != nil:
		a := f.Agreement
		return exchangeAgreement{head, a.Type, a.Status, orEmpty(a.Parties), orEmpty(a.Signatories),
			orNull(a.Date), orNull(a.Place), orNull(a.Subject), tail}, nil
	case f.Own != nil && IsOwnKind(f.Kind):
		return exchangeOwn{head, f.Own.Values(), tail}, nil
	}
	return nil, fmt.Errorf("a fact of kind %s (rule %s) has no content", f.Kind, f.Rule)
}

// citableSpan reports whether a span is a part of the text, not empty, on borders of characters.
func citableSpan(text string, s token.Span) bool {
	return 0 <= s.Start && s.Start < s.End && s.End <= len(text) && onRuneBorder(text, s.Start) && onRuneBorder(text, s.End)
}

// orNull is null for what is unknown.
func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// orEmpty is a list that JSON prints as [] when it is empty.
func orEmpty(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

// idForm is what makes two facts of one document the same, the kind first.
func idForm(f Fact) []string {
	form := []string{string(f.Kind)}
	add := func(parts ...string) {
		for _, p := range parts {
			form = append(form, foldForID(p))
		}
	}
	addSet := func(names []string) {
		folded := make([]string, len(names))
		for i, n := range names {
			folded[i] = foldForID(n)
		}
		slices.Sort(folded)
		form = append(form, fmt.Sprint(len(folded))) // where the list ends
		form = append(form, folded...)
	}
	switch {
	case f.Date != nil:
		// Signs carry the meaning of a value ("2024/2025"), so it is taken as it is.
		form = append(form, f.Date.Type, f.Date.Value, f.Date.Mod)
	case f.Person != nil:
		add(f.Person.Name)
	case f.Institution != nil:
		add(f.Institution.Name, f.Institution.Parent)
	case f.Title != nil:
		add(f.Title.Person, f.Title.Title, f.Title.Institution, f.Title.When)
	case f.Agreement != nil:
		a := f.Agreement
		add(a.Type, a.Status)
		addSet(a.Parties)
		addSet(a.Signatories)
		form = append(form, a.Date)
		add(a.Place, a.Subject)
	case f.Own != nil:
		for _, s := range f.Own.Slots { // signs carry meaning: "$5", "€5"
			form = append(form, s.Name, strings.ToLower(s.Value))
		}
	}
	return form
}

// foldForID is a name without case and punctuation, its words divided by one space.
func foldForID(name string) string {
	folded := cases.Fold().String(norm.NFKC.String(name))
	return strings.Join(strings.FieldsFunc(folded, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r)
	}), " ")
}

// sortContent orders facts that begin at the same citation. It holds everything that is printed
// of a fact but its places.
func sortContent(f Fact) string {
	form := idForm(f)
	exact := ""
	switch {
	case f.Date != nil:
		exact = fmt.Sprintf("%+q", *f.Date)
	case f.Person != nil:
		exact = fmt.Sprintf("%+q", *f.Person)
	case f.Institution != nil:
		exact = fmt.Sprintf("%+q", *f.Institution)
	case f.Title != nil:
		exact = fmt.Sprintf("%+q", *f.Title)
	case f.Agreement != nil:
		exact = fmt.Sprintf("%+q", *f.Agreement)
	case f.Own != nil:
		exact = fmt.Sprintf("%+q", *f.Own)
	}
	return strings.Join(form, "\x00") + "\x00" + exact + fmt.Sprintf("\x00%s\x00%g\x00%+v", f.Rule, f.Confidence, f.Citations)
}
