package extract

import (
	"strings"

	"dateline/extract/token"
)

// inverted returns the person in "The hospital's new Director of Nursing is Jane Doe", or -1.
func (p *page) inverted(one post, s *sentence) int {
	i := one.end
	for i < s.Last && i < one.end+3 && (p.word(i) == "will" || p.word(i) == "be" || p.word(i) == "now" || p.word(i) == "is" || p.word(i) == "was" || p.word(i) == "remains") {
		i++
	}
	if i == one.end || i >= s.Last || !p.introduces(one, s) {
		return -1
	}
	for i < s.Last && p.is(i, honorific) && p.owner[i] == 0 {
		i++
	}
	if m := p.at(i); m >= 0 && p.mentions[m].Type == personName && p.mentions[m].First == i && p.mentions[m].Entity >= 0 {
		return m
	}
	return -1
}

// byPronoun returns the person that "he" or "she" stands for in "where she was Deputy
// Director": the one named last before it, or -1.
func (p *page) byPronoun(one post, s *sentence) (m int, when string) {
	at := -1
	for i := one.first - 1; i >= s.First && i >= one.first-9; i-- {
		if o := p.at(i); o >= 0 && p.mentions[o].Type != dateName && p.mentions[o].Type != referenceName {
			return -1, ""
		}
		w := strings.ToLower(p.word(i))
		if w == "he" || w == "she" {
			at = i
			break
		}
	}
	if at < 0 || at+1 >= one.first {
		return -1, ""
	}
	switch strings.ToLower(p.word(at + 1)) {
	case "is", "serves", "has", "remains":
	case "was", "served", "became", "had", "previously":
		when = "former"
	case "will", "becomes":
		when = "incoming"
	default:
		return -1, ""
	}
	for i := at + 2; i < one.first; i++ {
		switch w := strings.ToLower(p.word(i)); w {
		case "the", "a", "an", "as", "been", "also", "most", "recently", "previously", "then", "its", "now", "currently", "serving", "served", "be", "become", "appointed", "named", "elected", "first", "their":
		default:
			if !p.is(i, postFormer|postIncoming|demonym) {
				return -1, ""
			}
		}
	}
	near := p.before(p.filed.people, at)
	if len(near) == 0 || at-p.mentions[near[len(near)-1]].First > 120 {
		return -1, ""
	}
	return near[len(near)-1], when
}

// byVerb binds a post to a person by a verb between them: "X was appointed rector", "X is
// the director", "X, who serves as dean", "appointed X as head", "X as rector".
func (p *page) byVerb(one post, people []int, s *sentence) (m int, rule, when string) {
	near := p.before(people, one.first)
	if len(near) == 0 {
		return -1, "", ""
	}
	best := near[len(near)-1]
	from, to := p.behindApposition(p.mentions[best].Last, one.first), one.first
	if to-from > 12 {
		return -1, "", ""
	}
	if p.putTo(p.skipHonorifics(p.mentions[best].First, s)-1, from, to, s) {
		return best, "title.by-verb", "" // "promotes Jane Doe to president"
	}
	said, verb, joined := false, "", false
	for i := from; i < to; i++ {
		if o := p.at(i); o >= 0 && p.mentions[o].Type != dateName {
			if k := p.mentions[o].Last; k < to && p.tokens[k].Kind == token.Clitic && p.mentions[o].Type != personName && verb != "" {
				continue // "as the Authority's next Governor"
			}
			if p.mentions[o].Type == placeName || p.mentions[o].Type == institutionName && joined {
				continue
			}
			if p.mentions[o].Type == institutionName && verb != "" && p.mentions[o].Last >= to-1 {
				continue
			}
			return -1, "", ""
		}
		switch w := strings.ToLower(p.word(i)); w {
		case "is", "was", "as", "became", "becomes", "named", "appointed", "elected", "re-elected", "reappointed", "serves", "served", "remains", "assumed", "assumes", "takes", "took", "become", "confirmed", "promoted", "replaces", "succeeds", "chosen", "designated", "nominated", "installed", "inaugurated", "joined", "joins":
			if w == "is" || w == "was" || w == "as" || w == "became" || w == "becomes" || w == "become" || w == "named" || w == "appointed" || w == "elected" || w == "re-elected" || w == "reappointed" || w == "remains" || w == "confirmed" || w == "promoted" || w == "chosen" || w == "designated" || w == "installed" || w == "inaugurated" {
				verb = w
			}
			if w == "served" {
				when = "former"
			}
			joined = joined || w == "joined" || w == "joins"
		case "will", "would":
			when = "incoming"
		case "previously", "formerly", "once":
			when = "former"
		case "not", "never", "said", "told", "if", "that", "whether", "met", "with":
			said = true
		case ".", ";", "“", "”", "\"":
			said = true
		}
	}
	if said || verb == "" {
		return -1, "", ""
	}
	if last := strings.ToLower(p.word(to - 1)); verb == "is" || verb == "was" {
		// A copula ties only when the post follows it with at most an article.
		if last != verb && !p.determiner(to-1) && last != "a" && last != "an" && last != "also" && last != "present" && last != "recently" && last != "previously" && last != "formerly" && last != "then" && last != "still" && last != "now" && last != "currently" && last != "appointed" && last != "named" && last != "as" && !p.is(to-1, postFormer|postIncoming|demonym) && p.tokens[to-1].Kind != token.Clitic {
			return -1, "", ""
		}
	}
	return best, "title.by-verb", when
}

// behindApposition skips what stands between commas behind a name: "Jane Doe, head of X, also
// serves as director".
func (p *page) behindApposition(from, to int) int {
	if from >= to || p.word(from) != "," {
		return from
	}
	for j := from + 1; j+1 < to && j < from+20; j++ {
		if p.word(j) != "," {
			continue
		}
		switch strings.ToLower(p.word(j + 1)) {
		case "also", "has", "have", "is", "was", "will", "who", "currently", "serves", "previously", "becomes", "became", "takes", "joins", "joined", "and", "as":
			return j + 1
		}
	}
	return from
}

// putTo reports whether a verb of appointing stands at token verb, before the name, and only
// "to", "as" or an article between the name and the post.
func (p *page) putTo(verb, from, to int, s *sentence) bool {
	if verb < s.First {
		return false
	}
	switch strings.ToLower(p.word(verb)) {
	case "promotes", "promoted", "appoints", "appointed", "names", "named", "elects", "elected", "re-elected", "hires", "hired", "taps", "tapped", "elevates", "elevated", "promoting", "appointing", "naming", "electing":
	default:
		return false
	}
	for i := from; i < to; i++ {
		switch strings.ToLower(p.word(i)) {
		case "to", "as", "the", "its", "a", "an", "their", "new", "next", "first", "position", "post", "role", "of", "our", "his", "her":
		default:
			if !p.is(i, postFormer|postIncoming|demonym) {
				return false
			}
		}
	}
	return true
}

// over reports whether the words between a name and its post say that the post is over:
// "Jane Doe, formerly director", "Jane Doe, who was director".
func (p *page) over(first, last int) bool {
	past := false
	for i := first; i < last && i < first+12; i++ {
		switch strings.ToLower(p.word(i)) {
		case "formerly", "previously", "once", "until":
			return true
		case "was", "had":
			past = true
		case "appointed", "named", "elected", "re-elected", "chosen", "confirmed", "also", "as":
			return false
		}
	}
	return past
}

// beginsLater reports whether the text behind a post, which ends at token i, has it begin on a
// day after publication: "as CEO, effective April 1, 2027", "with effect from 1 April".
func (p *page) beginsLater(i int, s *sentence) bool {
	published := p.doc.Published.Value
	if len(published) < len("2027-04-01") || strings.Contains(published, "X") {
		return false
	}
	for limit := min(s.Last, i+10); i+1 < limit; i++ {
		if w := strings.ToLower(p.word(i)); w != "effective" && !(w == "effect" && p.word(i-1) == "with") {
			continue
		}
		for j := i + 1; j < min(s.Last, i+4); j++ {
			if m := p.at(j); m >= 0 {
				if p.mentions[m].Type != dateName {
					return false
				}
				value := p.dateAtMention(m)
				return len(value) >= len(published) && !strings.Contains(value, "X") && value > published
			}
		}
	}
	return false
}
