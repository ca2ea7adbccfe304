import type { Migration } from "../migrate.ts";

/** The buckets of a label: the hour and the day in which its sample was stored, and all time. */
const SPANS = (row: string) => `
  (SELECT 'hour' AS span, substr(${row}.created_at, 1, 13) AS start
   UNION ALL SELECT 'day', substr(${row}.created_at, 1, 10)
   UNION ALL SELECT 'all', '')`;

/** Only samples that arrived here: an imported prediction may be that of another store's model. */
const COUNTS = (row: string) => `
  ${row}.state = 'labelled' AND ${row}.label IS NOT NULL AND ${row}.predicted IS NOT NULL
  AND ${row}.model_version IS NOT NULL AND ${row}.confidence IS NOT NULL AND ${row}.id = ${row}.arrival`;

const PPM = (row: string) => `CAST(round(${row}.confidence * 1000000) AS INTEGER)`;

const ADD = `
  INSERT INTO monitor_labels (span, start, model_version, label, predicted, n, confidence_ppm)
    SELECT span, start, NEW.model_version, NEW.label, NEW.predicted, 1, ${PPM("NEW")} FROM ${SPANS("NEW")}
    WHERE true
    ON CONFLICT DO UPDATE SET n = n + 1, confidence_ppm = confidence_ppm + excluded.confidence_ppm;
  INSERT INTO monitor_writers (span, start, writer, n, correct)
    SELECT span, start, coalesce(NEW.writer, ''), 1, NEW.label = NEW.predicted FROM ${SPANS("NEW")}
    WHERE true
    ON CONFLICT DO UPDATE SET n = n + 1, correct = correct + excluded.correct;`;

const OLD_SPANS =
  "(VALUES ('hour', substr(OLD.created_at, 1, 13)), ('day', substr(OLD.created_at, 1, 10)), ('all', ''))";

/** Of a bucket that is no longer kept, nothing is taken. */
const REMOVE = `
  UPDATE monitor_labels SET n = n - 1, confidence_ppm = confidence_ppm - ${PPM("OLD")}
    WHERE model_version = OLD.model_version AND label = OLD.label AND predicted = OLD.predicted
    AND (span, start) IN ${OLD_SPANS};
  DELETE FROM monitor_labels
    WHERE model_version = OLD.model_version AND label = OLD.label AND predicted = OLD.predicted AND n <= 0
    AND (span, start) IN ${OLD_SPANS};
  UPDATE monitor_writers SET n = n - 1, correct = correct - (OLD.label = OLD.predicted)
    WHERE writer = coalesce(OLD.writer, '')
    AND (span, start) IN ${OLD_SPANS};
  DELETE FROM monitor_writers
    WHERE writer = coalesce(OLD.writer, '') AND n <= 0
    AND (span, start) IN ${OLD_SPANS};`;

/**
 * Counts of predictions and labels, references of models, and drift checks. Labels are counted by triggers, so whatever
 * changes or deletes a sample corrects the counts in the same transaction. The stored samples are counted once, here.
 */
export const monitoring: Migration = {
  version: 11,
  name: "monitoring",
  sql: `
    CREATE TABLE monitor_counts (
      span          TEXT NOT NULL CHECK (span IN ('hour', 'day', 'all')),
      start         TEXT NOT NULL,
      model_version INTEGER NOT NULL,
      counts        TEXT NOT NULL CHECK (json_valid(counts)),
      PRIMARY KEY (span, start, model_version)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE monitor_labels (
      span           TEXT NOT NULL CHECK (span IN ('hour', 'day', 'all')),
      start          TEXT NOT NULL,
      model_version  INTEGER NOT NULL,
      label          TEXT NOT NULL,
      predicted      TEXT NOT NULL,
      n              INTEGER NOT NULL,
      confidence_ppm INTEGER NOT NULL,
      PRIMARY KEY (span, start, model_version, label, predicted)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE monitor_writers (
      span    TEXT NOT NULL CHECK (span IN ('hour', 'day', 'all')),
      start   TEXT NOT NULL,
      writer  TEXT NOT NULL,
      n       INTEGER NOT NULL,
      correct INTEGER NOT NULL,
      PRIMARY KEY (span, start, writer)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE model_references (
      model_version INTEGER PRIMARY KEY,
      source        TEXT NOT NULL CHECK (source IN ('training', 'built_in', 'both')),
      drawings      INTEGER NOT NULL,
      built_in      INTEGER NOT NULL,
      counts        TEXT NOT NULL CHECK (json_valid(counts)),
      created_at    TEXT NOT NULL
    ) STRICT;

    CREATE TABLE drift_windows (
      id            INTEGER PRIMARY KEY AUTOINCREMENT,
      model_version INTEGER NOT NULL,
      opened_at     TEXT NOT NULL,
      updated_at    TEXT NOT NULL,
      counts        TEXT NOT NULL CHECK (json_valid(counts)),
      divergences   TEXT CHECK (divergences IS NULL OR json_valid(divergences))
    ) STRICT;
    CREATE UNIQUE INDEX drift_windows_open ON drift_windows (model_version) WHERE divergences IS NULL;
    CREATE INDEX drift_windows_by_model ON drift_windows (model_version, id) WHERE divergences IS NOT NULL;

    CREATE TRIGGER samples_monitor_insert AFTER INSERT ON samples WHEN ${COUNTS("NEW")}
      BEGIN ${ADD} END;
    CREATE TRIGGER samples_monitor_delete AFTER DELETE ON samples WHEN ${COUNTS("OLD")}
      BEGIN ${REMOVE} END;
    CREATE TRIGGER samples_monitor_before
      AFTER UPDATE OF label, state, writer, predicted, confidence, model_version ON samples WHEN ${COUNTS("OLD")}
      BEGIN ${REMOVE} END;
    CREATE TRIGGER samples_monitor_after
      AFTER UPDATE OF label, state, writer, predicted, confidence, model_version ON samples WHEN ${COUNTS("NEW")}
      BEGIN ${ADD} END;

    INSERT INTO monitor_labels (span, start, model_version, label, predicted, n, confidence_ppm)
      SELECT 'hour', substr(created_at, 1, 13), model_version, label, predicted, count(*), sum(${PPM("samples")})
        FROM samples WHERE ${COUNTS("samples")} GROUP BY 2, 3, 4, 5
      UNION ALL
      SELECT 'day', substr(created_at, 1, 10), model_version, label, predicted, count(*), sum(${PPM("samples")})
        FROM samples WHERE ${COUNTS("samples")} GROUP BY 2, 3, 4, 5
      UNION ALL
      SELECT 'all', '', model_version, label, predicted, count(*), sum(${PPM("samples")})
        FROM samples WHERE ${COUNTS("samples")} GROUP BY 2, 3, 4, 5;
    INSERT INTO monitor_writers (span, start, writer, n, correct)
      SELECT 'hour', substr(created_at, 1, 13), coalesce(writer, ''), count(*), sum(label = predicted)
        FROM samples WHERE ${COUNTS("samples")} GROUP BY 2, 3
      UNION ALL
      SELECT 'day', substr(created_at, 1, 10), coalesce(writer, ''), count(*), sum(label = predicted)
        FROM samples WHERE ${COUNTS("samples")} GROUP BY 2, 3
      UNION ALL
      SELECT 'all', '', coalesce(writer, ''), count(*), sum(label = predicted)
        FROM samples WHERE ${COUNTS("samples")} GROUP BY 2, 3;
  `,
};
