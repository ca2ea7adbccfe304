import type { Database } from "bun:sqlite";
import { encodeActor } from "../../domain/actor.ts";
import type { ModelChange, NewModelChange } from "../../domain/model-change.ts";
import type { RawRow } from "../row.ts";
import { changeFromRow } from "./model-row.ts";

/** Appends a change to the log, within the caller's transaction. */
export function addChange(database: Database, change: NewModelChange, createdAt: string): void {
  const { version, what, detail, actor } = change;
  database
    .query(
      `INSERT INTO model_changes (version, what, detail, actor, created_at)
       VALUES ($version, $what, $detail, $actor, $createdAt)`,
    )
    .run({ version, what, detail, actor: encodeActor(actor), createdAt });
}

/** Returns changes, newest first. */
export function readChanges(
  database: Database,
  { version, limit, before }: { version?: number; limit: number; before?: number },
): ModelChange[] {
  const conditions = [
    ...(version === undefined ? [] : ["version = $version"]),
    ...(before === undefined ? [] : ["id < $before"]),
  ];
  const where = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
  return database
    .query<RawRow, [Record<string, number>]>(
      `SELECT * FROM model_changes ${where} ORDER BY id DESC LIMIT $limit`,
    )
    .all({
      limit,
      ...(version === undefined ? {} : { version }),
      ...(before === undefined ? {} : { before }),
    })
    .map(changeFromRow);
}

/** Points an alias to a version. @returns whether it pointed elsewhere before. */
export function pointAlias(database: Database, alias: string, version: number): boolean {
  const { changes } = database
    .query(
      `INSERT INTO model_aliases (alias, version) VALUES ($alias, $version)
       ON CONFLICT (alias) DO UPDATE SET version = excluded.version WHERE version <> excluded.version`,
    )
    .run({ alias, version });
  return changes > 0;
}

/** Sets or removes a tag. @returns whether that changed anything. */
export function putTag(database: Database, version: number, key: string, value: string | null): boolean {
  if (value === null) {
    const removed = database.query("DELETE FROM model_tags WHERE version = $version AND key = $key");
    return removed.run({ version, key }).changes > 0;
  }
  return (
    database
      .query(
        `INSERT INTO model_tags (version, key, value) VALUES ($version, $key, $value)
         ON CONFLICT (version, key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value`,
      )
      .run({ version, key, value }).changes > 0
  );
}
