import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseIdxPair } from "../../../src/datasets/formats/idx.ts";
import { IMAGE_PIXELS } from "../../../src/digits/image-format.ts";
import { parseDrawing } from "../../../src/digits/parse.ts";
import { rasterise } from "../../../src/digits/rasterise.ts";
import type { Stroke } from "../../../src/domain/drawing.ts";

/** The half of the writers that a writer belongs to: choices are made on A, figures are reported on B. */
export type Half = "A" | "B";

/** Labelled images of a file. */
export interface MeasuredImages {
  /** uint8 [N, 28, 28], row-major. */
  images: Uint8Array;
  /** [N], as in the file. */
  labels: string[];
}

/** Labelled drawings of a file, with their writers. */
export interface MeasuredDrawings extends MeasuredImages {
  writers: string[];
  halves: Half[];
  /** Whether the label is doubtful: the file has another one beside it. */
  suspects: boolean[];
}

/** By the lowest bit of the first byte of the SHA-256 of the writer's name: no writer is in both halves. */
export function halfOf(writer: string): Half {
  return (createHash("sha256").update(writer).digest()[0]! & 1) === 0 ? "A" : "B";
}

/** Labelled strokes of a file. */
interface MeasuredStrokes {
  drawings: (readonly Stroke[])[];
  labels: string[];
}

/** Reads the strokes of an NDJSON file as `readDrawings` does, without rendering them. */
export async function readStrokes(folder: string, name: string): Promise<MeasuredStrokes> {
  const rows = await readRows(folder, name);
  return {
    drawings: rows.map(({ strokes, w, h }) => parseDrawing({ strokes, width: w, height: h }).strokes),
    labels: rows.map(({ label }) => String(label)),
  };
}

/** Drawings of an NDJSON file `{label, writer, w, h, strokes, suspect?}`, one per line, rendered as in the product. */
export async function readDrawings(folder: string, name: string): Promise<MeasuredDrawings> {
  const rows = await readRows(folder, name);
  const images = new Uint8Array(rows.length * IMAGE_PIXELS);
  rows.forEach(({ strokes, w, h }, n) => {
    images.set(rasterise(parseDrawing({ strokes, width: w, height: h })), n * IMAGE_PIXELS);
  });
  return {
    images,
    labels: rows.map(({ label }) => String(label)),
    writers: rows.map(({ writer }) => String(writer)),
    halves: rows.map(({ writer }) => halfOf(String(writer))),
    suspects: rows.map(({ suspect }) => suspect !== undefined),
  };
}

async function readRows(folder: string, name: string): Promise<Record<string, unknown>[]> {
  const text = await Bun.file(requireFile(folder, name)).text();
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Reads a pair of IDX files, NAME.images.idx and NAME.labels.idx, or MNIST's own names. */
export async function readImages(
  folder: string,
  imagesFile: string,
  labelsFile: string,
): Promise<MeasuredImages> {
  const file = async (name: string) => ({ name, bytes: await Bun.file(requireFile(folder, name)).bytes() });
  const { images, labels } = parseIdxPair(await file(imagesFile), await file(labelsFile));
  return { images, labels: Array.from(labels, String) };
}

function requireFile(folder: string, name: string): string {
  const path = join(folder, name);
  if (!existsSync(path)) throw new Error(`${path} does not exist: use --data to name the folder of the sets`);
  return path;
}
