package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/ingest/document"
)

// contactLabels open a contact block when a line is one of them, with or without a colon, or begins
// with one and a colon.
var contactLabels = openingsOf([]string{
	"contact", "contacts", "contact us", "contact info", "contact information", "contact details", "contact person", "contact persons", "contact for media", "contacts for media", "contact for the media", "for contact",
	"media contact", "media contacts", "media contact(s)", "media inquiries", "media enquiries", "media relations", "media information", "media relations contact", "media relations contacts", "media", "for media inquiries", "for media enquiries", "for media", "for the media", "for journalists", "for editors",
	"press contact", "press contacts", "press inquiries", "press enquiries", "press office", "press service", "press officer", "for press", "for press inquiries", "for press enquiries", "newsroom contact", "news media contact", "news media contacts",
	"investor contact", "investor contacts", "investors", "investor relations", "investor relations contact", "company contact", "corporate contact", "corporate contacts", "pr contact", "public relations", "agency contact", "public information officer", "public affairs", "communications contact",
	"for more information", "for further information", "more information", "further information", "for additional information", "for inquiries", "for enquiries", "inquiries", "enquiries", "get in touch", "reach us", "how to reach us", "our address", "address", "our contacts", "our contact", "phone", "telephone", "chancellery",
})

// weakLabels stand over article text as often as over contacts: they need a contact line right below.
var weakLabels = set("media", "investors", "public relations", "public affairs", "press office", "press service", "more information", "further information", "address", "phone", "telephone", "chancellery", "media information", "for journalists", "for editors", "for media", "for press", "for the media", "public information officer", "investor relations", "media relations", "contact", "contacts")

// contactRequests open sentences that ask to get in touch; such a sentence is a contact when it
// holds an address or a number.
var contactRequests = openingsOf([]string{
	"for more information", "for further information", "for additional information", "for more details", "for further details", "for media inquiries", "for media enquiries", "for press inquiries", "for press enquiries", "for inquiries", "for enquiries", "for all media", "for interviews", "for interview requests", "for any questions", "for questions", "to learn more", "to find out more", "please contact", "contact ", "contact:", "contacts:", "media contact", "press contact", "media inquiries", "media enquiries", "if you have any questions", "more information", "further information", "to arrange an interview", "media representatives", "journalists ", "reporters ", "media wishing", "to request", "to register", "registration", "call ", "email ", "e-mail ", "write to ", "phone", "tel", "fax", "mobile", "mob.", "whatsapp", "press office", "press service", "media relations", "newsroom",
})

// opensContact reports whether a line is the head of a contact block.
func opensContact(text string) bool {
	if utf8.RuneCountInString(text) > 120 {
		return false
	}
	lower := strings.ToLower(strings.Trim(text, "#*_-–— "))
	bare := strings.TrimRight(lower, " :.,;")
	for _, label := range contactLabels.of(lower) {
		switch {
		case bare == label, bare == label+" please contact", bare == label+", please contact", bare == label+" contact", bare == label+", contact":
			return true
		case strings.HasPrefix(lower, label+":") && (hasAddress(text) || len(strings.Fields(text)) <= 12) && !endsSentence(text):
			return !weakLabels[label] || hasAddress(text) || label == "contact" || label == "contacts"
		}
	}
	return false
}

// contactGoesOn reports whether line i still belongs to the contact block above it. Prose ends it, and so does a
// heading over prose ("About the University").
func contactGoesOn(lines []line, i int) bool {
	text := lines[i].text
	if lines[i].hint == document.Caption || lines[i].hint == document.Quote || lines[i].headline {
		return false
	}
	if isContactLine(text) {
		return true
	}
	if isStamp(text) || isReleaseLabel(text) {
		return false
	}
	if looksLikeProse(text) && len(strings.Fields(text)) >= 10 {
		return false
	}
	if utf8.RuneCountInString(text) > 160 {
		return false
	}
	lower := strings.ToLower(text)
	if strings.HasPrefix(lower, "about ") || strings.HasPrefix(lower, "notes to editor") || strings.HasPrefix(lower, "note to editor") || strings.HasPrefix(lower, "background") {
		return false
	}
	// A short line over prose is a heading of the article again.
	for j := i + 1; j < len(lines) && j <= i+2; j++ {
		if lines[j].text == "" {
			continue
		}
		if looksLikeProse(lines[j].text) && len(strings.Fields(lines[j].text)) >= 15 && !isContactLine(lines[j].text) {
			return lines[i].hint != document.Heading && !titleShape(text)
		}
		break
	}
	return true
}

// isContactLine reports whether a line is an address, a telephone number, an e-mail address, a
// web address, or a request to write to one.
func isContactLine(text string) bool {
	if utf8.RuneCountInString(text) > 400 {
		return false
	}
	words := len(strings.Fields(text))
	if words <= 25 && hasPostBox(text) {
		return true
	}
	mail, phone, web := hasMail(text), hasPhone(text), hasWeb(text)
	if !mail && !phone && !web {
		return false
	}
	lower := strings.ToLower(strings.TrimLeft(text, "-•*–#( "))
	for _, request := range contactRequests.of(lower) {
		if strings.HasPrefix(lower, request) && (mail || phone || web && words <= 30) {
			return true
		}
	}
	if (mail || phone) && (strings.Contains(lower, " contact ") || strings.Contains(lower, "please call")) && words <= 40 && len(text) < 300 {
		return true
	}
	// Nothing but the address itself, a name or a label before it.
	return words <= 12 && !endsSentence(text) && (mail || phone) || words <= 3 && web
}

// hasPostBox reports whether a line names a post office box, which nothing but an address does.
func hasPostBox(text string) bool {
	lower := strings.ToLower(text)
	return strings.Contains(lower, "p.o. box") || strings.Contains(lower, "po box ") || strings.Contains(lower, "p.o.box") || strings.Contains(lower, "p. o. box")
}

// hasAddress reports whether a line holds a way to reach somebody.
func hasAddress(text string) bool { return hasMail(text) || hasPhone(text) || hasWeb(text) }

// hasMail reports whether the text holds an e-mail address.
func hasMail(text string) bool {
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '@')
		if i < 0 {
			return strings.Contains(text, "[email protected]") || strings.Contains(text, "(at)")
		}
		at += i
		if at > 0 && isMailByte(text[at-1]) {
			end := at + 1
			dot := false
			for end < len(text) && isMailByte(text[end]) {
				dot = dot || text[end] == '.' && end+1 < len(text) && isMailByte(text[end+1])
				end++
			}
			if dot {
				return true
			}
		}
		at++
	}
}

func isMailByte(b byte) bool {
	return b|0x20 >= 'a' && b|0x20 <= 'z' || b >= '0' && b <= '9' || b == '.' || b == '-' || b == '_' || b == '+'
}

// hasWeb reports whether the text holds a web address.
func hasWeb(text string) bool {
	lower := strings.ToLower(text)
	return strings.Contains(lower, "http://") || strings.Contains(lower, "https://") || strings.Contains(lower, "www.")
}

// hasPhone reports whether the text holds a telephone number: seven to fifteen digits in groups, with the plus, brackets,
// or a label that sets it apart from sums, years and codes.
func hasPhone(text string) bool {
	for i := 0; i < len(text); i++ {
		c := text[i]
		if !(c >= '0' && c <= '9' || c == '+' || c == '(') {
			continue
		}
		if i > 0 {
			if prev := text[i-1]; prev >= '0' && prev <= '9' || prev|0x20 >= 'a' && prev|0x20 <= 'z' || prev == '$' || prev == '.' || prev == ',' || prev == '/' {
				continue
			}
		}
		digits, groups, inGroup, signs := 0, 0, false, false
		j := i
		for ; j < len(text) && j < i+32; j++ {
			switch b := text[j]; {
			case b >= '0' && b <= '9':
				if !inGroup {
					groups++
				}
				digits++
				inGroup = true
				continue
			case b == '+':
				if j != i {
					goto done
				}
				signs = true
			case b == '(' || b == ')':
				signs = true
			case b == '-' || b == ' ' || b == '.':
			case strings.HasPrefix(text[j:], "–") || strings.HasPrefix(text[j:], "‑"):
				j += len("–") - 1
			default:
				goto done
			}
			inGroup = false
		}
	done:
		if digits < 7 || digits > 15 {
			i = max(i, j-1)
			continue
		}
		run := text[i:j]
		before := strings.ToLower(strings.TrimRight(text[max(0, i-24):i], " :.()"))
		switch {
		case signs && (strings.Contains(run, "+") || strings.IndexByte(run, '(') == 0 || strings.IndexByte(run, '(') > 0 && groups >= 3):
			if !looksLikeYearPair(run) {
				return true
			}
		case hasLabel(before):
			return true
		case groups >= 3 && groups <= 5 && !isDateRun(run) && (strings.Count(run, "-") >= 2 || strings.Count(run, ".") >= 2):
			return true
		}
		i = max(i, j-1)
	}
	return false
}

// hasLabel reports whether the words before a number announce a telephone.
func hasLabel(before string) bool {
	for _, label := range []string{"tel", "phone", "telephone", "fax", "mobile", "cell", "mob", "whatsapp", "hotline", "call", "t", "p", "ph", "office", "direct"} {
		if before == label || strings.HasSuffix(before, label) && len(before) > len(label) && !unicode.IsLetter(rune(before[len(before)-len(label)-1])) {
			return true
		}
	}
	return false
}

// looksLikeYearPair recognises "(2019-2024)" and "(2024) 2025".
func looksLikeYearPair(run string) bool {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, run)
	return len(digits) == 8 && (digits[:2] == "19" || digits[:2] == "20") && (digits[4:6] == "19" || digits[4:6] == "20")
}

// isDateRun recognises 2024-05-18 and 18.05.2024, alone or as a range.
func isDateRun(run string) bool {
	tokens := dateTokens(run)
	for i := range tokens {
		if _, ok := dateAt(tokens, i); ok {
			return true
		}
	}
	return false
}
