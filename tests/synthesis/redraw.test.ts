import { expect, test } from "bun:test";
import { rasterise } from "../../src/digits/rasterise.ts";
import type { Point } from "../../src/domain/drawing.ts";
import { createRandom } from "../../src/lib/random.ts";
import { drawDigit } from "../../src/synthesis/draw-digit.ts";
import { middleLines, redrawn } from "../../src/synthesis/redraw.ts";
import { changeStrokeWidth } from "../../src/training/augment/stroke-width.ts";

const SIDE = 28;

/** Correlation of two images, -1 to 1. */
function similarity(a: Uint8Array, b: Uint8Array): number {
  const mean = (image: Uint8Array) => image.reduce((sum, value) => sum + value, 0) / image.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [product, squareA, squareB] = [0, 0, 0];
  a.forEach((value, i) => {
    product += (value - meanA) * (b[i]! - meanB);
    squareA += (value - meanA) ** 2;
    squareB += (b[i]! - meanB) ** 2;
  });
  return product / Math.sqrt(squareA * squareB);
}

function digitImage(digit: number, seed: number): Uint8Array {
  const strokes = drawDigit(digit, createRandom(seed)).map((line) => {
    const points: Point[] = [];
    for (let i = 0; i < line.length; i += 2) points.push([line[i]!, line[i + 1]!]);
    return points;
  });
  return rasterise({ strokes, width: 0, height: 0 });
}

const setOf = (image: Uint8Array) => ({ rows: SIDE, cols: SIDE, images: image, labels: new Uint8Array([3]) });

test("redrawn() gives drawings of the page back almost unchanged: correlation above 0.85 on average", () => {
  let sum = 0;
  for (let digit = 0; digit < 10; digit++) {
    for (let seed = 0; seed < 10; seed++) {
      const image = digitImage(digit, seed);
      const before = image.slice();
      sum += similarity(redrawn(setOf(image)).images, image);
      expect(image).toEqual(before);
    }
  }
  expect(sum / 100).toBeGreaterThan(0.85);
});

test("redrawn() makes thick and thin strokes alike: their ink differs by less than 15 %, where it was a third", () => {
  const ink = (image: Uint8Array) => image.reduce((sum, value) => sum + value, 0);
  let [before, after] = [0, 0];
  for (let digit = 0; digit < 10; digit++) {
    const image = digitImage(digit, 50 + digit);
    const thick = Float32Array.from(image, (value) => value / 255);
    const draws = [0, 1];
    changeStrokeWidth(thick, SIDE, SIDE, { ...createRandom(1), next: () => draws.shift()! });
    const thicker = Uint8Array.from(thick, (value) => Math.round(255 * value));
    before += ink(thicker) / ink(image);
    after += ink(redrawn(setOf(thicker)).images) / ink(redrawn(setOf(image)).images);
  }
  expect(before / 10).toBeGreaterThan(1.33);
  expect(Math.abs(after / 10 - 1)).toBeLessThan(0.15);
});

test("redrawn() leaves an image without lines as it is, blank or with one speck; labels stay", () => {
  const speck = new Uint8Array(SIDE * SIDE);
  expect(redrawn(setOf(speck)).images).toEqual(speck);
  speck[10 * SIDE + 10] = 255;
  expect(redrawn(setOf(speck))).toEqual(setOf(speck));
});

test("middleLines() of a bar of any width lie on its middle, within half a pixel of the enlarged image", () => {
  for (const width of [1, 3, 5]) {
    const image = new Uint8Array(SIDE * SIDE);
    for (let y = 5; y < 23; y++) for (let x = 10; x < 10 + width; x++) image[y * SIDE + x] = 255;
    const points = middleLines(image, SIDE, SIDE).flat();
    // Pixel x covers 2x to 2x + 1 of the enlarged image, which begins with a blank column.
    const middle = 2 * (10 + width / 2) + 0.5;
    const inside = points.filter(([, y]) => y > 18 && y < 40);
    expect(inside.length).toBeGreaterThan(10);
    for (const [x] of inside) expect(Math.abs(x - middle)).toBeLessThanOrEqual(0.51);
  }
});
