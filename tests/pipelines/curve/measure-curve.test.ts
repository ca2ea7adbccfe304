import { expect, test } from "bun:test";
import { decodeLearningCurve } from "../../../src/domain/learning/learning-curve.ts";
import type { Sentence } from "../../../src/lib/saying.ts";
import { measureCurve } from "../../../src/pipelines/curve/measure-curve.ts";
import { fakeTraining, imageSet } from "../fake-training.ts";
import { BASE, contextOf, curveInputs } from "./curve-inputs.ts";

test("measureCurve() evaluates every drawing at every number of labels, by models that have not seen its writer", async () => {
  const { training, calls } = fakeTraining((seed) => (seed === 2 ? 0.5 : 0.9));
  const logged: Sentence[] = [];
  const curve = await measureCurve(training)(curveInputs(), contextOf(logged));
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
  const curve = await measureCurve(training)(curveInputs({ app_holdout }), contextOf());
  expect(decodeLearningCurve(curve)).toEqual(curve);
  expect(curve).toMatchObject({
    ...{ by: "held_out", folds: 3, n: 180, drawings: 60, held_out: 60, groups: 6, trained: 12 },
    ...{ labels: [0, 25, 50, 100, 200], errors: [90, 18, 18, 18, 18] },
  });
});

test("measureCurve() keeps the writers of a fold out of what its models train on", async () => {
  const { training, calls } = fakeTraining();
  await measureCurve(training)(
    curveInputs({ app_holdout: { ...imageSet(0), groups: new Uint32Array() } }),
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
  const measure = () =>
    measureCurve(fakeTraining((seed) => seed / 1_000).training)(curveInputs(), contextOf());
  expect(await measure()).toEqual(await measure());
});

test("measureCurve() divides by drawing where there are few writers", async () => {
  const app_groups = new Uint32Array(200);
  const curve = await measureCurve(fakeTraining().training)(curveInputs({ app_groups }), contextOf());
  expect(curve).toMatchObject({ by: "drawing", groups: 202 });
});

test("measureCurve() refuses a project without a base model, too few drawings, and stops when it is cancelled", async () => {
  const measure = measureCurve(fakeTraining().training);
  await expect(measure(curveInputs({ base_model: null }), contextOf())).rejects.toThrow(
    "There is no base model",
  );
  const { labels, ...app_x } = imageSet(24);
  const few = { app_x, app_y: labels, app_groups: new Uint32Array(24) };
  await expect(measure(curveInputs(few), contextOf())).rejects.toThrow(
    "There are 24 labelled drawings to train on (held-out drawings do not count): too few for a curve",
  );
  await expect(measure(curveInputs(), contextOf([], AbortSignal.abort(new Error("stop"))))).rejects.toThrow(
    "stop",
  );
});
