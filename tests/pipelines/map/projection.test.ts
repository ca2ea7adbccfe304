import { expect, test } from "bun:test";
import { createRandom } from "../../../src/lib/random.ts";
import { nearestNeighbours } from "../../../src/pipelines/map/nearest-neighbours.ts";
import { projectDrawings } from "../../../src/pipelines/map/nodes.ts";
import { unitSquare } from "../../../src/pipelines/map/unit-square.ts";
import { cosineOf } from "../../../src/training/memory/cosine.ts";

const WIDTH = 12;

/** Rows around one of three directions, in turns. */
function features(n: number): Float32Array {
  const random = createRandom(4);
  return Float32Array.from({ length: n * WIDTH }, (_, at) => {
    const [row, column] = [Math.floor(at / WIDTH), at % WIDTH];
    return (column % 3 === row % 3 ? 1 : 0) + 0.1 * random.next();
  });
}

function inputs(n: number, seed = 1) {
  const ids = Array.from({ length: n }, (_, i) => String(i));
  return {
    map_features: {
      ...{ total: n, last_arrival: null, classes: ["0"], ids, features: features(n), width: WIDTH },
      ...{ predicted: ids.map(() => 0), confidence: ids.map(() => 1) },
    },
    ...{ map: { max_drawings: 100, neighbours: 8, min_distance: 1 }, seed },
  };
}

const context = (signal = new AbortController().signal, shares: number[] = []) => ({
  signal,
  progress: ({ progress }: Record<string, unknown>) => void shares.push(progress as number),
  log() {},
});

test("nearestNeighbours() finds what comparing and sorting all rows finds, itself first", async () => {
  const rows = features(40);
  const row = (i: number) => rows.subarray(i * WIDTH, (i + 1) * WIDTH);
  const { indices, distances } = await nearestNeighbours(rows, WIDTH, 6, async () => {});
  for (let i = 0; i < 40; i++) {
    const others = Array.from({ length: 40 }, (_, j) => j)
      .filter((j) => j !== i)
      .toSorted((a, b) => cosineOf(row(i), row(b)) - cosineOf(row(i), row(a)));
    expect(indices[i]).toEqual([i, ...others.slice(0, 5)]);
    expect(distances[i]![0]).toBe(0);
    expect(distances[i]![5]).toBeCloseTo(1 - cosineOf(row(i), row(others[4]!)), 5);
  }
});

test("nearestNeighbours() takes equal rows as near, and a row of zeros as far from all", async () => {
  const rows = Float32Array.from([1, 0, 1, 0, 0, 0, 2, 0]);
  const { indices, distances } = await nearestNeighbours(rows, 2, 3, async () => {});
  expect(indices[0]).toEqual([0, 1, 3]);
  expect(distances[0]).toEqual([0, 0, 0]);
  expect(distances[2]).toEqual([0, 1, 1]);
});

test("projectDrawings() gives the same places by the same seed, and others by another", async () => {
  const [one, two, other] = await Promise.all(
    [1, 1, 2].map((seed) => projectDrawings(inputs(60, seed), context())),
  );
  expect(one).toEqual(two!);
  expect(other!.x).not.toEqual(one!.x);
});

test("projectDrawings() puts what is alike together: the nearest point has the same direction for 95 % of 60", async () => {
  const { x, y } = await projectDrawings(inputs(60), context());
  const alike = x.filter((_, i) => {
    const distance = (j: number) =>
      j === i ? Number.POSITIVE_INFINITY : Math.hypot(x[i]! - x[j]!, y[i]! - y[j]!);
    const nearest = x.map((__, j) => j).reduce((a, b) => (distance(b) < distance(a) ? b : a));
    return nearest % 3 === i % 3;
  });
  expect(alike.length).toBeGreaterThanOrEqual(57);
  expect([...x, ...y].every((value) => value >= 0 && value <= 1)).toBe(true);
});

test("projectDrawings() works with as few as ten drawings, also when all are equal", async () => {
  expect((await projectDrawings(inputs(10), context())).x).toHaveLength(10);
  const equal = inputs(10);
  equal.map_features.features.fill(1);
  const { x, y } = await projectDrawings(equal, context());
  expect([...x, ...y].every(Number.isFinite)).toBe(true);
});

test("projectDrawings() reports growing shares, and stops when the run is cancelled", async () => {
  const shares: number[] = [];
  await projectDrawings(inputs(60), context(undefined, shares));
  expect(shares.length).toBeGreaterThan(20);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)!).toBeLessThanOrEqual(1);
  const controller = new AbortController();
  const stopped = projectDrawings(inputs(60), {
    ...context(controller.signal),
    progress: ({ progress }) => (progress as number) > 0.5 && controller.abort(new Error("cancelled")),
  });
  await expect(stopped).rejects.toThrow("cancelled");
});

test("unitSquare() keeps proportions, centres the shorter side, and puts a single place in the middle", () => {
  expect(
    unitSquare([
      [-2, 0],
      [2, 0],
      [0, 1],
      [0, -1],
    ]),
  ).toEqual({
    x: [0, 1, 0.5, 0.5],
    y: [0.5, 0.5, 0.75, 0.25],
  });
  expect(
    unitSquare([
      [3, 3],
      [3, 3],
    ]),
  ).toEqual({ x: [0.5, 0.5], y: [0.5, 0.5] });
});
