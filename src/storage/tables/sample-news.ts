import type { Database } from "bun:sqlite";
import { timeOfId } from "../ids.ts";

/** Counts the labelled samples that arrived after `arrival`. */
export function countAfter(database: Database, arrival: string | null): number {
  const row = database
    .query<{ n: number }, { after: string }>(
      `SELECT count(*) AS n FROM samples INDEXED BY samples_by_arrival
       WHERE state = 'labelled' AND arrival > $after`,
    )
    .get({ after: arrival ?? "" });
  return row?.n ?? 0;
}

/** Returns the first labelled sample that arrived after `arrival`, with the time of its arrival. */
export function firstAfter(
  database: Database,
  arrival: string | null,
): { arrival: string; at: string } | null {
  const row = database
    .query<{ arrival: string }, { after: string }>(
      `SELECT arrival FROM samples INDEXED BY samples_by_arrival
       WHERE state = 'labelled' AND arrival > $after ORDER BY arrival LIMIT 1`,
    )
    .get({ after: arrival ?? "" });
  return row === null ? null : { arrival: row.arrival, at: timeOfId(row.arrival) };
}

/**
 * Counts the samples up to `arrival` that a person has changed after `since`, up to `until`. The store keeps no earlier
 * label: only a change of label or state sets `updated_at`, and rendering again does not. So a label that was changed
 * back counts too, and a sample that was changed twice counts once.
 */
export function countChanged(
  database: Database,
  query: { arrival: string; since: string; until: string },
): number {
  const row = database
    .query<{ n: number }, { arrival: string; since: string; until: string }>(
      `SELECT count(*) AS n FROM samples INDEXED BY samples_by_change
       WHERE updated_at <> created_at AND updated_at > $since AND updated_at <= $until AND arrival <= $arrival`,
    )
    .get(query);
  return row?.n ?? 0;
}
