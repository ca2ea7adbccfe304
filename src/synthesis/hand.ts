import type { Random } from "../lib/random.ts";
import type { Glyph, GlyphStroke, Knot } from "./glyph.ts";
import { type Line, spline } from "./spline.ts";
import { createWarp } from "./warp.ts";

/** The random traits of one drawing. Lengths are in hundredths of the glyph's height. */
interface Habit {
  /** Standard deviation of each knot's position. */
  knotNoise: number;
  /** Standard deviation of each stroke's position. */
  strokeNoise: number;
  /** Amplitude of a slow sideways swing of the pen. */
  wobble: number;
  /** Shift to the right per unit up. */
  slant: number;
  /** Stretch of the width; 1 keeps the glyph's proportions. */
  aspect: number;
  /** Rotation, clockwise, in radians. */
  turn: number;
  /** Amplitude of the smooth warp of the whole plane. */
  warp: number;
}

/**
 * Draws a glyph as if by hand: knots and strokes are shifted, ends are cut short or extended, the drawing is slanted,
 * stretched, rotated and smoothly warped, and the pen wobbles. The amounts are random for each drawing, from careful to
 * hasty.
 *
 * @returns the lines of the strokes, in the glyph's units; at least one.
 */
export function writeByHand(glyph: Glyph, random: Random): Line[] {
  const habit = drawHabit(random);
  const strokes = glyph.strokes.filter(({ chance }) => random.next() < chance);
  const warp = createWarp(habit.warp, random);
  const lines = strokes.map((stroke) => {
    const line = trim(spline(shake(stroke, habit, random)), random);
    swing(line, habit.wobble, random);
    for (let i = 0; i < line.length; i += 2) {
      const [x, y] = warp(line[i]! - 50, line[i + 1]! - 50);
      place(line, i, x, y, habit);
    }
    return line;
  });
  return lines.length > 0 ? lines : writeByHand(glyph, random);
}

function drawHabit(random: Random): Habit {
  const haste = random.next();
  return {
    knotNoise: 1.5 + 5 * haste * random.next(),
    strokeNoise: 1 + 5 * haste * random.next(),
    wobble: 2.5 * random.next() * random.next(),
    slant: 0.12 + 0.25 * random.normal(),
    aspect: Math.exp(0.25 * random.normal()) * 0.8,
    turn: 0.09 * random.normal(),
    warp: 9 * random.next(),
  };
}

/** Shifts every knot, and shifts, scales and rotates the stroke a little. */
function shake({ knots }: GlyphStroke, habit: Habit, random: Random): Knot[] {
  const shiftX = habit.strokeNoise * random.normal();
  const shiftY = habit.strokeNoise * random.normal();
  const stretch = 1 + 0.015 * habit.strokeNoise * random.normal();
  const turn = 0.015 * habit.strokeNoise * random.normal();
  const [middleX, middleY] = [mean(knots.map(({ x }) => x)), mean(knots.map(({ y }) => y))];
  return knots.map(({ x, y, isCorner }) => {
    const dx = (x - middleX) * stretch;
    const dy = (y - middleY) * stretch;
    return {
      x: middleX + dx - turn * dy + shiftX + habit.knotNoise * random.normal(),
      y: middleY + dy + turn * dx + shiftY + habit.knotNoise * random.normal(),
      // Some writers round off corners.
      isCorner: isCorner && random.next() < 0.8,
    };
  });
}

/** Cuts up to an eighth off either end, and sometimes extends the end. */
function trim(line: Line, random: Random): Line {
  const points = line.length / 2;
  if (points < 8) return line;
  const cut = () => (random.next() < 0.4 ? Math.floor((random.next() * points) / 8) : 0);
  const kept = line.slice(2 * cut(), line.length - 2 * cut());
  if (random.next() < 0.15) {
    const at = kept.length;
    const reach = 2 + 5 * random.next();
    const dx = kept[at - 2]! - kept[at - 6]!;
    const dy = kept[at - 1]! - kept[at - 5]!;
    kept.push(kept[at - 2]! + 0.5 * reach * dx, kept[at - 1]! + 0.5 * reach * dy);
  }
  return kept;
}

/** Moves the points along a slow random wave. */
function swing(line: Line, amplitude: number, random: Random): void {
  const pace = 0.15 + 0.5 * random.next();
  const startX = 2 * Math.PI * random.next();
  const startY = 2 * Math.PI * random.next();
  for (let i = 0; i < line.length; i += 2) {
    line[i]! += amplitude * Math.sin(startX + (pace * i) / 2);
    line[i + 1]! += amplitude * Math.sin(startY + (pace * i) / 2);
  }
}

/** Slants, stretches and rotates one point about the origin, and writes it to `line`. */
function place(line: Line, at: number, x: number, y: number, { slant, aspect, turn }: Habit): void {
  const slanted = aspect * x - slant * y;
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  line[at] = cos * slanted - sin * y;
  line[at + 1] = sin * slanted + cos * y;
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}
