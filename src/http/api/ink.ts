import type { MiddlewareHandler } from "hono";
import * as v from "valibot";
import { excessOf, MAX_CANVAS, MAX_POINTS, MAX_STROKES } from "../../digits/drawing-limits.ts";
import { IMAGE_COLS, IMAGE_ROWS } from "../../digits/image-format.ts";
import { parseDrawing, parsePixels } from "../../digits/parse.ts";
import { rasterise } from "../../digits/rasterise.ts";
import { strayStrokes } from "../../digits/stray-strokes.ts";
import type { Drawing } from "../../domain/drawing.ts";
import { InputError } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";
import { readJsonBody } from "../middleware/json-body.ts";
import { ValidationError } from "../middleware/problem.ts";
import { RefusedRequest } from "../middleware/refused-request.ts";
import { NEVER } from "./conditions.ts";
import { validFirst } from "./validate.ts";

const Coordinate = v.pipe(v.number(), v.finite());
const Strokes = v.array(v.array(v.pipe(v.array(Coordinate), v.minLength(2), v.maxLength(4))));

function areNumbers(values: unknown): values is number[] {
  return Array.isArray(values) && values.every(Number.isFinite);
}

/** Whether a value passes `Strokes`. */
function areStrokes(value: unknown): boolean {
  const isPoint = (point: unknown) => areNumbers(point) && point.length >= 2 && point.length <= 4;
  return Array.isArray(value) && value.every((stroke) => Array.isArray(stroke) && stroke.every(isPoint));
}
/** A side of the canvas that someone drew on; unlike in files, where it may be cropped, it cannot be 0. */
const Side = v.pipe(v.number(), v.gtValue(0, expectedSide), v.maxValue(MAX_CANVAS, expectedSide));

function expectedSide({ received }: v.BaseIssue<unknown>): string {
  return `expected a number above 0 and at most ${MAX_CANVAS}, found ${received}`;
}

/** Checks only the shape; `parseDrawing` and `parsePixels`, which every input shares, check the ranges. */
export const inkEntries = {
  strokes: v.optional(
    v.pipe(
      validFirst(Strokes, areStrokes),
      v.metadata({ minItems: 1 }),
      v.description(
        `Strokes of points [x, y, ms?, pressure?]; y grows downwards. At most ${MAX_STROKES} strokes and ${MAX_POINTS} points in total. Send these or \`pixels\``,
      ),
    ),
  ),
  width: v.optional(v.pipe(Side, v.description("Width of the canvas; with `strokes`"))),
  height: v.optional(v.pipe(Side, v.description("Height of the canvas; with `strokes`"))),
  pixels: v.optional(
    v.pipe(
      validFirst(v.array(Coordinate), areNumbers),
      v.length(IMAGE_ROWS * IMAGE_COLS),
      v.metadata({ items: { type: "number", minimum: 0, maximum: 255 } }),
      v.description("28 rows of 28 numbers 0..255, ink is 255 on 0. Send these or `strokes`"),
    ),
  ),
};

/** The condition of a body with a drawing or an image. */
export const INK = {
  oneOf: [
    { required: ["strokes", "width", "height"], properties: { pixels: NEVER } },
    { required: ["pixels"], properties: { strokes: NEVER } },
  ],
};

/** A slanted line as a body has it. */
export const INK_EXAMPLE = {
  strokes: [
    [
      [55, 10],
      [50, 50],
      [45, 90],
    ],
  ],
  width: 100,
  height: 100,
};

/**
 * Refuses (413) a drawing with too many strokes or points before its points are checked one by one. A body that is not
 * JSON is left to the route's schema.
 */
export function limitInk(): MiddlewareHandler {
  return async (c, next) => {
    const body = await readJsonBody(c).catch(() => null);
    const strokes = typeof body === "object" && body !== null && "strokes" in body ? body.strokes : null;
    const excess = excessOf(strokes);
    if (excess !== null) {
      const says = saying("request.simplify", { reason: excess.says! });
      throw new RefusedRequest(413, `strokes: expected ${excess.message}. Simplify the drawing.`, says);
    }
    await next();
  };
}

/** A drawing or an image in a request, before its ranges are checked. */
export type InkInput = v.InferOutput<v.StrictObjectSchema<typeof inkEntries, undefined>>;

/** The drawing of a request, if any, and its raster image. */
export interface Ink {
  /** Null when the request contains pixels. */
  drawing: Drawing | null;
  /** uint8 [784], ink 255 on 0. */
  pixels: Uint8Array;
  /** Indices of the strokes that are not in the image, because they are stray. */
  leftOut: number[];
}

/**
 * Parses a request's drawing or image and renders it as the model sees it.
 *
 * @throws {ValidationError} when there are neither strokes nor pixels, or both; when a value is out of range;
 *   when there is no ink.
 */
export function readInk(input: InkInput): Ink {
  const given = input.strokes !== undefined;
  if (given === (input.pixels !== undefined)) {
    const message = `expected either strokes (with width and height) or pixels, found ${given ? "both" : "neither"}`;
    throw new ValidationError(`The body is not valid: ${message}`, [
      { path: given ? "pixels" : "strokes", message },
    ]);
  }
  try {
    if (!given) return { drawing: null, pixels: parsePixels(input.pixels), leftOut: [] };
    const drawing = parseDrawing(input);
    return { drawing, pixels: rasterise(drawing), leftOut: strayStrokes(drawing.strokes) };
  } catch (error) {
    throw error instanceof InputError ? placed(error, given ? "strokes" : "pixels") : error;
  }
}

/** Assigns an error to its field: "width: expected a number ..." to `width`, a message without a field to the ink. */
function placed(error: InputError, ink: string): ValidationError {
  const [, path = ink, message = error.message] = /^([a-z]\S*): (.*)$/su.exec(error.message) ?? [];
  const { says } = error;
  return new ValidationError(error.message, [{ path, message }], { cause: error, says });
}

/** A raster image as JSON. */
export const ImageSchema = v.object({
  rows: v.literal(IMAGE_ROWS),
  cols: v.literal(IMAGE_COLS),
  pixels: v.pipe(v.array(v.number()), v.length(IMAGE_ROWS * IMAGE_COLS)),
});

/** The strokes that are not in the image, in a response. */
export const LeftOutSchema = v.pipe(
  v.array(v.number()),
  v.description(
    "Indices of the strokes that are not in `image`: marks such as a stray tap, small and far from all other ink",
  ),
);

/** The image that the model sees, row-major, ink 255 on 0. */
export function imageJson(pixels: Uint8Array): v.InferOutput<typeof ImageSchema> {
  // A loop, because iterating over a typed array takes ten times as long.
  const values = new Array<number>(pixels.length);
  for (let i = 0; i < pixels.length; i++) values[i] = pixels[i]!;
  return { rows: IMAGE_ROWS, cols: IMAGE_COLS, pixels: values };
}
