import type { Database } from "bun:sqlite";
import { imageIdentity } from "../../domain/samples/drawing-identity.ts";
import type { Migration } from "../migrate.ts";

/** The identity of the image of a drawing with strokes, by which a file that has only its pixels is recognised. */
export const imageIdentities: Migration = {
  version: 16,
  name: "image identities",
  sql: `
    ALTER TABLE samples ADD COLUMN image_identity BLOB;
    CREATE INDEX samples_by_image ON samples (image_identity, label) WHERE image_identity IS NOT NULL;
  `,
  fill(database: Database) {
    const rows = database.query<{ id: string; pixels: Uint8Array }, { after: string }>(
      "SELECT id, pixels FROM samples WHERE id > $after AND drawing IS NOT NULL ORDER BY id LIMIT 1000",
    );
    const identify = database.query("UPDATE samples SET image_identity = $identity WHERE id = $id");
    for (let page = rows.all({ after: "" }); page.length > 0; page = rows.all({ after: page.at(-1)!.id })) {
      for (const { id, pixels } of page) identify.run({ id, identity: imageIdentity(pixels) });
    }
  },
};
