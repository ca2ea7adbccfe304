import type { Point } from "./viewport.ts";

/**
 * Whether a point is inside a closed polygon, by the even-odd rule: a ray to the right crosses its border an odd number of
 * times. The last corner is joined to the first. A point on the border may be either.
 */
export function isInside({ x, y }: Point, corners: readonly Point[]): boolean {
  let isIn = false;
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
    const [a, b] = [corners[i]!, corners[j]!];
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) isIn = !isIn;
  }
  return isIn;
}
