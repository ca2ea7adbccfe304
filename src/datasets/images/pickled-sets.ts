import type { ImageSet } from "../../domain/image-set.ts";
import { DatasetError } from "../../engine/errors.ts";
import type { MnistData } from "../files/idx-dataset.ts";
import type { PickledValue } from "../formats/pickle/value.ts";
import type { StoredAppData } from "../samples-dataset.ts";
import { ClassNames, type RawLabel } from "./class-names.ts";
import { type PickledPart, pickledParts } from "./pickled-parts.ts";
import { type Notice, PixelValues } from "./pixel-values.ts";
import { imageAt, labelAt, type Words } from "./row-problems.ts";

/** For messages: the dataset adds its path. */
const IMAGES = "images";

/**
 * Converts MNIST as Keras ((train, test)) and deeplearning.net ((train, validation, test)) pickle it. Labels stay
 * digits; validation images are training images.
 * @throws DatasetError for any other form; InputError for pixels in an unknown range, and labels other than digits.
 */
export function mnistOf(values: readonly PickledValue[], notice: Notice): MnistData {
  const groups = pickledParts(values);
  const parts = groups[0] ?? [];
  if (groups.length !== 1 || parts.length < 2) {
    throw new DatasetError(
      "expected ((train images, labels), (test images, labels)), or three such pairs with validation images in the middle",
    );
  }
  const test = parts.at(-1)!;
  const converted = imageSets(parts, notice, (label, at) => {
    const digit = Number(label);
    if (Number.isInteger(digit) && digit >= 0 && digit <= 9) return digit;
    throw new DatasetError(`${at.text}: expected a digit 0 to 9, found ${JSON.stringify(label)}`);
  });
  const sizes = new Set(parts.map(({ rows, cols }) => `${rows}x${cols}`));
  if (sizes.size > 1) throw new DatasetError(`images of different sizes: ${[...sizes].join(", ")}`);
  return { train: joined(converted.slice(0, parts.indexOf(test))), test: converted.at(-1)! };
}

/**
 * Converts pickled (images, labels), also those of a file that grew by appending, to drawings to train on; none are held
 * out, because their writers are unknown.
 * @param classes labels are read as `ClassNames` reads them.
 * @throws DatasetError for any other form; InputError for pixels in an unknown range, and labels that are no classes.
 */
export function drawingsOf(
  values: readonly PickledValue[],
  classes: readonly string[],
  notice: Notice,
): StoredAppData {
  const names = new ClassNames("labels", classes, null);
  const parts = pickledParts(values).flat();
  const train = joined(imageSets(parts, notice, (label, at) => classes.indexOf(names.nameOf(label, at))));
  names.finish();
  const none = { rows: train.rows, cols: train.cols, images: new Uint8Array(0), labels: new Uint8Array(0) };
  return { train, holdout: none, lastSampleId: null };
}

/** Converts parts of one file, whose pixels are in one range. */
function imageSets(
  parts: readonly PickledPart[],
  notice: Notice,
  indexOf: (label: RawLabel, at: Words) => number,
): ImageSet[] {
  const range = parts.map(({ values }) => values);
  let count = 0;
  const sets = parts.map(({ rows, cols, values, labels }) => {
    const pixelValues = new PixelValues(IMAGES, { rows, cols }, range);
    const size = rows * cols;
    const images = new Uint8Array(labels.length * size);
    const indices = labels.map((label, n) => {
      const image = values.subarray(n * size, (n + 1) * size);
      images.set(pixelValues.toInk(image, imageAt(count + n)), n * size);
      return indexOf(label, labelAt(count + n));
    });
    count += labels.length;
    return { set: { rows, cols, images, labels: Uint8Array.from(indices) }, pixelValues };
  });
  const notices = new Set<string>();
  for (const { pixelValues } of sets) pixelValues.finish((text) => void notices.add(text));
  for (const text of notices) notice(text);
  return sets.map(({ set }) => set);
}

function joined(sets: readonly ImageSet[]): ImageSet {
  const [first, ...others] = sets;
  if (first === undefined) throw new DatasetError("it has no images");
  if (others.length === 0) return first;
  const all = (key: "images" | "labels") => new Uint8Array(Buffer.concat(sets.map((set) => set[key])));
  return { rows: first.rows, cols: first.cols, images: all("images"), labels: all("labels") };
}
