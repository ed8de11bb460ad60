package extract

import (
	"sort"
	"unicode"
	"unicode/utf8"

	"dateline/extract/dates"
	"dateline/extract/gazetteer"
	"dateline/extract/token"
	"dateline/ingest/document"
)

// page is one document while it is read: its tokens with what the lexicons say of each,
// its sentences, and the mentions found so far. Every finder adds to it; nothing outlives
// the call of Read.
type page struct {
	ex          *Extractor
	doc         document.Document
	text        string
	tokens      []token.Token
	class       []class // one for each token
	sentences   []sentence
	placeLen    []uint8 // for each token, how many tokens the place name that begins there has
	owner       []int32 // for each token, 1 + index of the mention that covers it, or 0
	mentions    []mention
	taggerSpans map[int]taggerSpan // by first token
	dates       []dates.Mention    // in text order
	posts       [][]post           // by sentence
	titles      []binding          // posts bound to people
	facts       []Fact
	companies   map[string]bool // keys of the first words of company names; see companyStarts
	filed       directory       // the mentions by type, after resolve
	entities    []entity        // people and institutions, after resolve
	ruled       ruled           // what rules that are data have read

	// For those who ask why; see Explain.
	refusedDates []dates.Refusal // beside dates
	deals        []deal          // agreements as sentences tell of them, before merging
	whole, alone []deal          // those that are facts, and those that completed none
	refused      []Refusal       // see refuse
	trace        *tracer         // nil while nobody asks
}

// sentence is a sentence with what its layout says.
type sentence struct {
	token.Sentence
	zone      document.ZoneKind
	silent    bool // site furniture: yields no facts
	titleCase bool // most words are capitalised: capitals say little
}

func newPage(ex *Extractor, doc document.Document) *page {
	p := &page{ex: ex, doc: doc, text: doc.Text}
	p.tokens = token.Tokenize(p.text)
	p.class = make([]class, len(p.tokens))
	p.owner = make([]int32, len(p.tokens))
	p.mentions = make([]mention, 0, len(p.tokens)/8+16)
	for i, t := range p.tokens {
		p.class[i] = ex.words.classes(p.text, t) | gazetteerClasses(p.text, t)
	}
	p.markPlaces()
	zone := 0
	for _, s := range token.Sentences(p.text, p.tokens) {
		for zone < len(doc.Zones) && doc.Zones[zone].End <= s.Start {
			zone++
		}
		one := sentence{Sentence: s.WithoutMark(p.text, p.tokens)}
		if zone < len(doc.Zones) && doc.Zones[zone].Start < s.End {
			one.zone = doc.Zones[zone].Kind
			one.silent = one.zone.Silent() && doc.Zones[zone].Start <= s.Start
		}
		one.titleCase = p.titleCase(s)
		p.sentences = append(p.sentences, one)
	}
	return p
}

func gazetteerClasses(text string, t token.Token) class {
	if t.Kind != token.Word || !t.Is(token.Capital) {
		return 0
	}
	var c class
	word := t.Of(text)
	if known, ambiguous := gazetteer.Forename(word); known {
		c |= forename
		if ambiguous {
			c |= forenameAmbiguous
		}
	}
	if known, ambiguous := gazetteer.Surname(word); known {
		c |= surname
		if ambiguous {
			c |= surnameAmbiguous
		}
	}
	if _, ok := gazetteer.Demonym(word); ok {
		c |= demonym
	}
	return c
}

// markPlaces marks the tokens of place names of the gazetteer.
func (p *page) markPlaces() {
	p.placeLen = make([]uint8, len(p.tokens))
	for i := 0; i < len(p.tokens); {
		n := 0
		if p.tokens[i].Is(token.Capital) {
			var kind string
			n, kind = gazetteer.PlaceAt(p.text, p.tokens, i)
			if n > 1 && kind == gazetteer.KindCountry {
				p.class[i] &^= honorific // "Sri Lanka" is no Lanka addressed as Sri
			}
			if n == 1 && p.tokens[i].Is(token.AllUpper) && len(p.word(i)) <= 3 && !p.is(i, notAcronym) {
				n = 0 // "TSU" is no town of Japan
			}
			p.placeLen[i] = uint8(min(n, 255))
		}
		for j := i; j < i+n; j++ {
			p.class[j] |= placeToken
		}
		i += max(n, 1)
	}
}

// titleCase reports whether at least 70 % of a sentence's words of four letters and more
// are capitalised, so that a capital is no sign of a name. Only a line of its own without
// a full stop can be one.
func (p *page) titleCase(s token.Sentence) bool {
	if !p.tokens[s.First].Is(token.LineStart) || s.Last < len(p.tokens) && !p.tokens[s.Last].Is(token.LineStart) {
		return false
	}
	if last := p.word(s.Last - 1); p.tokens[s.Last-1].Is(token.Abbrev) || last == "." || last == "”" || last == "!" || last == ":" || last == ";" {
		return false // a sentence of prose with many names, or an item of a list of them
	}
	if p.is(s.First, honorific) && p.capital(s.First) {
		return false
	}
	for i := s.First + 1; i+1 < s.Last; i++ {
		if p.word(i) == "," && p.postAhead(i+1, s.Last) {
			return false // "Jane Doe, Head of X": a line of a list of people
		}
	}
	words, capitals := 0, 0
	for i := s.First; i < s.Last; i++ {
		if p.is(i, postNoun) && !p.capital(i) && i+1 < s.Last && p.capital(i+1) {
			return false // "Bern Academy dean Jane Doe": a headline would write "Dean"
		}
		t := p.tokens[i]
		if t.Kind != token.Word || len(t.Of(p.text)) < 4 {
			continue
		}
		words++
		if t.Is(token.Capital) {
			capitals++
		}
	}
	return words >= 4 && capitals*10 >= words*7
}

// postAhead reports whether a post begins at token i, modifiers skipped.
func (p *page) postAhead(i, limit int) bool {
	for n := 0; i < limit && n < 4; i, n = i+1, n+1 {
		if p.is(i, postNoun) || p.is(i, postWeak) && p.capital(i) && n > 0 {
			return true
		}
		if !p.is(i, postModifier|postFormer|postIncoming|postWeak) {
			return false
		}
	}
	return false
}

// sentenceAt returns the index of the sentence that token i is in.
func (p *page) sentenceAt(i int) int {
	return sort.Search(len(p.sentences), func(k int) bool { return p.sentences[k].Last > i })
}

// word returns the text of token i.
func (p *page) word(i int) string { return p.tokens[i].Of(p.text) }

// is reports whether token i has one of the classes.
func (p *page) is(i int, c class) bool { return p.class[i]&c != 0 }

// capital reports whether token i is a word with a capital first letter.
func (p *page) capital(i int) bool {
	return p.tokens[i].Kind == token.Word && p.tokens[i].Is(token.Capital)
}

// span returns the bytes from token first to token last, exclusive.
func (p *page) span(first, last int) token.Span {
	return token.Span{Start: p.tokens[first].Start(), End: p.tokens[last-1].End()}
}

// proper reports whether a capitalised word looks like a name of its own rather than an
// English word with a capital.
func (p *page) proper(i int) bool {
	return p.capital(i) && !p.is(i, commonWord|functionWord|fieldWord|anyHead|monthName|notHead|postModifier|headPlural|anyPost)
}

// fieldLike reports whether a capitalised word names a field or function ("Trade",
// "Vocational", "Engineering") by the lexicon, by being an English word, or by its ending.
func (p *page) fieldLike(i int) bool {
	if !p.capital(i) || p.is(i, anyHead&^(headWeak|headCompany)|headPlural|placeToken|demonym|honorific|monthName) && !p.is(i, fieldWord) {
		return false
	}
	if p.is(i, fieldWord|commonWord) {
		return true
	}
	return fieldEnding(p.word(i))
}

// fieldEndings are endings of English nouns and adjectives of fields.
var fieldEndings = []string{"tion", "sion", "ment", "ance", "ence", "ology", "graphy", "nomy", "ics", "ture", "ing", "ical", "ional", "ities", "ity", "ship", "ery", "cy", "ies", "try"}

func fieldEnding(word string) bool {
	if len(word) < 6 {
		return false
	}
	for _, e := range fieldEndings {
		if len(word) > len(e)+2 && word[len(word)-len(e):] == e {
			return true
		}
	}
	return false
}

// acronym reports whether a word looks like an acronym: two to eight letters or digits,
// at least two capitals, and capitals first and at least half of all.
func acronym(word string) bool {
	letters, upper, n := 0, 0, 0
	for i, r := range word {
		n++
		switch {
		case unicode.IsUpper(r):
			letters++
			upper++
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r), r == '&', r == '-', r == '.':
		default:
			return false
		}
		if i == 0 && !unicode.IsUpper(r) {
			return false
		}
	}
	return n <= 10 && upper >= 2 && upper*2 >= letters
}

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }
