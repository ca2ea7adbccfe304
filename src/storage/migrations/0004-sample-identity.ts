import type { Database } from "bun:sqlite";
import { identityOf } from "../../domain/samples/drawing-identity.ts";
import type { Migration } from "../migrate.ts";

/**
 * The identity of a drawing, by which it is kept once, and the arrival of a sample in this store. Of identical drawings
 * that are already stored, the oldest gets the identity; the others are kept without one. The indexes of lists also hold
 * what lists filter by, so a filter that few samples pass reads the index only, and not a million rows.
 */
export const sampleIdentity: Migration = {
  version: 4,
  name: "sample identity",
  sql: `
    ALTER TABLE samples ADD COLUMN identity BLOB;
    ALTER TABLE samples ADD COLUMN arrival TEXT NOT NULL DEFAULT '';
    UPDATE samples SET arrival = id;
    CREATE UNIQUE INDEX samples_by_identity ON samples (identity) WHERE identity IS NOT NULL;
    CREATE INDEX samples_by_arrival ON samples (arrival, state);
    DROP INDEX samples_by_state;
    DROP INDEX samples_by_label;
    DROP INDEX samples_by_writer;
    CREATE INDEX samples_by_split ON samples (split, id);
    CREATE INDEX samples_by_state ON samples (state, id, split);
    CREATE INDEX samples_by_label ON samples (label, id, split, state);
    CREATE INDEX samples_by_writer ON samples (writer, id, split, state, label) WHERE writer IS NOT NULL;
  `,
  fill(database: Database) {
    const rows = database.query<
      { id: string; drawing: string | null; pixels: Uint8Array },
      { after: string }
    >("SELECT id, drawing, pixels FROM samples WHERE id > $after ORDER BY id LIMIT 1000");
    const identify = database.query("UPDATE OR IGNORE samples SET identity = $identity WHERE id = $id");
    for (let page = rows.all({ after: "" }); page.length > 0; page = rows.all({ after: page.at(-1)!.id })) {
      for (const { id, drawing, pixels } of page) identify.run({ id, identity: identityOf(drawing, pixels) });
    }
  },
};
