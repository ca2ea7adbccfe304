import type { Drawing, Point } from "../../src/domain/drawing.ts";
import { createRandom } from "../../src/lib/random.ts";
import { glyph } from "../../src/synthesis/glyph.ts";
import { writeByHand } from "../../src/synthesis/hand.ts";

const SIDE = 400;
/** Margin around the glyphs' box of 100 units, for the overshoot of a hasty hand. */
const MARGIN = 150;

const LETTERS = {
  a: glyph(1, "78,34 50,24 22,44 22,80 48,98 76,76 | 80,24 78,70 88,98"),
  b: glyph(1, "22,2 22,96 | 22,58 50,40 78,62 70,92 44,100 22,88"),
  c: glyph(1, "78,34 54,22 26,42 20,66 32,92 58,98 80,84"),
  w: glyph(1, "6,30 26,96! 50,46! 72,96! 94,30"),
};

/** A drawing of a letter on a 400x400 canvas, in a handwriting determined by the seed. */
export function letterOf(letter: keyof typeof LETTERS, seed: number): Drawing {
  const lines = writeByHand(LETTERS[letter], createRandom(seed).fork(letter));
  const at = (value: number) => Math.round(Math.min(SIDE, Math.max(0, value + MARGIN)) * 10) / 10;
  const strokes = lines.map((line) =>
    Array.from({ length: line.length / 2 }, (_, i): Point => [at(line[2 * i]!), at(line[2 * i + 1]!)]),
  );
  return { strokes, width: SIDE, height: SIDE };
}

/** A letter with strokes. */
export type Letter = keyof typeof LETTERS;
