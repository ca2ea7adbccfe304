import type { Database } from "bun:sqlite";
import type { Person } from "../../domain/person.ts";
import type {
  ChangedDrawing,
  MemoryChanges,
  MemoryMark,
  PersonalStore,
  RememberedDrawing,
} from "../../domain/personal-store.ts";
import type { Connection } from "../connection.ts";

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

/** The drawings of the table `samples` that a person has labelled. */
export class SqlitePersonal implements PersonalStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async remembered({ writer, sitting }: Person, limit: number): Promise<RememberedDrawing[]> {
    if (writer === null && sitting === null) return [];
    const whose = writer === null ? "sitting = $key AND writer IS NULL" : "writer = $key";
    return this.#connection.read("read a person's drawings", (database) =>
      database
        .query<MemoryRow, { key: string; limit: number }>(
          `SELECT ${COLUMNS} FROM samples WHERE ${whose} AND state = 'labelled' AND label IS NOT NULL
           ORDER BY id DESC LIMIT $limit`,
        )
        .all({ key: writer ?? sitting!, limit })
        .flatMap((row) => drawingOf(row) ?? []),
    );
  }

  async changesAfter(mark: MemoryMark | null, limit: number): Promise<MemoryChanges> {
    return this.#connection.read("read the changes of samples", (database) => {
      const now = markOf(database);
      if (mark === null || now.change === mark.change) {
        return { mark: now, drawings: mark === null || now.forgetting === mark.forgetting ? [] : null };
      }
      if (now.forgetting !== mark.forgetting) return { mark: now, drawings: null };
      const ids = changedIds(database, mark.change, limit + 1);
      if (ids.length > limit) return { mark: now, drawings: null };
      return { mark: now, drawings: ids.map((id) => changedDrawing(database, id)) };
    });
  }
}

function markOf(database: Database): MemoryMark {
  return database
    .query<MemoryMark, []>(
      `SELECT coalesce((SELECT max(seq) FROM sample_changes), 0) AS change,
              coalesce((SELECT max(id) FROM forgettings), 0) AS forgetting`,
    )
    .get()!;
}

function changedIds(database: Database, after: number, limit: number): string[] {
  const ids = database
    .query<{ id: string }, { after: number; limit: number }>(
      "SELECT sample_id AS id FROM sample_changes WHERE seq > $after ORDER BY seq LIMIT $limit",
    )
    .all({ after, limit })
    .map(({ id }) => id);
  return ids.length === limit ? ids : [...new Set(ids)];
}

function changedDrawing(database: Database, id: string): ChangedDrawing {
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
