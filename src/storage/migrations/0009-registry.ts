import type { Migration } from "../migrate.ts";

/**
 * Who moved an alias and whether the gate stood behind it, notes and tags of versions, and a log of all other changes
 * to them. Deployments of older releases do not say who made them, nor whether they were forced: null.
 */
export const registry: Migration = {
  version: 9,
  name: "registry",
  sql: `
    ALTER TABLE deployments ADD COLUMN actor TEXT;
    ALTER TABLE deployments ADD COLUMN is_forced INTEGER CHECK (is_forced IN (0, 1));
    ALTER TABLE deployments ADD COLUMN verdict TEXT;
    CREATE INDEX deployments_by_alias ON deployments (alias, id);
    CREATE INDEX deployments_by_time ON deployments (alias, created_at, id);
    CREATE INDEX deployments_by_version ON deployments (version, id);

    ALTER TABLE models ADD COLUMN note TEXT;
    ALTER TABLE models ADD COLUMN deleted_at TEXT;
    -- Metrics make a row long: what only needs the files of versions reads this index and no row.
    CREATE INDEX models_by_files ON models (version, key, sha256, run_id, state, deleted_at);

    CREATE TABLE model_tags (
      version INTEGER NOT NULL REFERENCES models (version),
      key     TEXT NOT NULL,
      value   TEXT NOT NULL,
      PRIMARY KEY (version, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE model_changes (
      id         INTEGER PRIMARY KEY AUTOINCREMENT,
      version    INTEGER NOT NULL REFERENCES models (version),
      what       TEXT NOT NULL,
      detail     TEXT NOT NULL,
      actor      TEXT NOT NULL,
      created_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX model_changes_by_version ON model_changes (version, id);
  `,
};
