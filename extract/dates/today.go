package dates

import "strings"

// This file reads the words that point from the day of writing: today, tonight, later this week.

// deictic reads "today", "yesterday morning", "tomorrow at 10 a.m.".
func (p *parser) deictic(i int) (r reading, next int) {
	n := int(p.at(i).num)
	if n == 0 && p.vagueToday(i) {
		return r, 0
	}
	r.rule, r.unit, r.n = "date.deictic", day, n
	return p.withTime(r, i+1)
}

// vagueToday tells the "today" that means our time ("today's world", "Today, the university
// has …") from the day of the announcement.
func (p *parser) vagueToday(i int) bool {
	if p.cls(i-1) == cOf {
		return true
	}
	if p.tight(i) && p.cls(i-1) == cDash || p.tight(i+1) && p.cls(i+1) == cDash {
		return true
	}
	if p.cls(i+1) == cClitic {
		return vagueNoun[p.of(i+2)] || vagueNoun[p.of(i+3)]
	}
	if p.of(i+1) == "?" || p.at(i).is(capital) && i > 1 && p.at(i-1).is(capital) && p.cls(i-1) == cOther {
		return true
	}
	for k := i - 1; k >= max(0, i-5); k-- { // "He would be a Libertarian today."
		if w := p.of(k); w == "would" || w == "if" {
			return true
		}
	}
	if presentVerb[p.of(i-1)] || appeal[p.of(i-1)] {
		return true
	}
	switch p.of(i + 1) {
	case "is", "are", "has", "have", "remains", "remain", "a", "an":
		if w := p.of(i + 2); p.of(i) != "Today" && !todayVerb[w] && !announced(w) && !strings.HasSuffix(w, "ing") {
			return true
		}
	}
	if p.of(i) != "Today" || i > 1 {
		return false
	}
	// At the start of a sentence: by the first verb.
	for k := i + 1; k < min(len(p.atoms), i+14); k++ {
		switch w := p.of(k); {
		case w == "is" || w == "are" || w == "has" || w == "have" || w == "can" || w == "remains":
			for m := k + 1; m < min(len(p.atoms), k+4); m++ {
				if w := p.of(m); len(w) > 5 && w[len(w)-3:] == "ing" || todayVerb[w] || m == k+1 && (w == "a" || w == "the" || w == "our") && k == i+1 {
					return false
				}
			}
			return true
		case todayVerb[w] || announced(w):
			return false
		}
	}
	return true
}

// presentVerb are words right before a "today" that means our time.
var presentVerb = set("do does exist exists is are be own working living alive available face faces facing still remains remain use uses live know known even until")

// appeal are words of calls to the reader: "Join today", "Sign up today".
var appeal = set("Join join Subscribe subscribe Donate donate Register register Order order Book book Apply apply Buy buy up us Call call Try try Shop shop now")

var todayVerb = set("announced announces signed launched released opened welcomed marks marked reported issued unveiled met held celebrate celebrates launches publishes published begins began saw pleased proud delighted")

var vagueNoun = set("world society youth challenges market markets economy environment generation children students workers technology digital global standards young consumers women modern reality realities fast-paced competitive complex interconnected rapidly increasingly changing most")

// laterNow reads "earlier this month", "later that year", "later in the day".
func (p *parser) laterNow(i int) (r reading, next int) {
	j := i + 1
	if p.cls(j) == cOn {
		j++
	}
	if p.cls(j) == cDeictic && p.at(j).num == 0 {
		r.rule, r.unit = "date.deictic", day
		return r, j + 1
	}
	if p.cls(j) == cIn && p.cls(j+1) == cThe && p.cls(j+2) == cUnit && !p.at(j+2).is(plural) {
		switch u := unit(p.at(j + 2).num); u {
		case day:
			r.rule, r.unit, r.rel, r.toText = "date.relative-unit", day, relSame, true
			return r, j + 3
		case week, month, year:
			r.rule, r.unit, r.rel = "date.relative-unit", u, relThis
			return r, j + 3
		}
		return r, 0
	}
	if p.cls(j) == cIn {
		j++
		if y, shape, n := p.yearish(j); n > 0 && shape == "year" {
			return y, n
		}
	}
	if p.cls(j) == cThat {
		return p.thatUnit(j)
	}
	if p.cls(j) == cRel {
		if r, next = p.related(j); next > 0 && r.fixed == "" {
			return r, next
		}
	}
	return reading{}, 0
}

// dayPart reads "the morning of May 5", "evening of 3 June" from the day part.
func (p *parser) dayPart(i int) (r reading, next int) {
	j := i + 1
	if p.cls(j) == cOf || p.cls(j) == cOn {
		if d, n := p.dated(j + 1); n > 0 {
			r = d
			return p.withTime(r, n)
		}
	}
	return r, 0
}
