package review

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"dateline/corpus"
	"dateline/extract"
)

// partLength is how many code points of a text stand on one page. A release has some thousands.
const partLength = 50_000

// factsBeside bounds the list of facts of a part.
const factsBeside = 400

// documentView is the page of a document.
type documentView struct {
	ID           int64
	Source       string
	Title        string
	Meta         []slot
	Warnings     []string
	Original     string
	Blocks       []block
	Legend       []legend
	Facts        []documentFact
	MoreFacts    int
	QueueAddress string
	Part, Parts  int
	From, To     string
	Length       string
	Earlier      string
	Later        string
	State        string
}

// legend explains the marks of a kind.
type legend struct {
	Kind, Name string
	Count      int
}

// documentFact is a fact beside the text.
type documentFact struct {
	ID, Line         string
	Kind, Named      string
	State, StateName string
	Edited           bool
	Places           int
	Confidence       string
	Rule             string
	Derivation       string
	Anchor           string
	FactAddress      string
	EditAddress      string
	WhyAddress       string
	Form             form
}

// documentPage is GET /document/{id}.
func (s *Server) documentPage(r *http.Request) (reply, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil || id < 1 {
		return reply{}, problem{http.StatusNotFound, "There is no such document."}
	}
	from, _ := strconv.Atoi(r.URL.Query().Get("from"))
	p, err := s.Store.Part(r.Context(), id, min(max(from, 0), 1<<31-1), partLength)
	if err != nil {
		return reply{}, err
	}
	here := "/document/" + strconv.FormatInt(id, 10)
	address := func(from int) string {
		if from <= 0 {
			return here
		}
		return here + "?" + url.Values{"from": {strconv.Itoa(from)}}.Encode()
	}
	v := documentView{
		ID: p.ID, Source: p.Source, Title: titleOf(p.Title, p.Source), Warnings: p.Warnings, Meta: documentSlots(p), Original: originalAddress(p.Source, p.Canonical),
		QueueAddress: queueAddress{filter: corpus.QueueFilter{Document: id}}.String(),
		Part:         p.From/partLength + 1, Parts: max((p.Characters+partLength-1)/partLength, 1),
		From: thousands(p.From), To: thousands(p.To), Length: thousands(p.Characters),
	}
	if p.From > 0 {
		v.Earlier = address(max(p.From-partLength, 0))
	}
	if p.To < p.Characters {
		v.Later = address(p.To)
	}
	if err := s.factsBeside(r, &v, p, address(p.From)); err != nil {
		return reply{}, err
	}
	marks, counts := partMarks(p)
	v.Blocks = blocksOf(p.Text, p.Zones, marks)
	for _, k := range extract.AllKinds(counts) {
		if counts[k] > 0 {
			v.Legend = append(v.Legend, legend{string(k), kindName(k), counts[k]})
		}
	}
	out := reply{page: "document", title: v.Title, body: v}
	if did, ok := doneNames[corpus.Action(r.URL.Query().Get("told"))]; ok {
		out.told = did + "."
	}
	return out, nil
}

// factsBeside lists the facts that the part states. The version that a form needs is that of the
// fact in all documents.
func (s *Server) factsBeside(r *http.Request, v *documentView, p corpus.Part, here string) error {
	shown := p.Statements
	if len(shown) > factsBeside {
		v.MoreFacts = len(shown) - factsBeside
		shown = shown[:factsBeside]
	}
	seen := map[string]bool{}
	for _, st := range shown {
		f := documentFact{
			ID: st.Fact, Line: valueLine(st.Value), Kind: string(st.Kind), Named: kindName(st.Kind), State: string(st.State), StateName: stateName(st.State),
			Edited: st.Extracted != nil, Places: len(st.Citations), Confidence: percent(st.Confidence), Rule: st.Rule, Derivation: derivation(st.Value),
			FactAddress: "/fact/" + st.Fact,
			EditAddress: "/fact/" + st.Fact + "/edit?" + url.Values{"next": {here}, "back": {here}}.Encode(),
			Form:        s.form(st.Fact, p.FactVersions[st.Fact], p.ID, here, here),
		}
		if len(st.Citations) > 0 {
			f.WhyAddress = whyAddress(p.ID, st.Citations[0])
		}
		if !seen[st.Fact] {
			f.Anchor, seen[st.Fact] = "at-"+st.Fact, true
		}
		v.Facts = append(v.Facts, f)
	}
	return nil
}

// partMarks are the citations of a part as marks of its text. The first mark of a fact on the
// page has an anchor.
func partMarks(p corpus.Part) ([]mark, map[extract.Kind]int) {
	at := byteOffsets(p.Text)
	var marks []mark
	counts := map[extract.Kind]int{}
	for _, st := range p.Statements {
		for _, c := range st.Citations {
			if c.End <= p.From || c.Start >= p.To {
				continue
			}
			marks = append(marks, mark{start: at(c.Start - p.From), end: at(c.End - p.From), kind: st.Kind, fact: st.Fact})
			counts[st.Kind]++
		}
	}
	sortMarks(marks)
	marks = slices.CompactFunc(marks, func(a, b mark) bool { return a.start == b.start && a.end == b.end && a.fact == b.fact })
	named := map[string]bool{}
	for i := range marks {
		if !named[marks[i].fact] {
			marks[i].anchor, named[marks[i].fact] = "at-"+marks[i].fact, true
		}
	}
	return marks, counts
}

// byteOffsets turns code points of a text into bytes; what lies outside becomes its ends.
func byteOffsets(text string) func(codePoint int) int {
	starts := make([]int, 0, len(text)+1)
	for i := range text {
		starts = append(starts, i)
	}
	starts = append(starts, len(text))
	return func(codePoint int) int { return starts[max(0, min(codePoint, len(starts)-1))] }
}

// publishedFrom says where a publication date was read.
var publishedFrom = map[string]string{
	"flag": "given by the user", "jsonl": "given with the document", "json-ld": "structured data of the page", "meta": "metadata of the page",
	"time-element": "date line of the page", "url": "address of the page", "dateline": "dateline of the text", "text": "text", "feed": "feed", "host": "host name",
}

func fromWords(from string) string {
	if words, ok := publishedFrom[from]; ok {
		return "from the " + words
	}
	if from == "" {
		return ""
	}
	return "from " + from
}

// documentSlots is what is known of a document.
func documentSlots(p corpus.Part) []slot {
	var l slotList
	from := fromWords(p.PublishedFrom)
	if p.PublishedFrom == "flag" || p.PublishedFrom == "jsonl" {
		from = publishedFrom[p.PublishedFrom]
	}
	l.add("Published", from, publishedWords(p.Published))
	l.add("Other dates", "", p.PublishedConflicts...)
	l.add("Publisher", fromWords(p.PublisherFrom), p.Publisher)
	l.add("Source", "", p.Source)
	l.add("Canonical", "", usual(p.Canonical, p.Source))
	l.add("Language", "", p.Language)
	l.add("Version", "", strconv.Itoa(p.Version)+" of "+strconv.Itoa(p.Versions))
	l.add("Length", "", count(p.Characters, "character", "characters"))
	l.add("Remark", "", p.Note)
	return l
}
