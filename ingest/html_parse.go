package ingest

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxNodes bounds the parsed page. The largest article pages have some ten thousand nodes; a
// parsed node costs a hundred and fifty bytes, several times over.
const maxNodes = 1_500_000

// errTooManyTags is returned for pages beyond maxNodes.
var errTooManyTags = errors.New("too many tags")

// parseHTML parses a page. It fails on pages that nest too deeply (the parser allows 512 levels)
// or have too many tags; their text can still be had from plainFromHTML.
func parseHTML(text string) (*goquery.Document, error) {
	slim, err := slimHTML(text)
	if err != nil {
		return nil, err
	}
	root, err := html.Parse(bytes.NewReader(slim))
	if err != nil {
		return nil, err
	}
	return goquery.NewDocumentFromNode(root), nil
}

// formattingTags are inline elements that say nothing about the structure of an article. The
// parser opens unclosed ones again in every later paragraph, so that a small hostile page grows
// to gigabytes of tree; without them it cannot.
var formattingTags = map[atom.Atom]bool{
	atom.B: true, atom.Big: true, atom.Code: true, atom.Em: true, atom.Font: true, atom.I: true, atom.S: true, atom.Small: true,
	atom.Strike: true, atom.Strong: true, atom.Tt: true, atom.U: true, atom.Nobr: true, atom.Wbr: true, atom.Center: true,
}

// droppedTags hold nothing to read. Their content goes with them.
var droppedTags = map[atom.Atom]bool{
	atom.Style: true, atom.Noscript: true, atom.Iframe: true, atom.Template: true, atom.Svg: true, atom.Math: true, atom.Object: true,
	atom.Canvas: true, atom.Audio: true, atom.Video: true, atom.Select: true, atom.Textarea: true, atom.Noembed: true, atom.Noframes: true,
}

// slimHTML copies a page without comments, formatting tags, and elements that hold no text.
func slimHTML(text string) ([]byte, error) {
	z := html.NewTokenizer(strings.NewReader(text))
	var out bytes.Buffer
	out.Grow(len(text))
	var skip atom.Atom // element whose content is being dropped
	depth, tags := 0, 0
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			if err := z.Err(); err != io.EOF {
				return nil, err
			}
			return out.Bytes(), nil
		}
		if kind == html.CommentToken {
			continue
		}
		raw := z.Raw()
		if kind == html.TextToken || kind == html.DoctypeToken {
			if skip == 0 {
				out.Write(raw)
			}
			continue
		}
		raw = bytes.Clone(raw) // reading the name may reuse the buffer
		name, hasAttr := z.TagName()
		tag := atom.Lookup(name)
		if tags++; tags > maxNodes {
			return nil, errTooManyTags
		}
		if skip != 0 {
			if tag == skip {
				switch kind {
				case html.StartTagToken:
					depth++
				case html.EndTagToken:
					if depth--; depth == 0 {
						skip = 0
					}
				}
			}
			continue
		}
		if droppedTags[tag] {
			if kind == html.StartTagToken {
				skip, depth = tag, 1
			}
			continue
		}
		if tag == atom.Script && kind == html.StartTagToken && !isLinkedData(z, hasAttr) {
			skip, depth = tag, 1
			continue
		}
		if formattingTags[tag] {
			continue
		}
		out.Write(raw)
	}
}

// isLinkedData reports whether a script element is JSON-LD.
func isLinkedData(z *html.Tokenizer, more bool) bool {
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		if string(key) == "type" && strings.Contains(strings.ToLower(string(value)), "ld+json") {
			return true
		}
	}
	return false
}

// plainFromHTML gives the text of a page that could not be parsed as a tree: tags go, block tags
// end lines. It is linear and needs no stack.
func plainFromHTML(text string) []line {
	z := html.NewTokenizer(strings.NewReader(text))
	var b strings.Builder
	var skip atom.Atom
	depth := 0
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			return textLines(Clean(b.String()))
		case html.TextToken:
			if skip == 0 {
				// A line end inside a paragraph is a blank.
				b.WriteString(strings.NewReplacer("\n", " ", "\r", " ").Replace(string(z.Text())))
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			tag := atom.Lookup(name)
			switch {
			case skip != 0:
				if tag == skip && kind == html.StartTagToken {
					depth++
				} else if tag == skip && kind == html.EndTagToken {
					if depth--; depth == 0 {
						skip = 0
					}
				}
			case (droppedTags[tag] || tag == atom.Script || tag == atom.Head) && kind == html.StartTagToken:
				skip, depth = tag, 1
			case blockTags[tag] == blockParagraph:
				b.WriteString("\n\n")
			case blockTags[tag] == blockLine:
				b.WriteByte('\n')
			case tag == atom.Td || tag == atom.Th:
				b.WriteByte(' ')
			}
		}
	}
}

// How an element breaks lines.
const (
	blockInline    = iota
	blockLine      // begins and ends a line
	blockParagraph // and stands apart by a blank line
)

// blockTags lists the elements that break lines; all others run on in the line.
var blockTags = map[atom.Atom]int{
	atom.P: blockParagraph, atom.H1: blockParagraph, atom.H2: blockParagraph, atom.H3: blockParagraph, atom.H4: blockParagraph, atom.H5: blockParagraph, atom.H6: blockParagraph,
	atom.Blockquote: blockParagraph, atom.Figure: blockParagraph, atom.Section: blockParagraph, atom.Article: blockParagraph, atom.Aside: blockParagraph, atom.Header: blockParagraph,
	atom.Footer: blockParagraph, atom.Main: blockParagraph, atom.Nav: blockParagraph, atom.Ul: blockParagraph, atom.Ol: blockParagraph, atom.Dl: blockParagraph, atom.Table: blockParagraph,
	atom.Pre: blockParagraph, atom.Form: blockParagraph, atom.Fieldset: blockParagraph, atom.Hr: blockParagraph, atom.Body: blockParagraph, atom.Details: blockParagraph,
	atom.Div: blockLine, atom.Li: blockLine, atom.Tr: blockLine, atom.Br: blockLine, atom.Dt: blockLine, atom.Dd: blockLine, atom.Figcaption: blockLine, atom.Caption: blockLine, atom.Address: blockLine,
	atom.Thead: blockLine, atom.Tbody: blockLine, atom.Tfoot: blockLine, atom.Legend: blockLine, atom.Summary: blockLine, atom.Title: blockParagraph, atom.Center: blockLine, atom.Menu: blockParagraph, atom.Hgroup: blockLine,
}
