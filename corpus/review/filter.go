package review

import (
	"net/url"
	"strconv"
	"strings"

	"dateline/corpus"
)

// Parameters of the queue's address. A queue can be sent to a colleague as a link.
const (
	paramWords       = "q"
	paramKind        = "kind"
	paramState       = "state"
	paramPublisher   = "publisher"
	paramRule        = "rule"
	paramPerson      = "person"
	paramInstitution = "institution"
	paramSource      = "source"
	paramDocument    = "document"
	paramAfter       = "after" // cursor of the page of the list
	paramFact        = "fact"  // the fact in focus
)

// listLength is how many facts stand beside the one in focus.
const listLength = 25

// queueAddress is what the address of a queue says.
type queueAddress struct {
	filter corpus.QueueFilter
	fact   string
}

// readQueueAddress reads the parameters; what is too long to mean anything is left out.
func readQueueAddress(q url.Values) queueAddress {
	get := func(name string) string {
		if v := strings.TrimSpace(q.Get(name)); len(v) <= 500 {
			return v
		}
		return ""
	}
	document, _ := strconv.ParseInt(get(paramDocument), 10, 64)
	return queueAddress{
		filter: corpus.QueueFilter{
			Text: get(paramWords), Kind: get(paramKind), State: corpus.ReviewState(get(paramState)), Publisher: get(paramPublisher), Rule: get(paramRule),
			Person: get(paramPerson), Institution: get(paramInstitution), Source: get(paramSource), Document: document,
			After: get(paramAfter), Limit: listLength,
		},
		fact: get(paramFact),
	}
}

// String is the address.
func (a queueAddress) String() string {
	v := url.Values{}
	set := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	f := a.filter
	set(paramWords, f.Text)
	set(paramKind, f.Kind)
	set(paramState, string(f.State))
	set(paramPublisher, f.Publisher)
	set(paramRule, f.Rule)
	set(paramPerson, f.Person)
	set(paramInstitution, f.Institution)
	set(paramSource, f.Source)
	if f.Document != 0 {
		set(paramDocument, strconv.FormatInt(f.Document, 10))
	}
	set(paramAfter, f.After)
	set(paramFact, a.fact)
	if len(v) == 0 {
		return "/"
	}
	return "/?" + v.Encode()
}

// with gives the address with another fact in focus.
func (a queueAddress) with(fact string) queueAddress {
	a.fact = fact
	return a
}

// start gives the beginning of the same list.
func (a queueAddress) start() queueAddress {
	a.fact, a.filter.After = "", ""
	return a
}

// page gives another page of the list.
func (a queueAddress) page(after string) queueAddress {
	a.fact, a.filter.After = "", after
	return a
}

// chip is a filter that is set, with the address of the list without it.
type chip struct {
	Name, Value, Without string
}

// chips lists the filters that the form keeps out of sight.
func (a queueAddress) chips(documentName string) []chip {
	var out []chip
	add := func(name, value string, clear func(*corpus.QueueFilter)) {
		if value != "" {
			other := a.start()
			clear(&other.filter)
			out = append(out, chip{name, value, other.String()})
		}
	}
	f := a.filter
	add("publisher", f.Publisher, func(f *corpus.QueueFilter) { f.Publisher = "" })
	add("rule", f.Rule, func(f *corpus.QueueFilter) { f.Rule = "" })
	add("person", f.Person, func(f *corpus.QueueFilter) { f.Person = "" })
	add("institution", f.Institution, func(f *corpus.QueueFilter) { f.Institution = "" })
	add("source", f.Source, func(f *corpus.QueueFilter) { f.Source = "" })
	if f.Document != 0 {
		add("document", documentName, func(f *corpus.QueueFilter) { f.Document = 0 })
	}
	return out
}
