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
