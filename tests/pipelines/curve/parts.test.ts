import { expect, test } from "bun:test";
import { heldOutToEvaluate, partsOf, sizesOf } from "../../../src/pipelines/curve/parts.ts";
import { imageSet } from "../fake-training.ts";

/** Ten writers with 20 training drawings each, and held-out drawings of so many writers with 10 each. */
function drawingsOf(heldOutWriters: number) {
  const n = heldOutWriters * 10;
  return {
    drawings: imageSet(200),
    groups: Uint32Array.from({ length: 200 }, (_, i) => Math.floor(i / 20)),
    holdout: { ...imageSet(n), groups: Uint32Array.from({ length: n }, (_, i) => Math.floor(i / 10)) },
  };
}

const mistakes = (n: number, wrong: number) => Uint8Array.from({ length: n }, (_, i) => Number(i < wrong));

test("partsOf() evaluates on held-out drawings alone where the base model misclassifies enough of them", () => {
  const found = partsOf(drawingsOf(5), mistakes(50, 20), 7);
  expect(found).toMatchObject({ by: "held_out", folds: 3, heldOut: 50, labels: [0, 25, 50, 100, 200] });
  expect(found.parts.map(({ test: { labels } }) => labels.length)).toEqual([50, 50, 50]);
  const [first, second] = found.parts;
  expect(first!.units).toBe(second!.units);
  expect(first!.train).not.toEqual(second!.train);
  expect([...first!.train].sort((a, b) => a - b)).toEqual([...Array(200).keys()]);
});

test("partsOf() cross-validates with fewer mistakes or fewer held-out writers, the held-out drawings as one more part", () => {
  for (const found of [
    partsOf(drawingsOf(5), mistakes(50, 19), 7),
    partsOf(drawingsOf(4), mistakes(40, 30), 7),
  ]) {
    expect(found).toMatchObject({ by: "writer", folds: 5, labels: [0, 20, 40, 80, 160] });
    expect(found.parts).toHaveLength(6);
    expect(found.parts.slice(0, 5).map(({ train }) => train.length)).toEqual([160, 160, 160, 160, 160]);
    expect(found.parts[5]!.test.labels.length).toBe(found.heldOut);
    expect(found.parts[5]!.train.length).toBe(200);
  }
  expect(partsOf(drawingsOf(0), mistakes(0, 0), 7)).toMatchObject({ by: "writer", heldOut: 0 });
});

test("partsOf() trains on no writer that it evaluates on", () => {
  const { groups, ...rest } = drawingsOf(2);
  for (const { train, units } of partsOf({ groups, ...rest }, mistakes(20, 0), 7).parts) {
    const trained = new Set(Array.from(train, (i) => `train ${groups[i]}`));
    expect(units.filter((unit) => trained.has(unit))).toEqual([]);
  }
});

test("sizesOf() is 0 and an eighth to all of the labels, none below 20", () => {
  expect(sizesOf(800)).toEqual([0, 100, 200, 400, 800]);
  expect(sizesOf(60)).toEqual([0, 30, 60]);
  expect(sizesOf(20)).toEqual([0, 20]);
  expect(sizesOf(19)).toEqual([0]);
});

test("heldOutToEvaluate() has the first 2,000 held-out drawings with their writers", () => {
  const { holdout } = drawingsOf(250);
  const some = heldOutToEvaluate(holdout);
  expect([some.labels.length, some.images.length, some.groups.length]).toEqual([2_000, 2_000 * 784, 2_000]);
  expect(some.groups.at(-1)).toBe(199);
  expect(heldOutToEvaluate(drawingsOf(3).holdout).labels.length).toBe(30);
});
