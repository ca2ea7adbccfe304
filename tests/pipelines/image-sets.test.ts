import { expect, test } from "bun:test";
import { isMnistClass, join, labelByClass, splitAtRandom, take } from "../../src/pipelines/image-sets.ts";
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

test("labelByClass() leaves out the digits that are no classes, and is empty when none is", () => {
  const set = imageSet(30);
  const some = labelByClass(set, ["a", "7", "2"]);
  expect([...some.labels]).toEqual([2, 1, 2, 1, 2, 1]);
  expect(numbers(some)).toEqual([2, 7, 12, 17, 22, 27]);
  expect(labelByClass(set, ["a", "b"])).toMatchObject({ rows: 28, cols: 28, labels: new Uint8Array(0) });
  expect(isMnistClass("10")).toBe(false);
});

test("join() puts the images of one set behind those of the other", () => {
  const both = join(imageSet(2), take(imageSet(9), new Uint32Array([8])));
  expect(numbers(both)).toEqual([0, 1, 8]);
  expect([...both.labels]).toEqual([0, 1, 8]);
});
