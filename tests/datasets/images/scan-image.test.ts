import { describe, expect, test } from "bun:test";
import { encode } from "fast-png";
import { readScan } from "../../../src/datasets/images/scan-image.ts";
import { rasterise } from "../../../src/digits/rasterise.ts";
import { drawingOf } from "../../support/digit-strokes.ts";

const SIZES = [
  [40, 40],
  [28, 28],
  [37, 91],
  [113, 29],
] as const;

/** @param at the grey of a pixel. */
function png(width: number, height: number, at: (x: number, y: number) => number) {
  const data = Uint8Array.from({ length: width * height }, (_, i) => at(i % width, Math.floor(i / width)));
  return encode({ width, height, channels: 1, depth: 8, data });
}

/** An upright bar in the middle, as far from the sides as from top and bottom. */
const isBar = (width: number, height: number) => (x: number, y: number) =>
  Math.abs(x - width / 2) < width / 10 && Math.abs(y - height / 2) < height / 4;

describe.each(SIZES)("an image of %d x %d px", (width, height) => {
  test.each([0, 15, 128, 240, 255])("that is all %d has no ink", async (grey) => {
    const { pixels } = await readScan(png(width, height, () => grey));
    expect(pixels).toEqual(new Uint8Array(784));
  });

  test("of noisy paper has no ink", async () => {
    const { pixels } = await readScan(png(width, height, (x, y) => 235 + ((7 * x + 3 * y) % 11)));
    expect(pixels).toEqual(new Uint8Array(784));
  });

  test.each([240, 200])("on paper of %d is as on pure paper", async (paper) => {
    const bar = isBar(width, height);
    const [grey, pure] = await Promise.all(
      [paper, 255].map((ground) => readScan(png(width, height, (x, y) => (bar(x, y) ? 0 : ground)))),
    );
    expect(grey).toEqual(pure!);
    expect(grey!.isInverted).toBe(true);
    expect(Math.max(...grey!.pixels)).toBe(255);
    expect(grey!.pixels.filter((value) => value === 0).length).toBeGreaterThan(392);
  });

  test("on noisy paper has no ink beside its own", async () => {
    const bar = isBar(width, height);
    const { pixels } = await readScan(
      png(width, height, (x, y) => (bar(x, y) ? 10 : 238 + ((x + 2 * y) % 5))),
    );
    const pure = await readScan(png(width, height, (x, y) => (bar(x, y) ? 0 : 255)));
    expect(pixels.map((value) => Number(value > 0))).toEqual(pure.pixels.map((value) => Number(value > 0)));
  });
});

test.each([0, 1, 4, 7, 8])("a %d of MNIST's form is taken as it is, to the level", async (digit) => {
  const image = rasterise(drawingOf(digit, 3));
  const { pixels } = await readScan(png(28, 28, (x, y) => image[y * 28 + x]!));
  expect(pixels).toEqual(image);
  const { pixels: inverted } = await readScan(png(28, 28, (x, y) => 255 - image[y * 28 + x]!));
  expect(inverted).toEqual(image);
});
