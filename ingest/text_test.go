package ingest

import (
	"strings"
	"testing"

	"dateline/ingest/document"
)

func readText1(t *testing.T, text string) document.Document {
	t.Helper()
	docs, err := Read(Raw{Source: "a.txt", Bytes: []byte(text)}, Options{})
	if err != nil {
		t.Fatalf("%v", err)
	}
	checkDocument(t, docs[0])
	return docs[0]
}

const paragraph = "The Board of the Northern Lake Fund met in Kirkholm and agreed to pay for three new boats, its chair said after the meeting."

func TestTitles(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a line and a blank", "Fund pays for boats\n\n" + paragraph, "Fund pays for boats"},
		{"a line over longer text", "Fund pays for boats\n" + paragraph, "Fund pays for boats"},
		{"a question", "Who pays for boats?\n\n" + paragraph, "Who pays for boats?"},
		{"an abbreviation at the end", "Fund buys Holm Boats Co., Ltd.\n\n" + paragraph, "Fund buys Holm Boats Co., Ltd."},
		{"time stamp above", "Wednesday, 6 July 2005, 11:06 am\nFund pays for boats\n\n" + paragraph, "Fund pays for boats"},
		{"label above", "FOR IMMEDIATE RELEASE\n\nFund pays for boats\n\n" + paragraph, "Fund pays for boats"},
		{"letterhead above", "Northern Lake Fund\nPress release No. 7\n\nFund pays for boats\n\n" + paragraph, "Fund pays for boats"},
		{"contacts above", "NEWS RELEASE\n\nContact: Jon Peel\nPhone: (218) 555-0144\n\nMay 3, 2024\n\nFund pays for boats\n\n" + paragraph, "Fund pays for boats"},
		{"menu above", "Home > News > 2024\n\nFund pays for boats\n\n" + paragraph, "Fund pays for boats"},
		{"prose", paragraph + "\n\n" + paragraph, ""},
		{"dateline", "KIRKHOLM, May 3, 2024 – The Fund met\n\n" + paragraph, ""},
		{"one line", "Fund pays for boats", ""},
		{"list", "- Fund\n- Boats\n\n" + paragraph, ""},
	} {
		if got := readText1(t, c.text).Title; got != c.want {
			t.Errorf("%s: title %q, want %q", c.name, got, c.want)
		}
	}
}

func TestZonesOfLines(t *testing.T) {
	const p = document.ZoneKind("")
	for _, c := range []struct {
		line string
		want document.ZoneKind
	}{
		{"The rector signs the book. [Photo provided to kirkholm.example]", document.Caption},
		{"The rector signs the book. (Photo by Anna Holm)", document.Caption},
		{"Rector Ada Holm (left) and Minister Jon Peel. Photo: Lake Fund", document.Caption},
		{"Photo: Anna Holm / Lake Fund", document.Credit},
		{"[Photo/Lake News]", document.Credit},
		{"Photo: The rector and the minister look at the first of the three new boats.", document.Caption},
		{"Photo exhibitions opened in the school on the first day of the festival.", p},
		{"The minutes (provided by the board) were read, and the meeting went on until late.", p},
		{"About the Northern Lake Fund", document.Heading},
		{"The Northern Lake Fund pays for boats and nets. It was founded in 1931 and has nine staff.", p},
		{"Found a typo? Select it and press Ctrl + Enter.", document.Furniture},
		{"Share this:", document.Furniture},
		{"Facebook | Twitter | LinkedIn", document.Furniture},
		{"We use cookies to make this site better.", document.Furniture},
		{"Copyright © 2023 Northern Lake Fund. All rights reserved.", document.Furniture},
		{"Home > News > 2024", document.Furniture},
		{"###", document.Furniture},
		{"-- ENDS --", document.Furniture},
		{"Share: Facebook Twitter", document.Furniture},
		{"214 views", document.Furniture},
		{"Views of the board differ, and the chair said that she would ask the members again in May.", p},
		{"Share prices fell on Monday, and the Fund sold what it held of them before noon.", p},
		{"Home to nine thousand people, the lake is known for its herring and for its long winters.", p},
		{"For more information, please contact Jon Peel at jon@lake.example or +47 555 01 22.", document.Contact},
		{"Tel.: +47 555 01 22", document.Contact},
		{"press@lake.example", document.Contact},
		{"https://www.lake.example/news", document.Contact},
		{"P.O. Box 12, Kirkholm", document.Contact},
		{"The Fund paid $1,200,000 in 2023 and 1 400 000 in 2024, twice as much as in the years 2015-2019.", p},
		{"Contact between the two schools began in 1994, when a teacher from Kirkholm crossed the lake.", p},
		{"- Jon Peel, chair", document.ListItem},
		{"• Ada Holm, rector", document.ListItem},
		{"2) Ada Holm, rector", document.ListItem},
		{"1994 was a good year for herring, and the older members of the board still speak of it.", p},
		{"Year | Boats | Nets", document.Table},
		{"Ada Holm said:", p},
		{"Published: 2024-05-18", document.TimeStamp},
		{"(Editor: Liv Sand)", document.Byline},
	} {
		d := readText1(t, paragraph+"\n\n"+c.line+"\n\n"+paragraph)
		if got := kindOf(t, d, c.line); got != c.want {
			t.Errorf("%q is %q, want %q", c.line, got, c.want)
		}
	}
}

func TestCreditLeavesTheCaption(t *testing.T) {
	d := readText1(t, paragraph+"\nAda Holm, rector, at the pier on May 3. [Photo by Jon Sand/Lake News]\n"+paragraph)
	if got := kindOf(t, d, "Ada Holm"); got != document.Caption {
		t.Errorf("the caption is %q", got)
	}
	if got := kindOf(t, d, "[Photo by Jon Sand"); got != document.Credit {
		t.Errorf("the credit is %q", got)
	}
	// The agency of a dateline is none.
	d = readText1(t, "KIRKHOLM, May 3 (Lake News) – "+paragraph)
	if len(d.Zones) != 0 {
		t.Errorf("zones %+v in a dateline", d.Zones)
	}
}

func TestContactBlock(t *testing.T) {
	d := readText1(t, paragraph+"\n\nMedia contact:\nJon Peel\nNorthern Lake Fund\n\n12, Pier Street, 4400 Kirkholm\n+47 555 01 22\n\nAbout the Northern Lake Fund\nThe Northern Lake Fund pays for boats and nets on all the lakes of the north. It was founded in 1931.")
	for _, words := range []string{"Media contact", "Jon Peel", "12, Pier Street", "+47 555"} {
		if got := kindOf(t, d, words); got != document.Contact {
			t.Errorf("%q is %q", words, got)
		}
	}
	if got := kindOf(t, d, "The Northern Lake Fund pays"); got != "" {
		t.Errorf("the paragraph below the contacts is %q", got)
	}
	if got := kindOf(t, d, "About the"); got.Silent() {
		t.Errorf("the heading below the contacts is %q", got)
	}
}

func TestHardWrappedTextIsUnwrapped(t *testing.T) {
	wrapped := `Fund pays for boats

The Board of the Northern Lake Fund met in Kirkholm on Monday evening
and agreed to pay for three new boats, its chair, Ada Marie Lindqvist
Holm, said after the meeting. The boats will be built by the yard of a
well-known family in the north of the country before the autumn.

- one boat for Kirkholm
- one boat for Sand
`
	d := readText1(t, wrapped)
	if !strings.Contains(d.Text, "Ada Marie Lindqvist Holm, said") || !strings.Contains(d.Text, "by the yard of a well-known family") {
		t.Errorf("not unwrapped: %q", d.Text)
	}
	if d.Title != "Fund pays for boats" || !strings.Contains(d.Text, "Kirkholm\n- one boat") {
		t.Errorf("title %q, text %q", d.Title, d.Text)
	}
	list := "Members\n\nAda Holm, chair of the board\nJon Peel, treasurer\nLiv Sand, secretary\nOle Vik\nKari Nord, auditor of the Fund\n"
	if d := readText1(t, list); strings.Count(d.Text, "\n") != 6 {
		t.Errorf("a list was joined: %q", d.Text)
	}
}
