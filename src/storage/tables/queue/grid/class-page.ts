import type { Database } from "bun:sqlite";
import type {
  QueueGridCounts,
  QueueGridItem,
  QueueGridPage,
  QueueGridQuery,
} from "../../../../domain/queue/queue-grid.ts";
import { askDrawing } from "../questions.ts";

/** The conditions of the index `queue_by_class`, word for word. */
const PREDICTED =
  "FROM queue_drawings d INDEXED BY queue_by_class WHERE discarded_at IS NULL AND is_none = 0";
const OF_CLASS = `${PREDICTED} AND version = $live AND label = $label`;
const TAKEN = `EXISTS (SELECT 1 FROM queue_questions q
  WHERE q.drawing_id = d.id AND q.expires_ms > $nowMs AND q.labeller <> $labeller)`;
const SKIPPED = "EXISTS (SELECT 1 FROM queue_skips s WHERE s.labeller = $labeller AND s.item_id = d.id)";

/** The first drawings of a class in the order of the grid. */
export const CLASS_PAGE_QUERY = `SELECT id, p ${OF_CLASS} AND NOT ${TAKEN} AND NOT ${SKIPPED}
  ORDER BY p DESC, id LIMIT $limit`;

type Values = Record<string, string | number>;

/** Leases the first drawings of a class within the caller's transaction, and counts what is not among them. */
export function leaseClass(
  database: Database,
  { label, labeller, live, limit, leaseMs }: QueueGridQuery,
  nowMs: number,
): QueueGridPage {
  const whose = { label, labeller, live, nowMs };
  const items = database.query<QueueGridItem, [Values]>(CLASS_PAGE_QUERY).all({ ...whose, limit });
  for (const { id } of items) askDrawing(database, id, { labeller, expiresMs: nowMs + leaseMs });
  const counts = database
    .query<{ leased: number; left: number }, [Values]>(
      `SELECT coalesce(sum(${TAKEN}), 0) AS leased, coalesce(sum(${SKIPPED} AND NOT ${TAKEN}), 0) AS left ${OF_CLASS}`,
    )
    .get(whose);
  return { items, leased: counts?.leased ?? 0, left: counts?.left ?? 0 };
}

/** Counts what a version predicts, by class. */
export function countClasses(database: Database, live: number): QueueGridCounts {
  const classes = database
    .query<{ label: string; n: number }, { live: number }>(
      `SELECT label, count(*) AS n ${PREDICTED} AND version = $live GROUP BY label ORDER BY label`,
    )
    .all({ live });
  const scored = database
    .query<{ n: number }, { live: number }>(
      "SELECT count(*) AS n FROM queue_drawings WHERE discarded_at IS NULL AND version = $live",
    )
    .get({ live });
  return { classes, none: (scored?.n ?? 0) - classes.reduce((sum, { n }) => sum + n, 0) };
}

/** Changes when leases of a labeller end; what was released stays released. */
export function extendLeases(
  database: Database,
  labeller: string,
  ids: readonly string[],
  expiresMs: number,
): void {
  const update = database.query(
    `UPDATE queue_questions SET expires_ms = $expiresMs
     WHERE drawing_id = $id AND labeller = $labeller AND expires_ms > 0`,
  );
  for (const id of ids) update.run({ id, labeller, expiresMs });
}
