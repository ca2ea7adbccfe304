/** A point that the pen goes through, in a box of about 0..100 by 0..100, x to the right and y down. */
export interface Knot {
  x: number;
  y: number;
  /** The pen turns sharply here; elsewhere it passes smoothly. */
  isCorner: boolean;
}

export interface GlyphStroke {
  knots: readonly Knot[];
  /** How often this stroke is drawn at all, 0..1. */
  chance: number;
}

/** One way to write a character: the strokes in order, and how often this way is taken among the others. */
export interface Glyph {
  weight: number;
  strokes: readonly GlyphStroke[];
}

/**
 * Reads the notation that the styles are written in: strokes separated by `|`, each a list of `x,y` knots;
 * `!` after a knot makes it a corner; `30%` before a stroke draws it three times in ten.
 *
 *   glyph(2, "10,8! 85,5! 40,100 | 50% 25,52 75,48")   a seven, crossed every other time
 *
 * @param weight relative to the other ways of writing the same character, above 0.
 * @throws {RangeError} quoting the part that cannot be read: these texts are code, not input.
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
