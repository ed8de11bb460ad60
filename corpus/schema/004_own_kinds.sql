-- Facts of the kinds that users' rules have made: their slots as a JSON object, by name.

DROP VIEW facts;

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
    ELSE (SELECT group_concat(key || ': ' || value, ', ') FROM json_each(r.slots, '$.own'))
  END AS fact,
  r.person, coalesce(r.institution, r.parties) AS institution,
  coalesce(json_extract(r.slots, '$.value'), json_extract(r.slots, '$.date')) AS date,
  fact.sources, fact.citations, fact.confidence, fc.quote, fc.source, fc.start, fc."end", fact.state
FROM fact JOIN resolved r ON r.statement_id = fact.first_statement JOIN first_citation fc ON fc.fact_id = fact.id WHERE fact.state <> 'rejected';

CREATE VIEW own_facts AS
SELECT fact.hash AS id, fact.kind, json_extract(s.slots, '$.own') AS slots,
  fact.sources, fc.quote, fc.source, fc.start, fc."end", fact.state
FROM fact JOIN statement s ON s.id = fact.first_statement JOIN first_citation fc ON fc.fact_id = fact.id
WHERE fact.kind NOT IN ('date', 'person', 'institution', 'title', 'agreement') AND fact.state <> 'rejected';
