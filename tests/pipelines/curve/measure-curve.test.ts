import { expect, test } from "bun:test";
import { decodeLearningCurve } from "../../../src/domain/learning/learning-curve.ts";
import type { NodeContext } from "../../../src/engine/pipeline/node-spec.ts";
import { type MeasureCurveInputs, measureCurve } from "../../../src/pipelines/curve/measure-curve.ts";
import { CLASSES, fakeTraining, imageSet, modelOf } from "../fake-training.ts";

const BASE = modelOf(2);

/** Training drawings of ten writers with 20 each, and held-out ones of two writers with 10 each. */
function inputs(change: Partial<MeasureCurveInputs> = {}): MeasureCurveInputs {
  const { labels, ...app_x } = imageSet(200);
  return {
    ...{ base_model: BASE, app_x, app_y: labels },
    app_groups: Uint32Array.from({ length: 200 }, (_, i) => Math.floor(i / 20)),
    app_holdout: { ...imageSet(20), groups: Uint32Array.from({ length: 20 }, (_, i) => Math.floor(i / 10)) },
    replay: imageSet(0),
    ...{ validation_split: 0, classes: CLASSES, tuning_layer: -1, tuning_epochs: 1, tuning_batch_size: 16 },
    ...{ tuning_replay_ratio: 0, tuning_replay_targets: "labels", tuning_views: 1, tuning_patience: 0 },
    ...{ learning_rate: 0.001, seed: 7, augmentation: null },
    new_classes: { images: 100, epochs: 1, learning_rate: 0.001, augmentation: null },
    ...change,
  };
}

function contextOf(logged: string[] = [], signal = new AbortController().signal): NodeContext {
  return { signal, progress: () => {}, log: (message) => void logged.push(message) };
}

test("measureCurve() evaluates every drawing at every number of labels, by models that have not seen its writer", async () => {
  const { training, calls } = fakeTraining((seed) => (seed === 2 ? 0.5 : 0.9));
  const logged: string[] = [];
  const curve = await measureCurve(training)(inputs(), contextOf(logged));
  expect(decodeLearningCurve(curve)).toEqual(curve);
  expect(curve).toMatchObject({
    ...{
      by: "writer",
      folds: 5,
      n: 220,
      drawings: 220,
      held_out: 20,
      groups: 12,
      labels: [0, 20, 40, 80, 160],
    },
    ...{ trained: 24, seconds: 24 },
    errors: [110, 22, 22, 22, 22],
  });
  expect(logged).toHaveLength(6);
  const trained = calls.filter(({ what }) => what === "fineTune");
  expect(trained).toHaveLength(24);
  expect(trained.every(({ args }) => args[0] === BASE)).toBe(true);
  const sizes = trained.map(({ args }) => (args[1] as { labels: Uint8Array }).labels.length);
  expect(sizes.slice(0, 4)).toEqual([20, 40, 80, 160]);
});

test("measureCurve() evaluates on held-out drawings alone, three times, where the base model misclassifies enough", async () => {
  const { training } = fakeTraining((seed) => (seed === 2 ? 0.5 : 0.9));
  const app_holdout = { ...imageSet(60), groups: Uint32Array.from({ length: 60 }, (_, i) => i % 6) };
  const curve = await measureCurve(training)(inputs({ app_holdout }), contextOf());
  expect(decodeLearningCurve(curve)).toEqual(curve);
  expect(curve).toMatchObject({
    ...{ by: "held_out", folds: 3, n: 180, drawings: 60, held_out: 60, groups: 6, trained: 12 },
    ...{ labels: [0, 25, 50, 100, 200], errors: [90, 18, 18, 18, 18] },
  });
});

test("measureCurve() keeps the writers of a fold out of what its models train on", async () => {
  const { training, calls } = fakeTraining();
  await measureCurve(training)(
    inputs({ app_holdout: { ...imageSet(0), groups: new Uint32Array() } }),
    contextOf(),
  );
  // The images of these sets are of one grey each, their number: so drawings are told apart, and writers.
  const writersIn = (set: { images: Uint8Array }) =>
    new Set(Array.from({ length: set.images.length / 784 }, (_, i) => Math.floor(set.images[i * 784]! / 20)));
  const whole = calls
    .filter(({ what }) => what === "fineTune")
    .map(({ args }) => args[1] as { images: Uint8Array; labels: Uint8Array })
    .filter(({ labels }) => labels.length === 160);
  expect(whole).toHaveLength(5);
  for (const set of whole) expect(writersIn(set).size).toBe(8);
});

test("measureCurve() gives the same curve for the same seed", async () => {
  const measure = () => measureCurve(fakeTraining((seed) => seed / 1_000).training)(inputs(), contextOf());
  expect(await measure()).toEqual(await measure());
});

test("measureCurve() divides by drawing where there are few writers", async () => {
  const app_groups = new Uint32Array(200);
  const curve = await measureCurve(fakeTraining().training)(inputs({ app_groups }), contextOf());
  expect(curve).toMatchObject({ by: "drawing", groups: 202 });
});

test("measureCurve() refuses a project without a base model, too few drawings, and stops when it is cancelled", async () => {
  const measure = measureCurve(fakeTraining().training);
  await expect(measure(inputs({ base_model: null }), contextOf())).rejects.toThrow("There is no base model");
  const { labels, ...app_x } = imageSet(24);
  const few = { app_x, app_y: labels, app_groups: new Uint32Array(24) };
  await expect(measure(inputs(few), contextOf())).rejects.toThrow(
    "There are 24 labelled drawings to train on (held-out drawings do not count): too few for a curve",
  );
  await expect(measure(inputs(), contextOf([], AbortSignal.abort(new Error("stop"))))).rejects.toThrow(
    "stop",
  );
});
