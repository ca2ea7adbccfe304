import { expect, test } from "bun:test";
import { forNewClasses } from "../../src/pipelines/ft/new-classes.ts";
import { CLASSES, imageSet, modelOf } from "./fake-training.ts";

const PARAMS = {
  classes: [...CLASSES, "a", "b"],
  tuning_layer: "dense",
  tuning_epochs: 3,
  tuning_min_steps: 150,
  tuning_batch_size: 64,
  tuning_replay_ratio: 4,
  tuning_keep: 0.3,
  tuning_replay_targets: "model" as const,
  tuning_views: 1,
  tuning_patience: 0,
  learning_rate: 0.002,
  seed: 7,
  augmentation: null,
};
const WARPED = { rotate_deg: 12, shift_px: 2, scale: 0.2, shear: 0.2 };
const FIRST = { images: 600, epochs: 12, learning_rate: 0.001, augmentation: WARPED };
const countOf = (labels: Uint8Array, label: number) => labels.filter((one) => one === label).length;

test("forNewClasses() changes nothing when the model knows every class that was drawn", () => {
  const drawings = imageSet(20, (i) => i % 10);
  expect(forNewClasses(modelOf(1), drawings, PARAMS, FIRST)).toEqual({ drawings, params: PARAMS });
});

test("forNewClasses() gives every drawn class as many images, and takes longer over them where there is MNIST to replay", () => {
  // Twelve drawings of "a", 130 of "3", none of "b".
  const drawings = imageSet(142, (i) => (i < 12 ? 10 : 3));
  const { drawings: balanced, params } = forNewClasses(modelOf(1), drawings, PARAMS, FIRST);
  expect([10, 3, 11].map((label) => countOf(balanced.labels, label))).toEqual([130, 130, 0]);
  expect(params).toEqual({
    ...PARAMS,
    tuning_replay_targets: "labels",
    tuning_keep: 0,
    tuning_epochs: 12,
    tuning_replay_ratio: 1,
    tuning_views: 4,
    learning_rate: 0.001,
  });
  const few = forNewClasses(
    modelOf(1),
    imageSet(4, () => 10),
    PARAMS,
    FIRST,
  );
  expect([few.drawings.labels.length, few.params.tuning_views]).toEqual([100, 4]);
});

test("forNewClasses() trains all layers as a first model where there is nothing to replay", () => {
  const params = { ...PARAMS, classes: [...CLASSES, "a"], tuning_replay_ratio: 0 };
  const drawings = imageSet(22, (i) => i % 11);
  const tuned = forNewClasses(modelOf(1), drawings, params, FIRST);
  expect(CLASSES.map((_, label) => countOf(tuned.drawings.labels, label))).toEqual(CLASSES.map(() => 55));
  expect(countOf(tuned.drawings.labels, 10)).toBe(55);
  expect(tuned.params).toEqual({
    ...params,
    tuning_layer: ["predictions"],
    tuning_replay_targets: "labels",
    tuning_keep: 0,
    tuning_epochs: 12,
    tuning_views: 12,
    learning_rate: 0.001,
    augmentation: WARPED,
  });
});
