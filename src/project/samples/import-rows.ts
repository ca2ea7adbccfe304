import type { NewQueueDrawing } from "../../domain/queue/queue-drawing.ts";
import type { QueueStore } from "../../domain/queue/queue-store.ts";
import type { ImportSample, OnConflict } from "../../domain/samples/sample-import.ts";
import type { SampleStore } from "../../domain/store.ts";
import { ConflictError, InputError } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";
import { FileConflicts } from "./import-check.ts";
import {
  conflictRow,
  count,
  type FileRow,
  type ImportCounts,
  type ImportedRow,
  importedRow,
  noRows,
  queuedRow,
} from "./import-result.ts";

/** Rows of one transaction: they hold the write lock for 10 to 20 ms. */
const BATCH = 200;
/** Pause after each transaction, in which every other process that waits for the lock gets it. */
const PAUSE_MS = 5;

/** The part of a store that an import uses. */
interface ImportStore {
  samples: Pick<SampleStore, "conflicts" | "insertMany">;
  queue: Pick<QueueStore, "add">;
}

/** The store to import into. */
export interface ImportTarget {
  /** The store, or null when there is none yet. */
  stored: ImportStore | null;
  /** Creates the store when there is none. Called once the rows have been checked. */
  create(): Promise<ImportStore>;
}

/** How to import. */
export interface ImportRowsOptions {
  onConflict: OnConflict;
  /** Receives the result of each row; with a refused import, only its conflicts. */
  onRow?: (row: ImportedRow) => void;
  /** Receives the number of rows that have been checked, or stored. */
  onProgress?: (done: number, step: "checked" | "stored") => void;
}

/**
 * Imports rows. All of them are read and checked first, so a bad row, or with "fail" a conflict, imports nothing. Then
 * they are read again and stored in short transactions, so that a server on the same store hardly waits. An import that
 * is interrupted can be repeated: what is stored is known.
 *
 * @param read starts reading the rows from the first one; it is called twice.
 * @returns the counts; nothing was imported when there are `conflicts`.
 * @throws {InputError} for a bad row, and when the store or the file changes during the import.
 */
export async function importRows(
  target: ImportTarget,
  read: () => AsyncIterable<FileRow>,
  options: ImportRowsOptions,
): Promise<ImportCounts> {
  const counts = noRows();
  const add = (row: ImportedRow) => {
    count(counts, row);
    options.onRow?.(row);
  };
  await check(target.stored, read(), options, add);
  if (counts.conflicts > 0) return counts;
  await store(target.stored ?? (await target.create()), read(), options, add, counts);
  return counts;
}

async function check(
  stored: ImportStore | null,
  rows: AsyncIterable<FileRow>,
  { onConflict, onProgress }: ImportRowsOptions,
  add: (row: ImportedRow) => void,
): Promise<void> {
  const file = new FileConflicts();
  let done = 0;
  for await (const batch of batches(rows)) {
    done += batch.length;
    onProgress?.(done, "checked");
    if (onConflict !== "fail") continue;
    const given = batch.filter(isSample);
    const known = await stored?.samples.conflicts(given.map(({ sample }) => sample));
    given.forEach(({ at, sample }, n) => {
      const inFile = file.add(sample);
      const conflict = known?.[n] ?? inFile;
      if (conflict !== null) add(conflictRow(at, conflict));
    });
  }
}

async function store(
  { samples, queue }: ImportStore,
  rows: AsyncIterable<FileRow>,
  { onConflict, onProgress }: ImportRowsOptions,
  add: (row: ImportedRow) => void,
  counts: ImportCounts,
): Promise<void> {
  let done = 0;
  for await (const batch of batches(rows)) {
    const given = batch.filter(isSample);
    const outcomes = await samples
      .insertMany(
        given.map(({ sample }) => sample),
        onConflict,
      )
      .catch((error: unknown) => {
        if (!(error instanceof ConflictError)) throw error;
        const n = counts.imported;
        const says = saying("upload.changed", { reason: error.says ?? error.message, n });
        throw new InputError(
          `${error.message}. The store has changed since the file was checked; ${n} samples are imported. Run the command again`,
          { cause: error, says },
        );
      });
    for (const row of batch)
      if ("skipped" in row) add({ at: row.at, result: "skipped", reason: row.skipped });
    const unlabelled = batch.filter(isUnlabelled);
    const queued = unlabelled.length === 0 ? [] : await queue.add(unlabelled.map((row) => row.unlabelled));
    unlabelled.forEach(({ at }, n) => {
      add(queuedRow(at, queued[n]!));
    });
    given.forEach(({ at, sample }, n) => {
      const outcome = outcomes[n];
      if (outcome !== undefined) add(importedRow(at, sample, outcome));
    });
    done += batch.length;
    onProgress?.(done, "stored");
    await Bun.sleep(PAUSE_MS);
  }
}

async function* batches(rows: AsyncIterable<FileRow>): AsyncGenerator<FileRow[]> {
  let batch: FileRow[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function isUnlabelled(row: FileRow): row is { at: number; unlabelled: NewQueueDrawing } {
  return "unlabelled" in row;
}

function isSample(row: FileRow): row is { at: number; sample: ImportSample } {
  return "sample" in row;
}
