package dates

// This file reads years, decades, centuries, and spans of years.

// countable reports whether the word at i is what a number before it counts ("2000
// students", "1990 km"), so that the number is no year.
func (p *parser) countable(i int) bool {
	a := p.at(i)
	if a.class == cUnitSign || a.class == cUnit && a.is(plural) {
		return true
	}
	if a.class != cOther || a.is(capital) {
		return false
	}
	w := p.of(i)
	return measure[w] || len(w) > 3 && w[len(w)-1] == 's' && w[len(w)-2] != 's' && !notPlural[w]
}

// measure are words behind a number that make it an amount.
var measure = set("people persons men women children km kg mw gw kw kwh mwh m mm cm ha hectares tons tonnes t million billion trillion thousand hundred percent dollars euros pounds yuan tenge rubles roubles students employees participants copies units pieces sq square cubic metres meters feet miles inches points seats members jobs staff gb mb tb hz mhz rpm")

// notPlural are words on s that are no plural.
var notPlural = set("onwards towards afterwards upwards whereas alas yes news this thus plus besides always perhaps sees saw says shows marks brings comes goes includes remains makes takes gives becomes begins starts ends runs focuses aims offers features follows coincides")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := 0; w < len(words); {
		e := w
		for e < len(words) && words[e] != ' ' {
			e++
		}
		m[words[w:e]] = true
		w = e + 1
	}
	return m
}

// yearish reads a year, a decade, a span of years, with no judgement about what stands
// before it. shape says what it was: "year", "decade", "century" or "years".
func (p *parser) yearish(i int) (r reading, shape string, next int) {
	a := p.at(i)
	if a.class == cNum && a.is(decade) {
		switch {
		case a.digits == 4 && a.num%10 == 0 && a.num >= 1000 && a.num < 2100:
			r.year, r.mask = int(a.num), 1
			if a.num%100 == 0 && a.num < 2000 { // "the 1800s": a century
				r.mask = 2
			}
			r.rule = "date.decade"
			return r, "decade", i + 1
		case a.digits == 2 && a.num%10 == 0 && p.cls(i-1) != cNum:
			r.year, r.mask = 1900+int(a.num), 1
			if a.num < 30 {
				r.year += 100
			}
			r.rule = "date.decade"
			return r, "decade2", i + 1
		}
		return r, "", 0
	}
	if a.class == cNum && a.digits == 2 && a.num%10 == 0 && a.num >= 20 && a.flags&(ordinal|decade) == 0 && p.cls(i+1) == cClitic && p.tight(i+1) && p.of(i + 1)[len(p.of(i+1))-1] == 's' && p.cls(i-1) == cThe && p.cls(i+2) != cOther { // "the 70's"
		r.year, r.mask, r.rule = 1900+int(a.num), 1, "date.decade"
		return r, "decade2", i + 2
	}
	if a.class == cNum && a.digits == 4 && a.num%10 == 0 && p.cls(i+1) == cClitic && p.tight(i+1) && p.of(i + 1)[len(p.of(i+1))-1] == 's' && p.cls(i-1) == cThe {
		r.year, r.mask, r.rule = int(a.num), 1, "date.decade"
		return r, "decade", i + 2
	}
	if a.class == cNum && a.is(ordinal) || a.class == cOrd || a.class == cTens {
		// "the 19th century", "the twenty-first century"
		n, j := int(a.num), i+1
		if a.class == cTens {
			d, e := p.dayAt(i)
			if e == 0 {
				return r, "", 0
			}
			n, j = d, e
		}
		if b := p.at(j); b.class == cUnit && unit(b.num) == century && !b.is(plural) && n >= 10 && n <= 22 {
			if p.of(j+1) == "BC" || p.of(j+1) == "B.C." || p.of(j+1) == "BCE" {
				return r, "", 0
			}
			r.year, r.mask, r.rule = (n-1)*100, 2, "date.century"
			return r, "century", j + 1
		}
		return r, "", 0
	}
	if a.class != cNum || a.digits != 4 || a.flags&(ordinal|decade) != 0 || a.num < 1000 || a.num > 2199 || p.glueLeft(i) {
		return r, "", 0
	}
	// "2024/25", "2024-25", "2024–2026"
	if c := p.cls(i + 1); (c == cSlash || c == cDash) && p.cls(i+2) == cNum {
		b := p.at(i + 2)
		tight := p.tight(i+1) && p.tight(i+2)
		if b.flags&(ordinal|decade) == 0 && !p.glueRightAll(i+2) {
			switch {
			case b.digits == 2 && tight && c == cDash && int(b.num) > int(a.num)%100 && int(b.num) <= int(a.num)%100+12 && (p.of(i+1) != "-" || p.afterYears(i)): // "2005–08" has no hyphen of ISO 8601
				r.year, r.ranged, r.rule = int(a.num), true, "date.years"
				r.to.year = int(a.num)/100*100 + int(b.num)
				return r, "years", i + 3
			case b.digits == 2 && tight && (int(b.num) == (int(a.num)+1)%100 || c == cDash && int(b.num) > int(a.num)%100 && int(b.num) <= int(a.num)%100+12 && b.num > 12):
				r.year, r.ranged, r.rule = int(a.num), true, "date.years"
				r.to.year = int(a.num)/100*100 + int(b.num)
				if b.num == 0 {
					r.to.year += 100
				}
				return r, "years", i + 3
			case b.digits == 4 && b.num > a.num && b.num <= 2199 && (c == cDash || b.num == a.num+1) && (tight || c == cDash):
				r.year, r.ranged, r.rule = int(a.num), true, "date.years"
				r.to.year = int(b.num)
				return r, "years", i + 3
			case b.digits == 2 && tight && c == cDash && b.num >= 1 && b.num <= 12:
				r.year, r.month, r.rule = int(a.num), int(b.num), "date.iso-month"
				return r, "iso", i + 3
			}
		}
		if tight {
			return r, "", 0
		}
	}
	if p.glueRight(i) || p.tight(i+1) && p.cls(i+1) == cDash && p.tight(i+2) && p.cls(i+2) != cMonth && p.cls(i+2) != cEarly {
		return r, "", 0
	}
	if p.tight(i+1) && p.cls(i+1) == cSlash {
		return r, "", 0
	}
	if w := p.of(i + 1); w == "BC" || w == "B.C." || w == "BCE" {
		return r, "", 0
	}
	r.year, r.rule = int(a.num), "date.year"
	return r, "year", i + 1
}

// afterYears reports whether the expression before i in the same list is a span of years:
// "1999-2003, 2005-08".
func (p *parser) afterYears(i int) bool {
	if p.listEnd < 3 || i <= p.listEnd || i-p.listEnd > 2 || p.cls(i-1) != cComma && p.cls(i-1) != cAnd {
		return false
	}
	return p.cls(p.listEnd-1) == cNum && p.cls(p.listEnd-2) == cDash && p.cls(p.listEnd-3) == cNum && p.at(p.listEnd-3).digits == 4
}

// glueRightAll is glueRight plus a third part behind a dash or slash ("2013-12-05").
func (p *parser) glueRightAll(i int) bool {
	if p.glueRight(i) {
		return true
	}
	c := p.cls(i + 1)
	return (c == cDash || c == cSlash) && p.tight(i+1) && p.tight(i+2)
}

// bareYear reads a year that stands alone, when its neighbours say that it is one.
func (p *parser) bareYear(i int) (r reading, next int) {
	r, shape, j := p.yearish(i)
	if j == 0 {
		return r, 0
	}
	before := i - 1
	// Possessive, article and modifiers stand between the preposition and the year.
	switch shape {
	case "decade", "century":
		if shape == "century" && p.cls(j) == cDash && p.tight(j) {
			return r, 0 // "21st-century skills"
		}
		return r, j
	case "decade2":
		if p.cls(before) == cThe || p.cls(before) == cEarly {
			return r, j
		}
		return r, 0
	}
	if p.tight(i) {
		switch p.cls(before) {
		case cOpen:
		case cPunct:
		case cDash, cSlash:
			if c := p.cls(before - 1); c == cEarly || c == cEdge { // "mid-2024"
				return r, j
			} else if before-1 >= 0 && p.tight(before) && p.listEnd != before {
				return r, 0
			}
		default:
			return r, 0
		}
	}
	if p.cls(before) == cNever || p.cls(before) == cDot && p.cls(before-1) == cNever || p.cls(before) == cSign {
		return r, 0
	}
	if p.cls(j) == cUnitSign {
		return r, 0
	}
	behind := p.at(j)
	y := r.year
	switch shape {
	case "years":
		if y >= 1700 && r.to.year <= 2150 {
			return p.academic(r, j)
		}
		return r, 0
	case "iso":
		switch p.cls(before) {
		case cIn, cPrep, cFrom, cTo, cPunct, cOpen:
			return r, j
		}
		return r, 0
	}
	if behind.class == cClitic && y >= 1900 && y <= 2100 && (p.cls(before) != cOther || !p.at(before).is(capital)) {
		return r, j // "2023's results"
	}
	if p.countable(j) && !p.firmBefore(i) && !yearFollower[p.of(j)] {
		return r, 0
	}
	if measure[p.of(j)] {
		return r, 0
	}
	// "2016 November", "in 2017 April": the year first, as in East Asia.
	if m := p.at(j); m.class == cMonth && !p.tight(j) && y >= 1900 && y <= 2100 && !m.is(hazard|short) && p.cls(j+1) != cNum && p.cls(before) != cMonth && p.cls(before) != cNum {
		switch c := p.cls(j + 1); c {
		case cOther, cClitic:
		default:
			r.month, r.rule = int(m.num), "date.month-year"
			return r, j + 1
		}
	}
	// "2014 to 2018"
	if c := p.cls(j); c == cTo && before >= 0 && y >= 1900 {
		if q, shape, n := p.yearish(j + 1); n > 0 && shape == "year" && q.year > y && q.year <= 2100 && q.year-y <= 60 && !p.countable(n) && (y%100 != 0 || q.year%100 != 0) && p.cls(n) != cOther {
			return r, j
		}
	}
	// "2018 or later"
	if w := p.of(j + 1); p.cls(j) == cOr && (w == "later" || w == "after" || w == "earlier" || w == "before") && y >= 1900 {
		return r, j
	}
	// A list goes on: "2019, 2020 and 2021".
	if p.listEnd > 0 && i > p.listEnd && i-p.listEnd <= 2 && p.cls(p.listEnd-1) == cNum && p.at(p.listEnd-1).digits == 4 && (p.cls(before) == cComma || p.cls(before) == cAnd || p.cls(before) == cOr) && y >= 1500 {
		return r, j
	}
	switch p.cls(before) {
	case cIn, cFrom, cBy, cTo, cOf, cPrep, cBetween, cEarly, cApprox, cAnd, cOr, cThan:
		if y < 1300 && p.cls(before) != cIn && p.cls(before) != cPrep {
			return r, 0
		}
		if p.cls(before) == cApprox && (y < 1500 || behind.class == cOther) {
			return r, 0
		}
		if (p.cls(before) == cAnd || p.cls(before) == cOr) && behind.class == cOther && !behind.is(capital) && !yearVerb[p.of(j)] && !yearFollower[p.of(j)] {
			return r, 0 // "some came and 1990 left"
		}
		if (p.cls(before) == cAnd || p.cls(before) == cOr || p.cls(before) == cThan || p.cls(before) == cOf || p.cls(before) == cTo) && (y < 1500 || y > 2100 || behind.class == cOther && !behind.is(capital) && p.countable(j)) {
			return r, 0
		}
		return r, j
	case cMonth, cSeason, cQuarter, cHalf, cFiscal, cEdge, cWeekday, cAt, cOn:
		if p.cls(before) == cAt || p.cls(before) == cOn {
			return r, 0
		}
		return r, j
	case cUnit:
		if u := unit(p.at(before).num); (u == year || u == quarter) && !p.at(before).is(plural) {
			return r, j
		}
	case cOpen:
		// "(2012)" is a year; "1701 (2006)" is the citation of a resolution.
		if y >= 1700 && y <= 2100 && !p.cited(before-1) && (behind.class == cClose || behind.class == cComma || behind.class == cDash) {
			return r, j
		}
	case cThe, cPoss, cA, cClitic:
		// "the 2024 budget"; not "the 2024 Paris Games", which is a name.
		if y >= 1900 && y <= 2100 && (behind.class == cOther && (!behind.is(capital) || p.cls(before) != cA && p.lowerHead(j)) || behind.class == cFiscal || behind.class == cFreq && !behind.is(capital) || behind.class == cSeason && !behind.is(capital) || behind.class == cUnit) {
			return r, j
		}
	case cPunct, cComma, cDot, cColon, cDash:
		// At the start of a sentence or clause: "2024 was …", "…, 2023 saw …".
		if y >= 1900 && y <= 2100 && (before < 0 || p.cls(before) != cDash) && (behind.class == cStop || behind.class == cOther && yearVerb[p.of(j)]) {
			return r, j
		}
	case cOther:
		// "Spring/Summer 2024" and names ("Expo 2020") end alike; only a lower-case word of
		// time vouches for the year.
		if (yearNoun[p.of(before)] || yearFollower[p.of(j)]) && y >= 1500 && y <= 2100 {
			return r, j
		}
		// "(born 1953, Diré)", "est. 1887"
		if lifeWord[p.of(before)] && y >= 1000 && y <= 2100 && behind.class != cOther && behind.class != cUnit {
			return r, j
		}
	}
	return r, 0
}

// lifeWord are words right before the year of a birth, a death or a foundation.
var lifeWord = set("born died founded established est. Est. Established Founded Born")

// cited reports whether the number at i is that of a resolution or law, so that the year in
// brackets behind it is a part of its name: "resolution 1701 (2006)".
func (p *parser) cited(i int) bool {
	a := p.at(i)
	if a.class != cNum {
		return false
	}
	if a.digits >= 3 {
		return true
	}
	for k := i - 1; k >= i-3; k-- {
		if citable[p.of(k)] {
			return true
		}
	}
	return false
}

var citable = set("resolution resolutions Resolution Resolutions decision Decision Regulation Directive Decree decree Law law Act S/RES A/RES res Res")

// monthSlashYear reads "03/2015" and "11.2016" behind a preposition.
func (p *parser) monthSlashYear(i int) (r reading, next int) {
	a, b := p.at(i), p.at(i+2)
	if a.class != cNum || a.digits > 2 || a.num < 1 || a.num > 12 || a.flags&(ordinal|decade) != 0 || b.class != cNum || b.digits != 4 || b.num < 1900 || b.num > 2100 || b.flags&(ordinal|decade) != 0 {
		return r, 0
	}
	if c := p.cls(i + 1); c != cSlash && c != cDot && c != cDash || !p.tight(i+1) || !p.tight(i+2) || p.glueRightAll(i+2) || p.glueLeft(i) {
		return r, 0
	}
	switch p.cls(i - 1) {
	case cIn, cFrom, cTo, cBy, cPrep, cBetween, cEarly, cUnit:
	default:
		return r, 0
	}
	r.year, r.month, r.rule = int(b.num), int(a.num), "date.numeric-month"
	return r, i + 3
}

// compact reads "20240518" where it can be nothing but a date.
func (p *parser) compact(i int) (s stamp) {
	a := p.at(i)
	if a.digits != 8 || a.flags&(ordinal|decade) != 0 || p.glueRight(i) || p.glueLeft(i) || p.tight(i) && p.cls(i-1) != cOpen || p.tight(i+1) && p.cls(i+1) == cDash {
		return s
	}
	switch p.cls(i - 1) {
	case cOn, cIn, cPrep, cFrom, cTo, cBy, cPunct, cOpen, cComma, cColon, cBetween:
	default:
		return s
	}
	switch p.cls(i + 1) {
	case cOther, cUnit, cUnitSign, cNum:
		return s
	}
	s = stamp{year: int(a.num) / 10000, month: int(a.num) / 100 % 100, day: int(a.num) % 100}
	if s.year < 1900 || s.year > 2100 || s.month == 0 || s.day == 0 || !s.possible() {
		return stamp{}
	}
	return s
}

// firmBefore reports whether what stands before i makes a year even of "1990 employees".
func (p *parser) firmBefore(i int) bool {
	switch p.cls(i - 1) {
	case cThe, cPoss, cEarly, cClitic:
		return true
	case cUnit:
		return unit(p.at(i-1).num) == year || unit(p.at(i-1).num) == quarter
	case cPrep:
		switch p.of(i - 1) {
		case "since", "until", "before", "after", "during", "Since", "Until", "Before", "After", "During":
			return p.at(i).num%100 != 0 && p.at(i).num >= 1900 && p.at(i).num <= 2100
		}
	case cIn, cBy:
		return p.at(i).num%100 != 0 && p.at(i).num >= 1900 && p.at(i).num <= 2100
	}
	return false
}

// lowerHead reports whether the capitalised word at j stands before a lower-case noun: "the
// 2013 Virginia race" has a year where "the 2024 Paris Games" is a name.
func (p *parser) lowerHead(j int) bool {
	b := p.at(j + 1)
	return !eventHead[p.of(j)] && b.class == cOther && !b.is(capital) && !p.tight(j+1) && !announced(p.of(j+1)) && !yearVerb[p.of(j+1)]
}

// eventHead are words that end the name of an event or a document.
var eventHead = set("Olympics Paralympics Games Summit Cup Conference Forum Festival Championship Championships Congress Expo Awards Award Report Act Agreement Agenda War Prize Plan Strategy Convention Symposium Assembly Programme Program Edition Rankings Ranking Index Survey Declaration Olympiad Competition Grand")

// yearFollower are words that vouch for a year before them: "record 2023 earnings".
var yearFollower = set("results earnings budget season guidance revenue outlook election elections presidential parliamentary harvest campaign financials forecast fiscal financial")

var yearVerb = set("saw sees marks marked brought brings was is became begins began promises proved")
var yearNoun = set("edition class season vintage budget year summer winter autumn spring fall mid end late early")

// academic reads the words behind a span of years: "2024-2025 academic year".
func (p *parser) academic(r reading, j int) (reading, int) {
	k := j
	if a := p.at(k); a.class == cFiscal && !a.is(upper) && p.cls(k+1) == cUnit && unit(p.at(k+1).num) == year && !p.at(k+1).is(plural) {
		r.rule = "date.academic-year"
		return r, k + 2
	}
	if p.of(k) == "season" {
		return r, k + 1
	}
	return r, j
}

// fiscal reads "fiscal year 2024", "FY2024", "the academic year 2024/25", "FY 2023-24".
func (p *parser) fiscal(i int) (r reading, next int) {
	if p.cls(i) != cFiscal {
		return r, 0
	}
	j := i + 1
	if w := p.of(i); w == "calendar" || w == "Calendar" { // "calendar week 24"
		if b := p.at(j); b.class == cUnit && unit(b.num) == week {
			return p.weekNumber(j)
		}
	}
	if a := p.at(j); a.class == cUnit && unit(a.num) == year && !a.is(plural) {
		j++
	} else if len(p.of(i)) > 2 {
		if p.cls(i) == cFiscal && p.of(i) == "fiscal" && p.yearAt(j) > 0 {
			r, _, next = p.yearish(j)
			r.rule = "date.fiscal-year"
			return r, next
		}
		return r, 0
	}
	r, shape, n := p.yearish(j)
	if n > 0 && (shape == "year" || shape == "years") {
		r.rule = "date.fiscal-year"
		return r, n
	}
	// "FY24", "FY2024" written in one piece
	if a := p.at(j); len(p.of(i)) == 2 && p.tight(j) && a.class == cNum && a.flags == 0 {
		switch a.digits {
		case 2:
			if b := p.at(j + 2); (p.cls(j+1) == cSlash || p.cls(j+1) == cDash) && p.tight(j+1) && p.tight(j+2) && b.class == cNum && b.digits == 2 && b.flags&^space == 0 && b.num == a.num+1 { // "FY25/26"
				return reading{stamp: stamp{year: 2000 + int(a.num)}, to: stamp{year: 2000 + int(b.num)}, ranged: true, rule: "date.fiscal-year"}, j + 3
			}
			return reading{stamp: stamp{year: 2000 + int(a.num)}, rule: "date.fiscal-year"}, j + 1
		case 4:
			return reading{stamp: stamp{year: int(a.num)}, rule: "date.fiscal-year"}, j + 1
		}
	}
	return reading{}, 0
}

// centuries reads "17th and 18th centuries" as an interval. i is the first number.
func (p *parser) centuries(i int) (r reading, next int) {
	a, k := p.dayAt(i)
	if k == 0 || !p.at(k-1).is(ordinal) && p.cls(k-1) != cOrd {
		return r, 0
	}
	switch p.cls(k) {
	case cAnd, cTo, cDash, cOr:
	default:
		return r, 0
	}
	k++
	if p.cls(k) == cThe {
		k++
	}
	b, n := p.dayAt(k)
	if n == 0 || b <= a || a < 10 || b > 22 {
		return r, 0
	}
	if u := p.at(n); u.class != cUnit || unit(u.num) != century || p.cls(n+1) == cDash && p.tight(n+1) {
		return r, 0
	}
	r.rule, r.ranged = "date.century", true
	r.year, r.mask, r.to = (a-1)*100, 2, stamp{year: (b - 1) * 100, mask: 2}
	return r, n + 1
}
