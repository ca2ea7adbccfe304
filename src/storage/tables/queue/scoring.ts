import type { Database } from "bun:sqlite";
import type { QueueImage } from "../../../domain/queue/queue-store.ts";
import type { DrawingScores } from "../../../domain/queue/scores.ts";
import { scoreColumns } from "./queue-row.ts";

/** Drawings that the versions have not scored; each condition is a part of an index. */
const UNSCORED = ["version IS NULL", "version < $live", "version > $live"];
/** The same, of those that the live version has scored, but not compared. */
const UNCOMPARED = [
  "version = $live AND compared IS NULL",
  "version = $live AND compared < $compared",
  "version = $live AND compared > $compared",
];

/** Does the work of `QueueStore.toScore`. */
export function unscored(
  database: Database,
  { live, compared, limit }: { live: number; compared: number | null; limit: number },
): QueueImage[] {
  const found: QueueImage[] = [];
  for (const condition of compared === null ? UNSCORED : [...UNSCORED, ...UNCOMPARED]) {
    if (found.length >= limit) break;
    const values = {
      ...(condition.includes("$live") && { live }),
      ...(condition.includes("$compared") && { compared }),
    };
    found.push(
      ...database
        .query<QueueImage, [typeof values]>(
          `SELECT id, pixels FROM queue_drawings INDEXED BY queue_disagreement
           WHERE discarded_at IS NULL AND ${condition} LIMIT ${limit - found.length}`,
        )
        .all(values),
    );
  }
  return found;
}

/** Does the work of `QueueStore.putScores`, within the caller's transaction. */
export function putScores(
  database: Database,
  scored: readonly { id: string; scores: DrawingScores }[],
): void {
  const update = database.query(
    `UPDATE queue_drawings SET version = $version, label = $label, p = $p, second_label = $secondLabel,
       second_p = $secondP, is_none = $isNone, least_confidence = $leastConfidence, margin = $margin,
       entropy = $entropy, compared = $compared, disagreement = $disagreement WHERE id = $id`,
  );
  for (const { id, scores } of scored) update.run({ id, ...scoreColumns(scores) });
}
