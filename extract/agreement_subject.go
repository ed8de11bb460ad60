package extract

import (
	"strings"

	"dateline/extract/token"
)

// subject reads what the agreement is about: behind "on", "to", "for" and the like. It
// returns the tokens [first, last), empty when it is not told.
func (r *dealReader) subject(i, v int, f form, s *sentence) (first, last int) {
	end := s.Last
	if f == formPassive && i <= v {
		if a, b := r.subjectIn(i, min(v, end), s); b > a {
			// Auxiliaries at the end belong to the verb.
			for b > a && (r.is(b-1, functionWord) || strings.HasSuffix(r.word(b-1), "ly")) {
				b--
			}
			return a, b
		}
		i = v + 1
	}
	if f == formReduced {
		i = v + 1
	}
	return r.subjectIn(i, end, s)
}

// subjectIn looks for the opener of a subject in the tokens [i, end).
func (r *dealReader) subjectIn(i, end int, s *sentence) (first, last int) {
	for j := i; j < end; j++ {
		if m := r.at(j); m >= 0 {
			j = r.mentions[m].Last - 1
			continue
		}
		w := strings.ToLower(r.word(j))
		start := 0
		switch w {
		case "on", "concerning", "regarding", "covering", "governing", "establishing", "about":
			if j+1 < end && (r.at(j+1) >= 0 && r.mentions[r.at(j+1)].Type == dateName || r.is(j+1, monthName)) {
				continue
			}
			if w == "on" && r.behindHand(j, end) > j {
				continue
			}
			if w == "on" && j+1 < end && (r.word(j+1) == "behalf" || r.word(j+1) == "the" && j+2 < end && (r.word(j+2) == "sidelines" || r.word(j+2) == "occasion" || r.word(j+2) == "margins")) {
				continue
			}
			start = j + 1
			if w == "establishing" {
				start = j
			}
		case "to":
			if j > s.First && (r.is(j-1, anyPost) || notOpening[strings.ToLower(r.word(j-1))]) {
				continue // "ambassador to", "due to"
			}
			if j+1 < end && r.tokens[j+1].Kind == token.Word && !r.capital(j+1) && r.at(j+1) < 0 && (!r.is(j+1, functionWord) || r.word(j+1) == "share" || r.word(j+1) == "join") {
				start = j + 1
			}
		case "for":
			if j > s.First && r.at(j-1) < 0 && r.is(j-1, anyPost) {
				continue // "Vice Rector for Research"
			}
			if j > s.First && r.at(j-1) >= 0 && r.mentions[r.at(j-1)].Type == personName {
				continue // "by Jane Doe for X"
			}
			if j+3 < end && (r.word(j+1) == "another" || r.word(j+1) == "a" || r.word(j+1) == "the") && (amounts[strings.ToLower(r.word(j+2))] || amounts[strings.ToLower(r.word(j+3))]) {
				continue // "for another five years"
			}
			k := j + 1
			if k < end && r.determiner(k) {
				k++
			}
			if k < end && j == i && r.at(k) >= 0 && (r.mentions[r.at(k)].Type == institutionName || r.mentions[r.at(k)].Type == personName) {
				continue // "signed for X by Jane Doe"
			}
			if j+2 < end && (currencies[r.word(j+1)] || r.tokens[j+1].Kind == token.Number && amounts[strings.ToLower(r.word(j+2))] || amounts[strings.ToLower(r.word(j+2))]) {
				continue // "for US$5 million", "for three years"
			}
			if j+1 < end && !(r.at(j+1) >= 0 && r.mentions[r.at(j+1)].Type == dateName) {
				start = j + 1
			}
		case "aimed", "aiming", "designed", "intended", "seeking", "geared", "directed", "related", "relating", "pertaining", "providing", "focused", "focusing", "envisaging", "paving":
			start = r.aimStart(j, end)
		case "towards", "toward":
			start = j + 1
		case "of":
			if j == i && j+1 < end && plainSubjects[strings.ToLower(r.word(j+1))] {
				start = j + 1 // "an agreement of cooperation in education"
			}
		case "titled", "entitled", "called", "named":
			if a, b := r.quotedTitle(j+1, end); b > a {
				return a, b
			}
		case "under":
			if last := r.underProject(j, end); last > 0 {
				return j + 1, last
			}
		case "with":
			start = r.withAim(j, end)
		case "which", "that", "whereby":
			if a := r.aimStart(j+1, end); a > 0 && r.word(j+1) != "includes" && r.word(j+1) != "include" {
				start = a
			} else if a := r.accordingTo(j, end, s); a > 0 {
				start = a
			} else if j+2 < end && r.word(j+1) == "will" && r.futureVerb(j+2, s) > 0 {
				start = r.futureVerb(j+2, s)
			} else {
				if w != "which" {
					continue
				}
				return 0, 0
			}
		case "in":
			if j+3 < end && (r.word(j+1) == "the" && (r.word(j+2) == "field" || r.word(j+2) == "fields" || r.word(j+2) == "area" || r.word(j+2) == "areas" || r.word(j+2) == "sphere" || r.word(j+2) == "spheres")) {
				start = j + 1
				if r.word(j+3) == "of" {
					start = j + 4
				}
			} else if j+2 < end && r.word(j+1) == "order" && r.word(j+2) == "to" {
				start = j + 3
			} else if j+3 < end && (r.word(j+1) == "areas" || r.word(j+1) == "fields") && (r.word(j+2) == "of" || r.word(j+2) == "like") {
				start = j + 3
			} else if j+3 < end && (r.word(j+1) == "areas" || r.word(j+1) == "fields") && r.word(j+2) == "such" {
				start = j + 4
			} else if j+3 < end && r.word(j+1) == "the" && (r.word(j+2) == "scope" || r.word(j+2) == "context") && r.word(j+3) == "of" {
				start = j + 4
				for start < end && opensQuote(r.word(start)) {
					start++
				}
			} else if j+1 < end && (r.word(j+1) == "presence" || r.word(j+1) == "attendance" || r.word(j+1) == "front" || r.word(j+1) == "principle") {
				continue
			} else if j == i && j+1 < end && r.at(j+1) < 0 && !r.capital(j+1) && !r.determiner(j+1) && r.tokens[j+1].Kind == token.Word {
				start = j + 1
			}
		case ".", ";", "—":
			return 0, 0
		case "who", "said":
			return 0, 0
		}
		if start > 0 && start < end {
			last := r.subjectEnd(start, end, s)
			if last > start {
				return start, last
			}
		}
	}
	return 0, 0
}

// currencies open an amount.
var currencies = map[string]bool{"$": true, "US$": true, "USD": true, "EUR": true, "€": true, "£": true, "SDR": true, "US": true, "Rs": true, "Rs.": true, "₹": true, "¥": true, "GBP": true, "CNY": true, "INR": true, "KZT": true, "A$": true, "C$": true}

// amounts stand behind the number of an amount or a time.
var amounts = wordSet("million billion trillion crore lakh thousand year years month months days weeks euros dollars percent")

// notOpening are words that take "to" with them.
var notOpening = wordSet("due thanks according prior owing addition up subject visit trip access contributed contribute contributes")

// subjectEnd returns the token after the subject that starts at i: at the end of the
// sentence, before a date, a party behind "with", or a clause of its own.
func (r *dealReader) subjectEnd(i, end int, s *sentence) int {
	for j := i; j < end; j++ {
		w := strings.ToLower(r.word(j))
		next := ""
		if j+1 < end {
			next = strings.ToLower(r.word(j + 1))
		}
		switch w {
		case ".", ";", "—", ":", "(", "”", "!":
			if w == "”" && j+1 < end && r.tokens[j+1].Kind == token.Word && r.word(j-1) != "," && r.word(j-1) != "." {
				continue
			}
			return j
		case "–":
			if r.tokens[j].Is(token.SpaceBefore) {
				return j
			}
		case ",":
			switch next {
			case "”", "\"":
				return j
			case "and":
				if j+2 < end {
					if _, ok := agreementVerbs[strings.ToLower(r.word(j+2))]; ok {
						return j
					}
				}
			case "which", "who", "where", "while", "said", "with", "on", "in", "as", "during", "following", "marking", "according", "after", "under", "at", "the", "a", "but", "he", "she", "it", "they", "both", "paving", "making", "replacing", "subject", "running", "when", "to", "effective", "through":
				return j
			}
			if m := r.at(j + 1); m >= 0 && r.mentions[m].Type != placeName {
				return j
			}
		case "on", "in", "at", "by", "until", "from", "since", "this", "last", "next", "over":
			if m := r.at(j + 1); m >= 0 && j+1 < end && r.mentions[m].Type == dateName && j > i {
				return j
			}
			if w == "at" && j > i && (next == "the" || next == "its") && j+2 < end && r.capital(j+2) {
				return j
			}
			if w == "in" && j > i && r.at(j+1) >= 0 && r.mentions[r.at(j+1)].Type == placeName {
				k := r.mentions[r.at(j+1)].Last
				if j-i < 4 && (k >= s.Last || r.word(k) == ".") {
					return j // "on customs in Nairobi."
				}
				if k < end && (r.at(k) >= 0 && r.mentions[r.at(k)].Type == dateName || r.word(k) == "on" && r.at(k+1) >= 0 && r.mentions[r.at(k+1)].Type == dateName) {
					return j
				}
			}
			if w == "at" && j > i && next == "a" {
				return j
			}
			if w == "on" && (next == "behalf" || next == "the") && j+2 < end && (r.word(j+2) == "sidelines" || r.word(j+2) == "of" || r.word(j+2) == "margins" || r.word(j+2) == "occasion") {
				return j
			}
			if w == "in" && next == "the" && j+2 < end && r.word(j+2) == "presence" {
				return j
			}
		case "here":
			if j > i {
				return j
			}
		case "with", "between":
			if j > i && r.partyAhead(j+1, end) {
				return j
			}
		case "during", "was", "were", "which", "who", "said", "signed", "after", "under", "has", "is", "will", "while", "when", "following":
			if j > i {
				return j
			}
		case "and":
			if j+1 < end && (next == "said" || next == "was" || next == "is" || next == "will") {
				return j
			}
		}
		if m := r.at(j); m >= 0 && r.mentions[m].Type == dateName && j > i {
			return j
		}
		if j > i && r.is(j, monthName) && r.capital(j) && r.at(j) < 0 {
			// A weekday that no publication date resolves.
			for j > i && (r.word(j-1) == "last" || r.word(j-1) == "on" || r.word(j-1) == "next" || r.word(j-1) == "this") {
				j--
			}
			return j
		}
	}
	return end
}

// quotedTitle returns the words between the quotation marks at i.
func (r *dealReader) quotedTitle(i, end int) (first, last int) {
	if i >= end || !opensQuote(r.word(i)) {
		return 0, 0
	}
	for j := i + 1; j < end && j < i+30; j++ {
		switch r.word(j) {
		case "\"", "”", "’", "»":
			return i + 1, j
		}
	}
	return 0, 0
}

// underProject returns the token behind "under the debt restructuring process", "under the Safe
// Water Project", or 0.
func (r *dealReader) underProject(j, end int) int {
	if j+1 >= end || !r.determiner(j+1) {
		return 0
	}
	for k := j + 2; k < end && k < j+10; k++ {
		switch strings.ToLower(r.word(k)) {
		case "process", "project", "programme", "program", "scheme", "initiative":
			return k + 1
		case ",", ".", "of", "which", "by", "was":
			return 0
		}
	}
	return 0
}

// withAim returns the token behind "with the aim of", "with a view to"; or 0.
func (r *dealReader) withAim(j, end int) int {
	for k := j + 1; k+1 < end && k < j+5; k++ {
		switch r.word(k) {
		case "aim", "purpose", "goal", "objective", "view", "intention", "intent", "focus":
			if w := r.word(k + 1); w == "of" || w == "to" || w == "on" {
				return k + 2
			}
			return 0
		}
	}
	return 0
}

// accordingTo returns the token behind "will" in "according to which the parties will …", "under
// which …", "whereby …"; or 0.
func (r *dealReader) accordingTo(j, end int, s *sentence) int {
	if r.word(j) != "whereby" {
		if r.word(j) != "which" || j == s.First {
			return 0
		}
		switch r.word(j - 1) {
		case "to", "under", "by", "through", "with":
		default:
			return 0
		}
	}
	for k := j + 1; k < end && k < j+20; k++ {
		if r.at(k) < 0 && (r.word(k) == "will" || r.word(k) == "shall" || r.word(k) == "agreed" && r.word(k+1) == "to") {
			if r.word(k) == "agreed" {
				k++
			}
			return r.futureVerb(k+1, s)
		}
	}
	return 0
}

// plainSubjects are words that say before or behind the noun of a document what it is about:
// "supply agreement", "memorandum of cooperation".
var plainSubjects = wordSet("cooperation co-operation collaboration partnership affiliation exchange supply service services consultancy maintenance research lease loan financing investment mobility trade training purchase sales distribution development funding sponsorship hosting twinning transfer security defence defense transport tourism energy employment construction insurance degree merger hosting")

// plainSubject returns such a word before or behind the noun at n, or an empty range.
func (r *dealReader) plainSubject(n, v int, s *sentence) (first, last int) {
	if n < s.First || n >= s.Last || n == v {
		return 0, 0
	}
	if plainSubjects[strings.ToLower(r.word(n))] && n > s.First && r.word(n-1) == "of" {
		return n, n + 1 // "memorandum of cooperation"
	}
	for i := n - 1; i >= s.First && i > n-3; i-- {
		if r.at(i) >= 0 || r.tokens[i].Kind != token.Word {
			break
		}
		if plainSubjects[strings.ToLower(r.word(i))] && r.word(i+1) != "of" {
			first = i
			if i > s.First && r.at(i-1) < 0 && (r.word(i-1) == "student" || r.word(i-1) == "academic" || r.word(i-1) == "scientific" || r.word(i-1) == "technical" || r.word(i-1) == "research" || r.word(i-1) == "double" || r.word(i-1) == "dual" || r.word(i-1) == "joint") {
				first--
			}
			return first, i + 1
		}
	}
	return 0, 0
}
