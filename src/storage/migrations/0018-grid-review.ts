import type { Migration } from "../migrate.ts";

/**
 * Grid review. `review_by` is who has put a label into review by hand; null for screening. A change knows the review that
 * it has left, so an undo notices when someone has decided since. The kinds of actions are a condition of their table,
 * which is therefore rebuilt, with its numbers: an id that was used is not used again.
 *
 * `samples_unconfirmed` has the order of the grid as one number: below 1 a suspect label, below 2 a label that differs
 * from the prediction, each with the probability of the label; where a model said only another class, with the most that
 * is left for the label.
 */
export const gridReview: Migration = {
  version: 18,
  name: "grid review",
  sql: `
    ALTER TABLE samples ADD COLUMN review_by TEXT;
    ALTER TABLE sample_changes ADD COLUMN review_to TEXT;

    CREATE TABLE sample_actions_18 (
      id        INTEGER PRIMARY KEY AUTOINCREMENT,
      kind      TEXT NOT NULL CHECK (kind IN ('relabel', 'none', 'withdraw', 'restore', 'confirm', 'import', 'grid')),
      label     TEXT,
      n         INTEGER NOT NULL,
      at        TEXT NOT NULL,
      actor     TEXT,
      undone_at TEXT
    ) STRICT;
    INSERT INTO sample_actions_18 (id, kind, label, n, at, actor, undone_at)
      SELECT id, kind, label, n, at, actor, undone_at FROM sample_actions;
    DELETE FROM sqlite_sequence WHERE name = 'sample_actions_18';
    INSERT INTO sqlite_sequence (name, seq)
      SELECT 'sample_actions_18', seq FROM sqlite_sequence WHERE name = 'sample_actions';
    DROP TABLE sample_actions;
    ALTER TABLE sample_actions_18 RENAME TO sample_actions;

    DROP INDEX samples_held_by_run;
    CREATE INDEX samples_held_by_run ON samples (review_run, review, review_by) WHERE review IN ('suspect', 'held');
    CREATE INDEX samples_unconfirmed ON samples (
      label,
      (CASE WHEN review = 'suspect' THEN coalesce(review_p, 0)
            WHEN predicted <> label THEN 1 + coalesce(review_p, 1 - confidence, 1)
            ELSE 2 + coalesce(review_p, confidence, 1) END),
      id DESC, predicted, review
    ) WHERE state = 'labelled' AND (review IS NULL OR review = 'passed' OR review = 'suspect' AND review_by IS NULL);
    CREATE INDEX samples_decided ON samples (label, review) WHERE state = 'labelled'
      AND (review IN ('confirmed', 'pinned', 'held') OR review = 'suspect' AND review_by IS NOT NULL);
  `,
};
