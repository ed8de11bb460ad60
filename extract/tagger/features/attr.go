package features

import (
	"unicode"
	"unicode/utf8"

	"dateline/extract/gazetteer"
	"dateline/extract/token"
)

// Shape is the coarse spelling of a token.
type Shape uint8

// The shapes. Marks of punctuation follow from shapePunct on, one for each common mark.
const (
	shapeNone    Shape = iota // beyond the ends of the sentence
	shapeLower                // lower case, or a script without case
	shapeCapital              // Xxx
	shapeUpper2               // XX
	shapeUpper4               // XXX, XXXX
	shapeUpper                // longer words in capitals
	shapeLetter               // X
	shapeInitial              // X.
	shapeInner                // iPhone, al-Assad: a capital inside
	shapeMixed                // McGregor, MoU: capital first and inside
	shapeHyphen               // Xxx-Xxx
	shapeTail                 // Xxx-xxx
	shapeNumber
	shapeOrdinal // 3rd, 15-member
	shapeClitic
	shapeLink
	shapePunct
)

const marks = `,.()"“”‘’'&-–—/:;!?«»*|•`

// kind is what a token is by lists and classes, one value for each token; the first that
// fits counts.
type kind uint8

const (
	kindNone kind = iota
	kindOther
	kindPunct
	kindNumber
	kindInitial
	kindHonorific
	kindLegal
	kindTitle
	kindInstitution
	kindTime
	kindEvent
	kindPlaceWord
	kindDemonym
	kindCountry
	kindRegion
	kindCityName // city and a person's name
	kindCity
	kindForename
	kindBoth
	kindSurname
	kindAmbiguous // a name that is a plain word as well
	kindSay
	kindOrganised
	kindParticle
	kindJoint
	kindNear
	kindFunction
	kindLower
	kindKnown   // an organisation of one word
	kindUnknown // capitalised, in no list
)

// attr is what is known of a token without its neighbours.
type attr struct {
	word  uint32 // hash of the lower-case word
	class Class
	gaz   gazetteer.Bits
	shape Shape
	kind  kind
	place uint8 // 0 none, 1 first and 2 later token of a place of the lists, +2 for countries
	upper bool  // an upper-case letter anywhere
	seen  uint16
}

func (a *attr) fill(classes *classTable, text string, t token.Token) {
	w := t.Of(text)
	*a = attr{}
	if t.Kind == token.Link || len(w) > 64 {
		a.shape, a.kind = shapeLink, kindOther
		return
	}
	if t.Kind == token.Punct {
		a.shape, a.kind = shapePunct, kindPunct
		a.word = uint32(len(w))
		for i, r := range marks {
			if len(w) == utf8.RuneLen(r) && w == marks[i:i+len(w)] {
				a.word = uint32(r)
				a.shape = shapePunct + 1 + Shape(i)
			}
		}
		return
	}
	a.word = hashLower(w)
	if t.Kind == token.Clitic {
		a.shape, a.kind = shapeClitic, kindPunct
		return
	}
	if t.Kind == token.Number {
		a.shape, a.kind = shapeNumber, kindNumber
		if c := w[len(w)-1]; c < '0' || c > '9' {
			a.shape = shapeOrdinal
		}
		return
	}
	a.shape = shapeOf(w, t.Flags)
	a.upper = a.shape != shapeLower && a.shape != shapeOrdinal
	a.class = classes.get(a.word)
	if a.upper {
		a.gaz = gazetteer.Lookup(w)
	}
	a.kind = a.kindOf()
}

func shapeOf(w string, f token.Flags) Shape {
	upper, lower, hyphens, digits := 0, 0, 0, 0
	afterHyphen := byte(0)
	for i := 0; i < len(w); {
		c := w[i]
		r, size := rune(c), 1
		if c >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(w[i:])
		}
		i += size
		switch {
		case 'a' <= r && r <= 'z':
			lower++
			if hyphens > 0 && afterHyphen == 0 {
				afterHyphen = 'x'
			}
		case 'A' <= r && r <= 'Z':
			upper++
			if hyphens > 0 && afterHyphen == 0 {
				afterHyphen = 'X'
			}
		case '0' <= r && r <= '9':
			digits++
		case r == '-':
			hyphens++
			afterHyphen = 0
		case r >= utf8.RuneSelf && (unicode.IsUpper(r) || unicode.IsTitle(r)):
			upper++
			if hyphens > 0 && afterHyphen == 0 {
				afterHyphen = 'X'
			}
		case r >= utf8.RuneSelf && unicode.IsLetter(r):
			lower++
			if hyphens > 0 && afterHyphen == 0 {
				afterHyphen = 'x'
			}
		}
	}
	switch {
	case f&token.Initial != 0 && upper == 1:
		return shapeInitial
	case upper == 0 && digits > 0 && w[0] >= '0' && w[0] <= '9':
		return shapeOrdinal
	case upper == 0:
		return shapeLower
	case f&token.Capital == 0:
		return shapeInner
	case lower == 0 && upper == 1:
		return shapeLetter
	case lower == 0 && upper == 2:
		return shapeUpper2
	case lower == 0 && upper <= 4:
		return shapeUpper4
	case lower == 0:
		return shapeUpper
	case hyphens > 0 && afterHyphen == 'X':
		return shapeHyphen
	case hyphens > 0:
		return shapeTail
	case upper > 1:
		return shapeMixed
	}
	return shapeCapital
}

func (a *attr) kindOf() kind {
	c, g := a.class, a.gaz
	if !a.upper {
		switch {
		case c&Honorific != 0 && a.shape != shapeLower:
			return kindHonorific
		case c&Joint != 0:
			return kindJoint
		case c&Near != 0:
			return kindNear
		case c&Function != 0:
			return kindFunction
		case c&Title != 0:
			return kindTitle
		case c&Institution != 0:
			return kindInstitution
		case c&Say != 0:
			return kindSay
		case c&Organised != 0:
			return kindOrganised
		case c&Particle != 0:
			return kindParticle
		case c&Event != 0:
			return kindEvent
		case c&Time != 0:
			return kindTime
		}
		return kindLower
	}
	switch {
	case a.shape == shapeInitial && g&gazetteer.IsCountry == 0, a.shape == shapeLetter:
		return kindInitial
	case c&KnownOrganisation != 0:
		return kindKnown
	case c&Honorific != 0:
		return kindHonorific
	case c&Legal != 0:
		return kindLegal
	case c&Title != 0:
		return kindTitle
	case c&Institution != 0:
		return kindInstitution
	case c&Time != 0:
		return kindTime
	case c&Function != 0:
		return kindFunction
	case c&Event != 0:
		return kindEvent
	case c&Place != 0:
		return kindPlaceWord
	case g&gazetteer.IsCountry != 0:
		return kindCountry
	case g&gazetteer.IsDemonym != 0:
		return kindDemonym
	case g&gazetteer.IsRegion != 0:
		return kindRegion
	case g&gazetteer.IsCity != 0 && g&(gazetteer.IsForename|gazetteer.IsSurname) != 0:
		return kindCityName
	case g&gazetteer.IsCity != 0:
		return kindCity
	case g&gazetteer.IsAmbiguous != 0:
		return kindAmbiguous
	case g&gazetteer.IsForename != 0 && g&gazetteer.IsSurname != 0:
		return kindBoth
	case g&gazetteer.IsForename != 0:
		return kindForename
	case g&gazetteer.IsSurname != 0:
		return kindSurname
	case c&Say != 0:
		return kindSay
	case c&Organised != 0:
		return kindOrganised
	case c&Particle != 0:
		return kindParticle
	}
	return kindUnknown
}
