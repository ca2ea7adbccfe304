import type { Database } from "bun:sqlite";
import type { Sample } from "../../domain/sample.ts";
import {
  agrees,
  describeLabel,
  givenLabel,
  type ImportConflict,
  type ImportOutcome,
  type ImportSample,
  type OnConflict,
} from "../../domain/samples/sample-import.ts";
import { ConflictError } from "../../lib/errors.ts";
import type { RawRow } from "../row.ts";
import { isForgotten } from "./lineage/forgotten-drawings.ts";
import { addChange } from "./lineage/sample-changes.ts";
import { type EncodedInk, encodeInk, type SampleInserter } from "./sample-insert.ts";
import { sampleFromRow } from "./sample-row.ts";
import { findImageTwin, findTwin } from "./sample-twin.ts";

/** The stored sample that a row has to do with: of the same drawing, or else with the same id. */
type Found = { sample: Sample; conflict: ImportConflict | null };

/** Returns the conflict of a row with the stored samples, or null. */
export function conflictOf(database: Database, row: ImportSample): ImportConflict | null {
  const ink = encodeInk(row);
  return isForgotten(database, ink.identity) ? null : (find(database, row, ink)?.conflict ?? null);
}

/**
 * Imports a row, within the caller's transaction.
 * @param by.now the time of the change of a label that has none of its own. @param by.action that it is a part of, or null.
 * @throws ConflictError with "fail" when the row is a conflict.
 */
export function importRow(
  database: Database,
  inserter: SampleInserter,
  row: ImportSample,
  { onConflict, now, action }: { onConflict: OnConflict; now: string; action: number | null },
): ImportOutcome {
  const ink = encodeInk(row);
  if (isForgotten(database, ink.identity)) return { result: "forgotten" };
  const found = find(database, row, ink);
  if (found === null) {
    const { id, split } = inserter.insert(database, row, ink, null, action);
    return { result: "imported", id, split };
  }
  const { sample, conflict } = found;
  const { id } = sample;
  if (conflict === null) return { result: "known", id };
  if (onConflict === "fail") throw new ConflictError(describeConflict(id, conflict));
  // An action can be undone, which a drawing that another has replaced could not be. A pinned drawing keeps its label whatever an import says.
  const isLost = action !== null && conflict.reason === "id";
  if (onConflict === "keep" || isLost || sample.review.state === "pinned")
    return { result: "kept", id, conflict };
  if (conflict.reason === "label") relabel(database, sample, row, now, action);
  else {
    database.query("DELETE FROM samples WHERE id = $id").run({ id });
    addChange(database, { sampleId: id, at: now, actor: row.actor, from: sample });
    inserter.insert(database, row, ink);
  }
  return { result: "replaced", id, conflict };
}

function find(database: Database, row: ImportSample, ink: EncodedInk): Found | null {
  const twin = findTwin(database, ink) ?? findImageTwin(database, ink, row.label);
  if (twin !== null)
    return { sample: twin, conflict: agrees(twin, row) ? null : conflict("label", twin, row) };
  const { id } = row;
  const holder =
    id === undefined
      ? null
      : database.query<RawRow, { id: string }>("SELECT * FROM samples WHERE id = $id").get({ id });
  if (holder === null) return null;
  const sample = sampleFromRow(holder);
  return { sample, conflict: conflict("id", sample, row) };
}

function conflict(
  reason: ImportConflict["reason"],
  { label, state }: Sample,
  row: ImportSample,
): ImportConflict {
  return { reason, stored: { label, state }, given: givenLabel(row) };
}

function describeConflict(id: string, { reason, stored, given }: ImportConflict): string {
  if (reason === "id") return `Cannot import a sample: the id ${id} belongs to another drawing`;
  return `Cannot import a sample: ${id} is stored with the label "${describeLabel(stored)}", found "${describeLabel(given)}"`;
}

function relabel(
  database: Database,
  sample: Sample,
  row: ImportSample,
  now: string,
  action: number | null,
): void {
  const { id } = sample;
  const { label, state } = givenLabel(row);
  const { updatedAt = now } = row;
  database
    .query(
      "UPDATE samples SET label = $label, state = $state, review = NULL, updated_at = $updatedAt WHERE id = $id",
    )
    .run({ id, label, state, updatedAt });
  addChange(database, {
    ...{ sampleId: id, at: now, actor: row.actor, from: sample, to: { label, state } },
    ...(action !== null && { action: { id: action, reviewFrom: sample.review.state } }),
  });
}
