package eval

import "slices"

// The slots of an agreement, in the order in which they decide ties.
const (
	slotType = iota
	slotStatus
	slotParties
	slotSignatories
	slotDate
	slotPlace
	slotSubject
	slotCount
)

var slotNames = [slotCount]string{"type", "status", "parties", "signatories", "date", "place", "subject"}

// slotCounts are an agreement's counts, slot by slot.
type slotCounts [slotCount]Count

// listSlot gives the fills of parties or signatories and which others are acceptable.
func (a *GoldAgreement) listSlot(slot int) (want, also []string) {
	switch {
	case a == nil:
		return nil, nil
	case slot == slotParties:
		return a.Parties, a.PartiesAlso
	}
	return a.Signatories, a.SignatoriesAlso
}

// textSlot gives the fill of a slot with one value, and which others are acceptable.
func (a *GoldAgreement) textSlot(slot int) (want string, also []string) {
	if a == nil {
		return "", nil
	}
	switch slot {
	case slotType:
		return a.Type, a.TypeAlso
	case slotStatus:
		return a.Status, a.StatusAlso
	case slotDate:
		return a.Date, a.DateAlso
	case slotPlace:
		return a.Place, a.PlaceAlso
	}
	return a.Subject, a.SubjectAlso
}

// words are the words of an agreement that its text holds.
func (a *GoldAgreement) words() []string {
	if a == nil {
		return nil
	}
	var out []string
	for _, w := range slices.Concat([]string{a.Subject, a.Place}, a.Parties, a.Signatories) {
		if w != "" {
			out = append(out, w)
		}
	}
	return out
}

func listFill(s *Fact, slot int) []string {
	switch {
	case s == nil:
		return nil
	case slot == slotParties:
		return s.Parties
	}
	return s.Signatories
}

func textFill(s *Fact, slot int) string {
	if s == nil {
		return ""
	}
	switch slot {
	case slotType:
		return s.Type
	case slotStatus:
		return s.Status
	case slotDate:
		return s.Date
	case slotPlace:
		return s.Place
	}
	return s.Subject
}

// slotCounts counts the fills of one aligned pair of agreements; either may be nil.
func (d *scorer) slotCounts(g *GoldAgreement, s *Fact) slotCounts {
	var out slotCounts
	for slot := range out {
		if slot == slotParties || slot == slotSignatories {
			out[slot] = d.listCount(g, s, slot)
			continue
		}
		want, also := g.textSlot(slot)
		fill := textFill(s, slot)
		switch {
		case fill == "" && want != "":
			out[slot].FN = 1
		case fill == "":
		case d.acceptable(slot, fill, want, also):
			if want != "" {
				out[slot].TP = 1
			}
		default:
			out[slot].FP = 1
			if want != "" {
				out[slot].FN = 1
			}
		}
	}
	return out
}

// acceptable reports whether a fill equals the wanted one or one that is accepted for it.
func (d *scorer) acceptable(slot int, fill, want string, also []string) bool {
	equal := func(w string) bool {
		switch {
		case w == "":
			return false
		case slot == slotDate:
			return normalizeDate(w) == normalizeDate(fill)
		case slot == slotSubject:
			return tokenF1(d.norm(w), d.norm(fill)) >= 0.5
		case slot == slotPlace:
			return sameExtent(d.norm(w), d.norm(fill))
		}
		return d.norm(w) == d.norm(fill)
	}
	if equal(want) {
		return true
	}
	for _, w := range also {
		if equal(w) {
			return true
		}
	}
	return false
}

// listCount counts the fills of parties or signatories. A fill that is only acceptable is
// excused; it stands in for a missed party only as that party's unit, parent or other
// wording.
func (d *scorer) listCount(g *GoldAgreement, s *Fact, slot int) Count {
	want, also := g.listSlot(slot)
	fills := listFill(s, slot)
	if len(fills) == 0 {
		return Count{FN: len(want)}
	}
	if len(want)+len(also) == 0 {
		return Count{FP: len(fills)}
	}
	names := d.people
	if slot == slotParties {
		names = d.institutions
	}
	wanted := func(i int) string {
		if i < len(want) {
			return d.norm(want[i])
		}
		return d.norm(also[i-len(want)])
	}
	optional := func(i int) bool { return i >= len(want) }
	return match(pairing{
		gold: len(want) + len(also), system: len(fills), optional: optional,
		same: func(i, j int) bool {
			fill, w := d.norm(fills[j]), wanted(i)
			if names.same(fill, w) {
				return true
			}
			if slot != slotParties || optional(i) {
				return false
			}
			for _, a := range also {
				if names.same(fill, d.norm(a)) && names.akin(d.norm(a), w) {
					return true
				}
			}
			return false
		},
	}).count()
}

// align finds the one-to-one pairing of agreements with the most slot hits. A pair needs
// parties, signatories or a subject that agree with F1 of at least 0.5: a list of every
// institution of the text is no agreement. Ties go to required items, then to the most
// pairs, the fewest spurious fills, and slot by slot to hits and then to few spurious fills.
func (d *scorer) align(gold []GoldAgreement, system []Fact) matching {
	alone := make([]slotCounts, len(system))
	for j := range system {
		alone[j] = d.slotCounts(nil, &system[j])
	}
	const width = 4 + 2*slotCount
	weights := make([][]weight, len(gold))
	for i := range gold {
		weights[i] = make([]weight, len(system))
		for j := range system {
			c := d.slotCounts(&gold[i], &system[j])
			if !c[slotParties].half() && !c[slotSignatories].half() && !c[slotSubject].half() {
				continue
			}
			w := make(weight, width)
			for k := range c {
				spared := int64(alone[j][k].FP)
				if !gold[i].Optional {
					spared -= int64(c[k].FP)
					w[4+k] = int64(c[k].TP)
				}
				w[0] += int64(c[k].TP)
				w[3] += spared
				w[4+slotCount+k] = spared
			}
			if !gold[i].Optional {
				w[1] = 1
			}
			w[2] = 1
			weights[i][j] = w
		}
	}
	return settle(assign(weights, width), len(gold), len(system),
		func(i int) bool { return gold[i].Optional }, func(int) bool { return false })
}

// half reports an F1 of at least 0.5 with something found.
func (c Count) half() bool { return c.TP > 0 && 2*c.TP >= c.FP+c.FN }
