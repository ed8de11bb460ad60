package extract

import "strings"

// Companies and other bodies whose names have no head ("Turkcell", "SunExpress") are known by
// what stands around them. companyEvidence counts such signs at one place of a name; the
// document adds them up.

// companyNouns stand before the name of a company: "the airline SunExpress".
var companyNouns = words("company airline carrier operator firm lender bank group giant startup start-up developer manufacturer retailer carmaker automaker shipbuilder insurer broadcaster publisher brand conglomerate subsidiary consortium contractor supplier utility miner steelmaker chipmaker drugmaker brewer shipyard builder club newspaper outlet website portal network agency nonprofit charity foundation union federation unit parent")

// companyGoods are what a company has: "Turkcell's subscribers".
var companyGoods = words("ceo chief chairman chairwoman shares share stake revenue revenues profit profits sales fleet customers subscribers headquarters subsidiary subsidiaries board products product services factory factories plant plants business operations stock website brand spokesman spokeswoman spokesperson shareholders investors employees management portfolio network stores offices earnings results owners owner founder co-founder partner partners bid offer contract lawyers workers passengers aircraft flights")

// companyBefore are words before a name that a company follows: "a stake in Turkcell".
var companyBefore = words("in of by with from for at between to")
var companyBeforeNouns = words("stake stakes shares share merger contract contracts deal deals partnership agreement acquisition takeover owned operated acquired manufactured produced published developed supplied funded sponsored listed customer client employee subsidiary unit branch investment working worked works job role")

// companyVerbs are what companies do and people seldom.
var companyVerbs = words("operates manufactures produces acquires acquired launches launched unveiled posted reported ordered owns employs serves sells supplies invests merges merged flies plans announced announces signed")

// words makes a set of a list of words.
func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// companyEvidence counts the signs of a company around the tokens first to last of a
// sentence: 2 for a noun that says so, 1 for each of the others.
func (p *page) companyEvidence(first, last int, s *sentence) int {
	n := 0
	word := func(i int) string {
		if i < s.First || i >= s.Last {
			return ""
		}
		return strings.ToLower(p.word(i))
	}
	if companyNouns[word(first-1)] && !p.capital(first-1) {
		n += 2
	}
	if companyBefore[word(first-1)] && companyBeforeNouns[word(first-2)] {
		n++
	}
	if last < s.Last && (word(last) == "'s" || word(last) == "’s" || word(last) == "'" || word(last) == "’") {
		for i := last + 1; i < last+4 && i < s.Last; i++ {
			if companyGoods[word(i)] {
				n++
				break
			}
		}
	} else if companyVerbs[word(last)] || word(last) == "shares" || word(last) == "stock" || word(last) == "," && word(last+1) == "which" {
		n++
	}
	if last-first == 1 && innerCapital(p.word(first)) {
		n++
	}
	return n
}

// innerCapital reports whether a word has a capital behind a small letter: "SunExpress".
func innerCapital(w string) bool {
	if strings.HasPrefix(w, "Mc") || strings.HasPrefix(w, "Mac") || strings.HasPrefix(w, "De") || strings.HasPrefix(w, "Di") || strings.HasPrefix(w, "La") || strings.HasPrefix(w, "Le") || strings.ContainsAny(w, "-'’") {
		return false
	}
	small := false
	for _, r := range w {
		if small && r >= 'A' && r <= 'Z' {
			return true
		}
		small = r >= 'a' && r <= 'z'
	}
	return false
}
