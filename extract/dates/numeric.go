package dates

// This file reads dates written in numbers.

// yearMonthDay reads "2024-May-18"; its year is 0 for anything else.
func (p *parser) yearMonthDay(i int) (s stamp) {
	if y := p.at(i); y.class != cNum || y.digits != 4 || p.cls(i+2) != cMonth || p.cls(i+1) != p.cls(i+3) || p.cls(i+1) != cDash && p.cls(i+1) != cSlash {
		return s
	}
	if d, n := p.dayAt(i + 4); n == i+5 && p.tight(i+1) && p.tight(i+2) && p.tight(i+3) && p.tight(i+4) && !p.glueRight(i+4) {
		s.year, s.month, s.day = int(p.at(i).num), int(p.at(i+2).num), d
	}
	return s
}

// numeric reads "2024-05-18", "18.05.2024", "05/18/2024", "2024-05-18T10:30".
// swapped says that day and month could be exchanged.
func (p *parser) numeric(i int) (s stamp, swapped bool, next int) {
	a, s1, b, s2, c := p.at(i), p.at(i+1), p.at(i+2), p.at(i+3), p.at(i+4)
	if a.class != cNum || b.class != cNum || c.class != cNum || s1.class != s2.class || !p.tight(i+1) || !p.tight(i+2) || !p.tight(i+3) || !p.tight(i+4) {
		return s, false, 0
	}
	if a.flags&(ordinal|decade) != 0 || b.flags&(ordinal|decade) != 0 || c.flags&(ordinal|decade) != 0 {
		return s, false, 0
	}
	switch s1.class {
	case cDash, cDot, cSlash:
	default:
		return s, false, 0
	}
	if p.glueLeft(i) || p.tight(i) && p.cls(i-1) == cDash && s1.class == cDash {
		return s, false, 0
	}
	end := i + 5
	if p.tight(end) && p.cls(end) == s1.class && p.tight(end+1) && p.cls(end+1) == cNum || p.cls(end) == cSlash && p.tight(end) && p.tight(end+1) {
		return s, false, 0
	}
	switch {
	case a.digits == 4 && b.digits <= 2 && c.digits <= 2:
		s.year, s.month, s.day = int(a.num), int(b.num), int(c.num)
	case a.digits <= 2 && b.digits <= 2 && (c.digits == 4 || c.digits == 2 && (s1.class == cSlash || s1.class == cDot && a.digits == 2 && b.digits == 2)):
		s.day, s.month, s.year = int(a.num), int(b.num), int(c.num)
		if c.digits == 2 {
			s.year += 2000
			if c.num > 60 {
				s.year -= 100
			}
		}
		if s.month > 12 && s.day <= 12 {
			s.day, s.month = s.month, s.day
		} else {
			// With full stops the day comes first wherever they are in use.
			swapped = s.day <= 12 && s.month != s.day && s1.class != cDot
		}
	default:
		return s, false, 0
	}
	if s.year < 1000 || s.year > 2199 || s.month < 1 || s.month > 12 || s.day < 1 || !s.possible() {
		// "31/04/2024" is refused; what is no date at all ("10.0.2024.1") is not read.
		if s.year < 1900 || s.year > 2100 || p.tight(end) && (p.cls(end) == cOther || p.cls(end) == cNum) || c.digits == 2 && a.digits != 4 {
			return s, false, 0
		}
		return stamp{month: 99}, false, end
	}
	// "2024-05-18T10:30": the T is a word glued to both numbers.
	if p.tight(end) && p.of(end) == "T" && p.tight(end+1) {
		if c, n, _ := p.clockAt(end + 1); n > 0 {
			s.clock = c
			for k := 0; k < 4 && p.tight(n) && (p.cls(n) == cColon || p.cls(n) == cNum || p.of(n) == "Z"); k++ {
				n++
			}
			return s, swapped, n
		}
	}
	if p.tight(end) && (p.cls(end) == cOther || p.cls(end) == cNum) {
		return s, false, 0
	}
	return s, swapped, end
}
