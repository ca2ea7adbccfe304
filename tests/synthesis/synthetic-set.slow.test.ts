import { describe, expect, test } from "bun:test";
import { NO_CLASS } from "../../src/domain/image-set.ts";
import { alphabetStyles } from "../../src/synthesis/alphabet-styles.ts";
import { DIGIT_STYLES } from "../../src/synthesis/digit-styles.ts";
import { syntheticDigits, syntheticLetters, syntheticNegatives } from "../../src/synthesis/synthetic-set.ts";

const CLASSES = [..."0123456789"];

/** How far two images are from each other: the mean difference of their pixels. */
function difference(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
}
function addTo(sum: Float64Array, image: Uint8Array): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += image[i]! / 80;
}
const image = (set: { images: Uint8Array }, n: number) => set.images.subarray(n * 784, (n + 1) * 784);

describe("syntheticDigits()", () => {
  test("shows the classes in turn, as images of 28x28 with ink", () => {
    const set = syntheticDigits(30, CLASSES, 1);
    expect([...set.labels]).toEqual(Array.from({ length: 30 }, (_, n) => n % 10));
    expect([set.rows, set.cols, set.images.length]).toEqual([28, 28, 30 * 784]);
    for (let n = 0; n < 30; n++) expect(Math.max(...image(set, n))).toBe(255);
  });

  test("is decided by the seed, and a longer set begins with the shorter one", () => {
    const set = syntheticDigits(20, CLASSES, 1);
    expect(syntheticDigits(40, CLASSES, 1).images.subarray(0, 20 * 784)).toEqual(set.images);
    expect(syntheticDigits(20, CLASSES, 2).images).not.toEqual(set.images);
  });

  test("labels digits by their place in the list of classes, whatever else is in it", () => {
    expect([...syntheticDigits(4, ["a", "7", "b", "2"], 1).labels]).toEqual([1, 3, 1, 3]);
    // The zero: as dark in the middle of its ring as outside it, unlike the one.
    const ones = syntheticDigits(20, ["1"], 3);
    const zeros = syntheticDigits(20, ["0"], 3);
    const ink = (set: { images: Uint8Array }) => set.images.reduce((a, b) => a + b, 0);
    expect(ink(zeros)).toBeGreaterThan(1.3 * ink(ones));
  });

  test("is empty when no class is a digit, or none is requested", () => {
    expect(syntheticDigits(9, ["a", "b", "10"], 1).labels.length).toBe(0);
    expect(syntheticDigits(0, CLASSES, 1).images.length).toBe(0);
  });

  test("never draws the same digit twice alike", () => {
    const set = syntheticDigits(100, ["7"], 1);
    for (let n = 1; n < 100; n++) expect(difference(image(set, 0), image(set, n))).toBeGreaterThan(2);
  });

  test("digits of one kind are closer to their own mean than to the other kinds' in at least 70 of 100 cases", () => {
    // An independent check that styles stand under the right digit: nearest mean image.
    const set = syntheticDigits(1200, CLASSES, 5);
    const means = CLASSES.map(() => new Float64Array(784));
    for (let n = 0; n < 800; n++) addTo(means[n % 10]!, image(set, n));
    let right = 0;
    for (let n = 800; n < 1200; n++) {
      const distances = means.map((mean) =>
        image(set, n).reduce((sum, v, i) => sum + (v - mean[i]!) ** 2, 0),
      );
      if (distances.indexOf(Math.min(...distances)) === n % 10) right += 1;
    }
    expect(right / 400).toBeGreaterThan(0.7);
  });
});

test("there are at least ten styles of every digit", () => {
  expect(DIGIT_STYLES.map((styles) => styles.length >= 10)).toEqual(Array(10).fill(true));
});

describe("syntheticNegatives()", () => {
  test("are labelled as none of the classes, and decided by the seed", () => {
    const set = syntheticNegatives(50, CLASSES, 1);
    expect(set.labels.every((label) => label === NO_CLASS)).toBe(true);
    expect(syntheticNegatives(60, CLASSES, 1).images.subarray(0, 50 * 784)).toEqual(set.images);
    for (let n = 0; n < 50; n++) expect(Math.max(...image(set, n))).toBe(255);
  });

  test("are not drawn when a class is not a digit: letters may then be valid classes", () => {
    expect(syntheticNegatives(50, [...CLASSES, "a"], 1).labels.length).toBe(0);
  });
});

describe("syntheticLetters()", () => {
  test("shows every class that is a Latin letter as often, by its place in the list, and no other class", () => {
    const set = syntheticLetters(3, ["7", "a", "あ", "Q", "ab"], 1);
    expect([...set.labels]).toEqual([1, 3, 1, 3, 1, 3]);
    for (let n = 0; n < 6; n++) expect(Math.max(...image(set, n))).toBe(255);
    expect(syntheticLetters(3, ["あ", "ab", "7"], 1).labels).toHaveLength(0);
    expect(syntheticLetters(0, ["a"], 1).labels).toHaveLength(0);
  });

  test("is decided by the seed, and a longer set begins with the shorter one", () => {
    const set = syntheticLetters(5, ["a", "b"], 1);
    expect(syntheticLetters(9, ["a", "b"], 1).images.subarray(0, 10 * 784)).toEqual(set.images);
    expect(syntheticLetters(5, ["a", "b"], 2).images).not.toEqual(set.images);
  });

  test("knows a way to write each letter from a to z and A to Z", () => {
    const letters = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"];
    expect(letters.filter((letter) => alphabetStyles(letter).length === 0)).toEqual([]);
  });
});
