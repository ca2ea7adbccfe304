import type { Database } from "bun:sqlite";
import type { Drawing } from "../../domain/drawing.ts";
import type { RenderedImage, StoredDrawing } from "../../domain/sample.ts";
import { type RawRow, Row } from "../row.ts";

/** The tables with images of drawings. */
type ImageTable = "samples" | "queue_drawings";

/** Does the work of `SampleStore.outdated` and `QueueStore.outdated`. */
export function outdatedDrawings(
  database: Database,
  preprocessing: number,
  limit: number,
  table: ImageTable = "samples",
): StoredDrawing[] {
  return database
    .query<RawRow, { preprocessing: number; limit: number }>(
      `SELECT id, drawing FROM ${table} WHERE drawing IS NOT NULL AND preprocessing < $preprocessing LIMIT $limit`,
    )
    .all({ preprocessing, limit })
    .map((raw) => {
      const row = new Row(table, raw);
      return { id: row.text("id"), drawing: row.json<Drawing>("drawing") };
    });
}

/** Does the work of `SampleStore.putImages`, within the caller's transaction. */
export function putImages(
  database: Database,
  images: readonly RenderedImage[],
  preprocessing: number,
  table: ImageTable = "samples",
): void {
  const update = database.query(
    `UPDATE ${table} SET pixels = $pixels, preprocessing = $preprocessing WHERE id = $id`,
  );
  for (const { id, pixels } of images) update.run({ id, pixels, preprocessing });
}
