package ingest

import (
	"strings"

	"dateline/ingest/document"
)

// withListed adds what a feed or sitemap says of a page to what the page says of itself. The
// page comes first: feeds often give the day on which an entry was changed or imported. A
// date of the feed that says another day is kept as a conflict; it counts where the page gives no date, or
// one that the feed's completes ("2024-05" and "2024-05-18").
func withListed(doc *document.Document, listed document.Listed) {
	if value, ok := ParseDate(listed.Published); ok {
		claims, feed := claimsOf(doc.Published), dateClaim{value, "feed"}
		completes := doc.Published.From != "flag" && sameDay(doc.Published.Value, value) && len(value) >= len(doc.Published.Value) && doc.Published.Value != value &&
			!strings.Contains(value, "X")
		if completes {
			claims = append([]dateClaim{feed}, claims...)
		} else {
			claims = append(claims, feed)
		}
		doc.Published = decidePublished("", claims)
	}
	if title := oneLine(clipBytes(listed.Title, 2000)); doc.Title == "" && title != "" {
		doc.Title = title
	}
	if name := publisherName(listed.Publisher); (doc.Publisher.Name == "" || doc.Publisher.From == "host") && name != "" {
		doc.Publisher = document.Publisher{Name: name, From: "feed"}
	}
}
