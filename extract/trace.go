package extract

import (
	"fmt"
	"strings"

	"dateline/extract/dates"
	"dateline/extract/token"
	"dateline/ingest/document"
)

// Trace is how a document was read, sentence by sentence. All spans are bytes of Document.Text.
type Trace struct {
	Sentences []SentenceTrace // all of the text, in order
	Entities  []EntityTrace   // people and institutions, in the order in which they are first named
}

// SentenceTrace is what was found in one sentence.
type SentenceTrace struct {
	Number int // from 1
	token.Span
	Zone       document.ZoneKind // "" for prose
	Silent     bool              // site furniture: nothing is read here
	TitleCase  bool              // most words are capitalised: capitals say little here
	Tokens     []TokenTrace
	Mentions   []MentionTrace   // the names of all kinds, in text order
	Weighed    []WeighedTrace   // the runs of capitalised words that could be people, in text order
	Dates      []dates.Mention  // in text order
	Posts      []PostTrace      // the words of posts, in text order
	Agreements []AgreementTrace // places that tell of an agreement, in text order
	Facts      []int            // indexes in Reading.Facts of those that cite the sentence
	Refusals   []Refusal        // in text order
}

// TokenTrace is a token with what the word lists say of it.
type TokenTrace struct {
	token.Span
	class class
}

// Classes names the lists that have the token: "forename", "post". None: nil.
func (t TokenTrace) Classes() []string { return classNames(t.class) }

// MentionTrace is a name at one place.
type MentionTrace struct {
	token.Span
	Type   string  // "person", "institution", "place", "date", "reference" ("the institute") or "other name"
	Rule   string  // that found it
	Step   string  // in which it was found
	Score  float64 // 0 to 1: how sure the rule is
	Entity int     // index in Trace.Entities, or -1
}

// WeighedTrace is a run of words that could be a person's name: what speaks for and against it
// here, what all its places in the document say together, and what became of it.
type WeighedTrace struct {
	token.Span
	Evidence []Evidence
	Score    float64 // their sum
	Needed   float64 // from which sum on it is a person by evidence alone
	Votes    Votes
	Outcome  string // type of the mention that it became, or "" when it is no name
	Rule     string // of that mention
}

// Evidence is one reason for or against a name being a person's.
type Evidence struct {
	What   string
	Weight float64 // part of the score; below 0 it speaks against
	Detail string  // the words that count, or how sure the tagger was; or ""
}

// Votes is what all places of one name in the document say of it.
type Votes struct {
	Places       int     // where it stands
	Best         float64 // the highest sum of evidence of any of them
	Person       int     // places where the tagger sees a person,
	Organisation int     // an organisation,
	Location     int     // a location
	Located      int     // weight of the places behind words of place: "in", "the city of"
	Type         string  // decided: "person", "institution", "place", or "" for none
	Why          string
}

// String says it in one line: "2 places, tagged 1 as a person: person; the evidence reaches what a person needs".
func (v Votes) String() string {
	out := fmt.Sprintf("%d places", v.Places)
	if v.Places == 1 {
		out = "1 place"
	}
	joint := ", tagged "
	for _, one := range []struct {
		n    int
		what string
	}{{v.Person, "as a person"}, {v.Organisation, "as an organisation"}, {v.Location, "as a location"}} {
		if one.n > 0 {
			out += fmt.Sprintf("%s%d %s", joint, one.n, one.what)
			joint = ", "
		}
	}
	if v.Type == "" {
		return out + ": undecided; " + v.Why
	}
	return out + ": " + v.Type + "; " + v.Why
}

// PostTrace is the words of a post at one place.
type PostTrace struct {
	token.Span         // without the institution
	When       string  // "current", "former" or "incoming"
	Holder     string  // name of the person it was tied to, or ""
	Where      string  // name of the institution, or ""
	Rule       string  // that tied it, or ""
	Score      float64 // how sure that is
}

// AgreementTrace is a place that tells of an agreement, before places are joined.
type AgreementTrace struct {
	token.Span  // the verb
	Rule        string
	Type        string
	Status      string
	Parties     []string
	Signatories []string
	Date        string
	Place       string
	Subject     string
	Alone       bool // it is no fact and completed none; Refusals say why
}

// String lists what the place tells: "between A; B, by C, on 2024-05-18".
func (g AgreementTrace) String() string {
	var parts []string
	for _, p := range []struct{ before, value string }{
		{"between ", strings.Join(g.Parties, "; ")}, {"by ", strings.Join(g.Signatories, "; ")}, {"on ", g.Date}, {"in ", g.Place}, {"about ", g.Subject},
	} {
		if p.value != "" {
			parts = append(parts, p.before+p.value)
		}
	}
	return strings.Join(parts, ", ")
}

// EntityTrace is one person or institution with the forms that were joined.
type EntityTrace struct {
	Kind   Kind
	Name   string
	Parent string // name of the institution it belongs to, or ""
	Rule   string
	Score  float64
	Forms  []FormTrace // in the order in which they first stand
	Merged []string    // longer and shorter names that were taken for it
}

// FormTrace is a way in which an entity is named.
type FormTrace struct {
	Text   string
	Rule   string // of its first place
	First  int    // number of the sentence of its first place
	Places int
}

// tracer keeps what steps know only while they run. Its methods do nothing for nil.
type tracer struct {
	weighed []candidate
	votes   map[string]*nameVotes
	found   []string // for each mention, the step that found it
}

// scale is where the evidence of one candidate is kept, or nil.
func (t *tracer) scale() *[]Evidence {
	if t == nil {
		return nil
	}
	return new([]Evidence)
}

// names keeps the candidates and their votes.
func (t *tracer) names(all []candidate, votes map[string]*nameVotes) {
	if t != nil {
		t.weighed, t.votes = all, votes
	}
}

// after notes which mentions a step has found.
func (t *tracer) after(p *page, step string) {
	for len(t.found) < len(p.mentions) {
		t.found = append(t.found, step)
	}
}

// Evidence whose details are looked up when somebody asks.
const (
	evidenceNames  = "words of names"
	evidenceTagger = "what the tagger sees"
)

// mentionNames are the types of a mention for people.
var mentionNames = map[mentionType]string{
	otherName: "other name", personName: "person", institutionName: "institution", placeName: "place", dateName: "date", referenceName: "reference",
}

// classWords are the lists by name, in the order of the classes.
var classWords = []struct {
	class class
	name  string
}{
	{headStrong, "institution"}, {headUnit, "unit"}, {headCompany, "company"}, {headWeak, "weak institution"}, {headPlural, "plural institution"}, {notHead, "no institution"},
	{postNoun, "post"}, {postWeak, "weak post"}, {postOf, "post of"}, {postModifier, "post modifier"}, {postFormer, "former"}, {postIncoming, "incoming"},
	{particle, "particle"}, {speech, "speech"}, {fieldWord, "field"}, {commonWord, "common"}, {functionWord, "function"}, {monthName, "month or weekday"},
	{reference, "reference"}, {demonym, "demonym"}, {legalForm, "legal form"}, {honorific, "honorific"}, {notAcronym, "no organisation"}, {ownPossessive, "own possessive"},
	{forename, "forename"}, {forenameAmbiguous, "forename or word"}, {surname, "surname"}, {surnameAmbiguous, "surname or word"}, {placeToken, "place"}, {rank, "rank"},
	{namedBody, "named body"}, {foreignHead, "foreign institution"}, {brandWord, "known organisation"}, {incomingPost, "post elect"}, {numberWord, "number"},
}

// classNames lists the names of classes.
func classNames(c class) []string {
	var out []string
	for _, one := range classWords {
		if c&one.class != 0 {
			out = append(out, one.name)
		}
	}
	return out
}
