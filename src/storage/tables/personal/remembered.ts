import type { Database } from "bun:sqlite";
import type { Person } from "../../../domain/person.ts";
import type { ChangedDrawing, MemoryMark, RememberedDrawing } from "../../../domain/personal-store.ts";

/** The columns that memory needs. */
interface MemoryRow {
  id: string;
  label: string | null;
  state: string;
  pixels: Uint8Array;
  writer: string | null;
  sitting: string | null;
  created_at: string;
}

const COLUMNS = "id, label, state, pixels, writer, sitting, created_at";

/** Does the work of `PersonalStore.remembered`. */
export function rememberedDrawings(
  database: Database,
  { writer, sitting }: Person,
  limit: number,
): RememberedDrawing[] {
  const key = writer ?? sitting;
  if (key === null) return [];
  // The planner may prefer the index by state, in which it would pass over everyone else's drawings.
  const whose =
    writer === null
      ? "INDEXED BY samples_by_sitting WHERE sitting = $key AND sitting IS NOT NULL AND writer IS NULL"
      : "INDEXED BY samples_by_writer WHERE writer = $key";
  return database
    .query<MemoryRow, { key: string; limit: number }>(
      `SELECT ${COLUMNS} FROM samples ${whose} AND state = 'labelled' AND label IS NOT NULL
       ORDER BY id DESC LIMIT $limit`,
    )
    .all({ key, limit })
    .flatMap((row) => drawingOf(row) ?? []);
}

/** Returns the newest drawings with a label, by anybody, newest first. */
export function labelledDrawings(database: Database, label: string, limit: number): RememberedDrawing[] {
  return database
    .query<MemoryRow, { label: string; limit: number }>(
      `SELECT ${COLUMNS} FROM samples WHERE state = 'labelled' AND label = $label ORDER BY id DESC LIMIT $limit`,
    )
    .all({ label, limit })
    .flatMap((row) => drawingOf(row) ?? []);
}

/** Returns the place in the history that is reached. */
export function markOf(database: Database): MemoryMark {
  return database
    .query<MemoryMark, []>(
      `SELECT coalesce((SELECT max(seq) FROM sample_changes), 0) AS change,
              coalesce((SELECT max(id) FROM forgettings), 0) AS forgetting`,
    )
    .get()!;
}

/** Returns the samples that have changed after a change, once each, if there are fewer than `limit` changes. */
export function changedIds(database: Database, after: number, limit: number): string[] {
  const ids = database
    .query<{ id: string }, { after: number; limit: number }>(
      "SELECT sample_id AS id FROM sample_changes WHERE seq > $after ORDER BY seq LIMIT $limit",
    )
    .all({ after, limit })
    .map(({ id }) => id);
  return ids.length === limit ? ids : [...new Set(ids)];
}

/** Returns a sample as it is now. */
export function changedDrawing(database: Database, id: string): ChangedDrawing {
  const row = database
    .query<MemoryRow, { id: string }>(`SELECT ${COLUMNS} FROM samples WHERE id = $id`)
    .get({ id });
  if (row === null) return { id, person: null, drawing: null };
  return { id, person: { writer: row.writer, sitting: row.sitting }, drawing: drawingOf(row) };
}

function drawingOf({ id, label, state, pixels, sitting, created_at }: MemoryRow): RememberedDrawing | null {
  if (label === null || state !== "labelled") return null;
  return { id, label, pixels, sitting, createdAt: created_at };
}
