import { describe, expect, test } from "bun:test";
import type { ImageSet } from "../../../src/domain/image-set.ts";
import { createRandom } from "../../../src/lib/random.ts";
import { Sampler } from "../../../src/training/fit/sampler.ts";

/** n images of 1 x 2 px; image i is [i, i + 100], its label is i % 3. */
const set = (n: number): ImageSet => ({
  rows: 1,
  cols: 2,
  images: Uint8Array.from({ length: 2 * n }, (_, i) => Math.floor(i / 2) + 100 * (i % 2)),
  labels: Uint8Array.from({ length: n }, (_, i) => i % 3),
});

describe("Sampler", () => {
  test("epoch() returns every image of a whole set once, in a different order each time", () => {
    const sampler = new Sampler([{ set: set(40), count: 40 }], createRandom(1));
    const first = sampler.epoch(1);
    expect([...first].sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i));
    expect(sampler.epoch(2)).not.toEqual(first);
    expect(sampler.epoch(1)).toEqual(first);
  });

  test("epoch() uses all of one set, and draws the given number from another again each time, without repetition", () => {
    const portions = [
      { set: set(5), count: 5 },
      { set: set(100), count: 20 },
    ];
    const sampler = new Sampler(portions, createRandom(2));
    const epochs = [1, 2].map((epoch) => [...sampler.epoch(epoch)]);
    for (const indices of epochs) {
      expect(indices).toHaveLength(25);
      expect(new Set(indices).size).toBe(25);
      expect(indices.filter((index) => index < 5)).toHaveLength(5);
    }
    const drawn = epochs.map((indices) => indices.filter((index) => index >= 5).sort((a, b) => a - b));
    expect(drawn[0]).not.toEqual(drawn[1]);
    // Mixed, not one complete set after the first.
    expect(epochs[0]!.slice(0, 5).every((index) => index < 5)).toBe(false);
  });

  test("uses at most the images that a set has", () => {
    expect(new Sampler([{ set: set(3), count: 10 }], createRandom(1)).size).toBe(3);
  });

  test("image() and label() count through the sets in order", () => {
    const sampler = new Sampler(
      [
        { set: set(2), count: 2 },
        { set: set(9), count: 9 },
      ],
      createRandom(1),
    );
    expect([...sampler.image(1)]).toEqual([1, 101]);
    expect([...sampler.image(2)]).toEqual([0, 100]);
    expect([...sampler.image(10)]).toEqual([8, 108]);
    expect([sampler.label(1), sampler.label(2), sampler.label(10)]).toEqual([1, 0, 2]);
    expect(() => sampler.image(11)).toThrow(RangeError);
  });

  test("epoch() uses the views of a portion in turn, each image once per epoch", () => {
    const sampler = new Sampler(
      [
        { set: set(6), count: 2, views: 3 },
        { set: set(4), count: 4 },
      ],
      createRandom(1),
    );
    const seen = [1, 2, 3, 4].map((epoch) => [...sampler.epoch(epoch)].sort((a, b) => a - b));
    expect(seen).toEqual([
      [0, 1, 6, 7, 8, 9],
      [2, 3, 6, 7, 8, 9],
      [4, 5, 6, 7, 8, 9],
      [0, 1, 6, 7, 8, 9],
    ]);
  });
});
