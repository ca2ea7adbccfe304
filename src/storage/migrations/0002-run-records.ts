import type { Migration } from "../migrate.ts";

/** Details of runs, records of their nodes, and the node cache. */
export const runRecords: Migration = {
  version: 2,
  name: "run records",
  sql: `
    CREATE TABLE run_details (
      run_id       TEXT PRIMARY KEY REFERENCES runs (id),
      env          TEXT,
      slice        TEXT NOT NULL CHECK (json_valid(slice)),
      parameters   TEXT NOT NULL CHECK (json_valid(parameters)),
      runner       TEXT NOT NULL,
      data_version TEXT NOT NULL,
      resumed_from TEXT,
      causes       TEXT NOT NULL CHECK (json_valid(causes))
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE run_nodes (
      run_id      TEXT NOT NULL REFERENCES runs (id),
      position    INTEGER NOT NULL,
      node        TEXT NOT NULL,
      status      TEXT NOT NULL CHECK (status IN ('running', 'done', 'failed', 'skipped', 'not_run')),
      started_at  TEXT,
      finished_at TEXT,
      duration_ms REAL,
      reason      TEXT,
      inputs      TEXT NOT NULL CHECK (json_valid(inputs)),
      outputs     TEXT NOT NULL CHECK (json_valid(outputs)),
      PRIMARY KEY (run_id, node)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE node_cache (
      node       TEXT PRIMARY KEY,
      key        TEXT NOT NULL,
      outputs    TEXT NOT NULL CHECK (json_valid(outputs)),
      updated_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
