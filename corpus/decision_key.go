package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode/utf8"

	"dateline/extract"
)

// contextPoints is how many code points on either side of a quote are kept with a decision.
const contextPoints = 32

// decisionKey is a statement's kind and normalised slots as a decision remembers them.
//
// It differs from the normal form of a fact id in two ways. It is made of the words alone:
// the key of a person may change because of another fact of the document, and no decision
// may get lost by that. And it holds every slot that a reviewer sees, so that an accepted
// agreement whose place is read otherwise comes back for another look. Aliases are left out:
// they grow with every rule and are no claim of their own.
func decisionKey(kind extract.Kind, s slots) string {
	names := func(list []string) string {
		folded := make([]string, len(list))
		for i, n := range list {
			folded[i] = nameKey(n)
		}
		slices.Sort(folded)
		return strings.Join(slices.Compact(folded), "\x1e")
	}
	var parts []string
	switch kind {
	case extract.KindDate:
		parts = []string{s.Type, s.Value, s.Mod}
	case extract.KindPerson:
		parts = []string{nameKey(s.Name)}
	case extract.KindInstitution:
		parts = []string{nameKey(s.Name), nameKey(s.Parent)}
	case extract.KindTitle:
		parts = []string{nameKey(s.Person), normalTitle(s.Title), nameKey(s.Institution), s.When}
	case extract.KindAgreement:
		parts = []string{s.Type, s.Status, names(s.Parties), names(s.Signatories), s.Date, nameKey(s.Place), foldText(s.Subject)}
	default:
		parts = ownParts(s.Own)
	}
	sum := sha256.Sum256([]byte(string(kind) + "\x1f" + strings.Join(parts, "\x1f")))
	return hex.EncodeToString(sum[:16])
}

// around gives up to contextPoints code points before and behind text[start:end] (bytes).
func around(text string, start, end int) (before, after string) {
	from := start
	for range contextPoints {
		_, size := utf8.DecodeLastRuneInString(text[:from])
		from -= size
	}
	to := end
	for range contextPoints {
		_, size := utf8.DecodeRuneInString(text[to:])
		to += size
	}
	return text[from:start], text[end:to]
}
