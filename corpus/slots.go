package corpus

import (
	"encoding/json"

	"dateline/extract"
)

// slots are a fact's values in the words of one document, as they are kept in JSON. Empty
// values are left out, so that SQL sees NULL.
type slots struct {
	Type         string   `json:"type,omitempty"`
	Value        string   `json:"value,omitempty"`
	Mod          string   `json:"mod,omitempty"`
	Anchor       string   `json:"anchor,omitempty"`
	AnchorFrom   string   `json:"anchor_from,omitempty"`
	Alternatives []string `json:"alternatives,omitempty"`
	Name         string   `json:"name,omitempty"`
	Aliases      []string `json:"aliases,omitempty"`
	Parent       string   `json:"parent,omitempty"`
	Person       string   `json:"person,omitempty"`
	Title        string   `json:"title,omitempty"`
	Institution  string   `json:"institution,omitempty"`
	When         string   `json:"when,omitempty"`
	Status       string   `json:"status,omitempty"`
	Parties      []string `json:"parties,omitempty"`
	Signatories  []string `json:"signatories,omitempty"`
	Date         string   `json:"date,omitempty"`
	Place        string   `json:"place,omitempty"`
	Subject      string   `json:"subject,omitempty"`

	Own map[string]string `json:"own,omitempty"` // of a kind of a user's rules
}

// slotsOf takes the values out of a fact. ok is false when the fact lacks the value of its kind.
func slotsOf(f extract.Fact) (s slots, ok bool) {
	switch {
	case f.Kind == extract.KindDate && f.Date != nil:
		d := f.Date
		return slots{Type: d.Type, Value: d.Value, Mod: d.Mod, Anchor: d.Anchor, AnchorFrom: d.AnchorFrom, Alternatives: d.Alternatives}, d.Value != ""
	case f.Kind == extract.KindPerson && f.Person != nil:
		return slots{Name: f.Person.Name, Aliases: f.Person.Aliases}, f.Person.Name != ""
	case f.Kind == extract.KindInstitution && f.Institution != nil:
		i := f.Institution
		return slots{Name: i.Name, Aliases: i.Aliases, Parent: i.Parent}, i.Name != ""
	case f.Kind == extract.KindTitle && f.Title != nil:
		t := f.Title
		return slots{Person: t.Person, Title: t.Title, Institution: t.Institution, When: t.When}, t.Person != "" && t.Title != ""
	case f.Kind == extract.KindAgreement && f.Agreement != nil:
		a := f.Agreement
		return slots{Type: a.Type, Status: a.Status, Parties: a.Parties, Signatories: a.Signatories, Date: a.Date, Place: a.Place, Subject: a.Subject}, true
	case f.Own != nil && extract.IsOwnKind(f.Kind):
		return slots{Own: f.Own.Values()}, len(f.Own.Slots) > 0
	}
	return slots{}, false
}

// fact puts the values back; citations, rule and confidence are set by the caller.
func (s slots) fact(kind extract.Kind) extract.Fact {
	f := extract.Fact{Kind: kind}
	switch kind {
	case extract.KindDate:
		f.Date = &extract.Date{Type: s.Type, Value: s.Value, Mod: s.Mod, Anchor: s.Anchor, AnchorFrom: s.AnchorFrom, Alternatives: s.Alternatives}
	case extract.KindPerson:
		f.Person = &extract.Person{Name: s.Name, Aliases: s.Aliases}
	case extract.KindInstitution:
		f.Institution = &extract.Institution{Name: s.Name, Aliases: s.Aliases, Parent: s.Parent}
	case extract.KindTitle:
		f.Title = &extract.Title{Person: s.Person, Title: s.Title, Institution: s.Institution, When: s.When}
	case extract.KindAgreement:
		f.Agreement = &extract.Agreement{Type: s.Type, Status: s.Status, Parties: s.Parties, Signatories: s.Signatories, Date: s.Date, Place: s.Place, Subject: s.Subject}
	default:
		f.Own = extract.NewOwn(s.Own)
	}
	return f
}

// toJSON writes a value that is known to be writable; nil slices become [].
func toJSON(v any) string {
	if list, ok := v.([]string); ok && list == nil {
		return "[]"
	}
	b, err := json.Marshal(v)
	if err != nil {
		panic("corpus: " + err.Error()) // only strings, numbers and lists of them come here
	}
	return string(b)
}

func stringsFrom(text string) []string {
	var list []string
	if json.Unmarshal([]byte(text), &list) != nil {
		return nil
	}
	return list
}
