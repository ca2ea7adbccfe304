import type { Drawing, Point } from "../domain/drawing.ts";
import { InputError } from "../lib/errors.ts";
import { type Saying, saying } from "../lib/saying.ts";
import { excessOf, MAX_CANVAS } from "./drawing-limits.ts";
import { EmptyInkError } from "./errors.ts";
import { IMAGE_COLS, IMAGE_PIXELS, IMAGE_ROWS } from "./image-format.ts";
import { isDarkOnLight } from "./polarity.ts";

type Range = readonly [min: number, max: number];

const TIME_RANGE: Range = [0, 86_400_000];
const PRESSURE_RANGE: Range = [0, 1];
const PIXEL_RANGE: Range = [0, 255];

/**
 * Checks a drawing from outside (HTTP body, imported file).
 *
 * Expected: `{strokes: [[[x, y, tMs?, pressure?], ...], ...], width, height}`. At most 1,000 strokes and
 * 10,000 points in total; width and height 0..1,000,000 (0 in files, for a canvas cropped to a straight line; requests
 * are refused with it); each point at most one long canvas side outside the canvas; tMs 0..86,400,000; pressure 0..1. Other fields are ignored.
 * Empty strokes are valid: `rasterise` checks whether there is ink.
 *
 * @throws {InputError} naming the place, as in `strokes[2][17][0]`.
 */
export function parseDrawing(value: unknown): Drawing {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const found = show(value);
    throw new InputError(`Expected a drawing {strokes, width, height}, found ${found.text}`, {
      says: saying("drawing.form", { found: found.says }),
    });
  }
  const { strokes, width, height } = value as Record<string, unknown>;
  const drawing = {
    width: number(width, "width", 0, MAX_CANVAS),
    height: number(height, "height", 0, MAX_CANVAS),
  };
  const side = Math.max(drawing.width, drawing.height, 1);
  const xRange: Range = [-side, drawing.width + side];
  const yRange: Range = [-side, drawing.height + side];
  if (!Array.isArray(strokes)) {
    const found = show(strokes);
    const says = saying("drawing.strokes", { found: found.says });
    throw new InputError(`strokes: expected an array, found ${found.text}`, { says });
  }
  const excess = excessOf(strokes);
  if (excess !== null) throw new InputError(`strokes: expected ${excess.message}`, { says: excess.says });
  const parsed = strokes.map((stroke: unknown, s) => {
    if (!Array.isArray(stroke)) {
      const found = show(stroke);
      throw new InputError(`strokes[${s}]: expected an array of points, found ${found.text}`, {
        says: saying("drawing.stroke", { at: s, found: found.says }),
      });
    }
    return stroke.map((point: unknown, p) => parsePoint(point, s, p, xRange, yRange));
  });
  return { strokes: parsed, ...drawing };
}

/** @param s,p the indices of the stroke and of the point in it: names are composed only for an error. */
function parsePoint(point: unknown, s: number, p: number, xRange: Range, yRange: Range): Point {
  if (!Array.isArray(point) || point.length < 2 || point.length > 4) {
    const found = show(point);
    throw new InputError(`strokes[${s}][${p}]: expected [x, y, tMs?, pressure?], found ${found.text}`, {
      says: saying("drawing.point", { at: s, point: p, found: found.says }),
    });
  }
  const [x, y, tMs, pressure] = point as unknown[];
  const refuse = (i: number, range: Range) => outOfRange(`strokes[${s}][${p}][${i}]`, ...range, point[i]);
  if (!isWithin(x, xRange)) throw refuse(0, xRange);
  if (!isWithin(y, yRange)) throw refuse(1, yRange);
  if (point.length === 2) return [x, y];
  if (!isWithin(tMs, TIME_RANGE)) throw refuse(2, TIME_RANGE);
  if (point.length === 3) return [x, y, tMs];
  if (!isWithin(pressure, PRESSURE_RANGE)) throw refuse(3, PRESSURE_RANGE);
  return [x, y, tMs, pressure];
}

/**
 * Checks an image of a request: 784 numbers 0..255, row-major, ink high. Fractions are rounded. Unlike a file, it has
 * no one to tell a conversion to, so an image of another range or polarity is refused.
 *
 * @returns uint8 [784].
 * @throws {InputError} naming the place, as in `pixels[17]`, and the remedy.
 * @throws {EmptyInkError} when every pixel is 0.
 */
export function parsePixels(value: unknown): Uint8Array {
  const isList = Array.isArray(value) || value instanceof Uint8Array;
  if (!isList || value.length !== IMAGE_PIXELS) {
    const found = isList ? `${value.length} values` : show(value).text;
    throw new InputError(`pixels: expected ${IMAGE_PIXELS} numbers 0..255 (28 rows of 28), found ${found}`);
  }
  const pixels = new Uint8Array(IMAGE_PIXELS);
  let max = 0;
  for (let i = 0; i < IMAGE_PIXELS; i++) {
    const pixel: unknown = value[i];
    if (!isWithin(pixel, PIXEL_RANGE)) throw outOfRange(`pixels[${i}]`, ...PIXEL_RANGE, pixel);
    if (pixel > max) max = pixel;
    pixels[i] = Math.round(pixel);
  }
  if (max === 0) throw new EmptyInkError("The image is empty: every pixel is 0. Ink is 255 on 0");
  if (max <= 1)
    throw new InputError("pixels: expected 0..255, but no value is above 1. Multiply them by 255");
  if (isDarkOnLight(pixels, IMAGE_ROWS, IMAGE_COLS)) {
    throw new InputError(
      "pixels: expected light ink on a dark ground, found the opposite. Send 255 minus each value",
    );
  }
  return pixels;
}

function number(value: unknown, at: string, min: number, max: number): number {
  if (!isWithin(value, [min, max])) throw outOfRange(at, min, max, value);
  return value;
}

function isWithin(value: unknown, range: Range): value is number {
  return typeof value === "number" && value >= range[0] && value <= range[1];
}

function outOfRange(at: string, min: number, max: number, value: unknown): InputError {
  const found = show(value);
  return new InputError(`${at}: expected a number from ${min} to ${max}, found ${found.text}`, {
    says: saying("drawing.range", { at, min, max, found: found.says }),
  });
}

/** Describes a value in a few words for a message, in English and as data. */
function show(value: unknown): { text: string; says: Saying | string } {
  const worded = (text: string, key: string, figures: Saying["figures"] = {}) => ({
    ...{ text, says: saying(`drawing.${key}`, figures) },
  });
  if (value === undefined) return worded("nothing", "nothing");
  if (Array.isArray(value)) return worded(`an array of ${value.length}`, "array", { n: value.length });
  if (typeof value === "object" && value !== null) return worded("an object", "object");
  const text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? typeof value);
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return { text: shown, says: shown };
}
