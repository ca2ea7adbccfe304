import { IMAGE_COLS, IMAGE_PIXELS, IMAGE_ROWS } from "../../digits/image-format.ts";
import type { Drawing } from "../../domain/drawing.ts";
import { InputError } from "../../lib/errors.ts";
import { parseIdxPair } from "../formats/idx.ts";
import { parsePickles } from "../formats/pickle/parse.ts";
import { ClassNames, type RawLabel } from "./class-names.ts";
import { readCsvImages } from "./csv-images.ts";
import type { ExportedFields } from "./exported-sample.ts";
import { kindOf } from "./file-kind.ts";
import { readLabelStudio } from "./label-studio.ts";
import { findLabels } from "./labels-file.ts";
import { readDrawings } from "./ndjson-drawings.ts";
import { type PickledPart, pickledParts } from "./pickled-parts.ts";
import { type Notice, noticeInverted, PixelValues } from "./pixel-values.ts";
import {
  imageAt,
  labelAt,
  lineAt,
  type OnProblem,
  readRow,
  rowError,
  unreadable,
  type Words,
  words,
  wordsOf,
} from "./row-problems.ts";
import type { Scan } from "./scan-image.ts";
import { readUnpacked } from "./unpack.ts";
import { readZipImages } from "./zip-images.ts";

/** The files of an import or evaluation, and how to read them. */
export interface ImageFiles {
  file: string;
  /** The labels of IDX images, if they cannot be found by name. */
  labels?: string;
  /** Subtracted from every label that is a number: 1 for files that count classes from 1. */
  labelOffset?: number;
  /** Whether images are stored column by column, as EMNIST's are. Drawings are not affected. */
  isTransposed?: boolean;
}

/** One labelled image of a file, drawn or scanned. */
export interface ImageRow {
  /** Line (1-based) of an NDJSON or CSV file, index (0-based) in an IDX file or a pickle. */
  at: number;
  /** Null for a drawing of none of the classes. */
  label: string | null;
  writer: string | null;
  session: string | null;
  drawing: Drawing | null;
  /** uint8 [784]; null when there is no ink. */
  pixels: Uint8Array | null;
  isSuspect: boolean;
  isRejected: boolean;
  /** Whether the file gives it no label; `label` is null then. */
  isUnlabelled?: boolean;
  /** The properties that a row of `samples export` keeps. */
  exported?: ExportedFields;
}

/** The parts of a pickle that are read: all of them, or the last, which is the test set of `mnist.pkl`. */
export type Parts = "all" | "last";

/** The options of `readImages` beside its file. */
export interface ReadOptions {
  /** The allowed labels; null ignores labels. */
  classes: readonly string[] | null;
  parts: Parts;
  /** Told what was converted, in one sentence each. */
  notice: Notice;
  /** Whether drawings without a label are read; by default each is an error. */
  mayBeUnlabelled?: boolean;
  /** Told of rows that cannot be read, which are then left out; without it, the first one is thrown. */
  onProblem?: OnProblem;
}

const SIZE = { rows: IMAGE_ROWS, cols: IMAGE_COLS };

/**
 * The rows of a file of labelled images: NDJSON drawings, a pickle (read without executing any of it), IDX, CSV, Label
 * Studio's JSON, or PNG images in the folders of a zip archive; each may be packed with gzip, and is recognized by its content. Pixels of all formats pass through `PixelValues`,
 * labels through `ClassNames`.
 *
 * A file that is refused may be refused at its end: store nothing before that.
 * @throws InputError naming the file, the place and what was expected.
 */
export async function* readImages(files: ImageFiles, options: ReadOptions): AsyncGenerator<ImageRow> {
  const kind = await kindOf(files.file);
  if (files.labels !== undefined && kind !== "idx") {
    throw new InputError(`--labels names the labels of IDX images, but ${files.file} is not an IDX file`);
  }
  if (kind === "zip") yield* zipRows(files, options);
  else if (kind === "label-studio") yield* labelStudioRows(files, options);
  else if (kind === "ndjson") yield* drawingRows(files, options);
  else if (kind === "csv") yield* csvRows(files, options);
  else if (kind === "idx") yield* idxRows(files, options);
  else yield* pickledRows(files, options);
}

/** The images of a zip archive or of Label Studio, which are scans of any size. */
async function* scanRows(
  images: AsyncIterable<{
    at: number;
    place: Words;
    label: RawLabel | null;
    writer?: string | null;
    isUnlabelled: boolean;
    scan: Scan;
  }>,
  files: ImageFiles,
  { classes, notice, onProblem }: ReadOptions,
  isFolder = false,
): AsyncGenerator<ImageRow> {
  const { file, labelOffset = null, isTransposed = false } = files;
  const names = classes === null ? null : new ClassNames(file, classes, labelOffset);
  let [n, inverted] = [0, 0];
  for await (const { at, place, label: raw, writer = null, isUnlabelled, scan } of images) {
    const named = await readRow(at, onProblem, () => ({
      label: raw === null || names === null ? null : names.nameOf(raw, place, isFolder),
    }));
    if (named === null) continue;
    n += 1;
    if (scan.isInverted) inverted += 1;
    const ink = scan.pixels.some((value) => value > 0) ? scan.pixels : null;
    const pixels = ink !== null && isTransposed ? transposed(ink) : ink;
    yield { ...scanned(at, named.label, pixels), writer, isUnlabelled };
  }
  noticeInverted(file, { inverted, images: n }, notice);
  names?.finish();
}

function zipRows(files: ImageFiles, options: ReadOptions): AsyncGenerator<ImageRow> {
  const { onProblem, mayBeUnlabelled } = options;
  return scanRows(readZipImages(files.file, onProblem, mayBeUnlabelled), files, options, mayBeUnlabelled);
}

function labelStudioRows(files: ImageFiles, options: ReadOptions): AsyncGenerator<ImageRow> {
  return scanRows(readLabelStudio(files.file, options.onProblem, options.mayBeUnlabelled), files, options);
}

async function* drawingRows(
  files: ImageFiles,
  { classes, notice, onProblem, mayBeUnlabelled }: ReadOptions,
): AsyncGenerator<ImageRow> {
  const pixelValues = new PixelValues(files.file, SIZE);
  const names = classes === null ? null : new ClassNames(files.file, classes, files.labelOffset ?? null);
  const drawings = readDrawings(files.file, names, onProblem, mayBeUnlabelled);
  for await (const { line, values, pixels, ...row } of drawings) {
    if (values === null) {
      yield { at: line, ...row, pixels };
      continue;
    }
    const ink = await readRow(line, onProblem, () => ({
      pixels: inkOf(values, pixelValues, lineAt(line), files),
    }));
    if (ink !== null) yield { at: line, ...row, ...ink };
  }
  pixelValues.finish(notice);
  names?.finish();
}

async function* csvRows(
  files: ImageFiles,
  { classes, notice, onProblem, mayBeUnlabelled = false }: ReadOptions,
): AsyncGenerator<ImageRow> {
  const { file, labelOffset = null } = files;
  const pixelValues = new PixelValues(file, SIZE);
  const names = classes === null ? null : new ClassNames(file, classes, labelOffset);
  for await (const { line, label, values } of readCsvImages(file, names !== null, onProblem)) {
    const at = lineAt(line);
    const row = await readRow(line, onProblem, () => {
      const isUnlabelled = mayBeUnlabelled && label === "";
      const name = isUnlabelled ? null : (names?.nameOf(label ?? "", at) ?? null);
      return { ...scanned(line, name, inkOf(values, pixelValues, at, files)), isUnlabelled };
    });
    if (row !== null) yield row;
  }
  pixelValues.finish(notice);
  names?.finish();
}

async function* idxRows(files: ImageFiles, options: ReadOptions): AsyncGenerator<ImageRow> {
  const labels = files.labels ?? (await findLabels(files.file));
  const [images, names] = await Promise.all(
    [files.file, labels].map(async (name) => ({ name, bytes: await readUnpacked(name) })),
  );
  const set = parseIdxPair(images!, names!);
  const part = { ...set, values: set.images, labels: Array.from(set.labels) };
  yield* arrayRows([part], files, labels, options);
}

async function* pickledRows(files: ImageFiles, options: ReadOptions): AsyncGenerator<ImageRow> {
  const { file } = files;
  const bytes = await readUnpacked(file);
  let parts: PickledPart[];
  try {
    const groups = pickledParts(parsePickles(bytes));
    parts = options.parts === "last" ? groups.flatMap((group) => group.slice(-1)) : groups.flat();
  } catch (error) {
    throw unreadable(file, wordsOf(error), error);
  }
  yield* arrayRows(parts, files, file, options);
}

/** @param labelsFile for messages on labels. */
async function* arrayRows(
  parts: readonly PickledPart[],
  files: ImageFiles,
  labelsFile: string,
  { classes, notice, onProblem }: ReadOptions,
): AsyncGenerator<ImageRow> {
  for (const { rows, cols } of parts) checkSize(files.file, rows, cols);
  const arrays = parts.map(({ values }) => values);
  const pixelValues = new PixelValues(files.file, SIZE, arrays);
  const names = classes === null ? null : new ClassNames(labelsFile, classes, files.labelOffset ?? null);
  let at = 0;
  for (const { values, labels } of parts) {
    for (const [n, raw] of labels.entries()) {
      const row = await readRow(at, onProblem, () => {
        const label = names?.nameOf(raw, labelAt(at)) ?? null;
        const image = values.subarray(n * IMAGE_PIXELS, (n + 1) * IMAGE_PIXELS);
        return scanned(at, label, inkOf(image, pixelValues, imageAt(at), files));
      });
      if (row !== null) yield row;
      at += 1;
    }
  }
  pixelValues.finish(notice);
  names?.finish();
}

function checkSize(file: string, rows: number, cols: number): void {
  if (rows === IMAGE_ROWS && cols === IMAGE_COLS) return;
  const figures = { found: `${rows}x${cols}`, expected: `${IMAGE_ROWS}x${IMAGE_COLS}` };
  const text = `images are ${figures.found}, expected ${figures.expected} as in MNIST`;
  throw rowError(file, null, words(text, "imageSize", figures));
}

/** Returns the image, the right way round; null when it is empty. */
function inkOf(
  values: ArrayLike<number | bigint>,
  pixelValues: PixelValues,
  at: Words,
  { isTransposed = false }: ImageFiles,
): Uint8Array | null {
  const ink = pixelValues.toInk(values, at);
  if (!ink.some((value) => value > 0)) return null;
  return isTransposed ? transposed(ink) : ink;
}

/** Exchanges rows and columns. @param pixels uint8 [28, 28]. */
export function transposed(pixels: Uint8Array): Uint8Array {
  return pixels.map((_, i) => pixels[(i % IMAGE_COLS) * IMAGE_ROWS + Math.floor(i / IMAGE_COLS)]!);
}

function scanned(at: number, label: string | null, pixels: Uint8Array | null): ImageRow {
  const unknown = { writer: null, session: null, drawing: null };
  return { at, label, ...unknown, pixels, isSuspect: false, isRejected: false };
}
