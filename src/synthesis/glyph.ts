/** A point that the pen passes through, in a box of about 0..100 by 0..100, x right and y down. */
export interface Knot {
  x: number;
  y: number;
  /** Whether the pen turns sharply here; otherwise it passes smoothly. */
  isCorner: boolean;
}

/** One stroke of a glyph. */
export interface GlyphStroke {
  knots: readonly Knot[];
  /** Probability that this stroke is drawn, 0..1. */
  chance: number;
}

/** One way to write a character. */
export interface Glyph {
  /** Relative frequency among the ways to write the same character, above 0. */
  weight: number;
  strokes: readonly GlyphStroke[];
}

/**
 * Reads the notation of the styles: strokes separated by `|`, each a list of `x,y` knots; `!` after a knot makes it a
 * corner; `30%` before a stroke draws it three times in ten.
 *
 *   glyph(2, "10,8! 85,5! 40,100 | 50% 25,52 75,48")   a seven, crossed every other time
 *
 * @param weight relative frequency among the ways to write the same character, above 0.
 * @throws {RangeError} quoting the malformed part; the notation is code, not user input.
 */
export function glyph(weight: number, notation: string): Glyph {
  return { weight, strokes: notation.split("|").map((stroke) => readStroke(stroke.trim())) };
}

function readStroke(text: string): GlyphStroke {
  const parts = text.split(/\s+/);
  const percent = /^(\d+)%$/.exec(parts[0]!);
  const knots = (percent ? parts.slice(1) : parts).map(readKnot);
  if (knots.length === 0) throw new RangeError(`Stroke "${text}" has no knots`);
  return { knots, chance: percent ? Number(percent[1]) / 100 : 1 };
}

function readKnot(text: string): Knot {
  const match = /^(-?\d+),(-?\d+)(!?)$/.exec(text);
  if (match === null) throw new RangeError(`Knot "${text}": expected x,y or x,y!`);
  return { x: Number(match[1]), y: Number(match[2]), isCorner: match[3] === "!" };
}
