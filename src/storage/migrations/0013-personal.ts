import type { Migration } from "../migrate.ts";

const SPANS = (row: string) => `
  (SELECT 'hour' AS span, substr(${row}.created_at, 1, 13) AS start
   UNION ALL SELECT 'day', substr(${row}.created_at, 1, 10)
   UNION ALL SELECT 'all', '')`;

/** The labelled drawings that monitoring counts, see migration 11, of which memory had a part in the answer. */
const COUNTS = (row: string) => `
  ${row}.shown IS NOT NULL AND ${row}.state = 'labelled' AND ${row}.label IS NOT NULL
  AND ${row}.predicted IS NOT NULL AND ${row}.model_version IS NOT NULL AND ${row}.confidence IS NOT NULL
  AND ${row}.id = ${row}.arrival`;

const ADD = `
  INSERT INTO monitor_shown (span, start, n, model_correct, shown_correct)
    SELECT span, start, 1, NEW.label = NEW.predicted, NEW.label = NEW.shown FROM ${SPANS("NEW")}
    WHERE true
    ON CONFLICT DO UPDATE SET n = n + 1, model_correct = model_correct + excluded.model_correct,
      shown_correct = shown_correct + excluded.shown_correct;`;

const OLD_SPANS =
  "(VALUES ('hour', substr(OLD.created_at, 1, 13)), ('day', substr(OLD.created_at, 1, 10)), ('all', ''))";

const REMOVE = `
  UPDATE monitor_shown SET n = n - 1, model_correct = model_correct - (OLD.label = OLD.predicted),
      shown_correct = shown_correct - (OLD.label = OLD.shown)
    WHERE (span, start) IN ${OLD_SPANS};
  DELETE FROM monitor_shown WHERE n <= 0 AND (span, start) IN ${OLD_SPANS};`;

/**
 * Both answers to a drawing: the model's, and the one that was shown with the person's memory; and the sitting whose
 * memory a drawing without a writer belongs to.
 */
export const personal: Migration = {
  version: 13,
  name: "personal",
  sql: `
    ALTER TABLE samples ADD COLUMN shown TEXT;
    ALTER TABLE samples ADD COLUMN sitting TEXT;
    ALTER TABLE predictions ADD COLUMN shown TEXT;
    ALTER TABLE predictions ADD COLUMN shown_confidence REAL;
    CREATE INDEX samples_by_sitting ON samples (sitting, id) WHERE sitting IS NOT NULL AND writer IS NULL;

    CREATE TABLE monitor_shown (
      span          TEXT NOT NULL CHECK (span IN ('hour', 'day', 'all')),
      start         TEXT NOT NULL,
      n             INTEGER NOT NULL,
      model_correct INTEGER NOT NULL,
      shown_correct INTEGER NOT NULL,
      PRIMARY KEY (span, start)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER samples_shown_insert AFTER INSERT ON samples WHEN ${COUNTS("NEW")}
      BEGIN ${ADD} END;
    CREATE TRIGGER samples_shown_delete AFTER DELETE ON samples WHEN ${COUNTS("OLD")}
      BEGIN ${REMOVE} END;
    CREATE TRIGGER samples_shown_before
      AFTER UPDATE OF label, state, predicted, shown, confidence, model_version ON samples WHEN ${COUNTS("OLD")}
      BEGIN ${REMOVE} END;
    CREATE TRIGGER samples_shown_after
      AFTER UPDATE OF label, state, predicted, shown, confidence, model_version ON samples WHEN ${COUNTS("NEW")}
      BEGIN ${ADD} END;
  `,
};
