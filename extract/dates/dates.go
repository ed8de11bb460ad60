package dates

import "dateline/extract/token"

// The types of a mention, as TIMEX3 names them in lower case.
const (
	TypeDate     = "date"
	TypeTime     = "time"     // a date with a time of day
	TypeDuration = "duration" // "4-week": value "P4W"
	TypeSet      = "set"      // "every Monday": value "XXXX-WXX-1"
)

// The modifiers of a value, as in TIMEX3.
const (
	ModStart  = "START"
	ModMid    = "MID"
	ModEnd    = "END"
	ModBefore = "BEFORE"
	ModAfter  = "AFTER"
	ModApprox = "APPROX"
)

// Context is what is known about the document besides its words.
type Context struct {
	Published     string       // date value of the publication: "2024-05-18", "2024-05-18T10:30", "XXXX-02-26" or ""
	PublishedFrom string       // where Published was read; a date read from the dateline itself is reported as such
	Silent        []token.Span // site furniture, in text order: no expression is looked for there
	Names         []token.Span // names found by others, in text order: an expression inside one is none; may be nil
}

// Mention is one date expression with its value.
type Mention struct {
	token.Span            // the expression with its modifier and range, without a leading "on", "in", "at" or "by"
	Type         string   // one of the Type constants
	Value        string   // date value: "2024-05-18", "XXXX-05-18", "2025-09-28/2025-10-03", "P4W"
	Mod          string   // one of the Mod constants, or ""
	Rule         string   // the shape that read it: "date.month-day"
	Anchor       string   // the date that completed the value, or "" when the words say all
	AnchorFrom   string   // where Anchor came from: "published", "dateline", "text", or ""
	Alternatives []string // other values that the words allow ("03/04/2024")
}

// The reasons of refusals.
const (
	NoSuchDay   = "no-such-day"  // the calendar has no such day: "31 February 2024", "2024-13-05"
	Backwards   = "backwards"    // the interval ends before it begins
	NoAnchor    = "no-anchor"    // relative, and no date is known that it could start from: "yesterday"
	InName      = "in-name"      // a part of a name: "the May 4th Movement", "16 December Square"
	NotComputed = "not-computed" // the day is set anew each year: "Eid al-Fitr"
)

// Refusal is an expression that was read and is no mention, with the reason.
type Refusal struct {
	token.Span
	Reason string // one of the reasons
	Rule   string // the shape that read it, as in Mention
}

// Find returns the date expressions of text in text order; no two overlap. tokens and
// sentences are those of package token for the same text. refused are the expressions that
// look like dates and are none, also in text order; site furniture is not among them.
func Find(text string, tokens []token.Token, sentences []token.Sentence, ctx Context) (mentions []Mention, refused []Refusal) {
	f := finder{text: text, silent: cursor{spans: ctx.Silent}}
	for _, s := range sentences {
		f.sentence(tokens, s)
	}
	if len(f.found) == 0 {
		return nil, nil
	}
	names := cursor{spans: ctx.Names}
	for i := range f.found {
		if e := &f.found[i]; e.refused == "" && names.inside(e.span) {
			e.refused = InName
		}
	}
	return newResolver(text, tokens, sentences, ctx, f.found).mentions()
}

// finder holds what is reused from sentence to sentence.
type finder struct {
	text   string
	silent cursor
	buf    []atom
	found  []expression
}

// sentence reads the expressions of one sentence.
func (f *finder) sentence(tokens []token.Token, s token.Sentence) {
	atoms, trigger := lex(f.text, tokens[s.First:s.Last], f.buf[:0])
	f.buf = atoms
	if !trigger {
		return
	}
	p := parser{text: f.text, atoms: atoms}
	for i := 0; i < len(atoms); {
		if atoms[i].class == cOther && !atoms[i].is(opens) {
			i++
			continue
		}
		from := len(f.found)
		var next int
		f.found, next = p.match(i, f.found)
		if next <= i {
			i++
			continue
		}
		kept := f.found[:from]
		for _, e := range f.found[from:] {
			if !f.silent.overlaps(e.span) {
				e.sentence = s.Span
				kept = append(kept, e)
			}
		}
		f.found = kept
		i = next
	}
}

// cursor answers questions about ordered spans for queries in text order, in linear time.
type cursor struct {
	spans []token.Span
	at    int
}

func (c *cursor) advance(start int) {
	for c.at < len(c.spans) && c.spans[c.at].End <= start {
		c.at++
	}
}

// overlaps reports whether a span of the list shares a byte with s.
func (c *cursor) overlaps(s token.Span) bool {
	c.advance(s.Start)
	return c.at < len(c.spans) && c.spans[c.at].Overlaps(s)
}

// inside reports whether s lies within a span of the list that is longer than s, or equal
// to it. A name that holds only a part of the expression does not count: it is the name
// that was cut wrongly.
func (c *cursor) inside(s token.Span) bool {
	c.advance(s.Start)
	for i := c.at; i < len(c.spans) && i < c.at+4 && c.spans[i].Start < s.End; i++ {
		if c.spans[i].Contains(s) {
			return true
		}
	}
	return false
}
