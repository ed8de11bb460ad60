package extract

import (
	"sort"
	"strings"
)

// scene is a sentence that tells when or where documents were signed without naming them:
// "The signing took place on April 17 in the Palace of Miners."
type scene struct {
	sentence    int
	near        int // how many sentences away it may speak of
	date, place string
	cite        Citation
	meeting     bool // a meeting on one day: speaks only of what was signed at a meeting
}

// scenes finds the sentences about a signing ceremony.
func (r *dealReader) scenes() []scene {
	var out []scene
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.silent || s.titleCase {
			continue
		}
		if m, ok := r.meetingScene(i, s); ok {
			out = append(out, m)
		}
		at, held := -1, -1
		for j := s.First; j < s.Last; j++ {
			switch strings.ToLower(r.word(j)) {
			case "signing", "inking", "ceremony", "handshake", "exchange":
				if at < 0 || strings.ToLower(r.word(j)) != "ceremony" {
					at = j
				}
			case "held", "took", "place", "hosted", "witnessed", "attended", "oversaw":
				held = j
			case "not", "postponed", "hope", "hopes", "cancelled":
				at = -1 << 20
			}
		}
		if at < 0 || held < 0 {
			continue
		}
		one := scene{sentence: i, date: r.when(at, at, -1, -1, s), place: r.where(held, held, -1, -1, s), near: 8}
		if !r.aboutSigning(s) {
			one.near = 2 // "The ceremony was held in Luanda": of signing only right behind one
		}
		if one.date != "" || one.place != "" {
			one.cite = r.cite(r.boundedSpan(at, s), "agreement.scene")
			out = append(out, one)
		}
	}
	return out
}

// aboutSigning reports whether the sentence speaks of signing at all, so that an award or
// opening ceremony is no scene.
func (r *dealReader) aboutSigning(s *sentence) bool {
	for j := s.First; j < s.Last; j++ {
		w := strings.ToLower(r.word(j))
		if strings.HasPrefix(w, "sign") || strings.HasPrefix(w, "ink") {
			return true
		}
	}
	return false
}

// fillFromScenes gives the date and place of the nearest scene to signed agreements that
// lack them, at most eight sentences away; then the date of the meeting before, to those that
// were signed at one.
func (r *dealReader) fillFromScenes(deals []deal) {
	scenes := r.scenes()
	for i := range deals {
		d := &deals[i]
		if d.status != "signed" && d.status != "renewed" {
			continue
		}
		for _, meeting := range []bool{false, true} {
			if d.date != "" && (d.place != "" || meeting) {
				continue
			}
			best := r.nearestScene(scenes, d, meeting)
			if best < 0 {
				continue
			}
			used := false
			if d.date == "" && scenes[best].date != "" {
				d.date, used = scenes[best].date, true
			}
			if d.place == "" && scenes[best].place != "" {
				d.place, used = scenes[best].place, true
			}
			if used {
				d.cites = append(d.cites, scenes[best].cite)
			}
		}
	}
}

// nearestScene returns the scene nearest to a deal, of a meeting or of a signing, or -1.
func (r *dealReader) nearestScene(scenes []scene, d *deal, meeting bool) int {
	best := -1
	from := sort.Search(len(scenes), func(k int) bool { return scenes[k].sentence >= d.sentence-8 })
	for k := from; k < len(scenes) && scenes[k].sentence <= d.sentence+8; k++ {
		one := &scenes[k]
		if one.meeting != meeting || distance(one.sentence, d.sentence) > one.near || meeting && one.sentence > d.occasion {
			continue
		}
		if best < 0 || distance(one.sentence, d.sentence) < distance(scenes[best].sentence, d.sentence) {
			best = k
		}
	}
	return best
}

// meetingScene reads a sentence that tells of one meeting on one day: "On 6 May the rector
// received guests from X."
func (r *dealReader) meetingScene(i int, s *sentence) (scene, bool) {
	met := -1
	date := ""
	for j := s.First; j < s.Last; j++ {
		m := r.at(j)
		if m < 0 {
			if w := strings.ToLower(r.word(j)); occasions[w] || visitingWords[w] && w != "delegation" {
				met = j
			}
			continue
		}
		if r.mentions[m].First != j || r.mentions[m].Type != dateName {
			continue
		}
		d, ok := r.dateAt[r.tokens[j].Start()]
		if !ok || d.Type != "date" && d.Type != "time" {
			continue
		}
		if strings.Contains(d.Value, "/") || len(d.Value) < 10 || date != "" {
			return scene{}, false // several days, or no day
		}
		date = d.Value[:10]
	}
	if met < 0 || date == "" {
		return scene{}, false
	}
	one := scene{sentence: i, near: 8, date: date, meeting: true}
	one.cite = r.cite(r.boundedSpan(met, s), "agreement.scene")
	return one, true
}

// occasions are what documents are signed at.
var occasions = wordSet("visit meeting event ceremony talks forum conference summit session occasion negotiations reception seminar")

// onOccasion reports whether the sentence says that something was signed on an occasion told
// before: "during the visit", "The event concluded with".
func (r *dealReader) onOccasion(s *sentence) bool {
	for j := s.First; j < s.Last; j++ {
		if r.at(j) >= 0 || !occasions[strings.ToLower(r.word(j))] {
			continue
		}
		for k := j - 1; k >= s.First && k > j-4; k-- {
			switch strings.ToLower(r.word(k)) {
			case "the", "this", "their", "his", "her", "its":
				return true
			}
		}
	}
	return false
}

// findTopic returns the institution that the document names most often, no unit, or -1 when two
// are named equally often.
func (p *page) findTopic() int {
	best, second := -1, -1
	for e := range p.entities {
		one := &p.entities[e]
		if one.kind != institutionName || one.unit || one.merged > 0 {
			continue
		}
		switch {
		case best < 0 || len(one.mentions) > len(p.entities[best].mentions):
			best, second = e, best
		case second < 0 || len(one.mentions) > len(p.entities[second].mentions):
			second = e
		}
	}
	if best < 0 || len(p.entities[best].mentions) < 2 || second >= 0 && len(p.entities[second].mentions) == len(p.entities[best].mentions) {
		return -1
	}
	return best
}

// beforeNextVerb returns the token at which the next agreement verb with a noun of its own
// begins a clause, or end.
func (r *dealReader) beforeNextVerb(i, end int, s *sentence) int {
	for j := i; j < end; j++ {
		if r.at(j) >= 0 {
			continue
		}
		verb, ok := agreementVerbs[strings.ToLower(r.word(j))]
		if !ok || verb.gerund || verb.words {
			continue
		}
		if n, _, _ := r.nounAhead(j+1, min(s.Last, j+10), s); n >= 0 {
			return j
		}
	}
	return end
}
