package dates

// This file reads calendar dates: month, day and year in either order, and the years behind
// them.

// glueRight reports whether the number at i goes on behind itself: "2,000", "5.30", "10%".
func (p *parser) glueRight(i int) bool {
	if !p.tight(i + 1) {
		return p.cls(i+1) == cUnitSign
	}
	switch p.cls(i + 1) {
	case cNum, cOther, cUnitSign, cUnit:
		return true
	case cDot, cComma, cColon, cSlash:
		return p.tight(i+2) && p.cls(i+2) == cNum
	}
	return false
}

// glueLeft reports whether the number at i continues something before it: "$18", "2.5", "A5".
func (p *parser) glueLeft(i int) bool {
	switch p.cls(i - 1) {
	case cSign:
		return true
	case cColon: // "Date:30 December" is no time
		return p.tight(i) && p.cls(i-2) == cNum
	case cNum, cOther, cSlash, cUnitSign:
		return p.tight(i)
	case cDot, cComma:
		return p.tight(i) && (p.cls(i-2) == cNum || p.cls(i-2) == cOther) && p.tight(i-1)
	}
	return false
}

// yearAt reads a four-digit year inside a date, where its place already vouches for it.
func (p *parser) yearAt(i int) int {
	a := p.at(i)
	if a.class != cNum || a.digits != 4 || a.flags&(ordinal|decade) != 0 || a.num < 1000 || a.num > 2199 || p.glueRight(i) {
		return 0
	}
	return int(a.num)
}

// dayAt reads the number of a day: digits, "24th" or an ordinal word. next is 0 for none.
func (p *parser) dayAt(i int) (day, next int) {
	a := p.at(i)
	switch a.class {
	case cNum:
		if a.digits <= 2 && !a.is(decade) && a.num >= 1 && a.num <= 31 {
			return int(a.num), i + 1
		}
	case cOrd:
		return int(a.num), i + 1
	case cTens:
		if a.num <= 30 {
			j := i + 1
			if p.cls(j) == cDash {
				j++
			}
			if b := p.at(j); b.class == cOrd && b.num < 10 {
				return int(a.num + b.num), j + 1
			}
		}
	}
	return 0, 0
}

// dayWord reads a day that is a number word, "twenty two" or "fifteen": one only with its year.
func (p *parser) dayWord(i int) (day, next int) {
	a := p.at(i)
	switch {
	case a.class == cCard && a.num < 20 && len(p.of(i)) > 2:
		day, next = int(a.num), i+1
	case a.class == cTens && a.num <= 30:
		day, next = int(a.num), i+1
		if p.cls(next) == cDash {
			next++
		}
		if c := p.at(next); c.class == cCard && c.num < 10 && a.num+c.num <= 31 {
			return int(a.num + c.num), next + 1
		}
		next = i + 1
	}
	return day, next
}

// yearBehind reads a year behind a month or day: ", 2024", "of 2024", "2024", "this year",
// "of last year". next is 0 for none.
func (p *parser) yearBehind(j int, s *stamp) (next int) {
	k := j
	switch p.cls(k) {
	case cComma, cOf, cIn:
		k++
	case cDash, cSlash, cDot:
		if !p.tight(k) || !p.tight(k+1) {
			return 0
		}
		k++
	}
	if y := p.yearAt(k); y > 0 {
		if p.cls(j) == cDash && s.day == 0 && p.cls(j-1) == cNum {
			return 0
		}
		if k == j && s.day == 0 && y < 1300 { // "in May 1200 people": no year
			return 0
		}
		if p.countable(k+1) && y%50 == 0 {
			return 0
		}
		s.year = y
		return k + 1
	}
	if p.cls(j) == cDash || p.cls(j) == cSlash || p.cls(j) == cIn {
		return 0
	}
	// "December of '74"
	if b := p.at(k + 1); (p.of(k) == "'" || p.of(k) == "’" || p.of(k) == "‘") && b.class == cNum && b.digits == 2 && b.flags == 0 && p.cls(k+2) != cUnit {
		s.year = 2000 + int(b.num)
		if b.num > 60 {
			s.year -= 100
		}
		return k + 2
	}
	return p.relativeYear(k, s)
}

// relativeYear reads "this year", "last year", "the following year", "next year".
func (p *parser) relativeYear(k int, s *stamp) (next int) {
	if p.cls(k) == cThe {
		k++
		if a := p.at(k); a.class == cUnit && unit(a.num) == year && !a.is(plural) {
			s.yearRel = relThis
			return k + 1
		}
	}
	a, b := p.at(k), p.at(k+1)
	if a.class == cThat && b.class == cUnit && unit(b.num) == year && !b.is(plural) {
		s.yearRel = relSame
		return k + 2
	}
	if a.class == cRel && b.class == cUnit && unit(b.num) == year && !b.is(plural) {
		switch r := relation(a.num); r {
		case relLast, relThis, relNext, relPrevious, relFollowing, relSame, relComing:
			s.yearRel = r
			return k + 2
		}
	}
	return 0
}

// monthFirst reads "May", "May 2024", "May 18", "May 18, 2024", "May the 3rd", "Sept. 3".
func (p *parser) monthFirst(i int) (s stamp, next int) {
	a := p.at(i)
	if a.class != cMonth {
		return s, 0
	}
	s.month = int(a.num)
	j := i + 1
	if p.cls(j) == cDot && p.tight(j) && a.is(short) {
		j++
	}
	k := j
	if p.cls(k) == cThe {
		k++
	}
	if p.cls(k) == cDash && p.tight(k) && p.tight(k+1) {
		k++
	}
	if d, n := p.dayAt(k); n > 0 && (k == j || p.cls(j) == cDash && p.yearAt(j+1) == 0 || p.at(n-1).is(ordinal) || p.cls(n-1) == cOrd) && p.dayEnds(n-1) {
		if p.cls(k) == cOrd || p.cls(k) == cTens {
			// "May third" is a date; "March first quarter results" is not.
			if p.cls(n) == cUnit || p.cls(n) == cHalfWord {
				n = 0
			}
		}
		if n > 0 {
			s.day = d
			if y := p.yearBehind(n, &s); y > 0 {
				n = y
			}
			return s, n
		}
	}
	if y := p.yearBehind(j, &s); y > 0 {
		return s, y
	}
	if d, n := p.dayWord(j); n > 0 { // "January twenty two, 2018"
		k := n
		if p.cls(k) == cComma {
			k++
		}
		if y := p.yearAt(k); y > 0 {
			s.day, s.year = d, y
			return s, k + 1
		}
	}
	return s, i + 1
}

// dayEnds reports whether the number at i can be the day behind a month: it does not go on
// as an amount, a time or a percentage.
func (p *parser) dayEnds(i int) bool {
	if !p.glueRight(i) {
		return true
	}
	// "May 5,2024" without a space.
	return p.cls(i+1) == cComma && p.yearAt(i+2) > 0
}

// dayFirst reads "18 May 2024", "the 3rd of May", "18-May-2024".
func (p *parser) dayFirst(i int) (s stamp, next int) {
	j := i
	if p.cls(j) == cThe {
		j++
	}
	if p.glueLeft(j) {
		return s, 0
	}
	d, n := p.dayAt(j)
	if n == 0 {
		if d, n = p.dayWord(j); n > 0 && p.cls(n) == cMonth && p.yearAt(n+1) > 0 { // "fifteen August 1993"
			return stamp{day: d, month: int(p.at(n).num), year: p.yearAt(n + 1)}, n + 2
		}
		return s, 0
	}
	word := p.cls(j) != cNum
	if !word && n == j+1 && isOrdinalTail(p.of(n)) { // "05 th August"
		n++
	}
	if p.cls(n) == cUnit && unit(p.at(n).num) == day && p.cls(n+1) == cOf && (word || p.at(j).is(ordinal)) {
		n++ // "the third day of May"
	}
	switch p.cls(n) {
	case cOf:
		n++
	case cDash, cSlash:
		if !p.tight(n) || !p.tight(n+1) {
			return s, 0
		}
		n++
	case cDot: // "16. November 2016"
		if word || !p.tight(n) || p.tight(n+1) || p.cls(n+1) != cMonth {
			return s, 0
		}
		k := n + 2
		if p.cls(k) == cDot {
			k++
		}
		if p.yearAt(k) == 0 {
			return s, 0
		}
		n++
	default:
		if word { // "second May meeting"
			return s, 0
		}
	}
	m := p.at(n)
	if m.class != cMonth {
		return s, 0
	}
	s.day, s.month = d, int(m.num)
	n++
	if p.cls(n) == cDot && p.tight(n) && m.is(short) {
		n++
	}
	if y := p.yearBehind(n, &s); y > 0 {
		return s, y
	}
	if b := p.at(n); p.cls(n-2) == cNum && b.class == cNum && b.digits == 2 && p.tight(n-1) {
		return s, 0
	}
	return s, n
}
