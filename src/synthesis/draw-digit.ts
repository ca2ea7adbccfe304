import type { Random } from "../lib/random.ts";
import { DIGIT_STYLES } from "./digit-styles.ts";
import { writeByHand } from "./hand.ts";
import { pick } from "./pick.ts";
import { PINNED_STYLES } from "./pinned-styles.ts";
import type { Line } from "./spline.ts";

/**
 * Draws a digit in a random style and hand.
 *
 * @param digit 0..9.
 * @returns the lines of its strokes, in any units.
 * @throws {RangeError} for any other digit.
 */
export function drawDigit(digit: number, random: Random): Line[] {
  return drawIn(DIGIT_STYLES, digit, random);
}

/** The same in the styles of the pinned set, which nothing trains on. */
export function drawPinnedDigit(digit: number, random: Random): Line[] {
  return drawIn(PINNED_STYLES, digit, random);
}

function drawIn(all: typeof DIGIT_STYLES, digit: number, random: Random): Line[] {
  const styles = all[digit];
  if (styles === undefined) throw new RangeError(`Expected a digit from 0 to 9, found ${digit}`);
  return writeByHand(pick(styles, random), random);
}
