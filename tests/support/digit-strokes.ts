import type { Drawing, Point } from "../../src/domain/drawing.ts";
import { createRandom } from "../../src/lib/random.ts";
import { CHECK_STROKES } from "../../src/serving/check-digits.ts";

/**
 * A plain drawing of the digit on a 100x100 canvas, as a person with a slightly unsteady hand would repeat it:
 * every seed gives a different slant, size and wobble, and the same seed the same drawing.
 */
export function drawingOf(digit: number | string, seed = 0): Drawing {
  const random = createRandom(seed);
  const spread = (amount: number) => (seed === 0 ? 0 : (2 * random.next() - 1) * amount);
  const slant = spread(0.1);
  const widen = 1 + spread(0.1);
  const strokes = CHECK_STROKES[String(digit)]!.map((stroke) =>
    stroke.map(([x, y]): Point => {
      const wobbled = 50 + (x - 50) * widen + (50 - y) * slant + spread(1.2);
      return [clamp(wobbled), clamp(y + spread(1.2))];
    }),
  );
  return { strokes, width: 100, height: 100 };
}

function clamp(value: number): number {
  return Math.round(Math.min(98, Math.max(2, value)) * 10) / 10;
}
