package extract

import (
	"slices"
	"strings"

	"dateline/extract/token"
)

// Kind names a kind of fact.
type Kind string

// The kinds of fact, in the order in which they are printed.
const (
	KindDate        Kind = "date"
	KindPerson      Kind = "person"
	KindInstitution Kind = "institution"
	KindTitle       Kind = "title"
	KindAgreement   Kind = "agreement"
)

// Kinds lists the kinds of fact that the program knows, in output order. Those of a user's rules come
// behind them, by name.
var Kinds = []Kind{KindDate, KindPerson, KindInstitution, KindTitle, KindAgreement}

// Citation is the place where a fact is stated. Quote is Document.Text[Start:End], always.
type Citation struct {
	token.Span        // bytes of Document.Text, half-open
	Quote      string // the text at Span
	Rule       string // the rule that read this place
}

// Fact is one thing that a document states. Exactly one of the pointers is set: the one of
// its Kind. A fact has at least one citation; they stand in text order.
type Fact struct {
	Kind       Kind
	Rule       string  // the rule that first proposed the fact
	Confidence float64 // 0 to 1
	Citations  []Citation

	Date        *Date
	Person      *Person
	Institution *Institution
	Title       *Title
	Agreement   *Agreement
	Own         *Own // of a kind that a user's rules have made up
}

// Date is a date value with where it came from.
type Date struct {
	Type  string // "date", "time", "duration" or "set"
	Value string // dateline date value: "2025-10-31", "XXXX-05-18", "2025-10-29/2025-11-02"
	Mod   string // "", "START", "MID", "END", "BEFORE", "AFTER" or "APPROX"
	// Derivation of a value that the words alone do not give.
	Anchor       string   // the date it was resolved against, or ""
	AnchorFrom   string   // "published", "dateline", "text", or ""
	Alternatives []string // other values that the expression allows
}

// Person is a person named in the document.
type Person struct {
	Name    string   // fullest form in the document, without honorifics and titles
	Aliases []string // other forms used for the same person
}

// Institution is a named organisation or a unit of one.
type Institution struct {
	Name    string   // fullest form, without a leading "the"
	Aliases []string // acronyms and shorter forms used for it
	Parent  string   // Name of the institution it belongs to, or "" when the text does not say
}

// Title is a post that a person holds.
type Title struct {
	Person      string // Name of the person
	Title       string // words of the post as written, without the institution
	Institution string // Name of the institution, or "" when the text does not tell
	When        string // "current", "former" or "incoming"
}

// Agreement is an agreement between parties.
type Agreement struct {
	Type        string // memorandum, agreement, contract, declaration, protocol, roadmap, letter_of_intent, treaty, licence, grant, other
	Status      string // signed, agreed, planned, renewed, terminated
	Parties     []string
	Signatories []string
	Date        string // date value, or "" when not told
	Place       string // city or venue, or ""
	Subject     string // shortest span that says what it is about, or ""
}

// Slot is a value of a fact of a user's own kind.
type Slot struct{ Name, Value string }

// Own is what a fact of a user's own kind states.
type Own struct {
	Slots []Slot // by name; only those that the text tells
}

// NewOwn puts slots in order and leaves empty ones out.
func NewOwn(values map[string]string) *Own {
	o := &Own{}
	for name, value := range values {
		if value != "" {
			o.Slots = append(o.Slots, Slot{name, value})
		}
	}
	slices.SortFunc(o.Slots, func(a, b Slot) int { return strings.Compare(a.Name, b.Name) })
	return o
}

// Values are the slots by their names.
func (o *Own) Values() map[string]string {
	values := make(map[string]string, len(o.Slots))
	for _, s := range o.Slots {
		values[s.Name] = s.Value
	}
	return values
}

// Line is the fact as one readable line: "amount: $5 million, who: Harbour Bank".
func (o *Own) Line() string {
	parts := make([]string, len(o.Slots))
	for i, s := range o.Slots {
		parts[i] = s.Name + ": " + s.Value
	}
	return strings.Join(parts, ", ")
}

// IsOwnKind reports whether a word can name a kind of a user's own: it is well formed and none of
// Kinds.
func IsOwnKind(k Kind) bool {
	return !slices.Contains(Kinds, k) && kindName.MatchString(string(k)) && len(k) <= 40
}

// AllKinds lists Kinds, and behind them the others that occur, by name.
func AllKinds[T any](occur map[Kind]T) []Kind {
	all := slices.Clone(Kinds)
	for k := range occur {
		if !slices.Contains(Kinds, k) {
			all = append(all, k)
		}
	}
	slices.Sort(all[len(Kinds):])
	return all
}
