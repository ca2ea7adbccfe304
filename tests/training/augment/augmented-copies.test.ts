import { expect, test } from "bun:test";
import { viewsOf } from "../../../src/training/augment/augmented-copies.ts";
import { syntheticDigits } from "../synthetic.ts";

const set = syntheticDigits(6, 1);
const warps = { rotate_deg: 10, shift_px: 1, scale: 0.1, shear: 0.1 };
const PIXELS = 14 * 14;

test("viewsOf() returns the images themselves first, then augmented ones with the same labels", () => {
  const views = viewsOf(set, 3, warps, 5);
  expect(views.labels).toEqual(new Uint8Array([...set.labels, ...set.labels, ...set.labels]));
  expect(views.images.subarray(0, 6 * PIXELS)).toEqual(set.images);
  const part = (view: number) =>
    Buffer.from(views.images.subarray(view * 6 * PIXELS, (view + 1) * 6 * PIXELS));
  expect(part(1).equals(part(0))).toBe(false);
  expect(part(2).equals(part(1))).toBe(false);
});

test("viewsOf() returns the same views of an image in any set, and different ones for another seed", () => {
  const one = { ...set, images: set.images.slice(2 * PIXELS, 3 * PIXELS), labels: set.labels.slice(2, 3) };
  const alone = viewsOf(one, 2, warps, 5).images.subarray(PIXELS);
  const among = viewsOf(set, 2, warps, 5).images.subarray(8 * PIXELS, 9 * PIXELS);
  expect(alone).toEqual(among);
  expect(viewsOf(one, 2, warps, 6).images.subarray(PIXELS)).not.toEqual(among);
});
