import type { Stroke } from "../domain/drawing.ts";
import { type Box, boxAround, boxOf, extentOf, gapBetween } from "./box.ts";

/** Strokes of at most this share of the longest stroke are small. */
const SMALL = 1 / 3;
/** No stroke counts as smaller than this share of all ink, so in a digit of dots no dot is small against another. */
const DOT = 1 / 50;
/** A gap of at least this share of the ink that is kept is far. The dot of an i is nearer, straight above its stem. */
const FAR = 3 / 4;
/** A gap below this share of all ink is not far: it is one step along a digit of dots and dashes. */
const STEP = 3 / 10;

/** The box of a stroke, with the stroke's index in the drawing. */
interface Placed {
  index: number;
  box: Box;
}

/**
 * Finds the strokes that are not part of what was drawn: a tap, the side of a hand, the dot of a ruler. They are
 * small against the longest stroke, and far from all other ink. Everything else stays, at any distance: strokes of
 * comparable size, and small ones that are near the rest or lead to it in short steps.
 *
 * Only the ratios of sizes and gaps matter, so the result is the same at any size and position.
 *
 * @returns the indices of the stray strokes, ascending; never all strokes that have points.
 */
export function strayStrokes(strokes: readonly Stroke[]): number[] {
  let placed = strokes
    .map((stroke, index): Placed => ({ index, box: boxOf([stroke]) }))
    .filter(({ index }) => strokes[index]!.length > 0);
  const stray: number[] = [];
  // Without one stray stroke, the ink is smaller and another one is far in it.
  for (let found = strayOf(placed); found.length > 0; found = strayOf(placed)) {
    stray.push(...found.map(({ index }) => index));
    placed = placed.filter((each) => !found.includes(each));
  }
  return stray.sort((a, b) => a - b);
}

/** Returns the drawing's strokes without the stray ones. */
export function withoutStray(strokes: readonly Stroke[]): readonly Stroke[] {
  const stray = new Set(strayStrokes(strokes));
  return stray.size === 0 ? strokes : strokes.filter((_, index) => !stray.has(index));
}

/** Starts with the strokes that are not small, and adds small ones until all that are left are far. */
function strayOf(placed: readonly Placed[]): readonly Placed[] {
  const all = extentOf(boxAround(placed.map(({ box }) => box)));
  const longest = Math.max(...placed.map(({ box }) => extentOf(box)));
  const isSmall = ({ box }: Placed) => Math.max(extentOf(box), DOT * all) <= SMALL * longest;
  const large = placed.filter((each) => !isSmall(each));
  let rest = placed.filter(isSmall);
  // Dots on the same place.
  if (large.length === 0) return [];
  let kept = boxAround(large.map(({ box }) => box));
  while (rest.length > 0) {
    const far = Math.max(FAR * extentOf(kept), STEP * all);
    const near = rest.filter(({ box }) => gapBetween(box, kept) < far);
    if (near.length === 0) break;
    kept = boxAround([kept, ...near.map(({ box }) => box)]);
    rest = rest.filter((each) => !near.includes(each));
  }
  return rest;
}
