import type { Database } from "bun:sqlite";
import type { UsedSample } from "../../../domain/lineage/lineage-store.ts";
import {
  type DataItem,
  type DataSide,
  type DataVersion,
  dataVersionOf,
} from "../../../domain/lineage/run-data.ts";
import { NotFoundError } from "../../../lib/errors.ts";
import { type RawRow, Row } from "../../row.ts";
import { sampleFromRow } from "../sample-row.ts";
import { CHUNK, packSides, type SideCode, unpackSides } from "./side-chunk.ts";

const SIDES = ["train", "valid", "holdout"] as const satisfies readonly DataSide[];
/** The code of the first reason for which drawings are left out. */
const FIRST_REASON = SIDES.length + 1;

/** The data of a run in the form that is stored. */
interface PackedData {
  version: DataVersion;
  /** By the position of the chunk. */
  chunks: ReadonlyMap<number, Uint8Array>;
}

/** Returns those whose content has no number yet. */
export function itemsWithoutNumber(database: Database, items: readonly DataItem[]): DataItem[] {
  const numberOf = contentNumbers(database);
  return items.filter((item) => numberOf(item) === null);
}

/** Gives contents their numbers, and reasons theirs, within the caller's transaction. */
export function addNumbers(database: Database, items: readonly DataItem[]): void {
  const add = database.query(
    `INSERT INTO sample_contents (sample_id, content, label) VALUES ($sampleId, $content, $label)
     ON CONFLICT DO NOTHING`,
  );
  for (const { sampleId, content, label } of items) add.run({ sampleId, content, label });
}

/** Gives reasons their numbers, within the caller's transaction. */
export function addReasons(database: Database, items: readonly DataItem[]): void {
  const add = database.query(
    "INSERT INTO left_out_reasons (reason) VALUES ($reason) ON CONFLICT (reason) DO NOTHING",
  );
  for (const reason of reasonsOf(items)) add.run({ reason });
}

/** Packs the data of a run, all of whose contents and reasons have numbers. */
export function packRunData(database: Database, items: readonly DataItem[]): PackedData {
  const chunks = new Map<number, Uint8Array>();
  for (const [position, codes] of chunksOf(database, items)) chunks.set(position, packSides(codes));
  return { version: dataVersionOf(items), chunks };
}

/**
 * Stores the data of a run, within the caller's transaction, in place of what it had.
 * @throws NotFoundError when there is no such run.
 */
export function putRunData(database: Database, runId: string, { version, chunks }: PackedData): void {
  if (database.query("SELECT 1 FROM runs WHERE id = $runId").get({ runId }) === null)
    throw new NotFoundError(`Cannot record the data of a run: there is no run ${runId}`);
  database.query("DELETE FROM run_data WHERE run_id = $runId").run({ runId });
  const { lastInsertRowid } = database
    .query("INSERT INTO run_data (run_id, sha256, counts) VALUES ($runId, $sha256, $counts)")
    .run({ runId, sha256: version.sha256, counts: JSON.stringify(version.counts) });
  const insert = database.query(
    "INSERT INTO run_data_chunks (position, run_data, sides) VALUES ($position, $runData, $sides)",
  );
  for (const [position, sides] of chunks) insert.run({ position, runData: Number(lastInsertRowid), sides });
}

/** Gives a run the data of another one, within the caller's transaction; nothing happens when that has none. */
export function copyRunData(database: Database, fromRunId: string, runId: string): void {
  const from = readRunData(database, fromRunId);
  if (from === null || fromRunId === runId) return;
  database.query("DELETE FROM run_data WHERE run_id = $runId").run({ runId });
  const { lastInsertRowid } = database
    .query("INSERT INTO run_data (run_id, sha256, counts) VALUES ($runId, $sha256, $counts)")
    .run({ runId, sha256: from.sha256, counts: JSON.stringify(from.counts) });
  database
    .query(
      `INSERT INTO run_data_chunks (position, run_data, sides)
       SELECT position, $runData, sides FROM run_data_chunks WHERE run_data = $from`,
    )
    .run({ runData: Number(lastInsertRowid), from: from.number });
}

/** Returns the data version of a run; null when it has none. */
export function readRunData(database: Database, runId: string): (DataVersion & { number: number }) | null {
  const raw = database
    .query<RawRow, { runId: string }>("SELECT * FROM run_data WHERE run_id = $runId")
    .get({ runId });
  if (raw === null) return null;
  const row = new Row("run_data", raw);
  return { number: row.integer("number"), sha256: row.text("sha256"), counts: row.json("counts") };
}

/** Returns up to `limit` drawings of a run's data whose number is above `after`, in the order of their numbers. */
export function runSamples(
  database: Database,
  runData: number,
  { side, after, limit }: { side?: DataSide | undefined; after: number; limit: number },
): (UsedSample & { number: number })[] {
  const found: { number: number; code: SideCode }[] = [];
  const chunks = database.query<{ position: number; sides: Uint8Array }, { runData: number; from: number }>(
    "SELECT position, sides FROM run_data_chunks WHERE run_data = $runData AND position >= $from ORDER BY position",
  );
  for (const { position, sides } of chunks.iterate({ runData, from: Math.floor((after + 1) / CHUNK) })) {
    for (const [slot, code] of unpackSides(sides).entries()) {
      const number = position * CHUNK + slot;
      if (code === 0 || number <= after || (side !== undefined && sideOf(code) !== side)) continue;
      found.push({ number, code });
      if (found.length === limit) break;
    }
    if (found.length === limit) break;
  }
  return found.map(({ number, code }) => ({ number, ...usedSample(database, number, code) }));
}

/** Returns the side and the reason that a code means. */
export function decodeSide(database: Database, code: SideCode): Pick<DataItem, "side" | "reason"> {
  const reason =
    code < FIRST_REASON
      ? null
      : database
          .query<{ reason: string }, { id: number }>("SELECT reason FROM left_out_reasons WHERE id = $id")
          .get({ id: code - FIRST_REASON + 1 });
  return { side: sideOf(code), reason: reason?.reason ?? null };
}

/** The side of a code. */
export function sideOf(code: SideCode): DataSide {
  return SIDES[code - 1] ?? "left_out";
}

/** The codes of all items by the position of their chunk. */
function chunksOf(database: Database, items: readonly DataItem[]): Map<number, Uint16Array> {
  const numberOf = contentNumbers(database);
  const ids = database
    .query<{ id: number; reason: string }, []>("SELECT id, reason FROM left_out_reasons")
    .all();
  const reasons = new Map(ids.map(({ id, reason }) => [reason, FIRST_REASON + id - 1]));
  const chunks = new Map<number, Uint16Array>();
  for (const item of items) {
    const number = numberOf(item);
    // It was forgotten a moment ago.
    if (number === null) continue;
    const position = Math.floor(number / CHUNK);
    const codes = chunks.get(position) ?? new Uint16Array(CHUNK);
    codes[number % CHUNK] =
      item.side === "left_out" ? reasons.get(item.reason ?? "")! : SIDES.indexOf(item.side) + 1;
    chunks.set(position, codes);
  }
  return chunks;
}

function contentNumbers(database: Database): (item: DataItem) => number | null {
  const find = database.query<{ number: number }, { sampleId: string; content: Uint8Array }>(
    "SELECT number FROM sample_contents WHERE sample_id = $sampleId AND content = $content",
  );
  return ({ sampleId, content }) => find.get({ sampleId, content })?.number ?? null;
}

function reasonsOf(items: readonly DataItem[]): Set<string> {
  return new Set(items.filter(({ side }) => side === "left_out").map(({ reason }) => reason ?? ""));
}

function usedSample(database: Database, number: number, code: SideCode): UsedSample {
  const content = database
    .query<{ sample_id: string | null; label: string | null }, { number: number }>(
      "SELECT sample_id, label FROM sample_contents WHERE number = $number",
    )
    .get({ number });
  const sampleId = content?.sample_id ?? null;
  const raw =
    sampleId === null
      ? null
      : database.query<RawRow, { id: string }>("SELECT * FROM samples WHERE id = $id").get({ id: sampleId });
  return {
    ...decodeSide(database, code),
    sampleId,
    label: content?.label ?? null,
    sample: raw === null ? null : sampleFromRow(raw),
  };
}
