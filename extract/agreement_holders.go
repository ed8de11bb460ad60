package extract

import (
	"strings"

	"dateline/extract/token"
)

// holder is a person with the institution of a post.
type holder struct{ person, institution int } // institution -1: not told

// fileHolders lists the people of the document by the words of their posts, in lower case and
// without the complement: "vice-chancellor", "first vice president".
func (r *dealReader) fileHolders() {
	r.holders = map[string][]holder{}
	for _, b := range r.titles {
		if b.when == "former" || b.when == "incoming" {
			continue
		}
		key := postKey(b.title)
		list := r.holders[key]
		if len(list) > sameWordNames {
			continue
		}
		known := false
		for _, h := range list {
			known = known || h.person == b.person
		}
		if !known {
			one := holder{b.person, -1}
			if h, ok := r.held[b.person]; ok {
				one.institution = h
			}
			r.holders[key] = append(list, one)
		}
	}
}

// postKey is a title in lower case up to its complement.
func postKey(title string) string {
	key := strings.ToLower(title)
	for _, cut := range []string{" of ", " for ", ", ", " ("} {
		if i := strings.Index(key, cut); i > 0 {
			key = key[:i]
		}
	}
	return key
}

// postSignatories reads the people who sign by their posts alone in the tokens [i, end): "signed
// by the Vice-Chancellor and the Provost", "the two rectors signed". A post counts when the
// document names one person who holds it; with its institution, one there.
func (r *dealReader) postSignatories(i, end int, s *sentence) []int {
	var out []int
	began := false // behind "the", in a list of posts
	for j := i; j < end; j++ {
		if r.at(j) >= 0 || r.tokens[j].Kind != token.Word {
			continue
		}
		w := strings.ToLower(r.word(j))
		switch w {
		case "the", "both", "two", "respective":
			began = true
			continue
		case "presence", "witnessed", "attended":
			return out
		}
		if !began {
			continue
		}
		if plural := strings.TrimSuffix(w, "s"); plural != w {
			if both := r.holders[plural]; len(both) == 2 {
				return []int{both[0].person, both[1].person} // "the two rectors"
			}
		}
		if !r.is(j, anyPost) {
			continue
		}
		first := j
		for first > i && r.at(first-1) < 0 && (r.is(first-1, postModifier) || r.is(first-1, anyPost)) {
			first--
		}
		if j+1 < end && r.at(j+1) >= 0 && r.mentions[r.at(j+1)].Type == personName {
			continue // named outright
		}
		if j+1 < end && r.at(j+1) < 0 && r.is(j+1, anyPost) {
			continue // "vice president": the last word decides
		}
		key := strings.ToLower(r.span(first, j+1).Of(r.text))
		list := r.holders[key]
		if of := r.postOf(j+1, end); of >= 0 {
			var there []holder
			for _, h := range list {
				if h.institution == of {
					there = append(there, h)
				}
			}
			list = there
		}
		if len(list) == 1 {
			out = appendNew(out, list[0].person)
		}
	}
	return out
}

// postOf returns the institution of "of X", "of the university" at i, or -1.
func (r *dealReader) postOf(i, end int) int {
	if i+1 >= end || r.word(i) != "of" {
		return -1
	}
	j := i + 1
	if r.determiner(j) && j+1 < end {
		j++
	}
	if m := r.at(j); m >= 0 {
		if r.mentions[m].Type == institutionName && r.mentions[m].Entity >= 0 {
			return r.root(r.mentions[m].Entity)
		}
		if r.mentions[m].Type == referenceName {
			return r.antecedent(j)
		}
		return -1
	}
	if r.is(j, reference) {
		return r.antecedent(j)
	}
	return -1
}

// byPosts reads the signatories by posts around the verb at v: behind "by", or before an active
// verb.
func (r *dealReader) byPosts(v, noun, end int, f form, s *sentence) []int {
	switch f {
	case formActive, formRelative:
		return r.postSignatories(r.clauseStart(v, s), v, s)
	case formPassive, formReduced, formNominal:
		for i := max(v, noun) + 1; i < end; i++ {
			if r.at(i) < 0 && r.word(i) == "by" {
				return r.postSignatories(i+1, r.listEnd(i+1, end, s), s)
			}
		}
	}
	return nil
}
