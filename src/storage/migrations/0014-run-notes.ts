import type { Migration } from "../migrate.ts";

/** Tags of runs, and their notes with who wrote them last. Runs of one pipeline are found by an index. */
export const runNotes: Migration = {
  version: 14,
  name: "run notes",
  sql: `
    CREATE TABLE run_tags (
      run_id TEXT NOT NULL REFERENCES runs (id),
      tag    TEXT NOT NULL,
      at     TEXT NOT NULL,
      actor  TEXT NOT NULL,
      PRIMARY KEY (run_id, tag)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX run_tags_by_tag ON run_tags (tag, run_id);

    CREATE TABLE run_notes (
      run_id TEXT PRIMARY KEY REFERENCES runs (id),
      note   TEXT NOT NULL,
      at     TEXT NOT NULL,
      actor  TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX runs_by_pipeline ON runs (pipeline, seq);
  `,
};
