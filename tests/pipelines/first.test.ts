import { expect, test } from "bun:test";
import { balanced, lettersFor, splitByGroup } from "../../src/pipelines/first/drawings.ts";
import { holdOutDrawings } from "../../src/pipelines/holdout-drawings.ts";
import { imageSet } from "./fake-training.ts";

/** The first pixel of each image: its number in `imageSet`. */
const numbers = (set: { images: Uint8Array; labels: Uint8Array }) =>
  Array.from(set.labels, (_, i) => set.images[i * 784]!);
const countOf = (labels: Uint8Array, label: number) => labels.filter((one) => one === label).length;

test("holdOutDrawings() holds out every fifth drawing of each class while too few are held out", () => {
  const app = { train: imageSet(20, (i) => i % 2), holdout: imageSet(2) };
  const { train, groups, holdout } = holdOutDrawings(app, 0.2, 20);
  expect(numbers(holdout)).toEqual([0, 1, 8, 9, 18, 19]);
  expect(train.labels.length).toBe(16);
  expect([...groups]).toEqual(numbers(train));
});

test("holdOutDrawings() leaves a drawing on its side when others arrive", () => {
  const sideOf = (n: number) =>
    new Set(numbers(holdOutDrawings({ train: imageSet(n), holdout: imageSet(0) }, 0.2, 20).train));
  const before = sideOf(60);
  for (let i = 0; i < 60; i++) expect([i, sideOf(90).has(i)]).toEqual([i, before.has(i)]);
});

test("holdOutDrawings() holds out no training drawing when enough are held out, or none are requested", () => {
  const app = { train: imageSet(50), holdout: imageSet(20) };
  expect(holdOutDrawings(app, 0.2, 20).train.labels.length).toBe(50);
  expect(holdOutDrawings({ ...app, holdout: imageSet(0) }, 0, 20).holdout.labels.length).toBe(0);
});

test("splitByGroup() keeps all drawings of a writer on one side", () => {
  const set = imageSet(100, (i) => i % 3);
  const groups = Uint32Array.from({ length: 100 }, (_, i) => i % 5);
  const { train, valid } = splitByGroup(set, groups, 0.4, 7);
  expect(train.labels.length).toBe(60);
  const hands = (some: { images: Uint8Array; labels: Uint8Array }) =>
    new Set(numbers(some).map((i) => i % 5));
  expect(hands(valid!).intersection(hands(train)).size).toBe(0);
  expect(hands(valid!).size + hands(train).size).toBe(5);
});

test("splitByGroup() holds out no one with few writers, few drawings, or when a class would have none left", () => {
  const none = (set: ReturnType<typeof imageSet>, hands: number) =>
    splitByGroup(
      set,
      Uint32Array.from(set.labels, (_, i) => i % hands),
      0.2,
      7,
    );
  for (const { train, valid } of [none(imageSet(200), 4), none(imageSet(40), 10)]) {
    expect(valid).toBeNull();
    expect(train.labels.length).toBeGreaterThanOrEqual(40);
  }
  // Each hand has a class of its own.
  expect(
    none(
      imageSet(200, (i) => i % 5),
      5,
    ).valid,
  ).toBeNull();
});

test("balanced() repeats few drawings until every class has its share, and keeps each at least once", () => {
  const drawings = imageSet(14, (i) => (i < 10 ? 0 : 1));
  const set = balanced(drawings, imageSet(0), 2, 40, 3);
  expect([countOf(set.labels, 0), countOf(set.labels, 1)]).toEqual([20, 20]);
  expect(new Set(numbers(set)).size).toBe(14);
  for (let i = 10; i < 14; i++) expect(countOf(Uint8Array.from(numbers(set)), i)).toBe(5);
  expect(balanced(drawings, imageSet(0), 2, 4, 3).labels.length).toBe(14);
});

test("balanced() adds MNIST's images where a class is a digit, and is decided by the seed", () => {
  const drawings = imageSet(10, () => 1);
  const mnist = imageSet(255, () => 0);
  const set = balanced(drawings, mnist, 2, 100, 3);
  expect([countOf(set.labels, 0), countOf(set.labels, 1)]).toEqual([1500, 1500]);
  expect(balanced(drawings, mnist, 2, 100, 3)).toEqual(set);
  expect(balanced(drawings, mnist, 2, 100, 4)).not.toEqual(set);
});

test("balanced() uses all synthetic drawings of the classes that people have drawn, and fills up with people's", () => {
  const drawings = imageSet(14, (i) => (i < 10 ? 0 : 1));
  const synthetic = imageSet(27, (i) => i % 3);
  const set = balanced(drawings, imageSet(0), 3, 60, 3, synthetic);
  expect([0, 1, 2].map((label) => countOf(set.labels, label))).toEqual([20, 20, 0]);
  const few = balanced(drawings, imageSet(0), 3, 3, 3, synthetic);
  expect([0, 1].map((label) => countOf(few.labels, label))).toEqual([19, 13]);
});

test("lettersFor() draws the share of an epoch's images of each class that is a letter", () => {
  const first = { images: 300, letters: 0.5 };
  expect([0, 1, 2].map((k) => countOf(lettersFor(first, ["a", "7", "b"], 1).labels, k))).toEqual([50, 0, 50]);
  expect(lettersFor({ ...first, letters: 0 }, ["a", "b"], 1).labels).toHaveLength(0);
});
