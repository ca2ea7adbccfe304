import type { Database } from "bun:sqlite";
import { IN_REVIEW } from "../../../domain/samples/review.ts";
import type { SampleOutline } from "../../../domain/samples/sheet/sheet-store.ts";
import { type RawRow, Row } from "../../row.ts";

const REVIEWS = IN_REVIEW.map((review) => `'${review}'`).join(", ");

/** Does the work of `SheetStore.outlinesAfter`. */
export function outlinesAfter(database: Database, id: string | null, limit: number): SampleOutline[] {
  return database
    .query<RawRow, { after: string; limit: number }>(
      `SELECT id, label, (coalesce(review IN (${REVIEWS}), 0) OR coalesce(predicted <> label, 0)) AS doubtful
       FROM samples WHERE id > $after AND state <> 'rejected' ORDER BY id LIMIT $limit`,
    )
    .all({ after: id ?? "", limit })
    .map((raw) => {
      const row = new Row("samples", raw);
      return {
        id: row.text("id"),
        label: row.textOrNull("label"),
        isDoubtful: row.integer("doubtful") === 1,
      };
    });
}
