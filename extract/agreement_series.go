package extract

import (
	"strings"

	"dateline/extract/token"
)

// partnerNouns name the other side without a name: "with five colleges".
var partnerNouns = wordSet("universities colleges schools institutions institutes companies firms banks organisations organizations hospitals partners agencies ministries associations foundations centres centers enterprises academies polytechnics associates bodies")

// unnamedPartner reads "with a Chinese university", "with five colleges" behind the noun of the
// agreement: a side that the sentence does not name. many is for the plural.
func (r *dealReader) unnamedPartner(i, end int, s *sentence) (unnamed, many bool) {
	for ; i < end; i++ {
		if r.at(i) >= 0 || r.word(i) != "with" {
			continue
		}
		for j := i + 1; j < end && j < i+8; j++ {
			if m := r.at(j); m >= 0 {
				if r.mentions[m].Type == institutionName || r.mentions[m].Type == personName {
					return false, false
				}
				continue
			}
			w := strings.ToLower(r.word(j))
			if r.tokens[j].Kind == token.Punct && w != "(" && w != ")" {
				break
			}
			if partnerNouns[w] {
				before := strings.ToLower(r.word(j - 1))
				return before != "two" && before != "both" && before != "the", true
			}
			if r.is(j, reference) && !r.capital(j) && (r.word(i+1) == "a" || r.word(i+1) == "an" || r.word(i+1) == "another" || r.word(i+1) == "one") {
				return true, false
			}
		}
		return false, false
	}
	return false, false
}

// listedPartners reads the names of partners that the sentence behind lists: "The colleges include
// A, B and C." One is a series: each signed for itself.
func (r *dealReader) listedPartners(index int) (partners []int, s *sentence) {
	for k := index + 1; k < len(r.sentences) && k <= index+2; k++ {
		s := &r.sentences[k]
		if s.silent {
			continue
		}
		switch strings.ToLower(r.word(s.First)) {
		case "the", "these", "they", "among", "those":
		default:
			continue
		}
		for i := s.First + 1; i < s.Last && i < s.First+9; i++ {
			if r.at(i) >= 0 {
				break
			}
			switch strings.ToLower(r.word(i)) {
			case "include", "includes", "included", "are", "were", "comprise":
				if !partnerNouns[strings.ToLower(r.word(i-1))] && r.word(i-1) != "They" && r.word(i-1) != "These" && r.word(i-1) != "they" {
					continue
				}
				all, _ := r.collect(i+1, min(s.Last, i+widestClause), s, true)
				for _, e := range all {
					if e >= 0 && !r.entities[e].unit {
						partners = append(partners, e)
					}
				}
				if len(partners) > 1 {
					return partners, s
				}
			}
		}
	}
	return nil, nil
}

// joined reads the parties that "joined the signing" of a memorandum with unnamed partners: one
// document for all of them.
func (r *dealReader) joined(index int) (partners []int, s *sentence) {
	for k := index + 1; k < len(r.sentences) && k <= index+4; k++ {
		s := &r.sentences[k]
		if s.silent {
			continue
		}
		for i := s.First; i+2 < s.Last && i < s.First+widestClause; i++ {
			w := strings.ToLower(r.word(i))
			if r.at(i) >= 0 || w != "joined" && w != "took" && w != "parties" && w != "participants" && w != "signatories" {
				continue
			}
			signing := false
			for j := i + 1; j < s.Last && j < i+8; j++ {
				n := strings.ToLower(r.word(j))
				signing = signing || n == "signing" || n == "memorandum" || n == "agreement"
			}
			if !signing {
				continue
			}
			all, _ := r.collect(i+1, min(s.Last, i+widestClause), s, true)
			for _, e := range all {
				if e >= 0 && !r.entities[e].unit {
					partners = append(partners, e)
				}
			}
			if len(partners) > 1 {
				return partners, s
			}
			break
		}
	}
	return nil, nil
}

// withListed gives a deal with partners that its sentence only counts ("with five colleges") those
// that the text lists behind it.
func (r *dealReader) withListed(d *deal, from int, s *sentence) {
	if len(d.parties) > 1 || d.status == "terminated" {
		return
	}
	unnamed, many := r.unnamedPartner(from, s.Last, s)
	d.unnamed = unnamed
	if !many {
		return
	}
	if listed, at := r.listedPartners(r.current); listed != nil && len(d.parties) == 1 {
		d.left, d.right, d.separate = d.parties, listed, true
		d.parties = appendNew(append([]int(nil), d.left...), listed...)
		d.cites = append(d.cites, r.cite(r.boundedSpan(at.First, at), "agreement.series"))
		return
	}
	if all, at := r.joined(r.current); all != nil {
		own := d.parties
		if len(own) == 0 {
			if e := r.filed.topic; e >= 0 {
				own = []int{e}
			}
		}
		d.parties = appendNew(append([]int(nil), own...), all...)
		d.left, d.right, d.plural = d.parties, nil, false
		d.cites = append(d.cites, r.cite(r.boundedSpan(at.First, at), "agreement.series"))
	}
}
