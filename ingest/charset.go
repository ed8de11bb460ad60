package ingest

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"mime"
	"sort"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	gogs "github.com/gogs/chardet"
	"github.com/wlynxg/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
)

// decoded is raw bytes as valid UTF-8.
type decoded struct {
	text     string
	charset  string   // name of the character set that was used, lower case
	evidence string   // "bom", "pattern", "valid", "header", "declared" or "detected"
	warnings []string // what was guessed or lost
}

// Shares above which a decoded text is taken for garbage and refused.
const (
	// maxLost is the share of characters that could not be decoded. A page with a cut-off or
	// pasted-in part loses well under a tenth; a wrong character set or random bytes lose more.
	maxLost = 0.10
	// maxControls is the share of control characters. Text has none; one in fifty allows for
	// form feeds and terminal leftovers.
	maxControls = 0.02
)

// decode finds the character set and decodes. The order of trust: a byte order mark; the
// pattern of zero bytes of UTF-16 and UTF-32; valid UTF-8 (a text of another set is hardly ever
// valid UTF-8 by chance, while headers that lie are common); the transport's header; the
// page's own declaration; a detector; and at last UTF-8 with replacements.
func decode(raw Raw) (decoded, *Refusal) {
	data := raw.Bytes
	if reason := magicOf(data); reason != "" {
		return decoded{}, &Refusal{raw.Source, reason, "convert it to text or HTML, or leave it out"}
	}
	if d, ok := decodeWide(data); ok {
		return judged(raw, d)
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if zeros := bytes.Count(data, []byte{0}); zeros >= 8 && zeros*100 > len(data) || zeros*5 > len(data) {
		return decoded{}, &Refusal{raw.Source, fmt.Sprintf("it looks like a binary file (%d of %d bytes are zero)", zeros, len(data)),
			"convert it to text, or leave it out"}
	}
	if utf8.Valid(data) {
		if d, ok := decodeEscapes(data); ok {
			return judged(raw, d)
		}
		return judged(raw, decoded{text: string(data), charset: "utf-8", evidence: "valid"})
	}
	if mostlyUTF8(data) {
		return judged(raw, decoded{text: string(data), charset: "utf-8", evidence: "detected"})
	}
	for _, claim := range declarations(raw, data) {
		enc, name := charset.Lookup(claim.name)
		if enc == nil || name == "utf-8" || strings.HasPrefix(name, "utf-16") || name == "replacement" {
			continue // a false claim: the bytes have been looked at
		}
		if name == "windows-1252" && claim.evidence != "header" && !singleByteLatin(data) {
			// "iso-8859-1" is what authoring tools write without asking.
			continue
		}
		if text, lost := decodeWith(enc, data); lost <= 0.01 {
			return judged(raw, decoded{text: text, charset: name, evidence: claim.evidence})
		}
	}
	name := detect(data)
	if enc, canonical := charset.Lookup(name); enc != nil && canonical != "utf-8" {
		text, lost := decodeWith(enc, data)
		d := decoded{text: text, charset: canonical, evidence: "detected"}
		if lost <= maxLost {
			d.warnings = append(d.warnings, "The character set was not declared; "+canonical+" was detected.")
			return judged(raw, d)
		}
	}
	return judged(raw, decoded{text: string(data), charset: "utf-8", evidence: "detected"})
}

// judged makes the text valid, says what share was lost, and refuses garbage.
func judged(raw Raw, d decoded) (decoded, *Refusal) {
	if !utf8.ValidString(d.text) {
		d.text = replaceInvalid(d.text)
	}
	runes, lost, controls := 0, 0, 0
	for _, r := range d.text {
		runes++
		switch {
		case r == utf8.RuneError:
			lost++
		case r < 0x20 && r != '\n' && r != '\r' && r != '\t' && r != '\f' && r != 0, r >= 0x7f && r <= 0x9f && r != 0x85:
			controls++
		}
	}
	if runes == 0 {
		return d, &Refusal{raw.Source, "the input holds nothing but a byte order mark", "check that it was saved completely"}
	}
	const advice = "save it as UTF-8 text, or leave it out if it is no text"
	if share := float64(lost) / float64(runes); share > maxLost {
		return d, &Refusal{raw.Source, fmt.Sprintf("%.0f %% of its characters could not be decoded as %s, so it is not readable text", share*100, d.charset), advice}
	}
	if share := float64(controls) / float64(runes); share > maxControls {
		return d, &Refusal{raw.Source, fmt.Sprintf("%.0f %% of it are control characters, so it looks like a binary file", share*100), advice}
	}
	if lost > 0 {
		share := float64(lost) / float64(runes) * 100
		d.warnings = append(d.warnings, fmt.Sprintf("%d of %d characters (%.2g %%) could not be decoded as %s and were replaced.", lost, runes, share, d.charset))
	}
	return d, nil
}

// replaceInvalid puts one replacement character for each byte that is not UTF-8, so that the
// share of what was lost can be counted.
func replaceInvalid(text string) string {
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	for _, r := range text {
		b.WriteRune(r)
	}
	return b.String()
}

// decodeWith decodes and gives the share of characters that were replaced.
func decodeWith(enc encoding.Encoding, data []byte) (text string, lost float64) {
	out, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return "", 1
	}
	text = string(out)
	bad := strings.Count(text, "\uFFFD")
	for _, r := range text {
		// Bytes that a single-byte set leaves free come out as C1 controls, and double-byte sets
		// have wide private-use areas: neither stands in text.
		if r >= 0x80 && r <= 0x9f || r >= 0xe000 && r <= 0xf8ff {
			bad++
		}
	}
	return text, float64(bad) / float64(max(1, utf8.RuneCountInString(text)))
}

// claim is a character set that somebody declared.
type claim struct{ name, evidence string }

// declarations lists the declared character sets, most trusted first.
func declarations(raw Raw, data []byte) []claim {
	var all []claim
	if raw.Charset != "" {
		all = append(all, claim{raw.Charset, "header"})
	}
	if _, params, err := mime.ParseMediaType(raw.MediaType); err == nil && params["charset"] != "" {
		all = append(all, claim{params["charset"], "header"})
	}
	head := data
	if len(head) > 4096 {
		head = head[:4096]
	}
	// Both <meta charset=x>, <meta http-equiv content="…; charset=x"> and <?xml encoding="x"?>.
	for _, key := range []string{"charset", "encoding"} {
		lower := bytes.ToLower(head)
		for from := 0; ; {
			i := bytes.Index(lower[from:], []byte(key))
			if i < 0 {
				break
			}
			from += i + len(key)
			if !insideTag(lower[:from]) {
				continue
			}
			rest := bytes.TrimLeft(lower[from:], " \t\r\n")
			if len(rest) == 0 || rest[0] != '=' {
				continue
			}
			rest = bytes.TrimLeft(rest[1:], " \t\r\n\"'")
			end := bytes.IndexAny(rest, " \t\r\n\"';/>?")
			if end > 0 && end < 40 {
				all = append(all, claim{string(rest[:end]), "declared"})
			}
		}
	}
	return all
}

// insideTag reports whether the text ends inside a meta tag or an XML declaration.
func insideTag(before []byte) bool {
	open := bytes.LastIndexByte(before, '<')
	if open < 0 || bytes.IndexByte(before[open:], '>') >= 0 {
		return false
	}
	return bytes.HasPrefix(before[open:], []byte("<meta")) || bytes.HasPrefix(before[open:], []byte("<?xml"))
}

// decodeWide decodes UTF-16 and UTF-32, with a byte order mark or by the pattern of zero bytes
// that mostly Latin text leaves.
func decodeWide(data []byte) (decoded, bool) {
	starts := func(mark string) bool { return bytes.HasPrefix(data, []byte(mark)) }
	switch {
	case starts("\xff\xfe\x00\x00") && len(data)%4 == 0:
		return decoded{text: utf32Text(data[4:], binary.LittleEndian), charset: "utf-32le", evidence: "bom"}, true
	case starts("\x00\x00\xfe\xff"):
		return decoded{text: utf32Text(data[4:], binary.BigEndian), charset: "utf-32be", evidence: "bom"}, true
	case starts("\xff\xfe"):
		return decoded{text: utf16Text(data[2:], binary.LittleEndian), charset: "utf-16le", evidence: "bom"}, true
	case starts("\xfe\xff"):
		return decoded{text: utf16Text(data[2:], binary.BigEndian), charset: "utf-16be", evidence: "bom"}, true
	}
	sample := data
	if len(sample) > 4096 {
		sample = sample[:4096]
	}
	if len(sample) < 8 {
		return decoded{}, false
	}
	var zeros [4]int
	for i, b := range sample {
		if b == 0 {
			zeros[i%4]++
		}
	}
	quarter := len(sample) / 4
	most := func(n int) bool { return n*10 > quarter*7 }
	few := func(n int) bool { return n*10 < quarter*2 }
	half := func(n int) bool { return n*10 > quarter*4 }
	switch {
	case most(zeros[1]) && most(zeros[2]) && most(zeros[3]) && few(zeros[0]):
		return decoded{text: utf32Text(data, binary.LittleEndian), charset: "utf-32le", evidence: "pattern"}, true
	case most(zeros[0]) && most(zeros[1]) && most(zeros[2]) && few(zeros[3]):
		return decoded{text: utf32Text(data, binary.BigEndian), charset: "utf-32be", evidence: "pattern"}, true
	case half(zeros[1]) && half(zeros[3]) && few(zeros[0]) && few(zeros[2]):
		return decoded{text: utf16Text(data, binary.LittleEndian), charset: "utf-16le", evidence: "pattern"}, true
	case half(zeros[0]) && half(zeros[2]) && few(zeros[1]) && few(zeros[3]):
		return decoded{text: utf16Text(data, binary.BigEndian), charset: "utf-16be", evidence: "pattern"}, true
	}
	return wideByHighBytes(data)
}

// wideByHighBytes recognises UTF-16 of a non-Latin script: every second byte comes from one or
// two alphabets (0x04 for Cyrillic), the blanks are 0x0020, and the whole decodes to letters.
func wideByHighBytes(data []byte) (decoded, bool) {
	if len(data)%2 != 0 || bytes.IndexByte(data, 0) < 0 {
		return decoded{}, false
	}
	sample := data[:min(len(data), 4096)]
	for _, order := range []struct {
		name  string
		order binary.ByteOrder
	}{{"utf-16le", binary.LittleEndian}, {"utf-16be", binary.BigEndian}} {
		letters, total := 0, 0
		for _, r := range utf16Text(sample, order.order) {
			total++
			if unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Arabic, unicode.Hebrew) && unicode.IsLetter(r) ||
				r == ' ' || r == '\n' || r == '\r' || r >= '!' && r <= '~' {
				letters++
			}
		}
		if letters*100 > total*95 {
			return decoded{text: utf16Text(data, order.order), charset: order.name, evidence: "pattern"}, true
		}
	}
	return decoded{}, false
}

// utf16Text decodes UTF-16; an odd byte at the end is a replacement character.
func utf16Text(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, 0, len(data)/2+1)
	for ; len(data) >= 2; data = data[2:] {
		units = append(units, order.Uint16(data))
	}
	if len(data) == 1 {
		units = append(units, 0xfffd)
	}
	return string(utf16.Decode(units))
}

// utf32Text decodes UTF-32.
func utf32Text(data []byte, order binary.ByteOrder) string {
	var b strings.Builder
	b.Grow(len(data) / 3)
	for ; len(data) >= 4; data = data[4:] {
		b.WriteRune(rune(order.Uint32(data))) // WriteRune replaces what is no character
	}
	if len(data) > 0 {
		b.WriteRune(utf8.RuneError)
	}
	return b.String()
}

// decodeEscapes decodes ISO-2022-JP, whose bytes are all ASCII: the escape sequences tell.
func decodeEscapes(data []byte) (decoded, bool) {
	if !bytes.Contains(data, []byte("\x1b$B")) && !bytes.Contains(data, []byte("\x1b$@")) {
		return decoded{}, false
	}
	enc, name := charset.Lookup("iso-2022-jp")
	text, lost := decodeWith(enc, data)
	return decoded{text: text, charset: name, evidence: "pattern"}, lost <= maxLost
}

// mostlyUTF8 reports whether broken bytes are UTF-8 with faults in it: whole multi-byte
// sequences outnumber the faults well. Text in a double-byte or single-byte set has
// hardly any by chance.
func mostlyUTF8(data []byte) bool {
	good, bad, runs, whole := 0, 0, 0, len(data)
	damaged := false
	for len(data) > 0 {
		if data[0] < utf8.RuneSelf {
			data = data[1:]
			damaged = false
			continue
		}
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			bad++
			if !damaged {
				runs++
			}
			damaged = true
		} else {
			good++
			damaged = false
		}
		data = data[size:]
	}
	// A few damaged places in a text that has as many whole characters: no text of another set
	// is mostly ASCII and spells UTF-8 by chance.
	return good > 3*bad || good > 0 && good >= runs && bad*20 < whole
}

// singleByteLatin reports whether the bytes above ASCII stand alone between ASCII letters, as
// accents and quotation marks of Western languages do.
func singleByteLatin(data []byte) bool {
	high, alone, letters := 0, 0, 0
	for i, b := range data {
		if b < 0x80 {
			if b|0x20 >= 'a' && b|0x20 <= 'z' {
				letters++
			}
			continue
		}
		high++
		if (i == 0 || data[i-1] < 0x80) && (i+1 == len(data) || data[i+1] < 0x80) {
			alone++
		}
	}
	return high*3 < letters && alone*10 >= high*7
}

// detect names the character set of bytes that are not UTF-8. Two detectors are asked, because
// each is good at what the other is bad at: the port of Mozilla's finds East Asian, Cyrillic,
// Greek and Hebrew text from a few words on, and knows no Central European set; the port of ICU's
// knows those and fails on short East Asian text.
func detect(data []byte) string {
	sample := detectorSample(data)
	if singleByteLatin(sample) {
		name := "windows-1252"
		if best := icuGuesses(sample); len(best) > 0 {
			switch best[0] {
			case "windows-1250", "ISO-8859-2", "windows-1254", "ISO-8859-9":
				name = best[0]
			}
		}
		return plausibleLatin(sample, name)
	}
	first := chardet.Detect(sample)
	if first.Confidence >= 0.5 {
		switch strings.ToLower(first.Encoding) {
		case "", "ascii", "utf-8", "iso-8859-1", "windows-1252", "windows-1254", "macroman", "x-mac-cyrillic", "iso-8859-9", "johab":
		case "gb2312":
			return "gb18030"
		case "euc-tw":
			return "big5"
		default:
			if enc, _ := charset.Lookup(first.Encoding); enc != nil {
				if _, lost := decodeWith(enc, sample); lost <= 0.05 {
					return first.Encoding
				}
			}
		}
	}
	for _, name := range icuGuesses(sample) {
		enc, _ := charset.Lookup(name)
		if enc == nil || strings.HasPrefix(name, "UTF") {
			continue
		}
		if _, lost := decodeWith(enc, sample); lost <= 0.02 {
			return name
		}
	}
	return "windows-1252"
}

// icuGuesses lists the guesses of the ICU detector, best first. It asks its recognisers in parallel and
// leaves ties in the order in which they answered, so the order is settled here.
func icuGuesses(sample []byte) []string {
	all, err := gogs.NewTextDetector().DetectAll(sample)
	if err != nil {
		return nil
	}
	sort.Slice(all, func(i, j int) bool {
		a, b := all[i], all[j]
		if a.Confidence != b.Confidence {
			return a.Confidence > b.Confidence
		}
		if a.Charset != b.Charset {
			return a.Charset < b.Charset
		}
		return a.Language < b.Language
	})
	names := make([]string, len(all))
	for i, result := range all {
		names[i] = result.Charset
	}
	return names
}

// plausibleLatin falls back to windows-1252 when the other set would put symbols inside words.
func plausibleLatin(sample []byte, name string) string {
	enc, _ := charset.Lookup(name)
	if enc == nil {
		return "windows-1252"
	}
	if _, lost := decodeWith(enc, sample); lost > 0.005 {
		return "windows-1252"
	}
	return name
}

// detectorSample is at most 64 KB of the data around bytes above ASCII: detectors are slow, and
// a page often begins with kilobytes of plain ASCII markup.
func detectorSample(data []byte) []byte {
	const most = 64 << 10
	if len(data) <= most {
		return data
	}
	first := bytes.IndexFunc(data, func(r rune) bool { return r >= 0x80 })
	if first < 0 {
		first = 0
	}
	start := max(0, first-1024)
	return data[start:min(len(data), start+most)]
}

// magics are the beginnings of files that hold no plain text, with what they are.
var magics = []struct{ magic, name string }{
	{"%PDF-", "a PDF file, which is not read yet"},
	{"PK\x03\x04", "a zip archive or an office document, which is not read yet"},
	{"PK\x05\x06", "a zip archive, which is not read yet"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document, which is not read"},
	{"{\\rtf", "an RTF document, which is not read yet"},
	{"\x1f\x8b", "a gzip file, which is not read yet"},
	{"BZh", "a bzip2 file, which is not read"},
	{"\xfd7zXZ\x00", "an xz file, which is not read"},
	{"7z\xbc\xaf\x27\x1c", "a 7-Zip archive, which is not read"},
	{"Rar!\x1a\x07", "a RAR archive, which is not read"},
	{"\x28\xb5\x2f\xfd", "a zstd file, which is not read"},
	{"\x89PNG\r\n", "a PNG image, which holds no text"},
	{"\xff\xd8\xff", "a JPEG image, which holds no text"},
	{"GIF87a", "a GIF image, which holds no text"},
	{"GIF89a", "a GIF image, which holds no text"},
	{"II*\x00", "a TIFF image, which holds no text"},
	{"MM\x00*", "a TIFF image, which holds no text"},
	{"\x00\x00\x01\x00", "an icon, which holds no text"},
	{"\x7fELF", "a program, which holds no text"},
	{"MZ\x90\x00", "a program, which holds no text"},
	{"\xca\xfe\xba\xbe", "a program, which holds no text"},
	{"\x00asm", "a program, which holds no text"},
	{"SQLite format 3\x00", "an SQLite database, which is not read"},
	{"OggS", "a sound or video file, which holds no text"},
	{"ID3", "a sound file, which holds no text"},
	{"fLaC", "a sound file, which holds no text"},
	{"wOFF", "a font, which holds no text"},
	{"wOF2", "a font, which holds no text"},
	{"\x00\x01\x00\x00\x00", "a font, which holds no text"},
}

// magicOf says what kind of binary file the bytes are, or "".
func magicOf(data []byte) string {
	for _, m := range magics {
		if !bytes.HasPrefix(data, []byte(m.magic)) {
			continue
		}
		switch m.magic {
		case "BZh", "ID3", "OggS", "fLaC": // letters: an article could begin with them
			if len(data) > 4 && isTextByte(data[3]) && isTextByte(data[4]) && utf8.Valid(data[:min(len(data), 64)]) {
				continue
			}
		}
		return "it is " + m.name
	}
	if len(data) >= 12 {
		switch {
		case string(data[:4]) == "RIFF" && (string(data[8:12]) == "WEBP" || string(data[8:12]) == "WAVE" || string(data[8:12]) == "AVI "):
			return "it is an image, sound or video file, which holds no text"
		case string(data[4:8]) == "ftyp" && data[0] == 0:
			return "it is a video file or image, which holds no text"
		case len(data) > 262 && string(data[257:262]) == "ustar":
			return "it is a tar archive, which is not read yet"
		}
	}
	return ""
}

func isTextByte(b byte) bool { return b >= 0x20 && b < 0x7f || b == '\n' }
