package extract

// FinderRuleInfo is a rule that is Go: what the shape of a name or fact is, and where it is read.
type FinderRuleInfo struct {
	Name string
	File string // below extract
	Says string
}

// FinderRule returns the rule of a name that is Go, or nil.
func FinderRule(name string) *FinderRuleInfo {
	for i := range FinderRules {
		if FinderRules[i].Name == name {
			return &FinderRules[i]
		}
	}
	return nil
}

// FinderRules lists the rules that are Go, by name. TestFinderRules compares it with the code.
var FinderRules = []FinderRuleInfo{
	{"agreement.about", "agreement_about.go", "what a document is for: the memorandum will expand …"},
	{"agreement.active", "agreement_words.go", "A signed an agreement with B"},
	{"agreement.agreed-in-words", "agreement_words.go", "A and B agreed to …"},
	{"agreement.list", "agreement_list.go", "The following documents were signed: a memorandum between A and B; …"},
	{"agreement.nominal", "agreement_words.go", "the signing of an agreement between A and B"},
	{"agreement.passive", "agreement_words.go", "an agreement was signed by A and B"},
	{"agreement.reduced-passive", "agreement_words.go", "the agreement signed by A and B"},
	{"agreement.relative", "agreement_words.go", "the agreement that A signed with B"},
	{"agreement.scene", "agreement_scene.go", "where and when, told by another sentence about the signing"},
	{"agreement.series", "agreement_series.go", "agreements with several partners, listed"},
	{"agreement.signatories", "kind_agreement.go", "who signed, told behind the agreement"},
	{"date.academic-year", "dates/year.go", "the 2024/25 academic year"},
	{"date.ago", "dates/duration.go", "three years ago"},
	{"date.century", "dates/year.go", "the 19th century"},
	{"date.day", "dates/relative.go", "from the 24th to the 25th"},
	{"date.day-list", "dates/daylist.go", "on 3, 5 and 7 May"},
	{"date.day-month", "dates/point.go", "18 May 2024"},
	{"date.day-of-month", "dates/relative.go", "the 24th of this month"},
	{"date.day-range", "dates/daylist.go", "3-5 May"},
	{"date.decade", "dates/year.go", "the 1990s"},
	{"date.deictic", "dates/today.go", "today, yesterday, now"},
	{"date.fiscal-year", "dates/year.go", "fiscal year 2024"},
	{"date.half", "dates/quarter.go", "the first half of 2024"},
	{"date.holiday", "dates/holiday.go", "Christmas Day"},
	{"date.iso-month", "dates/year.go", "2024-05"},
	{"date.month", "dates/month.go", "in May"},
	{"date.month-day", "dates/point.go", "May 18, 2024"},
	{"date.month-part", "dates/quarter.go", "the middle of May"},
	{"date.month-year", "dates/month.go", "May 2024"},
	{"date.months-of-year", "dates/quarter.go", "the first five months of 2024"},
	{"date.nth-weekday", "dates/quarter.go", "the second Monday of May"},
	{"date.numeric", "dates/point.go", "18.05.2024"},
	{"date.numeric-month", "dates/year.go", "05/2024"},
	{"date.offset", "dates/duration.go", "two weeks before 18 May"},
	{"date.quarter", "dates/quarter.go", "the third quarter"},
	{"date.range", "dates/range.go", "from 3 May to 5 June"},
	{"date.relative-month", "dates/relative.go", "last May"},
	{"date.relative-season", "dates/relative.go", "next summer"},
	{"date.relative-unit", "dates/relative.go", "last week"},
	{"date.same-period", "dates/quarter.go", "the same quarter a year ago"},
	{"date.season", "dates/month.go", "in summer"},
	{"date.season-year", "dates/month.go", "the summer of 2024"},
	{"date.shift", "dates/duration.go", "two days later"},
	{"date.week", "dates/quarter.go", "the first week of May"},
	{"date.week-of", "dates/point.go", "the week of 18 May"},
	{"date.weekday", "dates/weekday.go", "on Monday"},
	{"date.weekday-date", "dates/weekday.go", "Monday, 18 May"},
	{"date.weekday-day", "dates/weekday.go", "Monday the 18th"},
	{"date.weeks-of-year", "dates/quarter.go", "week 21 of 2024"},
	{"date.year", "dates/year.go", "in 2024"},
	{"date.years", "dates/range.go", "2024-2026"},
	{"institution.about", "find_definition.go", "About X, as a heading"},
	{"institution.acronym", "decide.go", "the acronym of a name that the document gives"},
	{"institution.acronym-definition", "find_acronym.go", "World Health Organization (WHO), without a noun of an institution"},
	{"institution.company-context", "decide.go", "a stake in Turkline"},
	{"institution.coordinated", "find_units.go", "Faculties of Law and Art: two names"},
	{"institution.division", "find_phrase.go", "its Nordic Rail division"},
	{"institution.head", "find_institution.go", "a name around a noun of an institution: Lima University"},
	{"institution.known", "find_brand.go", "a name of the list of organisations"},
	{"institution.legal-form", "find_institution.go", "Acme Co., Ltd."},
	{"institution.listed", "find_phrase.go", "companies such as A, B and C"},
	{"institution.of-post", "find_post.go", "chief executive of X: the post tells that X is an institution"},
	{"institution.other-language", "find_definition.go", "a name with the same in another language in brackets"},
	{"institution.reversed-acronym", "find_definition.go", "WHO (World Health Organization)"},
	{"institution.short-form", "decide.go", "Acme, where Acme Holdings Ltd. is named in full"},
	{"institution.short-name", "find_definition.go", "Acme Holdings Ltd. (“Acme”)"},
	{"institution.small-head", "find_phrase.go", "Lima police station: the noun is not capitalised"},
	{"institution.small-unit", "find_small_unit.go", "the department of law of X"},
	{"institution.spelled-acronym", "find_definition.go", "an acronym behind words with its letters"},
	{"institution.tagger", "decide.go", "the statistical tagger, where no rule knows better"},
	{"institution.weak-head", "find_institution.go", "a name around a noun that need not be an institution: the Harbour Project"},
	{"person.headline", "decide.go", "a name of the text, in a headline"},
	{"person.honorific", "find_person.go", "Mr. Doe"},
	{"person.misspelt", "decide.go", "a surname of the text, with a letter wrong"},
	{"person.name", "find_person.go", "words that are names, or that the tagger takes for one"},
	{"person.part-of-name", "decide.go", "a surname or forename of a name in full"},
	{"person.post-before", "find_person.go", "director Jane Doe"},
	{"person.post-behind", "find_person.go", "Jane Doe, director"},
	{"person.post-of-institution-before", "find_person.go", "the director of X Jane Doe"},
	{"title.apposition", "kind_title.go", "Jane Doe, director of X"},
	{"title.before-name", "title_position.go", "X's director Jane Doe"},
	{"title.bracketed", "title_position.go", "X (director: Jane Doe)"},
	{"title.by-pronoun", "title_verb.go", "she was director of X"},
	{"title.by-verb", "title_verb.go", "Jane Doe is director of X"},
	{"title.inverted-copula", "title_verb.go", "the director of X is Jane Doe"},
	{"title.label", "title_position.go", "Director: Jane Doe"},
	{"title.post-comma-name", "title_position.go", "the director of X, Jane Doe,"},
	{"title.signature", "kind_title.go", "a name, and a post in the line below"},
}
