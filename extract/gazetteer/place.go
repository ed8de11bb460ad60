package gazetteer

import "dateline/extract/token"

// The kinds of place that PlaceAt returns.
const (
	KindCountry = "country"
	KindRegion  = "region"
	KindCity    = "city"
)

// maxPlaceTokens bounds the length of a place name in tokens; the longest of the lists has
// twelve ("United Kingdom of Great Britain and Northern Ireland" has eight).
const maxPlaceTokens = 12

// Country reports whether name is the name of a country or a country-like territory.
func Country(name string) bool { return load().place(name)&inCountries != 0 }

// Region reports whether name is a state, province or region of a large country, or a region
// of the world.
func Region(name string) bool { return load().place(name)&inRegions != 0 }

// City reports whether name is a city. Cities whose name is a plain English word (Reading,
// Of, Bank) are left out.
func City(name string) bool { return load().place(name)&inCities != 0 }

// place looks a name of one or more words up.
func (t *table) place(name string) entry {
	if len(name) > 2*maxWord {
		return 0
	}
	return t.get(spaced(t.latin, name))
}

// spaced hashes the words of a name between spaces, which are its tokens but for clitics
// ("St. John's").
func spaced(t *latin, name string) uint64 {
	h := uint64(hashStart)
	inWord, words := false, 0
	start := 0
	for i := 0; i <= len(name); i++ {
		space := i == len(name) || name[i] == ' '
		if space && inWord {
			if words > 0 {
				h = (h ^ ' ') * hashPrime
			}
			h = hashWord(t, h, name[start:i])
			words++
		}
		if !space && !inWord {
			start = i
		}
		inWord = !space
	}
	return h
}

// PlaceAt finds the longest place name that starts at token i: its length in tokens and its
// kind, or 0 and "". The first word must be capitalised, and "US" must be in capitals. A name
// never runs over a line break. Time is bounded by the longest name of the lists.
func PlaceAt(text string, tokens []token.Token, i int) (n int, kind string) {
	if i < 0 || i >= len(tokens) || !tokens[i].Is(token.Capital) {
		return 0, ""
	}
	t := load()
	h := uint64(hashStart)
	var found entry
	for j := i; j < len(tokens) && j-i < maxPlaceTokens; j++ {
		tok := tokens[j]
		if tok.End()-tok.Start() > maxWord || j > i && tok.Is(token.LineStart) {
			break
		}
		if j > i {
			h = (h ^ ' ') * hashPrime
		}
		h = hashWord(t.latin, h, tok.Of(text))
		e := t.get(h)
		if e&(inCountries|inRegions|inCities) != 0 && tok.Is(token.Capital) {
			n, found = j-i+1, e
		}
		if e&isPrefix == 0 {
			break
		}
	}
	if n == 1 && isPronoun(tokens[i].Of(text)) {
		return 0, ""
	}
	switch {
	case found&inCountries != 0:
		return n, KindCountry
	case found&preferCity != 0, found&(inCities|inRegions) == inCities:
		return n, KindCity
	case found&inRegions != 0:
		return n, KindRegion
	}
	return 0, ""
}

// isPronoun tells "Us" from "US" and "U.S.", which fold to the same.
func isPronoun(w string) bool { return w == "Us" }
