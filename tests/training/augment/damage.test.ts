import { describe, expect, test } from "bun:test";
import { createRandom } from "../../../src/lib/random.ts";
import { augmentInto } from "../../../src/training/augment/augment.ts";
import { type AugmentationParams, withoutDamage } from "../../../src/training/augment/augmentation-params.ts";
import { dropBlots } from "../../../src/training/augment/drop-blots.ts";
import { invertMargins } from "../../../src/training/augment/invert-margins.ts";
import { keepEdges } from "../../../src/training/augment/keep-edges.ts";
import { affine, shiftFar } from "../../../src/training/augment/warp.ts";

const still: AugmentationParams = { rotate_deg: 0, shift_px: 0, scale: 0, shear: 0 };
const at = (image: Float32Array, cols: number, y: number, x: number) => image[y * cols + x] ?? 0;

/** An image of random ink. */
function speckled(rows: number, cols: number, seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: rows * cols }, () => random.next());
}

describe("keepEdges()", () => {
  test("leaves the border of a block of ink, and nothing of a blank image", () => {
    const image = new Float32Array(6 * 5);
    for (let y = 1; y < 5; y++) for (let x = 1; x < 4; x++) image[y * 5 + x] = 0.9;
    keepEdges(image, 6, 5);
    const rows = Array.from({ length: 6 }, (_, y) => image.subarray(y * 5, y * 5 + 5).join(""));
    expect(rows).toEqual(["00000", "01110", "01010", "01010", "01110", "00000"]);
    const blank = new Float32Array(30);
    keepEdges(blank, 6, 5);
    expect(Math.max(...blank)).toBe(0);
  });

  test.each([
    [1, 1],
    [1, 7],
    [9, 1],
    [28, 28],
    [13, 6],
  ])("is the ink without its erosion by a cross, on %i x %i pixels", (rows, cols) => {
    const image = speckled(rows, cols, rows + cols);
    const expected = new Float32Array(rows * cols);
    const isInk = (y: number, x: number) =>
      y >= 0 && x >= 0 && y < rows && x < cols && at(image, cols, y, x) > 0.5;
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < cols; x++) {
        const isCovered = isInk(y - 1, x) && isInk(y + 1, x) && isInk(y, x - 1) && isInk(y, x + 1);
        expected[y * cols + x] = isInk(y, x) && !isCovered ? 1 : 0;
      }
    }
    keepEdges(image, rows, cols);
    expect(image).toEqual(expected);
  });
});

describe("invertMargins()", () => {
  test("inverts whole rows and columns along the sides, at most 30 % of a side wide, and leaves the middle", () => {
    let inverted = 0;
    for (let seed = 0; seed < 100; seed++) {
      const image = speckled(28, 20, seed);
      const before = image.slice();
      invertMargins(image, 28, 20, createRandom(seed));
      const isInverted = (y: number, x: number) => at(image, 20, y, x) !== at(before, 20, y, x);
      for (let y = 0; y < 28; y++) {
        for (let x = 0; x < 20; x++) {
          const isInMargin = isInverted(y, 10) || isInverted(14, x);
          expect(isInverted(y, x)).toBe(isInMargin);
          if (isInMargin) {
            inverted += 1;
            expect(at(image, 20, y, x)).toBeCloseTo(1 - at(before, 20, y, x), 6);
            expect(x < 6 || x >= 14 || y < 8 || y >= 20).toBe(true);
          }
        }
      }
      expect(image).not.toEqual(before);
    }
    expect(inverted).toBeGreaterThan(100 * 28);
  });
});

describe("dropBlots()", () => {
  test("makes round spots of ink or blank, and leaves the rest of a grey image grey", () => {
    let hasInk = false;
    let hasBlank = false;
    for (let seed = 0; seed < 50; seed++) {
      const image = new Float32Array(28 * 28).fill(0.5);
      dropBlots(image, 28, 28, createRandom(seed));
      expect(image.every((value) => value >= 0 && value <= 1)).toBe(true);
      // At most 10 blots of at most 2.7 px with the soft edge.
      expect(image.filter((value) => value !== 0.5).length).toBeLessThanOrEqual(10 * Math.PI * 2.7 ** 2 + 40);
      hasInk ||= image.some((value) => value > 0.9);
      hasBlank ||= image.some((value) => value < 0.1);
    }
    expect([hasInk, hasBlank]).toEqual([true, true]);
  });

  test("stays inside an image that is smaller than a blot", () => {
    const image = new Float32Array(2);
    for (let seed = 0; seed < 50; seed++) dropBlots(image, 1, 2, createRandom(seed));
    expect(image.every((value) => value >= 0 && value <= 1)).toBe(true);
  });
});

test("shiftFar() moves the source by at most a quarter of each side, in all directions", () => {
  const moves = Array.from({ length: 200 }, (_, seed) => {
    const source = affine(still, 28, 40, createRandom(seed));
    const { x0, y0 } = source;
    shiftFar(source, 28, 40, createRandom(seed));
    return [source.x0 - x0, source.y0 - y0] as const;
  });
  for (const [x, y] of moves) {
    expect(Math.abs(x)).toBeLessThanOrEqual(10);
    expect(Math.abs(y)).toBeLessThanOrEqual(7);
  }
  for (const axis of [0, 1] as const) {
    expect(Math.min(...moves.map((move) => move[axis]))).toBeLessThan(-5);
    expect(Math.max(...moves.map((move) => move[axis]))).toBeGreaterThan(5);
  }
});

test("withoutDamage() keeps what other hands do: the view has neither noise nor a shifted digit", () => {
  const damaged = { ...still, stroke_width: 0.5, noise: 1, lines: 1, far: 1, edges: 1, blots: 1, margins: 1 };
  expect(withoutDamage(damaged)).toEqual({ ...still, stroke_width: 0.5 });
  expect(withoutDamage(null)).toBeNull();
  const image = Uint8Array.from({ length: 784 }, (_, i) => (i % 28 === 14 ? 255 : 0));
  const view = new Float32Array(784);
  augmentInto(image, 28, 28, withoutDamage({ ...damaged, stroke_width: 0 }), createRandom(1), view, 0);
  expect(view).toEqual(Float32Array.from(image, (value) => value / 255));
});
