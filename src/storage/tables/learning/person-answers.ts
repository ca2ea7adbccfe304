import type { Database } from "bun:sqlite";
import type { PersonAnswers } from "../../../domain/learning/learning-store.ts";
import { type RawRow, Row } from "../../row.ts";

/**
 * Returns the predictions for a writer's newest labelled drawings, oldest first; see `LearningStore.person`. The index is
 * named because the planner may prefer that by state, in which it would pass over everyone else's drawings.
 */
export function personAnswers(database: Database, writer: string, limit: number): PersonAnswers {
  const total = countOf(database, writer);
  const rows = database
    .query<RawRow, { writer: string; limit: number }>(
      `SELECT id, arrival, label, predicted, shown, created_at
       FROM samples INDEXED BY samples_by_writer WHERE writer = $writer AND state = 'labelled' ORDER BY id DESC LIMIT $limit`,
    )
    .all({ writer, limit });
  const answers = rows.flatMap((raw, i) => {
    const row = new Row("samples", raw);
    const [label, predicted] = [row.textOrNull("label"), row.textOrNull("predicted")];
    if (label === null || predicted === null || row.text("id") !== row.text("arrival")) return [];
    const shown = row.textOrNull("shown");
    return [{ number: total - i, label, predicted, shown, at: row.text("created_at") }];
  });
  return { total, from: total - rows.length + 1, answers: answers.reverse() };
}

/** Reads an index only. */
function countOf(database: Database, writer: string): number {
  return (
    database
      .query<{ n: number }, { writer: string }>(
        "SELECT count(*) AS n FROM samples WHERE writer = $writer AND state = 'labelled'",
      )
      .get({ writer })?.n ?? 0
  );
}
