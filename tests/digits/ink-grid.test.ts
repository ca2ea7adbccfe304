import { describe, expect, test } from "bun:test";
import { inkGrid, inkRuns } from "../../src/digits/ink-grid.ts";
import { createRandom } from "../../src/lib/random.ts";

const SIDE = 160;
const RADIUS = 9.6;

describe("inkGrid()", () => {
  const cases: [string, number[]][] = [
    ["a dot", [80, 80]],
    ["an upright line", [80, 20, 80, 140]],
    ["a level line", [150, 77.3, 10, 77.3]],
    ["a zigzag with sharp joints", [9.6, 9.6, 150, 40, 30, 90, 140, 150]],
    ["a step shorter than the pen", [60, 60, 61, 63]],
    ["a line along the border, cut there", [0, 0, 0, 160, 160, 160]],
  ];
  for (const [name, path] of cases) {
    test(`covers exactly the subpixels within half a pen of ${name}`, () => {
      expect(subpixels([path])).toEqual(reference([path]));
    });
  }

  test("covers exactly the subpixels within half a pen of 30 random drawings", () => {
    const random = createRandom(1);
    for (let n = 0; n < 30; n++) {
      const paths = Array.from({ length: 3 }, () =>
        Array.from({ length: 8 }, () => 9.6 + random.next() * 140.8),
      );
      expect(subpixels(paths)).toEqual(reference(paths));
    }
  });
});

describe("inkRuns()", () => {
  test("visits the set bits of each row in order, also at both ends of a word", () => {
    const grid = new Uint32Array(160 * 5);
    grid[0] = 0b1;
    grid[1] = -1;
    grid[2] = 0b101;
    grid[5 + 4] = 1 << 31;
    const runs: number[][] = [];
    inkRuns(grid, (...run) => void runs.push(run));
    expect(runs).toEqual([
      [0, 0, 1],
      [0, 32, 64],
      [0, 64, 65],
      [0, 66, 67],
      [1, 159, 160],
    ]);
  });
});

/** uint8 [160, 160], 1 = ink. */
function subpixels(paths: number[][]): Uint8Array {
  const grid = new Uint8Array(SIDE * SIDE);
  inkRuns(inkGrid(paths), (y, begin, end) => void grid.fill(1, y * SIDE + begin, y * SIDE + end));
  return grid;
}

/** Slow and plain: the distance of each subpixel's middle to each segment. */
function reference(paths: number[][]): Uint8Array {
  const grid = new Uint8Array(SIDE * SIDE);
  for (let i = 0; i < grid.length; i++) {
    const x = (i % SIDE) + 0.5;
    const y = Math.floor(i / SIDE) + 0.5;
    const isInk = paths.some((path) => {
      for (let p = 0; p < path.length; p += 2) {
        const q = p + 2 < path.length ? p + 2 : p;
        if (distance(x, y, path[p]!, path[p + 1]!, path[q]!, path[q + 1]!) <= RADIUS) return true;
      }
      return false;
    });
    grid[i] = isInk ? 1 : 0;
  }
  return grid;
}

function distance(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const length2 = (bx - ax) ** 2 + (by - ay) ** 2;
  const along = length2 === 0 ? 0 : ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2;
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
}
