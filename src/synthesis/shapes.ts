import type { Random } from "../lib/random.ts";
import { glyph } from "./glyph.ts";
import { writeByHand } from "./hand.ts";
import { pick } from "./pick.ts";
import { type Line, spline } from "./spline.ts";

/** Signs that are not digits. */
const SIGNS = [
  glyph(1, "50,2 50,98 | 2,50 98,50"),
  glyph(1, "8,40 92,40 | 8,62 92,62"),
  glyph(1, "10,60 40,92! 96,4"),
  glyph(1, "6,50 94,50! 70,26 | 94,50 70,74"),
  glyph(1, "10,50 30,20 50,50 70,80 90,50"),
  glyph(1, "30,2 24,98 | 70,2 64,98 | 4,34 96,34 | 2,66 94,66"),
  glyph(1, "14,20 40,2 76,14 74,40 50,56 50,74 | 50,94 51,98"),
  glyph(1, "50,2 50,70 | 50,92 51,98"),
  glyph(1, "8,10 50,50! 92,8! 50,50! 50,96"),
  glyph(1, "46,52 54,40 66,52 54,68 36,60 34,36 60,22 84,46 74,82 30,88 8,50 20,10 66,2"),
  glyph(1, "14,4 12,96 | 44,4 42,96 | 78,4 76,96"),
];

/** Draws a common sign, such as an arrow, a hash or a tick. */
export function drawSign(random: Random): Line[] {
  return writeByHand(pick(SIGNS, random), random);
}

/** Draws one or two random strokes with 5 to 16 knots each. */
export function drawScribble(random: Random): Line[] {
  return Array.from({ length: 1 + random.int(2) }, () => wander(5 + random.int(12), random));
}

/** Draws a sign of no known script: one to four strokes of two to five knots each. */
export function drawFigure(random: Random): Line[] {
  return Array.from({ length: 1 + random.int(4) }, () => wander(2 + random.int(4), random));
}

function wander(knots: number, random: Random): Line {
  const places = Array.from({ length: knots }, () => ({
    x: 100 * (random.next() - 0.5),
    y: 100 * (random.next() - 0.5),
    isCorner: random.next() < 0.2,
  }));
  return spline(places);
}

/** Draws two to eight dots or short dashes. */
export function drawDots(random: Random): Line[] {
  return Array.from({ length: 2 + random.int(7) }, () => {
    const x = 100 * random.next();
    const y = 100 * random.next();
    return [x, y, x + 12 * (random.next() - 0.5), y + 12 * (random.next() - 0.5)];
  });
}
