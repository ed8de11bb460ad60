package pattern

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"dateline/extract/token"
)

// marked reads a text in which names are marked: "{person Jane Doe} was {title director}".
func marked(t testing.TB, in string) (text string, tokens []token.Token, mentions []Mention) {
	t.Helper()
	type span struct {
		typ        Type
		start, end int
	}
	var spans []span
	var b strings.Builder
	for in != "" {
		open := strings.IndexByte(in, '{')
		if open < 0 {
			b.WriteString(in)
			break
		}
		b.WriteString(in[:open])
		end := strings.IndexByte(in, '}')
		name, words, _ := strings.Cut(in[open+1:end], " ")
		for i, typ := range types {
			if typ == name {
				spans = append(spans, span{Type(i), b.Len(), b.Len() + len(words)})
			}
		}
		b.WriteString(words)
		in = in[end+1:]
	}
	text = b.String()
	tokens = token.Tokenize(text)
	for n, s := range spans {
		m := Mention{Type: s.typ, Ref: n}
		for i, one := range tokens {
			if one.Start() == s.start {
				m.First = i
			}
			if one.End() == s.end {
				m.Last = i + 1
			}
		}
		if m.Last <= m.First {
			t.Fatalf("%q has no tokens for mark %d", text, n)
		}
		mentions = append(mentions, m)
	}
	return text, tokens, mentions
}

var testLists = map[string][]string{
	"appointing":    {"named", "appointed", "sworn in", "sworn"},
	"empty":         {},
	"too-long":      {strings.Repeat("word ", 20)},
	"signing-verbs": {"signed", "inked"},
}

func testSet() *Set {
	return NewSet(func(name string) ([]string, error) {
		lines, ok := testLists[name]
		if !ok {
			return nil, fmt.Errorf("there is no list $%s", name)
		}
		return lines, nil
	})
}

// found matches one pattern against one marked sentence and writes what it found.
func found(t testing.TB, source, sentence string) string {
	t.Helper()
	set := testSet()
	n, err := set.Add(source)
	if err != nil {
		t.Fatalf("%s: %v", source, err)
	}
	text, tokens, mentions := marked(t, sentence)
	var out []string
	set.Text(text, tokens, mentions).Sentence(0, len(tokens), nil, func(m Match) {
		one := text[tokens[m.First].Start():tokens[m.Last-1].End()]
		for i, c := range m.Captures {
			if c.Set() {
				one += fmt.Sprintf(" %s=%s", set.Pattern(n).Labels[i], text[tokens[c.First].Start():tokens[c.Last-1].End()])
			}
		}
		out = append(out, one)
	})
	return strings.Join(out, " / ")
}

func TestMatch(t *testing.T) {
	for _, c := range []struct{ pattern, sentence, want string }{
		// Words, in any case and spelling of marks.
		{`"signed"`, "They Signed it.", "Signed"},
		{`"has been"`, "It has been.", "has been"},
		{`"Dr" #capital`, "Ask Dr. Smith.", "Dr. Smith"},
		{`"Dr." #capital`, "Ask Dr Smith.", "Dr Smith"},
		{`"Doe's"`, "It is Doe’s.", "Doe’s"},
		{`"signed"`, "They resigned.", ""},
		{`"José"`, "They met josé.", "josé"},
		// Lists, the longest line first, and shorter ones when the rest needs it.
		{`$appointing`, "She was sworn in today.", "sworn in"},
		{`$appointing "in"`, "She was sworn in today.", "sworn in"},
		{`$appointing "as"`, "She was sworn in as.", "sworn in as"},
		// Names.
		{`<person> "was" <title>`, "{person Jane Doe} was {title director} then.", "Jane Doe was director person=Jane Doe title=director"},
		{`<person:a> "and" <person:b>`, "{person Ann Lee} and {person Bo Li}", "Ann Lee and Bo Li a=Ann Lee b=Bo Li"},
		{`<person>`, "{person Ann Lee} met {person Bo Li}", "Ann Lee person=Ann Lee / Bo Li person=Bo Li"},
		{`<person> "met" <institution>`, "{person Ann Lee} met {person Bo Li}", ""},
		// What may be missing, and alternatives: the first that fits.
		{`<person> ["has"|"had"] "signed"`, "{person Ann} signed", "Ann signed person=Ann"},
		{`<person> ["has"|"had"] "signed"`, "{person Ann} had signed", "Ann had signed person=Ann"},
		{`"a" ("b"|"b" "c") "d"`, "a b c d", "a b c d"},
		{`"a" ["b"] "b"`, "a b", "a b"},
		{`("x" <person:a>|<person:a> "y")`, "{person Ann} y", "Ann y a=Ann"},
		// Gaps are as short as they can be.
		{`"a" ..3 "b"`, "a b b b", "a b"},
		{`"a" ..3 "b"`, "a x y z b", "a x y z b"},
		{`"a" ..3 "b"`, "a w x y z b", ""},
		{`"a" ..3!"not" "b"`, "a x not b", ""},
		{`"a" ..3!("not"|"never") "b"`, "a x b", "a x b"},
		{`"a" ..3!<person> "b"`, "a {person Ann} b", ""},
		{`"a" ..2 <person>`, "a x {person Ann}", "a x Ann person=Ann"},
		// Looking ahead.
		{`"was" !"not" #any`, "He was not. He was here", "was here"},
		{`"was" !("not"|"never" "been") #any`, "was never here", "was never"},
		{`"was" &"here"`, "was there was here", "was"},
		{`"was" &<person>`, "was {person Ann}", "was"},
		{`"was" !<person> #any`, "was {person Ann} was it", "was it"},
		{`"a" !(!"b") #any`, "a c a b", "a b"},
		// Ends of the sentence.
		{`^ "signed"`, "signed signed", "signed"},
		{`^ "signed"`, "They signed", ""},
		{`"signed" $`, "signed by. signed .", "signed"},
		// Groups and forms of tokens.
		{`{sum: ("$"|"€") #number ["million"]} "from" <institution>`, "It got $ 5 million from {institution Acme}.", "$ 5 million from Acme sum=$ 5 million institution=Acme"},
		{`<person> #possessive "post"`, "{person Ann}'s post", "Ann's post person=Ann"},
		{`"in" #upper`, "in Paris in ROME", "in ROME"},
		{`"in" #lower #number`, "in may 5", "in may 5"},
		{`"in" #word`, "in 5 in Paris", "in Paris"},
		// Matches of one pattern do not overlap.
		{`"a" ["b"] ["a"]`, "a b a b a", "a b a / a"},
	} {
		if got := found(t, c.pattern, c.sentence); got != c.want {
			t.Errorf("%s in %q: got %q, want %q", c.pattern, c.sentence, got, c.want)
		}
	}
}

// TestLongestMention: of mentions that begin at one token, the longest is tried first.
func TestLongestMention(t *testing.T) {
	set := testSet()
	if _, err := set.Add(`<person> ("met"|",")`); err != nil {
		t.Fatal(err)
	}
	text := "Ann Lee (left) met Ann Lee , too"
	tokens := token.Tokenize(text)
	var got []string
	set.Text(text, tokens, []Mention{{0, 2, Person, 0}, {0, 5, Person, 0}, {6, 8, Person, 1}, {6, 20, Person, 2}}).Sentence(0, len(tokens), nil, func(m Match) {
		got = append(got, fmt.Sprint(m.First, m.Last, m.Captures[0].Ref))
	})
	if strings.Join(got, " / ") != "0 6 0 / 6 9 1" {
		t.Errorf("got %v", got)
	}
}

// TestSkip: patterns are matched in their order, and skipped when the caller says so.
func TestSkip(t *testing.T) {
	set := testSet()
	for _, p := range []string{`"signed"`, `<person>`, `$signing-verbs <person>`} {
		if _, err := set.Add(p); err != nil {
			t.Fatal(err)
		}
	}
	text, tokens, mentions := marked(t, "signed {person Ann}")
	var got []int
	set.Text(text, tokens, mentions).Sentence(0, len(tokens), func(p int) bool { return p == 1 }, func(m Match) { got = append(got, m.Pattern) })
	if fmt.Sprint(got) != "[0 2]" {
		t.Errorf("patterns %v, want 0 and 2", got)
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct{ pattern, want string }{
		{``, "column 1: something must stand here"},
		{`"a" (`, "column 6: something must stand here"},
		{`"a" ("b"`, `column 5: "(" is not closed; write ")" where it ends`},
		{`"a" ("b"]`, `column 5: "(" is not closed`},
		{`"a")`, `column 4: ")" closes nothing`},
		{`"a`, `column 1: the quote is not closed`},
		{`" "`, `column 1: there is no word between the quotes`},
		{`é signed`, `column 1: write words in quotes: "é"`},
		{`"é" signed`, `column 5: write words in quotes: "signed"`},
		{`<persom>`, `<persom> is no type of name; there are <person>, <institution>`},
		{`<person`, `a name is written <person> or <person:label>`},
		{`<person> "met" <person>`, `column 16: the label "person" is given twice; tell them apart`},
		{`#number`, `every match needs a name or a word`},
		{`#numbers "a"`, `#numbers is no form of token; there are #capital`},
		{`..3 "a"`, `a pattern can't begin with a gap`},
		{`"a" ..99 "b"`, `column 5: a gap has 1 to 12 tokens`},
		{`"a" .3`, `column 5: a gap is written ..5`},
		{`["a"]`, `the pattern matches without a word`},
		{`$no-such "a"`, `column 1: there is no list $no-such`},
		{`$empty`, `the list $empty is empty`},
		{`$too-long`, `a line of the list $too-long has 20 words; at most 16`},
		{`{sum "a"}`, `a group begins with its label`},
		{`"b" !{sum: "a"}`, `what only looks ahead has no labels`},
		{`"b" !`, `stands before what must or must not follow`},
		{strings.Repeat("(", 30) + `"a"`, "brackets are nested more than 20 deep"},
		{strings.Repeat(`"a" `, 2000), "the pattern has 8000 bytes; at most 4000"},
		{`"a" ` + strings.Repeat(`..12!("b"|"c") "a" `, 40), "the pattern is too long"},
		{`"a" %`, `column 5: "%" means nothing here`},
		{"\"a\" \xff", `the pattern is not valid UTF-8`},
	} {
		_, err := testSet().Add(c.pattern)
		var e *Error
		if !errors.As(err, &e) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.80q: got %v, want %s", c.pattern, err, c.want)
		}
	}
}
