package extract

import (
	"strings"

	"dateline/extract/token"
)

// Names whose last words are written small: "Lakeview police station", "Rivertown regional
// government". The capitals alone would be a place or a person.

// smallHeads are such endings, by their last word; each needs the words before it.
var smallHeads = map[string][]string{
	"station":        {"police", "fire"},
	"school":         {"high", "secondary", "primary", "middle", "elementary", "grammar", "boarding"},
	"court":          {"high", "district", "magistrate's", "magistrates", "supreme", "city", "regional", "county"},
	"council":        {"city", "county", "town", "district", "municipal", "regional"},
	"government":     {"regional", "provincial", "municipal", "city", "state", "county"},
	"administration": {"regional", "provincial", "municipal", "city", "district"},
	"akimat":         {"regional", "city", "district", "region", ""},
	"hokimiyat":      {"regional", "city", "district", ""},
	"department":     {"police", "fire", "sheriff's"},
	"embassy":        {""},
}

// longestSmallHead bounds the words of such a name that are written small.
const longestSmallHead = 3

// findSmallHeads claims capitals that a phrase of smallHeads follows.
func (p *page) findSmallHeads(s *sentence) {
	for i := s.First; i < s.Last; i++ {
		endings, ok := smallHeads[p.word(i)]
		if !ok || p.owner[i] != 0 {
			continue
		}
		first := i
		for first-1 >= s.First && i-first < longestSmallHead && p.tokens[first-1].Kind == token.Word && !p.capital(first-1) && p.owner[first-1] == 0 && p.smallWord(first-1, endings) {
			first--
		}
		if first == i && !hasEmpty(endings) {
			continue
		}
		name := first
		for name-1 >= s.First && first-name < 4 && p.capital(name-1) && p.owner[name-1] == 0 && !p.is(name-1, functionWord|honorific|monthName|anyPost) && (!p.is(name-1, demonym) || name < first || p.word(i) == "embassy") {
			name--
		}
		if name == first || !p.properRun(name, first) && !p.allAre(name, first, placeToken|demonym) || p.titleCaseWord(name, s) {
			continue
		}
		p.add(mention{First: name, Last: i + 1, Type: institutionName, Head: i, Rule: "institution.small-head", Score: 0.7})
	}
}

// smallWord reports whether the word is one of the endings'.
func (p *page) smallWord(i int, endings []string) bool {
	w := p.word(i)
	for _, e := range endings {
		if e != "" && w == e {
			return true
		}
	}
	return false
}

func hasEmpty(list []string) bool {
	for _, e := range list {
		if e == "" {
			return true
		}
	}
	return false
}

// titleCaseWord reports whether the capital at i may be that of the sentence's first word only.
func (p *page) titleCaseWord(i int, s *sentence) bool {
	return s.titleCase || i == s.First && p.is(i, commonWord)
}

// findDivisions claims "Harbour Shipbuilding" in "its Harbour Shipbuilding division": the
// words that follow say what the capitals name.
func (p *page) findDivisions(s *sentence) {
	for i := s.First + 3; i < s.Last; i++ {
		switch p.word(i) {
		case "division", "subsidiary", "unit", "arm", "affiliate":
		default:
			continue
		}
		first := i
		for first-1 >= s.First && i-first < 5 && p.capital(first-1) && p.owner[first-1] == 0 && !p.is(first-1, honorific|monthName|anyPost|demonym) && !(p.is(first-1, functionWord) && first-1 == s.First) {
			first--
		}
		if i-first < 2 || first == s.First || p.allAre(first, i, placeToken) {
			continue
		}
		if p.tokens[first-1].Kind != token.Clitic && !p.determiner(first-1) {
			continue
		}
		parent := 0
		if p.tokens[first-1].Kind == token.Clitic {
			if m := p.at(first - 2); m >= 0 && p.mentions[m].Type == institutionName {
				parent = m + 1
			}
		}
		p.add(mention{First: first, Last: i, Type: institutionName, Head: -1, Rule: "institution.division", Score: 0.75, Parent: parent})
	}
}

// listNouns are nouns behind which "such as", "including" or a colon opens a list of institutions.
var listNouns = map[string]bool{
	"organizations": true, "organisations": true, "companies": true, "firms": true, "institutions": true, "universities": true, "banks": true, "agencies": true,
	"corporations": true, "enterprises": true, "brands": true, "giants": true, "retailers": true, "carmakers": true, "automakers": true, "manufacturers": true, "lenders": true,
	"airlines": true, "operators": true, "developers": true, "publishers": true, "startups": true, "start-ups": true, "foundations": true, "colleges": true, "newspapers": true,
	"businesses": true, "partners": true, "employers": true, "investors": true, "clients": true, "suppliers": true, "vendors": true,
}

// pastWork reports whether the word names work that "at X, Y and Z" tells the places of.
func pastWork(w string) bool {
	switch w {
	case "positions", "roles", "posts", "jobs", "internships", "stints", "careers", "clerkships", "fellowships":
		return true
	}
	return false
}

// longestList bounds the items that one such list is read to.
const longestList = 16

// findListed claims the items of "companies such as A, B and C" as institutions.
func (p *page) findListed(s *sentence) {
	for i := s.First + 1; i+1 < s.Last; i++ {
		j := 0
		switch {
		case p.word(i) == "such" && p.word(i+1) == "as":
			j = i + 2
		case (p.word(i) == "at" || p.word(i) == "with") && pastWork(p.word(i-1)):
			p.claimList(i+1, s)
			continue
		case p.word(i) == "including" || p.word(i) == "like" || p.word(i) == "namely":
			j = i + 1
		default:
			continue
		}
		noun := i - 1
		if p.word(noun) == "," && noun > s.First {
			noun--
		}
		if !listNouns[strings.ToLower(p.word(noun))] {
			continue
		}
		p.claimList(j, s)
	}
}

// claimList claims the capitalised runs of a list, up to the first item that is none.
func (p *page) claimList(j int, s *sentence) {
	for n := 0; n < longestList && j < s.Last; n++ {
		for j < s.Last && p.determiner(j) {
			j++
		}
		if j >= s.Last {
			return
		}
		if m := p.at(j); m >= 0 {
			j = p.mentions[m].Last
		} else {
			end := j
			for end < s.Last && end < j+5 && p.owner[end] == 0 && (p.capital(end) || p.word(end) == "&") {
				end++
			}
			if end == j || p.is(j, functionWord|honorific|anyPost|monthName) {
				return
			}
			if !p.allAre(j, end, placeToken) && !p.allAre(j, end, demonym) && (p.properRun(j, end) || p.tokens[j].Is(token.AllUpper) && !p.is(j, notAcronym) || end-j > 1) {
				p.add(mention{First: j, Last: end, Type: institutionName, Head: -1, Rule: "institution.listed", Score: 0.75})
			}
			j = end
		}
		if j >= s.Last {
			return
		}
		switch p.word(j) {
		case ",":
			j++
			if j < s.Last && p.word(j) == "and" {
				j++
			}
		case "and", "&", "or":
			j++
		default:
			return
		}
	}
}
