import { describe, expect, test } from "bun:test";
import { createRandom, type Random } from "../../../src/lib/random.ts";
import { augmentInto } from "../../../src/training/augment/augment.ts";
import type { AugmentationParams } from "../../../src/training/augment/augmentation-params.ts";

const none: AugmentationParams = { rotate_deg: 0, shift_px: 0, scale: 0, shear: 0 };

/** Draws in this order: angle, scale x, scale y, shear, shift x, shift y. -1 and 1 are the ends of the range. */
function drawing(...amounts: number[]): Random {
  const values = amounts.map((amount) => (amount + 1) / 2);
  return { ...createRandom(0), next: () => values.shift()! };
}

function augment(image: number[][], params: AugmentationParams | null, random: Random): number[][] {
  const rows = image.length;
  const cols = image[0]!.length;
  const out = new Float32Array(rows * cols + 2).fill(-1);
  augmentInto(Uint8Array.from(image.flat()), rows, cols, params, random, out, 1);
  expect([out[0], out.at(-1)]).toEqual([-1, -1]);
  return image.map((_, y) =>
    [...out.subarray(1 + y * cols, 1 + (y + 1) * cols)].map((v) => Math.round(v * 255) + 0),
  );
}

const arrow = [
  [0, 0, 9, 0, 0],
  [0, 0, 9, 5, 0],
  [7, 7, 9, 7, 3],
  [0, 0, 9, 0, 0],
  [0, 0, 9, 0, 0],
];

describe("augmentInto()", () => {
  test("copies the image, as 0..1, without parameters or when all of them are 0", () => {
    expect(augment(arrow, null, createRandom(1))).toEqual(arrow);
    expect(augment(arrow, none, createRandom(1))).toEqual(arrow);
  });

  test("moves the image right and down by the whole shift, and blank comes in", () => {
    const moved = augment(arrow, { ...none, shift_px: 1 }, drawing(0, 0, 0, 0, 1, 1));
    expect(moved).toEqual([
      [0, 0, 0, 0, 0],
      [0, 0, 0, 9, 0],
      [0, 0, 0, 9, 5],
      [0, 7, 7, 9, 7],
      [0, 0, 0, 9, 0],
    ]);
  });

  test("weights neighbours by nearness: half a pixel to the right gives their means", () => {
    const moved = augment([[0, 100, 200, 0]], { ...none, shift_px: 0.5 }, drawing(0, 0, 0, 0, 1, 0));
    expect(moved).toEqual([[0, 50, 150, 100]]);
  });

  test("rotates clockwise about the centre: by 90 degrees the top row becomes the right column", () => {
    const turned = augment(arrow, { ...none, rotate_deg: 90 }, drawing(1, 0, 0, 0, 0, 0));
    const expected = arrow.map((_, y) => arrow.map((_, x) => arrow[4 - x]![y]!));
    expect(turned).toEqual(expected);
  });

  test("scales each axis separately: twice as wide, equally high", () => {
    const stretched = augment(arrow, { ...none, scale: 1 }, drawing(0, 1, 0, 0, 0, 0));
    expect(stretched[0]).toEqual([0, 5, 9, 5, 0]);
    expect(stretched.map((row) => row[2])).toEqual([9, 9, 9, 9, 9]);
  });

  test("shears: with shear 1 each row is a pixel further than the one above it", () => {
    const line = arrow.map(() => [0, 0, 8, 0, 0]);
    const slanted = augment(line, { ...none, shear: 1 }, drawing(0, 0, 0, 1, 0, 0));
    const columns = slanted.map((row) => row.indexOf(8));
    expect(columns.map((x) => Math.abs(x - columns[2]!))).toEqual([2, 1, 0, 1, 2]);
    expect(new Set(columns).size).toBe(5);
  });

  test("depends only on the seed", () => {
    const params = { rotate_deg: 10, shift_px: 1, scale: 0.1, shear: 0.1 };
    const big = arrow.map((row) => row.map((value) => value * 20));
    expect(augment(big, params, createRandom(5))).toEqual(augment(big, params, createRandom(5)));
    expect(augment(big, params, createRandom(5))).not.toEqual(augment(big, params, createRandom(6)));
  });
});
