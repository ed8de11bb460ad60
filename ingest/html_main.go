package ingest

import (
	"hash/fnv"
	"io"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"github.com/markusmobius/go-htmldate"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds of pages that the main-text extractor is asked about. It and its two fallbacks copy the tree several
// times and are not linear on hostile pages; articles are a hundredth of this.
const (
	extractorBytes = 1 << 20
	extractorNodes = 20_000
)

// furnitureNames are words of class names and ids of what stands around an article.
var furnitureNames = []string{
	"nav", "navbar", "navigation", "menu", "submenu", "breadcrumb", "breadcrumbs", "sidebar", "footer", "share", "sharing", "social", "socials", "addtoany", "sharethis", "sharedaddy",
	"related", "relatedposts", "recommended", "recommendations", "trending", "comments", "respond", "disqus", "cookie", "cookies", "gdpr", "newsletter", "subscription",
	"advert", "advertisement", "adsbygoogle", "sponsored", "pagination", "pager", "searchform", "teasers", "readmore",
}

// doubtfulNames are words of class names that page builders also give to what holds the article
// ("elementor-widget", "banner-text"): such an element goes when it has no paragraph, or none that the extractor kept.
var doubtfulNames = []string{
	"popular", "comment", "consent", "subscribe", "signup", "ads", "sponsor", "promo", "banner", "popup", "modal", "offcanvas", "toolbar", "skip", "toc", "widget", "widgets", "search", "login",
}

// furnitureTags are elements of the same kind.
var furnitureTags = map[atom.Atom]bool{atom.Nav: true, atom.Footer: true, atom.Aside: true, atom.Form: true, atom.Button: true, atom.Dialog: true}

// nodeWeight is what stands below an element.
type nodeWeight struct {
	kept  int // characters of blocks that the main-text extractor kept
	prose int // characters of blocks that read like prose
	text  int // all characters
}

// page is a parsed web page while its main text is looked for.
type page struct {
	doc    *goquery.Document
	skip   map[*html.Node]bool
	weight map[*html.Node]nodeWeight
	kept   shingles
	// keptSize is the length of the text that the extractor kept, in bytes.
	keptSize int
	small    bool // within the bounds of extractors that are not linear
	asked    bool // the extractor was asked and answered
}

// newPage prepares a page: what is hidden or plainly furniture is marked to be left out.
func newPage(doc *goquery.Document, size int) *page {
	p := &page{doc: doc, skip: map[*html.Node]bool{}, weight: map[*html.Node]nodeWeight{}}
	p.small = size <= extractorBytes && countNodes(doc.Get(0)) <= extractorNodes
	p.askExtractor()
	body := doc.Find("body").First()
	if body.Length() == 0 {
		return p
	}
	p.prune(body.Get(0), 0)
	p.weigh(body.Get(0), 0)
	return p
}

func countNodes(n *html.Node) int {
	total := 1
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		total += countNodes(c)
	}
	return total
}

// askExtractor asks the main-text extractor which text is the article. Its answer is kept as shingles; nothing
// of its copy is shown to anybody.
func (p *page) askExtractor() {
	if !p.small {
		return
	}
	// The extractor is asked about pages that its authors never saw: a panic of it is no answer.
	defer func() {
		if recover() != nil {
			p.asked, p.kept = false, nil
		}
	}()
	result, err := trafilatura.ExtractDocument(p.doc.Get(0), trafilatura.Options{
		EnableFallback:  true,
		ExcludeComments: true,
		// The date is looked for elsewhere, and with fixed bounds.
		HtmlDateMode:     trafilatura.Disabled,
		HtmlDateOverride: &htmldate.Result{},
	})
	if err != nil || result == nil || result.ContentNode == nil {
		return
	}
	p.kept = shingles{}
	for _, l := range render(result.ContentNode, nil) {
		p.kept.add(l.text)
		p.keptSize += len(l.text)
	}
	p.asked = len(p.kept) > 0
}

// prune marks elements that are no part of any article. An element whose name says furniture but that holds the
// most part of the page's prose stays: themes name their wrappers strangely.
func (p *page) prune(n *html.Node, depth int) (prose int) {
	if depth > renderDepth {
		return 0
	}
	if n.Type == html.ElementNode && isHidden(n) {
		p.skip[n] = true
		return 0
	}
	own := 0
	if n.Type == html.TextNode && len(n.Data) > 80 {
		own = len(n.Data)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		own += p.prune(c, depth+1)
	}
	if n.Type != html.ElementNode || n.DataAtom == atom.Body || n.DataAtom == atom.Html || n.DataAtom == atom.Main || n.DataAtom == atom.Article {
		return own
	}
	names := classWords(n)
	switch {
	case n.DataAtom == atom.Nav || n.DataAtom == atom.Aside:
	case own >= 600:
		return own // paragraphs of this length in a share bar are the article
	case furnitureTags[n.DataAtom], n.DataAtom == atom.Header && depth <= 3 && !hasElement(n, atom.H1, 40):
	case names.any(furnitureNames...):
		// Wrappers of the whole page are called "has-sidebar".
		if hasElement(n, atom.H1, 40) || hasElement(n, atom.Article, 40) || hasElement(n, atom.Main, 40) || p.holdsMost(n) {
			return own
		}
	case names.any(doubtfulNames...):
		if own > 0 && (!p.asked || p.kept.has(inlineText(n, p.skip, 60))) || hasElement(n, atom.H1, 40) || p.holdsMost(n) {
			return own
		}
	default:
		return own
	}
	p.skip[n] = true
	return 0
}

// holdsMost reports whether an element holds half of what the extractor kept.
func (p *page) holdsMost(n *html.Node) bool {
	if !p.asked {
		return false
	}
	text := inlineText(n, p.skip, 60)
	return len(text)*2 >= p.keptSize && p.kept.has(text)
}

// isHidden reports whether the page does not show an element.
func isHidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "style":
			style := strings.ReplaceAll(strings.ToLower(a.Val), " ", "")
			if strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
				return true
			}
		case "class":
			for _, c := range strings.Fields(a.Val) {
				switch c {
				case "sr-only", "visually-hidden", "screen-reader-text", "govuk-visually-hidden", "element-invisible", "hidden-print", "d-none":
					return true
				}
			}
		}
	}
	return false
}

// hasElement reports whether an element of the tag stands below n.
func hasElement(n *html.Node, tag atom.Atom, depth int) bool {
	if depth == 0 {
		return false
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == tag || hasElement(c, tag, depth-1) {
			return true
		}
	}
	return false
}

// weigh sums up what stands below each element. A block is an element that has text of its own.
func (p *page) weigh(n *html.Node, depth int) nodeWeight {
	var w nodeWeight
	if p.skip[n] || depth > renderDepth {
		return w
	}
	var own strings.Builder
	links := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			own.WriteString(c.Data)
		case c.Type != html.ElementNode:
		case blockTags[c.DataAtom] != blockInline || c.DataAtom == atom.Td || c.DataAtom == atom.Th || hasBlock(c, 30):
			inner := p.weigh(c, depth+1)
			w.kept += inner.kept
			w.prose += inner.prose
			w.text += inner.text
		default:
			inline := inlineText(c, p.skip, 40)
			own.WriteString(inline)
			if c.DataAtom == atom.A {
				links += len(inline)
			}
		}
	}
	if text := own.String(); strings.TrimSpace(text) != "" {
		n := len(strings.TrimSpace(text))
		w.text += n
		if p.asked && p.kept.has(text) {
			w.kept += n
		}
		if n >= 60 && links*2 < n {
			w.prose += n
		}
	}
	p.weight[n] = w
	return w
}

// hasBlock reports whether an inline element holds a block, as links around whole cards do.
func hasBlock(n *html.Node, depth int) bool {
	if depth == 0 {
		return false
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && (blockTags[c.DataAtom] != blockInline && c.DataAtom != atom.Br || hasBlock(c, depth-1)) {
			return true
		}
	}
	return false
}

// inlineText joins the text below an inline element.
func inlineText(n *html.Node, skip map[*html.Node]bool, depth int) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	if depth == 0 || skip[n] {
		return ""
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(inlineText(c, skip, depth-1))
	}
	return b.String()
}

// mainNode gives the element that holds the article.
//
// The smallest element with nearly all the text that the extractor kept is the start. Where the
// page's prose says that the extractor kept only a part, the prose decides; and where an
// article or main element closes around the place with little else in it, that is taken, because it holds the headline,
// the captions and the last lines that extractors lose. Failing that, the element that holds the headline too is taken,
// for the byline, the time stamp and the standfirst between them.
func (p *page) mainNode(headline *html.Node) *html.Node {
	body := p.doc.Find("body").First()
	if body.Length() == 0 {
		return p.doc.Get(0)
	}
	root := body.Get(0)
	byProse := p.descend(root, func(w nodeWeight) int { return w.prose })
	node := byProse
	if p.asked && p.weight[root].kept > 0 {
		node = p.descend(root, func(w nodeWeight) int { return w.kept })
		if w := p.weight[byProse]; w.prose*2 > p.weight[node].text*3 && w.prose-p.weight[node].text > 400 && countTag(byProse, atom.Article, 60) <= 1 {
			node = byProse
		}
	}
	have := p.weight[node]
	fits := func(up *html.Node) bool {
		w := p.weight[up]
		return w.text <= have.text*8/5+800 && w.prose <= have.prose*7/5+400 && countTag(up, atom.Article, 60) <= 1
	}
	for up := node.Parent; up != nil && up != root.Parent; up = up.Parent {
		if isContainer(up) {
			if fits(up) {
				node = up
			}
			break
		}
	}
	if headline != nil && !inside(headline, node) {
		for up := node.Parent; up != nil && up != root.Parent; up = up.Parent {
			if inside(headline, up) {
				if fits(up) {
					node = up
				}
				break
			}
		}
	}
	return node
}

// descend goes down from the root as long as one child holds nearly everything.
func (p *page) descend(root *html.Node, measure func(nodeWeight) int) *html.Node {
	whole := measure(p.weight[root])
	node := root
	for {
		var next *html.Node
		for c := node.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode && measure(p.weight[c])*100 >= whole*88 && whole > 0 {
				next = c
				break
			}
		}
		if next == nil || next.DataAtom == atom.P || next.DataAtom == atom.Li {
			return node
		}
		node = next
	}
}

// isContainer reports whether an element says that it holds the article.
func isContainer(n *html.Node) bool {
	if n.DataAtom == atom.Article || n.DataAtom == atom.Main || attr(n, "role") == "main" || attr(n, "role") == "article" {
		return true
	}
	return classWords(n).any("article", "post", "entry", "hentry", "story", "release", "node", "newsdetail", "pressrelease", "articlebody")
}

func countTag(n *html.Node, tag atom.Atom, depth int) int {
	total := 0
	if n.DataAtom == tag {
		total++
	}
	if depth > 0 {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			total += countTag(c, tag, depth-1)
		}
	}
	return total
}

// shingles is a set of runs of words, by which a text is found again in another rendering of it.
type shingles map[uint64]bool

// shingleLength is the number of words in a run: three seldom meet by chance.
const shingleLength = 3

func eachShingle(text string, visit func(uint64)) {
	words := strings.FieldsFunc(text, func(r rune) bool { return !isWordRune(r) })
	if len(words) == 0 {
		return
	}
	if len(words) < shingleLength {
		visit(hashWords(words))
		return
	}
	for i := 0; i+shingleLength <= len(words); i++ {
		visit(hashWords(words[i : i+shingleLength]))
	}
}

func hashWords(words []string) uint64 {
	h := fnv.New64a()
	for _, w := range words {
		io.WriteString(h, w)
		h.Write([]byte{' '})
	}
	return h.Sum64()
}

func (s shingles) add(text string) { eachShingle(text, func(h uint64) { s[h] = true }) }

// has reports whether most of the text is in the set.
func (s shingles) has(text string) bool {
	total, found := 0, 0
	eachShingle(text, func(h uint64) {
		total++
		if s[h] {
			found++
		}
	})
	return total > 0 && found*10 >= total*6
}
