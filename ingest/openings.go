package ingest

// openings is a list of beginnings of lines, ordered by their first byte, so that a line is compared
// with a handful of them and not with all: pages of a hundred thousand short lines exist.
type openingList map[byte][]string

func openingsOf(list []string) openingList {
	byFirst := make(openingList)
	for _, s := range list {
		byFirst[s[0]] = append(byFirst[s[0]], s)
	}
	return byFirst
}

// of gives the members that can begin the text, in the order of the list.
func (o openingList) of(text string) []string {
	if text == "" {
		return nil
	}
	return o[text[0]]
}
