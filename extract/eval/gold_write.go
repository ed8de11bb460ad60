package eval

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
)

// Write writes a gold file as people write them: one item a line, in the order of the
// guidelines, without what is empty. ParseGold gives the same case back.
func (c Case) Write(w io.Writer) error {
	var f goldWriter
	f.start("document", c.Document)
	f.start("published", c.Published)
	f.list("dates", len(c.Dates), func(i int) item {
		d := c.Dates[i]
		return item{}.add("text", d.Text).add("value", d.Value).some("mod", d.Mod).some("also", d.Also).some("mod_also", d.ModAlso).some("optional", d.Optional)
	})
	f.list("people", len(c.People), func(i int) item {
		p := c.People[i]
		return item{}.add("name", p.Name).some("also", p.Also).some("aliases", p.Aliases).some("optional", p.Optional)
	})
	f.list("institutions", len(c.Institutions), func(i int) item {
		n := c.Institutions[i]
		return item{}.add("name", n.Name).some("also", n.Also).some("aliases", n.Aliases).some("parent", n.Parent).some("optional", n.Optional)
	})
	f.list("titles", len(c.Titles), func(i int) item {
		t := c.Titles[i]
		return item{}.add("person", t.Person).add("title", t.Title).add("institution", t.Institution).some("also", t.Also).
			some("institution_also", t.InstitutionAlso).some("when", t.When).some("optional", t.Optional)
	})
	f.list("agreements", len(c.Agreements), func(i int) item {
		a := c.Agreements[i]
		return item{}.add("type", a.Type).add("status", a.Status).add("parties", notNil(a.Parties)).add("signatories", notNil(a.Signatories)).
			add("date", orNil(a.Date)).add("place", orNil(a.Place)).add("subject", orNil(a.Subject)).
			some("type_also", a.TypeAlso).some("status_also", a.StatusAlso).some("parties_also", a.PartiesAlso).some("signatories_also", a.SignatoriesAlso).
			some("date_also", a.DateAlso).some("place_also", a.PlaceAlso).some("subject_also", a.SubjectAlso).some("optional", a.Optional)
	})
	if len(c.NearMisses) > 0 {
		f.list("near_misses", len(c.NearMisses), func(i int) item {
			m := c.NearMisses[i]
			return item{}.add("kind", m.Kind).add("quote", m.Quote).some("type", m.Type).some("value", m.Value).some("mod", m.Mod).some("name", m.Name).
				some("parent", m.Parent).some("person", m.Person).some("title", m.Title).some("institution", m.Institution).some("when", m.When).
				some("status", m.Status).some("parties", m.Parties).some("signatories", m.Signatories).some("date", m.Date).some("place", m.Place).some("subject", m.Subject)
		})
	}
	if f.err != nil {
		return f.err
	}
	_, err := io.WriteString(w, "{\n"+strings.Join(f.fields, ",\n")+"\n}\n")
	return err
}

func notNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func orNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// goldWriter gathers the fields of a gold file.
type goldWriter struct {
	fields []string
	err    error
}

func (f *goldWriter) start(name string, value any) {
	f.fields = append(f.fields, " "+f.text(name)+": "+f.text(value))
}

func (f *goldWriter) list(name string, n int, at func(i int) item) {
	lines := make([]string, n)
	for i := range lines {
		var parts []string
		for _, p := range at(i) {
			parts = append(parts, f.text(p.name)+": "+f.text(p.value))
		}
		lines[i] = "  {" + strings.Join(parts, ", ") + "}"
	}
	if n == 0 {
		f.fields = append(f.fields, " "+f.text(name)+": []")
		return
	}
	f.fields = append(f.fields, " "+f.text(name)+": [\n"+strings.Join(lines, ",\n")+"\n ]")
}

// text is a value as JSON, with a space behind each comma of a list.
func (f *goldWriter) text(value any) string {
	switch list := value.(type) {
	case []string:
		parts := make([]string, len(list))
		for i, v := range list {
			parts[i] = f.text(v)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case []*string:
		parts := make([]string, len(list))
		for i, v := range list {
			parts[i] = f.text(v)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil && f.err == nil {
		f.err = err
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// item are the fields of one item, in order.
type item []struct {
	name  string
	value any
}

func (o item) add(name string, value any) item {
	return append(o, struct {
		name  string
		value any
	}{name, value})
}

// some adds what is not empty.
func (o item) some(name string, value any) item {
	switch v := value.(type) {
	case string:
		if v == "" {
			return o
		}
	case bool:
		if !v {
			return o
		}
	case []string:
		if len(v) == 0 {
			return o
		}
	case []*string:
		if len(v) == 0 {
			return o
		}
	}
	return o.add(name, value)
}
