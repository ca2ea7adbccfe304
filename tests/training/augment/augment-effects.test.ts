import { describe, expect, test } from "bun:test";
import { createRandom } from "../../../src/lib/random.ts";
import { augmentInto } from "../../../src/training/augment/augment.ts";
import type { AugmentationParams } from "../../../src/training/augment/augmentation-params.ts";
import { disturb } from "../../../src/training/augment/disturb.ts";
import { drawLine } from "../../../src/training/augment/draw-line.ts";
import { elastic } from "../../../src/training/augment/warp.ts";

const SIDE = 28;
const none: AugmentationParams = { rotate_deg: 0, shift_px: 0, scale: 0, shear: 0 };
/** A bar of 4 px, upright. */
const bar = Uint8Array.from({ length: SIDE * SIDE }, (_, i) => (i % SIDE >= 12 && i % SIDE < 16 ? 255 : 0));

function augmented(params: Partial<AugmentationParams>, seed: number): Float32Array {
  const out = new Float32Array(SIDE * SIDE);
  augmentInto(bar, SIDE, SIDE, { ...none, ...params }, createRandom(seed), out, 0);
  return out;
}

const CHANGES = ["elastic_px", "stroke_width", "noise", "lines", "far", "blots", "margins"] as const;

describe.each(CHANGES)("augmentInto() with %s", (name) => {
  test("changes images within 0..1, depending on the seed; 0 leaves them unchanged", () => {
    const original = Float32Array.from(bar, (value) => value / 255);
    expect(augmented({ [name]: 0 }, 3)).toEqual(original);
    const once = augmented({ [name]: 1 }, 3);
    expect(once).toEqual(augmented({ [name]: 1 }, 3));
    expect(once).not.toEqual(augmented({ [name]: 1 }, 4));
    for (let seed = 0; seed < 20; seed++) {
      const image = augmented({ [name]: 1 }, seed);
      expect(image.every((value) => value >= 0 && value <= 1)).toBe(true);
    }
  });
});

test("a parameter of one half changes about half of the images", () => {
  const original = augmented({}, 1);
  let changed = 0;
  for (let seed = 0; seed < 400; seed++) {
    if (augmented({ stroke_width: 0.5 }, seed).some((value, i) => value !== original[i])) changed += 1;
  }
  expect(Math.abs(changed - 200)).toBeLessThan(60);
});

test("elastic() bends smoothly: neighbours' moves differ by at most 0.4 of the greatest move", () => {
  for (let seed = 0; seed < 10; seed++) {
    const { dx } = elastic(2, SIDE, SIDE, createRandom(seed));
    const most = Math.max(...dx.map(Math.abs));
    for (let i = 1; i < dx.length; i++) {
      if (i % SIDE !== 0) expect(Math.abs(dx[i]! - dx[i - 1]!)).toBeLessThanOrEqual(0.4 * most + 1e-6);
    }
  }
});

test("drawLine() changes a band of at most 3 px and a soft edge, and leaves the rest", () => {
  for (let seed = 0; seed < 40; seed++) {
    const image = new Float32Array(SIDE * SIDE).fill(0.5);
    drawLine(image, SIDE, SIDE, createRandom(seed));
    const changed = image.filter((value) => value !== 0.5).length;
    expect(changed).toBeGreaterThan(0);
    // A band of w px in a square of 28 covers at most w times its diagonal, about 40.
    expect(changed).toBeLessThan(40 * 5);
  }
});

test("disturb() brightens a blank image now and then, and keeps values within 0..1", () => {
  const means = Array.from({ length: 60 }, (_, seed) => {
    const image = new Float32Array(SIDE * SIDE);
    disturb(image, SIDE, SIDE, createRandom(seed));
    expect(image.every((value) => value >= 0 && value <= 1)).toBe(true);
    return image.reduce((a, b) => a + b, 0) / image.length;
  });
  expect(means.filter((mean) => mean > 0.1).length).toBeGreaterThan(10);
  expect(means.filter((mean) => mean === 0).length).toBeGreaterThan(3);
});
