package ingest

import (
	"bytes"
	"math/rand"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// charsetCases are texts that were written for these tests, in the sets that their languages used before UTF-8.
var charsetCases = []struct{ charset, text string }{
	{"windows-1251", "Ректор института подписала договор с мастерскими реки Тобол. Церемония прошла 18 мая."},
	{"koi8-r", "Ректор института подписала договор с мастерскими реки Тобол. Церемония прошла 18 мая."},
	{"gb18030", "渔业学院与北湖港务局五月十八日签署合作协议,双方将共同培训三十名船员。"},
	{"big5", "漁業學院與北湖港務局五月十八日簽署合作協議,雙方將共同培訓三十名船員。"},
	{"shift_jis", "水産学校は五月十八日、北湖の港と協力協定に署名しました。三十人の船員を育てます。"},
	{"euc-jp", "水産学校は五月十八日、北湖の港と協力協定に署名しました。三十人の船員を育てます。"},
	{"euc-kr", "수산학교는 5월 18일 북호 항만과 협력 협정을 맺었다. 선원 서른 명을 함께 가르친다."},
	{"windows-1252", "L’école et l’hôpital de Sérignac ont signé un accord à l’été ; “très bien”, a dit Zoë."},
	{"windows-1250", "Rektor szkoły rybackiej podpisał umowę z portem. Uroczystość odbyła się w środę, a żeglarze śpiewali."},
	{"iso-8859-2", "Rektor szkoły rybackiej podpisał umowę z portem. Uroczystość odbyła się w środę, a żeglarze grali."},
	{"windows-1253", "Η σχολή αλιείας υπέγραψε συμφωνία με το λιμάνι της βόρειας λίμνης."},
	{"windows-1255", "בית הספר לדיג חתם על הסכם עם הנמל של האגם הצפוני."},
}

func encoded(t *testing.T, name, text string) []byte {
	t.Helper()
	enc, err := htmlindex.Get(name)
	if err != nil {
		t.Fatal(err)
	}
	data, err := enc.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatalf("the fixture cannot be written in %s: %v", name, err)
	}
	return data
}

func readOne(t *testing.T, raw Raw) (text string, warnings []string) {
	t.Helper()
	docs, err := Read(raw, Options{})
	if err != nil || len(docs) != 1 {
		t.Fatalf("%s: %d documents, %v", raw.Source, len(docs), err)
	}
	return docs[0].Text, docs[0].Warnings
}

func TestCharsets(t *testing.T) {
	for _, c := range charsetCases {
		data := encoded(t, c.charset, c.text)
		page := append([]byte(`<html><head><meta charset="`+c.charset+`"><title>x</title></head><body><p>`), data...)
		page = append(page, "</p></body></html>"...)
		for _, way := range []struct {
			name string
			raw  Raw
		}{
			{"undeclared", Raw{Source: "a.txt", Bytes: data}},
			{"header", Raw{Source: "a.txt", Bytes: data, Charset: c.charset}},
			{"media type", Raw{Source: "a.txt", Bytes: data, MediaType: "text/plain; charset=" + c.charset}},
			{"meta", Raw{Source: "a.html", Bytes: page}},
			{"lying header on UTF-8", Raw{Source: "a.txt", Bytes: []byte(c.text), Charset: c.charset}},
			{"header says UTF-8", Raw{Source: "a.txt", Bytes: data, Charset: "utf-8"}},
		} {
			if got, _ := readOne(t, way.raw); got != c.text {
				t.Errorf("%s, %s:\n got %q\nwant %q", c.charset, way.name, got, c.text)
			}
		}
	}
}

func TestWideCharsets(t *testing.T) {
	texts := []string{"The rector of Kirkholm signed – “at last”.", "Ректор школы подписала договор с портом."}
	for _, text := range texts {
		for _, c := range []struct {
			name string
			enc  encoding.Encoding
		}{
			{"utf-16le with mark", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
			{"utf-16be with mark", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)},
			{"utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
			{"utf-16be", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
			{"utf-32le with mark", utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)},
			{"utf-32be with mark", utf32.UTF32(utf32.BigEndian, utf32.UseBOM)},
			{"utf-8 with mark", unicode.UTF8BOM},
		} {
			data, err := c.enc.NewEncoder().Bytes([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			if got, _ := readOne(t, Raw{Source: "a.txt", Bytes: data}); got != text {
				t.Errorf("%s: got %q, want %q", c.name, got, text)
			}
		}
	}
	data, _ := utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM).NewEncoder().Bytes([]byte(texts[0]))
	if got, _ := readOne(t, Raw{Source: "a.txt", Bytes: data}); got != texts[0] {
		t.Errorf("utf-32le without mark: got %q", got)
	}
}

func TestBrokenUTF8IsReplacedAndReported(t *testing.T) {
	text := strings.Repeat("Żółw i łódź są w porcie. ", 40)
	broken := strings.Replace(text, "ó", "\xc3", 1)
	got, warnings := readOne(t, Raw{Source: "a.txt", Bytes: []byte(broken)})
	if strings.Count(got, "\uFFFD") != 1 || len(warnings) != 1 || !strings.Contains(warnings[0], "1 of ") {
		t.Errorf("got %d replacements and warnings %q, want one and the share", strings.Count(got, "\uFFFD"), warnings)
	}
}

func TestOneWesternByteInEnglish(t *testing.T) {
	got, _ := readOne(t, Raw{Source: "a.txt", Bytes: []byte("The rector\x92s office in Z\xfcrich said \x93yes\x94 \x96 twice.")})
	if want := "The rector’s office in Zürich said “yes” – twice."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRefused(t *testing.T) {
	noise := make([]byte, 4096)
	rand.New(rand.NewSource(1)).Read(noise)
	noise[0] = 'x'
	for _, c := range []struct {
		name   string
		raw    Raw
		reason string
	}{
		{"empty", Raw{Source: "a"}, "empty"},
		{"only blanks", Raw{Source: "a", Bytes: []byte(" \n\t ")}, "no text"},
		{"only a mark", Raw{Source: "a", Bytes: []byte("\xef\xbb\xbf")}, "byte order mark"},
		{"PDF", Raw{Source: "a.txt", Bytes: []byte("%PDF-1.7\n...")}, "PDF"},
		{"zip", Raw{Source: "a.docx", Bytes: []byte("PK\x03\x04....")}, "zip"},
		{"PNG", Raw{Source: "a.html", Bytes: []byte("\x89PNG\r\n\x1a\n...")}, "PNG"},
		{"program", Raw{Source: "a", Bytes: []byte("\x7fELF\x02\x01\x01")}, "program"},
		{"database", Raw{Source: "a", Bytes: []byte("SQLite format 3\x00....")}, "SQLite"},
		{"noise", Raw{Source: "a", Bytes: noise}, ""},
		{"zeros", Raw{Source: "a", Bytes: bytes.Repeat([]byte("ab\x00\x00\x00c"), 50)}, "binary"},
		{"empty page", Raw{Source: "a.html", Bytes: []byte("<html><body><script>x</script></body></html>")}, "no text"},
		{"bad date", Raw{Source: "a", Bytes: []byte("text"), Published: "soon"}, "not a date"},
	} {
		docs, err := Read(c.raw, Options{})
		refusals := Refusals(err)
		if len(docs) != 0 || len(refusals) != 1 {
			t.Errorf("%s: %d documents, error %v; want one refusal", c.name, len(docs), err)
			continue
		}
		r := refusals[0]
		if r.Source != c.raw.Source || !strings.Contains(r.Reason, c.reason) || r.Advice == "" {
			t.Errorf("%s: %q, %q, %q", c.name, r.Source, r.Reason, r.Advice)
		}
	}
	if _, err := Read(Raw{Source: "a", Bytes: []byte("longer than ten")}, Options{MaxBytes: 10}); err == nil || !strings.Contains(err.Error(), "limit") {
		t.Errorf("over-size: %v", err)
	}
}

func TestFewZeroBytesAreRemoved(t *testing.T) {
	if got, _ := readOne(t, Raw{Source: "a", Bytes: []byte("The rec\x00tor spoke to the crew of the Northern Lake today.")}); !strings.HasPrefix(got, "The rector spoke") {
		t.Errorf("got %q", got)
	}
}
