import type { Migration } from "../migrate.ts";

/**
 * The result of screening a label, and the drawings that an operator has pinned. The triggers are the last wall: a
 * pinned drawing keeps its label whatever the program above does.
 */
export const reviews: Migration = {
  version: 6,
  name: "reviews",
  sql: `
    ALTER TABLE samples ADD COLUMN review TEXT
      CHECK (review IN ('passed', 'suspect', 'held', 'confirmed', 'pinned'));
    ALTER TABLE samples ADD COLUMN review_run TEXT;
    ALTER TABLE samples ADD COLUMN review_reading TEXT;
    ALTER TABLE samples ADD COLUMN review_p REAL CHECK (review_p BETWEEN 0 AND 1);
    CREATE INDEX samples_in_review ON samples (review, review_p, id) WHERE review IN ('suspect', 'held', 'pinned');
    CREATE INDEX samples_held_by_run ON samples (review_run, review) WHERE review IN ('suspect', 'held');

    CREATE TRIGGER pinned_samples_are_not_changed BEFORE UPDATE OF label, state, drawing, split ON samples
      WHEN OLD.review = 'pinned' BEGIN SELECT RAISE(ABORT, 'the drawing is pinned'); END;
    CREATE TRIGGER pinned_samples_are_not_deleted BEFORE DELETE ON samples
      WHEN OLD.review = 'pinned' BEGIN SELECT RAISE(ABORT, 'the drawing is pinned'); END;
  `,
};
