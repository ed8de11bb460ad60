package main

import (
	"dateline/corpus"
	"dateline/extract"
)

// exportObject is a fact as a line of an export; export.schema.json describes it.
func exportObject(x corpus.ExportFact) object {
	o := object{{"id", x.ID}, {"kind", x.Kind}, {"fact", x.Statement}}
	o = append(o, field{"values", rowValues(x.FactRow)},
		field{"confidence", x.Confidence}, field{"sources", x.Sources}, field{"citations", x.Citations},
		field{"state", x.State}, field{"edited", x.Edited}, field{"decision", decidedObject(x.Decided)})
	statements := make([]object, len(x.Statements))
	for i, s := range x.Statements {
		statements[i] = statementExport(s)
	}
	return append(o, field{"statements", statements})
}

// statementExport is what one document says of a fact.
func statementExport(s corpus.ExportStatement) object {
	document := object{{"id", s.Document}, {"source", s.Source}}
	citations := make([]object, len(s.Citations))
	for i, c := range s.Citations {
		if i == 0 {
			document = append(document, field{"title", orNull(c.Title)}, field{"published", orNull(c.Published)})
		}
		citations[i] = object{{"start", c.Start}, {"end", c.End}, {"quote", c.Quote}, {"rule", c.Rule}}
	}
	var extracted any
	if s.Extracted != nil {
		extracted = valuesOf(*s.Extracted)
	}
	return object{{"id", s.ID}, {"document", document}, {"ordinal", s.Ordinal}, {"values", valuesOf(s.Value)}, {"extracted", extracted},
		{"rule", s.Rule}, {"confidence", s.Confidence}, {"state", s.State}, {"decision", decidedObject(s.Decided)}, {"citations", citations}}
}

// decidedObject is a decision, or null.
func decidedObject(d *corpus.Decision) any {
	if d == nil {
		return nil
	}
	return object{{"id", d.ID}, {"action", d.Action}, {"who", d.Who}, {"at", orNull(d.Made)}, {"why", orNull(d.Why)}}
}

// rowValues are the values of a fact as all documents together know them: names are canonical.
func rowValues(f corpus.FactRow) object {
	switch f.Kind {
	case extract.KindDate:
		return object{{"type", f.Type}, {"value", f.Value}, {"mod", f.Mod}}
	case extract.KindPerson:
		return object{{"name", f.Person}, {"aliases", orEmpty(f.Aliases)}}
	case extract.KindInstitution:
		return object{{"name", f.Institution}, {"aliases", orEmpty(f.Aliases)}, {"parent", orNull(f.Parent)}}
	case extract.KindTitle:
		return object{{"person", f.Person}, {"title", f.Title}, {"institution", orNull(f.Institution)}, {"when", f.When}}
	case extract.KindAgreement:
		return object{{"type", f.Type}, {"status", f.Status}, {"parties", orEmpty(f.Parties)}, {"signatories", orEmpty(f.Signatories)},
			{"date", orNull(f.Value)}, {"place", orNull(f.Place)}, {"subject", orNull(f.Subject)}}
	}
	return slotsObject(f.Own)
}

// slotsObject are the slots of a user's own kind.
func slotsObject(slots []extract.Slot) object {
	o := object{}
	for _, s := range slots {
		o = append(o, field{s.Name, s.Value})
	}
	return o
}

// valuesOf are the values of a fact in the words of one document.
func valuesOf(f extract.Fact) object {
	switch {
	case f.Date != nil:
		d := f.Date
		return object{{"type", d.Type}, {"value", d.Value}, {"mod", d.Mod}, {"anchor", orNull(d.Anchor)}, {"anchor_from", orNull(d.AnchorFrom)}, {"alternatives", orEmpty(d.Alternatives)}}
	case f.Person != nil:
		return object{{"name", f.Person.Name}, {"aliases", orEmpty(f.Person.Aliases)}}
	case f.Institution != nil:
		return object{{"name", f.Institution.Name}, {"aliases", orEmpty(f.Institution.Aliases)}, {"parent", orNull(f.Institution.Parent)}}
	case f.Title != nil:
		t := f.Title
		return object{{"person", t.Person}, {"title", t.Title}, {"institution", orNull(t.Institution)}, {"when", t.When}}
	case f.Agreement != nil:
		g := f.Agreement
		return object{{"type", g.Type}, {"status", g.Status}, {"parties", orEmpty(g.Parties)}, {"signatories", orEmpty(g.Signatories)},
			{"date", orNull(g.Date)}, {"place", orNull(g.Place)}, {"subject", orNull(g.Subject)}}
	case f.Own != nil:
		return slotsObject(f.Own.Slots)
	}
	return object{}
}
