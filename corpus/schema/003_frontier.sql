-- Version 3: what is fetched from the web. Documents that were fetched have the URL as their source.

-- The URLs to fetch, and what came of it. A document that was fetched and its row here change in one transaction.
CREATE TABLE frontier (
  id            INTEGER PRIMARY KEY,
  url           TEXT NOT NULL UNIQUE,     -- in its normal form; the source of the document
  host          TEXT NOT NULL,            -- without the port
  state         TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed', 'robots', 'gone')),
  found_by      TEXT NOT NULL,            -- what named it first: 'command line', 'list', or the name of a subscription
  added         TEXT NOT NULL,            -- time stamps are RFC 3339, given by the caller
  -- the last attempt that failed; '' and 0 after one that did not
  class         TEXT NOT NULL DEFAULT '', -- 'robots', 'timeout', 'status', 'content', …
  reason        TEXT NOT NULL DEFAULT '',
  advice        TEXT NOT NULL DEFAULT '',
  tries         INTEGER NOT NULL DEFAULT 0, -- runs that failed, one after another
  temporary     INTEGER NOT NULL DEFAULT 0, -- whether another try may help
  next_try      TEXT NOT NULL DEFAULT '', -- runs that nobody watches wait until then; '' for any time
  pause         INTEGER NOT NULL DEFAULT 0, -- whether the server itself asked for that pause: then all wait
  tried         TEXT NOT NULL DEFAULT '', -- when it was last asked for, with success or without
  -- the last answer
  fetched       TEXT NOT NULL DEFAULT '', -- when it came; '' for never
  changed       TEXT NOT NULL DEFAULT '', -- when its bytes last were other bytes
  status        INTEGER NOT NULL DEFAULT 0, -- of HTTP
  final         TEXT NOT NULL DEFAULT '', -- where redirects led to
  etag          TEXT NOT NULL DEFAULT '', -- for conditional requests
  last_modified TEXT NOT NULL DEFAULT '',
  raw_hash      TEXT NOT NULL DEFAULT '', -- of the bytes that it gave
  address       TEXT NOT NULL DEFAULT '', -- by which copies of one page are told: canonical on its own site, else final
  prose         TEXT NOT NULL DEFAULT '', -- hash of the article's words, likewise
  same_as       TEXT NOT NULL DEFAULT ''  -- URL of the document that it is a copy of; then it has none itself
);
CREATE INDEX frontier_pause ON frontier(host, next_try) WHERE pause;
CREATE INDEX frontier_address ON frontier(address, prose) WHERE address <> '';

-- Feeds and sitemaps that are followed.
CREATE TABLE subscription (
  id      INTEGER PRIMARY KEY,
  name    TEXT NOT NULL UNIQUE,
  url     TEXT NOT NULL UNIQUE,
  kind    TEXT NOT NULL CHECK (kind IN ('feed', 'sitemap')),
  include TEXT NOT NULL,                  -- JSON array of patterns
  exclude TEXT NOT NULL,
  added   TEXT NOT NULL,
  title   TEXT NOT NULL DEFAULT '',       -- as the feed names itself
  checked TEXT NOT NULL DEFAULT '',       -- when it was last read, with success or without
  reason  TEXT NOT NULL DEFAULT '',       -- why that failed; '' when it did not
  advice  TEXT NOT NULL DEFAULT ''
);

-- The files of a subscription: the feed, or the sitemap with the sitemaps that it names.
CREATE TABLE listing (
  subscription_id INTEGER NOT NULL REFERENCES subscription(id) ON DELETE CASCADE,
  url             TEXT NOT NULL,
  parent          TEXT NOT NULL,          -- the sitemap that names it; '' for the first
  etag            TEXT NOT NULL DEFAULT '', -- of the version whose entries are all in the frontier
  last_modified   TEXT NOT NULL DEFAULT '',
  fetched         TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (subscription_id, url)
) WITHOUT ROWID;

-- Which subscriptions list a URL, and what they say of it.
CREATE TABLE listed (
  frontier_id     INTEGER NOT NULL REFERENCES frontier(id) ON DELETE CASCADE,
  subscription_id INTEGER NOT NULL REFERENCES subscription(id) ON DELETE CASCADE,
  title           TEXT NOT NULL,
  published       TEXT NOT NULL,          -- date value, '' when unknown
  publisher       TEXT NOT NULL,
  PRIMARY KEY (frontier_id, subscription_id)
) WITHOUT ROWID;
CREATE INDEX listed_subscription ON listed(subscription_id);
