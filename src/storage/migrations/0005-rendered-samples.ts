import type { Migration } from "../migrate.ts";

/** Finds the drawings whose image is of an older preprocessing without reading the others. */
export const renderedSamples: Migration = {
  version: 5,
  name: "rendered samples",
  sql: "CREATE INDEX samples_by_preprocessing ON samples (preprocessing) WHERE drawing IS NOT NULL",
};
