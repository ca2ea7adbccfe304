import { expect, test } from "bun:test";
import { initBackend } from "../../src/kernels/init-backend.ts";
import { checkDigits } from "../../src/serving/check-digits.ts";
import { createPredictor } from "../../src/serving/predictor.ts";
import { templateModel } from "../support/models.ts";
import { createTestApp } from "../support/test-app.ts";

const workerUrl = new URL("../../src/kernel-worker.ts", import.meta.url);

test("POST /predict is 200 with one version's own probabilities throughout 100 hot swaps", async () => {
  const backend = await initBackend({ threads: 1, workerUrl });
  const predictor = createPredictor();
  const { send, store, errors } = await createTestApp({ predictor });
  // An even version is sure of its answers, an odd one is not: the confidence tells which of them computed.
  const artifacts = [templateModel(20), templateModel(1)];
  await predictor.swap({ name: "digits", version: 0 }, artifacts[0]!);
  const { pixels } = checkDigits()[5]!;
  const predict = async () => {
    const response = await send("POST", "/api/v1/predict", { pixels: [...pixels] });
    expect(response.status).toBe(200);
    return (await response.json()) as { label: string; confidence: number; model: { version: number } };
  };
  let isSwapping = true;
  const clients = [1, 2, 3, 4].map(async () => {
    const answers = [];
    while (isSwapping) answers.push(await predict());
    return answers;
  });
  for (let version = 1; version <= 100; version++) {
    await predictor.swap({ name: "digits", version }, artifacts[version % 2]!);
    expect((await predict()).model.version).toBe(version);
  }
  isSwapping = false;
  const answers = (await Promise.all(clients)).flat();
  expect(answers.length).toBeGreaterThan(100);
  for (const { label, confidence, model } of answers) {
    expect(label).toBe("5");
    expect(confidence > 0.999).toBe(model.version % 2 === 0);
  }
  expect(errors).toEqual([]);
  await predictor.close();
  await store.close();
  backend.dispose();
}, 60_000);

test("POST /v2/models/digits/infer is 200 with one version for 64 images, throughout swaps between its batches", async () => {
  const backend = await initBackend({ threads: 1, workerUrl });
  // One image in a turn: a request spans 64 turns, and dozens of swaps.
  const predictor = createPredictor({ maxBatch: 1, turnMs: 0, maxWaitMs: 60_000 });
  const { send, store, errors } = await createTestApp({ predictor });
  const artifacts = [templateModel(20), templateModel(1)];
  await predictor.swap({ name: "digits", version: 0 }, artifacts[0]!);
  const { pixels } = checkDigits()[5]!;
  const data = Array.from({ length: 64 }, () => [...pixels]).flat();
  const body = { inputs: [{ name: "image", shape: [64, 784], datatype: "UINT8", data }] };
  let asked = 0;
  let version = 0;
  const clients = [1, 2].map(async () => {
    while (asked < 6) {
      const response = await send("POST", "/v2/models/digits/infer", body);
      expect(response.status).toBe(200);
      const { model_version, outputs } = (await response.json()) as {
        model_version: string;
        outputs: { name: string; data: number[] }[];
      };
      const confidences = outputs.find(({ name }) => name === "confidence")!.data;
      expect(new Set(confidences.map((p) => p > 0.999))).toEqual(new Set([Number(model_version) % 2 === 0]));
      asked++;
    }
  });
  const swapping = (async () => {
    while (asked < 6) {
      version++;
      await predictor.swap({ name: "digits", version }, artifacts[version % 2]!);
    }
  })();
  await Promise.all([swapping, ...clients]);
  expect(version).toBeGreaterThan(6);
  expect(errors).toEqual([]);
  await predictor.close();
  await store.close();
  backend.dispose();
}, 60_000);
