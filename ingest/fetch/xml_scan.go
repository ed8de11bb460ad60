package fetch

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"io"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

const (
	deepestXML  = 200     // elements inside each other; feeds have ten, with a page inside them thirty
	mostXMLText = 8 << 10 // bytes of the text of one element that are kept: a title, an address or a date
	mostFaults  = 100     // places where reading starts again
)

// xmlScan reads XML as strangers write it, in time and memory linear in its size. End tags may be missing or left over, entities unknown, and after
// a place that can't be read it goes on at the next beginning of one of the elements in restart. Entities that the document defines itself are never
// expanded, nothing outside of it is ever opened, comments and processing instructions are passed over.
type xmlScan struct {
	restart []string // small letters, without prefix
	// start and end get names in their own letters: prefix (Space) as written, and local name. end gets the text directly in the element
	// and in all below it, one run, cut at mostXMLText. depth is 1 for the root. A start that returns false ends the scan.
	start func(name xml.Name, attrs []xml.Attr, depth int) bool
	end   func(name xml.Name, text string, depth int)

	stack []openElement
	open  map[xml.Name]int // how many of each name are in stack
}

type openElement struct {
	name xml.Name
	text []byte
}

// scanned says how a scan ended.
type scanned struct {
	faults int  // places that could not be read
	cut    bool // the text ended inside an element
	deep   bool // it was given up because elements nest too deeply
	first  string
}

func (s *xmlScan) scan(text string) (result scanned) {
	s.open = map[xml.Name]int{}
	at := 0
	for at < len(text) {
		d := xml.NewDecoder(strings.NewReader(text[at:]))
		d.Strict, d.Entity = false, xml.HTMLEntity
		d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // text is UTF-8 whatever it says
		err := s.tokens(d)
		switch err {
		case nil:
			s.closeAll(0)
			return result
		case errStopped:
			return result
		case errTooDeep:
			result.deep = true
			return result
		case io.EOF:
			result.cut = len(s.stack) > 0
			return result
		}
		result.faults++
		if result.first == "" {
			result.first = err.Error()
		}
		next := s.nextRestart(text, at+max(int(d.InputOffset()), 1))
		if next < 0 || result.faults >= mostFaults {
			result.cut = len(s.stack) > 0
			return result
		}
		at = next
	}
	return result
}

var (
	errTooDeep = io.ErrShortBuffer // never leaves scan
	errStopped = io.ErrClosedPipe
)

// emptyElements never hold anything. Their end tags are often forgotten, and would take what follows into them.
var emptyElements = map[string]bool{"br": true, "hr": true, "img": true, "wbr": true, "input": true, "meta": true, "area": true, "col": true, "embed": true, "param": true, "enclosure": true}

// tokens reads until something is wrong. nil is the end of the root element.
func (s *xmlScan) tokens(d *xml.Decoder) error {
	for {
		token, err := d.RawToken()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			// Entries don't stand inside each other: one that begins ends the one before, whose end tag is missing.
			if s.open[t.Name] > 0 && s.isRestart(strings.ToLower(t.Name.Local)) {
				for s.open[t.Name] > 0 {
					s.pop()
				}
			}
			if len(s.stack) >= deepestXML {
				return errTooDeep
			}
			s.stack = append(s.stack, openElement{name: t.Name})
			s.open[t.Name]++
			if !s.start(t.Name, t.Attr, len(s.stack)) {
				return errStopped
			}
			if emptyElements[strings.ToLower(t.Name.Local)] {
				s.pop() // and its end tag, if it has one, will be one of nothing
			}
		case xml.EndElement:
			if s.open[t.Name] == 0 {
				continue
			}
			for s.stack[len(s.stack)-1].name != t.Name {
				s.pop()
			}
			s.pop()
			if len(s.stack) == 0 {
				return nil
			}
		case xml.CharData:
			if n := len(s.stack); n > 0 {
				top := &s.stack[n-1]
				top.text = append(top.text, t[:min(len(t), mostXMLText-min(mostXMLText, len(top.text)))]...)
			}
		}
	}
}

// pop ends the innermost element, and hands its text on to the one around it.
func (s *xmlScan) pop() {
	n := len(s.stack)
	top := s.stack[n-1]
	text := strings.ToValidUTF8(string(top.text), "")
	s.end(top.name, text, n)
	s.open[top.name]--
	s.stack = s.stack[:n-1]
	if n > 1 {
		outer := &s.stack[n-2]
		outer.text = append(outer.text, text[:min(len(text), mostXMLText-min(mostXMLText, len(outer.text)))]...)
	}
}

// closeAll ends elements until so many are open.
func (s *xmlScan) closeAll(depth int) {
	for len(s.stack) > depth {
		s.pop()
	}
}

// drop forgets open elements without an end, until so many are open.
func (s *xmlScan) drop(depth int) {
	for len(s.stack) > depth {
		s.open[s.stack[len(s.stack)-1].name]--
		s.stack = s.stack[:len(s.stack)-1]
	}
}

// nextRestart finds the next "<item" or its like at or behind a place. The elements that were open inside such an element are dropped, and it with them.
func (s *xmlScan) nextRestart(text string, from int) int {
	for from < len(text) {
		i := strings.IndexByte(text[from:], '<')
		if i < 0 {
			return -1
		}
		from += i
		if s.isRestart(localName(text[from+1:])) {
			for depth, e := range s.stack {
				if s.isRestart(strings.ToLower(e.name.Local)) {
					s.drop(depth)
					break
				}
			}
			return from
		}
		from++
	}
	return -1
}

func (s *xmlScan) isRestart(name string) bool {
	for _, r := range s.restart {
		if name == r {
			return true
		}
	}
	return false
}

// localName gives the name at the beginning of a tag, in small letters, without prefix.
func localName(tag string) string {
	end := 0
	for end < len(tag) && end < 40 && (tag[end] >= 'a' && tag[end] <= 'z' || tag[end] >= 'A' && tag[end] <= 'Z' || tag[end] == ':' || tag[end] == '-' || tag[end] == '_') {
		end++
	}
	name := tag[:end]
	return strings.ToLower(name[strings.LastIndexByte(name, ':')+1:])
}

// xmlText gives the text of a file as UTF-8 without characters that XML forbids. A byte order mark says its encoding, else that it is valid UTF-8, else
// the server, else the XML declaration.
func xmlText(body []byte, contentType string) string {
	label := ""
	switch {
	case bytes.HasPrefix(body, []byte("\xfe\xff")), bytes.HasPrefix(body, []byte("\xff\xfe")):
		if out, _, err := transform.Bytes(unicode.BOMOverride(unicode.UTF8.NewDecoder()), body); err == nil {
			body = out
		}
	case bytes.HasPrefix(body, []byte("<\x00?\x00")):
		label = "utf-16le"
	case bytes.HasPrefix(body, []byte("\x00<\x00?")):
		label = "utf-16be"
	default:
		if _, params, err := mime.ParseMediaType(contentType); err == nil {
			label = params["charset"]
		}
		if label == "" {
			label = declaredEncoding(body)
		}
		if utf8.Valid(body) && !isASCII(body) {
			label = ""
		}
	}
	if label != "" {
		if encoding, name := charset.Lookup(label); encoding != nil && name != "utf-8" {
			if out, err := encoding.NewDecoder().Bytes(body); err == nil {
				body = out
			}
		}
	} else if !utf8.Valid(body) {
		if encoding, _ := charset.Lookup("windows-1252"); encoding != nil {
			if out, err := encoding.NewDecoder().Bytes(body); err == nil {
				body = out
			}
		}
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\ufeff', r == utf8.RuneError:
			return -1
		case r < ' ' && r != '\n' && r != '\t' && r != '\r', r == 0xfffe, r == 0xffff:
			return ' '
		}
		return r
	}, string(body))
}

func isASCII(body []byte) bool {
	for _, c := range body {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

// declaredEncoding reads encoding="…" of the XML declaration.
func declaredEncoding(body []byte) string {
	head := string(body[:min(len(body), 200)])
	head, _, ok := strings.Cut(head, "?>")
	if !ok || !strings.HasPrefix(strings.TrimSpace(head), "<?xml") {
		return ""
	}
	_, value, ok := strings.Cut(head, "encoding")
	value = strings.TrimLeft(value, " \t\r\n=")
	if !ok || value == "" || value[0] != '"' && value[0] != '\'' {
		return ""
	}
	value, _, _ = strings.Cut(value[1:], value[:1])
	return value
}

// gunzip decompresses a file that is compressed itself, within the bounds of body.go and most bytes. Others come back as they are.
func gunzip(body []byte, most int) ([]byte, *Error) {
	if !bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
		return body, nil
	}
	var b bytes.Buffer
	gz, err := gzip.NewReader(bytes.NewReader(body))
	if err == nil {
		_, err = io.Copy(&b, io.LimitReader(gz, int64(min(most, max(growthFloor, mostGrowth*len(body))))+1))
	}
	if b.Len() > growthFloor && b.Len() > mostGrowth*len(body) {
		return nil, tooLarge("decompression makes more than a hundred times as many bytes of it")
	}
	if b.Len() > most {
		return nil, tooLarge("the file is too long when it is decompressed")
	}
	if err != nil && b.Len() == 0 {
		return nil, &Error{Class: ClassTruncated, Reason: "the compressed file is damaged", Advice: "try again later", Temporary: true}
	}
	return b.Bytes(), nil
}
