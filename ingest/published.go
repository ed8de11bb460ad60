package ingest

import (
	"strings"

	"dateline/ingest/document"
)

// dateClaim is a publication date that something in the input gives.
type dateClaim struct {
	value string // date value of document.Published
	from  string // source of the claim, as in document.Published.From
}

// decidePublished takes the user's date, else the first claim; claims come most trusted first.
// Claims that say another day are kept as conflicts.
func decidePublished(flag string, claims []dateClaim) document.Published {
	if flag != "" {
		claims = append([]dateClaim{{flag, "flag"}}, claims...)
	}
	var p document.Published
	for _, c := range claims {
		switch {
		case c.value == "":
		case p.Value == "":
			p.Value, p.From = c.value, c.from
		case !sameDay(p.Value, c.value):
			conflict := c.from + ": " + c.value
			if !contains(p.Conflicts, conflict) {
				p.Conflicts = append(p.Conflicts, conflict)
			}
		}
	}
	return p
}

// claimsOf turns a decision back into claims, so that a better one can be put before them.
func claimsOf(p document.Published) []dateClaim {
	if p.Value == "" {
		return nil
	}
	claims := []dateClaim{{p.Value, p.From}}
	for _, conflict := range p.Conflicts {
		for i := 0; i+1 < len(conflict); i++ {
			if conflict[i] == ':' && conflict[i+1] == ' ' {
				claims = append(claims, dateClaim{conflict[i+2:], conflict[:i]})
				break
			}
		}
	}
	return claims
}

// sameDay compares two values as far as both are known: a clock time is no disagreement, and
// neither is "XXXX-05-18" with "2024-05-18".
func sameDay(a, b string) bool {
	for i := 0; i < len(a) && i < len(b) && i < len("2006-01-02"); i++ {
		if a[i] != b[i] && a[i] != 'X' && b[i] != 'X' {
			return false
		}
	}
	return true
}

func contains(list []string, s string) bool {
	for _, have := range list {
		if have == s {
			return true
		}
	}
	return false
}

// textDates finds the claims of the text itself: a time stamp around the headline, then a dateline.
// A full date comes before one without a year, whichever stands first.
func textDates(doc document.Document) []dateClaim {
	var full, partial []dateClaim
	add := func(value, from string) {
		if value == "" {
			return
		}
		if value[0] == 'X' {
			partial = append(partial, dateClaim{value, from})
		} else {
			full = append(full, dateClaim{value, from})
		}
	}
	var changed []dateClaim // dates of the last change: better than nothing, and no conflict
	label := ""
	for _, zone := range doc.Zones {
		text := doc.Text[zone.Start:zone.End]
		if zone.Kind == document.TimeStamp {
			if value, ok := firstDate(text); ok {
				if saysChanged(text) || saysChanged(label) {
					changed = append(changed, dateClaim{value, "text"})
				} else {
					add(value, "text")
				}
			}
		}
		label = text
	}
	for _, head := range openings(doc) {
		add(datelineDate(head), "dateline")
	}
	if len(full) == 0 {
		full = changed
	}
	return append(full, partial...)
}

// firstDate gives the first date of a time stamp, with its year where one is given.
func firstDate(text string) (string, bool) {
	if value, ok := stampDate(text); ok {
		return value, true
	}
	return ParseDate(clipBytes(text, 120))
}

// saysChanged reports whether a time stamp, or the label before it, is that of the last change.
func saysChanged(text string) bool {
	lower := strings.ToLower(text)
	return strings.HasPrefix(lower, "last ") || strings.HasPrefix(lower, "updated") || strings.HasPrefix(lower, "modified")
}

// openings are the beginnings of the first paragraphs of prose, where a dateline stands.
func openings(doc document.Document) []string {
	const paragraphs, length = 3, 240
	var heads []string
	zone := 0
	for at := 0; at < len(doc.Text) && len(heads) < paragraphs; {
		end := at
		for end < len(doc.Text) && doc.Text[end] != '\n' {
			end++
		}
		for zone < len(doc.Zones) && doc.Zones[zone].End <= at {
			zone++
		}
		special := zone < len(doc.Zones) && doc.Zones[zone].Start <= at
		if end-at > 30 && (!special || doc.Zones[zone].Kind == document.Quote) {
			heads = append(heads, clipBytes(doc.Text[at:end], length))
		}
		at = end + 1
	}
	return heads
}

// clipBytes cuts a text to at most n bytes at a rune border.
func clipBytes(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && text[n]&0xc0 == 0x80 {
		n--
	}
	return text[:n]
}
