import type { Migration } from "../migrate.ts";

/**
 * Drawings of none of the classes: state `negative`, without a label. SQLite cannot change the checks of a column, so
 * the table is rebuilt, with all rows unchanged.
 */
export const negatives: Migration = {
  version: 3,
  name: "negatives",
  sql: `
    CREATE TABLE samples_new (
      id              TEXT PRIMARY KEY,
      drawing         TEXT CHECK (drawing IS NULL OR json_valid(drawing)),
      pixels          BLOB NOT NULL CHECK (length(pixels) = 784),
      preprocessing   INTEGER NOT NULL,
      label           TEXT CHECK (label IS NOT NULL OR state <> 'labelled'),
      predicted       TEXT,
      confidence      REAL CHECK (confidence BETWEEN 0 AND 1),
      model_version   INTEGER,
      prediction_id   TEXT,
      writer          TEXT,
      session         TEXT,
      source          TEXT NOT NULL,
      split           TEXT NOT NULL CHECK (split IN ('train', 'holdout')),
      state           TEXT NOT NULL CHECK (state IN ('labelled', 'negative', 'rejected')),
      idempotency_key TEXT UNIQUE,
      content_sha256  TEXT,
      created_at      TEXT NOT NULL,
      updated_at      TEXT NOT NULL
    ) STRICT;
    INSERT INTO samples_new (id, drawing, pixels, preprocessing, label, predicted, confidence, model_version,
        prediction_id, writer, session, source, split, state, idempotency_key, content_sha256, created_at, updated_at)
      SELECT id, drawing, pixels, preprocessing, label, predicted, confidence, model_version,
        prediction_id, writer, session, source, split, state, idempotency_key, content_sha256, created_at, updated_at
      FROM samples;
    DROP TABLE samples;
    ALTER TABLE samples_new RENAME TO samples;
    CREATE INDEX samples_by_state ON samples (state, id);
    CREATE INDEX samples_by_label ON samples (label, id);
    CREATE INDEX samples_by_writer ON samples (writer, id) WHERE writer IS NOT NULL;
    CREATE INDEX samples_for_stats ON samples (state, label, split, predicted);
  `,
};
