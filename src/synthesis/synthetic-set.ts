import { IMAGE_COLS, IMAGE_PIXELS, IMAGE_ROWS } from "../digits/image-format.ts";
import { rasterise } from "../digits/rasterise.ts";
import type { Point } from "../domain/drawing.ts";
import { type ImageSet, NO_CLASS } from "../domain/image-set.ts";
import { createRandom, type Random } from "../lib/random.ts";
import { alphabetStyles } from "./alphabet-styles.ts";
import { drawDigit, drawPinnedDigit } from "./draw-digit.ts";
import { drawNegative } from "./draw-negative.ts";
import { writeByHand } from "./hand.ts";
import { pick } from "./pick.ts";
import type { Line } from "./spline.ts";

/**
 * Draws digits and renders them in the same way as people's drawings. Images show the digits among the classes in turn.
 * Image n depends only on the seed and n, so a longer set starts with the shorter one.
 *
 * @param classes those from "0" to "9" are drawn; the labels are indices of this list.
 * @returns `count` images; an empty set when no class is a digit.
 */
export function syntheticDigits(count: number, classes: readonly string[], seed: number): ImageSet {
  return digitsBy(drawDigit, count, classes, createRandom(seed).fork("synthetic digits"));
}

/** The seed of the pinned set. It is no parameter: every model is evaluated on the same set, and no training uses its stream. */
const PINNED_SEED = 0x9e3779b9;

/**
 * Draws the digits of the pinned set: as `syntheticDigits` does, in other styles and from another stream of random
 * numbers, so that no training set has any of them, whatever its seed.
 *
 * @returns `count` images, the same ones every time; an empty set when no class is a digit.
 */
export function pinnedDigits(count: number, classes: readonly string[]): ImageSet {
  return digitsBy(drawPinnedDigit, count, classes, createRandom(PINNED_SEED).fork("pinned digits"));
}

function digitsBy(
  draw: typeof drawDigit,
  count: number,
  classes: readonly string[],
  random: Random,
): ImageSet {
  const digits = classes.flatMap((name, index) => (isDigit(name) ? [{ digit: Number(name), index }] : []));
  return render(digits.length === 0 ? 0 : count, random, (n, own) => {
    const { digit, index } = digits[n % digits.length]!;
    return { lines: draw(digit, own), label: index };
  });
}

/**
 * Draws images that are not digits, with the label `NO_CLASS`, in the same way as `syntheticDigits`.
 *
 * @returns `count` images; an empty set when a class is not a digit, because a letter may then be a valid class.
 */
export function syntheticNegatives(count: number, classes: readonly string[], seed: number): ImageSet {
  const random = createRandom(seed).fork("synthetic negatives");
  return render(classes.every(isDigit) ? count : 0, random, (_, own) => ({
    lines: drawNegative(own),
    label: NO_CLASS,
  }));
}

/**
 * Draws letters of the Latin alphabet in the same way as `syntheticDigits`.
 *
 * @returns `each` images of every class that is such a letter; an empty set when none is.
 */
export function syntheticLetters(each: number, classes: readonly string[], seed: number): ImageSet {
  const letters = classes.flatMap((name, index) => {
    const styles = alphabetStyles(name);
    return styles.length === 0 ? [] : [{ styles, index }];
  });
  const random = createRandom(seed).fork("synthetic letters");
  return render(each * letters.length, random, (n, own) => {
    const { styles, index } = letters[n % letters.length]!;
    return { lines: writeByHand(pick(styles, own), own), label: index };
  });
}

const isDigit = (name: string) => /^[0-9]$/.test(name);

type Draw = (n: number, random: Random) => { lines: Line[]; label: number };

function render(count: number, random: Random, draw: Draw): ImageSet {
  const images = new Uint8Array(count * IMAGE_PIXELS);
  const labels = new Uint8Array(count);
  for (let n = 0; n < count; n++) {
    const { lines, label } = draw(n, random.fork(String(n)));
    images.set(rasterise({ strokes: lines.map(toStroke), width: 0, height: 0 }), n * IMAGE_PIXELS);
    labels[n] = label;
  }
  return { rows: IMAGE_ROWS, cols: IMAGE_COLS, images, labels };
}

function toStroke(line: Line): Point[] {
  const points: Point[] = [];
  for (let i = 0; i < line.length; i += 2) points.push([line[i]!, line[i + 1]!]);
  return points;
}
