import { expect, test } from "bun:test";
import { createRandom, type Random } from "../../../../src/lib/random.ts";
import { isInside } from "../../../../views/assets/map/polygon.ts";
import type { Point } from "../../../../views/assets/map/viewport.ts";

/** Half a turn or more around the corners: the winding number, by the angles under which each side is seen. */
function turnsAround(point: Point, corners: readonly Point[]): number {
  const angles = corners.map(({ x, y }) => Math.atan2(y - point.y, x - point.x));
  const turns = angles.map((angle, i) => {
    const by = angles[(i + 1) % angles.length]! - angle;
    return by > Math.PI ? by - 2 * Math.PI : by < -Math.PI ? by + 2 * Math.PI : by;
  });
  return Math.round(turns.reduce((sum, by) => sum + by, 0) / (2 * Math.PI));
}

const place = (random: Random): Point => ({ x: random.next(), y: random.next() });

test("isInside() agrees with the parity of the winding number for 200 random polygons, also crossed ones, and 50 points each", () => {
  const random = createRandom(7);
  let inside = 0;
  for (let n = 0; n < 200; n++) {
    const corners = Array.from({ length: 3 + random.int(9) }, () => place(random));
    for (let m = 0; m < 50; m++) {
      const point = place(random);
      const expected = Math.abs(turnsAround(point, corners)) % 2 === 1;
      if (expected) inside++;
      expect(isInside(point, corners)).toBe(expected);
    }
  }
  // Both answers have occurred often.
  expect(inside).toBeGreaterThan(1_000);
  expect(inside).toBeLessThan(9_000);
});

test("isInside() is the same wherever the line starts, and in whichever direction it is drawn", () => {
  const random = createRandom(8);
  for (let n = 0; n < 100; n++) {
    const corners = Array.from({ length: 3 + random.int(6) }, () => place(random));
    const point = place(random);
    const turned = [...corners.slice(2), ...corners.slice(0, 2)];
    expect(isInside(point, turned)).toBe(isInside(point, corners));
    expect(isInside(point, corners.toReversed())).toBe(isInside(point, corners));
  }
});

test("isInside() is false without an area", () => {
  const corner = { x: 0.5, y: 0.5 };
  for (const corners of [[], [corner], [corner, { x: 1, y: 1 }]])
    expect(isInside({ x: 0.6, y: 0.6 }, corners)).toBe(false);
});
