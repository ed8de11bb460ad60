package extract

import (
	"bytes"
	"embed"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/extract/token"
)

//go:embed lexicon/*.txt
var lexiconFiles embed.FS

// class is a set of lexicon memberships of one word.
type class uint64

// What the lexicons say of a word. Classes marked "case" hold only for the word as written.
const (
	headStrong        class = 1 << iota // institution-heads.txt
	headUnit                            //
	headCompany                         //
	headWeak                            //
	headPlural                          // institution-plurals.txt
	notHead                             // not-institution-heads.txt
	postNoun                            // title-heads.txt, class post
	postWeak                            // title-heads.txt, class weak
	postOf                              // title-heads.txt, class of
	postModifier                        // title-modifiers.txt
	postFormer                          // title-former.txt, former
	postIncoming                        // title-former.txt, incoming
	particle                            // particles.txt
	speech                              // speech-verbs.txt
	fieldWord                           // field-words.txt
	commonWord                          // common-words.txt
	functionWord                        // function-words.txt
	monthName                           // months and weekdays: never part of a person or institution alone
	reference                           // "institute", "university": "the institute" refers to one
	demonym                             // gazetteer
	legalForm                           // legal-forms.txt (case)
	honorific                           // honorifics.txt (case)
	notAcronym                          // not-organisation-acronyms.txt (case)
	ownPossessive                       // possessive-names.txt (case)
	forename                            // gazetteer
	forenameAmbiguous                   // gazetteer: also a plain word
	surname                             // gazetteer
	surnameAmbiguous                    // gazetteer: also a plain word
	placeToken                          // token of a place name of the gazetteer
	rank                                // ranks.txt (case)
	namedBody                           // named-bodies.txt: a body known by its noun alone
	foreignHead                         // foreign-heads.txt
	brandWord                           // single-token line of organisations.txt (case)
	incomingPost                        // "rector-elect"
	numberWord                          // one, two, both …
	anyHead           = headStrong | headUnit | headCompany | headWeak
	anyPost           = postNoun | postWeak | postOf
)

// lexicon holds every word list in memory; it is read-only after newLexicon.
type lexicon struct {
	lower   map[string]class // by lower-case form
	written map[string]class // by form as written
	plural  map[string]string
	brands  map[string][][]string // first word of a multi-word line of organisations.txt to its words
}

func newLexicon(words *wordFiles) (*lexicon, error) {
	l := &lexicon{lower: map[string]class{}, written: map[string]class{}, plural: map[string]string{}, brands: map[string][][]string{}}
	low := func(c class) func(string, []string) {
		return func(line string, _ []string) { l.lower[strings.ToLower(line)] |= c }
	}
	written := func(c class) func(string, []string) {
		return func(line string, _ []string) { l.written[line] |= c }
	}
	byColumn := func(classes map[string]class) func(string, []string) {
		return func(line string, f []string) {
			if len(f) == 2 {
				l.lower[strings.ToLower(f[0])] |= classes[f[1]]
			}
		}
	}
	files := []struct {
		name string
		add  func(string, []string)
	}{
		{"institution-heads.txt", byColumn(map[string]class{"strong": headStrong, "unit": headUnit, "company": headCompany, "weak": headWeak})},
		{"institution-plurals.txt", func(_ string, f []string) {
			l.lower[strings.ToLower(f[0])] |= headPlural
			l.plural[strings.ToLower(f[0])] = f[1]
		}},
		{"not-institution-heads.txt", low(notHead)},
		{"title-heads.txt", byColumn(map[string]class{"post": postNoun, "weak": postWeak, "of": postOf})},
		{"title-modifiers.txt", low(postModifier)},
		{"title-former.txt", byColumn(map[string]class{"former": postFormer, "incoming": postIncoming, "current": 0})},
		{"particles.txt", low(particle)},
		{"speech-verbs.txt", low(speech)},
		{"field-words.txt", low(fieldWord)},
		{"common-words.txt", low(commonWord)},
		{"function-words.txt", low(functionWord | commonWord)},
		{"ranks.txt", written(rank)},
		{"named-bodies.txt", low(namedBody)},
		{"foreign-heads.txt", low(foreignHead)},
		{"references.txt", low(reference)},
		{"legal-forms.txt", written(legalForm)},
		{"honorifics.txt", written(honorific)},
		{"not-organisation-acronyms.txt", written(notAcronym)},
		{"possessive-names.txt", written(ownPossessive)},
		{"organisations.txt", func(line string, f []string) {
			if len(f) == 1 {
				l.written[line] |= brandWord
				return
			}
			var parts []string // as a text has them: "Children", "'s", "Fund"
			for _, t := range token.Tokenize(line) {
				parts = append(parts, t.Of(line))
			}
			l.brands[parts[0]] = append(l.brands[parts[0]], parts)
		}},
	}
	for _, f := range files {
		if err := words.lines(f.name, f.add); err != nil {
			return nil, err
		}
	}
	for _, list := range l.brands {
		slices.SortStableFunc(list, func(a, b []string) int { return len(b) - len(a) })
	}
	for _, m := range strings.Fields("january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday") {
		l.lower[m] |= monthName
	}
	return l, nil
}

// hyphenated reads "governor-designate" and "vice-rector-elect" as the post that they are.
func (l *lexicon) hyphenated(word []byte) class {
	for _, suffix := range []string{"-designate", "-elect", "-general", "-emeritus"} {
		if base, ok := bytes.CutSuffix(word, []byte(suffix)); ok {
			if c := l.lower[string(base)] & postNoun; c != 0 {
				if suffix == "-designate" || suffix == "-elect" {
					c |= incomingPost
				}
				return c
			}
		}
	}
	for _, prefix := range []string{"vice-", "deputy-", "co-", "ex-", "sub-", "under-", "pro-"} {
		if base, ok := bytes.CutPrefix(word, []byte(prefix)); ok {
			if c := l.lower[string(base)] & postNoun; c != 0 {
				return c // "Vice-Premier"
			}
		}
	}
	// "GM-HR", "DGM-Operations"
	if i := bytes.IndexByte(word, '-'); i >= 2 && i <= 3 {
		if c := l.lower[string(word[:i])] & (postNoun | postWeak); c != 0 && string(word[:i]) != "pro" {
			return postNoun
		}
	}
	// "School-Gymnasium", "school-lyceum": two heads in one word are one.
	if i := bytes.LastIndexByte(word, '-'); i > 0 {
		if c := l.lower[string(word[i+1:])] & headStrong; c != 0 && l.lower[string(word[:i])]&headStrong != 0 {
			return c
		}
	}
	return 0
}

// classes returns what the lexicons say of the token, without allocating.
func (l *lexicon) classes(text string, t token.Token) class {
	word := t.Of(text)
	if t.Kind != token.Word || len(word) > 64 {
		return 0
	}
	var buf [192]byte
	lowered := buf[:0]
	for _, r := range word {
		lowered = utf8.AppendRune(lowered, unicode.ToLower(r))
	}
	c := l.lower[string(lowered)]
	if c == 0 {
		c = l.hyphenated(lowered)
	}
	if n := len(lowered); c == 0 && n > 4 && lowered[n-1] == 's' {
		c = l.lower[string(lowered[:n-1])] & commonWord
	}
	if t.Is(token.Abbrev) {
		c |= l.lower[string(lowered[:len(lowered)-1])] &^ commonWord
	}
	return c | l.written[word]
}
