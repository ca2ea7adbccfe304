import type { Sentence } from "../../lib/saying.ts";
import type { Actor } from "../actor.ts";
import type { OnConflict } from "./sample-import.ts";
import type { SampleAction, Selection } from "./sheet/sheet-store.ts";

/** How to read and store the rows of an uploaded file; the options of `tegaki samples import`. */
export interface ImportChoices {
  onConflict: OnConflict;
  /** Who drew them, where the file does not say. */
  writer: string | null;
  /** Subtracted from every label that is a number; null where labels are names of classes. */
  labelOffset: number | null;
  /** Whether images are stored column by column, as EMNIST's are. */
  isTransposed: boolean;
}

/** A row that an import leaves out. */
export interface ImportProblem extends Sentence {
  /** Line (1-based) or index (0-based). */
  at: number;
  /** Names file and row, what was expected and what was found. */
  message: string;
}

/** How many of the problems and conflicts a preview names. */
export const NAMED_PROBLEMS = 50;

/** The content of an uploaded file, as it would be imported. */
export interface ImportPreview {
  /** The names of the files. */
  files: string[];
  bytes: number;
  /** "zip", "ndjson", "idx", "csv", "pickle" or "label-studio"; null for a file that cannot be read. */
  kind: string | null;
  /** Rows with ink and a label that can be read. */
  rows: number;
  /** Rows with ink, but without a label, which go to the label queue. */
  unlabelled: number;
  /** Rows without ink, which are left out. */
  blank: number;
  /** Counts by label, in the order of the classes; null is none of the classes. */
  labels: { label: string | null; n: number }[];
  /** Dark ink on a light ground, which was inverted; and values in 0..1, which were multiplied by 255. */
  inverted: number;
  scaled: number;
  /** Number of rows that cannot be read, which are left out; the first `NAMED_PROBLEMS` by name. */
  problems: number;
  named: ImportProblem[];
  /** Rows that are stored with another label, or that differ from an earlier row; the first are named. */
  conflicts: number;
  namedConflicts: ImportProblem[];
  /** The first images, as they would be stored, with their labels. */
  images: { label: string | null; pixels: Uint8Array; isUnlabelled: boolean }[];
  /** Why nothing of the file can be imported; null when it can. */
  refusal: Sentence | null;
}

/** Numbers of rows of an import, by result. */
export interface ImportTotals {
  imported: number;
  /** Without a label: in the label queue now. */
  unlabelled: number;
  known: number;
  replaced: number;
  kept: number;
  forgotten: number;
  /** Without ink, or unreadable. */
  left_out: number;
  /** On another side of the split than the file says. */
  other_side: number;
}

/** The state of an uploaded file. */
export type ImportState =
  | { step: "waiting"; file: string }
  | { step: "checked" | "stored"; file: string; done: number; total: number }
  /** `action` is null when no sample was stored or changed. */
  | { step: "done"; file: string; totals: ImportTotals; action: SampleAction | null }
  /** `retry` has the choices of an import that conflicts stopped: its upload is kept, to be started with others. */
  | ({ step: "failed"; file: string; retry?: ImportChoices } & Sentence);

/** The formats that samples are exported in. */
export const EXPORT_FORMATS = ["ndjson", "csv", "zip", "idx", "pickle", "label-studio"] as const;
/** One of these formats. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A file that is sent as it is made. */
export interface ExportedFile {
  name: string;
  contentType: string;
  body: ReadableStream<Uint8Array>;
}

/** Samples in and out of a running server. Uploads are kept until they are imported or removed, or the server ends. */
export interface SampleFiles {
  /**
   * Receives a file, piece by piece, and keeps it.
   * The upload that has waited longest is dropped for a new one when there are too many.
   * @param to an upload that it belongs to: the labels of IDX images. @returns the id of the upload.
   * @throws InputError for a name without letters; NotFoundError when there is no such upload; ConflictError when too
   *   many uploads are arriving or being imported, or for too many files of one.
   */
  receive(name: string, body: AsyncIterable<Uint8Array>, to?: string): Promise<string>;
  /** Reads an upload to its end, without storing anything. @throws NotFoundError when there is no such upload. */
  preview(id: string, choices: ImportChoices): Promise<ImportPreview>;
  /**
   * Starts importing an upload. Rows that cannot be read are left out; with `onConflict: "fail"`, one conflict
   * imports nothing, and the upload is kept.
   * @throws NotFoundError when there is no such upload; ConflictError when it is being imported, or was.
   */
  start(id: string, choices: ImportChoices, actor: Actor): void;
  /** @throws NotFoundError when there is no such upload. */
  state(id: string): ImportState;
  /** Removes an upload that is not being imported. @throws as `start`. */
  remove(id: string): Promise<void>;
  /** Samples in the order of their ids, as a file that is read from the store while it is sent. */
  export(selection: Selection, format: ExportFormat): Promise<ExportedFile>;
}
