package extract

// findStates finds "City of Graz", "State of Montana", "Republic of Fiji": a place in full
// form, which can be a party to an agreement and is no institution.
func (p *page) findStates(s *sentence) {
	for i := s.First; i+2 < s.Last; i++ {
		if p.owner[i] != 0 || !p.capital(i) || !stateForm(p.word(i)) || p.word(i+1) != "of" {
			continue
		}
		j := i + 2
		if p.word(j) == "the" && j+1 < s.Last {
			j++
		}
		end := j
		if n := int(p.placeLen[j]); n > 0 && j+n <= s.Last && p.free(j, j+n) {
			end = j + n // a name that is known ends where it ends: "Republic of Vietnam Dr Jane Doe"
		}
		for p.placeLen[j] == 0 && end < s.Last && end < j+4 && p.owner[end] == 0 && p.capital(end) && (p.is(end, placeToken) || p.proper(end)) {
			end++
		}
		if end == j {
			continue
		}
		first := i
		for first > s.First && p.owner[first-1] == 0 && p.capital(first-1) && stateNoun(p.word(first-1)) {
			first--
		}
		if p.add(mention{First: first, Last: end, Type: placeName, Rule: "place.full-form", Score: 0.9}) >= 0 {
			i = end - 1
		}
	}
}

// stateForm reports whether a capitalised noun opens the full name of a state or city.
func stateForm(w string) bool {
	switch w {
	case "City", "State", "Province", "Republic", "Kingdom", "Commonwealth", "County", "Canton", "Emirate", "Sultanate", "Principality", "Town", "Region", "Federation":
		return true
	}
	return false
}
