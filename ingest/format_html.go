package ingest

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"dateline/ingest/document"
)

// readHTML makes a document of a web page.
func readHTML(raw Raw, in decoded) (document.Document, *Refusal) {
	warnings := append([]string{}, in.warnings...)
	tree, err := parseHTML(in.text)
	if err != nil {
		warnings = append(warnings, "The page nests its tags too deeply or has too many of them to be parsed; its bare text was taken, with menus.")
		return finishHTML(raw, plainFromHTML(in.text), pageMeta{}, nil, warnings)
	}
	meta := readMeta(tree)
	p := newPage(tree, len(in.text))
	headlineAt, headline := p.findHeadline(&meta)
	main := p.mainNode(headlineAt)
	rendered := render(main, p.skip)
	p.markKept(rendered)
	lines := p.furnish(rendered)
	lines = p.withHeadline(lines, headline)
	if wordsIn(lines) < 40 && len(strings.Fields(meta.body)) > wordsIn(lines)*2 {
		// A page that scripts fill carries its text in JSON-LD only.
		if headline == "" && len(meta.titles) > 0 {
			headline = withoutSite(meta.titles[0], meta.site)
		}
		lines = p.withHeadline(textLines(Clean(meta.body)), headline)
	}
	dates := meta.dates
	dates = append(dates, timeDates(tree, main, p.skip)...)
	dates = append(dates, urlDates(raw.Source, tree.Find(`link[rel="canonical"]`).AttrOr("href", ""), tree.Find(`meta[property="og:url"]`).AttrOr("content", ""))...)
	meta.dates = dates
	guess := func() []dateClaim {
		if !p.small {
			return nil
		}
		return guessDate(tree, p.shownDates())
	}
	return finishHTML(raw, lines, meta, guess, warnings)
}

// finishHTML makes the document of lines and of what the page said about itself.
func finishHTML(raw Raw, lines []line, meta pageMeta, guess func() []dateClaim, warnings []string) (document.Document, *Refusal) {
	doc := assemble(lines)
	if !hasWords(doc.Text) {
		return doc, emptyText(raw.Source, "the page")
	}
	doc.Source, doc.RawHash, doc.Warnings = raw.Source, Hash(raw.Bytes), warnings
	if doc.Title == "" && len(meta.titles) > 0 {
		doc.Title = withoutSite(meta.titles[0], meta.site)
	}
	doc.Language = language(doc, meta.language)
	claims := append(meta.dates, textDates(doc)...)
	if guess != nil && !anyFull(claims) && raw.Published == "" {
		claims = append(guess(), claims...)
	}
	doc.Published = decidePublished(raw.Published, claims)
	doc.Canonical = canonicalOf(raw.Source, meta)
	doc.Publisher = meta.publisher
	if doc.Publisher.Name == "" {
		doc.Publisher = publisherByHost(raw.Source, doc.Canonical)
	}
	return doc, nil
}

// anyFull reports whether a claim gives a day with its year.
func anyFull(claims []dateClaim) bool {
	for _, c := range claims {
		if c.value != "" && c.value[0] != 'X' {
			return true
		}
	}
	return false
}

// markKept notes on each line whether the main-text extractor kept it.
func (p *page) markKept(lines []htmlLine) {
	for i := range lines {
		lines[i].kept = p.asked && lines[i].text != "" && p.kept.has(lines[i].text)
	}
}

// furnish settles the zones that need the markup: hints of class names that the words do not bear out are taken
// back, rows of links become furniture.
func (p *page) furnish(rendered []htmlLine) []line {
	lastKept := -1
	for i, l := range rendered {
		if l.kept {
			lastKept = i
		}
	}
	teaser := false
	lines := make([]line, 0, len(rendered))
	for i := range rendered {
		l := &rendered[i]
		if l.text == "" {
			lines = append(lines, line{})
			continue
		}
		length := utf8.RuneCountInString(l.text)
		words := len(strings.Fields(l.text))
		linked := l.links*10 >= len(l.text)*7
		if l.hint == "" && length < 120 && hasFullDate(l.text) && saysPosted(l.text) {
			l.hint = document.TimeStamp
		}
		switch l.hint {
		case document.Heading:
			if words > 30 {
				l.hint = "" // a paragraph in the dress of a heading
			}
		case document.TimeStamp:
			if !isStamp(l.text) {
				l.hint = ""
				if length < 100 && !looksLikeProse(l.text) && hasFullDate(l.text) {
					l.hint = document.TimeStamp
				}
			}
		case document.Byline:
			if length > 120 || looksLikeProse(l.text) && !isByline(l.text) {
				l.hint = ""
			}
		case document.Credit:
			if length > 160 {
				l.hint = ""
			}
		case document.Contact:
			if looksLikeProse(l.text) && words > 25 && !isContactLine(l.text) {
				l.hint = ""
			}
		}
		// Teasers of other articles: below the label of such a list up to the next paragraph, and below the last line of
		// this article from a linked heading on.
		switch {
		case isTeaserLabel(l.text) && !l.headline && words <= 5:
			teaser = true
		case p.asked && i > lastKept && linked && l.hint == document.Heading && !l.headline:
			teaser = true
		case i <= lastKept && looksLikeProse(l.text) && !linked, l.headline, p.asked && l.kept && l.hint == document.Heading && !linked:
			teaser = false
		}
		if teaser || linked && !l.kept && !l.headline && p.asked && (l.hint == document.ListItem || l.hint == "") && !endsSentence(l.text) && i > 0 && words <= 25 {
			l.hint = document.Furniture
		}
		lines = append(lines, l.line)
	}
	return lines
}

// saysPosted reports whether a line begins as time stamps do.
func saysPosted(text string) bool {
	lower := strings.ToLower(text)
	for _, word := range []string{"posted", "published", "updated", "last updated", "date:", "created"} {
		if strings.HasPrefix(lower, word) {
			return true
		}
	}
	return false
}

// isTeaserLabel reports whether a line is the label over links to other articles.
func isTeaserLabel(text string) bool {
	lower := strings.ToLower(strings.TrimRight(text, " :…"))
	for _, label := range []string{"related", "read also", "see also", "more news", "latest news", "latest", "most read", "most popular", "you may also", "you might also", "recommended", "other news", "recent", "popular", "trending", "similar", "more from", "more stories", "also read", "read more", "news feed", "last news"} {
		if strings.HasPrefix(lower, label) && len(strings.Fields(lower)) <= 5 {
			return true
		}
	}
	return false
}

// hasFullDate reports whether the line holds a date with its year.
func hasFullDate(text string) bool {
	tokens := dateTokens(text)
	for i := range tokens {
		if d, ok := dateAt(tokens, i); ok && d.hasYear {
			return true
		}
	}
	return false
}

// findHeadline gives the element that holds the headline, and its text. Of several first-rank headings the one
// that the page's metadata repeats is it; another is often the site's name. Sites without one use
// some other element, which says what the metadata says.
func (p *page) findHeadline(meta *pageMeta) (best *html.Node, text string) {
	score := 0.0
	consider := func(n *html.Node, bonus float64) {
		words := oneLine(joinedText(n, p.skip))
		if words == "" || len(words) > 600 {
			return
		}
		s := bonus + likeness(words, meta)
		if s > score {
			best, text, score = n, words, s
		}
	}
	headings := p.doc.Find("h1").Nodes
	for _, h1 := range headings {
		if !insideAny(h1, p.skip) && len(strings.Fields(firstText(h1, 40))) > 0 {
			consider(h1, 0.1)
		}
	}
	if score >= 0.6 || len(meta.titles) == 0 {
		return best, text
	}
	others := p.doc.Find("h2, h3, .title, .headline, .entry-title, .news-title, .news_title, .page-title, .post-title, .article-title, [itemprop=headline]").Nodes
	if len(others) > 400 {
		others = others[:400]
	}
	for _, n := range others {
		if !insideAny(n, p.skip) && likeness(oneLine(joinedText(n, p.skip)), meta) >= 0.8 {
			consider(n, 0)
		}
	}
	if score < 0.2 && len(headings) > 1 {
		return nil, ""
	}
	return best, text
}

// likeness says from 0 to 1 how well a text repeats one of the titles that the metadata gives, with or
// without the site's name.
func likeness(text string, meta *pageMeta) float64 {
	best := 0.0
	for _, title := range meta.titles {
		best = max(best, wordOverlap(text, title), wordOverlap(text, withoutSite(title, meta.site)))
	}
	return best
}

// withHeadline makes the headline the first line, unless it stands near the top already.
func (p *page) withHeadline(lines []line, headline string) []line {
	first := 0
	found := false
	for i := range lines {
		l := &lines[i]
		l.headline = false
		if l.text == "" || headline == "" || found {
			continue
		}
		first++
		if first <= 25 && sameWords(l.text, headline) {
			l.headline, l.hint, found = true, document.Heading, true
			aboveHeadline(lines[:i])
		}
	}
	if found || headline == "" {
		return lines
	}
	return append([]line{{text: headline, hint: document.Heading, headline: true}, {}}, lines...)
}

// aboveHeadline makes furniture of what stands above the headline, unless it is a paragraph, a byline or a time
// stamp: names of the site, sections, polls.
func aboveHeadline(lines []line) {
	for i := range lines {
		l := &lines[i]
		if l.text == "" || looksLikeProse(l.text) || isByline(l.text) || isStamp(l.text) || l.hint == document.TimeStamp || l.hint == document.Byline || l.hint == document.Credit ||
			l.hint == document.Caption && len(strings.Fields(l.text)) > 3 {
			continue
		}
		l.hint = document.Furniture
	}
}

// joinedText is the text of an element on one line.
func joinedText(n *html.Node, skip map[*html.Node]bool) string {
	var words []string
	for _, l := range render(n, skip) {
		if l.text != "" {
			words = append(words, l.text)
		}
	}
	return strings.Join(words, " ")
}

// wordOverlap is the F1 measure of the words of two texts.
func wordOverlap(a, b string) float64 {
	words := func(text string) []string {
		return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !isWordRune(r) })
	}
	have := map[string]bool{}
	title := words(b)
	for _, w := range title {
		have[w] = true
	}
	found := 0
	text := words(a)
	for _, w := range text {
		if have[w] {
			found++
		}
	}
	if len(text)+len(title) == 0 {
		return 0
	}
	return 2 * float64(found) / float64(len(text)+len(title))
}

// sameWords compares two lines by their letters and digits.
func sameWords(a, b string) bool {
	return strings.EqualFold(onlyWords(a), onlyWords(b))
}

func onlyWords(text string) string {
	return strings.Map(func(r rune) rune {
		if isWordRune(r) {
			return r
		}
		return -1
	}, text)
}

// withoutSite takes the site's name off a title: "Rector visits Graz | University of X".
func withoutSite(title, site string) string {
	for _, sep := range []string{" | ", " – ", " — ", " :: ", " » ", " « ", " - ", " · "} {
		i := strings.LastIndex(title, sep)
		if i <= 0 {
			continue
		}
		head, tail := strings.TrimSpace(title[:i]), strings.TrimSpace(title[i+len(sep):])
		if site != "" && strings.EqualFold(tail, site) || len(strings.Fields(tail)) <= 6 && len(strings.Fields(head)) >= 4 {
			return head
		}
	}
	return title
}

// wordsIn counts the words of the lines that are not silent.
func wordsIn(lines []line) int {
	words := 0
	for _, l := range lines {
		if !l.hint.Silent() {
			words += len(strings.Fields(l.text))
		}
	}
	return words
}

// shownDates lists the full dates that the page shows in short lines: date lines and bylines, not
// the sentences of the article, whose dates are those of the events.
func (p *page) shownDates() map[string]bool {
	shown := map[string]bool{}
	body := p.doc.Find("body").First()
	if body.Length() == 0 {
		return shown
	}
	for _, l := range render(body.Get(0), p.skip) {
		if len(l.text) > 120 || looksLikeProse(l.text) || strings.Contains(l.text, "©") || strings.Contains(strings.ToLower(l.text), "copyright") {
			continue
		}
		if l.hint == document.ListItem || l.hint == document.Table || l.hint == document.Heading {
			continue
		}
		tokens := dateTokens(l.text)
		for i := range tokens {
			if d, ok := dateAt(tokens, i); ok && d.hasYear {
				shown[d.value] = true
			}
		}
	}
	return shown
}
