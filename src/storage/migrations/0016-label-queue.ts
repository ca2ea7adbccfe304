import type { Migration } from "../migrate.ts";

/**
 * The label queue: drawings without a label (the pool), questions to labellers, and their decisions. A drawing leaves the
 * pool when a sample of the same drawing is stored, whoever stores it. Each order of the queue reads one index, in
 * which the drawings that the live model has scored are together.
 */
export const labelQueue: Migration = {
  version: 16,
  name: "label queue",
  sql: `
    CREATE TABLE queue_drawings (
      id                TEXT PRIMARY KEY,
      identity          BLOB NOT NULL UNIQUE,
      drawing           TEXT CHECK (drawing IS NULL OR json_valid(drawing)),
      pixels            BLOB NOT NULL CHECK (length(pixels) = 784),
      preprocessing     INTEGER NOT NULL,
      writer            TEXT,
      session           TEXT,
      source            TEXT NOT NULL,
      actor             TEXT,
      created_at        TEXT NOT NULL,
      action_id         INTEGER,
      discarded_at      TEXT,
      version           INTEGER,
      label             TEXT,
      p                 REAL,
      second_label      TEXT,
      second_p          REAL,
      is_none           INTEGER,
      least_confidence  REAL,
      margin            REAL,
      entropy           REAL,
      compared          INTEGER,
      disagreement      REAL,
      diversity_rank    INTEGER
    ) STRICT;
    CREATE INDEX queue_newest ON queue_drawings (id) WHERE discarded_at IS NULL;
    CREATE INDEX queue_least_confidence ON queue_drawings (version, least_confidence DESC, id)
      WHERE discarded_at IS NULL;
    CREATE INDEX queue_margin ON queue_drawings (version, margin, id) WHERE discarded_at IS NULL;
    CREATE INDEX queue_entropy ON queue_drawings (version, entropy DESC, id) WHERE discarded_at IS NULL;
    CREATE INDEX queue_disagreement ON queue_drawings (version, compared, disagreement DESC, id)
      WHERE discarded_at IS NULL;
    CREATE INDEX queue_diversity ON queue_drawings (diversity_rank, id) WHERE discarded_at IS NULL;
    CREATE INDEX queue_by_writer ON queue_drawings (writer) WHERE writer IS NOT NULL;
    CREATE INDEX queue_by_session ON queue_drawings (session) WHERE session IS NOT NULL;
    CREATE INDEX queue_by_age ON queue_drawings (created_at);
    CREATE INDEX queue_by_preprocessing ON queue_drawings (preprocessing) WHERE drawing IS NOT NULL;
    CREATE INDEX queue_by_action ON queue_drawings (action_id) WHERE action_id IS NOT NULL;

    CREATE TABLE queue_questions (
      id         TEXT PRIMARY KEY,
      kind       TEXT NOT NULL CHECK (kind IN ('unlabelled', 'second', 'known')),
      drawing_id TEXT UNIQUE REFERENCES queue_drawings (id) ON DELETE CASCADE,
      sample_id  TEXT REFERENCES samples (id) ON DELETE CASCADE,
      expected   TEXT CHECK (expected IS NULL OR json_valid(expected)),
      labeller   TEXT NOT NULL,
      expires_ms INTEGER NOT NULL,
      CHECK ((kind = 'unlabelled') = (drawing_id IS NOT NULL)),
      CHECK ((kind = 'unlabelled') = (sample_id IS NULL)),
      UNIQUE (sample_id, labeller)
    ) STRICT;
    CREATE INDEX queue_questions_by_labeller ON queue_questions (labeller, expires_ms);
    CREATE INDEX queue_questions_by_expiry ON queue_questions (kind, expires_ms);

    CREATE TABLE queue_skips (
      seq      INTEGER PRIMARY KEY AUTOINCREMENT,
      labeller TEXT NOT NULL,
      item_id  TEXT NOT NULL,
      UNIQUE (labeller, item_id)
    ) STRICT;
    CREATE INDEX queue_skips_by_item ON queue_skips (item_id);

    CREATE TABLE queue_decisions (
      id          TEXT PRIMARY KEY,
      question_id TEXT NOT NULL,
      kind        TEXT NOT NULL CHECK (kind IN ('unlabelled', 'second', 'known')),
      labeller    TEXT NOT NULL,
      answer      TEXT NOT NULL CHECK (json_valid(answer)),
      item_id     TEXT NOT NULL,
      expected    TEXT CHECK (expected IS NULL OR json_valid(expected)),
      scores      TEXT CHECK (scores IS NULL OR json_valid(scores)),
      action_id   INTEGER,
      at          TEXT NOT NULL,
      undone_at   TEXT
    ) STRICT;
    CREATE INDEX queue_decisions_by_question ON queue_decisions (question_id, id);
    CREATE INDEX queue_decisions_by_item ON queue_decisions (item_id, id);
    CREATE INDEX queue_decisions_by_labeller ON queue_decisions (labeller, kind, id);

    CREATE TABLE queue_ranking (
      id            INTEGER PRIMARY KEY CHECK (id = 1),
      seed          INTEGER NOT NULL,
      model_version INTEGER,
      candidates    INTEGER NOT NULL,
      covered       INTEGER NOT NULL,
      ranked        INTEGER NOT NULL,
      at            TEXT NOT NULL
    ) STRICT;

    CREATE TRIGGER samples_leave_queue AFTER INSERT ON samples WHEN NEW.identity IS NOT NULL
      BEGIN DELETE FROM queue_drawings WHERE identity = NEW.identity; END;
    CREATE TRIGGER queue_drawings_forget_skips AFTER DELETE ON queue_drawings
      BEGIN DELETE FROM queue_skips WHERE item_id = OLD.id; END;
  `,
};
