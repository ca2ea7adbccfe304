import type { Database } from "bun:sqlite";
import type { SamplePrediction } from "../../../domain/samples/sheet/sheet-store.ts";

/** Does the work of `SheetStore.predictions`. A trial keeps its pairs while it is running. */
export function predictionsOf(database: Database, id: string): SamplePrediction[] {
  const rows = database
    .query<SamplePrediction, { id: string }>(
      `SELECT model_version AS modelVersion, predicted AS label, confidence, 'drawn' AS "when" FROM samples
         WHERE id = $id AND model_version IS NOT NULL AND predicted IS NOT NULL
       UNION ALL SELECT trials.champion, champion_label, NULL, 'trial' FROM trials
         JOIN trial_pairs ON trial_id = trials.id AND sample_id = $id WHERE trials.champion IS NOT NULL
       UNION ALL SELECT trials.other, other_label, NULL, 'trial' FROM trials
         JOIN trial_pairs ON trial_id = trials.id AND sample_id = $id`,
    )
    .all({ id });
  const versions = new Map<number, SamplePrediction>();
  for (const row of rows) if (!versions.has(row.modelVersion)) versions.set(row.modelVersion, row);
  return [...versions.values()].sort((a, b) => b.modelVersion - a.modelVersion);
}
