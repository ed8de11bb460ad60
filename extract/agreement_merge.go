package extract

import "sort"

// mergeDeals joins places that tell of the same agreement: the later adds what the earlier
// lacks. Deals that name fewer than two parties only complete others.
//
// The second result holds those that completed nothing.
func mergeDeals(deals []deal) (whole, alone []deal) {
	var partial []deal
	byParty := map[int][]int{} // party to the indexes of its whole deals
	for _, d := range deals {
		if d.backward && len(whole) > 0 && completes(whole, &d) {
			continue
		}
		if len(d.parties) < 2 && (len(d.signatories) < 2 || len(d.parties) == 0 || d.backward) || d.headline || d.kind == "other" && len(d.parties) < 2 {
			partial = append(partial, d)
			continue
		}
		merged := false
		for _, i := range candidates(byParty, d) {
			if !d.another && sameDeal(&whole[i], &d) {
				fill(&whole[i], &d, true)
				merged = true
				break
			}
		}
		if !merged {
			for _, e := range d.parties {
				byParty[e] = append(byParty[e], len(whole))
			}
			whole = append(whole, d)
		}
	}
	if len(whole) == 0 {
		for _, d := range partial {
			if d.headline && len(d.parties) > 1 {
				whole = append(whole, d)
				break
			}
		}
	}
	for _, d := range partial {
		if d.plural && len(d.parties) == 0 && len(d.signatories) == 0 && (d.date != "" || d.place != "") {
			lend(whole, &d)
			continue
		}
		best := -1
		from := sort.Search(len(whole), func(i int) bool { return whole[i].sentence >= d.sentence-12 })
		for i := from; i < len(whole) && whole[i].sentence <= d.sentence+12; i++ {
			if !kindsAgree(whole[i].kind, d.kind) || !subset(d.parties, whole[i].parties) || whole[i].status != d.status && d.status != "signed" {
				continue
			}
			if best < 0 || distance(whole[i].sentence, d.sentence) < distance(whole[best].sentence, d.sentence) {
				best = i
			}
		}
		near := 12
		if len(d.parties) == 0 && len(d.signatories) > 0 && !oneSeries(whole) {
			near = 3
		}
		if best >= 0 && distance(whole[best].sentence, d.sentence) <= near {
			fillSeries(whole, best, &d, false)
		} else {
			alone = append(alone, d)
		}
	}
	return whole, alone
}

// completes adds what a backward deal tells to the last deal told at most four sentences
// before that has a party or no signatory in common with it, and reports whether there is one.
func completes(whole []deal, d *deal) bool {
	for i := len(whole) - 1; i >= 0 && whole[i].sentence >= d.sentence-4; i-- {
		w := &whole[i]
		if w.sentence == d.sentence && len(d.parties) == 0 && len(d.signatories) == 0 || w.status == "terminated" {
			continue
		}
		if len(d.parties) > 0 && !overlap(d.parties, w.parties) {
			continue
		}
		told := *d
		told.parties = nil
		fillSeries(whole, i, &told, true)
		return true
	}
	return false
}

// withoutSummaries drops "signed two memoranda" where the memoranda are then told one by one; they
// get its day and place.
func withoutSummaries(whole []deal) []deal {
	var out []deal
	for i := range whole {
		d := &whole[i]
		counted := false
		if d.plural && d.series == 0 && len(d.signatories) == 0 {
			for k := i + 1; k < len(whole) && whole[k].sentence <= d.sentence+8; k++ {
				if whole[k].another && whole[k].kind == d.kind && subset(whole[k].parties, d.parties) {
					counted = true
				}
			}
		}
		if counted {
			lend(whole[i+1:], d)
			continue
		}
		out = append(out, whole[i])
	}
	return out
}

// lend gives the date and place of "the signing of several agreements" to the signed ones that are
// told at most twelve sentences behind.
func lend(whole []deal, d *deal) {
	told := deal{date: d.date, place: d.place, cites: d.cites, occasion: -1, status: d.status, kind: d.kind}
	from := sort.Search(len(whole), func(i int) bool { return whole[i].sentence >= d.sentence })
	for i := from; i < len(whole) && whole[i].sentence <= d.sentence+12; i++ {
		if whole[i].status == d.status && whole[i].kind != "other" {
			fill(&whole[i], &told, false)
		}
	}
}

// oneSeries reports whether the deals are one, or of one series.
func oneSeries(whole []deal) bool {
	for i := range whole {
		if i > 0 && (whole[i].series == 0 || whole[i].series != whole[0].series) {
			return false
		}
	}
	return true
}

// fillSeries completes whole[i] with what d tells, and the other deals of its series with what
// they lack: who signed for one side signed all of them. Deals of one series stand together.
func fillSeries(whole []deal, i int, d *deal, cite bool) {
	series := whole[i].series
	fill(&whole[i], d, cite)
	if series == 0 {
		return
	}
	for _, step := range []int{-1, 1} {
		for k := i + step; k >= 0 && k < len(whole) && whole[k].series == series; k += step {
			if len(d.parties) == 0 || subset(d.parties, whole[k].parties) {
				fill(&whole[k], d, cite)
			}
		}
	}
}

// overlap reports whether the two lists share a party.
func overlap(a, b []int) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}

// candidates returns the whole deals that share a party with d, in order; a party with more
// than sameWordNames deals gives its last ones. A deal without parties is compared with the
// last ones of all.
func candidates(byParty map[int][]int, d deal) []int {
	var out []int
	for _, e := range d.parties {
		list := byParty[e]
		out = appendNew(out, list[max(0, len(list)-sameWordNames):]...)
	}
	sort.Ints(out)
	return out
}

func distance(a, b int) int {
	if a < b {
		return b - a
	}
	return a - b
}

// sameDeal reports whether two deals with parties are one agreement.
func sameDeal(a, b *deal) bool {
	if !kindsAgree(a.kind, b.kind) || !(subset(a.parties, b.parties) || subset(b.parties, a.parties)) {
		return false
	}
	if a.date != "" && b.date != "" && a.date != b.date {
		return false
	}
	if a.status != b.status && (a.status == "terminated" || b.status == "terminated" || a.status == "planned" || b.status == "planned") {
		return false
	}
	if a.status != b.status && a.kind != b.kind && (a.status == "renewed" || b.status == "renewed") {
		return false
	}
	return true
}

func kindsAgree(a, b string) bool {
	return a == b || a == "agreement" || b == "agreement" || a == "other" || b == "other"
}

func subset(a, b []int) bool {
	for _, x := range a {
		in := false
		for _, y := range b {
			in = in || x == y
		}
		if !in {
			return false
		}
	}
	return true
}

// fill completes a with what b tells. A deal without parties of its own lends date and
// place, and cites itself only when it does.
func fill(a, b *deal, cite bool) {
	if a.date == "" && b.date != "" {
		a.date, cite = b.date, true
	}
	if a.place == "" && b.place != "" {
		a.place, cite = b.place, true
	}
	if a.subject == "" && b.subject != "" {
		a.subject, cite = b.subject, true
	}
	if more := appendNew(append([]int(nil), a.signatories...), b.signatories...); len(more) > len(a.signatories) {
		a.signatories, cite = more, true
	}
	if len(b.parties) > len(a.parties) {
		a.parties, cite = b.parties, true
	}
	if a.status == "agreed" && b.status == "signed" {
		a.status, a.kind = "signed", b.kind // "have agreed to …. They signed a memorandum to this effect"
	}
	if b.status == "renewed" && a.status == "signed" {
		a.status = "renewed"
	}
	a.occasion = max(a.occasion, b.occasion)
	if a.plain == "" {
		a.plain = b.plain
	}
	if a.kind == "other" {
		a.kind = b.kind
	}
	if cite {
		a.cites = append(a.cites, b.cites...)
	}
}
