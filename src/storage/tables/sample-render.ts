import type { Database } from "bun:sqlite";
import type { Drawing } from "../../domain/drawing.ts";
import type { RenderedImage, StoredDrawing } from "../../domain/sample.ts";
import { imageIdentity } from "../../domain/samples/drawing-identity.ts";
import { type RawRow, Row } from "../row.ts";

/** Does the work of `SampleStore.outdated`. */
export function outdatedDrawings(database: Database, preprocessing: number, limit: number): StoredDrawing[] {
  return database
    .query<RawRow, { preprocessing: number; limit: number }>(
      "SELECT id, drawing FROM samples WHERE drawing IS NOT NULL AND preprocessing < $preprocessing LIMIT $limit",
    )
    .all({ preprocessing, limit })
    .map((raw) => {
      const row = new Row("samples", raw);
      return { id: row.text("id"), drawing: row.json<Drawing>("drawing") };
    });
}

/** Does the work of `SampleStore.putImages`, within the caller's transaction. */
export function putImages(database: Database, images: readonly RenderedImage[], preprocessing: number): void {
  const update = database.query(
    `UPDATE samples SET pixels = $pixels, image_identity = $imageIdentity, preprocessing = $preprocessing
     WHERE id = $id`,
  );
  for (const { id, pixels } of images)
    update.run({ id, pixels, imageIdentity: imageIdentity(pixels), preprocessing });
}
