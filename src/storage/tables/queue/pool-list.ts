import type { Database } from "bun:sqlite";
import type { QueueDrawing } from "../../../domain/queue/queue-drawing.ts";
import type { QueueCounts, QueueQuery } from "../../../domain/queue/queue-store.ts";
import { InputError } from "../../../lib/errors.ts";
import { checkedLimit } from "../../paging.ts";
import type { RawRow } from "../../row.ts";
import { stretchesOf } from "./in-order.ts";
import { drawingFromRow } from "./queue-row.ts";

/** Counts the pool, and what belongs to a labeller now. */
export function countPool(database: Database, nowMs: number): Pick<QueueCounts, "unlabelled" | "leased"> {
  const row = database
    .query<{ unlabelled: number; leased: number }, { nowMs: number }>(
      `SELECT (SELECT unlabelled FROM queue_total) AS unlabelled,
         (SELECT count(*) FROM queue_questions WHERE kind = 'unlabelled' AND expires_ms > $nowMs) AS leased`,
    )
    .get({ nowMs });
  return { unlabelled: row?.unlabelled ?? 0, leased: row?.leased ?? 0 };
}

/** Does the work of `QueueStore.list`. A cursor is the number of drawings before the page. */
export function listPool(
  database: Database,
  { order, live, compared, cursor, limit: asked }: QueueQuery,
): { drawings: QueueDrawing[]; nextCursor: string | null } {
  const limit = checkedLimit(asked);
  let before = offsetOf(cursor);
  const start = before;
  const rows: RawRow[] = [];
  for (const { where, orderBy } of stretchesOf(order)) {
    if (rows.length > limit) break;
    const values = {
      ...(where.includes("$live") && { live }),
      ...(where.includes("$compared") && { compared }),
    };
    const from = `FROM queue_drawings d WHERE d.discarded_at IS NULL AND ${where}`;
    if (before > 0) {
      const skipped = database
        .query<{ n: number }, [typeof values]>(`SELECT count(*) AS n ${from}`)
        .get(values);
      if ((skipped?.n ?? 0) <= before) {
        before -= skipped?.n ?? 0;
        continue;
      }
    }
    rows.push(
      ...database
        .query<RawRow, [typeof values]>(
          `SELECT d.* ${from} ORDER BY ${orderBy} LIMIT ${limit + 1 - rows.length} OFFSET ${before}`,
        )
        .all(values),
    );
    before = 0;
  }
  return {
    drawings: rows.slice(0, limit).map(drawingFromRow),
    nextCursor: rows.length > limit ? String(start + limit) : null,
  };
}

function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  throw new InputError(`cursor "${cursor}" is not from a list of the queue. Omit it for the first page`);
}

/** Does the work of `QueueStore.pageAfter`. */
export function pageAfter(database: Database, id: string | null, limit: number): QueueDrawing[] {
  return database
    .query<RawRow, { after: string; limit: number }>(
      "SELECT * FROM queue_drawings WHERE discarded_at IS NULL AND id > $after ORDER BY id LIMIT $limit",
    )
    .all({ after: id ?? "", limit })
    .map(drawingFromRow);
}

/** Removes up to `limit` drawings that an import has added and that have no label yet. @returns how many: 0 at the end. */
export function removeAdded(database: Database, action: number, limit: number): number {
  return database
    .query(
      "DELETE FROM queue_drawings WHERE id IN (SELECT id FROM queue_drawings WHERE action_id = $action LIMIT $limit)",
    )
    .run({ action, limit }).changes;
}

/** Returns the ids of the samples that labellers have made of the drawings of an action, and that are left. */
export function labelledOf(database: Database, action: number): string[] {
  return database
    .query<{ id: string }, { action: number }>(
      `SELECT DISTINCT item_id AS id FROM queue_decisions
       WHERE action_id = $action AND undone_at IS NULL AND item_id IN (SELECT id FROM samples) ORDER BY item_id`,
    )
    .all({ action })
    .map(({ id }) => id);
}
