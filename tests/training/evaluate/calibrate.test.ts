import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { rasterise } from "../../../src/digits/rasterise.ts";
import type { ImageSet } from "../../../src/domain/image-set.ts";
import { type Backend, initBackend } from "../../../src/kernels/init-backend.ts";
import * as tf from "../../../src/kernels/tf.ts";
import { createRandom } from "../../../src/lib/random.ts";
import { memoryFeatures } from "../../../src/training/caches/memory-features.ts";
import { NO_CACHES } from "../../../src/training/caches/training-caches.ts";
import { createTraining } from "../../../src/training/create-training.ts";
import type { Training } from "../../../src/training/training.ts";
import { drawingOf } from "../../support/digit-strokes.ts";
import { denseModel, templateModel } from "../../support/models.ts";

let backend: Backend;
let training: Training;
beforeAll(async () => {
  backend = await initBackend({
    threads: 1,
    workerUrl: new URL("../../../src/kernel-worker.ts", import.meta.url),
  });
  training = createTraining(backend);
});
afterAll(() => backend.dispose());

const N = 200;

/** Digits in turn, drawn by an unsteady hand. */
function drawings(firstSeed: number): ImageSet {
  const images = new Uint8Array(N * 784);
  const labels = Uint8Array.from({ length: N }, (_, n) => n % 10);
  for (let n = 0; n < N; n++) images.set(rasterise(drawingOf(n % 10, firstSeed + n)), n * 784);
  return { rows: 28, cols: 28, images, labels };
}

/** Images whose label is 0 with probability softmax(strength·ink)₀ over the ink 0..1 of their first two pixels, else 1. */
function coins(n: number, strength: number, seed: number): ImageSet {
  const random = createRandom(seed);
  const images = new Uint8Array(n * 784);
  const labels = Uint8Array.from({ length: n }, (_, i) => {
    const [a, b] = [random.int(256), random.int(256)];
    images.set([a, b], i * 784);
    return random.next() < 1 / (1 + Math.exp((strength * (b - a)) / 255)) ? 0 : 1;
  });
  return { rows: 28, cols: 28, images, labels };
}

/** Random ink everywhere. */
function noise(n: number): ImageSet {
  const random = createRandom(9);
  const images = Uint8Array.from({ length: n * 784 }, () => (random.next() < 0.2 ? 255 : 0));
  return { rows: 28, cols: 28, images, labels: new Uint8Array(n).fill(255) };
}

const params = { score: "max_logit_above_mean", false_alarm_rate: 0.05 } as const;
/** Classifies plain digits correctly. */
const model = templateModel(20);

describe("calibrate()", () => {
  test("finds within 10 % the factor by which a model is overconfident, and changes no prediction", async () => {
    // The first two pixels give the odds of "0" and "1"; the model's logits are four times too large.
    const kernel = new Float32Array(784 * 10);
    kernel[0] = 4 * 3;
    kernel[10 + 1] = 4 * 3;
    const tooSure = denseModel(
      kernel,
      Float32Array.from({ length: 10 }, (_, k) => (k < 2 ? 0 : -1_000)),
    );
    const chances = coins(3_000, 3, 1);
    const { model: calibrated, report } = await training.calibrate(tooSure, chances, null, params);
    expect(report.n).toBe(3_000);
    expect(report.temperature).toBeGreaterThan(3.6);
    expect(report.temperature).toBeLessThan(4.4);
    expect(report.loss.after).toBeLessThan(report.loss.before);
    expect(report.ece.after).toBeLessThan(report.ece.before / 4);
    const others = coins(3_000, 3, 2);
    const before = await training.evaluate(tooSure, others);
    const after = await training.evaluate(calibrated, others);
    expect(after.confusion).toEqual(before.confusion);
    expect(after.calibration.ece).toBeLessThan(before.calibration.ece / 4);
    expect(after.loss).toBeLessThan(before.loss);
  });

  test("sets the threshold so that the stated share of the images is flagged, and tells noise from digits", async () => {
    const digits = drawings(1);
    const { model: calibrated, report } = await training.calibrate(model, digits, noise(50), params);
    expect(report.auroc).toBeGreaterThan(0.95);
    const measured = await training.measureRejection(calibrated, digits, noise(50));
    expect(measured).toMatchObject({ known: N, unknown: 50 });
    expect(measured.auroc.max_logit_above_mean).toBe(report.auroc!);
    expect(measured.flagged).toMatchObject({ ...report.rejection, known: 0.05 });
    expect(measured.flagged!.unknown).toBeGreaterThan(0.5);
  });

  test("replaces the previous calibration: twice gives the same as once, and the weights are unchanged", async () => {
    const once = await training.calibrate(model, drawings(1), null, params);
    const twice = await training.calibrate(once.model, drawings(1), null, params);
    expect(twice).toEqual(once);
    expect(once.model.weightData).toBe(model.weightData);
    expect(model.userDefinedMetadata.calibration).toBeUndefined();
  });

  test("leaves no tensor behind, and stops when the signal is aborted", async () => {
    const before = tf.memory().numTensors;
    await training.calibrate(model, drawings(1), noise(3), params);
    const stopped = training.calibrate(
      model,
      drawings(1),
      null,
      params,
      AbortSignal.abort(new Error("stop")),
    );
    expect(stopped).rejects.toThrow("stop");
    await stopped.catch(() => {});
    expect(tf.memory().numTensors).toBe(before);
  });

  test("throws a RangeError when there is nothing to validate with, or images of another size", async () => {
    const empty = { rows: 28, cols: 28, images: new Uint8Array(), labels: new Uint8Array() };
    expect(training.calibrate(model, empty, null, params)).rejects.toThrow("the validation set: it is empty");
    const small = { rows: 2, cols: 2, images: new Uint8Array(4), labels: new Uint8Array(1) };
    expect(training.calibrate(model, drawings(1), small, params)).rejects.toThrow("2x2 px");
  });
});

describe("measureRejection()", () => {
  /** Two classes, set by hand: the first pixel's ink is the logit of "0", the second's that of "1". */
  const kernel = new Float32Array(784 * 10);
  kernel[0] = 10;
  kernel[10 + 1] = 10;
  const byHand = denseModel(kernel, new Float32Array(10));
  const set = (pixels: [number, number][], labels: number[]): ImageSet => {
    const images = new Uint8Array(pixels.length * 784);
    pixels.forEach((pair, n) => {
      images.set(pair, n * 784);
    });
    return { rows: 28, cols: 28, images, labels: Uint8Array.from(labels) };
  };
  // Greatest logits 10, 10, 4, 2 for the known, 6, 2 for the unknown.
  const known = set(
    [
      [255, 0],
      [0, 255],
      [102, 0],
      [0, 51],
    ],
    [0, 0, 0, 1],
  );
  const unknown = set(
    [
      [153, 0],
      [51, 0],
    ],
    [255, 255],
  );

  test("matches hand counts: area, shares flagged, and accuracy on the rest", async () => {
    const calibration = {
      temperature: 1,
      rejection: { score: "max_logit", threshold: -3, false_alarm_rate: 0.25 },
    } as const;
    const { userDefinedMetadata } = byHand;
    const calibrated = { ...byHand, userDefinedMetadata: { ...userDefinedMetadata, calibration } };
    const report = await training.measureRejection(calibrated, known, unknown);
    // Pairs in order: -6 is above -10 -10; -2 above all but the tie with -2: 2 + 3.5 of 8.
    expect(report.auroc.max_logit).toBeCloseTo(5.5 / 8, 12);
    expect(report.flagged).toEqual({
      ...calibration.rejection,
      unknown: 1 / 2,
      known: 1 / 4,
      accuracy_of_rest: 2 / 3,
    });
  });

  test("also measures a model that was never calibrated, and reports that it flags nothing", async () => {
    const report = await training.measureRejection(byHand, known, unknown);
    expect(report.flagged).toBeNull();
    expect(report.auroc.max_logit).toBeCloseTo(5.5 / 8, 12);
  });

  test("gives the same report when the predictions of `evaluate` are in memory, and computes none again", async () => {
    const features = memoryFeatures();
    const remembering = createTraining(backend, { ...NO_CACHES, features });
    await remembering.evaluate(byHand, known);
    let written = 0;
    features.write = async (_space, rows) => {
      written += rows.size;
    };
    const report = await remembering.measureRejection(byHand, known, unknown);
    expect(report).toEqual(await training.measureRejection(byHand, known, unknown));
    expect(written).toBe(2);
  });
});
