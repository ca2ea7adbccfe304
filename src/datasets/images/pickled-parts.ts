import { IMAGE_COLS, IMAGE_PIXELS, IMAGE_ROWS } from "../../digits/image-format.ts";
import { DatasetError } from "../../engine/errors.ts";
import { type Saying, saying } from "../../lib/saying.ts";
import type { ArrayData, NumpyArray, PickledValue } from "../formats/pickle/value.ts";
import type { RawLabel } from "./class-names.ts";

/** Images and labels of one pair, as they were pickled. */
export interface PickledPart {
  rows: number;
  cols: number;
  /** [N, rows, cols], row-major. */
  values: ArrayData;
  /** [N] */
  labels: RawLabel[];
}

const EXPECTED =
  "expected (images, labels), or two or three such pairs as in mnist.pkl (train, [validation,] test)";
const LABEL_FORMS =
  "expected labels as an array or list of N numbers or names, as a column (N, 1), or one-hot (N, classes)";

/**
 * Returns the pairs of (images, labels) that the values of a pickle file have, in their order: a group for each value
 * that Python would load at once. The file may be
 *
 * - one pair, or the two or three pairs of `mnist.pkl`;
 * - several of these in sequence, as appending with mode "ab" writes them;
 * - images and labels in turn, each pickled separately.
 *
 * Images are arrays of [N, rows, cols], [N, rows, cols, 1], [N, 1, rows, cols] or [N, 784], or a single [28, 28].
 * @throws DatasetError for any other form.
 */
export function pickledParts(values: readonly PickledValue[]): PickledPart[][] {
  if (!isArray(values[0] ?? null)) return values.map(partsOf);
  if (values.length % 2 !== 0) throw refused(`images without labels; ${EXPECTED}`, "pickleNoLabels");
  return Array.from({ length: values.length / 2 }, (_, i) => [partOf(values[2 * i]!, values[2 * i + 1]!)]);
}

function partsOf(value: PickledValue): PickledPart[] {
  if (!Array.isArray(value) || value.length < 2 || value.length > 3) throw refused(EXPECTED, "pickleForm");
  if (value.every((part) => Array.isArray(part) && part.length === 2 && isArray(part[0]!))) {
    return value.map((part) => partOf((part as PickledValue[])[0]!, (part as PickledValue[])[1]!));
  }
  if (value.length !== 2) throw refused(EXPECTED, "pickleForm");
  return [partOf(value[0]!, value[1]!)];
}

function partOf(images: PickledValue, labels: PickledValue): PickledPart {
  if (!isArray(images)) throw refused(`the images are no numpy array; ${EXPECTED}`, "pickleNoArray");
  const [n, rows, cols] = sizesOf(images.shape);
  const raw = labelsOf(labels);
  if (raw.length !== n)
    throw refused(`${n} images, but ${raw.length} labels`, "pickleCounts", { n, labels: raw.length });
  return { rows, cols, values: images.data, labels: raw };
}

/** Returns [N, rows, cols]. */
function sizesOf(shape: readonly number[]): [number, number, number] {
  const isImage = (size: readonly number[]) => size.join() === [IMAGE_ROWS, IMAGE_COLS].join();
  if (isImage(shape) || shape.join() === `${IMAGE_PIXELS}`) return [1, IMAGE_ROWS, IMAGE_COLS];
  const [n = 0, ...size] = shape;
  const sides =
    size.length === 3 ? (size[2] === 1 ? size.slice(0, 2) : size[0] === 1 ? size.slice(1) : size) : size;
  if (sides.length === 2) return [n, sides[0]!, sides[1]!];
  if (sides.length === 1 && Number.isInteger(Math.sqrt(sides[0]!))) {
    return [n, Math.sqrt(sides[0]!), Math.sqrt(sides[0]!)];
  }
  const found = shape.join(", ");
  const text = `images of shape (${found}), expected (N, rows, columns), (N, rows, columns, 1) or (N, pixels)`;
  throw refused(text, "pickleShape", { found });
}

function labelsOf(value: PickledValue): RawLabel[] {
  if (isArray(value)) {
    const [n = 1, width = 1, ...more] = value.shape;
    const found = value.shape.join(", ");
    if (more.length > 0)
      throw refused(`labels of shape (${found}); ${LABEL_FORMS}`, "pickleLabelShape", { found });
    const rowOf = (i: number) => Array.from({ length: width }, (_, k) => Number(value.data[i * width + k]));
    return Array.from({ length: n }, (_, i) => labelOf(rowOf(i), i));
  }
  if (Array.isArray(value)) {
    return value.map((label, i) => {
      if (isArray(label)) return labelOf(Array.from(label.data, Number), i);
      return labelOf(Array.isArray(label) ? label.map(scalarOf) : [scalarOf(label)], i);
    });
  }
  return [labelOf([scalarOf(value)], 0)];
}

/** One label from a row: itself, or the place of the only 1 in a one-hot row. */
function labelOf(row: readonly RawLabel[], i: number): RawLabel {
  if (row.length === 1) {
    const [label] = row as [RawLabel];
    if (typeof label === "string" || Number.isInteger(label)) return label;
    const text = `label ${i} is ${label}, which is not a whole number; ${LABEL_FORMS}`;
    throw refused(text, "pickleLabel", { at: i, found: label });
  }
  const ones = row.filter((value) => value === 1).length;
  const zeros = row.filter((value) => value === 0).length;
  if (ones === 1 && zeros === row.length - 1) return row.indexOf(1);
  const text = `label ${i} is a row of ${row.length} values with ${ones} ones, which is not one-hot; ${LABEL_FORMS}`;
  throw refused(text, "pickleOneHot", { at: i, n: row.length, ones });
}

function scalarOf(value: PickledValue): RawLabel {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean")
    return Number(value);
  if (isArray(value) && value.data.length === 1) return Number(value.data[0]);
  throw refused(`the labels have another form; ${LABEL_FORMS}`, "pickleLabelForm");
}

function refused(text: string, key: string, figures: Saying["figures"] = {}): DatasetError {
  return new DatasetError(text, { says: saying(`import.${key}`, figures) });
}

function isArray(value: PickledValue): value is NumpyArray {
  return typeof value === "object" && value !== null && "dtype" in value && "shape" in value;
}
