import { existsSync } from "node:fs";
import { join } from "node:path";
import { ClassNames } from "../../../src/datasets/images/class-names.ts";
import { readDrawings } from "../../../src/datasets/images/ndjson-drawings.ts";
import { IMAGE_COLS, IMAGE_PIXELS, IMAGE_ROWS } from "../../../src/digits/image-format.ts";
import type { ImageSet } from "../../../src/domain/image-set.ts";
import { createRandom } from "../../../src/lib/random.ts";

/** A letter that one of 55 people has drawn. Each has drawn each letter once. */
export interface LetterDrawing {
  label: string;
  writer: string;
  /** uint8 [784], ink 255 on 0. */
  pixels: Uint8Array;
}

/** One fold with one draw: the writers who teach, and those who test. */
export interface LetterSplit {
  /** From 0. */
  fold: number;
  draw: number;
  /** In the order in which they are drawn: the first n are those of "n drawings of each class". */
  teaching: string[];
  testing: string[];
}

/** Number of folds. */
const FOLDS = 5;
const FILE = "extra/chars74k-letters.ndjson";
const LETTERS = [..."abcdefghijklmnopqrstuvwxyz"];

/** Reads the drawings of lower-case letters. @returns null when `dir` does not have the file. */
export async function readLetters(dir: string): Promise<LetterDrawing[] | null> {
  const path = join(dir, FILE);
  if (!existsSync(path)) return null;
  const drawings: LetterDrawing[] = [];
  for await (const { label, writer, pixels } of readDrawings(path, new ClassNames(path, ANY_CASE, null))) {
    if (pixels === null || writer === null || label === null || !LETTERS.includes(label)) continue;
    drawings.push({ label, writer, pixels });
  }
  return drawings;
}

/** Capitals are in the file, too. */
const ANY_CASE = [...LETTERS, ...LETTERS.map((letter) => letter.toUpperCase())];

/** Divides all writers into folds; each fold is tested once by each draw of teaching writers from the other folds. */
export function splitsOf(drawings: readonly LetterDrawing[], draws: number): LetterSplit[] {
  const writers = [...new Set(drawings.map(({ writer }) => writer))].sort();
  const order = createRandom(1).fork("folds").shuffle(writers);
  return Array.from({ length: FOLDS * draws }, (_, i) => {
    const [fold, draw] = [Math.floor(i / draws), i % draws];
    const others = order.filter((_, n) => n % FOLDS !== fold);
    return {
      ...{ fold, draw },
      teaching: createRandom(draw + 1)
        .fork(`fold ${fold}`)
        .shuffle(others),
      testing: order.filter((_, n) => n % FOLDS === fold),
    };
  });
}

/** Drawings of some writers and classes. */
export function drawingsOf(
  all: readonly LetterDrawing[],
  writers: readonly string[],
  classes: readonly string[],
): LetterDrawing[] {
  return all.filter(({ writer, label }) => writers.includes(writer) && classes.includes(label));
}

/** Converts drawings to an image set. */
export function letterSet(some: readonly LetterDrawing[], classes: readonly string[]): ImageSet {
  const images = new Uint8Array(some.length * IMAGE_PIXELS);
  some.forEach(({ pixels }, n) => {
    images.set(pixels, n * IMAGE_PIXELS);
  });
  const labels = Uint8Array.from(some, ({ label }) => classes.indexOf(label));
  return { rows: IMAGE_ROWS, cols: IMAGE_COLS, images, labels };
}
