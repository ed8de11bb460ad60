package corpus

import (
	"slices"
	"strings"
)

// matchThreshold is the similarity from which two names count as one. It was fixed on two
// thirds of a public list of name pairs and measured on the rest (match_test.go).
const matchThreshold = 0.86

// MatchPeople reports whether two names, seen without any context, are likely those of one
// person: word order, diacritics, transliteration, initials, patronymics and a slip in a
// long word do not matter; another given name or surname does.
func MatchPeople(a, b string) bool { return PeopleSimilarity(a, b) >= matchThreshold }

// PeopleSimilarity is 1 for the same name and 0 for names with nothing in common.
func PeopleSimilarity(a, b string) float64 {
	fullA, initialsA := personWords(cut(a))
	fullB, initialsB := personWords(cut(b))
	fullA, fullB = withoutParticles(fullA), withoutParticles(fullB)
	fullA, fullB = fullA[:min(len(fullA), maxNameWords)], fullB[:min(len(fullB), maxNameWords)]
	if len(fullA) == 0 || len(fullB) == 0 {
		return boolScore(foldText(cut(a)) == foldText(cut(b)))
	}
	if strings.Join(fullA, "") == strings.Join(fullB, "") && len(initialsA) == 0 && len(initialsB) == 0 {
		return 1 // "Xu Jin" and "Xujin"
	}
	matched, total, restA, restB := alignWords(fullA, fullB)
	restA, spentB, total, matched := spendInitials(restA, initialsB, total, matched)
	restB, spentA, total, matched := spendInitials(restB, initialsA, total, matched)
	conflict := len(restA) > 0 && spentB < len(initialsB) || len(restB) > 0 && spentA < len(initialsA) // "Hans O", "Hans Joachim"
	switch {
	case matched == 0:
		return 0
	case matched == 1: // one word in common is a shared surname or given name, unless it is all there is
		if len(restA)+len(restB) > 0 || len(fullA)+len(initialsA) != len(fullB)+len(initialsB) {
			return 0.4
		}
		return total
	case conflict, len(restA) > 0 && len(restB) > 0: // each has a word that the other lacks
		return min(total/float64(matched), 0.7)
	}
	return total / float64(matched)
}

// withoutParticles drops words that join the parts of a name and come and go.
func withoutParticles(words []string) []string {
	out := make([]string, 0, len(words))
	for _, w := range words {
		switch w {
		case "al", "el", "bin", "ibn", "abu", "van", "von", "de", "der", "da", "dos", "mullah", "haji", "khan":
			if len(words) > 1 {
				continue
			}
		}
		out = append(out, w)
	}
	if len(out) == 0 {
		return words
	}
	return out
}

// alignWords pairs the words of two names, best pairs first.
func alignWords(a, b []string) (matched int, total float64, restA, restB []string) {
	usedA, usedB := make([]bool, len(a)), make([]bool, len(b))
	for {
		best, bi, bj := 0.0, -1, -1
		for i, wa := range a {
			for j, wb := range b {
				if usedA[i] || usedB[j] {
					continue
				}
				if s := wordSimilarity(wa, wb); s > best {
					best, bi, bj = s, i, j
				}
			}
		}
		if best < 0.8 {
			break
		}
		usedA[bi], usedB[bj] = true, true
		matched++
		total += best
	}
	for i, w := range a {
		if !usedA[i] {
			restA = append(restA, w)
		}
	}
	for j, w := range b {
		if !usedB[j] {
			restB = append(restB, w)
		}
	}
	return matched, total, restA, restB
}

// spendInitials pairs left-over words of one name with initials of the other.
func spendInitials(rest, initials []string, total float64, matched int) (left []string, spent int, sum float64, pairs int) {
	used := make([]bool, len(initials))
	for _, w := range rest {
		found := false
		for i, x := range initials {
			if !used[i] && strings.HasPrefix(w, x) {
				used[i], found = true, true
				spent++
				total += 0.9
				matched++
				break
			}
		}
		if !found {
			left = append(left, w)
		}
	}
	return left, spent, total, matched
}

// wordSimilarity compares two folded words: 1 when equal, 0.9 for one slip in a long word, 0
// when they are different words. Pinyin and short words must be equal.
func wordSimilarity(a, b string) float64 {
	if a == b {
		return 1
	}
	if isPinyin(a) && isPinyin(b) || !isASCII(a) || !isASCII(b) {
		return 0
	}
	longest := max(len([]rune(a)), len([]rune(b)))
	if skeleton(a) == skeleton(b) && longest >= 5 {
		return 0.92
	}
	switch d := editDistance(a, b); {
	case d == 1 && longest >= 5:
		return 0.9
	case d == 2 && longest >= 10:
		return 0.86
	}
	return 0
}

// editDistance is the number of inserted, deleted, replaced or swapped neighbouring letters
// (optimal string alignment), or 3 when it is more than 2.
func editDistance(a, b string) int {
	ra, rb := []rune(a), []rune(b)
	if len(ra)-len(rb) > 2 || len(rb)-len(ra) > 2 || len(ra) > 60 || len(rb) > 60 {
		return 3
	}
	before, last, row := make([]int, len(rb)+1), make([]int, len(rb)+1), make([]int, len(rb)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(ra); i++ {
		row[0] = i
		for j := 1; j <= len(rb); j++ {
			cost := 1
			if ra[i-1] == rb[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && ra[i-1] == rb[j-2] && ra[i-2] == rb[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return min(last[len(rb)], 3)
}

// MatchInstitutions reports whether two names, seen without any context, are likely those of
// one institution: the article, punctuation, "&", spelling, a left-out legal form or eponym
// and a slip in a long word do not matter; another word, country or legal form does.
func MatchInstitutions(a, b string) bool { return InstitutionSimilarity(a, b) >= matchThreshold }

// InstitutionSimilarity is 1 for the same name and 0 for names with nothing in common.
func InstitutionSimilarity(a, b string) float64 {
	na, nb := readInstitution(a), readInstitution(b)
	if len(na.words) == 0 || len(nb.words) == 0 {
		return boolScore(foldText(cut(a)) == foldText(cut(b)))
	}
	if na.country != nb.country || na.legal != "" && nb.legal != "" && na.legal != nb.legal {
		return 0.5
	}
	if len(na.eponym) > 0 && len(nb.eponym) > 0 && !slices.Equal(na.eponym, nb.eponym) {
		return 0.5
	}
	if strings.Join(na.words, "") == strings.Join(nb.words, "") {
		return 1
	}
	if len(na.words) != len(nb.words) || len(na.words) > 40 {
		return 0.3
	}
	total := 0.0
	for i := range na.words {
		wa, wb := na.words[i], nb.words[i]
		if wa == wb {
			total++
			continue
		}
		// A slip makes another word of a known one ("Estonia", "Ethiopia"), never the same.
		_, ca := countries.canonical[wa]
		_, cb := countries.canonical[wb]
		if genericWords[wa] && genericWords[wb] || ca && cb || isNumber(wa) || isNumber(wb) {
			return 0.3
		}
		s := wordSimilarity(wa, wb)
		if s == 0 {
			return 0.3
		}
		total += s
	}
	return total / float64(len(na.words))
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func boolScore(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
