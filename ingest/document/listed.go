package document

// Listed is what a feed or sitemap says of a page that it names. All fields may be empty.
type Listed struct {
	Title     string
	Published string // date value, the day in the zone that the feed wrote it in
	Publisher string
}
