import { expect, test } from "bun:test";
import fc from "fast-check";
import { FarthestFirst, type Point } from "../../src/labelling/farthest-first.ts";

const at = (id: string, ...features: number[]): Point => ({ id, features: Float32Array.from(features) });

function traversal(points: readonly Point[], covered: readonly number[][], start = 0) {
  const order = new FarthestFirst(points, start);
  for (const features of covered) order.cover(Float32Array.from(features));
  const picked: { id: string; distance: number }[] = [];
  for (let next = order.pick(); next !== null; next = order.pick()) picked.push(next);
  return picked;
}

test("points 1, 4, 9 and 10 on a line, with 0 labelled: 10, then 4 (4 from 0), then 1, then 9", () => {
  const points = [at("a", 1), at("b", 4), at("c", 9), at("d", 10)];
  expect(traversal(points, [[0]])).toEqual([
    { id: "d", distance: 10 },
    { id: "b", distance: 4 },
    { id: "a", distance: 1 },
    { id: "c", distance: 1 },
  ]);
});

test("the first is chosen by the start when nothing is labelled", () => {
  const points = [at("a", 0), at("b", 5), at("c", 6)];
  expect(traversal(points, [], 0).map(({ id }) => id)).toEqual(["a", "c", "b"]);
  expect(traversal(points, [], 0.4).map(({ id }) => id)).toEqual(["b", "a", "c"]);
  expect(traversal(points, [], 0.999)[0]!.id).toBe("c");
});

test("no point and one point", () => {
  expect(traversal([], [])).toEqual([]);
  expect(traversal([], [[0]])).toEqual([]);
  expect(traversal([at("a", 3)], [[0]])).toEqual([{ id: "a", distance: 3 }]);
});

test("of identical points, each is picked once, by its id", () => {
  const points = [at("c", 1, 1), at("a", 1, 1), at("b", 1, 1)];
  expect(traversal(points, [[1, 1]]).map(({ id }) => id)).toEqual(["a", "b", "c"]);
});

const POINTS = fc
  .array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
    minLength: 2,
    maxLength: 20,
  })
  .map((all) => all.map(([x, y], n) => at(String(n).padStart(2, "0"), x, y)));

test("the order of the points does not matter, every point comes once, and the distances never increase", () => {
  fc.assert(
    fc.property(POINTS, (points) => {
      const picked = traversal(points, [[0, 0]]);
      expect(traversal(points.toReversed(), [[0, 0]])).toEqual(picked);
      expect(new Set(picked.map(({ id }) => id)).size).toBe(points.length);
      for (const [n, { distance }] of picked.entries())
        expect(distance).toBeLessThanOrEqual(picked[n - 1]?.distance ?? Number.POSITIVE_INFINITY);
    }),
  );
});
