import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { ModelArtifacts } from "../../../src/domain/model-artifacts.ts";
import { type Backend, initBackend } from "../../../src/kernels/init-backend.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { createRandom } from "../../../src/lib/random.ts";
import { augmentHere } from "../../../src/training/augment/augmenter.ts";
import { createTraining } from "../../../src/training/create-training.ts";
import { imageBatches } from "../../../src/training/fit/batches.ts";
import { fit } from "../../../src/training/fit/loop.ts";
import type { FineTuneParams } from "../../../src/training/fit/params.ts";
import { Sampler } from "../../../src/training/fit/sampler.ts";
import { drawImages } from "../../../src/training/image-set.ts";
import { fromArtifacts } from "../../../src/training/model/artifacts.ts";
import { weightsOf } from "../../../src/training/model/weights.ts";
import type { Training } from "../../../src/training/training.ts";
import { memoryStore, quiet, trainParams, tuneParams } from "../support.ts";
import { CLASSES, syntheticDigits } from "../synthetic.ts";

const replay = syntheticDigits(300, 1);
const app = syntheticDigits(70, 2);
const validation = syntheticDigits(40, 3);

const remembering = (features: ReturnType<typeof memoryStore>, threads: number, numerics = "1") =>
  createTraining({ threads }, { features, checkpoints: null, numerics });
const bytes = (model: ModelArtifacts) => Buffer.from(model.weightData);

/** `fineTune` without cached activations: every image goes through every layer in every epoch. */
async function naive(base: ModelArtifacts, params: FineTuneParams): Promise<Buffer> {
  const model = fromArtifacts(base);
  const portions = [
    { set: app, count: 70 },
    { set: drawImages(replay, 140, params.seed), count: 140 },
  ];
  await fit({
    model,
    trained: new Set(["dense", "predictions"]),
    batches: imageBatches(
      new Sampler(portions, createRandom(params.seed).fork("order")),
      CLASSES.length,
      null,
      augmentHere,
    ),
    from: 0,
    validation: null,
    checkpoint: null,
    params: {
      classes: CLASSES,
      epochs: params.tuning_epochs,
      batchSize: params.tuning_batch_size,
      learningRate: params.learning_rate,
      seed: params.seed,
      patience: 0,
    },
    control: quiet,
  });
  const weights = weightsOf(model);
  model.dispose();
  return Buffer.from(weights.buffer);
}

for (const threads of [1, 2]) {
  describe(`on ${threads} threads`, () => {
    let backend: Backend;
    let training: Training;
    let base: ModelArtifacts;
    beforeAll(async () => {
      const workerUrl = new URL("../../../src/kernel-worker.ts", import.meta.url);
      backend = await initBackend({ threads, workerUrl });
      training = createTraining(backend);
      base = (await training.train(replay, null, { ...trainParams, epochs: 1 }, quiet)).model;
    });
    afterAll(() => backend.dispose());

    test("fineTune() gives bit-identical results from computed, cached and uncached activations, and from images in each epoch", async () => {
      const store = memoryStore();
      const tune = (by: Training) => by.fineTune(base, app, replay, validation, tuneParams, quiet);
      const plain = await tune(training);
      const first = await tune(remembering(store, threads));
      const { written } = store;
      // Two images of a set may be equal.
      expect(written).toBeGreaterThan(240);
      const second = await tune(remembering(store, threads));
      expect(store.written).toBe(written);
      expect(bytes(first.model).equals(bytes(plain.model))).toBe(true);
      expect(bytes(second.model).equals(bytes(plain.model))).toBe(true);
      expect(second.bestEpoch).toBe(plain.bestEpoch);

      const last = await training.fineTune(base, app, replay, null, tuneParams, quiet);
      expect(bytes(last.model).equals(await naive(base, tuneParams))).toBe(true);
      expect(bytes(last.model).equals(bytes(base))).toBe(false);
    });

    test("fineTune() computes only what is new: other samples, another view, other code", async () => {
      const store = memoryStore();
      const tune = (set: typeof app, views = 1, numerics = "1") =>
        remembering(store, threads, numerics).fineTune(
          base,
          set,
          replay,
          null,
          { ...tuneParams, tuning_views: views },
          quiet,
        );
      await tune(app);
      const all = store.written;
      let before = all;
      const written = () => {
        const added = store.written - before;
        before = store.written;
        return added;
      };
      const more = { ...app, images: new Uint8Array(71 * 196), labels: new Uint8Array(71) };
      more.images.set(app.images);
      more.images.fill(9, 70 * 196);
      await tune(more);
      expect(written()).toBe(1 + 2);
      await tune(app, 3);
      expect(written()).toBe(2 * 70);
      await tune(app, 1, "2");
      expect(written()).toBe(all);
    });

    test("evaluate() gives the same report from cached logits, from cached activations, and from neither", async () => {
      const store = memoryStore();
      const keeping = remembering(store, threads);
      const examined = async (model: ModelArtifacts) =>
        (await keeping.examine(model, validation, undefined, ["dense", "predictions"])).report;
      const plain = await training.evaluate(base, validation);
      expect(await examined(base)).toEqual(plain);
      expect(store.written).toBe(40 + 40);
      expect(await keeping.evaluate(base, validation)).toEqual(plain);
      expect(store.written).toBe(40 + 40);
      const { model } = await training.fineTune(base, app, replay, null, tuneParams, quiet);
      const tuned = await training.evaluate(model, validation);
      expect(await examined(model)).toEqual(tuned);
      expect(store.written).toBe(40 + 40 + 40);
      expect(tuned.loss).not.toBe(plain.loss);
    });

    test("train() and fineTune() give bit-identical results again, and leave no tensor behind", async () => {
      const before = tf.memory().numTensors;
      const once = await training.train(replay, validation, trainParams, quiet);
      const again = await training.train(replay, validation, trainParams, quiet);
      expect(bytes(again.model).equals(bytes(once.model))).toBe(true);
      const tune = () =>
        training.fineTune(once.model, app, replay, validation, { ...tuneParams, tuning_views: 2 }, quiet);
      expect(bytes((await tune()).model).equals(bytes((await tune()).model))).toBe(true);
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}
