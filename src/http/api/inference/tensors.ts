import { IMAGE_COLS, IMAGE_PIXELS, IMAGE_ROWS } from "../../../digits/image-format.ts";
import { parsePixels } from "../../../digits/parse.ts";
import { InputError, messageOf } from "../../../lib/errors.ts";
import { shortened } from "../../../lib/shortened.ts";

/** The name of the model's input tensor. */
export const INPUT_NAME = "image";
/** Images in one request: they share the batches of other requests, which must not wait for long. */
export const MAX_IMAGES = 64;

/** The data types of an image: ink is 1 or 255, on 0. */
export const INPUT_TYPES = ["FP32", "UINT8"] as const;
const SHAPES = `[N,${IMAGE_ROWS},${IMAGE_COLS},1], [N,${IMAGE_ROWS},${IMAGE_COLS}] or [N,${IMAGE_PIXELS}]`;

/** A tensor of a request. */
export interface InputTensor {
  name: string;
  shape: readonly number[];
  datatype: string;
  /** Flat, or nested as the shape says. */
  data: readonly unknown[];
}

/**
 * Reads the images of a request.
 *
 * @returns uint8 [784] each, ink 255 on 0.
 * @throws {InputError} naming what was expected and found.
 */
export function imagesOf(inputs: readonly InputTensor[]): Uint8Array[] {
  const [input, ...others] = inputs;
  if (input === undefined || others.length > 0 || input.name !== INPUT_NAME) {
    const found = inputs.length === 1 ? `"${shortened(input!.name, 40)}"` : `${inputs.length} tensors`;
    throw new InputError(`inputs: expected one tensor named "${INPUT_NAME}", found ${found}`);
  }
  const n = countOf(input.shape);
  const scale = scaleOf(input.datatype);
  const values = flat(input.data);
  if (values.length !== n * IMAGE_PIXELS) {
    throw new InputError(
      `inputs[0].data: expected ${n * IMAGE_PIXELS} numbers for the shape [${input.shape.join(",")}], found ${values.length}`,
    );
  }
  return Array.from({ length: n }, (_, i) =>
    imageOf(values.slice(i * IMAGE_PIXELS, (i + 1) * IMAGE_PIXELS), scale, i),
  );
}

function countOf(shape: readonly number[]): number {
  const [n = 0, ...rest] = shape;
  const isKnown = ["28,28,1", "28,28", "784"].includes(rest.join(","));
  if (!isKnown || !Number.isInteger(n) || n < 1) {
    throw new InputError(
      `inputs[0].shape: expected ${SHAPES} with N of at least 1, found [${shortened(shape.join(","), 60)}]`,
    );
  }
  if (n > MAX_IMAGES) {
    throw new InputError(
      `inputs[0].shape: expected at most ${MAX_IMAGES} images, found ${n}. Send several requests`,
    );
  }
  return n;
}

function scaleOf(datatype: string): number {
  if (datatype === "UINT8") return 1;
  if (datatype === "FP32") return 255;
  throw new InputError(
    `inputs[0].datatype: expected ${INPUT_TYPES.join(" or ")}, found "${shortened(datatype, 40)}"`,
  );
}

/** Every level of nesting that a shape may have. */
const MAX_DEPTH = 4;

function flat(data: readonly unknown[]): unknown[] {
  return data.some(Array.isArray) ? data.flat(MAX_DEPTH) : [...data];
}

function imageOf(values: readonly unknown[], scale: number, index: number): Uint8Array {
  const top = 255 / scale;
  const pixels = values.map((value, i) => {
    if (typeof value === "number" && value >= 0 && value <= top) return value * scale;
    throw new InputError(
      `inputs[0].data: image ${index}, value ${i}: expected a number from 0 to ${top}, found ${shortened(JSON.stringify(value), 40)}`,
    );
  });
  try {
    return parsePixels(pixels);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`inputs[0].data: image ${index}: ${messageOf(error)}`, { cause: error });
  }
}
