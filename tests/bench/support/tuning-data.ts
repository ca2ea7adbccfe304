import { existsSync } from "node:fs";
import { join } from "node:path";
import { ClassNames } from "../../../src/datasets/images/class-names.ts";
import { readDrawings } from "../../../src/datasets/images/ndjson-drawings.ts";
import { IMAGE_COLS, IMAGE_PIXELS, IMAGE_ROWS } from "../../../src/digits/image-format.ts";
import type { ImageSet } from "../../../src/domain/image-set.ts";
import { createRandom } from "../../../src/lib/random.ts";
import { mnistFiles } from "../../../src/project/builtin-mnist.ts";
import { embedded } from "../../../src/project/embedded.ts";

/** Drawings of two sets whose writers are not in any training set of the base model. */
const FILES = ["dev/unipen1a-dev.ndjson", "dev/pendigits-train.ndjson"];

/** A drawing of the sets, rendered. */
export interface WrittenImage {
  writer: string;
  label: number;
  pixels: Uint8Array;
  /** Whether the label is doubtful. */
  isSuspect: boolean;
}

/** Reads the drawings. @returns null when `dir` does not have the files. */
export async function readWritten(dir: string, classes: readonly string[]): Promise<WrittenImage[] | null> {
  const paths = FILES.map((file) => join(dir, file));
  if (!paths.every((path) => existsSync(path))) return null;
  const written: WrittenImage[] = [];
  for (const [i, path] of paths.entries()) {
    for await (const { label, writer, pixels, isSuspect } of readDrawings(
      path,
      new ClassNames(path, classes, null),
    )) {
      if (pixels === null || label === null) continue;
      written.push({ writer: `${i}/${writer}`, label: classes.indexOf(label), pixels, isSuspect });
    }
  }
  return written;
}

/** Splits the drawings into two halves by writer, at random by the seed. */
export function halves(written: readonly WrittenImage[], seed: number): [WrittenImage[], WrittenImage[]] {
  const writers = [...new Set(written.map(({ writer }) => writer))].sort();
  const first = new Set(
    createRandom(seed)
      .fork("writers")
      .shuffle(writers)
      .slice(0, writers.length >> 1),
  );
  return [
    written.filter(({ writer }) => first.has(writer)),
    written.filter(({ writer }) => !first.has(writer)),
  ];
}

/** Draws `n` items by the seed. */
export function draw<T>(all: readonly T[], n: number, seed: number): T[] {
  return createRandom(seed)
    .fork("labels")
    .shuffle([...all])
    .slice(0, n);
}

/** Converts drawings to an image set; `groups` has the writer of each. */
export function toSet(written: readonly WrittenImage[]): { set: ImageSet; groups: Uint32Array } {
  const images = new Uint8Array(written.length * IMAGE_PIXELS);
  written.forEach(({ pixels }, i) => {
    images.set(pixels, i * IMAGE_PIXELS);
  });
  const writers = [...new Set(written.map(({ writer }) => writer))];
  return {
    set: {
      rows: IMAGE_ROWS,
      cols: IMAGE_COLS,
      images,
      labels: Uint8Array.from(written, ({ label }) => label),
    },
    groups: Uint32Array.from(written, ({ writer }) => writers.indexOf(writer)),
  };
}

/** Reads the embedded MNIST images. */
export async function readMnist(): Promise<{ train: ImageSet; test: ImageSet }> {
  const { trainImages, trainLabels, testImages, testLabels } = await mnistFiles(embedded);
  const set = (images: Uint8Array, labels: Uint8Array): ImageSet => ({
    rows: IMAGE_ROWS,
    cols: IMAGE_COLS,
    // After the headers of IDX files.
    images: images.subarray(16),
    labels: labels.subarray(8),
  });
  return { train: set(trainImages, trainLabels), test: set(testImages, testLabels) };
}
