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
  /** Probability of a hook at each end of a stroke, where the pen lands or leaves in motion. */
  hooks: number;
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
 * @param rounded share of the corners that are rounded off, 0..1; some writers do.
 * @returns the lines of the strokes, in the glyph's units; at least one.
 */
export function writeByHand(glyph: Glyph, random: Random, rounded = 0.2): Line[] {
  const habit = drawHabit(random);
  const strokes = glyph.strokes.filter(({ chance }) => random.next() < chance);
  const warp = createWarp(habit.warp, random);
  const lines = strokes.map((stroke) => {
    const line = hook(trim(spline(shake(stroke, habit, rounded, random)), random), habit.hooks, random);
    swing(line, habit.wobble, random);
    for (let i = 0; i < line.length; i += 2) {
      const [x, y] = warp(line[i]! - 50, line[i + 1]! - 50);
      place(line, i, x, y, habit);
    }
    return line;
  });
  return lines.length > 0 ? lines : writeByHand(glyph, random, rounded);
}

function drawHabit(random: Random): Habit {
  const haste = random.next();
  return {
    knotNoise: 1.5 + 5 * haste * random.next(),
    strokeNoise: 1 + 5 * haste * random.next(),
    wobble: 2.5 * random.next() * random.next(),
    hooks: 0.2 * haste * haste * random.next(),
    slant: 0.12 + 0.25 * random.normal(),
    aspect: Math.exp(0.25 * random.normal()) * 0.8,
    turn: 0.09 * random.normal(),
    warp: 9 * random.next(),
  };
}

/** Shifts every knot, and shifts, scales and rotates the stroke a little. */
function shake({ knots }: GlyphStroke, habit: Habit, rounded: number, random: Random): Knot[] {
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
      isCorner: isCorner && random.next() >= rounded,
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

/** Adds hooks of 4 to 14 units at the ends, some of them: back at an angle of up to 70 degrees to the stroke. */
function hook(line: Line, probability: number, random: Random): Line {
  const points = line.length / 2;
  if (points < 8) return line;
  const tip = (end: number, inner: number): [x: number, y: number] => {
    const back = Math.atan2(line[inner + 1]! - line[end + 1]!, line[inner]! - line[end]!);
    const angle = back + (2 * random.next() - 1) * 1.2;
    const length = 4 + 10 * random.next();
    return [line[end]! + length * Math.cos(angle), line[end + 1]! + length * Math.sin(angle)];
  };
  const start = random.next() < probability ? tip(0, 6) : [];
  const end = random.next() < probability ? tip(line.length - 2, line.length - 8) : [];
  return [...start, ...line, ...end];
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
