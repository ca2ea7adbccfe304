import type { Database } from "bun:sqlite";
import { type ForgottenDrawing, forgottenHash } from "../../../domain/lineage/forgetting.ts";

/** Whether a drawing has been forgotten. */
export function isForgotten(database: Database, identity: Uint8Array): boolean {
  // One key, unless lists of several stores were merged.
  return keysOf(database).some(({ key }) => hasHash(database, forgottenHash(key, identity)));
}

/** The keys of the hashes; none as long as nothing was forgotten. */
export function keysOf(database: Database): { id: number; key: Uint8Array }[] {
  return database.query<{ id: number; key: Uint8Array }, []>("SELECT id, key FROM forgotten_keys").all();
}

/** Adds the hashes that are new. @returns those that were added. */
export function addForgotten(database: Database, list: readonly ForgottenDrawing[]): ForgottenDrawing[] {
  const added: ForgottenDrawing[] = [];
  for (const { key, hash, at } of list) {
    if (hasHash(database, hash)) continue;
    database
      .query("INSERT INTO forgotten_keys (key) VALUES ($key) ON CONFLICT (key) DO NOTHING")
      .run({ key });
    database
      .query(
        `INSERT INTO forgotten_drawings (hash, key_id, forgotten_at)
         VALUES ($hash, (SELECT id FROM forgotten_keys WHERE key = $key), $at)`,
      )
      .run({ hash, key, at });
    added.push({ key, hash, at });
  }
  return added;
}

/** Returns the hashes that are new. */
export function unknownOf(database: Database, list: readonly ForgottenDrawing[]): ForgottenDrawing[] {
  return list.filter(({ hash }) => !hasHash(database, hash));
}

/** Returns all forgotten drawings. */
export function allForgotten(database: Database): ForgottenDrawing[] {
  return database
    .query<{ key: Uint8Array; hash: Uint8Array; at: string }, []>(
      `SELECT key, hash, forgotten_at AS at FROM forgotten_drawings
       JOIN forgotten_keys ON forgotten_keys.id = key_id ORDER BY forgotten_at, hash`,
    )
    .all();
}

function hasHash(database: Database, hash: Uint8Array): boolean {
  return (
    database
      .query<unknown, { hash: Uint8Array }>("SELECT 1 FROM forgotten_drawings WHERE hash = $hash")
      .get({ hash }) !== null
  );
}
