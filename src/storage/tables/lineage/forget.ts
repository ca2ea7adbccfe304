import type { Database } from "bun:sqlite";
import {
  type ForgetPreview,
  type Forgettable,
  type ForgottenDrawing,
  forgottenHash,
  imageKey,
} from "../../../domain/lineage/forgetting.ts";
import { identityOf, imageIdentity } from "../../../domain/samples/drawing-identity.ts";
import { aliasVersions } from "../deployments.ts";
import { forgetOpinions } from "../opinions/record.ts";
import {
  countDecisions,
  countQueued,
  forgetItem,
  forgetLabeller,
  forgetQueued,
  type Inked,
  removeQueuedWhere,
} from "../queue/forget-queued.ts";
import { addForgotten, keysOf } from "./forgotten-drawings.ts";
import { chunksAt, howOf, runsWithoutData, versionsOf, withDescendants } from "./sample-uses.ts";
import { CHUNK, unpackSides } from "./side-chunk.ts";

/** Does the work of `ForgettingStore.preview`. */
export function previewForgetting(database: Database, what: Forgettable): ForgetPreview {
  const ids = idsOf(database, what);
  const perRun = drawingsByRun(database, ids);
  const aliases = Object.entries(aliasVersions(database));
  const since = ids.length === 0 ? null : firstOf(database, what);
  const unrecorded = new Set(since === null ? [] : runsWithoutData(database, since));
  const models = withDescendants(versionsOf(database), ({ run_id }) => {
    const drawings = perRun.get(run_id ?? "");
    if (drawings !== undefined) return { drawings };
    return unrecorded.has(run_id ?? "") ? { drawings: null } : null;
  });
  const unlabelled = countQueued(database, matchOf(what));
  return {
    ...{ drawings: ids.length + unlabelled, unlabelled },
    decisions: "writer" in what ? countDecisions(database, what.writer) : 0,
    since: earliest([since, firstQueued(database, what)]),
    models: models
      .map(({ version: { version, run_id }, own, inheritedFrom }) => ({
        version,
        runId: run_id,
        drawings: own === null ? 0 : own.drawings,
        inheritedFrom,
        aliases: aliases.filter(([, pointed]) => pointed === version).map(([alias]) => alias),
      }))
      .reverse(),
  };
}

/**
 * Removes drawings and remembers their hashes, within the caller's transaction.
 * @param key of the hashes, where there is none yet.
 * @returns the `imageKey`s of the removed drawings.
 */
export function forgetDrawings(database: Database, what: Forgettable, key: Uint8Array, at: string): string[] {
  const stored = keysOf(database)[0]?.key ?? key;
  const { condition, value, group } = matchOf(what);
  const drawings: { id: string; image: string; hashes: Uint8Array[] }[] = [];
  const inked = database.query<Inked, { value: string }>(
    `SELECT id, drawing, pixels FROM samples WHERE ${condition}`,
  );
  // One at a time: all drawings of a writer may be more than memory takes.
  for (const drawing of inked.iterate({ value })) {
    const { id, pixels } = drawing;
    const hashes = [hashOf(stored, drawing), forgottenHash(stored, imageIdentity(pixels))];
    drawings.push({ id, image: imageKey(pixels), hashes });
  }
  // A file may bring the drawing back without its strokes.
  addForgotten(
    database,
    drawings.flatMap(({ hashes }) => hashes.map((hash) => ({ key: stored, hash, at }))),
  );
  for (const { id } of drawings) removeDrawing(database, id);
  const queued = forgetQueued(database, matchOf(what), (drawing) => hashOf(stored, drawing));
  addForgotten(
    database,
    queued.map(({ hash }) => ({ key: stored, hash, at })),
  );
  // Labellers have the names of writers.
  if ("writer" in what) {
    forgetLabeller(database, what.writer);
    forgetOpinions(database, what.writer);
  }
  if (group === null) removeEmptyGroups(database);
  else database.query("DELETE FROM splits WHERE group_key = $group").run({ group });
  return [...drawings, ...queued].map(({ image }) => image);
}

/** Does the work of `ForgettingStore.apply`, within the caller's transaction. @returns as `forgetDrawings`. */
export function applyForgotten(database: Database, list: readonly ForgottenDrawing[]): string[] {
  const added = addForgotten(database, list);
  if (added.length === 0) return [];
  const hashes = new Set(added.map(({ hash }) => Buffer.from(hash).toString("base64")));
  const keys = [...new Map(added.map(({ key }) => [Buffer.from(key).toString("base64"), key])).values()];
  const isOnList = (drawing: Inked) =>
    keys.some((key) => hashes.has(Buffer.from(hashOf(key, drawing)).toString("base64")));
  const found: { id: string; image: string }[] = [];
  for (const drawing of database.query<Inked, []>("SELECT id, drawing, pixels FROM samples").iterate())
    if (isOnList(drawing)) found.push({ id: drawing.id, image: imageKey(drawing.pixels) });
  for (const { id } of found) removeDrawing(database, id);
  if (found.length > 0) removeEmptyGroups(database);
  return [...found.map(({ image }) => image), ...removeQueuedWhere(database, isOnList)];
}

function hashOf(key: Uint8Array, { drawing, pixels }: Inked): Uint8Array {
  return forgottenHash(key, identityOf(drawing, pixels));
}

/** Removes a drawing and everything that refers to it. Runs keep that they used a drawing, not which. */
function removeDrawing(database: Database, id: string): void {
  const row = database
    .query<{ prediction_id: string | null }, { id: string }>(
      "SELECT prediction_id FROM samples WHERE id = $id",
    )
    .get({ id });
  if (row?.prediction_id != null)
    database.query("DELETE FROM predictions WHERE id = $id").run({ id: row.prediction_id });
  // A pinned drawing cannot be deleted; that of someone who is forgotten is no longer pinned.
  database.query("UPDATE samples SET review = NULL WHERE id = $id AND review = 'pinned'").run({ id });
  database.query("DELETE FROM samples WHERE id = $id").run({ id });
  database.query("DELETE FROM sample_changes WHERE sample_id = $id").run({ id });
  forgetItem(database, id);
  database
    .query("UPDATE sample_contents SET sample_id = NULL, content = NULL, label = NULL WHERE sample_id = $id")
    .run({ id });
}

/** Removes the sides of writers and sessions that have no drawing left: their names must not stay behind. */
function removeEmptyGroups(database: Database): void {
  database.run(
    `DELETE FROM splits WHERE
       NOT EXISTS (SELECT 1 FROM samples WHERE 'writer:' || writer = group_key)
       AND NOT EXISTS (SELECT 1 FROM samples WHERE writer IS NULL AND 'session:' || session = group_key)`,
  );
}

/** How to find the drawings in the table `samples`, and the group that they are all of; null for those of many. */
function matchOf(what: Forgettable): { condition: string; value: string; group: string | null } {
  if ("before" in what) return { condition: "created_at < $value", value: what.before, group: null };
  const [column, value] = "writer" in what ? ["writer", what.writer] : ["session", what.session];
  return { condition: `${column} = $value`, value: value!, group: `${column}:${value}` };
}

function idsOf(database: Database, what: Forgettable): string[] {
  const { condition, value } = matchOf(what);
  return database
    .query<{ id: string }, { value: string }>(`SELECT id FROM samples WHERE ${condition}`)
    .all({ value })
    .map(({ id }) => id);
}

/** Returns when the first of the drawings was stored. */
function firstOf(database: Database, what: Forgettable): string {
  const { condition, value } = matchOf(what);
  const row = database
    .query<{ at: string | null }, { value: string }>(
      `SELECT min(created_at) AS at FROM samples WHERE ${condition}`,
    )
    .get({ value });
  return row?.at ?? "";
}

/** When the first of their drawings or answers in the label queue was stored; null when there are none. */
function firstQueued(database: Database, what: Forgettable): string | null {
  const { condition, value } = matchOf(what);
  const drawn = database
    .query<{ at: string | null }, { value: string }>(
      `SELECT min(created_at) AS at FROM queue_drawings WHERE ${condition}`,
    )
    .get({ value });
  if (!("writer" in what)) return drawn?.at ?? null;
  const decided = database
    .query<{ at: string | null }, { labeller: string }>(
      "SELECT min(at) AS at FROM queue_decisions WHERE labeller = $labeller",
    )
    .get({ labeller: what.writer });
  return earliest([drawn?.at ?? null, decided?.at ?? null]);
}

function earliest(times: readonly (string | null)[]): string | null {
  return times.filter((time) => time !== null).sort()[0] ?? null;
}

/** How many of these drawings each run trained on, or chose the epoch by. */
function drawingsByRun(database: Database, ids: readonly string[]): Map<string, number> {
  const byPosition = Map.groupBy(numbersOf(database, ids), (number) => Math.floor(number / CHUNK));
  const counts = new Map<number, number>();
  for (const [position, numbers] of byPosition) {
    for (const { run_data, sides } of chunksAt(database, position)) {
      const codes = unpackSides(sides);
      const used = numbers.filter((number) => howOf(codes[number % CHUNK]!) !== null).length;
      if (used > 0) counts.set(run_data, (counts.get(run_data) ?? 0) + used);
    }
  }
  const runIdOf = database.query<{ run_id: string }, { number: number }>(
    "SELECT run_id FROM run_data WHERE number = $number",
  );
  return new Map([...counts].map(([number, n]) => [runIdOf.get({ number })?.run_id ?? "", n]));
}

function numbersOf(database: Database, ids: readonly string[]): number[] {
  const find = database.query<{ number: number }, { id: string }>(
    "SELECT number FROM sample_contents WHERE sample_id = $id",
  );
  return ids.flatMap((id) => find.all({ id }).map(({ number }) => number));
}
