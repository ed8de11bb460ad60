package corpus

import (
	"slices"
	"strings"
	"unicode"
)

// institutionName is an institution's name, read for matching.
type institutionName struct {
	words   []string // normal words without legal form, eponym and country
	legal   string   // canonical legal form, or ""
	eponym  []string // the person that it is named after, when the name shows it, initials first
	country string   // canonical country of a state body, or ""
	acronym bool     // the whole name is an acronym
	state   bool     // a body of a state ("ministry of …")
}

// readInstitution brings a name to its normal form.
func readInstitution(name string) institutionName {
	name = cut(name)
	var n institutionName
	n.acronym = isAcronym(name)
	words := fold(strings.ReplaceAll(strings.ReplaceAll(name, "’s ", " 's "), "'s ", " 's "))
	words = slices.DeleteFunc(words, func(w string) bool { return w == "the" || w == "s" })
	for i, w := range words {
		if to, ok := spellings.canonical[w]; ok {
			words[i] = to
		}
	}
	words, n.legal = stripLegalForm(words)
	words, n.eponym = stripEponym(name, words)
	n.words = words
	n.readCountry()
	return n
}

// isAcronym reports whether a name is one word of capitals and digits ("RMHRC", "UNESCO").
func isAcronym(name string) bool {
	upper := 0
	for _, r := range name {
		switch {
		case unicode.IsUpper(r):
			upper++
		case r == '.' || r == '-' || r == '&' || unicode.IsDigit(r):
		default:
			return false
		}
	}
	return upper >= 2 && upper <= 10
}

// stripLegalForm takes a legal form from the end, or the beginning, of a name.
func stripLegalForm(words []string) (rest []string, legal string) {
	for len(words) > 1 {
		to, n := legalForms.suffix(words)
		if n == 0 || n >= len(words) {
			break
		}
		words = words[:len(words)-n]
		if weakForm(legal) {
			legal = to
		}
	}
	for len(words) > 1 && weakForm(legal) {
		to, n := legalForms.prefix(words)
		if n == 0 || n >= len(words) || n == 1 && len(words[0]) < 3 {
			break
		}
		words, legal = words[n:], to
	}
	if legal == "co" { // "Company" alone is a word of the name, not a form that could differ
		legal = ""
	}
	return words, legal
}

// weakForm reports whether a legal form says little beside another one ("JSC X Corporation").
func weakForm(legal string) bool { return legal == "" || legal == "co" || legal == "corp" }

// stripEponym finds "… named after X", "… im. X" and initials with a surname in front of the rest.
func stripEponym(name string, words []string) (rest, eponym []string) {
	for i := 1; i+2 < len(words); i++ {
		if words[i] == "named" && (words[i+1] == "after" || words[i+1] == "for") {
			return words[:i], words[i+2:]
		}
	}
	for i := 1; i+1 < len(words); i++ {
		if words[i] == "im" && strings.Contains(name, "im.") {
			return words[:i], words[i+1:]
		}
	}
	i := 0
	for i < len(words) && len(words[i]) == 1 && words[i] != "a" {
		i++
	}
	// An article is no initial, but "A. Baitursynov" has one.
	if i == 0 && len(words) > 1 && words[0] == "a" && strings.HasPrefix(strings.TrimSpace(name), "A.") {
		i = 1
		for i < len(words) && len(words[i]) == 1 {
			i++
		}
	}
	if i > 0 && i < 4 && i+2 < len(words) && len(words[i]) > 2 && hasWord(words[i+1:], eponymHeads) {
		return words[i+1:], words[:i+1]
	}
	return words, nil
}

func hasWord(words []string, set map[string]bool) bool {
	return slices.ContainsFunc(words, func(w string) bool { return set[w] })
}

// realms are the words before "of" in the long names of countries.
var realms = map[string]bool{"republic": true, "kingdom": true, "state": true, "federal": true, "democratic": true, "islamic": true, "socialist": true,
	"arab": true, "people": true, "peoples": true, "s": true, "principality": true, "duchy": true, "grand": true, "sultanate": true, "commonwealth": true}

// readCountry takes the country from the name of a state body: "Chinese Ministry of X",
// "Ministry of X of the Republic of Kazakhstan".
func (n *institutionName) readCountry() {
	words := n.words
	if c, k := countries.prefix(words); k > 0 && k < len(words) && stateHeads[words[k]] {
		n.country, words = c, words[k:]
	} else if len(words) > 0 && stateHeads[words[0]] {
		if c, k := countries.suffix(words); k > 0 && k+1 < len(words) {
			rest := words[:len(words)-k]
			for len(rest) > 2 && rest[len(rest)-1] == "of" && realms[rest[len(rest)-2]] { // "of the Federal Republic of X"
				rest = rest[:len(rest)-2]
				for len(rest) > 2 && realms[rest[len(rest)-1]] {
					rest = rest[:len(rest)-1]
				}
			}
			if last := rest[len(rest)-1]; last == "of" || last == "in" && rest[0] != "embassy" && rest[0] != "consulate" {
				n.country, words = c, rest[:len(rest)-1]
			}
		}
	}
	n.state = len(words) > 0 && stateHeads[words[0]]
	n.words = words
}

// generic reports whether the words name no particular institution. A country in the middle
// ("Embassy in Kazakhstan") does not make a unit particular, a country in front does.
func (n institutionName) generic() bool {
	for i := 0; i < len(n.words); {
		if genericWords[n.words[i]] || isNumber(n.words[i]) {
			i++
			continue
		}
		if _, k := countries.prefix(n.words[i:]); k > 0 && n.state {
			i += k
			continue
		}
		return false
	}
	return true
}

func isNumber(w string) bool {
	return w != "" && strings.Trim(w, "0123456789") == ""
}

// isUnit reports whether the name begins or ends as that of a part of an institution.
func (n institutionName) isUnit() bool {
	return len(n.words) > 1 && (unitHeads[n.words[0]] || unitHeads[n.words[len(n.words)-1]])
}

// text is the name's words as one string.
func (n institutionName) text() string { return strings.Join(n.words, " ") }

// institutionKeys are the keys of an institution. parents are the keys of the institution
// that it is a unit of, empty when the document does not tell; about are those of the
// particular institution named last before it, which is the likely whole of such a unit.
func institutionKeys(source, name string, aliases []string, parents, about parentKeys) []formKey {
	n := readInstitution(name)
	base := n.text()
	if base == "" { // a name of signs only
		return []formKey{{"i:" + strings.TrimSpace(cut(name)) + "#" + source, levelStrong, strong}}
	}
	if n.country != "" {
		base += "@" + n.country
	}
	if n.legal != "" {
		base += "+" + n.legal
	}
	if len(n.eponym) > 0 {
		base = strings.Join(n.eponym, " ") + " / " + base
	}
	var keys []formKey
	add := func(key string, level int, r role) { keys = append(keys, formKey{key, level, r}) }
	unit := len(parents.strong)+len(parents.short) > 0 && n.country == ""
	generic := n.generic() && n.country == "" && len(n.eponym) == 0
	switch {
	case unit:
		for _, p := range parents.strong {
			add("i:"+base+"@"+p, levelStrong, strong)
			add("i~"+base+"@"+p, levelUnit, offers)
		}
		for _, p := range parents.short {
			add("i~"+base+"@"+p, levelAlias, offers)
		}
		for _, p := range parents.asks {
			add("i~"+base+"@"+p, levelAlias, asks)
		}
		if !generic && !n.acronym {
			add("i~"+base, levelUnit, offers)
		}
	case generic && n.isUnit() && len(about.strong) > 0:
		for _, p := range about.strong {
			add("i:"+base+"@?"+p, levelStrong, strong)
			add("i~"+base+"@"+p, levelUnit, asks)
		}
	case generic && !n.acronym:
		add("i:"+base+"#"+source, levelStrong, strong)
	default:
		add("i:"+base, levelStrong, strong)
		add("i~"+base, levelShort, asks)
		add("i~"+base, levelAlias, asks)
		add("i~"+base, levelUnit, asks)
	}
	if unit || generic {
		return tidyKeys(keys)
	}
	// Without its legal form, and without its eponym, where what is left is still particular.
	if n.legal != "" && !n.generic() {
		short := n.text()
		add("i~"+short, levelShort, offers)
		add("i~"+short, levelAlias, asks)
	}
	if len(n.eponym) > 0 {
		last := n.eponym[len(n.eponym)-1]
		if last != "" && len(n.eponym) > 1 {
			add("i:"+last+" "+n.text(), levelStrong, strong) // the eponym without its initials
		} else {
			add("i:"+strings.Join(n.eponym, " ")+" "+n.text(), levelStrong, strong)
		}
		if !n.generic() {
			add("i~"+n.text(), levelShort, offers)
		}
	} else if k := bareEponym(n.words); k > 0 {
		add("i~"+strings.Join(n.words[k:], " "), levelShort, offers)
	}
	for _, alias := range aliases[:min(len(aliases), maxNames)] {
		a := readInstitution(alias)
		if t := a.text(); t != "" && (a.acronym || !a.generic() && len(a.words) >= 2) && t != n.text() {
			if a.country != "" {
				t += "@" + a.country
			}
			add("i~"+t, levelAlias, offers)
		}
	}
	return tidyKeys(keys)
}

// bareEponym is the number of words that an eponym without initials takes at the beginning of
// a name ("Al-Farabi Kazakh National University": 2), or 0. The rest must begin with a
// country and hold a head that carries eponyms, or it would be generic.
func bareEponym(words []string) int {
	for k := 1; k <= 3 && k+2 < len(words); k++ {
		if _, n := countries.prefix(words[k:]); n > 0 {
			lead := words[:k]
			if slices.ContainsFunc(lead, func(w string) bool { return genericWords[w] }) || !hasWord(words[k+n:], eponymHeads) {
				return 0
			}
			if _, c := countries.prefix(lead); c > 0 { // "China Kazakhstan University" names two countries
				return 0
			}
			return k
		}
	}
	return 0
}

// parentKeys are the keys that an institution lends to its units and its people.
type parentKeys struct {
	strong []string // its strong keys
	short  []string // acronyms that its document defines
	asks   []string // the acronym by which alone its document names it
}

// lend gives the keys for units and people of an institution with these own keys.
func lend(keys []formKey, name string, aliases []string) parentKeys {
	var p parentKeys
	for _, k := range keys {
		if k.level == levelStrong {
			p.strong = append(p.strong, strings.TrimPrefix(k.key, "i:"))
		}
		// A name without its eponym is the same context: its people are told apart by name.
		if k.level == levelShort && k.role == offers {
			p.strong = append(p.strong, strings.TrimPrefix(k.key, "i~"))
		}
	}
	if isAcronym(name) {
		p.asks = append(p.asks, "~"+foldText(name))
	}
	for _, a := range aliases[:min(len(aliases), maxNames)] {
		if isAcronym(a) {
			p.short = append(p.short, "~"+foldText(a))
		}
	}
	for i, k := range p.strong {
		if len(k) > maxContextKey { // a long chain of units would make longer and longer keys
			p.strong[i] = "#" + HashBytes([]byte(k))
		}
	}
	slices.Sort(p.strong)
	p.strong = slices.Compact(p.strong)
	p.strong = p.strong[:min(len(p.strong), 6)]
	p.short = p.short[:min(len(p.short), 4)]
	return p
}
