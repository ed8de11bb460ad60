package extract

import (
	"sort"

	"dateline/extract/token"
)

// mentionType says what a mention names.
type mentionType uint8

const (
	otherName       mentionType = iota // event, programme, building: a name, and no fact
	personName                         //
	institutionName                    //
	placeName                          //
	dateName                           //
	referenceName                      // "the Institute": refers to an institution, is none of its own
)

// mention is a naming of something at one place. Offsets are token indexes, Last exclusive.
type mention struct {
	First, Last int
	Type        mentionType
	Rule        string  // the rule that proposed it
	Score       float64 // 0 to 1: how sure the finder is
	Entity      int     // index into the page's entities of that type, -1 before resolution
	// Institutions:
	Head      int    // index of the head token, or -1
	Unit      bool   // the head is the kind that belongs to a larger institution
	Parent    int    // 1 + index of the mention of the parent in the text, or 0
	Name      string // spelled-out name where it is not the text of the mention ("Faculty of B" in "Faculties of A and B")
	Acronym   string // the acronym defined right behind the mention, or ""
	citeFirst int    // 1 + first token of the citation where it is wider than the mention
	shortOf   int    // 1 + mention of the full name that this short name was defined behind
	acronymAt int    // 1 + token index of the acronym
}

// add records a mention and claims its tokens; it is refused (-1) when a token is taken.
func (p *page) add(m mention) int {
	for i := m.First; i < m.Last; i++ {
		if p.owner[i] != 0 {
			return -1
		}
	}
	if m.Type != institutionName {
		m.Head = -1
	}
	m.Entity = -1
	p.mentions = append(p.mentions, m)
	for i := m.First; i < m.Last; i++ {
		p.owner[i] = int32(len(p.mentions))
	}
	return len(p.mentions) - 1
}

// at returns the index of the mention that covers token i, or -1.
func (p *page) at(i int) int {
	if i < 0 || i >= len(p.owner) {
		return -1
	}
	return int(p.owner[i]) - 1
}

// typeAt returns the type of the mention that covers token i.
func (p *page) typeAt(i int) (mentionType, bool) {
	m := p.at(i)
	if m < 0 {
		return 0, false
	}
	return p.mentions[m].Type, true
}

// text of a mention as written.
func (p *page) mentionText(m int) string {
	return p.span(p.mentions[m].First, p.mentions[m].Last).Of(p.text)
}

// inTextOrder returns the indexes of the mentions by place.
func (p *page) inTextOrder() []int {
	order := make([]int, len(p.mentions))
	for i := range order {
		order[i] = i
	}
	sort.Slice(order, func(a, b int) bool { return p.mentions[order[a]].First < p.mentions[order[b]].First })
	return order
}

func (p *page) mentionSpan(m int) token.Span {
	return p.span(p.mentions[m].First, p.mentions[m].Last)
}
