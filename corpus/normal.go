package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"dateline/extract"
)

// normalForm is the text that a fact's id is the hash of: two statements with one normal form
// are one fact. entity gives the key of the entity that a place of the fact names.
//
// The rule, the confidence, the derivation, the place and the place of citation are no part
// of it. Neither is a title's spelling in case and hyphens.
func normalForm(kind extract.Kind, s slots, entity func(role string) []string) string {
	first := func(role string) string {
		if keys := entity(role); len(keys) > 0 {
			return keys[0]
		}
		return ""
	}
	var parts []string
	switch kind {
	case extract.KindDate:
		parts = []string{s.Type, s.Value, s.Mod}
	case extract.KindPerson:
		parts = []string{first("person")}
	case extract.KindInstitution:
		parts = []string{first("institution")}
	case extract.KindTitle:
		parts = []string{first("person"), normalTitle(s.Title), first("institution"), s.When}
	case extract.KindAgreement:
		parties := slices.Clone(entity("party"))
		slices.Sort(parties)
		parties = slices.Compact(parties)
		parts = append([]string{s.Type, s.Status, s.Date}, parties...)
		// What it is about tells two agreements of the same parties apart, unless both the
		// parties and the day do: two texts seldom put a subject in the same words.
		if len(parties) < 2 || s.Date == "" {
			parts = append(parts, "on "+foldText(s.Subject))
		}
	default:
		parts = ownParts(s.Own)
	}
	return string(kind) + "\x1f" + strings.Join(parts, "\x1f")
}

// ownParts are the slots of a user's own kind as they are compared: without case. Signs stay, for
// they carry meaning in sums; names are compared as the documents write them.
func ownParts(values map[string]string) []string {
	var parts []string
	for _, slot := range extract.NewOwn(values).Slots {
		parts = append(parts, slot.Name, strings.ToLower(strings.Join(strings.Fields(slot.Value), " ")))
	}
	return parts
}

// normalTitle is a post's words as they are compared: "Vice-Rector" and "vice rector" are one.
func normalTitle(title string) string {
	words := fold(title)
	for i, w := range words {
		if to, ok := spellings.canonical[w]; ok {
			words[i] = to
		}
	}
	return strings.Join(words, " ")
}

// factHash is the public id of a fact.
func factHash(normal string) string {
	sum := sha256.Sum256([]byte(normal))
	return hex.EncodeToString(sum[:8])
}

// IDs gives the id of every fact of one document, as the document alone gives it. In a
// database whose other documents spell its names alike, the de-duplicated facts have the
// same ids; Store.Fact finds a fact by either.
func IDs(source string, facts []extract.Fact) []string {
	r := readFacts(source, facts)
	ids := make([]string, len(facts))
	for i, f := range facts {
		ids[i] = factHash(r.ownNormal(i, f.Kind))
	}
	return ids
}

// ownNormal is the normal form of a fact seen alone.
func (r read) ownNormal(i int, kind extract.Kind) string {
	return normalForm(kind, r.slots[i], func(role string) []string {
		var keys []string
		for _, ref := range r.refs[i] {
			if ref.role == role {
				keys = append(keys, ref.form.key())
			}
		}
		return keys
	})
}
