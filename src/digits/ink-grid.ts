import type { Path } from "./ink-box.ts";
import { INK_BOX_PX, PEN_PX, SUBPIXELS } from "./ink-scale.ts";

const SIDE = INK_BOX_PX * SUBPIXELS;
const RADIUS = (PEN_PX / 2) * SUBPIXELS;

/** Number of 32-bit words in a row of the grid: one bit per subpixel. */
const ROW_WORDS = SIDE / 32;

/**
 * The subpixels of the 20×20 px ink box that the pen covers: those whose centre is within half a pen width of a path.
 * Ends and joints are round. A path of one point is a dot.
 *
 * @returns uint32 [160, 5]: row by row, one bit per subpixel, lowest bit first, 1 = ink; see `inkRuns`.
 */
export function inkGrid(paths: readonly Path[]): Uint32Array {
  const grid = new Uint32Array(SIDE * ROW_WORDS);
  for (const path of paths) {
    if (path.length === 2) coverSegment(grid, path[0]!, path[1]!, path[0]!, path[1]!);
    for (let i = 2; i < path.length; i += 2) {
      coverSegment(grid, path[i - 2]!, path[i - 1]!, path[i]!, path[i + 1]!);
    }
  }
  return grid;
}

/** Calls `visit` for every run of inked subpixels, [begin, end) of row y. A run may be split at a multiple of 32. */
export function inkRuns(grid: Uint32Array, visit: (y: number, begin: number, end: number) => void): void {
  for (let w = 0; w < grid.length; w++) {
    const y = Math.floor(w / ROW_WORDS);
    let word = grid[w]!;
    let x = (w % ROW_WORDS) * 32;
    while (word !== 0) {
      const gap = trailingZeros(word);
      word >>>= gap;
      x += gap;
      const length = trailingZeros(~word);
      visit(y, x, x + length);
      // A shift by 32 would be one by 0.
      word = length === 32 ? 0 : word >>> length;
      x += length;
    }
  }
}

/** The number of zero bits below the lowest set one; 32 when there is none. */
function trailingZeros(word: number): number {
  return word === 0 ? 32 : 31 - Math.clz32(word & -word);
}

/** Inks the subpixels [begin, end) of a row; `begin` is less than `end`. */
function coverSpan(grid: Uint32Array, row: number, begin: number, end: number): void {
  const first = row * ROW_WORDS + (begin >>> 5);
  const last = row * ROW_WORDS + ((end - 1) >>> 5);
  const fromBegin = -1 << (begin & 31);
  const toEnd = -1 >>> (31 - ((end - 1) & 31));
  if (first === last) {
    grid[first]! |= fromBegin & toEnd;
    return;
  }
  grid[first]! |= fromBegin;
  for (let w = first + 1; w < last; w++) grid[w] = -1;
  grid[last]! |= toEnd;
}

/** Inks the capsule around a segment: one span per row of subpixels, because a capsule is convex. */
function coverSegment(grid: Uint32Array, ax: number, ay: number, bx: number, by: number): void {
  const length = Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
  const ux = length === 0 ? 0 : (bx - ax) / length;
  const uy = length === 0 ? 0 : (by - ay) / length;
  const firstRow = Math.max(0, Math.ceil(Math.min(ay, by) - RADIUS - 0.5));
  const lastRow = Math.min(SIDE - 1, Math.floor(Math.max(ay, by) + RADIUS - 0.5));
  const slantX = ux / uy;
  const slantY = uy / ux;
  const halfWidth = Math.abs(RADIUS / uy);
  for (let row = firstRow; row <= lastRow; row++) {
    const y = row + 0.5;
    let left = Infinity;
    let right = -Infinity;
    // The round ends.
    const capA = RADIUS * RADIUS - (y - ay) * (y - ay);
    if (capA >= 0) {
      const half = Math.sqrt(capA);
      left = ax - half;
      right = ax + half;
    }
    const capB = RADIUS * RADIUS - (y - by) * (y - by);
    if (capB >= 0) {
      const half = Math.sqrt(capB);
      left = Math.min(left, bx - half);
      right = Math.max(right, bx + half);
    }
    // The straight part: at most a radius to the side of the segment, and between its ends.
    let from = -Infinity;
    let to = Infinity;
    if (uy !== 0) {
      const onLine = ax + (y - ay) * slantX;
      from = onLine - halfWidth;
      to = onLine + halfWidth;
    }
    if (ux !== 0) {
      const atA = ax - (y - ay) * slantY;
      const atB = bx - (y - by) * slantY;
      from = Math.max(from, Math.min(atA, atB));
      to = Math.min(to, Math.max(atA, atB));
    } else if (y < Math.min(ay, by) || y > Math.max(ay, by)) {
      to = -Infinity;
    }
    if (length > 0 && from <= to) {
      left = Math.min(left, from);
      right = Math.max(right, to);
    }
    const begin = Math.max(0, Math.ceil(left - 0.5));
    const end = Math.min(SIDE, Math.floor(right - 0.5) + 1);
    if (begin < end) coverSpan(grid, row, begin, end);
  }
}
