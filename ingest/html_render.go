package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dateline/ingest/document"
)

// htmlLine is a rendered line with what the page knew about it.
type htmlLine struct {
	line
	links int  // bytes of text inside links
	kept  bool // the main-text extractor kept it
}

// renderer turns a part of a page into lines. Words that only inline tags divide stay one word;
// words that block tags divide never become one.
type renderer struct {
	lines []htmlLine
	skip  map[*html.Node]bool // elements to leave out

	b        strings.Builder // the line being built, white space folded
	links    int
	space    bool // white space is due before the next word
	lastRune rune
	kinds    []document.ZoneKind // zones of the elements around the current place
	lineKind document.ZoneKind
	headline bool
	parts    []document.Zone
	inLink   int
	inPre    int
	depth    int
}

// maxParts bounds the zones that markup gives inside one line; a caption has one or two.
const maxParts = 16

// renderDepth bounds the recursion; the parser's own bound is 512.
const renderDepth = 600

// render gives the lines of an element.
func render(n *html.Node, skip map[*html.Node]bool) []htmlLine {
	r := &renderer{skip: skip}
	r.node(n)
	r.flush()
	return r.lines
}

func (r *renderer) node(n *html.Node) {
	if r.skip[n] || r.depth > renderDepth {
		return
	}
	switch n.Type {
	case html.TextNode:
		r.text(n.Data)
		return
	case html.DocumentNode:
		r.children(n)
		return
	case html.ElementNode:
	default:
		return
	}
	r.depth++
	defer func() { r.depth-- }()

	tag := n.DataAtom
	switch tag {
	case atom.Script, atom.Style, atom.Head, atom.Button, atom.Input, atom.Label, atom.Nav:
		return
	case atom.Br:
		// Two in a row divide paragraphs.
		if r.b.Len() == 0 {
			r.blank()
		}
		r.flush()
		return
	case atom.Table:
		if isDataTable(n) {
			r.table(n)
			return
		}
	case atom.Pre:
		r.inPre++
		defer func() { r.inPre-- }()
	case atom.Sup:
		if hasElement(n, atom.A, 3) {
			return // the mark of a footnote, which would stick to the word before it
		}
	case atom.A:
		r.gap(n)
		r.inLink++
		defer func() { r.inLink-- }()
	case atom.Td, atom.Th:
		r.flush() // a cell of a layout table
	case atom.Span, atom.Time:
		r.gap(n)
	}
	breaks := blockTags[tag]
	if breaks == blockInline && strings.Contains(attr(n, "style"), "display:block") {
		breaks = blockLine
	}
	kind := zoneOfElement(n)
	if breaks == blockInline {
		if kind == document.Credit && r.kind() != "" {
			r.part(n, kind)
			return
		}
		if kind != "" && r.b.Len() == 0 {
			r.lineKind = kind
		}
		r.children(n)
		return
	}
	r.flush()
	if breaks == blockParagraph {
		r.blank()
	}
	if kind != "" {
		r.kinds = append(r.kinds, kind)
	}
	if tag == atom.H1 {
		r.headline = true
	}
	r.children(n)
	r.flush()
	r.headline = false
	if kind != "" {
		r.kinds = r.kinds[:len(r.kinds)-1]
	}
	if breaks == blockParagraph {
		r.blank()
	}
}

func (r *renderer) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.node(c)
	}
}

// kind is the innermost zone of the elements around the current place.
func (r *renderer) kind() document.ZoneKind {
	if len(r.kinds) > 0 {
		return r.kinds[len(r.kinds)-1]
	}
	return ""
}

// part renders an inline element that is a zone inside its line.
func (r *renderer) part(n *html.Node, kind document.ZoneKind) {
	if r.space && r.b.Len() > 0 {
		r.b.WriteByte(' ')
		r.space = false
	}
	start := r.b.Len()
	r.children(n)
	if r.b.Len() > start {
		r.parts = append(r.parts, document.Zone{Start: start, End: r.b.Len(), Kind: kind})
	}
}

// gap sets a blank between inline elements that style sheets set apart: neighbouring links, a
// time beside a name, labels of different classes.
func (r *renderer) gap(n *html.Node) {
	prev := n.PrevSibling
	if prev == nil || prev.Type != html.ElementNode || r.b.Len() == 0 || r.space {
		return
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(firstText(n, 20), " \n\t"))
	switch {
	case n.DataAtom == atom.A && prev.DataAtom == atom.A, n.DataAtom == atom.Time, prev.DataAtom == atom.Time:
		r.space = isWordRune(first) && (isWordRune(r.lastRune) || r.lastRune == '.' || r.lastRune == ',')
	case n.DataAtom == atom.Span && prev.DataAtom == atom.Span && attr(n, "class") != attr(prev, "class"):
		r.space = unicode.IsLower(r.lastRune) && unicode.IsUpper(first) || unicode.IsDigit(r.lastRune) && unicode.IsUpper(first) || unicode.IsLower(r.lastRune) && unicode.IsDigit(first)
	}
}

// firstText gives the first text inside an element.
func firstText(n *html.Node, depth int) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	if depth == 0 {
		return ""
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if t := firstText(c, depth-1); strings.TrimSpace(t) != "" {
			return t
		}
	}
	return ""
}

// text adds words to the line. White space of any kind and length is one blank.
func (r *renderer) text(s string) {
	before := r.b.Len()
	for _, c := range s {
		switch kindOfRune(c) {
		case runeNewline:
			if r.inPre > 0 {
				r.flush()
				before = 0
				continue
			}
			r.space = true
			continue
		case runeSpace:
			r.space = true
			continue
		case runeInvisible:
			continue
		}
		if r.b.Len() > 0 && r.space {
			r.b.WriteByte(' ')
		}
		r.space = false
		r.b.WriteRune(c)
		r.lastRune = c
	}
	if r.inLink > 0 {
		r.links += r.b.Len() - before
	}
}

// flush ends the line.
func (r *renderer) flush() {
	text := r.b.String()
	parts, kind := r.parts, r.lineKind
	links, headline := r.links, r.headline
	r.b.Reset()
	r.parts, r.lineKind, r.links, r.space = nil, "", 0, false
	cleaned := Clean(text)
	if cleaned == "" {
		return
	}
	if kind == "" {
		kind = r.kind()
	}
	l := htmlLine{links: links}
	l.text, l.hint, l.headline = cleaned, kind, headline && kind == document.Heading
	if len(parts) > maxParts {
		parts = parts[:maxParts]
	}
	for _, p := range parts {
		// Cleaning may have moved the part; it is looked up again, and dropped when it changed.
		words := Clean(text[p.Start:p.End])
		from := max(0, len(Clean(text[:p.Start])))
		if i := strings.Index(cleaned[min(from, len(cleaned)):], words); i >= 0 && words != "" {
			l.parts = append(l.parts, document.Zone{Start: from + i, End: from + i + len(words), Kind: p.Kind})
		}
	}
	r.lines = append(r.lines, l)
}

// blank sets a blank line.
func (r *renderer) blank() {
	if n := len(r.lines); n > 0 && r.lines[n-1].text != "" {
		r.lines = append(r.lines, htmlLine{})
	}
}

// table renders each row of a table of data as one line.
func (r *renderer) table(n *html.Node) {
	r.flush()
	r.blank()
	var rows func(n *html.Node)
	rows = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type != html.ElementNode || r.skip[c] {
				continue
			}
			switch c.DataAtom {
			case atom.Tr:
				var cells []string
				links := 0
				for cell := c.FirstChild; cell != nil; cell = cell.NextSibling {
					if cell.DataAtom == atom.Td || cell.DataAtom == atom.Th {
						inner := render(cell, r.skip)
						var words []string
						for _, l := range inner {
							if l.text != "" {
								words = append(words, l.text)
								links += l.links
							}
						}
						cells = append(cells, strings.Join(words, " "))
					}
				}
				row := Clean(strings.Trim(strings.Join(cells, " | "), " |"))
				if row != "" {
					l := htmlLine{links: links}
					l.text, l.hint = row, document.Table
					if r.kind().Silent() {
						l.hint = r.kind()
					}
					r.lines = append(r.lines, l)
				}
			case atom.Caption:
				r.kinds = append(r.kinds, document.Caption)
				r.children(c)
				r.flush()
				r.kinds = r.kinds[:len(r.kinds)-1]
			default:
				rows(c)
			}
		}
	}
	rows(n)
	r.blank()
}

// isDataTable tells a table of data from one that lays out a page: it has at least two columns or rows
// of short cells, and no table, list of paragraphs or long text inside one.
func isDataTable(table *html.Node) bool {
	cells, widest, data := 0, 0, true
	var walk func(n *html.Node, depth int) int
	walk = func(n *html.Node, depth int) int {
		chars, paragraphs := 0, 0
		for c := n.FirstChild; c != nil && data; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				chars += len(strings.TrimSpace(c.Data))
			case c.Type != html.ElementNode:
			case c.DataAtom == atom.Table || depth > 60:
				data = false
			default:
				if c.DataAtom == atom.P || c.DataAtom == atom.H1 || c.DataAtom == atom.H2 || c.DataAtom == atom.Article {
					paragraphs++
				}
				inner := walk(c, depth+1)
				if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
					cells++
					widest = max(widest, inner)
				} else {
					chars += inner
				}
			}
		}
		if (n.DataAtom == atom.Td || n.DataAtom == atom.Th) && paragraphs > 2 {
			data = false
		}
		return chars
	}
	walk(table, 0)
	return data && cells >= 2 && widest <= 400
}

// attr gives an attribute of an element, or "".
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// zoneOfElement tells the zone that an element's name and class announce.
func zoneOfElement(n *html.Node) document.ZoneKind {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return document.Heading
	case atom.Li:
		return document.ListItem
	case atom.Figcaption:
		return document.Caption
	case atom.Blockquote:
		return document.Quote
	case atom.Body, atom.Main, atom.Article, atom.Html:
		return ""
	}
	names := classWords(n)
	switch {
	case names.any("credit", "credits", "photocredit", "photographer", "imagecredit"):
		return document.Credit
	case names.any("caption", "captions", "figcaption", "imagecaption", "photocaption"):
		return document.Caption
	case names.any("byline", "author", "authors"):
		return document.Byline
	case n.DataAtom == atom.Time || names.any("date", "dateline", "published", "pubdate", "datetime", "timestamp", "postdate", "time"):
		return document.TimeStamp
	case names.any("contact", "contacts", "vcard"):
		return document.Contact
	}
	return ""
}

// nameSet is the words of an element's class, id and itemprop.
type nameSet []string

func (s nameSet) any(words ...string) bool {
	for _, have := range s {
		for _, w := range words {
			if have == w {
				return true
			}
		}
	}
	return false
}

// classWords splits class, id, role and itemprop into words, at signs and at capitals, so that "nav" is
// found in "site-nav" and in "siteNav" but not in "navy".
func classWords(n *html.Node) nameSet {
	var words nameSet
	for _, a := range n.Attr {
		if a.Key != "class" && a.Key != "id" && a.Key != "itemprop" && a.Key != "role" || len(a.Val) > 400 {
			continue
		}
		start := 0
		value := a.Val
		for i := 0; i <= len(value); i++ {
			end := i == len(value)
			sign := !end && !(value[i]|0x20 >= 'a' && value[i]|0x20 <= 'z')
			capital := !end && i > start && value[i] >= 'A' && value[i] <= 'Z' && value[i-1] >= 'a' && value[i-1] <= 'z'
			if end || sign || capital {
				if i > start {
					words = append(words, strings.ToLower(value[start:i]))
				}
				start = i
				if sign {
					start = i + 1
				}
			}
		}
	}
	return words
}
