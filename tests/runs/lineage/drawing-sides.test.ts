import { expect, test } from "bun:test";
import type { ImageSet } from "../../../src/domain/image-set.ts";
import { contentOf } from "../../../src/domain/lineage/run-data.ts";
import { drawingSides, type SampleData } from "../../../src/runs/lineage/drawing-sides.ts";

const DIGITS = [..."0123456789"];

/** Images of 784 bytes that all differ, labelled 0 and 1 in turn. */
function images(n: number, first: number): ImageSet {
  const set = { rows: 28, cols: 28, images: new Uint8Array(n * 784), labels: new Uint8Array(n) };
  for (let i = 0; i < n; i++) {
    set.images[i * 784] = (first + i) % 256;
    set.images[i * 784 + 1] = Math.floor((first + i) / 256);
    set.labels[i] = i % 2;
  }
  return set;
}

/** 100 drawings of ten writers to train on, 10 held out, 3 of no class. */
function data(): SampleData {
  const named = (name: string, n: number) => Array.from({ length: n }, (_, i) => `${name}${i}`);
  return {
    train: images(100, 0),
    holdout: images(10, 100),
    negatives: { ...images(3, 200), labels: new Uint8Array(3).fill(255) },
    groups: Uint32Array.from({ length: 100 }, (_, i) => i % 10),
    ids: { train: named("t", 100), holdout: named("h", 10), negatives: named("n", 3) },
    lastSampleId: null,
  };
}

const PARAMS = {
  ...{ classes: DIGITS, holdout_fraction: 0.2, gate: { min_samples: 20 }, seed: 1 },
  ...{ validation_split: 0, tuning_validation_split: 0.3 },
};

const idsOn = (items: ReturnType<typeof drawingSides>, side: string) =>
  items.filter((item) => item.side === side).map(({ sampleId }) => sampleId);

test("drawingSides() of fine_tune has each drawing once, whole writers for validation, and their labels", () => {
  const items = drawingSides(data(), "fine_tune", PARAMS);
  expect(new Set(items.map(({ sampleId }) => sampleId)).size).toBe(113);
  const valid = idsOn(items, "valid");
  expect(valid).toHaveLength(30);
  expect(new Set(valid.map((id) => Number(id.slice(1)) % 10)).size).toBe(3);
  expect(idsOn(items, "holdout")).toEqual(data().ids.holdout);
  expect(items.find(({ sampleId }) => sampleId === "n1")).toMatchObject({ side: "train", label: null });
  const pixels = images(1, 43).images;
  expect(items.find(({ sampleId }) => sampleId === "t43")).toMatchObject({
    label: "1",
    content: contentOf(pixels, "1"),
  });
});

test("drawingSides() of train_first leaves out drawings of no class, and validates by its own parameter", () => {
  const items = drawingSides(data(), "train_first", PARAMS);
  expect(items.filter(({ sampleId }) => sampleId.startsWith("n"))).toEqual([]);
  expect(idsOn(items, "valid")).toEqual([]);
});

test("drawingSides() where MNIST does not apply has the training drawings that are held out on that side", () => {
  const letters = drawingSides(data(), "fine_tune", { ...PARAMS, classes: ["a", "b"] });
  const moved = idsOn(letters, "holdout").filter((id) => id.startsWith("t"));
  // Every fifth drawing of each class is held out: a fifth of 50 each.
  expect(moved).toHaveLength(20);
  expect(idsOn(letters, "train").filter((id) => moved.includes(id))).toEqual([]);
});

test("drawingSides() of a project's own node has everything that is for training as trained on", () => {
  const items = drawingSides(data(), null, PARAMS);
  expect(idsOn(items, "train")).toHaveLength(103);
  expect(idsOn(items, "holdout")).toHaveLength(10);
});
