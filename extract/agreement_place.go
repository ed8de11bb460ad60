package extract

import (
	"strings"

	"dateline/extract/token"
)

// when returns the value of the date of the agreement: the date of the clause that stands
// outside the subject, a day before anything coarser.
func (r *dealReader) when(v, noun, subjectFirst, subjectLast int, s *sentence) string {
	best, bestRank, bestAway := "", 0, 0
	for i := r.behindDateline(s); i < s.Last; i++ {
		m := r.at(i)
		if m < 0 || r.mentions[m].First != i || r.mentions[m].Type != dateName {
			continue
		}
		if i >= subjectFirst && i < subjectLast {
			continue
		}
		d, ok := r.dateAt[r.tokens[i].Start()]
		if !ok || d.Type != "date" && d.Type != "time" || strings.Contains(d.Value, "/") {
			continue
		}
		end := r.mentions[m].Last
		if end < s.Last {
			if _, _, ok := r.agreementNoun(end, s); ok {
				continue // "the 2014 agreement"
			}
		}
		rank := 1
		if len(d.Value) >= 10 {
			rank = 3
		} else if len(d.Value) >= 7 {
			rank = 2
		}
		if distance(i, v) > 25 && i != s.First && i != s.First+1 {
			rank--
		}
		if i > s.First {
			switch strings.ToLower(r.word(i - 1)) {
			case "since", "until", "till", "by", "from", "through", "before", "after":
				rank = 0
			}
		}
		if away := distance(i, v); rank > bestRank || rank == bestRank && rank > 0 && away < bestAway {
			best, bestRank, bestAway = d.Value, rank, away
		}
	}
	if i := strings.IndexByte(best, 'T'); i > 0 {
		best = best[:i]
	}
	return best
}

// where returns the city or venue of the signing: a place behind "in" in the verb's clause,
// outside the subject, or a hall behind "at".
func (r *dealReader) where(v, noun, subjectFirst, subjectLast int, s *sentence) string {
	if venue := r.venue(subjectFirst, subjectLast, s); venue != "" {
		return venue
	}
	if host := r.hostedAt(v, noun, subjectFirst, subjectLast, s); host != "" {
		return host
	}
	for i := s.First + 1; i < s.Last; i++ {
		m := r.at(i)
		if m < 0 || r.mentions[m].First != i || r.mentions[m].Type != placeName || i >= subjectFirst && i < subjectLast {
			continue
		}
		before := i - 1
		if w := strings.ToLower(r.word(before)); w != "in" && w != "at" {
			continue
		}
		if r.mentions[m].Last < s.Last && r.tokens[r.mentions[m].Last].Kind == token.Clitic {
			continue
		}
		if r.is(i, demonym) && !r.is(i, placeToken) || strings.HasSuffix(r.word(i), "ese") && strings.Contains(r.word(i), "-") {
			continue // "in Turco-Japanese relations"
		}
		if before == s.First || i > min(v, max(noun, s.First)) || r.word(before-1) == "," {
			return r.mentionText(m)
		}
	}
	return ""
}

// venueNouns end the name of a building where documents are signed.
var venueNouns = map[string]bool{"Hall": true, "Palace": true, "Pavilion": true, "Auditorium": true, "Hotel": true, "House": true, "Building": true, "Headquarters": true, "Residence": true, "Tower": true, "Theatre": true, "Theater": true, "Castle": true, "Campus": true, "Villa": true, "Centre": true, "Center": true, "Stadium": true, "Arena": true, "Room": true, "Complex": true, "Classroom": true, "Library": true, "Chamber": true, "Gallery": true, "Lounge": true, "Mansion": true, "Premises": true, "Ballroom": true, "Studio": true, "Kremlin": true, "Terminal": true, "Museum": true}

// venueWords go on behind the name of an institution where it is named as a building.
var venueWords = wordSet("premises headquarters campus building hall office offices auditorium library secretariat")

// venue returns "the Grand Hall in Baku" without its article, behind "at" or "in" outside the
// subject.
func (r *dealReader) venue(subjectFirst, subjectLast int, s *sentence) string {
	for i := s.First; i+2 < s.Last; i++ {
		if w := strings.ToLower(r.word(i)); w != "at" && w != "in" || i >= subjectFirst && i < subjectLast {
			continue
		}
		j := i + 1
		if r.determiner(j) {
			j++
		}
		if j+2 < s.Last && r.tokens[j+1].Kind == token.Clitic {
			j += 2 // "in the hospital's Great Hall"
		}
		end := j
		for end < s.Last && r.capital(end) {
			end++
		}
		if end-j < 2 || !venueNouns[r.word(end-1)] && r.word(j) != "Hotel" && r.word(j) != "Palace" && r.word(j) != "Villa" {
			if end+1 >= s.Last || end == j || r.word(end) != "of" || r.word(j) != "Palace" {
				continue
			}
			end = r.capitalRun(end+1, s) // "the Palace of Miners"
		}
		if m := r.at(end - 1); m >= 0 && r.mentions[m].Type == institutionName && r.word(end-1) != "Headquarters" {
			continue
		}
		if end+1 < s.Last && r.word(end) == "in" && r.at(end+1) >= 0 && r.mentions[r.at(end+1)].Type == placeName {
			end = r.mentions[r.at(end+1)].Last
		}
		return r.span(j, end).Of(r.text)
	}
	return ""
}

// eventNouns end the names of events, which are no places.
var eventNouns = map[string]bool{"Forum": true, "Conference": true, "Summit": true, "Exhibition": true, "Congress": true, "Expo": true, "Festival": true, "Week": true, "Games": true, "Symposium": true, "Fair": true}

// hostedAt returns the institution in whose house documents were signed: behind "at", or behind
// "in" with a word for its house, near the verb and not as the institution of a post.
func (r *dealReader) hostedAt(v, noun, subjectFirst, subjectLast int, s *sentence) string {
	for i := s.First + 1; i < s.Last; i++ {
		m := r.at(i)
		if m < 0 || r.mentions[m].First != i || r.mentions[m].Type != institutionName || i >= subjectFirst && i < subjectLast {
			continue
		}
		before := i - 1
		if r.determiner(before) {
			before--
		}
		if before < s.First {
			continue
		}
		end := r.mentions[m].Last
		if eventNouns[r.word(end-1)] {
			continue
		}
		house := end < s.Last && r.tokens[end].Kind == token.Word && venueWords[strings.ToLower(r.word(end))]
		switch strings.ToLower(r.word(before)) {
		case "at":
		case "in":
			if !house {
				continue
			}
		default:
			continue
		}
		if before > s.First && !house {
			b := before - 1
			if o := r.at(b); o >= 0 && r.mentions[o].Type != dateName && r.mentions[o].Type != placeName || o < 0 && r.is(b, anyPost|fieldWord|postModifier) {
				continue // "dean at X", "Jane Doe at X"
			}
			switch strings.ToLower(r.word(b)) {
			case "signed", "held", "today", "yesterday", "place", "ceremony", "here", ",", "meeting", "event", "mou", "agreement", "memorandum", "understanding", "contract", "protocol", "effect", "inked", "forum", "visit", "hosted", "cooperation":
			default:
				if o := r.at(b); o < 0 {
					continue
				}
			}
		}
		if house {
			end++
		}
		return r.span(i, end).Of(r.text)
	}
	return ""
}
