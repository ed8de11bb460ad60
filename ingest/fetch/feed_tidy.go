package fetch

import (
	"bytes"
	"encoding/xml"
	"strings"
)

// mostEntries bounds the entries of a feed. Feeds have twenty; archives have been seen with some thousands.
const mostEntries = 10_000

// tidyFeed writes a feed anew with only what ParseFeed wants of it: titles, links, ids and dates of its entries. The library that reads it then gets
// a small, flat, well-formed file from any input: its own time and depth are not bounded, and it gives up a whole feed for one fault.
type tidyFeed struct {
	out     bytes.Buffer // the feed
	entry   bytes.Buffer // the entry that is being read
	root    string       // local name, small letters
	inside  int          // depth of the open entry, or 0
	keeping int          // depth of the open element whose text is wanted, or 0
	rooms   []keptRoom   // channel, image and their like that are open in out
	parts   int          // elements of the open entry
	entries int
	full    bool
}

type keptRoom struct {
	name  xml.Name
	depth int
}

// wantedParts are the elements whose text or attributes ParseFeed wants, small letters, without prefix.
var wantedParts = map[string]bool{
	"title": true, "link": true, "guid": true, "id": true, "pubdate": true, "published": true, "issued": true, "created": true,
	"updated": true, "modified": true, "date": true,
}

// rooms are the elements that hold others that are wanted.
var feedRooms = map[string]bool{"rss": true, "rdf": true, "feed": true, "channel": true}

// mostParts bounds the wanted elements of one entry.
const mostParts = 40

func (t *tidyFeed) start(name xml.Name, attrs []xml.Attr, depth int) bool {
	local := strings.ToLower(name.Local)
	if depth == 1 {
		t.root = local
		if !feedRooms[local] {
			return false
		}
	}
	isEntry := local == "item" || local == "entry"
	switch {
	case t.keeping > 0:
	case isEntry && t.inside == 0 && depth <= 4:
		if t.entries == mostEntries {
			t.full = true
			return false
		}
		t.inside, t.parts = depth, 0
		t.entry.Reset()
		writeStart(&t.entry, name, attrs)
	case t.inside > 0 && wantedParts[local] && depth == t.inside+1:
		if t.parts++; t.parts <= mostParts {
			t.keeping = depth
			writeStart(&t.entry, name, attrs)
		}
	case t.inside == 0 && feedRooms[local] && depth <= 3:
		t.rooms = append(t.rooms, keptRoom{name, depth})
		writeStart(&t.out, name, attrs)
	case t.inside == 0 && wantedParts[local] && len(t.rooms) > 0 && depth == t.rooms[len(t.rooms)-1].depth+1 && t.out.Len() < 1<<20:
		t.keeping = depth
		writeStart(&t.out, name, attrs)
	}
	return true
}

func (t *tidyFeed) end(name xml.Name, text string, depth int) {
	into := &t.out
	if t.inside > 0 {
		into = &t.entry
	}
	switch {
	case t.keeping == depth:
		xml.EscapeText(into, []byte(strings.TrimSpace(text)))
		writeEnd(into, name)
		t.keeping = 0
	case t.inside == depth:
		writeEnd(&t.entry, name)
		t.out.Write(t.entry.Bytes())
		t.inside = 0
		t.entries++
	case len(t.rooms) > 0 && t.rooms[len(t.rooms)-1].depth == depth && t.inside == 0:
		writeEnd(&t.out, name)
		t.rooms = t.rooms[:len(t.rooms)-1]
	}
}

// finish ends what is open and gives the feed. An entry that is not whole is left out.
func (t *tidyFeed) finish() []byte {
	t.inside = 0
	for len(t.rooms) > 0 {
		writeEnd(&t.out, t.rooms[len(t.rooms)-1].name)
		t.rooms = t.rooms[:len(t.rooms)-1]
	}
	return t.out.Bytes()
}

// wantedAttrs are the attributes that say something about a link or its entry.
var wantedAttrs = map[string]bool{"href": true, "rel": true, "type": true, "about": true, "ispermalink": true, "version": true, "base": true}

func writeStart(b *bytes.Buffer, name xml.Name, attrs []xml.Attr) {
	b.WriteByte('<')
	writeName(b, name)
	written := map[xml.Name]bool{}
	for _, a := range attrs {
		isNamespace := a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns"
		if !isNamespace && !wantedAttrs[strings.ToLower(a.Name.Local)] || len(a.Value) > longestURL || written[a.Name] || len(written) >= 30 || isNamespace && len(a.Value) > 200 {
			continue
		}
		written[a.Name] = true
		b.WriteByte(' ')
		writeName(b, a.Name)
		b.WriteString(`="`)
		xml.EscapeText(b, []byte(a.Value))
		b.WriteByte('"')
	}
	b.WriteByte('>')
}

func writeEnd(b *bytes.Buffer, name xml.Name) {
	b.WriteString("</")
	writeName(b, name)
	b.WriteByte('>')
}

func writeName(b *bytes.Buffer, name xml.Name) {
	if name.Space != "" {
		b.WriteString(name.Space)
		b.WriteByte(':')
	}
	b.WriteString(name.Local)
}
