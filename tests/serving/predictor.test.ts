import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { ModelArtifacts } from "../../src/domain/model-artifacts.ts";
import { type Backend, initBackend } from "../../src/kernels/init-backend.ts";
import { BusyError, UnavailableError } from "../../src/lib/errors.ts";
import { checkDigits } from "../../src/serving/check-digits.ts";
import { ModelLoadError } from "../../src/serving/errors.ts";
import { createPredictor } from "../../src/serving/predictor.ts";
import { denseModel, templateModel } from "../support/models.ts";

const DIGITS = checkDigits();
let backend: Backend;

beforeAll(async () => {
  backend = await initBackend({
    threads: 1,
    workerUrl: new URL("../../src/kernel-worker.ts", import.meta.url),
  });
});
afterAll(() => backend.dispose());

async function predictorOf(artifacts: ModelArtifacts, version = 1) {
  const predictor = createPredictor();
  await predictor.swap({ name: "digits", version }, artifacts);
  return predictor;
}

/** The softmax of the template model by plain arithmetic in float64: an independent reference. */
function referenceProbabilities(artifacts: ModelArtifacts, pixels: Uint8Array): number[] {
  const logits = referenceLogits(artifacts, pixels);
  const exps = logits.map((logit) => Math.exp(logit - Math.max(...logits)));
  const total = exps.reduce((a, b) => a + b);
  return exps.map((value) => value / total);
}

function referenceLogits(artifacts: ModelArtifacts, pixels: Uint8Array): number[] {
  const weights = new Float32Array(artifacts.weightData);
  return Array.from({ length: 10 }, (_, k) =>
    pixels.reduce((sum, pixel, i) => sum + (pixel / 255) * weights[i * 10 + k]!, weights[7840 + k]!),
  );
}

describe("predict()", () => {
  test("gives the softmax of pixels/255 through the weights, within 1e-5, most probable first", async () => {
    const artifacts = templateModel(1);
    const predictor = await predictorOf(artifacts);
    for (const { label, pixels } of DIGITS) {
      const prediction = await predictor.predict(pixels);
      const expected = referenceProbabilities(artifacts, pixels);
      for (const { label, p } of prediction.probabilities) expect(p).toBeCloseTo(expected[Number(label)]!, 5);
      const ps = prediction.probabilities.map(({ p }) => p);
      expect(ps).toEqual(ps.toSorted((a, b) => b - a));
      expect(prediction.label).toBe(label);
      expect(prediction.confidence).toBe(ps[0]!);
      expect(prediction.model).toEqual({ name: "digits", version: 1 });
    }
    await predictor.close();
  });

  test("divides the logits by the model's temperature, within 1e-5, and flags images above its threshold", async () => {
    const temperature = 2.5;
    const template = templateModel(1);
    const halved = new Float32Array(template.weightData).map((weight) => weight / temperature);
    const greatest = DIGITS.map(({ pixels }) => {
      const row = referenceLogits(template, pixels);
      return Math.max(...row) / temperature;
    });
    // Between the fifth and the sixth of the ten.
    const middle = greatest.toSorted((a, b) => a - b);
    const threshold = -(middle[4]! + middle[5]!) / 2;
    const rejection = { score: "max_logit", threshold, false_alarm_rate: 0.5 } as const;
    const userDefinedMetadata = {
      ...template.userDefinedMetadata,
      calibration: { temperature, rejection },
    };
    const predictor = await predictorOf({ ...template, userDefinedMetadata });
    for (const [n, { label, pixels }] of DIGITS.entries()) {
      const prediction = await predictor.predict(pixels);
      const expected = referenceProbabilities({ ...template, weightData: halved.buffer }, pixels);
      for (const { label, p } of prediction.probabilities) expect(p).toBeCloseTo(expected[Number(label)]!, 5);
      expect(prediction.label).toBe(label);
      expect(prediction.outlierScore).toBeCloseTo(-greatest[n]!, 4);
      expect(prediction.isOutlier).toBe(greatest[n]! < -threshold);
    }
    await predictor.close();
  });

  test("flags nothing and has no outlier score when the model was never calibrated", async () => {
    const predictor = await predictorOf(templateModel());
    expect(await predictor.predict(new Uint8Array(784).fill(255))).toMatchObject({
      outlierScore: null,
      isOutlier: false,
    });
    await predictor.close();
  });

  test("predicts the digit of each of 40 concurrent drawings, whatever the batches", async () => {
    const predictor = await predictorOf(templateModel());
    const asked = Array.from({ length: 40 }, (_, n) => DIGITS[(n * 7) % 10]!);
    const answers = await Promise.all(asked.map(({ pixels }) => predictor.predict(pixels)));
    expect(answers.map(({ label }) => label)).toEqual(asked.map(({ label }) => label));
    await predictor.close();
  });

  test("is unavailable before the first swap and after close()", async () => {
    const predictor = createPredictor();
    expect(predictor.current()).toBeNull();
    await expect(predictor.predict(DIGITS[0]!.pixels)).rejects.toBeInstanceOf(UnavailableError);
    await predictor.swap({ name: "digits", version: 1 }, templateModel());
    await predictor.close();
    await expect(predictor.predict(DIGITS[0]!.pixels)).rejects.toBeInstanceOf(UnavailableError);
    await expect(predictor.swap({ name: "digits", version: 2 }, templateModel())).rejects.toBeInstanceOf(
      UnavailableError,
    );
  });

  test("refuses an image that is not 784 pixels long", async () => {
    const predictor = await predictorOf(templateModel());
    await expect(predictor.predict(new Uint8Array(783))).rejects.toThrow("expected 784 pixels, found 783");
    await predictor.close();
  });
});

const BROKEN: [string, ModelArtifacts][] = [
  ["reads the digits wrong", denseModel(shiftedTemplate(), new Float32Array(10))],
  ["reads everything as one digit", denseModel(new Float32Array(7840), new Float32Array(10).fill(1, 3, 4))],
  [
    "overflows on a real digit",
    denseModel(
      new Float32Array(7840).map((_, i) => (i % 2 === 0 ? 3e38 : -3e38)),
      new Float32Array(10),
    ),
  ],
  ["has a weight that is not a number", denseModel(new Float32Array(7840).fill(NaN), new Float32Array(10))],
  ["is truncated", { ...templateModel(), weightData: templateModel().weightData.slice(0, 1000) }],
  [
    "has more classes than outputs",
    {
      ...templateModel(),
      userDefinedMetadata: { ...templateModel().userDefinedMetadata, classes: ["a", "b"] },
    },
  ],
];

/** The template model with each class's weights given to the next class. */
function shiftedTemplate(): Float32Array {
  const kernel = new Float32Array(templateModel().weightData).slice(0, 7840);
  return kernel.map((_, i) => kernel[i % 10 === 9 ? i - 9 : i + 1]!);
}

describe("swap()", () => {
  test.each(BROKEN)("leaves the old version serving when the new one %s", async (_, broken) => {
    const predictor = await predictorOf(templateModel());
    const tensors = backend.tf.memory().numTensors;
    await expect(predictor.swap({ name: "digits", version: 2 }, broken)).rejects.toBeInstanceOf(
      ModelLoadError,
    );
    await expect(predictor.check(broken)).rejects.toBeInstanceOf(ModelLoadError);
    const { label, model } = await predictor.predict(DIGITS[4]!.pixels);
    expect({ label, version: model.version }).toEqual({ label: "4", version: 1 });
    expect(backend.tf.memory().numTensors).toBe(tensors);
    await predictor.close();
  });

  test("resolves all predictions, each from one version, over 100 swaps, and leaks no tensor", async () => {
    const artifacts = [templateModel(1), templateModel(2)];
    const predictor = await predictorOf(artifacts[1]!, 0);
    const { label, pixels } = DIGITS[3]!;
    const expected = artifacts.map((entry) => referenceProbabilities(entry, pixels)[3]!);
    const tensors = backend.tf.memory().numTensors;
    const answers = [];
    for (let version = 1; version <= 100; version++) {
      const before = [predictor.predict(pixels), predictor.predict(pixels)];
      const swap = predictor.swap({ name: "digits", version }, artifacts[(version + 1) % 2]!);
      answers.push(...(await Promise.all([...before, predictor.predict(pixels)])));
      await swap;
      expect(predictor.current()?.version).toBe(version);
    }
    expect(answers).toHaveLength(300);
    for (const answer of answers) {
      expect(answer.label).toBe(label);
      expect(answer.confidence).toBeCloseTo(expected[(answer.model.version + 1) % 2]!, 5);
    }
    expect(backend.tf.memory().numTensors).toBe(tensors);
    await predictor.close();
    expect(predictor.current()).toBeNull();
  });

  test("ends with the version of the last of several concurrent calls", async () => {
    const predictor = await predictorOf(templateModel(), 0);
    const tensors = backend.tf.memory().numTensors;
    await Promise.all(
      [1, 2, 3].map((version) => predictor.swap({ name: "digits", version }, templateModel())),
    );
    expect(predictor.current()?.version).toBe(3);
    expect(backend.tf.memory().numTensors).toBe(tensors);
    await predictor.close();
  });

  test("leaves nothing in memory when the predictor is closed while it loads", async () => {
    const before = backend.tf.memory().numTensors;
    const predictor = createPredictor();
    const swap = predictor.swap({ name: "digits", version: 1 }, templateModel());
    await predictor.close();
    await expect(swap).rejects.toBeInstanceOf(UnavailableError);
    expect(backend.tf.memory().numTensors).toBe(before);
  });

  test("frees every tensor when the predictor is closed", async () => {
    const before = backend.tf.memory().numTensors;
    const predictor = await predictorOf(templateModel());
    await predictor.predict(DIGITS[0]!.pixels);
    await predictor.close();
    expect(backend.tf.memory().numTensors).toBe(before);
  });
});

describe("predictAll()", () => {
  test("predicts every image with the version that was live at the call, and frees it afterwards", async () => {
    const predictor = createPredictor({ maxBatch: 1, turnMs: 0 });
    await predictor.swap({ name: "digits", version: 1 }, templateModel(20));
    const tensors = backend.tf.memory().numTensors;
    const images = DIGITS.map(({ pixels }) => pixels);
    const together = predictor.predictAll(images);
    await predictor.swap({ name: "digits", version: 2 }, templateModel(1));
    const after = await predictor.predict(images[0]!);
    const { model, predictions } = await together;
    expect(model).toMatchObject({ name: "digits", version: 1, classes: DIGITS.map(({ label }) => label) });
    expect(predictions.map(({ label }) => label)).toEqual(DIGITS.map(({ label }) => label));
    for (const { confidence, model } of predictions) {
      expect(model.version).toBe(1);
      expect(confidence).toBeGreaterThan(0.999);
    }
    expect(after.model.version).toBe(2);
    expect(after.confidence).toBeLessThan(0.999);
    expect(backend.tf.memory().numTensors).toBe(tensors);
    await predictor.close();
  });

  test("rejects when one image finds no place, and frees the version anyway", async () => {
    const predictor = createPredictor({ maxBatch: 1, turnMs: 0, maxQueue: 5 });
    await predictor.swap({ name: "digits", version: 1 }, templateModel());
    const tensors = backend.tf.memory().numTensors;
    const together = predictor.predictAll(DIGITS.map(({ pixels }) => pixels));
    together.catch(() => {});
    await predictor.swap({ name: "digits", version: 2 }, templateModel());
    await expect(together).rejects.toBeInstanceOf(BusyError);
    expect(backend.tf.memory().numTensors).toBe(tensors);
    await predictor.close();
  });
});

test("predict() is not rejected for the time in which models are loaded, however long", async () => {
  const MAX_WAIT_MS = 100;
  const predictor = createPredictor({ maxWaitMs: MAX_WAIT_MS });
  const artifacts = templateModel();
  await predictor.swap({ name: "digits", version: 1 }, artifacts);
  const waiting = predictor.predict(DIGITS[3]!.pixels);
  // Each loads its model before anything else may happen.
  const startMs = performance.now();
  const checks: Promise<void>[] = [];
  while (performance.now() - startMs < 5 * MAX_WAIT_MS) checks.push(predictor.check(artifacts));
  expect((await waiting).label).toBe("3");
  await Promise.all(checks);
  await predictor.close();
});

test("check() passes a good model and leaves the live one unchanged", async () => {
  const predictor = await predictorOf(templateModel(), 7);
  await predictor.check(templateModel(3));
  expect(predictor.current()?.version).toBe(7);
  await predictor.close();
});

describe("explain()", () => {
  test("gives the prediction of predict() and, for one dense layer, exactly its weights as saliency", async () => {
    const artifacts = templateModel(1);
    const predictor = await predictorOf(artifacts);
    const weights = new Float32Array(artifacts.weightData);
    const { pixels } = DIGITS[4]!;
    const { saliency, layers, ...prediction } = await predictor.explain(pixels);
    expect(prediction).toEqual(await predictor.predict(pixels));
    expect(saliency).toHaveLength(784);
    const k = Number(prediction.label);
    saliency.forEach((value, i) => {
      expect(value).toBeCloseTo(weights[i * 10 + k]!, 6);
    });
    expect(layers).toEqual([]);
    await predictor.close();
  });

  test("rejects further calls when its queue is full, and continues predicting", async () => {
    const predictor = createPredictor({ maxExplanations: 2 });
    await predictor.swap({ name: "digits", version: 1 }, templateModel());
    const { pixels } = DIGITS[0]!;
    const asked = Array.from({ length: 4 }, () => predictor.explain(pixels));
    const answer = predictor.predict(pixels);
    const settled = await Promise.allSettled(asked);
    expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "rejected"]);
    expect((settled[2] as PromiseRejectedResult).reason).toBeInstanceOf(UnavailableError);
    expect((await answer).label).toBe("0");
    await predictor.close();
  });
});
