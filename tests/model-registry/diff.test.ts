import { expect, test } from "bun:test";
import { decodeMetrics } from "../../src/domain/metrics.ts";
import type { Model } from "../../src/domain/model.ts";
import {
  compareFiles,
  compareParameters,
  compareSets,
} from "../../src/model-registry/diff/compare-models.ts";
import { weightChanges } from "../../src/model-registry/diff/weight-changes.ts";
import { templateModel } from "../support/models.ts";

const weights = (values: number[], names = ["a/kernel", "a/bias"]) => ({
  weightSpecs: [
    { name: names[0]!, shape: [2, 1], dtype: "float32" as const },
    { name: names[1]!, shape: [1], dtype: "float32" as const },
  ],
  weightData: Float32Array.from(values).buffer,
});

test("weightChanges() counts changed weights of a layer and their relative length, by hand", () => {
  // |a| = |(3, 4, 0)| = 5, |b - a| = |(0, 0, 1)| = 1.
  expect(weightChanges(weights([3, 4, 0]), weights([3, 4, 1]))).toEqual([
    { layer: "a", weights: 3, changed: 1, relative: 0.2 },
  ]);
  expect(weightChanges(weights([0, 0, 0]), weights([0, 0, 2]))[0]).toMatchObject({ relative: 1 });
  expect(weightChanges(weights([0, 0, 0]), weights([0, 0, 0]))[0]).toMatchObject({ changed: 0, relative: 0 });
});

test("weightChanges() does not compare layers of other shapes, or of one model only", () => {
  const other = {
    ...weights([1, 2, 3]),
    weightSpecs: [{ name: "a/kernel", shape: [3], dtype: "float32" as const }],
  };
  expect(weightChanges(weights([1, 2, 3]), other)).toEqual([
    { layer: "a", weights: 3, changed: null, relative: null },
  ]);
  expect(weightChanges(weights([1, 2, 3]), weights([1, 2, 3], ["b/kernel", "b/bias"]))).toEqual([
    { layer: "a", weights: 3, changed: null, relative: null },
    { layer: "b", weights: 3, changed: null, relative: null },
  ]);
});

test("compareParameters() lists dotted names whose values differ", () => {
  const a = {
    epochs: 3,
    seed: 1,
    augmentation: { rotate_deg: 10, noise: 0 },
    list: [1, 2],
    checkpoint_seconds: 1,
  };
  const b = {
    epochs: 5,
    seed: 1,
    augmentation: { rotate_deg: 12, noise: 0 },
    list: [1, 2],
    checkpoint_seconds: 9,
  };
  expect(compareParameters(a, b)).toEqual([
    { name: "augmentation.rotate_deg", values: [10, 12] },
    { name: "epochs", values: [3, 5] },
  ]);
  expect(compareParameters({}, { new: null, x: 1 })).toEqual([{ name: "x", values: [null, 1] }]);
});

test("compareSets() compares only sets on which both were evaluated", () => {
  const model = (metrics: object) =>
    ({ metrics: decodeMetrics(metrics as Record<string, unknown>) }) as Model;
  const per_class = (recall: number) => [{ label: "7", n: 10, recall, precision: 1 }];
  const a = model({ mnist_test: { n: 10, accuracy: 0.9, per_class: per_class(0.8) }, old: { accuracy: 1 } });
  const b = model({ mnist_test: { n: 20, accuracy: 0.95, per_class: per_class(0.7) }, new: { accuracy: 1 } });
  expect(compareSets(a, b)).toEqual([
    {
      set: "mnist_test",
      n: [10, 20],
      accuracy: [0.9, 0.95],
      ece: [null, null],
      recall: [{ label: "7", values: [0.8, 0.7] }],
    },
  ]);
});

test("compareFiles() names added and removed classes", () => {
  const a = templateModel();
  const classes = [...a.userDefinedMetadata.classes.slice(1), "x"];
  const b = { ...a, userDefinedMetadata: { ...a.userDefinedMetadata, classes } };
  const diff = compareFiles(a, b);
  expect(diff.classes).toEqual({ added: ["x"], removed: ["0"] });
  expect(diff.is_same_architecture).toBe(true);
  expect(diff.layers).toEqual([{ layer: "predictions", weights: 7850, changed: 0, relative: 0 }]);
});
