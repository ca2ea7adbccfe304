import { expect, test } from "bun:test";
import { InputError } from "../../src/lib/errors.ts";
import { labelByClass, splitAtRandom, take } from "../../src/pipelines/image-sets.ts";
import { CLASSES, imageSet } from "./fake-training.ts";

/** The first pixel of each image: its number in `imageSet`. */
const numbers = (set: { images: Uint8Array; labels: Uint8Array }) =>
  Array.from(set.labels, (_, i) => set.images[i * 784]!);

test("take() copies images with their labels", () => {
  const set = imageSet(5);
  const taken = take(set, new Uint32Array([4, 1]));
  expect(numbers(taken)).toEqual([4, 1]);
  expect([...taken.labels]).toEqual([4, 1]);
  expect(taken.images.length).toBe(2 * 784);
  taken.images.fill(9);
  expect(set.images[784]).toBe(1);
});

test("splitAtRandom() puts every image on exactly one side", () => {
  const [train, valid] = splitAtRandom(imageSet(100), 0.1, 7);
  expect(train.labels.length).toBe(90);
  expect(valid!.labels.length).toBe(10);
  expect([...numbers(train), ...numbers(valid!)].toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 100 }, (_, i) => i),
  );
});

test("splitAtRandom() is decided by the seed", () => {
  const split = (seed: number) => numbers(splitAtRandom(imageSet(100), 0.1, seed)[1]!);
  expect(split(7)).toEqual(split(7));
  expect(split(7)).not.toEqual(split(8));
});

test("splitAtRandom() gives no second part when it would be empty", () => {
  expect(splitAtRandom(imageSet(10), 0, 1)[1]).toBeNull();
  expect(splitAtRandom(imageSet(4), 0.1, 1)[1]).toBeNull();
  expect(splitAtRandom(imageSet(0), 0.5, 1)[0].labels.length).toBe(0);
});

test("labelByClass() turns digits into indices, in whatever order the classes are", () => {
  const set = imageSet(3, (i) => [7, 0, 9][i]!);
  expect([...labelByClass(set, CLASSES).labels]).toEqual([7, 0, 9]);
  expect([...labelByClass(set, ["x", ...CLASSES.toReversed()]).labels]).toEqual([3, 10, 1]);
});

test("labelByClass() names the digit that is not one of the classes", () => {
  expect(() => labelByClass(imageSet(3), ["0", "1"])).toThrow(InputError);
  expect(() => labelByClass(imageSet(3), ["0", "1"])).toThrow("MNIST has the digit 2");
});
