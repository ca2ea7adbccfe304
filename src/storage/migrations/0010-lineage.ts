import type { Migration } from "../migrate.ts";

/**
 * Who changed a sample when, the data of each run, and what was forgotten. The data of a run is a side per sample
 * content (a drawing with its label), in chunks of neighbouring numbers: both directions read little.
 */
export const lineage: Migration = {
  version: 10,
  name: "lineage",
  sql: `
    ALTER TABLE samples ADD COLUMN actor TEXT;
    CREATE INDEX samples_by_session ON samples (session, id) WHERE session IS NOT NULL;

    CREATE TABLE sample_changes (
      seq        INTEGER PRIMARY KEY AUTOINCREMENT,
      sample_id  TEXT NOT NULL,
      at         TEXT NOT NULL,
      actor      TEXT,
      action     TEXT NOT NULL CHECK (action IN ('stored', 'changed', 'deleted')),
      label_from TEXT,
      state_from TEXT,
      label_to   TEXT,
      state_to   TEXT
    ) STRICT;
    CREATE INDEX sample_changes_by_sample ON sample_changes (sample_id, seq);
    CREATE TRIGGER sample_changes_are_not_changed BEFORE UPDATE ON sample_changes
      BEGIN SELECT RAISE(ABORT, 'changes of samples are only ever added'); END;
    CREATE TRIGGER sample_changes_are_not_deleted BEFORE DELETE ON sample_changes
      WHEN EXISTS (SELECT 1 FROM samples WHERE id = OLD.sample_id)
      BEGIN SELECT RAISE(ABORT, 'changes of a stored sample are only ever added'); END;

    CREATE TABLE sample_contents (
      number    INTEGER PRIMARY KEY AUTOINCREMENT,
      sample_id TEXT,
      content   BLOB CHECK (content IS NULL OR length(content) = 16),
      label     TEXT
    ) STRICT;
    CREATE UNIQUE INDEX sample_contents_by_sample ON sample_contents (sample_id, content)
      WHERE sample_id IS NOT NULL;

    CREATE TABLE run_data (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      run_id TEXT NOT NULL UNIQUE REFERENCES runs (id),
      sha256 TEXT NOT NULL,
      counts TEXT NOT NULL CHECK (json_valid(counts))
    ) STRICT;
    CREATE TABLE run_data_chunks (
      position INTEGER NOT NULL,
      run_data INTEGER NOT NULL REFERENCES run_data (number) ON DELETE CASCADE,
      sides    BLOB NOT NULL,
      PRIMARY KEY (position, run_data)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX run_data_chunks_by_run ON run_data_chunks (run_data, position);
    CREATE TABLE left_out_reasons (
      id     INTEGER PRIMARY KEY,
      reason TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE forgotten_keys (
      id  INTEGER PRIMARY KEY,
      key BLOB NOT NULL UNIQUE
    ) STRICT;
    CREATE TABLE forgotten_drawings (
      hash         BLOB PRIMARY KEY,
      key_id       INTEGER NOT NULL REFERENCES forgotten_keys (id),
      forgotten_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE forgettings (
      id          INTEGER PRIMARY KEY AUTOINCREMENT,
      at          TEXT NOT NULL,
      actor       TEXT,
      drawings    INTEGER NOT NULL,
      images      BLOB,
      finished_at TEXT
    ) STRICT;
  `,
};
