package extract

import (
	"strings"

	"dateline/extract/token"
)

// refuseTitles gives the reasons for posts that nobody was found to hold, and for words of posts
// beside a person's name that are no post.
func (p *page) refuseTitles() {
	held := map[int]bool{}
	for _, b := range p.titles {
		held[b.post-1] = true
	}
	for i := range p.sentences {
		s := &p.sentences[i]
		if s.silent {
			continue
		}
		people := len(p.people(s)) > 0
		next := s.First
		for n := range p.posts[i] {
			one := &p.posts[i][n]
			if !s.titleCase {
				p.refuseBesideName(next, one.first, s)
			}
			next = max(next, one.last)
			if held[one.first] || p.at(one.head) >= 0 {
				continue
			}
			code := "no-holder-near"
			switch {
			case s.titleCase:
				code = "headline"
			case pluralPost(p.word(one.head)):
				code = "plural"
			case p.anybody(one, people, s):
				code = "generic"
			case !people:
				code = "no-person"
			}
			p.refusal("title", "title."+code, p.span(one.first, one.last), "")
		}
		if !s.titleCase {
			p.refuseBesideName(next, s.Last, s)
		}
	}
}

// anybody reports whether the words speak of any holder of a post, or of none: "a director", "every
// minister", and without an article where nobody is named.
func (p *page) anybody(one *post, people bool, s *sentence) bool {
	if one.capital || one.institution > 0 || one.reference > 0 || one.place > 0 {
		return false
	}
	if one.first == s.First {
		return !people
	}
	switch strings.ToLower(p.word(one.first - 1)) {
	case "a", "an", "any", "each", "every", "no", "some", "another", "all", "many", "most":
		return true
	}
	return !people && !p.determiner(one.first-1) && p.at(one.first-1) < 0 && p.tokens[one.first-1].Kind != token.Clitic
}

// refuseBesideName gives the reasons for words of posts in the tokens [first, last) that stand
// right before a person's name, or behind it and a comma, and are no post.
func (p *page) refuseBesideName(first, last int, s *sentence) {
	for i := first; i < last; i++ {
		if !p.is(i, anyPost) || p.tokens[i].Kind != token.Word || p.owner[i] != 0 {
			continue
		}
		code := "no-institution"
		switch {
		case i+1 < s.Last && p.personBeginsAt(i+1, s):
			if !p.is(i, postOf) || p.is(i, honorific|rank) {
				code = "form-of-address"
			}
		case i-2 >= s.First && p.word(i-1) == "," && p.personAt(i-2):
		case i-3 >= s.First && p.word(i-2) == "," && p.determiner(i-1) && p.personAt(i-3):
		default:
			continue
		}
		p.refusal("title", "title."+code, p.span(i, i+1), "")
	}
}

// personAt reports whether token i is part of a person's name.
func (p *page) personAt(i int) bool {
	t, ok := p.typeAt(i)
	return ok && t == personName
}

// personBeginsAt reports whether a person's name begins at token i, behind at most three honorifics.
func (p *page) personBeginsAt(i int, s *sentence) bool {
	for n := 0; n < 3 && i < s.Last && p.owner[i] == 0 && p.is(i, honorific|rank) && p.capital(i); n++ {
		i++
	}
	return i < s.Last && p.personAt(i)
}

// appointing are words that nearly always go with a post.
var appointing = wordSet("appointed appoints appointing appointment reappointed re-appointed elected re-elected reelected nominated inaugurated sworn")

// nearAppointment is how many tokens behind a word of appointing, and half as many before it, a
// post is looked for.
const nearAppointment = 24

// refuseAppointments gives the reason for words of appointing without any post near. A post that
// is near and nobody's has a reason of its own.
func (p *page) refuseAppointments() {
	for i := range p.sentences {
		s := &p.sentences[i]
		if s.silent || s.titleCase {
			continue
		}
		n := 0
		for k := s.First; k < s.Last; k++ {
			if p.owner[k] != 0 || !appointing[strings.ToLower(p.word(k))] {
				continue
			}
			for n < len(p.posts[i]) && p.posts[i][n].last < k-nearAppointment/2 {
				n++
			}
			if n < len(p.posts[i]) && p.posts[i][n].first < k+nearAppointment {
				continue
			}
			p.refusal("appointment", "appointment.no-post", p.tokens[k].Span(), "")
		}
	}
}
