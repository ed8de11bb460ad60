package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"dateline/extract/eval"
)

// hostile are texts that try to leave the place where they are shown.
var hostile = []string{
	`<script>alert(1)</script>`, `</style><script>alert(1)</script>`, `</title><img src=x onerror=alert(1)>`,
	`"><svg onload=alert(1)>`, `' onmouseover='alert(1)`, `javascript:alert(1)`, `<!--`, `]]>`, `&lt;script&gt;`, `{{.}}`,
	`<base href="http://evil.example/">`, `<meta http-equiv="refresh" content="0;url=http://evil.example/">`,
	"a\u202eb\u2066c\u200fd", "\x00\x1b[2J", "\xff\xfe", `<a href="data:text/html,x">x</a>`, `</bdi></li></ol><h1>gone`,
}

// measured scores one document that is wrong in every way, with a hostile text in every field.
func measured(t *testing.T, evil string) (result eval.Result, text string) {
	t.Helper()
	text = "On 7 March, " + strings.ToValidUTF8(strings.ReplaceAll(evil, "\x00", " "), " ") + " said no. Later " + evil + " left."
	text = strings.ToValidUTF8(text, "?")
	encode := func(v any) []byte {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	type object = map[string]any
	gold := encode(object{"dates": []object{{"text": evil, "value": evil}}, "people": []object{{"name": evil + " Missed"}},
		"institutions": []object{{"name": evil + " House", "parent": evil}}, "titles": []object{{"person": evil, "title": evil, "institution": evil}},
		"agreements": []object{
			{"type": evil, "status": "signed", "parties": []string{evil, "B"}, "subject": evil, "place": evil},
			{"type": "treaty", "status": "signed", "parties": []string{"Q", "R"}, "subject": "never found"}},
		"near_misses": []object{{"kind": "person", "name": evil, "quote": evil}}})
	cite := []object{{"start": 12, "end": 13, "quote": string([]rune(text)[12:13])}, {"start": 0, "end": 2, "quote": "On"}}
	line := encode(object{"document": object{"source": "a/" + strings.ReplaceAll(evil, "/", "") + ".txt", "text": text}, "facts": []object{
		{"kind": "date", "value": evil, "citations": cite}, {"kind": "person", "name": evil, "aliases": []string{evil}, "citations": cite},
		{"kind": "institution", "name": evil, "parent": evil, "citations": cite}, {"kind": "title", "person": evil, "title": evil + "x", "institution": evil, "citations": cite},
		{"kind": "agreement", "type": "contract", "status": evil, "parties": []string{evil, "B"}, "subject": evil, "date": evil, "citations": cite},
		{"kind": "agreement", "type": evil, "status": evil, "parties": []string{"Z"}, "citations": cite},
		{"kind": evil, "citations": []object{{"start": 0, "end": 1, "quote": evil}}}}})
	c, err := eval.ParseGold("case", gold)
	if err != nil {
		t.Fatal(err)
	}
	read, err := eval.ParseLine(line)
	if err != nil {
		t.Fatal(err)
	}
	c.Name = evil
	return eval.Score([]eval.Case{c}, map[string]eval.Line{evil: read}), read.Text
}

// skeleton lists a page's elements with their attributes' names, and the values that a
// browser would act on.
func skeleton(t *testing.T, page []byte) []string {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch n.Type {
		case html.ElementNode:
			line := n.Data
			for _, a := range n.Attr {
				line += " " + a.Key
				if a.Key == "href" && !strings.HasPrefix(a.Val, "#") {
					t.Errorf("a link leads to %q", a.Val)
				}
			}
			out = append(out, line)
		case html.CommentNode:
			out = append(out, "comment")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	return out
}

func written(t *testing.T, p Page) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestHostileTextsStayTexts compares the elements and attributes of each hostile page with
// those of a harmless one.
func TestHostileTextsStayTexts(t *testing.T) {
	pageOf := func(evil string) []byte {
		result, text := measured(t, evil)
		before, old := measured(t, "earlier")
		before.PerDocument[0].Name = evil
		return written(t, Page{Gold: evil, Result: result, Texts: map[string]string{evil: text}, Since: evil, Before: before, Old: map[string]string{evil: old}})
	}
	allowed := map[string]bool{}
	for _, line := range skeleton(t, pageOf("harmless")) {
		allowed[line] = true
	}
	for _, element := range []string{"mark", "blockquote", "details open", "li id", "dl", "a href", "h4 id", "td"} {
		if !allowed[element] {
			t.Fatalf("the harmless page has no <%s>: nothing would be shown", element)
		}
	}
	for _, evil := range hostile {
		page := pageOf(evil)
		for _, line := range skeleton(t, page) {
			if !allowed[line] {
				t.Errorf("%q makes an element <%s>", evil, line)
			}
		}
		for _, r := range []rune{0x202e, 0x2066, 0x200f, 0x1b, 0} {
			if bytes.ContainsRune(page, r) {
				t.Errorf("%q brings %U into the page", evil, r)
			}
		}
	}
	// The control: a page that is not escaped is found out.
	if page := bytes.Replace(pageOf("harmless"), []byte("</h1>"), []byte(hostile[0]+"</h1>"), 1); !slices.Contains(skeleton(t, page), "script") {
		t.Error("a script in the page was not found")
	}
}

// TestPolicyNamesTheStyle holds that a browser applies the page's own style and nothing else.
func TestPolicyNamesTheStyle(t *testing.T) {
	result, text := measured(t, "A")
	page := string(written(t, Page{Gold: "gold", Result: result, Texts: map[string]string{"A": text}}))
	_, rest, _ := strings.Cut(page, "<style>")
	css, _, ok := strings.Cut(rest, "</style>")
	if !ok || css == "" {
		t.Fatal("the page has no style")
	}
	sum := sha256.Sum256([]byte(css))
	hash := base64.StdEncoding.EncodeToString(sum[:])
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	policy := ""
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			if a.Key == "content" && strings.HasPrefix(a.Val, "default-src") {
				policy = a.Val
			}
			if a.Key == "style" {
				t.Errorf("<%s> has a style that the policy forbids", n.Data)
			}
		}
	}
	if want := "default-src 'none'; style-src 'sha256-" + hash + "'; base-uri 'none'; form-action 'none'"; policy != want {
		t.Errorf("the policy is %q, want %q", policy, want)
	}
	if strings.Contains(css, "url(") || strings.Contains(css, "@import") {
		t.Error("the style loads something")
	}
}

func TestPageShowsErrorsInTheirSentences(t *testing.T) {
	result, text := measured(t, "Ida Holm")
	page := string(written(t, Page{Gold: "gold", Result: result, Texts: map[string]string{"Ida Holm": text}}))
	for _, part := range []string{"<mark>Ida Holm</mark> said no.", "1 of 1 near misses came back", "<dt>subject</dt>", "near miss: 1"} {
		if !strings.Contains(page, part) {
			t.Errorf("the page lacks %q", part)
		}
	}
	if strings.Contains(page, "What moved") {
		t.Error("a first run says what moved")
	}
	links, ids := map[string]bool{}, map[string]bool{}
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			if a.Key == "id" {
				if ids[a.Val] {
					t.Errorf("two elements have the id %s", a.Val)
				}
				ids[a.Val] = true
			}
			if a.Key == "href" {
				links[strings.TrimPrefix(a.Val, "#")] = true
			}
		}
	}
	for link := range links {
		if !ids[link] {
			t.Errorf("a link leads to #%s, which is nowhere", link)
		}
	}
	if len(links) < 8 {
		t.Errorf("only %d links were followed", len(links))
	}
}

func TestClosedPageKeepsErrorsBack(t *testing.T) {
	result, text := measured(t, "Ida Holm")
	before, _ := measured(t, "Eva Lund")
	before.PerDocument[0].Name = "Ida Holm"
	p := Page{Gold: "keep", Result: result, Texts: map[string]string{"Ida Holm": text}, Closed: true, Since: "yesterday", Before: before}
	closed := string(written(t, p))
	for _, part := range []string{"<mark>", "Ida Holm Missed", "Ida Holm House", "Eva Lund", "said no"} {
		if strings.Contains(closed, part) {
			t.Errorf("the closed page shows %q", part)
		}
	}
	if !strings.Contains(closed, "--open-keep") || !strings.Contains(closed, "date.value") {
		t.Error("the closed page lacks its figures, or how to open it")
	}
	p.Closed = false
	if open := string(written(t, p)); !strings.Contains(open, "Ida Holm Missed") {
		t.Error("the open page shows no errors")
	}
}

func TestSentencesAreBounded(t *testing.T) {
	long := strings.Repeat("word ", 100_000)
	words := newText(long + "Ida Holm " + long)
	parts := words.holding([]string{"Ida Holm", "word"})
	size := 0
	for _, p := range parts {
		size += len(p.Text)
	}
	if len(parts) == 0 || len(parts) > 2*mostMarks+1 || size > (mostMarks+2)*(2*around+20) {
		t.Errorf("an endless sentence is shown as %d parts with %d bytes", len(parts), size)
	}
	parts = words.holding([]string{"Ida Holm"})
	if len(parts) != 3 || !parts[1].Mark || len(parts[0].Text) > 300 || len(parts[2].Text) > 300 {
		t.Errorf("a quote in an endless sentence is shown as %d parts", len(parts))
	}
	whole := len([]rune(words.text))
	parts = words.cited(eval.Citation{Object: true, Start: 0, End: whole, Whole: true, Quote: words.text, HasQuote: true})
	if len(parts) != 1 || len(parts[0].Text) > 500 {
		t.Errorf("an endless quote is shown as %d parts", len(parts))
	}
	if newText("").cited(eval.Citation{Whole: true, Start: 0, End: 1, Quote: "x"}) != nil || newText("a").holding([]string{"b", ""}) != nil {
		t.Error("a sentence was found where there is none")
	}
}

func TestManyErrorsAreCountedAndLeftOut(t *testing.T) {
	var people []string
	for i := range mostErrors + 500 {
		people = append(people, fmt.Sprintf(`{"name": "Person %d"}`, i))
	}
	c, err := eval.ParseGold("case", []byte(`{"people": [`+strings.Join(people, ",")+`]}`))
	if err != nil {
		t.Fatal(err)
	}
	page := string(written(t, Page{Gold: "gold", Result: eval.Score([]eval.Case{c}, nil)}))
	if !strings.Contains(page, fmt.Sprintf("Shown are the first %d of %d errors", mostErrors, mostErrors+500)) {
		t.Error("the page does not say that it leaves errors out")
	}
	if n := strings.Count(page, `<li id="e`); n != mostErrors {
		t.Errorf("%d errors are shown in full", n)
	}
}
