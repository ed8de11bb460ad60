package corpus

import (
	"context"
	"database/sql"
	"fmt"

	"dateline/extract"
)

// Compare tells how a new reading of a current document differs from the stored one: in its
// text, its metadata, or its facts, one fault each. It writes nothing; ReplaceFacts stores
// the new reading. What people edited is compared as it was extracted.
func (s *Store) Compare(ctx context.Context, item Item) ([]Fault, error) {
	p := prepare(&item)
	if p.err != nil {
		return nil, p.err
	}
	const advice = "run `dateline reextract`, which reads all documents with the rules of this program"
	source := item.Doc.Source
	var out []Fault
	err := s.reading(ctx, "could not be compared", func(tx *sql.Tx) error {
		var id int64
		var textHash, factsHash string
		err := tx.QueryRowContext(ctx, "SELECT d.id, d.text_hash, d.facts_hash FROM document d JOIN source src ON src.id = d.source_id WHERE src.source = ? AND d.is_current = 1", source).
			Scan(&id, &textHash, &factsHash)
		if err == sql.ErrNoRows {
			return &Error{Path: source, Problem: NotFound, Detail: "is no current document", Advice: "ingest it first"}
		}
		if err != nil {
			return err
		}
		add := func(fact, format string, args ...any) {
			out = append(out, Fault{Check: CheckRead, Source: source, Document: id, Fact: fact, Detail: fmt.Sprintf(format, args...), Advice: advice})
		}
		if textHash != p.textHash {
			add("", "this program cleans its raw bytes to another text")
			return nil
		}
		if factsHash == p.factsHash {
			return nil
		}
		d, _, err := loadDocument(ctx, tx, id)
		if err != nil {
			return err
		}
		stored, err := statements(ctx, tx, "s.document_id = ?", id)
		if err != nil {
			return err
		}
		facts := asRead(d.Text, stored)
		was, now := spelled(facts), spelled(item.Facts)
		for i, f := range facts {
			if !now[spell(f)] {
				add(stored[i].Fact, "the rules of this program do not read it in %q", shortened(f.Citations[0].Quote))
			}
		}
		for _, f := range item.Facts {
			if !was[spell(f)] {
				add("", "the rules of this program read another %s in %q", f.Kind, shortened(f.Citations[0].Quote))
			}
		}
		if len(out) == 0 {
			add("", "this program reads other metadata from its raw bytes")
		}
		return nil
	})
	return out, err
}

// spell writes everything of a fact that is stored with it.
func spell(f extract.Fact) string {
	s, _ := slotsOf(f)
	text := fmt.Sprintf("%s %q %v %s", f.Kind, f.Rule, f.Confidence, toJSON(s))
	for _, c := range f.Citations {
		text += fmt.Sprintf(" %d %d %q", c.Start, c.End, c.Rule)
	}
	return text
}

func spelled(facts []extract.Fact) map[string]bool {
	set := make(map[string]bool, len(facts))
	for _, f := range facts {
		set[spell(f)] = true
	}
	return set
}
