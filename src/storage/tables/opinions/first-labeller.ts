import type { Database } from "bun:sqlite";

/**
 * Returns who has given a sample its label: the labeller of the queue, or the writer of a drawing that was labelled where
 * it was drawn. Null when that is not known, or the label has been changed since.
 */
export function firstLabeller(database: Database, sampleId: string): string | null {
  const row = database
    .query<{ labeller: string | null }, { sampleId: string }>(
      `SELECT coalesce(
         (SELECT labeller FROM queue_decisions WHERE item_id = samples.id AND kind = 'unlabelled'
            AND undone_at IS NULL ORDER BY id DESC LIMIT 1),
         CASE WHEN source = 'draw' THEN writer END) AS labeller
       FROM samples WHERE id = $sampleId
         AND NOT EXISTS (SELECT 1 FROM sample_changes WHERE sample_id = samples.id AND action = 'changed')`,
    )
    .get({ sampleId });
  return row?.labeller ?? null;
}
