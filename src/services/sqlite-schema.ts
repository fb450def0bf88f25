/**
 * The steps from an empty database to today's, oldest first; `PRAGMA user_version` counts those that were taken. What
 * was released is never edited: a change is a new step at the end. Times are milliseconds since 1970.
 */
export const SCHEMA_STEPS: readonly string[] = [
  `
  -- AUTOINCREMENT: the order of acceptance, and no id is given out twice
  CREATE TABLE jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lane TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'dead')),
    asker TEXT,
    group_key TEXT,
    not_before REAL NOT NULL,
    accepted_at REAL NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    unsure INTEGER NOT NULL DEFAULT 0,
    posted TEXT,
    finished_at REAL,
    reason TEXT
  ) STRICT;
  CREATE INDEX jobs_line ON jobs (lane, state, id, asker, not_before);
  CREATE INDEX jobs_group ON jobs (group_key) WHERE group_key IS NOT NULL;
  CREATE INDEX jobs_finished ON jobs (finished_at) WHERE finished_at IS NOT NULL;

  CREATE TABLE requests (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    job INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    request TEXT
  ) STRICT;
  CREATE INDEX requests_job ON requests (job);

  CREATE TABLE languages (
    key TEXT PRIMARY KEY,
    language TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE results (
    id TEXT PRIMARY KEY,
    platform TEXT NOT NULL,
    owner TEXT NOT NULL,
    created_at REAL NOT NULL,
    shared INTEGER NOT NULL,
    posted TEXT,
    explanation TEXT,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX results_latest ON results (platform, owner, created_at) WHERE posted IS NOT NULL;
  CREATE INDEX results_age ON results (created_at);

  CREATE TABLE votes (
    result TEXT NOT NULL REFERENCES results (id) ON DELETE CASCADE,
    voter TEXT NOT NULL,
    up INTEGER NOT NULL,
    genre TEXT,
    at REAL NOT NULL,
    PRIMARY KEY (result, voter)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- what a service said of a picture: by the picture's hash, its genre and the language
  CREATE TABLE words (
    key TEXT PRIMARY KEY,
    explanation TEXT NOT NULL,
    at REAL NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX words_age ON words (at);

  -- one row a call: what it may cost, and once it is settled what it did cost, in millionths of a dollar
  CREATE TABLE spending (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    day TEXT NOT NULL,
    asker TEXT,
    micros INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX spending_day ON spending (day, asker);

  CREATE TABLE playlist_tracks (
    list TEXT PRIMARY KEY,
    tracks TEXT NOT NULL,
    fetched_at REAL NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE dead_playlists (
    list TEXT PRIMARY KEY,
    since REAL NOT NULL,
    told INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE youtube_units (
    day TEXT PRIMARY KEY,
    units INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
];
