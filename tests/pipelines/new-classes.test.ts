import { expect, test } from "bun:test";
import type { ImageSet } from "../../src/domain/image-set.ts";
import { againWithNewClasses, forNewClasses, lacksClass } from "../../src/pipelines/ft/new-classes.ts";
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
const FIRST = {
  ...{ images: 600, letters: 0.5, epochs: 12, batch_size: 32, learning_rate: 0.001, augmentation: WARPED },
};
const countOf = (labels: Uint8Array, label: number) => labels.filter((one) => one === label).length;

test("lacksClass() is whether the model lacks a class that has drawings", () => {
  const [digits, withA] = [imageSet(20, (i) => i % 10), imageSet(20, (i) => (i === 7 ? 10 : 3))];
  expect([digits, withA].map((set) => lacksClass(modelOf(1), set, PARAMS.classes))).toEqual([false, true]);
});

test("forNewClasses() gives every drawn class as many images, and takes longer over them where there is MNIST to replay", () => {
  // Twelve drawings of "a", 130 of "3", none of "b".
  const drawings = imageSet(142, (i) => (i < 12 ? 10 : 3));
  const { drawings: balanced, params } = forNewClasses(drawings, PARAMS, FIRST);
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
    imageSet(4, () => 10),
    PARAMS,
    FIRST,
  );
  expect([few.drawings.labels.length, few.params.tuning_views]).toEqual([100, 4]);
});

test("againWithNewClasses() trains as for a first model: balanced, half of each letter synthetic, each epoch warped", () => {
  const drawings = imageSet(22, (i) => i % 11);
  const { drawings: set, params } = againWithNewClasses(drawings, { ...PARAMS, tuning_patience: 2 }, FIRST);
  // "b" has no drawing: what it would look like is nothing to train on either.
  expect([0, 9, 10, 11].map((label) => countOf(set.labels, label))).toEqual([50, 50, 50, 0]);
  const own = new Set(Array.from({ length: 22 }, (_, i) => hashOf(drawings, i)));
  const synthetic = Array.from(set.labels.keys()).filter((i) => !own.has(hashOf(set, i)));
  expect(synthetic).toHaveLength(25);
  expect(synthetic.every((i) => set.labels[i] === 10)).toBe(true);
  expect(params).toEqual({
    ...{ classes: PARAMS.classes, seed: 7, patience: 2, architecture: "" },
    ...{ epochs: 12, batch_size: 32, learning_rate: 0.001, augmentation: WARPED },
  });
});

const hashOf = ({ images }: ImageSet, i: number) => Bun.hash(images.subarray(784 * i, 784 * (i + 1)));
