package dates

import (
	"strings"
	"unicode"
)

// class is what an atom can be in a date expression.
type class uint8

const (
	cOther class = iota
	cNum
	cMonth    // num 1..12
	cWeekday  // num 1 (Monday)..7
	cSeason   // num 1 spring, 2 summer, 3 autumn, 4 winter
	cUnit     // num is a unit
	cCard     // number word: "three"
	cTens     // "twenty": may take a hyphen and a unit behind it
	cOrd      // "third"
	cA        // "a", "an"
	cRel      // last, this, next … : num is a relation
	cDeictic  // yesterday -1, today 0, tomorrow +1
	cTonight  // tonight
	cEarly    // early, late, mid: num indexes modNames
	cEdge     // beginning, middle, end: num indexes modNames
	cLaterNow // earlier, later (this week)
	cApprox   // about, around, circa
	cMoreLess // more, less: num -1, +1 (direction in "… than a year ago")
	cThan
	cDayPart // morning, afternoon, evening, night
	cNoon    // noon 12, midnight 0
	cAMPM    // num 0 a.m., 12 p.m.
	cOClock
	cZone    // GMT, EST
	cQuarter // Q3
	cHalf    // H1
	cHalfWord
	cFiscal // FY, fiscal, academic
	cAgo
	cFew // few, several: an unknown number
	cThat
	cTensPl // "the seventies"
	cSet    // every, each
	cFreq
	cNever // words that forbid ("No.")
	cFrom
	cBetween
	cTo
	cAnd
	cOr
	cOf
	cThe
	cPoss // its, their
	cOn
	cIn
	cAt
	cBy
	cPrep // since, during, until: a year or month may follow
	cStop // function words and verbs that may follow a bare year or "the 24th"
	cClitic
	cDash
	cComma
	cDot
	cSlash
	cColon
	cOpen
	cClose
	cSign
	cUnitSign
	cPunct
)

// triggers reports whether a sentence without an atom of such a class holds no expression.
func (c class) triggers() bool {
	switch c {
	case cNum, cMonth, cWeekday, cSeason, cUnit, cDeictic, cTonight, cDayPart, cNoon, cQuarter, cHalf, cFiscal, cFreq, cTensPl:
		return true
	}
	return false
}

// unit is a unit of time.
type unit uint8

const (
	noUnit unit = iota
	minute
	hour
	day
	week
	weekend
	fortnight
	month
	quarter
	season
	year
	decadeUnit
	century
	second
)

// relation is the direction a word gives to a unit.
type relation uint8

const (
	noRelation relation = iota
	relLast
	relThis
	relNext
	relComing
	relPast      // "the past year": the span up to now
	relPrevious  // the one before, of the text
	relFollowing // the one after, of the text
	relSame
	relAfterStart // the end of an interval of weekdays: the first such day behind its start
)

var modNames = [...]string{"", ModStart, ModMid, ModEnd}

type entry struct {
	class class
	num   int16
	flags uint16
}

const longestWord = 14

// vocabulary has every word of the grammar in lower case, without a final full stop.
var vocabulary = func() map[string]entry {
	v := map[string]entry{}
	add := func(c class, num int, flags uint16, words string) {
		for _, w := range strings.Fields(words) {
			v[w] = entry{c, int16(num), flags}
		}
	}
	for i, name := range []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"} {
		flags := uint16(0)
		switch name {
		case "march", "may", "august", "april", "june":
			flags = hazard
		}
		add(cMonth, i+1, flags, name)
	}
	for i, names := range []string{"jan", "feb febr", "mar", "apr", "", "jun", "jul", "aug", "sep sept", "oct", "nov", "dec"} {
		add(cMonth, i+1, short|hazard, names)
	}
	for i, name := range []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"} {
		add(cWeekday, i+1, 0, name)
		add(cWeekday, i+1, plural, name+"s")
	}
	for i, names := range []string{"mon", "tue tues", "wed weds", "thu thur thurs", "fri", "sat", "sun"} {
		add(cWeekday, i+1, short|hazard, names)
	}
	add(cSeason, 1, hazard, "spring springtime")
	add(cSeason, 2, 0, "summer summertime")
	add(cSeason, 3, 0, "autumn")
	add(cSeason, 3, hazard, "fall")
	add(cSeason, 4, 0, "winter wintertime")
	for u, names := range map[unit]string{minute: "minute min", hour: "hour hr", day: "day", week: "week", weekend: "weekend", fortnight: "fortnight", month: "month", quarter: "quarter", year: "year yr", decadeUnit: "decade", century: "century"} {
		for _, w := range strings.Fields(names) {
			add(cUnit, int(u), 0, w)
			add(cUnit, int(u), plural, w+"s")
		}
	}
	add(cUnit, int(century), plural, "centuries")
	add(cUnit, int(second), plural, "seconds")
	for i, w := range strings.Fields("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen") {
		add(cCard, i+1, 0, w)
	}
	for i, w := range strings.Fields("twenty thirty forty fifty sixty seventy eighty ninety") {
		add(cTens, 20+10*i, 0, w)
	}
	for i, w := range strings.Fields("fifties sixties seventies eighties nineties") {
		add(cTensPl, 50+10*i, 0, w)
	}
	for i, w := range strings.Fields("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth") {
		add(cOrd, i+1, 0, w)
	}
	add(cOrd, 30, 0, "thirtieth")
	add(cCard, 100, 0, "hundred")
	add(cCard, 1000, 0, "thousand")
	add(cTensPl, 100, 0, "noughties")
	add(cCard, 2, 0, "couple both")
	add(cA, 1, 0, "a an")
	for r, words := range map[relation]string{relLast: "last", relThis: "this current", relNext: "next", relComing: "coming upcoming forthcoming", relPast: "past", relPrevious: "previous preceding prior", relFollowing: "following ensuing subsequent", relSame: "same"} {
		add(cRel, int(r), 0, words)
	}
	add(cDeictic, -1, 0, "yesterday")
	add(cDeictic, 0, 0, "today")
	add(cDeictic, 1, 0, "tomorrow")
	add(cTonight, 0, 0, "tonight")
	add(cEarly, 1, 0, "early")
	add(cEarly, 2, 0, "mid")
	add(cEarly, 3, 0, "late")
	add(cEdge, 1, 0, "beginning start outset dawn turn onset")
	add(cEdge, 2, 0, "middle midpoint")
	add(cEdge, 3, 0, "end close")
	add(cLaterNow, -1, 0, "earlier")
	add(cLaterNow, 1, 0, "later")
	add(cApprox, 0, 0, "about around approximately circa ca roughly nearly almost approx")
	add(cMoreLess, -1, 0, "more over")
	add(cMoreLess, 1, 0, "less under")
	add(cThan, 0, 0, "than")
	add(cDayPart, 0, 0, "morning")
	add(cDayPart, 1, 0, "afternoon lunchtime")
	add(cDayPart, 2, 0, "evening night")
	add(cNoon, 12, 0, "noon midday")
	add(cNoon, 0, 0, "midnight")
	add(cAMPM, 0, 0, "am a.m")
	add(cAMPM, 12, 0, "pm p.m")
	add(cOClock, 0, 0, "o'clock o’clock")
	add(cZone, 0, 0, "gmt utc est edt cst cdt mst mdt pst pdt cet cest bst msk ist jst hkt sgt aest aedt eet eest acst acdt wat eat et pt ct kst almt")
	add(cHalfWord, 0, 0, "half")
	add(cFiscal, 0, 0, "fy fiscal financial academic school calendar marketing")
	add(cAgo, 0, 0, "ago")
	add(cFew, 0, 0, "few several many some recent numerous dozens hundreds")
	add(cSet, 0, 0, "every each")
	for value, words := range map[int]string{1: "daily", 2: "weekly", 3: "monthly", 4: "quarterly", 5: "annually yearly annual", 6: "biweekly fortnightly", 7: "biennially biennial", 8: "hourly", 9: "nightly", 10: "semiannually semiannual", 11: "bimonthly"} {
		add(cFreq, value, 0, words)
	}
	add(cNever, 0, 0, "no nos number room page pages pp flight article art section sec clause model order bus route highway gate suite box iso version v resolution resolutions law decree act regulation directive bill usd eur gbp cny rmb rs kzt rub zip postcode pin tel phone fax extension ext apartment apt building channel hwy figure fig table chapter note code id isbn issn doi vol volume")
	add(cFrom, 0, 0, "from")
	add(cBetween, 0, 0, "between")
	add(cTo, 0, 0, "to until till through thru")
	add(cAnd, 0, 0, "and")
	add(cOr, 0, 0, "or")
	add(cOf, 0, 0, "of")
	add(cThe, 0, 0, "the")
	add(cPoss, 0, 0, "its their his her our my your")
	add(cOn, 0, 0, "on")
	add(cIn, 0, 0, "in")
	add(cAt, 0, 0, "at")
	add(cBy, 0, 0, "by")
	add(cPrep, 0, 0, "since during before after within throughout for as towards toward into beyond post pre despite published dated versus vs compared")
	add(cStop, 0, 0, "is was were are be been being has have had will would shall should can could may might must do does did not with without when where while who which that what as but so because if than then and or nor also only its their his her our my your it he she they we you i there here these those said says announced under via per both all some more most such upon about against among along amid across over")
	// Words of two classes keep the more useful one.
	add(cMoreLess, -1, 0, "more over")
	add(cApprox, 0, 0, "about")
	add(cPoss, 0, 0, "its their his her our my your")
	add(cPrep, 0, 0, "as")
	add(cAnd, 0, 0, "and")
	add(cOr, 0, 0, "or")
	add(cThan, 0, 0, "than")
	add(cThat, 0, 0, "that")
	add(cCard, 2, 0, "both")
	add(cFew, 0, 0, "some")
	add(cMonth, 5, hazard, "may")
	for _, w := range []string{"once", "twice", "semi", "bi"} {
		v[w] = entry{cOther, 0, opens}
	}
	for start := range holidayStarts {
		for _, w := range []string{start, strings.TrimSuffix(start, "s")} { // "Valentine" + "'s"
			if e, ok := v[w]; ok && e.class != cOther {
				continue // "May Day", "all"
			}
			flags := opens
			if triggerHolidays[w] {
				flags |= trigger
			}
			v[w] = entry{cOther, 0, flags}
		}
	}
	return v
}()

func isUpperRune(r rune) bool { return unicode.IsUpper(r) || unicode.IsTitle(r) }
