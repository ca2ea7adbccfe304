import type { Random } from "../lib/random.ts";
import { pickBlend } from "./blend.ts";
import { DIGIT_STYLES } from "./digit-styles.ts";
import type { Glyph } from "./glyph.ts";
import { writeByHand } from "./hand.ts";
import { pick } from "./pick.ts";
import { PINNED_STYLES } from "./pinned-styles.ts";
import type { Line } from "./spline.ts";

/**
 * Draws a digit in a random style, or between two, and in a random hand.
 *
 * @param digit 0..9.
 * @returns the lines of its strokes, in any units.
 * @throws {RangeError} for any other digit.
 */
export function drawDigit(digit: number, random: Random): Line[] {
  return writeByHand(pickBlend(stylesOf(DIGIT_STYLES, digit), random), random);
}

/** The same in the styles of the pinned set, which nothing trains on. */
export function drawPinnedDigit(digit: number, random: Random): Line[] {
  return writeByHand(pick(stylesOf(PINNED_STYLES, digit), random), random);
}

function stylesOf(all: readonly (readonly Glyph[])[], digit: number): readonly Glyph[] {
  const styles = all[digit];
  if (styles === undefined) throw new RangeError(`Expected a digit from 0 to 9, found ${digit}`);
  return styles;
}
