import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { PREPROCESSING_VERSION } from "../../src/digits/image-format.ts";
import { type ImageSet, NO_CLASS } from "../../src/domain/image-set.ts";
import type { ModelArtifacts } from "../../src/domain/model-artifacts.ts";
import type { TrainProgress } from "../../src/domain/runs/training-progress.ts";
import { type Backend, initBackend } from "../../src/kernels/init-backend.ts";
import * as tf from "../../src/kernels/tf.ts";
import { saysOf, UsageError } from "../../src/lib/errors.ts";
import { createTraining } from "../../src/training/create-training.ts";
import { TrainingError } from "../../src/training/errors.ts";
import type { FineTuneParams, TrainParams } from "../../src/training/fit/params.ts";
import type { TrainControl } from "../../src/training/fit/train-control.ts";
import type { Training } from "../../src/training/training.ts";
import { sayingWords } from "../../views/i18n/saying-words.ts";
import { textIn } from "../../views/i18n/text.ts";
import { CLASSES, syntheticDigits } from "./synthetic.ts";

const digits = syntheticDigits(192, 1);
const validation = syntheticDigits(64, 2);

const params: TrainParams = {
  architecture: "keras_mnist_cnn",
  classes: CLASSES,
  epochs: 2,
  batch_size: 32,
  learning_rate: 0.002,
  patience: 0,
  seed: 42,
  augmentation: { rotate_deg: 5, shift_px: 0.5, scale: 0.05, shear: 0.05 },
};

const tuneParams: FineTuneParams = {
  classes: CLASSES,
  tuning_layer: ["dense", "predictions"],
  tuning_epochs: 1,
  tuning_min_steps: 0,
  tuning_batch_size: 16,
  tuning_replay_ratio: 2,
  tuning_keep: 0,
  tuning_replay_targets: "labels",
  tuning_views: 1,
  tuning_patience: 0,
  learning_rate: 0.0005,
  seed: 7,
  augmentation: null,
};

const quiet: TrainControl = { signal: new AbortController().signal, onProgress: () => {} };

let backend: Backend;
let training: Training;
let base: ModelArtifacts;
beforeAll(async () => {
  const workerUrl = new URL("../../src/kernel-worker.ts", import.meta.url);
  backend = await initBackend({ threads: 1, workerUrl });
  training = createTraining(backend);
  ({ model: base } = await training.train(digits, null, { ...params, epochs: 1 }, quiet));
});
afterAll(() => backend.dispose());

const bytes = (model: ModelArtifacts) => Buffer.from(model.weightData);

/** The bytes of each weight, by name. */
function weights(model: ModelArtifacts): Record<string, string> {
  let offset = 0;
  return Object.fromEntries(
    model.weightSpecs.map(({ name, shape }) => {
      const size = 4 * shape.reduce((a, b) => a * b, 1);
      offset += size;
      return [name, Buffer.from(model.weightData, offset - size, size).toString("base64")];
    }),
  );
}

describe("train()", () => {
  test("learns to tell four scripted digits apart: at least 95 % accuracy on other images, loss under 0.3 nats", async () => {
    const { model, history, bestEpoch } = await training.train(digits, validation, params, quiet);
    const report = await training.evaluate(model, syntheticDigits(100, 3));
    expect(report.accuracy).toBeGreaterThanOrEqual(0.95);
    expect(report.loss).toBeLessThan(0.3);
    expect(history.map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect(history[1]!.loss).toBeLessThan(history[0]!.loss);
    expect([1, 2]).toContain(bestEpoch);
    // Half a cosine over 2 epochs of 6 steps: step 6 of 12 and step 12, counted from 0.
    const rateAfter = (steps: number) => 0.001 * (1 + Math.cos((Math.PI * steps) / 12));
    expect(history[0]!.learning_rate).toBeCloseTo(rateAfter(5), 9);
    expect(history[1]!.learning_rate).toBeCloseTo(rateAfter(11), 9);
  });

  test("augments on a separate thread as on this one: the same weights, bit by bit", async () => {
    const threaded = createTraining(
      backend,
      undefined,
      new URL("../../src/augment-worker.ts", import.meta.url),
    );
    const [here, there] = await Promise.all(
      [training, threaded].map((by) => by.train(digits, null, params, quiet)),
    );
    expect(bytes(there!.model).equals(bytes(here!.model))).toBe(true);
    expect(there!.history.map(({ loss }) => loss)).toEqual(here!.history.map(({ loss }) => loss));
  });

  test("starts from the layers of another model, whatever its classes, and keeps the outputs that both have", async () => {
    const still = { ...params, epochs: 1, learning_rate: 1e-12, seed: 9 };
    const again = (await training.train(digits, null, { ...still, architecture: "" }, quiet, base)).model;
    const [before, after] = [base, again].map(
      ({ weightData }) => new Float32Array(weightData) as ArrayLike<number>,
    );
    expect(after!.length).toBe(before!.length);
    expect(Math.max(...Array.from(after!, (value, i) => Math.abs(value - before![i]!)))).toBeLessThan(1e-6);
    expect(again.userDefinedMetadata).toMatchObject({ architecture: "keras_mnist_cnn", seed: 9 });
    const classes = [...CLASSES, "a"];
    const wider = (await training.train(digits, null, { ...still, classes }, quiet, base)).model;
    expect(wider.userDefinedMetadata.classes).toEqual(classes);
    const { accuracy } = await training.evaluate(base, digits);
    expect((await training.evaluate(wider, digits)).accuracy).toBeGreaterThan(accuracy - 0.1);
  });

  test("learns to be undecided about images of no class: confidence under 0.6 there, and accuracy over 0.9 on the others", async () => {
    // Digits upside down, without the zero and the one, which look the same that way.
    const turned = syntheticDigits(192, 5);
    const shown = Array.from(turned.labels.keys()).filter((n) => turned.labels[n]! >= 2);
    const negatives: ImageSet = {
      ...turned,
      images: Uint8Array.from(
        shown.flatMap((n) => [...turned.images.subarray(n * 196, (n + 1) * 196)].toReversed()),
      ),
      labels: new Uint8Array(shown.length).fill(NO_CLASS),
    };
    const { model } = await training.train([digits, negatives], validation, { ...params, epochs: 4 }, quiet);
    expect((await training.evaluate(model, syntheticDigits(100, 3))).accuracy).toBeGreaterThan(0.9);
    const asThrees = { ...negatives, labels: new Uint8Array(shown.length).fill(2) };
    const { calibration } = await training.evaluate(model, asThrees);
    const confidence = calibration.bins.reduce((sum, bin) => sum + bin.n * (bin.confidence ?? 0), 0);
    expect(confidence / shown.length).toBeLessThan(0.6);
  });

  test("refuses images of no class for validation, and a list of empty sets", async () => {
    const others = { ...validation, labels: new Uint8Array(64).fill(NO_CLASS) };
    await expect(training.train(digits, others, params, quiet)).rejects.toThrow("label 255");
    await expect(training.train([], null, params, quiet)).rejects.toThrow("the training set: it is empty");
  });

  test("gives the same bytes for the same seed, and different ones for another", async () => {
    const once = { ...params, epochs: 1 };
    const again = await training.train(digits, null, once, quiet);
    const other = await training.train(digits, null, { ...once, seed: 43 }, quiet);
    expect(bytes(again.model).equals(bytes(base))).toBe(true);
    expect(JSON.stringify(again.model)).toBe(JSON.stringify(base));
    expect(bytes(other.model).equals(bytes(base))).toBe(false);
  });

  test("records in the model how it was trained", () => {
    expect(base.userDefinedMetadata).toEqual({
      classes: CLASSES,
      rows: 14,
      cols: 14,
      preprocessing: PREPROCESSING_VERSION,
      architecture: "keras_mnist_cnn",
      seed: 42,
      threads: 1,
    });
  });

  test("keeps the weights of the epoch that is best on the validation set, even if it is the first", async () => {
    // Every validation label is wrong: the better the model gets, the lower its accuracy on them.
    const wrong = { ...validation, labels: validation.labels.map((label) => (label + 1) % 4) };
    const { model, history, bestEpoch } = await training.train(
      digits,
      wrong,
      { ...params, epochs: 3 },
      quiet,
    );
    expect(bestEpoch).toBe(1);
    expect(history).toHaveLength(3);
    const report = await training.evaluate(model, wrong);
    expect(report.accuracy).toBe(history[0]!.val_accuracy!);
    expect(report.loss).toBe(history[0]!.val_loss!);
  });

  test("stops after as many epochs without improvement as patience allows, and never when it is 0 or there is no validation set", async () => {
    const wrong = { ...validation, labels: validation.labels.map((label) => (label + 1) % 4) };
    const train = (patience: number, set: typeof wrong | null) =>
      training.train(digits, set, { ...params, epochs: 4, patience }, quiet);
    const stopped = await train(2, wrong);
    expect([stopped.bestEpoch, stopped.history.length]).toEqual([1, 3]);
    expect((await train(0, wrong)).history).toHaveLength(4);
    expect((await train(1, null)).history).toHaveLength(4);
    const whole = await training.train(digits, wrong, { ...params, epochs: 4 }, quiet);
    expect(bytes(stopped.model).equals(bytes(whole.model))).toBe(true);
  });

  test("keeps the last epoch when there is no validation set", async () => {
    expect((await training.train(digits, null, params, quiet)).bestEpoch).toBe(2);
  });

  test("reports progress every ten steps and validation after each epoch", async () => {
    const seen: TrainProgress[] = [];
    const control = { ...quiet, onProgress: (progress: TrainProgress) => void seen.push(progress) };
    await training.train(digits, validation, { ...params, batch_size: 8, epochs: 2 }, control);
    expect(seen.map(({ epoch, step, val_accuracy }) => [epoch, step, val_accuracy !== null])).toEqual([
      [1, 10, false],
      [1, 20, false],
      [1, 24, true],
      [2, 10, false],
      [2, 20, false],
      [2, 24, true],
    ]);
    expect(seen.every(({ steps, epochs, loss }) => steps === 24 && epochs === 2 && loss > 0)).toBe(true);
    expect(seen.every(({ samples_per_s }) => samples_per_s > 0)).toBe(true);
  });

  test("stops within a step of an abort, with the signal's reason, and leaves no tensor behind", async () => {
    const before = tf.memory().numTensors;
    const controller = new AbortController();
    const seen: number[] = [];
    const control = {
      signal: controller.signal,
      onProgress: ({ step }: TrainProgress) => {
        seen.push(step);
        controller.abort(new Error("cancelled by hand"));
      },
    };
    const run = training.train(digits, null, { ...params, batch_size: 8, epochs: 50 }, control);
    await expect(run).rejects.toThrow("cancelled by hand");
    expect(seen).toEqual([10]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test("gives other work of the process a turn in each step", async () => {
    let turns = 0;
    const timer = setInterval(() => void turns++, 0);
    await training.train(digits, null, { ...params, epochs: 1 }, quiet);
    clearInterval(timer);
    expect(turns).toBeGreaterThanOrEqual(5);
  });

  test("leaves no tensor behind", async () => {
    const before = tf.memory().numTensors;
    await training.train(digits, validation, { ...params, epochs: 1 }, quiet);
    await training.fineTune(base, digits, digits, validation, tuneParams, quiet);
    await training.evaluate(base, digits);
    expect(tf.memory().numTensors).toBe(before);
  });

  for (const [when, learning_rate, message] of [
    ["the loss is not a number", 1e38, /^Training failed: the loss became NaN in epoch 1, step \d\. Lower/],
    ["the weights are not finite", 1e30, /^Training failed: .* Lower the learning rate \(1e\+30 now\)$/],
  ] as const) {
    test(`ends with a TrainingError that names the learning rate, and leaves no tensor, when ${when}`, async () => {
      const before = tf.memory().numTensors;
      const run = () => training.train(digits, null, { ...params, learning_rate }, quiet);
      await expect(run()).rejects.toThrow(TrainingError);
      const error = await run().then(
        () => null,
        (reason: unknown) => reason,
      );
      expect((error as Error).message).toMatch(message);
      expect(sayingWords(textIn("en"), "failure", saysOf(error)!)).toBe((error as Error).message);
      expect(tf.memory().numTensors).toBe(before);
    });
  }

  const refused: [string, Partial<TrainParams>, string][] = [
    [
      "the architecture is unknown",
      { architecture: "keras_mnist_cn" },
      'Unknown architecture "keras_mnist_cn"',
    ],
    [
      "there are no epochs",
      { epochs: 0 },
      "the number of epochs must be a whole number of at least 1, found 0",
    ],
    ["the batch size is a fraction", { batch_size: 1.5 }, "the batch size must be a whole number"],
    ["patience is below 0", { patience: -1 }, "patience must be a whole number of epochs, or 0 for none"],
    ["the learning rate is 0", { learning_rate: 0 }, "the learning rate must be a number above 0, found 0"],
    ["the seed is a fraction", { seed: 0.5 }, "the seed must be a whole number, found 0.5"],
  ];
  for (const [when, change, message] of refused) {
    test(`throws a UsageError when ${when}`, async () => {
      const run = () => training.train(digits, null, { ...params, ...change }, quiet);
      await expect(run()).rejects.toThrow(UsageError);
      await expect(run()).rejects.toThrow(message);
    });
  }

  test("throws a RangeError when a set is empty, incomplete, or has a label that is not a class", async () => {
    const empty = { ...digits, images: new Uint8Array(), labels: new Uint8Array() };
    const torn = { ...digits, images: digits.images.subarray(1) };
    const wrong = { ...digits, labels: digits.labels.with(5, 4) };
    await expect(training.train(empty, null, params, quiet)).rejects.toThrow(
      "Cannot use the training set: it is empty",
    );
    await expect(training.train(torn, null, params, quiet)).rejects.toThrow(
      "192 labels need 37632 pixels of 14x14, found 37631",
    );
    await expect(training.train(digits, wrong, params, quiet)).rejects.toThrow(
      "Cannot use the validation set: label 4 of image 5 is not one of 4 classes",
    );
  });
});

describe("fineTune()", () => {
  test("changes the tuned layers and keeps every frozen weight byte by byte", async () => {
    const { model } = await training.fineTune(base, digits, digits, null, tuneParams, quiet);
    const before = weights(base);
    const after = weights(model);
    const changed = Object.keys(before).filter((name) => before[name] !== after[name]);
    expect(changed).toEqual(["dense/kernel", "dense/bias", "predictions/kernel", "predictions/bias"]);
  });

  test("trains only the first layer when tuning_layer is 0, and only the last when it is -1", async () => {
    const before = weights(base);
    for (const [tuning_layer, name] of [
      [0, "conv_1"],
      [-1, "predictions"],
    ] as const) {
      const { model } = await training.fineTune(
        base,
        digits,
        digits,
        null,
        { ...tuneParams, tuning_layer },
        quiet,
      );
      const after = weights(model);
      const changed = Object.keys(before).filter((weight) => before[weight] !== after[weight]);
      expect(changed).toEqual([`${name}/kernel`, `${name}/bias`]);
    }
  });

  test("leaves the base model unchanged, and gives the same bytes for the same seed", async () => {
    const before = Buffer.from(bytes(base));
    const first = await training.fineTune(base, digits, digits, null, tuneParams, quiet);
    const second = await training.fineTune(base, digits, digits, null, tuneParams, quiet);
    expect(bytes(base).equals(before)).toBe(true);
    expect(bytes(first.model).equals(bytes(second.model))).toBe(true);
    expect(first.model.userDefinedMetadata.seed).toBe(7);
  });

  test("learns a digit that is drawn in a new way without forgetting the old ones", async () => {
    // App samples turned upside down; the replay holds the old ones.
    const turn = (set: typeof digits) => ({ ...set, images: turned(set.images) });
    const app = turn(syntheticDigits(64, 11));
    const check = turn(syntheticDigits(64, 12));
    const before = await training.evaluate(base, check);
    const tune = { ...tuneParams, tuning_epochs: 6, learning_rate: 0.001 };
    const { model } = await training.fineTune(base, app, digits, check, tune, quiet);
    const after = await training.evaluate(model, check);
    const old = await training.evaluate(model, validation);
    expect(after.accuracy).toBeGreaterThan(before.accuracy + 0.1);
    expect(old.accuracy).toBeGreaterThanOrEqual(0.95);
  });

  test("preserves the model's doubts when the replay's targets are its own correct predictions", async () => {
    const app = syntheticDigits(16, 11);
    const before = await training.evaluate(base, digits);
    const lossWith = async (tuning_replay_targets: "labels" | "model") => {
      const tune = { ...tuneParams, tuning_epochs: 6, tuning_replay_ratio: 10, learning_rate: 0.001 };
      const all = { ...tune, tuning_replay_targets };
      const { model } = await training.fineTune(base, app, digits, null, all, quiet);
      return (await training.evaluate(model, digits)).loss;
    };
    // Labels make the model confident, so the loss falls; its own predictions leave its confidence unchanged.
    const [byLabels, byModel] = [await lossWith("labels"), await lossWith("model")];
    expect(byLabels).toBeLessThan(before.loss / 2);
    expect(byModel).toBeGreaterThan(2 * byLabels);
  });

  test("leaves every weight between the tuned ones and those before, as far as tuning_keep says, within 1e-6", async () => {
    const app = syntheticDigits(16, 11);
    const tuned = async (tuning_keep: number) => {
      const { model } = await training.fineTune(
        base,
        app,
        digits,
        null,
        { ...tuneParams, tuning_keep },
        quiet,
      );
      return new Float32Array(model.weightData);
    };
    const [all, kept] = [await tuned(0), await tuned(0.25)];
    const before = new Float32Array(base.weightData);
    const farthest = (of: (i: number) => number) =>
      before.reduce((most, _, i) => Math.max(most, Math.abs(of(i))), 0);
    expect(farthest((i) => all[i]! - before[i]!)).toBeGreaterThan(1e-4);
    expect(farthest((i) => kept[i]! - (0.75 * all[i]! + 0.25 * before[i]!))).toBeLessThan(1e-6);
  });

  test("makes at least tuning_min_steps steps, in more epochs than tuning_epochs, and never fewer epochs", async () => {
    const app = syntheticDigits(16, 11);
    const epochs = async (tuning_min_steps: number, tuning_epochs: number) => {
      // 16 samples and 32 replayed images in batches of 16: 3 steps an epoch.
      const tune = { ...tuneParams, tuning_min_steps, tuning_epochs };
      return (await training.fineTune(base, app, digits, null, tune, quiet)).history.length;
    };
    expect(await epochs(10, 1)).toBe(4);
    expect(await epochs(9, 1)).toBe(3);
    expect(await epochs(2, 2)).toBe(2);
    expect(await epochs(0, 1)).toBe(1);
  });

  test("works without replay, and with fewer samples than a batch", async () => {
    const few = syntheticDigits(4, 5);
    const { history } = await training.fineTune(
      base,
      few,
      few,
      null,
      { ...tuneParams, tuning_replay_ratio: 0 },
      quiet,
    );
    expect(history).toHaveLength(1);
  });

  test("throws a UsageError when layer, classes or ratio do not fit, and leaves no tensor behind", async () => {
    const before = tf.memory().numTensors;
    const run = (change: Partial<FineTuneParams>) =>
      training.fineTune(base, digits, digits, null, { ...tuneParams, ...change }, quiet);
    await expect(run({ tuning_layer: "dens" })).rejects.toThrow('there is no layer "dens" among 0 "conv_1"');
    await expect(run({ classes: ["a", "b"] })).rejects.toThrow("The model knows the classes 0, 1, 4, 7");
    await expect(run({ tuning_replay_ratio: -1 })).rejects.toThrow(
      "tuning_replay_ratio must be 0 or more, found -1",
    );
    expect(tf.memory().numTensors).toBe(before);
  });
});

/** Every image upside down (rows reversed), 14 x 14. */
function turned(images: Uint8Array): Uint8Array {
  return images.map((_, i) => {
    const image = Math.floor(i / 196) * 196;
    const y = Math.floor((i - image) / 14);
    return images[image + (13 - y) * 14 + (i % 14)]!;
  });
}
