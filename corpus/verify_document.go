package corpus

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"unicode/utf8"

	"dateline/extract"
	"dateline/extract/token"
	"dateline/ingest/document"
)

// proof is a version of a document as it is stored, on its way through Verify.
type proof struct {
	id       int64
	current  bool
	rawBad   string // what is wrong with its raw bytes, or ""
	doc      document.Document
	rawHash  string
	textHash string
	factHash string

	// As they are stored: a value that only reads as the right one is not the right one.
	conflicts, warnings, zones, readAs, note string

	statements []storedStatement
	citations  int
	holds      []storedHold
	evidence   []evidence

	faults   []Fault
	named    []int64 // forms that it names
	complete bool    // named are all
}

// storedStatement is a row of statement with the rows that belong to it.
type storedStatement struct {
	row, fact, decision int64
	ordinal             int
	kind, rule, state   string
	confidence          float64
	slots               string
	extracted, own      sql.NullString
	citations, start    int
	// Of its fact, when there is one.
	factHash, factKind, factNormal sql.NullString

	cites []storedCitation
	names []storedName
	value slots // slots, read
	asWas slots // as it was extracted
}

type storedCitation struct {
	document int64
	ordinal  int
	place    place
}

type storedName struct {
	role    string
	ordinal int
	form    int64
}

type storedHold struct {
	decision  int64
	ordinal   int
	statement int64
	how       string
}

// loader reads documents for Verify, with statements that stay prepared.
type loader struct {
	v                                             *verifier
	document_, statement, citation, named, holds_ *sql.Stmt
}

func newLoader(v *verifier) (*loader, error) {
	l := &loader{v: v}
	for _, p := range []struct {
		to    **sql.Stmt
		query string
	}{
		{&l.document_, `SELECT coalesce(src.source, ''), d.is_current, d.raw_hash, d.title, d.language, d.published, d.published_from, d.published_conflicts, d.text, d.text_hash,
			d.zones, d.warnings, d.note, d.read_as, d.facts_hash, d.publisher, d.publisher_from, d.canonical
			FROM document d LEFT JOIN source src ON src.id = d.source_id WHERE d.id = ?`},
		{&l.statement, `SELECT s.id, s.ordinal, s.kind, s.hash, s.fact_id, s.rule, s.confidence, s.slots, s.citations, s.first_start, s.state, coalesce(s.decision_id, 0), s.extracted,
			fact.hash, fact.kind, fact.normal FROM statement s LEFT JOIN fact ON fact.id = s.fact_id WHERE s.document_id = ? ORDER BY s.ordinal`},
		{&l.citation, `SELECT c.statement_id, c.ordinal, c.document_id, c.start, c."end", c.quote, c.rule
			FROM statement s JOIN citation c ON c.statement_id = s.id WHERE s.document_id = ? ORDER BY s.ordinal, c.ordinal`},
		{&l.named, `SELECT sf.statement_id, sf.role, sf.ordinal, sf.form_id
			FROM statement s JOIN statement_form sf ON sf.statement_id = s.id WHERE s.document_id = ? ORDER BY s.ordinal, sf.role, sf.ordinal`},
		{&l.holds_, `SELECT h.decision_id, h.ordinal, h.statement_id, h.how
			FROM statement s JOIN decision_holds h ON h.statement_id = s.id WHERE s.document_id = ? ORDER BY h.decision_id, h.ordinal`},
	} {
		var err error
		if *p.to, err = v.tx.Prepare(p.query); err != nil {
			l.close()
			return nil, err
		}
	}
	return l, nil
}

func (l *loader) close() {
	for _, s := range []*sql.Stmt{l.document_, l.statement, l.citation, l.named, l.holds_} {
		if s != nil {
			s.Close()
		}
	}
}

func rowsOf(s *sql.Stmt, id int64, scan func(*sql.Rows) error) error {
	rows, err := s.Query(id)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// document reads one version. A value that has not even the type of its column is a fault of
// the document; an error is one of the database.
func (l *loader) document(id int64) (*proof, error) {
	p := &proof{id: id}
	unreadable := func(what string, err error) {
		p.fault(CheckContent, "", adviceRestore, "a row of table %s can't be read: %v", what, err)
	}
	d := &p.doc
	rows, err := l.document_.Query(id)
	if err != nil {
		return nil, err
	}
	found := rows.Next()
	if found {
		if err := rows.Scan(&d.Source, &p.current, &p.rawHash, &d.Title, &d.Language, &d.Published.Value, &d.Published.From, &p.conflicts, &d.Text, &p.textHash,
			&p.zones, &p.warnings, &p.note, &p.readAs, &p.factHash, &d.Publisher.Name, &d.Publisher.From, &d.Canonical); err != nil {
			unreadable("document", err)
		}
	}
	rows.Close()
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if !found {
		p.fault(CheckStructure, "", adviceRestore, "version %d is not there", id)
		return p, nil
	}
	p.rawBad = l.v.badRaw[p.rawHash]
	at := map[int64]int{}
	err = rowsOf(l.statement, id, func(rows *sql.Rows) error {
		var s storedStatement
		if err := rows.Scan(&s.row, &s.ordinal, &s.kind, &s.own, &s.fact, &s.rule, &s.confidence, &s.slots, &s.citations, &s.start, &s.state, &s.decision, &s.extracted,
			&s.factHash, &s.factKind, &s.factNormal); err != nil {
			unreadable("statement", err)
			return nil
		}
		at[s.row] = len(p.statements)
		p.statements = append(p.statements, s)
		return nil
	})
	if err != nil {
		return nil, err
	}
	of := func(row int64) *storedStatement {
		if i, ok := at[row]; ok {
			return &p.statements[i]
		}
		return &storedStatement{} // of a statement that could not be read
	}
	err = rowsOf(l.citation, id, func(rows *sql.Rows) error {
		var row int64
		var c storedCitation
		if err := rows.Scan(&row, &c.ordinal, &c.document, &c.place.start, &c.place.end, &c.place.quote, &c.place.rule); err != nil {
			unreadable("citation", err)
			return nil
		}
		s := of(row)
		s.cites = append(s.cites, c)
		p.citations++
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = rowsOf(l.named, id, func(rows *sql.Rows) error {
		var row int64
		var n storedName
		if err := rows.Scan(&row, &n.role, &n.ordinal, &n.form); err != nil {
			unreadable("statement_form", err)
			return nil
		}
		s := of(row)
		s.names = append(s.names, n)
		l.v.names.uses[n.form]++
		return nil
	})
	if err != nil || !l.v.decided {
		return p, err
	}
	err = rowsOf(l.holds_, id, func(rows *sql.Rows) error {
		var h storedHold
		if err := rows.Scan(&h.decision, &h.ordinal, &h.statement, &h.how); err != nil {
			unreadable("decision_holds", err)
			return nil
		}
		p.holds = append(p.holds, h)
		return nil
	})
	if err != nil || !p.current {
		return p, err
	}
	if p.evidence, err = readEvidence(l.v.ctx, l.v.tx, d.Source); err != nil {
		unreadable("decision_target", err)
	}
	return p, l.v.ctx.Err()
}

func (p *proof) fault(check Check, fact, advice, format string, args ...any) {
	p.faults = append(p.faults, Fault{Check: check, Source: p.doc.Source, Document: p.id, Fact: fact, Detail: fmt.Sprintf(format, args...), Advice: advice})
}

// prove compares a version with what follows from it. It reads nothing but the document and
// the names, and stops where what comes next would rest on what is wrong already.
func (p *proof) prove(names *names) {
	defer func() {
		if r := recover(); r != nil {
			p.fault(CheckContent, "", adviceRestore, "the program failed on it: %v", r)
		}
	}()
	if p.rawBad != "" {
		defer p.fault(CheckRaw, "", adviceRestore, "%s", p.rawBad)
	}
	if len(p.faults) > 0 {
		return
	}
	if HashBytes([]byte(p.doc.Text)) != p.textHash {
		p.fault(CheckText, "", adviceRestore, "its text is not the one that was stored: it has another hash than text_hash")
	}
	if !p.current {
		p.complete = true
		if len(p.statements) > 0 {
			p.fault(CheckContent, "", adviceRestore, "it is not the current version of its source, and has facts")
		}
		return
	}
	p.readValues()
	p.proveCitations()
	p.proveContent()
	if len(p.faults) == 0 {
		p.proveMeaning(names)
		p.complete = len(p.faults) == 0
	}
}

// id is the fact's id for people.
func (s *storedStatement) id() string { return s.factHash.String }

// readValues reads the values of all statements.
func (p *proof) readValues() {
	for i := range p.statements {
		s := &p.statements[i]
		if err := json.Unmarshal([]byte(s.slots), &s.value); err != nil || toJSON(s.value) != s.slots {
			p.fault(CheckContent, s.id(), adviceRestore, "its values are not as they are written: %s", s.slots)
		}
		s.asWas = s.value
		if s.extracted.Valid {
			s.asWas = slots{}
			if err := json.Unmarshal([]byte(s.extracted.String), &s.asWas); err != nil || toJSON(s.asWas) != s.extracted.String {
				p.fault(CheckContent, s.id(), adviceRestore, "its values before they were edited are not as they are written: %s", s.extracted.String)
			}
		}
	}
}

// proveCitations compares each quote with the text at its place.
func (p *proof) proveCitations() {
	text := newTextAt(p.doc.Text)
	for i := range p.statements {
		s := &p.statements[i]
		if len(s.cites) == 0 {
			p.fault(CheckCitation, s.id(), adviceRestore, "it has no citation")
			continue
		}
		first := s.cites[0].place.start
		for k, c := range s.cites {
			first = min(first, c.place.start)
			switch at, ok := text.between(c.place.start, c.place.end); {
			case !ok:
				p.fault(CheckCitation, s.id(), adviceRestore, "its citation %d–%d lies outside the text", c.place.start, c.place.end)
			case at != c.place.quote:
				p.fault(CheckCitation, s.id(), adviceRestore, "the text at %d–%d is %q, and the quote is %q", c.place.start, c.place.end, shortened(at), shortened(c.place.quote))
			}
			if c.document != p.id || c.ordinal != k {
				p.fault(CheckCitation, s.id(), adviceRestore, "its citation %d–%d is stored as number %d of document %d, and is number %d", c.place.start, c.place.end, c.ordinal, c.document, k)
			}
		}
		if s.citations != len(s.cites) || s.start != first {
			p.fault(CheckCitation, s.id(), adviceRestore, "it counts %d citations from %d on, and has %d from %d on", s.citations, s.start, len(s.cites), first)
		}
		if s.ordinal != i {
			p.fault(CheckContent, s.id(), adviceRestore, "it is stored as fact %d of its document, and is fact %d", s.ordinal, i)
		}
	}
}

// proveContent compares metadata and facts, as they were extracted, with their hash.
func (p *proof) proveContent() {
	d := &p.doc
	d.Published.Conflicts, d.Warnings = stringsFrom(p.conflicts), stringsFrom(p.warnings)
	if toJSON(d.Published.Conflicts) != p.conflicts || toJSON(d.Warnings) != p.warnings {
		p.fault(CheckContent, "", adviceRestore, "its warnings or other publication dates are not as they are written")
	}
	if p.hashOf(newFactsHash(d, p.note, p.zones, p.readAs)) == p.factHash {
		return
	}
	before := d.Publisher == (document.Publisher{}) && d.Canonical == "" // stored before schema 2, and not read again since
	if !before || p.hashOf(newFactsHash1(d, p.note, p.zones, p.readAs)) != p.factHash {
		p.fault(CheckContent, "", adviceRestore, "its source, metadata and facts are not those that were stored: they have another hash than facts_hash")
	}
}

// hashOf adds the facts, as they were extracted, to a hash.
func (p *proof) hashOf(h factsHash) string {
	for _, s := range p.statements {
		places := make([]place, len(s.cites))
		for k, c := range s.cites {
			places[k] = c.place
		}
		slots := s.slots
		if s.extracted.Valid {
			slots = s.extracted.String
		}
		h.add(extract.Kind(s.kind), s.rule, s.confidence, slots, places)
	}
	return h.sum()
}

// proveMeaning reads the names and applies the decisions again.
func (p *proof) proveMeaning(names *names) {
	text := newTextAt(p.doc.Text)
	item := &Item{Doc: p.doc, Facts: make([]extract.Fact, len(p.statements))}
	for i, s := range p.statements {
		f := s.asWas.fact(extract.Kind(s.kind))
		f.Rule, f.Confidence = s.rule, s.confidence
		for _, c := range s.cites {
			f.Citations = append(f.Citations, extract.Citation{Span: token.Span{Start: text.byteAt(c.place.start), End: text.byteAt(c.place.end)}, Quote: c.place.quote, Rule: c.place.rule})
		}
		item.Facts[i] = f
	}
	again := &prepared{item: item}
	again.interpret(item.Facts)
	if len(p.evidence) > 0 {
		again.judge(p.evidence)
	}
	p.proveDecisions(again)
	p.proveNames(again, names)
}

// proveDecisions compares states and edited values with what the decisions make of them.
func (p *proof) proveDecisions(again *prepared) {
	for i, s := range p.statements {
		r := again.ruled.of(i)
		if string(r.state) != s.state || r.decision != s.decision {
			p.fault(CheckDecision, s.id(), adviceRebuild, "its state is stored as %s by decision %d, and is %s by decision %d", s.state, s.decision, r.state, r.decision)
		}
		value := toJSON(again.read.slots[i])
		if edited := again.ruled.extracted != nil && again.ruled.extracted[i] != nil; value != s.slots || edited != s.extracted.Valid {
			p.fault(CheckDecision, s.id(), adviceRebuild, "its values are stored as %s, and the decisions make them %s", shortened(s.slots), shortened(value))
		}
	}
	var holds []storedHold
	for _, h := range again.ruled.holds {
		holds = append(holds, storedHold{h.decision, h.ordinal, p.statements[h.statement].row, string(h.how)})
	}
	if !slices.Equal(holds, p.holds) {
		p.fault(CheckDecision, "", adviceRebuild, "%d decisions are noted to concern its facts, and other ones do", len(p.holds))
	}
}

// proveNames compares the names that statements refer to, and the ids that follow from them.
func (p *proof) proveNames(again *prepared, names *names) {
	for _, f := range again.read.forms {
		row, wrong := names.proveForm(f)
		if wrong != "" {
			p.fault(CheckNames, "", adviceRebuild, "%s %q %s", f.kind, shortened(f.name), wrong)
			return // what follows would only say so again
		}
		p.named = append(p.named, row)
	}
	for i, s := range p.statements {
		refs := again.read.refs[i]
		var want []storedName
		keys := map[string][]string{}
		for _, r := range refs {
			id := names.bySignature[r.form.signature]
			want = append(want, storedName{r.role, r.ordinal, id})
			keys[r.role] = append(keys[r.role], names.keyOf(id))
		}
		slices.SortFunc(want, compareNames)
		if !slices.Equal(want, s.names) {
			p.fault(CheckNames, s.id(), adviceRebuild, "it is stored with other people or institutions than it names")
			continue
		}
		kind := extract.Kind(s.kind)
		normal := normalForm(kind, again.read.slots[i], func(role string) []string { return keys[role] })
		hash, own := factHash(normal), factHash(again.normals[i])
		switch {
		case !s.factHash.Valid:
			p.fault(CheckFact, hash, adviceRebuild, "the fact that it states is not there")
		case s.factHash.String != hash || s.factKind.String != s.kind || s.factNormal.String != readableNormal(normal):
			p.fault(CheckFact, s.id(), adviceRebuild, "fact %d of the document is %s, and is counted with this one", i, hash)
		}
		// The id that the document alone gives is kept where it differs, or once did.
		if s.own.Valid && s.own.String != own || !s.own.Valid && own != hash {
			p.fault(CheckFact, s.id(), adviceRebuild, "the id that its document alone gives it is stored as %q, and is %s", s.own.String, own)
		}
	}
}

// textAt gives parts of a text by code points.
type textAt struct {
	text  string
	marks []int // byte of every codePointBlock-th code point
	size  int   // code points
}

func newTextAt(text string) *textAt {
	t := &textAt{text: text}
	for i := range text {
		if t.size%codePointBlock == 0 {
			t.marks = append(t.marks, i)
		}
		t.size++
	}
	return t
}

// byteAt is the byte at which a code point begins; the length of the text for what is beyond it.
func (t *textAt) byteAt(point int) int {
	if point < 0 || point >= t.size {
		return len(t.text)
	}
	i := t.marks[point/codePointBlock]
	for n := point % codePointBlock; n > 0; n-- {
		_, size := utf8.DecodeRuneInString(t.text[i:])
		i += size
	}
	return i
}

// between is the text from one code point to another; ok is false when there is no such part.
func (t *textAt) between(start, end int) (part string, ok bool) {
	if start < 0 || end <= start || end > t.size {
		return "", false
	}
	return t.text[t.byteAt(start):t.byteAt(end)], true
}

// shortened is a text for a message.
func shortened(text string) string {
	const limit = 120
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	t := newTextAt(text)
	return t.text[:t.byteAt(limit)] + "…"
}
