package extract

import "strings"

// agreementPhrase is a verb of several words that makes or ends an agreement.
type agreementPhrase struct {
	words []string // in lower case; "*" stands for one word
	verb  agreementVerb
}

// agreementPhrases are tried at their first word. The last word stands for the verb.
var agreementPhrases = []agreementPhrase{
	{[]string{"put", "*", "signature", "to"}, agreementVerb{status: "signed"}},
	{[]string{"put", "*", "signatures", "to"}, agreementVerb{status: "signed"}},
	{[]string{"put", "*", "signatures", "under"}, agreementVerb{status: "signed"}},
	{[]string{"put", "*", "signatures", "on"}, agreementVerb{status: "signed"}},
	{[]string{"appended", "*", "signatures", "to"}, agreementVerb{status: "signed"}},
	{[]string{"put", "*", "names", "to"}, agreementVerb{status: "signed"}},
	{[]string{"set", "*", "signatures", "to"}, agreementVerb{status: "signed"}},
	{[]string{"put", "pen", "to", "paper", "on"}, agreementVerb{status: "signed"}},
	{[]string{"affixed", "*", "signatures", "to"}, agreementVerb{status: "signed"}},
	{[]string{"exchanged", "signed", "copies", "of"}, agreementVerb{status: "signed"}},
	{[]string{"bears", "the", "signatures", "of"}, agreementVerb{status: "signed", bears: true}},
	{[]string{"bears", "the", "signature", "of"}, agreementVerb{status: "signed", bears: true}},
	{[]string{"bears", "the", "names", "of"}, agreementVerb{status: "signed", bears: true}},
	{[]string{"bear", "the", "signatures", "of"}, agreementVerb{status: "signed", bears: true}},
	{[]string{"bore", "the", "signatures", "of"}, agreementVerb{status: "signed", bears: true}},
	{[]string{"pulled", "out", "of"}, agreementVerb{status: "terminated", weak: true}},
	{[]string{"backed", "out", "of"}, agreementVerb{status: "terminated", weak: true}},
	{[]string{"walked", "away", "from"}, agreementVerb{status: "terminated", weak: true}},
	{[]string{"called", "off"}, agreementVerb{status: "terminated", weak: true}},
	{[]string{"broke", "off"}, agreementVerb{status: "terminated", weak: true}},
	{[]string{"brought", "to", "an", "end"}, agreementVerb{status: "terminated", weak: true}},
	{[]string{"came", "to", "an", "agreement"}, agreementVerb{status: "agreed", words: true}},
	{[]string{"came", "to", "an", "understanding"}, agreementVerb{status: "agreed", words: true}},
	{[]string{"shook", "hands", "on"}, agreementVerb{status: "agreed", words: true}},
	{[]string{"shaken", "hands", "on"}, agreementVerb{status: "agreed", words: true}},
}

// agreementVerbAt returns the verb that token i, or a phrase that begins there, is, and the
// token that stands for it.
func (p *page) agreementVerbAt(i int, s *sentence) (agreementVerb, int, bool) {
	word := strings.ToLower(p.word(i))
	for _, phrase := range agreementPhrases {
		if phrase.words[0] != word || i+len(phrase.words) > s.Last {
			continue
		}
		fits := true
		for k, w := range phrase.words {
			if w != "*" && strings.ToLower(p.word(i+k)) != w {
				fits = false
				break
			}
		}
		if fits {
			return phrase.verb, i + len(phrase.words) - 1, true
		}
	}
	verb, ok := agreementVerbs[word]
	if ok && verb.base && i > s.First && p.noVerbBehind(i-1) {
		return agreementVerb{}, i, false
	}
	if ok && word == "signed" && p.signedBefore(i, s) {
		return agreementVerb{}, i, false
	}
	return verb, i, ok
}

// noVerbBehind reports whether the word at i takes a noun behind it: "at the end of the meeting".
func (p *page) noVerbBehind(i int) bool {
	switch strings.ToLower(p.word(i)) {
	case "the", "a", "an", "this", "that", "its", "their", "his", "her", "of", "at", "by", "in", "on", "for", "with", "year", "week", "month":
		return true
	}
	return false
}

// signedBefore reports whether "signed" at i stands before its noun as an attribute: "the signed
// memorandum", "the newly signed agreement". Such words name a document again and tell of no
// signing of their own.
func (p *page) signedBefore(i int, s *sentence) bool {
	before := i - 1
	if before >= s.First && (strings.HasSuffix(p.word(before), "ly") || p.word(before) == "just") {
		before--
	}
	if before < s.First || p.at(before) >= 0 {
		return false
	}
	switch strings.ToLower(p.word(before)) {
	case "the", "this", "that", "these", "its", "their", "our", "a", "all":
	default:
		return false
	}
	for j := i + 1; j < s.Last && j < i+4; j++ {
		if _, _, ok := p.agreementNoun(j, s); ok {
			return true
		}
	}
	return false
}

// orally reports whether the sentence says that an agreement is one in words only.
func (p *page) orally(s *sentence) bool {
	for i := s.First; i < s.Last; i++ {
		switch strings.ToLower(p.word(i)) {
		case "orally", "verbally", "oral", "verbal", "handshake", "gentlemen's", "gentlemen’s":
			return true
		case "principle":
			if i > s.First && p.word(i-1) == "in" {
				return true
			}
		}
	}
	return false
}

// thankedFor reports whether the gerund at i names a signing again, in "thanked X for signing
// the memorandum".
func (p *page) thankedFor(i int, s *sentence) bool {
	if i-1 < s.First || i+1 >= s.Last {
		return false
	}
	switch p.word(i - 1) {
	case "for", "on":
	case "to":
		if i-2 >= s.First && p.word(i-2) == "addition" {
			return false
		}
	default:
		return false
	}
	switch p.word(i + 1) {
	case "the", "this", "these", "such", "that":
		return true
	}
	return false
}
