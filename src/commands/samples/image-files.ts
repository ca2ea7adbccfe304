import { basename } from "node:path";
import { type IdxFile, parseIdxPair } from "../../datasets/formats/idx.ts";
import { readDrawings } from "../../datasets/formats/ndjson-drawings.ts";
import { drawingsOf } from "../../datasets/formats/pickle/image-sets.ts";
import { parsePickle } from "../../datasets/formats/pickle/parse.ts";
import { IMAGE_COLS, IMAGE_PIXELS, IMAGE_ROWS } from "../../digits/image-format.ts";
import type { Drawing } from "../../domain/drawing.ts";
import type { ImageSet } from "../../domain/image-set.ts";
import { InputError, messageOf } from "../../lib/errors.ts";

/** The files of an import or evaluation. */
export interface ImageFiles {
  file: string;
  /** The labels of IDX images, if they cannot be found by name. */
  labels?: string;
}

/** One labelled image of a file, drawn or scanned. */
export interface ImageRow {
  /** Line (1-based) of an NDJSON file, index (0-based) in an IDX file or a pickle. */
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
}

/**
 * Rows of an NDJSON file of drawings (`.ndjson`, `.jsonl`), of the original project's pickle of (images, labels)
 * (`.pkl`, `.pickle`; read without executing any of it), or of a pair of IDX files (anything else).
 *
 * @param classes the allowed labels; null ignores labels.
 * @throws InputError naming the file, the place and what was expected.
 */
export async function* readImageFile(
  { file, labels }: ImageFiles,
  classes: readonly string[] | null,
): AsyncGenerator<ImageRow> {
  if (/\.(ndjson|jsonl)$/i.test(file)) {
    for await (const { line, ...row } of readDrawings(file, classes)) yield { at: line, ...row };
    return;
  }
  if (/\.(pkl|pickle)$/i.test(file)) {
    yield* rowsOf(pickledDrawings(await imageFile(file)), file, file, classes);
    return;
  }
  const [images, names] = [await imageFile(file), await imageFile(labels ?? labelsFileOf(file))];
  yield* rowsOf(parseIdxPair(images, names), images.name, names.name, classes);
}

function pickledDrawings({ name, bytes }: IdxFile): ImageSet {
  try {
    return drawingsOf(parsePickle(bytes)).train;
  } catch (error) {
    throw new InputError(`Cannot read ${name}: ${messageOf(error)}`, { cause: error });
  }
}

function* rowsOf(
  set: ImageSet,
  images: string,
  labels: string,
  classes: readonly string[] | null,
): Generator<ImageRow> {
  if (set.rows !== IMAGE_ROWS || set.cols !== IMAGE_COLS) {
    throw new InputError(
      `${images}: images are ${set.rows}x${set.cols}, expected ${IMAGE_ROWS}x${IMAGE_COLS} as in MNIST`,
    );
  }
  for (let n = 0; n < set.labels.length; n++) {
    const label = classes === null ? null : classes[set.labels[n]!];
    if (label === undefined) {
      throw new InputError(
        `${labels}, label ${n}: expected an index below ${classes?.length}, found ${set.labels[n]}`,
      );
    }
    const pixels = set.images.slice(n * IMAGE_PIXELS, (n + 1) * IMAGE_PIXELS);
    yield {
      at: n,
      label,
      writer: null,
      session: null,
      drawing: null,
      pixels: pixels.some((value) => value > 0) ? pixels : null,
      isSuspect: false,
      isRejected: false,
    };
  }
}

async function imageFile(path: string): Promise<IdxFile> {
  const file = Bun.file(path);
  if (!(await file.exists())) {
    throw new InputError(`Cannot read ${path}: it does not exist or is not a file`);
  }
  return { name: path, bytes: await file.bytes() };
}

/** The labels' file: `x.images.idx` -> `x.labels.idx`, `train-images-idx3-ubyte` -> `train-labels-idx1-ubyte`. */
function labelsFileOf(images: string): string {
  const name = basename(images);
  const labels = name.replace("images-idx3", "labels-idx1").replace("images.idx", "labels.idx");
  if (labels === name) {
    throw new InputError(
      `Cannot find the labels of ${images}: expected NAME.ndjson, NAME.pkl, NAME.images.idx or NAME-images-idx3-ubyte. Name the labels with --labels`,
    );
  }
  return images.slice(0, images.length - name.length) + labels;
}
