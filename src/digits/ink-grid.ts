import type { Path } from "./ink-box.ts";
import { INK_BOX_PX, PEN_PX, SUBPIXELS } from "./ink-scale.ts";

const SIDE = INK_BOX_PX * SUBPIXELS;
const RADIUS = (PEN_PX / 2) * SUBPIXELS;

/**
 * Returns the subpixels of the 20×20 px ink box that the pen covers: those whose centre is within half a pen width
 * of a path. Ends and joints are round. A path of one point is a dot.
 *
 * @returns uint8 [160, 160], row-major, 1 = ink.
 */
export function inkGrid(paths: readonly Path[]): Uint8Array {
  // Each span adds one where it starts and subtracts it where it ends; running sums then show which subpixels are
  // covered. The cost of a span does not depend on its length or on overlaps.
  const changes = new Int32Array(SIDE * (SIDE + 1));
  for (const path of paths) {
    if (path.length === 2) coverSegment(changes, path[0]!, path[1]!, path[0]!, path[1]!);
    for (let i = 2; i < path.length; i += 2) {
      coverSegment(changes, path[i - 2]!, path[i - 1]!, path[i]!, path[i + 1]!);
    }
  }
  const grid = new Uint8Array(SIDE * SIDE);
  for (let y = 0; y < SIDE; y++) {
    let depth = 0;
    for (let x = 0; x < SIDE; x++) {
      depth += changes[y * (SIDE + 1) + x]!;
      grid[y * SIDE + x] = depth > 0 ? 1 : 0;
    }
  }
  return grid;
}

/** Adds the capsule around a segment: one span per row of subpixels, because a capsule is convex. */
function coverSegment(changes: Int32Array, ax: number, ay: number, bx: number, by: number): void {
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
    if (begin >= end) continue;
    changes[row * (SIDE + 1) + begin]! += 1;
    changes[row * (SIDE + 1) + end]! -= 1;
  }
}
