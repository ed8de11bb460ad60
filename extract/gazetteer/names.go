package gazetteer

import "strings"

// Forename reports whether w is a forename somewhere in the world, and whether it is also a
// plain English word, a month, a place or a title, so that the name alone proves nothing.
func Forename(w string) (known, ambiguous bool) {
	e := load().word(w)
	return e&inForenames != 0, e&inForenames != 0 && e&inAmbiguous != 0
}

// Surname is Forename for family names.
func Surname(w string) (known, ambiguous bool) {
	e := load().word(w)
	return e&inSurnames != 0, e&inSurnames != 0 && e&inAmbiguous != 0
}

// Demonym returns the country or larger region of an adjective of nationality or the name of
// a people: "Kazakhstani", "Chinese", "Sino-", and compounds by their first part
// ("Sino-Kazakh" gives China). "Kazakh-led" is none.
func Demonym(w string) (country string, ok bool) {
	t := load()
	if t.word(w)&inDemonyms != 0 {
		return t.countries[t.demonyms[hashWord(t.latin, hashStart, w)]], true
	}
	if len(w) > maxWord {
		return "", false
	}
	first := -1
	for rest, from := w, 0; ; {
		i := strings.IndexByte(rest, '-')
		part := rest
		if i >= 0 {
			part = rest[:i]
		}
		e := t.word(part)
		if e&inDemonyms == 0 && i >= 0 {
			part = w[from : from+i+1] // a prefix: "Sino-"
			e = t.word(part)
		}
		if e&inDemonyms == 0 {
			return "", false
		}
		if first < 0 {
			first = int(t.demonyms[hashWord(t.latin, hashStart, part)])
		}
		if i < 0 {
			return t.countries[first], true
		}
		rest, from = rest[i+1:], from+i+1
		if rest == "" {
			return "", false
		}
	}
}
