package dates

// This file reads years that are written in words, and months that are written small.

// fold replaces the words of a year or a decade ("nineteen ninety-nine", "two thousand and
// eighteen", "the nineteen seventies") by one number, so that the grammar has one shape for
// both. It works in place; folded says that there was one.
func fold(text string, atoms []atom) (_ []atom, folded bool) {
	out := atoms[:0]
	for i := 0; i < len(atoms); {
		if a, next := yearWords(text, out, atoms, i); next > 0 {
			out = append(out, a)
			folded = true
			i = next
			continue
		}
		out = append(out, atoms[i])
		i++
	}
	return out, folded
}

// yearWords reads a year or decade in words at atom i; next is 0 for none. before are the
// atoms in front of it.
func yearWords(text string, before, atoms []atom, i int) (y atom, next int) {
	at := func(k int) atom {
		if k >= len(atoms) {
			return nothing
		}
		return atoms[k]
	}
	of := func(k int) string {
		if k >= len(atoms) {
			return ""
		}
		return text[atoms[k].start:atoms[k].end]
	}
	a := at(i)
	if a.class != cCard && a.class != cTens || a.num == 100 || of(i) == "both" || of(i) == "couple" {
		return y, 0
	}
	if of(i) == "two" && of(i+1) == "thousands" && len(before) > 0 && before[len(before)-1].class == cThe {
		return atom{start: a.start, end: at(i + 1).end, class: cNum, num: 2000, digits: 4, flags: a.flags&space | spelled | decade}, i + 2
	}
	hi, j := 0, i+1
	open := false   // something must follow: "nineteen" alone is no year
	direct := false // no "hundred" or "thousand" between
	switch b := at(j); {
	case b.class == cCard && b.num == 1000 && (a.num == 1 || a.num == 2):
		hi, j = int(a.num)*10, j+1
		if c, d := at(j), at(j+1); c.class == cCard && c.num < 10 && d.class == cCard && d.num == 100 {
			hi += int(c.num)
			j += 2
		}
		open = !vouches(before)
	case b.class == cCard && b.num == 100 && a.class == cCard && a.num >= 11 && a.num <= 19 && of(j) != "hundreds":
		hi, j = int(a.num), j+1
		open = !vouches(before)
	case a.class == cCard && a.num >= 15 && a.num <= 19 || a.class == cTens && a.num == 20:
		hi, open, direct = int(a.num), true, true
		// "twenty-tens" is a decade, "twenty-five" a number.
		if at(j).class == cDash {
			if _, ok := tens[of(j+1)]; !ok {
				return y, 0
			}
			j++
		}
	default:
		return y, 0
	}
	lo, k := 0, j
	if !direct && at(k).class == cAnd {
		k++
	}
	y = atom{start: a.start, class: cNum, digits: 4, flags: a.flags&(space|capital) | spelled}
	if n, ok := tens[of(k)]; ok {
		y.num, y.end = int32(hi*100+n), at(k).end
		y.flags |= decade
		return y, k + 1
	}
	switch b := at(k); {
	case b.class == cTens:
		lo, k = int(b.num), k+1
		d := k
		if at(d).class == cDash {
			d++
		}
		if c := at(d); c.class == cCard && c.num < 10 && of(d) != "both" && of(d) != "couple" {
			lo, k = lo+int(c.num), d+1
		}
	case b.class == cCard && b.num >= 10 && b.num < 20:
		lo, k = int(b.num), k+1
	case b.class == cCard && b.num < 10 && !direct && of(k) != "both" && of(k) != "couple":
		lo, k = int(b.num), k+1
	case direct && (of(k) == "oh" || of(k) == "zero" || of(k) == "o") && at(k+1).class == cCard && at(k+1).num < 10:
		lo, k = int(at(k+1).num), k+2
	default:
		if open {
			return y, 0
		}
		k = j
	}
	// "twenty eighteen-year-olds", "nineteen thirty-day terms", "two thousand and five hundred"
	if c := at(k); c.class == cDash && !c.is(space) && k+1 < len(atoms) && !at(k+1).is(space) || c.class == cCard && c.num >= 100 || c.class == cUnit && c.is(plural) || c.class == cUnitSign {
		return y, 0
	}
	y.num, y.end = int32(hi*100+lo), at(k-1).end
	return y, k
}

// tens are the words that make a decade behind a century: "the nineteen seventies", "the
// twenty-tens".
var tens = map[string]int{"tens": 10, "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}

// vouches reports whether the end of what stands before makes even "two thousand" a year: a
// month, a day or the word "year".
func vouches(before []atom) bool {
	n := len(before)
	if n > 0 && before[n-1].class == cComma {
		n--
	}
	if n == 0 {
		return false
	}
	switch b := before[n-1]; b.class {
	case cMonth, cSeason:
		return true
	case cOrd, cNum:
		return n > 1 && (before[n-2].class == cMonth || n > 2 && before[n-3].class == cMonth)
	case cUnit:
		return unit(b.num) == year && !b.is(plural)
	}
	return false
}

// sharpen decides which words in lower case that may be months are: "14 nov 2023" and "june
// 3rd" are, "he may" is not. The others become plain words. any says that one is a month.
func sharpen(text string, atoms []atom) (any bool) {
	at := func(k int) atom {
		if k < 0 || k >= len(atoms) {
			return nothing
		}
		return atoms[k]
	}
	day := func(a atom) bool {
		return a.class == cNum && a.digits <= 2 && a.num >= 1 && a.num <= 31 && !a.is(decade)
	}
	for i := range atoms {
		a := &atoms[i]
		if !a.is(faint) {
			continue
		}
		j := i + 1
		if c := at(j).class; c == cDot || c == cComma || c == cDash || c == cThe || c == cSlash {
			j++
		}
		before, after := at(i-1), at(j)
		if before.class == cDot || before.class == cDash || before.class == cSlash {
			before = at(i - 2)
		}
		if after.class == cOf {
			after = at(j + 1)
		}
		ok := after.class == cNum && after.digits == 4 && after.num >= 1500 && after.num < 2200 || day(after) && after.is(ordinal) || before.class == cOf && day(at(i-2)) && at(i-2).is(ordinal)
		if verb := text[a.start] == 'm' && a.num != 3 || a.num == 3 && !a.is(short); !ok && !verb {
			ok = day(before) || day(after) || before.class == cOrd || after.class == cOrd || before.class == cOf && (day(at(i-2)) || at(i-2).class == cOrd)
			ok = ok || before.class == cRel || after.class == cRel || before.class == cNum && before.digits == 4 && before.num >= 1500 && before.num < 2200
			switch before.class {
			case cIn, cTo, cFrom, cAnd, cPrep, cBetween, cEarly:
				ok = ok || !a.is(short)
			}
		}
		if ok {
			any = true
			a.flags &^= faint
		} else {
			a.class, a.num = cOther, 0
		}
	}
	return any
}
