-- Version 2: what people decided, and who published a document.

-- Who published it, and the address that it names itself by; '' when unknown.
ALTER TABLE document ADD COLUMN publisher TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN publisher_from TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN canonical TEXT NOT NULL DEFAULT '';
CREATE INDEX document_publisher ON document(publisher) WHERE is_current = 1;

-- Decisions: append-only. Nothing below is ever changed or deleted by the program, and no
-- row refers to a row that can be rebuilt: what a decision is about is in decision_target.
CREATE TABLE decision (
  id     INTEGER PRIMARY KEY AUTOINCREMENT, -- their order
  key    TEXT NOT NULL UNIQUE,            -- given by the caller: the same key again is the same decision
  action TEXT NOT NULL CHECK (action IN ('accept', 'reject', 'edit', 'skip', 'undo')),
  who    TEXT NOT NULL,
  why    TEXT NOT NULL,
  made   TEXT NOT NULL,                   -- time stamp given by the caller (RFC 3339)
  kind   TEXT NOT NULL,                   -- of the fact
  fact   TEXT NOT NULL,                   -- id and line of the fact as the reviewer saw it, for people;
  line   TEXT NOT NULL,                   --   neither is used to find it again
  edited TEXT NOT NULL DEFAULT '',        -- edit: the slots as JSON
  undoes INTEGER REFERENCES decision(id)  -- undo: which decision
);
CREATE INDEX decision_undoes ON decision(undoes) WHERE undoes IS NOT NULL;
CREATE INDEX decision_fact ON decision(fact);

-- The evidence that a decision was made on: what a document stated, and where. After any
-- rebuild a decision finds its statement by these alone.
CREATE TABLE decision_target (
  decision_id INTEGER NOT NULL REFERENCES decision(id),
  ordinal     INTEGER NOT NULL,
  source      TEXT NOT NULL,              -- path or URL of the document
  normal      TEXT NOT NULL,              -- hash of the kind and the normalised slots (decisionKey)
  slots       TEXT NOT NULL,              -- those slots, JSON
  edited      TEXT NOT NULL DEFAULT '',   -- edit: what was made of them, JSON
  quote       TEXT NOT NULL,              -- words of the first citation
  before      TEXT NOT NULL,              -- up to 32 code points before the quote
  after       TEXT NOT NULL,              -- and behind it
  PRIMARY KEY (decision_id, ordinal)
) WITHOUT ROWID;
CREATE INDEX decision_target_source ON decision_target(source);

CREATE TRIGGER decision_kept BEFORE DELETE ON decision BEGIN SELECT raise(ABORT, 'decisions are never deleted'); END;
CREATE TRIGGER decision_final BEFORE UPDATE ON decision BEGIN SELECT raise(ABORT, 'decisions are never changed'); END;
CREATE TRIGGER decision_target_kept BEFORE DELETE ON decision_target BEGIN SELECT raise(ABORT, 'decisions are never deleted'); END;
CREATE TRIGGER decision_target_final BEFORE UPDATE ON decision_target BEGIN SELECT raise(ABORT, 'decisions are never changed'); END;

-- derived from the decisions, anew with every statement
-- state: 'open', 'accepted', 'rejected', 'changed' (decided, but what is stated now differs), 'skipped'
ALTER TABLE statement ADD COLUMN state TEXT NOT NULL DEFAULT 'open';
ALTER TABLE statement ADD COLUMN decision_id INTEGER;         -- that the state comes from
ALTER TABLE statement ADD COLUMN extracted TEXT;              -- slots as extracted, where an edit changed them
ALTER TABLE fact ADD COLUMN state TEXT NOT NULL DEFAULT 'open';
ALTER TABLE fact ADD COLUMN decision_id INTEGER NOT NULL DEFAULT 0; -- the last that concerns one of its statements
CREATE INDEX fact_queue ON fact(state, confidence, id);
CREATE INDEX fact_queue_kind ON fact(kind, state, confidence, id);
CREATE INDEX statement_rule ON statement(rule, fact_id);

-- Which decisions found no statement is seen from here: every target that holds has a row.
CREATE TABLE decision_holds (
  decision_id  INTEGER NOT NULL,
  ordinal      INTEGER NOT NULL,
  statement_id INTEGER NOT NULL REFERENCES statement(id) ON DELETE CASCADE,
  how          TEXT NOT NULL CHECK (how IN ('same', 'adopted', 'changed')),
  PRIMARY KEY (decision_id, ordinal)
) WITHOUT ROWID;
CREATE INDEX decision_holds_statement ON decision_holds(statement_id);

-- Views: rejected facts are in none; the state is in all.
DROP VIEW citations;
DROP VIEW agreements;
DROP VIEW titles;
DROP VIEW institutions;
DROP VIEW people;
DROP VIEW dates;
DROP VIEW facts;
DROP VIEW first_citation;
DROP VIEW resolved;

-- One row a statement of a document, with names resolved across documents.
CREATE VIEW resolved AS
SELECT s.id AS statement_id, s.fact_id, s.document_id, s.kind, s.slots,
  (SELECT e.name FROM statement_form sf JOIN form f ON f.id = sf.form_id JOIN entity e ON e.id = f.entity_id
    WHERE sf.statement_id = s.id AND sf.role = 'person' AND sf.ordinal = 0) AS person,
  (SELECT e.name FROM statement_form sf JOIN form f ON f.id = sf.form_id JOIN entity e ON e.id = f.entity_id
    WHERE sf.statement_id = s.id AND sf.role = 'institution' AND sf.ordinal = 0) AS institution,
  (SELECT group_concat(name, '; ') FROM (SELECT e.name FROM statement_form sf JOIN form f ON f.id = sf.form_id
    JOIN entity e ON e.id = f.entity_id WHERE sf.statement_id = s.id AND sf.role = 'party' ORDER BY sf.ordinal)) AS parties,
  (SELECT group_concat(name, '; ') FROM (SELECT e.name FROM statement_form sf JOIN form f ON f.id = sf.form_id
    JOIN entity e ON e.id = f.entity_id WHERE sf.statement_id = s.id AND sf.role = 'signatory' ORDER BY sf.ordinal)) AS signatories
FROM statement s;

-- One row a fact with the place where it was first stated.
CREATE VIEW first_citation AS
SELECT fact.id AS fact_id, c.quote, src.source, c.start, c."end", d.id AS document_id, d.title, d.published, c.rule
FROM fact
JOIN citation c ON c.statement_id = fact.first_statement AND c.ordinal = 0
JOIN document d ON d.id = c.document_id
JOIN source src ON src.id = d.source_id;

CREATE VIEW facts AS
SELECT fact.hash AS id, fact.kind,
  CASE fact.kind
    WHEN 'date' THEN trim(json_extract(r.slots, '$.value') || ' ' || coalesce(json_extract(r.slots, '$.mod'), ''))
    WHEN 'person' THEN r.person
    WHEN 'institution' THEN r.institution
    WHEN 'title' THEN r.person || ', ' || CASE json_extract(r.slots, '$.when') WHEN 'former' THEN 'former ' WHEN 'incoming' THEN 'incoming ' ELSE '' END
      || json_extract(r.slots, '$.title') || coalesce(', ' || r.institution, '')
    WHEN 'agreement' THEN json_extract(r.slots, '$.type') || ' ' || json_extract(r.slots, '$.status') || ': ' || coalesce(r.parties, '')
      || coalesce(', ' || json_extract(r.slots, '$.date'), '') || coalesce(', on ' || json_extract(r.slots, '$.subject'), '')
  END AS fact,
  r.person, coalesce(r.institution, r.parties) AS institution,
  coalesce(json_extract(r.slots, '$.value'), json_extract(r.slots, '$.date')) AS date,
  fact.sources, fact.citations, fact.confidence, fc.quote, fc.source, fc.start, fc."end", fact.state
FROM fact JOIN resolved r ON r.statement_id = fact.first_statement JOIN first_citation fc ON fc.fact_id = fact.id WHERE fact.state <> 'rejected';

CREATE VIEW dates AS
SELECT fact.hash AS id, json_extract(s.slots, '$.value') AS value, json_extract(s.slots, '$.mod') AS modifier, json_extract(s.slots, '$.type') AS type,
  fact.earliest, fact.latest, fact.year_unknown, fact.sources, fc.quote, fc.source, fc.start, fc."end", fact.state
FROM fact JOIN statement s ON s.id = fact.first_statement JOIN first_citation fc ON fc.fact_id = fact.id WHERE fact.kind = 'date' AND fact.state <> 'rejected';

CREATE VIEW people AS
SELECT fact.hash AS id, e.name, (SELECT group_concat(value, '; ') FROM json_each(e.aliases)) AS aliases,
  fact.sources, fc.quote, fc.source, fc.start, fc."end", fact.state
FROM fact JOIN statement_form sf ON sf.statement_id = fact.first_statement AND sf.role = 'person' AND sf.ordinal = 0
JOIN form f ON f.id = sf.form_id JOIN entity e ON e.id = f.entity_id
JOIN first_citation fc ON fc.fact_id = fact.id WHERE fact.kind = 'person' AND fact.state <> 'rejected';

CREATE VIEW institutions AS
SELECT fact.hash AS id, e.name, (SELECT group_concat(value, '; ') FROM json_each(e.aliases)) AS aliases, p.name AS parent,
  fact.sources, fc.quote, fc.source, fc.start, fc."end", fact.state
FROM fact JOIN statement_form sf ON sf.statement_id = fact.first_statement AND sf.role = 'institution' AND sf.ordinal = 0
JOIN form f ON f.id = sf.form_id JOIN entity e ON e.id = f.entity_id LEFT JOIN entity p ON p.id = e.parent_id
JOIN first_citation fc ON fc.fact_id = fact.id WHERE fact.kind = 'institution' AND fact.state <> 'rejected';

CREATE VIEW titles AS
SELECT fact.hash AS id, r.person, json_extract(r.slots, '$.title') AS title, r.institution, json_extract(r.slots, '$.when') AS "when",
  fact.sources, fc.quote, fc.source, fc.start, fc."end", fact.state
FROM fact JOIN resolved r ON r.statement_id = fact.first_statement JOIN first_citation fc ON fc.fact_id = fact.id WHERE fact.kind = 'title' AND fact.state <> 'rejected';

CREATE VIEW agreements AS
SELECT fact.hash AS id, json_extract(r.slots, '$.type') AS type, json_extract(r.slots, '$.status') AS status, r.parties, r.signatories,
  json_extract(r.slots, '$.date') AS date, json_extract(r.slots, '$.place') AS place, json_extract(r.slots, '$.subject') AS subject,
  fact.sources, fc.quote, fc.source, fc.start, fc."end", fact.state
FROM fact JOIN resolved r ON r.statement_id = fact.first_statement JOIN first_citation fc ON fc.fact_id = fact.id WHERE fact.kind = 'agreement' AND fact.state <> 'rejected';

CREATE VIEW citations AS
SELECT fact.hash AS fact, s.kind, c.quote, src.source, c.start, c."end", d.title, d.published, c.rule, s.confidence, s.state
FROM citation c JOIN statement s ON s.id = c.statement_id JOIN fact ON fact.id = s.fact_id
JOIN document d ON d.id = c.document_id JOIN source src ON src.id = d.source_id WHERE s.state <> 'rejected';
