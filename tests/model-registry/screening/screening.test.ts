import { expect, test } from "bun:test";
import fc from "fast-check";
import { createRandom } from "../../../src/lib/random.ts";
import { batchReason, heldGroups } from "../../../src/model-registry/screening/batch-tests.ts";
import { nearDuplicates } from "../../../src/model-registry/screening/near-duplicates.ts";
import { type LeftOut, type ScreenedSide, screen } from "../../../src/model-registry/screening/screen.ts";
import type { ScreeningParams } from "../../../src/model-registry/screening/screening-params.ts";
import {
  answersTo,
  isSuspect,
  type LabelAnswer,
  rankSuspects,
} from "../../../src/model-registry/screening/suspects.ts";
import { beyondCap } from "../../../src/model-registry/screening/writer-cap.ts";

const PARAMS: ScreeningParams = {
  ...{ suspect_below: 0.02, min_suspects: 8, cell_share: 0.08, batch_share: 0.1, writer_share: 0.15 },
  ...{ writer_cap: 0.3, cap_from_writers: 5, near_duplicate: 1 },
};
const CLASSES = ["0", "1", "2"];

const agrees = (label: number): LabelAnswer => ({ label, predicted: label, p: 0.98 });
const contradicts = (label: number, predicted: number): LabelAnswer => ({ label, predicted, p: 0.001 });
const times = <T>(n: number, value: T): T[] => new Array<T>(n).fill(value);

test("answersTo() reads the label's probability and the model's class, by the model's own outputs", () => {
  // The model knows classes 2 and 0, in this order; class 1 is new to it.
  const probabilities = Float32Array.of(0.9, 0.1, 0.2, 0.8, 0.6, 0.4);
  const answers = answersTo(probabilities, Uint8Array.of(0, 2, 1), [1, -1, 0]);
  expect(answers[0]).toEqual({ label: 0, predicted: 2, p: Math.fround(0.1) });
  expect(answers[1]).toEqual({ label: 2, predicted: 0, p: Math.fround(0.2) });
  expect(answers[2]).toBeNull();
  expect(answersTo(new Float32Array(0), new Uint8Array(0), [0])).toEqual([]);
});

test("isSuspect() needs another class and a probability below the limit", () => {
  expect(isSuspect(contradicts(1, 2), 0.02)).toBe(true);
  expect(isSuspect({ label: 1, predicted: 2, p: 0.02 }, 0.02)).toBe(false);
  expect(isSuspect({ label: 1, predicted: 1, p: 0.01 }, 0.02)).toBe(false);
});

test("rankSuspects() puts the least probable label first, and skips labels that the model does not know", () => {
  const at = (p: number): LabelAnswer => ({ label: 0, predicted: 1, p });
  expect(rankSuspects([at(0.01), null, at(0.5), at(0.001), agrees(0)], 0.02)).toEqual([3, 0]);
});

test("batchReason() names the cell when a class was renamed", () => {
  const answers = [...times(70, agrees(1)), ...times(30, contradicts(2, 1)), ...times(900, agrees(0))];
  const batch = { answers, groups: new Uint32Array(answers.length) };
  expect(batchReason(batch, PARAMS, CLASSES, "train")?.detail).toBe(
    'Of 100 new drawings that the model reads as "1", 30 are labelled "2" (30 %; 8 % is the limit). The batch is in review',
  );
  expect(batchReason(batch, PARAMS, CLASSES, "holdout")?.says?.key).toBe("heldCellHoldout");
});

test("batchReason() holds careless labels by their share, and leaves a clean batch and a few mistakes alone", () => {
  // Spread evenly over six cells, so that no cell is over its share alone.
  const spread = (n: number) =>
    Array.from({ length: n }, (_, i) => contradicts(i % 3, ((i % 3) + 1 + (i % 2)) % 3));
  const batch = (wrong: number) => {
    const answers = [...spread(wrong), ...Array.from({ length: 1_000 - wrong }, (_, i) => agrees(i % 3))];
    return { answers, groups: new Uint32Array(1_000) };
  };
  expect(batchReason(batch(0), PARAMS, CLASSES, "train")).toBeNull();
  expect(batchReason(batch(99), PARAMS, CLASSES, "train")).toBeNull();
  expect(batchReason(batch(100), PARAMS, CLASSES, "train")?.detail).toContain(
    "100 of 1,000 new labels contradict the model (10 %; 10 % is the limit)",
  );
});

test("batchReason() needs min_suspects: of 20 labels, 7 wrong ones go to review alone", () => {
  const answers = [...times(7, contradicts(1, 0)), ...times(13, agrees(0))];
  const batch = (some: LabelAnswer[]) => ({ answers: some, groups: new Uint32Array(some.length) });
  expect(batchReason(batch(answers), PARAMS, CLASSES, "train")).toBeNull();
  expect(batchReason(batch([...answers, contradicts(1, 0)]), PARAMS, CLASSES, "train")).not.toBeNull();
});

test("heldGroups() finds the careless writer, and not one with a few odd drawings", () => {
  const answers = [
    ...times(10, contradicts(1, 0)),
    ...times(40, agrees(0)),
    ...times(7, contradicts(1, 0)),
    ...times(13, agrees(0)),
  ];
  const groups = Uint32Array.from([...times(50, 4), ...times(20, 9)]);
  expect([...heldGroups({ answers, groups }, PARAMS)]).toEqual([4]);
});

test("beyondCap() limits a writer's share of what is kept, where five label, and keeps the first drawings", () => {
  const groups = Uint32Array.from([...times(100, 0), 1, 1, 2, 2, 3, 3, 4, 4]);
  const left = new Set(beyondCap(groups, 0.3, 5));
  const kept = [...groups].filter((_, i) => !left.has(i));
  expect(kept.filter((group) => group === 0).length).toBe(3);
  expect(kept.length).toBe(11);
  expect(left.has(0)).toBe(false);
  expect(beyondCap(groups.subarray(0, 106), 0.3, 5)).toEqual([]);
  expect(beyondCap(groups, 1, 5)).toEqual([]);
});

test("beyondCap() never lets a writer exceed the cap by more than the one drawing that everybody keeps", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(60), { minLength: 5, maxLength: 12 }),
      fc.constantFrom(0.1, 0.3, 0.5),
      (sizes, cap) => {
        const groups = Uint32Array.from(sizes.flatMap((n, group) => times(n + 1, group)));
        const left = new Set(beyondCap(groups, cap, 5));
        const counts = Map.groupBy(
          [...groups].filter((_, i) => !left.has(i)),
          (group) => group,
        );
        const total = groups.length - left.size;
        for (const own of counts.values()) expect(own.length).toBeLessThanOrEqual(Math.max(1, cap * total));
        expect(counts.size).toBe(sizes.length);
      },
    ),
    { seed: 4 },
  );
});

/** An image with a random blot. */
function blot(seed: number): Uint8Array {
  const random = createRandom(seed);
  const [x, y] = [4 + random.int(18), 4 + random.int(18)];
  const image = new Uint8Array(784);
  for (let i = 0; i < 6; i++) for (let j = 0; j < 6; j++) image[(y + i) * 28 + x + j] = 100 + random.int(150);
  return image;
}

test("nearDuplicates() finds the later of two images that are nearly the same, within a label only", () => {
  const [a, b] = [blot(1), blot(2)];
  const almost = a.map((pixel) => (pixel === 0 ? 0 : pixel + 1));
  const images = new Uint8Array([...a, ...b, ...almost, ...almost]);
  expect(nearDuplicates(images, Uint8Array.of(0, 0, 0, 1), 0.998)).toEqual([2]);
  expect(nearDuplicates(images, Uint8Array.of(0, 0, 0, 1), 1)).toEqual([]);
  expect(nearDuplicates(new Uint8Array(0), new Uint8Array(0), 0.998)).toEqual([]);
});

test("nearDuplicates() finds what comparing every pair finds", () => {
  const N = 60;
  const images = new Uint8Array(N * 784);
  for (let n = 0; n < N; n++) images.set(blot(n % 40), n * 784);
  const labels = Uint8Array.from({ length: N }, (_, n) => n % 2);
  const cosine = (a: number, b: number) => {
    let [dot, aa, bb] = [0, 0, 0];
    for (let i = 0; i < 784; i++) {
      const [x, y] = [images[a * 784 + i]!, images[b * 784 + i]!];
      dot += x * y;
      aa += x * x;
      bb += y * y;
    }
    return dot / Math.sqrt(aa * bb);
  };
  const expected = [...labels.keys()].filter((b) =>
    [...labels.keys()].some((a) => a < b && labels[a] === labels[b] && cosine(a, b) >= 0.9),
  );
  expect(expected.length).toBeGreaterThanOrEqual(20);
  expect(nearDuplicates(images, labels, 0.9)).toEqual(expected);
});

/** A side of drawings that all differ. */
function side(answers: (LabelAnswer | null)[], change: Partial<ScreenedSide> = {}): ScreenedSide {
  return {
    side: "train",
    images: new Uint8Array(answers.length * 784),
    labels: Uint8Array.from(answers, (answer) => answer?.label ?? 0),
    groups: Uint32Array.from(answers.keys()),
    isScreened: times(answers.length, false),
    answers,
    ...change,
  };
}

test("screen() leaves out suspect labels, and never those that were screened or confirmed before", () => {
  const answers = [contradicts(1, 0), agrees(0), contradicts(1, 0), null];
  const result = screen(side(answers, { isScreened: [false, false, true, false] }), PARAMS, CLASSES);
  expect(result.leftOut).toEqual(["suspect", null, null, null]);
  expect(result).toMatchObject({ n: 3, reason: null });
});

test("screen() keeps held-out drawings with a suspect label in the comparison, unless the batch is held", () => {
  const answers = [contradicts(1, 0), ...times(99, agrees(0))];
  const few = screen(side(answers, { side: "holdout" }), PARAMS, CLASSES);
  expect([few.leftOut[0], few.isSuspect[0], few.reason]).toEqual([null, true, null]);
  const many = screen(
    side([...times(20, contradicts(1, 0)), ...answers], { side: "holdout" }),
    PARAMS,
    CLASSES,
  );
  expect([many.leftOut[0], many.isSuspect[0]]).toEqual(["suspect", true]);
  expect(many.reason).not.toBeNull();
});

test("screen() leaves out all of a careless writer's new labels, but not a batch of one writer", () => {
  const answers = [...times(10, contradicts(1, 0)), ...times(30, agrees(0)), ...times(200, agrees(2))];
  const two = Uint32Array.from([...times(40, 7), ...times(200, 8)]);
  const result = screen(side(answers, { groups: two }), PARAMS, CLASSES);
  expect(result.leftOut.slice(0, 40)).toEqual([
    ...times<LeftOut>(10, "suspect"),
    ...times<LeftOut>(30, "writer_held"),
  ]);
  expect(result.leftOut.slice(40)).toEqual(times(200, null));
  const alone = screen(side(answers, { groups: new Uint32Array(240) }), PARAMS, CLASSES);
  expect(alone.leftOut.slice(10)).toEqual(times(230, null));
  expect(alone.reason).not.toBeNull();
});
