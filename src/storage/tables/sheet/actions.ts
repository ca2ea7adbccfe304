import type { Database } from "bun:sqlite";
import { type Actor, decodeActor, encodeActor } from "../../../domain/actor.ts";
import { ACTION_KINDS, type SampleAction } from "../../../domain/samples/sheet/sheet-store.ts";
import { type RawRow, Row } from "../../row.ts";

/** Adds an action that has changed nothing yet, within the caller's transaction. */
export function addAction(
  database: Database,
  { kind, label, at, actor }: Pick<SampleAction, "kind" | "label" | "at"> & { actor: Actor },
): number {
  const row = database
    .query<{ id: number }, Record<string, string | null>>(
      "INSERT INTO sample_actions (kind, label, n, at, actor) VALUES ($kind, $label, 0, $at, $actor) RETURNING id",
    )
    .get({ kind, label, at, actor: encodeActor(actor) });
  return row!.id;
}

/** Adds to the number of samples that an action has changed. */
export function countIn(database: Database, id: number, n: number): void {
  database.query("UPDATE sample_actions SET n = n + $n WHERE id = $id").run({ id, n });
}

/** Returns an action; null when there is none. */
export function findAction(database: Database, id: number): SampleAction | null {
  const raw = database
    .query<RawRow, { id: number }>("SELECT * FROM sample_actions WHERE id = $id")
    .get({ id });
  return raw === null ? null : actionFromRow(raw);
}

/** Returns the newest actions first, without those that changed nothing. */
export function newestActions(database: Database, limit: number): SampleAction[] {
  return database
    .query<RawRow, { limit: number }>(
      "SELECT * FROM sample_actions WHERE n > 0 ORDER BY id DESC LIMIT $limit",
    )
    .all({ limit })
    .map(actionFromRow);
}

/** Converts a row of `sample_actions`. @throws UnavailableError when a column has a value of another type. */
export function actionFromRow(raw: RawRow): SampleAction {
  const row = new Row("sample_actions", raw);
  return {
    id: row.integer("id"),
    kind: row.oneOf("kind", ACTION_KINDS),
    label: row.textOrNull("label"),
    n: row.integer("n"),
    at: row.text("at"),
    actor: decodeActor(row.textOrNull("actor")),
    undoneAt: row.textOrNull("undone_at"),
  };
}
