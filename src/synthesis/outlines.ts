import type { Random } from "../lib/random.ts";
import { type Glyph, type GlyphStroke, glyph, type Knot } from "./glyph.ts";
import { writeByHand } from "./hand.ts";
import { pick } from "./pick.ts";
import type { Line } from "./spline.ts";

/** Share of the corners that a hasty hand rounds off: few, because an outline without corners is a zero. */
const ROUNDED = 0.05;

/** Closed outlines of things and signs that are not digits. */
const OUTLINES = [
  glyph(1, "2,34! 56,34! 56,10! 98,50! 56,90! 56,66! 2,66! 2,34"),
  glyph(1, "34,2! 66,2! 66,34! 98,34! 98,66! 66,66! 66,98! 34,98! 34,66! 2,66! 2,34! 34,34! 34,2"),
  glyph(1, "6,4! 94,4! 94,28! 64,28! 64,96! 36,96! 36,28! 6,28! 6,4"),
  glyph(1, "10,4! 38,4! 38,70! 90,70! 90,96! 10,96! 10,4"),
  glyph(1, "60,2! 20,56! 46,56! 36,98! 82,38! 54,38! 60,2"),
  glyph(1, "2,70! 12,28 50,10 88,28 98,70! 2,70"),
  glyph(1, "30,4! 66,16 80,50 66,84 30,96! 30,4"),
  glyph(1, "4,96! 16,40 50,12 96,4! 84,60 50,86 4,96"),
  glyph(1, "6,10! 94,10! 94,66! 46,66! 28,94! 26,66! 6,66! 6,10"),
  glyph(1, "10,4! 90,22! 54,40! 90,60! 10,60! 10,4"),
  glyph(1, "2,52 16,20 50,6 84,20 98,52! 60,52! 62,96! 38,96! 40,52! 2,52"),
  glyph(1, "96,20! 66,50! 96,82! 60,72 30,74 4,50 30,26 62,30 96,20"),
  glyph(1, "8,10! 92,10! 78,94! 22,94! 8,10"),
  glyph(1, "10,10! 90,10! 88,50 50,96! 12,50 10,10"),
  glyph(1, "4,4! 96,4! 54,50! 96,96! 4,96! 46,50! 4,4"),
  glyph(1, "30,4! 70,4! 58,30! 84,70 70,96 30,96 16,70 42,30! 30,4"),
];

/**
 * Draws one closed outline that is not a digit: a sign of the list, an irregular shape of 5 to 7 straight sides, or one of
 * 3 to 5 sides that are all bent outwards or inwards. They have corners, where a zero is round.
 */
export function drawOutline(random: Random): Line[] {
  const kind = random.next();
  if (kind < 0.4) return writeByHand(turned(pick(OUTLINES, random), random), random, ROUNDED);
  const outline = kind < 0.7 ? straight(5 + random.int(3), random) : bent(3 + random.int(3), random);
  return writeByHand(outline, random, ROUNDED);
}

/** A glyph upright, lying on its side or upside down, mirrored or not. */
function turned({ weight, strokes }: Glyph, random: Random): Glyph {
  const quarters = random.int(4);
  const isMirrored = random.next() < 0.5;
  const turn = (knot: Knot): Knot => {
    let { x, y } = knot;
    for (let quarter = 0; quarter < quarters; quarter++) [x, y] = [100 - y, x];
    return { ...knot, x: isMirrored ? 100 - x : x, y };
  };
  return { weight, strokes: strokes.map((stroke) => ({ ...stroke, knots: stroke.knots.map(turn) })) };
}

function straight(sides: number, random: Random): Glyph {
  return closed(corners(sides, 0.45, random));
}

function bent(sides: number, random: Random): Glyph {
  const bulge = (random.next() < 0.6 ? 0.5 / sides : -0.2) * (0.3 + 0.7 * random.next());
  const ends = corners(sides, 0.2, random);
  const knots = ends.flatMap((from, i) => {
    const to = ends[(i + 1) % ends.length]!;
    const middle = {
      x: (from.x + to.x) / 2 + bulge * (to.y - from.y),
      y: (from.y + to.y) / 2 - bulge * (to.x - from.x),
      isCorner: false,
    };
    return [from, middle];
  });
  return closed(knots);
}

/** Corners around (50, 50), clockwise. @param uneven how much the angles and distances differ, 0 to below 1. */
function corners(count: number, uneven: number, random: Random): Knot[] {
  const start = 2 * Math.PI * random.next();
  return Array.from({ length: count }, (_, i) => {
    const angle = start + (2 * Math.PI * (i + uneven * (random.next() - 0.5))) / count;
    const distance = 50 * (1 - uneven * random.next());
    return { x: 50 + distance * Math.cos(angle), y: 50 + distance * Math.sin(angle), isCorner: true };
  });
}

function closed(knots: readonly Knot[]): Glyph {
  const stroke: GlyphStroke = { knots: [...knots, knots[0]!], chance: 1 };
  return { weight: 1, strokes: [stroke] };
}
