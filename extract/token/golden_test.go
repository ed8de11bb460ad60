package token

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// shared is a file of the development data. Where it is not there, the test is skipped loudly.
func shared(t *testing.T, name string) []byte {
	t.Helper()
	dir := os.Getenv("DATELINE_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Skipf("NOT TESTED: %v (set DATELINE_SHARED)", err)
	}
	return data
}

// Reasons why a golden rule is against our conventions.
const (
	brokenLine = "joins lines: a line break ends a sentence here, and joining the lines of a PDF is the work of package ingest"
	cleaned    = "takes something out of the text: markup, ruled lines and page numbers are cleaned before, and a sentence is a span of the text"
	quotation  = "joins the sentences of a quotation: here each is one, so that names and agreements are read within it"
)

// againstConventions are the golden rules that we do not follow, by name, with the beginning of
// the text where two have one name.
var againstConventions = map[string]string{
	"Errant newlines in the middle of sentences (PDF) #040": brokenLine,
	"Errant newlines in the middle of sentences #041":       brokenLine,
	"correctly segments text #027":                          brokenLine,
	"correctly segments text #028":                          brokenLine,
	"correctly segments text #029":                          brokenLine,
	"correctly segments text #035":                          brokenLine,
	"correctly segments text #036":                          brokenLine,
	"correctly segments text #037":                          brokenLine,
	"correctly segments text #074":                          brokenLine,
	"correctly segments text #031":                          cleaned,
	"correctly segments text #053":                          cleaned,
	"correctly segments text #068":                          cleaned,
	"correctly segments text #081":                          cleaned,
	`correctly segments text #082: Hello World. \ r`:        cleaned,
	"correctly segments text #002":                          quotation,
	"correctly segments text #003":                          quotation,
	"correctly segments text #004":                          quotation,
	"correctly segments text #006":                          quotation,
	"correctly segments text #078":                          quotation,
	"correctly segments text #096":                          quotation,
	"correctly segments text #097":                          quotation,
	"correctly segments text #120":                          quotation,
}

// goldenFloor is how many of the golden rules must be met.
const goldenFloor = 141

// TestGoldenRules runs the golden rules of pragmatic_segmenter. White space is compared as one
// blank.
func TestGoldenRules(t *testing.T) {
	var cases []struct {
		Name, Text string
		Sentences  []string
	}
	if err := json.Unmarshal(shared(t, "dev/sentences-golden-rules.json"), &cases); err != nil {
		t.Fatal(err)
	}
	right, against := 0, 0
	for _, c := range cases {
		key := c.Name
		if _, ok := againstConventions[key]; !ok {
			key += ": " + c.Text[:min(len(c.Text), 16)]
		}
		reason := againstConventions[key]
		var got, want []string
		for _, s := range sentences(c.Text) {
			got = append(got, strings.Join(strings.Fields(s), " "))
		}
		for _, s := range c.Sentences {
			want = append(want, strings.Join(strings.Fields(s), " "))
		}
		same := strings.Join(got, "\n") == strings.Join(want, "\n")
		switch {
		case same && reason != "":
			t.Errorf("%s is met: take it off the list", key)
		case same:
			right++
		case reason != "":
			against++
		default:
			t.Logf("%s\n got  %q\nwant %q", key, got, want)
		}
	}
	others := len(cases) - against
	t.Logf("%d of %d (%.1f %%); %d are against our conventions, of the others %.1f %%",
		right, len(cases), 100*float64(right)/float64(len(cases)), against, 100*float64(right)/float64(others))
	if against != len(againstConventions) {
		t.Errorf("%d of the %d cases against our conventions were found", against, len(againstConventions))
	}
	if right < goldenFloor {
		t.Errorf("%d golden rules are met, want at least %d", right, goldenFloor)
	}
}
