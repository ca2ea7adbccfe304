import type { AddOutcome, NewQueueDrawing } from "../../domain/queue/queue-drawing.ts";
import type { Split } from "../../domain/sample.ts";
import {
  describeLabel,
  type ImportConflict,
  type ImportOutcome,
  type ImportSample,
} from "../../domain/samples/sample-import.ts";

/** A row of a file: a sample, a drawing without a label, or the reason why it is left out. */
export type FileRow =
  /** `at`: its line (1-based) or index (0-based). */
  | { at: number; sample: ImportSample }
  | { at: number; unlabelled: NewQueueDrawing }
  | { at: number; skipped: string };

/** The result of one row, as `--json` prints it. */
export interface ImportedRow {
  at: number;
  result: ImportOutcome["result"] | "skipped" | "unlabelled";
  /** The stored sample; absent where there is none. */
  id?: string;
  split?: Split;
  /** Where the row's writer or session was already on the other side: the side that the file says. */
  split_in_file?: Split;
  /** The two labels of a conflict, or the stored label of the other drawing that has the row's id. */
  stored_label?: string;
  file_label?: string;
  reason?: string;
}

/** Numbers of rows by result, as `--json` prints them. */
export interface ImportCounts {
  /** New samples. */
  imported: number;
  /** Drawings without a label that are in the label queue now. */
  unlabelled: number;
  /** Rows whose drawing was already stored with the same label, or that repeat an earlier row. */
  known: number;
  /** Conflicts that the row won, with `--on-conflict replace`. */
  replaced: number;
  /** Conflicts that the store won, with `--on-conflict keep`. */
  kept: number;
  /** Conflicts that stopped the import. */
  conflicts: number;
  /** Drawings that were forgotten at their writer's request, and are not stored again. */
  forgotten: number;
  /** Rows left out because there is nothing to store, by line or index. */
  skipped: { at: number; reason: string }[];
  /** New samples on another side of the split than the file says. */
  other_side: number;
}

/** Describes what the store did with a row. */
export function importedRow(at: number, sample: ImportSample, outcome: ImportOutcome): ImportedRow {
  if (outcome.result === "forgotten")
    return { at, result: "forgotten", reason: "it was forgotten at its writer's request" };
  const { result, id } = outcome;
  if (outcome.result === "known") return { at, result, id };
  if (outcome.result !== "imported") return { ...conflictRow(at, outcome.conflict), result, id };
  const { split } = outcome;
  const isMoved = sample.split !== undefined && sample.split !== split;
  return { at, result, id, split, ...(isMoved ? { split_in_file: sample.split } : {}) };
}

/** Describes what the label queue did with a row: a drawing that has a label, or was discarded, is known. */
export function queuedRow(at: number, outcome: AddOutcome): ImportedRow {
  if (outcome.result === "forgotten")
    return { at, result: "forgotten", reason: "it was forgotten at its writer's request" };
  return { at, result: outcome.result === "added" ? "unlabelled" : "known", id: outcome.id };
}

/** Describes a row that stops the import. */
export function conflictRow(at: number, { reason, stored, given }: ImportConflict): ImportedRow {
  return {
    at,
    result: "conflict",
    stored_label: describeLabel(stored),
    file_label: describeLabel(given),
    reason: reason === "label" ? "the drawing has another label" : "the id belongs to another drawing",
  };
}

/** Returns counts of nothing yet. */
export function noRows(): ImportCounts {
  return {
    imported: 0,
    unlabelled: 0,
    known: 0,
    replaced: 0,
    kept: 0,
    conflicts: 0,
    forgotten: 0,
    skipped: [],
    other_side: 0,
  };
}

/** Adds a row to the counts. */
export function count(counts: ImportCounts, row: ImportedRow): void {
  const { at, result, reason = "" } = row;
  if (result === "skipped") counts.skipped.push({ at, reason });
  else counts[result === "conflict" ? "conflicts" : result] += 1;
  if (row.split_in_file !== undefined) counts.other_side += 1;
}
