package extract

import (
	"slices"
	"strings"
	"testing"

	"dateline/extract/dates"
	"dateline/extract/token"
	"dateline/ingest/document"
)

// refusalsOf lists the reasons for a text as "code: words".
func refusalsOf(text, published string) []string {
	var out []string
	doc := document.Document{Source: "case.txt", Language: "en", Text: text}
	doc.Published.Value = published
	if published != "" {
		doc.Published.From = "flag"
	}
	for _, r := range Default().Refuse(doc).Refusals {
		out = append(out, r.Code+": "+r.Of(text))
	}
	return out
}

// refusalCases show each reason by the smallest text that has it, and near misses that have none.
var refusalCases = []struct {
	text string
	want []string
}{
	{"A memorandum was signed.", []string{"agreement.no-parties: signed"}},
	{"Lund University signed a memorandum.", []string{"agreement.one-party: signed"}},
	{"Lund University signed a memorandum with a Chinese college.", []string{"agreement.unnamed-party: signed"}},
	{"Lund University did not sign a memorandum with Oslo University.", []string{"agreement.negated: sign"}},
	{"Lund University hopes to sign a memorandum with Oslo University.", []string{"agreement.hoped-for: sign"}},
	{"If Lund University signed a memorandum with Oslo University, both would gain.", []string{"agreement.conditional: signed"}},
	{"There were rumours that Lund University signed a memorandum with Oslo University.", []string{"agreement.rumoured: signed"}},
	{"Lund University and Oslo University first signed a memorandum long ago.", []string{"agreement.historical: signed"}},
	{"The rector thanked the guests for signing the memorandum.", []string{"title.no-person: rector", "agreement.named-again: signing"}},
	{"Old Town College Signs Memorandum With New Bridge School\nIt rained.", []string{"agreement.headline: Signs"}},
	{"Lund University signed the visitors' book.", []string{"agreement.no-document: signed"}},
	{"Lund University awarded Oslo University a memorandum.", []string{"agreement.no-rule: awarded"}},
	{"The memorandum has ten pages.", []string{"agreement.no-verb: memorandum"}},
	{"Ann Keller was appointed to review the papers.", []string{"appointment.no-post: appointed"}},
	{"Ann Keller met the presidents of both colleges.", []string{"title.plural: presidents"}},
	{"A director has many duties.", []string{"title.generic: director"}},
	{"The director spoke of the weather.", []string{"title.no-person: director"}},
	{"Ann Keller read a letter that the director of the museum had left on the table.", []string{"title.no-holder-near: director"}},
	{"Mr. Ben Okoro, professor, spoke.", []string{"title.no-institution: professor"}},
	{"New Director Visits Old School Again", []string{"title.headline: Director"}},
	{"Chief Ben Okoro spoke.", []string{"title.form-of-address: Chief"}},
	{"It began on 31 February 2024.", []string{"date.impossible: 31 February 2024"}},
	{"It rained yesterday.", []string{"date.no-anchor: yesterday"}},
	{"It began on 03/04/2024.", []string{"date.ambiguous: 03/04/2024"}},
	{"May I sit down?", []string{"date.not-read: May"}},
	{"There were 1984 guests in the hall.", []string{"date.number: 1984"}},
	// Near misses: each gives its fact, or looks like none.
	{"Lund University signed a memorandum with Oslo University.", nil},
	{"Lund University signed a memorandum with Oslo University. The memorandum has ten pages.", nil},
	{"Ann Keller, director of the Lund Institute, spoke.", nil},
	{"Ann Keller was elected president of the Lund Institute.", nil},
	{"It began on 3 May 2024.", nil},
	{"It ended the long wait, and they agreed to meet.", nil},
	{"They may march in the sun.", nil},
	{"It rained.", nil},
}

func TestRefusals(t *testing.T) {
	for _, c := range refusalCases {
		if got := refusalsOf(c.text, ""); !slices.Equal(got, c.want) {
			t.Errorf("%s\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

// TestReasonsOfDatesArePassedOn plants the refusals of package dates: words that lead to some of them
// change with its rules.
func TestReasonsOfDatesArePassedOn(t *testing.T) {
	for reason, code := range dateCodes {
		p := newPage(Default(), document.Document{Source: "case.txt", Language: "en", Text: "It rained. It was the May 4th again."})
		for _, one := range steps {
			one.run(p)
		}
		p.dates = nil
		p.refusedDates = []dates.Refusal{{Span: token.Span{Start: 22, End: 29}, Reason: reason, Rule: "date.month-day"}}
		p.refuse()
		if len(p.refused) != 1 || p.refused[0].Code != "date."+code || p.refused[0].Of(p.text) != "May 4th" || p.refused[0].Sentence != 2 || p.refused[0].Around.Of(p.text) != "It was the May 4th again." {
			t.Errorf("%s gives %+v", reason, p.refused)
		}
	}
}

// TestEveryRefusalCodeHasACase holds the list of reasons against the cases, and the other way round.
func TestEveryRefusalCodeHasACase(t *testing.T) {
	known := map[string]bool{}
	for _, c := range RefusalCodes {
		trigger, _, _ := strings.Cut(c.Code, ".")
		if known[c.Code] || c.Means == "" || !slices.Contains(Triggers, trigger) {
			t.Errorf("%s is listed twice, says nothing, or is of no trigger", c.Code)
		}
		known[c.Code] = true
	}
	seen := map[string]bool{}
	for _, c := range refusalCases {
		for _, line := range refusalsOf(c.text, "") {
			code, _, _ := strings.Cut(line, ":")
			if !known[code] {
				t.Errorf("%s: %s is not in RefusalCodes", c.text, code)
			}
			seen[code] = true
		}
	}
	for _, code := range dateCodes {
		seen["date."+code] = true // TestReasonsOfDatesArePassedOn
	}
	for _, c := range RefusalCodes {
		if !seen[c.Code] {
			t.Errorf("%s: no case shows it", c.Code)
		}
	}
}

// TestRefusalsOfSilentPartsAndOtherLanguages: what is not read gives no reasons.
func TestRefusalsOfSilentPartsAndOtherLanguages(t *testing.T) {
	text := "The director signed a memorandum on 31 February 2024."
	doc := document.Document{Source: "case.txt", Language: "en", Text: text, Zones: []document.Zone{{Start: 0, End: len(text), Kind: document.Furniture}}}
	if got := Default().Refuse(doc).Refusals; len(got) > 0 {
		t.Errorf("furniture gives %v", got)
	}
	doc.Zones = nil
	if got := Default().Refuse(doc).Refusals; len(got) != 3 {
		t.Errorf("the same text in prose gives %v, want three", got)
	}
	doc.Language = "fr"
	if got := Default().Refuse(doc); len(got.Refusals) > 0 || got.Note == "" {
		t.Errorf("a text in French gives %v, and the note %q", got.Refusals, got.Note)
	}
}
