import type { Database } from "bun:sqlite";
import { imageKey } from "../../../domain/lineage/forgetting.ts";

/** A stored drawing, as much of it as its identity needs. */
export interface Inked {
  id: string;
  drawing: string | null;
  pixels: Uint8Array;
}

/** A condition on writer, session or created_at, with its value. */
interface Match {
  condition: string;
  value: string;
}

/** Counts the drawings of the label queue that match, discarded ones included. */
export function countQueued(database: Database, { condition, value }: Match): number {
  const row = database
    .query<{ n: number }, { value: string }>(`SELECT count(*) AS n FROM queue_drawings WHERE ${condition}`)
    .get({ value });
  return row?.n ?? 0;
}

/** Counts the decisions of a labeller, also those that were undone. */
export function countDecisions(database: Database, labeller: string): number {
  const row = database
    .query<{ n: number }, { labeller: string }>(
      "SELECT count(*) AS n FROM queue_decisions WHERE labeller = $labeller",
    )
    .get({ labeller });
  return row?.n ?? 0;
}

/**
 * Removes the drawings of the label queue that match, with all decisions about them, within the caller's transaction.
 * @returns the keys of their images, and their hashes.
 */
export function forgetQueued(
  database: Database,
  { condition, value }: Match,
  hashOf: (drawing: Inked) => Uint8Array,
): { image: string; hash: Uint8Array }[] {
  const found: { id: string; image: string; hash: Uint8Array }[] = [];
  const inked = database.query<Inked, { value: string }>(
    `SELECT id, drawing, pixels FROM queue_drawings WHERE ${condition}`,
  );
  for (const drawing of inked.iterate({ value }))
    found.push({ id: drawing.id, image: imageKey(drawing.pixels), hash: hashOf(drawing) });
  for (const { id } of found) removeQueued(database, id);
  return found;
}

/** Removes the drawings of the label queue that a function chooses. @returns the keys of their images. */
export function removeQueuedWhere(database: Database, isChosen: (drawing: Inked) => boolean): string[] {
  const found: { id: string; image: string }[] = [];
  for (const drawing of database.query<Inked, []>("SELECT id, drawing, pixels FROM queue_drawings").iterate())
    if (isChosen(drawing)) found.push({ id: drawing.id, image: imageKey(drawing.pixels) });
  for (const { id } of found) removeQueued(database, id);
  return found.map(({ image }) => image);
}

function removeQueued(database: Database, id: string): void {
  database.query("DELETE FROM queue_drawings WHERE id = $id").run({ id });
  forgetItem(database, id);
}

/** Removes what the queue knows of a drawing or sample: decisions about it, and that it was skipped. */
export function forgetItem(database: Database, id: string): void {
  database.query("DELETE FROM queue_decisions WHERE item_id = $id").run({ id });
  database.query("DELETE FROM queue_skips WHERE item_id = $id").run({ id });
}

/** Removes what someone did as a labeller. The labels that they gave to other people's drawings stay. */
export function forgetLabeller(database: Database, labeller: string): void {
  database.query("DELETE FROM queue_decisions WHERE labeller = $labeller").run({ labeller });
  database.query("DELETE FROM queue_questions WHERE labeller = $labeller").run({ labeller });
  database.query("DELETE FROM queue_skips WHERE labeller = $labeller").run({ labeller });
}
