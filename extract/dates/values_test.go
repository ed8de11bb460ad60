package dates

import (
	"fmt"
	"strings"
	"testing"

	"dateline/extract/token"
)

// find runs the whole line on a text published on Saturday, 18 May 2024, or as told.
func find(text, published string) []Mention {
	tokens := token.Tokenize(text)
	mentions, _ := Find(text, tokens, token.Sentences(text, tokens), Context{Published: published, PublishedFrom: "meta"})
	return mentions
}

// show writes mentions as "words = value MOD", one after the other.
func show(text string, mentions []Mention) string {
	var out []string
	for _, m := range mentions {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s = %s %s", m.Of(text), m.Value, m.Mod)))
	}
	return strings.Join(out, "; ")
}

// sayings is one value, or value and modifier, with the ways to say it. The expression is
// what stands between brackets; they are taken out before the text is read.
type sayings struct {
	value string
	texts []string
}

func check(t *testing.T, published string, groups []sayings) {
	t.Helper()
	for _, g := range groups {
		for _, marked := range g.texts {
			text := strings.NewReplacer("[", "", "]", "").Replace(marked)
			from, to := strings.Index(marked, "["), strings.Index(marked, "]")
			want := marked[from+1:to] + " = " + g.value
			mentions := find(text, published)
			if got := show(text, mentions); got != want {
				t.Errorf("%s\n got: %s\nwant: %s", text, got, want)
			}
			for _, m := range mentions { // what the words do not say has a receipt
				if published != "" && m.Value[0] != 'X' && !strings.Contains(m.Of(text), m.Value[:3]) && m.Anchor == "" {
					t.Errorf("%s: %s has no anchor", text, m.Value)
				}
			}
		}
	}
}

// What the words alone say needs no publication date.
func TestExplicit(t *testing.T) {
	check(t, "", []sayings{
		{"2024-05-18", []string{
			"They met on [18 May 2024] in Lima.", "They met on [May 18, 2024], in Lima.", "They met on [May 18 2024].",
			"They met on [the 18th of May 2024].", "They met on [18th May 2024].", "They met on [18-May-2024].", "They met on [18.05.2024].",
			"They met on [18/05/2024].", "They met on [05/18/2024].", "They met on [2024-05-18].", "They met on [2024/05/18].",
			"On [Saturday, 18 May 2024], they met.", "On [Saturday, May 18, 2024], they met.", "On [Sat., May 18, 2024], they met.",
			"On [Saturday 18th May, 2024] they met.", "They met on [MAY 18, 2024].", "They met on [May the 18th, 2024].", "They met on [May 18,2024].",
			"It ends by [18 May 2024].", "It has been open since [18 May 2024].", "Figures as of [May 18, 2024] follow.",
		}},
		{"2023-09-03", []string{"He came on [Sept. 3, 2023].", "He came on [3 Sep 2023].", "He came on [3 Sept. 2023].", "He came [Sunday, Sept. 3, 2023]."}},
		{"2024-05", []string{"It opened in [May 2024].", "It opened in [May, 2024].", "It opened in [May of 2024].", "The [May 2024] session was short."}},
		{"2024-05 START", []string{"It opened in [early May 2024].", "It opened at [the beginning of May 2024].", "It opened in [the first half of May 2024]."}},
		{"2024-W18", []string{"It opened in [the first week of May 2024]."}},
		{"2025-W24", []string{"It opened in [the second week of June 2025]."}},
		{"2024-W22", []string{"It opened in [the last week of May 2024]."}},
		{"2015-W02", []string{"It opened in [the second week of 2015]."}},
		{"2021-03", []string{"It opened in [the third month of 2021]."}},
		{"2024-05 MID", []string{"It opened in [mid-May 2024].", "It opened in [the middle of May 2024]."}},
		{"2024-05 END", []string{"It opened in [late May 2024].", "It opens by [the end of May 2024].", "It opened in [the last days of May 2024]."}},
		{"2024", []string{
			"In [2024] they met.", "It was built by [2024].", "The class of [2024] met.", "[2024] was a good year.", "The [2024] budget is large.",
			"It was founded in [the year 2024].", "It holds for [fiscal year 2024].", "It holds for [FY2024].", "Its full-year [2024] results are out.", "He left before [2024].",
		}},
		{"2014", []string{"They saw the fibre creation Bleu no. 1 ([2014]) by A. K. there."}},
		{"1953", []string{"It is by A. K. (born [1953], Diré, Mali)."}},
		{"1999", []string{"It began in [nineteen ninety-nine].", "It began in [nineteen hundred ninety nine]."}},
		{"2018", []string{"It began in [two thousand and eighteen].", "It began in [twenty eighteen]."}},
		{"197X", []string{"It began in [the nineteen seventies].", "It began in [the 1970's]."}},
		{"200X", []string{"It began in [the noughties].", "It began in [the 2000s]."}},
		{"1978-09-21", []string{"He was born on [September the twenty-first nineteen seventy eight].", "He was born on [21 September nineteen seventy-eight]."}},
		{"2023-11-14", []string{"They met on [14 nov 2023].", "They met on [nov 14, 2023].", "They met on [november 14th 2023]."}},
		{"2024 MID", []string{"It will open in [mid-2024]."}},
		{"2024 END", []string{"It will open by [the end of 2024].", "It will open in [late 2024].", "It will open [late in 2024]."}},
		{"2010 APPROX", []string{"It was built [around 2010]."}},
		{"199X", []string{"It began in [the 1990s].", "It began in [the 90s].", "It began in [the 1990's].", "It began in [the nineties]."}},
		{"199X START", []string{"It began in [the early 1990s].", "It began in [early 1990s]."}},
		{"18XX", []string{"It was built in [the 19th century].", "It was built in [the nineteenth century]."}},
		{"18XX END", []string{"It was built in [the late 19th century]."}},
		{"2024-Q3", []string{"Profits rose in [Q3 2024].", "Profits rose in [the third quarter of 2024].", "Profits rose in [the 3rd quarter of 2024].", "Profits rose in [3Q24].", "Profits rose in [2024-Q3]."}},
		{"2024-01/2024-06", []string{"Profits rose in [H1 2024].", "Profits rose in [the first half of 2024].", "Profits rose in [the first six months of 2024].", "Profits rose [from January to June 2024].", "Profits rose in [Jan–Jun 2024]."}},
		{"2024-SU", []string{"It opened in [the summer of 2024].", "It opened in [summer 2024].", "It opened in [Summer 2024]."}},
		{"2023-WI", []string{"It closed in [the winter of 2023/24]."}},
		{"2024-W12", []string{"It is due in [week 12 of 2024]."}},
		{"2024-09-09", []string{"It meets on [the second Monday of September 2024]."}},
		{"2025-09-28/2025-10-03", []string{
			"[From September 28 to October 3, 2025], they met.", "They met [from 28 September to 3 October 2025].", "They met [September 28 – October 3, 2025].",
			"They met [between September 28 and October 3, 2025].", "They met [from Sept. 28, 2025 through Oct. 3, 2025].", "They met [28 September-3 October 2025].",
		}},
		{"2025-05-03/2025-05-05", []string{
			"They met on [May 3–5, 2025].", "They met on [3-5 May 2025].", "They met [from 3 to 5 May 2025].", "They met [from May 3 to 5, 2025].",
			"They met [between 3 and 5 May 2025].", "They met [from the 3rd to the 5th of May 2025].", "They met on [May 3 - 5, 2025], 10:00–18:00.",
			"They met [from Saturday, May 3, to Monday, May 5, 2025].",
		}},
		{"2024-12-29/2025-01-03", []string{"They met [from December 29 to January 3, 2025].", "They met [December 29, 2024 to January 3, 2025]."}},
		{"2021/2023", []string{"He led it [from 2021 to 2023].", "He led it [between 2021 and 2023].", "He led it in [2021–2023].", "He led it in [2021-23]."}},
		{"2024/2025", []string{"It holds for [2024/25].", "It holds for [the 2024-2025 academic year].", "It holds for [the 2024/25 financial year].", "It holds for [the academic year 2024/2025]."}},
		{"2024-05-01T14:00", []string{
			"It starts at [2 p.m. on May 1, 2024].", "It starts on [May 1, 2024, at 2 p.m.] in Lima.", "It starts on [1 May 2024 at 14:00].", "It starts at [14:00 on Wednesday, 1 May 2024].",
			"It starts at [2:00 pm GMT on 1 May 2024].", "It starts at [2024-05-01T14:00].",
		}},
		{"2024-05-01T09:00/2024-05-01T17:00", []string{"It is open on [May 1, 2024, from 9 a.m. to 5 p.m.]", "It is open [from 9 a.m. to 5 p.m. on May 1, 2024]."}},
	})
}

// Days that go by a name.
func TestHolidays(t *testing.T) {
	check(t, "2024-05-18", []sayings{
		{"2023-12-25", []string{"It closed on [Christmas Day].", "It closed at [Christmas].", "It closed [last Christmas].", "It closed on [Christmas Day last year].", "It closed on [Christmas Day 2023]."}},
		{"2024-12-24", []string{"It will close on [Christmas Eve].", "It will close [next Christmas Eve]."}},
		{"2024-01-01", []string{"It closed on [New Year's Day].", "It closed on [New Year’s Day 2024]."}},
		{"2023-12-31", []string{"It closed on [New Year's Eve]."}},
		{"2024-03-31", []string{"It closed before [Easter].", "It closed on [Easter Sunday].", "It closed at [Easter 2024]."}},
		{"2025-04-21", []string{"It will close on [Easter Monday] next.", "It will close on [Easter Monday 2025]."}},
		{"2024-03-29", []string{"It closed on [Good Friday]."}},
		{"2023-11-23", []string{"It closed on [Thanksgiving].", "It closed on [Thanksgiving Day]."}},
		{"2024-03-21/2024-03-23", []string{"It closed at [Nauryz]."}},
		{"2024-09-02", []string{"It will close on [Labor Day]."}},
		{"2024-05-27", []string{"It will close on [Memorial Day]."}},
		{"2024-05-01", []string{"It closed on [May Day].", "It closed on [International Workers' Day]."}},
		{"2024-03-17", []string{"It closed on [St. Patrick's Day]."}},
		{"2024-02-14", []string{"It closed on [Valentine’s Day]."}},
	})
	for _, year := range []struct{ year, month, day int }{{1961, 4, 2}, {2000, 4, 23}, {2008, 3, 23}, {2011, 4, 24}, {2024, 3, 31}, {2025, 4, 20}, {2038, 4, 25}} {
		if got := fromCivil(easter(year.year)); got.month != year.month || got.day != year.day {
			t.Errorf("Easter %d: %v", year.year, got)
		}
	}
}

// What is not known stays X.
func TestUnknownYear(t *testing.T) {
	check(t, "", []sayings{
		{"XXXX-05-18", []string{"They met on [May 18] in Lima.", "They met on [the 18th of May].", "They met on [Friday, 18 May]."}},
		{"XXXX-05 START", []string{"It opened in [the first week of May]."}},
		{"XXXX-07 START", []string{"In [early July], they will go."}},
		{"XXXX-03 END", []string{"It will be ready by [the end of March this year]."}},
		{"XXXX-XX-24", []string{"The fair opened on [the 24th] in Lima."}},
		{"XXXX-Q3", []string{"Profits rose in [the third quarter]."}},
		{"XXXX-XX-XXT10:00", []string{"It begins at [10 a.m.] in the hall."}},
	})
}

// Relative expressions start from the publication, Saturday, 18 May 2024.
func TestRelative(t *testing.T) {
	check(t, "2024-05-18T10:30", []sayings{
		{"2024-05-18", []string{"The firm said [today] that it grew.", "The firm signed it [this morning].", "The show is [tonight]."}},
		{"2024-05-17", []string{"It closed [yesterday].", "It closed [yesterday morning].", "It closed on [Friday].", "It closed [last Friday].", "It closed [Friday night].", "[Friday]'s vote was close."}},
		{"2024-05-16", []string{"It closed [the day before yesterday].", "It closed [two days ago]."}},
		{"2024-05-19", []string{"It will open [tomorrow].", "It will open on [Sunday]."}},
		{"2024-05-20", []string{"It will open on [Monday].", "It will open [next Monday].", "It will open [this coming Monday]."}},
		{"2024-05-14", []string{"The minister said on [Tuesday] that it grew."}},
		{"2024-W19", []string{"It closed [last week].", "It closed [a week ago]."}},
		{"2024-W21", []string{"It will open [next week]."}},
		{"2024-W24", []string{"He will travel in [calendar week 24].", "It will open in [the second week of June]."}},
		{"2024-W16", []string{"It opened in [the third week of last month]."}},
		{"2024-05-18/2024-05-19", []string{"It is open [this weekend]."}},
		{"2024-04", []string{"It closed [last month].", "It closed in [April].", "It closed [last April].", "It closed in [April this year].", "It closed [a month ago]."}},
		{"2024-04 END", []string{"It closed at [the end of last month]."}},
		{"2023", []string{"It closed [last year].", "It closed [a year ago].", "It closed [one year ago]."}},
		{"2024", []string{"It will close [this year].", "It will close [later this year].", "It closed [earlier this year]."}},
		{"2024 END", []string{"It will close by [the end of the year].", "It will close [late this year]."}},
		{"2025 START", []string{"It will open [early next year].", "It will open at [the beginning of next year]."}},
		{"2022 BEFORE", []string{"It closed [more than two years ago]."}},
		{"2022 AFTER", []string{"It closed [less than two years ago]."}},
		{"2022 APPROX", []string{"It closed [about two years ago]."}},
		{"2024-Q1", []string{"It grew [last quarter].", "It grew in [the first quarter]."}},
		{"2024-SU", []string{"It will open [this summer].", "It will open in [the summer]."}},
		{"2023-FA", []string{"It closed [last autumn].", "It closed [last fall]."}},
		{"2023-10", []string{"It closed in [October].", "It closed in [October last year].", "It closed in [October of last year]."}},
		{"2024-10", []string{"It will open in [October].", "It will open [next October]."}},
		{"2023-12-12", []string{"It was signed on [December 12]."}},
		{"2024-12-12", []string{"It will be signed on [December 12]."}},
		{"2024-06", []string{"It will open [next month]."}},
		{"202X", []string{"It will open [this decade]."}},
		{"2024-05-18/2024-05-19", []string{"The firm said nothing over [the weekend]."}},
		{"2024-09-12", []string{"They have agreed on flights for the final on [12 September]."}},
		{"2023-10", []string{"He has led it since [October]."}},
		{"2024-05-20", []string{"From [Monday], books lent before can be read."}},
		{"2024-FA", []string{"The town hopes to sign in [the autumn]."}},
		{"2023-FA", []string{"He left in [autumn]."}},
	})
}

// Dates of the text govern others of the same item.
func TestGoverned(t *testing.T) {
	for _, c := range []struct{ text, published, want string }{
		{"LIMA, March 4 (Agency) – The fair was held from the 2nd to the 3rd. It opened yesterday.", "", "March 4 = XXXX-03-04; from the 2nd to the 3rd = XXXX-03-02/XXXX-03-03; yesterday = XXXX-03-03"},
		{"QUITO, March 4, 2024 /Wire/ -- The firm said on Friday it will open in June.", "", "March 4, 2024 = 2024-03-04; Friday = 2024-03-01; June = 2024-06"},
		{"QUITO, March 4, 2024 – It closed yesterday.", "2024-03-06", "March 4, 2024 = 2024-03-04; yesterday = 2024-03-03"},
		{"The visit ran from June 3 to June 7, 2023.\nOn June 5, they met.", "", "from June 3 to June 7, 2023 = 2023-06-03/2023-06-07; June 5 = 2023-06-05"},
		{"On June 5, they met.\nThe visit ended on June 7, 2023.", "", "June 5 = 2023-06-05; June 7, 2023 = 2023-06-07"},
		{"On March 3, 2011, it shook. On March 5 it shook again.", "2024-05-18", "March 3, 2011 = 2011-03-03; March 5 = 2011-03-05"},
		{"On May 3, 2023 he left. Two weeks later he came. The following month it rained.", "", "May 3, 2023 = 2023-05-03; Two weeks later = 2023-W20; The following month = 2023-06"},
		{"On May 3, 2023 he left. The next day he came. On the same day it rained.", "", "May 3, 2023 = 2023-05-03; The next day = 2023-05-04; the same day = 2023-05-04"},
		{"It ran on May 5 and June 3, 2024.", "", "May 5 = 2024-05-05; June 3, 2024 = 2024-06-03"},
		{"It ran in May and June 2024.", "", "May = 2024-05; June 2024 = 2024-06"},
		{"It ran on 3, 5 and 7 May 2024.", "", "3 = 2024-05-03; 5 = 2024-05-05; 7 May 2024 = 2024-05-07"},
		{"It ran in 2019, 2020 and 2022.", "", "2019 = 2019; 2020 = 2020; 2022 = 2022"},
		{"It was signed on May 20, 2023. A year later, on May 22, they met.", "", "May 20, 2023 = 2023-05-20; A year later = 2024; May 22 = 2024-05-22"},
		{"LIMA, March 4 (Agency) – It closed yesterday.", "2024", "March 4 = 2024-03-04; yesterday = 2024-03-03"},
		{"LIMA, March 4, 2024 (Agency) – It closed yesterday.", "XXXX-03-04", "March 4, 2024 = 2024-03-04; yesterday = 2024-03-03"},
		{"It closed last month and yesterday.", "XXXX-03-04", "last month = XXXX-02; yesterday = XXXX-03-03"},
		{"The firm said that in June it will open.", "2024-05-18", "June = 2024-06"},
		{"The pact, signed in April, runs until July 1.", "2024-05-18", "April = 2024-04; July 1 = 2024-07-01"},
		{"15 July 2015\nHome>News\nThe city builds\n2019-06-25 Download Print Comment\nOn June 24, the mayor came.", "", "15 July 2015 = 2015-07-15; 2019-06-25 = 2019-06-25; June 24 = 2019-06-24"},
		{"Its net income was 5 in the third quarter of 2019, and 4 in the same quarter a year ago. Sales rose from the year-ago quarter.", "2019-10-16", "the third quarter of 2019 = 2019-Q3; the same quarter a year ago = 2018-Q3; the year-ago quarter = 2018-Q3"},
		{"Sales rose between January and September, compared with the same period of 2024.", "2025-10-30", "between January and September = 2025-01/2025-09; the same period of 2024 = 2024-01/2024-09"},
		{"It told its second quarter of fiscal 2026. For the third quarter it sees growth.", "2025-12-17", "second quarter of fiscal 2026 = 2026-Q2; the third quarter = 2026-Q3"},
		{"Snow begins to thaw in the early spring.", "", ""},
		{"KATHMANDU, April 25 (Agency) - The office said on Tuesday that a plane was hit late on Monday.", "XXXX-04-25", "April 25 = XXXX-04-25; Tuesday = XXXX-04-25; late on Monday = XXXX-04-24 END"},
		{"They sign in Rome, March 23, 2019. Italy endorsed the plan on Saturday.", "", "March 23, 2019 = 2019-03-23; Saturday = 2019-03-23"},
		{"The pact was renewed, the minister said today.\nIt began on 25 January 1995.\n15 May 2000 Media Contact: A B", "", "today = 2000-05-15; 25 January 1995 = 1995-01-25; 15 May 2000 = 2000-05-15"},
		{"The visit took place thirty years ago, on September 15-16, 1991.", "", "September 15-16, 1991 = 1991-09-15/1991-09-16"},
		{"Posted:\n3 years ago\nThe group met on March 30 , 2013.", "2016-05-01", "March 30 , 2013 = 2013-03-30"},
		{"They met on 05 th August,2026 in Delhi.", "", "05 th August,2026 = 2026-08-05"},
		{"It grew. Sales rose in next year's first quarter.", "2024-05-18", "next year's first quarter = 2025-Q1"},
		{"The match falls on the weekend of 9 and 10 August.", "2025-07-03", "the weekend of 9 and 10 August = 2025-08-09/2025-08-10"},
		{"Lima, 5 May 2024\nThe city yesterday adopted rules.", "", "5 May 2024 = 2024-05-05; yesterday = 2024-05-04"},
		{"LIMA (5 May 2024) – A report released last week found it.", "", "5 May 2024 = 2024-05-05; last week = 2024-W17"},
		{"The firm, founded on 2 May 1954, met on June 7.", "", "2 May 1954 = 1954-05-02; June 7 = XXXX-06-07"},
	} {
		if got := show(c.text, find(c.text, c.published)); got != c.want {
			t.Errorf("%s\n got: %s\nwant: %s", c.text, got, c.want)
		}
	}
}

// A publication date that was guessed from a date line of the text yields to the dateline.
func TestGuessedPublication(t *testing.T) {
	text := "LIMA, Oct. 16, 2019 /Wire/ -- The bank today told its results.\nThree months ended\n\nJune 30, 2019\n"
	tokens := token.Tokenize(text)
	got, _ := Find(text, tokens, token.Sentences(text, tokens), Context{Published: "2019-06-30", PublishedFrom: "text"})
	if len(got) < 2 || got[1].Value != "2019-10-16" || got[1].Anchor != "2019-10-16" || got[1].AnchorFrom != "dateline" {
		t.Errorf("got %s", show(text, got))
	}
}

// Two news items on a page: the dateline of one governs nothing in the other.
func TestItems(t *testing.T) {
	text := "LIMA, March 4, 2022 (Agency) – It closed yesterday.\n\nQUITO, April 9, 2023 (Agency) – It closed yesterday."
	want := "March 4, 2022 = 2022-03-04; yesterday = 2022-03-03; April 9, 2023 = 2023-04-09; yesterday = 2023-04-08"
	if got := show(text, find(text, "")); got != want {
		t.Errorf("got: %s\nwant: %s", got, want)
	}
}

// A date that reads two ways keeps the other reading; the rest of the text may decide.
func TestAlternatives(t *testing.T) {
	for _, c := range []struct{ text, value, other string }{
		{"They met on 03/04/2024.", "2024-04-03", "2024-03-04"},
		{"They met on 03/04/2024 and on May 9, 2024.", "2024-03-04", "2024-04-03"},
		{"They met on 03/04/2024 and on 03/25/2024.", "2024-03-04", ""},
		{"They met on 03/04/2024 and on 25/03/2024.", "2024-04-03", ""},
		{"They met on 03-04-2024.", "2024-04-03", "2024-03-04"},
		{"They met on 03.04.2024.", "2024-04-03", ""},
		{"They met from 03/04/2024 to 05/04/2024.", "2024-04-03/2024-04-05", "2024-03-04/2024-05-04"},
		{"They met on 25/04/2024 and on 9 May.", "2024-04-25", ""},
		{"They met on 05/05/2024.", "2024-05-05", ""},
	} {
		got := find(c.text, "")
		if len(got) == 0 || got[0].Value != c.value || strings.Join(got[0].Alternatives, " ") != c.other {
			t.Errorf("%s: got %+v, want %s or %q", c.text, got, c.value, c.other)
		}
	}
}

// The day of publication decides too.
func TestAlternativesByPublication(t *testing.T) {
	for _, c := range []struct{ published, value string }{{"2024-03-04", "2024-03-04"}, {"2024-04-03", "2024-04-03"}} {
		got := find("They met on 03/04/2024.", c.published)
		if len(got) != 1 || got[0].Value != c.value || len(got[0].Alternatives) != 0 {
			t.Errorf("published %s: got %+v, want %s", c.published, got, c.value)
		}
	}
}

// What looks like a date and is none is told with its reason.
func TestRefusals(t *testing.T) {
	for _, c := range []struct{ text, words, reason string }{
		{"It closed on 31 February 2024.", "31 February 2024", NoSuchDay},
		{"It closed on February 29, 2023.", "February 29, 2023", NoSuchDay},
		{"It closed on 32.05.2024.", "32.05.2024", NoSuchDay},
		{"It closed on 2024-13-05.", "2024-13-05", NoSuchDay},
		{"It closed on 31/04/2024.", "31/04/2024", NoSuchDay},
		{"It ran from 5 May 2024 to 3 March 2023.", "from 5 May 2024 to 3 March 2023", Backwards},
		{"It closed yesterday.", "yesterday", NoAnchor},
		{"It closed last week.", "last week", NoAnchor},
		{"They crossed 16 December Square.", "16 December", InName},
		{"It closed on Eid al-Fitr.", "Eid al-Fitr", NotComputed},
	} {
		tokens := token.Tokenize(c.text)
		found, refused := Find(c.text, tokens, token.Sentences(c.text, tokens), Context{})
		if len(refused) != 1 || refused[0].Of(c.text) != c.words || refused[0].Reason != c.reason || len(found) != 0 {
			t.Errorf("%s: refused %+v, found %s; want %q: %s", c.text, refused, show(c.text, found), c.words, c.reason)
		}
	}
}

// The end of "Aug. 5-Sept. 3" is one word for some splitters: it is read in its parts.
func TestDashedAbbreviations(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"The fair runs Aug. 5-Sept. 3, 2023 in Lima", "Aug. 5-Sept. 3, 2023 = 2023-08-05/2023-09-03"},
		{"The fair runs Dec. 30-Jan. 2 in Lima", "Dec. 30-Jan. 2 = 2023-12-30/2024-01-02"},
		{"The fair runs 5-Sept. 2023 in Lima", "5-Sept. 2023 = 2023-09-05"},
	} {
		tokens := token.Tokenize(c.text)
		whole := []token.Sentence{{Span: token.Span{End: len(c.text)}, Last: len(tokens)}}
		got, _ := Find(c.text, tokens, whole, Context{Published: "2024-01-18"})
		if s := show(c.text, got); s != c.want {
			t.Errorf("%s\n got: %s\nwant: %s", c.text, s, c.want)
		}
	}
}

// The receipt says what a value was resolved against.
func TestAnchor(t *testing.T) {
	for _, c := range []struct{ text, published, anchor, from string }{
		{"It closed yesterday.", "2024-05-18", "2024-05-18", "published"},
		{"It closed on May 3, 2024.", "2024-05-18", "", ""},
		{"It closed in April.", "2024-05-18", "2024-05-18", "published"},
		{"It closed on June 5, near the end.\nIt began on June 7, 2023.", "", "2023-06-07", "text"},
	} {
		m := find(c.text, c.published)
		if len(m) == 0 || m[0].Anchor != c.anchor || m[0].AnchorFrom != c.from {
			t.Errorf("%s: got %+v, want anchor %q from %q", c.text, m, c.anchor, c.from)
		}
	}
}

func TestDurationsAndSets(t *testing.T) {
	for _, c := range []struct{ typ, value, text string }{
		{TypeDuration, "P4W", "A 4-week course."},
		{TypeDuration, "P2Y", "It lasted for two years."},
		{TypeDuration, "P2Y", "A two-year programme."},
		{TypeDuration, "P3Y", "It holds over the next three years."},
		{TypeDuration, "PT24H", "It fell in the past 24 hours."},
		{TypeDuration, "P25Y", "It took twenty-five years."},
		{TypeDuration, "P1.5Y", "It took one and a half years."},
		{TypeDuration, "P5Y", "It runs for five (5) years."},
		{TypeSet, "P1Y", "It is held annually."},
		{TypeSet, "P1Y", "It is held every year."},
		{TypeSet, "XXXX-WXX-1", "It is held every Monday."},
		{TypeSet, "XXXX-WXX-1", "It is held on Mondays."},
		{TypeSet, "XXXX-WXX-1/XXXX-WXX-5", "It is open Monday to Friday."},
	} {
		m := find(c.text, "2024-05-18")
		if len(m) != 1 || m[0].Type != c.typ || m[0].Value != c.value {
			t.Errorf("%s: got %+v, want %s %s", c.text, m, c.typ, c.value)
		}
	}
}
