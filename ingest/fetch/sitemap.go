package fetch

// Bounds of sitemaps, from the protocol (sitemaps.org) itself.
const (
	SitemapBytes = 50 << 20 // uncompressed; give it as Request.MaxBody
	SitemapURLs  = 50_000   // entries of one file
	SitemapDepth = 3        // files from an index down to the pages; for who follows Sitemap.Sitemaps
)

// Sitemap is one file of a sitemap: of pages, or an index of other files.
type Sitemap struct {
	Pages    []Entry
	Sitemaps []string // addresses of further files, normal form
	Warnings []string
}

// ParseSitemap reads a sitemap, a sitemap index, or a text file of addresses; compressed (.gz) or not. Relative addresses are resolved against
// base. What is no sitemap is an *Error of class "format".
func ParseSitemap(body []byte, base string) (Sitemap, error) {
	return Sitemap{}, &Error{URL: base, Class: ClassFormat, Reason: "reading sitemaps is not written yet", Advice: "wait for the next commit"}
}
