import type { ImageSet } from "../../../domain/image-set.ts";
import { DatasetError } from "../../../engine/errors.ts";
import type { MnistData } from "../../files/idx-dataset.ts";
import type { AppData } from "../../samples-dataset.ts";
import type { NumpyArray, PickledValue } from "./value.ts";

/** Converts ((train images, labels), (test images, labels)), Keras's form of MNIST. @throws DatasetError otherwise. */
export function mnistOf(value: PickledValue): MnistData {
  if (!Array.isArray(value) || value.length !== 2) {
    throw new DatasetError("expected ((train images, labels), (test images, labels))");
  }
  return { train: imageSetOf(value[0]!, "train"), test: imageSetOf(value[1]!, "test") };
}

/**
 * Converts (images, labels) to drawings to train on; none are held out, because their writers are unknown. The labels
 * are indices of the classes, as digits are when the classes are "0" to "9".
 * @throws DatasetError for any other form.
 */
export function drawingsOf(value: PickledValue): AppData {
  const train = imageSetOf(value, "drawings");
  const none = { rows: train.rows, cols: train.cols, images: new Uint8Array(0), labels: new Uint8Array(0) };
  return { train, holdout: none, lastSampleId: null };
}

function imageSetOf(value: PickledValue, name: string): ImageSet {
  if (!Array.isArray(value) || value.length !== 2)
    throw new DatasetError(`${name}: expected (images, labels)`);
  const images = arrayOf(value[0]!, `${name} images`);
  const labels = arrayOf(value[1]!, `${name} labels`);
  const [n = 0, ...size] = images.shape;
  const [rows, cols] = sidesOf(size, name);
  if (labels.shape.length !== 1 || labels.shape[0] !== n) {
    throw new DatasetError(`${name}: ${n} images, but labels of shape (${labels.shape.join(", ")})`);
  }
  return { rows, cols, images: pixelsOf(images, name), labels: bytesOf(labels, `${name} labels`, 1) };
}

/** Returns [rows, cols] for a shape of [rows, cols], [rows, cols, 1], or all pixels of a square. */
function sidesOf(size: readonly number[], name: string): [number, number] {
  if (size.length === 1 && Number.isInteger(Math.sqrt(size[0]!)))
    return [Math.sqrt(size[0]!), Math.sqrt(size[0]!)];
  if (size.length === 2 || (size.length === 3 && size[2] === 1)) return [size[0]!, size[1]!];
  throw new DatasetError(
    `${name}: images of shape (${size.join(", ")}), expected rows and columns of one channel`,
  );
}

/** Returns the pixels as uint8, ink high; floats within 0..1 are scaled by 255. */
function pixelsOf(images: NumpyArray, name: string): Uint8Array {
  const isShare = images.dtype.startsWith("float") && images.data.every((value) => Number(value) <= 1);
  return bytesOf(images, `${name} images`, isShare ? 255 : 1);
}

function bytesOf({ data }: NumpyArray, name: string, factor: number): Uint8Array {
  if (data instanceof Uint8Array) return data;
  return Uint8Array.from({ length: data.length }, (_, i) => {
    const value = Math.round(Number(data[i]) * factor);
    if (value >= 0 && value <= 255) return value;
    throw new DatasetError(`${name}: value ${i} is ${String(data[i])}, expected 0 to 255`);
  });
}

function arrayOf(value: PickledValue, name: string): NumpyArray {
  const isArray = typeof value === "object" && value !== null && "dtype" in value && "shape" in value;
  if (!isArray) throw new DatasetError(`${name}: expected a numpy array`);
  return value as NumpyArray;
}
