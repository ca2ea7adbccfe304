import type { Random } from "../lib/random.ts";
import { drawDigit } from "./draw-digit.ts";
import { writeByHand } from "./hand.ts";
import { LETTER_STYLES } from "./letter-styles.ts";
import { drawOutline } from "./outlines.ts";
import { pick } from "./pick.ts";
import { drawDots, drawFigure, drawScribble, drawSign } from "./shapes.ts";
import type { Line } from "./spline.ts";

interface Kind {
  weight: number;
  draw(random: Random): Line[];
}

const KINDS: readonly Kind[] = [
  { weight: 14, draw: (random) => writeByHand(pick(LETTER_STYLES, random), random) },
  { weight: 2, draw: mirroredDigit },
  { weight: 1, draw: lyingDigit },
  { weight: 1.5, draw: twoDigits },
  { weight: 1, draw: digitAndMore },
  { weight: 1, draw: drawScribble },
  { weight: 1.5, draw: drawFigure },
  { weight: 1, draw: drawSign },
  { weight: 4, draw: drawOutline },
  { weight: 0.5, draw: drawDots },
];

/**
 * Draws something that is not a digit: a letter, a digit that is mirrored, lying on its side or crossed out, two digits
 * in one place, a scribble, an invented or a known sign, a closed outline, or dots.
 *
 * @returns the lines of its strokes, in any units.
 */
export function drawNegative(random: Random): Line[] {
  return pick(KINDS, random).draw(random);
}

/** Draws a digit mirrored left to right: 2, 3, 4, 5, 6, 7 or 9, which are then no longer digits. */
function mirroredDigit(random: Random): Line[] {
  const digit = [2, 3, 4, 5, 6, 7, 9][random.int(7)]!;
  return changed(drawDigit(digit, random), (x, y) => [-x, y]);
}

/** Draws a digit rotated by 90°: 2, 3, 4, 5, 6 or 9, which are then no longer digits; 0, 1 and 8 could be. */
function lyingDigit(random: Random): Line[] {
  const digit = [2, 3, 4, 5, 6, 9][random.int(6)]!;
  const side = random.next() < 0.5 ? 1 : -1;
  return changed(drawDigit(digit, random), (x, y) => [side * y, -side * x]);
}

/** Draws two different digits, on top of each other or side by side. */
function twoDigits(random: Random): Line[] {
  const first = random.int(10);
  const second = (first + 1 + random.int(9)) % 10;
  const apart = random.next() < 0.6 ? 70 + 40 * random.next() : 40 * random.next();
  return [...drawDigit(first, random), ...changed(drawDigit(second, random), (x, y) => [x + apart, y])];
}

/** Draws a digit that is crossed out with a scribble. */
function digitAndMore(random: Random): Line[] {
  return [...drawDigit(random.int(10), random), ...drawScribble(random)];
}

function changed(lines: Line[], change: (x: number, y: number) => [number, number]): Line[] {
  return lines.map((line) => {
    const moved: Line = [];
    for (let i = 0; i < line.length; i += 2) moved.push(...change(line[i]!, line[i + 1]!));
    return moved;
  });
}
