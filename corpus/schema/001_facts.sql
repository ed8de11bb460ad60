-- Version 1: documents, what they state, and what they state together.
-- Everything below "derived" can be rebuilt from raw and document.

-- Raw bytes, once a content.
CREATE TABLE raw (
  hash     TEXT PRIMARY KEY,              -- 'sha256:' and hex of the bytes
  size     INTEGER NOT NULL,              -- of the bytes before compression
  encoding TEXT NOT NULL CHECK (encoding IN ('gzip', 'identity')),
  bytes    BLOB NOT NULL
) WITHOUT ROWID;

-- Where documents come from. A refused or removed source keeps its row, so that the file says why.
CREATE TABLE source (
  id      INTEGER PRIMARY KEY,
  source  TEXT NOT NULL UNIQUE,           -- path or URL
  stem    TEXT NOT NULL,                  -- last part of source without its extension
  state   TEXT NOT NULL CHECK (state IN ('ok', 'refused', 'removed')),
  reason  TEXT NOT NULL DEFAULT '',
  advice  TEXT NOT NULL DEFAULT '',
  changed TEXT NOT NULL DEFAULT ''        -- time stamp given by the caller
);
CREATE INDEX source_stem ON source(stem);

-- Versions of documents. Older versions and their raw bytes are kept; their facts are not.
CREATE TABLE document (
  id                  INTEGER PRIMARY KEY,
  source_id           INTEGER NOT NULL REFERENCES source(id),
  version             INTEGER NOT NULL,
  is_current          INTEGER NOT NULL CHECK (is_current IN (0, 1)),
  raw_hash            TEXT NOT NULL REFERENCES raw(hash),
  title               TEXT NOT NULL,
  language            TEXT NOT NULL,
  published           TEXT NOT NULL,      -- date value, '' when unknown
  published_from      TEXT NOT NULL,
  published_conflicts TEXT NOT NULL,      -- JSON array
  text                TEXT NOT NULL,      -- cleaned; citations count its code points
  text_hash           TEXT NOT NULL,
  zones               TEXT NOT NULL,      -- JSON array of [start, end, kind] in code points
  warnings            TEXT NOT NULL,      -- JSON array
  note                TEXT NOT NULL,
  read_as             TEXT NOT NULL,      -- JSON: what is needed to read the raw bytes again
  facts_hash          TEXT NOT NULL,      -- hash of everything extracted; '' when facts are incomplete
  added               TEXT NOT NULL DEFAULT '',
  UNIQUE (source_id, version)
);
CREATE UNIQUE INDEX document_current ON document(source_id) WHERE is_current = 1;
CREATE INDEX document_raw ON document(raw_hash);

-- Full text of current documents; the words are not stored twice.
CREATE VIRTUAL TABLE document_text USING fts5(title, text, content='document', content_rowid='id',
  tokenize='unicode61 remove_diacritics 2');

-- derived ------------------------------------------------------------------------------------

-- People and institutions, across documents. key is the smallest strong key of its forms.
CREATE TABLE entity (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,  -- minted once, never used again
  kind      TEXT NOT NULL CHECK (kind IN ('person', 'institution')),
  key       TEXT NOT NULL,
  name      TEXT NOT NULL,                -- canonical: the fullest form
  aliases   TEXT NOT NULL DEFAULT '[]',   -- JSON array of every other form
  folded    TEXT NOT NULL DEFAULT '',     -- name and aliases as searched: ' word word'
  parent_id INTEGER REFERENCES entity(id) ON DELETE SET NULL
);
CREATE INDEX entity_key ON entity(key);
CREATE INDEX entity_parent ON entity(parent_id);

-- A way in which documents name a person or an institution: name, aliases, context.
CREATE TABLE form (
  id        INTEGER PRIMARY KEY,
  signature TEXT NOT NULL UNIQUE,         -- hash of kind, name, aliases, parent and keys
  kind      TEXT NOT NULL,
  name      TEXT NOT NULL,
  aliases   TEXT NOT NULL,                -- JSON array
  key       TEXT NOT NULL,                -- smallest strong key
  parent_id INTEGER REFERENCES form(id),  -- the form of its parent institution
  entity_id INTEGER REFERENCES entity(id),
  keys      TEXT NOT NULL,                -- JSON array of [key, level, role]; role: 0 joins, 1 offers, 2 asks, 3 similar
  uses      INTEGER NOT NULL DEFAULT 0    -- statement_form rows and child forms that refer to it
);
CREATE INDEX form_entity ON form(entity_id);
CREATE INDEX form_parent ON form(parent_id);

-- Which forms have a key: forms that share none can't influence each other's entity.
CREATE TABLE form_key (
  key     INTEGER NOT NULL,               -- first 8 bytes of the SHA-256 of the key's text
  form_id INTEGER NOT NULL,
  PRIMARY KEY (key, form_id)
) WITHOUT ROWID;

-- De-duplicated facts.
CREATE TABLE fact (
  id              INTEGER PRIMARY KEY,
  hash            TEXT NOT NULL UNIQUE,   -- public id
  kind            TEXT NOT NULL,
  normal          TEXT NOT NULL,          -- normal form that hash is made of
  sources         INTEGER NOT NULL,       -- documents that state it
  citations       INTEGER NOT NULL,
  confidence      REAL NOT NULL,
  earliest        TEXT,                   -- first day that its date covers, NULL when it has no date
  latest          TEXT,                   -- last day
  year_unknown    INTEGER NOT NULL DEFAULT 0,
  first_statement INTEGER                -- of the earliest published document (unknown last), then source, then offset
);
CREATE INDEX fact_kind ON fact(kind);

-- What one document states; slots are its own words as JSON.
CREATE TABLE statement (
  id          INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES document(id),
  ordinal     INTEGER NOT NULL,
  kind        TEXT NOT NULL,
  hash        TEXT,                       -- id of the fact as this document alone gives it, where that is not the fact's
  fact_id     INTEGER NOT NULL REFERENCES fact(id),
  rule        TEXT NOT NULL,
  confidence  REAL NOT NULL,
  slots       TEXT NOT NULL,
  citations   INTEGER NOT NULL,
  first_start INTEGER NOT NULL,           -- code point of its first citation
  UNIQUE (document_id, ordinal)
);
CREATE INDEX statement_fact ON statement(fact_id);
CREATE INDEX statement_hash ON statement(hash) WHERE hash IS NOT NULL;

-- The people and institutions that a statement names.
CREATE TABLE statement_form (
  statement_id INTEGER NOT NULL REFERENCES statement(id) ON DELETE CASCADE,
  role         TEXT NOT NULL CHECK (role IN ('person', 'institution', 'party', 'signatory')),
  ordinal      INTEGER NOT NULL,
  form_id      INTEGER NOT NULL REFERENCES form(id),
  PRIMARY KEY (statement_id, role, ordinal)
) WITHOUT ROWID;
CREATE INDEX statement_form_form ON statement_form(form_id);

-- Where it is stated: substr(document.text, start + 1, "end" - start) = quote.
CREATE TABLE citation (
  statement_id INTEGER NOT NULL REFERENCES statement(id) ON DELETE CASCADE,
  ordinal      INTEGER NOT NULL,          -- from 0, in text order
  document_id  INTEGER NOT NULL REFERENCES document(id),
  start        INTEGER NOT NULL CHECK (start >= 0),
  "end"        INTEGER NOT NULL,
  quote        TEXT NOT NULL,
  rule         TEXT NOT NULL,
  PRIMARY KEY (statement_id, ordinal),
  CHECK ("end" > start)
) WITHOUT ROWID;

-- Views --------------------------------------------------------------------------------------
-- Facts exist only for current documents of sources that are 'ok', so no view needs to filter.

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
  fact.sources, fact.citations, fact.confidence, fc.quote, fc.source, fc.start, fc."end"
FROM fact JOIN resolved r ON r.statement_id = fact.first_statement JOIN first_citation fc ON fc.fact_id = fact.id;

CREATE VIEW dates AS
SELECT fact.hash AS id, json_extract(s.slots, '$.value') AS value, json_extract(s.slots, '$.mod') AS modifier, json_extract(s.slots, '$.type') AS type,
  fact.earliest, fact.latest, fact.year_unknown, fact.sources, fc.quote, fc.source, fc.start, fc."end"
FROM fact JOIN statement s ON s.id = fact.first_statement JOIN first_citation fc ON fc.fact_id = fact.id WHERE fact.kind = 'date';

CREATE VIEW people AS
SELECT fact.hash AS id, e.name, (SELECT group_concat(value, '; ') FROM json_each(e.aliases)) AS aliases,
  fact.sources, fc.quote, fc.source, fc.start, fc."end"
FROM fact JOIN statement_form sf ON sf.statement_id = fact.first_statement AND sf.role = 'person' AND sf.ordinal = 0
JOIN form f ON f.id = sf.form_id JOIN entity e ON e.id = f.entity_id
JOIN first_citation fc ON fc.fact_id = fact.id WHERE fact.kind = 'person';

CREATE VIEW institutions AS
SELECT fact.hash AS id, e.name, (SELECT group_concat(value, '; ') FROM json_each(e.aliases)) AS aliases, p.name AS parent,
  fact.sources, fc.quote, fc.source, fc.start, fc."end"
FROM fact JOIN statement_form sf ON sf.statement_id = fact.first_statement AND sf.role = 'institution' AND sf.ordinal = 0
JOIN form f ON f.id = sf.form_id JOIN entity e ON e.id = f.entity_id LEFT JOIN entity p ON p.id = e.parent_id
JOIN first_citation fc ON fc.fact_id = fact.id WHERE fact.kind = 'institution';

CREATE VIEW titles AS
SELECT fact.hash AS id, r.person, json_extract(r.slots, '$.title') AS title, r.institution, json_extract(r.slots, '$.when') AS "when",
  fact.sources, fc.quote, fc.source, fc.start, fc."end"
FROM fact JOIN resolved r ON r.statement_id = fact.first_statement JOIN first_citation fc ON fc.fact_id = fact.id WHERE fact.kind = 'title';

CREATE VIEW agreements AS
SELECT fact.hash AS id, json_extract(r.slots, '$.type') AS type, json_extract(r.slots, '$.status') AS status, r.parties, r.signatories,
  json_extract(r.slots, '$.date') AS date, json_extract(r.slots, '$.place') AS place, json_extract(r.slots, '$.subject') AS subject,
  fact.sources, fc.quote, fc.source, fc.start, fc."end"
FROM fact JOIN resolved r ON r.statement_id = fact.first_statement JOIN first_citation fc ON fc.fact_id = fact.id WHERE fact.kind = 'agreement';

CREATE VIEW citations AS
SELECT fact.hash AS fact, s.kind, c.quote, src.source, c.start, c."end", d.title, d.published, c.rule, s.confidence
FROM citation c JOIN statement s ON s.id = c.statement_id JOIN fact ON fact.id = s.fact_id
JOIN document d ON d.id = c.document_id JOIN source src ON src.id = d.source_id;
