import type { Random } from "../lib/random.ts";
import { DIGIT_STYLES } from "./digit-styles.ts";
import { writeByHand } from "./hand.ts";
import { pick } from "./pick.ts";
import type { Line } from "./spline.ts";

/**
 * A drawing of a digit in some style by some hand.
 *
 * @param digit 0..9.
 * @returns the lines of its strokes, in any units.
 */
export function drawDigit(digit: number, random: Random): Line[] {
  const styles = DIGIT_STYLES[digit];
  if (styles === undefined) throw new RangeError(`There are digits 0 to 9, found ${digit}`);
  return writeByHand(pick(styles, random), random);
}
