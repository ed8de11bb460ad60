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
	return verb, i, ok
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
