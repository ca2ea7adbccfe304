import { expect, test } from "bun:test";
import { createRandom, type Random } from "../../../src/lib/random.ts";
import { changeStrokeWidth } from "../../../src/training/augment/stroke-width.ts";

const drawing = (...values: number[]): Random => ({ ...createRandom(0), next: () => values.shift()! });

function changed(image: number[][], random: Random): number[][] {
  const flat = Float32Array.from(image.flat());
  changeStrokeWidth(flat, image.length, image[0]!.length, random);
  const cols = image[0]!.length;
  return image.map((_, y) =>
    [...flat.subarray(y * cols, (y + 1) * cols)].map((v) => Math.round(v * 100) / 100),
  );
}

test("changeStrokeWidth() moves pixels part of the way to their neighbours' maximum when thicker", () => {
  const dot = [
    [0, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 0, 0],
  ];
  expect(changed(dot, drawing(0, 0.5))).toEqual([
    [0.4, 0.4, 0.4, 0],
    [0.4, 1, 0.4, 0],
    [0.4, 0.4, 0.4, 0],
  ]);
});

test("changeStrokeWidth() moves pixels part of the way to their neighbours' minimum when thinner", () => {
  const bar = [
    [0, 0, 0, 0, 0],
    [1, 1, 1, 1, 1],
    [1, 1, 1, 1, 1],
    [1, 1, 1, 1, 1],
  ];
  // Outside counts as the nearest pixel: only the row next to the blank one gets thinner.
  expect(changed(bar, drawing(0.9, 0.5))).toEqual([
    [0, 0, 0, 0, 0],
    [0.7, 0.7, 0.7, 0.7, 0.7],
    [1, 1, 1, 1, 1],
    [1, 1, 1, 1, 1],
  ]);
});
