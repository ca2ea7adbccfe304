import type { Migration } from "../migrate.ts";

/** The first schema: samples, predictions, runs, models and the scheduler. */
export const initial: Migration = {
  version: 1,
  name: "initial",
  sql: `
    CREATE TABLE samples (
      id              TEXT PRIMARY KEY,
      drawing         TEXT CHECK (drawing IS NULL OR json_valid(drawing)),
      pixels          BLOB NOT NULL CHECK (length(pixels) = 784),
      preprocessing   INTEGER NOT NULL,
      label           TEXT NOT NULL,
      predicted       TEXT,
      confidence      REAL CHECK (confidence BETWEEN 0 AND 1),
      model_version   INTEGER,
      prediction_id   TEXT,
      writer          TEXT,
      session         TEXT,
      source          TEXT NOT NULL,
      split           TEXT NOT NULL CHECK (split IN ('train', 'holdout')),
      state           TEXT NOT NULL CHECK (state IN ('labelled', 'rejected')),
      idempotency_key TEXT UNIQUE,
      content_sha256  TEXT,
      created_at      TEXT NOT NULL,
      updated_at      TEXT NOT NULL
    ) STRICT;
    CREATE INDEX samples_by_state ON samples (state, id);
    CREATE INDEX samples_by_label ON samples (label, id);
    CREATE INDEX samples_by_writer ON samples (writer, id) WHERE writer IS NOT NULL;
    CREATE INDEX samples_for_stats ON samples (state, label, split, predicted);

    CREATE TABLE splits (
      group_key  TEXT PRIMARY KEY,
      split      TEXT NOT NULL CHECK (split IN ('train', 'holdout')),
      created_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE predictions (
      seq           INTEGER PRIMARY KEY AUTOINCREMENT,
      id            TEXT NOT NULL UNIQUE,
      label         TEXT NOT NULL,
      confidence    REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
      model_version INTEGER NOT NULL,
      created_at    TEXT NOT NULL
    ) STRICT;

    CREATE TABLE runs (
      seq            INTEGER PRIMARY KEY AUTOINCREMENT,
      id             TEXT NOT NULL UNIQUE,
      pipeline       TEXT NOT NULL,
      params         TEXT NOT NULL CHECK (json_valid(params)),
      "trigger"      TEXT NOT NULL,
      command        TEXT NOT NULL,
      status         TEXT NOT NULL CHECK (status IN ('queued', 'running', 'done', 'failed', 'cancelled')),
      created_at     TEXT NOT NULL,
      started_at     TEXT,
      finished_at    TEXT,
      pid            INTEGER,
      seed           INTEGER,
      threads        INTEGER,
      versions       TEXT NOT NULL CHECK (json_valid(versions)),
      last_sample_id TEXT,
      metrics        TEXT NOT NULL CHECK (json_valid(metrics)),
      error          TEXT,
      model_version  INTEGER
    ) STRICT;
    CREATE INDEX runs_by_last_sample ON runs (last_sample_id);
    CREATE INDEX runs_by_status ON runs (status, pipeline, seq);

    CREATE TABLE run_events (
      seq    INTEGER PRIMARY KEY AUTOINCREMENT,
      run_id TEXT NOT NULL REFERENCES runs (id),
      at     TEXT NOT NULL,
      type   TEXT NOT NULL,
      node   TEXT,
      data   TEXT NOT NULL CHECK (json_valid(data))
    ) STRICT;
    CREATE INDEX run_events_by_run ON run_events (run_id, seq);

    CREATE TABLE models (
      version        INTEGER PRIMARY KEY AUTOINCREMENT,
      name           TEXT NOT NULL,
      key            TEXT NOT NULL,
      sha256         TEXT NOT NULL,
      run_id         TEXT,
      parent_version INTEGER REFERENCES models (version),
      metrics        TEXT NOT NULL CHECK (json_valid(metrics)),
      gate           TEXT CHECK (gate IS NULL OR json_valid(gate)),
      state          TEXT NOT NULL CHECK (state IN ('candidate', 'rejected', 'ready', 'broken')),
      created_at     TEXT NOT NULL
    ) STRICT;

    CREATE TABLE model_aliases (
      alias   TEXT PRIMARY KEY,
      version INTEGER NOT NULL REFERENCES models (version)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE deployments (
      id               INTEGER PRIMARY KEY AUTOINCREMENT,
      alias            TEXT NOT NULL,
      version          INTEGER NOT NULL REFERENCES models (version),
      previous_version INTEGER REFERENCES models (version),
      action           TEXT NOT NULL CHECK (action IN ('promote', 'rollback', 'fallback')),
      "by"             TEXT NOT NULL,
      reason           TEXT NOT NULL,
      created_at       TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER deployments_are_not_changed BEFORE UPDATE ON deployments
      BEGIN SELECT RAISE(ABORT, 'deployments are only ever added'); END;
    CREATE TRIGGER deployments_are_not_deleted BEFORE DELETE ON deployments
      BEGIN SELECT RAISE(ABORT, 'deployments are only ever added'); END;

    CREATE TABLE scheduler_ticks (
      seq      INTEGER PRIMARY KEY AUTOINCREMENT,
      at       TEXT NOT NULL,
      decision TEXT NOT NULL,
      detail   TEXT NOT NULL
    ) STRICT;

    CREATE TABLE scheduler_state (
      id     INTEGER PRIMARY KEY CHECK (id = 1),
      paused INTEGER NOT NULL CHECK (paused IN (0, 1))
    ) STRICT;
    INSERT INTO scheduler_state (id, paused) VALUES (1, 0);

    CREATE TABLE health (
      id         INTEGER PRIMARY KEY CHECK (id = 1),
      checked_at TEXT NOT NULL
    ) STRICT;
  `,
};
