import type { Migration } from "../migrate.ts";

/**
 * Trials, the pairs of those that are running, and notices. A pair follows its sample: a mended label changes it, a
 * deleted sample removes it, in whichever process that happens. A label in review does not count.
 */
export const trials: Migration = {
  version: 8,
  name: "trials",
  sql: `
    CREATE TABLE trials (
      id             INTEGER PRIMARY KEY AUTOINCREMENT,
      kind           TEXT NOT NULL CHECK (kind IN ('challenge', 'watch')),
      champion       INTEGER,
      other          INTEGER NOT NULL,
      state          TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'ended')),
      outcome        TEXT,
      deployment     INTEGER,
      started_by     TEXT,
      ended_by       TEXT,
      reason         TEXT NOT NULL,
      end_reason     TEXT,
      rules          TEXT NOT NULL CHECK (json_valid(rules)),
      tally          TEXT NOT NULL CHECK (json_valid(tally)),
      writers_before INTEGER NOT NULL,
      seen_arrival   TEXT,
      is_stale       INTEGER NOT NULL CHECK (is_stale IN (0, 1)),
      created_at     TEXT NOT NULL,
      started_at     TEXT,
      ended_at       TEXT
    ) STRICT;
    CREATE INDEX trials_open ON trials (id) WHERE state <> 'ended';
    CREATE INDEX trials_rolled_back ON trials (champion) WHERE outcome = 'rolled_back';
    CREATE INDEX trials_by_deployment ON trials (deployment) WHERE deployment IS NOT NULL;

    CREATE TABLE trial_pairs (
      trial_id       INTEGER NOT NULL REFERENCES trials (id),
      sample_id      TEXT NOT NULL,
      arrival        TEXT NOT NULL,
      label          TEXT,
      champion_label TEXT NOT NULL,
      other_label    TEXT NOT NULL,
      writer         TEXT,
      is_prompted    INTEGER NOT NULL CHECK (is_prompted IN (0, 1)),
      PRIMARY KEY (trial_id, sample_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX trial_pairs_by_sample ON trial_pairs (sample_id);
    CREATE TRIGGER trial_pairs_follow_labels AFTER UPDATE OF label, state, review ON samples
      WHEN OLD.label IS NOT NEW.label OR OLD.state IS NOT NEW.state OR OLD.review IS NOT NEW.review
      BEGIN
        UPDATE trials SET is_stale = 1 WHERE id IN (SELECT trial_id FROM trial_pairs WHERE sample_id = NEW.id);
        UPDATE trial_pairs
          SET label = CASE WHEN NEW.state = 'labelled' AND coalesce(NEW.review, '') NOT IN ('suspect', 'held') THEN NEW.label END
          WHERE sample_id = NEW.id;
      END;
    CREATE TRIGGER trial_pairs_follow_deletions AFTER DELETE ON samples
      BEGIN
        UPDATE trials SET is_stale = 1 WHERE id IN (SELECT trial_id FROM trial_pairs WHERE sample_id = OLD.id);
        DELETE FROM trial_pairs WHERE sample_id = OLD.id;
      END;

    CREATE TABLE notices (
      id              INTEGER PRIMARY KEY AUTOINCREMENT,
      message         TEXT NOT NULL,
      says            TEXT CHECK (says IS NULL OR json_valid(says)),
      href            TEXT NOT NULL,
      created_at      TEXT NOT NULL,
      acknowledged_at TEXT,
      acknowledged_by TEXT
    ) STRICT;
    CREATE INDEX notices_open ON notices (id) WHERE acknowledged_at IS NULL;
  `,
};
