import { expect, test } from "bun:test";
import type { ImageSet } from "../../../src/domain/image-set.ts";
import { contentOf } from "../../../src/domain/lineage/run-data.ts";
import {
  allSides,
  drawingSides,
  loadedDrawings,
  type SampleData,
  validating,
} from "../../../src/runs/lineage/drawing-sides.ts";

const DIGITS = [..."0123456789"];

/** Images of 784 bytes that all differ, labelled 0 and 1 in turn. */
function images(n: number, first: number): ImageSet {
  const set = { rows: 28, cols: 28, images: new Uint8Array(n * 784), labels: new Uint8Array(n) };
  for (let i = 0; i < n; i++) {
    set.images[i * 784] = first + i;
    set.labels[i] = i % 2;
  }
  return set;
}

const named = (name: string, n: number) => Array.from({ length: n }, (_, i) => `${name}${i}`);
const refs = (ids: readonly string[]) => ids.map((id) => ({ id, isScreened: false }));

/** 100 drawings to train on, 10 held out, 3 of no class. */
const DATA: SampleData = {
  train: images(100, 0),
  holdout: images(10, 100),
  negatives: { ...images(3, 200), labels: new Uint8Array(3).fill(255) },
  samples: { train: refs(named("t", 100)), holdout: refs(named("h", 10)), negatives: named("n", 3) },
};

test("loadedDrawings() has the label and content of each drawing, also of those of no class", () => {
  const loaded = loadedDrawings(DATA, DIGITS);
  expect(loaded.size).toBe(113);
  const pixels = images(1, 43).images;
  expect(loaded.get("t43")).toEqual({ label: "1", content: contentOf(pixels, "1") });
  expect(loaded.get("n1")?.label).toBeNull();
});

test("drawingSides() has each drawing once, with the reasons of those that screening left out", () => {
  const used = {
    ...allSides(DATA),
    train: named("t", 99),
    left_out: [{ id: "t99", reason: "suspect" }],
  };
  const items = drawingSides(loadedDrawings(DATA, DIGITS), used, new Set(["t3"]), true);
  expect(new Set(items.map(({ sampleId }) => sampleId)).size).toBe(113);
  expect(items.find(({ sampleId }) => sampleId === "t3")).toMatchObject({ side: "valid", label: "1" });
  expect(items.find(({ sampleId }) => sampleId === "t99")).toMatchObject({
    side: "left_out",
    reason: "suspect",
  });
  expect(items.find(({ sampleId }) => sampleId === "n1")).toMatchObject({ side: "train", label: null });
  const withoutNegatives = drawingSides(loadedDrawings(DATA, DIGITS), used, new Set(), false);
  expect(withoutNegatives.filter(({ sampleId }) => sampleId.startsWith("n"))).toEqual([]);
});

test("validating() chooses whole writers, those that the training node chooses", () => {
  const app_groups = Uint32Array.from({ length: 100 }, (_, i) => i % 10);
  const valid = validating(allSides(DATA), { app_y: DATA.train.labels, app_groups }, 0.3, 1);
  expect(valid.size).toBe(30);
  expect(new Set([...valid].map((id) => Number(id.slice(1)) % 10)).size).toBe(3);
  expect(validating(allSides(DATA), { app_y: DATA.train.labels, app_groups }, 0, 1).size).toBe(0);
});
