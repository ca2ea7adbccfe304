import type { Migration } from "../migrate.ts";

/**
 * Answers to samples that had a label already: second opinions and known answers. `review_opinion` of a sample is the
 * opinion that has put its label into review; null when a run has. Samples are chosen in the order of their identity,
 * which is a hash, so both indexes begin with it and hold everything that the choice asks.
 */
export const labelOpinions: Migration = {
  version: 19,
  name: "label opinions",
  sql: `
    CREATE TABLE label_opinions (
      id             INTEGER PRIMARY KEY AUTOINCREMENT,
      decision_id    TEXT NOT NULL UNIQUE,
      sample_id      TEXT NOT NULL REFERENCES samples (id) ON DELETE CASCADE,
      kind           TEXT NOT NULL CHECK (kind IN ('second', 'known')),
      labeller       TEXT NOT NULL,
      answer         TEXT NOT NULL CHECK (answer IN ('none', 'discard') OR answer LIKE 'label:_%'),
      expected       TEXT NOT NULL,
      first_labeller TEXT,
      review_before  TEXT CHECK (review_before IS NULL OR json_valid(review_before)),
      at             TEXT NOT NULL
    ) STRICT;
    CREATE INDEX label_opinions_by_sample ON label_opinions (sample_id, kind, id);
    CREATE INDEX label_opinions_by_labeller ON label_opinions (labeller, kind, sample_id);
    CREATE INDEX label_opinions_by_first ON label_opinions (first_labeller) WHERE first_labeller IS NOT NULL;

    CREATE INDEX queue_decisions_by_time ON queue_decisions (labeller, at, id) WHERE undone_at IS NULL;

    ALTER TABLE samples ADD COLUMN review_opinion INTEGER;
    CREATE INDEX samples_for_opinions ON samples (identity, review, writer, id)
      WHERE state = 'labelled' AND identity IS NOT NULL;
    CREATE INDEX samples_known ON samples (identity, writer, id)
      WHERE state = 'labelled' AND identity IS NOT NULL AND review IN ('confirmed', 'pinned');
  `,
};
