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
  `
  -- to find all that is a person's, what was never posted and their votes included
  DROP INDEX results_latest;
  CREATE INDEX results_owner ON results (platform, owner, created_at);
  CREATE INDEX votes_voter ON votes (voter, at);

  -- what people chose about their photos; keep is null where they were only asked
  CREATE TABLE choices (
    person TEXT PRIMARY KEY,
    keep INTEGER,
    version TEXT NOT NULL,
    at REAL NOT NULL,
    result TEXT
  ) STRICT, WITHOUT ROWID;

  -- what is counted of answers
  CREATE TABLE predictions (
    id TEXT PRIMARY KEY,
    at REAL NOT NULL,
    platform TEXT NOT NULL,
    pseudonym TEXT NOT NULL,
    community TEXT,
    genre TEXT NOT NULL,
    confidence REAL NOT NULL,
    model_version TEXT NOT NULL,
    up INTEGER,
    right_genre TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX predictions_age ON predictions (at);
  CREATE INDEX predictions_person ON predictions (pseudonym, at);
  CREATE INDEX predictions_community ON predictions (community, at) WHERE community IS NOT NULL;

  -- the same of days (UTC) that are long past, without anybody's name
  CREATE TABLE daily_sums (
    day TEXT NOT NULL,
    platform TEXT NOT NULL,
    genre TEXT NOT NULL,
    model_version TEXT NOT NULL,
    photos INTEGER NOT NULL,
    confidence REAL NOT NULL,
    ups INTEGER NOT NULL,
    downs INTEGER NOT NULL,
    PRIMARY KEY (day, platform, genre, model_version)
  ) STRICT, WITHOUT ROWID;

  -- a row: somebody was forgotten, and until the next VACUUM bytes of their rows can be left between others'
  CREATE TABLE traces (id INTEGER PRIMARY KEY CHECK (id = 1)) STRICT;

  -- what was kept of whom, until they ask to be forgotten: its record goes to the archive with it
  CREATE TABLE kept_photos (
    pseudonym TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    at REAL NOT NULL,
    result TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (pseudonym, sha256)
  ) STRICT, WITHOUT ROWID;

  -- people who asked to be forgotten: until the archive has forgotten them and they were told, and then for a day
  CREATE TABLE erasures (
    pseudonym TEXT PRIMARY KEY,
    at REAL NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'erased', 'told')),
    request TEXT
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- how often the program ended while a job was in hand
  ALTER TABLE jobs ADD COLUMN deaths INTEGER NOT NULL DEFAULT 0;

  -- pictures being read, and how many ends of the program in a row that would make
  CREATE TABLE reading_trials (
    sha256 TEXT PRIMARY KEY,
    deaths INTEGER NOT NULL,
    at REAL NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
];
