package token

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func sentences(text string) []string {
	var out []string
	for _, s := range Sentences(text, Tokenize(text)) {
		out = append(out, s.Of(text))
	}
	return out
}

// A bar stands where a sentence ends; there is none in the text itself.
func checkSentences(t *testing.T, lines string) {
	t.Helper()
	n := 0
	for _, want := range strings.Split(strings.TrimSpace(lines), "\n") {
		want = strings.TrimSpace(want)
		if want == "" {
			continue
		}
		n++
		text := strings.ReplaceAll(strings.ReplaceAll(want, " | ", " "), "|", "")
		got := sentences(text)
		var expect []string
		for _, s := range strings.Split(want, "|") {
			expect = append(expect, strings.TrimSpace(s))
		}
		if strings.Join(got, "\n") != strings.Join(expect, "\n") {
			t.Errorf("%s\n got  %q\n want %q", text, got, expect)
		}
	}
	if n == 0 {
		t.Fatal("no case was run")
	}
}

// Full stops within names: none of these ends a sentence.
func TestNoEndWithinNames(t *testing.T) {
	checkSentences(t, `
Rector E. Imangaliyev met the guests.
The guests met E. Imangaliyev, A.S. Popov and Mr. Y. Temirgaliyev of Omsk.
A.S.Popov and B.Battulga signed it.
Foo Co., Ltd. Chairman Li Na signed it.
Foo Co., Ltd. (FCL) and Bar Co. Ltd. Tokyo signed it.
Hanbit Life Insurance Co., Ltd. of Seoul paid.
Acme Inc. President Jane Doe and Zeta Corp. Vice President John Roe came.
The Kofi & Bros. Group bought Selenge Ltd. Mongolia.
Mr. Smith, Mrs. Jones, Ms. Lee and Messrs. Cole and Roe came.
MR. SMITH AND DR. JONES OF FOO CO., LTD. SIGNED IT.
Mr.Smith and Dr.Jones came with Prof.Kim.
Prof. Dr. Ahmet Yılmaz spoke with Assoc. Prof. Dr. Ayşe Kaya and Asst. Prof. Can Öz.
Prof.Dr.Ahmet Yılmaz spoke.
The president, Professor. Dr. Şeref Ateş, spoke.
H.E. Dr. Jane Doe and H.E. Mr. John Roe met.
Hon. Justice A. B. Cole and Rev. Fr. John Ade spoke.
Lt. Col. Jane Doe, Maj. Gen. John Roe, Brig. Gen. Li and Sgt. Kim came.
Lt. Gen. (Retd.) Karim and Capt. Cook met Cpl. Roe, Spc. Lee and Wg. Cdr. Singh.
Gov. Jane Doe, Sen. John Roe, Rep. Ann Lee and Amb. Li spoke.
Sh.Odonbaatar met D.Battulga and Ch. Ganbold.
Yu. Petrov met Sh. Odonbaatar and Ya. Ivanov, and Kh. Karimov met Dzh. Aliev.
Md. Aftab Ali Shaikh and Mohd. Noor met Ma. Teresa Lopez.
Martin Luther King Jr. Boulevard is near St. Petersburg, Mt. Fuji and Ft. Worth.
Yahoo! in Tokyo and Yahoo! Japan Corporation agreed.
The U.S. Senate, the U.K. Government and the U.N. Security Council met.
J.K. Rowling met P. J. An and K.Y. So of Seoul.
Researchers K. He and J.S. He and Q. An signed.
Jane Doe, Ph.D. Candidate, and John Roe, M.D. Director of Care, came.
The case Brown v. Board of Education and Foo vs. Bar were read.
MIAMI, Fla. – Governor Doe and Mayor Roe of Reno, Nev. Town Hall met.
HELENA, Mont. — Governor Marta Ruiz-Halvorsen today signed it.
It was made by the Assn. of Banks and the Natl. Institute of Law.
`)
}

// Full stops within numbers, times and references, and marks that end nothing.
func TestNoEndWithinReferences(t *testing.T) {
	checkSentences(t, `
He lives in No. 5 hall, in No.12, in Nos. 3 and 4 and in No. IV.
See Art. 5, Art.5, Sec. 12, Fig. 3, Vol. 2, para. 7 and Ch. 4 of it.
Please turn to p. 55 or pp. 55 to 60, or p.12.
It cost Rs. 500, Rs.500, Tk. 300 or Sh. 200.
It begins at 10 a.m. Astana time, at 5 p.m. Monday, at 9 a.m. May 5 and at 8 p.m. EST.
He came at 10 a.m. on Monday and left at 5 p.m. with Li.
They met on Jan. 5, on Sept. 3, on Mon. May 5, on Sat. May 6 and on Sun. 7 May.
They met on 12. 5. 2024 in Bonn.
It grew by 3.5 percent to 1,000.25 in approx. 5 years, i.e. Monday, or e.g. Mr. Smith.
It is in report.pdf, in Node.js, at example.Com and at https://a.example/b.html too.
He said it ... and left . . . I think.
The treaty [...] Article five (…) Article six said so.
He lived in Omsk (b. 1950, c. June 1950, pop. 256,000), a.k.a. Mr. Friendly.
He wrote How the Grinch Stole Christmas! (1957) and more.
The U.S. I Field Force and Bldg. A, too.
Mix it -- voila! -- and eat.
She turned to him, "This is great." she said.
He teaches (He was an engineer.) at the school.
`)
}

// Sentences that do end, with an abbreviation or with a mark behind which something stands.
func TestEnds(t *testing.T) {
	checkSentences(t, `
He joined Foo Co., Ltd. | The company is in Seoul.
He left Acme Inc. | It was sold.
She works for Zeta Corp. | However, he does not.
He came at 10 a.m. | The meeting was short.
He left at 6 a.m. | Travelers who came later waited.
They met at 5 p.m. | I'm glad of it.
He lives in the U.S. | He is glad.
He left the U.S. | The deal is done.
He became president of the U.S. | Millions came.
Trade, law, etc. | They spoke of it.
Jane Doe, Ph.D. | She is a dean.
It was signed by Mr. Yu. | The others left.
It was founded by Jack Ma. | The company grew.
It was won by Amartya Sen. | This was in 1998.
It was made by you and I. | Did he see it?
He lacks vitamin C. | The doctor said so.
World War I. | He was a signatory of it.
It was signed by Imangaliyev E. | The rector was glad.
It is 5 ° C. | The winter is cold.
He is head of HR. | The firm is new.
It was plan B. | In May it changed.
He said no. | The others agreed.
She sat. | The others stood.
He studied art. | The museum is new.
He is a professor. | Dr. Jane Doe is not.
He said: “We met at Foo Ltd.” | The others left.
“We are glad.” | He left.
He left. | “We are glad,” she said.
He left (in May). | She stayed.
He left. | (She stayed.) | They met.
Is it so? | Yes! | It is.
Hello!! | Is that you?! | Yes.
He left... | She stayed.
See Fig. 3. | 2024 was good.
He was a saint and martyr.[1] | The emperor died.
It was so at large.[7][8] | This was bad.
It was gold.[citation needed] | The mine closed.
It was gold.¹ | The mine closed.
It is an understanding.11 12 | Take the example.
It is cognition (type 2).10 | This model holds.
It is Tuesday.|Mr. Smith left.
He paid 1,000.|That is a lot.
He signed the paper.|Then he left.
He said: “We are glad.”|Then he left.
eBay grew. | eBay said so.
He left at noon。|She stayed．|They met．
我们很高兴。|他走了。
هل هذا صحيح؟ | نعم
`)
}

// Marks of items begin a sentence in a list, and only there.
func TestItems(t *testing.T) {
	checkSentences(t, `
1. The first item | 2. The second item | 3. The third
1.) The first item | 2.) The second item
1) trade | 2) law | 3) art
a) trade | b) law | c) art
a. trade | b. law
• trade | • law | • Mr. Smith
• 9. The first item | • 10. The second item
(a) He left. | (b) She stayed.
He left. | 1. The first item | 2. The second item
He left. | a. here it is | b. another
1. The delegation visited Room 2. | The host was glad.
They spoke of 1) trade, 2) law and 3) art.
They spoke of (1) trade, (2) law and (3) art.
1. Mr. Smith of Foo Co., Ltd. signed it. | He left.
IV. Results of the year
1.2. Results of the year
A. His name is Alfred E. Sloan.
Almaty • 5 May • Mr. Smith signed it.
`)
}

// A line break always ends a sentence.
func TestLinesEnd(t *testing.T) {
	for text, want := range map[string]int{
		"A heading\nA line. Next":             3,
		"MEETING OF MR. SMITH\nHE LEFT CO.\n": 2,
		"Mr.\nSmith":                          2,
		"No.\n5":                              2,
		"gold.[1]\n2 more":                    2,
		"understanding.11\n12 Take":           2,
		"... \n...":                           2,
		". .\n. .":                            2,
	} {
		if got := sentences(text); len(got) != want {
			t.Errorf("%q: got %q, want %d sentences", text, got, want)
		}
	}
}

func TestWithoutMark(t *testing.T) {
	for text, want := range map[string]string{
		"1. The Rector":    "The Rector",
		"1.) The Rector":   "The Rector",
		"1) The Rector":    "The Rector",
		"a) The Rector":    "The Rector",
		"• The Rector":     "The Rector",
		"• 9. The Rector":  "The Rector",
		"IV. The Rector":   "The Rector",
		"1.":               "1.",
		"•":                "•",
		"2024. The Rector": "2024.",
		"(a) The Rector":   "(a) The Rector",
		"E. Imangaliyev":   "E. Imangaliyev",
		"The Rector":       "The Rector",
		"15 students left": "15 students left",
		"The) Rector":      "The) Rector",
	} {
		tokens := Tokenize(text)
		s := Sentences(text, tokens)[0].WithoutMark(text, tokens)
		if got := s.Of(text); got != want || tokens[s.First].Start() != s.Start {
			t.Errorf("%q without its mark: got %q, want %q", text, got, want)
		}
	}
}

// pieces are what texts of the property tests are made of: all that the splitter looks at.
var pieces = strings.Split("The|Mr.|Sh|.|Sh.Odon|No|Rs|Co.|,|Ltd.|U.S|.|.|…|...|. . .|?|!|。|．|[|]|(|)|1|2|12|2024|1.)|a|b|)|•|¹|”|“|\"|'|’s|No.5|p|v|Nev|He|said|Yu.|a.m.|i.e.|°|é|Ж|ж.|𝔄|\u0301|،|؟| | | | |\n|\u00a0|-|–|5-Sept.|12-May-2024|http://a.b|Yahoo|\U0001F469\u200d\U0001F52C|א", "|")

// Sentences lie in order, hold every token once, begin and end on borders of runes and at their
// tokens, and never reach over a line break.
func TestSentencesCover(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "pieces"), "")
		tokens := Tokenize(text)
		next := 0
		for _, s := range Sentences(text, tokens) {
			if s.First != next || s.Last <= s.First || s.Start != tokens[s.First].Start() || s.End != tokens[s.Last-1].End() {
				t.Fatalf("%q: sentence %v, want one that begins with token %d", text, s, next)
			}
			if !utf8.ValidString(s.Of(text)) || strings.Contains(s.Of(text), "\n") {
				t.Fatalf("%q: sentence %q", text, s.Of(text))
			}
			if short := s.WithoutMark(text, tokens); short.Last != s.Last || short.First < s.First || short.First >= short.Last || short.Start != tokens[short.First].Start() {
				t.Fatalf("%q: %v without its mark is %v", text, s, short)
			}
			next = s.Last
		}
		if next != len(tokens) {
			t.Fatalf("%q: %d of %d tokens in sentences", text, next, len(tokens))
		}
		for _, tok := range tokens {
			if !utf8.ValidString(tok.Of(text)) {
				t.Fatalf("%q: token %q", text, tok.Of(text))
			}
		}
	})
}

// TestLinear repeats every piece and compares 16 KB with 256 KB: sixteen times the text may cost
// at most sixty-four times as much, and would cost 256 times as much were a step quadratic. A busy
// machine spoils times only upwards, so what is too slow is measured again.
func TestLinear(t *testing.T) {
	took := func(unit string, n, runs int) time.Duration {
		text := strings.Repeat(unit, n/len(unit))
		best := time.Hour
		for range runs {
			start := time.Now()
			Sentences(text, Tokenize(text))
			best = min(best, time.Since(start))
		}
		return best
	}
	units := []string{"1. A ", "a) b) ", "1) x 2) y ", "• x ", "[", "[1]", ".[1]", ".[", ".11 12 ", ". . . ", "(…) ", "5-Sept.", "No. IV ", "a.b.c.", "Mr.", "x.¹", "\"'”", "A. B. ", "Sat. "}
	for _, p := range pieces {
		if strings.TrimSpace(p) != "" {
			units = append(units, p, p+" ", "A"+p+". ")
		}
	}
	const floor = 2 * time.Millisecond // below it, caches decide
	for _, u := range units {
		small, large := took(u, 16<<10, 3), took(u, 256<<10, 1)
		for range 5 {
			if large > 64*max(small, floor) && large < 2*time.Second {
				small, large = max(small, took(u, 16<<10, 3)), min(large, took(u, 256<<10, 3))
			}
		}
		if large > 64*max(small, floor) {
			t.Errorf("%q: %v for 16 KB, %v for 256 KB", u, small, large)
		}
	}
}
