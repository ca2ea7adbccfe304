import type { Migration } from "../migrate.ts";

/**
 * Contact sheets. The index has everything that a sheet filters by, so any filter reads 100 bytes a sample and no ink.
 * Actions on many samples refer to the history: a change knows its action, and the review that it has ended.
 */
export const sampleSheets: Migration = {
  version: 15,
  name: "sample sheets",
  sql: `
    CREATE INDEX samples_sheet ON samples (id, state, label, predicted, confidence, split, model_version, writer,
      source, shown, created_at, arrival);
    CREATE INDEX samples_by_source ON samples (source);
    CREATE INDEX samples_by_model ON samples (model_version) WHERE model_version IS NOT NULL;

    CREATE TABLE sample_actions (
      id        INTEGER PRIMARY KEY AUTOINCREMENT,
      kind      TEXT NOT NULL CHECK (kind IN ('relabel', 'none', 'withdraw', 'restore', 'import')),
      label     TEXT,
      n         INTEGER NOT NULL,
      at        TEXT NOT NULL,
      actor     TEXT,
      undone_at TEXT
    ) STRICT;
    ALTER TABLE sample_changes ADD COLUMN action_id INTEGER;
    ALTER TABLE sample_changes ADD COLUMN review_from TEXT;
    CREATE INDEX sample_changes_by_action ON sample_changes (action_id, seq) WHERE action_id IS NOT NULL;
  `,
};
